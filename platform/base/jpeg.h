// Looks whether bytes are a JPEG picture and nothing else, without decoding it: a page draws a picture anew before
// it sends it, and what such a drawing never has is refused — Exif and XMP (where the photo was taken, with what,
// when), thumbnails, comments, anything after the picture's end. A colour profile is left out of what is kept. Baseline
// and progressive pictures of 8 bits (ITU-T T.81, Annex B). Pure.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "platform/base/json.h"

namespace luytre {

inline constexpr std::int64_t kJpegSideMost = 2048;  // pixels

enum class JpegFault { kNotJpeg, kDamaged, kTooLarge, kMetadata };
BOOST_DESCRIBE_ENUM(JpegFault, kNotJpeg, kDamaged, kTooLarge, kMetadata)

struct Jpeg {
  std::string bytes;  // as given, without a colour profile
  std::int64_t width = 0;
  std::int64_t height = 0;
};

std::variant<Jpeg, JpegFault> plain_jpeg(std::string_view bytes);

}  // namespace luytre
