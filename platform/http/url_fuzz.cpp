// Any bytes as target, query, host and header values: no crash, and what is accepted is valid UTF-8 without NUL.

#include <cstdint>
#include <string_view>

#include "platform/base/fuzzing.h"
#include "platform/base/text.h"
#include "platform/http/problem.h"
#include "platform/http/proxies.h"
#include "platform/http/static_files.h"
#include "platform/http/url.h"

namespace {

using luytre::require;

void check(std::string_view text) {
  require(luytre::is_utf8(text) && text.find('\0') == std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace luytre::http;  // NOLINT: a program of one function
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto target = split_target(text)) {
    if (const auto path = percent_decode(target->path)) check(*path);
    if (const auto query = parse_query(target->query)) {
      for (const auto& [name, value] : *query) {
        check(name);
        check(value);
      }
    }
  }
  require(!is_host(text) || text.size() <= 255);
  (void)choose_language(text);
  (void)accepts_gzip(text);
  (void)media_type(text);
  Request request;
  request.fields = {{"Cookie", text}, {"X-Forwarded-For", text}};
  (void)request.cookie("a");
  static const Networks kTrusted({"127.0.0.1", "10.0.0.0/8"});
  const auto client = client_of(request, "127.0.0.1", kTrusted);
  require(!plain_address(client.address).empty());
  return 0;
}
