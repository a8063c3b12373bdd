// Keeps tokens out of whatever people or files get to see.
#pragma once

#include <string>
#include <string_view>

namespace harvester::github {

// The text with every occurrence of `secret`, and everything that looks like one of GitHub's tokens
// (ghp_..., gho_..., ghu_..., ghs_..., ghr_..., github_pat_...), replaced by "[token]".
std::string redact(std::string_view text, std::string_view secret = {});

// Foreign text fit for the inside of one sentence: redacted, on one line, at most about 300 bytes.
std::string phrase(std::string_view text, std::string_view secret = {});

}  // namespace harvester::github
