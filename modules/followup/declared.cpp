// What people declare themselves, by a form of the disease, as the answer of that day. What is a symptom, the form
// says; which ones were declared is in the declaration alone.

#include <algorithm>

#include "modules/followup/impl.h"
#include "modules/people/merged.h"

namespace luytre::followup {
void FollowUps::Impl::declared(store::Session& session, declarations::DeclarationId id) const {
  const auto notice = declarations.notice(session, id);
  if (!notice) return;
  for (const auto older : notice->corrects) taken_back(session, older);
  if (notice->replaced) return;  // the version that counts comes, too
  const Date day = local_date(notice->at);
  for (const PersonId record : people::known_as(session, notice->person)) {
    for (auto& row : storage::of_person(session, record)) {
      const auto* disease = cases.diseases().find(row.disease);
      const bool asked =
          disease && std::find(disease->forms.begin(), disease->forms.end(), notice->form) != disease->forms.end();
      if (row.state != State::kOpen || !asked || day < first_day(session, row) || day > row.last_day) continue;
      const auto known = storage::entries(session, row.id);  // by another record's, too, that it stands for
      if (std::any_of(known.begin(), known.end(), [id](const auto& one) { return one.declaration == id; })) continue;
      storage::EntryRow entry;
      entry.id = db.ids().make<EntryId>();
      entry.period = row.id;
      entry.day = day;
      entry.finding = notice->symptoms ? Finding::kSymptoms : Finding::kNone;
      entry.via = Via::kApp;
      entry.at = notice->at;
      entry.declaration = id;
      entry.colour = notice->colour;
      if (!storage::insert(session, entry)) continue;
      publish(session, row, "followup.recorded");
      review(session, std::move(row), "followup.changed");
    }
  }
}

void FollowUps::Impl::taken_back(store::Session& session, declarations::DeclarationId id) const {
  for (const FollowUpId period : storage::remove(session, id)) {
    auto row = standing(session, period);
    if (row) review(session, std::move(*row), "followup.changed");
  }
}

void FollowUps::Impl::take_up(store::Session& session, const storage::PeriodRow& row) const {
  const auto* disease = cases.diseases().find(row.disease);
  if (!disease) return;
  for (const PersonId record : people::known_as(session, row.person))
    for (const std::string& form : disease->forms)
      if (const auto newest = declarations.newest(session, record, form)) declared(session, newest->id);
}

}  // namespace luytre::followup
