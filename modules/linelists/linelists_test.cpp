// Line lists, on the morning of 2 March 2026 in Quảng Trị.

#include "modules/linelists/linelists.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "modules/cases/cases_fixture.h"
#include "modules/linelists/reading.h"

namespace luytre::linelists {
namespace {

using identity::testing::officer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

constexpr const char* kHead = "id,name,birthDate,sex,commune,disease,classification,onset\n";
constexpr const char* kThree =
    "1,Nguyễn Văn An,04/05/1980,Nam,19702,measles,nghi ngờ,01/03/2026\n"
    "2,Trần Thị Bình,1990,F,Hải Lăng,Sởi,PROBABLE,2026-02-20\n"
    "3,Lê Chi,1985,Nữ,19702,measles,suspect,28-Feb-26\n";

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

// Public data beside the repository; not everybody has them.
std::filesystem::path epi(const char* file) {
  return std::filesystem::path(LUYTRE_SOURCE_DIR) / "../shared/data/epi" / file;
}

Use use(Field field, std::optional<Text<200>> column, std::optional<Text<200>> fixed = {}) {
  Use out;
  out.field = field;
  out.column = std::move(column);
  out.fixed = std::move(fixed);
  return out;
}

class LineListsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  ListId sent(const std::string& bytes) {
    const auto out = run(lists_.send(province_, kQuangTri, "so-lieu.csv", std::nullopt, bytes, std::nullopt));
    EXPECT_TRUE(out) << code(out);
    return out ? out->id : ListId{};
  }
  LineList found(ListId id) { return *run(lists_.find(province_, id)); }
  void work() {
    while (lists_.work_once()) {
    }
  }
  LineList ran(ListId id, std::optional<Mapping> mapping = {}) {
    if (!mapping) mapping = found(id).suggested;
    const auto running = run(lists_.run(province_, id, *mapping));
    EXPECT_TRUE(running) << code(running);
    work();
    return found(id);
  }
  LineList loaded(const std::string& rows) { return ran(sent(kHead + rows)); }
  std::vector<RowSeen> rows(ListId id, RowState state) {
    return run(lists_.rows(province_, id, state, std::nullopt, 200))->items;
  }
  LineList undone(ListId id) {
    EXPECT_TRUE(run(lists_.undo(province_, id, {{std::string("Nhầm tệp")}})));
    work();
    return found(id);
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>({sql, sql}); });
  }
  std::int64_t cases() { return count("SELECT CAST(count(*) AS bigint) FROM cases_case"); }
  std::int64_t people() { return count("SELECT CAST(count(*) AS bigint) FROM people_person"); }
  std::vector<std::string> events() {
    store::testing::settle(*world_.db);
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      const auto all = world_.db->events_after(s, {}, 1000);
      for (const auto& event : *all)
        if (event.type.starts_with("case.")) out.push_back(event.type);
      return out;
    });
  }
  std::string exported(const char* format = "csv") {
    TakingOut asked;
    asked.reason = std::string("Gửi Viện Pasteur");
    asked.format = std::string(format);
    const auto file = run(lists_.take_out(province_, kQuangTri, asked));
    EXPECT_TRUE(file) << code(file);
    return file ? file->body : "";
  }

  visits::testing::World world_{GetParam(), {cases::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people,     visits::testing::geography(),
                      world_.house->access, world_.vault,      world_.clock,
                      cases::diseases(),    cases::rule_sets()};
  people::Duplicates duplicates_{*world_.db,           world_.people,          visits::testing::geography(),
                                 world_.house->access, world_.house->accounts, world_.vault};
  LineLists lists_{{*world_.db, cases_, world_.people, duplicates_, visits::testing::geography(), world_.house->access,
                    world_.house.texts(), world_.vault}};
  const Caller province_ = officer(Role::kProvinceOfficer, kQuangTri, 9101);
  const Caller far_ = officer(Role::kProvinceOfficer, cases::kDaNang, 9102);
};

