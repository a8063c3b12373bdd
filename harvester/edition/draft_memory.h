// What the cache remembers of a draft, and what it knows of the age of links: the sides of a draft's merge
// that are not in the file.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "cache/drafts.h"
#include "draft/draft_merge.h"
#include "edition/assemble.h"
#include "profile/profile.h"
#include "render/report.h"

namespace harvester::edition {

// The lines of the draft as the last run left them, bases of older formats included. `draft` names the draft:
// the edition's date and its place.
Result<draft::DraftLines> load_lines(cache::Store& store, const profile::PublishPolicy& policy,
                                     const std::string& draft);

// Tells whether a link of the report came up after `since`: merged, opened, or given the label that its part
// goes by. A link that the cache doesn't know, or of no known moment, isn't newer. Holds copies only.
std::function<bool(const std::string& part, const std::string& key)> newer_than(
    const render::Report& report, const cache::Store& store, const profile::FormPolicy& policy,
    Instant since);

// Tells whether a part may still show an item though the report doesn't list it: for merged and approved, it
// was merged within the window; for what was opened or proposed, it is open; for the others, no. Keeps
// references to `store` and `policy`.
std::function<bool(const std::string& part, const std::string& key)> still_there(
    const Assembly& assembly, const cache::Store& store, const profile::FormPolicy& policy);

// What a merge needs to know of the record: what is still there, what isn't complete, and with `all` the
// comment of the candidates. Keeps references to `store` and `profile`.
void set_up_merge(draft::DraftMergeInput& input, const Assembly& assembly, const cache::Store& store,
                  const profile::Profile& profile, bool all);

}  // namespace harvester::edition
