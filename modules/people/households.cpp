#include "modules/people/households.h"

#include <algorithm>
#include <set>

#include "modules/people/household_storage.h"
#include "modules/people/merged.h"
#include "modules/people/officers.h"
#include "modules/people/storage.h"

namespace luytre::people {
namespace {

using storage::HousemateRow;
using storage::PersonRow;
using store::Session;

const identity::Action kLook{"people.household", Purpose::kCaseManagement, kOfficers, true};
const identity::Action kWrite{"people.write_household", Purpose::kCaseManagement, kOfficers, true};

// In which a person lives, under whichever record, now or ever.
std::vector<HousemateRow> lives(Session& s, const std::vector<PersonId>& records, bool now_only) {
  std::vector<HousemateRow> out;
  for (const PersonId record : records)
    for (const HousemateRow& row : storage::lives_of(s, record))
      if (!now_only || !row.parted) out.push_back(row);
  return out;
}

bool holds(const std::vector<HousemateRow>& rows, HouseholdId household) {
  return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.household == household; });
}

// Nobody lives in two: whoever joins without a day does so since they left where they lived before, if they did.
std::optional<Instant> since(const std::vector<HousemateRow>& before, std::optional<Instant> joined) {
  if (joined) return joined;
  for (const HousemateRow& row : before) joined = std::max(joined, row.parted);
  return joined;
}

}  // namespace

struct Households::Impl {
  store::Database& db;
  const People& people;
  const geography::Geography& geography;
  const identity::Access& access;

  Instant now() const { return db.clock().now(); }

  Result<PersonRow> allowed(Session& s, const Caller& caller, const identity::Action& action, PersonId person,
                            const std::string& reason) const {
    auto row = storage::find(s, person);
    const auto passed = access.require(s, caller, action, {person, row ? row->unit : UnitId{}, reason});
    if (!passed) return passed.error();
    if (!row) return kNotFound;
    return std::move(*row);
  }

  // `logged`: whom this call has in the access log already.
  Result<Household> view(Session& s, const Caller& caller, HouseholdId id, const std::string& reason,
                         std::set<PersonId> logged) const {
    Household out;
    out.id = id;
    std::set<PersonId> elsewhere;
    const auto areas = access.areas(caller, kLook);
    for (const HousemateRow& row : storage::housemates(s, id)) {
      auto brief = people.brief(s, row.person);
      if (!brief || !geography.covers(areas, brief->unit)) {
        elsewhere.insert(row.person);
        continue;
      }
      if (logged.insert(row.person).second) {
        const auto seen = access.require(s, caller, kLook, {row.person, brief->unit, reason});
        if (!seen) return seen.error();
      }
      Housemate& mate = out.members.emplace_back();
      mate.person = std::move(*brief);
      if (row.joined) mate.from = local_date(*row.joined);
      if (row.parted) mate.until = local_date(*row.parted);
    }
    out.elsewhere = static_cast<std::int64_t>(elsewhere.size());
    return out;
  }

  void settle(Session& s, const Caller& caller, HouseholdId household, PersonId person,
              std::optional<Instant> joined) const {
    storage::put(s, {household, person, joined, std::nullopt}, now(), caller.account);
    s.publish({"household.joined", person.value, now(), 1, 0});
  }

  Result<Household> add(Session& s, const Caller& caller, PersonId person, const NewHousemate& other) const {
    const std::string reason = other.reason;
    const auto one = allowed(s, caller, kWrite, person, reason);
    if (!one) return one.error();
    const auto two = allowed(s, caller, kWrite, other.person, reason);
    if (!two) return two.error();
    const auto records = known_as(s, person), theirs = known_as(s, other.person);
    if (std::find(records.begin(), records.end(), other.person) != records.end()) return kSamePerson;
    if (other.from && local_midnight(*other.from) > now()) return wrong_field("/from", "range");
    const auto joined = other.from ? std::optional(local_midnight(*other.from)) : std::nullopt;

    const auto mine = lives(s, records, true), has = lives(s, theirs, true);
    for (const HousemateRow& row : has)
      if (holds(mine, row.household)) return view(s, caller, row.household, reason, {person, other.person});
    if (!has.empty() && !mine.empty()) return kLivesElsewhere;
    // Whichever of the two has a household, the other joins it.
    HouseholdId household;
    if (!mine.empty()) {
      household = mine.front().household;
    } else if (!has.empty()) {
      household = has.front().household;
    } else {
      household = db.ids().make<HouseholdId>();
      storage::add_household(s, household, now(), caller.account);
    }
    const auto known = storage::housemates(s, household);
    const auto living = std::count_if(known.begin(), known.end(), [](const auto& row) { return !row.parted; });
    if (static_cast<std::size_t>(living) >= kHouseholdMost)
      return Error(kHouseholdFull, {{"most", std::to_string(kHouseholdMost)}});
    // Of a household that begins, the day says when the other moved in; the first may have lived there before.
    const bool begins = mine.empty() && has.empty();
    if (mine.empty())
      settle(s, caller, household, person, since(lives(s, records, false), begins ? std::nullopt : joined));
    if (has.empty()) settle(s, caller, household, other.person, since(lives(s, theirs, false), joined));
    return view(s, caller, household, reason, {person, other.person});
  }

