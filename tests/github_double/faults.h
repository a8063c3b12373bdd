// What goes wrong, and with which request.
//
// A specification is a list of rules, separated by ";" or line breaks:   SELECTOR[~TEXT] = FAULT[(ARGUMENT)]
//   SELECTOR   3  2-5  4-  (the n-th requests, from 1)    every    every/7
//              MergedPullRequests  MergedPullRequests#2  MergedPullRequests#2-5   (of one operation)
//   ~TEXT      only requests whose variables hold TEXT; the numbers then count those alone
//   FAULT      500 502 503 504 (HTML)  502-after (done, then 502)  too-heavy(N) (502 when a page of more than
//   N is asked)
//              html  truncated  malformed  empty  reset  hang  slow(MS)  huge(MB)  redirect  401  forbidden
//              secondary(SECONDS) 429(SECONDS) (without an argument: no Retry-After)  secondary-200
//              rate-limit(SECONDS) rate-limited(SECONDS) (the two spellings; until the reset)  last-point
//              (good, but remaining: 0) resource-limits(N) (when more than N are asked a page; partial data
//              with nulls)  went-wrong not-found (one node is null, with an error)  null-node (without one)
//              null-item(OWNER/NAME#N) count(+N) (issueCount is off)  repeat (an item comes again on this
//              page)
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace github_double {

// What a fault changes in the data of an otherwise good answer.
struct Alteration {
    std::int64_t count_shift = 0;  // added to every issueCount
    bool repeat_item = false;      // pages of searches start one item early
    bool null_node = false;        // the first node of each page of a search is null
    bool with_error = false;       // and errors[] says why
    std::string null_item;         // "owner/name#number": null wherever it is found
};

struct Fault {
    std::string name;
    std::string argument;
    std::optional<std::int64_t> number() const;
    Alteration alteration() const;
};

class Faults {
  public:
    // Throws std::runtime_error that names the rule. `specification` may be the name of a file.
    void set(const std::string& specification);
    // The fault of a request that comes in now; counts it.
    std::optional<Fault> meet(std::string_view operation, std::string_view variables);

  private:
    struct Rule {
        std::string operation;  // empty: any
        std::string text;
        std::int64_t first = 1, last = INT64_MAX, every = 1;
        Fault fault;
        std::int64_t seen = 0;
    };
    static Rule parse(const std::string& line);

    std::mutex mutex_;
    std::vector<Rule> rules_;
};

}  // namespace github_double
