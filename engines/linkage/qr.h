// QR codes (ISO/IEC 18004, by libqrencode): the matrix, and a drawing of it as SVG. Upper-case runs go into the
// alphanumeric mode.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace luytre::linkage {

enum class Correction { kMedium, kQuartile };  // 15 % for screens, 25 % for paper on a wall

class Qr {
 public:
  // Throws length_error when the text is too long for any QR code (2,331 bytes at medium).
  explicit Qr(std::string_view text, Correction correction = Correction::kMedium);

  int size() const { return size_; }  // modules on a side, without the quiet zone
  bool dark(int x, int y) const {
    return modules_[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_) + static_cast<std::size_t>(x)];
  }

  static constexpr int kQuiet = 4;  // light modules around, as the standard asks
  // One path in module units, as wide as its container; with `millimetres`, of that width including the quiet zone.
  std::string svg(double millimetres = 0) const;
  // The dark modules as an SVG path, shifted by (dx, dy) modules.
  std::string path(int dx, int dy) const;

 private:
  int size_ = 0;
  std::vector<bool> modules_;
};

}  // namespace luytre::linkage
