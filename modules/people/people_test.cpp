#include "modules/people/people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "engines/linkage/person_code.h"
#include "modules/people/people_fixture.h"
#include "platform/base/result_testing.h"
#include "platform/base/run.h"
#include "platform/identity/testing.h"
#include "platform/store/counting_testing.h"
#include "platform/store/testing.h"

namespace luytre::people {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const UnitId kOldHaiThuong{2021319708};

NewPerson an() {
  NewPerson out;
  out.name = std::string("Nguyễn Văn An");
  out.birth_date = make_date(1980, 5, 17);
  out.sex = Sex::kMale;
  out.unit = kHaiLang;
  out.address = std::string("Thôn 3, số 12");
  out.paper = Paper{PaperKind::kCccd, std::string("045 080 000 123")};
  out.relation = Relation::kSelf;
  return out;
}

NewPerson mai() {
  NewPerson out;
  out.name = std::string("Nguyễn Thị Mai");
  out.birth_year = 2015;
  out.sex = Sex::kFemale;
  out.unit = kHaiLang;
  out.relation = Relation::kChild;
  return out;
}

class PeopleTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  PeopleTest() {
    house_->access.set_household(&People::is_member);
    house_->access.set_household_people(&People::household_people);
    db_->transact_now([&](store::Session& s) {
      house_->accounts.create(s, account_.account, "+84912345678");
      house_->accounts.create(s, other_.account, "+84987654321");
    });
  }

  Person created(const Caller& caller, NewPerson person) {
    auto made = run(people_.create(caller, std::move(person)));
    if (!made) throw std::runtime_error("refused: " + made.error().code);
    return *made;
  }
  std::vector<std::string> found(const Caller& caller, Search search) {
    if (search.reason.empty()) search.reason = "case 7";
    const auto page = run(people_.search(caller, std::move(search), 50));
    if (!page) return {page.error().code};
    std::vector<std::string> out;
    for (const auto& item : page->items) out.push_back(item.name);
    return out;
  }
  std::vector<std::string> log_of(const Caller& caller) {
    return db_->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      const auto page = house_->access.about_me(s, caller, std::nullopt, INT64_MAX, 50);
      for (const auto& entry : page->items) out.push_back(entry.action + ' ' + entry.reason);
      return out;
    });
  }

  ManualClock clock_{*parse_instant("2026-03-02T01:30:00Z")};
  store::testing::TestDatabase db_{GetParam(), rooms(), clock_};
  identity::testing::House house_{*db_, geography(), clock_};
  const Vault vault_ = identity::testing::vault();
  People people_{*db_, geography(), house_->access, house_->accounts, vault_, clock_};
  const Caller account_ = citizen(1001), other_ = citizen(1002);
  const Caller station_ = officer(Role::kStationOfficer, kHaiLang), far_ = officer(Role::kStationOfficer, kDaNang);
};

TEST_P(PeopleTest, AnAccountAnswersForItsHousehold) {
  const Person self = created(account_, an());
  EXPECT_EQ(self.birth_year, 1980);
  EXPECT_EQ(self.nationality, "VN");
  EXPECT_THAT(self.unit_path, HasSubstr("Hải Lăng"));
  EXPECT_EQ(self.address, "Thôn 3, số 12");
  EXPECT_THAT(*self.phone_masked, AllOf(HasSubstr("678"), Not(HasSubstr("345"))));
  EXPECT_EQ(self.paper_masked, "*********123");
  const Person child = created(account_, mai());
  EXPECT_FALSE(child.birth_date);
  EXPECT_EQ(child.birth_year, 2015);

  const auto page = run(people_.household(account_));
  ASSERT_THAT(page->items, SizeIs(2));
  EXPECT_EQ(page->items[0].id, self.id) << "self first";
  EXPECT_EQ(page->items[1].relation, Relation::kChild);
  EXPECT_EQ(run(people_.in_household(account_, std::nullopt))->id, self.id);
  EXPECT_EQ(run(people_.in_household(account_, child.id))->id, child.id);
}

