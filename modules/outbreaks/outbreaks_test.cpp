#include "modules/outbreaks/outbreaks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/linelists/linelists.h"
#include "modules/linelists/reading.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::outbreaks {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
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

Date day(const char* text) {
  return *parse_date(text);
}

// The morning of 2 March 2026; COVID-19 incubates for 1 to 14 days.
class OutbreaksTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  OutbreaksTest() { world_.switch_on(); }

  Instant now() const { return world_.clock.now(); }
  PersonId person(const std::string& name, UnitId unit = kHaiLang) {
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = 1980;
    fields.unit = unit;
    fields.relation = people::Relation::kSelf;
    const auto made = run(world_.people.create(identity::testing::citizen(next_account_++), std::move(fields)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    return made->id;
  }
  cases::Case reported(PersonId person, const char* onset = "2026-02-25", const char* disease = "covid-19") {
    cases::NewCase request;
    request.person = person;
    request.disease = std::string(disease);
    if (onset) request.onset = parse_date(onset);
    auto made = run(cases_.report(province_, std::move(request)));
    if (!made) throw std::runtime_error("case refused: " + made.error().code);
    return std::move(*made);
  }
  CaseId kase(const std::string& name, const char* onset = "2026-02-25", UnitId unit = kHaiLang) {
    return reported(person(name, unit), onset).id;
  }
  void discard(CaseId id) {
    const auto version = run(cases_.find(province_, id))->version;
    ASSERT_TRUE(
        run(cases_.reclassify(province_, id, {cases::Classification::kDiscarded, {std::string("Âm tính")}}, version)));
  }

  static NewOutbreak fresh(UnitId unit = kHaiLang) {
    NewOutbreak out;
    out.name = std::string("Đám cưới thôn Đông");
    out.disease = std::string("covid-19");
    out.unit = unit;
    out.setting = std::string("eventHall");
    return out;
  }
  Outbreak opened(UnitId unit = kHaiLang) {
    auto made = run(room_.open(unit == kHaiLang ? station_ : province_, fresh(unit), std::nullopt));
    if (!made) throw std::runtime_error("outbreak refused: " + made.error().code);
    return std::move(*made);
  }
  Result<Put> put(const Caller& who, OutbreakId id, std::vector<CaseId> cases) {
    return run(room_.put(who, id, {std::move(cases)}));
  }
  Outbreak find(OutbreakId id) { return *run(room_.find(station_, id)); }
  std::vector<Member> members(const Caller& who, OutbreakId id) {
    return run(room_.members(who, id, {}, std::nullopt, 200))->items;
  }
  // "put COV-…: reason", newest first.
  std::vector<std::string> history(OutbreakId id) {
    std::vector<std::string> out;
    const auto page = run(room_.history(station_, id));
    for (const Change& one : page->items)
      out.push_back(json::enum_text(one.what) + (one.case_ ? " case" : "") + (one.reason ? ": " + *one.reason : ""));
    return out;
  }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (const auto& line : store::testing::event_lines(*world_.db))
      if (line.starts_with("outbreak.")) out.push_back(line.substr(0, line.find(':')));
    return out;
  }
  std::vector<std::string> log_about(PersonId person) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = person;
      for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 100).items)
        if (entry.action.starts_with("outbreaks.")) out.push_back(entry.action + ' ' + entry.reason);
      return out;
    });
  }
  void visit(PersonId person, PlaceId place, const char* from, const char* to) {
    visits::ImportedVisit visit;
    visit.source = "test";
    visit.external = std::to_string(next_++);
    visit.person = person;
    visit.place = place;
    visit.in = *parse_instant(from);
    visit.out = parse_instant(to);
    const auto done = world_.db->transact_now(
        [&](store::Session& s) { return world_.visits.import_visits(s, std::span(&visit, 1)); });
    ASSERT_EQ(done.added, 1);
  }
  Result<Shared> shared(const Caller& who, OutbreakId id, std::string reason = "Tìm nơi lây chung",
                        std::optional<std::vector<CaseId>> chosen = {}) {
    return run(room_.shared(who, id, {{std::move(reason)}, std::move(chosen)}));
  }
  Result<http::Reply> line_list(const Caller& who, OutbreakId id, std::string reason = "Báo cáo tuần") {
    return run(room_.line_list(who, id, {{std::move(reason)}, {}}));
  }

  std::int64_t next_account_ = 1001;
  int next_ = 1;
  visits::testing::World world_{GetParam(), {cases::migrations(), linelists::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
                      world_.house->access, world_.vault,  world_.clock,
                      diseases(),           rule_sets()};
  Outbreaks room_{{*world_.db, world_.people, world_.registry, visits::testing::kinds(), diseases(), world_.decisions,
                   visits::testing::geography(), world_.house->access, world_.vault}};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9201);
  const Caller neighbour_ = identity::testing::officer(Role::kStationOfficer, kNamHaiLang, 9202);
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9301);
};

