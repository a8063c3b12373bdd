// Each step of a title's way alone, as a table: what goes in, what comes out.
#include "titles/title_steps.h"

#include "catch.h"

using namespace harvester;
using titles::TitleSettings;

namespace {

struct Row {
    const char* before;
    const char* after;
};

void check(std::initializer_list<Row> rows, decltype(titles::Step::apply) apply,
           const TitleSettings& settings = {}) {
    for (const Row& row : rows) {
        INFO(row.before);
        CHECK(apply(row.before, settings) == row.after);
    }
}

}  // namespace

TEST_CASE("Trimming takes spaces and the final full stop, but no ellipsis and nothing of code") {
    check({{"  Brew  the tea. ", "Brew the tea"},
           {"Wait...", "Wait..."},
           {"Keep `a  b`", "Keep `a  b`"},
           {"Brew \\`tea\\`", "Brew `tea`"},
           {"Not `\\` before `tea`", "Not `\\` before `tea`"},
           {".", ""},
           {"", ""}},
          titles::trim);
}

TEST_CASE("A backtick without a partner gets one beside a word, or goes") {
    check({{"Fix `tea in tea_pot", "Fix `tea` in tea_pot"},
           {"Fix tea` in tea_pot", "Fix `tea` in tea_pot"},
           {"Fix `tea` and `pot in lid", "Fix `tea` and `pot` in lid"},
           {"Fix ` in tea", "Fix  in tea"},
           {"Fix ``tea` pot", "Fix `tea` pot"},
           {"`tea`", "`tea`"},
           {"`", ""}},
          titles::close_code);
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
           {"Brew `tea (#12)`", "Brew `tea (#12)`"},
           {"Brew (#12", "Brew (#12"}},
          titles::drop_references);
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
          titles::lower_first, settings);
}

TEST_CASE("The word after a lead-in loses its capital, after code and scopes it doesn't") {
    check({{"kettle: Boil", "kettle: boil"},
           {"tea-pot: Boil", "tea-pot: boil"},
           {"kettle:Boil", "kettle:boil"},
           {"fix(kettle): Boil", "fix(kettle): Boil"},
           {"tea_pot: Boil", "tea_pot: Boil"},
           {"`tea`: Boil", "`tea`: Boil"},
           {"two words: Boil", "two words: Boil"},
           {"kettle: BTreeMap", "kettle: BTreeMap"}},
          titles::lower_lead);
}

TEST_CASE("Paths become code") {
    check({{"Use tea::pot now", "Use `tea::pot` now"},
           {"Add Tea::{MIN, MAX}.", "Add `Tea::{MIN, MAX}`."},
           {"[T]::split", "`[T]::split`"},
           {"Add [T; N]::zip() now", "Add `[T; N]::zip()` now"},
           {"Use tea::pour! twice", "Use `tea::pour!` twice"},
           {"Stabilize [T]::split_off... methods", "Stabilize `[T]::split_off...` methods"},
           {"tea::pot`lid`", "tea::pot`lid`"},
           {"`lid`tea::pot", "`lid`tea::pot"},
           {"(tea::pot),", "(`tea::pot`),"},
           {"See https://x.example/a::b", "See https://x.example/a::b"},
           {"`tea::pot`", "`tea::pot`"},
           {"a ::", "a ::"}},
          titles::code_paths);
}

TEST_CASE("Attributes become code") {
    check({{"Add #[tea(hot, black)] to it", "Add `#[tea(hot, black)]` to it"},
           {"#![tea]", "`#![tea]`"},
           {"Two #[tea]s", "Two `#[tea]`s"},
           {"Fix #12", "Fix #12"}},
          titles::code_attributes);
}

TEST_CASE("Generics, tags and references become code") {
    check({{"Brew Pot<T, Lid> for &Pot", "Brew `Pot<T, Lid>` for `&Pot`"},
           {"Match <Pot as Lid>::fmt", "Match `<Pot as Lid>::fmt`"},
           {"Press <TAB>", "Press `<TAB>`"},
           {"a < b and c > d", "a `<` b and c > d"},
           {"a => b", "a => b"},
           {"hint for =< as <=", "hint for `=<` as `<=`"},
           {"this & that", "this & that"},
           {"Pot<T", "Pot<T"}},
          titles::code_generics);
}

TEST_CASE("Calls become code, plurals in parentheses don't") {
    check({{"Make brew() faster", "Make `brew()` faster"},
           {"Hide doc(cfg(tea))", "Hide `doc(cfg(tea))`"},
           {"Brew pot(s)", "Brew pot(s)"},
           {"Brew (hot)", "Brew (hot)"},
           {"f(", "f("}},
          titles::code_calls);
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
           {"as _ imports", "as `_` imports"},
           {"Support cups in tea_of!", "Support cups in `tea_of!`"},
           {"Split tea_... names", "Split `tea_...` names"},
           {"`a` tea_pot`s", "`a` tea_pot`s"}},
          titles::code_identifiers);
}

TEST_CASE("Words of the profile become code") {
    TitleSettings settings;
    settings.code_words = std::vector<std::string>{"cup"};
    check({{"a cup, cups and `cup`", "a `cup`, cups and `cup`"}}, titles::code_words, settings);
    check({{"a cup", "a cup"}}, titles::code_words);
}

