// What a table says: of units, kinds of place, sectors and organisations.

#include <numeric>

#include "modules/statistics/impl.h"

namespace luytre::statistics {
namespace {

using store::Session;

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

}  // namespace

void compare(Row& row) {
  const auto population = of(row, Measure::kPopulation);
  row.people_share = share(row.people, population);
  row.phone_share = share(row.people, of(row, Measure::kSmartphones));
  row.member_share = share(row.members, of(row, Measure::kStaff));
  row.pair_coverage = share(of(row, Measure::kInstalls), population);
  if (row.pair_coverage) *row.pair_coverage *= *row.pair_coverage;
}

std::vector<Denominator> Statistics::Impl::newest(Session& s, UnitId unit) const {
  std::vector<Denominator> out;
  for (const auto& row : storage::denominators(s, unit)) {
    const bool there = std::any_of(out.begin(), out.end(), [&](const auto& one) { return one.measure == row.measure; });
    if (!there) out.push_back({row.measure, row.value, row.source, row.as_of});
  }
  return out;
}

Row Statistics::Impl::unit_row(Session& s, UnitId unit, const People& counted) const {
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

Row Statistics::Impl::organisation_row(const storage::OrganisationRow& one, const Sum& places) const {
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

std::vector<Row> Statistics::Impl::organisation_rows(Session& s, const Organisations& inside,
                                                     const std::vector<Sum>& sums) const {
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

std::vector<Row> Statistics::Impl::sector_rows(const Organisations& inside, const std::vector<Sum>& sums) const {
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

std::vector<Row> Statistics::Impl::rows_of_organisations(Session& s, By by, UnitId unit, Date day) const {
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

Table Statistics::Impl::table(Session& s, By by, UnitId unit, Date day) const {
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

}  // namespace luytre::statistics
