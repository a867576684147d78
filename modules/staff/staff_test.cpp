#include "modules/staff/staff.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "platform/base/result_testing.h"
#include "platform/base/run.h"
#include "platform/identity/testing.h"
#include "platform/store/testing.h"

namespace luytre::staff {
namespace {

using identity::testing::citizen;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const UnitId kQuangTri{2025100044}, kHaiLang{2025319702}, kNamHaiLang{2025319735}, kDaNang{2025100048};

const geography::Geography& geography() {
  static const geography::Geography all(LUYTRE_SOURCE_DIR "/data/geography");
  return all;
}

std::vector<std::vector<store::Migration>> rooms() {
  auto out = identity::testing::House::rooms();
  out.push_back(migrations());
  return out;
}

class StaffTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  Instant now() const { return clock_.now(); }

  // An officer with an account, as callers are made of it.
  Caller officer(const std::string& username, Role role, UnitId area) {
    identity::NewOfficer made;
    made.username = username;
    made.name = "Cán bộ " + username;
    made.grants = {{role, area}};
    const auto done = house_->officers.create_now(std::move(made));
    if (!done) throw std::runtime_error(done.error().code);
    Caller out = identity::testing::officer(role, area, done->officer.id.value);
    out.name = done->officer.name;
    return out;
  }
  void disable(const Caller& who) { ASSERT_TRUE(run(house_->officers.set_disabled(admin_, who.account, true))); }
  void enable(const Caller& who) { ASSERT_TRUE(run(house_->officers.set_disabled(admin_, who.account, false))); }

  static NewOfficerTeam named(const std::string& name, std::vector<AccountId> members, UnitId unit = kHaiLang) {
    NewOfficerTeam out;
    out.unit = unit;
    out.name = name;
    out.members = std::move(members);
    return out;
  }
  OfficerTeam made(const std::string& name, std::vector<AccountId> members) {
    auto done = run(staff_.make(head_, named(name, std::move(members))));
    if (!done) throw std::runtime_error(done.error().code);
    return std::move(*done);
  }
  Result<OfficerTeam> end(const OfficerTeam& team, bool ended = true) {
    OfficerTeamEdit edit;
    edit.ended = ended;
    return run(staff_.edit(head_, team.id, edit, team.version));
  }
  std::vector<std::string> teams(const Caller& caller, std::optional<UnitId> unit = {}) {
    std::vector<std::string> out;
    const auto page = run(staff_.teams(caller, unit));
    EXPECT_TRUE(page) << code(page);
    if (page)
      for (const OfficerTeam& one : page->items) out.push_back(one.name + (one.ended ? " ended" : ""));
    return out;
  }
  template <class F>
  auto ask(F closure) {
    return db_->read_now(std::move(closure));
  }
  bool fitting(const Hand& hand, std::vector<UnitId> units = {kHaiLang}) {
    return ask([&](store::Session& s) { return fits(s, geography(), hand, units); });
  }
  Holding given(const Hand& hand) {
    Holding out;
    give(out, hand, head_, now());
    return out;
  }

  ManualClock clock_{*parse_instant("2026-03-02T01:30:00Z")};
  store::testing::TestDatabase db_{GetParam(), rooms(), clock_};
  identity::testing::House house_{*db_, geography(), clock_};
  Staff staff_{*db_, geography(), house_->access};
  const Caller admin_ = officer("quantri", Role::kAdministrator, {});
  const Caller head_ = officer("truongtram", Role::kStationOfficer, kHaiLang);
  const Caller nurse_ = officer("dieuduong", Role::kStationOfficer, kHaiLang);
  const Caller beside_ = officer("tramkhac", Role::kStationOfficer, kNamHaiLang);
  const Caller province_ = officer("cdc", Role::kProvinceOfficer, kQuangTri);
  const Caller far_ = officer("cdcxa", Role::kProvinceOfficer, kDaNang);
};

INSTANTIATE_TEST_SUITE_P(Engines, StaffTest, store::testing::engines(), store::testing::engine_name);

// ---- teams ----

TEST_P(StaffTest, ATeamIsMadeOnceHoweverOftenItIsSent) {
  const auto once = store::make_once(head_.account.value, "POST /officer-teams", "a key", "{}");
  const auto first = run(staff_.make(head_, named("Tổ 1", {nurse_.account, head_.account}), once));
  ASSERT_TRUE(first) << code(first);
  const auto again = run(staff_.make(head_, named("Tổ 1", {nurse_.account, head_.account}), once));
  ASSERT_TRUE(again) << code(again);
  EXPECT_EQ(again->id, first->id);
  ASSERT_THAT(again->members, SizeIs(2));
  EXPECT_EQ(again->members[0].name, nurse_.name) << "by name";
  EXPECT_THAT(teams(head_), ElementsAre("Tổ 1"));
  const auto lines = store::testing::event_lines(*db_);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "staff.team_changed:" + std::to_string(first->id.value)), 1);
}

