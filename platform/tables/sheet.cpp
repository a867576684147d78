#include "platform/tables/sheet.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>

#include "platform/base/text.h"
#include "platform/tables/csv.h"
#include "platform/tables/xlsx.h"

namespace luytre::tables {
namespace {

constexpr double kWidthLeast = 9, kWidthMost = 60;
constexpr std::string_view kCalculated = "=+-@\t\r";  // what a spreadsheet program begins to calculate at

std::string csv_cell(const Cell& cell) {
  struct Shown {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return csv_text(text); }
    std::string operator()(std::int64_t count) const { return std::to_string(count); }
    std::string operator()(Share share) const { return std::to_string(share.value); }
    std::string operator()(Date day) const { return to_text(day); }
  };
  return std::visit(Shown(), cell);
}

std::string csv(const Sheet& sheet) {
  std::string out = csv_text(sheet.mark) + "\r\n";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) out += (i ? "," : "") + csv_text(sheet.columns[i]);
  for (const auto& row : sheet.rows) {
    out += "\r\n";
    for (std::size_t i = 0; i < row.size(); ++i) out += (i ? "," : "") + csv_cell(row[i]);
  }
  return out + "\r\n";
}

// A file in memory: libxlsxwriter 1.1 writes to files only.
class MemoryFile {
 public:
  MemoryFile() : file_(::memfd_create("sheet", MFD_CLOEXEC)) {
    if (file_ < 0) throw std::system_error(errno, std::generic_category(), "no memory for a workbook");
  }
  ~MemoryFile() { ::close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }
  std::string bytes() const {
    std::string out(static_cast<std::size_t>(std::max<off_t>(0, ::lseek(file_, 0, SEEK_END))), '\0');
    for (std::size_t at = 0; at < out.size();) {
      const ssize_t got = ::pread(file_, out.data() + at, out.size() - at, static_cast<off_t>(at));
      if (got <= 0) throw std::runtime_error("a workbook in memory cannot be read back");
      at += static_cast<std::size_t>(got);
    }
    return out;
  }

 private:
  const int file_;
};

class Workbook {
 public:
  Workbook() : path_(file_.path()), book_(workbook_new(path_.c_str())) {
    if (!book_) throw std::bad_alloc();
    sheet_ = workbook_add_worksheet(book_, nullptr);
    bold_ = format([](lxw_format* f) { format_set_bold(f); });
    day_ = format([](lxw_format* f) { format_set_num_format(f, "dd/mm/yyyy"); });
    share_ = format([](lxw_format* f) { format_set_num_format(f, "0.0%"); });
  }
  ~Workbook() {
    if (book_) lxw_workbook_free(book_);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  void text(lxw_row_t row, std::size_t column, const std::string& value, bool bold = false) {
    check(worksheet_write_string(sheet_, row, at(column), value.c_str(), bold ? bold_ : nullptr));
  }
  void cell(lxw_row_t row, std::size_t column, const Cell& value) {
    if (const auto* words = std::get_if<std::string>(&value)) {
      text(row, column, *words);
    } else if (const auto* count = std::get_if<std::int64_t>(&value)) {
      check(worksheet_write_number(sheet_, row, at(column), static_cast<double>(*count), nullptr));
    } else if (const auto* share = std::get_if<Share>(&value)) {
      check(worksheet_write_number(sheet_, row, at(column), share->value, share_));
    } else if (const auto* day = std::get_if<Date>(&value)) {
      const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day->days))};
      lxw_datetime written{static_cast<int>(date.year()),
                           static_cast<int>(static_cast<unsigned>(date.month())),
                           static_cast<int>(static_cast<unsigned>(date.day())),
                           0,
                           0,
                           0};
      check(worksheet_write_datetime(sheet_, row, at(column), &written, day_));
    }
  }
  void width(std::size_t column, double letters) {
    check(worksheet_set_column(sheet_, at(column), at(column), letters, nullptr));
  }
  void freeze_above(lxw_row_t row) { worksheet_freeze_panes(sheet_, row, 0); }

  std::string bytes() {
    lxw_workbook* const book = book_;
    book_ = nullptr;  // closing frees it, also when it fails
    check(workbook_close(book));
    return file_.bytes();
  }

 private:
  template <class Set>
  lxw_format* format(Set set) {
    lxw_format* out = workbook_add_format(book_);
    set(out);
    return out;
  }
  static lxw_col_t at(std::size_t column) { return static_cast<lxw_col_t>(column); }
  static void check(lxw_error error) {
    if (error != LXW_NO_ERROR) throw std::runtime_error(std::string("workbook: ") + lxw_strerror(error));
  }

  MemoryFile file_;
  const std::string path_;
  lxw_workbook* book_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *bold_ = nullptr, *day_ = nullptr, *share_ = nullptr;
};

// As wide as its longest text, within reason.
double width_of(const Sheet& sheet, std::size_t column) {
  std::size_t longest = code_points(sheet.columns[column]);
  for (const auto& row : sheet.rows) {
    const auto* words = column < row.size() ? std::get_if<std::string>(&row[column]) : nullptr;
    if (words) longest = std::max(longest, code_points(*words));
  }
  return std::clamp(static_cast<double>(longest) + 2, kWidthLeast, kWidthMost);
}

std::string xlsx(const Sheet& sheet) {
  Workbook book;
  book.text(0, 0, sheet.mark);
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    book.text(1, i, sheet.columns[i], true);
    book.width(i, width_of(sheet, i));
  }
  book.freeze_above(2);
  for (std::size_t r = 0; r < sheet.rows.size(); ++r)
    for (std::size_t i = 0; i < sheet.rows[r].size(); ++i)
      book.cell(static_cast<lxw_row_t>(r + 2), i, sheet.rows[r][i]);
  return book.bytes();
}

}  // namespace

std::string csv_text(const std::string& text) {
  const bool calculated = !text.empty() && kCalculated.find(text.front()) != std::string_view::npos;
  return csv_field(calculated ? '\'' + text : text);
}

Format format_of(const std::optional<std::string>& name) {
  return name == "xlsx" ? Format::kXlsx : Format::kCsv;
}

Written write(const Sheet& sheet, Format format) {
  if (format == Format::kXlsx) return {kXlsxType, ".xlsx", xlsx(sheet)};
  return {"text/csv; charset=utf-8", ".csv", csv(sheet)};
}

}  // namespace luytre::tables
