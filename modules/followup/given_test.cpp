// Whose a follow-up is: given, seen, taken back, nobody's again when the account goes, and not the other unit's.

#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

class GivenFollowUpTest : public FollowUpTest {
 protected:
  GivenFollowUpTest() { followers_.add(room_.follow_staff()); }

  Caller officer(const std::string& username, UnitId area) {
    identity::NewOfficer made;
    made.username = username;
    made.name = "Cán bộ " + username;
    made.grants = {{Role::kStationOfficer, area}};
    const auto done = world_.house->officers.create_now(std::move(made));
    if (!done) throw std::runtime_error(done.error().code);
    Caller out;
    out.account = done->officer.id;
    out.name = done->officer.name;
    out.grants = {{Role::kStationOfficer, area}};
    return out;
  }
  Result<FollowUpsGiven> give(const Caller& by, std::vector<FollowUpId> which, std::optional<AccountId> to,
                              std::optional<staff::OfficerTeamId> team = {}) {
    return run(room_.give(by, {std::move(which), to, team}));
  }

  const Caller nurse_ = officer("dieuduong", kHaiLang);
  const Caller stranger_ = officer("tramkhac", kNamHaiLang);
};

TEST_P(GivenFollowUpTest, IsSeenWithWhoGaveItAndFoundByWhoHasIt) {
  const FollowUp mine = of(contact("Phạm Thị Gặp"));
  EXPECT_FALSE(mine.assignee);
  const auto given = give(centre_, {mine.id, FollowUpId{424242}}, nurse_.account);
  ASSERT_TRUE(given) << code(given);
  ASSERT_THAT(given->items, SizeIs(1));
  ASSERT_THAT(given->refused, SizeIs(1));
  EXPECT_EQ(given->refused[0].why, staff::WhyNot::kUnknown);
  EXPECT_EQ(given->items[0].assignee->name, nurse_.name);
  EXPECT_EQ(given->items[0].assignee->given_by, centre_.name);
  EXPECT_FALSE(given->items[0].assignee->noticed);
  EXPECT_EQ(given->items[0].version, mine.version + 1);
  Filter own, nobodys;
  own.mine = true;
  nobodys.nobodys = true;
  EXPECT_THAT(list(nurse_, own), SizeIs(1));
  EXPECT_THAT(list(station_, own), IsEmpty());
  EXPECT_THAT(list(station_, nobodys), IsEmpty());
  EXPECT_THAT(list(station_), SizeIs(1)) << "the station sees it all the same";

  ASSERT_TRUE(record(nurse_, mine.id, Finding::kNone));
  EXPECT_TRUE(open(mine.id).assignee->noticed) << "who asks has taken notice";
  EXPECT_EQ(give(station_, {mine.id}, stranger_.account)->refused.at(0).why, staff::WhyNot::kNotTheirs);
  EXPECT_EQ(give(stranger_, {mine.id}, stranger_.account)->refused.at(0).why, staff::WhyNot::kUnknown);
  EXPECT_FALSE(give(station_, {mine.id}, std::nullopt)->items.at(0).assignee) << "taken back";
  EXPECT_EQ(code(give(station_, {}, nurse_.account)), "invalid");
}

TEST_P(GivenFollowUpTest, AnAccountThatEndsLosesItVisibly) {
  const FollowUp mine = of(contact("Phạm Thị Gặp"));
  ASSERT_TRUE(give(station_, {mine.id}, nurse_.account));
  const Caller admin = identity::testing::officer(Role::kAdministrator);
  ASSERT_TRUE(run(world_.house->officers.set_disabled(admin, nurse_.account, true)));
  followers_.drain();
  Filter nobodys;
  nobodys.nobodys = true;
  ASSERT_THAT(list(station_, nobodys), SizeIs(1));
  EXPECT_EQ(list(station_, nobodys)[0].lost->name, nurse_.name);
  EXPECT_EQ(give(station_, {mine.id}, nurse_.account)->refused.at(0).why, staff::WhyNot::kNotTheirs);
}