constexpr store::Query kAnswers{"test.once_answers", R"sql(
SELECT answer
FROM store_idempotency)sql"};

TEST_P(StaffTest, WhatIsKeptOfACallHasNoNames) {
  const auto once = store::make_once(head_.account.value, "POST /officer-teams", "a key", "{}");
  ASSERT_TRUE(run(staff_.make(head_, named("Tổ 1", {nurse_.account}), once)));
  const auto kept = ask([](store::Session& s) { return s.all<std::string>(kAnswers); });
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_THAT(kept[0], ::testing::Not(::testing::HasSubstr("dieuduong")));
}

TEST_P(StaffTest, ATeamIsOfOneUnitsOfficers) {
  EXPECT_THAT(fields(run(staff_.make(head_, named("Tổ 1", {beside_.account})))), ElementsAre("/members choice"));
  EXPECT_THAT(fields(run(staff_.make(head_, named("Tổ 1", {})))), ElementsAre("/members choice"));
  EXPECT_THAT(fields(run(staff_.make(head_, named("Tổ 1", {admin_.account})))), ElementsAre("/members choice"));
  EXPECT_THAT(fields(run(staff_.make(head_, named("", {nurse_.account})))), ElementsAre("/name required"));
  EXPECT_EQ(code(run(staff_.make(beside_, named("Tổ 1", {beside_.account})))), "not_permitted");
  EXPECT_EQ(code(run(staff_.make(citizen(), named("Tổ 1", {nurse_.account})))), "not_permitted");
  EXPECT_TRUE(run(staff_.make(head_, named("Tổ 1", {nurse_.account, province_.account}))))
      << "who stands above answers for it, too";
  EXPECT_THAT(teams(beside_), IsEmpty());
  EXPECT_THAT(teams(far_), IsEmpty());
  EXPECT_THAT(teams(province_), ElementsAre("Tổ 1"));
  EXPECT_THAT(teams(province_, kNamHaiLang), IsEmpty());
  EXPECT_EQ(code(run(staff_.teams(citizen(), std::nullopt))), "not_permitted");
}

TEST_P(StaffTest, WhoIsGoneIsShownInNoTeamAndAmongNoColleagues) {
  made("Tổ 1", {nurse_.account, head_.account});
  const auto colleagues = [&] {
    std::vector<std::string> out;
    const auto page = run(staff_.colleagues(head_, kHaiLang));
    for (const auto& one : page->items) out.push_back(one.name);
    return out;
  };
  EXPECT_THAT(colleagues(), ElementsAre(province_.name, nurse_.name, head_.name));
  disable(nurse_);
  EXPECT_THAT(colleagues(), ElementsAre(province_.name, head_.name));
  ASSERT_THAT(run(staff_.teams(head_, std::nullopt))->items.at(0).members, SizeIs(1));
  EXPECT_EQ(run(staff_.teams(head_, std::nullopt))->items[0].members[0].id, head_.account);
  EXPECT_EQ(code(run(staff_.colleagues(beside_, kHaiLang))), "not_permitted");
}

