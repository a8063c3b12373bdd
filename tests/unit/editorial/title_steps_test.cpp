// Each step of a title's way alone, as a table: what goes in, what comes out.
#include "catch.h"
#include "editorial/title_step.h"

using namespace harvester;
using editorial::TitleSettings;
namespace step = editorial::step;

namespace {

struct Row {
    const char* before;
    const char* after;
};

template <class Step>
void check(std::initializer_list<Row> rows, Step apply) {
    for (const Row& row : rows) {
        INFO(row.before);
        CHECK(apply(row.before) == row.after);
    }
}

template <class Step>
void check(std::initializer_list<Row> rows, Step apply, const TitleSettings& settings) {
    check(rows, [&](std::string_view title) { return apply(title, settings); });
}

}  // namespace

TEST_CASE("Trimming takes spaces and the final full stop, but no ellipsis and nothing of code") {
    check({{"  Brew  the tea. ", "Brew the tea"},
           {"Wait...", "Wait..."},
           {"Keep `a  b`", "Keep `a  b`"},
           {".", ""},
           {"", ""}},
          step::trim);
}

TEST_CASE("References to issues go, unless they are all there is") {
    check({{"Brew (#12) tea (#345)", "Brew tea"},
           {"Fix #12 - Brew tea", "Brew tea"},
           {"Fixes: #12: Brew tea", "Brew tea"},
           {"#12 - Brew tea", "Brew tea"},
           {"Fix #12", "Fix #12"},
           {"(#12)", "(#12)"},
           {"Fix #12 in tea", "Fix #12 in tea"},
           {"Brew (#x)", "Brew (#x)"},
           {"Brew (#12", "Brew (#12"}},
          step::drop_references);
}

TEST_CASE("The first word loses its capital unless it is a name of code or an acronym") {
    TitleSettings settings;
    settings.keep_case = std::vector<std::string>{"NaN"};
    check({{"Brew tea", "brew tea"},
           {"TeaPot is hot", "teaPot is hot"},
           {"BTreeMap leaks", "BTreeMap leaks"},
           {"ICE in tea", "ICE in tea"},
           {"A pot", "a pot"},
           {"I/O of tea", "I/O of tea"},
           {"Don't spill", "don't spill"},
           {"NaN tea", "NaN tea"},
           {"TeaPot::new leaks", "TeaPot::new leaks"},
           {"Fix`tea`", "fix`tea`"},
           {"`Brew` tea", "`Brew` tea"},
           {"Élan", "Élan"},
           {"", ""}},
          step::lower_first, settings);
}

TEST_CASE("The word after a lead-in loses its capital, after code and scopes it doesn't") {
    check({{"kettle: Boil", "kettle: boil"},
           {"tea-pot: Boil", "tea-pot: boil"},
           {"fix(kettle): Boil", "fix(kettle): Boil"},
           {"tea_pot: Boil", "tea_pot: Boil"},
           {"`tea`: Boil", "`tea`: Boil"},
           {"two words: Boil", "two words: Boil"},
           {"kettle: BTreeMap", "kettle: BTreeMap"}},
          step::lower_lead, TitleSettings{});
}

TEST_CASE("Paths become code") {
    check({{"Use tea::pot now", "Use `tea::pot` now"},
           {"Add Tea::{MIN, MAX}.", "Add `Tea::{MIN, MAX}`."},
           {"[T]::split", "`[T]::split`"},
           {"(tea::pot),", "(`tea::pot`),"},
           {"See https://x.example/a::b", "See https://x.example/a::b"},
           {"`tea::pot`", "`tea::pot`"},
           {"a ::", "a ::"}},
          step::code_paths);
}

TEST_CASE("Attributes become code") {
    check({{"Add #[tea(hot, black)] to it", "Add `#[tea(hot, black)]` to it"},
           {"#![tea]", "`#![tea]`"},
           {"Fix #12", "Fix #12"}},
          step::code_attributes);
}

TEST_CASE("Generics, tags and references become code") {
    check({{"Brew Pot<T, Lid> for &Pot", "Brew `Pot<T, Lid>` for `&Pot`"},
           {"Match <Pot as Lid>::fmt", "Match `<Pot as Lid>::fmt`"},
           {"Press <TAB>", "Press `<TAB>`"},
           {"a < b and c > d", "a < b and c > d"},
           {"this & that", "this & that"},
           {"Pot<T", "Pot<T"}},
          step::code_generics);
}

TEST_CASE("Calls become code, plurals in parentheses don't") {
    check({{"Make brew() faster", "Make `brew()` faster"},
           {"Hide doc(cfg(tea))", "Hide `doc(cfg(tea))`"},
           {"Brew pot(s)", "Brew pot(s)"},
           {"Brew (hot)", "Brew (hot)"},
           {"f(", "f("}},
          step::code_calls);
}

TEST_CASE("Names with underscores become code, with braces, quotes and possessives") {
    check({{"Fix tea_pot.", "Fix `tea_pot`."},
           {"Split tea_{pot,cup}", "Split `tea_{pot,cup}`"},
           {"The 'tea_pot'", "The `'tea_pot'`"},
           {"smart (try_)map", "smart `(try_)map`"},
           {"tea_pot's lid", "`tea_pot`'s lid"},
           {"(see tea_pot)", "(see `tea_pot`)"},
           {"fix(tea_pot): x", "fix(tea_pot): x"},
           {"--tea_pot", "--tea_pot"},
           {"___", "___"},
           {"`a` tea_pot`s", "`a` tea_pot`s"}},
          step::code_identifiers);
}

