// What the sources of cards share.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "modules/places/places.h"
#include "platform/pdf/sheet.h"

namespace luytre::cards {

inline Result<pdf::Fonts> fonts_in(const std::vector<std::filesystem::path>& folders) {
  if (auto fonts = pdf::find_fonts(folders)) return *std::move(fonts);
  std::string looked;
  for (const auto& folder : folders) looked += (looked.empty() ? "" : ", ") + folder.string();
  return Error(places::kPosterFontMissing, {{"folders", looked}, {"package", pdf::kFontPackage}});
}

inline http::Reply pdf_reply(std::string body, const std::string& file) {
  http::Reply out;
  out.type = "application/pdf";
  out.body = std::move(body);
  out.headers.emplace_back("Content-Disposition", "inline; filename=\"" + file + "\"");
  return out;
}

}  // namespace luytre::cards
