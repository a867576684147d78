#include <set>
#include <unordered_map>

#include "modules/people/impl.h"

namespace luytre::people {
namespace {

std::vector<store::Row> external_keys(std::span<const People::Imported> people) {
  std::vector<store::Row> keys;
  keys.reserve(people.size());
  for (const auto& p : people) keys.push_back({store::to_value(p.source), store::to_value(p.external)});
  return keys;
}

storage::PersonRow bare(PersonId id, const std::string& name) {
  storage::PersonRow row;
  row.id = id;
  row.name = name;
  row.nationality = "VN";
  return row;
}

}  // namespace

std::vector<FieldError> People::check(const NewPerson& person) const {
  return impl_->check(person);
}

std::vector<PersonId> People::import_people(store::Session& session, std::span<const Imported> people) {
  const auto keys = external_keys(people);
  const auto known = storage::imported(session, keys);
  const Instant now = impl_->clock.now();

  std::vector<PersonId> out;
  std::vector<storage::PersonRow> bare_rows;
  std::vector<store::Row> externals;
  std::vector<store::NewEvent> events;
  std::unordered_map<std::string, PersonId> fresh;  // the same person twice in one call
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Imported& p = people[i];
    if (known[i]) {
      out.push_back(*known[i]);
      continue;
    }
    const auto [twin, first] = fresh.try_emplace(p.source + '\n' + p.external, PersonId{});
    if (first) {
      if (p.known) {
        twin->second = impl_->add(session, *p.known, AccountId{});
      } else {
        twin->second = impl_->db.ids().make<PersonId>();
        bare_rows.push_back(bare(twin->second, p.external));
        events.push_back({"person.created", twin->second.value, now, 1, 0});
      }
      externals.push_back({keys[i][0], keys[i][1], store::to_value(twin->second)});
    }
    out.push_back(twin->second);
  }
  if (!bare_rows.empty()) storage::insert(session, bare_rows, now, AccountId{});
  storage::insert_external(session, externals);
  session.publish(events);
  return out;
}

std::vector<std::optional<PersonId>> People::imported(store::Session& session, std::string_view source,
                                                      std::span<const std::string> externals) {
  std::vector<store::Row> keys;
  keys.reserve(externals.size());
  for (const auto& external : externals) keys.push_back({store::to_value(source), store::to_value(external)});
  return storage::imported(session, keys);
}

std::map<PersonId, std::string> People::external_ids(store::Session& session, std::span<const PersonId> persons) {
  std::map<PersonId, std::string> out;
  for (auto& rows : storage::external_ids(session, persons)) {
    for (auto& row : rows) out.emplace(row.person, std::move(row.external));
  }
  return out;
}

}  // namespace luytre::people
