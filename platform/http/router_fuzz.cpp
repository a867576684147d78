// Any path: matching ends, a match has every parameter its pattern names, and a problem about it is JSON.

#include <cstdint>
#include <string_view>

#include "platform/base/fuzzing.h"
#include "platform/http/openapi.h"
#include "platform/http/problem.h"
#include "platform/http/query.h"

namespace {

using luytre::Done;
using luytre::require;
using luytre::Result;
using luytre::Task;
namespace http = luytre::http;

Task<Result<Done>> done() {
  co_return Done{};
}

const http::Router& router() {
  static http::Router the;
  static const bool declared = [] {
    for (const auto* path : {"/a", "/a/{b}", "/a/{b}/c", "/a/x/{c}", "/{a}/{b}/{c}", "/a/{b}/{c}/d"}) {
      the.get(path)
          .permit({luytre::Role::kAnyone}, luytre::Purpose::kPublic)
          .query("when", "date-time")
          .query("day", "date")
          .query("id", "id")
          .query("kind", "a|b")
          .query("open", "boolean")
          .query("q", "string")
          .paged()
          .handle([](http::Call&) -> Task<Result<Done>> { return done(); });
    }
    return true;
  }();
  (void)declared;
  return the;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mark = text.find('?');
  const auto match = router().match(http::Method::kGet, "/api/v1/" + std::string(text.substr(0, mark)));
  if (match.route) require(match.path.size() == http::parameters_of(*match.route).size());

  const auto& route = *router().routes().front();
  if (auto query = http::parse_query(mark == std::string_view::npos ? text : text.substr(mark + 1))) {
    const auto checked = http::check_query(route, *query);
    if (!checked) {
      const auto rendered =
          luytre::json::parse_value(http::problem(checked.error(), http::Language::kEn, http::Texts()));
      require(rendered.ok());
    }
  }
  if (luytre::is_utf8(text)) {
    luytre::Error error(luytre::kConflict, {{std::string(text.substr(0, 4)), std::string(text)}});
    error.params = {{"x", std::string(text)}};
    (void)http::fill(text, error.params);
  }
  return 0;
}