TEST_P(LineListsTest, AFileBecomesPeopleAndCasesAndTwiceChangesNothing) {
  const ListId id = sent(std::string(kHead) + kThree);
  const auto received = found(id);
  EXPECT_EQ(received.total, 3);
  EXPECT_EQ(received.counts.waiting, 3);
  ASSERT_THAT(received.columns, SizeIs(8));
  EXPECT_THAT(received.columns[3].samples, ElementsAre("Nam", "F", "Nữ"));
  EXPECT_EQ(cases(), 0) << "nothing is taken before it is run";

  const auto done = ran(id);
  EXPECT_EQ(done.state, State::kDone);
  EXPECT_EQ(done.counts.taken, 3);
  const auto taken = rows(id, RowState::kTaken);
  ASSERT_THAT(taken, SizeIs(3));
  const auto first = run(cases_.find(province_, *taken[0].case_));
  ASSERT_TRUE(first) << code(first);
  EXPECT_EQ(first->onset, parse_date("2026-03-01"));
  EXPECT_EQ(first->person.sex, people::Sex::kMale);
  EXPECT_EQ(first->unit, kHaiLang);
  EXPECT_EQ(first->note, "so-lieu.csv:2") << "where it comes from";
  EXPECT_EQ(run(cases_.find(province_, *taken[2].case_))->onset, parse_date("2026-02-28"));
  EXPECT_EQ(code(run(lists_.run(province_, id, *received.suggested))), "list_state");

  const auto before = events();
  const auto again = loaded(kThree);
  EXPECT_EQ(again.counts.known, 3);
  EXPECT_EQ(cases(), 3);
  EXPECT_EQ(events(), before);
}

TEST_P(LineListsTest, AnIdThatWasAnotherPersonsIsNotTakenForThem) {
  loaded(kThree);
  const auto other = loaded("1,Võ Hoàng Phúc,2001,Nam,19702,measles,suspect,2026-03-01\n");
  EXPECT_EQ(other.counts.wrong, 1);
  EXPECT_EQ(rows(other.id, RowState::kWrong)[0].flaws[0].code, "another");
}

TEST_P(LineListsTest, WhatIsWrongIsNamedByRowAndCanBeTakenOut) {
  const auto list = loaded(
      "1,Nguyễn Văn An,04/05/1980,Nam,19702,measles,suspect,2026-03-03\n"
      "2,Trần Bình,1990,F,Nơi Nào,measles,suspect,\n"
      "3,Lê Chi,,F,19702,cough,suspect,\n"
      "4,*****,1985,F,19702,measles,ill,40/13/2026\n"
      "5,Phạm Dung,1985,F,19702,covid-19,confirmed,2026-03-01\n"
      "6,=cmd|Đỗ Em,1985,F,19702,measles,suspect,NA\n");
  EXPECT_EQ(list.counts.taken, 1);
  std::vector<std::string> told;
  for (const auto& row : rows(list.id, RowState::kWrong)) {
    std::string all;
    for (const auto& flaw : row.flaws) all += flaw.column + ' ' + flaw.code + ';';
    told.push_back(all);
  }
  EXPECT_THAT(told, ElementsAre(" onsetInFuture;", "commune unknown;", "disease unknown;",
                                "onset format;classification unknown;name required;",
                                "sample required;result required;method required;"));
  const auto file = run(lists_.rejects(province_, list.id, "en"));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("\r\n3,Commune: is not known,2,Trần Bình,"));
}

TEST_P(LineListsTest, APreviewSaysTheSameAndKeepsNothing) {
  loaded("7,Nguyễn Văn An,04/05/1980,Nam,19702,dengue,suspect,2026-03-01\n");
  const ListId id = sent(std::string(kHead) + kThree + "4,X,,,,,,\n");
  const auto preview = run(lists_.preview(province_, id, *found(id).suggested));
  ASSERT_TRUE(preview) << code(preview);
  EXPECT_EQ(preview->counts.undecided, 1);
  EXPECT_EQ(preview->counts.taken, 2);
  EXPECT_EQ(preview->counts.wrong, 1);
  EXPECT_EQ(preview->rows[1].person->name, "Trần Thị Bình");
  EXPECT_EQ(cases(), 1);
  Mapping bad = *found(id).suggested;
  bad.uses.erase(bad.uses.begin());
  bad.uses[0].column = std::string("no such");
  EXPECT_EQ(code(run(lists_.preview(province_, id, bad))), "invalid");
}

