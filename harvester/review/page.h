// The files of the page, page/*, embedded at build time.
#pragma once

#include <span>
#include <string_view>

#include "queries/embedded.h"

namespace harvester::review {

using queries::EmbeddedFile;

// Sorted by path: "app.js", "index.html", ...
std::span<const EmbeddedFile> embedded_files();

// The text of one file; empty when there is none of that name.
std::string_view embedded(std::string_view path);

}  // namespace harvester::review
