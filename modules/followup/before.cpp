// What the person of a case was before: a contact, of whom, and how they were followed.

#include <algorithm>
#include <tuple>

#include "modules/followup/impl.h"
#include "modules/people/merged.h"

namespace luytre::followup {

std::optional<Exposure> exposure_of(store::Session& session, const tracing::Tracing::Contact& contact) {
  const auto source = cases::Cases::traced(session, contact.case_);
  if (!source || !contact.last_exposure) return std::nullopt;
  Exposure out;
  out.candidate = contact.candidate;
  out.case_ = contact.case_;
  out.case_number = source->number;
  out.level = contact.level;
  if (contact.stands) out.class_ = contact.class_;
  out.exposed_since = contact.exposed_since;
  out.last_exposure = *contact.last_exposure;
  return out;
}

// By days: an exposure lasts from the first shared time to the last. Of a case without symptoms, or of a disease whose
// file tells no incubation, nothing is ruled out but what came after.
bool FollowUps::Impl::could_be_source(const cases::TracedCase& source, const tracing::Tracing::Contact& exposure,
                                      const cases::TracedCase& of) const {
  if (exposure.level != 1 || source.source == of.id) return false;
  const auto* disease = cases.diseases().find(of.disease);
  const auto incubation = disease ? disease->incubation_days : std::nullopt;
  std::optional<Date> ill = of.onset;
  if (!ill && of.sample_at) ill = local_date(*of.sample_at);
  if (!ill) return true;
  Date latest = *ill;
  if (of.onset && incubation) latest.days -= incubation->least;
  if (local_date(exposure.exposed_since) > latest) return false;
  return !incubation || local_date(*exposure.last_exposure).days >= ill->days - incubation->most;
}

ContactHistory FollowUps::Impl::before(store::Session& session, const Caller& caller,
                                       const cases::TracedCase& traced) const {
  ContactHistory out;
  const auto readable = access.areas(caller, cases::kRead);
  std::vector<std::pair<std::int64_t, Exposure>> found;  // by risk
  for (const auto& contact : tracing.contact_of(session, traced.person)) {
    if (contact.disease != traced.disease || contact.case_ == traced.id) continue;
    auto one = exposure_of(session, contact);
    if (!one) continue;
    const auto source = cases::Cases::traced(session, contact.case_);
    one->proposed = geography.covers(readable, source->unit) && could_be_source(*source, contact, traced);
    found.emplace_back(contact.risk, std::move(*one));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    const auto order = [](const auto& each) {
      return std::tuple(each.second.proposed, each.second.proposed ? each.first : 0, each.second.last_exposure);
    };
    return order(b) < order(a);
  });
  for (auto& [risk, one] : found) out.exposures.push_back(std::move(one));

  std::vector<storage::PeriodRow> rows;
  for (const PersonId record : people::known_as(session, traced.person))
    for (auto& row : storage::of_person(session, record))  // begun before the case, or ended with it
      if (row.disease == traced.disease && !row.joined_to &&
          (row.suspect == traced.id || row.id.value < traced.id.value))
        rows.push_back(std::move(row));
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return b.id < a.id; });
  for (const storage::PeriodRow& row : rows) out.follow_ups.push_back(view(session, caller, row));
  return out;
}

Task<Result<ContactHistory>> FollowUps::before(const Caller& caller, CaseId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<ContactHistory> {
    const auto traced = cases::Cases::traced(s, id);
    // Also of one that lies elsewhere, whose report alone brought the caller to it: nothing is refused that was not
    // asked.
    if (!traced || !impl->geography.covers(impl->access.areas(caller, kContacts), traced->unit)) return kNotFound;
    for (const PersonId record : people::known_as(s, traced->person)) {
      const identity::Subject subject{record, traced->unit,
                                      identity::note(identity::LogNote::kCaseFile, traced->number)};
      const auto allowed = impl->access.require(s, caller, kContacts, subject);
      if (!allowed) return allowed.error();
    }
    return impl->before(s, caller, *traced);
  });
}

}  // namespace luytre::followup
