#include "modules/cards/slips.h"

#include <gmock/gmock.h>

#include "modules/cards/slip_number.h"
#include "modules/cards/storage.h"
#include "modules/cases/cases_fixture.h"

namespace luytre::cards {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(SlipNumber, FindsEveryWrongDigitAndEveryExchangeOfNeighbours) {
  for (const std::int64_t number : {1, 9, 10, 412, 98765, 123456, 999999}) {
    const std::string shown = shown_slip_number(number);
    ASSERT_EQ(shown.size(), 8u);
    EXPECT_EQ(std::get<std::int64_t>(parse_slip_number(shown)), number);
    std::string digits = shown;
    std::erase(digits, '-');
    for (std::size_t i = 0; i < digits.size(); ++i) {
      for (char other = '0'; other <= '9'; ++other) {
        if (other == digits[i]) continue;
        std::string bad = digits;
        bad[i] = other;
        EXPECT_TRUE(std::holds_alternative<SlipFault>(parse_slip_number(bad))) << bad;
      }
      if (i + 1 < digits.size() && digits[i] != digits[i + 1]) {
        std::string bad = digits;
        std::swap(bad[i], bad[i + 1]);
        EXPECT_TRUE(std::holds_alternative<SlipFault>(parse_slip_number(bad))) << bad;
      }
    }
  }
}

TEST(SlipNumber, ForgivesHowItIsWritten) {
  std::string shown = shown_slip_number(412);
  const std::string check(1, shown.back());
  for (const std::string& typed : {"412" + check, "412-" + check, " 000 412 " + check, "412." + check})
    EXPECT_EQ(std::get<std::int64_t>(parse_slip_number(typed)), 412) << typed;
  for (const char* typed : {"", "4", "0", "00", "4l2", "12345678", "0000000"})
    EXPECT_EQ(std::get<SlipFault>(parse_slip_number(typed)), SlipFault::kFormat) << typed;
}

TEST(Clock, AsPeopleWriteIt) {
  for (const char* half_past_seven : {"7:30", "07:30", "0730", "730", "7h30", "07H30", " 7.30 "})
    EXPECT_EQ(parse_clock(half_past_seven), minutes(450)) << half_past_seven;
  for (const char* seven : {"7", "07", "7h", "7:00"}) EXPECT_EQ(parse_clock(seven), minutes(420)) << seven;
  for (const char* none : {"", ":", "7:", "24:00", "7:60", "-7:30", "7:3x", "12345", "7:300", "h30", "7 30"})
    EXPECT_EQ(parse_clock(none), std::nullopt) << none;
}

class SlipsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  SlipsTest() {
    world_.switch_on();
    world_.person(keeper_, people::Relation::kSelf);
    office_ = world_.registered(keeper_, "Ủy ban xã", "office");
    world_.clock.advance(minutes(2));
    market_ = world_.registered(keeper_, "Chợ Diên Sanh", "market");
  }
  Instant now() const { return world_.clock.now(); }
  Date today() const { return local_date(now()); }
  Result<Sheet> print(PlaceId place, std::int64_t count = 12) {
    return run(slips_.print(keeper_, place, {count, today()}));
  }
  static Line line(const std::string& number, const std::string& name = "Lê Thị Giấy", const std::string& in = "7:30") {
    Line out;
    out.number = number;
    out.name = name;
    out.in = in;
    return out;
  }
  Report key_in(std::vector<Line> lines) {
    auto report = run(slips_.key_in(keeper_, office_, {std::move(lines)}));
    EXPECT_TRUE(report) << report.error().code;
    return *report;
  }
  LineResult one(Line line) { return key_in({std::move(line)}).lines[0]; }
  std::vector<gates::Unverified> entries(PlaceId place) {
    if (of_.value == 0) {
      const Caller province = officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9101);
      cases::NewCase fresh;
      fresh.person = world_.person(citizen(1009), people::Relation::kSelf);
      fresh.disease = std::string("covid-19");
      const auto suspect = *run(cases_.report(world_.station, std::move(fresh)));
      of_ = run(cases_.confirm(province, suspect.id, cases::positive(), suspect.version))->id;
    }
    return run(gates_.unverified(world_.station, of_, place, std::nullopt, 50))->items;
  }
  std::string shift() {
    EXPECT_TRUE(run(gates_.name_guard(keeper_, office_, {std::string("Ông Bảo"), std::string("0912000002")})));
    world_.clock.advance(minutes(2));
    const auto asked = run(gates_.ask_code({std::string("0912000002")}, "10.0.0.1", "vi"));
    return run(gates_.begin({std::string("0912000002"), asked->request, world_.house.last_code("+84912000002"), 8}))
        ->shift;
  }

  visits::testing::World world_{GetParam(),
                                {cases::migrations(), gates::migrations(), checkpoints::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people,     visits::testing::geography(),
                      world_.house->access, world_.vault,      world_.clock,
                      cases::diseases(),    cases::rule_sets()};
  gates::Gates gates_{{*world_.db, world_.registry, world_.visits, world_.people, world_.decisions,
                       world_.house->access, world_.house->codes, world_.vault, world_.clock, world_.random,
                       [](PersonId, UnitId) -> Task<gates::Light> { co_return gates::Light::kGreen; }}};
  checkpoints::Checkpoints checkpoints_{{*world_.db,
                                         world_.registry,
                                         gates_,
                                         world_.visits,
                                         world_.people,
                                         world_.decisions,
                                         visits::testing::geography(),
                                         world_.house->access,
                                         world_.vault,
                                         world_.clock,
                                         world_.random,
                                         [](PersonId, UnitId) -> Task<gates::Light> { co_return gates::Light::kGreen; },
                                         {}}};
  Slips slips_{*world_.db, world_.registry, gates_, checkpoints_, world_.vault};
  const Caller keeper_ = citizen(2001);
  PlaceId office_, market_;
  CaseId of_;
};

