#include "stats/chart.h"

#include <algorithm>
#include <cmath>

#include "stats/numbers.h"
#include "stats/svg_writer.h"

namespace harvester::stats {
namespace {

constexpr double letter = 7;  // mean width of a letter at 12 pixels
constexpr double line_height = 18;

constexpr std::string_view style = R"css(
.hv{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.hv text{fill:#1f2328}.hv .big{font-size:16px;font-weight:600}.hv .dim{fill:#59636e}.hv .warn{fill:#9a4b00}
.hv .ground{fill:#ffffff}.hv .grid{stroke:#d1d9e0;stroke-width:1}.hv .axis{stroke:#59636e;stroke-width:1}
.hv .s0{--c:#0969da}.hv .s1{--c:#d4731b}.hv .s2{--c:#1a7f37}.hv .s3{--c:#a040bf}
.hv .s4{--c:#b8860b}.hv .s5{--c:#0e8a8a}.hv .s6{--c:#cf222e}.hv .s7{--c:#8c959f}
.hv .fill{fill:var(--c)}.hv .stroke{fill:none;stroke:var(--c);stroke-width:2}
.hv .before{fill:none;stroke:#1f2328;stroke-width:1.5;stroke-dasharray:4 3}
@media (prefers-color-scheme:dark){
.hv text{fill:#e6edf3}.hv .dim{fill:#9da7b1}.hv .warn{fill:#f0a860}
.hv .ground{fill:#0d1117}.hv .grid{stroke:#30363d}.hv .axis{stroke:#9da7b1}
.hv .s0{--c:#4c9aff}.hv .s1{--c:#f0883e}.hv .s2{--c:#3fb950}.hv .s3{--c:#c37be0}
.hv .s4{--c:#e3b341}.hv .s5{--c:#39c5cf}.hv .s6{--c:#ff7b72}.hv .s7{--c:#7d8590}
.hv .before{stroke:#ffffff}
}
)css";

std::size_t letters(std::string_view text) {
    return display_width(text);
}

// Cut to `most` columns, with an ellipsis.
std::string shortened(const std::string& text, std::size_t most) {
    if (letters(text) <= most) return text;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        do {
            ++at;
        } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u);
        const std::string next = out + text.substr(begin, at - begin);
        if (letters(next) + 1 > most) break;
        out = next;
    }
    return out + "…";
}

std::vector<std::string> wrapped(const std::string& text, double width) {
    const auto most = static_cast<std::size_t>(std::max(20.0, width / letter));
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, end - at);
        if (!lines.back().empty() && letters(lines.back()) + 1 + letters(word) > most) lines.emplace_back();
        lines.back() += (lines.back().empty() ? "" : " ") + word;
        at = end + 1;
    }
    return lines;
}

// Distance of the ticks so that about five of them reach `highest`.
double tick_step(Unit unit, double highest) {
    const double rough = std::max(highest, 1e-9) / 5;
    if (unit == Unit::seconds)
        for (const double step :
             {1., 5., 15., 60., 300., 900., 1800., 3600., 7200., 14400., 21600., 43200., 86400.})
            if (rough <= step) return step;
    const double base = unit == Unit::seconds ? 86400 : 1;
    const double power = std::pow(10, std::floor(std::log10(rough / base)));
    for (const double factor : {1., 2., 5., 10.})
        if (rough / base <= factor * power * 1.0000001)
            return std::max(factor * power * base, unit == Unit::count ? 1. : 0.);
    return 10 * power * base;
}

class Drawing {
  public:
    Drawing(const ChartData& data, const ChartLook& look)
        : data_(data), look_(look), unit_(info(data.measure).unit) {
        for (std::size_t c = 0; c < data.categories.size(); ++c) {
            double sum = 0;
            for (const Series& series : data.series) {
                const double value = std::max(0.0, series.values[c]);
                sum = data.stacked ? sum + value : std::max(sum, value);
            }
            highest_ = std::max(highest_, sum);
        }
        for (const double value : data.before) highest_ = std::max(highest_, value);
        step_ = tick_step(unit_, highest_);
        top_ = std::max(1.0, std::ceil(highest_ / step_ - 1e-9)) * step_;
    }

    std::string draw() {
        const double width = look_.width;
        double y = look_.standalone ? 12 : 4;
        if (look_.standalone)
            for (const std::string& line : wrapped(data_.title, (width - 32) * 0.72))
                body_.text(16, y += 20, line, "big");
        if (look_.standalone)
            for (const std::string& line : wrapped(data_.description, width - 32))
                body_.text(16, y += line_height, line, "dim");
        y = legend(y + 8);
        y = data_.categories.empty() ? nothing(y) : data_.ordered ? columns(y) : bars(y);
        if (look_.standalone)
            for (const std::string& note : data_.notes)
                for (const std::string& line : wrapped(note, width - 32))
                    body_.text(16, y += line_height, line, "warn");
        return frame(y + 16);
    }

  private:
    std::string frame(double height) {
        std::string out = fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"hv\" viewBox=\"0 0 {0} {1:.0f}\" "
            "width=\"{0}\" height=\"{1:.0f}\" "
            "role=\"img\" aria-labelledby=\"{2}-title {2}-desc\">\n<title id=\"{2}-title\">{3}</title>\n"
            "<desc id=\"{2}-desc\">{4}</desc>\n",
            look_.width, height, look_.id, for_xml(data_.title), for_xml(data_.description));
        if (look_.standalone) {
            out += fmt::format("<style>{}</style>\n", style);
            out +=
                fmt::format("<rect class=\"ground\" width=\"{}\" height=\"{:.0f}\"/>\n", look_.width, height);
        }
        return out + body_.take() + "</svg>\n";
    }

    double nothing(double y) {
        body_.text(look_.width / 2.0, y + 40, "Nothing to show", "dim", Anchor::middle);
        return y + 60;
    }

    // A square and a name for each series, in as many lines as it takes.
    double legend(double y) {
        if (data_.series.size() < 2 && data_.before.empty()) return y;
        double x = 16;
        y += line_height;
        const auto entry = [&](const std::string& raw, const auto& mark) {
            const std::string name = shortened(raw, 32);
            const double width = 24 + letter * static_cast<double>(letters(name)) + 12;
            if (x + width > look_.width - 8 && x > 16) {
                x = 16;
                y += line_height;
            }
            mark();
            body_.text(x + 18, y, name, "name");
            x += width;
        };
        for (std::size_t i = 0; i < data_.series.size(); ++i)
            entry(data_.series[i].name, [&] { body_.rect(x, y - 10, 12, 12, series_class(i, "fill")); });
        if (!data_.before.empty())
            entry("the range before", [&] { body_.line(x, y - 4, x + 13, y - 4, "before"); });
        return y + 8;
    }

    static std::string series_class(std::size_t index, std::string_view kind) {
        return fmt::format("{} s{}", kind, index % most_series);
    }

    std::string tip(std::size_t series, std::size_t category) const {
        std::string out = data_.categories[category];
        if (data_.series.size() > 1) out += ", " + data_.series[series].name;
        return out + ": " + format_value(unit_, data_.series[series].values[category]);
    }

    // Of the axis of values, the one at 0 not counted.
    int ticks() const { return static_cast<int>(std::lround(top_ / step_)); }

    // Side by side, from left to right.
    double columns(double y) {
        const double left = 58, right = look_.width - 16.0, above = y + 34,
                     height = look_.width < 600 ? 220 : 300;
        const double below = above + height, count = static_cast<double>(data_.categories.size());
        const double slot = (right - left) / count;
        const auto level = [&](double value) { return below - value / top_ * height; };
        body_.text(16, y + 16, info(data_.measure).heading, "dim");
        for (int i = 0; i <= ticks(); ++i) {
            const double tick = step_ * i;
            body_.line(left, level(tick), right, level(tick), i == 0 ? "axis" : "grid");
            body_.text(left - 6, level(tick) + 4, format_tick(unit_, tick), "dim", Anchor::end);
        }
        if (!data_.stacked)
            lines(left, slot, level);
        else if (slot >= 4)
            boxes(left, slot, level, below);
        else
            areas(left, slot, level, below);
        if (!data_.before.empty()) {
            std::string d;
            for (std::size_t c = 0; c < data_.before.size(); ++c)
                d += fmt::format("{}{:.1f} {:.1f}H{:.1f}", c == 0 ? "M" : "L",
                                 left + slot * static_cast<double>(c), level(data_.before[c]),
                                 left + slot * static_cast<double>(c + 1));
            body_.path(d, "before");
        }
        category_labels(left, slot, below);
        body_.text((left + right) / 2, below + 38, data_.axis, "dim", Anchor::middle);
        return below + 46;
    }

    template <class Level>
    void boxes(double left, double slot, Level level, double below) {
        const double gap = std::min(slot * 0.2, 8.0);
        for (std::size_t c = 0; c < data_.categories.size(); ++c) {
            double sum = 0;
            for (std::size_t s = 0; s < data_.series.size(); ++s) {
                const double value = std::max(0.0, data_.series[s].values[c]);
                if (value == 0) continue;
                const double upper = level(sum + value), lower = sum == 0 ? below : level(sum);
                body_.rect(left + slot * static_cast<double>(c) + gap / 2, upper, slot - gap, lower - upper,
                           series_class(s, "fill"), tip(s, c));
                sum += value;
            }
        }
    }

    // Many narrow columns as one outline a series.
    template <class Level>
    void areas(double left, double slot, Level level, double below) {
        std::vector<double> sums(data_.categories.size());
        for (std::size_t s = 0; s < data_.series.size(); ++s) {
            std::string there, back;
            for (std::size_t c = 0; c < sums.size(); ++c) {
                const double x = left + slot * static_cast<double>(c),
                             lower = sums[c] == 0 ? below : level(sums[c]);
                sums[c] += std::max(0.0, data_.series[s].values[c]);
                there +=
                    fmt::format("{}{:.1f} {:.1f}H{:.1f}", c == 0 ? "M" : "L", x, level(sums[c]), x + slot);
                back = fmt::format("L{:.1f} {:.1f}H{:.1f}", x + slot, lower, x) + back;
            }
            body_.path(there + back + "Z", series_class(s, "fill"));
        }
    }

    template <class Level>
    void lines(double left, double slot, Level level) {
        for (std::size_t s = 0; s < data_.series.size(); ++s) {
            std::string d;
            bool pen_down = false;
            for (std::size_t c = 0; c < data_.categories.size(); ++c) {
                const double value = data_.series[s].values[c];
                if (value < 0) {
                    pen_down = false;
                    continue;
                }
                const double x = left + slot * (static_cast<double>(c) + 0.5), y = level(value);
                d += fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", x, y);
                pen_down = true;
                body_.rect(x - 2.5, y - 2.5, 5, 5, series_class(s, "fill"), tip(s, c));
            }
            if (!d.empty()) body_.path(d, series_class(s, "stroke"));
        }
    }

    // As many labels as find room, evenly apart.
    void category_labels(double left, double slot, double below) {
        std::size_t longest = 1;
        for (const std::string& category : data_.categories)
            longest = std::max(longest, letters(shortened(category, 14)));
        const double wide = letter * static_cast<double>(longest) + 20;
        const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(wide / slot)));
        for (std::size_t c = 0; c < data_.categories.size(); c += every) {
            const double x = left + slot * (static_cast<double>(c) + 0.5);
            if (x + wide / 2 > look_.width + 4) break;
            body_.line(x, below, x, below + 4, "axis");
            body_.text(x, below + 17, shortened(data_.categories[c], 14), "label", Anchor::middle);
        }
    }

    // One below the other, from left to right.
    double bars(double y) {
        std::size_t longest = 4;
        for (const std::string& category : data_.categories) longest = std::max(longest, letters(category));
        const double most = look_.width * 0.4;
        const auto room = static_cast<std::size_t>(most / letter);
        const double left = 16 + letter * static_cast<double>(std::min(longest, room)) + 8;
        const double right = look_.width - 16 - letter * 9, above = y + 28, slot = 22;
        const double below = above + slot * static_cast<double>(data_.categories.size());
        const auto level = [&](double value) { return left + value / top_ * (right - left); };
        body_.text(16, y + 18, data_.axis, "dim");
        const int every = (right - left) / ticks() < 48 ? 2 : 1;
        for (int i = 0; i <= ticks(); ++i) {
            const double tick = step_ * i;
            body_.line(level(tick), above, level(tick), below, i == 0 ? "axis" : "grid");
            if (i % every == 0)
                body_.text(level(tick), below + 17, format_tick(unit_, tick), "dim", Anchor::middle);
        }
        for (std::size_t c = 0; c < data_.categories.size(); ++c) {
            const double row = above + slot * static_cast<double>(c);
            body_.text(left - 8, row + 15, shortened(data_.categories[c], room), "label", Anchor::end);
            double sum = 0, reach = 0;
            const double height = data_.stacked ? 16 : 16 / static_cast<double>(data_.series.size());
            for (std::size_t s = 0; s < data_.series.size(); ++s) {
                const double value = data_.series[s].values[c];
                if (value <= 0) continue;
                const double from = data_.stacked ? sum : 0;
                const double top = data_.stacked ? row + 3 : row + 3 + height * static_cast<double>(s);
                body_.rect(level(from), top, level(from + value) - level(from), height,
                           series_class(s, "fill"), tip(s, c));
                sum += value;
                reach = std::max(reach, from + value);
            }
            const bool known = data_.series.size() > 1 || data_.series[0].values[c] >= 0;
            if (!data_.before.empty()) {
                const double x = level(data_.before[c]);
                body_.line(x, row + 1, x, row + 21, "before");
            }
            if (data_.stacked)
                body_.text(level(reach) + 6, row + 15,
                           known ? format_value(unit_, sum) : std::string(unknown), "dim");
        }
        body_.text((left + right) / 2, below + 36, info(data_.measure).heading, "dim", Anchor::middle);
        return below + 44;
    }

    const ChartData& data_;
    ChartLook look_;
    Unit unit_;
    double highest_ = 0, step_ = 1, top_ = 1;
    SvgWriter body_;
};

}  // namespace

std::string chart_svg(const ChartData& data, const ChartLook& look) {
    return Drawing(data, look).draw();
}

std::string_view chart_style() {
    return style;
}

}  // namespace harvester::stats
