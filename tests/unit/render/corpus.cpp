#include "corpus.h"

#include <zlib.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>

namespace test {

std::string file_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<nlohmann::json> shared_rows(const std::string& path) {
    const std::filesystem::path full = std::filesystem::path(SHARED_FOLDER) / path;
    if (!std::filesystem::exists(full)) return {};
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(full.c_str(), "rb"), &gzclose);
    std::string text(1 << 16, '\0'), all;
    for (int got; (got = gzread(file.get(), text.data(), static_cast<unsigned>(text.size()))) > 0;)
        all.append(text, 0, static_cast<std::size_t>(got));
    std::vector<nlohmann::json> rows;
    std::istringstream lines(all);
    for (std::string line; std::getline(lines, line);) rows.push_back(nlohmann::json::parse(line));
    return rows;
}

}  // namespace test
