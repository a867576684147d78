// How people are reached who are to be told something: under all records that count as theirs.

#include <algorithm>

#include "modules/people/merged.h"
#include "modules/tracing/impl.h"

namespace luytre::tracing {

// The text names neither place, disease nor person: phones are shared, and lock screens are read by others.
void Tracing::Impl::text_message(store::Session& session, PersonId person, std::string_view code) const {
  const auto contact = people.contact_of(session, person);
  if (!contact || contact->phones.empty()) return;
  notify.queue(session,
               {contact->phones.front(), texts.fill(std::string("sms.").append(code), "vi"), "warning", std::nullopt});
}

bool Tracing::Impl::has_phone(store::Session& session, PersonId person) const {
  const auto records = people::known_as(session, person);
  return std::any_of(records.begin(), records.end(), [&](PersonId record) {
    const auto contact = people.contact_of(session, record);
    return contact && !contact->phones.empty();
  });
}

// The records of that person that have an account; without one those that have a phone, or the one asked about.
std::vector<PersonId> Tracing::Impl::whom_to_tell(store::Session& session, PersonId person) const {
  const auto records = people::known_as(session, person);
  if (records.size() == 1) return records;
  const auto those = [&](auto&& has) {
    std::vector<PersonId> out;
    std::copy_if(records.begin(), records.end(), std::back_inserter(out), has);
    return out;
  };
  auto out = those([&](PersonId record) { return people.account_of(session, record).has_value(); });
  if (out.empty()) {
    out = those([&](PersonId record) {
      const auto contact = people.contact_of(session, record);
      return contact && !contact->phones.empty();
    });
  }
  return out.empty() ? std::vector<PersonId>{person} : out;
}

}  // namespace luytre::tracing
