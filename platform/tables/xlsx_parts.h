// The parts of a workbook: what is read out of each XML text inside. For xlsx.cpp and its tests.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/tables/xlsx.h"

namespace luytre::tables::xlsx {

inline constexpr std::size_t kCellsMost = 400'000;    // of all rows, the empty ones before a full one too
inline constexpr std::size_t kStringsMost = 200'000;  // that cells share

// An id of a part → where the part is, as written.
struct Relations {
  std::map<std::string, std::string, std::less<>> targets;
  std::string document;  // target of the relation that is the workbook itself; empty: none
};
Result<Relations> relations(std::string_view xml);

struct Workbook {
  std::string first_sheet;  // relation id of the first sheet that is not hidden; empty: none
  bool from_1904 = false;   // days are counted from 1904-01-01, as old Macintoshes did
};
Result<Workbook> workbook(std::string_view xml);

Result<std::vector<std::string>> shared_strings(std::string_view xml);

// Of each cell style, whether it shows its number as a date.
Result<std::vector<bool>> date_styles(std::string_view xml);
bool is_date_format(std::string_view code);

struct Book {
  std::vector<std::string> strings;
  std::vector<bool> dates;
  bool from_1904 = false;
};
Result<std::vector<Record>> rows(std::string_view xml, const Book& book);

// "912345678", "4.5E+1" → "45", "0.1"; as it stands if it is no number.
std::string number_text(std::string_view written);
// Days since the sheet's first, as a date with its time of day; nothing if it is no date of 1900 to 9999.
std::optional<std::string> date_text(std::string_view written, bool from_1904);

}  // namespace luytre::tables::xlsx
