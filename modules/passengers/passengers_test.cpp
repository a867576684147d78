#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "engines/linkage/paper.h"
#include "modules/passengers/lines.h"
#include "modules/passengers/passengers.h"
#include "modules/passengers/storage.h"
#include "modules/visits/testing.h"

namespace luytre::passengers {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

const UnitId kDaNang{2025100048}, kInDaNang{2025320242};

// ---- lines ----

// "line state column:code,…" of every line.
std::vector<std::string> said(const std::string& csv) {
  const auto lines = read_lines(csv, 2026);
  if (!lines) {
    std::vector<std::string> out{lines.error().code};
    for (const auto& field : lines.error().fields) out.back() += ' ' + field.pointer + ':' + field.code;
    return out;
  }
  std::vector<std::string> out;
  for (const Line& line : *lines) {
    out.push_back(std::to_string(line.result.line) + ' ' + std::string(json::enum_text(line.result.state)));
    for (const tables::Flaw& flaw : line.result.errors) out.back() += ' ' + flaw.column + ':' + flaw.code;
    EXPECT_EQ(line.passenger.has_value(), line.result.errors.empty());
  }
  return out;
}

const std::string kHead = "seat,name,birthYear,phone,paper\n";

TEST(LinesTest, OneBadLineNeverStopsTheRest) {
  EXPECT_THAT(said(kHead + "1,Nguyễn Văn An,1980,0912345678,\n"
                           "2,,1980,0912345678,\n"
                           "3,Lê Bình,80x,0912345678,\n"
                           "4,Lê Bình,1850,0912345678,\n"
                           "5,Lê Bình,1985,12,\n"
                           "6,Lê Bình,1985,,\n"
                           "7,\"Trần, Thị Cúc\",1990,,012345678901\n"
                           "7,Trần Khác,1990,0912345670,\n"
                           "8,\xff\xfe,1990,0912345670,\n"
                           "9,\"Chưa đóng,1990,0912345670,\n"
                           "10,Đỗ Đạt,1991,0912 345 679,\n"),
              ElementsAre("2 taken", "3 refused name:required", "4 refused birthYear:format",
                          "5 refused birthYear:range", "6 refused phone:format", "7 refused phone:required", "8 taken",
                          "9 refused seat:repeated", "10 refused name:encoding", "11 refused :format", "12 taken"));
}

TEST(LinesTest, TheHeadNamesTheColumnsInAnyOrder) {
  const auto lines = read_lines("note,paper,birthYear,name,seat\nx,B1234567,2026,Ann Lee,1A\n", 2026);
  ASSERT_TRUE(lines);
  ASSERT_TRUE(lines->at(0).passenger);
  EXPECT_EQ(json::text(*lines->at(0).passenger),
            R"({"seat":"1A","name":"Ann Lee","birthYear":2026,"paper":"B1234567"})");
  EXPECT_THAT(said("name,phone\nAn,0912345678\n"), ElementsAre("invalid /seat:required /birthYear:required"));
  EXPECT_THAT(said("seat,name,birthYear\n"), ElementsAre("invalid /phone:required"));
  EXPECT_THAT(said(""), ElementsAre("invalid :required"));
  EXPECT_THAT(said(kHead), IsEmpty());
}

TEST(LinesTest, AListHasItsLimits) {
  std::string many = kHead;
  for (std::size_t i = 0; i < kLinesMost; ++i) many += std::to_string(i) + ",An,1980,0912345678,\n";
  EXPECT_THAT(said(many), SizeIs(kLinesMost));
  EXPECT_THAT(said(many + "x,An,1980,0912345678,\n"), ElementsAre("too_many_lines"));
  EXPECT_THAT(said(kHead + std::string(21, 's') + ',' + std::string(121, 'n') + ",1980,0912345678,\n"),
              ElementsAre("2 refused seat:too_long name:too_long"));
}

// ---- lists ----

class PassengersTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  PassengersTest() {
    bus_ = world_.registered(carrier_, "Xe khách tuyến 07", "vehicleTrip");
    world_.clock.advance(std::chrono::minutes(2));  // one phone gets one code a minute
    shop_ = world_.registered(carrier_, "Bến xe", "shop");
  }