// ---- opening, putting in, taking out ----

TEST_P(OutbreaksTest, WhoeverOpensItIsInChargeAndEverythingIsKept) {
  const Outbreak made = opened();
  EXPECT_EQ(made.opened_on, day("2026-03-02"));
  EXPECT_TRUE(made.mine);
  ASSERT_THAT(made.in_charge, SizeIs(1));
  const CaseId an = kase("Nguyễn Thị An"), binh = kase("Lê Văn Bình");
  EXPECT_EQ(put(station_, made.id, {an, binh, an})->added, 2);
  EXPECT_EQ(put(station_, made.id, {an})->known, 1) << "put again, nothing changes";
  EXPECT_EQ(find(made.id).cases, 2);
  ASSERT_TRUE(run(room_.take_out(station_, made.id, an, {{std::string("Không dự tiệc")}})));
  EXPECT_EQ(find(made.id).cases, 1);
  EXPECT_EQ(put(station_, made.id, {an})->added, 1) << "taken out, it can be put in again";
  EXPECT_THAT(history(made.id), ElementsAre("put case", "taken case: Không dự tiệc", "put case", "put case", "opened"));
  EXPECT_THAT(events(), ElementsAre("outbreak.opened", "outbreak.changed", "outbreak.changed", "outbreak.changed"));
}

