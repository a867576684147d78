#include "modules/consistency/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/visits/testing.h"

namespace luytre::consistency {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::geography;
using visits::testing::kHaiLang;

const UnitId kDongHa{2025319333}, kInDaNang{2025320242}, kOldHaiPhu{2021319702}, kOldProvince{2021100045};

const Instant kAt = *parse_instant("2026-03-02T01:30:00Z");  // 08:30 here

forms::Answers said(const std::string& question, bool answer) {
  return {{question, {answer}}};
}

Sighting sighting(UnitId unit, Instant from, std::chrono::minutes stay = minutes(60), bool estimated = false) {
  return {Record::kVisit, PlaceId{1}, unit, from, from + stay, estimated, {}, {}};
}

std::vector<Difference> travelled(const std::vector<Sighting>& seen, UnitId home = kHaiLang) {
  return compare(statements("place-entry", said("visited", false), kAt), home, seen, {}, geography());
}

std::vector<Difference> away(const std::vector<Sighting>& seen) {
  return compare(statements("home-isolation", said("at-place", true), kAt), kHaiLang, seen, {}, geography());
}

std::vector<Difference> no_contact(const std::vector<Sighting>& seen, const std::vector<Outbreak>& outbreaks = {},
                                   UnitId home = kHaiLang) {
  return compare(statements("place-entry", said("contact-case", false), kAt), home, seen, outbreaks, geography());
}

TEST(CompareTest, OnlyStatementsThatRecordsCanSpeakAboutAreCompared) {
  EXPECT_THAT(statements("place-entry", said("visited", false), kAt), SizeIs(1));
  EXPECT_THAT(statements("domestic-movement", said("visited", false), kAt), SizeIs(1));
  EXPECT_THAT(statements("place-entry", said("visited", true), kAt), IsEmpty()) << "somewhere: it need not say where";
  EXPECT_THAT(statements("general", said("visited", false), kAt), SizeIs(1));
  EXPECT_THAT(statements("daily-health", said("visited", false), kAt), IsEmpty());
  EXPECT_THAT(statements("place-entry", {}, kAt), IsEmpty());
  EXPECT_THAT(statements("place-entry", {{"visited", {std::string("no")}}}, kAt), IsEmpty());
  EXPECT_THAT(statements("home-isolation", said("at-place", false), kAt), IsEmpty());
  EXPECT_THAT(statements("home-isolation", said("at-place", true), kAt), SizeIs(1));
}

TEST(CompareTest, ContactIsComparedWithin14DaysOrTheFormsOne) {
  for (const char* form : {"place-entry", "domestic-movement", "entry", "daily-health"}) {
    ASSERT_THAT(statements(form, said("contact-case", false), kAt), SizeIs(1)) << form;
    EXPECT_EQ(statements(form, said("contact-case", false), kAt)[0].kind, Kind::kContact);
  }
  EXPECT_EQ(statements("daily-health", said("contact-case", false), kAt)[0].from, kAt - hours(24));
  EXPECT_THAT(statements("place-entry", said("contact-case", true), kAt), IsEmpty());
  EXPECT_THAT(statements("home-isolation", said("contact-case", false), kAt), IsEmpty());
}

TEST(CompareTest, ContactIsAskedAboutWhereThePersonWasToldOrCouldRead) {
  Sighting warned = sighting(kHaiLang, kAt - hours(48));
  EXPECT_THAT(no_contact({warned}), IsEmpty()) << "a visit alone says nothing of a case";
  warned.record = Record::kWarning;
  ASSERT_THAT(no_contact({warned}), SizeIs(1));
  EXPECT_EQ(no_contact({warned})[0].kind, Kind::kContact);
  EXPECT_THAT(travelled({warned}, kInDaNang), IsEmpty()) << "the visit itself is compared";

  const std::vector<Outbreak> zone{{kDongHa, kAt - hours(72), kAt + hours(72)}};
  EXPECT_THAT(no_contact({sighting(kDongHa, kAt - hours(48))}, zone), SizeIs(1));
  EXPECT_THAT(no_contact({sighting(kDongHa, kAt - hours(74))}, zone), IsEmpty()) << "before the decision";
  EXPECT_THAT(no_contact({sighting(kHaiLang, kAt - hours(48))}, zone), IsEmpty());
  EXPECT_THAT(no_contact({sighting(kDongHa, kAt - hours(48))}, zone, kDongHa), IsEmpty()) << "lives there";
}

TEST(CompareTest, AnotherProvinceDiffersTheOwnDoesNot) {
  EXPECT_THAT(travelled({}), IsEmpty());
  EXPECT_THAT(travelled({sighting(kHaiLang, kAt - hours(30)), sighting(kDongHa, kAt - hours(20))}), IsEmpty());
  const auto found = travelled({sighting(kInDaNang, kAt - hours(10)), sighting(kInDaNang, kAt - hours(20))});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].kind, Kind::kTravelled);
  ASSERT_THAT(found[0].evidence, SizeIs(2));
  EXPECT_EQ(found[0].evidence[0].from, kAt - hours(20)) << "oldest first";
}

