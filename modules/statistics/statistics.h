// Statistics: how places and people take part, by unit, by kind of place, by sector and organisation, place by place.
//
// In Hanoi in 2021 three quarters of a million places had a code and a tenth of them one scan a day: what counts is
// places that are active, scans of each, and the share of those passing whose declaration counts (the target is 100 %),
// not what is registered. Figures are counted from the published views when they are asked for, and remembered for
// kRemembered (today) or kPastRemembered (earlier days); nothing is kept about anybody. They reach back as far as
// visits are kept.
//
// Shares need denominators: population, smartphones, staff, installs of the Bluetooth app. They are entered by
// officers, with source and date, and never made up: without one there is no share. Pair coverage is (installs /
// population)², because an encounter needs both.
//
// Those passing are more than those scanned: whom a gate let in with another's code or none, and whom a checkpoint let
// pass. Who did not prove who they are counts as not declared, or the share would be of the willing alone.
//
// An organisation is a roster of modules/duties, with its place if it has one; a sector, all of one kind. A count that
// could point at somebody is not said: a declared share of fewer than kScansLeast passing, people or members fewer than
// kPeopleLeast, and of homes nothing one by one. Officers see their own area. Thread-safe. Publishes nothing.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/places/places.h"
#include "modules/statistics/case_report.h"
#include "platform/geography/geography.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/notify/texts.h"
#include "platform/store/database.h"
#include "platform/tables/list.h"
#include "platform/tables/sheet.h"

namespace luytre::statistics {

using OrganisationId = Id<struct OrganisationTag>;  // a roster

inline constexpr std::chrono::minutes kRemembered{10};
inline constexpr std::chrono::minutes kPastRemembered{60};  // visits may arrive late
inline constexpr std::int64_t kTrendDays = 14;
inline constexpr std::int64_t kDaysBack = 27;  // visits are kept 28 days
inline constexpr std::size_t kDaysAtOnce = 4;  // of a trend, counted in one request
inline constexpr std::int64_t kScansLeast = 10;
inline constexpr std::int64_t kPeopleLeast = 10;
inline constexpr std::int64_t kSilentMost = 27;  // days
inline constexpr std::size_t kSourceMost = 300;
inline constexpr std::size_t kOrganisationsMost = 500;  // of a table: those with the most members
inline constexpr std::size_t kPlacesTakenOut = 5'000;   // of a file
inline constexpr std::size_t kLinesMost = 5'000;        // of a list of denominators
inline constexpr std::size_t kListBytesMost = 1024 * 1024;

enum class Measure { kPopulation, kSmartphones, kStaff, kInstalls };
BOOST_DESCRIBE_ENUM(Measure, kPopulation, kSmartphones, kStaff, kInstalls)

struct Denominator {
  Measure measure = Measure::kPopulation;
  std::int64_t value = 0;
  std::string source;
  Date as_of;
};
BOOST_DESCRIBE_STRUCT(Denominator, (), (measure, value, source, as_of))

// `organisation`: one of the unit's, and the measure is staff.
struct NewDenominator {
  UnitId unit;
  std::optional<OrganisationId> organisation;
  Measure measure = Measure::kPopulation;
  std::int64_t value = 0;
  Text<kSourceMost> source;
  Date as_of;
};
BOOST_DESCRIBE_STRUCT(NewDenominator, (), (unit, organisation, measure, value, source, as_of))

// Denominators of many units in one list (platform/tables/list.h): `unit`, a code or a name in force within the
// sender's area; `population`, `smartphones`, `staff`, `installs`, what is known of them; `source`; `asOf`, 2025-12-31
// or 31/12/2025. A line is taken whole or not at all. Known: it says what stands there already.
enum class LineState { kTaken, kKnown, kRefused };
BOOST_DESCRIBE_ENUM(LineState, kTaken, kKnown, kRefused)

struct LineResult {
  std::int64_t line = 0;            // of the file, from 1
  std::optional<std::string> unit;  // as written
  LineState state = LineState::kTaken;
  // required, format, range, too_long, encoding, repeated, unknown, ambiguous, not_permitted, time_in_future
  std::vector<tables::Flaw> errors;
};
BOOST_DESCRIBE_STRUCT(LineResult, (), (line, unit, state, errors))

struct Report {
  std::int64_t taken = 0, known = 0, refused = 0;
  std::vector<LineResult> lines;
};
BOOST_DESCRIBE_STRUCT(Report, (), (taken, known, refused, lines))

struct Counts {
  std::int64_t places = 0;  // registered and not closed
  std::int64_t active = 0;  // of those, where somebody passed that day
  std::int64_t scans = 0;
  std::int64_t passing = 0;              // scans, and who passed a gate or a checkpoint in another way
  std::optional<std::int64_t> declared;  // of those passing, whose declaration counted then; absent: too few to say
};
BOOST_DESCRIBE_STRUCT(Counts, (), (places, active, scans, passing, declared))

struct Row {
  std::optional<UnitId> unit;                  // of rows by unit
  std::optional<std::string> kind;             // of rows by kind of place
  std::optional<std::string> sector;           // of rows by sector or organisation
  std::optional<OrganisationId> organisation;  // of rows by organisation
  std::string name;
  std::optional<std::string> unit_name;  // of rows by organisation
  bool further = false;                  // has units below
  Counts counts;
  std::optional<std::int64_t> people;            // who live there and have an account; absent: too few to say
  std::optional<std::int64_t> members;           // on rosters of organisations there; likewise
  std::optional<std::int64_t> members_declared;  // of those, with a declaration that counted that day
  std::vector<Denominator> denominators;         // the newest of each
  std::optional<double> people_share;            // of the population
  std::optional<double> phone_share;             // of smartphones
  std::optional<double> member_share;            // of staff
  std::optional<double> pair_coverage;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (unit, kind, sector, organisation, name, unit_name, further, counts, people, members,
                       members_declared, denominators, people_share, phone_share, member_share, pair_coverage))

struct Table {
  Date day;
  Row whole;
  std::vector<Row> rows;
};
BOOST_DESCRIBE_STRUCT(Table, (), (day, whole, rows))

enum class By { kUnit, kKind, kSector, kOrganisation };
BOOST_DESCRIBE_ENUM(By, kUnit, kKind, kSector, kOrganisation)

// Of a file's rows: as the table has them, or best first.
enum class Rank { kName, kActive, kPerActive, kDeclared };
BOOST_DESCRIBE_ENUM(Rank, kName, kActive, kPerActive, kDeclared)

struct DayCounts {
  Date day;
  Counts counts;
};
BOOST_DESCRIBE_STRUCT(DayCounts, (), (day, counts))

struct Trend {
  bool whole = true;  // false: ask again, the rest is not counted yet
  std::vector<DayCounts> days;
};
BOOST_DESCRIBE_STRUCT(Trend, (), (whole, days))

struct PlaceRow {
  PlaceId place;
  std::string name;
  std::string kind;
  std::string unit_name;
  Date registered;
  std::int64_t scans = 0;         // that day
  std::optional<Date> last_scan;  // or entry at a gate; absent: none as far as visits are kept
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (), (place, name, kind, unit_name, registered, scans, last_scan))

struct PlaceFilter {
  std::optional<UnitId> unit;
  std::optional<std::string> kind;
  std::optional<Date> day;
  std::optional<std::int64_t> silent_days;  // registered longer, and nobody in since; checkpoints are left out
};

// Pure: what a row's figures say against what officers entered.
void compare(Row& row);

class Statistics {
 public:
  Statistics(store::Database& db, const places::Places& places, const geography::Geography& geography,
             const identity::Access& access, const notify::Texts& texts);
  ~Statistics();

