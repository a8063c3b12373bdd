// A checked view of a TOML table: every reader says file, line and key when something is wrong, and a key
// that nobody asked for is an error, so that a typo never goes unseen.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.h"

namespace harvester::profile {

// Reads throw ProfileError; load_profile turns it into a Failure with ExitCode::usage.
struct ProfileError {
    std::string message;
};

class TomlTable {
  public:
    // Parses a whole file. `name` is how messages call it. Throws ProfileError.
    static TomlTable parse(std::string_view text, const std::string& name);
    TomlTable(const TomlTable&) = default;

    bool has(std::string_view key) const;
    std::string text(std::string_view key) const;                        // required
    std::string text(std::string_view key, std::string fallback) const;  // optional
    std::int64_t integer(std::string_view key, std::optional<std::int64_t> fallback = std::nullopt) const;
    double number(std::string_view key, std::optional<double> fallback = std::nullopt) const;
    bool boolean(std::string_view key, std::optional<bool> fallback = std::nullopt) const;
    std::vector<std::string> texts(std::string_view key) const;          // absent: empty; one string: one element
    TomlTable table(std::string_view key) const;                         // absent: an empty table
    std::vector<TomlTable> tables(std::string_view key) const;           // [[key]]; absent: empty
    std::vector<std::string> keys() const;                               // in the file's order

    // "twir.toml:12: drop.pattern: ..." for an error that the caller found in the value of `key`.
    [[noreturn]] void refuse(std::string_view key, const std::string& problem) const;
    // Throws when a key here, or in a table read from here, was never asked for.
    void check_all_read() const;

  private:
    struct Node;
    explicit TomlTable(std::shared_ptr<Node> node) : node_(std::move(node)) {}
    std::shared_ptr<Node> node_;
};

}  // namespace harvester::profile
