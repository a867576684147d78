// Reads a workbook as spreadsheet programs save it (Office Open XML, ECMA-376 parts 1 and 2): the first sheet that is
// not hidden, row by row, as the same records that a CSV file gives. A record's line is the row's number as the program
// shows it. Cells are text: numbers as they would be written by hand (whole ones without a point), dates ISO-8601
// ("2021-08-04", with a time of day "2021-08-04T07:30:00", local as in the sheet), formulas their last value. Empty
// rows are left out.
//
// Files come from anywhere, so every measure is bounded before it is believed: entries, bytes that a part unpacks to,
// rows, columns, cells and their text. XML with a document type is refused: none of these files has one, and
// entities are how small files become large. Pure function of the bytes.

#pragma once

#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/tables/csv.h"

namespace luytre::tables {

inline constexpr std::size_t kEntriesMost = 500;
inline constexpr std::size_t kPartMost = 16 * 1024 * 1024;  // unpacked, of one part
inline constexpr std::size_t kColumnsMost = 100;
inline constexpr std::size_t kRowsMost = 20'000;
inline constexpr std::size_t kSheetTextMost = 16 * 1024 * 1024;  // of all cells
inline constexpr const char* kXlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
// Of a route that takes, or answers with, either kind of file.
inline constexpr const char* kFileTypes = "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

inline constexpr ErrorCode kNotAWorkbook{"not_a_workbook", 422};  // damaged, encrypted, or another kind of file
inline constexpr ErrorCode kWorkbookTooLarge{"workbook_too_large", 413};

// Whether the bytes are a zip file, as every workbook is and no list in CSV.
bool looks_like_workbook(std::string_view bytes);

// Errors: not_a_workbook, workbook_too_large.
Result<std::vector<Record>> read_xlsx(std::string_view bytes);

}  // namespace luytre::tables
