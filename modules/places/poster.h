// The poster of a place: A4, the QR code at 15 × 15 cm (without its quiet zone), the typed code, and how to use them in
// Vietnamese and English. PDF by libhpdf with an embedded TrueType font, SVG by hand; the same layout. Pure functions;
// thread-safe.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/result.h"
#include "platform/pdf/sheet.h"

namespace luytre::places {

inline constexpr double kQrMillimetres = 150;  // of the dark and light modules, without the quiet zone

struct Poster {
  std::string place_name;
  std::string address;  // one line: street and commune
  std::optional<std::string> zone;
  std::string code;        // what the QR code holds
  std::string short_code;  // as shown: "7GK2-M0QX"
};

// A regular and a bold face, the first pair that is found in the folders. Errors: poster_font_missing (params: folders,
// package).
using pdf::Fonts;
Result<Fonts> find_fonts(const std::vector<std::filesystem::path>& folders);

// A page each, at least one. Throws runtime_error if libhpdf fails.
std::string posters_pdf(const std::vector<Poster>& posters, const Fonts& fonts);
std::string poster_pdf(const Poster& poster, const Fonts& fonts);  // likewise
std::string poster_svg(const Poster& poster);

}  // namespace luytre::places
