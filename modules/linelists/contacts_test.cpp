// Lists of contacts, on the morning of 2 March 2026 in Quảng Trị.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "modules/cases/cases_fixture.h"
#include "modules/encounters/encounters.h"
#include "modules/linelists/linelists.h"
#include "modules/linelists/reading.h"
#include "modules/tracing/declared.h"
#include "modules/tracing/tracing.h"
#include "platform/store/follower.h"

namespace luytre::linelists {
namespace {

using identity::testing::officer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

constexpr const char* kHead = "id,name,birthDate,sex,commune,source,contactDay,relation,contactPlace\n";

class ContactListsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  ContactListsTest() { followers_.add(tracing_.follow_cases()); }

  PersonId person(const std::string& name, std::int64_t year = 1980) {
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = year;
    fields.unit = kHaiLang;
    return world_.db->transact_now([&](store::Session& s) { return *world_.people.create_within(s, fields); });
  }
  cases::Case reported(const std::string& name) {
    cases::NewCase request;
    request.person = person(name);
    request.disease = std::string("covid-19");
    return *run(cases_.report(province_, std::move(request)));
  }
  std::string row(const std::string& id, const std::string& who, const std::string& rest = "01/03/2026,bạn học,") {
    return id + ',' + who + ",19702," + ill_.number + ',' + rest + '\n';
  }
  ListId sent(const std::string& bytes, About about = About::kContacts) {
    const auto out = run(lists_.send(province_, kQuangTri, "tiep-xuc.csv", std::nullopt, bytes, std::nullopt, about));
    EXPECT_TRUE(out) << code(out);
    return out ? out->id : ListId{};
  }
  LineList found(ListId id) { return *run(lists_.find(province_, id)); }
  void work() {
    while (lists_.work_once()) {
    }
    followers_.drain();
  }
  LineList ran(ListId id) {
    const auto running = run(lists_.run(province_, id, *found(id).suggested));
    EXPECT_TRUE(running) << code(running);
    work();
    return found(id);
  }
  LineList loaded(const std::string& rows) { return ran(sent(kHead + rows)); }
  std::vector<RowSeen> rows(ListId id, RowState state) {
    return run(lists_.rows(province_, id, state, std::nullopt, 200))->items;
  }
  std::vector<std::string> wrong(ListId id) {
    std::vector<std::string> out;
    for (const RowSeen& one : rows(id, RowState::kWrong)) {
      std::string all;
      for (const auto& flaw : one.flaws) all += flaw.column + ' ' + flaw.code + ';';
      out.push_back(all);
    }
    return out;
  }
  std::vector<tracing::DeclaredContact> declared(CaseId id) { return run(tracing_.declared(province_, id))->items; }
  std::vector<tracing::Candidate> candidates(CaseId id) {
    auto all = run(tracing_.candidates(province_, id, {}, std::nullopt, 50))->items;
    std::erase_if(all, [](const auto& one) { return one.status == tracing::CandidateStatus::kWithdrawn; });
    return all;
  }
  std::int64_t people() {
    return world_.db->read_now([](store::Session& s) {
      return s.value<std::int64_t>({"test.people", "SELECT CAST(count(*) AS bigint) FROM people_person"});
    });
  }

