// A file that an officer takes out: how its first line says whose it is, and how it is answered.

#pragma once

#include <string>
#include <utility>

#include "platform/geography/geography.h"
#include "platform/http/router.h"
#include "platform/identity/caller.h"

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

}  // namespace luytre::identity