TEST_P(LineListsTest, WhoMayBeKnownIsPutAsideAndTheOthersDoNotWait) {
  loaded("7,Nguyễn Văn An,04/05/1980,Nam,19702,dengue,suspect,2026-03-01\n");
  const auto list = loaded(
      "1,Nguyễn Văn An,04/05/1980,Nam,19702,measles,suspect,2026-03-01\n"
      "2,Trần Thị Bình,1990,F,19702,measles,suspect,2026-02-20\n"
      "3,Nguyễn Văn An,04/05/1980,Nam,19702,cholera,suspect,2026-02-20\n"
      "4,Nguyễn Văn An,04/05/1980,Nam,19702,mpox,suspect,2026-02-20\n");
  EXPECT_EQ(list.counts.undecided, 3);
  EXPECT_EQ(list.counts.taken, 1);
  EXPECT_EQ(people(), 2);

  const auto aside = rows(list.id, RowState::kUndecided);
  const PersonId an = run(cases_.list(province_, {}, std::nullopt, 50))->items.back().person.id;
  const auto same = run(lists_.decide(province_, list.id, aside[0].line, {Verdict::kSame, an}));
  ASSERT_TRUE(same) << code(same);
  EXPECT_EQ(same->state, RowState::kTaken);
  EXPECT_EQ(run(cases_.find(province_, *same->case_))->person.id, an);
  EXPECT_EQ(people(), 2);
  EXPECT_EQ(run(lists_.decide(province_, list.id, aside[1].line, {Verdict::kNew, {}}))->state, RowState::kTaken);
  EXPECT_EQ(people(), 3);
  EXPECT_EQ(run(lists_.decide(province_, list.id, aside[2].line, {Verdict::kSkip, {}}))->state, RowState::kSkipped);
  EXPECT_EQ(code(run(lists_.decide(province_, list.id, aside[2].line, {Verdict::kNew, {}}))), "list_state");
}

TEST_P(LineListsTest, NothingIsTracedBeforeAnOfficerSaysSo) {
  const std::string head = "id,name,birthYear,commune,disease,classification,onset,sample,result,method,isolated\n";
  const auto list = ran(sent(
      head +
      "1,Nguyễn Văn An,1980,19702,covid-19,confirmed,2026-03-01,2026-03-01T02:00:00Z,2026-03-01T10:00:00Z,RT-PCR,\n"
      "2,Trần Bình,1990,19702,covid-19,confirmed,01/08/2021,02/08/2021,03/08/2021 09:00,pcr,03/08/2021\n"));
  ASSERT_EQ(list.counts.taken, 2);
  EXPECT_THAT(events(), ElementsAre("case.imported", "case.imported"));
  EXPECT_EQ(code(run(lists_.start(province_, list.id, {}))), "reason_required");
  const auto started = run(lists_.start(province_, list.id, {{std::string("Danh sách tuần này")}}));
  ASSERT_TRUE(started) << code(started);
  EXPECT_EQ(started->traced, 1);
  EXPECT_EQ(started->old, 1) << "of 2021";
  EXPECT_THAT(events(), ElementsAre("case.imported", "case.imported", "case.confirmed"));
}

TEST_P(LineListsTest, AListIsUndoneButForWhatOfficersWorkedWith) {
  const auto list = loaded(kThree);
  const auto taken = rows(list.id, RowState::kTaken);
  const auto second = run(cases_.find(province_, *taken[1].case_));
  ASSERT_TRUE(run(cases_.reclassify(province_, second->id, {cases::Classification::kSuspect, {std::string("Hội chẩn")}},
                                    second->version)));
  EXPECT_TRUE(run(cases_.find(province_, *taken[2].case_))) << "a look changes nothing";

  const auto after = undone(list.id);
  EXPECT_EQ(after.state, State::kUndone);
  EXPECT_EQ(after.counts.undone, 2);
  EXPECT_EQ(after.counts.kept, 1);
  EXPECT_EQ(rows(list.id, RowState::kKept)[0].flaws[0].code, "worked_with");
  EXPECT_EQ(cases(), 1);
  EXPECT_EQ(people(), 1);
  EXPECT_EQ(
      count("SELECT CAST(count(*) AS bigint) FROM people_word WHERE person NOT IN (SELECT id FROM people_person)"), 0);

  const auto again = loaded(kThree);
  EXPECT_EQ(again.counts.taken, 2) << "what was taken back may come again";
  EXPECT_EQ(again.counts.known, 1);
}

TEST_P(LineListsTest, OfWhomOtherRoomsKnowSomethingStays) {
  const auto list = loaded(kThree);
  const PersonId an = run(cases_.find(province_, *rows(list.id, RowState::kTaken)[0].case_))->person.id;
  lists_.set_in_use([an](store::Session&, PersonId person) { return person == an; });
  const auto after = undone(list.id);
  EXPECT_EQ(after.counts.undone, 2);
  EXPECT_EQ(rows(list.id, RowState::kKept)[0].flaws[0].code, "person_in_use");
}

