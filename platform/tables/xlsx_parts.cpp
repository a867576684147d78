#include "platform/tables/xlsx_parts.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include "platform/base/time.h"
#include "platform/tables/xml.h"

namespace luytre::tables::xlsx {
namespace {

constexpr std::size_t kStylesMost = 65'536;
constexpr std::int64_t kDay1900 =
    -25569;  // 1899-12-30: day 0 from 1900-03-01 on, before which a 29 February is counted
constexpr std::int64_t kDay1904 = -24107;  // 1904-01-01
constexpr double kSerialMost = 2'958'465;  // 9999-12-31
constexpr double kWholeMost = 1e15;        // whole numbers below are exact and are written whole

template <class T>
std::optional<T> number(std::string_view text) {
  T out{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

class RelationsWalk final : public XmlWalk {
 public:
  Relations out;
  void begin(std::string_view name, const Attributes& attributes) override {
    if (name != "Relationship") return;
    if (attributes.get("Type").ends_with("/officeDocument")) out.document = attributes.get("Target");
    out.targets.emplace(attributes.get("Id"), attributes.get("Target"));
  }
};

class WorkbookWalk final : public XmlWalk {
 public:
  Workbook out;
  void begin(std::string_view name, const Attributes& attributes) override {
    if (name == "workbookPr") {
      const auto flag = attributes.get("date1904");
      out.from_1904 = flag == "1" || flag == "true";
    }
    const auto state = attributes.get("state");
    if (name != "sheet" || !out.first_sheet.empty() || state == "hidden" || state == "veryHidden") return;
    out.first_sheet = attributes.get("id");
  }
};

class StringsWalk final : public XmlWalk {
 public:
  std::vector<std::string> out;
  bool too_large = false;
  void begin(std::string_view name, const Attributes&) override {
    if (name == "si" && out.size() == kStringsMost) {
      too_large = true;
      return stop();
    }
    if (name == "si") out.emplace_back();
    if (name == "rPh") ++phonetic_;  // how to pronounce it: not the text
    in_text_ = name == "t" && phonetic_ == 0 && !out.empty();
  }
  void text(std::string_view piece) override {
    if (in_text_) out.back() += piece;
  }
  void end(std::string_view name) override {
    if (name == "rPh") --phonetic_;
    if (name == "t") in_text_ = false;
  }

 private:
  int phonetic_ = 0;
  bool in_text_ = false;
};

class StylesWalk final : public XmlWalk {
 public:
  std::vector<bool> out;
  void begin(std::string_view name, const Attributes& attributes) override {
    if (name == "cellXfs") in_cells_ = true;
    if (name == "numFmt") {
      if (const auto id = number<int>(attributes.get("numFmtId")))
        dates_[*id] = is_date_format(attributes.get("formatCode"));
    } else if (name == "xf" && in_cells_ && out.size() < kStylesMost) {
      out.push_back(is_date(number<int>(attributes.get("numFmtId")).value_or(0)));
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
  }

 private:
  // Those that every program knows (ECMA-376 part 1, 18.8.30), with the East Asian ones.
  bool is_date(int id) const {
    const auto own = dates_.find(id);
    if (own != dates_.end()) return own->second;
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  }
  bool in_cells_ = false;
  std::map<int, bool> dates_;
};

// "AB12" → 27; nothing if it is no reference.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t out = 0;
  std::size_t letters = 0;
  for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z'; ++letters) {
    if (letters == 3) return std::nullopt;
    out = out * 26 + static_cast<std::size_t>(reference[letters] - 'A' + 1);
  }
  if (letters == 0) return std::nullopt;
  return out - 1;
}

class RowsWalk final : public XmlWalk {
 public:
  explicit RowsWalk(const Book& book) : book_(book) {}
  std::vector<Record> out;
  bool too_large = false;

  void begin(std::string_view name, const Attributes& attributes) override {
    if (name == "sheetData") in_data_ = true;
    if (!in_data_) return;
    if (name == "row") begin_row(attributes);
    if (name == "c") begin_cell(attributes);
    if (name == "rPh") ++phonetic_;
    in_value_ = in_cell_ && phonetic_ == 0 && (name == "v" || name == "t");
  }
  void text(std::string_view piece) override {
    if (!in_value_) return;
    total_ += piece.size();
    if (total_ > kSheetTextMost) return give_up();
    value_ += piece;
  }
  void end(std::string_view name) override {
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "rPh" && phonetic_ > 0) --phonetic_;
    if (name == "c" && in_cell_) end_cell();
    if (name == "row" && in_data_) end_row();
    if (name == "sheetData") stop();
  }

 private:
  void give_up() {
    too_large = true;
    stop();
  }
  void begin_row(const Attributes& attributes) {
    // A row need not say its number: it is then the one after the last.
    const auto said = number<std::int64_t>(attributes.get("r"));
    row_ = {};
    row_.line = said && *said > last_line_ ? *said : last_line_ + 1;
    last_line_ = row_.line;
    next_column_ = 0;
  }
  void begin_cell(const Attributes& attributes) {
    column_ = column_of(attributes.get("r")).value_or(next_column_);
    next_column_ = column_ + 1;
    type_ = attributes.get("t");
    style_ = number<std::size_t>(attributes.get("s")).value_or(0);
    value_.clear();
    in_cell_ = true;
    phonetic_ = 0;
  }
  void end_cell() {
    in_cell_ = false;
    std::string shown = cell();
    if (shown.empty() || column_ >= kColumnsMost) return;
    total_ += shown.size();  // one shared string may stand in every cell
    if (total_ > kSheetTextMost) return give_up();
    if (row_.fields.size() <= column_) row_.fields.resize(column_ + 1);
    row_.fields[column_] = std::move(shown);
  }
  std::string cell() {
    if (type_ == "s") {
      const auto index = number<std::size_t>(value_);
      return index && *index < book_.strings.size() ? book_.strings[*index] : std::string();
    }
    if (type_ == "b") return value_ == "1" ? "TRUE" : "FALSE";
    if (!type_.empty() && type_ != "n") return std::move(value_);
    if (style_ < book_.dates.size() && book_.dates[style_]) {
      if (auto date = date_text(value_, book_.from_1904)) return std::move(*date);
    }
    return number_text(value_);
  }
  void end_row() {
    if (row_.fields.empty()) return;
    cells_ += row_.fields.size();
    if (out.size() == kRowsMost || cells_ > kCellsMost) return give_up();
    std::size_t size = 0;
    for (const auto& field : row_.fields) size += field.size() + 1;
    if (size > kRecordMost) {
      row_.fields.clear();
      row_.bad = "longer than " + std::to_string(kRecordMost) + " bytes";
    }
    out.push_back(std::move(row_));
    row_ = {};
  }

  const Book& book_;
  Record row_;
  std::int64_t last_line_ = 0;
  std::size_t next_column_ = 0, column_ = 0, style_ = 0;
  std::string type_, value_;
  std::size_t total_ = 0, cells_ = 0;
  int phonetic_ = 0;
  bool in_data_ = false, in_cell_ = false, in_value_ = false;
};

template <class Walk>
auto walked(Walk walk, std::string_view xml) -> Result<decltype(walk.out)> {
  if (!walk.walk(xml)) return kNotAWorkbook;
  return std::move(walk.out);
}

}  // namespace

Result<Relations> relations(std::string_view xml) {
  return walked(RelationsWalk(), xml);
}

Result<Workbook> workbook(std::string_view xml) {
  return walked(WorkbookWalk(), xml);
}

Result<std::vector<std::string>> shared_strings(std::string_view xml) {
  StringsWalk walk;
  if (!walk.walk(xml)) return kNotAWorkbook;
  if (walk.too_large) return kWorkbookTooLarge;
  return std::move(walk.out);
}

Result<std::vector<bool>> date_styles(std::string_view xml) {
  return walked(StylesWalk(), xml);
}

Result<std::vector<Record>> rows(std::string_view xml, const Book& book) {
  RowsWalk walk(book);
  if (!walk.walk(xml)) return kNotAWorkbook;
  if (walk.too_large) return kWorkbookTooLarge;
  return std::move(walk.out);
}

// Letters of dates outside quotes, brackets ("[Red]", "[$-42A]") and escapes.
bool is_date_format(std::string_view code) {
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"' || c == '[') {
      const std::size_t close = code.find(c == '"' ? '"' : ']', i + 1);
      if (close == std::string_view::npos) return false;
      i = close;
    } else if (std::string_view("dDmMyYhHsS").find(c) != std::string_view::npos) {
      return true;
    } else if (c == ';') {
      return false;
    }
  }
  return false;
}

