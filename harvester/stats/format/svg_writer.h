// Small steps of SVG writing. Text is escaped here; numbers are written with at most one digit after the
// point.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "stats/format/text.h"

namespace harvester::stats {

enum class Anchor { start, middle, end };

class SvgWriter {
  public:
    void text(double x, double y, std::string_view text, std::string_view css_class,
              Anchor anchor = Anchor::start) {
        constexpr std::string_view anchors[] = {"start", "middle", "end"};
        out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\" text-anchor=\"{}\">{}</text>\n", x,
                            y, css_class, anchors[static_cast<std::size_t>(anchor)], for_xml(text));
    }
    // A rectangle that tells `tip` where a pointer rests on it.
    void rect(double x, double y, double width, double height, std::string_view css_class,
              std::string_view tip = {}) {
        out_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"",
                            x, y, width, height, css_class);
        out_ += tip.empty() ? "/>\n" : fmt::format("><title>{}</title></rect>\n", for_xml(tip));
    }
    void line(double x1, double y1, double x2, double y2, std::string_view css_class) {
        out_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n",
                            x1, y1, x2, y2, css_class);
    }
    void path(std::string_view d, std::string_view css_class) {
        out_ += fmt::format("<path d=\"{}\" class=\"{}\"/>\n", d, css_class);
    }
    void raw(std::string_view markup) { out_ += markup; }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
};

}  // namespace harvester::stats
