// What the sources of Statistics share.

#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "modules/statistics/lists.h"
#include "modules/statistics/sheets.h"
#include "modules/statistics/storage.h"

namespace luytre::statistics {

inline const identity::Action kRead{
    "statistics.read",
    Purpose::kCommand,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};
inline const identity::Action kTakeOut{
    "statistics.export",
    Purpose::kCommand,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};
inline const identity::Action kEnter{
    "statistics.enter", Purpose::kCommand, {Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};

using Register = std::vector<storage::Registered>;
using Scans = std::unordered_map<PlaceId, storage::PlaceDay>;
using Organisations = std::vector<storage::OrganisationRow>;

// What is the same for everybody who asks within a few minutes.
struct People {
  std::vector<storage::UnitCount> residents, members;
};

template <class T>
struct Kept {
  Instant counted;
  std::shared_ptr<const T> value;
};

inline bool open_on(const storage::Registered& place, Date day) {
  return place.registered < local_midnight(Date{day.days + 1}) &&
         (!place.closed || *place.closed >= local_midnight(day));
}

// Counts of places, one after another.
class Sum {
 public:
  void add(const storage::Registered& place, const Scans& scans, Date day) {
    if (!open_on(place, day)) return;
    ++counts_.places;
    const auto found = scans.find(place.id);
    if (found == scans.end()) return;
    ++counts_.active;
    counts_.scans += found->second.scans;
    counts_.passing += found->second.passing;
    declared_ += found->second.declared;
  }
  void add(const Sum& other) {
    counts_.places += other.counts_.places;
    counts_.active += other.counts_.active;
    counts_.scans += other.counts_.scans;
    counts_.passing += other.counts_.passing;
    declared_ += other.declared_;
  }
  Counts counts() const {
    Counts out = counts_;
    if (out.passing >= kScansLeast) out.declared = declared_;
    return out;
  }

 private:
  Counts counts_;
  std::int64_t declared_ = 0;
};

// A file: what is in it, what the access log says of it, its name.
struct Taken {
  std::function<tables::Sheet(store::Session&)> make;
  std::string what, name;
  tables::Format format;
};

struct Statistics::Impl {
  store::Database& db;
  const places::Places& places;
  const geography::Geography& geography;
  const identity::Access& access;
  const notify::Texts& texts;

  mutable std::mutex guard;
  mutable Kept<Register> registered;
  mutable Kept<People> people;
  mutable std::map<Date, Kept<Scans>> days;
  mutable std::map<Date, Kept<Organisations>> organisations;

  Instant now() const { return db.clock().now(); }
  Date today() const { return local_date(now()); }

  template <class T, class Count>
  std::shared_ptr<const T> remembered(Kept<T>& kept, std::optional<Date> day, Count count) const {
    {
      const std::lock_guard lock(guard);
      if (is_good(kept, day)) return kept.value;
    }
    auto fresh = std::make_shared<const T>(count());
    const std::lock_guard lock(guard);
    kept = {now(), fresh};
    return fresh;
  }

  std::shared_ptr<const Register> all_places(store::Session& s) const {
    return remembered(registered, std::nullopt, [&] { return storage::places(s); });
  }
  std::shared_ptr<const People> all_people(store::Session& s) const {
    return remembered(people, std::nullopt, [&] { return People{storage::people(s), storage::members(s)}; });
  }
  // What was counted of a day when it had ended lasts longer.
  template <class T>
  bool is_good(const Kept<T>& kept, std::optional<Date> day) const {
    const bool ended = day && local_midnight(Date{day->days + 1}) <= kept.counted;
    return kept.value && now() < kept.counted + (ended ? kPastRemembered : kRemembered);
  }
  template <class T>
  Kept<T>& slot(std::map<Date, Kept<T>>& of, Date day) const {
    const std::lock_guard lock(guard);
    // A map's elements stay where they are. Whoever asked for the oldest day before midnight may still hold it.
    std::erase_if(of, [&](const auto& one) { return one.first.days < today().days - kDaysBack - 1; });
    return of[day];
  }
  bool is_counted(Date day) const {
    const Kept<Scans>& kept = slot(days, day);
    const std::lock_guard lock(guard);
    return is_good(kept, day);
  }
  std::shared_ptr<const Scans> scans(store::Session& s, Date day) const {
    return remembered(slot(days, day), day, [&] {
      const auto open = all_places(s);
      std::vector<PlaceId> ids;
      for (const auto& place : *open)
        if (open_on(place, day)) ids.push_back(place.id);
      Scans out;
      for (const auto& one : storage::scans(s, ids, whole_day(day))) out.emplace(one.place, one);
      for (const auto& one : storage::others(s, whole_day(day))) {
        storage::PlaceDay& sum = out[one.place];
        sum.declared += one.declared;
        sum.passing += one.passing;
      }
      return out;
    });
  }

  std::shared_ptr<const Organisations> all_organisations(store::Session& s, Date day) const {
    return remembered(slot(organisations, day), day, [&] { return storage::organisations(s, whole_day(day)); });
  }

  // The unit asked about, 0 for the whole country; of the caller's area. Errors: not_permitted, invalid.
  Result<UnitId> scope(const Caller& caller, const identity::Action& action, std::optional<UnitId> unit) const {
    const auto areas = access.areas(caller, action);
    if (areas.empty()) return kNotPermitted;
    if (!unit) return std::find(areas.begin(), areas.end(), UnitId{}) != areas.end() ? UnitId{} : areas.front();
    if (unit->value != 0 && !geography.find(*unit)) return wrong_field("?unit", "unknown");
    for (const UnitId area : areas)
      if (area.value == 0 || (unit->value != 0 && geography.covers(area, *unit))) return *unit;
    return kNotPermitted;
  }
  Result<Date> day_of(std::optional<Date> day) const {
    const Date out = day.value_or(today());
    if (out > today() || out.days < today().days - kDaysBack) return wrong_field("?day", "range");
    return out;
  }

  std::vector<Denominator> newest(store::Session& s, UnitId unit) const;
  // What stands there already is left as it is, with whoever entered it.
  LineState enter_line(store::Session& s, AccountId by, const Line& line) const;
  Row unit_row(store::Session& s, UnitId unit, const People& counted) const;
  Row organisation_row(const storage::OrganisationRow& one, const Sum& places) const;
  // Those with the most members, at most kOrganisationsMost, in the order of their numbers.
  std::vector<Row> organisation_rows(store::Session& s, const Organisations& inside,
                                     const std::vector<Sum>& sums) const;
  std::vector<Row> sector_rows(const Organisations& inside, const std::vector<Sum>& sums) const;
  std::vector<Row> rows_of_organisations(store::Session& s, By by, UnitId unit, Date day) const;
  Table table(store::Session& s, By by, UnitId unit, Date day) const;
  Sheets sheets(const File& file) const { return Sheets(texts, places.kinds(), file.language); }
  Task<Result<http::Reply>> handed_out(Caller caller, Taken taken) const;
  Trend trend(store::Session& s, UnitId scope) const;
  http::Page<PlaceRow> places_behind(store::Session& s, const PlaceFilter& filter, UnitId scope, Date day,
                                     std::int64_t after, std::size_t limit) const;
};

}  // namespace luytre::statistics