TEST(CompareTest, WhoCameIntoTheCountryWasInAnotherWhereverTheGateLies) {
  Sighting crossed = sighting(kHaiLang, kAt - hours(30), minutes(5));
  EXPECT_THAT(travelled({crossed}), IsEmpty()) << "a visit, at home";
  crossed.record = Record::kEntry;
  ASSERT_THAT(travelled({crossed}), SizeIs(1));
  EXPECT_EQ(travelled({crossed})[0].evidence[0].record, Record::kEntry);
  crossed.from = kAt - hours(20 * 24);
  crossed.to = crossed.from + minutes(5);
  EXPECT_THAT(travelled({crossed}), IsEmpty()) << "before the period";

  crossed.from = kAt - minutes(3);
  crossed.to = crossed.from + minutes(5);
  EXPECT_THAT(away({crossed}), SizeIs(1)) << "not at home, either";
  EXPECT_THAT(no_contact({crossed}), IsEmpty()) << "which says nothing of a case";
  EXPECT_THAT(no_contact({crossed}, {{kHaiLang, kAt - hours(72), kAt + hours(72)}}, kDongHa), SizeIs(1))
      << "but where there is an outbreak";
}

TEST(CompareTest, ThePeriodIsTheFormsAndEndsWithTheDeclaration) {
  const Instant first = local_midnight(Date{local_date(kAt).days - kLookBackDays});
  EXPECT_THAT(travelled({sighting(kInDaNang, first)}), SizeIs(1));
  EXPECT_THAT(travelled({sighting(kInDaNang, first - minutes(60))}), IsEmpty()) << "left as it began";
  EXPECT_THAT(travelled({sighting(kInDaNang, first - minutes(60), minutes(61))}), SizeIs(1)) << "was there still";
  EXPECT_THAT(travelled({sighting(kInDaNang, first - minutes(60), minutes(90), true)}), IsEmpty())
      << "an estimated end says nothing";
  EXPECT_THAT(travelled({sighting(kInDaNang, kAt)}), IsEmpty()) << "afterwards";
}

TEST(CompareTest, ProvincesAreTheSameOverAReform) {
  EXPECT_THAT(travelled({sighting(kHaiLang, kAt - hours(10))}, kOldHaiPhu), IsEmpty());
  EXPECT_THAT(travelled({sighting(kOldHaiPhu, kAt - hours(10))}, kHaiLang), IsEmpty());
  EXPECT_THAT(travelled({sighting(kOldProvince, kAt - hours(10))}, kHaiLang), IsEmpty());
  EXPECT_THAT(travelled({sighting(kInDaNang, kAt - hours(10))}, kOldHaiPhu), SizeIs(1));
}

TEST(CompareTest, AwayMeansAtThatMoment) {
  EXPECT_THAT(away({sighting(kHaiLang, kAt - minutes(10))}), SizeIs(1));
  EXPECT_EQ(away({sighting(kHaiLang, kAt - minutes(10))})[0].kind, Kind::kAway);
  EXPECT_THAT(away({sighting(kHaiLang, kAt - minutes(60))}), IsEmpty()) << "left";
  EXPECT_THAT(away({sighting(kHaiLang, kAt - minutes(29), minutes(120), true)}), SizeIs(1));
  EXPECT_THAT(away({sighting(kHaiLang, kAt - minutes(30), minutes(120), true)}), IsEmpty()) << "may have left";
  EXPECT_THAT(away({sighting(kHaiLang, kAt + minutes(1))}), IsEmpty());
}

