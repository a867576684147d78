// Any bytes, in pieces of any size: the reader ends, holds its limits, and reads back what it wrote.

#include <algorithm>
#include <cstring>

#include "platform/base/fuzzing.h"
#include "platform/tables/csv.h"

using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace luytre::tables;
  if (size == 0) return 0;
  const std::size_t piece = 1 + data[0];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::size_t at = 0;
  CsvReader reader([&](char* into, std::size_t most) {
    const std::size_t count = std::min({most, piece, text.size() - at});
    std::memcpy(into, text.data() + at, count);
    at += count;
    return count;
  });
  std::int64_t last_line = 0;
  while (const auto record = reader.next()) {
    require(record->line > last_line);
    last_line = record->line;
    require(record->text.size() <= kRecordMost);
    require(record->bad.empty() != record->fields.empty());
    if (!record->bad.empty()) continue;
    std::string written;
    for (const auto& field : record->fields)
      written += (written.empty() && &field == &record->fields.front() ? "" : ",") + csv_field(field);
    if (written.empty() || written.size() > kRecordMost) continue;
    std::size_t taken = 0;
    CsvReader again([&](char* into, std::size_t most) {
      const std::size_t count = std::min(most, written.size() - taken);
      std::memcpy(into, written.data() + taken, count);
      taken += count;
      return count;
    });
    const auto same = again.next();
    require(same && same->fields == record->fields);
  }
  require(at == text.size());
  return 0;
}