TEST_P(OutbreaksTest, OpenedTwiceWithOneKeyIsOpenedOnce) {
  const store::Once key = store::make_once(9201, "POST /outbreaks", "key", "body");
  const auto first = run(room_.open(station_, fresh(), key)), again = run(room_.open(station_, fresh(), key));
  ASSERT_TRUE(first) << code(first);
  ASSERT_TRUE(again) << code(again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_THAT(run(room_.list(station_, {}, std::nullopt, 50))->items, SizeIs(1));
}

TEST_P(OutbreaksTest, WhatCannotBeIsRefused) {
  NewOutbreak request = fresh();
  request.name = std::string();
  EXPECT_THAT(fields(run(room_.open(station_, request, std::nullopt))), ElementsAre("/name required"));
  request = fresh();
  request.setting = std::string("palace");
  EXPECT_THAT(fields(run(room_.open(station_, request, std::nullopt))), ElementsAre("/setting unknown"));
  request = fresh();
  request.opened_on = day("2026-03-03");
  EXPECT_THAT(fields(run(room_.open(station_, request, std::nullopt))), ElementsAre("/openedOn time_in_future"));
  request = fresh();
  request.disease = std::string("plague-of-frogs");
  EXPECT_EQ(code(run(room_.open(station_, request, std::nullopt))), "disease_unknown");
  EXPECT_EQ(code(run(room_.open(station_, fresh(kNamHaiLang), std::nullopt))), "not_permitted");
  EXPECT_THAT(fields(put(station_, opened().id, {})), ElementsAre("/cases required"));
}

TEST_P(OutbreaksTest, ACaseBelongsToOneOutbreakAndTheRefusalSaysWhich) {
  const Outbreak first = opened(), second = opened();
  const CaseId an = kase("Nguyễn Thị An");
  ASSERT_EQ(put(station_, first.id, {an})->added, 1);
  const auto refused = put(station_, second.id, {an});
  ASSERT_THAT(refused->refused, SizeIs(1));
  EXPECT_EQ(refused->refused[0].why, Unfit::kInAnother);
  ASSERT_TRUE(refused->refused[0].outbreak);
  EXPECT_EQ(refused->refused[0].outbreak->id, first.id);
  ASSERT_TRUE(run(room_.take_out(station_, first.id, an, {{std::string("Chuyển ổ dịch")}})));
  EXPECT_EQ(put(station_, second.id, {an})->added, 1);
  const auto of = run(room_.of_case(station_, an));
  ASSERT_THAT(of->items, SizeIs(1));
  EXPECT_EQ(of->items[0].id, second.id);
}

TEST_P(OutbreaksTest, EachCaseIsJudgedByItself) {
  const Outbreak made = opened();
  const CaseId an = kase("Nguyễn Thị An"), gone = kase("Lê Văn Bình"), far = kase("Võ Cảnh", "2026-02-25", kNamHaiLang);
  const CaseId other = reported(person("Trần Dung"), "2026-02-25", "measles").id;
  discard(gone);
  const auto done = put(station_, made.id, {an, gone, far, other, CaseId{12345}});
  EXPECT_EQ(done->added, 1);
  std::map<CaseId, Unfit> why;
  for (const Refused& one : done->refused) {
    why[one.id] = one.why;
    EXPECT_EQ(one.number.has_value(), one.why != Unfit::kUnknown) << "nobody learns that there is such a case";
  }
  EXPECT_EQ(why, (std::map<CaseId, Unfit>{{gone, Unfit::kDiscarded},
                                          {far, Unfit::kUnknown},
                                          {other, Unfit::kOtherDisease},
                                          {CaseId{12345}, Unfit::kUnknown}}));
}

TEST_P(OutbreaksTest, TheSourceIsOneOfItsCasesAndGoesWithIt) {
  const Outbreak made = opened();
  const cases::Case an = reported(person("Nguyễn Thị An"));
  Facts facts;
  facts.name = std::string("Ổ dịch thôn Đông");
  facts.unit = kHaiLang;
  facts.source = an.number;
  EXPECT_EQ(code(run(room_.edit(station_, made.id, facts, made.version))), "source_unknown");
  ASSERT_EQ(put(station_, made.id, {an.id})->added, 1);
  const auto edited = run(room_.edit(station_, made.id, facts, made.version));
  ASSERT_TRUE(edited) << code(edited);
  EXPECT_EQ(edited->name, "Ổ dịch thôn Đông");
  EXPECT_FALSE(edited->setting) << "sent whole";
  ASSERT_TRUE(edited->source);
  EXPECT_EQ(edited->source->number, an.number);
  EXPECT_EQ(code(run(room_.edit(station_, made.id, facts, made.version))), "version_conflict");
  facts.unit = kNamHaiLang;
  EXPECT_EQ(code(run(room_.edit(station_, made.id, facts, edited->version))), "not_permitted");
  ASSERT_TRUE(run(room_.take_out(station_, made.id, an.id, {{std::string("Không phải")}})));
  EXPECT_FALSE(find(made.id).source);
}

// ---- when it is over ----

TEST_P(OutbreaksTest, TheEndIsProposedAfterTwiceTheLongestIncubation) {
  const Outbreak made = opened();
  EXPECT_FALSE(find(made.id).quiet_until) << "no case, no count";
  const CaseId an = kase("Nguyễn Thị An", "2026-02-20"), late = kase("Lê Văn Bình", "2026-03-01");
  ASSERT_EQ(put(station_, made.id, {an, late})->added, 2);
  EXPECT_EQ(find(made.id).last_day, day("2026-03-01"));
  EXPECT_EQ(find(made.id).quiet, 28);
  EXPECT_EQ(find(made.id).quiet_until, day("2026-03-29"));
  world_.clock.advance(hours(24 * 27));  // the 29th
  EXPECT_FALSE(find(made.id).over);
  world_.clock.advance(hours(24));
  EXPECT_TRUE(find(made.id).over);
  EXPECT_EQ(find(made.id).status, Status::kOpen) << "proposed, not decided";
  discard(late);
  EXPECT_EQ(find(made.id).quiet_until, day("2026-03-20")) << "one that was none does not count";
}

TEST_P(OutbreaksTest, ItIsClosedWithAReasonAndCanBeReopened) {
  const Outbreak made = opened();
  const CaseId an = kase("Nguyễn Thị An");
  ASSERT_EQ(put(station_, made.id, {an})->added, 1);
  Closing closing;
  EXPECT_THAT(fields(run(room_.close(station_, made.id, closing, made.version))), ElementsAre("/reason required"));
  closing.reason = std::string("28 ngày không có ca mới");
  closing.on = day("2026-03-03");
  EXPECT_THAT(fields(run(room_.close(station_, made.id, closing, made.version))), ElementsAre("/on time_in_future"));
  closing.on = day("2026-03-01");
  EXPECT_THAT(fields(run(room_.close(station_, made.id, closing, made.version))), ElementsAre("/on range"));
  closing.on.reset();
  const auto closed = run(room_.close(station_, made.id, closing, made.version));
  ASSERT_TRUE(closed) << code(closed);
  EXPECT_EQ(closed->closed_on, day("2026-03-02"));
  EXPECT_EQ(code(run(room_.close(station_, made.id, closing, closed->version))), "outbreak_closed");
  EXPECT_EQ(code(put(station_, made.id, {kase("Lê Văn Bình")})), "outbreak_closed");
  EXPECT_EQ(code(run(room_.take_out(station_, made.id, an, {{std::string("x")}}))), "outbreak_closed");
  Filter still_open;
  still_open.status = Status::kOpen;
  EXPECT_THAT(run(room_.list(station_, still_open, std::nullopt, 50))->items, IsEmpty());
  const auto again = run(room_.reopen(station_, made.id, {{std::string("Có ca mới")}}, closed->version));
  ASSERT_TRUE(again) << code(again);
  EXPECT_FALSE(again->closed_on);
  EXPECT_EQ(code(run(room_.reopen(station_, made.id, {{std::string("x")}}, again->version))), "outbreak_open");
  EXPECT_THAT(history(made.id),
              ElementsAre("reopened: Có ca mới", "closed: 28 ngày không có ca mới", "put case", "opened"));
}

// ---- who sees what ----

TEST_P(OutbreaksTest, ItLiesWhereTheUnitInChargeLies) {
  const Outbreak made = opened();
  EXPECT_EQ(code(run(room_.find(neighbour_, made.id))), "not_found");
  EXPECT_EQ(code(put(neighbour_, made.id, {kase("Nguyễn Thị An")})), "not_found");
  EXPECT_EQ(code(run(room_.history(neighbour_, made.id))), "not_found");
  EXPECT_EQ(code(shared(neighbour_, made.id)), "not_found");
  EXPECT_EQ(code(line_list(neighbour_, made.id)), "not_found");
  EXPECT_THAT(run(room_.list(neighbour_, {}, std::nullopt, 50))->items, IsEmpty());
  EXPECT_THAT(run(room_.list(province_, {}, std::nullopt, 50))->items, SizeIs(1));
  const Caller commander = identity::testing::officer(Role::kCommander, kQuangTri, 9401);
  EXPECT_EQ(code(run(room_.list(commander, {}, std::nullopt, 50))), "not_permitted");
}

TEST_P(OutbreaksTest, TheListOfCasesIsFilteredByAnOutbreakForThoseWhoSeeIt) {
  cases_.set_cases_of([&](store::Session& s, const Caller& caller, std::int64_t id) {
    return room_.cases_of(s, caller, OutbreakId{id});
  });
  const Outbreak made = opened();
  const CaseId in = kase("Nguyễn Thị An"), other = kase("Lê Văn Bình");
  ASSERT_EQ(put(province_, made.id, {in})->added, 1);
  cases::Filter filter;
  EXPECT_THAT(run(cases_.list(province_, filter, std::nullopt, 50))->items, SizeIs(2));
  filter.outbreak = made.id.value;
  const auto page = run(cases_.list(province_, filter, std::nullopt, 50));
  ASSERT_TRUE(page) << code(page);
  ASSERT_THAT(page->items, SizeIs(1));
  EXPECT_EQ(page->items[0].id, in);
  EXPECT_NE(page->items[0].id, other);
  EXPECT_EQ(code(run(cases_.list(neighbour_, filter, std::nullopt, 50))), "not_found");
  filter.outbreak = 7;
  EXPECT_EQ(code(run(cases_.list(province_, filter, std::nullopt, 50))), "not_found");
}

TEST_P(OutbreaksTest, AListGoesOnWhereItEnded) {
  for (int i = 0; i < 3; ++i) opened(i == 1 ? kNamHaiLang : kHaiLang);
  const auto first = run(room_.list(province_, {}, std::nullopt, 2));
  ASSERT_TRUE(first->next);
  const auto rest = run(room_.list(province_, {}, first->next, 2));
  ASSERT_THAT(rest->items, SizeIs(1));
  EXPECT_FALSE(rest->next);
  EXPECT_LT(rest->items[0].id, first->items[1].id);
  // Each with its own cases.
  ASSERT_EQ(put(province_, first->items[1].id, {kase("Nguyễn Thị An"), kase("Lê Văn Bình")})->added, 2);
  ASSERT_EQ(put(province_, rest->items[0].id, {kase("Võ Cảnh")})->added, 1);
  std::vector<std::int64_t> counts;
  const auto page = run(room_.list(province_, {}, std::nullopt, 50));
  for (const Outbreak& one : page->items) counts.push_back(one.cases);
  EXPECT_THAT(counts, ElementsAre(0, 2, 1));
  Filter there;
  there.unit = kNamHaiLang;
  EXPECT_THAT(run(room_.list(province_, there, std::nullopt, 50))->items, SizeIs(1));
}

TEST_P(OutbreaksTest, APersonIsNamedToThoseOfTheCasesAreaAndSeesWhoLooked) {
  const Outbreak made = opened();
  const PersonId an = person("Nguyễn Thị An"), canh = person("Võ Cảnh", kNamHaiLang);
  const CaseId near = reported(an, "2026-02-20").id, far = reported(canh, "2026-02-21").id;
  ASSERT_EQ(put(province_, made.id, {near, far})->added, 2);
  const auto seen = members(station_, made.id);
  ASSERT_THAT(seen, SizeIs(2));
  ASSERT_TRUE(seen[0].person);
  EXPECT_EQ(seen[0].person->name, "Nguyễn Thị An");
  EXPECT_FALSE(seen[1].person);
  EXPECT_EQ(seen[1].id, far);
  const std::string reason = "outbreak " + to_text(made.id);
  EXPECT_THAT(log_about(an), ElementsAre("outbreaks.read " + reason, "outbreaks.work " + reason));
  EXPECT_THAT(log_about(canh), ElementsAre("outbreaks.work " + reason));
  ASSERT_TRUE(members(province_, made.id)[1].person);
  EXPECT_EQ(code(run(room_.take_out(station_, made.id, far, {{std::string("x")}}))), "not_found");
  const auto first = run(room_.members(station_, made.id, {}, std::nullopt, 1));
  EXPECT_EQ(run(room_.members(station_, made.id, {}, first->next, 1))->items.at(0).id, far);
}

TEST_P(OutbreaksTest, ThePictureIsDrawnFromTheCasesAsTheyAre) {
  const Outbreak made = opened();
  const cases::Case first = reported(person("Nguyễn Thị An"), "2026-02-20");
  const cases::Case second = reported(person("Lê Văn Bình"), "2026-02-24");
  ASSERT_TRUE(run(cases_.record_source(province_, second.id, {first.number}, second.version)));
  ASSERT_EQ(put(station_, made.id, {first.id, second.id})->added, 2);
  const Picture seen = *find(made.id).picture;
  ASSERT_THAT(seen.curve, SizeIs(2));
  EXPECT_EQ(seen.curve[0].onset, 1);
  ASSERT_THAT(seen.chain, SizeIs(2));
  EXPECT_EQ(seen.chain[1].depth, 1);
  EXPECT_EQ(seen.chain[1].serial, 4);
  EXPECT_EQ(seen.chain[1].source, first.number);
  ASSERT_THAT(seen.units, SizeIs(1));
  EXPECT_EQ(seen.units[0].cases, 2);
  EXPECT_FALSE(run(room_.list(station_, {}, std::nullopt, 50))->items.at(0).picture);
}

// ---- where they were, and the line list ----

TEST_P(OutbreaksTest, WhatTheyHaveInCommonIsForOfficersInChargeWithAReason) {
  const Outbreak made = opened();
  const PersonId an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình"), canh = person("Võ Cảnh", kNamHaiLang);
  const CaseId a = reported(an, "2026-02-27").id, b = reported(binh, "2026-02-28").id, c = reported(canh).id;
  ASSERT_EQ(put(province_, made.id, {a, b, c})->added, 3);
  const auto there = world_.places({{"Nhà văn hoá", "eventHall"}, {"Chợ", "market"}});
  visit(an, there[0], "2026-02-20T10:00:00Z", "2026-02-20T12:00:00Z");
  visit(binh, there[0], "2026-02-20T11:00:00Z", "2026-02-20T13:00:00Z");
  visit(canh, there[0], "2026-02-20T11:00:00Z", "2026-02-20T13:00:00Z");
  visit(an, there[1], "2026-02-10T01:00:00Z", "2026-02-10T02:00:00Z");  // too early for a case of the 27th
  visit(binh, there[1], "2026-02-20T01:00:00Z", "2026-02-20T02:00:00Z");

  EXPECT_EQ(code(shared(province_, made.id)), "not_in_charge");
  EXPECT_EQ(code(shared(station_, made.id, "")), "reason_required");
  EXPECT_EQ(code(shared(station_, made.id)), "not_in_force");
  EXPECT_THAT(log_about(an), Not(Contains(HasSubstr("outbreaks.shared"))));
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now());
  const auto found = shared(station_, made.id);
  ASSERT_TRUE(found) << code(found);
  EXPECT_EQ(found->asked, 2);
  EXPECT_EQ(found->elsewhere, 1) << "of another area: not asked about";
  EXPECT_EQ(found->seen, 2);
  EXPECT_EQ(found->compared, 2);
  EXPECT_EQ(found->least, 1);
  EXPECT_EQ(found->most, 14);
  ASSERT_THAT(found->places, SizeIs(1));
  const SharedPlace& place = found->places[0];
  EXPECT_EQ(place.place.name, "Nhà văn hoá");
  EXPECT_EQ(place.place.kind, "eventHall");
  EXPECT_EQ(place.cases, 2);
  EXPECT_EQ(place.visitors, 3) << "how many were there is known of everybody";
  ASSERT_THAT(place.visits, SizeIs(2));
  EXPECT_LE(place.chance, place.corrected);
  EXPECT_THAT(log_about(an), Contains("outbreaks.shared Tìm nơi lây chung"));
  EXPECT_THAT(log_about(canh), Not(Contains(HasSubstr("outbreaks.shared"))));

  EXPECT_EQ(shared(station_, made.id, "Hai ca", std::vector<CaseId>{a})->places.size(), 0u);
  EXPECT_THAT(fields(shared(station_, made.id, "Ca lạ", std::vector<CaseId>{a, CaseId{12345}})),
              ElementsAre("/cases unknown"));
  ASSERT_TRUE(run(room_.take_charge(province_, made.id, true)));
  EXPECT_EQ(shared(province_, made.id)->asked, 3);
  EXPECT_FALSE(run(room_.take_charge(province_, made.id, false))->mine);
  EXPECT_EQ(code(shared(province_, made.id)), "not_in_charge");
}