TEST_CASE("Words of the profile become code") {
    TitleSettings settings;
    settings.code_words = std::vector<std::string>{"cup"};
    check({{"a cup, cups and `cup`", "a `cup`, cups and `cup`"}}, step::code_words, settings);
    check({{"a cup", "a cup"}}, step::code_words, TitleSettings{});
}

TEST_CASE("Code in brackets loses the brackets, links and lists of more keep them") {
    check({{"Fix [`tea`] and [`pot`]s", "Fix `tea` and `pot`s"},
           {"[`tea`](url)", "[`tea`](url)"},
           {"[`tea`][pot]", "[`tea`][pot]"},
           {"[`tea`, `pot`]", "[`tea`, `pot`]"},
           {"[tea]", "[tea]"}},
          step::unbracket_code);
}

TEST_CASE("Neighbouring code spans become one") {
    check({{"`tea` `pot` `lid`", "`tea pot lid`"},
           {"`tea`, `pot`", "`tea`, `pot`"},
           {"``a`b`` `c`", "``a`b`` `c`"},
           {"`tea`  `pot`", "`tea`  `pot`"}},
          step::merge_code);
}

TEST_CASE("Arrows between words become one character, those in code stay") {
    check({{"a -> b --> c", "a → b → c"}, {"`a -> b`", "`a -> b`"}, {"a->b", "a->b"}}, step::arrows);
}

TEST_CASE("Words are replaced whole, outside code, inside punctuation") {
    TitleSettings settings;
    settings.words = std::vector<profile::Replacement>{{"FP", "false positive"}};
    check({{"Fix FP, (FP) and FPX or `FP`", "Fix false positive, (false positive) and FPX or `FP`"}},
          step::replace_words, settings);
}

TEST_CASE("Tags in brackets become lead-ins") {
    check({{"[tea] Brew", "tea: Brew"},
           {"[`tea`]: Brew", "`tea`: Brew"},
           {"[tea](url) Brew", "[tea](url) Brew"},
           {"[T]::split", "[T]::split"},
           {"[tea]", "[tea]"},
           {"[] Brew", "[] Brew"},
           {"[[tea] Brew", "[[tea] Brew"}},
          step::rewrite_tags, TitleSettings{});
}

TEST_CASE("Lead-ins are dropped or renamed as the profile says") {
    TitleSettings settings;
    settings.leads = std::vector<profile::Replacement>{{"teapot", ""}, {"teapot-search", "search"}};
    check({{"teapot: brew", "brew"},
           {"teapot-search: brew", "search: brew"},
           {"kettle: brew", "kettle: brew"},
           {"teapot:", "teapot:"},
           {"teapot(x): brew", "teapot(x): brew"}},
          step::rewrite_lead, settings);
}

TEST_CASE("Commit types are dropped when the profile says so, or stay as the verb") {
    TitleSettings settings;
    settings.drop_types = std::vector<std::string>{"fix", "feat"};
    settings.verb_before = std::vector<std::string>{"false positive"};
    check({{"fix: brew", "brew"},
           {"Feat!: brew", "brew"},
           {"perf: brew", "perf: brew"},
           {"fix: false positive of tea", "fix false positive of tea"},
           {"fix(tea): brew", "fix(tea): brew"},
           {"fix:", "fix:"}},
          step::drop_type, settings);
}

TEST_CASE("Scopes take the form that the profile gives to words and to names with a hyphen") {
    TitleSettings settings;
    settings.drop_scoped = std::vector<std::string>{"fix"};
    settings.prefix = "tea: ";
    const auto first = [&](profile::ScopeForm form) {
        settings.scope_word = form;
        return step::rewrite_scope("fix(lid)!: Close", settings);
    };
    CHECK(first(profile::ScopeForm::drop) == "Close");
    CHECK(first(profile::ScopeForm::bare) == "lid: Close");
    CHECK(first(profile::ScopeForm::code) == "`lid`: Close");
    CHECK(first(profile::ScopeForm::joined) == "tea lid: Close");
    settings.scope_kebab = profile::ScopeForm::bare;
    check({{"fix(tea-lid): Close", "tea-lid: Close"},
           {"fix(tea_lid): Close", "`tea_lid`: Close"},
           {"fix(`lid`): Close", "`lid`: Close"},
           {"fix (tea-lid): Close", "tea-lid: Close"},
           {"feat(lid): Close", "feat(lid): Close"},
           {"fix(lid): ", "fix(lid): "},
           {"fix(lid", "fix(lid"}},
          step::rewrite_scope, settings);
}

TEST_CASE("The prefix is put before a title once") {
    TitleSettings settings;
    settings.prefix = "tea: ";
    check({{"brew", "tea: brew"},
           {"tea: brew", "tea: brew"},
           {"tea lid: close", "tea lid: close"},
           {"teapot", "tea: teapot"}},
          step::add_prefix, settings);
    check({{"brew", "brew"}}, step::add_prefix, TitleSettings{});
}
