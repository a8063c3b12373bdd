#include "cli/generate.h"

#include "cli/reference.h"

namespace harvester::cli {

Result<ExitCode> run_generate(const GenerateOptions& options, Context& context) {
    const ProgramReference program = program_reference();
    auto& out = context.streams.out;
    if (options.what == "man")
        out << man_page(program);
    else if (options.what == "bash")
        out << bash_completion(program);
    else if (options.what == "zsh")
        out << zsh_completion(program);
    else
        out << fish_completion(program);
    return ExitCode::done;
}

}  // namespace harvester::cli
