#include "base/files.h"

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstdlib>

#include "catch.h"

using namespace harvester;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path;
    Folder() {
        std::string name = (fs::temp_directory_path() / "harvester-files.XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("Writing replaces the whole file, keeps its mode and leaves nothing else behind") {
    const Folder folder;
    const auto file = folder.path / "draft.md";
    REQUIRE(write_file_atomically(file, "old, and longer than the new one"));
    REQUIRE(::chmod(file.c_str(), 0640) == 0);
    REQUIRE(write_file_atomically(file, "new"));
    CHECK(*read_file(file) == "new");
    struct stat state {};
    REQUIRE(::stat(file.c_str(), &state) == 0);
    CHECK((state.st_mode & 0777) == 0640);
    CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 1);
}

TEST_CASE("A symbolic link stays one, and the file it names is replaced") {
    const Folder folder;
    const auto file = folder.path / "real.md";
    const auto link = folder.path / "link.md";
    REQUIRE(write_file_atomically(file, "old"));
    fs::create_symlink("real.md", link);
    REQUIRE(write_file_atomically(link, "new"));
    CHECK(fs::is_symlink(link));
    CHECK(*read_file(file) == "new");
}

TEST_CASE("A file that can't be read or written is reported by its path") {
    const Folder folder;
    const auto read = read_file(folder.path / "missing.md");
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ExitCode::file);
    CHECK_THAT(read.error().message, Catch::Contains("missing.md"));
    CHECK_FALSE(write_file_atomically(folder.path / "no folder" / "x.md", "x"));
    CHECK_FALSE(read_file(folder.path));
}

TEST_CASE("The other names of a file have the new text, too, and nothing is left beside it") {
    const Folder folder;
    const auto file = folder.path / "draft.md", other = folder.path / "other.md";
    REQUIRE(write_file_atomically(file, "old, and longer than the new one"));
    fs::create_hard_link(file, other);
    REQUIRE(write_file_atomically(file, "new"));
    CHECK(*read_file(other) == "new");
    CHECK(fs::hard_link_count(file) == 2);
    CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 2);
}

TEST_CASE("Extended attributes stay with the file") {
    const Folder folder;
    const auto file = folder.path / "draft.md";
    REQUIRE(write_file_atomically(file, "old"));
    if (::setxattr(file.c_str(), "user.note", "mine", 4, 0) != 0) return;  // a file system without them
    REQUIRE(write_file_atomically(file, "new"));
    char value[8] = {};
    CHECK(::getxattr(file.c_str(), "user.note", value, sizeof value) == 4);
    CHECK(std::string(value) == "mine");
}

TEST_CASE("A read-only file and what isn't a regular file are refused and left as they are") {
    const Folder folder;
    const auto file = folder.path / "draft.md", pipe = folder.path / "pipe", link = folder.path / "link";
    REQUIRE(write_file_atomically(file, "old"));
    REQUIRE(::chmod(file.c_str(), 0444) == 0);
    CHECK_FALSE(write_file_atomically(file, "new"));
    CHECK(*read_file(file) == "old");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    fs::create_symlink("pipe", link);
    CHECK_FALSE(write_file_atomically(pipe, "new"));
    CHECK_FALSE(write_file_atomically(link, "new"));
    CHECK(fs::is_fifo(pipe));
}
