// Visits of files.

#include <algorithm>
#include <set>

#include "modules/visits/impl.h"
#include "modules/visits/ledger.h"

namespace luytre::visits {
namespace {

struct Line {
  const ImportedVisit* visit = nullptr;
  std::size_t index = 0;
  places::SpotPtr spot;
};

// Within a batch the order of the file must not matter to the end rule.
bool earlier(const Line& a, const Line& b) {
  return std::tuple(a.visit->person, a.visit->in, a.index) < std::tuple(b.visit->person, b.visit->in, b.index);
}

}  // namespace

std::optional<Error> Visits::Impl::refusal(const ImportedVisit& visit, const places::Spot* spot, Instant now) const {
  if (!spot) return Error(places::kPlaceUnknown);
  if (visit.out && *visit.out <= visit.in) return Error(kOutBeforeIn);
  if (visit.out && *visit.out > visit.in + kLongest)
    return Error(kStayTooLong, {{"days", std::to_string(kLongest.count() / 24)}});
  if (visit.in > now + kClockSkew || (visit.out && *visit.out > now + kClockSkew)) return Error(kTimeInFuture);
  const auto expected = visit.in + std::chrono::minutes(spot->kind->usual_stay_minutes);
  if (!settings.study && visit.out.value_or(expected) < now - kKept)
    return Error(kTimeTooOld, {{"days", std::to_string(kKept.count() / 24)}});
  return std::nullopt;
}

storage::VisitRow Visits::Impl::row_of(const ImportedVisit& visit, const places::Spot& spot, Instant now) const {
  storage::VisitRow row;
  row.id = db.ids().make<VisitId>();
  row.place = visit.place;
  row.zone = spot.area();
  row.person = visit.person;
  row.entered = visit.in;
  row.expected = visit.in + std::chrono::minutes(spot.kind->usual_stay_minutes);
  row.source = Source::kImport;
  if (visit.origin) row.flags |= storage::bit_of(Flag::kForeign);
  row.recorded = now;
  row.unit = spot.unit;
  return row;
}

Imported Visits::import_visits(store::Session& session, std::span<const ImportedVisit> visits) {
  Imported out;
  const Instant now = impl_->clock.now();
  std::vector<const ImportedVisit*> all;
  for (const auto& visit : visits) all.push_back(&visit);
  const auto known = storage::known(session, all);

  std::vector<Line> lines;
  std::set<std::pair<std::string_view, std::string_view>> seen;
  bool looked = false;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const ImportedVisit& visit = visits[i];
    if (known[i] || !seen.emplace(visit.source, visit.external).second) {
      ++out.known;
      continue;
    }
    auto spot = impl_->places.spot(visit.place, visit.zone);
    if (!spot && !std::exchange(looked, true)) {
      impl_->places.refresh(session, true);
      spot = impl_->places.spot(visit.place, visit.zone);
    }
    if (auto refused = impl_->refusal(visit, spot.get(), now)) {
      out.rejected.push_back({i, std::move(*refused)});
    } else {
      lines.push_back({&visit, i, std::move(spot)});
    }
  }
  std::sort(lines.begin(), lines.end(), earlier);

  Ledger ledger(session, now);
  for (const Line& line : lines) ledger.want(line.visit->person, line.visit->in);
  ledger.fetch();
  std::vector<storage::ExternalRow> externals;
  for (const Line& line : lines) {
    const auto entry = ledger.check_in(impl_->row_of(*line.visit, *line.spot, now), line.visit->out);
    ++(entry.joined ? out.merged : out.added);
    const bool own = line.visit->origin && !entry.joined;
    externals.push_back({line.visit->source, line.visit->external, entry.row.departed,
                         own ? std::optional(entry.row.id) : std::nullopt, line.visit->origin});
  }
  ledger.write("visit.imported");
  storage::insert_externals(session, externals);
  return out;
}

std::int64_t Visits::take_back(store::Session& session, const std::string& source) {
  const auto rows = storage::of_source(session, source);
  Ledger ledger(session, impl_->clock.now());
  for (const auto& row : rows) ledger.want(row.person, row.entered);
  ledger.fetch();
  for (const auto& row : rows) ledger.cancel(row.person, row.id);
  ledger.write();
  storage::remove_externals(session, source);
  return static_cast<std::int64_t>(rows.size());
}

}  // namespace luytre::visits
