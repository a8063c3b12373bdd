// What a response's body is, before anybody decodes it; and the body of a request.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "github/client.h"

namespace harvester::github {

struct BodyFacts {
    std::optional<std::string> broken;  // why it is no whole JSON object
    bool data = false;                  // data is an object
    std::vector<PartialError>
        errors;           // the first twenty of errors[]; type from extensions.code or code if need be
    std::string message;  // the root's message, as REST and proxies of GitHub send
};

// Reads the body from end to end.
BodyFacts inspect_body(const std::string& body);

// {"query", "operationName", "variables"}; `page_size` joins the variables when the call names one.
Result<std::string> request_body(const Call& call, int page_size);

}  // namespace harvester::github