TEST_P(GivenFollowUpTest, WhoWentWhileItWasEndedHasItNoMoreWhenItGoesOn) {
  const PersonId met = contact("Phạm Thị Gặp");
  const FollowUpId id = of(met).id;
  ASSERT_THAT(give(station_, {id}, nurse_.account)->items, SizeIs(1));
  const CaseId own = confirmed(met, ill_today());
  ASSERT_EQ(open(id).state, State::kBecameCase);
  undo(own);
  ASSERT_EQ(open(id).state, State::kOpen);
  ASSERT_TRUE(open(id).assignee);
  EXPECT_EQ(open(id).assignee->officer, nurse_.account) << "she is still there";

  confirm(own, ill_today());
  ASSERT_EQ(open(id).state, State::kBecameCase);
  const Caller admin = identity::testing::officer(Role::kAdministrator);
  ASSERT_TRUE(run(world_.house->officers.set_disabled(admin, nurse_.account, true)));
  followers_.drain();
  undo(own);
  ASSERT_EQ(open(id).state, State::kOpen);
  EXPECT_FALSE(open(id).assignee);
  ASSERT_TRUE(open(id).lost);
  EXPECT_EQ(open(id).lost->name, nurse_.name);
}

TEST_P(GivenFollowUpTest, OfATeamAndOfNobodyInTheUnitThatTakesItOver) {
  const FollowUp mine = of(contact("Phạm Thị Gặp"));
  const staff::Staff staff(*world_.db, visits::testing::geography(), world_.house->access);
  staff::NewOfficerTeam made;
  made.unit = kHaiLang;
  made.name = std::string("Tổ theo dõi");
  made.members = {nurse_.account};
  const auto team = run(staff.make(station_, std::move(made)));
  ASSERT_TRUE(team) << code(team);
  ASSERT_THAT(give(station_, {mine.id}, std::nullopt, team->id)->items, SizeIs(1));
  Filter theirs;
  theirs.team = team->id;
  ASSERT_THAT(list(station_, theirs), SizeIs(1));
  EXPECT_EQ(list(station_, theirs)[0].assignee->team_name, "Tổ theo dõi");

  const FollowUp now_at = open(mine.id);
  NewTransfer to;
  to.unit = kNamHaiLang;
  to.reason = std::string("Về quê");
  ASSERT_TRUE(run(room_.transfer(station_, mine.id, to, now_at.version)));
  const auto taken = run(room_.take(neighbour_, mine.id));
  ASSERT_TRUE(taken) << code(taken);
  EXPECT_FALSE(taken->assignee) << "whose it was there is nothing here";
  EXPECT_THAT(list(station_, theirs), IsEmpty());
}

TEST_P(GivenFollowUpTest, SilenceAndTransfersAreOnTheListOfWhatNobodyHas) {
  const FollowUp mine = of(contact("Phạm Thị Gặp"));
  const auto waiting = [&](const Caller& who) {
    return world_.db->read_now([&](store::Session& s) { return room_.waiting(s, who); });
  };
  EXPECT_THAT(waiting(station_), IsEmpty());
  until("2026-03-04");
  ASSERT_THAT(waiting(centre_), SizeIs(1));
  EXPECT_EQ(waiting(centre_)[0].kind, staff::WaitingKind::kFollowUp);
  EXPECT_TRUE(waiting(centre_)[0].escalated);
  EXPECT_TRUE(waiting(centre_)[0].yours);
  NewTransfer to;
  to.unit = kNamHaiLang;
  to.reason = std::string("Về quê");
  ASSERT_TRUE(run(room_.transfer(station_, mine.id, to, open(mine.id).version)));
  ASSERT_THAT(waiting(neighbour_), SizeIs(1));
  EXPECT_EQ(waiting(neighbour_)[0].kind, staff::WaitingKind::kFollowUpTransfer);
  EXPECT_EQ(waiting(neighbour_)[0].since, now());
  EXPECT_TRUE(waiting(neighbour_)[0].yours);
}

INSTANTIATE_TEST_SUITE_P(Engines, GivenFollowUpTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup
