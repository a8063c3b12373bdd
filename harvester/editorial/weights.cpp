#include "editorial/weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace harvester::editorial {

Result<Weights> Weights::parse(std::string_view text, const std::string& name) {
    Weights weights;
    constexpr std::size_t short_line = 24;  // about: few files have to grow the table
    weights.by_feature_.reserve(text.size() / short_line);
    text = weights.keep(text);
    std::size_t line_number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        ++line_number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        constexpr std::string_view format_words = "# Format: ";
        if (line.starts_with(format_words)) {
            const std::string_view number = line.substr(format_words.size());
            int format = 0;
            std::from_chars(number.data(), number.data() + number.size(), format);
            if (format < 1 || format > weights_format)
                return fail(
                    ExitCode::usage,
                    fmt::format("{}:{}: has format '{}', this program knows up to {}; update harvester, or "
                                "write the file again with `learn`",
                                name, line_number, number, weights_format));
        }
        if (line.empty() || line.starts_with('#') || line.starts_with("feature\t")) continue;
        const std::size_t tab = line.find('\t');
        double weight = 0;
        bool good = tab != std::string_view::npos && tab > 0;
        if (good) {
            const std::string_view figure = line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
            const auto [last, error] = std::from_chars(figure.data(), figure.data() + figure.size(), weight);
            good = error == std::errc{} && last == figure.data() + figure.size() && std::isfinite(weight);
        }
        if (!good)
            return fail(
                ExitCode::usage,
                fmt::format("{}:{}: must be a feature, a tab and a number; write the file again with `learn`",
                            name, line_number));
        const std::string_view feature = line.substr(0, tab);
        if (!weights.by_feature_.try_emplace(feature, weight).second)
            return fail(ExitCode::usage,
                        fmt::format("{}:{}: the feature '{}' appears twice; remove one of the lines", name,
                                    line_number, feature));
    }
    return weights;
}

void Weights::set(std::string_view feature, double weight) {
    by_feature_.insert_or_assign(keep(feature), weight);
}

std::string_view Weights::keep(std::string_view text) {
    auto* const copy = static_cast<char*>(memory_->allocate(std::max<std::size_t>(text.size(), 1), 1));
    text.copy(copy, text.size());
    return {copy, text.size()};
}

const std::pair<const std::string_view, double>* Weights::find(std::string_view feature) const {
    const auto found = by_feature_.find(feature);
    return found == by_feature_.end() ? nullptr : &*found;
}

}  // namespace harvester::editorial
