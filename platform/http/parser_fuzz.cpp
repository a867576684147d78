// Any bytes as a connection: however they are cut into pieces, the parser reads the same requests and refuses at the
// same place.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "platform/http/parser.h"

namespace {

constexpr std::size_t kBodyMost = 300;

// What a connection would see, as text; `step` bytes arrive at a time.
std::string read_all(std::string_view bytes, std::size_t step) {
  std::string out;
  std::size_t arrived = 0;
  std::size_t at = 0;
  while (at < bytes.size()) {
    luytre::http::Request request;
    luytre::http::Parser parser(request);
    while (!parser.done() && !parser.refused()) {
      at += parser.feed(bytes.substr(at, arrived - at));
      if (parser.head_done() && !parser.done() && !parser.refused() && request.body.empty())
        parser.accept_body(kBodyMost);
      if (parser.done() || parser.refused()) break;
      if (arrived == bytes.size()) {
        const auto before = at;
        at += parser.feed(bytes.substr(at));
        if (at == before || at == bytes.size()) break;
        continue;
      }
      arrived = std::min(bytes.size(), arrived + step);
    }
    if (parser.refused()) return out + "refused";
    if (!parser.done()) return out + "unfinished";
    if (request.body.size() > kBodyMost || request.head.size() > luytre::http::kHeadMost) std::abort();
    out.append(request.method).append(1, ' ').append(request.target).append(1, '\n');
    for (const auto& field : request.fields) out.append(field.name).append(1, ':').append(field.value).append(1, '\n');
    out.append(request.body).append(1, '\n');
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string whole = read_all(bytes, size);
  const std::string dripped = read_all(bytes, 1);
  const std::string pieces = read_all(bytes, 7);
  if (whole != dripped || whole != pieces) std::abort();
  return 0;
}
