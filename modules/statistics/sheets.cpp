#include "modules/statistics/sheets.h"

#include <algorithm>

namespace luytre::statistics {
namespace {

tables::Cell cell_of(const std::optional<double>& share) {
  return share ? tables::Cell(tables::Share{*share}) : tables::Cell();
}

std::optional<double> share(std::optional<std::int64_t> part, std::int64_t whole) {
  if (!part || whole <= 0) return std::nullopt;
  return static_cast<double>(*part) / static_cast<double>(whole);
}

std::optional<double> active_share(const Counts& counts) {
  return share(counts.active, counts.places);
}

std::optional<double> declared_share(const Counts& counts) {
  return share(counts.declared, counts.passing);
}

tables::Cell value_of(const Row& row, Measure measure) {
  for (const Denominator& one : row.denominators)
    if (one.measure == measure) return one.value;
  return {};
}

}  // namespace

void rank(std::vector<Row>& rows, Rank by) {
  if (by == Rank::kName) return;
  const auto measure = [by](const Row& row) {
    const auto found = by == Rank::kActive      ? active_share(row.counts)
                       : by == Rank::kPerActive ? share(row.counts.scans, row.counts.active)
                                                : declared_share(row.counts);
    return found.value_or(-1);
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return measure(a) > measure(b); });
}

std::string Sheets::kind(const std::string& kind) const {
  const auto* known = kinds_.find(kind);
  if (!known) return kind;
  return language_ == "vi" ? known->title.vi : known->title.en;
}

std::vector<std::string> Sheets::columns(std::initializer_list<const char*> names) const {
  std::vector<std::string> out;
  for (const char* name : names) out.push_back(texts_.fill(std::string("statistics.column.") + name, language_));
  return out;
}

tables::Sheet Sheets::of(const Table& table) const {
  tables::Sheet out;
  out.columns = columns(
      {"rank",        "name",     "unit",          "places",      "active",     "activeShare",     "scans",
       "passing",     "declared", "declaredShare", "people",      "members",    "membersDeclared", "population",
       "smartphones", "staff",    "installs",      "peopleShare", "phoneShare", "memberShare",     "pairCoverage"});
  const auto line = [&](const Row& row, tables::Cell rank) {
    std::string name = row.name;
    if (row.kind) name = kind(*row.kind);
    if (row.sector && !row.organisation) name = texts_.fill("statistics.sector." + *row.sector, language_);
    const Counts& counts = row.counts;
    std::vector<tables::Cell> cells{std::move(rank),
                                    std::move(name),
                                    tables::cell(row.unit_name),
                                    counts.places,
                                    counts.active,
                                    cell_of(active_share(counts)),
                                    counts.scans,
                                    counts.passing,
                                    tables::cell(counts.declared),
                                    cell_of(declared_share(counts))};
    for (const auto& count : {row.people, row.members, row.members_declared}) cells.push_back(tables::cell(count));
    for (const Measure m : {Measure::kPopulation, Measure::kSmartphones, Measure::kStaff, Measure::kInstalls})
      cells.push_back(value_of(row, m));
    for (const auto& share : {row.people_share, row.phone_share, row.member_share, row.pair_coverage})
      cells.push_back(cell_of(share));
    out.rows.push_back(std::move(cells));
  };
  std::int64_t number = 0;
  for (const Row& row : table.rows) line(row, ++number);
  line(table.whole, {});
  return out;
}

tables::Sheet Sheets::of(const Trend& trend) const {
  tables::Sheet out;
  out.columns = columns({"day", "places", "active", "activeShare", "scans", "passing", "declared", "declaredShare"});
  for (const DayCounts& one : trend.days) {
    const Counts& counts = one.counts;
    out.rows.push_back({one.day, counts.places, counts.active, cell_of(active_share(counts)), counts.scans,
                        counts.passing, tables::cell(counts.declared), cell_of(declared_share(counts))});
  }
  return out;
}

tables::Sheet Sheets::of(const std::vector<PlaceRow>& places) const {
  tables::Sheet out;
  out.columns = columns({"name", "kind", "unit", "registered", "scans", "lastScan"});
  for (const PlaceRow& row : places)
    out.rows.push_back(
        {row.name, kind(row.kind), row.unit_name, row.registered, row.scans, tables::cell(row.last_scan)});
  return out;
}

tables::Sheet Sheets::of(const CaseReport& report) const {
  tables::Sheet out;
  out.mark = "day=" + json::enum_text(report.day) + " view=" + json::enum_text(report.view) +
             " level=" + json::enum_text(report.level) + " knownAt=" + to_text(report.known_at) +
             " withoutDay=" + std::to_string(report.without_day);
  out.columns =
      columns({"unit", "unitClear", "unitsPossible", "disease", "suspect", "probable", "confirmed", "discarded"});
  const auto joined = [](std::string text, const std::string& more) {
    return text.empty() ? more : text + "; " + more;
  };
  const auto line = [&](std::string name, tables::Cell clear, std::string possible, std::string disease,
                        const CaseCounts& counts) {
    out.rows.push_back({std::move(name), std::move(clear), std::move(possible), std::move(disease), counts.suspect,
                        counts.probable, counts.confirmed, counts.discarded});
  };
  for (const CaseUnitRow& row : report.rows) {
    std::string possible;
    for (const std::string& name : row.today) possible = joined(std::move(possible), name);
    for (const PossibleUnit& one : row.possible) possible = joined(std::move(possible), one.name);
    line(row.name, texts_.fill(row.clear ? "statistics.clear" : "statistics.unclear", language_), std::move(possible),
         row.disease, row.counts);
  }
  line(texts_.fill("statistics.whole", language_), {}, "", "", report.whole);
  return out;
}

}  // namespace luytre::statistics
