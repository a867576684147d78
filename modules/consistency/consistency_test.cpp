#include "modules/consistency/consistency.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/consistency/storage.h"
#include "modules/visits/stays.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"
#include "platform/store/plan_testing.h"

namespace luytre::consistency {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

const UnitId kDaNang{2025100048}, kInDaNang{2025320242}, kDongHa{2025319333}, kInHaNoi{2025300004};

json::Object answered(std::string_view link, bool value) {
  return {{"linkId", link}, {"answer", json::Array{json::Object{{"valueBoolean", value}}}}};
}

class ConsistencyTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  ConsistencyTest() {
    consistency_.add_source([this](store::Session&, PersonId asked, Interval) {
      return asked == an_ ? recorded_ : std::vector<Sighting>{};
    });
    consistency_.set_lists([this](store::Session&, PersonId asked, const DeclaredJourney& journey) {
      return asked == an_ && journey.day == local_date(now()) ? lists_ : std::vector<ListedTrip>{};
    });
    consistency_.add_arrivals({"visit.imported"}, [](store::Session& s, const store::Event& event) {
      const auto one = visits::visitor(s, VisitId{event.subject});
      return one ? Consistency::Arrived{{{one->person, one->in}}, {}} : Consistency::Arrived{};
    });
    consistency_.add_arrivals({"passengers.listed"}, [this](store::Session&, const store::Event&) {
      return Consistency::Arrived{{}, {{{"74b00123"}, local_date(now())}}};
    });
    consistency_.add_arrivals({"warning.sent"}, [this](store::Session&, const store::Event&) {
      return Consistency::Arrived{{{an_, now() - hours(24)}}, {}};
    });
    consistency_.add_arrivals({"visits.changed", "person.changed"}, [](store::Session&, const store::Event& event) {
      return Consistency::Arrived{{{PersonId{event.subject}, Instant{}}}, {}};
    });
    consistency_.set_answers([](store::Session&, const store::Event& event) {
      return std::optional(Consistency::Answered{DifferenceId{event.subject}, event.at});
    });
    followers_.add(consistency_.follow());
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now());
  }

  Instant now() const { return world_.clock.now(); }
  void switch_on_tracing() { command::testing::switch_on(world_.decisions, command::Switch::kTracing, now()); }

  PersonId person(const Caller& keeper, const std::string& name, people::Relation relation, int born = 1980) {
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = born;
    fields.unit = kHaiLang;
    fields.relation = relation;
    const auto made = run(world_.people.create(keeper, std::move(fields)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    return made->id;
  }
  PlaceId place(const std::string& name, const std::string& kind, UnitId unit) {
    const std::vector<places::Places::Imported> file{{"test", name, name, kind, unit, {}}};
    const auto made =
        world_.db->transact_now([&](store::Session& s) { return world_.registry.import_places(s, file); });
    world_.registry.start();
    return made.front()->id;
  }
  void stay(PersonId who, PlaceId where, Instant from) {
    visits::ImportedVisit visit;
    visit.source = "test";
    visit.external = std::to_string(next_visit_++);
    visit.person = who;
    visit.place = where;
    visit.in = from;
    visit.out = from + minutes(60);
    const auto done = world_.db->transact_now(
        [&](store::Session& s) { return world_.visits.import_visits(s, std::span(&visit, 1)); });
    ASSERT_EQ(done.added, 1);
  }
  // `symptoms`: their own words; absent: they have none.
  declarations::DeclarationId declare(const Caller& who, bool visited, std::optional<PersonId> person = {},
                                      std::optional<declarations::DeclarationId> corrects = {},
                                      const char* symptoms = nullptr) {
    declarations::NewDeclaration out;
    out.form = std::string("place-entry");
    out.version = std::string("2021-05-29");
    out.at = now();
    out.person = person;
    out.corrects = corrects;
    json::Array items{answered("visited", visited)};
    if (visited)
      items.push_back(
          json::Object{{"linkId", "visited-where"}, {"answer", json::Array{json::Object{{"valueString", "Đà Nẵng"}}}}});
    items.push_back(answered("symptoms", symptoms != nullptr));
    if (symptoms)
      items.push_back(
          json::Object{{"linkId", "symptoms-which"}, {"answer", json::Array{json::Object{{"valueString", symptoms}}}}});
    for (const char* question : {"contact-case", "contact-country", "contact-sick"})
      items.push_back(answered(question, false));
    out.response = json::Object{{"resourceType", "QuestionnaireResponse"},
                                {"status", "completed"},
                                {"item", json::Array{json::Object{{"linkId", "risk"}, {"item", std::move(items)}}}}};
    const auto made = run(declarations_.submit(who, std::move(out), std::nullopt));
    if (!made) throw std::runtime_error("refused: " + made.error().code);
    followers_.drain();
    return made->id;
  }
  declarations::DeclarationId declare_journey(const std::string& vehicle, const std::string& seat) {
    const auto text = [](const char* link, const std::string& value) {
      return json::Object{{"linkId", link}, {"answer", json::Array{json::Object{{"valueString", value}}}}};
    };
    json::Array movement{
        json::Object{{"linkId", "means"},
                     {"answer", json::Array{json::Object{{"valueCoding", json::Object{{"code", "other"}}}}}}},
        text("vehicle", vehicle),
        text("seat", seat),
        json::Object{{"linkId", "departure-date"},
                     {"answer", json::Array{json::Object{{"valueDate", to_text(local_date(now()))}}}}},
        text("departure-place", "Đà Nẵng"),
        text("arrival-place", "Xã Hải Lăng")};
    json::Array risk;
    for (const char* question : {"visited", "symptoms", "contact-case", "contact-country", "contact-sick"})
      risk.push_back(answered(question, false));
    declarations::NewDeclaration out;
    out.form = std::string("domestic-movement");
    out.version = std::string("2021-04-30");
    out.at = now();
    out.unit = kHaiLang;
    out.response =
        json::Object{{"resourceType", "QuestionnaireResponse"},
                     {"status", "completed"},
                     {"item", json::Array{json::Object{{"linkId", "movement"}, {"item", std::move(movement)}},
                                          json::Object{{"linkId", "risk"}, {"item", std::move(risk)}}}}};
    const auto made = run(declarations_.submit(mother_, std::move(out), std::nullopt));
    if (!made) throw std::runtime_error("refused: " + made.error().code);
    followers_.drain();
    return made->id;
  }
  void a_list_arrives() {
    world_.db->transact_now([&](store::Session& s) { s.publish({"passengers.listed", bus_.value, now(), 1, 0}); });
    followers_.drain();
  }
  void a_warning_is_sent() {
    world_.db->transact_now([&](store::Session& s) { s.publish({"warning.sent", 1, now(), 1, 0}); });
    followers_.drain();
  }
  void look_again() {
    const auto job = consistency_.again();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  }
  Sighting listed_in_da_nang() const {
    return {Record::kPassengers, bus_, kInDaNang, now() - hours(20), now() - hours(19), false, {}, true};
  }
  // Somebody who was in Đà Nẵng yesterday and says not to have been away.
  declarations::DeclarationId differing() {
    switch_on_tracing();
    stay(an_, in_da_nang_, now() - hours(24));
    return declare(mother_, false);
  }

  std::vector<DifferenceView> list(const Caller& who, std::optional<State> state = {}) {
    const auto page = run(consistency_.list(who, {state}, std::nullopt, 50));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  std::vector<DifferenceView> mine(const Caller& who) { return *run(consistency_.mine(who)); }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }

  visits::testing::World world_{GetParam(), {declarations::migrations(), migrations()}};
  declarations::Declarations declarations_{*world_.db,
                                           world_.people,
                                           world_.decisions,
                                           visits::testing::geography(),
                                           world_.house->access,
                                           world_.vault,
                                           declarations::Catalogue(LUYTRE_SOURCE_DIR "/data")};
  Consistency consistency_{{*world_.db, declarations_, world_.decisions, world_.people, world_.registry,
                            world_.doubtful, visits::testing::geography(), world_.house->access, world_.vault}};
  store::Followers followers_{*world_.db};
  const Caller mother_ = identity::testing::citizen(1001), other_ = identity::testing::citizen(1002);
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9201);
  const Caller elsewhere_ = identity::testing::officer(Role::kStationOfficer, kDongHa, 9202);
  const PersonId an_ = person(mother_, "Nguyễn Thị An", people::Relation::kSelf);
  const PlaceId in_da_nang_ = place("Chợ Hàn", "market", kInDaNang),
                market_ = place("Chợ Diên Sanh", "market", kHaiLang),
                bus_ = place("Xe khách tuyến 07", "vehicleTrip", kInDaNang);
  std::int64_t next_visit_ = 1;
  std::vector<Sighting> recorded_;  // by other rooms, of An
  std::vector<ListedTrip> lists_;   // of today
};

