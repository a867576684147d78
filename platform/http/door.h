// Door: judges a request by its head alone, before a byte of its body is read. Pure: the same head, the same verdict.
//
// find() — Host, target, method, route. admit() — who (roles, second proof), from where (cross-site), with what
// (headers, query, size). Immutable, thread-safe.
//
// told() — what a refusal says. Which records there are outside of an officer's area is not to be found out by trying
// ids: of one that is there and of one that is nowhere the officer hears the same, not_permitted. Officers for the
// whole country hear not_found, and citizens, from whom routes hide by themselves what is not theirs.

#pragma once

#include <optional>
#include <string>

#include "platform/base/result.h"
#include "platform/http/request.h"
#include "platform/http/router.h"
#include "platform/http/server.h"
#include "platform/http/static_files.h"
#include "platform/http/url.h"

namespace luytre::http {

// Where a request leads.
struct Found {
  const RouteInfo* route = nullptr;
  const StaticFile* file = nullptr;
  std::string redirect;            // instead of both
  bool options = false;            // answer Allow only
  bool head_only = false;          // HEAD: everything but the body
  std::string allow;               // methods of this path
  Pairs path;                      // parameters of the route
  Pairs query;                     // declared parameters, tidied; empty ones left out
  std::optional<std::string> key;  // Idempotency-Key
  std::optional<std::int64_t> if_match;
};

Error told(Error error, const RouteInfo& route, const Caller& caller);

class Door {
 public:
  Door(const ServerOptions& options, const Router& router, const Router& builtin, const StaticFiles& files)
      : options_(options), router_(router), builtin_(builtin), files_(files) {}

  // Errors leave found.allow set for 405.
  Result<Done> find(const Request& request, Found& found) const;
  Result<Done> admit(const Request& request, const Caller& caller, Found& found) const;

 private:
  Result<Done> check_host(const Request& request, const Target& target) const;
  Result<Done> find_static(std::string_view path, std::string_view query, const Request& request, Found& found) const;

  const ServerOptions& options_;
  const Router& router_;
  const Router& builtin_;
  const StaticFiles& files_;
};

}  // namespace luytre::http
