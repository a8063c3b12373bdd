#include "harvest/files_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harvest/coverage.h"
#include "harvest/requests.h"

namespace harvester::harvest {
namespace {

std::string with_year(std::string folder, Day day) {
    constexpr std::string_view hole = "{year}";
    if (const auto at = folder.find(hole); at != std::string::npos)
        folder.replace(at, hole.size(), format_day(day).substr(0, 4));
    return folder;
}

}  // namespace

std::optional<Day> report_date(const profile::FilesPolicy& policy, const std::string& path) {
    constexpr std::string_view hole = "{date}";
    constexpr std::size_t date_length = 10;
    const auto at = policy.file.find(hole);
    const std::string_view before = std::string_view(policy.file).substr(0, at),
                           after = std::string_view(policy.file).substr(at + hole.size());
    const auto slash = path.rfind('/');
    const std::string_view name =
        slash == std::string::npos ? std::string_view(path) : std::string_view(path).substr(slash + 1);
    if (name.size() != before.size() + date_length + after.size() || !name.starts_with(before) ||
        !name.ends_with(after))
        return std::nullopt;
    const auto day = parse_day(name.substr(before.size(), date_length));
    if (!day) return std::nullopt;
    const std::string folder = slash == std::string::npos ? std::string() : path.substr(0, slash);
    const bool known =
        std::any_of(policy.folders.begin(), policy.folders.end(),
                    [&](const std::string& pattern) { return with_year(pattern, *day) == folder; });
    return known ? day : std::nullopt;
}

FilesJob::FilesJob(Work& work, const profile::FilesPolicy& policy, const Edition& issue)
    : work_(work),
      policy_(policy),
      issue_(issue),
      ledger_(ledger_name(policy)),
      days_(report_days(policy, issue)) {}

Result<bool> FilesJob::start() {
    const auto entries = work_.store.slices(ledger_, days_);
    if (!entries) return tl::unexpected(entries.error());
    const Range asked{days_.from, std::min(days_.to, work_.request.now)};
    if (asked.empty()) return false;
    return work_.request.refresh || !gaps(asked, *entries, std::chrono::hours{policy_.overlap_hours}).empty();
}

ListingQuery FilesJob::listing() const {
    ListingQuery query;
    query.repository = policy_.repository;
    query.open_pull_requests = policy_.open_pull_requests;
    for (const std::string& folder : policy_.folders)
        for (const Day day : {issue_.date, Day{issue_.date - std::chrono::days{policy_.days - 1}}}) {
            const std::string name = with_year(folder, day);
            if (std::find(query.folders.begin(), query.folders.end(), name) == query.folders.end())
                query.folders.push_back(name);
        }
    if (query.folders.size() > 3) query.folders.resize(3);
    return query;
}

std::vector<FilesJob::Candidate> FilesJob::candidates(const github::RepositoryListing& listing) const {
    std::vector<Candidate> out;
    std::set<std::string> paths;
    const auto add = [&](const std::string& path, const std::string& head, const std::string& pull_request) {
        const auto date = report_date(policy_, path);
        if (date && days_.contains(*date) && paths.insert(path).second)
            out.push_back({path, head, pull_request, *date});
    };
    for (const auto& entry : listing.entries)
        if (!entry.folder) add(entry.path, listing.head_commit, "");
    for (const auto& pull : listing.open_pull_requests)
        for (const std::string& path : pull.paths) add(path, pull.head_commit, pull.url);
    std::sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) {
        return a.date != b.date ? a.date > b.date : a.path < b.path;
    });
    if (out.size() > files_in_a_call) out.resize(files_in_a_call);
    return out;
}

Result<void> FilesJob::listed(const std::optional<github::RepositoryListing>& listing) {
    if (!listing) {
        failed(fmt::format("GitHub shows no repository {}", policy_.repository));
        return {};
    }
    const auto known = work_.store.files(policy_.repository);
    if (!known) return tl::unexpected(known.error());
    branch_ = listing->default_branch;
    const auto found = candidates(*listing);
    for (const RepositoryFile& file : *known) {
        const auto date = report_date(policy_, file.path);
        const bool there =
            std::any_of(found.begin(), found.end(), [&](const Candidate& c) { return c.path == file.path; });
        if (date && days_.contains(*date) && !there) forget_.push_back(file.path);
    }
    for (const Candidate& candidate : found) {
        const bool same = std::any_of(known->begin(), known->end(), [&](const RepositoryFile& file) {
            return file.path == candidate.path && file.head == candidate.head &&
                   file.pull_request == candidate.pull_request;
        });
        if (same && !work_.request.refresh) {
            ++kept_;
            continue;
        }
        wanted_.push_back(candidate);
        queries_.push_back({candidate.head, candidate.path});
    }
    return queries_.empty() ? finish({}) : Result<void>();
}

Result<void> FilesJob::read(const github::FilesAnswer& answer) {
    std::vector<RepositoryFile> files;
    for (const github::FileText& text : answer.files) {
        const auto index = static_cast<std::size_t>(text.slot) - 1;
        if (index >= wanted_.size() || text.binary) continue;
        const Candidate& candidate = wanted_[index];
        if (text.truncated)
            work_.outcome.notes.push_back(
                fmt::format("{} {}: GitHub gave only its beginning", policy_.repository, candidate.path));
        RepositoryFile file;
        file.repository = policy_.repository;
        file.path = candidate.path;
        file.head = candidate.head;
        file.commit = candidate.pull_request.empty() ? text.commit : candidate.head;
        file.pull_request = candidate.pull_request;
        file.branch = answer.default_branch.empty() ? branch_ : answer.default_branch;
        file.text = text.text;
        files.push_back(std::move(file));
    }
    if (files.size() < wanted_.size())
        failed(fmt::format("{} of {} texts arrived", files.size(), wanted_.size()));
    return finish(files);
}

Result<void> FilesJob::finish(std::span<const RepositoryFile> fresh) {
    if (auto saved = work_.store.save_files(policy_.repository, fresh, forget_, work_.request.now); !saved)
        return saved;
    work_.outcome.items += static_cast<std::int64_t>(fresh.size());
    const auto wanted = static_cast<std::int64_t>(kept_ + wanted_.size()),
               have = static_cast<std::int64_t>(kept_ + fresh.size());
    return work_.store.save_slice(
        {{ledger_, days_, ""},
         have == wanted ? cache::SliceState::complete : cache::SliceState::incomplete,
         wanted,
         have,
         "",
         work_.request.now});
}

void FilesJob::failed(const std::string& reason) {
    work_.outcome.missing.push_back({policy_.name, days_, "", std::nullopt, reason});
}

}  // namespace harvester::harvest
