#include "modules/integration/rejects.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "platform/tables/csv.h"

namespace luytre::integration {

Rejects::Rejects(std::filesystem::path file) : file_(std::move(file)) {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

void Rejects::open() {
  const int made = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (made < 0)
    throw std::runtime_error("cannot write the rejects file " + file_.string() + ": " + std::strerror(errno));
  ::close(made);
  out_.open(file_, std::ios::binary);
  out_ << "line,reason,row\n";
}

void Rejects::add(std::int64_t line, std::string_view reason, std::string_view row) {
  if (count_++ == 0) open();
  out_ << line << ',' << tables::csv_field(reason) << ',' << tables::csv_field(row) << '\n';
}

void Rejects::close() {
  if (count_ == 0) return;
  out_.close();
  if (!out_)
    throw std::runtime_error("cannot write the rejects file " + file_.string() + " to its end: is the disk full?");
}

}  // namespace luytre::integration