TEST_P(OutbreaksTest, WhereNoDecisionSwitchesTracingOnNobodyIsAskedAbout) {
  const Outbreak made = opened();
  const PersonId an = person("Nguyễn Thị An"), canh = person("Võ Cảnh", kNamHaiLang);
  ASSERT_EQ(put(province_, made.id, {reported(an).id, reported(canh).id})->added, 2);
  ASSERT_TRUE(run(room_.take_charge(province_, made.id, true)));
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), kHaiLang);
  const auto found = shared(province_, made.id);
  ASSERT_TRUE(found) << code(found);
  EXPECT_EQ(found->asked, 1);
  EXPECT_EQ(found->elsewhere, 1);
  EXPECT_THAT(log_about(an), Contains(HasSubstr("outbreaks.shared")));
  EXPECT_THAT(log_about(canh), Not(Contains(HasSubstr("outbreaks.shared"))));
}

TEST_P(OutbreaksTest, TheLineListIsMarkedLoggedAndOfTheOwnArea) {
  const Outbreak made = opened();
  const PersonId an = person("Nguyễn Thị An"), canh = person("Võ Cảnh", kNamHaiLang);
  const cases::Case near = reported(an, "2026-02-20"), far = reported(canh, "2026-02-21");
  ASSERT_EQ(put(province_, made.id, {near.id, far.id})->added, 2);
  EXPECT_EQ(code(line_list(province_, made.id)), "not_in_charge");
  EXPECT_EQ(code(line_list(station_, made.id, "")), "reason_required");
  EXPECT_THAT(log_about(an), Each(Not(HasSubstr("outbreaks.takeOut"))));
  const auto file = line_list(station_, made.id);
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr(to_text(station_.account)));
  EXPECT_THAT(file->body, HasSubstr(near.number));
  EXPECT_THAT(file->body, HasSubstr("Nguyễn Thị An"));
  EXPECT_THAT(file->body, HasSubstr("2026-02-20"));
  EXPECT_THAT(file->body, HasSubstr("suspect"));
  EXPECT_THAT(file->body, HasSubstr(far.number));
  EXPECT_THAT(file->body, Not(HasSubstr("Võ Cảnh")));
  EXPECT_THAT(file->body.substr(file->body.find(near.number)), HasSubstr("1980"));
  EXPECT_THAT(file->body.substr(file->body.find(far.number)), Not(HasSubstr("1980")))
      << "the last line is of elsewhere";
  EXPECT_THAT(log_about(an), Contains("outbreaks.takeOut Báo cáo tuần"));
  EXPECT_THAT(log_about(canh), Each(HasSubstr("outbreaks.work")));
}

