#include "modules/integration/input.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace luytre::integration {

namespace {

constexpr unsigned kBuffer = 256 * 1024;

}  // namespace

void InputFile::Close::operator()(void* file) const {
  gzclose(static_cast<gzFile>(file));
}

InputFile::InputFile(const std::filesystem::path& file) : path_(file) {
  std::error_code failed;
  if (std::filesystem::is_directory(file, failed))
    throw std::runtime_error(file.string() + " is a folder; give a file");
  const auto size = std::filesystem::file_size(file, failed);
  file_.reset(gzopen(file.c_str(), "rb"));
  if (!file_) throw std::runtime_error("cannot open " + file.string() + ": " + std::strerror(errno));
  if (!failed) total_ = static_cast<std::int64_t>(size);
  gzbuffer(static_cast<gzFile>(file_.get()), kBuffer);
}

std::size_t InputFile::read(char* into, std::size_t size) {
  const auto most = static_cast<unsigned>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
  const auto file = static_cast<gzFile>(file_.get());
  const int count = gzread(file, into, most);
  int code = Z_OK;
  const char* message = gzerror(file, &code);
  if (count < 0 || (count == 0 && code == Z_BUF_ERROR)) {
    const std::string why = code == Z_ERRNO ? std::strerror(errno) : code == Z_BUF_ERROR ? "it ends early" : message;
    throw InputError("cannot read " + path_.string() + " to its end: " + why +
                     ". What was read before is loaded; get the file again");
  }
  return static_cast<std::size_t>(count);
}

std::int64_t InputFile::bytes_read() const {
  return gzoffset(static_cast<gzFile>(file_.get()));
}

}  // namespace luytre::integration
