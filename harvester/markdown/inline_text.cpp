#include "markdown/inline_text.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/utf8.h"
#include "markdown/code_span.h"

namespace harvester::markdown {
namespace {

constexpr std::string_view punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
constexpr std::string_view markup = "`[]*_<>&\\{";  // all that Escaper may escape
constexpr std::string_view backtick_entity = "&#96;";

bool is_punctuation(char c) {
    return punctuation.find(c) != std::string_view::npos;
}
bool is_only_spaces(std::string_view text) {
    return text.find_first_not_of(' ') == std::string_view::npos;
}
bool is_line_break(char32_t c) {
    return c == U'\n' || c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029 || c == U'\t';
}

// Letters and digits of ASCII: what surely is inside a word for every Markdown parser.
bool is_word(char c) {
    return is_letter(c) || is_digit(c);
}

std::string_view without_outer_spaces(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

// True where an HTML comment around the text would end with the '>' at `at`: "-->", "--!>" and, for the
// parser of Python 3.11, "-- >".
bool ends_comment(std::string_view text, std::size_t at) {
    std::size_t i = at;
    while (i > 0 && text[i - 1] == ' ') --i;
    if (i > 0 && i == at && text[i - 1] == '!') --i;
    return i >= 2 && text[i - 1] == '-' && text[i - 2] == '-';
}

// True where '<' at `at` may begin a tag, a comment, a declaration or an autolink.
bool opens_html(std::string_view text, std::size_t at) {
    if (at + 1 == text.size()) return false;
    const char next = text[at + 1];
    if (is_letter(next) || next == '/' || next == '!' || next == '?') return true;
    const std::size_t end = text.find_first_of("> ", at + 1);
    return end != std::string_view::npos && text[end] == '>' &&
           text.substr(at, end - at).find('@') != std::string_view::npos;
}

// True where '&' at `at` begins what reads as an entity, known or not.
bool opens_entity(std::string_view text, std::size_t at) {
    std::size_t i = at + 1;
    if (i < text.size() && text[i] == '#') ++i;
    const std::size_t begin = i;
    while (i < text.size() && is_word(text[i])) ++i;
    return i > begin && i < text.size() && text[i] == ';';
}

// False for spans that are shown as text, backticks and all: empty ones, those with a backtick inside (they
// need longer fences, which the newsletter's check takes for an empty span), and those whose "]:" would make
// the whole line a link definition, for these are looked for before code is.
bool stays_code(std::string_view content) {
    const std::size_t definition = content.find("]:");
    return !is_only_spaces(content) && content.find('`') == std::string_view::npos &&
           (definition == std::string_view::npos || content.find('[') < definition);
}

// Decides for each byte of one line whether it is escaped.
class Escaper {
  public:
    explicit Escaper(std::string_view text)
        : text_(text), code_(text.size(), false), escape_(text.size(), false) {
        for (const CodeSpan& span : code_spans(text, Source::raw)) {
            if (!stays_code(span.content(text))) continue;
            spans_.push_back(span);
            std::fill(code_.begin() + static_cast<std::ptrdiff_t>(span.begin),
                      code_.begin() + static_cast<std::ptrdiff_t>(span.end), true);
        }
        mark_brackets();
        mark_emphasis('*');
        mark_emphasis('_');
        for (std::size_t i = 0; i < text.size(); ++i) mark_single(i);
    }

    std::string result() const {
        std::string out;
        auto span = spans_.begin();
        for (std::size_t i = 0; i < text_.size();) {
            if (span != spans_.end() && span->begin == i) {
                out.append("`").append(span->content(text_)).append("`");
                i = span++->end;
            } else {
                put(out, i++);
            }
        }
        return out;
    }

  private:
    void put(std::string& out, std::size_t i) const {
        const char c = text_[i];
        if (c == '`') {
            out.append(backtick_entity);
        } else if (!escape_[i]) {
            out.push_back(c);
        } else if (c == '<') {
            out.append("&lt;");  // Python-Markdown knows no "\<"
        } else if (c == '>') {
            out.append("&gt;");
        } else if (c == '&') {
            out.append("&amp;");
        } else if (c == ']' && text_.substr(i + 1, 1) == ":") {
            out.append("&#93;");  // to Python-Markdown "[...\\]:" defines a link
        } else {
            out.push_back('\\');
            out.push_back(c);
        }
    }

    void mark_brackets() {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < text_.size(); ++i) {
            if (code_[i]) continue;
            if (text_[i] == '[') open.push_back(i);
            if (text_[i] != ']') continue;
            const bool link = i + 1 < text_.size() && text_[i + 1] == '(';
            if (open.empty() || link) escape_[i] = true;
            if (open.empty()) continue;
            if (link) escape_[open.back()] = true;
            open.pop_back();
        }
        for (const std::size_t i : open) escape_[i] = true;
    }

    // Neither parser's rules to the letter, but what both agree is no emphasis: fewer than two runs that
    // could open and close one. '*' may stand inside a word, '_' may not.
    void mark_emphasis(char mark) {
        struct Run {
            std::size_t begin, end;
        };
        std::vector<Run> runs;
        bool opened = false, pair = false;
        for (std::size_t i = 0; i < text_.size();) {
            if (code_[i] || text_[i] != mark) {
                ++i;
                continue;
            }
            const std::size_t begin = i;
            while (i < text_.size() && !code_[i] && text_[i] == mark) ++i;
            const char before = begin == 0 ? '[' : text_[begin - 1],
                       after = i == text_.size() ? ']' : text_[i];
            if (before == ' ' && after == ' ') continue;
            const bool opens = mark == '*' || !is_word(before), closes = mark == '*' || !is_word(after);
            if (!opens && !closes) continue;
            if ((closes && opened) || (mark == '*' && i - begin > 3)) pair = true;
            opened = opened || opens;
            runs.push_back({begin, i});
        }
        if (!pair) return;
        for (const Run& run : runs)
            for (std::size_t i = run.begin; i < run.end; ++i) escape_[i] = true;
    }

    void mark_single(std::size_t i) {
        if (code_[i]) return;
        switch (text_[i]) {
            case '<':
                escape_[i] = opens_html(text_, i);
                break;
            case '>':
                escape_[i] = ends_comment(text_, i);
                break;
            case '&':
                escape_[i] = opens_entity(text_, i);
                break;
            // The end of the text is followed by the link's "]".
            case '\\':
                escape_[i] = i + 1 == text_.size() || is_punctuation(text_[i + 1]);
                break;
            // Right after code a brace reads as a list of attributes to Python-Markdown.
            case '{':
                escape_[i] = i > 0 && code_[i - 1];
                break;
            default:
                break;
        }
    }

    std::string_view text_;
    std::vector<bool> code_;
    std::vector<bool> escape_;
    std::vector<CodeSpan> spans_;  // those that stay code
};

// Text for the inside of an HTML element: no character of it means anything to HTML or Markdown.
std::string as_entities(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            case '*':
            case '_':
            case '[':
            case ']':
            case '\\':
            case '{':
                out.append("&#").append(std::to_string(static_cast<int>(c))).append(";");
                break;
            default:
                out.push_back(c);
        }
    }
    return out;
}

