// Reports that lie as files in a repository: list the folders, choose by date, read the texts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harvest/requests.h"
#include "harvest/work.h"

namespace harvester::harvest {

// Date in a path that one of the policy's folders and its file pattern allow; nullopt for other paths.
std::optional<Day> report_date(const profile::FilesPolicy& policy, const std::string& path);

class FilesJob {
  public:
    FilesJob(Work& work, const profile::FilesPolicy& policy, const Edition& issue);
    FilesJob(const FilesJob&) = delete;
    FilesJob& operator=(const FilesJob&) = delete;

    // Looks into the ledger; false when it says that all is there, and listing() needn't be asked.
    Result<bool> start();
    ListingQuery listing() const;
    // Chooses from a listing; the files to be read are in queries() then, and may be none.
    Result<void> listed(const std::optional<github::RepositoryListing>& listing);
    const std::vector<FileQuery>& queries() const { return queries_; }
    Result<void> read(const github::FilesAnswer& answer);
    void failed(const std::string& reason);
    const std::string& repository() const { return policy_.repository; }

  private:
    struct Candidate {
        std::string path;
        std::string head;
        std::string pull_request;  // URL
        Day date;
    };
    std::vector<Candidate> candidates(const github::RepositoryListing& listing) const;
    Result<void> finish(std::span<const RepositoryFile> fresh);

    Work& work_;
    const profile::FilesPolicy& policy_;
    Edition issue_;
    std::string ledger_;
    Range days_;  // of the file names
    std::string branch_;
    std::vector<Candidate> wanted_;  // in the order of queries_
    std::vector<FileQuery> queries_;
    std::vector<std::string> forget_;  // paths that are neither in the folder nor in a pull request any more
    std::size_t kept_ = 0;             // candidates that the cache has as they are
};

}  // namespace harvester::harvest
