#include "platform/identity/access.h"

#include <thread>

#include "platform/identity/fixture_for_test.h"

namespace luytre::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Action kRead{
    "cases.read", Purpose::kCaseManagement, {Role::kStationOfficer, Role::kProvinceOfficer, Role::kCitizen}};
const Action kHistory{"visits.history", Purpose::kTracing, {Role::kProvinceOfficer, Role::kCitizen}, true};
const Action kOpen{"places.read", Purpose::kPublic, {Role::kAnyone}};
constexpr PersonId kPerson{501};
constexpr PersonId kOther{502};

class AccessTest : public IdentityTest {
 protected:
  AccessTest()
      : province_(units().children(std::nullopt, make_date(2021, 8, 1)).front()->id),
        elsewhere_(units().children(std::nullopt, make_date(2021, 8, 1)).back()->id),
        commune_(units()
                     .children(units().children(province_, make_date(2021, 8, 1)).front()->id, make_date(2021, 8, 1))
                     .front()
                     ->id) {
    access().set_household(testing::households({{AccountId{1001}, kPerson}}));
    access().set_household_people([](store::Session&, AccountId account) {
      return account == AccountId{1001} ? std::vector<PersonId>{kPerson} : std::vector<PersonId>{};
    });
  }

  Access& access() { return identity().access; }

  std::string check(const Caller& caller, const Action& action, const Subject& subject) {
    return code_of(
        database_->transact_now([&](store::Session& s) { return access().require(s, caller, action, subject); }));
  }

  std::vector<AccessEntry> log(Access::Filter filter = {}) {
    identity().chain.seal_now();
    return database_->read_now([&](store::Session& s) { return access().list(s, filter, INT64_MAX, 100); }).items;
  }

  Verdict verify() { return run(identity().chain.verify()); }

  // Three sealed rows.
  void three_rows() {
    for (int i = 0; i < 3; ++i)
      ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, "case 1"}), "ok");
    ASSERT_EQ(identity().chain.seal_now(), 3U);
    ASSERT_TRUE(verify().intact);
  }

  UnitId province_, elsewhere_, commune_;
};

INSTANTIATE_TEST_SUITE_P(Engines, AccessTest, store::testing::engines(), store::testing::engine_name);

// ---- may he? ----

TEST_P(AccessTest, RoleForAnAreaThatCoversTheUnitPasses) {
  const Subject subject{kPerson, commune_, "case 1"};
  EXPECT_EQ(check(testing::officer(Role::kProvinceOfficer, province_), kRead, subject), "ok");
  EXPECT_EQ(check(testing::officer(Role::kStationOfficer, commune_), kRead, subject), "ok");
  EXPECT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, subject), "ok");  // the whole country
}

TEST_P(AccessTest, AnotherAreaOrRoleDoesNot) {
  const Subject subject{kPerson, commune_, "case 1"};
  EXPECT_EQ(check(testing::officer(Role::kProvinceOfficer, elsewhere_), kRead, subject), "not_permitted");
  EXPECT_EQ(check(testing::officer(Role::kCommander), kRead, subject), "not_permitted");
  EXPECT_EQ(check(testing::officer(Role::kAdministrator), kRead, subject), "not_permitted");
  EXPECT_EQ(check(testing::nobody(), kRead, subject), "unauthenticated");
  EXPECT_EQ(check(testing::limited(testing::officer(Role::kProvinceOfficer)), kRead, subject), "second_proof_required");
}

TEST_P(AccessTest, OfficersOfTheSuccessorSeeFactsOfTheOldUnit) {
  const auto successors = units().successors(commune_);
  ASSERT_FALSE(successors.empty());
  EXPECT_EQ(check(testing::officer(Role::kStationOfficer, successors.front().to), kRead, {kPerson, commune_, ""}),
            "ok");
}

TEST_P(AccessTest, RoleAndAreaMustBelongToOneGrant) {
  Caller two = testing::officer(Role::kProvinceOfficer, elsewhere_);
  two.grants.push_back(Grant{Role::kCommander, province_});
  EXPECT_EQ(check(two, kRead, {kPerson, commune_, ""}), "not_permitted");
}

