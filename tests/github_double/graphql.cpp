#include "graphql.h"

#include <cctype>

#include "base/utf8.h"

namespace github_double {
namespace {

struct Token {
    enum class Kind { end, name, variable, integer, real, text, punctuator };
    Kind kind = Kind::end;
    std::string text;
    Position at;
};

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Token next() {
        skip();
        Token token{Token::Kind::end, "", at_};
        if (done()) return token;
        const char c = peek();
        if (std::isalpha(static_cast<unsigned char>(c)) || c == '_') {
            token.kind = Token::Kind::name;
            token.text = word();
        } else if (c == '-' || std::isdigit(static_cast<unsigned char>(c))) {
            number(token);
        } else if (c == '"') {
            token.kind = Token::Kind::text;
            token.text = string();
        } else if (text_.substr(where_, 3) == "...") {
            token.kind = Token::Kind::punctuator;
            token.text = "...";
            for (int i = 0; i < 3; ++i) step();
        } else if (std::string_view("!$&()[]{}:=|@").find(c) != std::string_view::npos) {
            step();
            token.kind = Token::Kind::punctuator;
            token.text = c;
            if (c == '$') {
                token.kind = Token::Kind::variable;
                token.text = word();
                if (token.text.empty()) throw SyntaxError(token.at, "Expected a variable name after $");
            }
        } else {
            throw SyntaxError(at_, std::string("Parse error on \"") + c + "\"");
        }
        return token;
    }

  private:
    bool done() const { return where_ >= text_.size(); }
    char peek() const { return text_[where_]; }
    void step() {
        if (text_[where_++] == '\n') {
            ++at_.line;
            at_.column = 1;
        } else {
            ++at_.column;
        }
    }
    void skip() {
        while (!done()) {
            if (peek() == '#')
                while (!done() && peek() != '\n') step();
            else if (peek() == ',' || std::isspace(static_cast<unsigned char>(peek())))
                step();
            else
                return;
        }
    }
    std::string word() {
        std::string out;
        while (!done() && (std::isalnum(static_cast<unsigned char>(peek())) || peek() == '_')) {
            out += peek();
            step();
        }
        return out;
    }
    void number(Token& token) {
        token.kind = Token::Kind::integer;
        while (!done() && (std::isalnum(static_cast<unsigned char>(peek())) ||
                           std::string_view("+-.").find(peek()) != std::string_view::npos)) {
            if (std::string_view(".eE").find(peek()) != std::string_view::npos)
                token.kind = Token::Kind::real;
            token.text += peek();
            step();
        }
    }
    std::string string() {
        std::string out;
        const auto start = at_;
        step();
        while (!done() && peek() != '"') {
            if (peek() == '\n') break;
            if (peek() != '\\') {
                out += peek();
                step();
                continue;
            }
            step();
            if (done()) break;
            const char c = peek();
            step();
            constexpr std::string_view from = "bfnrt", to = "\b\f\n\r\t";
            if (c == 'u') {
                out.reserve(out.size() + 4);
                const auto digits = std::string(text_.substr(where_, 4));
                harvester::utf8::append(out, static_cast<char32_t>(std::stoul(digits, nullptr, 16)));
                for (int i = 0; i < 4 && !done(); ++i) step();
            } else if (const auto i = from.find(c); i != std::string_view::npos) {
                out += to[i];
            } else {
                out += c;
            }
        }
        if (done() || peek() != '"') throw SyntaxError(start, "Unterminated string");
        step();
        return out;
    }

    std::string_view text_;
    std::size_t where_ = 0;
    Position at_;
};

class Parser {
  public:
    explicit Parser(std::string_view text) : lexer_(text) { token_ = lexer_.next(); }

    Document document() {
        Document out;
        while (token_.kind != Token::Kind::end) {
            if (is("fragment")) {
                auto fragment = this->fragment();
                const auto name = fragment.name;
                if (!out.fragments.emplace(name, std::move(fragment)).second)
                    throw SyntaxError(token_.at, "Fragment name \"" + name + "\" must be unique");
            } else {
                out.operations.push_back(operation());
            }
        }
        return out;
    }

    std::map<std::string, TypeDefinition> schema() {
        std::map<std::string, TypeDefinition> out;
        while (token_.kind != Token::Kind::end) {
            auto type = this->type();
            const auto name = type.name;
            out.emplace(name, std::move(type));
        }
        return out;
    }

  private:
    bool is(std::string_view text) const { return token_.text == text && token_.kind != Token::Kind::text; }
    Token take() {
        auto out = std::move(token_);
        token_ = lexer_.next();
        return out;
    }
    bool accept(std::string_view text) {
        if (!is(text)) return false;
        take();
        return true;
    }
    void expect(std::string_view text) {
        if (!accept(text)) unexpected();
    }
    std::string name() {
        if (token_.kind != Token::Kind::name) unexpected();
        return take().text;
    }
    [[noreturn]] void unexpected() const {
        throw SyntaxError(token_.at, token_.kind == Token::Kind::end
                                         ? std::string("Unexpected end of document")
                                         : "Parse error on \"" + token_.text + "\"");
    }

