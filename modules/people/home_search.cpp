#include "modules/people/home_search.h"

#include <algorithm>
#include <tuple>

#include "modules/people/name_fit.h"
#include "modules/people/name_search.h"

namespace luytre::people {
namespace {

using store::Session;

struct Home {
  int slips = 0;
  std::string address;
  PersonId person;
};

// Who of them is called and was born as asked.
std::vector<PersonId> of_them(Session& session, std::span<const PersonId> people, const Search& search) {
  constexpr std::size_t kRecordsAtOnce = 500;
  std::vector<PersonId> out;
  while (!people.empty()) {
    const auto some = people.subspan(0, std::min(people.size(), kRecordsAtOnce));
    for (const auto& row : storage::find(session, some))
      if (row && named_as(*row, search) && born_as(*row, search)) out.push_back(row->id);
    people = people.subspan(some.size());
  }
  return out;
}

}  // namespace

bool by_home_alone(const Search& search) {
  if (!search.address || search.phone || search.paper || search.code || search.birth_date) return false;
  return !search.name || (!search.birth_year && words_of(*search.name).size() < 2);
}

bool lives_at(const People::Impl& impl, const storage::PersonRow& row, const Search& search) {
  if (!search.address) return true;
  const auto address = impl.address(row);
  return address && slips(read_asked_home(*search.address), *address, true).has_value();
}

Homes at_home(Session& session, const People::Impl& impl, const Search& search, const Areas& areas) {
  const AskedName asked = read_asked_home(*search.address);
  std::vector<Home> found;
  std::size_t left = kHomesMost;
  Homes out;
  out.complete = !areas.everywhere();
  for (const UnitId unit : areas.units()) {
    const auto homes = storage::homes(session, unit, left + 1);
    out.complete = homes.size() <= left;
    for (const storage::HomeRow& home : homes) {
      auto address = impl.vault.unseal("people.address", to_text(home.id), home.address.data);
      const auto apart = address ? slips(asked, *address, true) : std::nullopt;
      if (apart) found.push_back({*apart, std::move(*address), home.id});
    }
    if (!out.complete) break;
    left -= homes.size();
  }
  std::sort(found.begin(), found.end(), [](const Home& a, const Home& b) {
    return std::tie(a.slips, a.address, a.person) < std::tie(b.slips, b.address, b.person);
  });
  for (const Home& home : found) out.people.push_back(home.person);
  if (search.name || search.birth_year) out.people = of_them(session, out.people, search);
  if (out.people.size() > kNamesakesMost) {
    out.people.resize(kNamesakesMost);
    out.complete = false;
  }
  return out;
}

}  // namespace luytre::people
