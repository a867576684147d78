// COVID-19 by rules that are not those in force, for tests. By that an F1 is followed for ten days, sampled on none of
// them, and nobody is told apart.

#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>

namespace luytre::followup {

inline std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.rfind(what);
  if (at == std::string::npos) throw std::runtime_error("not in the file: " + what);
  return text.replace(at, what.size(), with);
}

inline const std::string kInForce = "stages = [{ where = \"selfMonitoring\", days = 10 }]\n";

// A folder with the disease's file, changed, as long as it lives.
class Pack {
 public:
  Pack(const std::string& name, const std::function<std::string(std::string)>& change)
      : path_(std::filesystem::temp_directory_path() / ("luytre-" + name + '-' + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
    std::ifstream in(LUYTRE_SOURCE_DIR "/data/diseases/covid-19.toml", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    std::ofstream(path_ / "covid-19.toml") << change(text.str());
  }
  ~Pack() { std::filesystem::remove_all(path_); }
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// An F1 who is immune is followed for five days, any other for ten.
struct ToldApart : Pack {
  ToldApart()
      : Pack("told-apart", [](std::string text) {
          text = replaced(std::move(text), kInForce,
                          "whom = \"immune\"\ntext = { vi = \"Tiêm đủ\", en = \"Vaccinated\" }\n"
                          "stages = [{ where = \"home\", days = 5 }]\nfrom = 2022-04-15\n"
                          "source = \"made up for this test\"\n\n"
                          "[[follow_up]]\nclass = \"F1\"\nwhom = \"others\"\n" +
                              kInForce);
          return replaced(std::move(text), "last_exposure = 2026-11-21",
                          "whom = \"others\"\nlast_exposure = 2026-11-21");
        }) {}
};

// An F1 is sampled on the first, fifth and tenth day.
struct WithTestDays : Pack {
  WithTestDays()
      : Pack("test-days", [](std::string text) {
          return replaced(std::move(text), kInForce,
                          "stages = [{ where = \"home\", days = 5, test_days = [1, 5] },"
                          " { where = \"selfMonitoring\", days = 5, test_days = [5] }]\n");
        }) {}
};

}  // namespace luytre::followup
