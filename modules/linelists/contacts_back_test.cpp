// The file of contacts of one base, read into another that has the file of the cases, on the morning of 2 March 2026 in
// Quảng Trị.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "modules/cases/cases_fixture.h"
#include "modules/command/testing.h"
#include "modules/encounters/encounters.h"
#include "modules/linelists/linelists.h"
#include "modules/linelists/reading.h"
#include "modules/tracing/contact_lists.h"
#include "modules/tracing/declared.h"
#include "modules/tracing/tracing.h"
#include "platform/store/follower.h"

namespace luytre::linelists {
namespace {

using identity::testing::officer;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

using SaidRow = std::map<std::string, std::string>;  // what stands under each head

// contact_lists.h says of these why they are not carried over.
const std::set<std::string> kLeftBehind{"id",         "risk",     "status",        "class",
                                        "assignedAt", "followUp", "followedUntil", "namedBy"};

Instant morning(int minute) {
  return cases::at("2026-03-01T02:00:00Z") + std::chrono::minutes(minute);
}

struct Base {
  explicit Base(store::Engine engine)
      : world(engine, {encounters::migrations(), cases::migrations(), tracing::migrations(), linelists::migrations()}) {
    world.switch_on();
    command::testing::switch_on(world.decisions, command::Switch::kTracing, world.clock.now());
    followers.add(tracing.follow_cases());
  }

  PersonId person(const std::string& name, std::int64_t year) {
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = year;
    fields.unit = kHaiLang;
    return world.db->transact_now([&](store::Session& s) { return *world.people.create_within(s, fields); });
  }
  PlaceId place(const std::string& name) {
    const std::vector<places::Places::Imported> file{{"test", name, name, "market", kHaiLang, {}}};
    const auto made = world.db->transact_now([&](store::Session& s) { return world.registry.import_places(s, file); });
    world.registry.start();
    return made.front()->id;
  }
  void stay(PersonId who, PlaceId where, int from) {
    visits::ImportedVisit visit;
    visit.source = "test";
    visit.external = std::to_string(++visits);
    visit.person = who;
    visit.place = where;
    visit.in = morning(from);
    visit.out = morning(from + 60);
    world.db->transact_now([&](store::Session& s) { return world.visits.import_visits(s, std::span(&visit, 1)); });
  }
  cases::Case reported(PersonId who) {
    cases::NewCase request;
    request.person = who;
    request.disease = std::string("covid-19");
    return *run(cases.report(province, std::move(request)));
  }
  void declare(const cases::Case& of, const tracing::NewContact& contact) {
    const auto made = run(tracing.declare(province, of.id, contact, std::nullopt));
    EXPECT_TRUE(made) << code(made);
    followers.drain();
  }
  std::vector<tracing::Candidate> candidates(const cases::Case& of) {
    return run(tracing.candidates(province, of.id, {}, std::nullopt, 50))->items;
  }

  std::string cases_file(const char* format) {
    TakingOut asked;
    asked.reason = std::string("Bàn giao");
    asked.format = std::string(format);
    const auto file = run(lists.take_out(province, kQuangTri, asked));
    EXPECT_TRUE(file) << code(file);
    return file ? file->body : "";
  }
  std::string contacts_file(const char* format = "csv") {
    tracing::ContactsOut asked;
    asked.reason = std::string("Bàn giao");
    asked.format = std::string(format);
    const auto file = run(contacts.take_out(province, kQuangTri, asked));
    EXPECT_TRUE(file) << code(file);
    return file ? file->body : "";
  }
  // As it comes, with the mapping that is suggested.
  LineList taken(const std::string& bytes, About about) {
    const auto sent = run(lists.send(province, kQuangTri, "tep", std::nullopt, bytes, std::nullopt, about));
    EXPECT_TRUE(sent) << code(sent);
    if (!sent) return {};
    const auto running = run(lists.run(province, sent->id, run(lists.find(province, sent->id))->suggested.value()));
    EXPECT_TRUE(running) << code(running);
    while (lists.work_once()) {
    }
    followers.drain();
    return *run(lists.find(province, sent->id));
  }