  Instant now() const { return world_.clock.now(); }
  void switch_on(UnitId unit) {
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), unit);
  }

  List file(const std::string& lines) const { return {bus_, departure_, kInDaNang, kHead + lines}; }
  Result<Report> send(const Caller& who, List list, const std::string& key = "") {
    if (key.empty()) return run(passengers_.list(who, std::move(list), std::nullopt));
    const auto once = store::make_once(who.account.value, "POST /places/{id}/passengers", key, list.bytes);
    return run(passengers_.list(who, std::move(list), once));
  }
  std::string refusal(const Caller& who, List list) {
    const auto out = send(who, std::move(list));
    return out ? "" : out.error().code + (out.error().fields.empty() ? "" : ' ' + out.error().fields[0].pointer);
  }
  // "" or why not.
  std::string off(const Caller& who, PlaceId place, Instant departure, const char* seat, const std::string& key = "") {
    TakeOff asked{departure, std::string(seat)};
    std::optional<store::Once> once;
    if (!key.empty())
      once = store::make_once(who.account.value, "POST /places/{id}/passengers/take-off", key, json::text(asked));
    const auto out = run(passengers_.take_off(who, place, std::move(asked), once));
    return out ? "" : out.error().code + (out.error().fields.empty() ? "" : ' ' + out.error().fields[0].pointer);
  }
  static std::string counts(const Result<Report>& report) {
    if (!report) return report.error().code;
    return std::to_string(report->taken) + ' ' + std::to_string(report->changed) + ' ' + std::to_string(report->same) +
           ' ' + std::to_string(report->refused);
  }
  std::vector<std::string> names(const Caller& who) {
    const auto seats = run(passengers_.of_trip(who, bus_, departure_, "F0 trên xe"));
    if (!seats) return {seats.error().code};
    std::vector<std::string> out;
    for (const auto& one : *seats) out.push_back(one.seat + ' ' + one.name);
    return out;
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }

  visits::testing::World world_{GetParam(), {migrations()}};
  Passengers passengers_{*world_.db,
                         world_.registry,
                         world_.decisions,
                         visits::testing::geography(),
                         world_.house->access,
                         world_.vault,
                         {false, {"domestic-movement"}}};
  const Caller carrier_ = identity::testing::citizen(1001);
  const Caller other_ = identity::testing::citizen(1002);
  const Caller here_ = identity::testing::officer(Role::kStationOfficer, kHaiLang);
  const Caller there_ = identity::testing::officer(Role::kStationOfficer, kInDaNang);
  const Caller elsewhere_ = identity::testing::officer(Role::kStationOfficer, UnitId{2025319333});
  const Instant departure_ = world_.clock.now();
  PlaceId bus_, shop_;
};

TEST_P(PassengersTest, SomebodyKnownIsFoundByPaperOrByPhoneWithName) {
  switch_on(kDaNang);
  const auto found = [&](const Known& known) {
    return world_.db->read_now([&](store::Session& s) {
      return passengers_.listed(s, known, {departure_ - hours(24), departure_ + hours(1)}).size();
    });
  };
  ASSERT_EQ(counts(send(carrier_, file("1,Trần Thị Cúc,1990,,012345678901\n2,Lê Bình,1985,0912345678,\n"))), "2 0 0 0");
  EXPECT_EQ(found({"Ai Đó", 1970, {}, {"012345678901"}}), 1u) << "a paper is one person's";
  EXPECT_EQ(found({"LE BINH", 1985, {"+84912345678"}, {}}), 1u);
  EXPECT_EQ(found({"Lê Bình", 1986, {"+84912345678"}, {}}), 0u) << "phones are shared";
  EXPECT_EQ(found({"Lê Bình", 1985, {"+84912345670"}, {}}), 0u);
  const auto keys = linkage::paper_keys("012345678901").size() + 1;
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM passengers_key"), static_cast<std::int64_t>(keys));

  ASSERT_EQ(counts(send(carrier_, file("1,Trần Thị Cúc,1990,0912345679,\n"))), "0 1 0 0");
  EXPECT_EQ(found({"Trần Thị Cúc", 1990, {}, {"012345678901"}}), 0u) << "told anew without it";
  EXPECT_EQ(found({"Trần Thị Cúc", 1990, {"+84912345679"}, {}}), 1u);
  world_.clock.advance(kKept + hours(1));
  world_.db->transact_now([&](store::Session& s) { passengers_.retention().run(s); });
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM passengers_key"), 0);
}

