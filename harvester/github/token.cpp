#include "github/token.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/child_program.h"

namespace harvester::github {
namespace {

// A line break in a header would be another header.
bool fits_a_header(const std::string& text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

Result<Token> checked(Token token) {
    if (fits_a_header(token.text)) return token;
    return fail(
        ExitCode::credentials,
        fmt::format("the token of {} holds spaces, control characters or letters beyond ASCII: set it anew",
                    token.source));
}

}  // namespace

Result<Token> find_token(const Environment& environment, Milliseconds patience_with_gh) {
    for (const char* name : {"GH_TOKEN", "GITHUB_TOKEN"})
        if (auto text = environment(name)) return checked({std::move(*text), name});
    constexpr std::size_t longest = 4096;
    auto text =
        output_of({environment("GH_PATH").value_or("gh"), "auth", "token"}, patience_with_gh, longest);
    if (text) {
        while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
        if (!text->empty()) return checked({std::move(*text), "gh auth token"});
    }
    return fail(ExitCode::credentials,
                "there is no token for GitHub: set GH_TOKEN or GITHUB_TOKEN, or log in with `gh auth login`");
}

}  // namespace harvester::github
