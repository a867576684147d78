// OpenAPI: what the document and the readable page both derive from a route.

#pragma once

#include <string>
#include <vector>

#include "platform/http/router.h"

namespace luytre::http {

inline bool is_public(const RouteInfo& route) {
  for (const Role role : route.roles)
    if (role == Role::kAnyone) return true;
  return false;
}

std::vector<std::string> parameters_of(const RouteInfo& route);  // of the path, in order

// Those that the route declares and those that its door may answer, by status, each once.
std::vector<ErrorCode> errors_of(const RouteInfo& route);

json::Object query_schema(const RouteInfo& route, const QueryParameter& parameter);

}  // namespace luytre::http
