// Lists of outbreaks: sorted, gone on with, counted after cases, and taken out as a file; on both databases.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/outbreaks/impl.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"
#include "platform/store/counting_testing.h"
#include "platform/store/plan_testing.h"

namespace luytre::outbreaks {
namespace {

using cases::SortOrder;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kNamHaiLang{2025319735};

const presence::RuleSets& rule_sets() {
  static const presence::RuleSets all(LUYTRE_SOURCE_DIR "/data/rulesets");
  return all;
}

const presence::Diseases& diseases() {
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets());
  return all;
}

// The morning of 2 March 2026.
class OutbreakListsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  OutbreakListsTest() { followers_.add(room_.follow()); }

  CaseId kase(const std::string& name, const char* onset, const char* disease = "covid-19", UnitId home = kHaiLang) {
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = 1980;
    fields.unit = home;
    fields.relation = people::Relation::kSelf;
    const auto person = run(world_.people.create(identity::testing::citizen(next_++), std::move(fields)));
    if (!person) throw std::runtime_error("person refused: " + person.error().code);
    cases::NewCase request;
    request.person = person->id;
    request.disease = std::string(disease);
    request.onset = parse_date(onset);
    const auto made = run(cases_.report(province_, std::move(request)));
    if (!made) throw std::runtime_error("case refused: " + made.error().code);
    return made->id;
  }
  OutbreakId opened(const char* name, const char* on, std::vector<CaseId> with = {}, const char* disease = "covid-19",
                    UnitId unit = kHaiLang) {
    NewOutbreak asked;
    asked.name = std::string(name);
    asked.disease = std::string(disease);
    asked.unit = unit;
    asked.opened_on = parse_date(on);
    const auto made = run(room_.open(province_, std::move(asked), std::nullopt));
    if (!made) throw std::runtime_error("outbreak refused: " + made.error().code);
    if (!with.empty() && !run(room_.put(province_, made->id, {std::move(with)})))
      throw std::runtime_error("cases refused");
    return made->id;
  }
  // By begin: wedding, market, school. By last case: school, wedding, market. By cases: school, market, wedding.
  void three() {
    first_ = kase("Nguyễn Thị An", "2026-02-20");
    market_ = opened("Chợ Diên Sanh", "2026-02-25", {first_, kase("Lê Văn Bình", "2026-02-26")});
    wedding_ = opened("Đám cưới thôn Đông", "2026-02-20",
                      {kase("Võ Cảnh", "2026-02-10"), kase("Hồ Dung", "2026-02-11"), kase("Lý Em", "2026-02-12")},
                      "covid-19", kNamHaiLang);
    school_ = opened("Trường Nam Hải Lăng", "2026-03-01");
  }
  static Filter by(Sort sort, SortOrder order) {
    Filter out;
    out.sort = sort;
    out.order = order;
    return out;
  }
  std::vector<std::string> names(const Caller& who, const Filter& filter, std::size_t at_once = 50) {
    std::vector<std::string> out;
    std::optional<std::string> cursor;
    do {
      const auto page = run(room_.list(who, filter, cursor, at_once));
      if (!page) throw std::runtime_error("list refused: " + page.error().code);
      for (const Outbreak& one : page->items) out.push_back(one.name);
      cursor = page->next;
    } while (cursor);
    return out;
  }
  static OutbreaksOut file(const char* reason = "Giao ban chiều") {
    OutbreaksOut out;
    out.reason = std::string(reason);
    return out;
  }
  std::vector<std::string> log() {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& entry : world_.house->access.list(s, {}, INT64_MAX, 100).items)
        if (entry.action == "outbreaks.take_out") out.push_back(entry.filter);
      return out;
    });
  }

  std::int64_t next_ = 1001;
  visits::testing::World world_{GetParam(), {cases::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
                      world_.house->access, world_.vault,  world_.clock,
                      diseases(),           rule_sets()};
  const Parts parts_{*world_.db,
                     world_.people,
                     world_.registry,
                     visits::testing::kinds(),
                     diseases(),
                     world_.decisions,
                     visits::testing::geography(),
                     world_.house->access,
                     world_.vault};
  Outbreaks room_{parts_};
  store::Followers followers_{*world_.db};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9201);
  const Caller centre_ = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9203);
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9301);
  const Caller country_ = identity::testing::officer(Role::kProvinceOfficer, UnitId{0}, 9302);
  CaseId first_;
  OutbreakId market_, wedding_, school_;
};

