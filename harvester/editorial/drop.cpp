#include "editorial/drop.h"

#include <algorithm>

#include "base/glob.h"

namespace harvester::editorial {
namespace {

template <class T>
bool holds(const std::vector<T>& list, const T& value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

// Whether all conditions of the rule hold; `titles`: the numbers of the policy's patterns that the title has.
bool applies(const profile::DropRule& rule, const Item& item, const std::vector<std::size_t>& titles) {
    if (!holds(rule.kinds, item.kind) || !holds(rule.author_kinds, item.author.kind)) return false;
    if (!rule.repositories.empty() && !any_glob_matches(rule.repositories, item.repository)) return false;
    if (!rule.authors.empty() && !any_glob_matches(rule.authors, item.author.login)) return false;
    if (!rule.base_branches.empty() &&
        !(item.base_branch && any_glob_matches(rule.base_branches, *item.base_branch)))
        return false;
    if (!rule.labels.empty() &&
        std::none_of(item.labels.begin(), item.labels.end(),
                     [&](const std::string& label) { return any_glob_matches(rule.labels, label); }))
        return false;
    return rule.titles.empty() || std::find_first_of(rule.titles.begin(), rule.titles.end(), titles.begin(),
                                                     titles.end()) != rule.titles.end();
}

}  // namespace

const profile::DropRule* dropping_rule(const profile::EditorialPolicy& policy, const Item& item) {
    const std::vector<std::size_t> titles = policy.drop_titles.all_in(item.title);
    for (const profile::DropRule& rule : policy.drop)
        if (applies(rule, item, titles)) return &rule;
    return nullptr;
}

}  // namespace harvester::editorial
