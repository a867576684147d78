// How people are reached who are to be told something: under all records that count as theirs.

#include <algorithm>

#include "modules/people/merged.h"
#include "modules/tracing/impl.h"

namespace luytre::tracing {

std::vector<Tracing::Impl::Reach> Tracing::Impl::reach(store::Session& session,
                                                       std::span<const PersonId> persons) const {
  const auto known = people::known_as(session, persons);
  std::vector<PersonId> records;
  for (const auto& of_one : known) records.insert(records.end(), of_one.begin(), of_one.end());
  const auto phones = people.phones_of(session, records);
  std::vector<Reach> out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    Reach& one = out.emplace_back();
    one.alone = known[i].size() == 1;
    for (const PersonId record : known[i])
      if (const auto& phone = phones[at++]) one.phones.emplace(record, *phone);
    const auto those = [&](auto&& has) {
      std::copy_if(known[i].begin(), known[i].end(), std::back_inserter(one.tell), has);
    };
    if (!one.alone) those([&](PersonId record) { return people.account_of(session, record).has_value(); });
    if (!one.alone && one.tell.empty()) those([&](PersonId record) { return one.phones.contains(record); });
    if (one.tell.empty()) one.tell.push_back(one.alone ? known[i].front() : persons[i]);
  }
  return out;
}

bool Tracing::Impl::has_phone(store::Session& session, PersonId person) const {
  return !reach(session, std::span(&person, 1)).front().phones.empty();
}

// The text names neither place, disease nor person: phones are shared, and lock screens are read by others.
notify::Sms Tracing::Impl::text_message(const std::string& phone, std::string_view code) const {
  return {phone, texts.fill(std::string("sms.").append(code), "vi"), "warning", std::nullopt};
}

}  // namespace luytre::tracing
