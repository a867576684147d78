#include "modules/laboratory/laboratory.h"

#include "modules/laboratory/laboratory_fixture.h"
#include "modules/laboratory/lines.h"
#include "platform/tables/testing.h"

namespace luytre::laboratory {
namespace {

// ---- sampling ----

TEST_P(LaboratoryTest, TheSamePersonIntoTheSameTubeIsOneSample) {
  const SessionId at = session();
  const PersonId an = somebody();
  const auto first = sample(at, "QT-0001", an);
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_THAT(first->samples, SizeIs(1));
  EXPECT_EQ(first->samples.front().person.name, "Nguyễn Văn An");
  const auto again = sample(at, "qt-0001", an);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, first->id) << "barcodes have no case";
  EXPECT_THAT(again->samples, SizeIs(1));

  const auto once = store::make_once(9001, "samples", "k1", "body");
  const auto kept = run(room_.sample(world_.station, at, scan("QT-0002", an), once));
  world_.clock.advance(hours(1));
  const auto repeated = run(room_.sample(world_.station, at, scan("QT-0002", an), once));
  ASSERT_TRUE(kept && repeated);
  EXPECT_EQ(kept->id, repeated->id);
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_sample"), 2);
}

constexpr store::Query kForget{"test.forget", R"sql(
UPDATE laboratory_tube
SET specimen = 'takenOnce')sql"};

TEST_P(LaboratoryTest, ASessionTakesWhatIsTakenForItsDisease) {
  const PersonId an = somebody();
  const SessionId swabs = must(room_.open(world_.station, asked("cholera", "rectal-swab"))).id;
  EXPECT_EQ(must(room_.find(world_.station, swabs)).specimen, "rectal-swab");
  ASSERT_THAT(sessions(world_.station), SizeIs(1));
  EXPECT_EQ(sessions(world_.station)[0].specimen, "rectal-swab");
  must(sample(swabs, "C-1", an));
  const LaboratoryId at = laboratory();
  must(send(swabs, at, 1));
  Reception reception;
  reception.tube = std::string("C-1");
  EXPECT_EQ(must(room_.receive(province_, at, reception)).id, must(room_.see(province_, at)).batches.front().id);
  EXPECT_EQ(must(room_.look(province_, at, reception)).specimen, "rectal-swab");
  const auto own = mine(citizen(1001));
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own[0].specimen, "rectal-swab");
  EXPECT_EQ(own[0].specimen_name.vi, "Ngoáy trực tràng");
  EXPECT_TRUE(own[0].between_people);

  EXPECT_THAT(fields(run(room_.open(world_.station, asked("covid-19", "rectal-swab")))),
              ElementsAre("/specimen unknown"));
  EXPECT_THAT(fields(run(room_.open(world_.station, asked("cholera", "")))), ElementsAre("/specimen unknown"));
  EXPECT_TRUE(run(room_.open(world_.station, asked("cholera", "other"))));
}

// What was taken for every disease before its file said so is stored as it was, and taken still.
TEST_P(LaboratoryTest, SpecimensOfBeforeStayReadable) {
  for (const char* one : {"nasopharyngeal", "oropharyngeal", "saliva", "blood", "stool", "other"}) {
    const SessionId id = must(room_.open(world_.station, asked("dengue", one))).id;
    EXPECT_EQ(must(room_.find(world_.station, id)).specimen, one);
  }
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_session WHERE named IS NULL"), 6);
  const SessionId id = must(room_.open(world_.station, asked("dengue", "serum"))).id;
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_session WHERE named = 'serum' AND specimen = 'other'"), 1);
  must(sample(id, "D-1", somebody()));
  // Of a specimen that no file names any more.
  world_.db->transact_now([](store::Session& s) { s.run(kForget); });
  const auto own = mine(citizen(1001));
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own[0].specimen_name.en, "takenOnce");
  EXPECT_FALSE(own[0].between_people) << "mosquitoes bring it";
}

TEST_P(LaboratoryTest, ATubeIsNobodyElsesUnlessItIsAPool) {
  const SessionId alone = session();
  must(sample(alone, "T-1", somebody()));
  EXPECT_EQ(code(sample(alone, "T-1", somebody())), "tube_taken");
  const SessionId pool = session(2);
  EXPECT_EQ(code(sample(pool, "T-1", somebody())), "tube_taken") << "another session's";
  const PersonId binh = somebody();
  must(sample(pool, "P-1", somebody()));
  EXPECT_THAT(must(sample(pool, "P-1", binh)).samples, SizeIs(2));
  EXPECT_EQ(code(sample(pool, "P-1", somebody())), "pool_full");
  EXPECT_TRUE(sample(pool, "P-1", binh)) << "sent again";
}

