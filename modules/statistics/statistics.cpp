#include "modules/statistics/statistics.h"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <numeric>
#include <unordered_map>

#include "modules/statistics/lists.h"
#include "modules/statistics/sheets.h"
#include "modules/statistics/storage.h"
#include "platform/base/text.h"

namespace luytre::statistics {
namespace {

using store::Session;

constexpr const char* kHome = "home";
constexpr const char* kCheckpoint = "checkpoint";  // where passing is no scan

const identity::Action kRead{"statistics.read",
                             Purpose::kCommand,
                             {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};
const identity::Action kTakeOut{
    "statistics.export",
    Purpose::kCommand,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};
const identity::Action kEnter{
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

bool open_on(const storage::Registered& place, Date day) {
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

std::optional<std::int64_t> enough(std::int64_t count) {
  return count >= kPeopleLeast ? std::optional(count) : std::nullopt;
}

std::optional<std::int64_t> of(const Row& row, Measure measure) {
  for (const Denominator& one : row.denominators)
    if (one.measure == measure) return one.value;
  return std::nullopt;
}

std::optional<double> share(std::optional<std::int64_t> part, std::optional<std::int64_t> whole) {
  if (!part || !whole || *whole <= 0) return std::nullopt;
  return static_cast<double>(*part) / static_cast<double>(*whole);
}

bool silence_known(const PlaceFilter& filter) {
  return !filter.silent_days || (*filter.silent_days >= 1 && *filter.silent_days <= kSilentMost);
}

// A file: what is in it, what the access log says of it, its name.
struct Taken {
  std::function<tables::Sheet(Session&)> make;
  std::string what, name;
  tables::Format format;
};

}  // namespace

void compare(Row& row) {
  const auto population = of(row, Measure::kPopulation);
  row.people_share = share(row.people, population);
  row.phone_share = share(row.people, of(row, Measure::kSmartphones));
  row.member_share = share(row.members, of(row, Measure::kStaff));
  row.pair_coverage = share(of(row, Measure::kInstalls), population);
  if (row.pair_coverage) *row.pair_coverage *= *row.pair_coverage;
}

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
  std::shared_ptr<const T> remembered(Kept<T>& kept, std::chrono::seconds lasting, Count count) const {
    {
      const std::lock_guard lock(guard);
      if (kept.value && now() < kept.counted + lasting) return kept.value;
    }
    auto fresh = std::make_shared<const T>(count());
    const std::lock_guard lock(guard);
    kept = {now(), fresh};
    return fresh;
  }

  std::shared_ptr<const Register> all_places(Session& s) const {
    return remembered(registered, kRemembered, [&] { return storage::places(s); });
  }
  std::shared_ptr<const People> all_people(Session& s) const {
    return remembered(people, kRemembered, [&] { return People{storage::people(s), storage::members(s)}; });
  }
  // A day that ended is counted anew only after an hour, or when it was last counted before it ended.
  std::chrono::seconds lasting(Date day) const { return day < today() ? kPastRemembered : kRemembered; }
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
    return kept.value && now() < kept.counted + lasting(day);
  }
  std::shared_ptr<const Scans> scans(Session& s, Date day) const {
    return remembered(slot(days, day), lasting(day), [&] {
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

  std::shared_ptr<const Organisations> all_organisations(Session& s, Date day) const {
    return remembered(slot(organisations, day), lasting(day),
                      [&] { return storage::organisations(s, whole_day(day)); });
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

  std::vector<Denominator> newest(Session& s, UnitId unit) const {
    std::vector<Denominator> out;
    for (const auto& row : storage::denominators(s, unit)) {
      const bool there =
          std::any_of(out.begin(), out.end(), [&](const auto& one) { return one.measure == row.measure; });
      if (!there) out.push_back({row.measure, row.value, row.source, row.as_of});
    }
    return out;
  }

  // What stands there already is left as it is, with whoever entered it.
  LineState enter_line(Session& s, AccountId by, const Line& line) const {
    const auto there = storage::denominators(s, line.unit);
    LineState out = LineState::kKnown;
    for (const auto& [measure, value] : line.values) {
      const storage::DenominatorRow row{line.unit, measure, line.as_of, value, line.source};
      const auto same = [&row](const storage::DenominatorRow& other) {
        return other.measure == row.measure && other.as_of == row.as_of && other.value == row.value &&
               other.source == row.source;
      };
      if (std::any_of(there.begin(), there.end(), same)) continue;
      storage::enter(s, row, now(), by);
      out = LineState::kTaken;
    }
    return out;
  }

  Row unit_row(Session& s, UnitId unit, const People& counted) const {
    Row out;
    if (unit.value != 0) out.unit = unit;
    const auto* known = geography.find(unit);
    if (known) out.name = known->full_name;
    out.further = !geography.children(out.unit, today()).empty();
    std::int64_t residents = 0, members = 0;
    for (const auto& one : counted.residents) residents += geography.covers(unit, one.unit) ? one.count : 0;
    for (const auto& one : counted.members) members += geography.covers(unit, one.unit) ? one.count : 0;
    out.people = enough(residents);
    out.members = enough(members);
    out.denominators = newest(s, unit);
    compare(out);
    return out;
  }

  Row organisation_row(const storage::OrganisationRow& one, const Sum& places) const {
    Row out;
    out.unit = one.unit;
    out.sector = one.sector;
    out.organisation = one.id;
    out.name = one.name;
    out.unit_name = geography.path_text(one.unit);
    out.counts = places.counts();
    out.members = enough(one.members);
    if (out.members) out.members_declared = one.declared;
    return out;
  }
  // Those with the most members, at most kOrganisationsMost, in the order of their numbers.
  std::vector<Row> organisation_rows(Session& s, const Organisations& inside, const std::vector<Sum>& sums) const {
    std::vector<std::size_t> order(inside.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return inside[a].members > inside[b].members; });
    if (order.size() > kOrganisationsMost) order.resize(kOrganisationsMost);
    std::sort(order.begin(), order.end());
    std::vector<Row> out;
    std::vector<OrganisationId> ids;
    for (const std::size_t i : order) {
      out.push_back(organisation_row(inside[i], sums[i]));
      ids.push_back(inside[i].id);
    }
    for (const auto& row : storage::staff(s, ids)) {
      const auto at = std::find(ids.begin(), ids.end(), row.organisation) - ids.begin();
      Row& mine = out[static_cast<std::size_t>(at)];
      mine.denominators.push_back({Measure::kStaff, row.value, row.source, row.as_of});
      compare(mine);
    }
    return out;
  }
  std::vector<Row> sector_rows(const Organisations& inside, const std::vector<Sum>& sums) const {
    struct Sector {
      Sum places;
      std::int64_t members = 0, declared = 0;
    };
    std::map<std::string, Sector> sectors;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      Sector& one = sectors[inside[i].sector];
      one.places.add(sums[i]);
      one.members += inside[i].members;
      one.declared += inside[i].declared;
    }
    std::vector<Row> out;
    for (const auto& [name, one] : sectors) {
      Row& row = out.emplace_back();
      row.sector = row.name = name;
      row.counts = one.places.counts();
      row.members = enough(one.members);
      if (row.members) row.members_declared = one.declared;
    }
    return out;
  }
  std::vector<Row> rows_of_organisations(Session& s, By by, UnitId unit, Date day) const {
    const auto all = all_places(s);
    const auto seen = scans(s, day);
    Organisations inside;
    for (const auto& one : *all_organisations(s, day))
      if (geography.covers(unit, one.unit)) inside.push_back(one);
    std::vector<Sum> sums(inside.size());
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (!inside[i].place) continue;
      const auto place = std::lower_bound(all->begin(), all->end(), *inside[i].place,
                                          [](const auto& one, PlaceId id) { return one.id < id; });
      if (place != all->end() && place->id == *inside[i].place) sums[i].add(*place, *seen, day);
    }
    return by == By::kSector ? sector_rows(inside, sums) : organisation_rows(s, inside, sums);
  }

  Table table(Session& s, By by, UnitId unit, Date day) const {
    const auto all = all_places(s);
    const auto seen = scans(s, day);
    const auto counted = all_people(s);
    Table out;
    out.day = day;
    out.whole = unit_row(s, unit, *counted);
    Sum whole;
    std::map<std::string, Sum> kinds;
    std::vector<Sum> sums;
    std::unordered_map<UnitId, std::ptrdiff_t> below;  // which child a place's unit lies in
    std::vector<const geography::Unit*> children;
    if (by == By::kUnit) children = geography.children(out.whole.unit, day);
    sums.resize(children.size());
    std::unordered_map<UnitId, bool> inside;
    for (const auto& place : *all) {
      const auto [in, fresh] = inside.try_emplace(place.unit, false);
      if (fresh) in->second = geography.covers(unit, place.unit);
      if (!in->second) continue;
      whole.add(place, *seen, day);
      if (by == By::kKind) kinds[place.kind].add(place, *seen, day);
      if (children.empty()) continue;
      const auto [child, unknown] = below.try_emplace(place.unit, -1);
      if (unknown) {
        const auto found = std::find_if(children.begin(), children.end(),
                                        [&](const auto* one) { return geography.covers(one->id, place.unit); });
        if (found != children.end()) child->second = found - children.begin();
      }
      if (child->second >= 0) sums[static_cast<std::size_t>(child->second)].add(place, *seen, day);
    }
    out.whole.counts = whole.counts();
    for (std::size_t i = 0; i < children.size(); ++i) {
      out.rows.push_back(unit_row(s, children[i]->id, *counted));
      out.rows.back().counts = sums[i].counts();
    }
    for (const auto& [kind, sum] : kinds) {
      Row& row = out.rows.emplace_back();
      row.kind = kind;
      row.name = kind;
      row.counts = sum.counts();
    }
    if (by == By::kSector || by == By::kOrganisation) out.rows = rows_of_organisations(s, by, unit, day);
    return out;
  }

  Sheets sheets(const File& file) const { return Sheets(texts, places.kinds(), file.language); }
  Task<Result<http::Reply>> handed_out(Caller caller, Taken taken) const;
  Trend trend(Session& s, UnitId scope) const;
  http::Page<PlaceRow> places_behind(Session& s, const PlaceFilter& filter, UnitId scope, Date day, std::int64_t after,
                                     std::size_t limit) const;
};

Statistics::Statistics(store::Database& db, const places::Places& places, const geography::Geography& geography,
                       const identity::Access& access, const notify::Texts& texts)
    : impl_(new Impl{db, places, geography, access, texts, {}, {}, {}, {}, {}}) {}

Statistics::~Statistics() = default;

Task<Result<Table>> Statistics::table(const Caller& caller, By by, std::optional<UnitId> unit,
                                      std::optional<Date> day) const {
  const auto scope = impl_->scope(caller, kRead, unit);
  if (!scope) return refused<Table>(scope.error());
  const auto when = impl_->day_of(day);
  if (!when) return refused<Table>(when.error());
  return impl_->db.read([impl = impl_.get(), by, scope = *scope, when = *when](Session& s) -> Result<Table> {
    return impl->table(s, by, scope, when);
  });
}

Trend Statistics::Impl::trend(Session& s, UnitId scope) const {
  const auto all = all_places(s);
  Register inside;
  std::unordered_map<UnitId, bool> covered;
  for (const auto& place : *all) {
    const auto [in, fresh] = covered.try_emplace(place.unit, false);
    if (fresh) in->second = geography.covers(scope, place.unit);
    if (in->second) inside.push_back(place);
  }
  Trend out;
  std::size_t fresh = 0;
  const Date today = this->today();
  for (std::int64_t back = 0; back < kTrendDays; ++back) {
    const Date day{today.days - back};
    if (!is_counted(day) && ++fresh > kDaysAtOnce) {
      out.whole = false;
      break;
    }
    const auto seen = scans(s, day);
    Sum sum;
    for (const auto& place : inside) sum.add(place, *seen, day);
    out.days.push_back({day, sum.counts()});
  }
  std::reverse(out.days.begin(), out.days.end());
  return out;
}

Task<Result<Trend>> Statistics::trend(const Caller& caller, std::optional<UnitId> unit) const {
  const auto scope = impl_->scope(caller, kRead, unit);
  if (!scope) return refused<Trend>(scope.error());
  return impl_->db.read(
      [impl = impl_.get(), scope = *scope](Session& s) -> Result<Trend> { return impl->trend(s, scope); });
}

http::Page<PlaceRow> Statistics::Impl::places_behind(Session& s, const PlaceFilter& filter, UnitId scope, Date day,
                                                     std::int64_t after, std::size_t limit) const {
  using Out = http::Page<PlaceRow>;
  const auto all = all_places(s);
  std::vector<const storage::Registered*> fitting;
  std::unordered_map<UnitId, bool> covered;
  // Silent since then: so many whole days, and today.
  const Instant since = local_midnight(Date{today().days - filter.silent_days.value_or(0)});
  for (const auto& place : *all) {
    if (place.id.value <= after || place.kind == kHome || !open_on(place, day)) continue;
    if (filter.kind && place.kind != *filter.kind) continue;
    if (filter.silent_days && (place.registered >= since || place.closed || place.kind == kCheckpoint)) continue;
    const auto [in, fresh] = covered.try_emplace(place.unit, false);
    if (fresh) in->second = geography.covers(scope, place.unit);
    if (in->second) fitting.push_back(&place);
  }
  const auto seen = scans(s, day);
  Out page;
  constexpr std::size_t kLook = 500;
  for (std::size_t first = 0; first < fitting.size(); first += kLook) {
    std::vector<PlaceId> ids;
    for (std::size_t i = first; i < std::min(first + kLook, fitting.size()); ++i) ids.push_back(fitting[i]->id);
    const auto last = storage::last_scans(s, ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (filter.silent_days && last[i] && *last[i] >= since) continue;
      if (page.items.size() == limit) {
        page.next = to_text(page.items.back().place);
        return page;
      }
      const auto& place = *fitting[first + i];
      const auto spot = places.spot(place.id);
      const auto found = seen->find(place.id);
      PlaceRow& row = page.items.emplace_back();
      row.place = place.id;
      row.name = spot ? spot->place_name : "";
      row.kind = place.kind;
      row.unit_name = geography.path_text(place.unit);
      row.registered = local_date(place.registered);
      row.scans = found == seen->end() ? 0 : found->second.scans;
      if (last[i]) row.last_scan = local_date(*last[i]);
    }
  }
  return page;
}

Task<Result<http::Page<PlaceRow>>> Statistics::places(const Caller& caller, PlaceFilter filter,
                                                      std::optional<std::string> cursor, std::size_t limit) const {
  using Out = http::Page<PlaceRow>;
  const auto scope = impl_->scope(caller, kRead, filter.unit);
  if (!scope) return refused<Out>(scope.error());
  const auto when = impl_->day_of(filter.day);
  if (!when) return refused<Out>(when.error());
  const auto after = cursor ? parse_id(*cursor) : std::optional<std::int64_t>(0);
  if (!after) return refused<Out>(wrong_field("?cursor", "format"));
  if (!silence_known(filter)) return refused<Out>(wrong_field("?silentDays", "range"));
  return impl_->db.read(
      [impl = impl_.get(), filter, scope = *scope, day = *when, after = *after, limit](Session& s) -> Result<Out> {
        return impl->places_behind(s, filter, scope, day, after, limit);
      });
}

// Counted without holding up those who write; in the access log before it goes out.
Task<Result<http::Reply>> Statistics::Impl::handed_out(Caller caller, Taken taken) const {
  auto counting = db.read([make = std::move(taken.make)](Session& s) { return make(s); });
  tables::Sheet sheet = co_await std::move(counting);
  auto logging = db.transact([this, caller, what = taken.what](Session& s) -> Result<Done> {
    access.log_list(s, caller, kTakeOut, 0, what);
    return Done{};
  });
  const auto logged = co_await std::move(logging);
  if (!logged) co_return logged.error();
  sheet.mark = "Lũy Tre: " + taken.name + ", " + to_text(caller.account) + ", " + to_text(now());
  tables::Written written = tables::write(sheet, taken.format);
  http::Reply out;
  out.type = std::move(written.type);
  out.body = std::move(written.bytes);
  out.headers.emplace_back("Content-Disposition", "attachment; filename=\"luytre-" + taken.name + written.ending + '"');
  co_return out;
}

Task<Result<http::Reply>> Statistics::taken_out(const Caller& caller, By by, std::optional<UnitId> unit,
                                                std::optional<Date> day, Rank rank, File file) const {
  const auto scope = impl_->scope(caller, kTakeOut, unit);
  if (!scope) return refused<http::Reply>(scope.error());
  const auto when = impl_->day_of(day);
  if (!when) return refused<http::Reply>(when.error());
  const auto make = [impl = impl_.get(), by, scope = *scope, when = *when, rank, file](Session& s) {
    Table table = impl->table(s, by, scope, when);
    statistics::rank(table.rows, rank);
    return impl->sheets(file).of(table);
  };
  return impl_->handed_out(caller,
                           {make, "unit " + to_text(*scope) + " day " + to_text(*when), to_text(*when), file.format});
}

Task<Result<http::Reply>> Statistics::trend_taken_out(const Caller& caller, std::optional<UnitId> unit,
                                                      File file) const {
  const auto scope = impl_->scope(caller, kTakeOut, unit);
  if (!scope) return refused<http::Reply>(scope.error());
  const auto make = [impl = impl_.get(), scope = *scope, file](Session& s) {
    Trend trend = impl->trend(s, scope);
    while (!trend.whole) trend = impl->trend(s, scope);
    return impl->sheets(file).of(trend);
  };
  return impl_->handed_out(caller, {make, "unit " + to_text(*scope) + " trend", "trend", file.format});
}

Task<Result<http::Reply>> Statistics::places_taken_out(const Caller& caller, PlaceFilter filter, File file) const {
  const auto scope = impl_->scope(caller, kTakeOut, filter.unit);
  if (!scope) return refused<http::Reply>(scope.error());
  const auto when = impl_->day_of(filter.day);
  if (!when) return refused<http::Reply>(when.error());
  if (!silence_known(filter)) return refused<http::Reply>(wrong_field("?silentDays", "range"));
  const auto make = [impl = impl_.get(), filter, scope = *scope, when = *when, file](Session& s) {
    return impl->sheets(file).of(impl->places_behind(s, filter, scope, when, 0, kPlacesTakenOut).items);
  };
  return impl_->handed_out(caller,
                           {make, "unit " + to_text(*scope) + " places", "places-" + to_text(*when), file.format});
}

Task<Result<Denominator>> Statistics::enter(const Caller& caller, NewDenominator asked) {
  const auto areas = impl_->access.areas(caller, kEnter);
  const bool mine = impl_->geography.covers(areas, asked.unit);
  if (areas.empty()) return refused<Denominator>(kNotPermitted);
  std::vector<FieldError> flaws;
  if (!impl_->geography.find(asked.unit)) flaws.push_back({"/unit", "unknown", {}});
  if (asked.value < 1) flaws.push_back({"/value", "range", {}});
  if (fold(asked.source).empty()) flaws.push_back({"/source", "required", {}});
  if (asked.as_of > impl_->today()) flaws.push_back({"/asOf", "too_late", {}});
  if (!flaws.empty()) return refused<Denominator>(Error(kInvalid, std::move(flaws)));
  if (asked.organisation && asked.measure != Measure::kStaff)
    return refused<Denominator>(wrong_field("/measure", "contradiction"));
  if (!mine) return refused<Denominator>(kNotPermitted);
  return impl_->db.transact(
      [impl = impl_.get(), by = caller.account, asked = std::move(asked)](Session& s) -> Result<Denominator> {
        if (asked.organisation) {
          if (storage::unit_of(s, *asked.organisation) != asked.unit) return wrong_field("/organisation", "unknown");
          storage::enter(s, storage::StaffRow{*asked.organisation, asked.as_of, asked.value, asked.source}, impl->now(),
                         by);
          return Denominator{asked.measure, asked.value, asked.source, asked.as_of};
        }
        storage::enter(s, storage::DenominatorRow{asked.unit, asked.measure, asked.as_of, asked.value, asked.source},
                       impl->now(), by);
        return Denominator{asked.measure, asked.value, asked.source, asked.as_of};
      });
}

Task<Result<Report>> Statistics::enter_list(const Caller& caller, std::string list, std::optional<store::Once> once) {
  const auto areas = impl_->access.areas(caller, kEnter);
  if (areas.empty()) return refused<Report>(kNotPermitted);
  auto lines = read_lines(list, {impl_->geography, areas, impl_->today()});
  if (!lines) return refused<Report>(lines.error());
  auto write = [impl = impl_.get(), caller, lines = std::move(*lines)](Session& s) -> Result<Report> {
    Report out;
    for (const Line& line : lines) {
      LineResult& result = out.lines.emplace_back(line.result);
      if (result.state != LineState::kRefused) result.state = impl->enter_line(s, caller.account, line);
      std::int64_t* const counts[] = {&out.taken, &out.known, &out.refused};
      ++*counts[static_cast<std::size_t>(result.state)];
    }
    impl->access.log_list(s, caller, kEnter, 0,
                          "list: " + std::to_string(out.taken) + " taken, " + std::to_string(out.known) + " known, " +
                              std::to_string(out.refused) + " refused");
    return out;
  };
  if (once) return impl_->db.once(std::move(*once), std::move(write));
  return impl_->db.transact(std::move(write));
}

}  // namespace luytre::statistics