    Literal literal() {
        Literal out;
        switch (token_.kind) {
            case Token::Kind::variable:
                out.kind = Literal::Kind::variable;
                break;
            case Token::Kind::integer:
                out.kind = Literal::Kind::integer;
                break;
            case Token::Kind::real:
                out.kind = Literal::Kind::real;
                break;
            case Token::Kind::text:
                out.kind = Literal::Kind::text;
                break;
            case Token::Kind::name:
                out.kind = is("null")                  ? Literal::Kind::null
                           : is("true") || is("false") ? Literal::Kind::boolean
                                                       : Literal::Kind::name;
                break;
            case Token::Kind::punctuator:
                if (accept("[")) {
                    out.kind = Literal::Kind::list;
                    while (!accept("]")) out.items.push_back(literal());
                    return out;
                }
                expect("{");
                out.kind = Literal::Kind::object;
                while (!accept("}")) {
                    auto key = name();
                    expect(":");
                    out.members.push_back({std::move(key), literal()});
                }
                return out;
            case Token::Kind::end:
                unexpected();
        }
        out.text = take().text;
        return out;
    }

    TypeUse type_use() {
        TypeUse out;
        if (accept("[")) {
            out.item = std::make_shared<TypeUse>(type_use());
            out.name = out.item->name;
            expect("]");
        } else {
            out.name = name();
        }
        out.required = accept("!");
        return out;
    }

    std::vector<ArgumentUse> arguments() {
        std::vector<ArgumentUse> out;
        if (!accept("(")) return out;
        while (!accept(")")) {
            ArgumentUse one;
            one.at = token_.at;
            one.name = name();
            expect(":");
            one.value = literal();
            out.push_back(std::move(one));
        }
        return out;
    }

    std::vector<Directive> directives() {
        std::vector<Directive> out;
        while (accept("@")) {
            Directive one;
            one.name = name();
            one.arguments = arguments();
            out.push_back(std::move(one));
        }
        return out;
    }

    std::vector<Selection> selections() {
        std::vector<Selection> out;
        expect("{");
        while (!accept("}")) out.push_back(selection());
        if (out.empty()) unexpected();
        return out;
    }

    Selection selection() {
        Selection out;
        out.at = token_.at;
        if (accept("...")) {
            out.kind = Selection::Kind::inline_fragment;
            if (accept("on")) {
                out.name = name();
            } else if (token_.kind == Token::Kind::name) {
                out.kind = Selection::Kind::spread;
                out.name = name();
            }
            out.directives = directives();
            if (out.kind == Selection::Kind::inline_fragment) out.selections = selections();
            return out;
        }
        out.name = out.alias = name();
        if (accept(":")) out.name = name();
        out.arguments = arguments();
        out.directives = directives();
        if (is("{")) out.selections = selections();
        return out;
    }

    Operation operation() {
        Operation out;
        out.at = token_.at;
        out.kind = "query";
        if (!is("{")) {
            out.kind = name();
            if (out.kind != "query" && out.kind != "mutation") unexpected();
            if (token_.kind == Token::Kind::name) out.name = name();
            if (accept("(")) {
                while (!accept(")")) {
                    VariableDefinition one;
                    if (token_.kind != Token::Kind::variable) unexpected();
                    one.name = take().text;
                    expect(":");
                    one.type = type_use();
                    if (accept("=")) one.default_value = literal();
                    out.variables.push_back(std::move(one));
                }
            }
        }
        out.selections = selections();
        return out;
    }

    Fragment fragment() {
        Fragment out;
        out.at = token_.at;
        expect("fragment");
        out.name = name();
        expect("on");
        out.type = name();
        out.selections = selections();
        return out;
    }

    ArgumentDefinition argument_definition() {
        ArgumentDefinition out;
        out.name = name();
        expect(":");
        out.type = type_use();
        if (accept("=")) out.default_value = literal();
        return out;
    }

    TypeDefinition type() {
        TypeDefinition out;
        out.kind = name();
        out.name = name();
        if (accept("implements")) do
                out.parts.push_back(name());
            while (accept("&"));
        if (accept("=")) {
            do out.parts.push_back(name());
            while (accept("|"));
        } else if (out.kind == "enum") {
            expect("{");
            while (!accept("}")) out.parts.push_back(name());
        } else if (out.kind == "input") {
            expect("{");
            while (!accept("}")) out.inputs.push_back(argument_definition());
        } else if (out.kind != "scalar") {
            expect("{");
            while (!accept("}")) {
                FieldDefinition field;
                field.name = name();
                if (accept("("))
                    while (!accept(")")) field.arguments.push_back(argument_definition());
                expect(":");
                field.type = type_use();
                out.fields.push_back(std::move(field));
            }
        }
        return out;
    }

    Lexer lexer_;
    Token token_;
};

}  // namespace

std::string TypeUse::written() const {
    return (item ? "[" + item->written() + "]" : name) + (required ? "!" : "");
}

const FieldDefinition* TypeDefinition::field(std::string_view field_name) const {
    for (const auto& one : fields)
        if (one.name == field_name) return &one;
    return nullptr;
}

Document parse_document(std::string_view text) {
    return Parser(text).document();
}
std::map<std::string, TypeDefinition> parse_schema(std::string_view text) {
    return Parser(text).schema();
}

}  // namespace github_double
