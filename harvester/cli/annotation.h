// Workflow commands of GitHub Actions: lines on stdout that the runner acts upon.
#pragma once

#include <string>
#include <string_view>

namespace harvester::cli {

// "::error file=F,line=N,title=T::MESSAGE" (`level` is error, warning or notice), every value escaped so that
// it can't start or end a command.
std::string annotation(std::string_view level, std::string_view file, std::size_t line,
                       std::string_view title, std::string_view message);

}  // namespace harvester::cli
