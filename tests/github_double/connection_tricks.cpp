#include "connection_tricks.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstring>
#include <filesystem>
#include <string>

namespace github_double {
namespace {

// The library hides its sockets; among the open files of this process the one with that peer is it.
int find_socket(int remote_port) {
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int file = std::stoi(entry.path().filename().string());
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        if (getpeername(file, reinterpret_cast<sockaddr*>(&peer), &size) != 0) continue;
        sockaddr_in address{};
        std::memcpy(&address, &peer, sizeof address);
        if (address.sin_family == AF_INET && ntohs(address.sin_port) == remote_port) return file;
    }
    return -1;
}

}  // namespace

void reset_connection(int remote_port) {
    const int file = find_socket(remote_port);
    if (file < 0) return;
    const linger at_once{1, 0};
    setsockopt(file, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    // On Linux this dissolves the association: the peer gets RST, the library keeps its descriptor.
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    connect(file, &nobody, sizeof nobody);
}

void wait_until_given_up(int remote_port, const std::atomic<bool>& stopped) {
    const int file = find_socket(remote_port);
    if (file < 0) return;
    while (!stopped) {
        pollfd one{file, POLLRDHUP, 0};
        if (poll(&one, 1, 50) > 0 && (one.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) return;
    }
}

}  // namespace github_double
