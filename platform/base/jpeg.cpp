#include "platform/base/jpeg.h"

#include <optional>

namespace luytre {
namespace {

// Markers, T.81 table B.1.
constexpr unsigned char kStart = 0xD8, kEnd = 0xD9, kRestartFirst = 0xD0, kRestartLast = 0xD7;
constexpr unsigned char kBaseline = 0xC0, kExtended = 0xC1, kProgressive = 0xC2;
constexpr unsigned char kHuffman = 0xC4, kQuantization = 0xDB, kRestartInterval = 0xDD, kScan = 0xDA;
constexpr unsigned char kJfif = 0xE0, kProfile = 0xE2, kLastApplication = 0xEF, kComment = 0xFE;

constexpr std::size_t kJfifPlain = 14;  // JFIF 1.02 without a thumbnail: what the segment holds after its length
constexpr int kScansMost = 64;  // a drawing has one, or some ten; thousands of empty ones would hang who opens it
constexpr std::size_t kFrameLeast = 9;  // precision, height, width, components, one component

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::variant<Jpeg, JpegFault> read() {
    if (bytes_.size() < 4 || next() != 0xFF || next() != kStart) return JpegFault::kNotJpeg;
    out_.bytes = bytes_.substr(0, 2);
    while (true) {
      const std::size_t from = at_;
      const auto marker = read_marker();
      if (!marker) return JpegFault::kDamaged;
      if (*marker == kEnd) break;
      if (const auto fault = read_segment(*marker)) return *fault;
      if (*marker == kScan && !skip_entropy()) return JpegFault::kDamaged;
      if (*marker != kProfile) out_.bytes += bytes_.substr(from, at_ - from);
    }
    if (scans_ == 0) return JpegFault::kDamaged;
    if (at_ != bytes_.size()) return JpegFault::kMetadata;
    out_.bytes += bytes_.substr(at_ - 2);
    return std::move(out_);
  }

 private:
  unsigned char next() { return static_cast<unsigned char>(bytes_[at_++]); }
  std::size_t left() const { return bytes_.size() - at_; }

  std::optional<unsigned char> read_marker() {
    if (left() < 2 || next() != 0xFF) return std::nullopt;
    return next();
  }

  static bool known(unsigned char marker) {
    return marker == kBaseline || marker == kExtended || marker == kProgressive || marker == kHuffman ||
           marker == kQuantization || marker == kRestartInterval || marker == kScan || marker == kJfif ||
           marker == kProfile;
  }

  std::optional<JpegFault> read_segment(unsigned char marker) {
    const bool application = marker >= kJfif && marker <= kLastApplication;
    if (marker == kComment || (application && !known(marker))) return JpegFault::kMetadata;
    if (!known(marker) || left() < 2) return JpegFault::kDamaged;
    const std::size_t high = next();
    const std::size_t length = high << 8 | next();
    if (length < 2 || left() < length - 2) return JpegFault::kDamaged;
    const std::string_view content = bytes_.substr(at_, length - 2);
    at_ += content.size();
    if (marker == kJfif)
      return content.size() == kJfifPlain && content.starts_with(std::string_view("JFIF\0", 5))
                 ? std::nullopt
                 : std::optional(JpegFault::kMetadata);
    if (marker == kProfile && !content.starts_with(std::string_view("ICC_PROFILE\0", 12))) return JpegFault::kMetadata;
    if (marker == kBaseline || marker == kExtended || marker == kProgressive) return read_frame(content);
    if (marker == kScan) {
      if (out_.width == 0) return JpegFault::kDamaged;
      if (++scans_ > kScansMost) return JpegFault::kDamaged;
    }
    return std::nullopt;
  }

  std::optional<JpegFault> read_frame(std::string_view content) {
    if (out_.width != 0 || content.size() < kFrameLeast || content[0] != 8) return JpegFault::kDamaged;
    const auto two = [&](std::size_t from) {
      return std::int64_t{static_cast<unsigned char>(content[from])} << 8 |
             static_cast<unsigned char>(content[from + 1]);
    };
    out_.height = two(1);
    out_.width = two(3);
    if (out_.height == 0 || out_.width == 0) return JpegFault::kDamaged;
    if (out_.height > kJpegSideMost || out_.width > kJpegSideMost) return JpegFault::kTooLarge;
    return std::nullopt;
  }

  // To the next marker that is no part of the scan: stuffed bytes and restarts are.
  bool skip_entropy() {
    while (left() >= 2) {
      if (static_cast<unsigned char>(bytes_[at_]) != 0xFF) {
        ++at_;
        continue;
      }
      const auto after = static_cast<unsigned char>(bytes_[at_ + 1]);
      if (after != 0 && !(after >= kRestartFirst && after <= kRestartLast)) return true;
      at_ += 2;
    }
    return false;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  int scans_ = 0;
  Jpeg out_;
};

}  // namespace

std::variant<Jpeg, JpegFault> plain_jpeg(std::string_view bytes) {
  return Reader(bytes).read();
}

}  // namespace luytre
