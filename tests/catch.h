// Catch2 behind one header: version 2 of Debian 12, version 3 of later systems. Tests write the matchers as
// version 2 names them.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>

namespace Catch {
using Catch::Matchers::StartsWith;

namespace Matchers {
// Version 3 gave the name to a matcher of ranges; a text is the better match for this overload.
inline StringContainsMatcher Contains(const char* text) {
    return ContainsSubstring(text);
}
inline StringContainsMatcher Contains(const std::string& text) {
    return ContainsSubstring(text);
}
inline StringContainsMatcher Contains(std::string& text) {
    return ContainsSubstring(text);
}
inline StringContainsMatcher Contains(std::string&& text) {
    return ContainsSubstring(text);
}
}  // namespace Matchers

using Catch::Matchers::Contains;
}  // namespace Catch

using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
