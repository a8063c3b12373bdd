// Any bytes as an edition: every item of its list is read once, from the line that prints it, and the draft
// is checked and fixed to a text that needs no further fix.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>

#include "check/check.h"
#include "draft/published_issue.h"

namespace {

using namespace harvester;

void require(bool holds) {
    if (!holds) std::abort();
}

void read_list(const profile::Profile& profile, std::string_view text, std::size_t lines) {
    std::set<std::string> urls;
    std::size_t last = 1;
    for (const auto& item : draft::read_published_issue(profile, text, "issue.md").items) {
        require(urls.insert(item.url).second && item.number > 0);
        require(item.line >= last && item.line <= lines);
        require(item.repository.find('/') != std::string::npos);
        last = item.line;
    }
}

void check_draft(const profile::Profile& profile, std::string_view text, std::size_t lines) {
    check::CheckInput input;
    input.name = "2025-12-17-this-week-in-rust.md";
    input.text = text;
    for (const check::Finding& finding : check::check_edition(input, profile))
        require(finding.line >= 1 && finding.line <= lines && !finding.message.empty());
    const check::FixedText fixed = check::fix_edition(input, profile);
    require(fixed.fixed.empty() == (fixed.text == text));
    for (const check::Finding& finding : fixed.fixed) require(finding.line >= 1 && finding.line <= lines);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const profile::Profile profile = profile::load_profile("").value();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto lines = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    read_list(profile, text, lines);
    check_draft(profile, text, lines);
    return 0;
}
