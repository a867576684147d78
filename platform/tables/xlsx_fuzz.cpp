// Any bytes, as a whole file and as each part inside: no crash, and what comes out holds the limits.

#include "platform/base/fuzzing.h"
#include "platform/base/text.h"
#include "platform/tables/xlsx_parts.h"

using luytre::require;

namespace {

void check(const luytre::Result<std::vector<luytre::tables::Record>>& records) {
  using namespace luytre::tables;
  if (!records) return;
  require(records->size() <= kRowsMost);
  std::int64_t last = 0;
  for (const auto& record : *records) {
    require(record.line > last);
    last = record.line;
    require(record.bad.empty() != record.fields.empty());
    require(record.fields.size() <= kColumnsMost);
    for (const auto& field : record.fields) require(field.size() <= kRecordMost && luytre::is_utf8(field));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace luytre::tables;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0:
      check(xlsx::rows(text, {{"một", "hai"}, {false, true}, false}));
      break;
    case 1:
      (void)xlsx::shared_strings(text);
      break;
    case 2:
      (void)xlsx::date_styles(text);
      break;
    case 3:
      (void)xlsx::relations(text), (void)xlsx::workbook(text);
      break;
    case 4:
      (void)xlsx::is_date_format(text), (void)xlsx::number_text(text), (void)xlsx::date_text(text, true);
      break;
    default:
      check(read_xlsx(text));
  }
  return 0;
}
