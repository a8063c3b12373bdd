#include "github/curl_transport.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "github/redact.h"

namespace harvester::github {
namespace {

struct EasyCleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiCleanup {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListCleanup {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;
using Multi = std::unique_ptr<CURLM, MultiCleanup>;
using List = std::unique_ptr<curl_slist, ListCleanup>;

// One request on its way; libcurl holds pointers to it, so it doesn't move.
struct Transfer {
    std::uint64_t ticket = 0;
    std::string request;
    HttpResponse response;
    std::size_t largest_body = 0;
    bool too_large = false;
    std::array<char, CURL_ERROR_SIZE> error{};
    Easy handle;
};

std::size_t take_body(char* data, std::size_t, std::size_t size, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (size > transfer.largest_body - transfer.response.body.size()) {
        transfer.too_large = true;
        return 0;
    }
    transfer.response.body.append(data, size);
    return size;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* user) {
    constexpr std::size_t most_headers = 200;
    auto& headers = static_cast<Transfer*>(user)->response.headers;
    const std::string_view line(data, size);
    if (line.starts_with("HTTP/")) {  // the headers of an interim answer are over
        headers.clear();
        return size;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || headers.size() >= most_headers) return size;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    headers.emplace_back(std::move(name), trimmed(line.substr(colon + 1)));
    return size;
}

TransportError error_kind(CURLcode code, CURL* handle) {
    switch (code) {
        case CURLE_OK:
            return TransportError::none;
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return TransportError::resolve;
        case CURLE_COULDNT_CONNECT:
            return TransportError::connect;
        case CURLE_OPERATION_TIMEDOUT: {
            curl_off_t sent_at = 0;
            curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &sent_at);
            return sent_at == 0 ? TransportError::connect : TransportError::timeout;
        }
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
            return TransportError::tls;
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_WEIRD_SERVER_REPLY:
            return TransportError::reset;
        default:
            return TransportError::other;
    }
}

class CurlTransport final : public Transport {
  public:
    CurlTransport(CurlOptions options, Multi multi, List headers)
        : options_(std::move(options)), headers_(std::move(headers)), multi_(std::move(multi)) {}

    ~CurlTransport() override {
        for (auto& [handle, transfer] : transfers_) curl_multi_remove_handle(multi_.get(), handle);
    }
    CurlTransport(const CurlTransport&) = delete;
    CurlTransport& operator=(const CurlTransport&) = delete;

    std::uint64_t start(HttpRequest request) override {
        auto transfer = std::make_unique<Transfer>();
        transfer->ticket = ++last_ticket_;
        transfer->request = std::move(request.body);
        transfer->largest_body = options_.largest_body;
        transfer->handle.reset(curl_easy_init());
        CURL* handle = transfer->handle.get();
        if (handle == nullptr || !set_up(*transfer) ||
            curl_multi_add_handle(multi_.get(), handle) != CURLM_OK) {
            HttpResponse response;
            response.error = TransportError::other;
            response.error_text = "libcurl refuses the request";
            failed_at_start_.push_back({transfer->ticket, std::move(response)});
            return last_ticket_;
        }
        transfers_.emplace(handle, std::move(transfer));
        return last_ticket_;
    }

    std::optional<Completion> wait(Milliseconds timeout) override {
        if (auto completion = ended()) return completion;
        if (transfers_.empty()) return std::nullopt;
        constexpr Milliseconds longest{60'000};
        const auto length = std::clamp(timeout, Milliseconds{0}, longest);
        curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(length.count()), nullptr);
        return ended();
    }

  private:
    // Moves everything on and takes the first request that has ended.
    std::optional<Completion> ended() {
        if (!failed_at_start_.empty()) {
            Completion completion = std::move(failed_at_start_.back());
            failed_at_start_.pop_back();
            return completion;
        }
        int running = 0, queued = 0;
        curl_multi_perform(multi_.get(), &running);
        while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &queued)) {
            if (message->msg != CURLMSG_DONE) continue;
            const CURLcode code = message->data.result;
            auto node = transfers_.extract(message->easy_handle);
            curl_multi_remove_handle(multi_.get(), node.key());
            return completion(*node.mapped(), code);
        }
        return std::nullopt;
    }

