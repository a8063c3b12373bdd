// The command line as data, read off the parser: the man page and the completions are made from the same
// source as --help, so they can't disagree.
#pragma once

#include <string>
#include <vector>

namespace harvester::cli {

struct OptionReference {
    std::vector<std::string> names;    // "-q", "--quiet"; one bare word for a positional
    std::string value;                 // "DATE"; empty for a flag
    std::vector<std::string> choices;  // the only values there are; empty: any
    std::string description;
    bool positional = false;
};

struct CommandReference {
    std::string name;
    std::string description;
    std::vector<std::string> examples;
    std::vector<OptionReference> options;
};

struct ProgramReference {
    std::string name;
    std::string version;
    std::string description;
    std::vector<OptionReference> options;
    std::vector<CommandReference> commands;
};

// What the parser knows.
ProgramReference program_reference();

std::string man_page(const ProgramReference& program);         // roff, section 1
std::string bash_completion(const ProgramReference& program);
std::string zsh_completion(const ProgramReference& program);
std::string fish_completion(const ProgramReference& program);

}  // namespace harvester::cli