const UnitId kDaNang{2025100048};

// The quotes of what speaks against these answers, with an outbreak in Đà Nẵng and one in Đông Hà.
std::vector<std::string> own_words(const char* form, const forms::Answers& answers, UnitId home = kHaiLang) {
  const OutbreakNames names({kDongHa, kDaNang}, geography());
  std::vector<std::string> out;
  const auto found = compare_words(statements(form, answers, kAt), answers, home, names, geography());
  if (!found) return out;
  EXPECT_EQ(found->kind, Kind::kNamed);
  for (const Sighting& one : found->evidence) {
    EXPECT_EQ(one.record, Record::kWords);
    EXPECT_TRUE(one.asked);
    EXPECT_LT(one.from, one.to);
    out.push_back(one.words.value());
  }
  return out;
}

forms::Answers with(forms::Answers answers, const std::string& question, const std::string& text) {
  answers[question].emplace_back(text);
  return answers;
}

TEST(CompareTest, OwnWordsAgainstADenialAreALead) {
  const auto stayed = said("visited", false);
  const auto came = with(stayed, "departure-place", "Hải Châu, Đà Nẵng");
  EXPECT_THAT(own_words("domestic-movement", came), ElementsAre("Hải Châu, Đà Nẵng"));
  EXPECT_THAT(own_words("domestic-movement", came, kInDaNang), IsEmpty()) << "lives there";
  EXPECT_THAT(own_words("domestic-movement", with(stayed, "departure-place", "Hà Nội")), IsEmpty());
  EXPECT_THAT(own_words("domestic-movement", with(stayed, "departure-place", "Đông Hà")), IsEmpty())
      << "the own province, and contact is not denied";
  EXPECT_THAT(own_words("general", with(stayed, "note", "Tuần trước tôi đi Đà Nẵng")),
              ElementsAre("Tuần trước tôi đi Đà Nẵng"));
  EXPECT_THAT(own_words("general", with(said("visited", true), "note", "Tuần trước tôi đi Đà Nẵng")), IsEmpty())
      << "nothing is denied";

  const auto no_case = said("contact-case", false);
  EXPECT_THAT(own_words("daily-health", with(no_case, "note", "Em họ ở Đông Hà mới về")),
              ElementsAre("Em họ ở Đông Hà mới về"));
  EXPECT_THAT(own_words("daily-health", with(said("contact-case", true), "note", "Em họ ở Đông Hà mới về")), IsEmpty());
  EXPECT_THAT(own_words("daily-health", with(no_case, "note", "Em họ ở Đông Hà mới về"), kDongHa), IsEmpty());
  EXPECT_THAT(own_words("daily-health", with(no_case, "note", "Chị Đông Hà bị ho")), IsEmpty()) << "somebody's name";
  EXPECT_THAT(own_words("home-isolation", with(no_case, "note", "Em họ ở Đông Hà mới về")), IsEmpty()) << "not asked";
}

TEST(CompareTest, WhatIsDeclaredOpenlyIsNoDifference) {
  auto went = with(said("visited", true), "visited-where", "Đà Nẵng");
  went["contact-case"] = {false};
  EXPECT_THAT(own_words("domestic-movement", went), IsEmpty());
  EXPECT_THAT(own_words("domestic-movement", with(went, "departure-place", "Đà Nẵng")), IsEmpty());
  const auto ill = with(went, "symptoms-which", "Sốt từ hôm ở Đà Nẵng về");
  EXPECT_THAT(own_words("domestic-movement", ill), IsEmpty());
  auto elsewhere = ill;
  elsewhere["visited-where"] = {std::string("Hà Nội")};
  EXPECT_THAT(own_words("domestic-movement", elsewhere), ElementsAre("Sốt từ hôm ở Đà Nẵng về"));
}

forms::Answers journey(const char* means, const std::string& vehicle, const std::string& seat = "12") {
  forms::Answers out{{"means", {forms::Coding{"urn:luytre:means-of-travel", means}}},
                     {"departure-date", {make_date(2026, 3, 2)}},
                     {"seat", {seat}}};
  out[std::string(means) == "airplane" ? "flight" : "vehicle"] = {vehicle};
  return out;
}

