#include <fmt/format.h>

#include <span>

#include "cli/reference.h"

namespace harvester::cli {
namespace {

// Text that roff takes as it is: backslashes and hyphens escaped, no line that starts as a request.
std::string roff(const std::string& text) {
    std::string out;
    for (char c : text) {
        if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) out += "\\&";
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else
            out += c;
    }
    return out;
}

std::string option_entry(const OptionReference& option) {
    std::string head;
    for (const std::string& name : option.names)
        head += (head.empty() ? "" : ", ") + fmt::format("\\fB{}\\fR", roff(name));
    if (!option.positional && !option.value.empty()) head += fmt::format(" \\fI{}\\fR", roff(option.value));
    std::string description = option.description;
    if (!option.choices.empty()) description += fmt::format(" (one of: {})", fmt::join(option.choices, ", "));
    return fmt::format(".TP\n{}\n{}.\n", head, roff(description));
}

std::string section(const char* title, std::span<const ReferenceRow> rows) {
    std::string out = fmt::format(".SH {}\n", title);
    for (const ReferenceRow& row : rows)
        out += fmt::format(".TP\n.B {}\n{}\n", roff(row.name), roff(row.meaning));
    return out;
}

constexpr const char* description =
    "A harvest collects the merged pull requests of an organisation, and its issues and pull requests with "
    "certain labels, "
    "over GitHub's GraphQL API into a cache, and proves that nothing is missing. The other commands read the "
    "cache: they "
    "decide what the newsletter lists, write the lists into a draft without losing what an editor did to it, "
    "and count.";

}  // namespace

std::string man_page(const ProgramReference& program) {
    std::string out = fmt::format(".TH {} 1 \"\" \"{} {}\"\n", "HARVESTER", program.name, program.version);
    out += fmt::format(".SH NAME\n{} \\- {}\n", program.name, roff(program.description));
    out += fmt::format(".SH SYNOPSIS\n.B {}\n[\\fIGLOBAL OPTIONS\\fR] \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n",
                       program.name);
    out += fmt::format(".SH DESCRIPTION\n{}\n", roff(description));
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
    out += section("EXIT STATUS", exit_code_rows);
    out += section("ENVIRONMENT", environment_rows);
    out += section("FILES", file_rows);
    return out;
}

}  // namespace harvester::cli
