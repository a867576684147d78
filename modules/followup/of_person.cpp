// Of whom one person was a contact, and how they were followed, for whoever may see it.

#include "modules/followup/impl.h"
#include "modules/people/merged.h"

namespace luytre::followup {

Result<OfPerson> FollowUps::of_person(store::Session& session, const Caller& caller, PersonId person,
                                      const std::string& reason) const {
  const Impl& impl = *impl_;
  OfPerson out;
  const auto asking = impl.access.areas(caller, kContacts), readable = impl.access.areas(caller, cases::kRead);
  bool logged = false;
  for (const auto& contact : impl.tracing.contact_of(session, person)) {
    auto one = impl.geography.covers(asking, contact.unit) ? exposure_of(session, contact) : std::nullopt;
    if (!one) continue;
    if (!logged) {
      const auto allowed = impl.access.require(session, caller, kContacts, {contact.person, contact.unit, reason});
      if (!allowed) return allowed.error();
      logged = true;
    }
    const auto source = cases::Cases::traced(session, contact.case_);
    if (!source || !impl.geography.covers(readable, source->unit)) {
      one->case_ = CaseId{};
      one->case_number.clear();
    }
    out.exposures.push_back({std::move(*one), contact.disease});
  }
  for (const PersonId record : people::known_as(session, person)) {
    for (const auto& row : storage::of_person(session, record)) {
      const auto unit = row.joined_to ? std::nullopt : impl.seen_by(session, caller, row);
      if (!unit) continue;
      const auto allowed = impl.look(session, caller, row, *unit, reason);
      if (!allowed) return allowed.error();
      out.follow_ups.push_back({row.id, row.disease, row.first_day, row.last_day, row.state});
    }
  }
  return out;
}

}  // namespace luytre::followup