TEST_P(SlipsTest, SheetsOfAPlaceAreNumberedOn) {
  const auto first = print(office_), second = print(office_), other = print(market_);
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_EQ(first->first, shown_slip_number(1));
  EXPECT_EQ(first->last, shown_slip_number(12));
  EXPECT_EQ(second->first, shown_slip_number(13));
  EXPECT_EQ(other->first, shown_slip_number(1)) << "another place counts for itself";
  EXPECT_THAT(run(slips_.sheets(keeper_, office_))->items, SizeIs(2));
  const auto pdf = run(slips_.pdf(keeper_, office_, first->id));
  ASSERT_TRUE(pdf) << pdf.error().code;
  EXPECT_TRUE(pdf->body.starts_with("%PDF-"));
  EXPECT_EQ(code(run(slips_.pdf(keeper_, market_, first->id))), "not_found");
  EXPECT_EQ(code(run(slips_.print(keeper_, office_, {0, today()}))), "invalid");
  EXPECT_EQ(code(run(slips_.print(keeper_, office_, {kSlipsMost + 1, today()}))), "too_many_slips");
  EXPECT_EQ(code(run(slips_.print(keeper_, office_, {12, Date{today().days + 100}}))), "invalid");
  EXPECT_EQ(code(run(slips_.print(citizen(1), office_, {12, today()}))), "not_found");
  world_.close(office_);
  EXPECT_EQ(code(print(office_)), "place_closed");
}

TEST_P(SlipsTest, WhatStandsOnThemBecomesUnverifiedEntriesWithTheirOwnTimes) {
  const auto sheet = print(office_);
  Line phone = line(sheet->first), paper = line(shown_slip_number(2), "Hồ Văn Thẻ", "8h");
  phone.reach = std::string("0912 345 678");
  phone.out = std::string("8:10");
  paper.reach = std::string("045099000123");
  const Report report = key_in({phone, paper, line(shown_slip_number(3), "Người không có gì", "0815")});
  EXPECT_EQ(report.taken, 3);
  const auto list = entries(office_);
  ASSERT_THAT(list, SizeIs(3));
  EXPECT_EQ(list[2].how, gates::How::kSlip);
  EXPECT_EQ(list[2].name, "Lê Thị Giấy");
  EXPECT_EQ(list[2].phone, "+84912345678");
  EXPECT_EQ(list[2].at, local_midnight(today()) + minutes(450));
  EXPECT_THAT(list[1].papers, SizeIs(1));
  EXPECT_EQ(list[1].phone, std::nullopt);
  EXPECT_EQ(list[0].phone, std::nullopt);
  EXPECT_EQ(run(slips_.sheets(keeper_, office_))->items[0].keyed, 3);
  EXPECT_EQ(world_.db->read_now([](store::Session& s) {
    return s.value<std::int64_t>({"test.visits", "SELECT CAST(count(*) AS bigint) FROM visits_visit"});
  }),
            0)
      << "to be called, never traced";
}