// A link label as parsers compare it: case and runs of spaces don't count.
std::string folded(std::string_view label) {
    std::string out;
    for (const char c : label) {
        if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
        out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

}  // namespace

std::string one_line(std::string_view raw) {
    if (utf8::is_printable_ascii(raw)) return std::string(without_outer_spaces(raw));
    std::string out;
    bool pictured = false;  // the character before may be part of an emoji
    for (std::size_t at = 0; at < raw.size();) {
        const char32_t c = utf8::next(raw, at);
        if (is_line_break(c)) {
            if (!out.ends_with(' ')) out.push_back(' ');
        } else if (c == 0x200D && pictured) {
            std::size_t ahead = at;
            if (ahead < raw.size() && utf8::next(raw, ahead) >= 0x2190) utf8::append(out, c);
        } else if (!utf8::is_hostile_control(c)) {
            utf8::append(out, c);
        }
        pictured = c >= 0x2190 && c != utf8::replacement;
    }
    return std::string(without_outer_spaces(out));
}

std::string escape_inline(std::string_view raw) {
    std::string line = one_line(raw);
    return line.find_first_of(markup) == std::string::npos ? line : Escaper(line).result();
}

std::string without_references(std::string_view text, const std::vector<std::string>& labels) {
    std::string out(text);
    for (std::size_t close = 0; (close = out.find(']', close)) != std::string::npos; ++close) {
        const std::size_t open = out.rfind('[', close);
        if (open == std::string::npos || (open > 0 && out[open - 1] == '\\')) continue;
        const std::string inside = folded(std::string_view(out).substr(open + 1, close - open - 1));
        const auto same = [&](const std::string& label) { return folded(label) == inside; };
        if (std::none_of(labels.begin(), labels.end(), same)) continue;
        out.insert(close, "\\");
        out.insert(open, "\\");
        close += 2;
    }
    return out;
}

std::string inside_comment(std::string_view line) {
    std::string out;
    const std::vector<CodeSpan> spans = code_spans(line);
    auto span = spans.begin();
    for (std::size_t i = 0; i < line.size();) {
        if (span == spans.end() || span->begin != i) {
            const char c = line[i];
            if (c == '>' && ends_comment(line, i)) {
                out.append("&gt;");
            } else {
                out.push_back(c);
            }
            ++i;
            continue;
        }
        // Nothing can be escaped inside a code span: the element of the same meaning takes its place.
        std::string_view content = span->content(line);
        bool ends = false;
        for (std::size_t k = 0; k < content.size(); ++k)
            ends = ends || (content[k] == '>' && ends_comment(content, k));
        if (ends) {
            // Parsers take one space from either end of a span.
            if (content.starts_with(' ') && content.ends_with(' '))
                content = content.substr(1, content.size() - 2);
            out.append("<code>").append(as_entities(content)).append("</code>");
        } else {
            out.append(line.substr(i, span->end - i));
        }
        i = span++->end;
    }
    return out;
}

}  // namespace harvester::markdown