  visits::testing::World world;
  cases::Cases cases{*world.db,           world.people,      visits::testing::geography(),
                     world.house->access, world.vault,       world.clock,
                     cases::diseases(),   cases::rule_sets()};
  people::Duplicates duplicates{*world.db,           world.people,          visits::testing::geography(),
                                world.house->access, world.house->accounts, world.vault};
  tracing::Tracing tracing{{*world.db, cases, world.people, world.registry, world.decisions,
                            visits::testing::geography(), world.house->access, world.house.notify(), world.vault,
                            world.clock, world.house.texts(), nullptr, &world.doubtful}};
  tracing::ContactLists contacts{{*world.db, world.people, visits::testing::geography(), world.house->access,
                                  world.clock,
                                  [](store::Session&, std::span<const tracing::CandidateId> ids) {
                                    return std::vector<std::optional<tracing::ContactFollowUp>>(ids.size());
                                  },
                                  [](store::Session&, tracing::Followed, std::size_t) {
                                    return std::optional(std::vector<tracing::CandidateId>());
                                  },
                                  &world.registry, &world.vault}};
  LineLists lists{{*world.db, cases, world.people, duplicates, visits::testing::geography(), world.house->access,
                   world.house.texts(), world.vault, &tracing}};
  store::Followers followers{*world.db};
  std::int64_t visits = 0;
  const Caller province = officer(Role::kProvinceOfficer, kQuangTri, 9101);
  const Caller station = officer(Role::kStationOfficer, kHaiLang, 9201);
};

std::vector<SaidRow> rows_of(const std::string& file) {
  const auto sheet = read_sheet(file, kLinesMost);
  EXPECT_TRUE(sheet) << code(sheet);
  std::vector<SaidRow> out;
  if (!sheet) return out;
  for (const auto& row : sheet->rows) {
    SaidRow& one = out.emplace_back();
    for (std::size_t i = 0; i < sheet->columns.size(); ++i) one[sheet->columns[i]] = row.cells[i];
  }
  return out;
}

// Of whom met a case itself, in an order of their own.
std::vector<SaidRow> carried(std::vector<SaidRow> rows) {
  std::erase_if(rows, [](const SaidRow& one) { return one.at("level") != "1"; });
  for (SaidRow& one : rows) std::erase_if(one, [](const auto& cell) { return kLeftBehind.contains(cell.first); });
  std::sort(rows.begin(), rows.end());
  return rows;
}

SaidRow about(const std::vector<SaidRow>& rows, const std::string& name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const SaidRow& one) { return one.at("name") == name; });
  EXPECT_NE(found, rows.end()) << name;
  return found == rows.end() ? SaidRow{} : *found;
}

class ContactsBackTest : public ::testing::TestWithParam<store::Engine> {};