  visits::testing::World world_{
      GetParam(), {encounters::migrations(), cases::migrations(), tracing::migrations(), linelists::migrations()}};
  cases::Cases cases_{*world_.db,           world_.people,     visits::testing::geography(),
                      world_.house->access, world_.vault,      world_.clock,
                      cases::diseases(),    cases::rule_sets()};
  people::Duplicates duplicates_{*world_.db,           world_.people,          visits::testing::geography(),
                                 world_.house->access, world_.house->accounts, world_.vault};
  tracing::Tracing tracing_{{*world_.db, cases_, world_.people, world_.registry, world_.decisions,
                             visits::testing::geography(), world_.house->access, world_.house.notify(), world_.vault,
                             world_.clock, world_.house.texts(), nullptr, &world_.doubtful}};
  LineLists lists_{{*world_.db, cases_, world_.people, duplicates_, visits::testing::geography(), world_.house->access,
                    world_.house.texts(), world_.vault, &tracing_}};
  store::Followers followers_{*world_.db};
  const Caller province_ = officer(Role::kProvinceOfficer, kQuangTri, 9101);
  const Caller station_ = officer(Role::kStationOfficer, kHaiLang, 9201);
  const Caller far_ = officer(Role::kProvinceOfficer, cases::kDaNang, 9102);
  const cases::Case ill_ = reported("Lê Văn Bệnh");
};

TEST_P(ContactListsTest, RowsBecomePeopleAndDeclaredContactsAndTwiceChangesNothing) {
  const std::string two = row("F1", "Phạm Thị Gặp,02/01/1990,Nữ", "01/03/2026,vợ,Quán cà phê") +
                          row("F2", "Đỗ Văn Đi,1985,Nam", "28-Feb-26,,");
  const ListId id = sent(kHead + two);
  EXPECT_EQ(found(id).about, About::kContacts);
  const auto seen = run(lists_.preview(province_, id, *found(id).suggested));
  ASSERT_TRUE(seen) << code(seen);
  EXPECT_EQ(seen->counts.taken, 2);
  EXPECT_EQ(seen->rows.at(0).contact->relation, "vợ");
  EXPECT_EQ(seen->rows.at(0).contact->day, parse_date("2026-03-01"));
  EXPECT_THAT(declared(ill_.id), IsEmpty()) << "nothing is taken before it is run";

  EXPECT_EQ(ran(id).counts.taken, 2);
  const auto made = declared(ill_.id);
  ASSERT_THAT(made, SizeIs(2));
  EXPECT_EQ(made[0].person.name, "Đỗ Văn Đi") << "by time";
  EXPECT_EQ(made[1].how, tracing::HowTold::kList);
  EXPECT_TRUE(made[1].whole_day);
  EXPECT_EQ(made[1].where, "Quán cà phê");
  EXPECT_EQ(made[1].relation, "vợ");
  EXPECT_EQ(made[1].steps.at(0).by, province_.name);
  EXPECT_THAT(candidates(ill_.id), SizeIs(2));
  EXPECT_EQ(rows(id, RowState::kTaken).at(0).case_, ill_.id);

  const auto before = people();
  EXPECT_EQ(loaded(two).counts.known, 2);
  EXPECT_EQ(people(), before);
  EXPECT_THAT(declared(ill_.id), SizeIs(2));
}

TEST_P(ContactListsTest, TheSameContactOnAnotherDayOrOfAnotherCaseIsTheSamePerson) {
  const cases::Case other = reported("Trương Hoàng Khác");
  const auto before = people();
  const auto list =
      loaded(row("F1", "Phạm Thị Gặp,02/01/1990,Nữ") + row("F1", "Phạm Thị Gặp,02/01/1990,Nữ", "28/02/2026,,") +
             "F1,,,,19702," + other.number + ",01/03/2026,,\n");
  EXPECT_EQ(list.counts.taken, 3) << "by its id alone, too";
  EXPECT_EQ(people(), before + 1);
  ASSERT_THAT(declared(other.id), SizeIs(1));
  EXPECT_EQ(declared(other.id)[0].person.id, declared(ill_.id).at(0).person.id);
}

TEST_P(ContactListsTest, WhatIsWrongIsNamedAndTheRestIsTaken) {
  const std::string gap = "Phạm Thị Gặp,02/01/1990,Nữ";
  const auto list = loaded(row("F1", gap) + "F2,Đỗ Văn Đi,1985,Nam,19702,COV-260301-NOCASE,01/03/2026,,\n" +
                           row("F3", "Võ Thị Không,1985,Nữ", ",,") + row("F4", "Võ Thị Mai,1985,Nữ", "03/03/2026,,") +
                           row("F1", "Hồ Văn Ba,1971,Nam", "27/02/2026,,") + row("F5", ",,", "27/02/2026,,"));
  EXPECT_EQ(list.counts.taken, 1);
  EXPECT_THAT(wrong(list.id), ElementsAre("source unknown;", "contactDay required;", "contactDay time_in_future;",
                                          "id another_person;", "name required;"));
  ASSERT_TRUE(run(cases_.reclassify(province_, ill_.id, {cases::Classification::kDiscarded, {std::string("Âm tính")}},
                                    ill_.version)));
  EXPECT_THAT(wrong(loaded(row("F6", "Bùi Văn Sáu,1966,Nam")).id), ElementsAre("source source_unfit;"));
}

TEST_P(ContactListsTest, ADayOutsideOfTheWindowIsNoContactAndBoundsAreTaken) {
  const auto confirmed = run(cases_.confirm(province_, ill_.id, cases::positive(), ill_.version));
  ASSERT_TRUE(confirmed) << code(confirmed);
  followers_.drain();
  const std::string head = "id,name,birthDate,sex,commune,source,contactFrom,contactTo\n";
  const auto list = ran(sent(head + row("F1", "Phạm Thị Gặp,02/01/1990,Nữ", "01/03/2026 08:00,01/03/2026 09:30") +
                             row("F2", "Đỗ Văn Đi,1985,Nam", "02/03/2026,02/03/2026") +
                             row("F3", "Hồ Văn Ba,1971,Nam", "01/01/2026 08:00,01/01/2026 09:00") +
                             row("F4", "Võ Thị Mai,1985,Nữ", "01/03/2026 08:00,")));
  EXPECT_THAT(wrong(list.id), ElementsAre("contactFrom contact_outside_window;", "contactTo required;"));
  const auto made = declared(ill_.id);
  ASSERT_THAT(made, SizeIs(2));
  EXPECT_EQ(made[0].to, parse_instant("2026-03-01T02:30:00Z"));
  EXPECT_FALSE(made[0].whole_day);
  EXPECT_EQ(made[1].to, world_.clock.now()) << "the end of today is now";

  const std::string today = head + row("F2", "Đỗ Văn Đi,1985,Nam", "02/03/2026,02/03/2026");
  world_.clock.advance(std::chrono::hours(3));
  EXPECT_EQ(ran(sent(today)).counts.known, 1) << "sent again on the same day";
  world_.clock.advance(std::chrono::hours(24));
  EXPECT_EQ(ran(sent(today)).counts.known, 1) << "and when the day is over";
  EXPECT_THAT(declared(ill_.id), SizeIs(2));
}

TEST_P(ContactListsTest, WhoMayBeKnownIsPutAsideUntilAnOfficerSays) {
  people::NewPerson known;
  known.name = std::string("Nguyễn Văn An");
  known.birth_date = parse_date("1980-05-04");
  known.sex = people::Sex::kMale;
  known.unit = kHaiLang;
  const PersonId an =
      world_.db->transact_now([&](store::Session& s) { return *world_.people.create_within(s, known); });
  const auto list = loaded(row("F1", "Nguyễn Văn An,04/05/1980,Nam") + row("F2", "Phạm Thị Gặp,02/01/1990,Nữ"));
  EXPECT_EQ(list.counts.undecided, 1);
  EXPECT_EQ(list.counts.taken, 1);
  const auto aside = rows(list.id, RowState::kUndecided);
  ASSERT_THAT(aside, SizeIs(1));
  const auto same = run(lists_.decide(province_, list.id, aside[0].line, {Verdict::kSame, an}));
  ASSERT_TRUE(same) << code(same);
  EXPECT_EQ(same->state, RowState::kTaken);
  const auto before = people();
  EXPECT_EQ(loaded(row("F1", "Nguyễn Văn An,04/05/1980,Nam", "27/02/2026,,")).counts.taken, 1) << "said once";
  EXPECT_EQ(people(), before);
  const auto contacts = declared(ill_.id);
  EXPECT_EQ(std::count_if(contacts.begin(), contacts.end(), [&](const auto& one) { return one.person.id == an; }), 2);
}

TEST_P(ContactListsTest, AnIdWhosePersonAgreesInPartAloneIsAskedAbout) {
  EXPECT_EQ(loaded(row("1", "Phạm Thị Gặp,02/01/1990,Nữ")).counts.taken, 1);
  const auto next = loaded(row("1", "Võ Thị Lành,1990,Nữ", "27/02/2026,,"));
  EXPECT_EQ(next.counts.undecided, 1) << "line numbers as ids, and the same year of birth";
  const auto aside = rows(next.id, RowState::kUndecided);
  ASSERT_THAT(aside, SizeIs(1));
  EXPECT_THAT(declared(ill_.id), SizeIs(1)) << "nobody is taken for another";
  const auto made = run(lists_.decide(province_, next.id, aside[0].line, {Verdict::kNew, std::nullopt}));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->state, RowState::kTaken);
  const auto contacts = declared(ill_.id);
  ASSERT_THAT(contacts, SizeIs(2));
  EXPECT_EQ(contacts[0].person.name, "Võ Thị Lành") << "by time";
  EXPECT_EQ(contacts[1].person.name, "Phạm Thị Gặp");

