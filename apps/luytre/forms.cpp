#include <algorithm>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>

#include "apps/luytre/commands.h"
#include "apps/luytre/settings.h"
#include "engines/forms/translations.h"
#include "modules/declarations/catalogue.h"

namespace luytre::app {
namespace {

// A text a line, so that two versions of a translation compare well.
void write(const std::filesystem::path& file, const json::Object& skeleton) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file);
  out << "{\n";
  for (const auto& member : skeleton)
    if (member.key() != "texts")
      out << " " << boost::json::serialize(member.key()) << ": " << boost::json::serialize(member.value()) << ",\n";
  out << " \"texts\": {";
  const char* between = "\n";
  for (const auto& text : skeleton.at("texts").get_object()) {
    out << between << "  " << boost::json::serialize(text.key()) << ": " << boost::json::serialize(text.value());
    between = ",\n";
  }
  out << "\n }\n}\n";
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

int forms_skeleton(const Common& common, const std::string& language, const std::filesystem::path& out) {
  const declarations::Catalogue catalogue(read_settings(common).assets / "data");
  const auto& known = catalogue.languages();
  if (std::none_of(known.begin(), known.end(), [&](const auto& one) { return one.code == language; })) {
    std::cerr << "luytre: " << language << " is not in data/languages.json: add it there first\n";
    return 1;
  }
  for (const auto& document : catalogue.documents()) {
    const bool form = !document.version.empty();
    std::string name = document.id + '.';
    if (form) name += document.version + '.';
    const auto folder = out / (form ? "forms/translations" : "declaration-rules/translations");
    write(folder / (name + language + ".json"), forms::skeleton(document.text, language).get_object());
  }
  std::cout << "Written to " << out.string() << ". Fill in \"" << language
            << "\", and put the files into data/; what stays empty is read in English.\n";
  return 0;
}

}  // namespace luytre::app
