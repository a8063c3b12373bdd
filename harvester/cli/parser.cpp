#include "cli/parser.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>

#include "base/nearest_name.h"
#include "cli/reference.h"
#include "cli/version.h"
#include "stats/dimension.h"
#include "stats/measure.h"

namespace harvester::cli {
namespace {

// CLI11's own check names the largest double when a number is too small.
const CLI::Validator not_negative(
    [](const std::string& text) {
        return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos
                   ? std::string()
                   : "\"" + text + "\" isn't a number from 0 on";
    },
    "");

const std::map<std::string, Layout> layouts{{"flat", Layout::flat}, {"sections", Layout::sections}};

void add_issue(CLI::App& app, std::string& issue) {
    app.add_option("--issue", issue, "Date of the edition; default: the next one to be published")
        ->type_name("DATE");
}

void add_layout(CLI::App& app, std::optional<Layout>& layout) {
    app.add_option_function<std::string>(
           "--layout", [&layout](const std::string& name) { layout = layouts.at(name); },
           "One list (flat) or headings by team (sections); default: what the profile says for that date")
        ->check(CLI::IsMember({"flat", "sections"}));
}

void add_period(CLI::App& app, edition::PeriodOptions& period) {
    add_issue(app, period.issue);
    app.add_option("--from", period.from, "First day, month or year, UTC; stats takes it without --to")
        ->type_name("DATE");
    app.add_option("--to", period.to, "Last day, month or year, inclusive, UTC")->type_name("DATE");
}

void add_previous(CLI::App& app, std::string& previous) {
    app.add_option("--previous", previous, "File of the previous edition; default: found in the checkout")
        ->type_name("FILE");
}

void add_render(CLI::App& app, commands::RenderOptions& options) {
    add_issue(app, options.issue);
    app.add_option("--from", options.from, "First day of the window, UTC; default: that of the edition")
        ->type_name("DATE");
    app.add_option("--to", options.to, "Last day of the window, inclusive, UTC")->type_name("DATE");
    add_layout(app, options.layout);
    app.add_option("--part", options.parts, "Parts to write, separated by commas; default: all")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("NAMES");
    app.add_flag("--all", options.all,
                 "Add the candidates that are not listed, best first, in an HTML comment after each section");
    app.add_option_function<std::string>(
           "--format", [&options](const std::string& name) { options.json = name == "json"; },
           "markdown or json")
        ->check(CLI::IsMember({"markdown", "json"}));
    add_previous(app, options.previous);
}

// Adds one command with its options struct; the struct that was filled is put into `chosen`.
template <class Options, class Add>
void add_command(CLI::App& app, CommandOptions& chosen, const char* name, const char* description,
                 const char* examples, Add add) {
    CLI::App* command = app.add_subcommand(name, description);
    command->footer(std::string("Examples:\n") + examples);
    auto options = std::make_shared<Options>();
    add(*command, *options);
    command->callback([&chosen, options] { chosen = *options; });
}

void add_commands(CLI::App& app, CommandOptions& chosen) {
    add_command<commands::FetchOptions>(
        app, chosen, "fetch", "Harvest a window into the cache",
        "  harvester fetch --issue 2024-11-13\n  harvester fetch --from 2024-01-01 --to 2024-12-31\n",
        [](CLI::App& c, commands::FetchOptions& o) {
            add_period(c, o.period);
            c.add_flag("--refresh", o.refresh, "Fetch again what is already complete");
        });
    add_command<commands::RenderOptions>(
        app, chosen, "render", "Print the project section from the cache, without network",
        "  harvester render --issue 2024-11-13 --layout flat\n  harvester render --part merged,fcp --all\n",
        [](CLI::App& c, commands::RenderOptions& o) { add_render(c, o); });
    add_command<commands::DraftOptions>(
        app, chosen, "draft", "Fetch, render and merge into a draft file without losing edits",
        "  harvester draft\n  harvester draft --issue 2024-11-13 draft/2024-11-13-this-week-in-rust.md\n",
        [](CLI::App& c, commands::DraftOptions& o) {
            add_render(c, o.render);
            c.add_option("FILE", o.file,
                         "Draft file; default: the draft of that edition in the checkout, else stdout");
            c.add_flag("--refresh", o.refresh, "Fetch again what is already complete");
            c.add_flag("--dry-run", o.dry_run, "Print a unified diff; write nothing");
            c.add_option("--reset", o.reset, "Parts to start over; editors' changes there are lost")
                ->delimiter(',')
                ->allow_extra_args(false)
                ->type_name("NAMES");
        });
    add_command<commands::ReviewOptions>(
        app, chosen, "review", "Decide the week on one page in the browser, with the keyboard",
        "  harvester review\n  harvester review --issue 2024-11-13 --no-open "
        "draft/2024-11-13-this-week-in-rust.md\n",
        [](CLI::App& c, commands::ReviewOptions& o) {
            c.add_option("FILE", o.file, "Draft file; default: the draft of that issue in the checkout");
            add_issue(c, o.issue);
            c.add_option("--port", o.port, "Port on the loopback address; default: any free one")
                ->check(CLI::Range(0, 65535));
            c.add_flag("--no-open", o.no_open, "Print the address and start no browser");
            add_layout(c, o.layout);
            add_previous(c, o.previous);
        });
    add_command<commands::CheckOptions>(
        app, chosen, "check", "Report what is wrong in the sections that this program writes",
        "  harvester check\n  harvester check --fix draft/2024-11-13-this-week-in-rust.md\n",
        [](CLI::App& c, commands::CheckOptions& o) {
            c.add_option("FILE", o.files,
                         "Draft files; default: the draft of the next edition in the checkout");
            c.add_flag("--fix", o.fix, "Apply unambiguous fixes and name them");
            c.add_flag("--online", o.online, "Fetch items that the cache doesn't know from GitHub");
            c.add_option_function<std::string>(
                 "--format", [&o](const std::string& name) { o.github_format = name == "github"; },
                 "text, or github for workflow annotations")
                ->check(CLI::IsMember({"text", "github"}));
            add_previous(c, o.previous);
        });
    const auto add_items = [](CLI::App& c, commands::PickOptions& o) {
        c.add_option("ITEM", o.items, "REPOSITORY#NUMBER or a URL; the last word may be the draft FILE")
            ->required();
        add_issue(c, o.issue);
    };
    add_command<commands::PickOptions>(
        app, chosen, "pick", "List items in the draft, in their sections and with their titles",
        "  harvester pick rust#132562 draft/2024-11-13-this-week-in-rust.md\n", add_items);
    add_command<commands::RejectOptions>(app, chosen, "reject", "Take items out of the draft for good",
                                         "  harvester reject rust#132562 cargo#14815\n", add_items);
    add_command<commands::TitleOptions>(
        app, chosen, "title", "Print titles as the list would print them",
        "  harvester title --repo cargo 'feat(add): Support --path'\n  harvester title --format jsonl < "
        "titles.jsonl\n",
        [](CLI::App& c, commands::TitleOptions& o) {
            c.add_option("--repo", o.repository, "Repository, with or without its owner");
            c.add_option("--section", o.section, "Heading of the section");
            add_layout(c, o.layout);
            c.add_option_function<std::string>(
                 "--format", [&o](const std::string& name) { o.jsonl = name == "jsonl"; },
                 "text, or jsonl to read {\"repo\",\"raw\",\"section\"} objects from stdin")
                ->check(CLI::IsMember({"text", "jsonl"}));
            c.add_option("TEXT", o.titles, "Titles; default: lines of stdin");
        });
    add_command<commands::ExplainOptions>(
        app, chosen, "explain", "Explain why an item is listed, left out or dropped",
        "  harvester explain rust#132562 --issue 2024-11-13\n", [](CLI::App& c, commands::ExplainOptions& o) {
            c.add_option("ITEM", o.item, "REPOSITORY#NUMBER or a URL")->required();
            add_issue(c, o.issue);
            add_layout(c, o.layout);
            c.add_option_function<std::string>(
                 "--format", [&o](const std::string& name) { o.json = name == "json"; }, "text or json")
                ->check(CLI::IsMember({"text", "json"}));
            add_previous(c, o.previous);
        });
    add_command<commands::StatsOptions>(
        app, chosen, "stats", "Merge statistics from the cache, without network",
        "  harvester stats --issue 2024-11-13 --format markdown\n  harvester stats --from 2024-01-01 --to "
        "2024-12-31 --by repo,month --format svg\n"
        "  harvester stats --from 2024-01-01 --to 2024-12-31 --by author --top 10 --no-bots --compare\n",
        [](CLI::App& c, commands::StatsOptions& o) {
            add_period(c, o.period);
            c.add_option("--by", o.by,
                         "One or two groupings, separated by a comma: repo, author, team, label, day, week "
                         "(ISO), issue (the seven "
                         "days that end an issue's window), month, year, weekday, hour, size")
                ->delimiter(',')
                ->allow_extra_args(false)
                ->type_name("NAMES");
            c.add_option("--measures", o.measures,
                         "What to measure, separated by commas, or all: merged, authors, first_organisation, "
                         "first_repository, by_bots, "
                         "additions, deletions, changed_files, time_to_merge_median, time_to_merge_p75, "
                         "time_to_merge_p90, time_to_merge_p99, time_to_merge_mean, rollups, rollup_share, "
                         "backports, backport_share")
                ->delimiter(',')
                ->allow_extra_args(false)
                ->type_name("NAMES");
            c.add_option("--format", o.format,
                         "table, markdown (with --issue alone: a summary to publish), csv, json, svg or html")
                ->check(CLI::IsMember({"table", "markdown", "csv", "json", "svg", "html"}));
            c.add_option("--top", o.top, "Show at most this many rows; totals count all")
                ->check(not_negative);
            c.add_option("--sort", o.sort,
                         "A measure or grouping; measures sort descending, groupings ascending; append :asc "
                         "or :desc to set the order")
                ->type_name("NAME[:ORDER]");
            c.add_option("--repo", o.repositories, "Only these repositories, with or without owner")
                ->delimiter(',')
                ->allow_extra_args(false);
            c.add_option("--label", o.labels, "Only pull requests with one of these labels")
                ->delimiter(',')
                ->allow_extra_args(false);
            c.add_option("--author", o.authors, "Only these authors")
                ->delimiter(',')
                ->allow_extra_args(false);
            c.add_flag("--no-bots", o.no_bots, "Exclude bots");
            c.add_flag("--compare", o.compare,
                       "Compare with the preceding period: as many calendar months, or equal length");
        });
    add_command<commands::ProposeOptions>(
        app, chosen, "propose", "Open or update the draft pull request",
        "  harvester propose --issue 2024-11-13 --dry-run\n", [](CLI::App& c, commands::ProposeOptions& o) {
            add_issue(c, o.issue);
            c.add_option("--repo", o.repository, "Repository of the newsletter; default: the profile's")
                ->type_name("OWNER/NAME");
            c.add_option("--base", o.base, "Branch to merge into; default: the repository's default branch");
            c.add_option("--branch", o.branch, "Branch to write; default: one for each edition");
            c.add_option("--head", o.head, "Owner of the fork that holds the branch")->type_name("OWNER");
            add_layout(c, o.layout);
            c.add_flag("--all", o.all, "Add the candidates that are not listed, in comments");
            c.add_flag("--reopen", o.reopen, "Go on with a pull request that was closed");
            c.add_flag("--dry-run", o.dry_run, "Print the diff and the body; write nothing");
        });
    add_command<commands::StatusOptions>(
        app, chosen, "status", "Show what the cache covers", "  harvester status --verify\n",
        [](CLI::App& c, commands::StatusOptions& o) {
            c.add_flag("--verify", o.verify, "Run the integrity checks of the cache");
            c.add_option_function<std::string>(
                 "--format", [&o](const std::string& name) { o.json = name == "json"; }, "text or json")
                ->check(CLI::IsMember({"text", "json"}));
        });
    add_command<commands::LearnOptions>(
        app, chosen, "learn", "Fit the weights of the score to the cache and published editions",
        "  harvester learn --published ../this-week-in-rust/content --output weights.tsv\n"
        "  harvester learn --published ../this-week-in-rust/content --update\n"
        "  harvester learn --published ../this-week-in-rust/content --evaluate 2025-07-02..2025-12-31\n",
        [](CLI::App& c, commands::LearnOptions& o) {
            c.add_option("--published", o.published, "Folder of published editions")
                ->required()
                ->type_name("DIR");
            c.add_flag("--update", o.update,
                       "Refit the weights in use after an edition was published; keep them as they are when "
                       "that was worse lately");
            c.add_option("--output", o.output, "Weights file to write; default: none")->type_name("FILE");
            c.add_option("--from", o.from, "First edition to learn from")->type_name("DATE");
            c.add_option("--until", o.until, "Last edition to learn from")->type_name("DATE");
            c.add_option("--evaluate", o.evaluate,
                         "Predict each of these editions from those before it and count the lines that an "
                         "editor changes")
                ->type_name("FROM..TO");
            c.add_option("--repo", o.repositories, "Count only lines of these repositories, without owner")
                ->delimiter(',');
        });
    add_command<commands::ProfileOptions>(
        app, chosen, "profile", "Check, show or start the profile of a newsletter",
        "  harvester profile new --organisation acme --weekday Friday > acme.toml\n  harvester profile check "
        "acme.toml\n"
        "  harvester profile show --effective acme.toml\n",
        [](CLI::App& c, commands::ProfileOptions& o) {
            c.add_option("ACTION", o.action,
                         "check: list all problems; show: print the keys and where they come from; new: "
                         "print a profile to start from")
                ->required()
                ->check(CLI::IsMember({"check", "show", "new"}));
            c.add_option("FILE", o.file,
                         "Profile, or the name of an embedded one; default: that of --profile");
            c.add_flag("--effective", o.effective,
                       "Show also what comes from other profiles and from defaults");
            c.add_option("--organisation", o.organisation, "Organisation of the new profile")
                ->type_name("NAME");
            c.add_option("--weekday", o.weekday, "Day on which the new newsletter appears; default: Friday")
                ->type_name("DAY");
        });
    add_command<GenerateOptions>(app, chosen, "generate", "Print the man page or shell completions",
                                 "  harvester generate man > harvester.1\n  harvester generate bash > "
                                 "/etc/bash_completion.d/harvester\n",
                                 [](CLI::App& c, GenerateOptions& o) {
                                     c.add_option("WHAT", o.what, "What to print")
                                         ->required()
                                         ->check(CLI::IsMember({"man", "bash", "zsh", "fish"}));
                                 });
}

void add_global(CLI::App& app, GlobalOptions& global) {
    app.add_option("--cache", global.cache, "Cache file")->type_name("PATH");
    app.add_option("--profile", global.profile,
                   "Profile of the newsletter: a file or the name of an embedded one; default: twir")
        ->type_name("FILE");
    app.add_option("--weights", global.weights,
                   "Weights of the score; default: those that learn --update wrote")
        ->type_name("FILE");
    app.add_option("--api-url", global.api_url,
                   "GraphQL endpoint; default: $GITHUB_GRAPHQL_URL, then GitHub's")
        ->type_name("URL");
    app.add_flag("--offline", global.offline, "Never use the network");
    app.add_flag("-q,--quiet", global.quiet, "No progress and no warnings");
    app.add_flag("-v,--verbose", global.verbose, "Show each request");
    app.add_flag("--progress", global.progress, "Show progress even when stderr isn't a terminal");
    app.add_flag("--serial", global.serial, "Send one request at a time");
    app.add_option("--max-wait", global.max_wait, "Longest wait for a rate limit, in seconds")
        ->check(not_negative);
}

constexpr const char* program_description = "Drafts the project section of a newsletter issue from GitHub";

// Values worth completing of options whose commands check them, with the nearest names in their messages.
using ValueNames = std::map<const CLI::Option*, std::vector<std::string>>;

ValueNames configure(CLI::App& app, CommandLine& line) {
    app.require_subcommand(1);
    app.fallthrough();
    app.set_version_flag(
        "-V,--version", [] { return version_facts(); }, "Print the version and what it was built with");
    add_global(app, line.global);
    add_commands(app, line.command);
    const CLI::App* stats = app.get_subcommand("stats");
    ValueNames values;
    for (const stats::DimensionInfo& dimension : stats::all_dimensions())
        values[stats->get_option("--by")].emplace_back(dimension.name);
    for (const stats::MeasureInfo& measure : stats::all_measures())
        values[stats->get_option("--measures")].emplace_back(measure.name);
    values[stats->get_option("--sort")] = values[stats->get_option("--measures")];
    return values;
}

// "TEXT:{flat,sections}" is how CLI11 names the type of an option with choices.
std::vector<std::string> choices_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const auto open = type.find('{'), close = type.find('}');
    if (open == std::string::npos || close == std::string::npos) return {};
    return CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

std::vector<OptionReference> options_of(const CLI::App& app, const ValueNames& values) {
    std::vector<OptionReference> out;
    for (const CLI::Option* option : app.get_options()) {
        OptionReference reference;
        for (const std::string& name : option->get_snames()) reference.names.push_back("-" + name);
        for (const std::string& name : option->get_lnames()) reference.names.push_back("--" + name);
        reference.positional = reference.names.empty();
        if (reference.positional) {
            reference.names.push_back(option->get_name());
            reference.usage = option->get_name() + (option->get_items_expected_max() > 1 ? "..." : "");
            if (!option->get_required()) reference.usage = "[" + reference.usage + "]";
        }
        reference.choices = choices_of(*option);
        reference.list = option->get_delimiter() == ',';
        if (const auto known = values.find(option); known != values.end()) reference.choices = known->second;
        const std::string type = option->get_type_name();
        if (option->get_items_expected_max() > 0) reference.value = type.substr(0, type.find(":{"));
        reference.description = option->get_description();
        out.push_back(std::move(reference));
    }
    return out;
}

std::vector<std::string> examples_of(const CLI::App& app) {
    std::vector<std::string> out;
    for (const std::string& example : CLI::detail::split(app.get_footer(), '\n'))
        if (example.starts_with("  ")) out.push_back(example.substr(2));
    return out;
}

std::vector<std::string> names_of(const std::vector<OptionReference>& options) {
    std::vector<std::string> names;
    for (const OptionReference& option : options)
        if (!option.positional) names.insert(names.end(), option.names.begin(), option.names.end());
    return names;
}

// One sentence about a command line that can't be parsed. CLI11 complains of a missing command before it
// complains of a word it doesn't know, and names no alternatives.
std::string usage_message(const CLI::App& app, const std::string& said) {
    const ProgramReference program = program_reference();
    const auto chosen = app.get_subcommands();
    const std::string command =
        chosen.empty() ? program.name : program.name + " " + chosen.front()->get_name();
    const std::string help = "; see " + command + " --help";
    const std::vector<std::string> unknown = app.remaining(true);
    if (unknown.empty()) return said + help;
    const std::string& word = unknown.front();
    const bool option = word.starts_with('-');
    if (!option && !chosen.empty()) return word + ": " + command + " takes no such argument" + help;

    std::vector<std::string> names;
    if (option) names = names_of(program.options);
    for (const CommandReference& known : program.commands)
        if (!option)
            names.push_back(known.name);
        else if (!chosen.empty() && known.name == chosen.front()->get_name())
            for (const std::string& name : names_of(known.options)) names.push_back(name);
    const auto near = nearest_name(word.substr(0, word.find('=')), names);
    return fmt::format("{}: {} has no such {}{}{}", word, command, option ? "option" : "command",
                       near ? "; did you mean " + *near + "?" : "",
                       near ? " See " + command + " --help" : help);
}

// "help" and "help COMMAND" are --help by another name.
std::vector<std::string> with_help_option(std::vector<std::string> arguments) {
    if (arguments.empty()) return {"--help"};
    if (arguments.front() != "help") return arguments;
    if (arguments.size() == 1) return {"--help"};
    return {arguments[1], "--help"};
}

}  // namespace

ProgramReference program_reference() {
    CommandLine line;
    CLI::App app{program_description, "harvester"};
    const ValueNames values = configure(app, line);
    ProgramReference program{app.get_name(), version(), app.get_description(), options_of(app, values), {}};
    for (const CLI::App* command : app.get_subcommands({}))
        program.commands.push_back({command->get_name(), command->get_description(), examples_of(*command),
                                    options_of(*command, values)});
    return program;
}

Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments, int columns) {
    CommandLine line;
    CLI::App app{program_description, "harvester"};
    configure(app, line);
    std::vector<std::string> words = with_help_option(arguments);
    std::reverse(words.begin(), words.end());
    try {
        app.parse(std::move(words));
    } catch (const CLI::CallForHelp&) {
        const auto chosen = app.get_subcommands();
        line.command = PrintAndStop{
            help_text(program_reference(), chosen.empty() ? "" : chosen.front()->get_name(), columns)};
    } catch (const CLI::CallForVersion& answer) {
        line.command = PrintAndStop{answer.what()};
    } catch (const CLI::ParseError& error) {
        return fail(ExitCode::usage, usage_message(app, error.what()));
    }
    return line;
}