  Result<Household> part(Session& s, const Caller& caller, PersonId person, const MovingOut& out) const {
    const auto row = allowed(s, caller, kWrite, person, out.reason);
    if (!row) return row.error();
    const auto records = known_as(s, person);
    const auto mine = lives(s, records, true);
    const Instant parted = local_midnight(out.until);
    if (mine.empty()) {
      for (const HousemateRow& one : lives(s, records, false))
        if (one.parted == parted) return view(s, caller, one.household, out.reason, {person});
      return kLivesAlone;
    }
    if (parted > now()) return wrong_field("/until", "range");
    for (const HousemateRow& one : mine)
      if (one.joined && parted < *one.joined) return wrong_field("/until", "range");
    for (const HousemateRow& one : mine) {
      storage::part(s, one.household, one.person, parted);
      s.publish({"household.left", one.person.value, now(), 1, 0});
    }
    return view(s, caller, mine.front().household, out.reason, {person});
  }
};

std::optional<HouseholdId> Households::lives_in(Session& session, PersonId person) {
  const auto mine = lives(session, known_as(session, person), true);
  return mine.empty() ? std::nullopt : std::optional(mine.front().household);
}

Households::Households(store::Database& db, const People& people, const geography::Geography& geography,
                       const identity::Access& access)
    : impl_(new Impl{db, people, geography, access}) {}

Task<Result<http::Page<Household>>> Households::of_person(const Caller& caller, PersonId person,
                                                          std::string reason) const {
  return impl_->db.transact(
      [impl = impl_, caller, person, reason = std::move(reason)](Session& s) -> Result<http::Page<Household>> {
        const auto row = impl->allowed(s, caller, kLook, person, reason);
        if (!row) return row.error();
        std::vector<HouseholdId> ids;
        for (const HousemateRow& one : lives(s, known_as(s, person), false))
          if (std::find(ids.begin(), ids.end(), one.household) == ids.end()) ids.push_back(one.household);
        http::Page<Household> out;
        for (const HouseholdId id : ids) {
          auto household = impl->view(s, caller, id, reason, {person});
          if (!household) return household.error();
          out.items.push_back(std::move(*household));
        }
        return out;
      });
}

Task<Result<Household>> Households::add(const Caller& caller, PersonId person, NewHousemate other) {
  return impl_->db.transact([impl = impl_, caller, person, other = std::move(other)](Session& s) -> Result<Household> {
    return impl->add(s, caller, person, other);
  });
}

Task<Result<Household>> Households::part(const Caller& caller, PersonId person, MovingOut out) {
  return impl_->db.transact([impl = impl_, caller, person, out = std::move(out)](Session& s) -> Result<Household> {
    return impl->part(s, caller, person, out);
  });
}

void routes(http::Router& router, Households& households) {
  router.post("/people/{id}/households/look")
      .summary("With whom somebody lives or lived, as officers wrote it down; members elsewhere are counted alone")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .errors({kNotFound, identity::kReasonRequired})
      .handle([&households](http::Call& call, Look look) {
        return households.of_person(call.caller(), call.id<PersonId>(), std::move(look.reason));
      });
  router.post("/people/{id}/housemates")
      .summary("Both live together; tracing counts it from then on. Again: nothing changes")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kSamePerson, kLivesElsewhere, kHouseholdFull, identity::kReasonRequired})
      .handle([&households](http::Call& call, NewHousemate other) {
        return households.add(call.caller(), call.id<PersonId>(), std::move(other));
      });
  router.post("/people/{id}/move-out")
      .summary("Lives no more in the household that officers wrote down, from a day on. Again: nothing changes")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kLivesAlone, identity::kReasonRequired})
      .handle([&households](http::Call& call, MovingOut out) {
        return households.part(call.caller(), call.id<PersonId>(), std::move(out));
      });
}

}  // namespace luytre::people