TEST_P(LineListsTest, TheSourceOfACaseThatWasDiscardedSinceStaysAndStopsNothing) {
  const auto list = loaded(kThree);
  const auto other = loaded("9,Võ Hoàng Phúc,2001,Nam,19702,measles,suspect,2026-03-01\n");
  const auto first = run(cases_.find(province_, *rows(list.id, RowState::kTaken)[0].case_));
  const auto ill = run(cases_.find(province_, *rows(other.id, RowState::kTaken)[0].case_));
  cases::Source source;
  source.number = Text<40>(first->number);
  const auto infected = run(cases_.record_source(province_, ill->id, source, ill->version));
  ASSERT_TRUE(infected) << code(infected);
  ASSERT_TRUE(run(cases_.reclassify(province_, ill->id, {cases::Classification::kDiscarded, {std::string("Âm tính")}},
                                    infected->version)));
  const auto after = undone(list.id);
  EXPECT_EQ(after.state, State::kUndone);
  EXPECT_EQ(after.counts.undone, 2);
  EXPECT_EQ(rows(list.id, RowState::kKept)[0].flaws[0].code, "case_in_use");
}

TEST_P(LineListsTest, AFaultStopsTheListItLiesInAndNoOther) {
  const auto first = loaded(kThree);
  const auto second = loaded("9,Võ Hoàng Phúc,2001,Nam,19702,measles,suspect,2026-03-01\n");
  const PersonId an = run(cases_.find(province_, *rows(first.id, RowState::kTaken)[0].case_))->person.id;
  lists_.set_in_use([an](store::Session&, PersonId person) -> bool {
    if (person == an) throw std::runtime_error("a fault about Nguyễn Văn An");
    return false;
  });
  ASSERT_TRUE(run(lists_.undo(province_, first.id, {{std::string("Nhầm tệp")}})));
  ASSERT_TRUE(run(lists_.undo(province_, second.id, {{std::string("Nhầm tệp")}})));
  ::testing::internal::CaptureStderr();
  work();
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr(to_text(first.id)));
  EXPECT_THAT(log, ::testing::Not(HasSubstr("Nguyễn")));

  const auto stopped = found(first.id);
  EXPECT_EQ(stopped.stopped, world_.clock.now());
  EXPECT_EQ(stopped.state, State::kUndoing);
  EXPECT_EQ(stopped.counts.taken, 3) << "a portion is taken back whole or not at all";
  EXPECT_EQ(found(second.id).state, State::kUndone);
  EXPECT_EQ(code(run(lists_.run_again(far_, first.id))), "not_found");
  EXPECT_EQ(code(run(lists_.run_again(province_, second.id))), "list_state");

  lists_.set_in_use([](store::Session&, PersonId) { return false; });
  const auto again = run(lists_.run_again(province_, first.id));
  ASSERT_TRUE(again) << code(again);
  EXPECT_FALSE(again->stopped);
  work();
  EXPECT_EQ(found(first.id).state, State::kUndone);
  EXPECT_EQ(found(first.id).counts.undone, 3);
}

TEST_P(LineListsTest, AListThatAFaultStopsWhileItRunsGoesOnWhereItStood) {
  const ListId id = sent(std::string(kHead) + kThree);
  const Mapping mapping = *found(id).suggested;
  ASSERT_TRUE(run(lists_.run(province_, id, mapping)));
  const auto write = [&](const std::string& text) {
    world_.db->transact_now([&](store::Session& s) {
      s.run({"test.linelists.mapping", "UPDATE linelists_list SET mapping = $2 WHERE id = $1"}, id, text);
    });
  };
  write("not a mapping");
  const auto other = loaded("9,Võ Hoàng Phúc,2001,Nam,19702,measles,suspect,2026-03-01\n");
  EXPECT_EQ(other.state, State::kDone);
  EXPECT_TRUE(found(id).stopped);
  EXPECT_EQ(found(id).counts.waiting, 3);
  write(json::text(mapping));
  ASSERT_TRUE(run(lists_.run_again(province_, id)));
  work();
  EXPECT_EQ(found(id).state, State::kDone);
  EXPECT_EQ(found(id).counts.taken, 3);
}

TEST_P(LineListsTest, APersonWhomAnotherListMetAgainStays) {
  const auto list = loaded(kThree);
  const PersonId an = run(cases_.find(province_, *rows(list.id, RowState::kTaken)[0].case_))->person.id;
  const auto other = loaded("7,Nguyễn Văn An,04/05/1980,Nam,19702,dengue,suspect,2026-03-01\n");
  const auto aside = rows(other.id, RowState::kUndecided);
  ASSERT_THAT(aside, SizeIs(1));
  const auto same = run(lists_.decide(province_, other.id, aside[0].line, {Verdict::kSame, an}));
  ASSERT_TRUE(same) << code(same);
  EXPECT_EQ(undone(list.id).counts.undone, 3);
  EXPECT_EQ(rows(list.id, RowState::kUndone)[0].flaws[0].code, "person_in_use");
  EXPECT_EQ(people(), 1);
  const auto left = run(cases_.find(province_, *same->case_));
  ASSERT_TRUE(left) << code(left);
  EXPECT_EQ(left->person.name, "Nguyễn Văn An");
}