TEST_P(PassengersTest, IsOffUntilADecisionAtEitherEnd) {
  const std::string line = "1,An,1980,0912345678,\n";
  EXPECT_EQ(refusal(carrier_, file(line)), "not_in_force");
  switch_on(kDaNang);
  EXPECT_EQ(refusal(carrier_, file(line)), "");
  EXPECT_EQ(refusal(other_, file(line)), "not_permitted") << "the keeper alone";
  EXPECT_EQ(refusal(identity::testing::nobody(), file(line)), "unauthenticated");
  EXPECT_EQ(refusal(identity::testing::limited(carrier_), file(line)), "second_proof_required");
  List shop = file(line);
  shop.place = shop_;
  EXPECT_EQ(refusal(carrier_, shop), "not_a_trip");
  shop.place = PlaceId{5};
  EXPECT_EQ(refusal(carrier_, shop), "not_found");
  List early = file(line);
  early.departure = now() - kLatest - std::chrono::seconds(1);
  EXPECT_EQ(refusal(carrier_, early), "invalid ?departure");
  early.departure = now() + kAhead + std::chrono::seconds(1);
  EXPECT_EQ(refusal(carrier_, early), "invalid ?departure");
  early = file(line);
  early.towards = UnitId{7};
  EXPECT_EQ(refusal(carrier_, early), "invalid ?towards");
  world_.close(bus_);
  List late = file(line);
  late.departure = now() + hours(1);
  EXPECT_EQ(refusal(carrier_, late), "place_closed");
}

TEST_P(PassengersTest, ADecisionOnAFormAboutJourneysAsksForIt) {
  const auto on = [&](UnitId unit, const char* form) {
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), unit, "covid-19", form);
  };
  on(kDaNang, "daily-health");
  on(UnitId{2025319333}, "domestic-movement");
  EXPECT_EQ(refusal(carrier_, file("1,An,1980,0912345678,\n")), "not_in_force") << "of another thing, or elsewhere";
  on(kDaNang, "domestic-movement");
  EXPECT_EQ(refusal(carrier_, file("1,An,1980,0912345678,\n")), "");
}

TEST_P(PassengersTest, SentAgainNothingDoublesAndACorrectedLineReplaces) {
  switch_on(kDaNang);
  const std::string first = "1,An,1980,0912345678,\n2,,1981,0912345678,\n";
  EXPECT_EQ(counts(send(carrier_, file(first), "k1")), "1 0 0 1");
  EXPECT_EQ(counts(send(carrier_, file(first), "k1")), "1 0 0 1") << "the same answer, once done";
  EXPECT_EQ(counts(send(carrier_, file("3,Cúc,1990,0912345678,\n"), "k1")), "idempotency_key_reused");
  EXPECT_EQ(counts(send(carrier_, file(first), "k2")), "0 0 1 1") << "the same file again";
  EXPECT_EQ(counts(send(carrier_, file("1,An,1980,0912345678,\n2,Bình,1981,0912345678,\n"))), "1 0 1 0");
  EXPECT_EQ(counts(send(carrier_, file("1,Ân,1980,0912345678,\n"))), "0 1 0 0");
  EXPECT_THAT(names(here_), ElementsAre("1 Ân", "2 Bình"));
  EXPECT_EQ(count("SELECT count(*) FROM passengers_seat"), 2);
}

TEST_P(PassengersTest, ASeatToldByMistakeIsTakenOffByTheKeeperAlone) {
  switch_on(kDaNang);
  ASSERT_EQ(counts(send(carrier_, file("1,An,1980,,012345678901\n2,Bình,1985,0912345678,\n"))), "2 0 0 0");
  EXPECT_EQ(off(identity::testing::nobody(), bus_, departure_, "2"), "unauthenticated");
  EXPECT_EQ(off(identity::testing::limited(carrier_), bus_, departure_, "2"), "second_proof_required");
  EXPECT_EQ(off(other_, bus_, departure_, "2"), "not_permitted");
  EXPECT_EQ(off(carrier_, shop_, departure_, "2"), "not_a_trip");
  EXPECT_EQ(off(carrier_, PlaceId{5}, departure_, "2"), "not_found");
  EXPECT_EQ(off(carrier_, bus_, departure_, "9"), "invalid /seat");
  EXPECT_EQ(off(carrier_, bus_, departure_ + hours(1), "2"), "invalid /seat") << "another departure";
  EXPECT_THAT(names(here_), ElementsAre("1 An", "2 Bình")) << "nothing of that did anything";

  EXPECT_EQ(off(carrier_, bus_, departure_, "2", "k1"), "");
  EXPECT_EQ(off(carrier_, bus_, departure_, "2", "k1"), "") << "the same answer, once done";
  EXPECT_EQ(off(carrier_, bus_, departure_, "2"), "invalid /seat") << "it is off";
  EXPECT_EQ(count("SELECT count(*) FROM passengers_taken_off"), 1);
  world_.clock.advance(kLatest + std::chrono::seconds(1));
  EXPECT_EQ(off(carrier_, bus_, departure_, "1"), "invalid /departure") << "as long as a list may be sent";
}

