#include "faults.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace github_double {
namespace {

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::int64_t number_of(const std::string& text) {
    std::size_t used = 0;
    const auto out = std::stoll(text, &used);
    if (used != text.size()) throw std::invalid_argument(text);
    return out;
}

const std::set<std::string> names{
    "500",        "502",           "503",        "504",          "502-after",  "too-heavy",
    "html",       "truncated",     "malformed",  "empty",        "reset",      "hang",
    "slow",       "huge",          "redirect",   "401",          "forbidden",  "secondary",
    "429",        "secondary-200", "rate-limit", "rate-limited", "last-point", "resource-limits",
    "went-wrong", "not-found",     "null-node",  "null-item",    "count",      "repeat"};

}  // namespace

std::optional<std::int64_t> Fault::number() const {
    if (argument.empty()) return std::nullopt;
    return number_of(argument);
}

Alteration Fault::alteration() const {
    Alteration out;
    if (name == "count") out.count_shift = number().value_or(1);
    out.repeat_item = name == "repeat";
    out.null_node = name == "null-node" || name == "not-found";
    out.with_error = name == "not-found";
    if (name == "null-item") out.null_item = argument;
    return out;
}

Faults::Rule Faults::parse(const std::string& line) {
    Rule rule;
    const auto equals = line.rfind('=');
    if (equals == std::string::npos) throw std::runtime_error("fault rule without =: " + line);
    auto selector = trimmed(line.substr(0, equals));
    auto fault = trimmed(line.substr(equals + 1));
    if (const auto open = fault.find('('); open != std::string::npos && fault.ends_with(')')) {
        rule.fault.argument = fault.substr(open + 1, fault.size() - open - 2);
        fault.resize(open);
    }
    rule.fault.name = fault;
    if (!names.contains(fault)) throw std::runtime_error("no such fault: " + fault);
    if (const auto tilde = selector.find('~'); tilde != std::string::npos) {
        rule.text = selector.substr(tilde + 1);
        selector = trimmed(selector.substr(0, tilde));
    }
    try {
        std::string range = selector;
        if (const auto hash = selector.find('#'); hash != std::string::npos) {
            rule.operation = selector.substr(0, hash);
            range = selector.substr(hash + 1);
        } else if (selector == "every" || selector.empty()) {
            return rule;
        } else if (selector.starts_with("every/")) {
            rule.every = number_of(selector.substr(6));
            return rule;
        } else if (selector[0] < '0' || selector[0] > '9') {
            rule.operation = selector;
            return rule;
        }
        const auto dash = range.find('-');
        rule.first = number_of(range.substr(0, dash));
        rule.last = dash == std::string::npos  ? rule.first
                    : dash + 1 == range.size() ? INT64_MAX
                                               : number_of(range.substr(dash + 1));
    } catch (const std::logic_error&) {
        throw std::runtime_error("not a selector of requests: " + selector);
    }
    return rule;
}

void Faults::set(const std::string& specification) {
    std::string text = specification;
    if (std::filesystem::is_regular_file(specification)) {
        std::ostringstream whole;
        whole << std::ifstream(specification).rdbuf();
        text = whole.str();
    }
    std::ranges::replace(text, ';', '\n');
    std::istringstream lines(text);
    std::vector<Rule> rules;
    for (std::string line; std::getline(lines, line);)
        if (line = trimmed(line); !line.empty() && line[0] != '/') rules.push_back(parse(line));
    const std::lock_guard lock(mutex_);
    rules_ = std::move(rules);
}

std::optional<Fault> Faults::meet(std::string_view operation, std::string_view variables) {
    const std::lock_guard lock(mutex_);
    std::optional<Fault> out;
    for (auto& rule : rules_) {
        if (!rule.operation.empty() && rule.operation != operation) continue;
        if (!rule.text.empty() && variables.find(rule.text) == std::string_view::npos) continue;
        ++rule.seen;
        if (rule.seen >= rule.first && rule.seen <= rule.last && rule.seen % rule.every == 0 && !out)
            out = rule.fault;
    }
    return out;
}

}  // namespace github_double