TEST_P(LineListsTest, WaitingForAListIsNoLookAtWhatItSays) {
  const ListId id = sent(std::string(kHead) + kThree);
  ASSERT_TRUE(run(lists_.run(province_, id, *found(id).suggested)));
  const auto logged = [&] { return count("SELECT CAST(count(*) AS bigint) FROM identity_access"); };
  const auto before = logged();
  const auto running = found(id);
  EXPECT_EQ(running.state, State::kRunning);
  EXPECT_THAT(running.columns, SizeIs(0));
  EXPECT_EQ(logged(), before);
  work();
  EXPECT_THAT(found(id).columns, SizeIs(8));
  EXPECT_EQ(logged(), before + 1);
}

TEST_P(LineListsTest, ACellIsReadOverItsLineBreaksAndNeverLostForItsEncoding) {
  const auto list =
      ran(sent("id,name,birthYear,commune,address,disease,classification\n"
               "1,Nguyễn Văn An,1980,19702,\"12 Lê Lợi\r\nthôn 1\",measles,suspect\n"
               "2,Tr\xE7n,1990,19702,,measles,suspect\n"));
  ASSERT_EQ(list.counts.taken, 1);
  EXPECT_EQ(rows(list.id, RowState::kTaken)[0].person->address, "12 Lê Lợi thôn 1");
  const auto wrong = rows(list.id, RowState::kWrong);
  ASSERT_THAT(wrong, SizeIs(1));
  EXPECT_EQ(wrong[0].flaws[0].column, "name");
  EXPECT_EQ(wrong[0].flaws[0].code, "encoding");
}

TEST_P(LineListsTest, WhoInfectedOthersIsTakenBackAfterThem) {
  const std::string head = "id,name,birthYear,commune,disease,classification,onset,source\n";
  const auto list = ran(sent(head + "1,Nguyễn Văn An,1980,19702,measles,suspect,2026-02-10,\n"
                                    "2,Trần Thị Bình,1990,19702,measles,suspect,2026-02-20,1\n"
                                    "3,Lê Chi,1985,19702,measles,suspect,2026-02-21,99\n"));
  ASSERT_EQ(list.counts.taken, 3);
  const auto taken = rows(list.id, RowState::kTaken);
  EXPECT_EQ(run(cases_.find(province_, *taken[1].case_))->source_number,
            run(cases_.find(province_, *taken[0].case_))->number);
  EXPECT_EQ(taken[2].flaws[0].column, "source") << "taken, but it says what was left out";
  EXPECT_EQ(undone(list.id).counts.undone, 3);
  EXPECT_EQ(cases(), 0);
}

TEST_P(LineListsTest, TheFileHasWhatTheFilteredListHas) {
  const std::string head = "id,name,birthDate,sex,commune,disease,classification,onset\n";
  ASSERT_EQ(ran(sent(head + "1,Nguyễn Văn An,1980-05-04,male,19702,covid-19,suspect,2026-02-20\n"
                            "2,Trần Thị Bình,1990-01-02,female,19702,measles,suspect,2026-02-25\n"))
                .counts.taken,
            2);
  const auto named = [&](auto change) {
    TakingOut asked;
    asked.reason = std::string("Gửi Viện Pasteur");
    change(asked);
    const auto file = run(lists_.take_out(province_, kQuangTri, asked));
    if (!file) return code(file);
    const bool an = file->body.find("Nguyễn Văn An") != std::string::npos;
    const bool binh = file->body.find("Trần Thị Bình") != std::string::npos;
    return std::string(an ? "An" : "") + (binh ? "Bình" : "");
  };
  EXPECT_EQ(named([](TakingOut&) {}), "AnBình");
  EXPECT_EQ(named([](TakingOut& asked) { asked.disease = std::string("measles"); }), "Bình");
  EXPECT_EQ(named([](TakingOut& asked) { asked.onset_to = parse_date("2026-02-24"); }), "An");
  EXPECT_EQ(named([](TakingOut& asked) { asked.reported_to = parse_date("2026-02-24"); }), "");
  EXPECT_EQ(named([](TakingOut& asked) { asked.outcome = cases::Outcome::kDied; }), "");
  EXPECT_EQ(named([](TakingOut& asked) { asked.source_unknown = true; }), "AnBình");
  EXPECT_EQ(named([](TakingOut& asked) { asked.outbreak.emplace().value = 7; }), "not_found");
}