TEST_P(PeopleTest, NobodyElseReachesIt) {
  const Person self = created(account_, an());
  EXPECT_EQ(code(run(people_.in_household(other_, self.id))), "not_in_household");
  EXPECT_EQ(code(run(people_.edit(other_, self.id, {}, 1))), "not_in_household");
  EXPECT_EQ(code(run(people_.leave(other_, self.id))), "not_in_household");
  EXPECT_EQ(code(run(people_.code(other_, self.id))), "not_in_household");
  EXPECT_EQ(code(run(people_.in_household(other_, PersonId{}))), "not_in_household");
  EXPECT_EQ(code(run(people_.in_household(other_, std::nullopt))), "no_own_record");
  EXPECT_EQ(code(run(people_.household(identity::testing::nobody()))), "unauthenticated");
  EXPECT_EQ(code(run(people_.household(identity::testing::limited(account_)))), "second_proof_required");
}

TEST_P(PeopleTest, WhatIdentifiesLiesSealed) {
  const Person self = created(account_, an());
  const auto sealed = db_->read_now([&](store::Session& s) {
    std::string all;
    for (const char* sql :
         {"SELECT address FROM people_person WHERE id = $1", "SELECT sealed FROM people_paper WHERE person = $1",
          "SELECT blind FROM people_paper WHERE person = $1"}) {
      all += s.value<store::Bytes>({sql, sql}, self.id).data;
    }
    return all;
  });
  for (const char* plain : {"Thôn", "045080000123", "080000"}) EXPECT_THAT(sealed, Not(HasSubstr(plain)));
}

TEST_P(PeopleTest, RefusesWhatCannotBe) {
  NewPerson wrong = an();
  wrong.name = std::string("12 -- ");
  wrong.birth_year = 1981;
  wrong.unit = kQuangTri;
  wrong.nationality = std::string("vn");
  wrong.paper = Paper{PaperKind::kCmnd, std::string("12345")};
  wrong.phone = std::string("115");
  wrong.relation.reset();
  EXPECT_THAT(
      fields(run(people_.create(account_, wrong))),
      UnorderedElementsAre("/name format", "/birthYear contradiction", "/unit not_a_commune", "/nationality format",
                           "/paper/number format", "/phone format", "/relation required"));
  NewPerson unborn = mai();
  unborn.birth_year = 2027;
  unborn.unit = kOldHaiThuong;
  EXPECT_THAT(fields(run(people_.create(account_, unborn))),
              UnorderedElementsAre("/birthYear range", "/unit not_in_force"));
  unborn = mai();
  unborn.birth_year.reset();
  unborn.unit = UnitId{42};
  EXPECT_THAT(fields(run(people_.create(account_, unborn))),
              UnorderedElementsAre("/birthYear required", "/unit unknown"));
  NewPerson old = mai();
  old.birth_year = 1895;
  EXPECT_THAT(fields(run(people_.create(account_, old))), ElementsAre("/birthYear range"));
}

TEST_P(PeopleTest, NamesAreTextAndNothingElse) {
  NewPerson odd = mai();
  odd.name = std::string("O'Brien'); DROP TABLE people_person; --<script>alert(1)</script>");
  const Person made = created(account_, odd);
  EXPECT_EQ(made.name, odd.name);
  EXPECT_EQ(run(people_.in_household(account_, made.id))->name, odd.name);
}

TEST_P(PeopleTest, OneOwnRecordAndABoundedHousehold) {
  created(account_, an());
  EXPECT_EQ(code(run(people_.create(account_, an()))), "own_record_exists");
  for (std::size_t i = 1; i < kHouseholdMost; ++i) created(account_, mai());
  EXPECT_EQ(code(run(people_.create(account_, mai()))), "household_full");
}

