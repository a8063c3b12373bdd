#include "github/curl_library.h"

#include <dlfcn.h>

#include <optional>
#include <type_traits>

namespace harvester::github {
namespace {

// libcurl's name for its binary interface, the same since 2006.
constexpr const char* library_name = "libcurl.so.4";

std::optional<CurlLibrary> load() {
    void* const library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return std::nullopt;
    CurlLibrary out;
    bool complete = true;
    const auto find = [&](const char* name, auto& function) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
        complete = complete && function != nullptr;
    };
#define HARVESTER_CURL_FIND(name) find("curl_" #name, out.name);
    HARVESTER_CURL_FUNCTIONS(HARVESTER_CURL_FIND)
#undef HARVESTER_CURL_FIND
    if (!complete || out.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return std::nullopt;
    return out;
}

}  // namespace

const CurlLibrary* curl_library() {
    static const std::optional<CurlLibrary> library = load();
    return library ? &*library : nullptr;
}

}  // namespace harvester::github