TEST_P(LaboratoryTest, OddBarcodesTimesAndCodesAreRefused) {
  const SessionId at = session();
  const PersonId an = somebody();
  EXPECT_THAT(fields(sample(at, "a b", an)), ElementsAre("/tube format"));
  EXPECT_THAT(fields(sample(at, "x", an)), ElementsAre("/tube format"));
  EXPECT_THAT(fields(sample(at, "ltp.4G000G00", an)), ElementsAre("/tube format")) << "somebody's code";
  NewSample both = scan("T-1", an);
  both.person = an;
  EXPECT_THAT(fields(run(room_.sample(world_.station, at, both))), ElementsAre("/code required"));
  NewSample early = scan("T-1", an);
  early.at = now() - kScannedWithin - minutes(1);
  EXPECT_THAT(fields(run(room_.sample(world_.station, at, early))), ElementsAre("/at range"));
  NewSample stale = scan("T-1", an);
  world_.clock.advance(hours(1));
  EXPECT_EQ(code(run(room_.sample(world_.station, at, stale))), "person_code_expired");
  must(room_.close(world_.station, at));
  world_.clock.advance(minutes(1));
  EXPECT_EQ(code(sample(at, "T-1", an)), "sampling_closed");
}

TEST_P(LaboratoryTest, WhoIsOnlyLookedUpMustBeOfTheArea) {
  people::NewPerson asked;
  asked.name = std::string("Lê Thị Khách");
  asked.birth_year = 1990;
  asked.unit = visits::testing::geography().children(kDaNang, local_date(now())).front()->id;
  asked.relation = people::Relation::kSelf;
  const PersonId guest = must(world_.people.create(citizen(5001), std::move(asked))).id;
  const SessionId at = session();
  NewSample named;
  named.tube = std::string("T-1");
  named.person = guest;
  EXPECT_EQ(code(run(room_.sample(world_.station, at, named))), "not_permitted");
  EXPECT_TRUE(sample(at, "T-1", guest)) << "the guest shows the code";
  named.tube = std::string("T-2");
  named.person = somebody();
  EXPECT_TRUE(run(room_.sample(world_.station, at, named)));
}

TEST_P(LaboratoryTest, AWrongScanIsTakenBackUntilTheTubeIsSent) {
  const SessionId at = session(2);
  const PersonId an = somebody();
  const auto tube = must(sample(at, "P-1", an));
  must(sample(at, "P-1", somebody()));
  EXPECT_TRUE(run(room_.remove(world_.station, tube.samples.front().id)));
  EXPECT_THAT(must(room_.tubes(world_.station, at)).items.front().samples, SizeIs(1));
  const auto other = must(sample(at, "P-2", an));
  EXPECT_TRUE(run(room_.remove(world_.station, other.samples.front().id)));
  EXPECT_EQ(must(room_.find(world_.station, at)).tubes, 1) << "an empty tube is none";
  const auto last = must(room_.tubes(world_.station, at)).items.front().samples.front();
  must(send(at, laboratory(), 1));
  EXPECT_EQ(code(run(room_.remove(world_.station, last.id))), "sample_sent");
}

TEST_P(LaboratoryTest, OfASentTubeTheWrongPersonIsTakenBackWithAReason) {
  const Caller an = citizen(3001);
  const PersonId person = world_.person(an, people::Relation::kSelf);
  const LaboratoryId at = sent({{"T-1", person}});
  const auto positive = must(enter(at, result("T-1", Outcome::kPositive)));
  const SampleId wrong = must(room_.tubes(world_.station, last_session_)).items.front().samples.front().id;
  Removal why;
  why.reason = std::string(" ");
  EXPECT_EQ(code(run(room_.remove(world_.station, wrong, why))), "sample_sent");
  why.reason = std::string("Quét nhầm người");
  EXPECT_EQ(code(run(room_.remove(far_, wrong, why))), "not_permitted");
  ASSERT_THAT(mine(an), SizeIs(1));
  EXPECT_TRUE(run(room_.remove(world_.station, wrong, why)));
  EXPECT_TRUE(run(room_.remove(world_.station, wrong, why))) << "sent again";
  EXPECT_EQ(code(run(room_.remove(far_, wrong, why))), "not_permitted");
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_withdrawn"), 1);

  EXPECT_THAT(mine(an), IsEmpty());
  EXPECT_THAT(positives(province_), IsEmpty());
  EXPECT_EQ(code(run(room_.make_case(province_, positive.results.front().id))), "result_no_case");
  const auto tube = must(room_.tubes(world_.station, last_session_)).items.front();
  EXPECT_THAT(tube.samples, IsEmpty());
  EXPECT_THAT(tube.results, SizeIs(1));
  EXPECT_EQ(must(room_.look(province_, at, {std::string("T-1")})).persons, 1) << "it is in the tube";
  EXPECT_EQ(code(sample(last_session_, "T-1", person)), "tube_taken");
  EXPECT_EQ(code(sample(last_session_, "T-1", somebody())), "tube_taken");

  world_.clock.advance(kKept + hours(1));
  const auto job = room_.retention();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_withdrawn"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_tube"), 0);
}