TEST_P(PeopleTest, EditsAreVersionedAndKeepPrecision) {
  const Person self = created(account_, an());
  PersonEdit edit;
  edit.name = std::string("Nguyễn Văn Ân");
  edit.birth_year = 1981;
  edit.paper = Paper{PaperKind::kInsurance, std::string("DN4790123456789")};
  const auto edited = run(people_.edit(account_, self.id, edit, 1));
  ASSERT_TRUE(edited) << edited.error().code;
  EXPECT_EQ(edited->version, 2);
  EXPECT_FALSE(edited->birth_date) << "a changed year makes the full date unknown";
  EXPECT_EQ(edited->birth_year, 1981);
  EXPECT_EQ(edited->address, "Thôn 3, số 12");
  EXPECT_EQ(edited->paper_masked, "************789");

  const auto late = run(people_.edit(account_, self.id, edit, 1));
  ASSERT_EQ(code(late), "version_conflict");
  EXPECT_THAT(late.error().current, HasSubstr("Nguyễn Văn Ân"));
  PersonEdit relation;
  relation.relation = Relation::kChild;
  EXPECT_THAT(fields(run(people_.edit(account_, self.id, relation, 2))), ElementsAre("/relation fixed"));
  EXPECT_THAT(store::testing::event_lines(*db_), Contains("person.changed:" + std::to_string(self.id.value)));

  Search by_old_paper, by_new_name;
  by_old_paper.paper = "045080000123";
  EXPECT_THAT(found(station_, by_old_paper), ElementsAre("Nguyễn Văn Ân")) << "old papers keep finding the person";
  by_new_name.name = "nguyen van an";
  by_new_name.birth_year = 1980;
  EXPECT_THAT(found(station_, by_new_name), IsEmpty());
}

TEST_P(PeopleTest, ConcurrentEditsLoseNothing) {
  const Person self = created(account_, an());
  int won = 0, lost = 0;
  std::mutex guard;
  std::vector<std::thread> editors;
  for (int i = 0; i < 8; ++i) {
    editors.emplace_back([&, i] {
      PersonEdit edit;
      edit.address = std::string("Thôn ") + std::to_string(i);
      const auto result = run(people_.edit(account_, self.id, edit, 1));
      const std::lock_guard lock(guard);
      ++(result ? won : lost);
      EXPECT_EQ(code(result), result ? "" : "version_conflict");
    });
  }
  for (auto& editor : editors) editor.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 7);
}

TEST_P(PeopleTest, WhoLeavesKeepsTheRecord) {
  const Person self = created(account_, an()), child = created(account_, mai());
  EXPECT_EQ(code(run(people_.leave(account_, self.id))), "self_cannot_leave");
  EXPECT_TRUE(run(people_.leave(account_, child.id)));
  EXPECT_EQ(code(run(people_.leave(account_, child.id))), "not_in_household");
  EXPECT_THAT(run(people_.household(account_))->items, SizeIs(1));
  EXPECT_THAT(store::testing::event_lines(*db_), Contains("household.left:" + std::to_string(child.id.value)));
  db_->read_now([&](store::Session& s) {
    EXPECT_EQ(people_.account_of(s, child.id), std::nullopt);
    EXPECT_TRUE(people_.brief(s, child.id));
    const store::Query published{"test.published", "SELECT account FROM people_pub_person WHERE id = $1"};
    EXPECT_EQ(s.value<std::optional<std::int64_t>>(published, self.id), 1001);
    EXPECT_EQ(s.value<std::optional<std::int64_t>>(published, child.id), std::nullopt);
    const store::Query parted{"test.parted", "SELECT parted FROM people_pub_household WHERE person = $1"};
    EXPECT_EQ(s.value<Instant>(parted, child.id), clock_.now());
  });
}

TEST_P(PeopleTest, OfficersFindPeopleOfTheirArea) {
  created(account_, an());
  created(account_, mai());
  NewPerson elsewhere = mai();
  elsewhere.name = std::string("Nguyễn Thị Mai Hoa");
  elsewhere.unit = geography().children(kDaNang, local_date(clock_.now())).front()->id;
  created(other_, elsewhere);

  Search phone, paper, name, word, none;
  phone.phone = "0912.345.678";
  EXPECT_THAT(found(station_, phone), UnorderedElementsAre("Nguyễn Văn An", "Nguyễn Thị Mai"))
      << "of the account's household";
  phone.birth_year = 1980;
  EXPECT_THAT(found(station_, phone), ElementsAre("Nguyễn Văn An"));
  paper.paper = "045.080.000.123";
  EXPECT_THAT(found(station_, paper), ElementsAre("Nguyễn Văn An"));
  EXPECT_THAT(found(far_, paper), IsEmpty());
  name.name = "mai NGUYEN";
  EXPECT_THAT(found(station_, name), ElementsAre("Nguyễn Thị Mai"));
  EXPECT_THAT(found(far_, name), ElementsAre("Nguyễn Thị Mai Hoa"));
  EXPECT_THAT(found(officer(Role::kProvinceOfficer), name), SizeIs(2));
  word.name = "Mai";
  EXPECT_THAT(found(station_, word), ElementsAre("invalid"));
  word.birth_year = 2015;
  EXPECT_THAT(found(station_, word), ElementsAre("Nguyễn Thị Mai"));
  EXPECT_THAT(found(station_, none), ElementsAre("invalid"));
  EXPECT_THAT(found(account_, name), ElementsAre("not_permitted"));
  EXPECT_THAT(found(officer(Role::kCommander), name), ElementsAre("not_permitted"));
}

