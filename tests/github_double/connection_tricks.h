// What cpp-httplib doesn't offer: an open connection reset, or left without any answer.
#pragma once

#include <atomic>

namespace github_double {

// Ends the connection from `remote_port` with RST. Nothing that is written to it later arrives.
void reset_connection(int remote_port);

// Returns when the other side has closed the connection from `remote_port`, or when `stopped` is set.
void wait_until_given_up(int remote_port, const std::atomic<bool>& stopped);

}  // namespace github_double