TEST_P(ConsistencyTest, ADifferenceIsPutToThePersonAndTheOfficerWithItsEvidence) {
  const auto id = differing();
  ASSERT_THAT(mine(mother_), SizeIs(1));
  const DifferenceView own = mine(mother_)[0];
  EXPECT_EQ(own.declaration, id);
  EXPECT_EQ(own.kind, Kind::kTravelled);
  EXPECT_EQ(own.state, State::kAsked);
  ASSERT_TRUE(own.evidence);
  ASSERT_THAT(*own.evidence, SizeIs(1));
  EXPECT_EQ(own.evidence->at(0).place_name, "Chợ Hàn");
  EXPECT_EQ(own.evidence->at(0).from, now() - hours(24));

  ASSERT_THAT(list(station_), SizeIs(1));
  EXPECT_EQ(list(station_)[0].person->name, "Nguyễn Thị An");
  EXPECT_FALSE(list(station_)[0].evidence) << "the list shows none";
  EXPECT_THAT(list(elsewhere_), IsEmpty());
  EXPECT_EQ(code(run(consistency_.find(elsewhere_, own.id))), "not_found");
  EXPECT_EQ(code(run(consistency_.list(mother_, {}, {}, 10))), "not_permitted");
  EXPECT_THAT(*run(consistency_.find(station_, own.id))->evidence, SizeIs(1));
  const auto colour = run(declarations_.colour(an_));
  EXPECT_EQ(colour, declarations::Colour::kGreen) << "nothing follows from it";
  const auto log = world_.db->read_now([&](store::Session& s) {
    std::vector<std::string> out;
    identity::Access::Filter filter;
    filter.person = an_;
    for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 50).items)
      if (entry.passed) out.push_back(entry.action + ' ' + entry.reason);
    return out;
  });
  EXPECT_THAT(log, Contains("consistency.review difference " + to_text(own.id)));
  EXPECT_THAT(log, Contains("consistency.review list of differences"));
}