TEST_P(StaffTest, AChangeNeedsTheVersionReadAndOneElsewhereIsAsOneNowhere) {
  const OfficerTeam team = made("Tổ 1", {nurse_.account});
  OfficerTeamEdit edit;
  edit.name = std::string("Tổ lấy mẫu");
  EXPECT_EQ(code(run(staff_.edit(beside_, team.id, edit, team.version))), "not_found");
  EXPECT_EQ(code(run(staff_.edit(beside_, OfficerTeamId{424242}, edit, 1))), "not_found");
  const auto changed = run(staff_.edit(head_, team.id, edit, team.version));
  ASSERT_TRUE(changed) << code(changed);
  EXPECT_EQ(changed->name, "Tổ lấy mẫu");
  EXPECT_THAT(changed->members, SizeIs(1)) << "stay as they were";
  EXPECT_EQ(code(run(staff_.edit(head_, team.id, edit, team.version))), "version_conflict");
  edit.members = std::vector<AccountId>{beside_.account};
  EXPECT_THAT(fields(run(staff_.edit(head_, team.id, edit, changed->version))), ElementsAre("/members choice"));
  EXPECT_THAT(run(staff_.teams(head_, std::nullopt))->items.at(0).members, SizeIs(1)) << "nothing was written";
}

TEST_P(StaffTest, AUnitHasSoManyTeamsAndEndedOnesDoNotCount) {
  const OfficerTeam first = made("Tổ 0", {nurse_.account});
  for (std::size_t i = 1; i < kTeamsMost; ++i) made("Tổ " + std::to_string(i), {nurse_.account});
  EXPECT_EQ(code(run(staff_.make(head_, named("Một tổ nữa", {nurse_.account})))), "officer_teams_full");
  const auto ended = end(first);
  ASSERT_TRUE(ended) << code(ended);
  EXPECT_EQ(ended->ended, now());
  EXPECT_EQ(teams(head_).back(), "Tổ 0 ended") << "after those that work";
  made("Một tổ nữa", {nurse_.account});
  EXPECT_EQ(code(end(*ended, false)), "officer_teams_full");
}

TEST_P(StaffTest, EndingATeamIsToldOnceAndLettingItWorkAgainIsNot) {
  const OfficerTeam team = made("Tổ 1", {nurse_.account});
  const auto told = [&] {
    const auto lines = store::testing::event_lines(*db_);
    return std::count(lines.begin(), lines.end(), "staff.team_ended:" + std::to_string(team.id.value));
  };
  const auto ended = end(team);
  ASSERT_TRUE(ended) << code(ended);
  EXPECT_EQ(told(), 1);
  clock_.advance(hours(1));
  const auto again = end(*ended);
  EXPECT_EQ(again->ended, ended->ended) << "it ended then";
  EXPECT_EQ(told(), 1);
  EXPECT_FALSE(end(*again, false)->ended);
  EXPECT_EQ(told(), 1);
}

// ---- whose work is ----

TEST_P(StaffTest, WorkIsForWhoeverAnswersForItAndForTeamsOfTheUnitOrAbove) {
  const OfficerTeam team = made("Tổ 1", {nurse_.account});
  const auto above = run(staff_.make(province_, named("Tổ tỉnh", {province_.account}, kQuangTri)));
  ASSERT_TRUE(above) << code(above);
  EXPECT_TRUE(fitting({})) << "nobody's";
  EXPECT_TRUE(fitting({nurse_.account, {}}));
  EXPECT_TRUE(fitting({province_.account, {}}));
  EXPECT_TRUE(fitting({nurse_.account, team.id}));
  EXPECT_TRUE(fitting({{}, team.id}));
  EXPECT_TRUE(fitting({{}, above->id}));
  EXPECT_TRUE(fitting({beside_.account, {}}, {kHaiLang, kNamHaiLang})) << "one of its units";
  EXPECT_FALSE(fitting({beside_.account, {}}));
  EXPECT_FALSE(fitting({admin_.account, {}}));
  EXPECT_FALSE(fitting({AccountId{424242}, {}}));
  EXPECT_FALSE(fitting({head_.account, team.id})) << "no member";
  EXPECT_FALSE(fitting({{}, team.id}, {kNamHaiLang}));
  EXPECT_FALSE(fitting({{}, OfficerTeamId{424242}}));
  ASSERT_TRUE(end(team));
  EXPECT_FALSE(fitting({{}, team.id})) << "ended";
  disable(nurse_);
  EXPECT_FALSE(fitting({nurse_.account, {}}));
}