TEST_P(AccessTest, PersonWithoutAUnitIsOnlyForTheWholeCountry) {
  EXPECT_EQ(check(testing::officer(Role::kProvinceOfficer, province_), kRead, {kPerson, {}, ""}), "not_permitted");
  EXPECT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, {kPerson, {}, ""}), "ok");
  EXPECT_EQ(check(testing::officer(Role::kProvinceOfficer, province_), kRead, {}), "ok");  // nobody's data
}

TEST_P(AccessTest, CitizensReachTheirHouseholdAndNobodyElse) {
  EXPECT_EQ(check(testing::citizen(1001), kRead, {kPerson, commune_, ""}), "ok");
  EXPECT_EQ(check(testing::citizen(1001), kRead, {kOther, commune_, ""}), "not_permitted");
  EXPECT_EQ(check(testing::citizen(1002), kRead, {kPerson, commune_, ""}), "not_permitted");
  EXPECT_EQ(check(testing::limited(testing::citizen(1001)), kRead, {kPerson, commune_, ""}), "second_proof_required");
  access().set_household({});
  EXPECT_EQ(check(testing::citizen(1001), kRead, {kPerson, commune_, ""}), "not_permitted");
}

TEST_P(AccessTest, ContactHistoriesNeedAReason) {
  EXPECT_EQ(check(testing::officer(Role::kProvinceOfficer), kHistory, {kPerson, commune_, ""}), "reason_required");
  EXPECT_EQ(check(testing::officer(Role::kProvinceOfficer), kHistory, {kPerson, commune_, "case 7"}), "ok");
  EXPECT_EQ(check(testing::citizen(1001), kHistory, {kPerson, commune_, ""}), "ok");  // nobody explains reading his own
}

TEST_P(AccessTest, PublicActionsPassForAnybody) {
  EXPECT_EQ(check(testing::nobody(), kOpen, {}), "ok");
}

TEST_P(AccessTest, AreasOfACaller) {
  Caller two = testing::officer(Role::kProvinceOfficer, province_);
  two.grants.push_back(Grant{Role::kStationOfficer, commune_});
  two.grants.push_back(Grant{Role::kCommander, elsewhere_});
  EXPECT_THAT(access().areas(two, kRead), ElementsAre(province_, commune_));
  EXPECT_THAT(access().areas(testing::officer(Role::kProvinceOfficer), kRead), ElementsAre(UnitId{}));
  EXPECT_THAT(access().areas(testing::citizen(), kRead), IsEmpty());
  EXPECT_THAT(access().areas(testing::limited(two), kRead), IsEmpty());
}

// ---- the log ----

TEST_P(AccessTest, PassedAndRefusedChecksAboutAPersonAreLogged) {
  const Caller an = testing::officer(Role::kProvinceOfficer, province_, 9001);
  const Caller far = testing::officer(Role::kProvinceOfficer, elsewhere_, 9002);
  ASSERT_EQ(check(an, kRead, {kPerson, commune_, "case 1"}), "ok");
  ASSERT_EQ(check(far, kRead, {kPerson, commune_, "curious"}), "not_permitted");
  const auto rows = log();
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_FALSE(rows[0].passed);
  EXPECT_EQ(rows[0].account, far.account);
  EXPECT_EQ(rows[0].reason, "curious");
  EXPECT_TRUE(rows[1].passed);
  EXPECT_EQ(rows[1].account, an.account);
  EXPECT_EQ(rows[1].name, an.name);
  EXPECT_EQ(rows[1].role, Role::kProvinceOfficer);
  EXPECT_EQ(rows[1].area, province_);
  EXPECT_EQ(rows[1].action, "cases.read");
  EXPECT_EQ(rows[1].purpose, Purpose::kCaseManagement);
  EXPECT_EQ(rows[1].person, kPerson);
  EXPECT_EQ(rows[1].unit, commune_);
  EXPECT_EQ(rows[1].reason, "case 1");
  EXPECT_EQ(rows[1].at, clock_.now());
}

