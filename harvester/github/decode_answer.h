// The common frame of all decoders: data's members one by one, and a Failure when something is wrong.
// Internal to github/.
#pragma once

#include <fmt/format.h>

#include "github/decode.h"
#include "github/json_reader.h"

namespace harvester::github {

// The sentence for an answer that cannot be decoded.
Failure undecodable(const Answer& answer, const std::string& what);

// Calls visit(out, reader, key, value) for each member of data.
template <class T, class Visit>
Result<T> decode_data(const Answer& answer, Visit visit) {
    T out;
    bool data = false;
    const auto wrong = json::read(answer.body, [&](json::Reader& reader, json::Key root, json::Value& value) {
        if (root != "data") return;
        data = true;
        reader.members(value, [&](json::Key key, json::Value& member) { visit(out, reader, key, member); });
    });
    if (wrong) return tl::unexpected<Failure>(undecodable(answer, *wrong));
    if (!data) return tl::unexpected<Failure>(undecodable(answer, "it lacks data"));
    return out;
}

// defaultBranchRef { name target { oid } }; both stay empty when it is null. `on_target` gets target's other
// members.
template <class OnTarget>
void decode_branch(json::Reader& reader, json::Value& value, std::size_t most, std::string& name,
                   std::string& commit, OnTarget on_target) {
    reader.members_unless_null(value, [&](json::Key key, json::Value& member) {
        if (key == "name") name = reader.text(member, most);
        if (key != "target") return;
        reader.members_unless_null(member, [&](json::Key inner, json::Value& target) {
            if (inner == "oid")
                commit = reader.text(target, most);
            else
                on_target(inner, target);
        });
    });
}

inline void decode_branch(json::Reader& reader, json::Value& value, std::size_t most, std::string& name,
                          std::string& commit) {
    decode_branch(reader, value, most, name, commit, [](json::Key, json::Value&) {});
}

}  // namespace harvester::github
