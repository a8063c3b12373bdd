#include <fmt/format.h>

#include <algorithm>

#include "cli/reference.h"

namespace harvester::cli {
namespace {

constexpr std::size_t most_columns = 100;  // longer lines are hard to read
constexpr std::size_t least_columns = 50;

// `text` in lines of at most `width` columns, all but the first behind `indent` spaces. A word that is longer
// than a line stays whole.
std::string wrapped(const std::string& text, std::size_t indent, std::size_t width) {
    std::string out;
    std::size_t column = indent;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::size_t length = end - at;
        if (column > indent && column + 1 + length > width) {
            out += '\n' + std::string(indent, ' ');
            column = indent;
        } else if (column > indent) {
            out += ' ';
            ++column;
        }
        out.append(text, at, length);
        column += length;
        at = end + 1;
    }
    return out;
}

std::string table(const std::vector<std::pair<std::string, std::string>>& rows, std::size_t width) {
    std::size_t widest = 0;
    for (const auto& [name, text] : rows) widest = std::max(widest, name.size());
    // Names take at most a third of the width; a longer one has its text on the next line.
    const std::size_t indent = 2 + std::min(widest, width / 3) + 2;
    std::string out;
    for (const auto& [name, text] : rows) {
        out += "  " + name;
        out += name.size() + 4 > indent ? "\n" + std::string(indent, ' ')
                                        : std::string(indent - 2 - name.size(), ' ');
        out += wrapped(text, indent, width) + "\n";
    }
    return out;
}

std::string option_rows(const std::vector<OptionReference>& options, bool positional, std::size_t width) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const OptionReference& option : options) {
        if (option.positional != positional) continue;
        std::string name = fmt::format("{}", fmt::join(option.names, ", "));
        if (!positional && !option.value.empty()) name += " " + option.value;
        std::string text = option.description;
        if (!option.choices.empty() && !option.list)
            text += fmt::format(" ({})", fmt::join(option.choices, ", "));
        rows.emplace_back(std::move(name), std::move(text));
    }
    return table(rows, width);
}

std::string exit_codes(std::size_t width) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const ReferenceRow& row : exit_code_rows) rows.emplace_back(row.name, row.meaning);
    return "\nExit codes:\n" + table(rows, width);
}

std::string program_help(const ProgramReference& program, std::size_t width) {
    std::string out = program.description + ".\n\nUsage: " + program.name +
                      " [GLOBAL OPTIONS] COMMAND [OPTIONS]\n\nCommands:\n";
    std::vector<std::pair<std::string, std::string>> commands;
    for (const CommandReference& command : program.commands)
        commands.emplace_back(command.name, command.description);
    out += table(commands, width) + "\nGlobal options:\n" + option_rows(program.options, false, width) +
           exit_codes(width);
    return out + "\n" +
           wrapped(fmt::format("\"{} COMMAND --help\" shows the options and examples of a command.",
                               program.name),
                   0, width) +
           "\n";
}

std::string command_help(const ProgramReference& program, const CommandReference& command,
                         std::size_t width) {
    std::string usage = fmt::format("Usage: {} {} [OPTIONS]", program.name, command.name);
    for (const OptionReference& option : command.options)
        if (option.positional) usage += " " + option.usage;
    std::string out = wrapped(command.description + ".", 0, width) + "\n\n" + usage + "\n";
    const std::string arguments = option_rows(command.options, true, width);
    if (!arguments.empty()) out += "\nArguments:\n" + arguments;
    out += "\nOptions:\n" + option_rows(command.options, false, width);
    if (!command.examples.empty())
        out += fmt::format("\nExamples:\n  {}\n", fmt::join(command.examples, "\n  "));
    return out + "\n" +
           wrapped(fmt::format("\"{} --help\" shows the global options and the exit codes.", program.name), 0,
                   width) +
           "\n";
}

}  // namespace

std::string help_text(const ProgramReference& program, const std::string& name, int columns) {
    const std::size_t width =
        std::clamp<std::size_t>(static_cast<std::size_t>(std::max(columns, 0)), least_columns, most_columns);
    for (const CommandReference& command : program.commands)
        if (command.name == name) return command_help(program, command, width);
    return program_help(program, width);
}

}  // namespace harvester::cli
