#include "github/redact.h"

#include "base/utf8.h"

namespace harvester::github {
namespace {

constexpr std::string_view replacement = "[token]";
constexpr std::string_view prefixes[] = {"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"};

// Newer tokens are JSON Web Tokens behind the prefix, with dots and hyphens.
constexpr bool is_token_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

// Length of the token that starts the text; 0 when none does.
std::size_t token_length(std::string_view text, std::string_view secret) {
    if (!secret.empty() && text.starts_with(secret)) return secret.size();
    for (const std::string_view prefix : prefixes) {
        if (!text.starts_with(prefix)) continue;
        std::size_t end = prefix.size();
        while (end < text.size() && is_token_character(text[end])) ++end;
        return end;
    }
    return 0;
}

}  // namespace

std::string redact(std::string_view text, std::string_view secret) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t length = token_length(text.substr(at), secret); length > 0) {
            out += replacement;
            at += length;
        } else {
            out.push_back(text[at++]);
        }
    }
    return out;
}

std::string phrase(std::string_view text, std::string_view secret) {
    constexpr std::size_t longest = 300;
    const std::string safe = redact(text, secret);
    std::string out;
    for (std::size_t at = 0; at < safe.size();) {
        const char32_t c = utf8::next(safe, at);
        utf8::append(out, utf8::is_hostile_control(c) ? U' ' : c);
        if (out.size() >= longest && at < safe.size()) return out + "...";
    }
    return out;
}

}  // namespace harvester::github