TEST_P(ConsistencyTest, DoubtfulEvidenceSaysSoAndCounts) {
  switch_on_tracing();
  stay(an_, place("Phở Thìn", "restaurant", kInHaNoi), now() - hours(24));
  stay(an_, market_, now() - hours(24) + minutes(20));
  declare(mother_, false);
  ASSERT_THAT(mine(mother_), SizeIs(1));
  const auto seen = *run(consistency_.find(station_, mine(mother_)[0].id))->evidence;
  ASSERT_THAT(seen, SizeIs(1));
  EXPECT_THAT(seen[0].doubts, ElementsAre(visits::Flag::kTwoPlaces));
}

TEST_P(ConsistencyTest, WhatOtherRoomsRecordedIsEvidenceAndSaysWhatItIs) {
  const Instant at = now() - hours(20);
  consistency_.add_source([&](store::Session&, PersonId person, Interval when) -> std::vector<Sighting> {
    if (person != an_) return {};
    EXPECT_LT(when.from, at);
    EXPECT_GT(when.to, at);
    return {{Record::kPassengers, bus_, kInDaNang, at, at + minutes(5), false, {}, true},
            {Record::kCheckpoint, market_, kHaiLang, at, at + minutes(5), false, {}, false}};
  });
  declare(mother_, false);
  EXPECT_THAT(mine(mother_), IsEmpty()) << "no decision on tracing";
  switch_on_tracing();
  declare(mother_, false);
  ASSERT_THAT(mine(mother_), SizeIs(1));
  const auto seen = *run(consistency_.find(station_, mine(mother_)[0].id))->evidence;
  ASSERT_THAT(seen, SizeIs(1)) << "the checkpoint stands in the own province";
  EXPECT_EQ(seen[0].record, Record::kPassengers);
  EXPECT_EQ(seen[0].place_name, "Xe khách tuyến 07");
  EXPECT_TRUE(seen[0].claimed);
}

TEST_P(ConsistencyTest, ContactIsAQuestionWhereAnOutbreakIsPublic) {
  switch_on_tracing();
  consistency_.set_outbreaks([&](Instant at) {
    return std::vector<Outbreak>{{kDongHa, at - hours(48), at + hours(48)}};
  });
  stay(an_, place("Chợ Đông Hà", "market", kDongHa), now() - hours(24));
  declare(mother_, true);
  ASSERT_THAT(mine(mother_), SizeIs(1));
  EXPECT_EQ(mine(mother_)[0].kind, Kind::kContact);
  EXPECT_EQ(mine(mother_)[0].evidence->at(0).record, Record::kVisit);
}