TEST_P(StaffTest, GivenIsNotTakenAndToOneselfIsTaking) {
  Holding work = given({nurse_.account, {}});
  EXPECT_EQ(work.given_by, head_.name);
  EXPECT_EQ(work.given_at, now());
  EXPECT_FALSE(work.taken_at);
  const Instant gave = now();
  clock_.advance(hours(1));
  take(work, nurse_, now());
  EXPECT_EQ(work.taken_at, now());
  EXPECT_EQ(work.given_by, head_.name) << "who gave it is kept";
  EXPECT_EQ(work.given_at, gave);
  clock_.advance(hours(1));
  take(work, head_, now());
  EXPECT_EQ(work.taken_by, head_.account);
  EXPECT_FALSE(work.given_by) << "nobody gave it to who took it";
  EXPECT_EQ(given({head_.account, {}}).taken_at, now());
  give(work, {}, head_, now());
  EXPECT_EQ(work, Holding{});
}

TEST_P(StaffTest, SentAgainItLeavesTheNoticeThatWasTaken) {
  const OfficerTeam team = made("Tổ 1", {nurse_.account});
  Holding work = given({nurse_.account, team.id});
  clock_.advance(hours(1));
  take(work, nurse_, now());
  const Holding before = work;
  clock_.advance(hours(1));
  give(work, {nurse_.account, team.id}, head_, now());
  EXPECT_EQ(work, before);
  give(work, {nurse_.account, {}}, head_, now());
  EXPECT_FALSE(work.taken_at) << "without the team it is another's";
  give(work, {nurse_.account, {}}, nurse_, now());
  EXPECT_EQ(work.taken_at, now()) << "by whom it is theirs already: they take it";
}

TEST_P(StaffTest, WhoGoesLosesItAndWhoKeepsAnsweringDoesNot) {
  Holding work = given({nurse_.account, {}});
  const auto lose = [&](Holding& of) {
    return ask([&](store::Session& s) { return lose_officer(s, geography(), of, {kHaiLang}, now()); });
  };
  EXPECT_FALSE(lose(work));
  EXPECT_EQ(work.taken_by, nurse_.account);
  disable(nurse_);
  EXPECT_TRUE(lose(work));
  EXPECT_FALSE(work.taken_by);
  EXPECT_FALSE(work.given_by);
  EXPECT_EQ(work.lost_by, nurse_.name);
  EXPECT_EQ(work.lost_at, now());
  EXPECT_FALSE(lose(work)) << "told twice";
  enable(nurse_);
  take(work, nurse_, now());
  EXPECT_FALSE(work.lost_by) << "somebody has it";
}

TEST_P(StaffTest, OfATeamTheOthersHaveItStillUntilTheTeamEnds) {
  const OfficerTeam team = made("Tổ 1", {nurse_.account, head_.account});
  Holding work = given({nurse_.account, team.id}), taken = given({{}, team.id});
  take(taken, head_, now());
  disable(nurse_);
  ask([&](store::Session& s) { lose_officer(s, geography(), work, {kHaiLang}, now()); });
  EXPECT_FALSE(work.taken_by);
  EXPECT_EQ(work.team, team.id);
  ASSERT_TRUE(end(team));
  ask([&](store::Session& s) { lose_team(s, work, now()); });
  EXPECT_FALSE(work.team);
  EXPECT_EQ(work.lost_by, "Tổ 1");
  ask([&](store::Session& s) { lose_team(s, taken, now()); });
  EXPECT_FALSE(taken.team);
  EXPECT_EQ(taken.taken_by, head_.account) << "who had taken it has it";
  EXPECT_FALSE(taken.lost_by);
}

TEST_P(StaffTest, WhatBeginsAgainIsNobodysIfItsOfficerOrTeamHasGoneMeanwhile) {
  const OfficerTeam team = made("Tổ 1", {head_.account});
  Holding nurses = given({nurse_.account, {}}), teams = given({{}, team.id}), heads = given({head_.account, {}});
  const auto begin = [&](Holding& work) {
    ask([&](store::Session& s) { lose_gone(s, geography(), work, {kHaiLang}, now()); });
  };
  const Holding before = teams;
  begin(teams);
  EXPECT_EQ(teams, before);
  disable(nurse_);
  ASSERT_TRUE(end(team));
  for (Holding* work : {&nurses, &teams, &heads}) begin(*work);
  EXPECT_EQ(nurses.lost_by, nurse_.name);
  EXPECT_EQ(teams.lost_by, "Tổ 1");
  EXPECT_FALSE(teams.team);
  EXPECT_EQ(heads.taken_by, head_.account);
}

