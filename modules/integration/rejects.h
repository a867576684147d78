// The rejects file: which lines were not loaded, and why. CSV `line,reason,row`, readable by its owner only, because
// rows may hold personal data. Made with the first reject; an older one of that name is removed at the start.

#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace luytre::integration {

class Rejects {
 public:
  explicit Rejects(std::filesystem::path file);  // throws runtime_error
  void add(std::int64_t line, std::string_view reason, std::string_view row);
  std::int64_t count() const { return count_; }
  const std::filesystem::path& file() const { return file_; }
  void close();  // throws runtime_error when the disk is full

 private:
  void open();

  std::filesystem::path file_;
  std::ofstream out_;
  std::int64_t count_ = 0;
};

}  // namespace luytre::integration
