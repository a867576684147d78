#include "platform/tables/list.h"

#include <algorithm>
#include <cstring>

#include "platform/base/text.h"

namespace luytre::tables {
namespace {

// The records of a list, one after another, whatever it is written in.
class Records {
 public:
  static Result<Records> open(std::string_view bytes) {
    Records out;
    if (looks_like_workbook(bytes)) {
      auto all = read_xlsx(bytes);
      if (!all) return all.error();
      out.sheet_ = std::move(*all);
    } else {
      out.csv_.emplace([bytes, at = std::size_t{0}](char* into, std::size_t size) mutable {
        const std::size_t count = std::min(size, bytes.size() - at);
        std::memcpy(into, bytes.data() + at, count);
        at += count;
        return count;
      });
    }
    return out;
  }
  std::optional<Record> next() {
    if (csv_) return csv_->next();
    if (at_ == sheet_.size()) return std::nullopt;
    return std::move(sheet_[at_++]);
  }

 private:
  std::optional<CsvReader> csv_;
  std::vector<Record> sheet_;
  std::size_t at_ = 0;
};

Result<Head> read_head(const std::optional<Record>& record, const Columns& columns) {
  if (!record || !record->bad.empty()) return wrong_field("", "required");
  Head out;
  for (std::size_t i = 0; i < record->fields.size(); ++i)
    if (const auto name = tidy(record->fields[i])) out.emplace(*name, i);
  const auto there = [&](const std::string& column) { return out.contains(column); };
  std::vector<FieldError> missing;
  for (const auto& column : columns.required)
    if (!there(column)) missing.push_back({'/' + column, "required", {}});
  if (!columns.one_of.empty() && std::none_of(columns.one_of.begin(), columns.one_of.end(), there))
    missing.push_back({'/' + columns.one_of.front(), "required", {}});
  if (!missing.empty()) return Error(kInvalid, std::move(missing));
  return out;
}

}  // namespace

Row::Row(const Head& head, const Record& record) : head_(head), record_(record) {
  if (!record.bad.empty()) flaws_.push_back({"", "format"});
}

void Row::wrong(std::string_view column, std::string_view code) {
  if (record_.bad.empty()) flaws_.push_back({std::string(column), std::string(code)});
}

std::string Row::words(std::string_view column) {
  const auto found = head_.find(column);
  if (found == head_.end() || found->second >= record_.fields.size()) return {};
  auto out = tidy(record_.fields[found->second]);
  if (!out) wrong(column, "encoding");
  return out.value_or("");
}

std::string Row::text(std::string_view column, std::size_t most) {
  const std::size_t before = flaws_.size();
  std::string out = words(column);
  if (fold(out).empty() && flaws_.size() == before) wrong(column, "required");
  if (code_points(out) <= most) return out;
  wrong(column, "too_long");
  return {};
}

Result<Done> read_list(std::string_view bytes, const Columns& columns, std::size_t lines_most,
                       const std::function<void(Row&)>& each) {
  auto records = Records::open(bytes);
  if (!records) return records.error();
  const auto head = read_head(records->next(), columns);
  if (!head) return head.error();
  for (std::size_t count = 0; const auto record = records->next(); ++count) {
    if (count == lines_most) return Error(kTooManyLines, {{"most", std::to_string(lines_most)}});
    Row row(*head, *record);
    each(row);
  }
  return Done{};
}

}  // namespace luytre::tables
