#include "platform/http/door.h"

#include <algorithm>
#include <charconv>

#include "platform/http/codes.h"
#include "platform/http/query.h"

namespace luytre::http {
namespace {

constexpr std::size_t kKeyMost = 64;

std::optional<Method> method_of(std::string_view name) {
  if (name == "HEAD") return Method::kGet;
  for (const auto method : {Method::kGet, Method::kPost, Method::kPut, Method::kPatch, Method::kDelete})
    if (name == method_name(method)) return method;
  return std::nullopt;
}

std::string allow_list(const std::vector<Method>& methods) {
  std::string out;
  for (const auto method : methods) {
    out += method_name(method);
    out += method == Method::kGet ? ", HEAD, " : ", ";
  }
  return out + "OPTIONS";
}

Result<Done> check_caller(const RouteInfo& route, const Caller& caller) {
  const auto holds = [&](Role role) {
    return std::find(route.roles.begin(), route.roles.end(), role) != route.roles.end();
  };
  if (holds(Role::kAnyone)) return Done{};
  if (caller.account.value == 0) return kUnauthenticated;
  if (!caller.full && !route.limited_session) return kSecondProofRequired;
  if (std::any_of(route.roles.begin(), route.roles.end(), [&](Role role) { return caller.has(role); })) return Done{};
  return kNotPermitted;
}

// Whether an Origin names the host that the request was sent to. The default port of the scheme may be left out on
// either side.
bool same_host(std::string_view origin, std::string_view host) {
  std::string_view port;
  if (origin.starts_with("https://")) {
    origin.remove_prefix(8);
    port = ":443";
  } else if (origin.starts_with("http://")) {
    origin.remove_prefix(7);
    port = ":80";
  } else {
    return false;
  }
  if (origin.ends_with(port)) origin.remove_suffix(port.size());
  if (host.ends_with(port)) host.remove_suffix(port.size());
  return iequals(origin, host);
}

// A browser sends cookies along with what other sites make it send; the header it cannot be made to send shows that our
// page did.
Result<Done> check_cross_site(const RouteInfo& route, const Request& request) {
  if (route.method == Method::kGet || !request.cookie(kSessionCookie)) return Done{};
  if (request.field("X-Requested-With").value_or("") != "luytre") return kCrossSite;
  const auto origin = request.field("Origin");
  if (origin && !same_host(*origin, request.field("Host").value_or(""))) return kCrossSite;
  return Done{};
}

bool is_among(std::string_view type, std::string_view types) {
  while (!types.empty())
    if (iequals(type, next_item(types, ','))) return true;
  return false;
}

Result<Done> check_body(const RouteInfo& route, const Request& request) {
  if (const auto expect = request.field("Expect"); expect && !iequals(*expect, "100-continue"))
    return kExpectationFailed;
  if (route.takes_body() && !request.chunked && !request.content_length) return kLengthRequired;
  if (!request.has_body()) return Done{};
  const auto sent = media_type(request.field("Content-Type").value_or(""));
  if (!is_among(sent.type, route.accepts) || !sent.utf8)
    return Error(kUnsupportedMediaType, {{"expected", route.accepts}});
  if (request.content_length.value_or(0) > route.body_limit)
    return Error(kBodyTooLarge, {{"bytes", std::to_string(route.body_limit)}});
  return Done{};
}

Result<Done> check_key(const RouteInfo& route, const Request& request, Found& found) {
  const auto key = request.field("Idempotency-Key");
  if (!key && !route.idempotent) return Done{};
  const bool printable = key && !key->empty() && key->size() <= kKeyMost &&
                         std::all_of(key->begin(), key->end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!printable || request.count("Idempotency-Key") != 1) return kIdempotencyKeyRequired;
  found.key = std::string(*key);
  return Done{};
}

Result<Done> check_version(const RouteInfo& route, const Request& request, Found& found) {
  const auto sent = request.field("If-Match");
  if (!sent) {
    if (route.versioned) return kVersionRequired;
    return Done{};
  }
  std::int64_t version = 0;
  const bool quoted = sent->size() > 2 && sent->front() == '"' && sent->back() == '"' && request.count("If-Match") == 1;
  const char* last = sent->data() + sent->size() - 1;
  const auto [end, failed] = quoted ? std::from_chars(sent->data() + 1, last, version)
                                    : std::from_chars_result{nullptr, std::errc::invalid_argument};
  if (failed == std::errc{} && end == last && version >= 0) {
    found.if_match = version;
  } else if (route.versioned) {
    return kVersionMalformed;
  }
  return Done{};
}

}  // namespace

Error told(Error error, const RouteInfo& route, const Caller& caller) {
  if (std::string_view(error.code) != kNotFound.code || route.path.find('{') == std::string::npos) return error;
  bool bounded = false;
  for (const Grant& grant : caller.grants) {
    if (std::find(route.roles.begin(), route.roles.end(), grant.role) == route.roles.end()) continue;
    if (grant.area.value == 0) return error;
    bounded = true;
  }
  return bounded ? Error(kNotPermitted) : error;
}

Result<Done> Door::check_host(const Request& request, const Target& target) const {
  const auto host = request.field("Host");
  if (request.count("Host") != 1 || !is_host(*host)) return kHostInvalid;
  if (!target.authority.empty() && !iequals(target.authority, *host)) return kHostInvalid;
  if (options_.hosts.empty()) return Done{};
  for (const auto& allowed : options_.hosts)
    if (iequals(allowed, *host) || iequals(allowed, without_port(*host))) return Done{};
  return kHostUnknown;
}

Result<Done> Door::find(const Request& request, Found& found) const {
  found.head_only = request.method == "HEAD";
  found.options = request.method == "OPTIONS";
  const auto target = split_target(request.target);
  if (const auto host = check_host(request, target.value_or(Target{})); !host) return host.error();
  if (!target) return kBadUrl;
  if (target->path == "*") {
    found.allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    if (found.options) return Done{};
    return kBadUrl;
  }
  const auto path = percent_decode(target->path);
  auto query = parse_query(target->query);
  if (!path || !query) return kBadUrl;

  const auto method = method_of(request.method);
  for (const Router* router : {&router_, &builtin_}) {
    auto match = router->match(method.value_or(Method::kGet), target->path);
    if (match.allowed.empty()) continue;
    found.allow = allow_list(match.allowed);
    if (found.options) return Done{};
    if (!match.route || !method) return kMethodNotAllowed;
    found.route = match.route;
    found.path = std::move(match.path);
    found.query = std::move(*query);
    return Done{};
  }
  if (path->starts_with("/api/")) return kNotFound;
  return find_static(*path, target->query, request, found);
}

Result<Done> Door::find_static(std::string_view path, std::string_view query, const Request& request,
                               Found& found) const {
  auto match = path == "/api" ? StaticFiles::Found{nullptr, "/api/"} : files_.find(path);
  if (!match.file && match.redirect.empty()) return kNotFound;
  found.allow = "GET, HEAD, OPTIONS";
  if (found.options) return Done{};
  if (request.method != "GET" && request.method != "HEAD") return kMethodNotAllowed;
  if (request.has_body()) return kBadRequest;
  found.file = match.file;
  found.redirect = std::move(match.redirect);
  if (!found.redirect.empty() && !query.empty()) found.redirect.append(1, '?').append(query);
  return Done{};
}

Result<Done> Door::admit(const Request& request, const Caller& caller, Found& found) const {
  const RouteInfo& route = *found.route;
  if (auto passed = check_caller(route, caller); !passed) return passed;
  if (auto passed = check_cross_site(route, request); !passed) return passed;
  if (auto passed = check_body(route, request); !passed) return passed;
  if (auto passed = check_key(route, request, found); !passed) return passed;
  if (auto passed = check_version(route, request, found); !passed) return passed;
  if (!route.in_api()) return Done{};
  return check_query(route, found.query);
}

}  // namespace luytre::http
