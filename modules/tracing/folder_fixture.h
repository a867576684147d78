// For this module's tests: a folder that goes with the test, and what may happen to the files of an index in it.

#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace luytre::tracing::testing {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "luytre-tracing-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no folder");
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path index() const { return path_ / "presence"; }
  std::filesystem::path operator/(const char* name) const { return path_ / name; }

  // What the index wrote, in order of name.
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(index())) {
      if (entry.path().filename() != "lock") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

 private:
  std::filesystem::path path_;
};

inline void flip(const std::filesystem::path& path, std::size_t number) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto at = static_cast<std::streamoff>(number % std::filesystem::file_size(path));
  file.seekg(at);
  const char byte = static_cast<char>(file.get());
  file.seekp(at);
  file.put(static_cast<char>(byte ^ static_cast<char>(1U << number % 8)));
}

}  // namespace luytre::tracing::testing