TEST_P(ConsistencyTest, OwnWordsThatNameAnOutbreakAreALeadOfTheirOwn) {
  switch_on_tracing();
  const auto first = declare(mother_, false, {}, {}, "Sốt từ hôm ở Đà Nẵng về");
  EXPECT_THAT(mine(mother_), IsEmpty()) << "no outbreak there";
  consistency_.set_outbreaks([&](Instant at) {
    return std::vector<Outbreak>{{kDaNang, at - hours(48), at + hours(48)}};
  });
  const auto second = declare(mother_, false, {}, first, "Sốt sau khi gặp chị Nguyễn Đà Nẵng");
  EXPECT_THAT(mine(mother_), IsEmpty()) << "somebody's name";
  declare(mother_, false, {}, second, "Sốt từ hôm ở Đà Nẵng về");
  ASSERT_THAT(mine(mother_), SizeIs(1));
  const DifferenceView lead = mine(mother_)[0];
  EXPECT_EQ(lead.kind, Kind::kNamed);
  ASSERT_THAT(*lead.evidence, SizeIs(1));
  EXPECT_EQ(lead.evidence->at(0).record, Record::kWords);
  EXPECT_EQ(lead.evidence->at(0).words, "Sốt từ hôm ở Đà Nẵng về");
  EXPECT_EQ(lead.evidence->at(0).asked, Asked::kSymptoms);
  EXPECT_EQ(lead.evidence->at(0).place_name, "");
  EXPECT_EQ(lead.evidence->at(0).unit_name, "Thành phố Đà Nẵng");
  ASSERT_THAT(list(station_), SizeIs(1));
  EXPECT_EQ(list(station_)[0].kind, Kind::kNamed);
  EXPECT_FALSE(list(station_)[0].evidence) << "the list shows none";
  look_again();
  EXPECT_EQ(mine(mother_).at(0).version, lead.version) << "found again";

  Ruling ruling;
  ruling.note = std::string("Đã gọi hỏi: chuyến đi tháng trước");
  ASSERT_TRUE(run(consistency_.decide(station_, lead.id, ruling, lead.version)));
  consistency_.set_outbreaks([](Instant) { return std::vector<Outbreak>{}; });
  recorded_ = {listed_in_da_nang()};
  a_warning_is_sent();
  ASSERT_THAT(list(station_), SizeIs(1)) << "a record is another question than the words";
  EXPECT_EQ(list(station_)[0].kind, Kind::kTravelled);
  EXPECT_THAT(mine(mother_), SizeIs(2)) << "what is decided stays";
}

TEST_P(ConsistencyTest, ACorrectionThatSaysItOpenlyTakesTheLeadAway) {
  switch_on_tracing();
  consistency_.set_outbreaks([&](Instant at) {
    return std::vector<Outbreak>{{kDaNang, at - hours(48), at + hours(48)}};
  });
  const auto wrong = declare(mother_, false, {}, {}, "Sốt từ hôm ở Đà Nẵng về");
  ASSERT_THAT(mine(mother_), SizeIs(1));
  declare(mother_, true, {}, wrong, "Sốt từ hôm ở Đà Nẵng về");
  EXPECT_THAT(mine(mother_), IsEmpty());
  ASSERT_THAT(list(station_, State::kGone), SizeIs(1));
  EXPECT_EQ(list(station_, State::kGone)[0].gone_why, GoneWhy::kCorrected);
}

TEST_P(ConsistencyTest, NothingIsComparedWithoutADecisionOnTracing) {
  stay(an_, in_da_nang_, now() - hours(24));
  declare(mother_, false);
  EXPECT_THAT(mine(mother_), IsEmpty());
  EXPECT_EQ(count("SELECT count(*) FROM consistency_difference"), 0);
}

TEST_P(ConsistencyTest, WhatAgreesIsNoDifference) {
  switch_on_tracing();
  stay(an_, market_, now() - hours(24));
  stay(an_, bus_, now() - hours(30));  // is kept there, drives elsewhere
  declare(mother_, false);
  EXPECT_THAT(mine(mother_), IsEmpty());
}

TEST_P(ConsistencyTest, ATravelThatWasDeclaredIsNoDifference) {
  switch_on_tracing();
  stay(an_, in_da_nang_, now() - hours(20));
  declare(mother_, true);
  EXPECT_THAT(mine(mother_), IsEmpty());
}