TEST_P(PassengersTest, WhatIsTakenOffCountsForNothingAndOfficersStillSeeThatItWasTold) {
  switch_on(kDaNang);
  const std::string second = "2,Bình,1985,0912345678,\n";
  ASSERT_EQ(counts(send(carrier_, file("1,An,1980,,012345678901\n" + second))), "2 0 0 0");
  world_.clock.advance(std::chrono::minutes(5));
  const Instant taken_off = now();
  ASSERT_EQ(off(carrier_, bus_, departure_, "2"), "");

  const Known binh{"Bình", 1985, {"+84912345678"}, {}};
  const Interval day{departure_ - hours(24), departure_ + hours(1)};
  world_.db->read_now([&](store::Session& s) {
    EXPECT_THAT(passengers_.listed(s, binh, day), IsEmpty()) << "no journey of theirs";
    const auto boarded = passengers_.boarded(s, bus_, departure_);
    EXPECT_THAT(boarded, SizeIs(1));
    for (const auto& one : boarded) EXPECT_EQ(one.passenger.name, "An");
    const auto told = passengers_.told_at(s, bus_, taken_off);
    EXPECT_THAT(told, SizeIs(1)) << "who is compared anew";
    for (const auto& one : told) EXPECT_EQ(one.passenger.name, "Bình");
    return Done{};
  });
  EXPECT_EQ(run(passengers_.trips_of(carrier_, bus_))->at(0).seats, 1);
  EXPECT_EQ(count("SELECT count(*) FROM passengers_key WHERE seat = '2'"), 0);

  // By seat, then what was taken off, and when; told again it is a seat like any other.
  const auto lines = [&] {
    std::vector<std::string> out;
    const auto read = run(passengers_.of_trip(there_, bus_, departure_, "F0 trên xe"));
    for (const auto& one : *read)
      out.push_back(one.seat + ' ' + one.name + (one.taken_off ? ' ' + to_text(*one.taken_off) : ""));
    return out;
  };
  EXPECT_THAT(lines(), ElementsAre("1 An", "2 Bình " + to_text(taken_off)));
  EXPECT_THAT(names(elsewhere_), ElementsAre("not_found"));
  EXPECT_EQ(counts(send(carrier_, file(second))), "1 0 0 0");
  EXPECT_THAT(lines(), ElementsAre("1 An", "2 Bình", "2 Bình " + to_text(taken_off)));

  world_.clock.advance(kKept + hours(1));
  world_.db->transact_now([&](store::Session& s) { passengers_.retention().run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM passengers_taken_off"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM passengers_retention"), 3);
}

TEST_P(PassengersTest, TheDeparturesOfATimeAreToldOnceEachOldestFirst) {
  switch_on(kDaNang);
  const Instant later = departure_ + hours(2);
  for (const Instant at : {later, departure_}) {
    List list = file("1,An,1980,0912345678,\n2,Binh,1981,0912345679,\n");
    list.departure = at;
    ASSERT_TRUE(send(carrier_, std::move(list)));
  }
  List elsewhere = file("2,Binh,1981,0912345679,\n");
  elsewhere.towards = kDaNang;
  ASSERT_TRUE(send(carrier_, std::move(elsewhere))) << "one seat leads further";
  const auto within = [&](Instant from, Instant to) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<Instant> out;
      for (const auto& one : Passengers::departures(s, {from, to})) {
        EXPECT_EQ(one.place, bus_);
        EXPECT_EQ(one.unit, kHaiLang);
        out.push_back(one.at);
      }
      return out;
    });
  };
  EXPECT_EQ(within(departure_, later + hours(1)), (std::vector{departure_, later}));
  EXPECT_EQ(within(departure_, later), std::vector{departure_}) << "half-open";
  const auto seats = world_.db->read_now([&](store::Session& s) {
    std::vector<std::string> out;
    for (const auto& one : passengers_.boarded(s, bus_, departure_))
      out.push_back(one.passenger.seat + ' ' + to_text(one.towards));
    EXPECT_THAT(passengers_.boarded(s, bus_, departure_ + hours(1)), IsEmpty());
    return out;
  });
  EXPECT_THAT(seats, ElementsAre("1 " + to_text(kInDaNang), "2 " + to_text(kDaNang))) << "each where it leads";
}