TEST_P(AccessTest, RefusalIsLoggedAlthoughItsTransactionIsRolledBack) {
  const auto refused = database_->transact_now([&](store::Session& s) -> Result<Done> {
    return access().require(s, testing::citizen(1002), kRead, {kPerson, commune_, ""});
  });
  EXPECT_FALSE(refused);
  ASSERT_THAT(log({.person = kPerson}), SizeIs(1));
  EXPECT_FALSE(log().front().passed);
}

TEST_P(AccessTest, WhatIsRolledBackDisclosedNothing) {
  const auto failed = database_->transact_now([&](store::Session& s) -> Result<Done> {
    EXPECT_TRUE(access().require(s, testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, "x"}));
    return kConflict;
  });
  EXPECT_FALSE(failed);
  EXPECT_THAT(log(), IsEmpty());
}

TEST_P(AccessTest, OwnHouseholdIsNotLoggedNorWhatIsAboutNobody) {
  EXPECT_EQ(check(testing::citizen(1001), kRead, {kPerson, commune_, ""}), "ok");
  EXPECT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, {}), "ok");
  EXPECT_THAT(log(), IsEmpty());
}

TEST_P(AccessTest, ListsAndExportsAreOneRow) {
  database_->transact_now([&](store::Session& s) {
    access().log_list(s, testing::officer(Role::kProvinceOfficer), kRead, 37, "unit=1 status=open");
  });
  const auto rows = log();
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].persons, 37);
  EXPECT_EQ(rows[0].filter, "unit=1 status=open");
}

TEST_P(AccessTest, APageIsCheckedAndLoggedAsEachOfItsRows) {
  const auto each = [&](const Caller& caller, const Action& action, const std::vector<Subject>& subjects) {
    return code_of(
        database_->transact_now([&](store::Session& s) { return access().require_each(s, caller, action, subjects); }));
  };
  Caller officer = testing::officer(Role::kProvinceOfficer, province_);
  officer.grants.push_back({Role::kStationOfficer, elsewhere_});
  EXPECT_EQ(each(officer, kRead, {{kPerson, commune_, "one"}, {PersonId{}, commune_, ""}, {kOther, elsewhere_, "two"}}),
            "ok");
  auto rows = log();
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[1].person, kPerson);
  EXPECT_EQ(rows[1].area, province_);
  EXPECT_EQ(rows[1].reason, "one");
  EXPECT_EQ(rows[0].person, kOther);
  EXPECT_EQ(rows[0].role, Role::kStationOfficer) << "the grant that covers them";
  EXPECT_EQ(rows[0].area, elsewhere_);
  EXPECT_EQ(each(officer, kRead, {}), "ok");
  EXPECT_EQ(each(testing::citizen(1001), kRead, {{kPerson, commune_, ""}}), "ok") << "the own household";
  EXPECT_THAT(log(), SizeIs(2));
  EXPECT_EQ(each(testing::officer(Role::kProvinceOfficer, province_), kRead,
                 {{kPerson, commune_, "three"}, {kOther, elsewhere_, "three"}}),
            "not_permitted");
  EXPECT_EQ(each(officer, kHistory, {{kPerson, commune_, "four"}, {kPerson, commune_, ""}}), "reason_required");
  rows = log();
  ASSERT_THAT(rows, SizeIs(3)) << "who may not see one row is not written down as having seen the others";
  EXPECT_EQ(rows[0].person, kOther);
  EXPECT_FALSE(rows[0].passed);
  EXPECT_TRUE(verify().intact);
}

