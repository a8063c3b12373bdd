#include "edition/report_marks.h"

#include <algorithm>

#include "base/text.h"
#include "render/triage.h"

namespace harvester::edition {
namespace {

constexpr std::size_t longest_heading = 40;

void add_once(std::vector<std::string>& marks, std::string mark) {
    if (std::find(marks.begin(), marks.end(), mark) == marks.end()) marks.push_back(std::move(mark));
}

}  // namespace

Result<ReportMarks> ReportMarks::read(const profile::Profile& profile, const cache::Store& store) {
    ReportMarks out;
    for (const profile::FilesPolicy& policy : profile.harvest.files) {
        auto files = store.files(policy.repository);
        if (!files) return tl::unexpected(files.error());
        out.files_.push_back(std::move(*files));
    }
    return out;
}

std::unordered_map<std::string, std::vector<std::string>> ReportMarks::of(const profile::Profile& profile,
                                                                          Day date) const {
    std::unordered_map<std::string, std::vector<std::string>> out;
    const std::string web = profile.web + "/";
    for (const std::vector<RepositoryFile>& files : files_) {
        const RepositoryFile* const report = render::newest_report(files, date, profile.form.triage);
        if (report == nullptr) continue;
        std::string heading;
        std::string_view rest = report->text;
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            if (line.starts_with('#')) heading = to_lower(trim(line, "# \t\r").substr(0, longest_heading));
            for (std::size_t at = line.find(web); at != std::string_view::npos; at = line.find(web, at + 1)) {
                // OWNER/NAME/pull/NUMBER
                const std::size_t number = line.find("/pull/", at);
                if (number == std::string_view::npos) break;
                const std::size_t begin = number + std::string_view("/pull/").size();
                const std::size_t end = std::min(line.find_first_not_of("0123456789", begin), line.size());
                const std::string_view name = line.substr(at + web.size(), number - at - web.size());
                if (end == begin || name.find_first_of(" )(") != std::string_view::npos) continue;
                std::vector<std::string>& marks = out[std::string(line.substr(at, end - at))];
                add_once(marks, "report");
                if (!heading.empty()) add_once(marks, "report: " + heading);
            }
        }
    }
    return out;
}

}  // namespace harvester::edition
