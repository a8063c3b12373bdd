#include <fmt/format.h>

#include <algorithm>

#include "cli/reference.h"

namespace harvester::cli {
namespace {

bool takes_file(const OptionReference& option) {
    return option.value == "FILE" || option.value == "PATH" || option.value == "DIR" ||
           option.names.front() == "FILE";
}

// Inside single quotes of a shell.
std::string quoted(std::string text) {
    for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 4)
        text.replace(at, 1, "'\\''");
    return "'" + text + "'";
}

std::string words(const std::vector<OptionReference>& options) {
    std::vector<std::string> names;
    for (const OptionReference& option : options)
        if (!option.positional) names.insert(names.end(), option.names.begin(), option.names.end());
    return fmt::format("{}", fmt::join(names, " "));
}

// Case arms that complete the value of an option, for bash.
std::string bash_values(const std::vector<OptionReference>& options, const std::string& indent) {
    std::string out;
    for (const OptionReference& option : options) {
        if (option.positional || option.value.empty()) continue;
        std::string action = "COMPREPLY=()";
        if (!option.choices.empty() && option.list)
            // Behind a comma the next name is completed.
            action = fmt::format(
                "list=\"\"; [[ $word == *,* ]] && list=\"${{word%,*}},\"; COMPREPLY=($(compgen -P \"$list\" "
                "-W \"{}\" -- \"${{word##*,}}\"))",
                fmt::join(option.choices, " "));
        else if (!option.choices.empty())
            action =
                fmt::format("COMPREPLY=($(compgen -W \"{}\" -- \"$word\"))", fmt::join(option.choices, " "));
        else if (takes_file(option))
            action = "COMPREPLY=($(compgen -f -- \"$word\"))";
        out += fmt::format("{}{}) {}; return ;;\n", indent, fmt::join(option.names, "|"), action);
    }
    return out;
}

// What zsh's _arguments calls a specification.
std::string zsh_specification(const OptionReference& option) {
    std::string description = option.description;
    for (const char* special : {"[", "]", ":"})
        for (std::size_t at = 0; (at = description.find(special, at)) != std::string::npos; at += 2)
            description.insert(at, "\\");
    std::string value;
    if (option.positional || !option.value.empty()) {
        value = fmt::format(":{}:", option.value.empty() ? option.names.front() : option.value);
        if (!option.choices.empty() && option.list)
            value += fmt::format("_sequence compadd - {}", fmt::join(option.choices, " "));
        else if (!option.choices.empty())
            value += fmt::format("({})", fmt::join(option.choices, " "));
        else if (takes_file(option))
            value += "_files";
    }
    if (option.positional) return "    " + quoted("*" + value) + " \\\n";
    std::string out;
    for (const std::string& name : option.names)
        out += "    " + quoted(fmt::format("{}[{}]{}", name, description, value)) + " \\\n";
    return out;
}

}  // namespace

std::string bash_completion(const ProgramReference& program) {
    std::vector<std::string> names;
    for (const CommandReference& command : program.commands) names.push_back(command.name);
    std::string out = fmt::format(
        "# bash completion for {0}\n_{0}() {{\n    local word=\"${{COMP_WORDS[COMP_CWORD]}}\"", program.name);
    out += " before=\"${COMP_WORDS[COMP_CWORD-1]}\" command=\"\" list i\n    COMPREPLY=()\n";
    out += "    for ((i = 1; i < COMP_CWORD; i++)); do\n        case \"${COMP_WORDS[i]}\" in\n";
    out += fmt::format("            {}) command=\"${{COMP_WORDS[i]}}\"; break ;;\n        esac\n    done\n",
                       fmt::join(names, "|"));
    out += "    case \"$before\" in\n" + bash_values(program.options, "        ") + "    esac\n";
    out += "    case \"$command\" in\n";
    for (const CommandReference& command : program.commands) {
        out += fmt::format(
            "        {})\n            case \"$before\" in\n{}                *) ;;\n            esac\n",
            command.name, bash_values(command.options, "                "));
        out += fmt::format(
            "            if [[ $word == -* ]]; then COMPREPLY=($(compgen -W \"{} {}\" -- \"$word\"))\n",
            words(command.options), words(program.options));
        out += "            else COMPREPLY=($(compgen -f -- \"$word\")); fi ;;\n";
    }
    out += fmt::format("        *) COMPREPLY=($(compgen -W \"{} {}\" -- \"$word\")) ;;\n    esac\n}}\n",
                       fmt::join(names, " "), words(program.options));
    return out + fmt::format("complete -F _{0} {0}\n", program.name);
}

std::string zsh_completion(const ProgramReference& program) {
    std::string out = fmt::format("#compdef {0}\n_{0}() {{\n  local context state line\n  _arguments -C \\\n",
                                  program.name);
    for (const OptionReference& option : program.options) out += zsh_specification(option);
    out += "    '1: :->command' '*:: :->rest'\n  case $state in\n  command)\n    local -a commands=(\n";
    for (const CommandReference& command : program.commands)
        out += "      " + quoted(fmt::format("{}:{}", command.name, command.description)) + "\n";
    out += "    )\n    _describe command commands ;;\n  rest)\n    case $words[1] in\n";
    for (const CommandReference& command : program.commands) {
        out += fmt::format("    {}) _arguments \\\n", command.name);
        for (const OptionReference& option : command.options) out += zsh_specification(option);
        for (const OptionReference& option : program.options) out += zsh_specification(option);
        out += "    && return ;;\n";
    }
    return out + fmt::format("    esac ;;\n  esac\n}}\n_{0} \"$@\"\n", program.name);
}

std::string fish_completion(const ProgramReference& program) {
    const auto line = [&](const std::string& condition, const OptionReference& option) {
        if (option.positional) return std::string();
        std::string out = fmt::format("complete -c {}{}", program.name, condition);
        for (const std::string& name : option.names)
            out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
        if (!option.value.empty()) out += takes_file(option) ? " -r -F" : " -x";
        if (!option.choices.empty())
            out += " -a " + quoted(fmt::format("{}{}{}", option.list ? "(__fish_append , " : "",
                                               fmt::join(option.choices, " "), option.list ? ")" : ""));
        return out + " -d " + quoted(option.description) + "\n";
    };
    std::string out = fmt::format("# fish completion for {}\n", program.name);
    for (const OptionReference& option : program.options) out += line("", option);
    for (const CommandReference& command : program.commands) {
        out += fmt::format("complete -c {} -n __fish_use_subcommand -f -a {} -d {}\n", program.name,
                           command.name, quoted(command.description));
        for (const OptionReference& option : command.options)
            out += line(" -n " + quoted("__fish_seen_subcommand_from " + command.name), option);
    }
    return out;
}

}  // namespace harvester::cli
