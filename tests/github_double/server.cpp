#include "server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <thread>

#include "connection_tricks.h"
#include "execute.h"
#include "search.h"

namespace github_double {
namespace {

constexpr auto json_type = "application/json; charset=utf-8";

struct Request {
    std::int64_t number = 0;
    std::string document, operation, variables_text;
    Json variables;
};

std::string message_body(const std::string& message, int status) {
    return Json{{"message", message},
                {"documentation_url", "https://docs.github.com/graphql"},
                {"status", std::to_string(status)}}
        .dump();
}

std::string html_page(const std::string& title) {
    return fmt::format(
        "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></"
        "center>\r\n<hr><center>nginx"
        "</center>\r\n</body>\r\n</html>\r\n",
        title);
}

std::string errors_body(const std::vector<Json>& errors) {
    return Json{{"errors", errors}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The largest page that a search of the request asks for.
std::int64_t largest_page(const Request& request) {
    std::int64_t out = 0;
    if (request.variables.is_object())
        for (const auto& [name, value] : request.variables.items())
            if (value.is_number_integer() && (name == "first" || name == "pageSize"))
                out = std::max(out, value.get<std::int64_t>());
    return out;
}

}  // namespace

struct Server::Inside {
    Inside(World& a_world, ServerOptions some) : world(a_world), options(std::move(some)) {
        limit.limit = options.points;
        limit.reset = now() + std::chrono::hours{1};
        if (!options.log.empty()) log.open(options.log, std::ios::app);
    }

    Instant now() const {
        return world.now +
               std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now() - started);
    }

    void limit_headers(httplib::Response& response) {
        response.set_header("x-ratelimit-limit", std::to_string(limit.limit));
        response.set_header("x-ratelimit-remaining", std::to_string(limit.limit - limit.used));
        response.set_header("x-ratelimit-used", std::to_string(limit.used));
        response.set_header("x-ratelimit-reset", std::to_string(limit.reset.time_since_epoch().count()));
        response.set_header("x-ratelimit-resource", "graphql");
    }

    static void answer(httplib::Response& response, int status, const std::string& body,
                       const char* type = json_type) {
        response.status = status;
        response.set_content(body, type);
    }

    // What is refused before anything is read.
    bool refused(const httplib::Request& request, httplib::Response& response) const {
        if (request.get_header_value("User-Agent").empty()) {
            answer(response, 403,
                   "Request forbidden by administrative rules. Please make sure your request has a "
                   "User-Agent header.",
                   "text/plain");
            return true;
        }
        const auto authorization = request.get_header_value("Authorization");
        const auto space = authorization.find(' ');
        const auto token = space == std::string::npos ? std::string() : authorization.substr(space + 1);
        if (token.empty())
            answer(response, 401, message_body("This endpoint requires you to be authenticated.", 401));
        else if (!options.token.empty() && token != options.token)
            answer(response, 401, message_body("Bad credentials", 401));
        else
            return false;
        return true;
    }

    void post(const httplib::Request& http, httplib::Response& response) {
        const auto begin = std::chrono::steady_clock::now();
        Request request;
        request.number = ++requests;
        const auto running = ++in_flight;
        for (auto most = most_in_flight.load();
             running > most && !most_in_flight.compare_exchange_weak(most, running);) {
        }
        response.set_header("x-github-request-id", fmt::format("D0BE:{:06X}", request.number));
        std::string fault_name;
        std::int64_t items = 0;
        if (!refused(http, response)) {
            try {
                const auto json = Json::parse(http.body);
                request.document = json.at("query");
                request.operation = json.contains("operationName") && json["operationName"].is_string()
                                        ? json["operationName"].get<std::string>()
                                        : "";
                request.variables = json.contains("variables") && !json["variables"].is_null()
                                        ? json["variables"]
                                        : Json::object();
                request.variables_text =
                    request.variables.dump(-1, ' ', false, Json::error_handler_t::replace);
                be_overtaken(request.operation);
                if (const auto fault = faults.meet(request.operation, request.variables_text)) {
                    fault_name = fault->name;
                    items = serve_with(*fault, request, http, response);
                } else {
                    items = serve(request, {}, response);
                }
            } catch (const Json::exception&) {
                answer(response, 400, message_body("Problems parsing JSON", 400));
            }
        }
        const auto length = std::chrono::milliseconds{options.latency + options.item_time * items};
        if (length.count() > 0) std::this_thread::sleep_until(begin + length);
        --in_flight;
        note(request, response, fault_name, items);
    }

    void note(const Request& request, const httplib::Response& response, const std::string& fault,
              std::int64_t items) {
        const std::lock_guard lock(log_mutex);
        ++operations[request.operation];
        bytes += response.body.size();
        if (log.is_open())
            log << Json{{"n", request.number},
                        {"operation", request.operation},
                        {"variables", request.variables},
                        {"status", response.status},
                        {"bytes", response.body.size()},
                        {"items", items},
                        {"fault", fault}}
                       .dump(-1, ' ', false, Json::error_handler_t::replace)
                << std::endl;
    }

    // Executes and answers; gives the number of nodes of searches.
    std::int64_t serve(const Request& request, const Alteration& alteration, httplib::Response& response) {
        if (largest_page(request) > options.page_cap) {
            limit_headers(response);
            answer(response, 502, html_page("502 Bad Gateway"), "text/html");
            return 0;
        }
        const std::lock_guard lock(world_mutex);
        if (limit.used >= limit.limit) {
            // Says so once; then the hour is over, however short it was by this machine's clock.
            limit_headers(response);
            answer(response, 200,
                   errors_body(
                       {{{"type", "RATE_LIMITED"}, {"message", "API rate limit exceeded for user ID 1."}}}));
            limit.used = 0;
            limit.reset += std::chrono::hours{1};
            return 0;
        }
        try {
            const auto prepared = prepare(request.document, request.operation, request.variables);
            limit.used = std::min(limit.limit, limit.used + prepared.cost);
            Execution execution{world, searches, prepared, alteration, limit};
            const auto body = execute(execution);
            limit_headers(response);
            answer(response, 200, body);
            return execution.items;
        } catch (const RequestErrors& wrong) {
            limit_headers(response);
            answer(response, 200, errors_body(wrong.errors));
            return 0;
        }
    }

    void limit_fault(const Fault& fault, httplib::Response& response) {
        const std::lock_guard lock(world_mutex);
        const auto before = limit;
        limit.used = limit.limit;
        limit.reset = now() + std::chrono::seconds{fault.number().value_or(60)};
        limit_headers(response);
        limit = before;
        const bool short_form = fault.name == "rate-limit";
        Json error{{"type", short_form ? "RATE_LIMIT" : "RATE_LIMITED"}};
        if (short_form) error["code"] = "graphql_rate_limit";
        error["message"] = short_form ? "API rate limit already exceeded for user ID 1."
                                      : "API rate limit exceeded for user ID 1.";
        answer(response, 200, errors_body({error}));
    }

    void refuse_for_now(const Fault& fault, httplib::Response& response) {
        if (const auto seconds = fault.number()) response.set_header("Retry-After", std::to_string(*seconds));
        limit_headers(response);
        const int status = fault.name == "429" ? 429 : fault.name == "secondary-200" ? 200 : 403;
        const std::string message =
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If "
            "you reach out to GitHub Support "
            "for help, please include the request ID.";
        answer(response, status,
               status == 200 ? errors_body({{{"message", message}}}) : message_body(message, status));
    }

    // A good answer, spoilt: `body` is what the client shall believe to be `claimed` bytes long.
    static void cut_short(httplib::Response& response) {
        const auto whole = response.body;
        response.body.clear();
        response.set_content_provider(whole.size(), json_type,
                                      [whole](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                          if (offset > 0) return false;
                                          sink.write(whole.data(), whole.size() / 2);
                                          return true;
                                      });
    }

    static void spoil_data(httplib::Response& response, const Json& error) {
        auto body = Json::parse(response.body);
        if (!body.contains("data") || !body["data"].is_object()) return;
        for (auto& [key, member] : body["data"].items())
            if (key != "rateLimit") {
                member = nullptr;
                break;
            }
        body["errors"].push_back(error);
        response.body = body.dump();
    }

    std::int64_t serve_with(const Fault& fault, const Request& request, const httplib::Request& http,
                            httplib::Response& response) {
        const auto& name = fault.name;
        if (name == "500" || name == "502" || name == "503" || name == "504" || name == "502-after") {
            if (name == "502-after") serve(request, {}, response);
            const auto status = std::stoi(name.substr(0, 3));
            answer(response, status, html_page(name.substr(0, 3) + " Server Error"), "text/html");
        } else if (name == "too-heavy" || name == "resource-limits") {
            if (largest_page(request) <= fault.number().value_or(0)) return serve(request, {}, response);
            if (name == "too-heavy") {
                answer(response, 502, html_page("502 Bad Gateway"), "text/html");
            } else {
                serve(request, {}, response);
                spoil_data(response, {{"type", "RESOURCE_LIMITS_EXCEEDED"},
                                      {"path", {"search"}},
                                      {"message", "Resource limits for this query exceeded."}});
            }
        } else if (name == "went-wrong") {
            answer(response, 200,
                   errors_body({{{"message",
                                  "Something went wrong while executing your query. Please include `D0BE:1` "
                                  "when reporting this issue."}}}));
        } else if (name == "html") {
            answer(response, 200, html_page("Whoa there!"), "text/html");
        } else if (name == "truncated" || name == "malformed" || name == "huge" || name == "empty") {
            serve(request, {}, response);
            if (name == "truncated") cut_short(response);
            if (name == "malformed") response.body.resize(response.body.size() / 2);
            if (name == "empty") response.body.clear();
            if (name == "huge")
                response.body.insert(1, static_cast<std::size_t>(fault.number().value_or(64)) << 20, ' ');
        } else if (name == "reset") {
            reset_connection(http.remote_port);
        } else if (name == "hang") {
            wait_until_given_up(http.remote_port, stopped);
        } else if (name == "slow") {
            std::this_thread::sleep_for(std::chrono::milliseconds{fault.number().value_or(100)});
            return serve(request, {}, response);
        } else if (name == "redirect") {
            response.set_redirect("http://127.0.0.1:1/graphql", 302);
        } else if (name == "401") {
            answer(response, 401, message_body("Bad credentials", 401));
        } else if (name == "forbidden") {
            limit_headers(response);
            answer(response, 403, message_body("Resource not accessible by personal access token", 403));
        } else if (name.starts_with("secondary") || name == "429") {
            refuse_for_now(fault, response);
        } else if (name.starts_with("rate-limit")) {
            limit_fault(fault, response);
        } else if (name == "last-point") {
            {
                const std::lock_guard lock(world_mutex);
                limit.used = limit.limit - 1;
                limit.reset = now() + std::chrono::minutes{5};
            }
            const auto items = serve(request, {}, response);
            const std::lock_guard lock(world_mutex);
            limit.used = 0;
            return items;
        } else {
            return serve(request, fault.alteration(), response);
        }
        return 0;
    }

    // Makes the changes that were to come in just before a request of this operation.
    void be_overtaken(const std::string& operation) {
        const std::lock_guard lock(world_mutex);
        const auto waiting = overtaking.find(operation);
        if (waiting == overtaking.end()) return;
        const Json changes = std::move(waiting->second);
        overtaking.erase(waiting);
        for (const auto& change : changes) world.edit(change);
    }

    Json state() {
        Json out;
        {
            const std::lock_guard lock(world_mutex);
            out = world.state();
        }
        const std::lock_guard lock(log_mutex);
        out["requests"] = requests.load();
        out["bytes"] = bytes;
        out["mostInFlight"] = most_in_flight.load();
        out["operations"] = operations;
        return out;
    }

    // {"faults": SPECIFICATION}, {"reset": true} for the counters, {"changes": [...]} to the world, and
    // {"before": {OPERATION: [...]}} changes that wait for the next request of an operation and come in just
    // before it: somebody else was faster. Any of them.
    void edit(const Json& json) {
        if (json.contains("faults")) faults.set(json["faults"]);
        if (json.value("reset", false)) {
            const std::lock_guard lock(log_mutex);
            requests = 0;
            bytes = 0;
            most_in_flight = 0;
            operations.clear();
        }
        const std::lock_guard lock(world_mutex);
        for (const auto& change : json.value("changes", Json::array())) world.edit(change);
        const auto waiting = json.value("before", Json::object());
        for (const auto& [operation, changes] : waiting.items()) overtaking[operation] = changes;
    }

    World& world;
    Search searches;
    ServerOptions options;
    httplib::Server listener;
    Faults faults;
    RateLimit limit;
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    std::mutex world_mutex, log_mutex;
    std::ofstream log;
    std::atomic<std::int64_t> requests{0}, in_flight{0}, most_in_flight{0};
    std::uint64_t bytes = 0;
    std::map<std::string, std::int64_t> operations;
    std::map<std::string, Json> overtaking;  // changes by the operation that they wait for
    std::atomic<bool> stopped{false};
};

Server::Server(World& world, ServerOptions options)
    : inside_(std::make_unique<Inside>(world, std::move(options))) {
    if (const auto missing = fields_without_resolver(); !missing.empty())
        throw std::logic_error("no resolver for " + missing.front());
}

Server::~Server() = default;

Faults& Server::faults() {
    return inside_->faults;
}

void Server::run() {
    auto& in = *inside_;
    // Every kept-alive connection holds a thread.
    in.listener.new_task_queue = [] { return new httplib::ThreadPool(64); };
    in.listener.set_keep_alive_max_count(100'000'000);
    in.listener.set_keep_alive_timeout(120);
    in.listener.set_tcp_nodelay(true);
    in.listener.Post("/graphql", [&in](const httplib::Request& request, httplib::Response& response) {
        in.post(request, response);
    });
    in.listener.Get("/_state", [&in](const httplib::Request&, httplib::Response& response) {
        in.answer(response, 200, in.state().dump());
    });
    in.listener.Post("/_edit", [&in](const httplib::Request& request, httplib::Response& response) {
        try {
            in.edit(Json::parse(request.body));
            in.answer(response, 200, "{}");
        } catch (const std::exception& error) {
            in.answer(response, 422, message_body(error.what(), 422));
        }
    });
    const std::string host = "127.0.0.1";
    if (in.options.port == 0)
        in.options.port = in.listener.bind_to_any_port(host);
    else if (!in.listener.bind_to_port(host, in.options.port))
        in.options.port = -1;
    if (in.options.port <= 0) throw std::runtime_error("the port cannot be had");
    if (!in.options.port_file.empty()) {
        // Whole or not at all: tests wait for the file to be there.
        const auto half = in.options.port_file.string() + ".new";
        std::ofstream(half) << in.options.port << '\n';
        std::filesystem::rename(half, in.options.port_file);
    }
    fmt::print("http://{}:{}/graphql\n", host, in.options.port);
    std::fflush(stdout);
    in.listener.listen_after_bind();
}

void Server::stop() {
    inside_->stopped = true;
    inside_->listener.stop();
}

}  // namespace github_double