TEST_P(AccessTest, EverybodyOnAListHasARowOfTheirOwn) {
  Caller officer = testing::officer(Role::kProvinceOfficer, province_);
  officer.grants.push_back({Role::kStationOfficer, elsewhere_});
  const std::vector<Access::Shown> shown{
      {kPerson, commune_}, {kOther, elsewhere_}, {kPerson, commune_}, {PersonId{}, commune_}};
  database_->transact_now([&](store::Session& s) {
    access().log_each(s, officer, kRead, shown, "list of cases");
    access().log_each(s, officer, kRead, {}, "list of nobody");
    access().log_each(s, testing::citizen(1001), kRead, std::span(shown).first(1), "own household");
  });
  const auto rows = log();
  ASSERT_THAT(rows, SizeIs(2)) << "nobody twice";
  EXPECT_EQ(rows[1].person, kPerson);
  EXPECT_EQ(rows[1].unit, commune_);
  EXPECT_EQ(rows[1].role, Role::kProvinceOfficer);
  EXPECT_EQ(rows[1].area, province_);
  EXPECT_EQ(rows[1].reason, "list of cases");
  EXPECT_TRUE(rows[1].passed);
  EXPECT_EQ(rows[0].person, kOther);
  EXPECT_EQ(rows[0].role, Role::kStationOfficer) << "the grant that covers them";
  EXPECT_EQ(rows[0].area, elsewhere_);
  EXPECT_THAT(run(identity().access_log.mine(testing::citizen(1001), std::nullopt, std::nullopt, 10))->items,
              SizeIs(1));
  const Verdict verdict = verify();
  EXPECT_TRUE(verdict.intact) << verdict.broken_at.value_or("");
  EXPECT_EQ(verdict.rows, 2);
  EXPECT_EQ(verdict.unsealed, 0);
}

TEST_P(AccessTest, CitizensSeeWhoLookedAtTheirPeopleByRoleNotByName) {
  ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer, province_), kRead, {kPerson, commune_, "case 1"}), "ok");
  ASSERT_EQ(check(testing::officer(Role::kStationOfficer, commune_), kRead, {kOther, commune_, ""}), "ok");
  const auto mine = run(identity().access_log.mine(testing::citizen(1001), std::nullopt, std::nullopt, 10));
  ASSERT_TRUE(mine);
  ASSERT_THAT(mine->items, SizeIs(1));
  EXPECT_EQ(mine->items[0].person, kPerson);
  EXPECT_EQ(mine->items[0].role, Role::kProvinceOfficer);
  EXPECT_EQ(mine->items[0].unit_name, units().path_text(province_));
  EXPECT_THAT(json::text(mine->items[0]), ::testing::Not(::testing::HasSubstr("\"name\"")));
  EXPECT_TRUE(run(identity().access_log.mine(testing::citizen(1001), kPerson, std::nullopt, 10)));
  EXPECT_EQ(code_of(run(identity().access_log.mine(testing::citizen(1001), kOther, std::nullopt, 10))),
            "not_permitted");
  EXPECT_THAT(run(identity().access_log.mine(testing::citizen(1002), std::nullopt, std::nullopt, 10))->items,
              IsEmpty());
}

TEST_P(AccessTest, CitizensSeeWhatOfficersWroteAndNoNumbersOfRecords) {
  for (const char* reason : {"asked by phone", "case 2026-0017", "case 2026-0017: asked by phone", "outbreak 1a",
                             "line list 1a", "follow-up 17", "list of tasks", "order of the province"})
    ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, reason}), "ok");
  const auto mine = run(identity().access_log.mine(testing::citizen(1001), std::nullopt, std::nullopt, 10));
  ASSERT_TRUE(mine);
  std::vector<std::string> seen;
  for (const auto& one : mine->items)
    seen.push_back((one.note ? json::enum_text(*one.note) + ": " : std::string()) + one.reason);
  EXPECT_THAT(seen, ElementsAre("order of the province", "listOfTasks: ", "followUp: ", "lineList: ", "outbreak: ",
                                "caseFile: asked by phone", "caseFile: ", "asked by phone"));
  EXPECT_THAT(json::text(mine->items), ::testing::Not(::testing::HasSubstr("2026-0017")));
  const auto all = run(identity().access_log.all(testing::officer(Role::kAuditor), {}, std::nullopt, 10));
  ASSERT_TRUE(all);
  EXPECT_THAT(all->items, ::testing::Contains(::testing::Field("record", &AuditItem::record, "2026-0017")).Times(2));
}