TEST_P(OutbreaksTest, TheLineListIsReadBackUnchanged) {
  const Outbreak made = opened();
  const cases::Case source = reported(person("Nguyễn Thị An"), "2026-02-20");
  const cases::Case ill = reported(person("Lê Văn Bình"), "2026-02-26");
  const cases::Case away = reported(person("Võ Cảnh", kNamHaiLang), "2026-02-27");
  cases::Source from;
  from.number = Text<40>(source.number);
  const auto infected = run(cases_.record_source(province_, ill.id, from, ill.version));
  ASSERT_TRUE(infected) << code(infected);
  cases::Confirmation positive;
  positive.onset = day("2026-02-26");
  positive.sample_at = *parse_instant("2026-02-27T02:00:00Z");
  positive.result_at = *parse_instant("2026-02-27T10:00:00Z");
  positive.isolated_at = *parse_instant("2026-02-27T11:30:00Z");
  const auto confirmed = run(cases_.confirm(province_, ill.id, positive, infected->version));
  ASSERT_TRUE(confirmed) << code(confirmed);
  ASSERT_EQ(put(province_, made.id, {ill.id, source.id, away.id})->added, 3);

  const auto file = line_list(station_, made.id);
  ASSERT_TRUE(file) << code(file);
  const auto sheet = linelists::read_sheet(file->body, 10);
  ASSERT_TRUE(sheet) << code(sheet);
  ASSERT_THAT(sheet->rows, SizeIs(3));
  const linelists::Mapping mapping = linelists::suggested(sheet->columns);
  EXPECT_TRUE(linelists::check(mapping, sheet->columns));
  const linelists::LineReader reader(mapping, sheet->columns,
                                     {visits::testing::geography(), diseases(), kQuangTri, day("2026-03-02")});
  EXPECT_EQ(reader.read(sheet->rows[0].cells).external, source.number);
  const linelists::Line line = reader.read(sheet->rows[1].cells);
  EXPECT_THAT(line.flaws, IsEmpty());
  EXPECT_EQ(line.external, ill.number);
  EXPECT_EQ(line.source_number, source.number);
  EXPECT_EQ(line.person.name, "Lê Văn Bình");
  EXPECT_EQ(line.person.birth_year, 1980);
  EXPECT_EQ(line.person.unit, kHaiLang);
  EXPECT_EQ(line.given.disease, "covid-19");
  EXPECT_EQ(line.given.classification, cases::Classification::kConfirmed);
  EXPECT_EQ(line.given.onset, positive.onset);
  ASSERT_TRUE(line.given.confirmation);
  EXPECT_EQ(line.given.confirmation->sample_at, positive.sample_at);
  EXPECT_EQ(line.given.confirmation->result_at, positive.result_at);
  EXPECT_EQ(line.given.confirmation->isolated_at, positive.isolated_at);
  EXPECT_EQ(line.given.confirmation->method, positive.method);

  const people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                      world_.house->accounts, world_.vault);
  linelists::LineLists lists{{*world_.db, cases_, world_.people, duplicates, visits::testing::geography(),
                              world_.house->access, world_.house.texts(), world_.vault}};
  const auto sent = run(lists.send(province_, kQuangTri, "o-dich.csv", std::nullopt, file->body, std::nullopt));
  ASSERT_TRUE(sent) << code(sent);
  ASSERT_TRUE(run(lists.run(province_, sent->id, mapping)));
  while (lists.work_once()) {
  }
  const auto counts = run(lists.find(province_, sent->id))->counts;
  EXPECT_EQ(counts.known, 2);
  EXPECT_EQ(counts.wrong, 1) << "who lives elsewhere has no name in it";
}

TEST_P(OutbreaksTest, NothingThatIsSaidOfAPersonStandsInTheOpen) {
  const Outbreak made = opened();
  const CaseId an = kase("Nguyễn Thị An");
  ASSERT_EQ(put(station_, made.id, {an})->added, 1);
  ASSERT_TRUE(run(room_.take_out(station_, made.id, an, {{std::string("An không dự tiệc")}})));
  const auto kept = world_.db->read_now([](store::Session& s) {
    constexpr store::Query kReasons{"test.reasons", "SELECT reason FROM outbreaks_change WHERE reason IS NOT NULL"};
    return s.all<store::Bytes>(kReasons);
  });
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0].data.find("dự tiệc"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Engines, OutbreaksTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::outbreaks
