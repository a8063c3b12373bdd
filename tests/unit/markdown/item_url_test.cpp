#include "markdown/item_url.h"

#include <catch.h>

using namespace harvester::markdown;

TEST_CASE("An item's URL gives host, repository, kind and number") {
    const auto url = read_item_url("https://github.com/Rust-Lang/rust/pull/12/files?x#y");
    REQUIRE(url);
    CHECK(url->host == "github.com");
    CHECK(url->repository == "Rust-Lang/rust");
    CHECK(url->kind == ItemUrl::Kind::pull);
    CHECK(url->number == 12);
    CHECK(url->rest == "/files?x#y");
    CHECK(url->key() == "rust-lang/rust#12");
    CHECK(read_item_url("http://h/o/r/issues/3")->kind == ItemUrl::Kind::issues);
}

TEST_CASE("What isn't an item's URL is none") {
    for (const char* url :
         {"https://github.com/o/r/pull/0", "https://github.com/o/r/pull/3.", "https://github.com/o/r/pulls/3",
          "https://github.com/o/r/pull/", "https://github.com/o//pull/1",
          "https://github.com/o/r/pull/99999999999999999999", "ftp://h/o/r/pull/1", "", "https://"}) {
        INFO(url);
        CHECK_FALSE(read_item_url(url));
    }
}

TEST_CASE("Two URLs of one item have the same key") {
    CHECK(link_key("https://github.com/Rust-Lang/rust/pull/12") == "rust-lang/rust#12");
    CHECK(link_key("http://github.com/rust-lang/rust/issues/12#issuecomment-1") == "rust-lang/rust#12");
    CHECK(link_key("https://github.com/rust-lang/rust/pull/12/files?x=1") == "rust-lang/rust#12");
    CHECK(link_key("https://a.example/x/") == "url:https://a.example/x");
}

TEST_CASE("The items of a text are found however their URLs are written") {
    using Keys = std::vector<std::string>;
    CHECK(item_keys("[a](https://github.com/o/r/pull/1) <https://github.com/o/r/issues/2>, "
                    "https://github.com/o/r/pull/3. "
                    "`https://github.com/o/r/pull/4` [again](https://github.com/O/R/issues/1)") ==
          Keys{"o/r#1", "o/r#2", "o/r#3", "o/r#4"});
    CHECK(item_keys("https://github.com/o/r and nothing").empty());
}
