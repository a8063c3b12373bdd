// base/: what every part of the program needs and nothing that knows of newsletters, GitHub or SQLite.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace harvester {

// How a command ends; the numbers are the exit codes that scripts rely on.
enum class ExitCode : int {
    done = 0,
    findings = 1,     // `check` found something
    usage = 2,        // wrong options, dates or profile
    credentials = 3,  // token missing or refused
    incomplete = 4,   // the network or GitHub did not give everything
    file = 5,         // cache or file trouble
    interrupted = 130,
};

// Why something could not be done. `message` is one sentence that says what, where and what to do,
// without a final line break; it never holds the token.
struct Failure {
    ExitCode code = ExitCode::file;
    std::string message;
};

template <class T>
using Result = tl::expected<T, Failure>;

inline tl::unexpected<Failure> fail(ExitCode code, std::string message) {
    return tl::unexpected<Failure>(Failure{code, std::move(message)});
}

}  // namespace harvester
