// commands/: one file a command: a plain struct of options and a run function. The parser fills the structs.
// Only this folder and main print, read the environment and ask the clock.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/failure.h"
#include "base/streams.h"
#include "profile/profile.h"

namespace harvester::cli {

// Options that every command takes.
struct GlobalOptions {
    std::string cache;    // --cache; empty: the default place
    std::string profile;  // --profile; empty: the embedded one
    std::string weights;  // --weights; empty: the default file
    std::string api_url;  // --api-url; empty: the environment's, then GitHub's
    bool offline = false;
    bool quiet = false;
    bool verbose = false;
    bool progress = false;        // also when stderr isn't a terminal
    bool serial = false;          // one request in flight
    std::int64_t max_wait = 900;  // seconds, for one wait that a limit asks for
};

// What a command runs with. Everything outlives the run.
struct Context {
    GlobalOptions global;
    Streams& streams;
    Clock& clock;
    Environment environment;
    std::filesystem::path working_folder;
};

// The profile that the options name.
Result<profile::Profile> load_profile(const Context& context);

// --cache, or $XDG_CACHE_HOME/harvester/harvester.db, or ~/.cache/harvester/harvester.db.
Result<std::filesystem::path> cache_path(const Context& context);

// A sentence on stderr, made safe for terminals; silent with --quiet.
void say(const Context& context, const std::string& sentence);
// The same, only with --verbose.
void say_verbose(const Context& context, const std::string& sentence);

}  // namespace harvester::cli