TEST_P(PeopleTest, ABirthThatNobodyKnowsIsSaidAndNotLeftOut) {
  NewPerson unknown = an();
  unknown.relation.reset();
  unknown.birth_date.reset();
  EXPECT_EQ(code(run(people_.register_person(station_, unknown))), "invalid") << "left out";
  unknown.birth_unknown = true;
  const auto made = run(people_.register_person(station_, unknown));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->birth_year, 0);
  EXPECT_FALSE(made->birth_date);
  Search search;
  search.name = "nguyen an";
  EXPECT_THAT(found(station_, search), ElementsAre("Nguyễn Văn An"));
  search.birth_year = 1980;
  EXPECT_THAT(found(station_, search), IsEmpty());
  const auto written = db_->read_now([&](store::Session& s) { return people_.written(s, made->id); });
  EXPECT_EQ(written->birth_unknown, true);
  EXPECT_THAT(people_.check(*written), IsEmpty());

  PersonCorrection told;
  told.reason = std::string("người nhà đến");
  told.birth_year = 1980;
  EXPECT_EQ(run(people_.correct(station_, made->id, told, 1))->birth_year, 1980);

  unknown.birth_year = 1980;
  EXPECT_EQ(code(run(people_.register_person(station_, unknown))), "invalid") << "both";
  NewPerson own = mai();
  own.relation = Relation::kSelf;
  own.birth_year.reset();
  own.birth_unknown = true;
  EXPECT_EQ(code(run(people_.create(account_, own))), "invalid") << "who declares is to know";
}

TEST_P(PeopleTest, EveryLookOfAnOfficerIsSeenByTheCitizen) {
  const Person self = created(account_, an());
  EXPECT_THAT(log_of(account_), IsEmpty()) << "no record of reading one's own";
  Search search;
  search.name = "nguyen an";
  search.reason = "ca bệnh 12";
  found(station_, search);
  ASSERT_TRUE(run(people_.find(station_, self.id, "ca bệnh 13")));
  EXPECT_THAT(log_of(account_), UnorderedElementsAre("people.search ca bệnh 12", "people.read ca bệnh 13"));
  EXPECT_EQ(code(run(people_.find(far_, self.id, "x"))), "not_permitted");
  EXPECT_EQ(code(run(people_.find(station_, self.id, ""))), "reason_required");
  for (const char* of : {"nguyen an", "nguyen khong co"}) {
    Search blank;
    blank.name = of;
    blank.reason = " ";
    EXPECT_EQ(code(run(people_.search(station_, blank, 50))), "reason_required") << of;
  }
}

TEST_P(PeopleTest, ContactDataGoThroughTheCheckOfWhoAsks) {
  const identity::Action call{"tasks.read", Purpose::kFollowUp, {Role::kStationOfficer}};
  const Person self = created(account_, an());
  NewPerson grandmother = mai();
  grandmother.birth_year = 1940;
  grandmother.phone = std::string("0233 3873 115");
  const Person old = created(account_, grandmother);
  const auto contact = run(people_.contact(station_, call, old.id, "case 7"));
  ASSERT_TRUE(contact) << contact.error().code;
  EXPECT_THAT(contact->phones, ElementsAre("+842333873115", "+84912345678")) << "her own first, then the household's";
  EXPECT_EQ(run(people_.contact(station_, call, self.id, ""))->address, "Thôn 3, số 12");
  EXPECT_EQ(code(run(people_.contact(far_, call, self.id, ""))), "not_permitted");
  EXPECT_THAT(log_of(account_), Contains("tasks.read case 7"));
}

