#include "execute.h"

namespace github_double {
namespace {

void write_text(std::string& out, const std::string& text) {
    out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The same response key may be asked for by several fragments: all of their selections belong together.
struct Field {
    std::string_view key;
    const Selection* selection;
    std::vector<const std::vector<Selection>*> inner;
};

class Executor {
  public:
    explicit Executor(Execution& execution) : execution_(execution) {}

    std::string run() {
        const auto& operation = *execution_.prepared.operation;
        const Object root{operation.kind == "mutation" ? "Mutation" : "Query", nullptr};
        out_ = "{\"data\":";
        if (!object(root, {&operation.selections})) out_ += "null";
        if (!execution_.errors.empty())
            out_ += ",\"errors\":" + execution_.errors.dump(-1, ' ', false, Json::error_handler_t::replace);
        return std::move(out_) + "}";
    }

  private:
    // False: the value must be null although its type forbids it; nothing was written then.
    bool object(const Object& self, const std::vector<const std::vector<Selection>*>& selections) {
        const auto start = out_.size();
        const auto& type = *github_schema().find(self.type);
        std::vector<Field> fields;
        for (const auto* one : selections) collect(self, *one, fields);
        char separator = '{';
        for (const auto& field : fields) {
            out_ += std::exchange(separator, ',');
            write_text(out_, std::string(field.key));
            out_ += ':';
            if (field.selection->name == "__typename") {
                write_text(out_, std::string(self.type));
                continue;
            }
            execution_.path.push_back(field.key);
            const auto& definition = *type.field(field.selection->name);
            const bool good = value(resolve(self, definition, field), definition.type, field);
            execution_.path.erase(execution_.path.size() - 1);
            if (!good) {
                out_.resize(start);
                return false;
            }
        }
        out_ += fields.empty() ? "{}" : "}";
        return true;
    }

    void collect(const Object& self, const std::vector<Selection>& selections, std::vector<Field>& fields) {
        for (const auto& selection : selections) {
            if (!is_included(selection, execution_.prepared.variables)) continue;
            if (selection.kind == Selection::Kind::field) {
                auto found = std::ranges::find(fields, selection.alias, &Field::key);
                if (found == fields.end())
                    found = fields.insert(fields.end(), Field{selection.alias, &selection, {}});
                if (!selection.selections.empty()) found->inner.push_back(&selection.selections);
            } else if (selection.kind == Selection::Kind::inline_fragment) {
                if (selection.name.empty() || github_schema().is_a(self.type, selection.name))
                    collect(self, selection.selections, fields);
            } else {
                const auto& fragment = execution_.prepared.document.fragments.at(selection.name);
                if (github_schema().is_a(self.type, fragment.type))
                    collect(self, fragment.selections, fields);
            }
        }
    }

    Value resolve(const Object& self, const FieldDefinition& definition, const Field& field) {
        try {
            const auto arguments =
                coerce_arguments(definition, field.selection->arguments, execution_.prepared.variables);
            key_ = self.type;
            key_ += '.';
            key_ += definition.name;
            return resolvers().at(key_)(self, arguments, execution_);
        } catch (const FieldError& error) {
            complain(error.type, error.message, field);
            return {};
        } catch (const std::runtime_error& error) {
            complain("INVALID_ARGUMENT", error.what(), field);
            return {};
        }
    }

    void complain(const std::string& type, const std::string& message, const Field& field) {
        execution_.errors.push_back(
            {{"type", type},
             {"path", execution_.path},
             {"locations", {{{"line", field.selection->at.line}, {"column", field.selection->at.column}}}},
             {"message", message}});
    }

    bool value(const Value& value, const TypeUse& type, const Field& field) {
        if (std::holds_alternative<std::monostate>(value)) {
            if (type.required) return false;
            out_ += "null";
            return true;
        }
        bool good = true;
        if (const auto* list = std::get_if<std::vector<Value>>(&value)) {
            const auto start = out_.size();
            out_ += '[';
            for (std::size_t i = 0; i < list->size() && good; ++i) {
                if (i > 0) out_ += ',';
                execution_.path.push_back(i);
                good = this->value((*list)[i], *type.item, field);
                execution_.path.erase(execution_.path.size() - 1);
            }
            out_ += ']';
            if (!good) out_.resize(start);
        } else if (const auto* one = std::get_if<Object>(&value)) {
            good = object(*one, field.inner);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            write_text(out_, *text);
        } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
            out_ += std::to_string(*number);
        } else {
            out_ += std::get<bool>(value) ? "true" : "false";
        }
        if (good || type.required) return good;
        out_ += "null";
        return true;
    }

    Execution& execution_;
    std::string out_, key_;
};

}  // namespace

std::vector<std::string> fields_without_resolver() {
    std::vector<std::string> out;
    for (const auto& [name, type] : github_schema().types())
        if (type.kind == "type")
            for (const auto& field : type.fields)
                if (!resolvers().contains(name + "." + field.name)) out.push_back(name + "." + field.name);
    return out;
}

std::string execute(Execution& execution) {
    return Executor(execution).run();
}

}  // namespace github_double
