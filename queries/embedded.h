// queries/: what is asked of GitHub and of the cache, and the newsletter's policy, all as data.
// This header gives the program the text of those files, embedded at build time.
#pragma once

#include <span>
#include <string_view>

namespace harvester::queries {

struct EmbeddedFile {
    std::string_view path;  // below queries/, "github/search.graphql"
    std::string_view text;  // lives as long as the program
};

// All embedded files, sorted by path.
std::span<const EmbeddedFile> embedded_files();

// The text of one file; empty when there is none of that path.
std::string_view embedded(std::string_view path);

}  // namespace harvester::queries
