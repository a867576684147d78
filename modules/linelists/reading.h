// One line of a list as a person and a case or a contact of ours, or what is wrong with it. Pure functions of the
// cells.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "modules/cases/cases.h"
#include "modules/linelists/mapping.h"
#include "modules/tracing/declared.h"
#include "platform/geography/geography.h"
#include "platform/tables/list.h"

namespace luytre::linelists {

inline constexpr std::size_t kCellMost = 1000;  // code points; what is longer says nothing that a line list needs

inline constexpr std::string_view kMark = "Lũy Tre: ";  // how the lists that we write begin

inline constexpr std::string_view kUnreadable = "\xEF\xBF\xBD";  // U+FFFD: what a reader of another encoding leaves

struct Sheet {
  std::vector<std::string> columns;  // tidied; none twice
  struct Row {
    std::int64_t line = 0;           // of the file, from 1
    std::vector<std::string> cells;  // as many as columns; empty: the line is no record
  };
  std::vector<Row> rows;
};

// CSV or a workbook. The mark that our own lists begin with is skipped, as is the apostrophe that keeps a program from
// calculating. Errors: invalid (no head line), too_many_lines, not_a_workbook, workbook_too_large.
Result<Sheet> read_sheet(std::string_view bytes, std::size_t lines_most);

// Every relationship of Go.Data as a row, with the contact it tells of, found by their ids, before it; and after these
// the contacts that none tells of. Rows are counted anew, from 2. Errors: invalid (unknown: no ids to find them by;
// repeated: they are joined; too_long), too_many_lines.
Result<Sheet> with_relationships(const Sheet& contacts, const Sheet& relationships);

struct Line {
  std::string external;       // what the file calls it; the number where it has no other
  std::string source_number;  // of the case that it was infected by, or whose contact it is
  people::NewPerson person;
  cases::ImportedCase given;    // without person, source and infectedBy
  tracing::NewContact contact;  // of a list of contacts, without who
  std::vector<tables::Flaw> flaws;
};

struct Reading {
  const geography::Geography& geography;
  const presence::Diseases& diseases;
  UnitId area;  // whose list it is
  Date today;
  About about = About::kCases;
};

class LineReader {
 public:
  LineReader(const Mapping& mapping, const std::vector<std::string>& columns, const Reading& reading);
  Line read(const std::vector<std::string>& cells) const;

 private:
  struct Place {
    const Use* use = nullptr;
    std::optional<std::size_t> column;
  };
  class Cells;
  std::map<Field, Place> places_;
  Reading reading_;
};

}  // namespace luytre::linelists
