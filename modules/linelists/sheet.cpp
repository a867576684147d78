// A file as rows of cells.

#include <algorithm>
#include <cstring>

#include "modules/linelists/reading.h"
#include "platform/tables/xlsx.h"

namespace luytre::linelists {
namespace {

constexpr std::string_view kCalculated = "=+-@\t\r";  // platform/tables/sheet.cpp

// Of one line. What is no text of UTF-8 is not left out: it says that it cannot be read.
std::string plain(const std::string& cell) {
  std::string one_line = cell;
  for (char& c : one_line)
    if (c == '\r' || c == '\n') c = ' ';
  std::string out = tidy(one_line).value_or(std::string(kUnreadable));
  const bool kept = out.size() > 1 && out[0] == '\'' && kCalculated.find(out[1]) != std::string_view::npos;
  if (kept) out.erase(0, 1);
  return out;
}

bool is_mark(const tables::Record& record) {
  return !record.fields.empty() && record.fields[0].starts_with(kMark) &&
         std::all_of(record.fields.begin() + 1, record.fields.end(), [](const auto& field) { return field.empty(); });
}

Result<Done> take_head(const tables::Record& record, Sheet& out) {
  if (!record.bad.empty()) return wrong_field("", "required");
  for (const std::string& field : record.fields) {
    const std::string name = plain(field);
    std::string head = name.empty() ? "#" + std::to_string(out.columns.size() + 1) : name;
    if (std::find(out.columns.begin(), out.columns.end(), head) != out.columns.end())
      head += " #" + std::to_string(out.columns.size() + 1);
    out.columns.push_back(std::move(head));
  }
  if (out.columns.size() > tables::kColumnsMost) return wrong_field("", "too_long");
  return Done{};
}

}  // namespace

Result<Sheet> read_sheet(std::string_view bytes, std::size_t lines_most) {
  Sheet out;
  std::optional<Error> wrong;
  const auto take = [&](const tables::Record& record) {
    if (out.columns.empty()) {
      if (is_mark(record)) return true;
      const auto done = take_head(record, out);
      if (!done) wrong = done.error();
      return done.ok();
    }
    if (out.rows.size() == lines_most) {
      wrong = Error(tables::kTooManyLines, {{"most", std::to_string(lines_most)}});
      return false;
    }
    Sheet::Row& row = out.rows.emplace_back();
    row.line = record.line;
    if (!record.bad.empty()) return true;
    for (std::size_t i = 0; i < out.columns.size(); ++i)
      row.cells.push_back(i < record.fields.size() ? plain(record.fields[i]) : std::string());
    return true;
  };
  if (tables::looks_like_workbook(bytes)) {
    const auto all = tables::read_xlsx(bytes);
    if (!all) return all.error();
    for (const auto& record : *all)
      if (!take(record)) break;
  } else {
    std::size_t at = 0;
    tables::CsvReader csv([&](char* into, std::size_t size) {
      const std::size_t count = std::min(size, bytes.size() - at);
      std::memcpy(into, bytes.data() + at, count);
      at += count;
      return count;
    });
    while (const auto record = csv.next())
      if (!take(*record)) break;
  }
  if (wrong) return *wrong;
  if (out.columns.empty()) return wrong_field("", "required");
  return out;
}

}  // namespace luytre::linelists
