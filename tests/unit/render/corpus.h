// The real data beside the project, where they are.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace test {

// The text of a file; empty when it isn't there.
std::string file_text(const std::filesystem::path& path);

// The rows of a .jsonl.gz file below SHARED_FOLDER; none when it isn't there.
std::vector<nlohmann::json> shared_rows(const std::string& path);

}  // namespace test