TEST_P(PeopleTest, ARepeatedCallMakesOnePersonAndKeepsOnlyAnId) {
  const auto once = store::make_once(1, "POST /people", "k", "body");
  created(account_, an());
  const auto child = run(people_.create(account_, mai(), once)), again = run(people_.create(account_, mai(), once));
  ASSERT_TRUE(child && again) << again.error().code;
  EXPECT_EQ(json::text(*again), json::text(*child));
  EXPECT_THAT(run(people_.household(account_))->items, SizeIs(2));

  NewPerson old = an();
  old.relation.reset();
  const auto other = store::make_once(2, "POST /people", "k", "body");
  const auto one = run(people_.register_person(station_, old, other));
  const auto twin = run(people_.register_person(station_, old, other));
  ASSERT_TRUE(one && twin) << twin.error().code;
  EXPECT_EQ(json::text(*twin), json::text(*one));
  db_->read_now([](store::Session& s) {
    const auto rows = s.connection().all(store::Query{"test.once", "SELECT answer FROM store_idempotency"}, {});
    EXPECT_THAT(rows, SizeIs(2));
    for (const auto& answer : rows) EXPECT_THAT(std::get<std::string>(answer.at(0)), Not(HasSubstr("name")));
    return Done{};
  });
}

TEST_P(PeopleTest, ManyAreBriefedAsEach) {
  const Person self = created(account_, an()), child = created(account_, mai());
  NewPerson bare = mai(), reachable = mai();
  bare.relation.reset();
  reachable.relation.reset();
  reachable.phone = std::string("0905 111 222");
  const auto nowhere = run(people_.register_person(station_, bare));
  const auto own = run(people_.register_person(station_, reachable));
  ASSERT_TRUE(nowhere && own);
  const std::vector<PersonId> asked{child.id, self.id, PersonId{7}, nowhere->id, own->id, self.id};
  db_->read_now([&](store::Session& s) {
    const auto found = people_.briefs(s, asked);
    ASSERT_THAT(found, SizeIs(4)) << "nobody twice, and nobody whom there is not";
    EXPECT_EQ(found.at(self.id).name, "Nguyễn Văn An");
    EXPECT_THAT(found.at(self.id).unit_path, HasSubstr("Hải Lăng"));
    EXPECT_THAT(*found.at(child.id).phone_masked, HasSubstr("678")) << "the household's";
    EXPECT_THAT(*found.at(own->id).phone_masked, HasSubstr("222"));
    EXPECT_FALSE(found.at(nowhere->id).phone_masked);
    for (const auto& [id, brief] : found) {
      EXPECT_EQ(people_.brief(s, id)->phone_masked, brief.phone_masked);
      EXPECT_EQ(people_.brief(s, id)->birth_year, brief.birth_year);
    }
    EXPECT_THAT(people_.briefs(s, {}), IsEmpty());
    store::testing::Counting counting(s);
    store::Session counted(counting);
    people_.briefs(counted, asked);
    EXPECT_THAT(counting.sent, SizeIs(4));
    EXPECT_THAT(counting.sent, ::testing::Each(::testing::Pair(::testing::_, 1))) << "for any number of them";

    counting.sent.clear();
    const auto contacts = people_.contacts_of(counted, asked);
    EXPECT_THAT(counting.sent, SizeIs(4));
    EXPECT_THAT(counting.sent, ::testing::Each(::testing::Pair(::testing::_, 1)));
    ASSERT_THAT(contacts, SizeIs(4));
    EXPECT_THAT(contacts.at(own->id).phones.front(), HasSubstr("222"));
    EXPECT_THAT(contacts.at(child.id).phones, SizeIs(1)) << "the household's";
    EXPECT_THAT(contacts.at(nowhere->id).phones, IsEmpty());
  });
}

TEST_P(PeopleTest, OfficersRegisterPeopleWithoutPhone) {
  NewPerson old = an();
  old.relation.reset();
  const auto made = run(people_.register_person(station_, old));
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_FALSE(made->phone_masked);
  EXPECT_EQ(code(run(people_.register_person(far_, old))), "not_permitted");
  EXPECT_EQ(code(run(people_.register_person(account_, old))), "not_permitted");
  old.relation = Relation::kSelf;
  EXPECT_THAT(fields(run(people_.register_person(station_, old))), ElementsAre("/relation unknown"));
}

