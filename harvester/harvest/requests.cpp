#include "harvest/requests.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace harvester::harvest {
namespace {

using nlohmann::json;

void fill(std::string& text, std::string_view hole, const std::string& value) {
    const auto at = text.find(hole);
    if (at != std::string::npos) text.replace(at, hole.size(), value);
}

std::string with_place(const profile::Profile& profile, const profile::SearchPolicy& search,
                       const std::string& repository) {
    const std::string& one = repository.empty() ? search.repository : repository;
    std::string labels;
    for (const std::string& label : search.labels)
        labels += fmt::format("{}\"{}\"", labels.empty() ? "label:" : ",", label);
    std::string text = search.text;
    fill(text, "{place}",
         !one.empty()           ? "repo:" + one
         : search.place.empty() ? "org:" + profile.organisation
                                : search.place);
    fill(text, "{labels}", labels);
    return text;
}

std::string dump(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// The documents are part of the program: one that is missing is a fault of the build.
github::Call call_of(std::string_view document, const json& variables, std::string page_size_name) {
    const auto operation = github::find_operation(document);
    if (!operation) throw std::logic_error(fmt::format("queries/github/{}.graphql is missing", document));
    github::Call call;
    call.operation = *operation;
    call.variables = dump(variables);
    call.page_size_name = std::move(page_size_name);
    return call;
}

std::pair<std::string, std::string> owner_and_name(const std::string& repository) {
    const auto slash = repository.find('/');
    return {repository.substr(0, slash), repository.substr(slash + 1)};
}

}  // namespace

std::string search_text(const profile::Profile& profile, const profile::SearchPolicy& search,
                        const Range& range, const std::string& repository, bool open_end) {
    std::string text = with_place(profile, search, repository);
    fill(text, "{range}",
         open_end ? ">=" + format_instant(range.from)
                  : fmt::format("{}..{}", format_instant(range.from), format_instant(range.to - Seconds{1})));
    return text;
}

std::string updated_since(std::string search, Instant since) {
    return search + " updated:>=" + format_instant(since);
}

std::string ledger_name(const profile::Profile& profile, const profile::SearchPolicy& search) {
    constexpr const char* readings[] = {"", "with label history ", "with paths "};
    return fmt::format("{}: {}{}", search.name, readings[static_cast<int>(search.reading)],
                       with_place(profile, search, ""));
}

std::string ledger_name(const profile::FilesPolicy& files) {
    std::string folders;
    for (const std::string& folder : files.folders) folders += " " + folder + "/" + files.file;
    return fmt::format("{}: files of {}{}", files.name, files.repository, folders);
}

std::string short_name(const std::string& ledger_name) {
    return ledger_name.substr(0, ledger_name.find(':'));
}

std::string owner_of(const profile::Profile& profile, const profile::SearchPolicy& search) {
    if (!search.repository.empty()) return search.repository.substr(0, search.repository.find('/'));
    return search.place.empty() ? profile.organisation : search.place.substr(search.place.find(':') + 1);
}

github::Call merged_call(const PageQuery& page) {
    json variables = {{"search", page.search}};
    if (!page.cursor.empty()) variables["after"] = page.cursor;
    return call_of("merged_pull_requests", variables, "first");
}

github::Call counts_call(std::span<const std::string> searches) {
    json variables = json::object();
    for (std::size_t i = 0; i < searches.size(); ++i) {
        variables[fmt::format("search{}", i + 1)] = searches[i];
        variables[fmt::format("with{}", i + 1)] = true;
    }
    return call_of("counts", variables, "");
}

github::Call part_call(const github::Continuation& part) {
    json variables = {{"id", part.id}};
    if (!part.cursor.empty()) variables["after"] = part.cursor;
    const char* document = part.part == github::ItemPart::labels         ? "item_labels"
                           : part.part == github::ItemPart::label_events ? "item_label_events"
                                                                         : "item_paths";
    return call_of(document, variables, "first");
}

github::Call files_call(const std::string& repository, std::span<const FileQuery> files) {
    const auto [owner, name] = owner_and_name(repository);
    json variables = {{"owner", owner}, {"name", name}};
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string& head = files[i].head;
        variables[fmt::format("expression{}", i + 1)] =
            fmt::format("{}:{}", head.empty() ? "HEAD" : head, files[i].path);
        variables[fmt::format("path{}", i + 1)] = files[i].path;
        variables[fmt::format("withFile{}", i + 1)] = true;
    }
    return call_of("repository_files", variables, "");
}

github::Call second_look_call(const SecondLookQuery& query) {
    json variables = json::object();
    if (!query.ids.empty()) {
        variables["ids"] = query.ids;
        variables["withItems"] = true;
    }
    if (!query.updated.search.empty()) {
        variables["merged1"] = query.updated.search;
        variables["withMerged1"] = true;
        if (!query.updated.cursor.empty()) variables["afterMerged1"] = query.updated.cursor;
    }
    for (std::size_t i = 0; i < query.repositories.size(); ++i) {
        const auto [owner, name] = owner_and_name(query.repositories[i].name);
        variables[fmt::format("owner{}", i + 1)] = owner;
        variables[fmt::format("name{}", i + 1)] = name;
        variables[fmt::format("withRepository{}", i + 1)] = true;
        if (query.repositories[i].merges) variables[fmt::format("withMerges{}", i + 1)] = true;
    }
    return call_of("second_look", variables, "first");
}

std::string Sweep::add(profile::Reading reading, const PageQuery& page) {
    struct Slots {
        const char* alias;
        const char* upper;
        std::size_t& used;
        std::size_t most;
    };
    Slots slots[] = {{"merged", "Merged", merged_, 2},
                     {"labelled", "Labelled", labelled_, 4},
                     {"paths", "Paths", paths_, 3}};
    Slots& slot = slots[static_cast<int>(reading)];
    if (slot.used == slot.most) return {};
    ++slot.used;
    const std::string alias = fmt::format("{}{}", slot.alias, slot.used);
    variables_[alias] = dump(page.search);
    variables_[fmt::format("with{}{}", slot.upper, slot.used)] = "true";
    if (!page.cursor.empty()) variables_[fmt::format("after{}{}", slot.upper, slot.used)] = dump(page.cursor);
    return alias;
}

bool Sweep::add(const ListingQuery& listing) {
    if (listing_) return false;
    listing_ = true;
    const auto [owner, name] = owner_and_name(listing.repository);
    variables_["owner"] = dump(owner);
    variables_["name"] = dump(name);
    variables_["withRepository"] = "true";
    for (std::size_t i = 0; i < listing.folders.size(); ++i) {
        variables_[fmt::format("folder{}", i + 1)] = dump("HEAD:" + listing.folders[i]);
        variables_[fmt::format("withFolder{}", i + 1)] = "true";
    }
    if (listing.open_pull_requests) variables_["withOpenPullRequests"] = "true";
    return true;
}

github::Call Sweep::call() const {
    json variables = json::object();
    for (const auto& [name, value] : variables_) variables[name] = json::parse(value);
    return call_of("sweep", variables, "first");
}

}  // namespace harvester::harvest