TEST_P(LineListsTest, WhatIsTakenOutCanBeReadBackUnchanged) {
  const std::string head =
      "id,name,birthDate,sex,commune,address,phone,disease,classification,onset,sample,result,method,isolated,"
      "notified,outcome,outcomeOn,source\n";
  const std::string first =
      "1,Nguyễn Văn An,1980-05-04,male,19702,\"12 Lê Lợi, thôn 1\",0912345678,covid-19,confirmed,2026-02-20,"
      "2026-02-21T02:00:00Z,2026-02-21T10:00:00Z,pcr,2026-02-21T11:00:00Z,2026-02-21T12:00:00Z,recovered,2026-03-01,"
      "2\n";
  const std::string second = "2,Trần Thị Bình,1990-01-02,female,19702,,,covid-19,probable,2026-02-15,,,,,,,,\n";
  ASSERT_EQ(ran(sent(head + second + first)).counts.taken, 2);
  const std::string out = exported();
  const auto body = [](const std::string& csv) { return csv.substr(csv.find("\r\n")); };  // without the mark
  EXPECT_THAT(out, HasSubstr("'+84912345678")) << "no program calculates it";
  EXPECT_EQ(ran(sent(out)).counts.known, 2) << "here it is known";
  EXPECT_EQ(body(exported()), body(out));

  for (const char* format : {"csv", "xlsx"}) {
    const std::string file = exported(format);
    const auto before = body(exported());
    // Elsewhere nobody has ever heard of them.
    world_.db->transact_now([](store::Session& s) {
      for (const char* sql :
           {"UPDATE cases_case SET source = NULL", "DELETE FROM cases_change", "DELETE FROM cases_external",
            "DELETE FROM cases_case", "DELETE FROM people_word", "DELETE FROM people_year_word",
            "DELETE FROM people_phone", "DELETE FROM people_external", "DELETE FROM people_person"})
        s.run({sql, sql});
    });
    ASSERT_EQ(cases(), 0);
    const auto list = ran(sent(file));
    EXPECT_EQ(list.counts.taken, 2) << format;
    EXPECT_EQ(body(exported()), before) << format;
  }
}

TEST_P(LineListsTest, MappingsAreSavedByNameAndReadValuesOfTheirOwn) {
  const ListId id = sent("So;x\n");  // one column
  EXPECT_THAT(found(id).columns, SizeIs(1));
  const ListId list = sent("TT,Ai,Tuoi,Phai,Khi\n17,An Nguyễn Văn,45,Trai,02/03/2026\n");
  Mapping mapping;
  mapping.uses = {use(Field::kId, Text<200>("TT")),
                  use(Field::kName, Text<200>("Ai")),
                  use(Field::kAge, Text<200>("Tuoi")),
                  use(Field::kSex, Text<200>("Phai")),
                  use(Field::kOnset, Text<200>("Khi")),
                  use(Field::kDisease, {}, Text<200>("measles")),
                  use(Field::kClassification, {}, Text<200>("suspect")),
                  use(Field::kCommune, {}, Text<200>("19702"))};
  mapping.uses[3].values.push_back({Text<100>("trai"), Text<100>("male")});
  mapping.uses[4].order = DayOrder::kMonthFirst;
  EXPECT_TRUE(run(lists_.save(province_, kQuangTri, {Text<80>("Bệnh viện"), mapping})));
  EXPECT_TRUE(run(lists_.save(province_, kQuangTri, {Text<80>("Bệnh viện"), mapping})));
  const auto saved = run(lists_.mappings(province_, kQuangTri));
  ASSERT_THAT(saved->items, SizeIs(1));
  const auto done = ran(list, saved->items[0].mapping);
  ASSERT_EQ(done.counts.taken, 1);
  const auto row = rows(list, RowState::kTaken)[0];
  EXPECT_EQ(row.onset, parse_date("2026-02-03"));
  EXPECT_EQ(row.person->birth_year, 1981) << "an age counts from the onset";
  EXPECT_EQ(row.person->sex, people::Sex::kMale);
}

