#include "modules/attendance/attendance.h"

#include <algorithm>
#include <array>
#include <map>

#include "modules/gates/counts.h"
#include "modules/places/merged.h"
#include "modules/visits/counts.h"
#include "modules/visits/visits.h"
#include "platform/tables/sheet.h"

namespace luytre::attendance {
namespace {

using store::Session;

const identity::Action kExport{"attendance.export", Purpose::kPlaceKeeping, {}};
const identity::Action kDoubtful{"attendance.doubtful",
                                 Purpose::kPlaceKeeping,
                                 {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

Error wrong(const char* field) {
  return wrong_field(field, "range");
}

using ExportId = Id<struct ExportTag>;
using Hourly = std::array<std::int64_t, kHours>;

// `as`: the zone of which the counts are told.
template <class As>
void add(std::map<ZoneId, Hourly>& to, const std::vector<visits::HourCount>& counts, As&& as) {
  for (const auto& count : counts) {
    const auto hour = static_cast<std::size_t>(count.hour);
    if (hour < kHours) to[as(count.zone)][hour] += count.people;
  }
}

// Both those with a visit and those without.
std::int64_t present_at(Session& session, const places::KnownAs& known, Instant at) {
  std::int64_t out = 0;
  for (const PlaceId place : known.places)
    out += visits::present_at(session, place, at) + gates::present_at(session, place, at);
  return out;
}

std::string two_digits(std::size_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

Attendance::Attendance(store::Database& db, const places::Places& places, const identity::Access& access,
                       const visits::Doubtful& doubtful)
    : db_(db), places_(places), access_(access), doubtful_(doubtful) {}

bool Attendance::kept(Date day) const {
  const Instant now = db_.clock().now();
  return day <= local_date(now) && day >= local_date(now - visits::kKept);
}

Task<Result<Crowd>> Attendance::crowd(const Caller& caller, PlaceId place) const {
  return db_.read([this, caller, place](Session& s) -> Result<Crowd> {
    const auto allowed = places_.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    const Instant now = db_.clock().now();
    Crowd out;
    // Who arrives in this very second is here.
    const Instant at = now + std::chrono::seconds(1);
    out.present = present_at(s, places::known_as(s, place), at);
    if (const auto layout = places::Places::layout(s, place)) out.capacity = layout->capacity;
    out.fill = visits::fill_of(out.present, out.capacity);
    return out;
  });
}

Day Attendance::log_of(Session& session, PlaceId place, Date day) const {
  const Instant from = local_midnight(day);
  // What has not come yet is not told: a stay that is estimated beyond now is still going on.
  const Interval when{from, std::min(from + std::chrono::days(1), db_.clock().now() + std::chrono::seconds(1))};
  std::map<ZoneId, Hourly> arrived, left;
  const auto known = places::known_as(session, place);
  for (const PlaceId each : known.places) {
    const auto zone_as = [&](ZoneId zone) {
      const auto same = known.zones.find(zone);
      if (same != known.zones.end()) return same->second;
      return each == place ? zone : ZoneId{};
    };
    add(arrived, visits::arrivals(session, each, when), zone_as);
    add(arrived, gates::arrivals(session, each, when), zone_as);
    for (const auto& count : gates::came_by(session, each, when)) {
      const auto hour = static_cast<std::size_t>(count.hour);
      if (hour >= kHours) continue;
      arrived[zone_as(count.zone)][hour] += count.people;
      arrived[zone_as(ZoneId{})][hour] -= count.people;
    }
    add(left, visits::departures(session, each, when), zone_as);
    add(left, gates::departures(session, each, when), zone_as);
  }

  Day out;
  out.place = place;
  out.day = day;
  const auto layout = places::Places::layout(session, place);
  if (layout) out.capacity = layout->capacity;
  std::int64_t present = present_at(session, known, from);
  const auto hours = static_cast<std::size_t>(((when.to - when.from).count() + 3599) / 3600);
  for (std::size_t hour = 0; hour < kHours; ++hour) {
    Hour& one = out.hours.emplace_back();
    one.hour = static_cast<std::int64_t>(hour);
    if (hour >= hours) continue;
    for (const auto& [zone, hourly] : arrived) one.arrived += hourly[hour];
    present += one.arrived;
    for (const auto& [zone, hourly] : left) present -= hourly[hour];
    one.present = present;
    out.arrived += one.arrived;
    out.most = std::max(out.most, present);
  }
  for (const auto& [zone, hourly] : arrived) {
    if (std::all_of(hourly.begin(), hourly.end(), [](std::int64_t people) { return people == 0; })) continue;
    ZoneHours& one = out.zones.emplace_back();
    one.hourly.assign(hourly.begin(), hourly.end());
    if (zone.value == 0) continue;
    one.zone = zone;
    if (!layout) continue;
    const auto named = std::find_if(layout->zones.begin(), layout->zones.end(),
                                    [&](const places::Zone& each) { return each.id == zone; });
    if (named != layout->zones.end()) one.name = named->name;
  }
  return out;
}

Task<Result<Day>> Attendance::day(const Caller& caller, PlaceId place, Date day) const {
  if (!kept(day)) return refused<Day>(wrong("?day"));
  return db_.read([this, caller, place, day](Session& s) -> Result<Day> {
    const auto allowed = places_.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    return log_of(s, place, day);
  });
}

Task<Result<http::Reply>> Attendance::csv(const Caller& caller, PlaceId place, Date from, Date to) const {
  if (!kept(from)) return refused<http::Reply>(wrong("?from"));
  if (!kept(to) || to < from || to.days - from.days >= kDaysMost) return refused<http::Reply>(wrong("?to"));
  return db_.transact([this, caller, place, from, to](Session& s) -> Result<http::Reply> {
    const auto allowed = places_.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    const std::string number = to_text(db_.ids().make<ExportId>());
    http::Reply out;
    out.type = "text/csv";
    out.body = "day,hour,zone,arrived,export\r\n";
    for (Date day = from; day <= to; ++day.days) {
      const Day log = log_of(s, place, day);
      for (std::size_t hour = 0; hour < kHours; ++hour) {
        for (const ZoneHours& zone : log.zones) {
          if (zone.hourly[hour] == 0) continue;
          out.body += to_text(day) + ',' + two_digits(hour) + ',' + tables::csv_text(zone.name) + ',' +
                      std::to_string(zone.hourly[hour]) + ',' + number + "\r\n";
        }
      }
    }
    out.headers.emplace_back("Content-Disposition", "attachment; filename=\"luytre-" + to_text(place) + '-' +
                                                        to_text(from) + '-' + to_text(to) + ".csv\"");
    access_.log_list(s, caller, kExport, 0,
                     "place " + to_text(place) + ", " + to_text(from) + " to " + to_text(to) + ", export " + number);
    return out;
  });
}

namespace {

using DoubtfulPage = http::Page<visits::DoubtfulVisit>;

// Reading is long, and does not wait for the writer; nothing is answered before it is in the log.
Task<Result<DoubtfulPage>> logged(Task<Result<DoubtfulPage>> reading, store::Database& db,
                                  const identity::Access& access, Caller caller, std::string what) {
  auto page = co_await std::move(reading);
  if (!page) co_return page.error();
  what += ", " + std::to_string(page->items.size()) + " visits";
  auto logging = db.transact([&access, caller, what](Session& s) -> Result<Done> {
    access.log_list(s, caller, kDoubtful, 0, what);
    return Done{};
  });
  const auto done = co_await std::move(logging);
  if (!done) co_return done.error();
  co_return page;
}

}  // namespace

Task<Result<DoubtfulPage>> Attendance::doubtful(const Caller& caller, PlaceId place, std::optional<Date> day,
                                                std::optional<std::string> cursor, std::size_t limit) const {
  if (day && !kept(*day)) return refused<DoubtfulPage>(wrong("?day"));
  const Instant now = db_.clock().now();
  Interval when{now - visits::kKept, now + visits::kClockSkew + std::chrono::seconds(1)};
  if (day) when = {local_midnight(*day), local_midnight(*day) + std::chrono::days(1)};
  auto reading =
      db_.read([this, caller, place, when, cursor = std::move(cursor), limit](Session& s) -> Result<DoubtfulPage> {
        places_.refresh(s);
        const auto spot = places_.spot(place);
        const identity::Subject where{PersonId{}, spot ? spot->unit : UnitId{}, ""};
        if (const auto allowed = access_.require(s, caller, kDoubtful, where); !allowed) return allowed.error();
        if (!spot) return kNotFound;
        return visits::doubtful_at(s, doubtful_, places_, place, when, cursor, limit);
      });
  return logged(std::move(reading), db_, access_, caller,
                "place " + to_text(place) + (day ? ", " + to_text(*day) : std::string()));
}

}  // namespace luytre::attendance
