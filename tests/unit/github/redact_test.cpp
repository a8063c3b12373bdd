#include "github/redact.h"

#include "catch.h"

using harvester::github::phrase;
using harvester::github::redact;

TEST_CASE("Tokens of every kind are replaced, wherever they stand") {
    CHECK(redact("a ghp_0aZ9 b") == "a [token] b");
    CHECK(redact("gho_x,ghu_y;ghs_z ghr_q") == "[token],[token];[token] [token]");
    CHECK(redact("x=github_pat_11ABC_def\"") == "x=[token]\"");
    CHECK(redact("ghs_eyJhbGci.eyJpc3Mi.c2ln-bmF0 end") == "[token] end");
    CHECK(redact("nothing here, ghx_ neither") == "nothing here, ghx_ neither");
}

TEST_CASE("The very token is replaced whatever it looks like") {
    CHECK(redact("Bearer s3cr3t/+= and s3cr3t/+=s3cr3t/+=", "s3cr3t/+=") ==
          "Bearer [token] and [token][token]");
}

TEST_CASE("Foreign text becomes one short line") {
    CHECK(phrase("a\r\nb\x1b[0m\tc") == "a  b [0m c");
    CHECK(phrase("x\xffy") == "x\ufffdy");
    const std::string cut = phrase(std::string(1000, 'x'));
    CHECK(cut == std::string(300, 'x') + "...");
    CHECK(phrase(std::string(299, 'x') + "ghp_abcdef") == std::string(299, 'x') + "[...");
}
