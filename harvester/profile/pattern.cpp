#include "profile/pattern.h"

#include <fmt/format.h>
#include <re2/set.h>

#include <algorithm>
#include <mutex>

namespace harvester::profile {

namespace {

re2::RE2::Options options() {
    re2::RE2::Options out;
    out.set_log_errors(false);
    return out;
}

// Why RE2 would not run the pattern; empty: it would. A set tells only what doesn't parse, but a repetition,
// `(x{1000}){1000}`, and an endless text may parse and be too large to run.
std::string trouble(const std::string& text) {
    constexpr std::size_t surely_small = 1000;
    if (text.find('{') == std::string::npos && text.size() <= surely_small) return {};
    const re2::RE2 alone(text, options());
    return alone.ok() ? std::string() : alone.error();
}

}  // namespace

struct PatternSet::Searcher {
    re2::RE2::Set set{options(), re2::RE2::UNANCHORED};
    std::vector<std::string> texts;
    std::once_flag compiled;  // at the first search: most commands need few of a profile's patterns

    // RE2's answer; should a text be too much for its automaton, each pattern is asked on its own.
    bool search(std::string_view text, std::vector<int>* found) {
        std::call_once(compiled, [this] { set.Compile(); });
        const re2::StringPiece piece(text.data(), text.size());
        re2::RE2::Set::ErrorInfo error{};
        if (set.Match(piece, found, &error)) return true;
        if (error.kind == re2::RE2::Set::kNoError) return false;
        bool any = false;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (!re2::RE2::PartialMatch(piece, re2::RE2(texts[i], options()))) continue;
            any = true;
            if (found != nullptr) found->push_back(static_cast<int>(i));
        }
        return any;
    }
};

void PatternSet::add(const TomlTable& table, std::string_view key, const std::string& text) {
    if (!searcher_) searcher_ = std::make_shared<Searcher>();
    std::string error = trouble(text);
    if (!error.empty() || searcher_->set.Add(text, &error) < 0)
        return table.refuse(
            key, fmt::format("the pattern '{}' is not a regular expression of RE2: {}", text, error));
    searcher_->texts.push_back(text);
}

std::size_t PatternSet::size() const {
    return searcher_ ? searcher_->texts.size() : 0;
}

bool PatternSet::any_in(std::string_view text) const {
    return searcher_ && searcher_->search(text, nullptr);
}

std::vector<std::size_t> PatternSet::all_in(std::string_view text) const {
    std::vector<int> found;
    if (!searcher_ || !searcher_->search(text, &found)) return {};
    std::sort(found.begin(), found.end());
    return {found.begin(), found.end()};
}

PatternSet read_patterns(const TomlTable& table, std::string_view key) {
    PatternSet out;
    std::vector<std::string> texts;
    table.read(key, texts);
    for (const std::string& text : texts) out.add(table, key, text);
    return out;
}

}  // namespace harvester::profile
