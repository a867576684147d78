// What a laboratory's positive result does by itself, and takes back when it falls: it reports a suspect, or confirms
// one.

#include <algorithm>

#include "modules/cases/dates.h"
#include "modules/cases/impl.h"
#include "modules/people/merged.h"

namespace luytre::cases {
namespace {

Caller by_result() {
  Caller out;
  out.name = kByResult;
  return out;
}

// A sample of the days of a case that is over tells of that illness, as does every one of who died of it since.
bool told_already(store::Session& session, const PositiveResult& result) {
  const auto ids = select_of(session, people::known_as(session, result.person));
  const auto rows = select_each(session, ids);
  return std::any_of(rows.begin(), rows.end(), [&](const CaseRow& row) {
    if (row.disease != result.disease || row.classification == Classification::kDiscarded || !row.outcome) return false;
    return is_death(*row.outcome) || !row.outcome_on || local_date(result.sampled) <= *row.outcome_on;
  });
}

}  // namespace

std::optional<Cases::Taken> Cases::report_positive(store::Session& session, const PositiveResult& result) const {
  const presence::Disease* disease = diseases_.find(result.disease);
  const auto unit = people_.unit_of(session, result.person);
  if (!disease || !unit || open_case(session, result.person, result.disease)) return std::nullopt;
  if (told_already(session, result)) return std::nullopt;
  const Instant now = clock_.now();
  Stored stored;
  CaseRow& row = stored.row;
  row.id = db_.ids().make<CaseId>();
  row.number = free_number(session, result.disease, local_date(now), row.id);
  row.person = result.person;
  row.disease = result.disease;
  row.unit = *unit;
  row.report_unit = result.unit;
  row.diagnosed_at = std::min(result.at, now);
  row.notify_by = disease->notify_by(*row.diagnosed_at);
  row.created_at = now;
  row.version = 1;
  insert_case(session, row);
  const Stored before = stored;
  record(session, by_result(), before, stored, What::kReported, "");
  return Taken{row.id, row.version};
}

std::optional<Cases::Taken> Cases::confirm_positive(store::Session& session, CaseId id,
                                                    const Confirmation& confirmation) const {
  const auto row = select_case(session, id);
  const bool suspected =
      row && (row->classification == Classification::kSuspect || row->classification == Classification::kProbable);
  if (!suspected || row->status != Status::kOpen || check_confirmation(*row, confirmation, clock_.now()))
    return std::nullopt;
  const Stored before{*row};
  Stored after = before;
  if (!set_window(after, confirmation)) return std::nullopt;
  after.row.classification = Classification::kConfirmed;
  after.row.version = before.row.version + 1;
  if (!update_case(session, after.row, before.row.version))
    throw std::runtime_error("a case changed within its own transaction");
  record(session, by_result(), before, after, What::kConfirmed, "");
  return Taken{id, after.row.version};
}

bool Cases::undo_positive(store::Session& session, const Taken& confirmed) const {
  const auto row = select_case(session, confirmed.id);
  if (!row || row->version != confirmed.version) return false;
  const auto changes = select_changes(session, confirmed.id);
  if (changes.empty() || changes.front().what != What::kConfirmed) return false;
  const auto decided = json::parse<Decided>(changes.front().before);
  if (!decided) throw std::runtime_error("a stored change of a case cannot be read");
  const Stored before{*row};
  Stored after = before;
  static_cast<Decided&>(after.row) = *decided;
  after.row.version = before.row.version + 1;
  mark_undone(session, changes.front().id);
  if (!update_case(session, after.row, before.row.version))
    throw std::runtime_error("a case changed within its own transaction");
  record(session, by_result(), before, after, What::kUndone, "");
  return true;
}

bool Cases::withdraw_positive(store::Session& session, const Taken& reported) const {
  const auto row = select_case(session, reported.id);
  if (!row || row->version != reported.version || row->classification != Classification::kSuspect) return false;
  const Stored before{*row};
  Stored after = before;
  after.row.classification = Classification::kDiscarded;
  after.row.status = status_of(after.row);
  after.row.version = before.row.version + 1;
  if (!update_case(session, after.row, before.row.version))
    throw std::runtime_error("a case changed within its own transaction");
  record(session, by_result(), before, after, What::kReclassified, "");
  return true;
}

}  // namespace luytre::cases
