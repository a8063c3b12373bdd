// What the cache remembers of a draft, and what it knows of the age of links: the sides of a draft's merge
// that are not in the file.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "cache/store.h"
#include "draft/merge.h"
#include "render/report.h"
#include "profile/profile.h"

namespace harvester::edition {

// `draft` names the draft: the date and its place.
Result<std::map<std::string, draft::PartBase>> load_bases(const cache::Store& store,
                                                          const profile::PublishPolicy& policy,
                                                          const std::string& draft);
Result<void> save_bases(cache::Store& store, const std::string& draft,
                        const std::map<std::string, draft::PartBase>& bases, Instant now);

// Tells whether a link of the report came up after `since`: merged, opened, or given the label that its part
// goes by. A link that the cache doesn't know, or of no known moment, isn't newer. Holds copies only.
std::function<bool(const std::string& part, const std::string& key)> newer_than(
    const render::Report& report, const cache::Store& store, const profile::FormPolicy& policy,
    Instant since);

}  // namespace harvester::edition