  const auto before = people();
  EXPECT_EQ(loaded(row("1", "Phạm Thị Gặp,1991,Nữ", "26/02/2026,,")).counts.taken, 1) << "a year may be of an age";
  EXPECT_EQ(people(), before);
}

TEST_P(ContactListsTest, AListIsUndoneButForWhomOfficersWorkedWith) {
  const auto list = loaded(row("F1", "Phạm Thị Gặp,02/01/1990,Nữ") + row("F2", "Đỗ Văn Đi,1985,Nam"));
  ASSERT_EQ(list.counts.taken, 2);
  EXPECT_EQ(code(run(lists_.start(province_, list.id, {{std::string("Bắt đầu")}}))), "list_state") << "of cases only";
  const auto all = candidates(ill_.id);
  const auto worked =
      std::find_if(all.begin(), all.end(), [](const auto& one) { return one.person.name == "Đỗ Văn Đi"; });
  ASSERT_NE(worked, all.end());
  tracing::Assignment assignment;
  assignment.class_ = tracing::Class::kF1;
  const auto assigned = run(tracing_.assign(station_, worked->id, assignment, worked->version));
  ASSERT_TRUE(assigned) << code(assigned);

  ASSERT_TRUE(run(lists_.undo(province_, list.id, {{std::string("Nhầm tệp")}})));
  work();
  const auto after = found(list.id);
  EXPECT_EQ(after.state, State::kUndone);
  EXPECT_EQ(after.counts.undone, 1);
  EXPECT_EQ(after.counts.kept, 1);
  EXPECT_EQ(rows(list.id, RowState::kKept).at(0).flaws.at(0).code, "worked_with");
  for (const auto& one : declared(ill_.id)) {
    EXPECT_EQ(one.withdrawn, one.person.name == "Phạm Thị Gặp");
    if (!one.withdrawn) continue;
    EXPECT_EQ(one.steps.back().reason, "Nhầm tệp");
    EXPECT_EQ(one.steps.back().by, province_.name);
  }
  EXPECT_THAT(candidates(ill_.id), SizeIs(1));

  const auto before = people();
  EXPECT_EQ(loaded(row("F1", "Phạm Thị Gặp,02/01/1990,Nữ")).counts.taken, 1) << "it may come again";
  EXPECT_EQ(people(), before) << "and is the same person";
}