    Completion completion(Transfer& transfer, CURLcode code) const {
        CURL* handle = transfer.handle.get();
        HttpResponse& response = transfer.response;
        long status = 0;
        curl_off_t microseconds = 0;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME_T, &microseconds);
        response.status = static_cast<int>(status);
        response.elapsed = Milliseconds{microseconds / 1000};
        response.error = error_kind(code, handle);
        if (code != CURLE_OK)
            response.error_text = phrase(
                transfer.error[0] != '\0' ? transfer.error.data() : curl_easy_strerror(code), options_.token);
        if (transfer.too_large || code == CURLE_FILESIZE_EXCEEDED) {
            response.error = TransportError::too_large;
            response.error_text = fmt::format("more than {} bytes", options_.largest_body);
        } else if (response.error == TransportError::none && status >= 300 && status < 400) {
            response.error = TransportError::redirect;
            response.error_text = fmt::format("status {}", status);
        }
        return {transfer.ticket, std::move(response)};
    }

    template <class T>
    static bool set(CURL* handle, CURLoption option, T value) {
        return curl_easy_setopt(handle, option, value) == CURLE_OK;
    }

    bool set_up(Transfer& transfer) const {
        CURL* handle = transfer.handle.get();
        return set(handle, CURLOPT_ERRORBUFFER, transfer.error.data()) &&
               set(handle, CURLOPT_URL, options_.endpoint.url.c_str()) && set(handle, CURLOPT_POST, 1L) &&
               set(handle, CURLOPT_POSTFIELDS, transfer.request.c_str()) &&
               set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(transfer.request.size())) &&
               set(handle, CURLOPT_HTTPHEADER, headers_.get()) &&
               set(handle, CURLOPT_USERAGENT, options_.user_agent.c_str()) &&
               set(handle, CURLOPT_WRITEFUNCTION, take_body) && set(handle, CURLOPT_WRITEDATA, &transfer) &&
               set(handle, CURLOPT_HEADERFUNCTION, take_header) &&
               set(handle, CURLOPT_HEADERDATA, &transfer) && set_up_way(handle) && set_up_trust(handle);
    }

    bool set_up_way(CURL* handle) const {
        const NetworkSettings& network = options_.network;
        // Setting the proxy, even to nothing, keeps libcurl from reading the environment itself.
        const std::string proxy = options_.endpoint.loopback ? std::string() : network.proxy;
        return set(handle, CURLOPT_NOSIGNAL, 1L) && set(handle, CURLOPT_ACCEPT_ENCODING, "") &&
               set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS)) &&
               set(handle, CURLOPT_PIPEWAIT, 1L) && set(handle, CURLOPT_TCP_KEEPALIVE, 1L) &&
               set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count())) &&
               set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.total_timeout.count())) &&
               set(handle, CURLOPT_PROXY, proxy.c_str()) &&
               set(handle, CURLOPT_NOPROXY, network.no_proxy.c_str()) &&
               set(handle, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE)) &&
               set(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) &&
               set(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options_.largest_body));
    }

    bool set_up_trust(CURL* handle) const {
        const NetworkSettings& network = options_.network;
        return set(handle, CURLOPT_FOLLOWLOCATION, 0L) &&
               set(handle, CURLOPT_PROTOCOLS_STR, options_.endpoint.loopback ? "https,http" : "https") &&
               set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) &&
               set(handle, CURLOPT_SSL_VERIFYPEER, 1L) && set(handle, CURLOPT_SSL_VERIFYHOST, 2L) &&
               (network.ca_file.empty() || set(handle, CURLOPT_CAINFO, network.ca_file.c_str())) &&
               (network.ca_folder.empty() || set(handle, CURLOPT_CAPATH, network.ca_folder.c_str()));
    }

    CurlOptions options_;
    List headers_;
    Multi multi_;
    std::map<CURL*, std::unique_ptr<Transfer>> transfers_;
    std::vector<Completion> failed_at_start_;
    std::uint64_t last_ticket_ = 0;
};

}  // namespace

Result<std::unique_ptr<Transport>> make_curl_transport(CurlOptions options) {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (!ready) return fail(ExitCode::incomplete, "libcurl cannot be started; check its installation");
    Multi multi(curl_multi_init());
    List headers;
    std::vector<std::string> lines = {"Content-Type: application/json", "Accept: application/json",
                                      "Expect:"};
    if (!options.token.empty()) lines.push_back("Authorization: Bearer " + options.token);
    for (const std::string& line : lines) {
        curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
        if (longer == nullptr)
            return fail(ExitCode::incomplete, "libcurl has no memory for a request; close other programs");
        (void)headers.release();
        headers.reset(longer);
    }
    if (!multi) return fail(ExitCode::incomplete, "libcurl cannot be started; check its installation");
    return std::make_unique<CurlTransport>(std::move(options), std::move(multi), std::move(headers));
}

}  // namespace harvester::github
