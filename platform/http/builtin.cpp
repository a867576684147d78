#include "platform/http/codes.h"
#include "platform/http/service.h"

namespace luytre::http {
namespace {

constexpr const char* kLookAgainSeconds = "5";  // Retry-After of a server that is not ready

Task<Result<Reply>> now(Result<Reply> result) {
  co_return result;
}

Reply text_reply(std::string body, std::string type) {
  Reply out;
  out.type = std::move(type);
  out.body = std::move(body);
  return out;
}

bool is_ready(const Service& service) {
  return !service.stopping.load() && (!service.options.ready || service.options.ready());
}

// Alive says only that the process answers; ready, that it may be given work.
void health_routes(Router& router, Service& service) {
  router.get("/healthz")
      .outside_api()
      .summary("Whether the process answers")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([](Call&) -> Task<Result<Reply>> { return now(text_reply("ok\n", "text/plain; charset=utf-8")); });
  router.get("/readyz")
      .outside_api()
      .summary("Whether it may be given work")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&service](Call&) -> Task<Result<Reply>> {
        if (!is_ready(service)) return now(Error(kUnavailable, {{"seconds", kLookAgainSeconds}}));
        return now(text_reply("ready\n", "text/plain; charset=utf-8"));
      });
}

void metrics_route(Router& router, Service& service) {
  router.get("/metrics")
      .outside_api()
      .summary("Figures for Prometheus")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&service](Call& call) -> Task<Result<Reply>> {
        static const Networks kThisMachine({"127.0.0.0/8", "::1"});
        const auto& from = call.caller().address;
        if (!kThisMachine.hold(from) && !service.metrics_readers.hold(from)) return now(kNotPermitted);
        std::string text = service.metrics.text();
        if (service.options.metrics) text += service.options.metrics();
        return now(text_reply(std::move(text), "text/plain; version=0.0.4; charset=utf-8"));
      });
}

void document_routes(Router& router, Service& service) {
  const auto& options = service.options;
  const auto page =
      std::make_shared<const std::string>(api_page(service.router, service.texts, options.title, options.version));
  const auto document = std::make_shared<const std::string>(service.router.openapi(options.title, options.version));
  router.get("/api/openapi.json")
      .outside_api()
      .summary("The API as OpenAPI 3.1")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([document](Call&) -> Task<Result<Reply>> { return now(text_reply(*document, "application/json")); });
  router.get("/api/")
      .outside_api()
      .summary("The API to read")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([page](Call&) -> Task<Result<Reply>> {
        auto reply = text_reply(*page, "text/html; charset=utf-8");
        reply.headers.emplace_back(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        return now(std::move(reply));
      });
  router.get("/api/style.css")
      .outside_api()
      .summary("Its style")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([](Call&) -> Task<Result<Reply>> {
        return now(text_reply(std::string(api_page_style()), "text/css; charset=utf-8"));
      });
}

}  // namespace

void builtin_routes(Router& router, Service& service) {
  health_routes(router, service);
  metrics_route(router, service);
  document_routes(router, service);
}

}  // namespace luytre::http
