#include "modules/quarantine/beds.h"

#include <algorithm>
#include <map>

namespace luytre::quarantine {
namespace {

// Who may share a room.
struct Party {
  Cohort cohort;
  std::optional<std::int64_t> household;  // then of any sex
  people::Sex sex = people::Sex::kOther;
  friend auto operator<=>(const Party&, const Party&) = default;
};

Party strangers(const Comer& one) {
  return {one.cohort, std::nullopt, one.sex};
}

Party family(const Comer& one) {
  return {one.cohort, one.household, people::Sex::kOther};
}

struct Space {
  FreeRoom room;
  std::vector<Party> takes;  // whom; nobody lies there yet: everybody, once
  bool empty = true;
};

Space space_of(FreeRoom room) {
  Space out;
  out.empty = room.lying.empty();
  if (!out.empty) {
    const Comer& first = room.lying.front();
    const auto all = [&](auto same) { return std::all_of(room.lying.begin(), room.lying.end(), same); };
    if (first.household && all([&](const Comer& one) { return family(one) == family(first); }))
      out.takes.push_back(family(first));
    if (all([&](const Comer& one) { return strangers(one) == strangers(first); }))
      out.takes.push_back(strangers(first));
  }
  out.room = std::move(room);
  return out;
}

bool takes(const Space& space, const Party& party) {
  return std::find(space.takes.begin(), space.takes.end(), party) != space.takes.end();
}

class Proposal {
 public:
  Proposal(std::vector<FreeRoom> rooms, std::size_t comers) : beds_(comers) {
    for (FreeRoom& room : rooms) spaces_.push_back(space_of(std::move(room)));
  }
  // Who is left over.
  std::vector<std::size_t> place(const Party& party, std::vector<std::size_t> who) {
    for (Space& space : spaces_)
      if (takes(space, party)) fill(space, who);
    while (!who.empty()) {
      Space* best = nullptr;
      for (Space& space : spaces_) {
        if (!space.empty || space.room.free.empty()) continue;
        if (!best || better(space.room.free.size(), best->room.free.size(), who.size())) best = &space;
      }
      if (!best) break;
      best->empty = false;
      best->takes = {party};
      fill(*best, who);
    }
    return who;
  }
  std::vector<std::optional<Bed>> beds() && { return std::move(beds_); }

 private:
  // The smallest that has room for all, else the largest.
  static bool better(std::size_t one, std::size_t other, std::size_t wanted) {
    if ((one >= wanted) != (other >= wanted)) return one >= wanted;
    return one >= wanted ? one < other : one > other;
  }
  void fill(Space& space, std::vector<std::size_t>& who) {
    std::vector<std::int64_t>& free = space.room.free;
    while (!who.empty() && !free.empty()) {
      beds_[who.front()] = Bed{space.room.id, free.front()};
      who.erase(who.begin());
      free.erase(free.begin());
    }
  }
  std::vector<Space> spaces_;
  std::vector<std::optional<Bed>> beds_;
};

}  // namespace

std::vector<std::optional<Bed>> propose_beds(std::vector<FreeRoom> rooms, const std::vector<Comer>& comers) {
  std::map<Party, std::vector<std::size_t>> families, others;
  for (const FreeRoom& room : rooms)
    for (const Comer& one : room.lying)
      if (one.household) families[family(one)];  // who joins their own
  for (std::size_t i = 0; i < comers.size(); ++i)
    if (comers[i].household) families[family(comers[i])].push_back(i);
  const auto joins = [&](const Party& party) {
    return std::any_of(rooms.begin(), rooms.end(), [&](const FreeRoom& room) {
      return std::any_of(room.lying.begin(), room.lying.end(),
                         [&](const Comer& one) { return one.household && family(one) == party; });
    });
  };
  std::vector<std::pair<Party, std::vector<std::size_t>>> together;
  for (const auto& [party, who] : families)
    if (who.size() > 1 || (who.size() == 1 && joins(party))) together.emplace_back(party, who);
  const auto larger = [](const auto& a, const auto& b) { return b.second.size() < a.second.size(); };
  std::stable_sort(together.begin(), together.end(), larger);

  std::vector<bool> asked(comers.size(), false);
  Proposal proposal(std::move(rooms), comers.size());
  for (auto& [party, who] : together) {
    for (const std::size_t i : who) asked[i] = true;
    for (const std::size_t i : proposal.place(party, std::move(who))) asked[i] = false;
  }
  for (std::size_t i = 0; i < comers.size(); ++i)
    if (!asked[i]) others[strangers(comers[i])].push_back(i);
  std::vector<std::pair<Party, std::vector<std::size_t>>> rest(others.begin(), others.end());
  std::stable_sort(rest.begin(), rest.end(), larger);
  for (auto& [party, who] : rest) proposal.place(party, std::move(who));
  return std::move(proposal).beds();
}

}  // namespace luytre::quarantine