TEST_P(OutbreakListsTest, SortedByBeginLastCaseAndCountPagesGluedAreTheWholeList) {
  three();
  const std::string market = "Chợ Diên Sanh", wedding = "Đám cưới thôn Đông", school = "Trường Nam Hải Lăng";
  EXPECT_THAT(names(province_, {}), ElementsAre(school, market, wedding));
  for (const Caller* who : {&province_, &country_}) {
    for (const std::size_t at_once : {std::size_t{1}, std::size_t{2}, std::size_t{50}}) {
      EXPECT_THAT(names(*who, by(Sort::kBegin, SortOrder::kAscending), at_once), ElementsAre(wedding, market, school));
      EXPECT_THAT(names(*who, by(Sort::kBegin, SortOrder::kDescending), at_once), ElementsAre(school, market, wedding));
      EXPECT_THAT(names(*who, by(Sort::kLastDay, SortOrder::kAscending), at_once),
                  ElementsAre(school, wedding, market));
      EXPECT_THAT(names(*who, by(Sort::kLastDay, SortOrder::kDescending), at_once),
                  ElementsAre(market, wedding, school));
      EXPECT_THAT(names(*who, by(Sort::kCases, SortOrder::kAscending), at_once), ElementsAre(school, market, wedding));
      EXPECT_THAT(names(*who, by(Sort::kCases, SortOrder::kDescending), at_once), ElementsAre(wedding, market, school));
    }
  }
  EXPECT_THAT(names(station_, by(Sort::kCases, SortOrder::kAscending)), ElementsAre(school, market));
}

TEST_P(OutbreakListsTest, OfOneBeginEachStandsOnce) {
  for (const char* name : {"A", "B", "C", "D"}) opened(name, "2026-02-20");
  EXPECT_THAT(names(province_, {}, 1), ElementsAre("D", "C", "B", "A"));
  EXPECT_THAT(names(province_, by(Sort::kCases, SortOrder::kAscending), 3), ElementsAre("A", "B", "C", "D"));
}

TEST_P(OutbreakListsTest, ACursorGoesOnWithItsOwnSortAlone) {
  three();
  const Filter by_cases = by(Sort::kCases, SortOrder::kDescending);
  const auto first = run(room_.list(province_, by_cases, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_TRUE(run(room_.list(province_, by_cases, first->next, 1)));
  EXPECT_THAT(fields(run(room_.list(province_, {}, first->next, 1))), ElementsAre("?cursor other_sort"));
  EXPECT_THAT(fields(run(room_.list(province_, by(Sort::kCases, SortOrder::kAscending), first->next, 1))),
              ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"x", "begin-descending.", "begin-descending.1", "begin-descending.x.1"})
    EXPECT_THAT(fields(run(room_.list(province_, {}, wrong, 1))), ElementsAre("?cursor format")) << wrong;
}

TEST_P(OutbreakListsTest, ItsCasesAreSortedPagesGluedAreTheWholeList) {
  const CaseId an = kase("Nguyễn Thị An", "2026-02-20"), binh = kase("Lê Văn Bình", "2026-02-26"),
               canh = kase("Võ Cảnh", "2026-02-20"), dung = kase("Hồ Dung", "2026-02-10", "covid-19", kNamHaiLang);
  market_ = opened("Chợ Diên Sanh", "2026-02-25", {an, binh, canh, dung});
  ASSERT_TRUE(run(cases_.reclassify(province_, canh, {cases::Classification::kDiscarded, {std::string("Âm tính")}},
                                    run(cases_.find(province_, canh))->version)));
  const auto glued = [&](MembersAsked asked, std::size_t at_once) {
    std::vector<CaseId> out;
    std::optional<std::string> cursor;
    do {
      const auto page = run(room_.members(province_, market_, asked, cursor, at_once));
      if (!page) throw std::runtime_error("list refused: " + page.error().code);
      for (const Member& one : page->items) out.push_back(one.id);
      cursor = page->next;
    } while (cursor && out.size() < 20);
    return out;
  };
  std::vector<std::pair<std::string, CaseId>> numbers;
  for (const CaseId id : {an, binh, canh, dung}) numbers.emplace_back(run(cases_.find(province_, id))->number, id);
  std::sort(numbers.begin(), numbers.end());
  std::vector<CaseId> by_number;
  for (const auto& [number, id] : numbers) by_number.push_back(id);
  const std::vector<CaseId> down(by_number.rbegin(), by_number.rend());
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{2}, std::size_t{50}}) {
    EXPECT_THAT(glued({}, at_once), ElementsAre(dung, an, canh, binh));
    EXPECT_THAT(glued({MemberSort::kDay, SortOrder::kDescending}, at_once), ElementsAre(binh, canh, an, dung));
    EXPECT_THAT(glued({MemberSort::kClassification, SortOrder::kAscending}, at_once),
                ElementsAre(an, binh, dung, canh));
    EXPECT_THAT(glued({MemberSort::kClassification, SortOrder::kDescending}, at_once),
                ElementsAre(canh, dung, binh, an));
    EXPECT_EQ(glued({MemberSort::kNumber, SortOrder::kAscending}, at_once), by_number);
    EXPECT_EQ(glued({MemberSort::kNumber, SortOrder::kDescending}, at_once), down);
    EXPECT_THAT(glued({MemberSort::kResidence, SortOrder::kAscending}, at_once), ElementsAre(an, binh, canh, dung))
        << "Xã Hải Lăng before Xã Nam Hải Lăng";
    EXPECT_THAT(glued({MemberSort::kResidence, SortOrder::kDescending}, at_once), ElementsAre(dung, canh, binh, an));
  }
  const auto first = run(room_.members(province_, market_, {}, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_THAT(fields(run(room_.members(province_, market_, {MemberSort::kClassification, {}}, first->next, 1))),
              ElementsAre("?cursor other_sort"));
  EXPECT_THAT(fields(run(room_.members(province_, market_, {MemberSort::kNumber, {}}, first->next, 1))),
              ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"x", "number-ascending."})
    EXPECT_THAT(fields(run(room_.members(province_, market_, {MemberSort::kNumber, {}}, wrong, 1))),
                ElementsAre("?cursor format"));
  EXPECT_THAT(fields(run(room_.members(province_, market_, {}, "x", 1))), ElementsAre("?cursor format"));
}