  // Of the units below `unit`, or of the kinds of place, sectors or organisations in it. Without `unit`: the caller's
  // area. Errors: not_permitted, invalid (?unit, ?day).
  Task<Result<Table>> table(const Caller& caller, By by, std::optional<UnitId> unit, std::optional<Date> day) const;
  Task<Result<Trend>> trend(const Caller& caller, std::optional<UnitId> unit) const;
  // By id. Homes are left out. Errors: as table.
  Task<Result<http::Page<PlaceRow>>> places(const Caller& caller, PlaceFilter filter, std::optional<std::string> cursor,
                                            std::size_t limit) const;
  // Files: marked with who took them out, headed in the language, logged. Of places at most kPlacesTakenOut.
  struct File {
    tables::Format format = tables::Format::kCsv;
    std::string language = "vi";
  };
  Task<Result<http::Reply>> taken_out(const Caller& caller, By by, std::optional<UnitId> unit, std::optional<Date> day,
                                      Rank rank, File file) const;
  Task<Result<http::Reply>> trend_taken_out(const Caller& caller, std::optional<UnitId> unit, File file) const;
  Task<Result<http::Reply>> places_taken_out(const Caller& caller, PlaceFilter filter, File file) const;
  // By officers who may open the cases themselves; counted anew each time (case_report.h). Errors: not_permitted,
  // invalid (?unit, ?from, ?knownAt).
  Task<Result<CaseReport>> cases(const Caller& caller, CaseQuestion question) const;
  Task<Result<http::Reply>> cases_taken_out(const Caller& caller, CaseQuestion question, File file) const;
  // Of the own area; again for the same day: put right. Errors: not_permitted, invalid.
  Task<Result<Denominator>> enter(const Caller& caller, NewDenominator denominator);
  // The same file twice changes nothing. Logged. Errors: not_permitted, those of tables::read_list.
  Task<Result<Report>> enter_list(const Caller& caller, std::string list, std::optional<store::Once> once = {});

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Statistics& statistics);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::statistics
