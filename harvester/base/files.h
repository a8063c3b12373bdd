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
// happens in between. Keeps the old file's mode, owner and extended attributes; a symbolic link stays one,
// the file it names is replaced. A file with other hard links, or whose owner or attributes can't be given to
// a new one, is written in place while the new text is whole in a file beside it. Fails for what isn't a
// regular file, and for a read-only one.
Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view text);

}  // namespace harvester