std::string number_text(std::string_view written) {
  const auto value = number<double>(written);
  if (!value || !std::isfinite(*value)) return std::string(written);
  char text[64];
  const bool whole = std::trunc(*value) == *value && std::abs(*value) < kWholeMost;
  const auto end = whole ? std::to_chars(text, text + sizeof text, static_cast<std::int64_t>(*value))
                         : std::to_chars(text, text + sizeof text, *value);
  return std::string(text, end.ptr);
}

std::optional<std::string> date_text(std::string_view written, bool from_1904) {
  const auto value = number<double>(written);
  if (!value || !(*value >= 0 && *value < kSerialMost + 1)) return std::nullopt;
  const auto seconds = static_cast<std::int64_t>(std::llround(*value * static_cast<double>(kDaySeconds)));
  std::int64_t day = seconds / kDaySeconds + (from_1904 ? kDay1904 : kDay1900);
  const std::int64_t of_day = seconds % kDaySeconds;
  if (!from_1904 && seconds < 61 * kDaySeconds) ++day;
  const Date date{day};
  if (date < make_date(1900, 1, 1) || date > make_date(9999, 12, 31)) return std::nullopt;
  if (of_day == 0) return to_text(date);
  const auto two = [](std::int64_t part) { return (part < 10 ? "0" : "") + std::to_string(part); };
  return to_text(date) + 'T' + two(of_day / 3600) + ':' + two(of_day / 60 % 60) + ':' + two(of_day % 60);
}

}  // namespace luytre::tables::xlsx
