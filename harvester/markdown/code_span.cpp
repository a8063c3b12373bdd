#include "markdown/code_span.h"

#include <unordered_map>

namespace harvester::markdown {
namespace {

struct TickRun {
    std::size_t begin;
    std::size_t length;
    bool opens;
};

std::vector<TickRun> backtick_runs(std::string_view text, Source source) {
    std::vector<TickRun> runs;
    std::size_t backslashes = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] != '`') {
            backslashes = text[i] == '\\' ? backslashes + 1 : 0;
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (i < text.size() && text[i] == '`') ++i;
        const bool escaped = source == Source::markdown && backslashes % 2 == 1;
        runs.push_back({begin, i - begin, !escaped});
        backslashes = 0;
    }
    return runs;
}

}  // namespace

std::vector<CodeSpan> code_spans(std::string_view text, Source source) {
    const std::vector<TickRun> runs = backtick_runs(text, source);
    // The next run of the same length after each one, so that a line of many runs stays linear.
    std::vector<std::size_t> closer(runs.size(), runs.size());
    std::unordered_map<std::size_t, std::size_t> last_of_length;
    for (std::size_t i = runs.size(); i-- > 0;) {
        // An escaped run loses its first backtick: the rest of it may still open a span.
        const std::size_t wanted = runs[i].length - (runs[i].opens ? 0 : 1);
        if (const auto found = last_of_length.find(wanted); found != last_of_length.end())
            closer[i] = found->second;
        last_of_length[runs[i].length] = i;
    }
    std::vector<CodeSpan> spans;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const std::size_t skipped = runs[i].opens ? 0 : 1;
        if (runs[i].length == skipped || closer[i] == runs.size()) continue;
        const TickRun& end = runs[closer[i]];
        spans.push_back({runs[i].begin + skipped, end.begin + end.length, runs[i].length - skipped});
        i = closer[i];
    }
    return spans;
}

}  // namespace harvester::markdown