TEST_CASE("Code in brackets loses the brackets, links and lists of more keep them") {
    check({{"Fix [`tea`] and [`pot`]s", "Fix `tea` and `pot`s"},
           {"[`tea`](url)", "[`tea`](url)"},
           {"[`tea`][pot]", "[`tea`][pot]"},
           {"[`tea`, `pot`]", "[`tea`, `pot`]"},
           {"[tea]", "[tea]"}},
          titles::unbracket_code);
}

TEST_CASE("Neighbouring code spans become one") {
    check({{"`tea` `pot` `lid`", "`tea pot lid`"},
           {"`tea`, `pot`", "`tea`, `pot`"},
           {"``a`b`` `c`", "``a`b`` `c`"},
           {"`tea`  `pot`", "`tea`  `pot`"}},
          titles::merge_code);
}

TEST_CASE("Arrows between words become one character, those in code stay") {
    check({{"a -> b --> c", "a → b → c"}, {"`a -> b`", "`a -> b`"}, {"a->b", "a->b"}}, titles::arrows);
}

TEST_CASE("Words are replaced whole, outside code, inside punctuation") {
    TitleSettings settings;
    settings.words = std::vector<titles::Replacement>{{"FP", "false positive"}};
    check({{"Fix FP, (FP) and FPX or `FP`", "Fix false positive, (false positive) and FPX or `FP`"}},
          titles::replace_words, settings);
}

TEST_CASE("Tags in brackets become lead-ins") {
    check({{"[tea] Brew", "tea: Brew"},
           {"[`tea`]: Brew", "`tea`: Brew"},
           {"[tea](url) Brew", "[tea](url) Brew"},
           {"[T]::split", "[T]::split"},
           {"[tea]", "[tea]"},
           {"[] Brew", "[] Brew"},
           {"[[tea] Brew", "[[tea] Brew"},
           {"[..] in slice patterns", "[..] in slice patterns"},
           {"[a `tea] b` Brew", "[a `tea] b` Brew"}},
          titles::rewrite_tags);
    TitleSettings settings;
    settings.drop_tags = {"cold"};
    check({{"[cold] Brew", "Brew"}, {"[Cold 1.2] Brew", "Brew"}, {"[tea] Brew", "tea: Brew"}},
          titles::rewrite_tags, settings);
}

TEST_CASE("Lead-ins are dropped or renamed as the profile says") {
    TitleSettings settings;
    settings.leads = std::vector<titles::Replacement>{{"teapot", ""}, {"teapot-search", "search"}};
    check({{"teapot: brew", "brew"},
           {"teapot-search: brew", "search: brew"},
           {"kettle: brew", "kettle: brew"},
           {"teapot:", "teapot:"},
           {"teapot(x): brew", "teapot(x): brew"}},
          titles::rewrite_lead, settings);
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
           {"fix:brew", "brew"},
           {"fix::brew it", "fix::brew it"},
           {"fix `tea` should brew", "fix `tea` should brew"},
           {"fix:", "fix:"}},
          titles::drop_type, settings);
    settings.no_fix_with = {"should"};
    check({{"fix `tea` should brew", "`tea` should brew"}, {"fix `tea` brewing", "fix `tea` brewing"}},
          titles::drop_type, settings);
}

TEST_CASE("Scopes take the form that the profile gives to words and to names with a hyphen") {
    TitleSettings settings;
    settings.drop_scoped = std::vector<std::string>{"fix"};
    settings.prefix = "tea: ";
    const auto first = [&](titles::ScopeForm form) {
        settings.scope_word = form;
        return titles::rewrite_scope("fix(lid)!: Close", settings);
    };
    CHECK(first(titles::ScopeForm::typed) == "`fix(lid)`: Close");
    CHECK(first(titles::ScopeForm::drop) == "Close");
    CHECK(first(titles::ScopeForm::bare) == "lid: Close");
    CHECK(first(titles::ScopeForm::code) == "`lid`: Close");
    CHECK(first(titles::ScopeForm::joined) == "tea lid: Close");
    settings.scope_kebab = titles::ScopeForm::bare;
    check({{"fix(tea-lid): Close", "tea-lid: Close"},
           {"fix(tea_lid): Close", "`tea_lid`: Close"},
           {"fix(`lid`): Close", "`lid`: Close"},
           {"fix (tea-lid): Close", "tea-lid: Close"},
           {"fix:(tea-lid): Close", "tea-lid: Close"},
           {"fix(a`b): c`d", "fix(a`b): c`d"},
           {"feat(lid): Close", "feat(lid): Close"},
           {"fix(lid): ", "fix(lid): "},
           {"fix(lid", "fix(lid"}},
          titles::rewrite_scope, settings);
}

TEST_CASE("The prefix is put before a title once") {
    TitleSettings settings;
    settings.prefix = "tea: ";
    check({{"brew", "tea: brew"},
           {"tea: brew", "tea: brew"},
           {"tea lid: close", "tea lid: close"},
           {"teapot", "tea: teapot"}},
          titles::add_prefix, settings);
    check({{"brew", "brew"}}, titles::add_prefix);
}
