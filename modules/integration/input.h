// A file to import, plain or gzip, read in order. Counts the bytes it has read of the file itself, for progress. Not
// thread-safe.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace luytre::integration {

// The file is damaged or cut short; the text says so.
class InputError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& file);  // throws runtime_error saying what to do
  std::size_t read(char* into, std::size_t size);         // 0 at the end; throws InputError
  std::int64_t bytes_read() const;
  std::int64_t bytes_total() const { return total_; }

 private:
  struct Close {
    void operator()(void* file) const;
  };
  std::filesystem::path path_;
  std::unique_ptr<void, Close> file_;
  std::int64_t total_ = 0;
};

}  // namespace luytre::integration
