#include "commands/title.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "editorial/title.h"

namespace harvester::commands {
namespace {

// One object of --format jsonl; what the object doesn't say comes from the options.
Result<editorial::TitleInput> read_object(const std::string& line, std::size_t number,
                                          editorial::TitleInput input) {
    const auto broken = [&](const std::string& problem) {
        return fail(ExitCode::usage,
                    fmt::format("stdin:{}: {}; write one object a line: "
                                "{{\"repo\": \"cargo\", \"raw\": \"Title\", \"section\": \"Cargo\"}}",
                                number, problem));
    };
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_discarded()) return broken("this line isn't JSON");
    if (!json.is_object()) return broken("this line isn't a JSON object");
    for (const auto& [key, target] :
         {std::pair{"repo", &input.repository}, {"section", &input.section}, {"raw", &input.raw}}) {
        const auto found = json.find(key);
        if (found == json.end()) continue;
        if (!found->is_string()) return broken(fmt::format("\"{}\" must be a string", key));
        *target = found->get<std::string>();
    }
    if (!json.contains("raw")) return broken("\"raw\" is missing");
    return input;
}

// A misspelt --section would silently do nothing. Objects may carry any: they are somebody's data.
Result<void> check_section(const profile::Profile& profile, const std::string& name) {
    std::vector<std::string> known;
    for (const profile::SectionPolicy& section : profile.editorial.sections) known.push_back(section.name);
    if (name.empty() || known.empty() || std::find(known.begin(), known.end(), name) != known.end())
        return {};
    return fail(ExitCode::usage, fmt::format("--section {}: there is no such section; give one of {}", name,
                                             fmt::join(known, ", ")));
}

}  // namespace

Result<ExitCode> run_title(const TitleOptions& options, cli::Context& context) {
    const auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    if (const auto section = check_section(*profile, options.section); !section)
        return tl::unexpected(section.error());
    editorial::TitleInput input{options.repository, options.section, "",
                                options.layout.value_or(Layout::sections), std::nullopt};
    const auto print = [&](const editorial::TitleInput& title) {
        context.streams.out << editorial::format_title(profile->titles, title).markdown << '\n';
    };
    for (const std::string& title : options.titles) {
        input.raw = title;
        print(input);
    }
    if (!options.titles.empty()) return ExitCode::done;
    std::string line;
    for (std::size_t number = 1; std::getline(context.streams.in, line); ++number) {
        if (!options.jsonl) {
            input.raw = line;
            print(input);
            continue;
        }
        const auto object = read_object(line, number, input);
        if (!object) return tl::unexpected(object.error());
        print(*object);
    }
    return ExitCode::done;
}

}  // namespace harvester::commands
