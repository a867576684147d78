// People with several records that officers merged: one person, one follow-up, until the merge is undone.

#include <algorithm>
#include <map>
#include <set>

#include "modules/followup/impl.h"
#include "modules/people/merged.h"

namespace luytre::followup {

bool FollowUps::Impl::one_person(store::Session& session, PersonId a, PersonId b) const {
  if (a == b) return true;
  const auto records = people::known_as(session, a);
  return std::find(records.begin(), records.end(), b) != records.end();
}

bool FollowUps::Impl::other_open(store::Session& session, const storage::PeriodRow& row) const {
  const auto all = storage::of_person(session, row.person);
  return std::any_of(all.begin(), all.end(), [&](const storage::PeriodRow& other) {
    return other.state == State::kOpen && other.disease == row.disease && other.id != row.id;
  });
}

std::optional<storage::PeriodRow> FollowUps::Impl::standing(store::Session& session, FollowUpId id) const {
  auto row = storage::find(session, id);
  while (row && row->joined_to) row = storage::find(session, *row->joined_to);
  return row;
}

Date FollowUps::Impl::first_day(store::Session& session, const storage::PeriodRow& row) const {
  Date out = row.first_day;
  for (const storage::PeriodRow& other : storage::joined(session, row.id)) out = std::min(out, other.first_day);
  return out;
}

void FollowUps::Impl::regroup(store::Session& session, PersonId record) {
  std::set<PersonId> records;
  for (const PersonId one : people::ever_known_as(session, record)) records.insert(one);
  for (const PersonId one : std::vector<PersonId>(records.begin(), records.end())) {
    for (auto& row : storage::of_person(session, one)) {
      for (auto& other : storage::joined(session, row.id)) {
        records.insert(other.person);
        part(session, std::move(other));
      }
      part(session, std::move(row));
    }
  }
  for (const PersonId one : records) join(session, one);
  for (const PersonId one : records)
    for (auto& row : storage::of_person(session, one)) put_right(session, std::move(row));
}

// The kept record's stands, else that which began first.
void FollowUps::Impl::join(store::Session& session, PersonId person) {
  std::map<std::string, storage::PeriodRow> stand;
  std::set<std::string> more;
  for (const PersonId record : people::known_as(session, person)) {
    for (auto& row : storage::of_person(session, record)) {
      if (row.state != State::kOpen) continue;
      const auto [first, alone] = stand.emplace(row.disease, row);
      if (alone) continue;
      for (auto& other : storage::joined(session, row.id)) {
        other.joined_to = first->second.id;
        storage::update(session, other);
      }
      row.joined_to = first->second.id;
      row.offered = 0;
      first->second.suspect = std::max(first->second.suspect, row.suspect);
      // What nobody has of the one is theirs who have the other.
      const bool nobodys = !first->second.taken_by && !first->second.team;
      if (nobodys && first->second.unit == row.unit) static_cast<staff::Holding&>(first->second) = row;
      end(session, row, State::kJoined);
      more.insert(row.disease);
    }
  }
  for (const std::string& disease : more) settle(session, stand.at(disease));
}

// Goes on by itself, where it was, unless it counts as the same person's still. Nobody is called for the days between.
void FollowUps::Impl::part(store::Session& session, storage::PeriodRow row) {
  if (!row.joined_to) return;
  const auto stood = standing(session, row.id);
  if (stood && one_person(session, row.person, stood->person)) return;
  const bool again = other_open(session, row);  // began since the one that stood for it ended
  row.joined_to.reset();
  row.state = again ? State::kDone : State::kOpen;
  if (!again) row.ended.reset();
  if (!again) staff::lose_gone(session, geography, row, {row.unit}, now());
  row.climb_at = std::max(row.climb_at, local_midnight({today().days + 1}));
  storage::update(session, row);
  publish(session, row, "followup.changed");
}

void FollowUps::Impl::put_right(store::Session& session, storage::PeriodRow row) {
  const bool live = row.state == State::kOpen || row.state == State::kBecameCase;
  if (!live && !row.joined_to) return;
  const std::vector<storage::ReasonRow> reasons = storage::reasons(session, row.id);
  const std::vector<storage::EntryRow> entries = storage::entries(session, row.id);
  if (live) {
    const auto own = row.suspect ? cases::Cases::traced(session, *row.suspect) : std::nullopt;
    const bool stands = own && own->classification != cases::Classification::kDiscarded;
    if (!stands || !one_person(session, own->person, row.person)) row.suspect.reset();
    if (!row.suspect)
      if (const auto open = cases::Cases::open_of(session, row.person, row.disease)) row.suspect = open->id;
    settle(session, row);
  }
  for (const storage::ReasonRow& reason : reasons) weigh(session, reason.candidate);
  for (const storage::EntryRow& entry : entries) {
    const auto notice = entry.declaration ? declarations.notice(session, *entry.declaration) : std::nullopt;
    if (!notice || one_person(session, notice->person, row.person)) continue;
    taken_back(session, *entry.declaration);
    declared(session, *entry.declaration);
  }
}

}  // namespace luytre::followup
