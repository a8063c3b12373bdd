#include "stats/history.h"

#include <algorithm>
#include <array>
#include <optional>

#include "stats/background.h"
#include "stats/fact_kinds.h"
#include "stats/fact_labels.h"
#include "stats/fact_reader.h"
#include "stats/first_merges.h"
#include "stats/item_places.h"
#include "stats/kinds.h"

namespace harvester::stats {
namespace {

// So many that the questions about a part cost little beside its rows, and so few that the part stays in the
// processor's cache.
constexpr std::size_t facts_in_part = 4096;
// A damaged file may hold titles of any length.
constexpr std::size_t title_bytes_in_part = 1 << 20;

bool needs_kinds_by_label(const profile::StatsPolicy& policy, const HistoryNeeds& needs) {
    return needs.kinds && !(policy.rollup.labels.empty() && policy.backport.labels.empty());
}

// Which labels have to be read; nullopt: all.
std::optional<std::vector<std::string>> wanted_labels(const profile::StatsPolicy& policy,
                                                      const Filters& filters, const HistoryNeeds& needs) {
    if (needs.labels || !filters.labels.empty()) return std::nullopt;
    std::vector<std::string> only;
    if (needs_kinds_by_label(policy, needs)) {
        only = policy.rollup.labels;
        only.insert(only.end(), policy.backport.labels.begin(), policy.backport.labels.end());
    }
    return only;
}

// Gathers facts into parts, and completes each part before it is handed on: here with what the cache holds,
// in the background with what needs only the part itself.
class Parts {
  public:
    Parts(const cache::Store& store, const profile::StatsPolicy& policy, const std::string& organisation,
          const Filters& filters, const HistoryNeeds& needs, Names& names,
          const std::function<void(const HistoryPart&)>& take)
        : store_(store),
          filters_(filters),
          needs_(needs),
          names_(names),
          reader_(policy, organisation, needs, names),
          labels_(names.labels, wanted_labels(policy, filters, needs)),
          background_([this, &take](HistoryPart& part) {
              mark_kinds(part);
              take(part);
              part.clear();
          }) {
        if (needs.kinds) kinds_by_title_.emplace(policy);
        if (needs_kinds_by_label(policy, needs)) kinds_by_label_.emplace(policy, names.labels);
        part_.facts.reserve(facts_in_part);
    }

    Result<void> read(const Range& range) {
        if (auto prepared = labels_.prepare(store_); !prepared) return prepared;
        Result<void> done;
        const std::array<cache::Value, 2> ends = {range.from, range.to};
        const auto asked = store_.select(reader_.question(), ends, [&](const cache::Row& row) {
            if (!done) return;
            reader_.add_fact(row, part_);
            if (part_.facts.size() >= facts_in_part || part_.titles.size() >= title_bytes_in_part)
                done = hand_on();
        });
        if (!asked) return asked;
        if (done) done = hand_on();
        if (done) background_.finish();
        return done;
    }

  private:
    Result<void> hand_on() {
        std::vector<Fact>& facts = part_.facts;
        if (auto named = reader_.complete(store_, facts); !named) return named;
        std::erase_if(facts, [&](const Fact& fact) { return !passes(fact); });
        if (auto completed = complete(); !completed) return completed;
        if (!filters_.labels.empty())
            std::erase_if(facts, [&](const Fact& fact) { return !has_wanted_label(fact); });
        background_.give(part_);
        return {};
    }

    // What the cache holds in other tables.
    Result<void> complete() {
        if (!needs_.first_in_organisation && !needs_.first_in_repository && !labels_.any()) return {};
        places_.assign(part_.facts);
        if (auto marked = mark_firsts(store_, needs_, places_, part_.facts); !marked) return marked;
        return labels_.read(store_, places_, part_);
    }

    void mark_kinds(HistoryPart& part) {
        if (kinds_by_title_) kinds_by_title_->mark(part);
        if (kinds_by_label_) kinds_by_label_->mark(part);
    }

    bool passes(const Fact& fact) {
        if (filters_.no_bots && fact.bot) return false;
        if (!filters_.repositories.empty() && !wanted_repository_(fact.repository)) return false;
        return filters_.authors.empty() || wanted_author_(fact.author);
    }

    bool has_wanted_label(const Fact& fact) {
        const auto begin = part_.labels.begin();
        return std::any_of(begin + fact.labels_begin, begin + fact.labels_end,
                           [&](std::uint32_t label) { return wanted_label_(label); });
    }

    const cache::Store& store_;
    const Filters& filters_;
    HistoryNeeds needs_;
    Names& names_;
    FactReader reader_;
    LabelReader labels_;
    // Only where they are needed: patterns take time to compile.
    std::optional<KindsByTitle> kinds_by_title_;
    std::optional<KindsByLabel> kinds_by_label_;
    using Ask = std::function<bool(const std::string&)>;
    Remembered<CachedNames, Ask> wanted_repository_{names_.repositories, [this](const std::string& name) {
                                                        return listed_repository(filters_.repositories, name);
                                                    }};
    Remembered<CachedNames, Ask> wanted_author_{
        names_.authors, [this](const std::string& login) { return listed(filters_.authors, login); }};
    Remembered<Interner, Ask> wanted_label_{
        names_.labels, [this](const std::string& name) { return listed(filters_.labels, name); }};
    HistoryPart part_;
    ItemPlaces places_;
    Background<HistoryPart> background_;  // last, so that it ends before what it uses
};

}  // namespace

Result<void> read_history(const cache::Store& store, const profile::StatsPolicy& policy,
                          const std::string& organisation, const Range& range, const Filters& filters,
                          HistoryNeeds needs, Names& names,
                          const std::function<void(const HistoryPart&)>& take) {
    return store.with_one_view(
        [&] { return Parts(store, policy, organisation, filters, needs, names, take).read(range); });
}

}  // namespace harvester::stats
