// Feeds any bytes to all that reads answers: nothing may crash, and what is decoded keeps its promised
// bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "github/body.h"
#include "github/decode.h"
#include "github/limit_policy.h"

namespace {

using namespace harvester;
using namespace harvester::github;

void demand(bool holds) {
    if (!holds) std::abort();
}

void check_items(const SearchAnswer& answer, const Limits& limits) {
    for (const SearchPage& page : answer.pages)
        for (const Item& item : page.items) {
            demand(item.title.size() <= limits.title_bytes && item.title == utf8::scrubbed(item.title));
            demand(item.repository.size() <= limits.text_bytes);
            demand(item.labels.size() <= limits.list_length && item.number >= 0);
        }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Answer answer;
    answer.body.assign(reinterpret_cast<const char*>(data), size);
    Limits limits;
    limits.title_bytes = 40;
    limits.list_length = 3;
    if (const auto decoded = decode_searches(answer, limits)) check_items(*decoded, limits);
    (void)decode_item_part(answer, limits);
    (void)decode_files(answer);
    (void)decode_rate_limit(answer);

    HttpResponse response;
    response.status = 200;
    response.headers = {{"content-type", "application/json"}};
    response.body = answer.body;
    const Step step = decide(response, inspect_body(answer.body), {}, Instant{}, {}, 0.5);
    demand(step.action != Action::fail || !step.failure.message.empty());
    return 0;
}
