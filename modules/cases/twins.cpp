// Twins: open cases of one disease and one human being, left by a merge of records. Read from the merges and the cases
// as they stand, so that they are gone when the merge is undone or one of them is discarded.

#include <algorithm>
#include <map>
#include <tuple>

#include "modules/cases/impl.h"
#include "modules/people/merged.h"
#include "platform/base/text.h"

namespace luytre::cases {
namespace {

bool reported_before(const CaseRow& a, const CaseRow& b) {
  return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
}

// Of all those records, the first reported first.
std::vector<CaseRow> open_cases(store::Session& session, const std::vector<PersonId>& records) {
  const auto ids = select_of(session, records);
  auto out = select_each(session, ids);
  std::erase_if(out, [](const CaseRow& row) { return row.status != Status::kOpen; });
  std::sort(out.begin(), out.end(), reported_before);
  return out;
}

// What a reader with these areas is told of a case beside another.
class Telling {
 public:
  Telling(const geography::Geography& geography, std::vector<UnitId> areas)
      : geography_(geography), areas_(std::move(areas)) {}

  TwinCase told(const CaseRow& row, const CaseRow& of) {
    TwinCase out;
    out.older = reported_before(row, of);
    const bool lives = geography_.covers(areas_, row.unit);
    if (!lives && !geography_.covers(areas_, row.report_unit)) return out;
    shown_.push_back({row.person, lives ? row.unit : row.report_unit});
    out.id = row.id;
    out.number = row.number;
    out.classification = row.classification;
    out.created_at = row.created_at;
    return out;
  }
  // Whose cases were told in full, for the log; without those whose look is in it already.
  std::vector<identity::Access::Shown> shown(std::initializer_list<PersonId> logged = {}) const {
    auto out = shown_;
    std::erase_if(out,
                  [&](const auto& one) { return std::find(logged.begin(), logged.end(), one.person) != logged.end(); });
    return out;
  }

 private:
  const geography::Geography& geography_;
  const std::vector<UnitId> areas_;
  std::vector<identity::Access::Shown> shown_;
};

}  // namespace

std::vector<CaseId> open_twins(store::Session& session) {
  const auto merged = people::all_merged(session);
  std::vector<PersonId> records;
  for (const auto& known : merged) records.insert(records.end(), known.begin(), known.end());
  const auto open = select_open_of(session, records);
  std::vector<CaseId> out;
  std::size_t at = 0;
  for (const auto& known : merged) {
    std::map<std::string, std::vector<CaseId>> by_disease;
    for (std::size_t i = 0; i < known.size(); ++i)
      for (const OpenRow& one : open[at++]) by_disease[one.disease].push_back(one.id);
    for (const auto& [disease, ids] : by_disease)
      if (ids.size() > 1) out.insert(out.end(), ids.begin(), ids.end());
  }
  return out;
}

std::vector<TwinCase> Cases::twins_of(store::Session& session, const Caller& caller, const Stored& stored) const {
  const CaseRow& self = stored.row;
  std::vector<TwinCase> out;
  if (self.status != Status::kOpen) return out;
  const auto records = people::known_as(session, self.person);
  if (records.size() < 2) return out;
  Telling telling(geography_, access_.areas(caller, kRead));
  for (const CaseRow& row : open_cases(session, records))
    if (row.id != self.id && row.disease == self.disease) out.push_back(telling.told(row, self));
  const auto shown = telling.shown();
  access_.log_each(session, caller, kRead, shown, identity::note(identity::LogNote::kCaseFile, self.number));
  return out;
}

Task<Result<http::Page<TwinPair>>> Cases::would_be_twins(const Caller& caller, people::PersonPair pair) const {
  return db_.transact([this, caller, pair = std::move(pair)](store::Session& s) -> Result<http::Page<TwinPair>> {
    if (fold(pair.reason).empty()) return identity::kReasonRequired;
    for (const PersonId person : {pair.one, pair.other}) {
      const auto unit = people_.unit_of(s, person);
      const auto allowed = access_.require(s, caller, kRead, {person, unit.value_or(UnitId{}), pair.reason});
      if (!allowed) return allowed.error();
      if (!unit) return kNotFound;
    }
    http::Page<TwinPair> page;
    const auto records = people::known_as(s, pair.one);
    if (std::find(records.begin(), records.end(), pair.other) != records.end()) return page;
    const auto others = open_cases(s, people::known_as(s, pair.other));
    Telling telling(geography_, access_.areas(caller, kRead));
    for (const CaseRow& one : open_cases(s, records))
      for (const CaseRow& other : others)
        if (one.disease == other.disease)
          page.items.push_back({one.disease, telling.told(one, other), telling.told(other, one)});
    const auto shown = telling.shown({pair.one, pair.other});
    access_.log_each(s, caller, kRead, shown, pair.reason);
    return page;
  });
}

}  // namespace luytre::cases
