#include "cache/drafts.h"

#include <array>

#include "cache/store_impl.h"

namespace harvester::cache {
namespace {

using Place = DraftLine::Place;
using Decision = DraftLine::Decision;

// In the order of the enumerations.
constexpr std::array<std::string_view, 3> place_words = {"list", "comment", "nowhere"};
constexpr std::array<std::string_view, 4> decision_words = {"", "picked", "rejected", "dismissed"};
constexpr std::string_view marks = " marks";

template <class Enumeration, std::size_t count>
Enumeration named(const std::array<std::string_view, count>& words, std::string_view word) {
    for (std::size_t i = 0; i < count; ++i)
        if (words[i] == word) return static_cast<Enumeration>(i);
    return {};
}

}  // namespace

Result<DraftRecord> Drafts::read(const std::string& draft) const {
    return store_.impl_->guarded([&] {
        const View view(*store_.impl_->database);
        DraftRecord record;
        auto rows = store_.impl_->database->statement("drafts.lines");
        for (rows.bind(draft); rows.step();)
            record.lines[std::string(rows.text(0))].push_back(
                {std::string(rows.text(1)), std::string(rows.text(2)), std::string(rows.text(3)),
                 std::string(rows.text(4)), named<Place>(place_words, rows.text(5)),
                 named<Decision>(decision_words, rows.text(6))});
        auto old = store_.impl_->database->statement("drafts.old_bases");
        for (old.bind(draft); old.step();) {
            const std::string_view part = old.text(0);
            if (part.ends_with(marks))
                record.old[std::string(part.substr(0, part.size() - marks.size()))].marks = old.text(1);
            else
                record.old[std::string(part)].text = old.text(1);
        }
        std::erase_if(record.old, [&](const auto& base) { return record.lines.contains(base.first); });
        return record;
    });
}

Result<void> Drafts::write(const std::string& draft, const DraftLines& lines, Instant at) {
    return store_.impl_->durably([&] {
        Database& database = *store_.impl_->database;
        for (const auto& [part, rows] : lines) {
            database.statement("drafts.forget_old_bases").bind(draft, part).run();
            database.statement("drafts.forget_part").bind(draft, part).run();
            std::int64_t position = 0;
            for (const DraftLine& line : rows)
                database.statement("drafts.save_line")
                    .bind(draft, part, ++position, line.key, line.written, line.kept, line.section,
                          place_words[static_cast<std::size_t>(line.place)],
                          decision_words[static_cast<std::size_t>(line.decision)], at)
                    .run();
        }
    });
}

Result<std::vector<std::string>> Drafts::names() const {
    return store_.impl_->guarded([&] {
        std::vector<std::string> names;
        auto rows = store_.impl_->database->statement("drafts.names");
        while (rows.step()) names.emplace_back(rows.text(0));
        return names;
    });
}

}  // namespace harvester::cache