TEST_P(LaboratoryTest, WhoWasTakenBackFromAPoolIsNotSampledAgainForIt) {
  const PersonId an = somebody(), binh = somebody();
  const LaboratoryId at = sent({{"P-1", an}, {"P-1", binh}}, 5);
  const auto positive = must(enter(at, result("P-1", Outcome::kPositive)));
  Removal why;
  why.reason = std::string("Quét nhầm người");
  const auto samples = must(room_.tubes(world_.station, last_session_)).items.front().samples;
  ASSERT_THAT(samples, SizeIs(2));
  must(room_.remove(world_.station, samples.front().id, why));
  const auto left = to_sample_again(world_.station);
  ASSERT_THAT(left, SizeIs(1));
  EXPECT_EQ(left.front().person.id, binh);
  Correction correction{Outcome::kPositive, 30.0, now(), std::string("Thiếu Ct")};
  must(room_.correct(province_, positive.results.front().id, correction));
  EXPECT_THAT(to_sample_again(world_.station), SizeIs(1));
  EXPECT_THAT(positives(province_), IsEmpty()) << "still a pool of two";
}

// ---- transport ----

TEST_P(LaboratoryTest, ABatchIsCountedAndWhatIsMissingIsKnown) {
  const SessionId at = session();
  for (const char* tube : {"T-1", "T-2", "T-3"}) must(sample(at, tube, somebody()));
  const LaboratoryId to = laboratory();
  const auto miscounted = send(at, to, 2);
  ASSERT_EQ(code(miscounted), "tube_count_differs");
  EXPECT_EQ(miscounted.error().params.at("count"), "3");
  const auto once = store::make_once(9001, "batches", "k1", "body");
  const auto first = run(room_.send(world_.station, at, {to, 3}, once));
  const auto again = run(room_.send(world_.station, at, {to, 3}, once));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  must(room_.receive(province_, to, {std::string("t-1")}));
  const auto batch = must(room_.receive(province_, to, {std::string("T-1")}));
  EXPECT_EQ(batch.received, 1);
  EXPECT_THAT(batch.missing, ElementsAre("T-2", "T-3"));
  EXPECT_EQ(code(run(room_.receive(province_, to, {std::string("T-9")}))), "tube_unknown");
  const LaboratoryId other = laboratory();
  EXPECT_EQ(code(run(room_.receive(province_, other, {std::string("T-2")}))), "tube_unknown") << "not sent there";
  EXPECT_EQ(must(room_.find(world_.station, at)).unsent, 0);
  EXPECT_EQ(code(send(at, to, 0)), "invalid") << "nothing left";

  const SessionId next = session();
  must(sample(next, "T-4", somebody()));
  must(room_.edit(province_, to, {std::nullopt, true}));
  EXPECT_EQ(code(send(next, to, 1)), "laboratory_closed");
}

TEST_P(LaboratoryTest, TurnaroundIsTheMedianAndTheOldestThatWaits) {
  const SessionId at = session();
  for (const char* tube : {"T-1", "T-2", "T-3", "T-4"}) must(sample(at, tube, somebody()));
  const LaboratoryId to = laboratory();
  must(send(at, to, 4));
  const Instant left = now();
  world_.clock.advance(hours(1));
  for (const char* tube : {"T-1", "T-2", "T-3"}) must(room_.receive(province_, to, {std::string(tube)}));
  const Instant arrived = now();
  world_.clock.advance(hours(2));
  must(enter(to, result("T-1", Outcome::kNegative)));
  world_.clock.advance(hours(2));
  must(enter(to, result("T-2", Outcome::kNegative)));
  const Turnaround times = must(room_.see(province_, to)).turnaround;
  EXPECT_EQ(times.tubes, 2);
  EXPECT_EQ(times.to_reception, 60);
  EXPECT_EQ(times.to_result, 180);
  EXPECT_EQ(times.whole, 240);
  EXPECT_EQ(times.on_the_way, 1);
  EXPECT_EQ(times.on_the_way_since, left);
  EXPECT_EQ(times.waiting, 1);
  EXPECT_EQ(times.waiting_since, arrived);
}

// ---- results ----

TEST_P(LaboratoryTest, OneResultStandsAndWhatItReplacedIsKept) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  NewResult weak = result("T-1", Outcome::kPositive);
  weak.ct = 36.5;
  const auto first = enter(at, weak);
  ASSERT_TRUE(first) << first.error().code;
  ASSERT_THAT(first->results, SizeIs(1));
  EXPECT_EQ(first->results.front().ct, 36.5);
  EXPECT_TRUE(first->received_at) << "not scanned, but here";
  EXPECT_THAT(must(enter(at, weak)).results, SizeIs(1)) << "sent again";
  EXPECT_EQ(code(enter(at, result("T-1", Outcome::kNegative))), "result_stands");
  EXPECT_THAT(must(enter(at, result("T-1", Outcome::kNegative, Method::kAntigen))).results, SizeIs(2))
      << "another method's";

  Correction correction{Outcome::kNegative, std::nullopt, now(), {}};
  EXPECT_THAT(fields(run(room_.correct(province_, first->results.front().id, correction))),
              ElementsAre("/reason required"));
  correction.reason = std::string("Nhầm giếng");
  const auto corrected = must(room_.correct(province_, first->results.front().id, correction));
  ASSERT_THAT(corrected.results, SizeIs(3));
  EXPECT_EQ(corrected.results.front().replaced_by, corrected.results.back().id);
  EXPECT_EQ(corrected.results.front().outcome, Outcome::kPositive);
  EXPECT_EQ(corrected.results.back().reason, "Nhầm giếng");
  EXPECT_THAT(must(room_.correct(province_, first->results.front().id, correction)).results, SizeIs(3)) << "sent again";
  correction.outcome = Outcome::kInvalid;
  EXPECT_EQ(code(run(room_.correct(province_, first->results.front().id, correction))), "result_stands");
}

