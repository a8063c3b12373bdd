#include "review/server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/random.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "review/interface.h"

namespace harvester::review {
namespace {

constexpr std::size_t longest_body = 256 * 1024;
constexpr std::size_t worker_threads = 16;  // a browser keeps six connections open for each tab it loads
constexpr std::chrono::milliseconds look_at_end_every{100};

// 256 bits that nobody can guess, as hexadecimal digits.
std::string secret() {
    unsigned char bytes[32];
    std::size_t got = 0;
    while (got < sizeof bytes) {
        const ssize_t more = getrandom(bytes + got, sizeof bytes - got, 0);
        if (more > 0) got += static_cast<std::size_t>(more);
    }
    std::string text;
    for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
    return text;
}

// Takes the same time wherever the texts differ.
bool same_secret(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |=
            static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
    return difference == 0;
}

std::string cookie(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const std::string_view pair = header.substr(0, header.find(';'));
        header.remove_prefix(std::min(header.size(), pair.size() + 1));
        const std::string_view bare = pair.substr(std::min(pair.size(), pair.find_first_not_of(' ')));
        const auto equals = bare.find('=');
        if (equals != std::string_view::npos && bare.substr(0, equals) == name)
            return std::string(bare.substr(equals + 1));
    }
    return {};
}

const char* media_type(std::string_view path) {
    if (path.ends_with(".html")) return "text/html; charset=utf-8";
    if (path.ends_with(".css")) return "text/css; charset=utf-8";
    if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (path.ends_with(".svg")) return "image/svg+xml";
    return "application/octet-stream";
}

const httplib::Headers safe_headers{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri "
     "'none'; "
     "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cache-Control", "no-store"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
};

}  // namespace

class Server::Impl {
  public:
    Impl(std::vector<Route> routes, std::span<const queries::EmbeddedFile> files,
         std::function<void(const std::string&)> talk)
        : routes_(std::move(routes)),
          files_(files),
          talk_(std::move(talk)),
          session_(secret()),
          token_(secret()) {
        server_.new_task_queue = [] { return new httplib::ThreadPool(worker_threads); };
        server_.set_payload_max_length(longest_body);
        server_.set_keep_alive_max_count(1000);
        server_.set_read_timeout(2);  // seconds
        server_.set_tcp_nodelay(true);
        server_.set_default_headers(safe_headers);
        // Without SO_REUSEPORT, which the library sets: another program could take a share of the
        // connections.
        server_.set_socket_options([](socket_t socket) {
            const int yes = 1;
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        using Handled = httplib::Server::HandlerResponse;
        // Before a body is read: what is refused here costs nothing.
        server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
            const Route* route = admit(request, response);
            if (route == nullptr) return Handled::Handled;
            if (route->method == "POST") return Handled::Unhandled;
            answer(*route, request, response);
            return Handled::Handled;
        });
        for (const Route& route : routes_)
            if (route.method == "POST")
                server_.Post(route.path,
                             [this, &route](const httplib::Request& request, httplib::Response& response) {
                                 answer(route, request, response);
                             });
        server_.set_error_handler([](const httplib::Request&, httplib::Response& response) {
            if (response.body.empty())
                refuse(response, response.status, "the request can't be read, or its body is too long");
        });
        server_.set_exception_handler(
            [](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
                refuse(response, 500, "an unexpected error; look at the terminal");
            });
    }

    Result<void> bind(int port) {
        port_ = port == 0                                 ? server_.bind_to_any_port("127.0.0.1")
                : server_.bind_to_port("127.0.0.1", port) ? port
                                                          : -1;
        if (port_ <= 0)
            return fail(ExitCode::usage,
                        fmt::format("port {}: it can't be used on 127.0.0.1; name another one with "
                                    "--port, or leave --port out for any free one",
                                    port));
        origin_ = fmt::format("http://127.0.0.1:{}", port_);
        cookie_name_ = fmt::format("harvester_review_{}", port_);
        return {};
    }

    std::string address() const {
        const std::lock_guard lock(token_mutex_);
        return origin_ + "/open?token=" + token_;
    }

    void run(const std::function<bool()>& ended) {
        std::thread listener([this] { server_.listen_after_bind(); });
        {
            std::unique_lock lock(stop_mutex_);
            while (!stopped_ && !ended()) stop_signal_.wait_for(lock, look_at_end_every);
        }
        while (!server_.is_running()) std::this_thread::yield();
        server_.stop();
        listener.join();
    }

    void stop() {
        const std::lock_guard lock(stop_mutex_);
        stopped_ = true;
        stop_signal_.notify_all();
    }

  private:
    static void refuse(httplib::Response& response, int status, const std::string& sentence) {
        response.status = status;
        response.set_content(error_json(sentence), "application/json");
    }

