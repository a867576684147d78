// Whatever is sent as a photo: what is taken is taken again, byte for byte, and holds nothing that tells of the camera.

#include "platform/base/fuzzing.h"
#include "platform/base/jpeg.h"

using namespace luytre;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = plain_jpeg(bytes);
  const auto* taken = std::get_if<Jpeg>(&read);
  if (!taken) return 0;
  require(taken->bytes.size() <= size && taken->width <= kJpegSideMost && taken->height <= kJpegSideMost);
  const auto again = plain_jpeg(taken->bytes);
  const auto* same = std::get_if<Jpeg>(&again);
  require(same && same->bytes == taken->bytes && same->width == taken->width);
  return 0;
}