TEST_P(PeopleTest, AnOfficerPutsARecordRightAndWhatStoodThereIsKept) {
  const Person self = created(account_, an());
  PersonCorrection asked;
  asked.reason = std::string("Đối chiếu CCCD");
  const auto correct = [&](const Caller& who, std::int64_t version) {
    return run(people_.correct(who, self.id, asked, version));
  };
  EXPECT_THAT(fields(correct(station_, 1)), ElementsAre(" required")) << "nothing is said";
  asked.name = std::string("Nguyễn Văn Ân");
  asked.birth_year = 1980;  // the day was a guess
  asked.address = std::string("");
  asked.paper = Paper{PaperKind::kCccd, std::string("045080000321")};
  asked.wrong_paper = std::string("045 080 000 123");
  EXPECT_EQ(code(correct(far_, 1)), "not_permitted");
  EXPECT_EQ(code(correct(account_, 1)), "not_permitted") << "the household edits as a household";
  EXPECT_EQ(code(run(people_.correct(station_, PersonId{7}, asked, 1))), "not_permitted") << "as of another area";
  const auto done = correct(station_, 1);
  ASSERT_TRUE(done) << done.error().code;
  EXPECT_EQ(done->version, 2);
  EXPECT_EQ(done->name, "Nguyễn Văn Ân");
  EXPECT_FALSE(done->birth_date);
  EXPECT_EQ(done->birth_year, 1980);
  EXPECT_FALSE(done->address);
  EXPECT_EQ(done->paper_masked, "*********321");
  EXPECT_EQ(done->sex, Sex::kMale) << "what is not named stays";
  EXPECT_EQ(run(people_.in_household(account_, std::nullopt))->name, "Nguyễn Văn Ân");
  EXPECT_THAT(log_of(account_), Contains("people.correct Đối chiếu CCCD"));
  EXPECT_THAT(store::testing::event_lines(*db_), Contains("person.changed:" + std::to_string(self.id.value)));
  Search old_paper, new_paper;
  old_paper.paper = "045080000123";
  new_paper.paper = "045080000321";
  EXPECT_THAT(found(station_, old_paper), IsEmpty());
  EXPECT_THAT(found(station_, new_paper), ElementsAre("Nguyễn Văn Ân"));
  const auto proven = db_->read_now([&](store::Session& s) { return people_.proven_of(s, self.id); });
  EXPECT_THAT(proven.papers, ElementsAre("045080000321"));
  EXPECT_THAT(proven.phones, ElementsAre("+84912345678"));

  const auto late = correct(station_, 1);
  ASSERT_EQ(code(late), "version_conflict");
  EXPECT_THAT(late.error().current, HasSubstr("Nguyễn Văn Ân"));
  EXPECT_THAT(log_of(account_), Contains("people.read Đối chiếu CCCD")) << "the newer version was shown";
  EXPECT_THAT(fields(correct(station_, 2)), ElementsAre("/wrongPaper unknown")) << "it is gone already";
  asked.reason = std::string("");
  EXPECT_EQ(code(correct(station_, 2)), "reason_required");

  const auto all = run(people_.corrections(station_, self.id, "kiểm tra"));
  ASSERT_TRUE(all) << all.error().code;
  ASSERT_THAT(all->items, SizeIs(1)) << "what was refused left nothing";
  const Correction& one = all->items[0];
  EXPECT_EQ(one.reason, "Đối chiếu CCCD");
  EXPECT_EQ(one.version, 2);
  EXPECT_EQ(one.before.name, "Nguyễn Văn An");
  EXPECT_EQ(one.before.birth_date, make_date(1980, 5, 17));
  EXPECT_EQ(one.before.address, "Thôn 3, số 12");
  EXPECT_EQ(one.before.paper, "*********123");
  EXPECT_FALSE(one.before.sex);
  EXPECT_EQ(code(run(people_.corrections(far_, self.id, "x"))), "not_permitted");
  EXPECT_EQ(code(run(people_.corrections(station_, self.id, ""))), "reason_required");
  db_->read_now([](store::Session& s) {
    const auto rows = s.all<store::Bytes>({"test.corrections", "SELECT content FROM people_correction"});
    EXPECT_THAT(rows.at(0).data, Not(HasSubstr("045080000123")));
    return Done{};
  });
}

