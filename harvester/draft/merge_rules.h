// The rules of the draft's merge. Everything that the merge does with an item is one row of this table; the
// README shows the same table.
//
// For each item the merge knows three things: where the file has it now, where the last run left it, and
// where the harvest would have it. The first row that fits decides.
#pragma once

#include <array>
#include <cstdint>

namespace harvester::draft {

enum Place : std::uint8_t { list = 1, comment = 2, nowhere = 4 };  // in the file, and in the harvest
enum Left : std::uint8_t {
    in_list = 1,     // the last run left it in the list
    in_comment = 2,  // among the candidates in the comment
    rejected = 4,    // the editor took it out of the list, by hand or by `reject`
    dismissed = 8,   // the editor took it out of the comment, too
    unknown = 16,    // no run that is known wrote it
};
constexpr std::uint8_t any = 0xFF;

enum class Step {
    keep,     // it stays where it is; its text follows the harvest when no editor changed it
    check,    // it stays, unless GitHub no longer has it there: then it is removed, and the run names it
    add,      // into the list, in the harvest's order
    offer,    // into the candidates comment
    promote,  // from the comment into the list, when no editor changed it
    recall,   // out of the comment, when no editor changed it and the harvest is complete
    pass,     // it stays out
};

struct Rule {
    std::uint8_t file, last_run, harvest;
    Step step;
    const char* why;
};

inline constexpr std::array<Rule, 11> merge_rules = {{
    {list, in_list, nowhere, Step::check, "what was shown stays shown until GitHub no longer has it"},
    {list, any, any, Step::keep, "a visible line is the editor's"},
    {comment, in_list, any, Step::keep, "an editor who comments a line out rejects it"},
    {comment, in_comment, list, Step::promote, "a candidate that is now among the best is listed"},
    {comment, in_comment | rejected, nowhere, Step::recall, "the candidates comment is the program's"},
    {comment, any, any, Step::keep, "what an editor put into a comment stays there"},
    {nowhere, in_list | rejected, list, Step::pass, "a deleted line stays deleted"},
    {nowhere, in_list | rejected, comment, Step::offer,
     "a deleted line is offered again in the comment only"},
    {nowhere, in_comment | dismissed, any, Step::pass,
     "a deleted candidate, or a deleted comment, stays deleted"},
    {nowhere, unknown, list, Step::add, "what is new is added in its place"},
    {nowhere, any, any, Step::offer, "what is new among the candidates is added to the comment"},
}};

constexpr const Rule& rule_for(Place file, Left last_run, Place harvest) {
    for (const Rule& rule : merge_rules)
        if ((rule.file & file) != 0 && (rule.last_run & last_run) != 0 && (rule.harvest & harvest) != 0)
            return rule;
    return merge_rules.back();
}

}  // namespace harvester::draft
