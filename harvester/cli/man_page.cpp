#include <fmt/format.h>

#include "cli/reference.h"

namespace harvester::cli {
namespace {

// Text that roff takes as it is: backslashes and hyphens escaped, no line that starts as a request.
std::string roff(const std::string& text) {
    std::string out;
    for (char c : text) {
        if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) out += "\\&";
        if (c == '\\') out += "\\e";
        else if (c == '-') out += "\\-";
        else out += c;
    }
    return out;
}

std::string option_entry(const OptionReference& option) {
    std::string head;
    for (const std::string& name : option.names) head += (head.empty() ? "" : ", ") + fmt::format("\\fB{}\\fR", roff(name));
    if (!option.positional && !option.value.empty()) head += fmt::format(" \\fI{}\\fR", roff(option.value));
    std::string description = option.description;
    if (!option.choices.empty()) description += fmt::format(" (one of: {})", fmt::join(option.choices, ", "));
    return fmt::format(".TP\n{}\n{}.\n", head, roff(description));
}

struct ExitRow {
    const char* code;
    const char* meaning;
};

constexpr ExitRow exit_rows[] = {{"0", "done"},
                                 {"1", "check found something"},
                                 {"2", "wrong use: an option, a date or the profile"},
                                 {"3", "the token is missing or refused"},
                                 {"4", "the network or GitHub did not give everything; what arrived is kept"},
                                 {"5", "trouble with the cache or another file"},
                                 {"130", "interrupted"}};

struct VariableRow {
    const char* name;
    const char* meaning;
};

constexpr VariableRow variable_rows[] = {
    {"GH_TOKEN, GITHUB_TOKEN", "the token, tried in this order before the gh program's"},
    {"HARVESTER_WRITE_TOKEN", "the token for writing, used by propose alone"},
    {"GITHUB_GRAPHQL_URL", "the endpoint, when --api-url isn't given"},
    {"XDG_CACHE_HOME", "where harvester/harvester.db lies, the cache"},
    {"HTTPS_PROXY, NO_PROXY, CURL_CA_BUNDLE, SSL_CERT_FILE", "proxy and certificates, as curl takes them"},
    {"NO_COLOR", "no colours"}};

}  // namespace

std::string man_page(const ProgramReference& program) {
    std::string out = fmt::format(".TH {} 1 \"\" \"{} {}\"\n", "HARVESTER", program.name, program.version);
    out += fmt::format(".SH NAME\n{} \\- {}\n", program.name, roff(program.description));
    out += fmt::format(".SH SYNOPSIS\n.B {}\n[\\fIGLOBAL OPTIONS\\fR] \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n", program.name);
    out += ".SH GLOBAL OPTIONS\n";
    for (const OptionReference& option : program.options) out += option_entry(option);
    out += ".SH COMMANDS\n";
    for (const CommandReference& command : program.commands) {
        out += fmt::format(".SS {}\n{}.\n", roff(command.name), roff(command.description));
        for (const OptionReference& option : command.options) out += option_entry(option);
        if (command.examples.empty()) continue;
        out += ".PP\nExamples:\n.PP\n.nf\n.RS\n";
        for (const std::string& example : command.examples) out += roff(example) + "\n";
        out += ".RE\n.fi\n";
    }
    out += ".SH EXIT STATUS\n";
    for (const ExitRow& row : exit_rows) out += fmt::format(".TP\n.B {}\n{}\n", row.code, roff(row.meaning));
    out += ".SH ENVIRONMENT\n";
    for (const VariableRow& row : variable_rows) out += fmt::format(".TP\n.B {}\n{}\n", row.name, roff(row.meaning));
    return out;
}

}  // namespace harvester::cli
