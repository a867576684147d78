// A list that somebody sends in, with a head line that names its columns in any order: comma-separated values
// (RFC 4180), or the first sheet of a workbook (xlsx.h); which of them, the bytes say. Every line is judged by itself:
// what is wrong with one never stops the rest. For any room that takes lists: say what the head must name, and read
// the columns of each row; flaws gather in the row. Pure functions of the bytes.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/json.h"
#include "platform/base/result.h"
#include "platform/tables/xlsx.h"

namespace luytre::tables {

struct Flaw {
  std::string column;  // empty: the line is no record
  std::string code;    // required, format, too_long, encoding, and what the room says itself
};
BOOST_DESCRIBE_STRUCT(Flaw, (), (column, code))

inline constexpr ErrorCode kTooManyLines{"too_many_lines", 413};  // params: most

using Head = std::map<std::string, std::size_t, std::less<>>;  // column name → its place in a record

// One line while it is being judged. A line that could not be read at all has that one flaw, and nothing in it.
class Row {
 public:
  Row(const Head& head, const Record& record);

  std::int64_t line() const { return record_.line; }  // of the file, or the sheet's row; from 1
  // Tidied; empty when absent, or not readable, which is then a flaw.
  std::string words(std::string_view column);
  // Likewise, but there must be some, and at most so many code points; else a flaw, and empty.
  std::string text(std::string_view column, std::size_t most);
  void wrong(std::string_view column, std::string_view code);

  bool flawless() const { return flaws_.empty(); }
  std::vector<Flaw> take_flaws() { return std::move(flaws_); }

 private:
  const Head& head_;
  const Record& record_;
  std::vector<Flaw> flaws_;
};

struct Columns {
  std::vector<std::string> required;
  std::vector<std::string> one_of;  // one of them at least; the first is named as missing
};

// Errors: invalid (pointer "/" and each column that the head line lacks; "" without a head line), too_many_lines,
// not_a_workbook, workbook_too_large.
Result<Done> read_list(std::string_view bytes, const Columns& columns, std::size_t lines_most,
                       const std::function<void(Row&)>& each);

}  // namespace luytre::tables