TEST_P(AccessTest, PagesGoBackInTime) {
  for (int i = 0; i < 5; ++i)
    ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, std::to_string(i)}), "ok");
  std::vector<std::string> seen;
  std::optional<std::int64_t> before;
  do {
    const auto page = run(identity().access_log.mine(testing::citizen(1001), std::nullopt, before, 2));
    ASSERT_TRUE(page);
    for (const auto& one : page->items) seen.push_back(one.reason);
    before = page->next ? parse_id(*page->next) : std::nullopt;
  } while (before);
  EXPECT_THAT(seen, ElementsAre("4", "3", "2", "1", "0"));
}

TEST_P(AccessTest, AuditorsSeeAllByFilterAndTheirLookingIsLogged) {
  ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer, {}, 9001), kRead, {kPerson, commune_, "a"}), "ok");
  clock_.advance(std::chrono::hours(1));
  ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer, {}, 9002), kRead, {kOther, commune_, "b"}), "ok");
  const Caller auditor = testing::officer(Role::kAuditor, {}, 9005);
  const auto reasons = [&](Access::Filter filter) {
    std::vector<std::string> out;
    const auto page = run(identity().access_log.all(auditor, filter, std::nullopt, 50));
    for (const auto& one : page->items)
      if (one.action == "cases.read") out.push_back(one.reason);
    return out;
  };
  EXPECT_THAT(reasons({}), ElementsAre("b", "a"));
  EXPECT_THAT(reasons({.person = kPerson}), ElementsAre("a"));
  EXPECT_THAT(reasons({.account = AccountId{9002}}), ElementsAre("b"));
  EXPECT_THAT(reasons({.person = kPerson, .account = AccountId{9002}}), IsEmpty());
  EXPECT_THAT(reasons({.from = clock_.now()}), ElementsAre("b"));
  EXPECT_THAT(reasons({.to = clock_.now()}), ElementsAre("a"));
  const auto own = log({.account = auditor.account});
  ASSERT_THAT(own, SizeIs(6));
  EXPECT_EQ(own.back().action, "access_log.read");
  EXPECT_EQ(own.back().persons, 2);
  EXPECT_EQ(code_of(run(identity().access_log.all(testing::officer(Role::kProvinceOfficer), {}, std::nullopt, 50))),
            "not_permitted");
  EXPECT_EQ(code_of(run(identity().access_log.verify(testing::citizen()))), "not_permitted");
  EXPECT_TRUE(run(identity().access_log.verify(auditor)));
}

// ---- the chain ----

TEST_P(AccessTest, UntouchedLogIsIntact) {
  three_rows();
  EXPECT_TRUE(identity().chain.checkpoint_now());
  EXPECT_FALSE(identity().chain.checkpoint_now());  // nothing new
  ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, "x"}), "ok");
  const Verdict verdict = verify();
  EXPECT_TRUE(verdict.intact) << verdict.broken_at.value_or("");
  EXPECT_EQ(verdict.rows, 4);
  EXPECT_EQ(verdict.unsealed, 1);
}

TEST_P(AccessTest, ChangedRowIsFound) {
  three_rows();
  const auto rows = log();
  sql("UPDATE identity_access SET reason = 'nothing special' WHERE id = " + std::to_string(rows[1].id));
  const Verdict verdict = verify();
  EXPECT_FALSE(verdict.intact);
  EXPECT_EQ(verdict.found, Tampering::kChanged);
  EXPECT_EQ(verdict.broken_at, "entry " + id_text(rows[1].id));
}

TEST_P(AccessTest, EveryColumnIsProtected) {
  three_rows();
  const std::string id = std::to_string(log()[1].id);
  for (const char* change :
       {"at = at + 1", "account = account + 1", "name = 'x'", "role = 'auditor'", "area = area + 1", "action = 'x'",
        "purpose = 'audit'", "person = person + 1", "about = about + 1", "unit = unit + 1", "filter = 'x'",
        "persons = persons + 1", "passed = NOT passed", "mac = 'x'"}) {
    const std::string column = std::string(change).substr(0, std::string(change).find(' '));
    sql("CREATE TABLE kept AS SELECT " + column + " AS v FROM identity_access WHERE id = " + id);
    sql("UPDATE identity_access SET " + std::string(change) + " WHERE id = " + id);
    EXPECT_FALSE(verify().intact) << change;
    sql("UPDATE identity_access SET " + column + " = (SELECT v FROM kept) WHERE id = " + id);
    sql("DROP TABLE kept");
    EXPECT_TRUE(verify().intact) << change;
  }
}

