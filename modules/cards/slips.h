// Slips: numbered pieces of paper for a place without a network, or for people who have nothing to show.
//
// A keeper prints sheets of slips: place, day, a running number with a check digit (slip_number.h), and lines to write
// on by hand. Later the keeper, or a guard on duty, keys them in. A line becomes an unverified entry of the gate
// (gates.h) with the time that stands on the slip, up to visits::kLatest late: somebody to call, never a visit. Every
// line is judged by itself; a bad one is answered with what is wrong, the others are taken. A number is one slip: keyed
// in twice with the same content it changes nothing, with other content it is refused, unless `again` says that the
// later one is right.
//
// At a checkpoint a slip is a passage, with plate, direction and decision, made late with its own time.
//
// The times are Vietnamese local times of the sheet's day; an `out` before the `in` is of the next day. Nothing is
// taken for a time when no decision switches check-in on. Kept kKept, with a proof row. Thread-safe.

#pragma once

#include "modules/cards/cards.h"
#include "modules/checkpoints/checkpoints.h"
#include "modules/places/places.h"
#include "platform/base/vault.h"

namespace luytre::cards {

using SheetId = Id<struct SheetTag>;

inline constexpr std::int64_t kSlipsMost = 240;  // of a sheet: twenty pages
inline constexpr std::size_t kLinesMost = 200;   // keyed in at once
inline constexpr std::size_t kSheetsShown = 50;

struct NewSheet {
  std::int64_t slips = 0;
  Date day;
};
BOOST_DESCRIBE_STRUCT(NewSheet, (), (slips, day))

struct Sheet {
  SheetId id;
  Date day;
  std::string first;  // "000001-3"
  std::string last;
  std::int64_t slips = 0;
  std::int64_t keyed = 0;  // how many were keyed in
};
BOOST_DESCRIBE_STRUCT(Sheet, (), (id, day, first, last, slips, keyed))

struct Line {
  Text<20> number;
  Text<120> name;
  std::optional<Text<40>> reach;  // phone or paper, as written
  Text<10> in;                    // "7:30", "0730", "7h30"
  std::optional<Text<10>> out;
  std::optional<Date> day;  // absent: the sheet's
  std::optional<bool> again;
  // At a checkpoint: one slip is one vehicle, or somebody on foot; `in` is when it was decided about, there is no
  // `out`.
  std::optional<Text<20>> plate;
  std::optional<checkpoints::Direction> direction;
  std::optional<checkpoints::Decision> decision;
  std::optional<checkpoints::Why> why;  // of a turn-back
};
BOOST_DESCRIBE_STRUCT(Line, (), (number, name, reach, in, out, day, again, plate, direction, decision, why))

struct Lines {
  std::vector<Line> lines;
};
BOOST_DESCRIBE_STRUCT(Lines, (), (lines))

struct GateLines {
  Text<64> shift;
  PlaceId place;
  std::vector<Line> lines;
};
BOOST_DESCRIBE_STRUCT(GateLines, (), (shift, place, lines))

enum class LineState { kTaken, kChanged, kSame, kRefused };
BOOST_DESCRIBE_ENUM(LineState, kTaken, kChanged, kSame, kRefused)

struct LineResult {
  std::int64_t line = 0;  // from 1, as sent
  LineState state = LineState::kTaken;
  std::string field;  // of a refused line: number, name, reach, in, out, day, plate, direction, decision, why
  std::string code;   // required, format, mistyped, unknown, repeated, or a code of Gates or Checkpoints::write_down
};
BOOST_DESCRIBE_STRUCT(LineResult, (), (line, state, field, code))

struct Report {
  std::int64_t taken = 0, changed = 0, same = 0, refused = 0;
  std::vector<LineResult> lines;
};
BOOST_DESCRIBE_STRUCT(Report, (), (taken, changed, same, refused, lines))

inline constexpr ErrorCode kTooManySlips{"too_many_slips", 422};  // params: most

class Slips {
 public:
  Slips(store::Database& db, const places::Places& places, const gates::Gates& gates,
        const checkpoints::Checkpoints& checkpoints, const Vault& vault, Settings settings = {});

  // ---- keepers, and officers of the area; errors: those of Places::require_keeping ----
  // Errors: invalid, too_many_slips, place_closed.
  Task<Result<Sheet>> print(const Caller& caller, PlaceId place, NewSheet sheet);
  Task<Result<http::Page<Sheet>>> sheets(const Caller& caller, PlaceId place) const;  // newest first, kSheetsShown
  // Errors: not_found, poster_font_missing.
  Task<Result<http::Reply>> pdf(const Caller& caller, PlaceId place, SheetId sheet) const;
  // Errors: too_many_slips.
  Task<Result<Report>> key_in(const Caller& caller, PlaceId place, Lines lines);

  // ---- guards ----
  // Errors: those of Gates::duty, too_many_slips.
  Task<Result<Report>> key_in_at_gate(GateLines lines);

  store::Recurring retention() const;

 private:
  struct By {
    gates::GuardId guard;  // 0: the keeper
    std::string name;
    AccountId account;
  };
  Report key_in(store::Session& session, PlaceId place, const By& by, const std::vector<Line>& lines) const;
  Result<LineState> take(store::Session& session, PlaceId place, const By& by, const Line& line,
                         std::string& field) const;

  store::Database& db_;
  const places::Places& places_;
  const gates::Gates& gates_;
  const checkpoints::Checkpoints& checkpoints_;
  const Vault& vault_;
  const Settings settings_;
};

}  // namespace luytre::cards