TEST_P(SlipsTest, ANumberIsOneSlip) {
  const auto sheet = print(office_);
  EXPECT_EQ(one(line(sheet->first)).state, LineState::kTaken);
  EXPECT_EQ(one(line(sheet->first)).state, LineState::kSame) << "sent again";
  const LineResult other = one(line(sheet->first, "Somebody else"));
  EXPECT_EQ(other.state, LineState::kRefused);
  EXPECT_EQ(other.field + ' ' + other.code, "number repeated");
  EXPECT_THAT(entries(office_), SizeIs(1));
  Line right = line(sheet->first, "Lê Thị Giáy");
  right.again = true;
  EXPECT_EQ(one(right).state, LineState::kChanged);
  ASSERT_THAT(entries(office_), SizeIs(1)) << "put right, not doubled";
  EXPECT_EQ(entries(office_)[0].name, "Lê Thị Giáy");
  const Report both = key_in({line(shown_slip_number(2)), line(shown_slip_number(2), "X Y")});
  EXPECT_EQ(both.taken + 10 * both.refused, 11) << "also within one sending";
}

TEST_P(SlipsTest, ABadLineIsNamedAndTheOthersAreTaken) {
  ASSERT_TRUE(print(office_));
  ASSERT_TRUE(print(market_, 24));
  std::string mistyped = shown_slip_number(2);
  mistyped[5] = '3';
  Line reach = line(shown_slip_number(4)), out = line(shown_slip_number(5)), day = line(shown_slip_number(6));
  reach.reach = std::string("12");
  out.out = std::string("later");
  day.day = Date{today().days - 20};
  const Report report =
      key_in({line(shown_slip_number(1)), line(mistyped), line(shown_slip_number(13)), line("x"), line(""),
              line(shown_slip_number(3), " . "), reach, line(shown_slip_number(4), "An", "25:00"), out,
              line(shown_slip_number(5), "An", "23:59"), day, line(shown_slip_number(7), "An", "")});
  const std::vector<std::string> expected{" ",
                                          "number mistyped",
                                          "number unknown",
                                          "number format",
                                          "number required",
                                          "name required",
                                          "reach format",
                                          "in format",
                                          "out format",
                                          "in time_in_future",
                                          "in time_too_old",
                                          "in required"};
  ASSERT_THAT(report.lines, SizeIs(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(report.lines[i].field + ' ' + report.lines[i].code, expected[i]) << i;
  EXPECT_EQ(report.taken, 1);
  EXPECT_EQ(report.refused, 11);
  EXPECT_THAT(entries(office_), SizeIs(1));
}

TEST_P(SlipsTest, OutBeforeInIsOfTheNextDay) {
  ASSERT_TRUE(print(office_));
  Line night = line(shown_slip_number(1), "Ca đêm", "22:00");
  night.out = std::string("6:00");
  night.day = Date{today().days - 1};
  EXPECT_EQ(one(night).state, LineState::kTaken);
  night.number = shown_slip_number(2);
  night.out = std::string("22:00");
  EXPECT_EQ(one(night).code, "out_before_in");
}

TEST_P(SlipsTest, AGuardOnDutyKeysInToo) {
  const std::string token = shift();
  ASSERT_TRUE(print(office_));
  const auto send = [&](const std::string& shift, PlaceId place) {
    GateLines lines;
    lines.shift = shift;
    lines.place = place;
    lines.lines = {line(shown_slip_number(1))};
    return run(slips_.key_in_at_gate(std::move(lines)));
  };
  const auto report = send(token, office_);
  ASSERT_TRUE(report) << report.error().code;
  EXPECT_EQ(report->taken, 1) << "of a time before the shift";
  EXPECT_EQ(code(send(token, market_)), "not_a_guard");
  EXPECT_EQ(code(send("guessed", office_)), "shift_over");
  world_.clock.advance(hours(9));
  EXPECT_EQ(code(send(token, office_)), "shift_over");
}

TEST_P(SlipsTest, NothingIsTakenWithoutADecisionNorElsewhere) {
  ASSERT_TRUE(print(office_));
  EXPECT_EQ(code(run(slips_.key_in(citizen(1), office_, {}))), "not_found");
  EXPECT_EQ(code(run(slips_.key_in(officer(Role::kStationOfficer, cases::kDaNang), office_, {}))), "not_permitted");
  EXPECT_TRUE(run(slips_.key_in(world_.station, office_, {})));
  Lines many;
  many.lines.resize(kLinesMost + 1);
  EXPECT_EQ(code(run(slips_.key_in(keeper_, office_, many))), "too_many_slips");
  world_.clock.advance(hours(31 * 24));  // the decision has ended by itself
  const auto later = print(office_);
  ASSERT_TRUE(later);
  EXPECT_EQ(one(line(later->first)).code, "not_in_force");
}

TEST_P(SlipsTest, DeletesByAgeWithAProof) {
  ASSERT_TRUE(print(office_));
  ASSERT_EQ(one(line(shown_slip_number(1))).state, LineState::kTaken);
  const auto retain = [&] { world_.db->transact_now([&](store::Session& s) { slips_.retention().run(s); }); };
  retain();
  world_.clock.advance(kKept + hours(1));
  retain();
  EXPECT_EQ(run(slips_.sheets(keeper_, office_))->items[0].keyed, 0);
  world_.clock.advance(hours(24 * 80));
  retain();
  EXPECT_THAT(run(slips_.sheets(keeper_, office_))->items, IsEmpty());
  const auto proofs = world_.db->read_now([](store::Session& s) { return storage::proofs(s); });
  ASSERT_THAT(proofs, SizeIs(2));
  EXPECT_EQ(proofs[0].slips, 1);
  EXPECT_EQ(proofs[1].sheets, 1);
  EXPECT_EQ(print(office_)->first, shown_slip_number(13)) << "numbers go on";
}

TEST_P(SlipsTest, ASlipOfACheckpointIsAPassageWithItsOwnTime) {
  world_.clock.advance(minutes(2));
  const PlaceId post = world_.registered(keeper_, "Chốt Hải Lăng", "checkpoint");
  const auto sheet = print(post);
  ASSERT_TRUE(sheet) << sheet.error().code;
  world_.clock.advance(hours(5));
  const auto key = [&](Line line) {
    const auto report = run(slips_.key_in(keeper_, post, Lines{std::vector<Line>{std::move(line)}}));
    EXPECT_TRUE(report) << report.error().code;
    return report->lines[0];
  };
  Line slip = line(sheet->first);
  slip.reach = std::string("0912 345 678");
  EXPECT_EQ(key(slip).field, "direction");
  slip.direction = checkpoints::Direction::kOut;
  EXPECT_EQ(key(slip).field, "decision");
  slip.decision = checkpoints::Decision::kTurnBack;
  EXPECT_EQ(key(slip).field, "why");
  slip.why = checkpoints::Why::kNoPermit;
  slip.plate = std::string("!");
  EXPECT_EQ(key(slip).field, "plate");
  slip.plate = std::string("74A-123.45");
  EXPECT_EQ(key(slip).state, LineState::kTaken);
  EXPECT_EQ(key(slip).state, LineState::kSame);
  EXPECT_THAT(entries(post), IsEmpty()) << "no entry of a gate";

  const auto found = [&] {
    checkpoints::Search asked;
    asked.plate = std::string("74A12345");
    asked.reason = std::string("Ca bệnh 1");
    return *run(checkpoints_.search(world_.station, asked));
  };
  ASSERT_THAT(found(), SizeIs(1));
  const auto passage = found()[0];
  EXPECT_EQ(passage.at, local_midnight(today()) + minutes(450)) << "as it stands on the slip";
  EXPECT_EQ(passage.direction, checkpoints::Direction::kOut);
  EXPECT_EQ(passage.why, checkpoints::Why::kNoPermit);
  ASSERT_THAT(passage.occupants, SizeIs(1));
  EXPECT_EQ(passage.occupants[0].how, checkpoints::How::kSlip);
  EXPECT_EQ(passage.occupants[0].phone, "+84912345678");

  slip.decision = checkpoints::Decision::kIsolate;
  slip.why.reset();
  EXPECT_EQ(key(slip).code, "repeated");
  slip.again = true;
  EXPECT_EQ(key(slip).state, LineState::kChanged);
  ASSERT_THAT(found(), SizeIs(1)) << "instead of the first";
  EXPECT_EQ(found()[0].decision, checkpoints::Decision::kIsolate);
}

INSTANTIATE_TEST_SUITE_P(Engines, SlipsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cards
