#include "modules/statistics/statistics.h"

#include "modules/statistics/impl.h"
#include "platform/identity/taken_out.h"

namespace luytre::statistics {
namespace {

using store::Session;

constexpr const char* kHome = "home";
constexpr const char* kCheckpoint = "checkpoint";  // where passing is no scan

bool silence_known(const PlaceFilter& filter) {
  return !filter.silent_days || (*filter.silent_days >= 1 && *filter.silent_days <= kSilentMost);
}

}  // namespace

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
  const std::string said = sheet.mark.empty() ? "" : ", " + sheet.mark;
  sheet.mark = "Lũy Tre: " + taken.name + said + ", " + to_text(caller.account) + ", " + to_text(now());
  tables::Written written = tables::write(sheet, taken.format);
  co_return identity::saved(std::move(written.type), std::move(written.bytes), "luytre-" + taken.name + written.ending);
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

}  // namespace luytre::statistics