TEST_P(ConsistencyTest, AReplayChangesNothing) {
  const auto wrong = differing();
  declare(mother_, false, {}, wrong);
  const auto count_events = [this] {
    std::int64_t out = 0;
    for (const auto& line : store::testing::event_lines(*world_.db)) out += line.starts_with("consistency.") ? 1 : 0;
    return out;
  };
  const auto before = count_events();
  store::Followers again(*world_.db);
  auto following = consistency_.follow();
  following.name = "consistency.replay";
  again.add(std::move(following));
  again.drain();
  EXPECT_EQ(count("SELECT count(*) FROM consistency_difference"), 1);
  EXPECT_EQ(count_events(), before);
}

TEST_P(ConsistencyTest, ACorrectionTakesTheQuestionAway) {
  const auto wrong = differing();
  const auto still = declare(mother_, false, {}, wrong);
  ASSERT_THAT(mine(mother_), SizeIs(1));
  EXPECT_EQ(mine(mother_)[0].declaration, still) << "one question, about the version that counts";
  const auto right = declare(mother_, true, {}, still);
  EXPECT_THAT(mine(mother_), IsEmpty());
  EXPECT_THAT(list(station_), IsEmpty());
  ASSERT_THAT(list(station_, State::kGone), SizeIs(1));
  EXPECT_EQ(list(station_, State::kGone)[0].gone_why, GoneWhy::kCorrected);
  declare(mother_, false, {}, right);
  EXPECT_THAT(mine(mother_), SizeIs(1)) << "and asks again";
}

TEST_P(ConsistencyTest, ThePersonExplainsAndAnOfficerDecides) {
  differing();
  const DifferenceId id = mine(mother_)[0].id;
  EXPECT_EQ(code(run(consistency_.explain(other_, id, {{std::string("Tôi không biết")}}))), "not_found");
  const auto explained = run(consistency_.explain(mother_, id, {{std::string("Em tôi dùng điện thoại của tôi")}}));
  ASSERT_TRUE(explained);
  EXPECT_EQ(explained->state, State::kExplained);
  const auto seen = run(consistency_.find(station_, id));
  EXPECT_EQ(seen->explanation, "Em tôi dùng điện thoại của tôi");
  Ruling ruling;
  ruling.decision = Decision::kExplained;
  EXPECT_EQ(code(run(consistency_.decide(station_, id, ruling, seen->version))), "invalid") << "a note is needed";
  ruling.note = std::string("Đã gọi hỏi, đúng như giải thích");
  EXPECT_EQ(code(run(consistency_.decide(elsewhere_, id, ruling, seen->version))), "not_found");
  EXPECT_EQ(code(run(consistency_.decide(station_, id, ruling, seen->version - 1))), "version_conflict");
  const auto decided = run(consistency_.decide(station_, id, ruling, seen->version));
  ASSERT_TRUE(decided);
  EXPECT_EQ(decided->decision, Decision::kExplained);
  EXPECT_EQ(code(run(consistency_.decide(station_, id, ruling, decided->version))), "difference_decided");
  EXPECT_EQ(code(run(consistency_.explain(mother_, id, {{std::string("Thêm")}}))), "difference_decided");
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_THAT(mine(mother_), SizeIs(1)) << "the person sees what became of it";
  EXPECT_FALSE(mine(mother_)[0].note) << "but not the officer's note";
}

TEST_P(ConsistencyTest, OfAnAdultNobodyElseSeesIt) {
  switch_on_tracing();
  const PersonId father = person(mother_, "Nguyễn Văn Cha", people::Relation::kParent, 1950);
  const PersonId child = person(mother_, "Nguyễn Văn Con", people::Relation::kChild, 2016);
  for (const PersonId one : {father, child}) {
    stay(one, in_da_nang_, now() - hours(24));
    declare(mother_, false, one);
  }
  EXPECT_THAT(list(station_), SizeIs(2));
  ASSERT_THAT(mine(mother_), SizeIs(1)) << "the child's";
  EXPECT_EQ(mine(mother_)[0].of, child);
  for (const auto& item : list(station_)) {
    const auto said = run(consistency_.explain(mother_, item.id, {{std::string("x")}}));
    EXPECT_EQ(code(said), item.of == father ? "not_found" : "");
  }
}