TEST_P(LaboratoryTest, AnUnclearTestIsRepeated) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  must(enter(at, result("T-1", Outcome::kInconclusive)));
  world_.clock.advance(hours(1));
  const auto tube = must(enter(at, result("T-1", Outcome::kNegative)));
  ASSERT_THAT(tube.results, SizeIs(2));
  EXPECT_EQ(tube.results.front().replaced_by, tube.results.back().id);
}

TEST_P(LaboratoryTest, AListThatKnowsOnlyTheDayRepeatsAnUnclearTestInItsOrder) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  const std::string lines =
      "T-1,RT-PCR,nghi ngờ,,02/03/2026\r\n"
      "T-1,RT-PCR,âm tính,,02/03/2026\r\n";
  EXPECT_EQ(list(at, lines).taken, 2);
  EXPECT_EQ(list(at, lines).same, 2);
  const auto tube = must(room_.look(province_, at, {std::string("T-1")}));
  ASSERT_THAT(tube.results, SizeIs(2));
  EXPECT_EQ(tube.results.back().outcome, Outcome::kNegative);
  EXPECT_FALSE(tube.results.back().replaced_by);
}

TEST_P(LaboratoryTest, ATimeTypedToTheMinuteIsNotBeforeTheSample) {
  world_.clock.advance(std::chrono::seconds(40));
  const LaboratoryId at = sent({{"T-1", somebody()}});
  NewResult typed = result("T-1", Outcome::kNegative);
  typed.at = now() - std::chrono::seconds(40);
  const auto tube = enter(at, typed);
  ASSERT_TRUE(tube) << tube.error().code;
  EXPECT_EQ(tube->results.front().at, tube->sampled_at);
  EXPECT_THAT(must(enter(at, typed)).results, SizeIs(1)) << "sent again";
}

TEST_P(LaboratoryTest, ResultsThatCannotBeAreRefused) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  NewResult one = result("T-1", Outcome::kPositive, Method::kAntigen);
  one.ct = 20;
  EXPECT_THAT(fields(enter(at, one)), ElementsAre("/ct range")) << "an antigen test has none";
  one = result("T-1", Outcome::kPositive);
  one.ct = 80;
  EXPECT_THAT(fields(enter(at, one)), ElementsAre("/ct range"));
  one = result("T-1", Outcome::kPositive);
  one.at = now() - hours(1);
  EXPECT_THAT(fields(enter(at, one)), ElementsAre("/at before_sample"));
  one.at = now() + hours(1);
  EXPECT_THAT(fields(enter(at, one)), ElementsAre("/at time_in_future"));
  EXPECT_EQ(code(enter(at, result("T-9", Outcome::kPositive))), "tube_unknown");
}

TEST_P(LaboratoryTest, AListIsJudgedLineByLineAndUnknownTubesBlockNothing) {
  const LaboratoryId at = sent({{"T-1", somebody()}, {"T-2", somebody()}, {"T-3", somebody()}});
  must(enter(at, result("T-3", Outcome::kPositive)));
  world_.clock.advance(hours(5));
  const std::string lines =
      "T-1,RT-PCR,Dương tính,\"21,4\",02/03/2026\r\n"
      "X-9,RT-PCR,Âm tính,,2026-03-02 10:00\r\n"
      "T-2,PCR,negative,,2026-03-02T03:00:00Z\r\n"
      "T-3,RT-PCR,âm tính,,02/03/2026 11:00\r\n"
      "T-2,thử nước bọt,âm tính,,02/03/2026\r\n"
      ",RT-PCR,âm tính,,02/03/2026\r\n"
      "T-2,antigen,âm tính,,01/03/2026\r\n";
  const Report report = list(at, lines);
  std::vector<LineState> states;
  for (const auto& line : report.lines) states.push_back(line.state);
  EXPECT_THAT(states, ElementsAre(LineState::kTaken, LineState::kUnmatched, LineState::kTaken, LineState::kRefused,
                                  LineState::kRefused, LineState::kRefused, LineState::kRefused));
  EXPECT_EQ(report.lines[3].errors.front().code, "result_stands");
  EXPECT_EQ(report.lines[4].errors.front().column, "method");
  EXPECT_EQ(report.lines[5].errors.front().code, "required");
  EXPECT_EQ(report.lines[6].errors.front().code, "before_sample");
  const auto seen = must(room_.see(province_, at));
  ASSERT_THAT(seen.unmatched, SizeIs(1));
  EXPECT_EQ(seen.unmatched.front().tube, "X-9");

  const Report again = list(at, lines);
  EXPECT_EQ(again.taken, 0);
  EXPECT_EQ(again.same, 2);
  EXPECT_EQ(again.unmatched, 1);
  EXPECT_THAT(must(room_.see(province_, at)).unmatched, SizeIs(1)) << "sent again, nothing doubles";
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_result"), 3);
  const auto tube = must(room_.look(province_, at, {std::string("T-1")}));
  EXPECT_EQ(tube.results.front().ct, 21.4);
  EXPECT_EQ(tube.results.front().at, tube.sampled_at) << "of the day of the sample: not before it";
}

