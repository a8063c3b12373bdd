// Which items the parts of an issue list that go by label events and by paths. Pure functions over the items
// of the cache, which may hold anything else too: items are judged here, not by how they were found.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model.h"
#include "profile/profile.h"
#include "render/report.h"

namespace harvester::render {

// What earlier editions list in a part: the key of markdown::link_key, and the end of the window of the last
// edition that lists it.
using Printed = std::map<std::string, Instant, std::less<>>;

// When one of the labels (globs) was put on the item last within the range; nullopt: it wasn't, or the item's
// label events aren't known.
std::optional<Instant> last_labelled(const Item& item, const std::vector<std::string>& labels,
                                     const Range& range);

// The sections of a part of kind labelled, opened, approved or proposed; empty for the other kinds.
//   labelled  items on which a label of the part was put within the issue's window, whatever became of them
//   since, in
//             the part's groups (all of them, in its order). An item needs its label events. One that an
//             earlier edition lists is listed again only for a label put on after that edition's window.
//   opened    items created within the window that meet the part's conditions, the oldest first
//   approved  proposals merged within the window that no earlier issue lists, the last merged first
//   proposed  open proposals: those created within the window that no earlier issue lists, marked "new", and
//   older
//             ones whose text changed within it, marked "updated"; the highest number first
// `layout` chooses the form whose marks are printed.
std::vector<Section> select_items(const profile::PartPolicy& part, const std::vector<Item>& items,
                                  const Edition& issue, Layout layout, const Printed& printed,
                                  const profile::Profile& profile);

// Whether the item is in the group: of its repository, and with all of its labels.
bool is_in_group(const Item& item, const profile::GroupPolicy& group, const profile::Profile& profile);

// Items on which a label of the part, of kind labelled, was put within the window, that are in none of its
// groups.
std::vector<Item> without_group(const profile::PartPolicy& part, const std::vector<Item>& items,
                                const Edition& issue, const profile::Profile& profile);

// Whether the item is a proposal of the part: a pull request of its repository that adds one of its paths.
// False also when its paths aren't known.
bool adds_text(const Item& item, const profile::PartPolicy& policy);

// Whether the part, of kind merged or opened, takes the item, by its conditions alone.
bool takes_item(const profile::PartPolicy& part, const Item& item);

// The item as a list line: its title made safe, and a URL below `web`, whatever the item says.
Entry entry_of(const Item& item, std::string prefix, const std::string& web);

}  // namespace harvester::render
