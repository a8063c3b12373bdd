#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/descriptor.h"

namespace harvester {
namespace {

constexpr std::size_t most_bytes = 64 * 1024 * 1024;

tl::unexpected<Failure> system_failure(const std::filesystem::path& path, const char* what) {
    return fail(ExitCode::file, fmt::format("{}: {}: {}; check the path and its permissions", path.string(),
                                            what, std::strerror(errno)));
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// Where a symbolic link leads, also when nothing is there yet.
std::filesystem::path resolved(const std::filesystem::path& path) {
    std::error_code error;
    const auto target = std::filesystem::weakly_canonical(path, error);
    return error ? path : target;
}

// Owner, mode and extended attributes of the old file for the new one; false when they can't be given.
bool dress_like(int file, const std::string& old_path, const struct stat& old) {
    struct stat now {};
    if (::fstat(file, &now) != 0) return false;
    if ((now.st_uid != old.st_uid || now.st_gid != old.st_gid) && ::fchown(file, old.st_uid, old.st_gid) != 0)
        return false;
    if (::fchmod(file, old.st_mode & 07777) != 0) return false;
    const ssize_t size = ::listxattr(old_path.c_str(), nullptr, 0);
    if (size <= 0) return true;  // none, or a file system without them
    std::string names(static_cast<std::size_t>(size), '\0');
    const ssize_t got = ::listxattr(old_path.c_str(), names.data(), names.size());
    for (std::size_t at = 0; got > 0 && at < static_cast<std::size_t>(got);
         at += std::strlen(names.c_str() + at) + 1) {
        const char* name = names.c_str() + at;
        const ssize_t length = ::getxattr(old_path.c_str(), name, nullptr, 0);
        if (length < 0) return false;
        std::string value(static_cast<std::size_t>(length), '\0');
        const ssize_t read = ::getxattr(old_path.c_str(), name, value.data(), value.size());
        if (read < 0 || ::fsetxattr(file, name, value.data(), static_cast<std::size_t>(read), 0) != 0)
            return false;
    }
    return true;
}

// Into the file that is there.
bool write_in_place(const std::filesystem::path& target, std::string_view text) {
    Descriptor file(::open(target.c_str(), O_WRONLY | O_CLOEXEC));
    return file.get() >= 0 && ::ftruncate(file.get(), 0) == 0 && write_all(file.get(), text) &&
           ::fsync(file.get()) == 0 && file.close();
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return system_failure(path, "cannot be read");
    std::string text;
    char buffer[65536];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failure(path, "cannot be read");
        if (got == 0) return text;
        text.append(buffer, static_cast<std::size_t>(got));
        if (text.size() > most_bytes)
            return fail(ExitCode::file,
                        fmt::format("{}: is larger than 64 MiB; name the right file", path.string()));
    }
}

Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view text) {
    const auto target = resolved(path);
    struct stat old {};
    const bool exists = ::stat(target.c_str(), &old) == 0;
    if (exists && !S_ISREG(old.st_mode))
        return fail(ExitCode::file,
                    fmt::format("{}: it isn't a regular file, so nothing was written", path.string()));
    if (exists && ((old.st_mode & 0222) == 0 || ::access(target.c_str(), W_OK) != 0))
        return fail(
            ExitCode::file,
            fmt::format("{}: it is read-only, so nothing was written; allow writing to it", path.string()));
    const auto folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
    std::string temporary = (folder / ("." + target.filename().string() + ".XXXXXX")).string();
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.get() < 0) return system_failure(target, "cannot be written");
    const auto give_up = [&](const char* what) {
        const auto failure = system_failure(target, what);
        ::unlink(temporary.c_str());
        return failure;
    };
    if (!exists) {
        const mode_t mask = ::umask(0);
        ::umask(mask);
        if (::fchmod(file.get(), 0666 & ~mask) != 0) return give_up("cannot be written");
    }
    const bool replaceable = !exists || (old.st_nlink == 1 && dress_like(file.get(), target.string(), old));
    if (!write_all(file.get(), text) || ::fsync(file.get()) != 0 || !file.close())
        return give_up("cannot be written");
    if (!replaceable) {
        // Another name of the file, its owner or its attributes would be lost: the whole new text is on the
        // disk beside it.
        if (!write_in_place(target, text))
            return fail(ExitCode::file, fmt::format("{}: it cannot be written ({}); the new text is in {}",
                                                    target.string(), std::strerror(errno), temporary));
        ::unlink(temporary.c_str());
        return {};
    }
    if (::rename(temporary.c_str(), target.c_str()) != 0) return give_up("cannot be replaced");
    // The new name is on the disk only when the folder is.
    const Descriptor entry(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (entry.get() >= 0) ::fsync(entry.get());
    return {};
}

}  // namespace harvester