TEST_P(PassengersTest, EveryTripIsToldOnceNewestFirstHoweverManyLeaveTogether) {
  std::vector<storage::SeatRow> rows;
  for (std::int64_t i = 0; i < 600; ++i)
    rows.push_back(
        {PlaceId{1 + i % 3}, departure_ + hours(i / 3), "1", kHaiLang, kInDaNang, now(), carrier_.account, {"sealed"}});
  world_.db->transact_now([&](store::Session& s) { storage::insert(s, rows); });
  std::vector<std::pair<Instant, PlaceId>> told;
  world_.db->read_now([&](store::Session& s) {
    storage::each_trip(s, [&](const storage::TripRow& row) {
      told.emplace_back(row.departure, row.place);
      return true;
    });
    return Done{};
  });
  ASSERT_THAT(told, SizeIs(rows.size()));
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end(), std::greater<>()));
  EXPECT_EQ(std::adjacent_find(told.begin(), told.end()), told.end()) << "none twice";
}

TEST_P(PassengersTest, OfficersOfBothEndsOpenItWithAReasonAndAreInTheLog) {
  switch_on(kDaNang);
  ASSERT_EQ(counts(send(carrier_, file("1,An,1980,0912345678,\n"))), "1 0 0 0");
  EXPECT_THAT(names(here_), ElementsAre("1 An"));
  EXPECT_THAT(names(there_), ElementsAre("1 An"));
  EXPECT_THAT(names(elsewhere_), ElementsAre("not_found"));
  EXPECT_THAT(names(carrier_), ElementsAre("not_permitted"));
  EXPECT_EQ(run(passengers_.of_trip(here_, bus_, departure_, "")).error().code, "reason_required");
  const auto log = world_.db->read_now([this](store::Session& s) {
    return world_.house->access.list(s, {}, std::numeric_limits<std::int64_t>::max(), 50).items;
  });
  std::int64_t looks = 0;
  for (const auto& entry : log) looks += entry.action == "passengers.read" && entry.persons == 1;
  EXPECT_EQ(looks, 2);

  for (const Caller& officer : {here_, there_}) {
    const auto trips = run(passengers_.trips_here(officer));
    ASSERT_THAT(*trips, SizeIs(1));
    EXPECT_EQ(trips->at(0).place_name, "Xe khách tuyến 07");
    EXPECT_EQ(trips->at(0).seats, 1);
  }
  EXPECT_THAT(*run(passengers_.trips_here(elsewhere_)), IsEmpty());
  EXPECT_EQ(run(passengers_.trips_here(carrier_)).error().code, "not_permitted");
  EXPECT_THAT(*run(passengers_.trips_of(carrier_, bus_)), SizeIs(1));
  EXPECT_EQ(run(passengers_.trips_of(other_, bus_)).error().code, "not_permitted");
}

TEST_P(PassengersTest, WhatIsKeptIsSealedAndGoesByAge) {
  switch_on(kDaNang);
  ASSERT_EQ(counts(send(carrier_, file("1,Nguyen An,1980,0912345678,\n"), "k1")), "1 0 0 0");
  world_.db->read_now([](store::Session& s) {
    const auto rows = s.connection().all(store::Query{"test.rows", "SELECT content FROM passengers_seat"}, {});
    EXPECT_THAT(std::get<store::Bytes>(rows.at(0).at(0)).data, Not(HasSubstr("Nguyen")));
    const auto kept = s.connection().all(store::Query{"test.once", "SELECT answer FROM store_idempotency"}, {});
    for (const auto& answer : kept) EXPECT_THAT(std::get<std::string>(answer.at(0)), Not(HasSubstr("Nguyen")));
    return Done{};
  });
  const auto job = passengers_.retention();
  world_.clock.advance(kKept);
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM passengers_seat"), 1);
  world_.clock.advance(std::chrono::seconds(1));
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM passengers_seat"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM passengers_retention"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, PassengersTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::passengers
