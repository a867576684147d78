// Attendance: how many people a place had, by hour and zone, for its keeper and the officers of its area.
//
// Visits and those whom a gate counted without one (gates/counts.h) are added up; numbers only, never who. A day is a
// Vietnamese local day; `present` is at the end of an hour, ends being mostly estimated. Days go back as far as visits
// are kept. An export is bounded (kDaysMost), carries a number that the access log has, and is logged. Officers see
// which check-ins something speaks against, not whose. Thread-safe.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/places/places.h"
#include "modules/visits/counts.h"
#include "modules/visits/doubtful_at.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"

namespace luytre::attendance {

inline constexpr std::int64_t kDaysMost = 28;  // of an export
inline constexpr std::size_t kHours = 24;

using visits::Fill;

struct Crowd {
  std::int64_t present = 0;
  std::optional<std::int64_t> capacity;
  Fill fill = Fill::kFree;
};
BOOST_DESCRIBE_STRUCT(Crowd, (), (present, capacity, fill))

struct Hour {
  std::int64_t hour = 0;  // 0 … 23, local
  std::int64_t arrived = 0;
  std::int64_t present = 0;  // when it ends
};
BOOST_DESCRIBE_STRUCT(Hour, (), (hour, arrived, present))

struct ZoneHours {
  std::optional<ZoneId> zone;        // absent: without a zone
  std::string name;                  // empty: without a zone
  std::vector<std::int64_t> hourly;  // arrivals, 24 of them
};
BOOST_DESCRIBE_STRUCT(ZoneHours, (), (zone, name, hourly))

struct Day {
  PlaceId place;
  Date day;
  std::int64_t arrived = 0;
  std::int64_t most = 0;  // the greatest `present`
  std::optional<std::int64_t> capacity;
  std::vector<Hour> hours;       // 24
  std::vector<ZoneHours> zones;  // those where somebody arrived
};
BOOST_DESCRIBE_STRUCT(Day, (), (place, day, arrived, most, capacity, hours, zones))

class Attendance {
 public:
  Attendance(store::Database& db, const places::Places& places, const identity::Access& access,
             const visits::Doubtful& doubtful);

  // Errors of these three: those of Places::require_keeping.
  Task<Result<Crowd>> crowd(const Caller& caller, PlaceId place) const;
  // Errors: invalid (a day to come, or of which nothing is kept).
  Task<Result<Day>> day(const Caller& caller, PlaceId place, Date day) const;
  // day,hour,zone,arrived,export: comma-separated values, hours with nobody left out. `from` … `to`, both included.
  // Errors: invalid.
  Task<Result<http::Reply>> csv(const Caller& caller, PlaceId place, Date from, Date to) const;

  // Check-ins that something speaks against (visits/doubtful_at.h), of a local day or of all that is kept. For officers
  // of the area alone; logged. Errors: not_permitted, not_found, invalid (a day as above, ?cursor).
  Task<Result<http::Page<visits::DoubtfulVisit>>> doubtful(const Caller& caller, PlaceId place, std::optional<Date> day,
                                                           std::optional<std::string> cursor, std::size_t limit) const;

 private:
  Day log_of(store::Session& session, PlaceId place, Date day) const;
  bool kept(Date day) const;

  store::Database& db_;
  const places::Places& places_;
  const identity::Access& access_;
  const visits::Doubtful& doubtful_;
};

void routes(http::Router& router, Attendance& attendance);

}  // namespace luytre::attendance
