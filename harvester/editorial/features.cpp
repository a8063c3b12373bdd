#include "editorial/features.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "base/utf8.h"

namespace harvester::editorial {
namespace {

using profile::FeatureKind;

constexpr std::size_t title_bytes = 1000;
constexpr std::size_t label_bytes = 100;

bool is_letter(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}
bool is_word(char c) {
    return is_letter(c) || ('0' <= c && c <= '9') || c == '_' || c == '\'' || c == '-';
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// Strangers' text as a feature's name, which stands in a tab-separated file.
std::string name_of(std::string_view text) {
    std::string out = utf8::scrubbed(text.substr(0, label_bytes));
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return out;
}

// A title as its parts: "type(scope): rest" or "[tag] rest" or "lead-in: rest".
struct Title {
    std::string_view type;
    std::string_view scope;
    std::string_view rest;
    std::vector<std::string> words;  // of the rest, outside code spans, in lower case
    bool starts_with_code = false;
    bool has_code = false;
    bool has_name = false;  // a name of code, with or without backticks: a_b, a::b
};

// "fix(resolver)!: keep it": type fix, scope resolver. A lead-in of several words isn't a type.
void split_lead(std::string_view text, Title& title) {
    title.rest = text;
    std::size_t at = 0;
    while (at < text.size() && (is_letter(text[at]) || text[at] == '-' || text[at] == '_' || text[at] == '`'))
        ++at;
    const std::size_t type_end = at;
    std::string_view scope;
    if (at < text.size() && text[at] == '(') {
        const std::size_t close = text.find(')', at);
        if (close == std::string_view::npos) return;
        scope = text.substr(at + 1, close - at - 1);
        at = close + 1;
    }
    if (at < text.size() && text[at] == '!') ++at;
    if (type_end == 0 || at >= text.size() || text[at] != ':' || at + 1 >= text.size() || text[at + 1] == ':')
        return;
    title.type = text.substr(0, type_end);
    title.scope = scope;
    const std::size_t rest = text.find_first_not_of(' ', at + 1);
    title.rest = rest == std::string_view::npos ? std::string_view{} : text.substr(rest);
}

Title read_title(std::string_view text) {
    Title title;
    split_lead(text, title);
    title.starts_with_code = title.rest.starts_with('`');
    bool in_code = false;
    for (std::size_t at = 0; at < title.rest.size();) {
        if (title.rest[at] == '`') {
            in_code = !in_code;
            title.has_code = true;
            ++at;
            continue;
        }
        if (!is_word(title.rest[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < title.rest.size() && is_word(title.rest[end])) ++end;
        const std::string_view word = title.rest.substr(at, end - at);
        const bool name = word.find('_') != std::string_view::npos ||
                          title.rest.substr(end).starts_with("::") ||
                          title.rest.substr(0, at).ends_with("::");
        if (name) title.has_name = true;
        if (!in_code && !name && is_letter(word.front())) title.words.push_back(lowered(word));
        at = end;
    }
    return title;
}

// The class of a figure: the first bound that it is below.
template <std::size_t N>
std::string size_class(std::int64_t value, const std::array<std::int64_t, N>& bounds) {
    for (const std::int64_t bound : bounds)
        if (value < bound) return fmt::format("<{}", bound);
    return fmt::format("{}+", bounds.back());
}

constexpr std::array<std::int64_t, 6> title_lengths = {15, 25, 40, 60, 85, 120};
constexpr std::array<std::int64_t, 5> line_counts = {10, 50, 200, 1000, 5000};
constexpr std::array<std::int64_t, 4> file_counts = {2, 5, 20, 100};

struct Extraction {
    const profile::ScorePolicy& policy;
    const Item& item;
    std::string_view text;
    Title title;

    void extract(FeatureKind kind, std::vector<std::string>& out) const {
        switch (kind) {
            case FeatureKind::repository:
                out.push_back("repo=" + name_of(item.repository));
                break;
            case FeatureKind::type:
                out.push_back(title.type.empty() ? "type=none" : "type=" + name_of(lowered(title.type)));
                break;
            case FeatureKind::scope:
                if (!title.scope.empty())
                    out.insert(out.end(), {"has scope", "scope=" + name_of(lowered(title.scope))});
                break;
            case FeatureKind::lead:
                out.push_back(title.starts_with_code ? "lead=`code`"
                              : title.words.empty()  ? "lead=none"
                                                     : "lead=" + title.words[0]);
                break;
            case FeatureKind::words:
                for (const std::string& word : title.words) out.push_back("w=" + word);
                break;
            case FeatureKind::pairs:
                for (std::size_t i = 1; i < title.words.size(); ++i)
                    out.push_back("b=" + title.words[i - 1] + " " + title.words[i]);
                break;
            case FeatureKind::length:
                out.push_back("length" + size_class(static_cast<std::int64_t>(text.size()), title_lengths));
                break;
            case FeatureKind::code:
                if (title.has_code) out.push_back("has code");
                if (title.has_name) out.push_back("has name");
                break;
            case FeatureKind::labels:
                for (const std::string& label : item.labels) out.push_back("label=" + name_of(label));
                break;
            case FeatureKind::patterns:
                for (const profile::NamedPattern& pattern : policy.patterns)
                    if (pattern.title.found_in(text)) out.push_back("title:" + pattern.name);
                break;
            case FeatureKind::size:
                if (!item.size) break;
                out.push_back("lines" + size_class(item.size->additions + item.size->deletions, line_counts));
                out.push_back("files" + size_class(item.size->files, file_counts));
                break;
            case FeatureKind::paths:
                if (!item.paths) break;
                for (const ChangedPath& file : *item.paths)
                    out.push_back("path=" + name_of(file.path.substr(0, file.path.find('/'))));
                break;
        }
    }
};

}  // namespace

std::vector<std::string> features(const profile::ScorePolicy& policy, const Item& item, Layout layout) {
    const std::string_view text = std::string_view(item.title).substr(0, title_bytes);
    const Extraction extraction{policy, item, text, read_title(text)};
    std::vector<std::string> out;
    std::map<FeatureKind, std::vector<std::string>> extracted;  // each kind once: patterns take their time
    const auto add = [&](const std::vector<FeatureKind>& kinds, const std::string& prefix) {
        for (const FeatureKind kind : kinds) {
            const auto [found, fresh] = extracted.try_emplace(kind);
            if (fresh) extraction.extract(kind, found->second);
            for (const std::string& feature : found->second) out.push_back(prefix + feature);
        }
    };
    add(policy.features, "");
    add(policy.by_repository, name_of(item.repository.substr(item.repository.rfind('/') + 1)) + "|");
    add(policy.by_layout, std::string(layout_name(layout)) + "|");
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace harvester::editorial
