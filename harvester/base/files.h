// Whole files, read and written.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/failure.h"

namespace harvester {

// Fails with ExitCode::file when there is no such file, it is a folder, or it is larger than 64 MiB.
Result<std::string> read_file(const std::filesystem::path& path);

// Replaces a file's text or makes the file: either the old text or the whole new one is there, whatever
// happens in between. Keeps the mode of the old file; a symbolic link stays one, the file it names is
// replaced.
Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view text);

}  // namespace harvester