TEST_P(ContactListsTest, RelationshipsAreJoinedOnceBeforeItRuns) {
  const std::string head = "uuid,contact_id,firstName,lastName,gender,age,date_of_last_contact\n";
  const std::string ties = "uuid,source_visualid,target_uuid,target_visualid,date_of_last_contact,relation_detail\n";
  const ListId id = sent(head + "u1,CONTACT-1,Gặp,Phạm,FEMALE,30,2026-02-01\nu2,CONTACT-2,Đi,Đỗ,MALE,41,2026-02-01\n");
  const auto join = [&](const Caller& caller, ListId list, const std::string& bytes) {
    return run(lists_.join(caller, list, bytes));
  };
  EXPECT_EQ(code(join(far_, id, ties)), "not_found");
  EXPECT_EQ(code(join(province_, id, "a,b\n1,2\n")), "invalid");
  EXPECT_EQ(code(join(province_, sent("id,name\n1,An\n", About::kCases), ties)), "not_of_contacts");
  const auto joined =
      join(province_, id, ties + "r1," + ill_.number + ",u1,CONTACT-1,2026-03-01,Hàng xóm\nr2,,u9,,,\n");
  ASSERT_TRUE(joined) << code(joined);
  EXPECT_EQ(joined->total, 3) << "a relationship each, and who has none";
  EXPECT_EQ(code(join(province_, id, ties)), "invalid") << "once";

  Mapping mapping = *joined->suggested;
  Use& commune = mapping.uses.emplace_back();
  commune.field = Field::kCommune;
  commune.fixed = std::string("19702");
  ASSERT_TRUE(run(lists_.run(province_, id, mapping)));
  work();
  EXPECT_EQ(found(id).counts.taken, 1);
  EXPECT_EQ(found(id).counts.wrong, 2);
  const auto made = declared(ill_.id);
  ASSERT_THAT(made, SizeIs(1));
  EXPECT_EQ(made[0].person.name, "Phạm Gặp");
  EXPECT_EQ(made[0].person.birth_year, 1996) << "an age counts on the day of the contact";
  EXPECT_EQ(made[0].relation, "Hàng xóm");
  EXPECT_EQ(made[0].from, parse_instant("2026-02-28T17:00:00Z")) << "the day of the relationship";
  EXPECT_EQ(code(join(province_, id, ties)), "list_state");
}

