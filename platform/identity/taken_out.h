// A file that an officer takes out: how its first line says whose it is, what is logged of it, and how it is answered.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/geography/geography.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/tables/sheet.h"

namespace luytre::identity {

// Of people of a unit: of which, how many, who took it out, when.
inline std::string unit_mark(const geography::Geography& geography, UnitId unit, std::size_t rows, const Caller& caller,
                             Instant at) {
  const auto* of = geography.find(unit);
  return "Lũy Tre: " + (of ? of->full_name : to_text(unit)) + ", " + std::to_string(rows) + ", " + caller.name + ", " +
         to_text(caller.account) + ", " + to_text(at);
}

// What a browser saves under that name, which names nobody.
inline http::Reply saved(std::string type, std::string bytes, const std::string& name) {
  http::Reply out;
  out.type = std::move(type);
  out.body = std::move(bytes);
  out.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + '"');
  return out;
}

inline constexpr std::size_t kListOutMost = 5000;               // lines, where a room says no less
inline constexpr ErrorCode kListTooLong{"list_too_long", 413};  // params: most

inline Error list_too_long(std::size_t most = kListOutMost) {
  return Error(kListTooLong, {{"most", std::to_string(most)}});
}

// A list of a unit, as it is to be taken out.
struct UnitFile {
  UnitId unit;
  std::string what;    // in the log of lists: "orders"
  std::string name;    // of the file, before the unit: "luytre-orders-"
  std::string reason;  // that was asked for
  std::optional<std::string> format;
  tables::Sheet sheet;            // its mark comes from here
  std::vector<Subject> people{};  // everybody in it, with the reason; none: the log of lists has it
  std::int64_t unrecorded = 0;    // people in it who have no record
};

// Marked, logged and written; who may is asked before. Errors: those of Access::require_each.
Result<http::Reply> unit_file(store::Session& session, const Access& access, const geography::Geography& geography,
                              const Caller& caller, const Action& action, UnitFile file, Instant at);

}  // namespace luytre::identity
