// Identifiers: 63-bit integers made by the application, ordered by time, unique across processes.
//
// Layout, from the top: 41 bits of milliseconds since 2020-01-01T00:00:00Z, 10 bits of leased process number, 12 bits
// of counter. In JSON and URLs an id is 13 characters of Crockford base32, lower case. Ids of different nouns are
// different types.

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace luytre {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
};

// Nouns that more than one room names. A noun of one module is declared in that module.
using AccountId = Id<struct AccountTag>;
using PersonId = Id<struct PersonTag>;
using PlaceId = Id<struct PlaceTag>;
using ZoneId = Id<struct ZoneTag>;
using VisitId = Id<struct VisitTag>;
using CaseId = Id<struct CaseTag>;
using UnitId = Id<struct UnitTag>;

std::string id_text(std::int64_t value);
std::optional<std::int64_t> parse_id(std::string_view text);

template <class Tag>
std::string to_text(Id<Tag> id) {
  return id_text(id.value);
}

// Makes ids. Thread-safe. Never repeats one within a process, not even when the system clock steps back; two processes
// must not hold the same process number at the same time (the store leases them).
class IdMaker {
 public:
  explicit IdMaker(unsigned process_number);  // 0 … 1023
  std::int64_t next();

  template <class Noun>
  Noun make() {
    return Noun{next()};
  }

 private:
  std::int64_t process_;
  std::atomic<std::int64_t> last_{0};  // milliseconds and counter, without the process number
};

}  // namespace luytre

template <class Tag>
struct std::hash<luytre::Id<Tag>> {
  std::size_t operator()(luytre::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
