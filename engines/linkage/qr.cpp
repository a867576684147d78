#include "engines/linkage/qr.h"

#include <qrencode.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <new>
#include <stdexcept>

namespace luytre::linkage {

Qr::Qr(std::string_view text, Correction correction) {
  const std::string zero_ended(text);
  const auto level = correction == Correction::kMedium ? QR_ECLEVEL_M : QR_ECLEVEL_Q;
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString(zero_ended.c_str(), 0, level, QR_MODE_8, 1),
                                                        &QRcode_free);
  if (!code) {
    if (errno == ENOMEM) throw std::bad_alloc();
    throw std::length_error("text does not fit into a QR code");
  }
  size_ = code->width;
  const auto count = static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_);
  modules_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) modules_.push_back(code->data[i] & 1);
}

std::string Qr::path(int dx, int dy) const {
  std::string out;
  for (int y = 0; y < size_; ++y) {
    for (int x = 0; x < size_;) {
      if (!dark(x, y)) {
        ++x;
        continue;
      }
      int end = x;
      while (end < size_ && dark(end, y)) ++end;
      out += 'M' + std::to_string(x + dx) + ' ' + std::to_string(y + dy) + 'h' + std::to_string(end - x) + "v1h-" +
             std::to_string(end - x) + 'z';
      x = end;
    }
  }
  return out;
}

std::string Qr::svg(double millimetres) const {
  const std::string side = std::to_string(size_ + 2 * kQuiet);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + ' ' + side + '"';
  if (millimetres > 0) {
    char width[32];
    std::snprintf(width, sizeof width, "%.2fmm", millimetres);
    out += std::string(" width=\"") + width + "\" height=\"" + width + '"';
  }
  out +=
      " shape-rendering=\"crispEdges\"><rect width=\"" + side + "\" height=\"" + side + "\" fill=\"#fff\"/><path d=\"";
  return out + path(kQuiet, kQuiet) + "\" fill=\"#000\"/></svg>";
}

}  // namespace luytre::linkage
