// Service: what all workers of a server share. Built before the first request, immutable afterwards but for counters.

#pragma once

#include <atomic>
#include <exception>

#include "platform/base/random.h"
#include "platform/http/door.h"
#include "platform/http/metrics.h"
#include "platform/http/problem.h"
#include "platform/http/proxies.h"
#include "platform/http/server.h"
#include "platform/http/static_files.h"

namespace luytre::http {

struct Service {
  Service(ServerOptions given, const Router& router, Authenticator& authenticator);

  // The slot of Metrics that a request counts in; `found` may lead nowhere.
  std::size_t slot(const Found& found) const;

  bool is_builtin(const RouteInfo& route) const {
    const auto& routes = builtin.routes();
    return route.number < routes.size() && routes[route.number].get() == &route;
  }

  // An exception of a handler as the client may see it. Logged with a reference that both sides get; its text stays in
  // the log.
  Error explain(std::exception_ptr fault, std::string_view method, std::string_view route);

  ServerOptions options;
  const Router& router;
  Authenticator& authenticator;
  Texts texts;
  StaticFiles files;
  Networks trusted;
  Networks metrics_readers;
  std::atomic<bool> stopping{false};
  std::atomic<std::size_t> held{0};  // bytes of large bodies under way, of all connections
  Router builtin;
  Door door;
  Metrics metrics;
  SystemRandom random;

 private:
  std::vector<std::string>
  declare_builtin();  // answers the slots for Metrics: routes, builtin routes, static files, nothing
};

// /healthz, /readyz, /metrics, /api/openapi.json, /api/ and its style.
void builtin_routes(Router& router, Service& service);

// The readable page of the API; `style` is a separate file because the content security policy allows no inline styles.
std::string api_page(const Router& router, const Texts& texts, std::string_view title, std::string_view version);
std::string_view api_page_style();

}  // namespace luytre::http
