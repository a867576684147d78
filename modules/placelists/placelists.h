// Place lists: a unit brings its places in bulk: shops of a ward, classrooms of a school, halls of a factory.
//
// An officer sends comma-separated values or a workbook (platform/tables/list.h) with a head line: id, name, kind, and
// commune, zones, address, phone and capacity if wanted.
// `id` is the unit's own number of the place, or another system's, which is then named; a line whose id was told before
// is that place again: nothing is doubled, zones that are missing are added. `kind` is a kind's name or its Vietnamese
// title, `commune` a code or a name within the officer's area (absent: the area itself, if it is a commune), `zones`
// names with semicolons between. Every line is judged by itself; a bad one is answered with what is wrong, the others
// are taken. Places come in registered, without a keeper: their station approves them as any other, and whoever holds
// the phone that the list names may claim one (places::Places::start_claim). The posters of a list are printed
// together, for kBatchKept. Logged. Thread-safe.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/places/places.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"
#include "platform/tables/list.h"

namespace luytre::placelists {

using BatchId = Id<struct PlaceListTag>;

inline constexpr std::size_t kLinesMost = 2'000;
inline constexpr std::size_t kBytesMost = 1024 * 1024;
inline constexpr std::size_t kIdMost = 60;
inline constexpr std::size_t kPlacesAtOnce = 100;   // of one file of posters
inline constexpr std::size_t kPostersAtOnce = 500;  // likewise; a place's posters are never parted
static_assert(kPostersAtOnce > places::kZonesMost);
inline constexpr std::chrono::hours kBatchKept{90 * 24};

enum class LineState { kTaken, kKnown, kRefused };
BOOST_DESCRIBE_ENUM(LineState, kTaken, kKnown, kRefused)

struct LineResult {
  std::int64_t line = 0;          // of the file, from 1
  std::optional<std::string> id;  // as written
  LineState state = LineState::kTaken;
  std::optional<PlaceId> place;
  // required, format, too_long, repeated, encoding, unknown, ambiguous, not_permitted
  std::vector<tables::Flaw> errors;
};
BOOST_DESCRIBE_STRUCT(LineResult, (), (line, id, state, place, errors))

struct Report {
  std::optional<BatchId> batch;  // absent: no line was taken or known
  std::int64_t taken = 0, known = 0, refused = 0;
  std::int64_t parts = 0;  // files of posters
  std::vector<LineResult> lines;
};
BOOST_DESCRIBE_STRUCT(Report, (), (batch, taken, known, refused, parts, lines))

// Of a unit's places in the registry of places (places::Places::imported): by its own numbers, or by those that another
// system has given them.
std::string source_of(UnitId unit, const std::optional<std::string>& system = std::nullopt);

class PlaceLists {
 public:
  PlaceLists(store::Database& db, places::Places& places, const geography::Geography& geography,
             const identity::Access& access);

  // `unit`: in whose name; its ids are apart from those of other units, and of other systems. Errors: not_permitted,
  // invalid (?unit, ?system), those of tables::read_list.
  Task<Result<Report>> send(const Caller& caller, UnitId unit, std::string list,
                            std::optional<store::Once> once = std::nullopt,
                            std::optional<std::string> system = std::nullopt);
  // The posters of a list's places and their zones, a part of at most kPlacesAtOnce places and kPostersAtOnce posters,
  // from part 0. Errors: not_found, after the last part; place_closed, when all of a part are; poster_font_missing.
  Task<Result<http::Reply>> posters(const Caller& caller, BatchId batch, std::size_t part) const;
  store::Recurring retention() const;

 private:
  store::Database& db_;
  places::Places& places_;
  const geography::Geography& geography_;
  const identity::Access& access_;
};

void routes(http::Router& router, PlaceLists& lists);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::placelists
