#include "modules/people/duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <future>
#include <iostream>
#include <random>
#include <set>

#include "modules/people/candidates.h"
#include "modules/people/merged.h"
#include "modules/people/people_fixture.h"
#include "platform/base/result_testing.h"
#include "platform/base/run.h"
#include "platform/identity/testing.h"
#include "platform/store/testing.h"

namespace luytre::people {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using linkage::Agreement;
using linkage::Standing;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

NewPerson khoi() {
  NewPerson out;
  out.name = std::string("Trần Minh Khôi");
  out.birth_date = make_date(1985, 3, 9);
  out.sex = Sex::kMale;
  out.unit = kHaiLang;
  out.address = std::string("Thôn 3, số 12");
  return out;
}

PersonDraft draft_of(const char* name, std::optional<Date> birth) {
  PersonDraft out;
  out.name = std::string(name);
  out.birth_date = birth;
  out.sex = Sex::kMale;
  out.unit = kHaiLang;
  out.reason = std::string("đăng ký mới");
  return out;
}

class PersonDuplicatesTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  PersonDuplicatesTest() {
    house_->access.set_household(&People::is_member);
    house_->access.set_household_people(&People::household_people);
    db_->transact_now([&](store::Session& s) {
      house_->accounts.create(s, account_.account, "+84912345678");
      house_->accounts.create(s, other_.account, "+84987654321");
    });
  }