TEST_P(AccessTest, RemovedRowIsFound) {
  three_rows();
  const auto rows = log();
  sql("DELETE FROM identity_access WHERE id = " + std::to_string(rows[1].id));
  const Verdict verdict = verify();
  EXPECT_EQ(verdict.found, Tampering::kRemoved);
  EXPECT_EQ(verdict.broken_at, "entry " + id_text(rows[1].id));
}

TEST_P(AccessTest, RowRemovedTogetherWithItsLinkIsFound) {
  three_rows();
  const std::string id = std::to_string(log()[1].id);
  sql("DELETE FROM identity_access WHERE id = " + id);
  sql("DELETE FROM identity_access_link WHERE entry = " + id);
  EXPECT_EQ(verify().found, Tampering::kRemoved);
  sql("UPDATE identity_access_link SET seq = 2 WHERE seq = 3");  // closing the gap does not help
  EXPECT_FALSE(verify().intact);
}

TEST_P(AccessTest, RowRemovedBeforeItWasSealedIsFoundByItsMark) {
  ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, "x"}), "ok");
  sql("DELETE FROM identity_access");
  EXPECT_EQ(verify().found, Tampering::kRemoved);
}

TEST_P(AccessTest, InsertedRowIsFound) {
  three_rows();
  const std::string id = std::to_string(log()[1].id);
  sql("INSERT INTO identity_access SELECT id + 1000, at, account, name, role, area, action, purpose, person, about, "
      "unit, "
      "'forged', filter, "
      "persons, passed, mac FROM identity_access WHERE id = " +
      id);
  const Verdict verdict = verify();
  EXPECT_EQ(verdict.found, Tampering::kInserted);
}

TEST_P(AccessTest, RowWhoseMarkWasTakenAwayIsFoundAfterAWhile) {
  ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, "x"}), "ok");
  sql("DELETE FROM identity_access_pending");
  EXPECT_TRUE(verify().intact);  // it might be sealed any moment
  clock_.advance(AccessChain::kUnsealedMost + std::chrono::seconds(1));
  EXPECT_EQ(verify().found, Tampering::kInserted);
}

TEST_P(AccessTest, ReorderedRowsAreFound) {
  three_rows();
  const auto rows = log();
  const std::string second = std::to_string(rows[1].id);
  const std::string third = std::to_string(rows[0].id);
  sql("UPDATE identity_access_link SET entry = 0 WHERE seq = 2");
  sql("UPDATE identity_access_link SET entry = " + second + " WHERE seq = 3");
  sql("UPDATE identity_access_link SET entry = " + third + " WHERE seq = 2");
  EXPECT_FALSE(verify().intact);
}

TEST_P(AccessTest, ChainCutAtItsEndIsFoundByTheCheckpoint) {
  three_rows();
  ASSERT_TRUE(identity().chain.checkpoint_now());
  sql("DELETE FROM identity_access WHERE id = (SELECT entry FROM identity_access_link WHERE seq = 3)");
  sql("DELETE FROM identity_access_link WHERE seq = 3");
  const Verdict verdict = verify();
  EXPECT_EQ(verdict.found, Tampering::kCut);
}

TEST_P(AccessTest, ChangedCheckpointIsFound) {
  three_rows();
  ASSERT_TRUE(identity().chain.checkpoint_now());
  sql("UPDATE identity_access_checkpoint SET at = at + 1");
  EXPECT_EQ(verify().found, Tampering::kChanged);
}

