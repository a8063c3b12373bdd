// libcurl, loaded when a command first goes to the network. It brings some twenty-five libraries with it
// (TLS, Kerberos, LDAP, ...), and to load them takes longer than the rest of the way from the cache to a
// rendered week.
#pragma once

#include <curl/curl.h>

namespace harvester::github {

// What is called of it, without the prefix "curl_".
// clang-format off
#define HARVESTER_CURL_FUNCTIONS(each)                                                              \
    each(global_init) each(free)                                                                    \
    each(easy_init) each(easy_setopt) each(easy_getinfo) each(easy_strerror) each(easy_cleanup)     \
    each(multi_init) each(multi_add_handle) each(multi_perform) each(multi_poll)                    \
    each(multi_info_read) each(multi_remove_handle) each(multi_cleanup)                             \
    each(slist_append) each(slist_free_all)                                                         \
    each(url) each(url_set) each(url_get) each(url_cleanup)
// clang-format on

struct CurlLibrary {
#define HARVESTER_CURL_MEMBER(name) decltype(&::curl_##name) name = nullptr;
    HARVESTER_CURL_FUNCTIONS(HARVESTER_CURL_MEMBER)
#undef HARVESTER_CURL_MEMBER
};

// Loads and starts it at the first call, for the rest of the program's life; null when it isn't there or
// cannot be started.
const CurlLibrary* curl_library();

// Requires that curl_library() isn't null.
inline const CurlLibrary& curl() {
    return *curl_library();
}

// What to say and do when curl_library() is null.
inline constexpr const char* no_curl_library =
    "libcurl cannot be loaded: install it (on Debian: apt-get install libcurl4)";

}  // namespace harvester::github