TEST_P(LineListsTest, TheListOfListsIsTurnedRoundInPagesThatAreTheWholeOfIt) {
  std::vector<ListId> sent;
  for (int i = 0; i < 4; ++i) {
    const auto one =
        run(lists_.send(province_, i % 2 ? kHaiLang : kQuangTri, "a.csv", std::nullopt, kHead, std::nullopt));
    ASSERT_TRUE(one) << code(one);
    sent.push_back(one->id);
  }
  const auto glued = [&](bool oldest_first, std::size_t limit) {
    std::vector<ListId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(lists_.list(province_, oldest_first, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      for (const LineList& one : page->items) out.push_back(one.id);
      next = page->next;
    } while (next && out.size() < 20);
    return out;
  };
  for (const std::size_t limit : {1U, 3U, 50U}) {
    EXPECT_EQ(glued(true, limit), sent);
    EXPECT_EQ(glued(false, limit), std::vector<ListId>(sent.rbegin(), sent.rend()));
  }
  const auto first = run(lists_.list(province_, false, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_EQ(code(run(lists_.list(province_, true, first->next, 1))), "invalid") << "another order";
}

TEST_P(LineListsTest, OnlyOfficersWhoMayConfirmForTheirAreaAndItIsLogged) {
  const auto send = [&](const Caller& caller, UnitId unit) {
    return code(run(lists_.send(caller, unit, "a.csv", std::nullopt, kHead, std::nullopt)));
  };
  EXPECT_EQ(send(world_.station, kHaiLang), "not_permitted");
  EXPECT_EQ(send(far_, kQuangTri), "not_permitted");
  EXPECT_EQ(send(province_, UnitId{7}), "invalid");
  const auto list = loaded(kThree);
  EXPECT_EQ(code(run(lists_.find(far_, list.id))), "not_found");
  EXPECT_THAT(run(lists_.list(far_, false, std::nullopt, 50))->items, SizeIs(0));
  EXPECT_THAT(run(lists_.list(province_, false, std::nullopt, 50))->items, SizeIs(1));
  TakingOut elsewhere;
  elsewhere.reason = std::string("Vì sao");
  EXPECT_EQ(code(run(lists_.take_out(far_, kQuangTri, elsewhere))), "not_permitted");
  EXPECT_EQ(code(run(lists_.take_out(province_, kQuangTri, {}))), "reason_required");
  exported();
  const auto person = run(cases_.list(province_, {}, std::nullopt, 50))->items[0].person.id;
  EXPECT_THAT(rows(list.id, RowState::kTaken), SizeIs(3));
  const auto looks = world_.db->read_now([&](store::Session& s) {
    identity::Access::Filter filter;
    filter.person = person;
    std::vector<std::string> out;
    const auto page = world_.house->access.list(s, filter, INT64_MAX, 100);
    for (const auto& entry : page.items) out.push_back(entry.action);
    return out;
  });
  EXPECT_THAT(looks, ::testing::Contains("linelists.take_out"));
  EXPECT_THAT(looks, ::testing::Contains("linelists.import")) << "the row of somebody whom we know by now";
  const auto readable = count(
      "SELECT CAST(count(*) AS bigint) FROM linelists_list WHERE CAST(file AS text) LIKE '%so-lieu%' OR source LIKE "
      "'%so-lieu%'");
  EXPECT_EQ(readable, 0);
}

TEST_P(LineListsTest, RowsGoAfterNinetyDays) {
  const auto list = loaded(kThree);
  const auto job = lists_.retention();
  world_.clock.advance(kKept + std::chrono::seconds(1));
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(code(run(lists_.find(province_, list.id))), "not_found");
  EXPECT_EQ(cases(), 3);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM linelists_retention"), 3);
}

TEST_P(LineListsTest, SomebodyWhoseBirthNobodyKnowsIsTakenAndComesBackUnchanged) {
  const auto list = loaded("1,Lò Thị Xa,,F,19702,measles,suspect,2026-03-01\n");
  ASSERT_EQ(list.counts.taken, 1);
  const auto row = rows(list.id, RowState::kTaken).front();
  EXPECT_EQ(run(cases_.find(province_, *row.case_))->person.birth_year, 0);
  const auto again = ran(sent(exported()));
  EXPECT_EQ(again.counts.known, 1);
  EXPECT_EQ(loaded("1,Võ Hoàng Phúc,,F,19702,measles,suspect,2026-03-01\n").counts.wrong, 1)
      << "that neither birth is known makes nobody the same";
}

INSTANTIATE_TEST_SUITE_P(Engines, LineListsTest, store::testing::engines(), store::testing::engine_name);

TEST(LineListHeads, ThoseOfGoDataAreKnown) {
  const auto file = epi("godata/cases_clean.csv");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "PUBLIC DATA ARE ABSENT, nothing was tested: " << file;
  const auto sheet = read_sheet(text_of(file), kLinesMost);
  ASSERT_TRUE(sheet);
  ASSERT_THAT(sheet->rows, SizeIs(56));
  Mapping mapping = suggested(sheet->columns);
  const auto column = [&](Field field) {
    for (const Use& one : mapping.uses)
      if (one.field == field) return std::string(one.column.value_or(""));
    return std::string();
  };
  EXPECT_EQ(column(Field::kId), "case_id");
  EXPECT_EQ(column(Field::kFirstName), "firstName");
  EXPECT_EQ(column(Field::kSex), "gender");
  EXPECT_EQ(column(Field::kOnset), "date_of_onset");
  EXPECT_EQ(column(Field::kClassification), "classification");
  EXPECT_EQ(column(Field::kOutcome), "outcome_id");
  mapping.uses.push_back(use(Field::kDisease, {}, Text<200>("covid-19")));
  EXPECT_TRUE(check(mapping, sheet->columns));
  const LineReader reader(mapping, sheet->columns,
                          {visits::testing::geography(), cases::diseases(), kHaiLang, *parse_date("2026-03-02")});
  std::int64_t confirmed = 0, discarded = 0, without_id = 0, died = 0;
  for (const auto& row : sheet->rows) {
    const Line line = reader.read(row.cells);
    confirmed += line.given.classification == cases::Classification::kConfirmed;
    discarded += line.given.classification == cases::Classification::kDiscarded;
    died += line.given.course.outcome == cases::Outcome::kDied;
    without_id += line.external.empty();
  }
  EXPECT_EQ(confirmed, 31);
  EXPECT_EQ(discarded, 1);
  EXPECT_EQ(without_id, 7);
  EXPECT_GT(died, 0);
}

TEST(LineListHeads, ThoseOfSormasAndOfVietnameseListsAreKnown) {
  const std::vector<std::string> sormas{"externalID",
                                        "disease",
                                        "caseClassification",
                                        "person.firstName",
                                        "person.lastName",
                                        "person.sex",
                                        "person.birthdateDD",
                                        "person.birthdateMM",
                                        "person.birthdateYYYY",
                                        "symptoms.onsetDate",
                                        "outcome",
                                        "outcomeDate"};
  const Mapping mapping = suggested(sormas);
  EXPECT_TRUE(check(mapping, sormas));
  const LineReader reader(mapping, sormas,
                          {visits::testing::geography(), cases::diseases(), kHaiLang, *parse_date("2026-03-02")});
  const Line line = reader.read({"SL-1", "MEASLES", "NO_CASE", "Văn An", "Nguyễn", "MALE", "4", "5", "1980",
                                 "01.03.2026", "DECEASED", "02/03/2026"});
  EXPECT_THAT(line.flaws, SizeIs(0));
  EXPECT_EQ(line.person.name, "Nguyễn Văn An");
  EXPECT_EQ(line.person.birth_date, parse_date("1980-05-04"));
  EXPECT_EQ(line.given.classification, cases::Classification::kDiscarded);
  EXPECT_EQ(line.given.course.outcome, cases::Outcome::kDied);
  const std::vector<std::string> ours{"STT",       "Họ và tên", "Năm sinh", "Giới tính",
                                      "Xã/phường", "Chẩn đoán", "Phân loại"};
  EXPECT_TRUE(check(suggested(ours), ours));
  EXPECT_FALSE(check(suggested({"STT", "Họ và tên"}), {"STT", "Họ và tên"}));
}

TEST(LineListDays, AreReadInTheOrderThatIsSaid) {
  const Date today = *parse_date("2026-03-02");
  const auto day = [&](const char* text, DayOrder order = DayOrder::kDayFirst) {
    const auto found = read_day(text, order, today);
    return found ? to_text(*found) : "";
  };
  EXPECT_EQ(day("04/08/2021"), "2021-08-04");
  EXPECT_EQ(day("04/08/2021", DayOrder::kMonthFirst), "2021-04-08");
  EXPECT_EQ(day("4.8.21"), "2021-08-04");
  EXPECT_EQ(day("4-8-68"), "1968-08-04") << "no year that lies ahead";
  EXPECT_EQ(day("18-May-14"), "2014-05-18");
  EXPECT_EQ(day("2014-05-18T07:30:00"), "2014-05-18");
  EXPECT_EQ(day("2021-08-04", DayOrder::kMonthFirst), "2021-08-04");
  for (const char* none : {"", "31/02/2021", "13/13/2021", "2021", "45000", "1/2/345", "a/b/c", "//"})
    EXPECT_EQ(day(none), "") << none;
  EXPECT_EQ(read_moment("18/05/2014 07:30", DayOrder::kDayFirst, today), parse_instant("2014-05-18T00:30:00Z"));
  EXPECT_EQ(read_moment("18/05/2014", DayOrder::kDayFirst, today), local_midnight(*parse_date("2014-05-18")));
  EXPECT_FALSE(read_moment("18/05/2014 25:00", DayOrder::kDayFirst, today));
}

}  // namespace
}  // namespace luytre::linelists