TEST_P(AccessTest, CutWithItsCheckpointsIsFoundByTheAnchorOutside) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("luytre-anchor-" + std::to_string(::getpid()) + "-" + std::to_string(clock_.now().seconds));
  std::filesystem::remove(file);
  AccessChain chain(*database_, access(), clock_, file);
  three_rows();
  ASSERT_TRUE(chain.checkpoint_now());
  EXPECT_TRUE(run(chain.verify()).intact);
  for (const char* table :
       {"identity_access", "identity_access_link", "identity_access_pending", "identity_access_checkpoint"}) {
    sql(std::string("DELETE FROM ") + table);
  }
  EXPECT_TRUE(verify().intact);  // without the anchor an empty log looks like a new one
  const Verdict verdict = run(chain.verify());
  std::filesystem::remove(file);
  EXPECT_EQ(verdict.found, Tampering::kCut);
  EXPECT_EQ(verdict.broken_at, "checkpoint 1");
}

TEST_P(AccessTest, WhoeverLacksTheKeyCannotRebuildTheChain) {
  std::array<unsigned char, Vault::kKeyBytes> key{};
  key.fill(99);
  const Vault stranger(key);
  const Access forger(units(), clock_, database_->ids(), stranger);
  three_rows();
  AccessEntry forged = log()[1];
  forged.reason = "forged";
  sql("UPDATE identity_access SET reason = 'forged', mac = '" + forger.mac(forged) +
      "' WHERE id = " + std::to_string(forged.id));
  EXPECT_FALSE(verify().intact);
}

TEST_P(AccessTest, RowsOfADeadProcessAreSealedByAnother) {
  IdMaker elsewhere(1000);
  const Access dead(units(), clock_, elsewhere, house_.vault());
  const auto logged = database_->transact_now([&](store::Session& s) {
    return dead.require(s, testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, "x"});
  });
  ASSERT_TRUE(logged);
  EXPECT_EQ(identity().chain.seal_now(), 0U);  // perhaps it lives
  clock_.advance(AccessChain::kOrphanAfter + std::chrono::seconds(1));
  EXPECT_EQ(identity().chain.seal_now(), 1U);
  const Verdict verdict = verify();
  EXPECT_TRUE(verdict.intact);
  EXPECT_EQ(verdict.unsealed, 0);
}

TEST_P(AccessTest, ChainGoesOnAfterARestart) {
  three_rows();
  const Verdict before = verify();
  AccessChain again(*database_, access(), clock_, {});
  ASSERT_EQ(check(testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, "x"}), "ok");
  EXPECT_EQ(again.seal_now(), 1U);
  const Verdict after = verify();
  EXPECT_TRUE(after.intact);
  EXPECT_EQ(after.rows, before.rows + 1);
}

TEST_P(AccessTest, ManyTransactionsAtOnceAllLogWhileTheChainIsSealed) {
  constexpr int kThreads = 8;
  constexpr int kEach = 25;
  std::atomic<bool> done = false;
  std::thread sealer([&] {
    while (!done) identity().chain.seal_now();
  });
  std::vector<std::thread> writers;
  std::atomic<int> passed = 0;
  for (int i = 0; i < kThreads; ++i) {
    writers.emplace_back([&] {
      for (int k = 0; k < kEach; ++k)
        if (check(testing::officer(Role::kProvinceOfficer), kRead, {kPerson, commune_, "x"}) == "ok") ++passed;
    });
  }
  for (auto& one : writers) one.join();
  done = true;
  sealer.join();
  identity().chain.seal_now();
  EXPECT_EQ(passed, kThreads * kEach);
  const Verdict verdict = verify();
  EXPECT_TRUE(verdict.intact) << verdict.broken_at.value_or("");
  EXPECT_EQ(verdict.rows, kThreads * kEach);
  EXPECT_EQ(verdict.unsealed, 0);
}

TEST_P(AccessTest, ItsThreadSealsByItself) {
  identity().start();
  ASSERT_EQ(check(testing::citizen(1002), kRead, {kPerson, commune_, ""}), "not_permitted");  // waits in memory
  for (int i = 0; i < 600 && verify().rows == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  identity().stop();
  const Verdict verdict = verify();
  EXPECT_EQ(verdict.rows, 1);
  EXPECT_EQ(verdict.unsealed, 0);
  EXPECT_TRUE(verdict.intact);
}

}  // namespace
}  // namespace luytre::identity
