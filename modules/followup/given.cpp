// Whose a follow-up is: given, taken back, and lost with an account or a team.

#include "modules/followup/impl.h"

namespace luytre::followup {

std::optional<staff::WhyNot> FollowUps::Impl::give(store::Session& session, const Caller& caller, FollowUpId id,
                                                   const staff::Hand& hand, FollowUpsGiven& out) const {
  auto row = standing(session, id);
  if (!row || !geography.covers(access.areas(caller, kWork), row->unit)) return staff::WhyNot::kUnknown;
  if (!look(session, caller, *row, row->unit, identity::note(identity::LogNote::kFollowUp, to_text(row->id))))
    return staff::WhyNot::kUnknown;
  if (row->state != State::kOpen || row->last_day < today()) return staff::WhyNot::kEnded;
  if (!staff::fits(session, geography, hand, {row->unit})) return staff::WhyNot::kNotTheirs;
  staff::give(*row, hand, caller, now());
  storage::update(session, *row);
  publish(session, *row, "followup.given");
  out.items.push_back(view(session, caller, *row));
  return std::nullopt;
}

Task<Result<FollowUpsGiven>> FollowUps::give(const Caller& caller, FollowUpGift gift) {
  if (gift.follow_ups.empty()) return refused<FollowUpsGiven>(wrong_field("/followUps", "required"));
  if (gift.follow_ups.size() > kGivenAtOnce) return refused<FollowUpsGiven>(wrong_field("/followUps", "too_long"));
  return impl_->db.transact(
      [impl = impl_.get(), caller, gift = std::move(gift)](store::Session& s) -> Result<FollowUpsGiven> {
        if (impl->access.areas(caller, kWork).empty()) return kNotPermitted;
        FollowUpsGiven out;
        for (const FollowUpId id : gift.follow_ups)
          if (const auto why = impl->give(s, caller, id, {gift.officer, gift.team}, out))
            out.refused.push_back({id, *why});
        return out;
      });
}

void FollowUps::Impl::lose(store::Session& session, AccountId officer) const {
  for (storage::PeriodRow& row : storage::of_officer(session, officer)) {
    if (!staff::lose_officer(session, geography, row, {row.unit}, now())) continue;
    storage::update(session, row);
    publish(session, row, "followup.given");
  }
}

void FollowUps::Impl::lose(store::Session& session, staff::OfficerTeamId team) const {
  for (storage::PeriodRow& row : storage::of_team(session, team)) {
    staff::lose_team(session, row, now());
    storage::update(session, row);
    publish(session, row, "followup.given");
  }
}

store::Following FollowUps::follow_staff() {
  return {"followup.staff",
          {"officer.changed", "staff.team_ended"},
          [impl = impl_.get()](store::Session& s, const store::Event& event) {
            if (event.type == "officer.changed") impl->lose(s, AccountId{event.subject});
            if (event.type == "staff.team_ended") impl->lose(s, staff::OfficerTeamId{event.subject});
          },
          {}};
}

}  // namespace luytre::followup
