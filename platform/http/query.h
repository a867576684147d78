// Query: the query parameters of a request, held against what the route declares.

#pragma once

#include "platform/base/result.h"
#include "platform/http/router.h"
#include "platform/http/url.h"

namespace luytre::http {

inline constexpr std::size_t kQueryMost = 1000;  // code points of one value

// Tidies the values and drops empty ones. Errors: invalid, with "?name" as pointer and the codes unknown, repeated,
// required, too_long, encoding, type, format, range, choice; all of them together.
Result<Done> check_query(const RouteInfo& route, Pairs& query);

}  // namespace luytre::http
