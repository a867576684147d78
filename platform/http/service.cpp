#include "platform/http/service.h"

#include <algorithm>
#include <boost/core/demangle.hpp>

#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/http/codes.h"

namespace luytre::http {
namespace {

constexpr std::size_t kReferenceBytes = 5;
constexpr const char* kRetrySeconds = "5";

ServerOptions checked(ServerOptions options) {
  options.threads = std::max(1U, options.threads);
  return options;
}

Texts load_texts(const std::filesystem::path& folder) {
  return folder.empty() ? Texts() : Texts::load(folder);
}

std::string type_of(const std::exception& e) {
  return boost::core::demangle(typeid(e).name());
}

}  // namespace

Service::Service(ServerOptions given, const Router& router, Authenticator& authenticator)
    : options(checked(std::move(given))),
      router(router),
      authenticator(authenticator),
      texts(load_texts(options.texts)),
      files(options.sites),
      trusted(options.trusted_proxies),
      metrics_readers(options.metrics_readers),
      door(options, router, builtin, files),
      metrics(options.threads, declare_builtin()) {
  // Seals both: a route that lacks its permission stops the start here.
  (void)router.match(Method::kGet, "/");
  (void)builtin.match(Method::kGet, "/");
}

std::vector<std::string> Service::declare_builtin() {
  builtin_routes(builtin, *this);
  std::vector<std::string> out;
  for (const Router* r : {&router, static_cast<const Router*>(&builtin)})
    for (const auto& route : r->routes())
      out.push_back("method=\"" + std::string(method_name(route->method)) + "\",route=\"" + route->path + '"');
  out.push_back("method=\"GET\",route=\"static\"");
  out.push_back("method=\"\",route=\"none\"");
  return out;
}

std::size_t Service::slot(const Found& found) const {
  const std::size_t fixed = router.routes().size() + builtin.routes().size();
  if (found.file || !found.redirect.empty()) return fixed;
  if (!found.route) return fixed + 1;
  return is_builtin(*found.route) ? router.routes().size() + found.route->number : found.route->number;
}

Error Service::explain(std::exception_ptr fault, std::string_view method, std::string_view route) {
  const std::string reference = hex(random.bytes(kReferenceBytes));
  const auto log_fault = [&](std::string_view kind, std::string_view what) {
    log::error("request failed", {{"reference", reference},
                                  {"method", std::string(method)},
                                  {"route", std::string(route)},
                                  {"kind", std::string(kind)},
                                  {"what", std::string(what.substr(0, 300))}});
  };
  try {
    std::rethrow_exception(fault);
  } catch (const store::SqlError& e) {
    log_fault("store::SqlError", e.what());
    if (e.fault == store::Fault::kUnavailable)
      return Error(kUnavailable, {{"seconds", kRetrySeconds}, {"reference", reference}});
  } catch (const std::exception& e) {
    log_fault(type_of(e), e.what());
  } catch (...) {
    log_fault("unknown", "");
  }
  return Error(kInternal, {{"reference", reference}});
}

}  // namespace luytre::http
