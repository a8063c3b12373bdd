// The command line as data, read off the parser: help, man page and completions come from the same source, so
// they can't disagree.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace harvester::cli {

struct OptionReference {
    std::vector<std::string> names;    // "-q", "--quiet"; one bare word for a positional
    std::string value;                 // "DATE"; empty for a flag
    std::vector<std::string> choices;  // values to choose from; empty: any
    std::string description;
    std::string usage;  // of a positional in the usage line: "[FILE]", "ITEM..."
    bool positional = false;
    bool list = false;  // takes several values, separated by commas
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

struct ReferenceRow {
    const char* name;
    const char* meaning;
};

// The exit codes of ExitCode (base/failure.h), for --help, the man page and the README.
inline constexpr std::array exit_code_rows{
    ReferenceRow{"0", "done"},
    ReferenceRow{"1", "check or profile check reported findings, or a filter of stats matched nothing"},
    ReferenceRow{"2", "wrong use: an option, a date or the profile"},
    ReferenceRow{"3", "the token is missing or was refused"},
    ReferenceRow{"4", "GitHub or the network did not give everything; what is missing is named"},
    ReferenceRow{"5", "the cache or another file can't be used"},
    ReferenceRow{"130", "interrupted; the next run continues"},
};

// The environment variables that the program reads.
inline constexpr std::array environment_rows{
    ReferenceRow{"GH_TOKEN, GITHUB_TOKEN",
                 "token for GitHub, tried in this order; then the output of gh auth token"},
    ReferenceRow{"GH_ENTERPRISE_TOKEN, GITHUB_ENTERPRISE_TOKEN", "token for a host other than GitHub's"},
    ReferenceRow{"HARVESTER_WRITE_TOKEN", "token that propose writes with; default: the reading token"},
    ReferenceRow{"GH_PATH", "the gh program to ask for a token"},
    ReferenceRow{"GITHUB_GRAPHQL_URL", "GraphQL endpoint, when --api-url isn't given"},
    ReferenceRow{"XDG_CACHE_HOME", "folder of harvester/harvester.db, the cache; default: ~/.cache"},
    ReferenceRow{"XDG_DATA_HOME", "folder of harvester/, the learned weights; default: ~/.local/share"},
    ReferenceRow{"HTTPS_PROXY, NO_PROXY, CURL_CA_BUNDLE, SSL_CERT_FILE",
                 "proxy and certificates, as curl reads them"},
    ReferenceRow{"GITHUB_ACTIONS, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY",
                 "set by GitHub Actions: annotations, outputs and the summary"},
    ReferenceRow{"NO_COLOR, TERM", "no colour when NO_COLOR is set or TERM is dumb"},
};

// The files that the program reads and writes.
inline constexpr std::array file_rows{
    ReferenceRow{"~/.cache/harvester/harvester.db", "the cache, an SQLite database; --cache names another"},
    ReferenceRow{"~/.cache/harvester/harvester.db-harvest", "lock of a running harvest"},
    ReferenceRow{"draft/DATE-this-week-in-rust.md",
                 "the draft of an edition, in a checkout of the newsletter"},
};

// What the parser knows.
ProgramReference program_reference();

// Help of the program, or of the command `name`, in lines of at most `columns` columns (50 to 100 are used).
std::string help_text(const ProgramReference& program, const std::string& name, int columns);

std::string man_page(const ProgramReference& program);  // roff, section 1
std::string bash_completion(const ProgramReference& program);
std::string zsh_completion(const ProgramReference& program);
std::string fish_completion(const ProgramReference& program);

}  // namespace harvester::cli