    // Why a request can't be from the page or from the person at this machine; empty: it may be.
    std::string foreign(const httplib::Request& request) const {
        const std::string host = origin_.substr(origin_.find("//") + 2);
        if (request.get_header_value_count("Host") != 1 || request.get_header_value("Host") != host)
            return "the Host of this server is " + host;
        const std::size_t origins = request.get_header_value_count("Origin");
        if (origins > 1 || (origins == 1 && request.get_header_value("Origin") != origin_))
            return "the Origin isn't this server";
        if (request.method == "POST" && origins == 0) return "a POST needs an Origin";
        const std::string site = request.get_header_value("Sec-Fetch-Site");
        if (!site.empty() && site != "same-origin" && site != "none")
            return "the request comes from another site";
        return {};
    }

    // The route of a request that may be answered; null: it was answered or refused here.
    const Route* admit(const httplib::Request& request, httplib::Response& response) {
        const auto refused = [&](int status, const std::string& sentence) -> const Route* {
            refuse(response, status, sentence);
            return nullptr;
        };
        if (const std::string why = foreign(request); !why.empty()) return refused(403, why);
        if (request.method == "GET" && request.path == "/open") {
            open(request, response);
            return nullptr;
        }
        if (!same_secret(cookie(request.get_header_value("Cookie"), cookie_name_), session_))
            return refused(403, "open the address that harvester review printed");
        if (request.method == "GET")
            for (const queries::EmbeddedFile& file : files_)
                if (request.path == (file.path == "index.html" ? "/" : "/" + std::string(file.path))) {
                    response.set_content(file.text.data(), file.text.size(), media_type(file.path));
                    return nullptr;
                }
        bool known_path = false;
        for (const Route& route : routes_) {
            known_path |= route.path == request.path;
            if (route.path == request.path && route.method == request.method)
                return admit_body(request, response) ? &route : nullptr;
        }
        return known_path ? refused(405, "this path doesn't have that method")
                          : refused(404, "there is no such path");
    }

    // A body has a known length, isn't compressed, and is JSON: nothing that a form of another site can send.
    static bool admit_body(const httplib::Request& request, httplib::Response& response) {
        if (request.has_header("Transfer-Encoding") || request.has_header("Content-Encoding") ||
            (request.method == "POST" && request.get_header_value_count("Content-Length") != 1)) {
            refuse(response, 411, "a body needs a Content-Length and no encoding");
            return false;
        }
        if (request.method == "POST" && request.get_header_value("Content-Type") != "application/json") {
            refuse(response, 415, "a body needs the Content-Type application/json");
            return false;
        }
        return true;
    }

    void answer(const Route& route, const httplib::Request& request, httplib::Response& response) {
        const std::lock_guard lock(answer_mutex_);
        Reply reply = route.answer(request.body);
        response.status = reply.status;
        response.set_content(reply.body, "application/json");
    }

    // Exchanges the token, once, for the cookie.
    void open(const httplib::Request& request, httplib::Response& response) {
        const std::lock_guard lock(token_mutex_);
        if (request.get_param_value_count("token") != 1 ||
            !same_secret(request.get_param_value("token"), token_)) {
            if (!shown_again_)
                talk_("an address that was used already was opened; the next one is " + origin_ +
                      "/open?token=" + token_);
            shown_again_ = true;
            return refuse(response, 403, "this address was used already; the terminal shows a new one");
        }
        token_ = secret();
        shown_again_ = false;
        response.set_header("Set-Cookie",
                            cookie_name_ + "=" + session_ + "; Path=/; HttpOnly; SameSite=Strict");
        response.set_redirect("/", 303);
    }

    httplib::Server server_;
    const std::vector<Route> routes_;
    const std::span<const queries::EmbeddedFile> files_;
    const std::function<void(const std::string&)> talk_;
    const std::string session_;
    int port_ = 0;
    std::string origin_, cookie_name_;
    mutable std::mutex token_mutex_;
    std::string token_;         // the one that works next
    bool shown_again_ = false;  // at the terminal, since it was made
    std::mutex answer_mutex_;
    std::mutex stop_mutex_;
    std::condition_variable stop_signal_;
    bool stopped_ = false;
};

Server::Server(std::vector<Route> routes, std::span<const queries::EmbeddedFile> files,
               std::function<void(const std::string&)> talk)
    : impl_(std::make_unique<Impl>(std::move(routes), files, std::move(talk))) {}
Server::~Server() = default;
Result<void> Server::bind(int port) {
    return impl_->bind(port);
}
std::string Server::address() const {
    return impl_->address();
}
void Server::run(const std::function<bool()>& ended) {
    impl_->run(ended);
}
void Server::stop() {
    impl_->stop();
}

}  // namespace harvester::review
