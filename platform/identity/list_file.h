// A unit's list as a file: what all of them have in common. A room asks for the right to take out, with a reason; reads
// at most one line more than the file may have; says of everybody in it, by require_each(), that they are in it; and
// answers unit_file(). Rooms that do so link luytre_tables.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "platform/identity/access.h"
#include "platform/identity/taken_out.h"
#include "platform/tables/sheet.h"

namespace luytre::identity {

inline constexpr std::size_t kListOutMost = 5000;
inline constexpr ErrorCode kListTooLong{"list_too_long", 413};  // params: most

inline Error list_too_long(std::size_t most = kListOutMost) {
  return Error(kListTooLong, {{"most", std::to_string(most)}});
}

struct UnitFile {
  std::string what;  // in the log, and in the file's name: "follow-ups"
  UnitId unit;
  tables::Sheet sheet;  // is marked here
  std::optional<std::string> format;
  bool people = true;  // each line is about somebody; else nobody's data
};

// Marks and writes it, and logs once that it was taken out; of a file of nobody's data with the reason.
inline http::Reply unit_file(store::Session& session, const Access& access, const geography::Geography& geography,
                             const Caller& caller, const Action& action, UnitFile file, std::string_view reason,
                             Instant at) {
  const std::size_t rows = file.sheet.rows.size();
  file.sheet.mark = unit_mark(geography, file.unit, rows, caller, at);
  std::string told = file.what + ", unit " + to_text(file.unit);
  if (!file.people) told = std::to_string(rows) + ' ' + told + ": " + std::string(reason);
  access.log_list(session, caller, action, file.people ? static_cast<std::int64_t>(rows) : 0, told);
  tables::Written written = tables::write(file.sheet, tables::format_of(file.format));
  return saved(std::move(written.type), std::move(written.bytes),
               "luytre-" + file.what + '-' + to_text(file.unit) + written.ending);
}

}  // namespace luytre::identity
