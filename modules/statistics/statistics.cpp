#include "modules/statistics/statistics.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <unordered_map>

#include "modules/statistics/storage.h"
#include "platform/base/text.h"
#include "platform/tables/sheet.h"

namespace luytre::statistics {
namespace {

using store::Session;

constexpr const char* kHome = "home";

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
    declared_ += found->second.declared;
  }
  Counts counts() const {
    Counts out = counts_;
    if (out.scans >= kScansLeast) out.declared = declared_;
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

tables::Cell cell_of(const std::optional<double>& share) {
  return share ? tables::Cell(tables::Share{*share}) : tables::Cell();
}

tables::Sheet sheet_of(const Table& table) {
  tables::Sheet out;
  out.columns = {"name",     "places",       "active",      "scans",        "declared",
                 "people",   "members",      "population",  "smartphones",  "staff",
                 "installs", "people_share", "phone_share", "member_share", "pair_coverage"};
  const auto line = [&](const Row& row) {
    std::vector<tables::Cell> cells{row.name, row.counts.places, row.counts.active, row.counts.scans};
    for (const auto& count : {row.counts.declared, row.people, row.members}) cells.push_back(tables::cell(count));
    for (const Measure m : {Measure::kPopulation, Measure::kSmartphones, Measure::kStaff, Measure::kInstalls})
      cells.push_back(tables::cell(of(row, m)));
    for (const auto& share : {row.people_share, row.phone_share, row.member_share, row.pair_coverage})
      cells.push_back(cell_of(share));
    out.rows.push_back(std::move(cells));
  };
  for (const Row& row : table.rows) line(row);
  line(table.whole);
  return out;
}

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

  mutable std::mutex guard;
  mutable Kept<Register> registered;
  mutable Kept<People> people;
  mutable std::map<Date, Kept<Scans>> days;

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
  Kept<Scans>& slot(Date day) const {
    const std::lock_guard lock(guard);
    std::erase_if(days, [&](const auto& one) { return one.first.days < today().days - kDaysBack; });
    return days[day];  // a map's elements stay where they are; none within kDaysBack is erased
  }
  bool is_counted(Date day) const {
    const Kept<Scans>& kept = slot(day);
    const std::lock_guard lock(guard);
    return kept.value && now() < kept.counted + lasting(day);
  }
  std::shared_ptr<const Scans> scans(Session& s, Date day) const {
    return remembered(slot(day), lasting(day), [&] {
      const auto open = all_places(s);
      std::vector<PlaceId> ids;
      for (const auto& place : *open)
        if (open_on(place, day)) ids.push_back(place.id);
      Scans out;
      for (const auto& one : storage::scans(s, ids, whole_day(day))) out.emplace(one.place, one);
      return out;
    });
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
    return out;
  }
};

Statistics::Statistics(store::Database& db, const places::Places& places, const geography::Geography& geography,
                       const identity::Access& access)
    : impl_(new Impl{db, places, geography, access, {}, {}, {}, {}}) {}

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

Task<Result<Trend>> Statistics::trend(const Caller& caller, std::optional<UnitId> unit) const {
  const auto scope = impl_->scope(caller, kRead, unit);
  if (!scope) return refused<Trend>(scope.error());
  return impl_->db.read([impl = impl_.get(), scope = *scope](Session& s) -> Result<Trend> {
    const auto all = impl->all_places(s);
    Register inside;
    std::unordered_map<UnitId, bool> covered;
    for (const auto& place : *all) {
      const auto [in, fresh] = covered.try_emplace(place.unit, false);
      if (fresh) in->second = impl->geography.covers(scope, place.unit);
      if (in->second) inside.push_back(place);
    }
    Trend out;
    std::size_t fresh = 0;
    const Date today = impl->today();
    for (std::int64_t back = 0; back < kTrendDays; ++back) {
      const Date day{today.days - back};
      if (!impl->is_counted(day) && ++fresh > kDaysAtOnce) {
        out.whole = false;
        break;
      }
      const auto seen = impl->scans(s, day);
      Sum sum;
      for (const auto& place : inside) sum.add(place, *seen, day);
      out.days.push_back({day, sum.counts()});
    }
    std::reverse(out.days.begin(), out.days.end());
    return out;
  });
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
  if (filter.silent_days && (*filter.silent_days < 1 || *filter.silent_days > kSilentMost))
    return refused<Out>(wrong_field("?silentDays", "range"));
  return impl_->db.read(
      [impl = impl_.get(), filter, scope = *scope, day = *when, after = *after, limit](Session& s) -> Result<Out> {
        const auto all = impl->all_places(s);
        std::vector<const storage::Registered*> fitting;
        std::unordered_map<UnitId, bool> covered;
        // Silent since then: so many whole days, and today.
        const Instant since = local_midnight(Date{impl->today().days - filter.silent_days.value_or(0)});
        for (const auto& place : *all) {
          if (place.id.value <= after || place.kind == kHome || !open_on(place, day)) continue;
          if (filter.kind && place.kind != *filter.kind) continue;
          if (filter.silent_days && (place.registered >= since || place.closed)) continue;
          const auto [in, fresh] = covered.try_emplace(place.unit, false);
          if (fresh) in->second = impl->geography.covers(scope, place.unit);
          if (in->second) fitting.push_back(&place);
        }
        const auto seen = impl->scans(s, day);
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
            const auto spot = impl->places.spot(place.id);
            const auto found = seen->find(place.id);
            PlaceRow& row = page.items.emplace_back();
            row.place = place.id;
            row.name = spot ? spot->place_name : "";
            row.kind = place.kind;
            row.unit_name = impl->geography.path_text(place.unit);
            row.registered = local_date(place.registered);
            row.scans = found == seen->end() ? 0 : found->second.scans;
            if (last[i]) row.last_scan = local_date(*last[i]);
          }
        }
        return page;
      });
}

Task<Result<http::Reply>> Statistics::taken_out(const Caller& caller, By by, std::optional<UnitId> unit,
                                                std::optional<Date> day, tables::Format format) const {
  const auto scope = impl_->scope(caller, kTakeOut, unit);
  if (!scope) return refused<http::Reply>(scope.error());
  const auto when = impl_->day_of(day);
  if (!when) return refused<http::Reply>(when.error());
  return impl_->db.transact([impl = impl_.get(), caller, by, scope = *scope, when = *when,
                             format](Session& s) -> Result<http::Reply> {
    const Table table = impl->db.read_now([&](Session& reading) { return impl->table(reading, by, scope, when); });
    tables::Sheet sheet = sheet_of(table);
    sheet.mark = "Lũy Tre: " + to_text(when) + ", " + to_text(caller.account) + ", " + to_text(impl->now());
    tables::Written written = tables::write(sheet, format);
    impl->access.log_list(s, caller, kTakeOut, 0, "unit " + to_text(scope) + " day " + to_text(when));
    http::Reply out;
    out.type = std::move(written.type);
    out.body = std::move(written.bytes);
    out.headers = {{"Content-Disposition", "attachment; filename=\"luytre-" + to_text(when) + written.ending + '"'}};
    return out;
  });
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
  if (!mine) return refused<Denominator>(kNotPermitted);
  return impl_->db.transact(
      [impl = impl_.get(), by = caller.account, asked = std::move(asked)](Session& s) -> Result<Denominator> {
        storage::enter(s, {asked.unit, asked.measure, asked.as_of, asked.value, asked.source}, impl->now(), by);
        return Denominator{asked.measure, asked.value, asked.source, asked.as_of};
      });
}

}  // namespace luytre::statistics
