#include "editorial/features.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

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

// Strangers' text as a feature's name, which is in a tab-separated file.
std::string name_of(std::string_view text) {
    text = text.substr(0, label_bytes);
    if (utf8::is_printable_ascii(text)) return std::string(text);
    std::string out = utf8::scrubbed(text);
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return out;
}

// A title as its parts: "type(scope): rest" or "[tag] rest" or "lead-in: rest".
struct Title {
    std::string_view type;
    std::string_view scope;
    std::string_view rest;
    std::string lowered_rest;
    std::vector<std::string_view> words;  // of lowered_rest, outside code spans
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

void read_title(std::string_view text, Title& title) {
    split_lead(text, title);
    title.lowered_rest = lowered(title.rest);
    title.words.reserve(title.rest.size() / 4);
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
        if (!in_code && !name && is_letter(word.front()))
            title.words.push_back(std::string_view(title.lowered_rest).substr(at, end - at));
        at = end;
    }
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
constexpr std::array<std::int64_t, 5> days_open = {1, 4, 15, 50, 150};

// What one item shows; each kind is extracted once, for patterns take their time, and told under every prefix
// that the policy counts it with.
class Extraction {
  public:
    Extraction(const profile::ScorePolicy& policy, const Item& item, std::span<const std::string> marks,
               const std::function<void(std::string_view)>& see)
        : policy_(policy),
          item_(item),
          marks_(marks),
          see_(see),
          text_(std::string_view(item.title).substr(0, title_bytes)) {
        read_title(text_, title_);
    }

    void tell(FeatureKind kind, std::span<const std::string> prefixes) {
        prefixes_ = prefixes;
        extract(kind);
    }

  private:
    void add(std::string_view name, std::string_view value = {}, std::string_view more = {}) {
        for (const std::string& prefix : prefixes_) {
            feature_.assign(prefix).append(name).append(value);
            if (!more.empty()) feature_.append(" ").append(more);
            see_(feature_);
        }
    }

    void extract(FeatureKind kind) {
        switch (kind) {
            case FeatureKind::repository:
                add("repo=", name_of(item_.repository));
                break;
            case FeatureKind::type:
                add("type=", title_.type.empty() ? "none" : name_of(lowered(title_.type)));
                break;
            case FeatureKind::scope:
                if (title_.scope.empty()) break;
                add("has scope");
                add("scope=", name_of(lowered(title_.scope)));
                break;
            case FeatureKind::lead:
                add("lead=", title_.starts_with_code ? "`code`"
                             : title_.words.empty()  ? "none"
                                                     : title_.words[0]);
                break;
            case FeatureKind::words:
                for (const std::string_view word : title_.words) add("w=", word);
                break;
            case FeatureKind::pairs:
                for (std::size_t i = 1; i < title_.words.size(); ++i)
                    add("b=", title_.words[i - 1], title_.words[i]);
                break;
            case FeatureKind::length:
                add("length", size_class(static_cast<std::int64_t>(text_.size()), title_lengths));
                break;
            case FeatureKind::code:
                if (title_.has_code) add("has code");
                if (title_.has_name) add("has name");
                break;
            case FeatureKind::labels:
                for (const std::string& label : item_.labels) add("label=", name_of(label));
                break;
            case FeatureKind::patterns:
                for (const std::size_t at : policy_.patterns.titles.all_in(text_))
                    add("title:", policy_.patterns.names[at]);
                break;
            case FeatureKind::size:
                if (!item_.size) break;
                add("lines", size_class(item_.size->additions + item_.size->deletions, line_counts));
                add("files", size_class(item_.size->files, file_counts));
                break;
            case FeatureKind::paths:
                if (!item_.paths) break;
                for (const ChangedPath& file : *item_.paths)
                    add("path=", name_of(std::string_view(file.path).substr(0, file.path.find('/'))));
                break;
            case FeatureKind::age:
                if (!item_.merged_at || item_.created_at >= *item_.merged_at) break;
                add("days",
                    size_class((*item_.merged_at - item_.created_at) / std::chrono::hours{24}, days_open));
                break;
            case FeatureKind::marks:
                for (const std::string& mark : marks_) add("mark=", mark);
                break;
        }
    }

    const profile::ScorePolicy& policy_;
    const Item& item_;
    const std::span<const std::string> marks_;
    const std::function<void(std::string_view)>& see_;
    const std::string_view text_;
    Title title_;
    std::span<const std::string> prefixes_;
    std::string feature_;
};

}  // namespace

void each_feature(const profile::ScorePolicy& policy, const Item& item, Layout layout,
                  std::span<const std::string> marks, const std::function<void(std::string_view)>& see) {
    const std::array<std::pair<const std::vector<FeatureKind>*, std::string>, 3> groups = {
        {{&policy.features, ""},
         {&policy.by_repository,
          name_of(std::string_view(item.repository).substr(item.repository.rfind('/') + 1)) + "|"},
         {&policy.by_layout, std::string(layout_name(layout)) + "|"}}};
    Extraction extraction(policy, item, marks, see);
    std::vector<std::string> prefixes;
    for (auto group = groups.begin(); group != groups.end(); ++group)
        for (const FeatureKind kind : *group->first) {
            const auto counts = [&](const auto& one) {
                return std::find(one.first->begin(), one.first->end(), kind) != one.first->end();
            };
            if (std::any_of(groups.begin(), group, counts)) continue;
            prefixes.clear();
            for (auto one = group; one != groups.end(); ++one)
                if (counts(*one)) prefixes.push_back(one->second);
            extraction.tell(kind, prefixes);
        }
}

std::vector<std::string> features(const profile::ScorePolicy& policy, const Item& item, Layout layout,
                                  std::span<const std::string> marks) {
    std::vector<std::string> out;
    each_feature(policy, item, layout, marks, [&](std::string_view feature) { out.emplace_back(feature); });
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace harvester::editorial
