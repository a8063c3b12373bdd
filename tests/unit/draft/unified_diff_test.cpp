#include "draft/unified_diff.h"

#include "catch.h"

using namespace harvester;

TEST_CASE("A unified diff has three lines of context and joins near changes") {
    CHECK(draft::unified_diff("a\n", "a\n", "x", "x").empty());
    CHECK(draft::unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "x", "y") ==
          "--- x\n+++ y\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    CHECK(draft::unified_diff("", "new\n", "x", "x") == "--- x\n+++ x\n@@ -0,0 +1 @@\n+new\n");
    std::string before;
    for (int i = 0; i < 30; ++i) before += std::to_string(i) + "\n";
    std::string after = "first\n" + before + "last\n";
    CHECK(draft::unified_diff(before, after, "x", "x") ==
          "--- x\n+++ x\n@@ -1,3 +1,4 @@\n+first\n 0\n 1\n 2\n@@ -28,3 +29,4 @@\n 27\n 28\n 29\n+last\n");
}

TEST_CASE("A missing line break at the end is reported") {
    CHECK(draft::unified_diff("a\nb", "a\nb\n", "x", "x") ==
          "--- x\n+++ x\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
}