INSTANTIATE_TEST_SUITE_P(Engines, ContactListsTest, store::testing::engines(), store::testing::engine_name);

std::string column(const Mapping& mapping, Field field) {
  for (const Use& one : mapping.uses)
    if (one.field == field) return one.column.value_or("");
  return "";
}

TEST(ContactListHeads, ThoseOfGoDataAreKnown) {
  const auto sheet = [](const char* name) {
    const auto file = std::filesystem::path(LUYTRE_SHARED_DATA) / "epi" / "godata" / name;
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return read_sheet(out.str(), kLinesMost);
  };
  const auto contacts = sheet("contacts_clean.csv"), relationships = sheet("relationships_clean.csv");
  if (!contacts || !relationships) GTEST_SKIP() << "PUBLIC DATA ARE ABSENT, nothing was tested";
  const auto joined = with_relationships(*contacts, *relationships);
  ASSERT_TRUE(joined) << code(joined);
  EXPECT_THAT(joined->rows, SizeIs(110)) << "100 relationships, and 10 contacts of whom none tells";
  const Mapping mapping = suggested(joined->columns, About::kContacts);
  EXPECT_TRUE(check(mapping, joined->columns, About::kContacts));
  EXPECT_EQ(column(mapping, Field::kId), "contact_id");
  EXPECT_EQ(column(mapping, Field::kSource), "source_visualid");
  EXPECT_EQ(column(mapping, Field::kContactDay), "relationship date_of_last_contact");
  EXPECT_EQ(column(mapping, Field::kRelation), "relation_detail");
  EXPECT_EQ(column(mapping, Field::kSex), "gender");
  const LineReader reader(
      mapping, joined->columns,
      {visits::testing::geography(), cases::diseases(), kHaiLang, *parse_date("2026-03-02"), About::kContacts});
  const Line first = reader.read(joined->rows[0].cells);
  EXPECT_EQ(first.external, "CONTACT-2020-0027");
  EXPECT_EQ(first.source_number, "CASE-2020-0016");
  EXPECT_EQ(first.contact.day, parse_date("2020-06-24"));
  EXPECT_EQ(first.person.name, "Sadibou");
  std::int64_t told = 0;
  for (const auto& row : joined->rows) {
    const Line line = reader.read(row.cells);
    told += std::none_of(line.flaws.begin(), line.flaws.end(), [](const auto& flaw) {
      return flaw.column == "id" || flaw.column == "source" || flaw.column == "contactDay";
    });
  }
  EXPECT_EQ(told, 79);
}

TEST(ContactListHeads, ThoseOfSormasAndOfVietnameseListsAreKnown) {
  const std::vector<std::string> sormas{"uuid",           "caseIdExternalSystem", "lastContactDate",
                                        "relationToCase", "person.firstName",     "person.lastName",
                                        "person.sex",     "person.birthdateYYYY"};
  const Mapping mapping = suggested(sormas, About::kContacts);
  EXPECT_TRUE(check(mapping, sormas, About::kContacts));
  const LineReader reader(
      mapping, sormas,
      {visits::testing::geography(), cases::diseases(), kHaiLang, *parse_date("2026-03-02"), About::kContacts});
  const Line line = reader.read({"C-1", "SL-1", "01/03/2026", "SAME_HOUSEHOLD", "Văn An", "Nguyễn", "MALE", "1980"});
  EXPECT_THAT(line.flaws, IsEmpty());
  EXPECT_EQ(line.external, "C-1");
  EXPECT_EQ(line.source_number, "SL-1");
  EXPECT_EQ(line.contact.day, parse_date("2026-03-01"));
  EXPECT_EQ(line.contact.relation, "SAME_HOUSEHOLD");
  const std::vector<std::string> ours{"STT", "Họ và tên", "Năm sinh", "Số ca bệnh", "Ngày tiếp xúc"};
  EXPECT_TRUE(check(suggested(ours, About::kContacts), ours, About::kContacts));
  EXPECT_FALSE(check(suggested({"STT", "Họ và tên"}, About::kContacts), {"STT", "Họ và tên"}, About::kContacts));
}

}  // namespace
}  // namespace luytre::linelists