TEST_P(ConsistencyTest, WhatIsKeptIsSealedAndGoesByAge) {
  differing();
  const auto rows = world_.db->read_now([](store::Session& s) {
    return s.all<store::Bytes>(store::Query{"test.evidence", "SELECT evidence FROM consistency_difference"});
  });
  EXPECT_THAT(rows.at(0).data, Not(HasSubstr("place")));
  const auto retain = [this] {
    const auto job = consistency_.retention();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  };
  world_.clock.advance(kKept);
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM consistency_difference"), 1);
  world_.clock.advance(seconds(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM consistency_difference"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM consistency_retention"), 1);
}

TEST_P(ConsistencyTest, WhatIsReferredIsATaskUntilTheStationIsDone) {
  differing();
  const DifferenceView one = mine(mother_).at(0);
  const auto referred = [&] {
    return world_.db->read_now([&](store::Session& s) { return Consistency::referred(s, one.id); });
  };
  EXPECT_FALSE(referred()) << "not yet decided";
  Ruling ruling;
  ruling.decision = Decision::kReferred;
  ruling.note = std::string("Gọi hỏi lại chiều nay");
  const auto decided = run(consistency_.decide(station_, one.id, ruling, one.version));
  ASSERT_TRUE(decided);
  EXPECT_EQ(decided->state, State::kReferred);
  ASSERT_TRUE(referred());
  EXPECT_EQ(referred()->person, an_);
  EXPECT_EQ(referred()->at, now());
  EXPECT_EQ(code(run(consistency_.decide(station_, one.id, ruling, decided->version))), "difference_decided");
  EXPECT_EQ(code(run(consistency_.explain(mother_, one.id, {{std::string("Thêm")}}))), "difference_decided");
  look_again();
  EXPECT_EQ(mine(mother_).at(0).state, State::kReferred);
  const Instant done = now() + hours(1);
  for (int twice = 0; twice < 2; ++twice)
    world_.db->transact_now([&](store::Session& s) { s.publish({"referral.done", one.id.value, done, 1, 0}); });
  followers_.drain();
  EXPECT_EQ(mine(mother_).at(0).state, State::kDecided);
  EXPECT_EQ(mine(mother_).at(0).answered, done);
  EXPECT_EQ(mine(mother_).at(0).version, decided->version + 1) << "once";
}

TEST_P(ConsistencyTest, AFactThatArrivesLateIsComparedAndDoublesNothing) {
  switch_on_tracing();
  declare(mother_, false);
  EXPECT_THAT(mine(mother_), IsEmpty());
  stay(an_, in_da_nang_, now() - hours(24));
  followers_.drain();
  ASSERT_THAT(mine(mother_), SizeIs(1));
  const DifferenceId id = mine(mother_)[0].id;
  ASSERT_TRUE(run(consistency_.explain(mother_, id, {{std::string("Em tôi dùng điện thoại của tôi")}})));
  stay(an_, in_da_nang_, now() - hours(48));
  stay(an_, market_, now() - hours(50));
  followers_.drain();
  ASSERT_THAT(mine(mother_), SizeIs(1)) << "the same question";
  EXPECT_EQ(mine(mother_)[0].id, id);
  EXPECT_THAT(*mine(mother_)[0].evidence, SizeIs(2));
  EXPECT_EQ(mine(mother_)[0].state, State::kExplained) << "what was said stays";
  const auto version = mine(mother_)[0].version;
  world_.clock.advance(hours(2));
  stay(an_, in_da_nang_, now() - hours(1));
  followers_.drain();
  look_again();
  EXPECT_EQ(mine(mother_)[0].version, version) << "what happened afterwards says nothing";
  EXPECT_EQ(count("SELECT count(*) FROM consistency_difference"), 1);
}

TEST_P(ConsistencyTest, WhoIsWarnedAfterDeclaringIsAskedOnceAboutTheNewestDeclaration) {
  switch_on_tracing();
  const auto first = declare(mother_, false);
  world_.clock.advance(hours(1));
  const auto second = declare(mother_, false);
  Sighting warned{Record::kWarning, market_, kHaiLang, now() - hours(24), now() - hours(23), false, {}, {}};
  warned.later = true;
  recorded_ = {warned};
  a_warning_is_sent();
  ASSERT_THAT(mine(mother_), SizeIs(1));
  const DifferenceView one = mine(mother_)[0];
  EXPECT_EQ(one.declaration, second) << "not " << first.value;
  EXPECT_EQ(one.kind, Kind::kContact);
  ASSERT_THAT(*one.evidence, SizeIs(1));
  EXPECT_TRUE(one.evidence->at(0).later);
  a_warning_is_sent();
  EXPECT_EQ(mine(mother_).at(0).version, one.version) << "told again";
  world_.clock.advance(hours(1));
  recorded_[0].later.reset();
  const auto third = declare(mother_, false);
  recorded_[0].later = true;  // as the others see it
  look_again();
  const auto open = mine(mother_);
  ASSERT_THAT(open, SizeIs(1)) << "a newer declaration takes the question of the older one away";
  EXPECT_EQ(open[0].declaration, third);
  recorded_.clear();
  a_warning_is_sent();  // a correction is one, too
  EXPECT_THAT(mine(mother_), IsEmpty());
  EXPECT_THAT(list(station_, State::kGone), SizeIs(2));
}

