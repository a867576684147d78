#include "modules/checkpoints/sitting.h"

#include <algorithm>

#include "engines/linkage/card_code.h"
#include "engines/linkage/person_code.h"
#include "platform/base/phone.h"

namespace luytre::checkpoints {
namespace {

using Impl = Checkpoints::Impl;

Told told_of(const Impl& impl, const Occupant& asked, const Holders& holders, Instant at) {
  Told out;
  if (asked.phone) {
    out.how = How::kPhone;
    out.claim.emplace();
    out.claim->phone = normalise_phone(*asked.phone).value_or("");
    return out;
  }
  if (linkage::PersonCodes::looks_ours(*asked.code)) {
    const auto person = impl.people.codes().read(*asked.code, at);
    if (const auto* known = std::get_if<std::int64_t>(&person)) {
      out.how = How::kOwnCode;
      out.person = PersonId{*known};
    }
    return out;
  }
  if (linkage::looks_like_card(*asked.code)) {
    if (const auto holder = holders.find(*asked.code); holder != holders.end()) {
      out.how = How::kCard;
      out.person = holder->second;
    }
    return out;
  }
  if (auto reading = gates::read_code(*asked.code, at); reading && reading->claim) {
    out.how = how_of(reading->how);
    out.claim = std::move(reading->claim);
  }
  return out;
}

// How good a proof that this person was there is.
int proof(How how) {
  return how == How::kOwnCode ? 2 : how == How::kJourney ? 1 : 0;
}

}  // namespace

void Sitting::add(Told one) {
  if (one.person) {
    const auto same =
        std::find_if(people.begin(), people.end(), [&](const Told& other) { return other.person == one.person; });
    if (same != people.end()) {
      if (proof(one.how) <= proof(same->how)) return;
      if (one.how == How::kOwnCode) ++verified;
      same->how = one.how;  // what was decided about the first of both stays
      return;
    }
  }
  heads += one.people;
  if (one.how == How::kOwnCode) ++verified;
  people.push_back(std::move(one));
}

void Sitting::leave_out(PersonId person) {
  const auto same = std::find_if(people.begin(), people.end(), [&](const Told& one) { return one.person == person; });
  if (same == people.end()) return;
  heads -= same->people;
  if (same->how == How::kOwnCode) --verified;
  people.erase(same);
}

How how_of(gates::How how) {
  switch (how) {
    case gates::How::kOwnCode:
      return How::kOwnCode;
    case gates::How::kIdCard:
      return How::kIdCard;
    case gates::How::kNationalQr:
      return How::kNationalQr;
    case gates::How::kInsuranceCard:
      return How::kInsuranceCard;
    case gates::How::kPassport:
      return How::kPassport;
    case gates::How::kTravelCard:
      return How::kTravelCard;
    case gates::How::kPhone:
      return How::kPhone;
    case gates::How::kGroup:
      return How::kUnnamed;
    case gates::How::kCard:
      return How::kCard;
    case gates::How::kSlip:
      return How::kSlip;
    case gates::How::kAmbulance:  // a vehicle of its own here
      break;
  }
  return How::kUnread;
}

std::optional<Error> wrong_occupants(const std::vector<Occupant>& occupants, std::int64_t unnamed) {
  if (unnamed < 0 || unnamed > kUnnamedMost) return wrong_field("/unnamed", "range");
  if (occupants.size() > kOccupantsMost) return wrong_field("/occupants", "too_long");
  for (std::size_t i = 0; i < occupants.size(); ++i) {
    const std::string pointer = "/occupants/" + std::to_string(i);
    const auto& one = occupants[i];
    if (one.code.has_value() == one.phone.has_value()) return wrong_field((pointer + "/code").c_str(), "required");
    if (one.phone && !normalise_phone(*one.phone)) return wrong_field((pointer + "/phone").c_str(), "format");
  }
  return std::nullopt;
}

Task<Holders> holders_of(const Impl& impl, std::vector<Occupant> occupants, Instant at) {
  Holders out;
  if (!impl.holder) co_return out;
  for (const Occupant& one : occupants) {
    if (!one.code || !linkage::looks_like_card(*one.code)) continue;
    std::string card(*one.code);
    auto asking = impl.holder(card, at);
    const Result<PersonId> holder = co_await std::move(asking);
    if (holder) out.emplace(std::move(card), *holder);
  }
  co_return out;
}

Sitting sitting_of(const Impl& impl, const std::vector<Occupant>& occupants, const Holders& holders,
                   std::int64_t unnamed, Decision decision, Instant at) {
  Sitting out;
  for (const Occupant& asked : occupants) {
    Told one = told_of(impl, asked, holders, at);
    one.decision = asked.decision.value_or(decision);
    out.add(std::move(one));
  }
  if (unnamed > 0) out.add({How::kUnnamed, std::nullopt, unnamed, std::nullopt, decision});
  return out;
}

std::vector<storage::OccupantRow> rows_of(const Impl& impl, const Sitting& sitting, PassageId passage, Instant passed,
                                          std::int64_t number) {
  std::vector<storage::OccupantRow> out;
  for (const Told& one : sitting.people) {
    storage::OccupantRow row{passage, number++, passed, one.how, one.person, one.people, {}, one.decision};
    if (one.claim) row.claim = impl.seal(kClaimKey, claim_context(passage, row.number), json::text(*one.claim));
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace luytre::checkpoints