TEST_P(StaffTest, IsShownWithNamesAndNobodysAsNothing) {
  const OfficerTeam team = made("Tổ 1", {nurse_.account});
  const Holding work = given({nurse_.account, team.id});
  const auto shown = [&](const Caller& who, const Holding& of) {
    return ask([&](store::Session& s) { return assignee(s, who, of); });
  };
  const auto hers = shown(nurse_, work);
  ASSERT_TRUE(hers);
  EXPECT_EQ(hers->name, nurse_.name);
  EXPECT_EQ(hers->team_name, "Tổ 1");
  EXPECT_EQ(hers->at, now());
  EXPECT_TRUE(hers->yours);
  EXPECT_FALSE(hers->noticed);
  EXPECT_FALSE(shown(head_, work)->yours);
  EXPECT_FALSE(shown(head_, given({{}, team.id}))->yours) << "of the team, and of no one in it yet";
  EXPECT_FALSE(shown(head_, Holding{}));
}

// ---- what nobody has yet ----

TEST_P(StaffTest, WaitsAtItsLevelAndComesUpWithTime) {
  const Caller centre = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9401);
  const auto row = [&](const Caller& who, Instant late) {
    return waiting(geography(), who, WaitingKind::kNotice, 7, kHaiLang, late, hours(24), now());
  };
  const Waiting before = row(head_, now() + hours(1));
  EXPECT_EQ(before.level, referrals::Level::kStation);
  EXPECT_FALSE(before.escalated);
  EXPECT_TRUE(before.yours);
  EXPECT_EQ(before.unit_name, geography().find(kHaiLang)->full_name);
  EXPECT_EQ(row(centre, now()).level, referrals::Level::kCentre) << "at the moment itself";
  EXPECT_TRUE(row(centre, now()).yours);
  EXPECT_TRUE(row(centre, now()).escalated);
  EXPECT_FALSE(row(province_, now() - hours(24) + std::chrono::seconds(1)).yours);
  EXPECT_TRUE(row(province_, now() - hours(24)).yours);
  EXPECT_EQ(row(province_, now() - hours(24 * 365)).level, referrals::Level::kProvince) << "and no higher";
  EXPECT_FALSE(row(far_, now() - hours(240)).yours) << "of another province";
}

TEST_P(StaffTest, OneListOverTheRoomsOldestFirstCountedByKind) {
  EXPECT_THAT(run(staff_.waiting_list(head_, false))->items, IsEmpty()) << "no rooms";
  staff_.set_rooms([&](store::Session&, const Caller& caller) {
    std::vector<Waiting> out;
    const auto add = [&](WaitingKind kind, std::int64_t id, UnitId unit, int hours_ago, std::int64_t level) {
      out.push_back(waiting_at(geography(), caller, kind, id, unit, now() - hours(hours_ago), level));
    };
    add(WaitingKind::kTask, 1, kHaiLang, 1, 0);
    add(WaitingKind::kPositive, 2, kHaiLang, 5, 2);
    add(WaitingKind::kTask, 3, kNamHaiLang, 3, 2);
    for (int i = 0; i < 250; ++i) add(WaitingKind::kFollowUp, 1000 + i, kNamHaiLang, 0, 0);
    return out;
  });
  const auto ids = [&] {
    std::vector<std::int64_t> out;
    const auto list = run(staff_.waiting_list(province_, true));
    for (const Waiting& one : list->items) out.push_back(one.subject.value);
    return out;
  };
  EXPECT_THAT(ids(), ElementsAre(2, 3)) << "what has come to the own level";
  const auto all = run(staff_.waiting_list(province_, false));
  EXPECT_THAT(all->items, SizeIs(kWaitingMost));
  std::vector<std::pair<WaitingKind, std::int64_t>> counts;
  for (const WaitingCount& one : all->counts) counts.emplace_back(one.kind, one.count);
  using ::testing::Pair;
  EXPECT_THAT(counts, ElementsAre(Pair(WaitingKind::kPositive, 1), Pair(WaitingKind::kTask, 2),
                                  Pair(WaitingKind::kFollowUp, 250)))
      << "also of what is left out";
  EXPECT_EQ(code(run(staff_.waiting_list(citizen(), false))), "not_permitted");
  EXPECT_EQ(code(run(staff_.waiting_list(identity::testing::limited(head_), false))), "not_permitted")
      << "before the second proof";
}

}  // namespace
}  // namespace luytre::staff
