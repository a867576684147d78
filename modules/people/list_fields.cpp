#include "modules/people/list_fields.h"

#include <charconv>

#include "engines/linkage/paper.h"
#include "platform/base/phone.h"
#include "platform/base/text.h"

namespace luytre::people {
namespace {

constexpr std::size_t kPaperMost = 32;

}  // namespace

std::int64_t birth_year(tables::Row& row, int latest) {
  const std::string written = row.text("birthYear", 4);
  if (written.empty()) return 0;
  int out = 0;
  const auto [end, failed] = std::from_chars(written.data(), written.data() + written.size(), out);
  if (failed != std::errc() || end != written.data() + written.size()) {
    row.wrong("birthYear", "format");
  } else if (out < kFirstYear || out > latest) {
    row.wrong("birthYear", "range");
  }
  return out;
}

std::optional<std::string> phone(tables::Row& row) {
  const std::string written = row.words("phone");
  if (written.empty()) return std::nullopt;
  auto out = normalise_phone(written);
  if (!out) row.wrong("phone", "format");
  return out;
}

std::optional<std::string> paper(tables::Row& row) {
  std::string written = row.words("paper");
  if (written.empty()) return std::nullopt;
  if (code_points(written) <= kPaperMost && !linkage::paper_keys(written).empty()) return written;
  row.wrong("paper", "format");
  return std::nullopt;
}

}  // namespace luytre::people
