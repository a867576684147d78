#include "modules/placelists/placelists.h"

#include <algorithm>
#include <cctype>

#include "modules/placelists/lines.h"
#include "modules/placelists/storage.h"
#include "platform/geography/geography.h"

namespace luytre::placelists {
namespace {

constexpr std::size_t kSystemMost = 20;

using store::Session;

const identity::Action kImport{
    "places.import", Purpose::kPlaceKeeping, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

const identity::Action kPrint{
    "places.posters", Purpose::kPlaceKeeping, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

Task<Result<http::Reply>> printed(Task<Result<std::vector<PlaceId>>> asked, const places::Places& places,
                                  Caller caller) {
  Result<std::vector<PlaceId>> all = co_await std::move(asked);
  if (!all) co_return all.error();
  auto printing = places.posters_pdf(caller, std::move(*all));
  Result<http::Reply> out = co_await std::move(printing);
  co_return out;
}

// By the list's order and all its places, closed ones, too: what closes between two parts moves nothing.
std::vector<std::vector<PlaceId>> parts_of(Session& session, BatchId batch) {
  const auto all = storage::places(session, batch);
  const auto posters = places::Places::posters_of(session, all);
  std::vector<std::vector<PlaceId>> out;
  std::size_t printed = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (out.empty() || out.back().size() == kPlacesAtOnce || printed + posters[i] > kPostersAtOnce) {
      out.emplace_back();
      printed = 0;
    }
    out.back().push_back(all[i]);
    printed += posters[i];
  }
  return out;
}

}  // namespace

std::string source_of(UnitId unit, const std::optional<std::string>& system) {
  return "unit:" + to_text(unit) + (system ? ':' + *system : "");
}

PlaceLists::PlaceLists(store::Database& db, places::Places& places, const geography::Geography& geography,
                       const identity::Access& access)
    : db_(db), places_(places), geography_(geography), access_(access) {}

Task<Result<Report>> PlaceLists::send(const Caller& caller, UnitId unit, std::string list,
                                      std::optional<store::Once> once, std::optional<std::string> system) {
  if (!geography_.find(unit)) return refused<Report>(wrong_field("?unit", "unknown"));
  const auto letter = [](unsigned char c) { return std::isalnum(c) != 0; };
  if (system && (system->size() > kSystemMost || !std::all_of(system->begin(), system->end(), letter)))
    return refused<Report>(wrong_field("?system", "format"));
  auto lines = read_lines(list, {geography_, places_.kinds(), unit, local_date(db_.clock().now())});
  if (!lines) return refused<Report>(lines.error());
  auto write = [this, caller, unit, source = source_of(unit, system),
                lines = std::move(*lines)](Session& s) mutable -> Result<Report> {
    const auto allowed = access_.require(s, caller, kImport, {PersonId{}, unit, ""});
    if (!allowed) return allowed.error();
    std::vector<std::string> externals;
    std::vector<places::Places::Imported> wanted;
    std::vector<LineResult*> results;
    Report out;
    for (Line& line : lines) {
      if (line.result.state == LineState::kRefused) continue;
      line.place.source = source;
      externals.push_back(line.place.external);
      wanted.push_back(line.place);
      results.push_back(&line.result);
    }
    const auto known = places::Places::imported(s, source, externals);
    const auto made = places_.import_places(s, wanted);
    for (std::size_t i = 0; i < made.size(); ++i) {
      const auto& place = made[i].value();  // the kind is known: the line was judged
      if (place.full) {
        results[i]->state = LineState::kRefused;
        results[i]->errors.push_back({"zones", "too_long"});
        continue;
      }
      results[i]->place = place.id;
      if (known[i]) results[i]->state = LineState::kKnown;
    }
    for (Line& line : lines) {
      std::int64_t* const counts[] = {&out.taken, &out.known, &out.refused};
      ++*counts[static_cast<std::size_t>(line.result.state)];
      out.lines.push_back(line.result);
    }
    if (out.taken + out.known > 0) {
      out.batch = db_.ids().make<BatchId>();
      storage::insert(s, {*out.batch, unit, caller.account, db_.clock().now()}, out.lines);
      out.parts = static_cast<std::int64_t>(parts_of(s, *out.batch).size());
    }
    access_.log_list(s, caller, kImport, 0,
                     "unit " + to_text(unit) + ": " + std::to_string(out.taken) + " new, " + std::to_string(out.known) +
                         " known, " + std::to_string(out.refused) + " refused");
    return out;
  };
  if (once) return db_.once(std::move(*once), std::move(write));
  return db_.transact(std::move(write));
}

Task<Result<http::Reply>> PlaceLists::posters(const Caller& caller, BatchId batch, std::size_t part) const {
  auto asked = db_.transact([this, caller, batch, part](Session& s) -> Result<std::vector<PlaceId>> {
    const auto row = storage::find(s, batch);
    if (!row || !geography_.covers(access_.areas(caller, kPrint), row->unit)) return kNotFound;
    auto parts = parts_of(s, batch);
    if (part >= parts.size()) return kNotFound;
    auto places = std::move(parts[part]);
    access_.log_list(s, caller, kPrint, 0, "list " + to_text(batch) + ", " + std::to_string(places.size()) + " places");
    return places;
  });
  return printed(std::move(asked), places_, caller);
}

store::Recurring PlaceLists::retention() const {
  return {"placelists.retention", std::chrono::hours(6), [this](Session& s) {
            const Instant now = db_.clock().now();
            storage::retain(s, db_.ids(), now, now - kBatchKept);
          }};
}

}  // namespace luytre::placelists
