// A group that arrives at a site at once: who they are, by the codes of their papers, which beds are proposed, and
// taken in.

#include <algorithm>
#include <map>

#include "engines/linkage/order_code.h"
#include "engines/linkage/person_code.h"
#include "modules/people/households.h"
#include "modules/quarantine/beds.h"
#include "modules/quarantine/site_impl.h"

namespace luytre::quarantine {
namespace {

using store::Session;

// Who lives with whom, be it that one declares for the others or that an officer wrote it down: of whoever belongs to
// one of each, both are one.
class Homes {
 public:
  std::optional<std::int64_t> of(Session& session, const people::People& people, PersonId person) {
    const auto account = people.account_of(session, person);
    const auto written = people::Households::lives_in(session, person);
    if (account && written && top(account->value) != top(written->value))
      of_[top(account->value)] = top(written->value);
    if (written) return written->value;
    return account ? std::optional(account->value) : std::nullopt;
  }
  std::int64_t top(std::int64_t home) const {
    for (auto above = of_.find(home); above != of_.end(); above = of_.find(home)) home = above->second;
    return home;
  }

 private:
  std::map<std::int64_t, std::int64_t> of_;
};

Comer comer_of(Session& session, const people::People& people, Homes& homes, const storage::OrderRow& order) {
  Comer out;
  out.cohort = {order.kind, order.disease, order.last_day};
  out.household = homes.of(session, people, order.person);
  if (const auto brief = people.brief(session, order.person)) out.sex = brief->sex;
  return out;
}

}  // namespace

Result<http::Page<IntakeLine>> Sites::Impl::look_intake(Session& session, const Caller& caller, SiteId id,
                                                        const IntakeCodes& asked) const {
  const auto site = opened(session, caller, id);
  if (!site) return site.error();
  if (asked.codes.empty() || asked.codes.size() > kIntakeMost) return wrong_field("/codes", "range");
  std::map<RoomId, FreeRoom> rooms;
  for (const storage::RoomRow& room : storage::rooms(session, id)) {
    FreeRoom& free = rooms[room.id];
    free.id = room.id;
    for (std::int64_t bed = 1; bed <= room.beds; ++bed) free.free.push_back(bed);
  }
  std::map<OrderId, Bed> lying;
  Homes homes;
  std::vector<RoomId> closed;
  const auto stays = storage::open_stays(session, id);
  const auto anew = restarts(session, stays);
  for (const storage::StayRow& stay : stays) {
    lying[stay.order_id] = Bed{stay.room, stay.bed};
    FreeRoom& room = rooms[stay.room];
    std::erase(room.free, stay.bed);
    const auto order = storage::find(session, stay.order_id);
    room.lying.push_back(comer_of(session, people, homes, *order));
    // Beside a case, or those whose days are to begin anew, nobody new is put; a case kept as such has its own cohort.
    const bool unparted = order->kind != Kind::kIsolation && is_ill(session, *order);
    if (order->state != State::kRunning || unparted || anew.contains(stay.id)) closed.push_back(stay.room);
  }

  http::Page<IntakeLine> page;
  std::vector<Comer> comers;
  std::vector<std::size_t> whose;
  std::vector<OrderId> seen;
  for (const auto& code : asked.codes) {
    IntakeLine line;
    line.code = code;
    const auto order = order_by(session, caller, *site, code);
    if (!order) {
      line.refused = order.error().code;
      page.items.push_back(std::move(line));
      continue;
    }
    if (std::find(seen.begin(), seen.end(), order->id) != seen.end()) continue;  // scanned twice
    seen.push_back(order->id);
    line.order = order->id;
    line.number = linkage::shown_order_serial(static_cast<std::uint64_t>(order->serial));
    if (order->state != State::kRunning)
      line.refused = kOrderNotRunning.code;
    else if (const auto refusal = elsewhere(*site, *order))
      line.refused = refusal->code;
    else if (const auto bed = lying.find(order->id); bed != lying.end())
      line.lies = bed->second;
    if (!site->kept || !line.refused) {  // of whom they cannot take in, who keeps the site learns nothing
      const auto allowed = look(session, caller, *site, order->person);
      if (!allowed) return allowed.error();
      line.person = people.brief(session, order->person).value_or(people::PersonBrief{});
      line.person->id = order->person;
      if (site->kept) leave_bare(*line.person);
      line.last_day = order->last_day;
    }
    if (!line.refused && !line.lies) {
      comers.push_back(comer_of(session, people, homes, *order));
      whose.push_back(page.items.size());
    }
    page.items.push_back(std::move(line));
  }
  for (const RoomId room : closed) rooms[room].free.clear();
  const auto joined = [&](Comer& one) {
    if (one.household) one.household = homes.top(*one.household);
  };
  std::for_each(comers.begin(), comers.end(), joined);
  std::vector<FreeRoom> free;
  for (auto& [room, one] : rooms) {
    std::for_each(one.lying.begin(), one.lying.end(), joined);
    free.push_back(std::move(one));
  }
  const auto beds = propose_beds(std::move(free), comers);
  for (std::size_t i = 0; i < beds.size(); ++i) page.items[whose[i]].proposed = beds[i];
  return page;
}

// By the code of its paper or its number, of the caller's area; of who keeps the site by the code alone, as anybody may
// try numbers. One elsewhere and one that is nowhere are alike.
Result<storage::OrderRow> Sites::Impl::order_by(Session& session, const Caller& caller, const Opened& site,
                                                const std::string& code) const {
  auto serial = site.kept ? std::nullopt : linkage::parse_order_serial(code);
  if (!serial) {
    const auto read = linkage::read_order(people.codes().keys(), code);
    const auto* token = std::get_if<linkage::OrderToken>(&read);
    if (!token) return kOrderCodeForged;
    serial = token->serial;
  }
  auto row = storage::by_serial(session, static_cast<std::int64_t>(*serial));
  if (!row || !geography.covers(access.areas(caller, site.kept ? kKeep : kWork), row->unit)) return kOrderCodeUnknown;
  return std::move(*row);
}

Result<IntakeTaken> Sites::Impl::intake(Session& session, const Caller& caller, SiteId id,
                                        const Lodgings& asked) const {
  const auto site = opened(session, caller, id);
  if (!site) return site.error();
  if (asked.items.empty() || asked.items.size() > kIntakeMost) return wrong_field("/items", "range");
  IntakeTaken out;
  for (const Lodging& one : asked.items) {
    LodgingOutcome& outcome = out.items.emplace_back();
    outcome.order = one.order;
    const auto done = lodge_one(session, caller, *site, one, true);
    if (!done) outcome.refused = done.error().code;
  }
  return out;
}

}  // namespace luytre::quarantine
