#include "stats/format/chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "stats/format/numbers.h"
#include "stats/format/svg_writer.h"

namespace harvester::stats {
namespace {

constexpr double letter = 7;  // mean width of a letter at 12 pixels
constexpr double line_height = 18;

constexpr std::string_view style = R"css(
.hv{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.hv text{fill:#1f2328}.hv .big{font-size:16px;font-weight:600}.hv .dim{fill:#59636e}.hv .warn{fill:#9a4b00}
.hv .ground{fill:#ffffff}.hv .grid{stroke:#d1d9e0;stroke-width:1}.hv .axis{stroke:#59636e;stroke-width:1}
.hv .s0{--c:#0969da}.hv .s1{--c:#d4731b}.hv .s2{--c:#1a7f37}.hv .s3{--c:#a040bf}
.hv .s4{--c:#b8860b}.hv .s5{--c:#0e8a8a}.hv .s6{--c:#cf222e}.hv .s7{--c:#5e4db2}
.hv .fill{fill:var(--c)}.hv .stroke{fill:none;stroke:var(--c);stroke-width:2}
.hv .grey{--c:#8c959f}.hv .part{opacity:.5}.hv .mean{fill:none;stroke:#1f2328;stroke-width:1.5}.hv .band{fill:#0969da;opacity:.18}
.hv .up{fill:#1a7f37}.hv .down{fill:#cf222e}.hv .heat{fill:#0969da}.hv .cell{fill:#818b98;opacity:.12}
.hv .dashed{stroke-dasharray:3 4}
.hv .before{fill:none;stroke:#1f2328;stroke-width:1.5;stroke-dasharray:4 3}
@media (prefers-color-scheme:dark){
.hv text{fill:#e6edf3}.hv .dim{fill:#9da7b1}.hv .warn{fill:#f0a860}
.hv .ground{fill:#0d1117}.hv .grid{stroke:#30363d}.hv .axis{stroke:#9da7b1}
.hv .s0{--c:#4c9aff}.hv .s1{--c:#f0883e}.hv .s2{--c:#3fb950}.hv .s3{--c:#c37be0}
.hv .s4{--c:#e3b341}.hv .s5{--c:#39c5cf}.hv .s6{--c:#ff7b72}.hv .s7{--c:#9f8fef}
.hv .grey{--c:#7d8590}.hv .mean{stroke:#e6edf3}.hv .band{fill:#4c9aff}.hv .up{fill:#3fb950}.hv .down{fill:#ff7b72}.hv .heat{fill:#4c9aff}
.hv .before{stroke:#ffffff}
}
)css";

std::vector<std::string> lines_of(const std::string& text, double width) {
    return wrapped(text, static_cast<std::size_t>(std::max(20.0, width / letter)));
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

// A label on an axis of time: which category, and what it says.
struct Tick {
    std::size_t category;
    std::string text;
};

// Where months and years begin, as many of them as find room: months, quarters, years. Empty where the axis
// isn't one of time or all categories fit with their whole name.
std::vector<Tick> calendar_ticks(const ChartData& data, double slot) {
    const auto date_of = [&](std::size_t i) -> std::pair<int, unsigned> {  // year and month
        const std::int64_t code = data.categories[i].code;
        if (data.axis == Dimension::month)
            return {static_cast<int>(code / 12), static_cast<unsigned>(code % 12 + 1)};
        if (data.axis == Dimension::year) return {static_cast<int>(code), 1};
        const std::chrono::year_month_day date{Day{std::chrono::days{code}}};
        return {static_cast<int>(date.year()), static_cast<unsigned>(date.month())};
    };
    constexpr std::array<const char*, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (const unsigned every : {1u, 3u, 12u, 24u, 60u, 120u}) {
        std::vector<Tick> ticks;
        double last = -1e9;
        bool room = true;
        for (std::size_t i = 0; i < data.categories.size(); ++i) {
            const auto [year, month] = date_of(i);
            if (i > 0 ? date_of(i - 1) == std::pair(year, month)
                      : data.axis != Dimension::month && data.axis != Dimension::year)
                continue;
            if (every < 12 ? (month - 1) % every != 0
                           : month != 1 || year % static_cast<int>(every / 12) != 0)
                continue;
            const double x = slot * (static_cast<double>(i) + 0.5);
            room = room && x - last >= 36;
            last = x;
            ticks.push_back({i, month == 1 ? std::to_string(year) : names[month - 1]});
        }
        if (room) return ticks;
    }
    return {};
}

class Drawing {
  public:
    Drawing(const ChartData& data, const ChartLook& look)
        : data_(data), look_(look), unit_(info(data.measure).unit), stacked_(data.mark == Mark::bars) {
        for (std::size_t c = 0; c < data.categories.size(); ++c) {
            double sum = 0;
            for (const Series& series : data.series) {
                const double value = std::max(0.0, series.values[c]);
                sum = stacked_ ? sum + value : std::max(sum, value);
            }
            highest_ = std::max(highest_, sum);
        }
        for (const auto& more : {data.before, data.upper})
            for (const double value : more) highest_ = std::max(highest_, value);
        step_ = tick_step(unit_, highest_);
        top_ = std::max(1.0, std::ceil(highest_ / step_ - 1e-9)) * step_;
    }

    std::string draw() {
        const double width = look_.width;
        double y = look_.standalone ? 12 : 4;
        if (look_.standalone)
            for (const std::string& line : lines_of(data_.title, (width - 32) * 0.72))
                body_.text(16, y += 20, line, "big");
        if (look_.standalone)
            for (const std::string& line : lines_of(data_.description, width - 32))
                body_.text(16, y += line_height, line, "dim");
        if (highest_ <= 0) {
            body_.text(width / 2, y + 40, "No pull request was merged in this range.", "dim", Anchor::middle);
            y += 56;
        } else if (data_.mark == Mark::heat) {
            y = heat(y + 8);
        } else {
            y = legend(y + 8);
            y = data_.mark == Mark::bars ? bars(y) : columns(y);
        }
        paragraphs(data_.remarks, y);
        if (look_.standalone) paragraphs(data_.notes, y);
        return frame(y + 16);
    }

  private:
    void paragraphs(const std::vector<std::string>& texts, double& y) {
        for (const std::string& text : texts)
            for (const std::string& line : lines_of(text, look_.width - 32))
                body_.text(16, y += line_height, line, "dim");
    }

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

    // A mark and a name for each series, in as many lines as it takes.
    double legend(double y) {
        const bool mean = shows_mean();
        if (data_.series.size() < 2 && data_.before.empty() && data_.upper.empty() && !mean) return y;
        double x = 16;
        y += line_height;
        const auto entry = [&](const std::string& raw, const auto& mark) {
            const std::string name = shortened(raw, 32);
            const double width = 24 + letter * static_cast<double>(display_width(name)) + 12;
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
        if (!data_.upper.empty()) entry("nine in ten within", [&] { body_.rect(x, y - 10, 12, 12, "band"); });
        if (mean) entry("7-day mean", [&] { body_.line(x, y - 4, x + 13, y - 4, "mean"); });
        return y + 8;
    }

    // Many days hide their trend behind the weekends.
    bool shows_mean() const {
        return data_.mark == Mark::columns && data_.axis == Dimension::day && data_.categories.size() > 28;
    }

    std::string series_class(std::size_t index, std::string_view kind) const {
        if (data_.series[index].grey) return fmt::format("{} grey", kind);
        return fmt::format("{} s{}", kind, index % most_series);
    }

    // A category of one series may stand for no group.
    std::string bar_class(std::size_t series, std::size_t category) const {
        const Category& c = data_.categories[category];
        std::string out = data_.series.size() == 1 && (c.name == "(none)" || c.name == "(unknown)")
                              ? "fill grey"
                              : series_class(series, "fill");
        return c.partial ? out + " part" : out;
    }

    std::string tip(std::size_t series, std::size_t category) const {
        std::string out = data_.categories[category].name;
        if (data_.series.size() > 1) out += ", " + data_.series[series].name;
        const double value = data_.series[series].values[category];
        out += ": " + (value < 0 ? std::string(unknown) : format_value(unit_, value));
        return data_.categories[category].partial ? out + " (not complete)" : out;
    }

    // Of the axis of values, the one at 0 not counted.
    int ticks() const { return static_cast<int>(std::lround(top_ / step_)); }

    // From left to right: columns of one series, or a line for each.
    double columns(double y) {
        const double left = 58, right = look_.width - 16.0, above = y + 34,
                     height = look_.width < 700 ? 220 : 300;
        const double below = above + height,
                     slot = (right - left) / static_cast<double>(data_.categories.size());
        const auto level = [&](double value) { return below - value / top_ * height; };
        body_.text(16, y + 16, info(data_.measure).heading, "dim");
        for (int i = 0; i <= ticks(); ++i) {
            const double tick = step_ * i;
            body_.line(left, level(tick), right, level(tick), i == 0 ? "axis" : "grid");
            body_.text(left - 6, level(tick) + 4, format_tick(unit_, tick), "dim", Anchor::end);
        }
        if (!data_.upper.empty()) band(left, slot, level);
        if (data_.mark == Mark::lines || !data_.upper.empty())
            lines(left, slot, level);
        else
            boxes(left, slot, level, below);
        if (!data_.before.empty()) {
            std::string d;
            for (std::size_t c = 0; c < data_.before.size(); ++c)
                d += fmt::format("{}{:.1f} {:.1f}H{:.1f}", c == 0 ? "M" : "L",
                                 left + slot * static_cast<double>(c), level(data_.before[c]),
                                 left + slot * static_cast<double>(c + 1));
            body_.path(d, "before");
        }
        if (shows_mean()) mean(left, slot, level);
        category_labels(left, slot, below);
        body_.text((left + right) / 2, below + 38, info(data_.axis).heading, "dim", Anchor::middle);
        return below + 46;
    }

    template <class Level>
    void boxes(double left, double slot, Level level, double below) {
        const double gap = slot < 3 ? 0 : std::min(slot * 0.2, 8.0);
        for (std::size_t c = 0; c < data_.categories.size(); ++c) {
            const double value = data_.series[0].values[c];
            if (value > 0)
                body_.rect(left + slot * static_cast<double>(c) + gap / 2, level(value), slot - gap,
                           below - level(value), bar_class(0, c), tip(0, c));
        }
    }

    // Each day with the six before it.
    template <class Level>
    void mean(double left, double slot, Level level) {
        std::string d;
        double sum = 0;
        const auto& values = data_.series[0].values;
        for (std::size_t c = 0; c < values.size(); ++c) {
            sum += std::max(0.0, values[c]) - (c >= 7 ? std::max(0.0, values[c - 7]) : 0);
            if (c >= 6)
                d += fmt::format("{}{:.1f} {:.1f}", d.empty() ? "M" : "L",
                                 left + slot * (static_cast<double>(c) + 0.5), level(sum / 7));
        }
        body_.path(d, "mean");
    }

    // Between the median and the 90th percentile.
    template <class Level>
    void band(double left, double slot, Level level) {
        std::string there, back;
        for (std::size_t c = 0; c < data_.upper.size(); ++c) {
            if (data_.upper[c] < 0 || data_.series[0].values[c] < 0) continue;
            const double x = left + slot * (static_cast<double>(c) + 0.5);
            there += fmt::format("{}{:.1f} {:.1f}", there.empty() ? "M" : "L", x, level(data_.upper[c]));
            back = fmt::format("L{:.1f} {:.1f}", x, level(data_.series[0].values[c])) + back;
        }
        if (!there.empty()) body_.path(there + back + "Z", "band");
    }

    // What is partial is dashed.
    template <class Level>
    void lines(double left, double slot, Level level) {
        for (std::size_t s = data_.series.size(); s-- > 0;) {  // the biggest on top
            std::string whole, part;
            double x = 0, y = 0;
            bool pen_down = false;
            for (std::size_t c = 0; c < data_.categories.size(); ++c) {
                const double value = data_.series[s].values[c];
                if (value < 0) {
                    pen_down = false;
                    continue;
                }
                const double before_x = std::exchange(x, left + slot * (static_cast<double>(c) + 0.5));
                const double before_y = std::exchange(y, level(value));
                if (pen_down) {
                    const bool partial = data_.categories[c].partial || data_.categories[c - 1].partial;
                    (partial ? part : whole) +=
                        fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", before_x, before_y, x, y);
                }
                pen_down = true;
                const double dot = slot < 8 ? 1 : 2.5;
                body_.rect(x - dot, y - dot, 2 * dot, 2 * dot, series_class(s, "fill"), tip(s, c));
            }
            if (!whole.empty()) body_.path(whole, series_class(s, "stroke"));
            if (!part.empty()) body_.path(part, series_class(s, "stroke") + " dashed");
        }
    }

    // Calendar axes are labelled where months and years begin, unless all names fit; the others as far as
    // there is room.
    void category_labels(double left, double slot, double below) {
        const std::size_t count = data_.categories.size();
        std::size_t longest = 1;
        for (const Category& category : data_.categories)
            longest = std::max(longest, display_width(shortened(category.name, 14)));
        const double wide = letter * static_cast<double>(longest) + 10;
        std::vector<Tick> ticks;
        if (slot < wide && info(data_.axis).calendar && count > 10) ticks = calendar_ticks(data_, slot);
        if (ticks.size() < 2) {
            ticks.clear();
            const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(wide / slot)));
            for (std::size_t c = 0; c < count; c += every)
                ticks.push_back({c, shortened(data_.categories[c].name, 14)});
        }
        for (const Tick& tick : ticks) {
            const double x = left + slot * (static_cast<double>(tick.category) + 0.5);
            const double half = letter * static_cast<double>(display_width(tick.text)) / 2;
            body_.line(x, below, x, below + 4, "axis");
            if (x + half < look_.width) body_.text(x, below + 17, tick.text, "label", Anchor::middle);
        }
    }

    // The letters that the longest label takes, at most a share of the width.
    template <class Names>
    std::size_t room_for(const Names& names, double share) const {
        std::size_t longest = 4;
        for (const auto& one : names) longest = std::max(longest, display_width(one.name));
        return std::min(longest, static_cast<std::size_t>(look_.width * share / letter));
    }

    // One below the other, from left to right.
    double bars(double y) {
        const std::size_t room = room_for(data_.categories, 0.36);
        std::vector<std::string> labels;
        std::size_t longest = 1;
        for (std::size_t c = 0; c < data_.categories.size(); ++c) {
            double sum = 0;
            bool known = false;
            for (const Series& series : data_.series) {
                sum += std::max(0.0, series.values[c]);
                known |= series.values[c] >= 0;
            }
            labels.push_back(!known                 ? std::string(unknown)
                             : data_.before.empty() ? format_value(unit_, sum)
                                                    : format_now_and_change(unit_, data_.before[c], sum));
            longest = std::max(longest, display_width(labels.back()));
        }
        const double left = 16 + letter * static_cast<double>(room) + 8;
        const double right = std::max(left + 60, look_.width - 14 - letter * static_cast<double>(longest));
        const double above = y + 28, slot = 22;
        const double below = above + slot * static_cast<double>(data_.categories.size());
        const auto level = [&](double value) { return left + value / top_ * (right - left); };
        body_.text(16, y + 18, info(data_.axis).heading, "dim");
        const int every = std::max(1, static_cast<int>(std::ceil(48 * ticks() / (right - left))));
        for (int i = 0; i <= ticks(); ++i) {
            const double tick = step_ * i;
            body_.line(level(tick), above, level(tick), below, i == 0 ? "axis" : "grid");
            if (i % every == 0)
                body_.text(level(tick), below + 17, format_tick(unit_, tick), "dim", Anchor::middle);
        }
        for (std::size_t c = 0; c < data_.categories.size(); ++c) {
            const double row = above + slot * static_cast<double>(c);
            body_.text(left - 8, row + 15, shortened(data_.categories[c].name, room), "label", Anchor::end);
            double sum = 0;
            for (std::size_t s = 0; s < data_.series.size(); ++s) {
                const double value = data_.series[s].values[c];
                if (value <= 0) continue;
                body_.rect(level(sum), row + 3, level(sum + value) - level(sum), 16, bar_class(s, c),
                           tip(s, c));
                sum += value;
            }
            double reach = sum;
            const char* look = "dim";
            if (!data_.before.empty()) {
                const double x = level(data_.before[c]);
                body_.line(x, row + 1, x, row + 21, "before");
                reach = std::max(reach, data_.before[c]);
                if (sum != data_.before[c]) look = sum > data_.before[c] ? "up" : "down";
            }
            body_.text(level(reach) + 6, row + 15, labels[c], look);
        }
        body_.text((left + right) / 2, below + 36, info(data_.measure).heading, "dim", Anchor::middle);
        return below + 44;
    }

    // A square for each pair, the stronger the more; the scale below.
    double heat(double y) {
        const std::size_t room = room_for(data_.series, 0.3);
        const double left = 16 + letter * static_cast<double>(room) + 8, right = look_.width - 16.0,
                     above = y + 8;
        const double slot = (right - left) / static_cast<double>(data_.categories.size());
        const double high = std::clamp(slot, 14.0, 24.0), gap = slot < 6 ? 0 : 2;
        for (std::size_t s = 0; s < data_.series.size(); ++s) {
            const double row = above + high * static_cast<double>(s);
            body_.text(left - 8, row + high / 2 + 4, shortened(data_.series[s].name, room), "label",
                       Anchor::end);
            for (std::size_t c = 0; c < data_.categories.size(); ++c)
                square(left + slot * static_cast<double>(c), row, slot - gap, high - gap,
                       data_.series[s].values[c], tip(s, c));
        }
        const double below = above + high * static_cast<double>(data_.series.size());
        category_labels(left, slot, below);
        body_.text(16, below + 44, info(data_.measure).heading, "dim");
        double x = 16 + letter * static_cast<double>(info(data_.measure).heading.size()) + 16;
        for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            square(x, below + 32, 14, 14, share * highest_, {});
            const std::string text = format_value(unit_, share * highest_);
            body_.text(x + 18, below + 44, text, "dim");
            x += 30 + letter * static_cast<double>(display_width(text));
        }
        return below + 52;
    }

    void square(double x, double y, double width, double height, double value, const std::string& tip) {
        if (value <= 0) return body_.rect(x, y, width, height, "cell", tip);
        // Small values stay visible.
        const double strength = 0.12 + 0.88 * value / highest_;
        body_.raw(
            fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"heat\" "
                        "opacity=\"{:.2f}\">{}</rect>\n",
                        x, y, width, height, strength,
                        tip.empty() ? "" : fmt::format("<title>{}</title>", for_xml(tip))));
    }

    const ChartData& data_;
    ChartLook look_;
    Unit unit_;
    bool stacked_;
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
