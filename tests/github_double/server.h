// The HTTP side: GitHub's headers and refusals, faults, slowness, the log, and the doors for tests.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "faults.h"
#include "rate_limit.h"
#include "world.h"

namespace github_double {

struct ServerOptions {
    int port = 0;                       // 0: any that is free
    std::int64_t latency = 0;           // milliseconds a request
    std::int64_t item_time = 0;         // milliseconds more for each node of a search
    std::int64_t page_cap = INT64_MAX;  // a search for more a page takes "too long": 502
    std::int64_t points = 5000;         // an hour
    std::string token;                  // the only one that is taken; empty: any
    std::filesystem::path log;          // a line of JSON a request
    std::filesystem::path port_file;
};

class Server {
  public:
    Server(World& world, ServerOptions options);
    ~Server();
    Faults& faults();
    // Serves until stop(); throws std::runtime_error when the port cannot be had.
    void run();
    // May be called from another thread.
    void stop();

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace github_double
