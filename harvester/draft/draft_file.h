// A draft file cut into the parts that the program writes and the rest, which it never touches.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "profile/publish_policy.h"

namespace harvester::draft {

// Where a part is in the text. The heading line isn't part of the body.
struct PartPlace {
    std::string name;
    std::size_t heading_line = 0;  // 1-based
    std::size_t body_begin = 0;    // byte offsets into the text
    std::size_t body_end = 0;
};

// Fails with ExitCode::file, naming the place, for a text that must be left as it is: one that isn't UTF-8,
// with markers of an unresolved conflict, or with a comment that opens and is never closed.
Result<void> check_mergeable(std::string_view text, const std::string& name);

// The first line (from 1) that marks an unresolved conflict of git; 0 when there is none.
std::size_t conflict_line(std::string_view text);

class DraftFile {
  public:
    // Finds the parts that `policy` names; headings inside comments and code don't count, and of several
    // headings of one part the first does. `name` is how the failure calls the file.
    // Fails with ExitCode::file when a required heading isn't there.
    static Result<DraftFile> parse(std::string text, const profile::PublishPolicy& policy,
                                   const std::string& name);

    const std::string& text() const { return text_; }
    const std::vector<PartPlace>& parts() const { return parts_; }  // in the file's order
    const PartPlace* find(const std::string& part) const;
    std::string_view body(const PartPlace& place) const;
    const std::string& line_end() const { return line_end_; }

    // The text with the named parts' bodies replaced. `bodies` is parallel to parts(); an empty optional
    // leaves the part's bytes as they are.
    std::string with_bodies(const std::vector<std::optional<std::string>>& bodies) const;

  private:
    std::string text_;
    std::string line_end_;
    std::vector<PartPlace> parts_;
};

}  // namespace harvester::draft
