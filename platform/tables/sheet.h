// A table that somebody takes out, as comma-separated values or as a workbook of one sheet (libxlsxwriter). Text is
// never a formula, whatever it begins with: in a workbook text cells are text; in CSV, where a program that opens the
// file would calculate it, an apostrophe goes before. Not thread-safe.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"

namespace luytre::tables {

struct Share {
  double value;  // shown in percent by a workbook
};

// Nothing, text, a count, a share of 1, a day.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Share, Date>;

template <class T>
Cell cell(const std::optional<T>& value) {
  return value ? Cell(*value) : Cell();
}

struct Sheet {
  std::string mark;  // the first line: what this is, who took it out, when
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

enum class Format { kCsv, kXlsx };
Format format_of(const std::optional<std::string>& name);  // "xlsx", else CSV

struct Written {
  std::string type;    // content type
  std::string ending;  // of a file name, with its point
  std::string bytes;
};

// Throws runtime_error if the library cannot write.
Written write(const Sheet& sheet, Format format);

std::string csv_text(const std::string& text);  // a field of CSV that no program calculates

}  // namespace luytre::tables
