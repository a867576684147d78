#include "modules/statistics/case_report.h"

#include <tuple>

#include "modules/cases/known.h"
#include "modules/statistics/impl.h"
#include "platform/base/text.h"

namespace luytre::statistics {
namespace {

using store::Session;

// Those who may open the cases that are counted.
const identity::Action kReadCases{"statistics.cases",
                                  Purpose::kCaseManagement,
                                  {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

geography::Level level_of(CaseLevel level) {
  if (level == CaseLevel::kProvince) return geography::Level::kProvince;
  return level == CaseLevel::kDistrict ? geography::Level::kDistrict : geography::Level::kCommune;
}

bool in_force(const geography::Unit& unit, Date day) {
  return unit.valid_from <= day && (!unit.valid_to || day < *unit.valid_to);
}

void add_new(std::vector<UnitId>& to, UnitId unit) {
  if (std::find(to.begin(), to.end(), unit) == to.end()) to.push_back(unit);
}

UnitId lifted(const geography::Geography& geography, const geography::Unit& unit, geography::Level level) {
  if (unit.level == level) return unit.id;
  for (const auto* above : geography.ancestors(unit.id))
    if (above->level == level) return above->id;
  return unit.id;
}

void count(CaseCounts& to, const cases::KnownCount& one) {
  switch (one.classification) {
    case cases::Classification::kSuspect:
      to.suspect += one.count;
      break;
    case cases::Classification::kProbable:
      to.probable += one.count;
      break;
    case cases::Classification::kConfirmed:
      to.confirmed += one.count;
      break;
    case cases::Classification::kDiscarded:
      to.discarded += one.count;
      break;
  }
}

// What is asked, with nothing left out.
struct Asked {
  UnitId unit;
  Date from, to, today;
  Instant known_at;
  std::optional<std::string> disease;
  CaseDay day;
  CaseView view;
  CaseLevel level;
};

class Counting {
 public:
  Counting(const geography::Geography& geography, const Asked& asked) : geography_(geography), asked_(asked) {}

  void add(const cases::KnownCount& one) {
    if (!inside(one.unit)) return;
    const std::optional<Date> day = asked_.day == CaseDay::kOnset ? one.onset : one.reported;
    if (!day) {
      out_.without_day += one.count;
      return;
    }
    count(out_.whole, one);
    count(days_[*day], one);
    const auto& then = units(one.unit, *day);
    const auto& now = units(one.unit, asked_.today);
    if (then != now) out_.moved += one.count;
    const auto& places = asked_.view == CaseView::kThen ? then : now;
    const bool clear = places.size() == 1;
    if (!clear) out_.unclear += one.count;
    CaseUnitRow& row = rows_[{!clear, clear ? places.front() : one.unit, one.disease}];
    if (row.possible.empty() && !clear) row.possible = possible(one.unit, places);
    count(row.counts, one);
  }

  CaseReport report() {
    if (asked_.unit.value != 0) out_.unit = asked_.unit;
    out_.name = geography_.path_text(asked_.unit);
    out_.from = asked_.from;
    out_.to = asked_.to;
    out_.known_at = asked_.known_at;
    out_.day = asked_.day;
    out_.view = asked_.view;
    out_.level = asked_.level;
    for (auto& [key, row] : rows_) {
      const auto& [unclear, unit, disease] = key;
      row.clear = !unclear;
      row.unit = unit;
      row.disease = disease;
      row.name = geography_.path_text(unit);
      const auto* known = geography_.find(unit);
      if (row.clear && known && !in_force(*known, asked_.today))
        for (const UnitId now : units(unit, asked_.today)) row.today.push_back(geography_.path_text(now));
      out_.rows.push_back(std::move(row));
    }
    std::stable_sort(out_.rows.begin(), out_.rows.end(), [](const CaseUnitRow& a, const CaseUnitRow& b) {
      return std::tuple(!a.clear, fold(a.name), a.unit) < std::tuple(!b.clear, fold(b.name), b.unit);
    });
    for (const auto& [day, counts] : days_) out_.days.push_back({day, counts});
    return std::move(out_);
  }

 private:
  bool inside(UnitId unit) {
    const auto [found, fresh] = inside_.try_emplace(unit, false);
    if (fresh) found->second = geography_.covers(asked_.unit, unit);
    return found->second;
  }

  const std::vector<UnitId>& units(UnitId unit, Date day) {
    const auto [found, fresh] = units_.try_emplace({unit, day});
    if (fresh) found->second = units_on(geography_, unit, day, asked_.level);
    return found->second;
  }

  std::vector<PossibleUnit> possible(UnitId divided, const std::vector<UnitId>& places) const {
    std::vector<PossibleUnit> out;
    for (const UnitId unit : places) {
      PossibleUnit& one = out.emplace_back();
      one.unit = unit;
      one.name = geography_.path_text(unit);
      for (const auto& edge : geography_.successors(divided))
        if (edge.to == unit) one.share = edge.share;
    }
    return out;
  }

  const geography::Geography& geography_;
  const Asked& asked_;
  CaseReport out_;
  std::map<std::tuple<bool, UnitId, std::string>, CaseUnitRow> rows_;
  std::map<Date, CaseCounts> days_;
  std::unordered_map<UnitId, bool> inside_;
  std::map<std::pair<UnitId, Date>, std::vector<UnitId>> units_;
};

CaseReport counted(Session& s, const geography::Geography& geography, const Asked& asked) {
  Counting counting(geography, asked);
  const cases::KnownQuestion question{asked.known_at, asked.day == CaseDay::kOnset, asked.from, asked.to,
                                      asked.disease};
  cases::known_at(s, question, [&](const cases::KnownCount& one) { counting.add(one); });
  return counting.report();
}

Result<Asked> asked_of(const CaseQuestion& question, UnitId unit, Instant now) {
  Asked out;
  out.unit = unit;
  out.today = local_date(now);
  out.known_at = question.known_at.value_or(now);
  if (out.known_at > now) return wrong_field("?knownAt", "range");
  out.to = question.to.value_or(local_date(out.known_at));
  out.from = question.from.value_or(Date{out.to.days - kCaseDaysUsual + 1});
  if (out.from > out.to || out.to.days - out.from.days >= kCaseDaysMost) return wrong_field("?from", "range");
  out.disease = question.disease;
  out.day = question.day;
  out.view = question.view;
  out.level = question.level;
  return out;
}

}  // namespace

std::vector<UnitId> units_on(const geography::Geography& geography, UnitId recorded, Date day, CaseLevel level) {
  std::vector<UnitId> looked{recorded}, out;
  for (std::size_t i = 0; i < looked.size(); ++i) {
    const geography::Unit* unit = geography.find(looked[i]);
    if (!unit) continue;
    if (in_force(*unit, day)) {
      add_new(out, lifted(geography, *unit, level_of(level)));
      continue;
    }
    const bool later = day < unit->valid_from;
    const auto edges = later ? geography.predecessors(unit->id) : geography.successors(unit->id);
    for (const auto& edge : edges) add_new(looked, later ? edge.from : edge.to);
    if (edges.empty() && unit->parent) add_new(looked, *unit->parent);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Task<Result<CaseReport>> Statistics::cases(const Caller& caller, CaseQuestion question) const {
  const auto scope = impl_->scope(caller, kReadCases, question.unit);
  if (!scope) return refused<CaseReport>(scope.error());
  const auto asked = asked_of(question, *scope, impl_->now());
  if (!asked) return refused<CaseReport>(asked.error());
  return impl_->db.read([impl = impl_.get(), asked = *asked](Session& s) -> Result<CaseReport> {
    return counted(s, impl->geography, asked);
  });
}

Task<Result<http::Reply>> Statistics::cases_taken_out(const Caller& caller, CaseQuestion question, File file) const {
  const auto scope = impl_->scope(caller, kReadCases, question.unit);
  if (!scope) return refused<http::Reply>(scope.error());
  const auto asked = asked_of(question, *scope, impl_->now());
  if (!asked) return refused<http::Reply>(asked.error());
  const auto make = [impl = impl_.get(), asked = *asked, file](Session& s) {
    return impl->sheets(file).of(counted(s, impl->geography, asked));
  };
  const std::string name = "cases-" + to_text(asked->from) + '-' + to_text(asked->to);
  return impl_->handed_out(caller, {make, "unit " + to_text(*scope) + ' ' + name, name, file.format});
}

}  // namespace luytre::statistics