TEST_P(PeopleTest, ACorrectionNeverJoinsRecords) {
  const Person self = created(account_, an());
  NewPerson twin = an();
  twin.relation.reset();
  twin.paper.reset();
  const auto other = run(people_.register_person(station_, twin));
  ASSERT_TRUE(other) << other.error().code;
  PersonCorrection asked;
  asked.reason = std::string("Bổ sung CCCD");
  asked.paper = an().paper;
  ASSERT_TRUE(run(people_.correct(station_, other->id, asked, 1)));
  Search paper;
  paper.paper = "045080000123";
  EXPECT_THAT(found(station_, paper), SizeIs(2));
  const auto of = [&](PersonId id) {
    return db_->read_now([&](store::Session& s) { return people_.proven_of(s, id).papers.size(); });
  };
  EXPECT_EQ(of(self.id), 0U) << "what the household says";
  EXPECT_EQ(of(other->id), 1U);
  asked.wrong_paper = std::string("045080000123");
  asked.paper.reset();
  ASSERT_TRUE(run(people_.correct(station_, other->id, asked, 2)));
  EXPECT_THAT(found(station_, paper), ElementsAre("Nguyễn Văn An")) << "of the other record it stays";
}

TEST_P(PeopleTest, APaperAndTheBirthDateProveTheKeeper) {
  created(account_, an());
  NewPerson child = mai();
  child.paper = Paper{PaperKind::kPassport, std::string("C1234567")};
  created(account_, child);
  const auto proves = [&](const Caller& who, const char* number, Date birth) {
    return db_->read_now([&](store::Session& s) { return people_.paper_matches(s, who.account, number, birth); });
  };
  EXPECT_TRUE(proves(account_, "045 080 000 123", make_date(1980, 5, 17)));
  EXPECT_FALSE(proves(account_, "045080000123", make_date(1980, 5, 18)));
  EXPECT_FALSE(proves(account_, "045080000124", make_date(1980, 5, 17)));
  EXPECT_FALSE(proves(account_, "C1234567", make_date(2015, 1, 1))) << "a child's passport opens nothing";
  EXPECT_FALSE(proves(other_, "045080000123", make_date(1980, 5, 17)));
}

TEST_P(PeopleTest, ThePersonCodeNamesNobody) {
  const Person self = created(account_, an());
  const auto shown = run(people_.code(account_, self.id));
  ASSERT_TRUE(shown);
  EXPECT_THAT(shown->svg, HasSubstr("<svg"));
  EXPECT_THAT(shown->text, Not(HasSubstr(to_text(self.id))));
  EXPECT_GT(shown->expires_at, clock_.now());
  const auto read = people_.codes().read(shown->text, clock_.now());
  EXPECT_EQ(std::get<std::int64_t>(read), self.id.value);
}

TEST_P(PeopleTest, FloodsAskForManyMembersAtOnce) {
  const Person self = created(account_, an()), child = created(account_, mai());
  const std::vector<People::Wanted> wanted{{account_.account, std::nullopt}, {account_.account, child.id},
                                           {other_.account, self.id},        {other_.account, std::nullopt},
                                           {account_.account, PersonId{}},   {account_.account, PersonId{-1}}};
  const auto members = db_->read_now([&](store::Session& s) { return People::members(s, wanted); });
  ASSERT_THAT(members, SizeIs(6));
  EXPECT_EQ(members[0]->person, self.id);
  EXPECT_EQ(members[1]->person, child.id);
  for (std::size_t i = 2; i < members.size(); ++i) EXPECT_FALSE(members[i]) << i;
}

TEST_P(PeopleTest, ImportsOnceWhateverIsRepeated) {
  std::vector<People::Imported> file{{"csv:a", "1"}, {"csv:a", "2"}, {"csv:a", "1"}, {"csv:b", "1"}, {"csv:a", "3"}};
  file[4].known = mai();
  const auto load = [&] {
    return db_->transact_now([&](store::Session& s) { return people_.import_people(s, file); });
  };
  const auto first = load(), again = load();
  EXPECT_EQ(first, again);
  EXPECT_EQ(first[0], first[2]);
  EXPECT_NE(first[0], first[3]) << "sources number their people by themselves";
  db_->read_now([&](store::Session& s) {
    EXPECT_EQ(people_.brief(s, first[4])->name, "Nguyễn Thị Mai");
    EXPECT_EQ(People::external_ids(s, first).at(first[1]), "2");
    const std::vector<std::string> asked{"3", "nobody"};
    EXPECT_THAT(People::imported(s, "csv:a", asked), ElementsAre(first[4], std::nullopt));
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, PeopleTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::people
