#include "draft/draft_file.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "catch.h"
#include "profile/profile.h"

using namespace harvester;
using Catch::Matchers::Contains;

namespace {

profile::PublishPolicy policy() {
    return profile::load_profile("")->publish;
}

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

}  // namespace

TEST_CASE("A part ends at the next part's heading or at a heading of its level") {
    const std::string text =
        "# T\n## Updates from the Rust Project\nbody\n#### Compiler\n### [Approved RFCs](u)\nx\n### Else\ny\n"
        "### Final Comment Period\nf\n#### Tracking\ng\n#### [New and Updated RFCs](u)\nn\n## Upcoming "
        "Events\n";
    const auto file = draft::DraftFile::parse(text, policy(), "d.md");
    REQUIRE(file);
    REQUIRE(file->parts().size() == 4);
    CHECK(file->body(*file->find("merged")) == "body\n#### Compiler\n");
    CHECK(file->body(*file->find("approved")) == "x\n");
    CHECK(file->body(*file->find("fcp")) == "f\n#### Tracking\ng\n");
    CHECK(file->body(*file->find("rfcs")) == "n\n");
    CHECK(file->find("approved")->heading_line == 5);
}

TEST_CASE("Headings in comments and code aren't headings") {
    const std::string text =
        "<!--\n## Updates from the Rust Project\n-->\n```\n## Updates from the Rust Project\n```\n";
    const auto file = draft::DraftFile::parse(text, policy(), "d.md");
    REQUIRE_FALSE(file);
    CHECK(file.error().code == ExitCode::file);
    CHECK_THAT(file.error().message, Contains("d.md") && Contains("Updates from the Rust Project"));
}

TEST_CASE("Replacing no body gives the same bytes, whatever they are") {
    const std::string text =
        "\xEF\xBB\xBF## Updates from the Rust Project\r\n\xFF\t\r\n### Final Comment Period";
    const auto file = draft::DraftFile::parse(text, policy(), "d.md");
    REQUIRE(file);
    CHECK(file->line_end() == "\r\n");
    CHECK(file->with_bodies({std::nullopt, std::nullopt}) == text);
    CHECK(file->with_bodies({std::nullopt, "x"}) == text + "\r\nx");
}

TEST_CASE("Every issue since 2024 and the template have their parts and come out as they went in") {
    const std::filesystem::path folder = std::string(SHARED_FOLDER) + "/published";
    if (!std::filesystem::exists(folder)) return;
    int issues = 0;
    std::map<std::string, int> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("2024-") && !name.starts_with("2025-") && name != "DRAFT_TEMPLATE") continue;
        const std::string text = read(entry.path());
        const auto file = draft::DraftFile::parse(text, policy(), name);
        INFO(name);
        REQUIRE(file);
        for (const auto& part : file->parts()) ++found[part.name];
        CHECK(file->with_bodies(std::vector<std::optional<std::string>>(file->parts().size())) == text);
        ++issues;
    }
    REQUIRE(issues > 100);
    CHECK(found["merged"] == issues);
    // Some issues leave one out.
    for (const char* part : {"triage", "approved", "fcp", "rfcs"}) {
        INFO(part);
        CHECK(found[part] >= issues - 2);
    }
}