TEST_P(LaboratoryTest, AnUnmatchedResultFindsItsTube) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  const SessionId late = session();
  must(sample(late, "T-2", somebody()));
  world_.clock.advance(hours(1));
  list(at,
       "T-2,PCR,negative,,2026-03-02 09:00\r\nT-l,PCR,negative,,2026-03-02 09:00\r\nZ-1,PCR,negative,,2026-03-02\r\n");
  must(send(late, at, 1));
  EXPECT_THAT(must(room_.look(province_, at, {std::string("T-2")})).results, SizeIs(1)) << "when it was sent";
  auto rest = must(room_.see(province_, at)).unmatched;
  ASSERT_THAT(rest, SizeIs(2));
  EXPECT_EQ(code(run(room_.settle(province_, rest[0].id, {std::string("T-7")}))), "tube_unknown");
  EXPECT_TRUE(run(room_.settle(province_, rest[0].id, {std::string("T-1")})));
  EXPECT_THAT(must(room_.look(province_, at, {std::string("T-1")})).results, SizeIs(1));
  EXPECT_TRUE(run(room_.settle(province_, rest[1].id, {})));
  EXPECT_THAT(must(room_.see(province_, at)).unmatched, IsEmpty());
}

TEST_P(LaboratoryTest, AResultKeptApartTakesTheCtOfTheNewerList) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  list(at, "X-9,PCR,positive,,2026-03-02\r\n");
  list(at, "X-9,PCR,positive,25,2026-03-02\r\n");
  const auto apart = must(room_.see(province_, at)).unmatched;
  ASSERT_THAT(apart, SizeIs(1));
  EXPECT_EQ(apart.front().ct, 25.0);
}

// ---- what follows ----

TEST_P(LaboratoryTest, APositivePoolIsSampledAgainOneByOne) {
  const PersonId an = somebody(), binh = somebody();
  const LaboratoryId at = sent({{"P-1", an}, {"P-1", binh}}, 5);
  const auto positive = must(enter(at, result("P-1", Outcome::kPositive)));
  EXPECT_EQ(positive.persons, 2);
  const auto tasks = to_sample_again(world_.station);
  ASSERT_THAT(tasks, SizeIs(2));
  EXPECT_EQ(tasks.front().tube, "P-1");
  EXPECT_THAT(positives(province_), IsEmpty()) << "nobody is a case by a pool";
  EXPECT_EQ(code(run(room_.make_case(province_, positive.results.front().id))), "result_no_case");

  const SessionId alone = session();
  NewSample before = scan("S-0", an);
  before.at = now() - hours(1);
  before.code = world_.people.codes().make(an.value, *before.at).text;
  must(room_.sample(world_.station, alone, before));
  EXPECT_THAT(to_sample_again(world_.station), SizeIs(2)) << "older than the pool";
  const auto again = must(sample(alone, "S-1", an));
  EXPECT_THAT(to_sample_again(world_.station), SizeIs(1));
  EXPECT_TRUE(run(room_.remove(world_.station, again.samples.front().id)));
  EXPECT_THAT(to_sample_again(world_.station), SizeIs(2)) << "taken back";
  must(sample(alone, "S-2", an));

  Correction correction{Outcome::kNegative, std::nullopt, now(), std::string("Nhầm giếng")};
  must(room_.correct(province_, positive.results.front().id, correction));
  EXPECT_THAT(to_sample_again(world_.station), IsEmpty()) << "withdrawn";
}

TEST_P(LaboratoryTest, OneTapReportsAndConfirmsTheCase) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", somebody()}, {"T-3", somebody()}});
  const Instant sampled = now();
  world_.clock.advance(hours(3));
  const auto positive = must(enter(at, result("T-1", Outcome::kPositive)));
  must(enter(at, result("T-2", Outcome::kPositive, Method::kAntigen)));
  must(enter(at, result("T-3", Outcome::kNegative)));
  const ResultId id = positive.results.front().id;

  const auto seen = positives(world_.station);
  ASSERT_THAT(seen, SizeIs(1)) << "a rapid test is weighed in the case, a negative one is none";
  EXPECT_EQ(seen.front().person.id, an);
  EXPECT_FALSE(seen.front().confirmable) << "a station reports, it does not confirm";
  EXPECT_EQ(code(run(room_.make_case(world_.station, id))), "not_permitted");
  EXPECT_EQ(code(run(room_.make_case(far_, id))), "not_permitted");
  EXPECT_TRUE(positives(province_).front().confirmable);
  const auto untapped = [&](const Caller& who) {
    return world_.db->read_now([&](store::Session& s) { return room_.untapped(s, who); });
  };
  ASSERT_THAT(untapped(world_.station), SizeIs(1));
  EXPECT_EQ(untapped(world_.station).front().id, id);
  EXPECT_EQ(untapped(world_.station).front().since, now());
  EXPECT_THAT(untapped(far_), IsEmpty());

  const auto made = run(room_.make_case(province_, id));
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_FALSE(made->confirmed_before);
  const auto kase = must(cases_.find(province_, made->id));
  EXPECT_EQ(kase.classification, cases::Classification::kConfirmed);
  EXPECT_EQ(kase.person.id, an);
  EXPECT_EQ(kase.sample_at, sampled);
  EXPECT_EQ(kase.method, Method::kPcr);
  EXPECT_TRUE(kase.window_from);
  EXPECT_THAT(positives(province_), IsEmpty());
  EXPECT_THAT(untapped(province_), IsEmpty());
  const auto again = must(room_.make_case(province_, id));
  EXPECT_EQ(again.id, made->id);
  EXPECT_TRUE(again.confirmed_before) << "tapped twice, there is one case";
  must(room_.correct(province_, id, {Outcome::kPositive, 25.0, now(), std::string("Thiếu Ct")}));
  EXPECT_THAT(positives(province_), IsEmpty()) << "of the same result, with its Ct";
  EXPECT_EQ(must(room_.tubes(world_.station, last_session_)).items.front().results.front().case_id, made->id);
  EXPECT_FALSE(must(room_.look(province_, at, {std::string("T-1")})).results.front().case_id);
}