TEST_P(OutbreakListsTest, WhatBecomesOfACaseMovesItsOutbreak) {
  three();
  const Filter latest = by(Sort::kLastDay, SortOrder::kDescending);
  ASSERT_EQ(names(province_, latest).front(), "Chợ Diên Sanh");
  const auto late = run(room_.members(province_, market_, {}, std::nullopt, 50))->items.back().id;
  for (const CaseId id : {late, first_}) {
    const auto version = run(cases_.find(province_, id))->version;
    ASSERT_TRUE(
        run(cases_.reclassify(province_, id, {cases::Classification::kDiscarded, {std::string("Âm tính")}}, version)));
  }
  followers_.drain();
  EXPECT_THAT(names(province_, latest), ElementsAre("Đám cưới thôn Đông", "Trường Nam Hải Lăng", "Chợ Diên Sanh"))
      << "no case of the market's counts any more";
  ASSERT_TRUE(run(room_.take_out(province_, market_, late, {{std::string("Không liên quan")}})));
  EXPECT_THAT(names(province_, by(Sort::kCases, SortOrder::kDescending)),
              ElementsAre("Đám cưới thôn Đông", "Chợ Diên Sanh", "Trường Nam Hải Lăng"));
}

TEST_P(OutbreakListsTest, ThoseThatWereThereBeforeAreCounted) {
  three();
  world_.db->transact_now([](store::Session& s) {
    s.run({"test.uncount", "UPDATE outbreaks_outbreak SET case_count = 0, last_day = 0, counted = false"});
    return 0;
  });
  const Filter most = by(Sort::kCases, SortOrder::kDescending);
  ASSERT_EQ(names(province_, most).front(), "Trường Nam Hải Lăng");
  store::Schedule schedule(*world_.db);
  schedule.add(room_.count_first());
  schedule.run_due();
  EXPECT_THAT(names(province_, most), ElementsAre("Đám cưới thôn Đông", "Chợ Diên Sanh", "Trường Nam Hải Lăng"));
  EXPECT_THAT(world_.db->read_now([](store::Session& s) { return storage::uncounted(s, 10); }), IsEmpty());
}

TEST_P(OutbreakListsTest, MoreOutbreaksDoNotMeanMoreStatements) {
  three();
  for (const OutbreakId id : {market_, wedding_}) {
    const Outbreak made = *run(room_.find(province_, id));
    Facts facts;
    facts.name = made.name;
    facts.unit = made.unit;
    facts.source = Text<40>(run(room_.members(province_, id, {}, std::nullopt, 1))->items.at(0).number);
    ASSERT_TRUE(run(room_.edit(province_, id, facts, made.version)));
  }
  const Outbreaks::Impl impl(parts_);
  const auto listed = [&] {
    std::map<std::string, int> sent;
    const auto page = world_.db->read_now([&](store::Session& s) {
      store::testing::Counting counting(s);
      store::Session session(counting);
      auto found = impl.list(session, province_, {}, std::nullopt, 50);
      sent = counting.sent;
      return found;
    });
    if (!page) throw std::runtime_error("list refused: " + page.error().code);
    EXPECT_THAT(page->items, SizeIs(3));
    for (const Outbreak& one : page->items) {
      const Outbreak alone = *run(room_.find(province_, one.id));
      EXPECT_EQ(one.cases, alone.cases) << one.name;
      EXPECT_EQ(one.last_day, alone.last_day) << one.name;
      EXPECT_EQ(one.quiet_until, alone.quiet_until) << one.name;
      EXPECT_EQ(one.source.has_value(), one.cases > 0) << one.name;
      EXPECT_THAT(one.in_charge, SizeIs(1)) << one.name;
      EXPECT_TRUE(one.mine) << one.name;
    }
    return sent;
  };
  const auto counted = listed();
  EXPECT_THAT(counted, Each(Pair(::testing::_, 1)));
  EXPECT_FALSE(counted.contains("outbreaks.cases")) << "what is counted is read as it was counted";
  world_.db->transact_now([](store::Session& s) {
    s.run({"test.uncount_all", "UPDATE outbreaks_outbreak SET case_count = 0, last_day = 0, counted = false"});
    return 0;
  });
  const auto uncounted = listed();
  EXPECT_THAT(uncounted, Each(Pair(::testing::_, 1)));
  EXPECT_TRUE(uncounted.contains("outbreaks.cases"));
}