ListedTrip trip(std::int64_t place, bool named, std::optional<std::string> seat = {}) {
  return {PlaceId{place}, kInDaNang, kAt, named, std::move(seat)};
}

// "place seat" or "place absent" of what differs.
std::vector<std::string> differing(const DeclaredJourney& said, const std::vector<ListedTrip>& lists) {
  std::vector<std::string> out;
  const auto found = compare_journey(said, lists);
  if (!found) return out;
  EXPECT_EQ(found->kind, Kind::kJourney);
  for (const auto& one : found->evidence) {
    EXPECT_EQ(one.record, Record::kPassengers);
    EXPECT_EQ(one.claimed, true);
    out.push_back(std::to_string(one.place.value) + ' ' + (one.absent.value_or(false) ? "absent" : one.seat.value()));
  }
  return out;
}

TEST(CompareTest, AVehicleIsKnownByItsPlateOrFlightHoweverWritten) {
  const auto known = [](const char* written, const char* name) {
    const auto word = vehicle_word(written);
    const auto words = vehicle_words(name);
    return word && std::find(words.begin(), words.end(), *word) != words.end();
  };
  EXPECT_TRUE(known("74b 001.23", "Xe khách 74B-001.23"));
  EXPECT_TRUE(known("VN1234", "Chuyến bay VN 1234 Hà Nội"));
  EXPECT_FALSE(known("74B-001.23", "Xe khách 74B-001.24"));
  EXPECT_FALSE(known("1.23", "Xe khách 74B-001.23")) << "too short to be one";
  EXPECT_FALSE(known("khách", "Xe khách")) << "without a digit";
  EXPECT_FALSE(known("4B-001.23", "Xe khách 74B-001.23")) << "part of a word";
}

TEST(CompareTest, AJourneyIsReadFromTheFormAboutOne) {
  const auto said = declared_journey("domestic-movement", journey("airplane", "VN 1234"));
  ASSERT_TRUE(said);
  EXPECT_EQ(said->vehicle, "vn1234");
  EXPECT_EQ(said->seat, "12");
  EXPECT_EQ(said->day, make_date(2026, 3, 2));
  EXPECT_FALSE(said->own_vehicle);
  EXPECT_TRUE(declared_journey("domestic-movement", journey("personal", "74A-1.1"))->own_vehicle);
  EXPECT_FALSE(declared_journey("place-entry", journey("airplane", "VN 1234")));
  EXPECT_FALSE(declared_journey("domestic-movement", {}));
}

TEST(CompareTest, ASeatIsTheSameHoweverWritten) {
  EXPECT_TRUE(same_seat("12A", " 12 a"));
  EXPECT_FALSE(same_seat("12A", "12"));
  EXPECT_FALSE(same_seat("12", "012"));
}

TEST(CompareTest, ADeclaredVehicleIsComparedWithItsListOnly) {
  const DeclaredJourney bus{make_date(2026, 3, 2), false, "74b00123", "12"};
  EXPECT_THAT(differing(bus, {}), IsEmpty()) << "its carrier sent none";
  EXPECT_THAT(differing(bus, {trip(1, true, "12")}), IsEmpty());
  EXPECT_THAT(differing(bus, {trip(1, true, "012")}), ElementsAre("1 012"));
  EXPECT_THAT(differing(bus, {trip(1, true)}), ElementsAre("1 absent"));
  EXPECT_THAT(differing(bus, {trip(1, true), trip(1, true, "12")}), IsEmpty()) << "the later of its two departures";
  EXPECT_THAT(differing(bus, {trip(1, true, "12"), trip(2, false, "3")}), IsEmpty()) << "a connection";
  EXPECT_THAT(differing(bus, {trip(1, true), trip(2, false, "3")}), ElementsAre("1 absent", "2 3"));
  EXPECT_THAT(differing(bus, {trip(2, false, "3")}), IsEmpty()) << "it may be called otherwise there";
  const DeclaredJourney own{make_date(2026, 3, 2), true, {}, {}};
  EXPECT_THAT(differing(own, {trip(2, false, "3")}), ElementsAre("2 3")) << "listed, and not declared";
}

}  // namespace
}  // namespace luytre::consistency