TEST_P(ContactsBackTest, WhatIsTakenOutMakesTheSameContactsInABaseThatHasNone) {
  Base here(GetParam());
  const PersonId ill = here.person("Lê Văn Bệnh", 1960), near = here.person("Phạm Thị Gặp", 1990),
                 both = here.person("Võ Thị Mai", 2001), later = here.person("Bùi Văn Sáu", 1966);
  const PlaceId market = here.place("Chợ Diên Sanh"), hall = here.place("Chợ Mỹ Chánh");
  for (const PersonId one : {ill, near, both}) here.stay(one, market, 0);
  for (const PersonId one : {near, here.person("Ngô Hoàng Xa", 1978)}) here.stay(one, hall, 120);
  const cases::Case first = here.reported(ill), suspect = here.reported(here.person("Trần Thị Nghi", 1949));
  const cases::Case became = here.reported(later);
  auto positive = cases::positive();
  positive.rule_set = std::string("vn-covid-19-2020-08");  // traces two levels
  const auto confirmed = run(here.cases.confirm(here.province, first.id, positive, first.version));
  ASSERT_TRUE(confirmed) << code(confirmed);
  here.followers.drain();
  tracing::NewContact told;
  told.person = here.person("Đỗ Văn Đi", 1985);
  told.from = morning(200);
  told.to = morning(230);
  told.where = std::string("Bến xe, chỗ chờ");
  told.relation = std::string("bạn học");
  here.declare(first, told);
  told.person = later;
  here.declare(first, told);
  told.person = both;
  here.declare(suspect, told);
  tracing::NewContact of_a_day;
  of_a_day.person = here.person("Hồ Văn Ba", 1971);
  of_a_day.day = parse_date("2026-03-01");
  here.declare(first, of_a_day);
  for (const auto& one : here.candidates(first)) {
    if (one.person.id != near) continue;
    tracing::Assignment assignment;
    assignment.class_ = tracing::Class::kF1;
    ASSERT_TRUE(run(here.tracing.assign(here.station, one.id, assignment, one.version)));
  }

  const auto said = rows_of(here.contacts_file());
  ASSERT_THAT(said, SizeIs(7));
  ASSERT_THAT(carried(said), SizeIs(6)) << "and one whom a contact met";
  EXPECT_EQ(about(said, "Phạm Thị Gặp").at("class"), "F1");
  EXPECT_EQ(about(said, "Phạm Thị Gặp").at("contactFrom"), to_text(morning(0)));
  EXPECT_EQ(about(said, "Phạm Thị Gặp").at("contactTo"), to_text(morning(60)));
  EXPECT_EQ(about(said, "Phạm Thị Gặp").at("contactPlace"), "Chợ Diên Sanh");
  EXPECT_EQ(about(said, "Đỗ Văn Đi").at("contactPlace"), "Bến xe, chỗ chờ");
  EXPECT_EQ(about(said, "Đỗ Văn Đi").at("relation"), "bạn học");
  EXPECT_EQ(about(said, "Hồ Văn Ba").at("contactDay"), "2026-03-01");
  EXPECT_EQ(about(said, "Hồ Văn Ba").at("contactFrom"), "");
  EXPECT_EQ(about(said, "Bùi Văn Sáu").at("id"), became.number) << "as in the file of the cases";
  const SaidRow farther = about(said, "Ngô Hoàng Xa");
  EXPECT_EQ(farther.at("level"), "2");
  EXPECT_EQ(farther.at("contactDay") + farther.at("contactFrom") + farther.at("contactTo"), "");

  for (const char* format : {"csv", "xlsx"}) {
    Base there(GetParam());
    EXPECT_EQ(there.taken(here.cases_file(format), About::kCases).counts.taken, 3) << format;
    const LineList list = there.taken(here.contacts_file(format), About::kContacts);
    EXPECT_EQ(list.counts.taken, 6) << format;
    EXPECT_EQ(list.counts.undecided, 0) << format << ": who is of two cases, or one, is known by the id";
    ASSERT_EQ(list.counts.wrong, 1) << format;
    const auto wrong = run(there.lists.rows(there.province, list.id, RowState::kWrong, std::nullopt, 10))->items;
    EXPECT_EQ(wrong.at(0).flaws.at(0).column + ' ' + wrong.at(0).flaws.at(0).code, "contactDay required");
    const auto back = rows_of(there.contacts_file());
    EXPECT_EQ(carried(back), carried(said)) << format;
    for (const SaidRow& one : back) EXPECT_EQ(one.at("status") + one.at("class"), "open") << "officers there decide";

    const auto known = there.taken(here.contacts_file(format), About::kContacts);
    EXPECT_EQ(known.counts.known, 6) << format << ": twice changes nothing";
    EXPECT_EQ(carried(rows_of(there.contacts_file())), carried(said)) << format;
  }
}

TEST_P(ContactsBackTest, ItsHeadsNeedNoChoice) {
  Base here(GetParam());
  const auto sheet = read_sheet(here.contacts_file(), kLinesMost);
  ASSERT_TRUE(sheet) << code(sheet);
  EXPECT_THAT(sheet->rows, IsEmpty());
  const Mapping mapping = suggested(sheet->columns, About::kContacts);
  EXPECT_TRUE(check(mapping, sheet->columns, About::kContacts));
  std::map<Field, std::string> meant;
  for (const Use& use : mapping.uses) meant[use.field] = use.column.value_or("");
  const std::map<Field, std::string> ours{
      {Field::kId, "id"},
      {Field::kSource, "case"},
      {Field::kName, "name"},
      {Field::kBirthDate, "birthDate"},
      {Field::kBirthYear, "birthYear"},
      {Field::kSex, "sex"},
      {Field::kCommune, "commune"},
      {Field::kPhone, "phone"},
      {Field::kContactDay, "contactDay"},
      {Field::kContactFrom, "contactFrom"},
      {Field::kContactTo, "contactTo"},
      {Field::kContactPlace, "contactPlace"},
      {Field::kRelation, "relation"},
  };
  EXPECT_EQ(meant, ours) << "and nothing else is taken for something";
}

INSTANTIATE_TEST_SUITE_P(Engines, ContactsBackTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::linelists