Result<ExitCode> run(const CommandLine& line, Context& context) {
    struct Visitor {
        Context& context;
        Result<ExitCode> operator()(const PrintAndStop& print) const {
            context.streams.out << print.text;
            return ExitCode::done;
        }
        Result<ExitCode> operator()(const commands::FetchOptions& o) const {
            return commands::run_fetch(o, context);
        }
        Result<ExitCode> operator()(const commands::RenderOptions& o) const {
            return commands::run_render(o, context);
        }
        Result<ExitCode> operator()(const commands::DraftOptions& o) const {
            return commands::run_draft(o, context);
        }
        Result<ExitCode> operator()(const commands::CheckOptions& o) const {
            return commands::run_check(o, context);
        }
        Result<ExitCode> operator()(const commands::TitleOptions& o) const {
            return commands::run_title(o, context);
        }
        Result<ExitCode> operator()(const commands::ExplainOptions& o) const {
            return commands::run_explain(o, context);
        }
        Result<ExitCode> operator()(const commands::PickOptions& o) const {
            return commands::run_pick(o, context);
        }
        Result<ExitCode> operator()(const commands::RejectOptions& o) const {
            return commands::run_reject(o, context);
        }
        Result<ExitCode> operator()(const commands::StatsOptions& o) const {
            return commands::run_stats(o, context);
        }
        Result<ExitCode> operator()(const commands::ProposeOptions& o) const {
            return commands::run_propose(o, context);
        }
        Result<ExitCode> operator()(const commands::StatusOptions& o) const {
            return commands::run_status(o, context);
        }
        Result<ExitCode> operator()(const commands::LearnOptions& o) const {
            return commands::run_learn(o, context);
        }
        Result<ExitCode> operator()(const commands::ProfileOptions& o) const {
            return commands::run_profile(o, context);
        }
        Result<ExitCode> operator()(const commands::ReviewOptions& o) const {
            return commands::run_review(o, context);
        }
        Result<ExitCode> operator()(const GenerateOptions& o) const { return run_generate(o, context); }
    };
    return std::visit(Visitor{context}, line.command);
}

}  // namespace harvester::cli