TEST_P(OutbreakListsTest, AFileOfCountsIsMarkedAndLogged) {
  three();
  const auto all = run(room_.take_out(province_, kQuangTri, file()));
  ASSERT_TRUE(all) << code(all);
  EXPECT_THAT(all->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(all->body, HasSubstr("name,disease,unit,unitName,setting,openedOn,status,closedOn,cases,lastDay"));
  EXPECT_THAT(all->body, HasSubstr("2026-02-20,open,,3,2026-02-12"));
  EXPECT_THAT(all->body, HasSubstr("2026-02-25,open,,2,2026-02-26"));
  EXPECT_THAT(all->body, HasSubstr("2026-03-01,open,,0,,"));
  EXPECT_THAT(all->body, Not(HasSubstr("Nguyễn Thị An")));
  const auto here = run(room_.take_out(centre_, kHaiLang, file()));
  ASSERT_TRUE(here) << code(here);
  EXPECT_THAT(here->body, Not(HasSubstr("Đám cưới thôn Đông")));
  EXPECT_THAT(log(), ElementsAre("2 outbreaks, unit " + to_text(kHaiLang) + ": Giao ban chiều",
                                 "3 outbreaks, unit " + to_text(kQuangTri) + ": Giao ban chiều"));
  auto closed = file();
  closed.status = Status::kClosed;
  EXPECT_THAT(run(room_.take_out(province_, kQuangTri, closed))->body, Not(HasSubstr("2026-02-20,")));
  auto measles = file();
  measles.disease = std::string("measles");
  EXPECT_THAT(run(room_.take_out(province_, kQuangTri, measles))->body, Not(HasSubstr("2026-02-20,")));
}

TEST_P(OutbreakListsTest, AFileIsForThoseInChargeThereWithAReason) {
  three();
  EXPECT_EQ(code(run(room_.take_out(centre_, kHaiLang, file("")))), "reason_required");
  EXPECT_EQ(code(run(room_.take_out(station_, kHaiLang, file()))), "not_permitted");
  EXPECT_EQ(code(run(room_.take_out(centre_, kNamHaiLang, file()))), "not_permitted");
  const Caller commander = identity::testing::officer(Role::kCommander, kQuangTri, 9401);
  EXPECT_EQ(code(run(room_.take_out(commander, kHaiLang, file()))), "not_permitted");
  EXPECT_THAT(log(), IsEmpty());
}

TEST_P(OutbreakListsTest, AFileIsBounded) {
  three();
  world_.db->transact_now([](store::Session& s) {
    for (std::size_t i = 0; i + 2 < kOutbreaksOutMost; ++i) {
      storage::OutbreakRow row;
      row.id = OutbreakId{static_cast<std::int64_t>(i) + 1};
      row.name = "Ổ dịch";
      row.disease = "measles";
      row.unit = kHaiLang;
      row.opened_on = *parse_date("2026-02-01");
      storage::insert(s, row);
    }
    return 0;
  });
  EXPECT_TRUE(run(room_.take_out(centre_, kHaiLang, file()))) << "as many as may be";
  const auto more = run(room_.take_out(province_, kQuangTri, file()));
  EXPECT_EQ(code(more), "list_too_long");
  EXPECT_EQ(more.error().params.at("most"), "5000");
}

TEST_P(OutbreakListsTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const Sort sort : {Sort::kBegin, Sort::kLastDay, Sort::kCases}) {
    for (const bool descending : {false, true}) {
      for (const bool everywhere : {false, true}) {
        const store::Query& page = storage::page_query(sort, descending, everywhere);
        const auto plan = store::testing::plan_of(*world_.db, page, everywhere ? 5 : 6);
        EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
        EXPECT_THAT(plan, HasSubstr(everywhere ? "INDEX outbreaks_outbreak_all_" : "(unit=?"))
            << page.name << ": " << plan;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, OutbreakListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::outbreaks