TEST_P(LaboratoryTest, ASuspectCaseIsConfirmedWithItsOwnDates) {
  const PersonId an = somebody();
  cases::NewCase suspect;
  suspect.person = an;
  suspect.disease = std::string("covid-19");
  suspect.onset = parse_date("2026-03-01");
  const auto open = must(cases_.report(world_.station, std::move(suspect)));
  const LaboratoryId at = sent({{"T-1", an}});
  const auto made =
      must(room_.make_case(province_, must(enter(at, result("T-1", Outcome::kPositive))).results.front().id));
  EXPECT_EQ(made.id, open.id);
  EXPECT_EQ(must(cases_.find(province_, open.id)).onset, parse_date("2026-03-01"));
}

TEST_P(LaboratoryTest, EverybodyReadsTheirOwnResultsAndNobodyElses) {
  const Caller an = citizen(3001), binh = citizen(3002);
  const PersonId an_person = world_.person(an, people::Relation::kSelf);
  const PersonId child = world_.person(an, people::Relation::kChild);
  const PersonId spouse = world_.person(an, people::Relation::kSpouse);
  const PersonId binh_person = world_.person(binh, people::Relation::kSelf);
  const LaboratoryId at = sent({{"P-1", an_person}, {"P-1", child}, {"S-1", binh_person}, {"S-2", spouse}}, 5);
  ASSERT_THAT(mine(an), SizeIs(1));
  EXPECT_EQ(mine(an).front().state, OwnState::kSampled);
  must(room_.receive(province_, at, {std::string("P-1")}));
  EXPECT_EQ(mine(an, child).front().state, OwnState::kReceived);
  must(enter(at, result("P-1", Outcome::kPositive)));
  must(enter(at, result("S-1", Outcome::kNegative)));
  EXPECT_EQ(mine(an).front().state, OwnState::kRepeat);
  EXPECT_FALSE(mine(an).front().outcome) << "a pool says nothing about one of its people";
  EXPECT_EQ(mine(binh).front().outcome, Outcome::kNegative);
  EXPECT_EQ(mine(binh).front().disease_name.vi, "COVID-19");
  EXPECT_EQ(code(run(room_.mine(an, spouse))), "adults_own_affair");
  EXPECT_EQ(code(run(room_.mine(an, binh_person))), "not_in_household");
  EXPECT_EQ(code(run(room_.mine(identity::testing::nobody(), {}))), "unauthenticated");
}

TEST_P(LaboratoryTest, ALaterRapidTestHidesNoPositiveThatConfirms) {
  const Caller an = citizen(3001);
  const LaboratoryId at = sent({{"T-1", world_.person(an, people::Relation::kSelf)}});
  must(enter(at, result("T-1", Outcome::kPositive)));
  world_.clock.advance(hours(1));
  must(enter(at, result("T-1", Outcome::kNegative, Method::kAntigen)));
  EXPECT_EQ(mine(an).front().outcome, Outcome::kPositive);
  EXPECT_EQ(mine(an).front().method, Method::kPcr);

  const Caller binh = citizen(3002);
  const LaboratoryId other = sent({{"T-2", world_.person(binh, people::Relation::kSelf)}});
  must(enter(other, result("T-2", Outcome::kPositive, Method::kAntigen)));
  world_.clock.advance(hours(1));
  must(enter(other, result("T-2", Outcome::kNegative)));
  EXPECT_EQ(mine(binh).front().outcome, Outcome::kNegative) << "of the rapid test the PCR says that it was wrong";
}