TEST_P(ConsistencyTest, WhatALaterFactExplainsGoesByItselfAndKeepsItsTrace) {
  switch_on_tracing();
  recorded_ = {listed_in_da_nang()};
  declare(mother_, false);
  ASSERT_THAT(list(station_), SizeIs(1));
  recorded_.clear();
  look_again();
  EXPECT_THAT(mine(mother_), IsEmpty());
  ASSERT_THAT(list(station_, State::kGone), SizeIs(1));
  EXPECT_EQ(list(station_, State::kGone)[0].gone_why, GoneWhy::kFacts);
  EXPECT_EQ(list(station_, State::kGone)[0].gone, now());
  stay(an_, in_da_nang_, now() - hours(24));
  followers_.drain();
  ASSERT_THAT(mine(mother_), SizeIs(1)) << "and comes back with another fact";
  EXPECT_FALSE(mine(mother_)[0].gone);
  EXPECT_EQ(count("SELECT count(*) FROM consistency_difference"), 1);
}

TEST_P(ConsistencyTest, WhoseVisitIsTakenBackIsNotAskedAnyMore) {
  switch_on_tracing();
  declare(mother_, false);
  world_.clock.advance(hours(1));
  // Of the day before, told of when they had declared, and taken back with its list.
  world_.db->transact_now([&](store::Session& s) {
    visits::ImportedVisit visit{"test:batch",      "1",        an_, in_da_nang_, {}, now() - hours(25),
                                now() - hours(23), "tokhaiyte"};
    ASSERT_EQ(world_.visits.import_visits(s, std::span(&visit, 1)).added, 1);
  });
  followers_.drain();
  ASSERT_THAT(mine(mother_), SizeIs(1));
  world_.db->transact_now([&](store::Session& s) { ASSERT_EQ(world_.visits.take_back(s, "test:batch"), 1); });
  followers_.drain();
  EXPECT_THAT(mine(mother_), IsEmpty());
  EXPECT_EQ(list(station_, State::kGone).at(0).gone_why, GoneWhy::kFacts);
}

TEST_P(ConsistencyTest, WhoseRecordIsPutRightIsComparedWithWhatItNowFinds) {
  switch_on_tracing();
  declare(mother_, false);
  EXPECT_THAT(mine(mother_), IsEmpty());
  recorded_ = {listed_in_da_nang()};  // by a paper that the record has only now
  world_.db->transact_now([&](store::Session& s) { s.publish({"person.changed", an_.value, now(), 2, 0}); });
  followers_.drain();
  EXPECT_THAT(mine(mother_), SizeIs(1));
}

TEST_P(ConsistencyTest, WhatIsDecidedOrOldIsNotTouchedByFacts) {
  switch_on_tracing();
  recorded_ = {listed_in_da_nang()};
  declare(mother_, false);
  const DifferenceView one = mine(mother_).at(0);
  Ruling ruling;
  ruling.note = std::string("Đã gọi hỏi");
  ASSERT_TRUE(run(consistency_.decide(station_, one.id, ruling, one.version)));
  declare(mother_, false);
  ASSERT_THAT(mine(mother_), SizeIs(2));
  world_.clock.advance(kAgainWithin + hours(1));
  recorded_.clear();
  look_again();
  stay(an_, in_da_nang_, now() - kAgainWithin - hours(10));
  followers_.drain();
  EXPECT_THAT(mine(mother_), SizeIs(2)) << "records may be missing for their age";
  EXPECT_THAT(list(station_), SizeIs(1));
  EXPECT_THAT(list(station_, State::kDecided), SizeIs(1));
}

