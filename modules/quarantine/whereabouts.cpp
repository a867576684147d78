// Whether somebody under an order at home is there: by a tap, under a consent, compared with a point that they marked
// themselves. The point is sealed; of what is compared only the last distance is kept.

#include <cmath>

#include "modules/quarantine/impl.h"
#include "modules/visits/doubts.h"
#include "platform/identity/consents.h"

namespace luytre::quarantine {
namespace {

constexpr std::string_view kPointSeal = "quarantine.point";
constexpr std::int64_t kAccuracyMost = 100'000;  // metres

bool on_earth(const Position& where) {
  return where.latitude >= -90 && where.latitude <= 90 && where.longitude >= -180 && where.longitude <= 180;
}

}  // namespace

std::optional<PlaceMark> Orders::Impl::mark_of(store::Session& session, OrderId order) const {
  const auto row = storage::point(session, order);
  if (!row || !settings.consents) return std::nullopt;
  // Withdrawn, it is hidden at once, and forgotten soon.
  if (!settings.consents->given(session, row->account, identity::ConsentPurpose::kIsolationPlace)) return std::nullopt;
  return PlaceMark{row->marked, row->compared, row->metres, row->accuracy};
}

Result<Compared> Orders::Impl::compare(store::Session& session, const Caller& caller, OrderId id,
                                       const Position& where) const {
  const auto row = own(session, caller, id);
  if (!row) return row.error();
  if (!settings.consents || row->state != State::kRunning || !row->checks_from || !check_form(*row, today()))
    return kOrderNotRunning;
  if (!on_earth(where)) return wrong_field("/latitude", "range");
  if (where.accuracy_metres < 0 || where.accuracy_metres > kAccuracyMost)
    return wrong_field("/accuracyMetres", "range");
  const identity::Consents::Act act{caller.account, now()};
  auto lacking = settings.consents->refusals(session, identity::ConsentPurpose::kIsolationPlace, std::span(&act, 1));
  if (lacking.front()) return std::move(*lacking.front());
  if (where.accuracy_metres > kInexactMetres) return Compared{Found::kInexact};
  const places::Point here{where.latitude, where.longitude};
  if (where.mark) {
    storage::PointRow point;
    point.order_id = id;
    point.account = caller.account;
    point.point = store::Bytes{vault.seal(kPointSeal, to_text(id), json::text(here))};
    point.marked = now();
    storage::put_point(session, point);
    return Compared{Found::kMarked};
  }
  auto point = storage::point(session, id);
  if (!point) return kPlaceNotMarked;
  const auto marked = json::parse<places::Point>(vault.unsealed(kPointSeal, to_text(id), point->point.data));
  if (!marked) throw std::runtime_error("a marked place cannot be read");
  point->compared = now();
  point->metres = std::llround(visits::kilometres(here, *marked) * 1000);
  point->accuracy = where.accuracy_metres;
  storage::put_point(session, *point);
  publish(session, *row, "quarantine.checked");
  if (*point->metres - *point->accuracy <= kAwayMetres) return Compared{Found::kThere};
  bool told = false;
  for (const storage::AlertRow& one : storage::alerts(session, id))
    told = told || (one.kind == AlertKind::kAway && !one.withdrawn && now() < one.at + kCallWithin);
  if (told) return Compared{Found::kAway};
  storage::AlertRow alert;
  alert.kind = AlertKind::kAway;
  alert.at = now();
  alert.rule_set = kAwayRules;
  alert.within_minutes = kCallWithin.count();
  alert.metres = point->metres;
  alert.accuracy = point->accuracy;
  raise(session, *row, std::move(alert));
  return Compared{Found::kAway};
}

// A consent that was withdrawn takes the point with it.
void Orders::Impl::forget_points(store::Session& session, std::size_t most) const {
  if (!settings.consents) return;
  for (const storage::PointRow& one : storage::points_to_look_at(session, now() - kPointLooked, now(), most))
    if (!settings.consents->given(session, one.account, identity::ConsentPurpose::kIsolationPlace))
      storage::remove_point(session, one.order_id);
}

}  // namespace luytre::quarantine