TEST_P(LaboratoryTest, WhatWasFoundMoreCloselyIsKeptWithThePositiveAndToldOfTheCase) {
  cases_.set_lineage_of(lineage_of);
  const Caller an = citizen(3001);
  const PersonId person = world_.person(an, people::Relation::kSelf);
  const LaboratoryId at = sent({{"T-1", person}, {"T-2", somebody()}});
  NewResult odd = result("T-1", Outcome::kNegative, Method::kSequencing);
  odd.lineage = std::string("B.1.617.2");
  EXPECT_EQ(code(run(room_.enter(province_, at, odd))), "invalid") << "of what is not there";
  odd.outcome = Outcome::kPositive;
  odd.method = Method::kAntigen;
  EXPECT_EQ(code(run(room_.enter(province_, at, odd))), "invalid") << "a rapid test cannot tell";
  odd.method = Method::kSequencing;
  NewResult first = odd;
  first.lineage.reset();
  must(enter(at, first));
  world_.clock.advance(hours(1));
  odd.at = now();
  const auto told = must(enter(at, odd));
  EXPECT_THAT(told.results, SizeIs(2)) << "named later, without a reason";
  EXPECT_TRUE(told.results.front().replaced_by);
  EXPECT_EQ(told.results.back().lineage, "B.1.617.2");
  EXPECT_EQ(mine(an).front().lineage, "B.1.617.2");

  const auto made =
      must(room_.make_case(province_, must(enter(at, result("T-1", Outcome::kPositive))).results.back().id));
  EXPECT_EQ(must(cases_.find(province_, made.id)).lineage, "B.1.617.2");
  must(
      room_.correct(province_, told.results.back().id,
                    {Outcome::kPositive, std::nullopt, now(), std::string("Giải trình tự lại"), std::string("AY.57")}));
  EXPECT_EQ(must(cases_.find(province_, made.id)).lineage, "AY.57");

  std::string lines = "tube,method,result,ct,lineage,date\r\n";
  lines += "T-2,giải trình tự,dương tính,,BA.2,2026-03-02\r\nX-9,giải trình tự,dương tính,,BA.5,2026-03-02\r\n";
  const auto report = must(room_.list(province_, at, lines));
  EXPECT_EQ(report.taken, 1);
  EXPECT_EQ(report.unmatched, 1);
  EXPECT_EQ(must(room_.look(province_, at, {std::string("T-2")})).results.front().lineage, "BA.2");
  EXPECT_EQ(must(room_.see(province_, at)).unmatched.front().lineage, "BA.5");
}

// ---- who may ----

TEST_P(LaboratoryTest, OnlyTheUnitAndTheLaboratoryHaveAWayHere) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}});
  const auto positive = must(enter(at, result("T-1", Outcome::kPositive)));
  for (const Caller& other : {far_, officer(Role::kCommander), officer(Role::kAdministrator), officer(Role::kAuditor),
                              citizen(1001), officer(Role::kStationOfficer, kDaNang, 9105)}) {
    EXPECT_EQ(code(run(room_.tubes(other, last_session_))), "not_permitted");
    EXPECT_EQ(code(run(room_.sample(other, last_session_, scan("T-9", an)))), "not_permitted");
    EXPECT_EQ(code(run(room_.see(other, at))), "not_permitted");
    EXPECT_EQ(code(run(room_.enter(other, at, result("T-1", Outcome::kNegative)))), "not_permitted");
    EXPECT_EQ(code(run(room_.correct(other, positive.results.front().id,
                                     {Outcome::kNegative, std::nullopt, now(), std::string("Nhầm")}))),
              "not_permitted");
    EXPECT_EQ(code(run(room_.make_case(other, positive.results.front().id))), "not_permitted");
    EXPECT_EQ(code(run(room_.of_person(other, an, "Hỏi kết quả"))), "not_permitted");
  }
  EXPECT_EQ(code(run(room_.see(world_.station, at))), "not_permitted") << "a station is no laboratory";
  EXPECT_EQ(code(run(room_.add(world_.station, {kHaiLang, std::string("Trạm")}))), "not_permitted");
  EXPECT_EQ(code(run(room_.sessions(officer(Role::kCommander), {}, {}, kShown))), "not_permitted");
}

TEST_P(LaboratoryTest, ALaboratoryOfAnotherProvinceWorksWithoutNames) {
  const SessionId at = session();
  must(sample(at, "T-1", somebody()));
  const LaboratoryId institute = must(room_.add(far_, {kDaNang, std::string("Viện ở Đà Nẵng")})).id;
  must(send(at, institute, 1));
  must(run(room_.receive(far_, institute, {std::string("T-1")})));
  const auto tube = must(room_.enter(far_, institute, result("T-1", Outcome::kPositive)));
  EXPECT_EQ(tube.persons, 1);
  EXPECT_EQ(code(run(room_.tubes(far_, at))), "not_permitted");
  EXPECT_THAT(positives(far_), IsEmpty()) << "the unit that sampled sees who it is";
  EXPECT_THAT(positives(world_.station), SizeIs(1));
}

TEST_P(LaboratoryTest, EachLookIsInThePersonsAccessLogOnceADay) {
  const PersonId an = somebody();
  sent({{"T-1", an}});
  EXPECT_THAT(log_about(an), ElementsAre("laboratory.sample"));
  must(room_.tubes(world_.station, last_session_));
  must(room_.tubes(world_.station, last_session_));
  EXPECT_THAT(log_about(an), ElementsAre("laboratory.read", "laboratory.sample"));
  must(room_.tubes(province_, last_session_));
  EXPECT_THAT(log_about(an), SizeIs(3)) << "another reader";
  EXPECT_EQ(code(run(room_.of_person(world_.station, an, ""))), "reason_required");
  EXPECT_THAT(must(room_.of_person(world_.station, an, "Hỏi kết quả")).items, SizeIs(1));
  EXPECT_THAT(log_about(an), SizeIs(4));
}