TEST_P(ConsistencyTest, ADeclaredJourneyIsComparedWithTheListEvenWhenThatComesLater) {
  switch_on_tracing();
  declare_journey("74B-001.23", "12");
  EXPECT_THAT(mine(mother_), IsEmpty()) << "no list yet";
  lists_ = {{bus_, kInDaNang, now(), true, std::nullopt}};
  a_list_arrives();
  ASSERT_THAT(mine(mother_), SizeIs(1));
  EXPECT_EQ(mine(mother_)[0].kind, Kind::kJourney);
  EXPECT_TRUE(mine(mother_)[0].evidence->at(0).absent);
  lists_[0].seat = "14";
  a_list_arrives();
  ASSERT_THAT(mine(mother_), SizeIs(1));
  EXPECT_EQ(mine(mother_)[0].evidence->at(0).seat, "14");
  EXPECT_FALSE(mine(mother_)[0].evidence->at(0).absent);
  lists_[0].seat = "12";
  a_list_arrives();
  EXPECT_THAT(mine(mother_), IsEmpty()) << "the carrier put it right";
  EXPECT_EQ(list(station_, State::kGone).at(0).gone_why, GoneWhy::kFacts);
  EXPECT_EQ(count("SELECT count(*) FROM consistency_compared"), 1);
}

TEST_P(ConsistencyTest, PagesPutTogetherAreTheWholeListTurnedRoundAndNarrowed) {
  std::vector<DifferenceId> in_area, of_hai_lang, all;
  world_.db->transact_now([&](store::Session& s) {
    const UnitId units[] = {kHaiLang, kDongHa, kDaNang};
    for (std::int64_t i = 0; i < 24; ++i) {
      storage::DifferenceRow row;
      row.id = world_.db->ids().make<DifferenceId>();
      row.declaration = declarations::DeclarationId{i + 1};
      row.person = world_.db->ids().make<PersonId>();
      row.unit = units[i % 3];
      row.declared_at = row.found = now();
      if (i % 4 == 1) {
        row.state = State::kExplained;
        row.explanation = store::Bytes{"."};
        row.explained = now();
      }
      storage::insert(s, row);
      all.push_back(row.id);
      if (row.unit != kDaNang) in_area.push_back(row.id);
      if (row.unit == kHaiLang) of_hai_lang.push_back(row.id);
    }
  });
  const auto glued = [&](const Caller& who, Filter filter, std::size_t limit) {
    std::vector<DifferenceId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(consistency_.list(who, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      EXPECT_LE(page->items.size(), limit);
      for (const DifferenceView& one : page->items) out.push_back(one.id);
      next = page->next;
    } while (next && out.size() < 50);
    return out;
  };
  const auto down = [](std::vector<DifferenceId> ids) {
    std::reverse(ids.begin(), ids.end());
    return ids;
  };
  const Caller province = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9203),
               country = identity::testing::officer(Role::kProvinceOfficer, UnitId{0}, 9204);
  const Filter up{{}, {}, Order::kAscending};
  for (const std::size_t limit : {1U, 5U, 50U}) {
    EXPECT_EQ(glued(province, {}, limit), down(in_area)) << limit;
    EXPECT_EQ(glued(province, up, limit), in_area) << limit;
    EXPECT_EQ(glued(country, {}, limit), down(all)) << limit;
    EXPECT_EQ(glued(country, up, limit), all) << limit;
    EXPECT_EQ(glued(station_, up, limit), of_hai_lang) << limit;
    EXPECT_EQ(glued(country, {{}, kHaiLang, Order::kAscending}, limit), of_hai_lang) << limit;
    EXPECT_THAT(glued(country, {State::kExplained, {}, Order::kAscending}, limit), SizeIs(6)) << limit;
    EXPECT_THAT(glued(country, {State::kDecided}, limit), IsEmpty()) << limit;
  }
  EXPECT_THAT(glued(station_, {{}, kDaNang}, 50), IsEmpty());
  const auto first = run(consistency_.list(province, {}, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_THAT(fields(run(consistency_.list(province, up, first->next, 1))), ElementsAre("?cursor other_sort"));
  EXPECT_THAT(fields(run(consistency_.list(province, {}, "x", 1))), ElementsAre("?cursor format"));
}

TEST_P(ConsistencyTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const bool descending : {false, true})
    for (const bool everywhere : {false, true}) {
      const store::Query& page = storage::page_query(descending, everywhere);
      const auto plan = store::testing::plan_of(*world_.db, page, everywhere ? 3 : 4);
      EXPECT_THAT(plan,
                  HasSubstr(everywhere ? "INDEX consistency_difference_state" : "INDEX consistency_difference_list"))
          << page.name << ": " << plan;
      EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, ConsistencyTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::consistency
