// The one reader of the URLs of pull requests and issues.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harvester::markdown {

// "https://HOST/OWNER/NAME/pull/NUMBER", whatever follows the number: views into the URL that was read.
struct ItemUrl {
    enum class Kind : std::uint8_t { pull, issues };
    std::string_view host;        // "github.com", as written
    std::string_view repository;  // "rust-lang/rust", as written
    Kind kind = Kind::pull;
    std::int64_t number = 0;  // above 0
    std::string_view rest;    // "/files", "#issuecomment-1", "?x"; empty for the item itself

    // "rust-lang/rust#12", in lower case: GitHub doesn't tell cases apart, and a pull request has one number
    // under both kinds. Two URLs of one item have the same key.
    std::string key() const;
};

// nullopt: the URL leads to something else.
std::optional<ItemUrl> read_item_url(std::string_view url);

// The item's key; for other URLs "url:" and the URL without fragment and final slash.
std::string link_key(std::string_view url);

// True for a key of link_key that names a numbered item.
bool names_item(std::string_view key);

// Repository ("owner/name", as written) and number.
std::optional<std::pair<std::string, std::int64_t>> item_name(const std::string& url);

// Keys of the pull requests and issues whose URLs a text holds, each once, in their order: as a link's
// destination, in angle brackets, bare, or in code.
std::vector<std::string> item_keys(std::string_view text);

// The destinations of the links of a text, in order: "[text](URL)", "[text](<URL>)".
std::vector<std::string_view> link_urls(std::string_view text);

}  // namespace harvester::markdown