  Person registered(NewPerson person, const Caller* by = nullptr) {
    auto made = run(people_.register_person(by ? *by : station_, std::move(person)));
    if (!made) throw std::runtime_error("refused: " + made.error().code);
    return *made;
  }
  Person own(const Caller& caller, NewPerson person) {
    person.relation = Relation::kSelf;
    auto made = run(people_.create(caller, std::move(person)));
    if (!made) throw std::runtime_error("refused: " + made.error().code);
    return *made;
  }
  DuplicateCandidates of(const Person& person) {
    auto list = run(duplicates_.of_person(station_, person.id, "ca bệnh 7"));
    if (!list) throw std::runtime_error("refused: " + list.error().code);
    return *list;
  }
  std::vector<std::string> like(PersonDraft draft, const Caller* by = nullptr) {
    const auto list = run(duplicates_.of_draft(by ? *by : station_, std::move(draft)));
    if (!list) return {list.error().code};
    std::vector<std::string> out;
    for (const auto& each : list->items) out.push_back(each.person.name);
    return out;
  }
  PersonMerge merged(const Person& person, const Person& kept) {
    NewPersonMerge asked{person.id, kept.id, std::string("hai phiếu, một người")};
    auto merge = run(duplicates_.merge(station_, asked));
    if (!merge) throw std::runtime_error(merge.error().code);
    return *merge;
  }
  std::string refusal(const Caller& caller, PersonId person, PersonId kept, const char* reason = "trùng") {
    NewPersonMerge asked{person, kept, std::string(reason)};
    return code(run(duplicates_.merge(caller, asked)));
  }
  std::vector<PersonId> known(const Person& person) {
    return db_->read_now([&](store::Session& s) { return known_as(s, person.id); });
  }
  std::vector<std::vector<PersonId>> all() {
    return db_->read_now([](store::Session& s) { return all_merged(s); });
  }
  std::vector<PersonId> found(const char* name) {
    Search search;
    search.name = name;
    search.reason = "ca bệnh 7";
    const auto page = run(people_.search(station_, search, 50));
    std::vector<PersonId> out;
    for (const auto& item : page->items) out.push_back(item.id);
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
  Duplicates duplicates_{*db_, people_, geography(), house_->access, house_->accounts, vault_};
  const Caller account_ = citizen(1001), other_ = citizen(1002);
  const Caller station_ = officer(Role::kStationOfficer, kHaiLang), far_ = officer(Role::kStationOfficer, kDaNang);
  const Caller province_ = officer(Role::kProvinceOfficer);
};

TEST_P(PersonDuplicatesTest, AreFoundWithReasonsAndEveryLookIsLogged) {
  NewPerson same = khoi();
  same.paper = Paper{PaperKind::kCmnd, std::string("197123456")};
  const Person first = registered(same);
  same.paper = Paper{PaperKind::kCccd, std::string("045085000123")};
  const Person second = own(account_, same);
  const auto list = of(first);
  ASSERT_THAT(list.items, SizeIs(1));
  const DuplicateCandidate& found = list.items[0];
  EXPECT_EQ(found.person.id, second.id);
  EXPECT_TRUE(found.person.household);
  EXPECT_EQ(found.standing, Standing::kAlmostCertain);
  EXPECT_THAT(found.score, Ge(linkage::kAlmostCertainScore));
  ASSERT_THAT(found.fields, SizeIs(7));
  EXPECT_EQ(found.fields[0].agreement, Agreement::kSame);
  EXPECT_EQ(found.fields[3].agreement, Agreement::kUnknown) << "an old card and a new one";
  EXPECT_THAT(json::text(list), AllOf(Not(HasSubstr("045085000")), Not(HasSubstr("912345678")), HasSubstr("\"birth\"")))
      << "compared, and shown masked";
  EXPECT_THAT(log_of(account_), Contains("people.duplicates ca bệnh 7"));

  EXPECT_EQ(code(run(duplicates_.of_person(far_, first.id, "x"))), "not_permitted");
  EXPECT_EQ(code(run(duplicates_.of_person(account_, first.id, "x"))), "not_permitted");
  EXPECT_EQ(code(run(duplicates_.of_person(station_, first.id, ""))), "reason_required");
}

TEST_P(PersonDuplicatesTest, ADraftFindsWhoWasWrittenOtherwise) {
  NewPerson known = khoi();
  known.paper = Paper{PaperKind::kCccd, std::string("045085000123")};
  known.phone = std::string("0233 3873 115");
  registered(known);
  const auto day = make_date(1985, 3, 9);
  const auto finds = ElementsAre("Trần Minh Khôi");
  EXPECT_THAT(like(draft_of("Trần Minh Khôi", day)), finds);
  EXPECT_THAT(like(draft_of("tran minh khoi", day)), finds);
  EXPECT_THAT(like(draft_of("Traanf Minh Khooi", day)), finds) << "keys of an input method";
  EXPECT_THAT(like(draft_of("Trần Minh Khơi", day)), finds);
  EXPECT_THAT(like(draft_of("Khôi Trần Minh", day)), finds);
  EXPECT_THAT(like(draft_of("Trần Minh Khôi", make_date(1985, 9, 3))), finds) << "day and month swapped";
  EXPECT_THAT(like(draft_of("Trần Minh Khôi", make_date(1986, 3, 9))), finds) << "a year off";
  PersonDraft year = draft_of("Trần Minh Khôi", std::nullopt);
  year.birth_year = 1985;
  EXPECT_THAT(like(year), finds);

  EXPECT_THAT(like(draft_of("Trần Minh Quang", day)), IsEmpty()) << "a brother";
  EXPECT_THAT(like(draft_of("Trần Minh Khôi", make_date(1961, 11, 20))), IsEmpty());
  PersonDraft phone = draft_of("Lê Thị Hoà", make_date(1990, 1, 2));
  phone.phone = std::string("02333873115");
  EXPECT_THAT(like(phone), IsEmpty()) << "a shared phone proposes nobody";
  PersonDraft paper = draft_of("Lê Thị Hoà", make_date(1990, 1, 2));
  paper.paper = Paper{PaperKind::kCccd, std::string("045 085 000 123")};
  EXPECT_THAT(like(paper), finds) << "one of the two is written down wrong";
}

// The birth year lies too far away for the indexes of birth and name.
TEST_P(PersonDuplicatesTest, AMistypedPaperOrPhoneBringsWhoIsComparedFieldByField) {
  NewPerson known = khoi();
  known.name = std::string("Quách Trọng Khuê");
  known.paper = Paper{PaperKind::kCccd, std::string("045085000123")};
  known.phone = std::string("0233 3873 115");
  const Person first = registered(known);
  PersonDraft draft = draft_of("Quách Trọng Khuê", make_date(1958, 3, 9));
  draft.address = std::string("Thôn 3, số 12");
  EXPECT_THAT(like(draft), IsEmpty()) << "nobody was looked at";
  PersonDraft paper = draft, phone = draft;
  paper.paper = Paper{PaperKind::kCccd, std::string("045085000132")};
  phone.phone = std::string("02333873151");
  for (const auto& [mistyped, field] : {std::pair(paper, 3), std::pair(phone, 4)}) {
    const auto list = run(duplicates_.of_draft(station_, mistyped));
    ASSERT_TRUE(list);
    ASSERT_THAT(list->items, SizeIs(1));
    EXPECT_EQ(list->items[0].person.id, first.id);
    const auto& weight = list->items[0].fields[static_cast<std::size_t>(field)];
    EXPECT_EQ(weight.agreement, Agreement::kSimilar);
    EXPECT_THAT(weight.reasons, ElementsAre(linkage::Reason::kOneSlip));
    EXPECT_LT(weight.points, weight.most);
  }
  NewPerson again = khoi();
  again.name = std::string("Quách Trọng Khuê");
  again.birth_date = make_date(1958, 3, 9);
  again.paper = Paper{PaperKind::kCccd, std::string("045085000132")};
  EXPECT_THAT(of(registered(again)).items, SizeIs(1)) << "its own number is no reason not to look";
}

TEST_P(PersonDuplicatesTest, ADraftIsCheckedAndOnlyTheAreaIsShown) {
  NewPerson elsewhere = khoi();
  elsewhere.unit = geography().children(kDaNang, local_date(clock_.now())).front()->id;
  registered(elsewhere, &far_);
  EXPECT_THAT(like(draft_of("Trần Minh Khôi", make_date(1985, 3, 9))), IsEmpty());
  EXPECT_THAT(like(draft_of("Trần Minh Khôi", make_date(1985, 3, 9)), &province_), SizeIs(1));

  PersonDraft draft = draft_of("Trần Minh Khôi", make_date(1985, 3, 9));
  EXPECT_THAT(like(draft, &account_), ElementsAre("not_permitted"));
  draft.paper = Paper{PaperKind::kCccd, std::string("12")};
  draft.phone = std::string("115");
  draft.birth_year = 1984;
  EXPECT_THAT(fields(run(duplicates_.of_draft(station_, draft))),
              UnorderedElementsAre("/paper/number format", "/phone format", "/birthYear contradiction"));
  draft = draft_of("x", make_date(1985, 3, 9));
  draft.name = std::string(10'000, 'x');
  EXPECT_THAT(like(draft), IsEmpty());
  draft.name = std::string("\xFF\xFE '; DROP TABLE people_person");
  EXPECT_THAT(like(draft), IsEmpty());
  draft.reason.clear();
  EXPECT_THAT(like(draft), ElementsAre("reason_required"));
}

TEST_P(PersonDuplicatesTest, ToldApartAreRememberedWithTheReason) {
  const Person one = registered(khoi()), other = registered(khoi());
  const auto tell = [&](const Caller& caller, PersonId a, PersonId b, const char* why) {
    PersonPair pair{a, b, std::string(why)};
    return code(run(duplicates_.tell_apart(caller, pair)));
  };
  EXPECT_EQ(tell(far_, one.id, other.id, "x"), "not_permitted");
  EXPECT_EQ(tell(station_, one.id, one.id, "x"), "same_person");
  EXPECT_EQ(tell(station_, one.id, other.id, ""), "reason_required");
  ASSERT_THAT(of(one).items, SizeIs(1));
  EXPECT_EQ(tell(station_, other.id, one.id, "đã gặp cả hai"), "");
  EXPECT_EQ(tell(station_, one.id, other.id, "lần nữa"), "") << "twice is once";
  for (const Person* each : {&one, &other}) {
    const auto list = of(*each);
    EXPECT_THAT(list.items, IsEmpty());
    ASSERT_THAT(list.apart, SizeIs(1));
    EXPECT_EQ(list.apart[0].reason, "đã gặp cả hai");
    EXPECT_EQ(list.apart[0].at, clock_.now());
  }
  const auto sealed = db_->read_now([](store::Session& s) {
    return s.all<store::Bytes>({"test.reason", "SELECT reason FROM people_distinct"});
  });
  ASSERT_THAT(sealed, SizeIs(1));
  EXPECT_THAT(sealed[0].data, Not(HasSubstr("gặp")));

  NewPersonMerge asked{other.id, one.id, std::string("nhầm")};
  const auto merge = run(duplicates_.merge(station_, asked));
  ASSERT_TRUE(merge) << "who merges them later knows better";
  EXPECT_EQ(tell(station_, one.id, other.id, "x"), "person_merged") << "undo that first";
  ASSERT_TRUE(run(duplicates_.undo(station_, merge->id, "x")));
  EXPECT_THAT(of(one).items, IsEmpty()) << "what was told before the merge is not lost";
  ASSERT_THAT(of(one).apart, SizeIs(1));
  EXPECT_EQ(of(one).apart[0].reason, "đã gặp cả hai");
}

TEST_P(PersonDuplicatesTest, WhoCountsAsSomebodyToldApartIsNotProposedEither) {
  const Person one = registered(khoi()), other = registered(khoi()), third = registered(khoi());
  PersonPair pair{one.id, other.id, std::string("đã gặp cả hai")};
  ASSERT_EQ(code(run(duplicates_.tell_apart(station_, pair))), "");
  ASSERT_THAT(of(one).items, SizeIs(1));
  const PersonMerge merge = merged(other, third);
  EXPECT_THAT(of(one).items, IsEmpty());
  EXPECT_THAT(of(third).items, IsEmpty()) << "from the other side";
  ASSERT_TRUE(run(duplicates_.undo(station_, merge.id, "x")));
  ASSERT_THAT(of(one).items, SizeIs(1));
  EXPECT_EQ(of(one).items[0].person.id, third.id);
}

TEST_P(PersonDuplicatesTest, TheAreasOwnAreNotCrowdedOutByOthers) {
  NewPerson written = khoi();
  written.name = std::string("Trần Minh Khơi");
  written.birth_date = make_date(1985, 9, 3);
  const Person own = registered(written);
  NewPerson elsewhere = khoi();
  elsewhere.unit = geography().children(kDaNang, local_date(clock_.now())).front()->id;
  db_->transact_now([&](store::Session& s) {
    for (int i = 0; i < 120; ++i) ASSERT_TRUE(people_.create_within(s, elsewhere));
  });
  const auto list = of(registered(khoi()));
  ASSERT_THAT(list.items, SizeIs(1));
  EXPECT_EQ(list.items[0].person.id, own.id);
  EXPECT_TRUE(list.complete) << "each of the others is more like the one asked for";
}

TEST_P(PersonDuplicatesTest, AMergeCountsAsOneAndIsUndoneExactly) {
  const Person kept = registered(khoi());
  NewPerson again = khoi();
  again.name = std::string("Tran Minh Khoi");
  const Person person = own(account_, again);
  EXPECT_THAT(found("tran khoi"), UnorderedElementsAre(kept.id, person.id));

  const PersonMerge merge = merged(person, kept);
  EXPECT_EQ(merge.kept.name, "Trần Minh Khôi");
  EXPECT_EQ(merge.reason, "hai phiếu, một người");
  EXPECT_THAT(known(kept), ElementsAre(kept.id, person.id));
  EXPECT_THAT(known(person), ElementsAre(kept.id, person.id)) << "whichever is asked for";
  EXPECT_THAT(all(), ElementsAre(ElementsAre(kept.id, person.id)));
  EXPECT_THAT(found("tran khoi"), ElementsAre(kept.id)) << "one line";
  EXPECT_THAT(of(kept).items, IsEmpty());
  EXPECT_THAT(like(draft_of("Trần Minh Khôi", make_date(1985, 3, 9))), ElementsAre("Trần Minh Khôi"));
  EXPECT_THAT(store::testing::event_lines(*db_), Contains("person.merged:" + std::to_string(person.id.value)));
  const auto list = run(duplicates_.of_record(station_, kept.id, "ca bệnh 7"));
  ASSERT_THAT(list->items, SizeIs(1));
  EXPECT_EQ(list->items[0].person.id, person.id);
  EXPECT_THAT(log_of(account_), Contains("people.merge hai phiếu, một người"));

  EXPECT_EQ(code(run(duplicates_.undo(far_, merge.id, "x"))), "not_permitted");
  EXPECT_EQ(code(run(duplicates_.undo(station_, merge.id, ""))), "reason_required");
  EXPECT_EQ(code(run(duplicates_.undo(station_, PersonMergeId{7}, "x"))), "not_found");
  const auto undone = run(duplicates_.undo(station_, merge.id, "hai anh em họ"));
  ASSERT_TRUE(undone) << undone.error().code;
  EXPECT_EQ(undone->undone_reason, "hai anh em họ");
  EXPECT_THAT(known(kept), ElementsAre(kept.id));
  EXPECT_THAT(known(person), ElementsAre(person.id));
  EXPECT_THAT(all(), IsEmpty());
  EXPECT_THAT(found("tran khoi"), UnorderedElementsAre(kept.id, person.id));
  const auto restored = run(people_.in_household(account_, person.id));
  EXPECT_EQ(restored->name, person.name);
  EXPECT_EQ(restored->address, person.address);
  EXPECT_THAT(store::testing::event_lines(*db_), Contains("person.parted:" + std::to_string(person.id.value)));
  EXPECT_EQ(code(run(duplicates_.undo(station_, merge.id, "x"))), "person_merge_undone");
  EXPECT_EQ(merged(person, kept).person.id, person.id) << "and merged again";
}

TEST_P(PersonDuplicatesTest, NoAccountGainsByAMerge) {
  const Person mine = own(account_, khoi()), theirs = own(other_, khoi());
  EXPECT_EQ(refusal(account_, theirs.id, mine.id), "not_permitted");
  merged(theirs, mine);
  EXPECT_EQ(code(run(people_.in_household(account_, theirs.id))), "not_in_household");
  EXPECT_EQ(code(run(people_.in_household(other_, mine.id))), "not_in_household");
  EXPECT_THAT(run(people_.household(account_))->items, SizeIs(1));
  EXPECT_EQ(run(people_.in_household(other_, std::nullopt))->id, theirs.id) << "and keeps its own";
  EXPECT_THAT(*run(people_.in_household(account_, mine.id))->phone_masked, HasSubstr("678"));
  db_->read_now([&](store::Session& s) {
    EXPECT_FALSE(People::is_member(s, account_.account, theirs.id));
    EXPECT_EQ(people_.account_of(s, mine.id), account_.account);
    EXPECT_THAT(people_.contact_of(s, mine.id)->phones, ElementsAre("+84912345678"));
  });
}

TEST_P(PersonDuplicatesTest, MergesThatDoNotFitAreRefused) {
  const Person a = registered(khoi()), b = registered(khoi()), c = registered(khoi());
  NewPerson other = khoi();
  other.name = std::string("Lê Thị Hoà");
  other.phone = std::string("0233 3873 115");
  const Person wife = registered(other);
  EXPECT_EQ(refusal(station_, wife.id, a.id), "persons_unlike") << "one roof, one phone: not one person";
  EXPECT_EQ(refusal(station_, a.id, a.id), "same_person");
  EXPECT_EQ(refusal(station_, b.id, a.id, ""), "reason_required");
  EXPECT_EQ(refusal(far_, b.id, a.id), "not_permitted");
  EXPECT_EQ(refusal(province_, PersonId{7}, a.id), "not_found");
  merged(b, a);
  EXPECT_EQ(refusal(station_, b.id, c.id), "person_merged") << "it counts as another";
  EXPECT_EQ(refusal(station_, c.id, b.id), "person_merged") << "no chains";
  EXPECT_EQ(refusal(station_, a.id, c.id), "person_has_merged");
  merged(c, a);
  EXPECT_THAT(known(b), ElementsAre(a.id, b.id, c.id)) << "several may count as one";
  EXPECT_THAT(all(), ElementsAre(known(a)));
  NewPerson elsewhere = khoi();
  elsewhere.unit = geography().children(kDaNang, local_date(clock_.now())).front()->id;
  EXPECT_EQ(refusal(station_, registered(elsewhere, &far_).id, a.id), "not_permitted") << "both must be of the area";
}

TEST_P(PersonDuplicatesTest, WhatNamesSeveralRecordsIsWrittenToTheOneThatIsReadIfTheyAreOnePerson) {
  const Person kept = registered(khoi()), mine = own(account_, khoi()), third = registered(khoi());
  const auto one = [&](std::vector<PersonId> found) {
    return db_->read_now([&](store::Session& s) { return the_one(s, found); });
  };
  EXPECT_EQ(one({}), std::nullopt);
  EXPECT_EQ(one({kept.id}), kept.id);
  EXPECT_EQ(one({kept.id, mine.id}), std::nullopt) << "two people, as far as is known";
  const PersonMerge merge = merged(mine, kept);
  EXPECT_EQ(one({kept.id, mine.id}), mine.id) << "its account reads it";
  EXPECT_EQ(one({kept.id}), kept.id) << "only what was named";
  EXPECT_EQ(one({kept.id, mine.id, third.id}), std::nullopt);
  ASSERT_TRUE(run(duplicates_.undo(station_, merge.id, "hai người")));
  EXPECT_EQ(one({kept.id, mine.id}), std::nullopt);
  merged(third, kept);
  EXPECT_EQ(one({third.id, kept.id}), kept.id) << "none is read by an account";
}

// Whoever of several officers is first: no record counts as one that counts as another.
TEST_P(PersonDuplicatesTest, MergesAtOnceMakeNoChains) {
  for (int round = 0; round < 4; ++round) {
    const std::vector<Person> three{registered(khoi()), registered(khoi()), registered(khoi())};
    std::vector<std::future<std::string>> answers;
    for (std::size_t i = 0; i < three.size(); ++i) {
      const PersonId person = three[i].id, kept = three[(i + 1) % three.size()].id;
      answers.push_back(
          std::async(std::launch::async, [this, person, kept] { return refusal(station_, person, kept); }));
    }
    std::vector<std::string> said;
    for (auto& answer : answers) said.push_back(answer.get());
    EXPECT_THAT(said, Contains("")) << "the first is not refused";
    for (const std::string& one : said) EXPECT_THAT(one, AnyOf("", "person_merged", "person_has_merged"));
    const auto chains = db_->read_now([](store::Session& s) {
      return s.value<std::int64_t>({"test.chains", R"sql(
        SELECT count(*)
        FROM people_pub_merged a
        JOIN people_pub_merged b ON b.person = a.kept)sql"});
    });
    EXPECT_EQ(chains, 0);
    for (const Person& one : three) EXPECT_LE(known(one).size(), 2U) << "of a ring, one merge stands";
  }
}

TEST_P(PersonDuplicatesTest, WhoseBirthNobodyKnowsIsComparedByTheRest) {
  NewPerson unknown = khoi();
  unknown.name = std::string("Hồ Văn Lùi Cụp");
  unknown.birth_date.reset();
  unknown.birth_unknown = true;
  registered(unknown);
  EXPECT_THAT(like(draft_of("Hồ Văn Lùi Cụp", make_date(1950, 1, 1))), ElementsAre("Hồ Văn Lùi Cụp"));
  EXPECT_THAT(like(draft_of("Hồ Văn Lùi Cụp", std::nullopt)), ElementsAre("Hồ Văn Lùi Cụp"));
  EXPECT_THAT(like(draft_of("Hồ Văn Mùi", std::nullopt)), IsEmpty());
}

// What the indexes find is what comparing with everybody finds, but for birth years further apart, which are not looked
// for.
TEST_P(PersonDuplicatesTest, NobodyWhoIsAlikeIsLeftOut) {
  const char* const fixed = std::getenv("LUYTRE_SEED");
  const unsigned seed = fixed ? static_cast<unsigned>(std::stoul(fixed)) : std::random_device()();
  SCOPED_TRACE("LUYTRE_SEED=" + std::to_string(seed));
  std::cout << "LUYTRE_SEED=" << seed << '\n';
  std::mt19937 random(seed);
  const auto any = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
  const auto any_of = [&](std::initializer_list<const char*> words) {
    return *(words.begin() + any(0, static_cast<int>(words.size()) - 1));
  };
  const auto any_person = [&] {
    NewPerson out;
    out.name = std::string(any_of({"Nguyễn", "Trần", "Tạ", "Quách"})) + ' ' + any_of({"Văn", "Thị", "Đình", "Khánh"}) +
               ' ' + any_of({"Bình", "Khôi", "Quỳnh", "Thiệp"});
    const int year = any(1983, 1986);
    if (any(0, 9) == 0) {
      out.birth_year = year;
    } else if (any(0, 9) == 0) {
      out.birth_unknown = true;
    } else {
      out.birth_date = make_date(year, static_cast<unsigned>(any(1, 4)), static_cast<unsigned>(any(1, 5)));
    }
    out.sex = any(0, 1) ? Sex::kMale : Sex::kFemale;
    out.unit = kHaiLang;
    if (any(0, 2) == 0) out.address = std::string(any_of({"Thôn 3, số 12", "Thôn 4"}));
    if (any(0, 4) == 0) out.phone = std::string(any_of({"0912000001", "0912000002", "0912000003"}));
    return out;
  };
  constexpr int kPeople = 150, kSought = 60;
  const Candidates candidates{*db_, people_, geography(), house_->accounts, vault_};
  db_->transact_now([&](store::Session& s) {
    std::vector<storage::PersonRow> all;
    for (int i = 0; i < kPeople; ++i) {
      const auto id = people_.create_within(s, any_person());
      ASSERT_TRUE(id);
      all.push_back(storage::find(s, *id).value());
    }
    int proposed = 0;
    for (int i = 0; i < kSought; ++i) {
      const NewPerson sought = any_person();
      PersonDraft draft;
      draft.name = sought.name;
      draft.birth_date = sought.birth_date;
      draft.birth_year = sought.birth_year;
      draft.sex = sought.sex;
      draft.unit = sought.unit;
      draft.address = sought.address;
      draft.phone = sought.phone;
      const auto record = candidates.record_of(draft);
      std::set<PersonId> alike;
      for (const auto& row : all) {
        const auto other = candidates.record_of(s, row);
        const bool apart = record.birth && other.birth && std::abs(record.birth->year - other.birth->year) > 1;
        if (!apart && linkage::compare(record, other).standing != Standing::kNone) alike.insert(row.id);
      }
      std::set<PersonId> found;
      const std::array areas{kHaiLang};
      const auto list = candidates.like(s, record, {}, areas);
      for (const auto& one : list.found) {
        const auto other = candidates.record_of(s, one.row);
        const bool apart = record.birth && other.birth && std::abs(record.birth->year - other.birth->year) > 1;
        if (!apart) found.insert(one.row.id);
      }
      ASSERT_TRUE(list.complete);
      EXPECT_EQ(found, alike) << std::string(draft.name);
      proposed += static_cast<int>(alike.size());
    }
    EXPECT_GT(proposed, kSought / 4) << "the world is too varied to show anything";
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, PersonDuplicatesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::people