TEST_P(LaboratoryTest, ATubeThatIsScannedAgainIsALookAtAllOfItsPeople) {
  const PersonId an = somebody(), binh = somebody();
  const LaboratoryId at = sent({{"P-1", an}, {"P-1", binh}}, 5);
  EXPECT_THAT(log_about(binh), ElementsAre("laboratory.sample"));
  EXPECT_THAT(log_about(an), ElementsAre("laboratory.read", "laboratory.sample")) << "shown with the next of the pool";
  must(enter(at, result("P-1", Outcome::kNegative)));
  const auto seen = must(room_.sample(province_, last_session_, scan("P-1", an)));
  ASSERT_THAT(seen.samples, SizeIs(2));
  EXPECT_EQ(seen.samples.back().person.id, an) << "whose code was shown";
  EXPECT_THAT(seen.results, SizeIs(1));
  EXPECT_THAT(log_about(binh), ElementsAre("laboratory.read", "laboratory.sample"));
}

TEST_P(LaboratoryTest, WhatIsOldIsDeletedWithProof) {
  const LaboratoryId at = sent({{"P-1", somebody()}, {"P-1", somebody()}}, 5);
  must(enter(at, result("P-1", Outcome::kPositive)));
  list(at, "X-9,PCR,negative,,2026-03-02\r\n");
  must(room_.tubes(world_.station, last_session_));
  const auto job = room_.retention();
  const auto clean = [&] { world_.db->transact_now([&](store::Session& s) { job.run(s); }); };
  world_.clock.advance(kKept - hours(1));
  clean();
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_sample"), 2);
  world_.clock.advance(hours(2));
  clean();
  for (const char* sql : {"SELECT count(*) FROM laboratory_session", "SELECT count(*) FROM laboratory_tube",
                          "SELECT count(*) FROM laboratory_sample", "SELECT count(*) FROM laboratory_result",
                          "SELECT count(*) FROM laboratory_task", "SELECT count(*) FROM laboratory_batch",
                          "SELECT count(*) FROM laboratory_unmatched", "SELECT count(*) FROM laboratory_shown"})
    EXPECT_EQ(count(sql), 0) << sql;
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_retention"), 3);
}

TEST(LaboratoryLines, AWorkbooksWordsAreUnderstoodAndOddOnesAreNot) {
  const auto lines = read_lines(std::string(kHead) +
                                "a1-b,Realtime RT-PCR,Nghi ngờ,38,2021-08-04\n"
                                "A2B,giải trình tự,Mẫu không đạt,,04/08/2021 07:30\n"
                                "A3B,RT-PCR,dương tính,99,2021-08-04\n"
                                "A4B,kháng nguyên,dương tính,20,2021-08-04\n"
                                "A5B,RT-PCR,dương tính,x,hôm qua\n");
  ASSERT_TRUE(lines);
  const auto& all = *lines;
  ASSERT_THAT(all, SizeIs(5));
  EXPECT_EQ(all[0].code, "A1-B");
  EXPECT_EQ(all[0].found.outcome, Outcome::kInconclusive);
  EXPECT_TRUE(all[0].found.whole_day);
  EXPECT_EQ(all[1].found.method, Method::kSequencing);
  EXPECT_EQ(all[1].found.outcome, Outcome::kInvalid);
  EXPECT_EQ(all[1].found.at, *parse_instant("2021-08-04T00:30:00Z"));
  EXPECT_EQ(all[2].result.errors.front().column, "ct");
  EXPECT_EQ(all[3].result.errors.front().column, "ct");
  EXPECT_THAT(all[4].result.errors, SizeIs(2));
  EXPECT_EQ(code(read_lines("tube,method\nA,PCR\n")), "invalid");
}

TEST(LaboratoryLines, AWorkbookIsReadAsAListIs) {
  const std::string text = R"(<c t="inlineStr"><is><t>)", end = "</t></is></c>";
  const std::string head = "<row r=\"1\">" + text + "tube" + end + text + "date" + end + text + "method" + end + text +
                           "result" + end + text + "ct" + end + "</row>";
  // A day as a spreadsheet keeps it: 4 August 2021.
  const std::string row = "<row r=\"2\">" + text + "ab-1" + end + R"(<c s="1"><v>44412</v></c>)" + text + "RT-PCR" +
                          end + text + "dương tính" + end + "<c><v>24.5</v></c></row>";
  const auto lines = read_lines(tables::testing::zipped(tables::testing::workbook(head + row)));
  ASSERT_TRUE(lines) << lines.error().code;
  ASSERT_THAT(*lines, SizeIs(1));
  const Line& line = lines->front();
  EXPECT_THAT(line.result.errors, IsEmpty());
  EXPECT_EQ(line.code, "AB-1");
  EXPECT_EQ(line.found.ct, 24.5);
  EXPECT_EQ(line.found.at, local_midnight(*parse_date("2021-08-04")));
  EXPECT_TRUE(line.found.whole_day);
}

INSTANTIATE_TEST_SUITE_P(Engines, LaboratoryTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::laboratory
