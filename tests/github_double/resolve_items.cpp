// Fields of pull requests, issues, labels, label events and people.
#include <fmt/format.h>

#include <algorithm>

#include "connection.h"
#include "graph.h"

namespace github_double {
namespace {

std::string html(const std::string& text) {
    std::string out;
    for (const char c : text)
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    return out;
}

Value time_or_null(const std::optional<Instant>& at) {
    return at ? Value{harvester::format_instant(*at)} : Value{};
}

std::string head_name(const Item& item) {
    return item.more().head_ref.empty() ? fmt::format("change-{}", item.number) : item.more().head_ref;
}

std::string base_name(const Item& item) {
    return item.more().base_ref.empty() ? item.repository->default_branch : item.more().base_ref;
}

// The head of a branch of this repository that the double follows, else what a world or nobody told.
const Commit* head_commit(const Item& item) {
    const auto* repository = item.more().head_repository;
    if (repository == nullptr || item.more().head_ref.empty()) return nullptr;
    const auto found = repository->branches.find(item.more().head_ref);
    return found == repository->branches.end() ? nullptr : found->second;
}

std::string head_oid(const Item& item) {
    if (const auto* commit = head_commit(item)) return commit->oid;
    return item.more().head_oid.empty() ? made_up_oid("head " + item.id) : item.more().head_oid;
}

Commit commit_of(const Item& item, std::size_t index, Instant date) {
    Commit out;
    out.oid = made_up_oid(fmt::format("{} {}", item.id, index));
    out.repository = item.repository;
    out.date = date;
    out.headline = item.title;
    return out;
}

Value commits(const Object& self, const Json& arguments, Execution&) {
    const auto& item = read<Item>(self);
    auto dates = item.more().commits;
    if (dates.empty()) dates.push_back(item.created);
    return page("PullRequestCommitConnection", static_cast<std::int64_t>(dates.size()), arguments,
                [&](std::size_t i) { return own("PullRequestCommit", commit_of(item, i, dates[i])); });
}

Value labels(const Object& self, const Json& arguments, Execution&) {
    const auto& names = read<Item>(self).labels;
    return page("LabelConnection", static_cast<std::int64_t>(names.size()), arguments,
                [&](std::size_t i) { return borrow("Label", *names[i]); });
}

struct ChangedFile {
    std::string path;
    std::int64_t additions, deletions;
    std::string change;
};

Value files(const Object& self, const Json& arguments, Execution&) {
    const auto& item = read<Item>(self);
    const auto& told = item.more().files;
    // Few items tell their files; the others have as many as they say, with names of no meaning.
    const auto size = told.empty() ? item.changed_files : static_cast<std::int64_t>(told.size());
    return page("PullRequestChangedFileConnection", size, arguments, [&](std::size_t i) {
        const auto named =
            told.empty() ? item.more().change_types.end() : item.more().change_types.find(told[i]);
        const bool says = named != item.more().change_types.end();
        return own("PullRequestChangedFile",
                   ChangedFile{told.empty() ? fmt::format("src/part_{}.rs", i) : told[i],
                               item.additions / size, item.deletions / size,
                               says                         ? named->second
                               : told.empty() && i % 2 == 0 ? "MODIFIED"
                                                            : "ADDED"});
    });
}

Value timeline(const Object& self, const Json& arguments, Execution&) {
    const auto& item = read<Item>(self);
    const auto given = [&](const char* name) {
        return arguments.contains(name) && !arguments[name].is_null();
    };
    std::vector<const LabelEvent*> chosen_events;
    const auto since =
        given("since") ? harvester::parse_instant(arguments["since"].get<std::string>()) : std::nullopt;
    for (const auto& event : item.more().events) {
        const auto* type = event.removed ? "UNLABELED_EVENT" : "LABELED_EVENT";
        if (given("itemTypes") && !holds(arguments["itemTypes"], type)) continue;
        if (since && event.at < *since) continue;
        chosen_events.push_back(&event);
    }
    if (given("skip")) {
        const auto skip = std::min(chosen_events.size(), arguments["skip"].get<std::size_t>());
        chosen_events.erase(chosen_events.begin(), chosen_events.begin() + static_cast<std::ptrdiff_t>(skip));
    }
    auto out = page(item.pull_request ? "PullRequestTimelineItemsConnection" : "IssueTimelineItemsConnection",
                    static_cast<std::int64_t>(chosen_events.size()), arguments, [&](std::size_t i) {
                        return borrow(chosen_events[i]->removed ? "UnlabeledEvent" : "LabeledEvent",
                                      *chosen_events[i]);
                    });
    auto connection = read<Connection>(std::get<Object>(out));
    connection.total = static_cast<std::int64_t>(item.more().events.size());
    return own(std::get<Object>(out).type, std::move(connection));
}

void add_shared(Resolvers& table, const std::string& type) {
    const auto add = [&](const char* name, Resolver resolver) {
        table[type + "." + name] = std::move(resolver);
    };
    add("id", field<Item>([](const Item& i) { return i.id; }));
    add("number", field<Item>([](const Item& i) { return i.number; }));
    add("title", field<Item>([](const Item& i) { return i.title; }));
    add("titleHTML", field<Item>([](const Item& i) { return html(i.title); }));
    add("url", field<Item>([](const Item& i) { return i.url(); }));
    add("resourcePath", field<Item>([](const Item& i) {
            return i.url().substr(std::string_view("https://github.com").size());
        }));
    add("locked", field<Item>([](const Item&) { return false; }));
    add("createdAt", field<Item>([](const Item& i) { return harvester::format_instant(i.created); }));
    add("updatedAt", field<Item>([](const Item& i) { return harvester::format_instant(i.updated); }));
    add("closedAt", field<Item>([](const Item& i) { return time_or_null(i.closed); }));
    add("closed", field<Item>([](const Item& i) { return i.state != State::open; }));
    add("author", field<Item>([](const Item& i) { return person_or_null(i.author); }));
    add("authorAssociation",
        field<Item>([](const Item& i) { return std::string(i.author != nullptr ? "CONTRIBUTOR" : "NONE"); }));
    add("repository", field<Item>([](const Item& i) { return borrow("Repository", *i.repository); }));
    add("body", field<Item>([](const Item& i) { return i.more().body; }));
    add("bodyText", field<Item>([](const Item& i) { return i.more().body; }));
    add("labels", labels);
    add("timelineItems", timeline);
}

void add_pull_request(Resolvers& table) {
    add_shared(table, "PullRequest");
    const auto add = [&](const char* name, Resolver resolver) {
        table[std::string("PullRequest.") + name] = std::move(resolver);
    };
    add("state", field<Item>([](const Item& i) {
            return std::string(i.state == State::merged   ? "MERGED"
                               : i.state == State::closed ? "CLOSED"
                                                          : "OPEN");
        }));
    add("isDraft", field<Item>([](const Item& i) { return i.more().draft; }));
    add("mergedAt", field<Item>([](const Item& i) { return time_or_null(i.merged); }));
    add("merged", field<Item>([](const Item& i) { return i.state == State::merged; }));
    // mergedAt, mergedBy and mergeCommit aren't always set together.
    add("mergedBy", field<Item>([](const Item& i) {
            return i.merged && hash_of(i.id) % 3 != 0 ? Value{own("Bot", Person{"merger", "Bot"})} : Value{};
        }));
    add("mergeCommit", field<Item>([](const Item& i) {
            return i.merged && hash_of(i.id) % 2 == 0
                       ? Value{own("Commit", commit_of(i, 1'000'000, *i.merged))}
                       : Value{};
        }));
    add("baseRefName", field<Item>(base_name));
    add("headRefName", field<Item>(head_name));
    add("baseRefOid", field<Item>([](const Item& i) { return made_up_oid("base " + i.id); }));
    add("headRefOid", field<Item>(head_oid));
    add("headRef", field<Item>([](const Item& i) {
            const auto* head = head_commit(i);
            return head != nullptr ? Value{own("Ref", Ref{i.more().head_repository, head_name(i), head})}
                                   : Value{};
        }));
    add("baseRef", field<Item>([](const Item& i) { return branch_or_null(*i.repository, base_name(i)); }));
    add("headRepository", field<Item>([](const Item& i) {
            return i.more().head_repository != nullptr
                       ? Value{borrow("Repository", *i.more().head_repository)}
                       : Value{};
        }));
    add("headRepositoryOwner", field<Item>([](const Item& i) {
            return i.more().head_repository != nullptr ? Value{owner_of(*i.more().head_repository)}
                   : i.author != nullptr && i.author->type == "User" ? person_or_null(i.author)
                                                                     : Value{};
        }));
    add("isCrossRepository",
        field<Item>([](const Item& i) { return i.more().head_repository != i.repository; }));
    add("additions", field<Item>([](const Item& i) { return std::int64_t{i.additions}; }));
    add("deletions", field<Item>([](const Item& i) { return std::int64_t{i.deletions}; }));
    add("changedFiles", field<Item>([](const Item& i) { return std::int64_t{i.changed_files}; }));
    add("files", files);
    add("commits", commits);
    add("closingIssuesReferences", [](const Object&, const Json& arguments, Execution&) {
        return page("IssueConnection", 0, arguments, [](std::size_t) { return Value{}; });
    });
}

void add_people(Resolvers& table) {
    for (const std::string type : {"User", "Bot", "Organization", "Mannequin"}) {
        const auto page_of = [](const Person& p) { return (p.type == "Bot" ? "/apps/" : "/") + p.login; };
        table[type + ".id"] = field<Person>([](const Person& p) { return made_up_id("U_kg", p.login); });
        table[type + ".login"] = field<Person>([](const Person& p) { return p.login; });
        table[type + ".resourcePath"] = field<Person>(page_of);
        table[type + ".url"] =
            field<Person>([page_of](const Person& p) { return "https://github.com" + page_of(p); });
        table[type + ".avatarUrl"] =
            field<Person>([](const Person& p) { return "https://avatars.githubusercontent.com/" + p.login; });
        table[type + ".name"] = field<Person>([](const Person&) { return Value{}; });
    }
}

}  // namespace

Value person_or_null(const Person* person) {
    if (person == nullptr) return {};
    for (const std::string_view type : {"Bot", "Organization", "Mannequin"})
        if (person->type == type) return borrow(type, *person);
    return borrow("User", *person);
}

void add_item_resolvers(Resolvers& table) {
    add_pull_request(table);
    add_shared(table, "Issue");
    table["Issue.state"] =
        field<Item>([](const Item& i) { return std::string(i.state == State::open ? "OPEN" : "CLOSED"); });
    table["Issue.stateReason"] = [](const Object& self, const Json& arguments, Execution&) -> Value {
        const auto& item = read<Item>(self);
        if (item.state == State::open) return {};
        const auto& reason = item.more().state_reason;
        if (reason == "DUPLICATE" && !arguments["enableDuplicate"].get<bool>())
            return std::string("NOT_PLANNED");
        return reason.empty() ? std::string("COMPLETED") : reason;
    };
    for (const std::string type : {"LabeledEvent", "UnlabeledEvent"}) {
        table[type + ".actor"] = field<LabelEvent>([](const LabelEvent&) { return Value{}; });
        table[type + ".createdAt"] =
            field<LabelEvent>([](const LabelEvent& e) { return harvester::format_instant(e.at); });
        table[type + ".id"] = field<LabelEvent>(
            [](const LabelEvent& e) { return made_up_id("LE_", e.label + harvester::format_instant(e.at)); });
        table[type + ".label"] =
            field<LabelEvent>([](const LabelEvent& e) { return borrow("Label", e.label); });
    }
    for (const std::string type : {"PullRequestTimelineItemsConnection", "IssueTimelineItemsConnection"})
        table[type + ".updatedAt"] =
            field<Connection>([](const Connection&) { return std::string("2024-01-01T00:00:00Z"); });
    table["Label.id"] = field<std::string>([](const std::string& name) { return made_up_id("LA_", name); });
    table["Label.name"] = field<std::string>([](const std::string& name) { return name; });
    table["Label.color"] = field<std::string>([](const std::string&) { return std::string("ededed"); });
    table["Label.description"] = field<std::string>([](const std::string&) { return Value{}; });
    table["PullRequestChangedFile.path"] = field<ChangedFile>([](const ChangedFile& f) { return f.path; });
    table["PullRequestChangedFile.additions"] =
        field<ChangedFile>([](const ChangedFile& f) { return f.additions; });
    table["PullRequestChangedFile.deletions"] =
        field<ChangedFile>([](const ChangedFile& f) { return f.deletions; });
    table["PullRequestChangedFile.changeType"] =
        field<ChangedFile>([](const ChangedFile& f) { return std::string(f.change); });
    table["PullRequestCommit.id"] = field<Commit>([](const Commit& c) { return "PURC_" + c.oid; });
    table["PullRequestCommit.commit"] = [](const Object& self, const Json&, Execution&) -> Value {
        return Object{"Commit", self.data};
    };
    table["PullRequestCommit.url"] = field<Commit>([](const Commit& c) { return commit_url(c); });
    add_people(table);
}

}  // namespace github_double
