#include "modules/laboratory/overturned.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "modules/laboratory/impl.h"
#include "platform/identity/taken_out.h"

namespace luytre::laboratory {

using cases::SortOrder;
using store::Session;
using tables::Cell;

namespace {

constexpr std::size_t kReadAtOnce = 1'000;

const identity::Action kTakeOverturned{
    "laboratory.take_overturned", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr const char* kOverturnedColumns[] = {"case", "disease", "tube", "unit", "unitName", "method", "now", "since"};

struct OfResult {
  cases::TracedCase kase;
  storage::ResultRow result;  // that made it, and does not stand
};

struct Fell : OfResult {
  std::string tube;
  std::optional<Outcome> now;
  Instant since;
  std::pair<Instant, CaseId> key() const { return {since, kase.id}; }
};

bool is_confirmed(const cases::TracedCase& kase) {
  return kase.classification == cases::Classification::kConfirmed;
}

bool is_not_discarded(const cases::TracedCase& kase) {
  return kase.classification != cases::Classification::kDiscarded;
}

// Each case once, by the oldest of its results. Those of cases that were undone are passed over, and in time they are
// many: they are read piece by piece.
std::vector<OfResult> of_results(Session& session, std::span<const UnitId> units) {
  std::vector<OfResult> out;
  std::set<CaseId> seen;
  const auto take = [&](std::vector<storage::ResultRow> rows, bool (*stands)(const cases::TracedCase&)) {
    std::vector<CaseId> ids;
    for (const auto& row : rows) ids.push_back(*row.kase);
    std::map<CaseId, cases::TracedCase> known;
    for (auto& kase : cases::Cases::traced(session, ids)) known.emplace(kase.id, std::move(kase));
    for (auto& row : rows) {
      const auto kase = known.find(*row.kase);
      if (kase == known.end() || !stands(kase->second) || !seen.insert(kase->first).second) continue;
      out.push_back({kase->second, std::move(row)});
    }
  };
  ResultId after;
  for (bool more = true; more;) {
    auto rows = storage::overturned(session, units, after, kReadAtOnce);
    more = rows.size() == kReadAtOnce;
    if (more) after = rows.back().id;
    take(std::move(rows), is_confirmed);
  }
  CaseId last;
  for (bool more = true; more;) {  // suspects that officers had changed before
    const auto fallen = storage::fallen(session, units, last, kReadAtOnce);
    more = fallen.size() == kReadAtOnce;
    if (more) last = fallen.back().id;
    std::vector<ResultId> ids;
    for (const auto& one : fallen) ids.push_back(one.result);
    const auto results = storage::results(session, ids);
    std::vector<storage::ResultRow> rows;
    for (const auto& one : fallen) {
      const auto found = results.find(one.result);
      if (found == results.end()) continue;
      rows.push_back(found->second);
      rows.back().kase = one.id;
    }
    take(std::move(rows), is_not_discarded);
  }
  return out;
}

std::vector<Fell> fell(Session& session, std::span<const UnitId> units, const OverturnedFilter& filter) {
  std::vector<Fell> out;
  std::vector<TubeId> ids;
  for (OfResult& made : of_results(session, units)) {
    if (filter.disease && made.kase.disease != *filter.disease) continue;
    ids.push_back(made.result.tube);
    out.push_back({std::move(made), {}, {}, {}});
  }
  const auto known = storage::tubes(session, ids);
  std::vector<storage::TubeRow> tubes;
  for (const TubeId id : ids) tubes.push_back(known.at(id));
  const auto results = storage::results(session, tubes);
  for (std::size_t i = 0; i < out.size(); ++i) {
    Fell& one = out[i];
    one.tube = tubes[i].code;
    one.since = one.result.recorded;
    for (const auto& other : results[i]) {
      if (other.method != one.result.method || other.replaced) continue;
      one.since = other.recorded;
      if (other.outcome != Outcome::kPositive) one.now = other.outcome;
    }
  }
  const bool down = filter.order == SortOrder::kDescending;
  std::sort(out.begin(), out.end(),
            [down](const Fell& a, const Fell& b) { return down ? b.key() < a.key() : a.key() < b.key(); });
  return out;
}

}  // namespace

Task<Result<http::Page<Overturned>>> Laboratory::overturned(const Caller& caller, OverturnedFilter filter,
                                                            std::optional<std::string> cursor,
                                                            std::size_t limit) const {
  using Out = http::Page<Overturned>;
  auto units = impl_->units(caller, kRead);
  if (!units) return refused<Out>(units.error());
  const bool down = filter.order == SortOrder::kDescending;
  const std::string sorted = "since-" + json::enum_text(filter.order.value_or(SortOrder::kAscending));
  const auto start = start_of(cursor, sorted, down);
  if (!start) return refused<Out>(start.error());
  return impl_->db.transact([impl = impl_.get(), caller, units = std::move(*units), filter, sorted, down,
                             start = *start, limit](Session& s) -> Result<Out> {
    const std::pair from{Instant{start.number}, CaseId{start.id}};
    Out page;
    std::vector<identity::Access::Shown> shown;
    std::optional<Cursor> last;
    for (const Fell& one : fell(s, units, filter)) {
      if (down ? !(one.key() < from) : !(from < one.key())) continue;
      if (page.items.size() == limit) {
        page.next = end_of(sorted, *last);
        break;
      }
      last = Cursor{one.since.seconds, one.kase.id.value};
      shown.push_back({one.kase.person, one.result.unit});
      page.items.push_back({one.kase.id,
                            one.kase.number,
                            {},
                            one.kase.disease,
                            one.tube,
                            impl->geography.path_text(one.result.unit),
                            one.result.method,
                            one.now,
                            one.since});
    }
    return impl->named(s, caller, identity::note(identity::LogNote::kTestResult), shown, std::move(page));
  });
}

Task<Result<http::Reply>> Laboratory::take_out(const Caller& caller, UnitId unit, OverturnedOut wanted) const {
  return impl_->db.transact(
      [impl = impl_.get(), caller, unit, wanted = std::move(wanted)](Session& s) -> Result<http::Reply> {
        const auto allowed = impl->access.require(s, caller, kTakeOverturned, {PersonId{}, unit, wanted.reason});
        if (!allowed) return allowed.error();
        OverturnedFilter filter;
        if (wanted.disease) filter.disease = std::string(*wanted.disease);
        const auto all = fell(s, impl->geography.covered(unit), filter);
        if (all.size() > kOutMost) return Error(kListTooLong, {{"most", std::to_string(kOutMost)}});
        std::vector<identity::Subject> shown;
        std::vector<PersonId> persons;
        for (const Fell& one : all) {
          shown.push_back({one.kase.person, one.result.unit, wanted.reason});
          persons.push_back(one.kase.person);
        }
        const auto briefs = impl->people.briefs(s, persons);
        tables::Sheet sheet = Impl::sheet_of_people(kOverturnedColumns);
        for (const Fell& one : all) {
          const auto brief = briefs.find(one.kase.person);
          if (brief == briefs.end()) continue;
          const auto* of = impl->geography.find(one.result.unit);
          auto& line = sheet.rows.emplace_back(impl->cells(brief->second));
          line.insert(line.end(), {one.kase.number, one.kase.disease, one.tube, of ? Cell(of->code) : Cell(),
                                   impl->geography.path_text(one.result.unit), json::enum_text(one.result.method),
                                   one.now ? Cell(json::enum_text(*one.now)) : Cell(), to_text(one.since)});
        }
        return identity::unit_file(s, impl->access, impl->geography, caller, kTakeOverturned,
                                   {unit, "overturned results", "luytre-overturned-", wanted.reason, wanted.format,
                                    std::move(sheet), std::move(shown)},
                                   impl->now());
      });
}

}  // namespace luytre::laboratory
