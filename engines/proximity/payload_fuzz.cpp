// Whatever a scan hears: what is taken for a sighting is there word for word, and is read again from what we would send
// of it.

#include <algorithm>

#include "engines/proximity/payload.h"
#include "platform/base/fuzzing.h"

using namespace luytre::proximity;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::span<const std::uint8_t> heard(data, size);
  const auto found = read_advertising_data(heard);
  if (const auto value = read_service_data(heard)) decode_metadata(value->metadata);
  if (!found) return 0;
  const auto again = advertising_data(*found);
  require(read_advertising_data(again) == found);
  require(std::search(data, data + size, again.end() - 22, again.end()) != data + size);
  if (const auto metadata = decode_metadata(found->metadata)) require(decode_metadata(encode(*metadata)) == metadata);
  return 0;
}
