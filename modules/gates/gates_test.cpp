#include "modules/gates/gates.h"

#include <gmock/gmock.h>

#include "engines/linkage/person_code.h"
#include "modules/cases/cases_fixture.h"
#include "modules/gates/storage.h"
#include "modules/places/duplicates.h"
#include "platform/identity/codes.h"

namespace luytre::gates {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kGuardPhone = "0912000002";
constexpr const char* kE164 = "+84912000002";
constexpr const char* kIdCard =
    "045099000123|197123456|Nguyễn Thị Hạnh|30041975|Nữ|Thôn Mỹ Lộc, Hải Quế, Hải Lăng, Quảng Trị|25042021";
constexpr const char* kCard = "LTC.60ABCDEF";
constexpr const char* kMasked =
    "******000123|NGUYEN THI HANH|1975-**-**|0|162979388586171100|2<GD4877*******<0943******";

// The name and the address are written as hexadecimal digits of their bytes.
constexpr const char* kInsurance =
    "GD4454501234567|4e677579e1bb856e205468e1bb8b2048e1baa16e68|30/04/1975|2|"
    "48e1baa369205175e1babf2c2048e1baa369204cc4836e672c205175e1baa36e67205472e1bb8b"
    "|45 - 012|01/01/2021|-|15/12/2020|45030112345678|-|4|01/01/2025|1a2b3c4d5e6f-7102|$";
constexpr const char* kPassport =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10";

class GatesTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  GatesTest() {
    world_.switch_on();
    an_ = world_.person(citizen_, people::Relation::kSelf);
    world_.person(keeper_, people::Relation::kSelf);
    office_ = world_.registered(keeper_, "Ủy ban xã", "office");
    world_.clock.advance(minutes(2));  // between two codes for the place's phone
    market_ = world_.registered(keeper_, "Chợ Diên Sanh", "market");
  }

  Instant now() const { return world_.clock.now(); }
  Result<Guard> name(PlaceId place, const char* phone = kGuardPhone) {
    return run(gates_.name_guard(keeper_, place, {std::string("Ông Bảo"), std::string(phone)}));
  }
  Result<Shift> begin(std::int64_t length = 8, const char* phone = kGuardPhone) {
    world_.clock.advance(minutes(2));
    const auto asked = run(gates_.ask_code({std::string(phone)}, "10.0.0.1", "vi"));
    if (!asked) return asked.error();
    const std::string e164 = std::string("+84") + (phone + 1);
    return run(gates_.begin({std::string(phone), asked->request, world_.house.last_code(e164), length}));
  }
  // A guard at the office, at work.
  std::string at_work() {
    EXPECT_TRUE(name(office_));
    return begin()->shift;
  }
  Admission admission(const std::string& shift, PlaceId place) {
    Admission out;
    out.shift = shift;
    out.place = place;
    out.at = now();
    return out;
  }
  std::string code_of_an(Instant at) { return world_.people.codes().make(an_.value, at).text; }
  Result<Admitted> admit(Admission asked, std::string key = "") {
    if (key.empty()) key = "k" + std::to_string(next_key_++);
    return run(gates_.admit(std::move(asked), std::move(key)));
  }
  Result<Admitted> scan(const std::string& shift, std::string code) {
    Admission asked = admission(shift, office_);
    asked.code = std::move(code);
    return admit(std::move(asked));
  }
  Result<Departed> leave(const std::string& shift, std::string code, std::optional<Instant> at = {}) {
    Departure asked = departure(shift, at);
    asked.code = std::move(code);
    return depart(std::move(asked));
  }
  Result<Departed> leave(const std::string& shift, std::int64_t heads, std::optional<Instant> at = {}) {
    Departure asked = departure(shift, at);
    asked.heads = heads;
    return depart(std::move(asked));
  }
  Departure departure(const std::string& shift, std::optional<Instant> at = {}) {
    Departure out;
    out.shift = shift;
    out.place = office_;
    out.at = at.value_or(now());
    return out;
  }
  Result<Departed> depart(Departure asked, std::string key = "") {
    if (key.empty()) key = "d" + std::to_string(next_key_++);
    return run(gates_.depart(std::move(asked), std::move(key)));
  }
  Result<Admitted> scan_at(const std::string& shift, std::string code, Instant at) {
    Admission asked = admission(shift, office_);
    asked.code = std::move(code);
    asked.at = at;
    return admit(std::move(asked));
  }
  Result<Admitted> group(const std::string& shift, std::int64_t people, std::optional<Instant> at = {}) {
    Admission asked = admission(shift, office_);
    asked.companions = people;
    asked.at = at.value_or(now());
    return admit(std::move(asked));
  }
  std::int64_t present(const std::string& shift) { return run(gates_.desk({shift}))->gates[0].present; }
  std::vector<visits::Visit> mine() {
    return run(world_.visits.of_person(citizen_, std::nullopt, std::nullopt, 10))->items;
  }
  Result<Refused> refuse(const std::string& shift, PlaceId place, Reason reason, std::string note = "") {
    Refusal asked;
    asked.shift = shift;
    asked.place = place;
    asked.at = now();
    asked.reason = reason;
    if (!note.empty()) asked.note = note;
    return run(gates_.refuse(std::move(asked), "r" + std::to_string(next_key_++)));
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>({sql, sql}); });
  }
  std::int64_t visits() { return count("SELECT CAST(count(*) AS bigint) FROM visits_visit"); }
  CaseId confirmed_case() {
    const Caller province = officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9101);
    cases::NewCase fresh;
    fresh.person = world_.person(citizen(1009), people::Relation::kSelf);
    fresh.disease = std::string("covid-19");
    const auto suspect = *run(cases_.report(world_.station, std::move(fresh)));
    return run(cases_.confirm(province, suspect.id, cases::positive(), suspect.version))->id;
  }
  Result<http::Page<Unverified>> call_list(const Caller& caller, CaseId of, PlaceId place) {
    return run(gates_.unverified(caller, of, place, std::nullopt, 50));
  }

  visits::testing::World world_{GetParam(), {cases::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people,     visits::testing::geography(),
                      world_.house->access, world_.vault,      world_.clock,
                      cases::diseases(),    cases::rule_sets()};
  Light light_ = Light::kGreen;
  Result<PersonId> holder_ = kCardLost;  // of whatever card is shown
  Gates gates_{{*world_.db, world_.registry, world_.visits, world_.people, world_.decisions, world_.house->access,
                world_.house->codes, world_.vault, world_.clock, world_.random,
                [this](PersonId, UnitId) { return light_now(); },
                [this](std::string, Instant) { return holder_now(); }}};
  const Caller keeper_ = citizen(2001), citizen_ = citizen(1001);
  PersonId an_;
  PlaceId office_, market_;
  int next_key_ = 0;

 private:
  Task<Light> light_now() { co_return light_; }
  Task<Result<PersonId>> holder_now() { co_return holder_; }
};

// ---- guards and shifts ----

TEST_P(GatesTest, TheKeeperNamesGuardsByPhone) {
  const auto guard = name(office_);
  ASSERT_TRUE(guard) << guard.error().code;
  EXPECT_EQ(guard->phone_masked, "•••• 002");
  EXPECT_EQ(code(name(office_, "+84 912 000 002")), "guard_named");
  EXPECT_EQ(code(name(office_, "12")), "invalid");
  EXPECT_EQ(code(name(office_, "02333852476")), "phone_gets_no_messages") << "a landline gets no code";
  EXPECT_THAT(run(gates_.guards(keeper_, office_))->items, SizeIs(1));
  EXPECT_THAT(run(gates_.guards(keeper_, market_))->items, IsEmpty());
  EXPECT_EQ(code(run(gates_.guards(citizen_, office_))), "not_found") << "somebody else's place";
  EXPECT_EQ(code(run(gates_.name_guard(citizen_, office_, {std::string("X"), std::string("0912000009")}))),
            "not_found");
  EXPECT_EQ(code(run(gates_.remove_guard(citizen_, office_, guard->id))), "not_found");
}

TEST_P(GatesTest, AShiftNeedsTheCodeAndANamedPhone) {
  ASSERT_TRUE(name(office_));
  const auto asked = run(gates_.ask_code({std::string(kGuardPhone)}, "10.0.0.1", "vi"));
  ASSERT_TRUE(asked) << asked.error().code;
  const std::string sent = world_.house.last_code(kE164);
  EXPECT_EQ(code(run(gates_.begin({std::string(kGuardPhone), std::string("other"), sent, 8}))), "code_wrong")
      << "another device cannot use it";
  EXPECT_EQ(code(run(gates_.begin({std::string(kGuardPhone), asked->request, std::string("000000"), 8}))),
            sent == "000000" ? "" : "code_wrong");
  EXPECT_EQ(code(run(gates_.begin({std::string(kGuardPhone), asked->request, sent, 13}))), "invalid");
  const auto shift = run(gates_.begin({std::string(kGuardPhone), asked->request, sent, 8}));
  ASSERT_TRUE(shift) << shift.error().code;
  EXPECT_EQ(shift->ends, now() + hours(8));
  EXPECT_EQ(code(begin(8, "0912000003")), "not_a_guard") << "the code was right, the phone is nobody's guard";
}

TEST_P(GatesTest, TheDeskHasEveryGateOfTheGuardAndTheKeysToVerifyWith) {
  world_.zones(office_, {"Cổng A", "Cổng B"});
  ASSERT_TRUE(name(office_));
  ASSERT_TRUE(name(market_));
  const auto shift = begin();
  const auto desk = run(gates_.desk({shift->shift}));
  ASSERT_TRUE(desk) << desk.error().code;
  ASSERT_THAT(desk->gates, SizeIs(2));
  const Gate& office = desk->gates[0].place == office_ ? desk->gates[0] : desk->gates[1];
  const Gate& market = desk->gates[0].place == office_ ? desk->gates[1] : desk->gates[0];
  EXPECT_THAT(office.zones, SizeIs(2));
  EXPECT_FALSE(office.essential);
  EXPECT_TRUE(market.essential);
  ASSERT_THAT(desk->keys, SizeIs(1));
  EXPECT_THAT(desk->keys[0].key, SizeIs(43)) << "32 bytes in base64url";
  EXPECT_EQ(code(run(gates_.desk({std::string("guessed")}))), "shift_over");
}

TEST_P(GatesTest, ALostPhoneAndARemovedGuardAreOutAtOnce) {
  const auto guard = *name(office_);
  ASSERT_TRUE(name(market_));
  const std::string lost = begin()->shift;
  EXPECT_TRUE(scan(lost, kIdCard));
  ASSERT_TRUE(run(gates_.phone_lost(keeper_, office_, guard.id)));
  EXPECT_EQ(code(scan(lost, kIdCard)), "not_a_guard");
  EXPECT_THAT(run(gates_.desk({lost}))->gates, SizeIs(1)) << "the other place has said nothing";

  const std::string fresh = begin()->shift;
  EXPECT_TRUE(scan(fresh, kIdCard)) << "a new code opens the gate again";
  ASSERT_TRUE(run(gates_.remove_guard(keeper_, office_, guard.id)));
  EXPECT_EQ(code(scan(fresh, kIdCard)), "not_a_guard");
  EXPECT_EQ(code(run(gates_.remove_guard(keeper_, office_, guard.id))), "not_found");
}

TEST_P(GatesTest, TheShiftEndsButWhatWasScannedInItMayArriveLater) {
  ASSERT_TRUE(name(office_));
  const std::string shift = begin(1)->shift;
  Admission made = admission(shift, office_);
  made.code = std::string(kIdCard);
  world_.clock.advance(hours(3));
  EXPECT_EQ(code(scan(shift, kIdCard)), "shift_over");
  EXPECT_EQ(code(run(gates_.desk({shift}))), "shift_over");
  EXPECT_TRUE(admit(made)) << "with its own time";
  EXPECT_EQ(count("SELECT CAST(max(recorded - entered) AS bigint) FROM gates_entry"), 3 * 3600);
  world_.clock.advance(visits::kLatest);
  EXPECT_EQ(code(admit(made)), "shift_over");
}

TEST_P(GatesTest, EndingAShiftEndsIt) {
  const std::string shift = at_work();
  world_.clock.advance(minutes(10));
  ASSERT_TRUE(run(gates_.end({shift})));
  world_.clock.advance(minutes(10));
  EXPECT_EQ(code(scan(shift, kIdCard)), "shift_over");
}

TEST_P(GatesTest, WhenMessagesDoNotComeTheKeeperGivesACodeForThisPlaceAlone) {
  const auto guard = *name(office_);
  ASSERT_TRUE(name(market_));
  const auto give = [&](const Caller& who) { return run(gates_.give_code(who, office_, guard.id)); };
  const auto start = [&](std::string shown) {
    return run(gates_.begin({std::string(kGuardPhone), std::nullopt, std::move(shown), 8}));
  };
  EXPECT_EQ(code(start("123456")), "code_wrong") << "none was given";
  EXPECT_EQ(code(give(citizen_)), "not_found");
  EXPECT_EQ(code(give(world_.station)), "not_permitted");
  EXPECT_EQ(code(run(gates_.give_code(keeper_, market_, guard.id))), "not_found") << "a guard of elsewhere";

  const auto first = give(keeper_), second = give(keeper_);
  ASSERT_TRUE(first && second);
  EXPECT_THAT(second->code, SizeIs(6));
  EXPECT_TRUE(first->code == second->code || code(start(first->code)) == "code_wrong") << "ended by the second";
  const auto shift = start(second->code);
  ASSERT_TRUE(shift) << shift.error().code;
  EXPECT_EQ(code(start(second->code)), "code_wrong") << "once";
  const auto desk = run(gates_.desk({shift->shift}));
  ASSERT_THAT(desk->gates, SizeIs(1)) << "not the market's, which the same phone guards";
  EXPECT_EQ(desk->gates[0].place, office_);
  EXPECT_TRUE(scan(shift->shift, kIdCard));
  Admission elsewhere = admission(shift->shift, market_);
  elsewhere.companions = 1;
  EXPECT_EQ(code(admit(elsewhere)), "not_a_guard");
  EXPECT_EQ(code(world_.db->read_now([&](store::Session& s) { return gates_.bearer(s, shift->shift, now()); })),
            "shift_over")
      << "nor other rooms";
  world_.db->read_now([&](store::Session& s) {
    EXPECT_THAT(Gates::on_duty(s, office_, now()), SizeIs(1));
    EXPECT_THAT(Gates::on_duty(s, market_, now()), IsEmpty());
  });

  const auto third = give(keeper_);
  world_.clock.advance(kKeeperCodeLife);
  EXPECT_EQ(code(start(third->code)), "code_expired");
  const auto fourth = give(keeper_);
  const std::string wrong = fourth->code == "000000" ? "000001" : "000000";
  for (int i = 0; i < identity::kCodeTries; ++i) EXPECT_EQ(code(start(wrong)), "code_wrong");
  EXPECT_EQ(code(start(fourth->code)), "code_exhausted");
  const auto logged = world_.db->read_now([&](store::Session& s) {
    const auto all = world_.house->access.list(s, {}, INT64_MAX, 100).items;
    return std::count_if(all.begin(), all.end(), [](const auto& e) { return e.action == "gates.keeper_code"; });
  });
  EXPECT_EQ(logged, 4);
}

TEST_P(GatesTest, ARightKeeperCodeIsNoWrongTryElsewhereAndAWrongOneTellsNothing) {
  const auto at_office = *name(office_), at_market = *name(market_);
  const auto start = [&](std::string shown) {
    return run(gates_.begin({std::string(kGuardPhone), std::nullopt, std::move(shown), 8}));
  };
  const auto none = start("123456");
  ASSERT_FALSE(none);
  const auto kept = run(gates_.give_code(keeper_, market_, at_market.id));
  ASSERT_TRUE(kept) << kept.error().code;
  for (int i = 0; i < identity::kCodeTries; ++i) {
    auto given = run(gates_.give_code(keeper_, office_, at_office.id));
    while (given->code == kept->code) given = run(gates_.give_code(keeper_, office_, at_office.id));
    ASSERT_TRUE(start(given->code));
  }
  const auto wrong = start(kept->code == "000000" ? "000001" : "000000");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, none.error().code);
  EXPECT_EQ(wrong.error().params, none.error().params) << "a live code is not told from none";
  const auto shift = start(kept->code);
  ASSERT_TRUE(shift) << shift.error().code;
  EXPECT_EQ(run(gates_.desk({shift->shift}))->gates[0].place, market_);
}

// ---- letting in ----

TEST_P(GatesTest, TheOwnCodeIsAVisit) {
  const std::string shift = at_work();
  const auto admitted = scan(shift, code_of_an(now()));
  ASSERT_TRUE(admitted) << admitted.error().code;
  EXPECT_TRUE(admitted->verified);
  EXPECT_EQ(admitted->how, How::kOwnCode);
  EXPECT_EQ(admitted->light, Light::kGreen);
  EXPECT_EQ(admitted->present, 1);
  const auto mine = run(world_.visits.of_person(citizen_, std::nullopt, std::nullopt, 10));
  ASSERT_THAT(mine->items, SizeIs(1));
  EXPECT_EQ(mine->items[0].place, office_);
  EXPECT_EQ(mine->items[0].source, visits::Source::kKeeper);
  EXPECT_THAT(json::text(*admitted), Not(HasSubstr("person"))) << "the guard learns nothing about whom";

  light_ = Light::kRed;
  EXPECT_EQ(scan(shift, code_of_an(now()))->light, Light::kRed);
  EXPECT_EQ(code(scan(shift, code_of_an(now() - hours(1)))), "person_code_expired");
  EXPECT_EQ(code(scan(shift, "LTP.HOMEMADE")), "person_code_forged");
}

TEST_P(GatesTest, ACardIsAClaimAndNoVisit) {
  const std::string shift = at_work();
  light_ = Light::kGreen;
  const auto admitted = scan(shift, kIdCard);
  ASSERT_TRUE(admitted) << admitted.error().code;
  EXPECT_EQ(admitted->how, How::kIdCard);
  EXPECT_FALSE(admitted->verified);
  EXPECT_EQ(admitted->light, Light::kYellow);
  EXPECT_EQ(admitted->present, 1);
  EXPECT_EQ(scan(shift, kMasked)->how, How::kNationalQr);
  for (const auto& [shown, how] : {std::pair(kInsurance, How::kInsuranceCard), {kPassport, How::kPassport}}) {
    const auto claimed = scan(shift, shown);
    ASSERT_TRUE(claimed) << shown << ' ' << claimed.error().code;
    EXPECT_EQ(claimed->how, how);
    EXPECT_FALSE(claimed->verified);
  }
  EXPECT_EQ(visits(), 0) << "nothing that a trace could make a contact of";
  EXPECT_EQ(code(scan(shift, "https://example.org")), "code_unknown");
  EXPECT_EQ(
      code(scan(shift, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C37UTO7408122F1204159ZE184226B<<<<<10")),
      "code_misread");
}

TEST_P(GatesTest, APrintedCardIsNoVisitUntilAnOfficerHasAskedItsHolder) {
  const std::string shift = at_work();
  EXPECT_EQ(code(scan(shift, kCard)), "card_lost");
  holder_ = an_;
  const auto admitted = scan(shift, kCard);
  ASSERT_TRUE(admitted) << admitted.error().code;
  EXPECT_EQ(admitted->how, How::kCard);
  EXPECT_FALSE(admitted->verified);
  EXPECT_EQ(admitted->light, Light::kYellow) << "the holder is green, but is it the holder?";
  EXPECT_EQ(admitted->present, 1);
  EXPECT_EQ(visits(), 0) << "nothing that a trace could make a contact of";

  const CaseId of = confirmed_case();
  const auto list = call_list(world_.station, of, office_);
  ASSERT_TRUE(list) << list.error().code;
  ASSERT_THAT(list->items, SizeIs(1));
  const Unverified& call = list->items[0];
  EXPECT_EQ(call.how, How::kCard);
  EXPECT_EQ(call.person, an_);
  EXPECT_TRUE(call.name) << "as we know the holder";
  const auto looks = world_.db->read_now([&](store::Session& s) {
    identity::Access::Filter filter;
    filter.person = an_;
    const auto all = world_.house->access.list(s, filter, INT64_MAX, 100).items;
    return std::count_if(all.begin(), all.end(), [](const auto& e) { return e.action == "gates.unverified"; });
  });
  EXPECT_EQ(looks, 1) << "who sees it";

  EXPECT_EQ(code(run(gates_.asked(keeper_, of, office_, call.id))), "not_permitted");
  EXPECT_EQ(code(run(gates_.asked(world_.station, of, market_, call.id))), "not_found");
  for (int repeat = 0; repeat < 2; ++repeat) {
    ASSERT_TRUE(run(gates_.asked(world_.station, of, office_, call.id)));
    EXPECT_EQ(visits(), 1);
  }
  EXPECT_THAT(call_list(world_.station, of, office_)->items, IsEmpty());
  EXPECT_EQ(run(gates_.desk({shift}))->gates[0].present, 1) << "counted as a visit now, and once";
  const auto mine = run(world_.visits.of_person(citizen_, std::nullopt, std::nullopt, 10));
  ASSERT_THAT(mine->items, SizeIs(1));
  EXPECT_EQ(mine->items[0].place, office_);
  EXPECT_TRUE(mine->items[0].out_estimated);

  light_ = Light::kRed;
  EXPECT_EQ(scan(shift, kCard)->light, Light::kRed);
}

TEST_P(GatesTest, WhereACasesOwnCardWasShownIsAskedAboutBeforeItIsTraced) {
  const std::string shift = at_work();
  const CaseId of = confirmed_case();
  holder_ = world_.db->read_now([&](store::Session& s) { return cases::Cases::traced(s, of)->person; });
  ASSERT_TRUE(scan(shift, kCard));
  holder_ = an_;
  ASSERT_TRUE(scan(shift, kCard));
  const auto list = run(gates_.by_card(world_.station, of));
  ASSERT_TRUE(list) << list.error().code;
  ASSERT_THAT(list->items, SizeIs(1)) << "the case's own alone";
  EXPECT_EQ(list->items[0].place, office_);
  EXPECT_EQ(list->items[0].place_name, "Ủy ban xã");
  EXPECT_FALSE(list->items[0].asked);
  const auto shown = [&] {
    return world_.db->read_now([&](store::Session& s) {
      const auto holder = cases::Cases::traced(s, of)->person;
      return Gates::cards_shown(s, holder, {now() - hours(1), now() + hours(1)}).size();
    });
  };
  EXPECT_EQ(shown(), 1u) << "a claim, for who compares";
  const auto holders = [&] {
    store::testing::settle(*world_.db);
    return world_.db->read_now([&](store::Session& s) {
      std::vector<PersonId> out;
      const auto all = world_.db->events_after(s, {}, 1000);
      for (const store::Event& event : *all) {
        if (event.type != "gates.cardShown") continue;
        EXPECT_EQ(event.unit, visits::testing::kHaiLang.value);
        if (const auto one = Gates::card_holder(s, EntryId{event.subject})) out.push_back(one->person);
      }
      return out;
    });
  };
  EXPECT_THAT(holders(), SizeIs(2)) << "both cards are told of";
  EXPECT_EQ(holders().back(), an_);
  ASSERT_TRUE(run(gates_.asked(world_.station, of, office_, list->items[0].id)));
  EXPECT_TRUE(run(gates_.by_card(world_.station, of))->items[0].asked);
  EXPECT_EQ(shown(), 0u) << "a visit now";
  EXPECT_THAT(holders(), ElementsAre(an_)) << "told of as a visit from now on";
  EXPECT_EQ(visits(), 1);
  EXPECT_EQ(code(run(gates_.by_card(officer(Role::kStationOfficer, cases::kDaNang), of))), "not_permitted");
  EXPECT_EQ(code(run(gates_.by_card(world_.station, CaseId{7}))), "not_found");
}

TEST_P(GatesTest, WhatWasWrittenOnPaperIsUnverifiedWithItsOwnTime) {
  Written written;
  written.place = office_;
  written.entered = now() - hours(5);
  written.left = now() - hours(4);
  written.name = "Lê Thị Giấy";
  written.phone = "+84912345678";
  const auto write = [&] {
    return world_.db->transact_now([&](store::Session& s) { return gates_.write_down(s, written); });
  };
  const auto entry = write();
  ASSERT_TRUE(entry) << entry.error().code;
  EXPECT_EQ(visits(), 0);
  const auto list = call_list(world_.station, confirmed_case(), office_);
  ASSERT_THAT(list->items, SizeIs(1));
  EXPECT_EQ(list->items[0].how, How::kSlip);
  EXPECT_EQ(list->items[0].name, "Lê Thị Giấy");
  EXPECT_EQ(list->items[0].phone, "+84912345678");
  EXPECT_EQ(list->items[0].at, now() - hours(5));

  world_.db->transact_now([&](store::Session& s) { Gates::strike(s, office_, *entry); });
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_entry"), 0);
  written.left = written.entered;
  EXPECT_EQ(code(write()), "out_before_in");
  written.left = std::nullopt;
  written.entered = now() + minutes(5);
  EXPECT_EQ(code(write()), "time_in_future");
  written.entered = now() - visits::kLatest - minutes(1);
  EXPECT_EQ(code(write()), "time_too_old");
  written.entered = now();
  world_.close(office_);
  EXPECT_EQ(code(write()), "place_closed");
}

TEST_P(GatesTest, ATypedPhoneRevealsNothing) {
  const std::string shift = at_work();
  const auto answer = [&](const char* phone) {
    Admission asked = admission(shift, office_);
    asked.phone = std::string(phone);
    auto admitted = admit(std::move(asked));
    EXPECT_TRUE(admitted);
    admitted->id = {};
    admitted->present = 0;
    return json::text(*admitted);
  };
  EXPECT_EQ(answer("0912000002"), answer("0987654321")) << "the guard's own, and one that nobody has";
  EXPECT_EQ(visits(), 0);
  Admission wrong = admission(shift, office_);
  wrong.phone = std::string("12");
  EXPECT_EQ(code(admit(wrong)), "invalid");
}

TEST_P(GatesTest, GroupsAndCompanionsCount) {
  const std::string shift = at_work();
  Admission coach = admission(shift, office_);
  coach.companions = 40;
  EXPECT_EQ(admit(coach)->present, 40);
  Admission family = admission(shift, office_);
  family.code = code_of_an(now());
  family.companions = 3;
  EXPECT_EQ(admit(family)->present, 44);
  Admission friends = admission(shift, office_);
  friends.code = std::string(kIdCard);
  friends.companions = 1;
  EXPECT_EQ(admit(friends)->present, 46);
  EXPECT_EQ(count("SELECT CAST(sum(heads) AS bigint) FROM gates_pub_unproven"), 45) << "all but the one with a visit";
  EXPECT_EQ(code(admit(admission(shift, office_))), "invalid") << "nobody at all";
  coach.companions = kCompanionsMost + 1;
  EXPECT_EQ(code(admit(coach)), "invalid");
  world_.clock.advance(hours(7));
  EXPECT_EQ(run(gates_.desk({shift}))->gates[0].present, 46);
  world_.clock.advance(hours(2) + minutes(1));
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_entry"), 3);
  const std::string next = begin()->shift;
  EXPECT_EQ(run(gates_.desk({next}))->gates[0].present, 0) << "nobody stays for ever";
}

TEST_P(GatesTest, TheAnswerCarriesThePlacesCapacity) {
  const std::string shift = at_work();
  places::PlaceEdit edit;
  edit.capacity = 2;
  ASSERT_TRUE(run(world_.registry.edit(keeper_, office_, edit, run(world_.registry.find(keeper_, office_))->version)));
  EXPECT_EQ(scan(shift, kIdCard)->capacity, 2);
  EXPECT_EQ(run(gates_.desk({shift}))->gates[0].capacity, 2);
}

TEST_P(GatesTest, OfTheLightNothingReadableIsKeptForARepeat) {
  const std::string shift = at_work();
  light_ = Light::kRed;
  Admission asked = admission(shift, office_);
  asked.code = code_of_an(now());
  const auto first = admit(asked, "a");
  ASSERT_TRUE(first) << first.error().code;
  light_ = Light::kGreen;
  const auto again = admit(asked, "a");
  ASSERT_TRUE(again);
  EXPECT_EQ(json::text(*first), json::text(*again)) << "what was shown, not what would be shown now";
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM store_idempotency WHERE answer LIKE '%sealed%'"), 1);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM store_idempotency WHERE answer LIKE '%light%'"), 0);

  // As an earlier version kept it.
  world_.db->transact_now([&](store::Session& s) {
    s.run({"test.keep_whole", "UPDATE store_idempotency SET answer = $1 WHERE answer LIKE '%sealed%'"},
          json::text(*first));
  });
  const auto earlier = admit(asked, "a");
  ASSERT_TRUE(earlier) << earlier.error().code;
  EXPECT_EQ(json::text(*first), json::text(*earlier));
}

TEST_P(GatesTest, ARepeatChangesNothing) {
  const std::string shift = at_work();
  for (const std::string& what : {std::string(kIdCard), code_of_an(now())}) {
    Admission asked = admission(shift, office_);
    asked.code = what;
    asked.companions = 1;
    const std::string key = "again" + std::to_string(what.size());
    const auto first = admit(asked, key), again = admit(asked, key);
    ASSERT_TRUE(first && again);
    EXPECT_EQ(json::text(*first), json::text(*again));
    asked.companions = 2;
    EXPECT_EQ(code(admit(asked, key)), "idempotency_key_reused");
  }
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_entry"), 2);
  EXPECT_EQ(visits(), 1);
}

TEST_P(GatesTest, ARepeatIsAnsweredAsTheFirstCallAlsoWhenThePersonHasUndoneIt) {
  const std::string shift = at_work();
  Admission in = admission(shift, office_);
  in.code = code_of_an(now());
  const auto first = admit(in, "in");
  ASSERT_TRUE(first) << first.error().code;
  world_.clock.advance(minutes(5));
  Departure out = departure(shift);
  out.code = code_of_an(now());
  const auto left = depart(out, "out");
  ASSERT_TRUE(left) << left.error().code;
  ASSERT_TRUE(run(world_.visits.cancel(citizen_, mine().at(0).id)));

  const auto again = admit(in, "in");
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->how, How::kOwnCode);
  EXPECT_TRUE(again->verified);
  EXPECT_EQ(again->light, first->light);
  const auto left_again = depart(out, "out");
  ASSERT_TRUE(left_again) << left_again.error().code;
  EXPECT_EQ(left_again->met, left->met);
  EXPECT_EQ(visits(), 0);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_entry"), 1);
}

TEST_P(GatesTest, WhatWasUndoneBeforeTheFirstCallWasDoneIsNotRecordedByTheRepeat) {
  const std::string shift = at_work();
  Admission in = admission(shift, office_);
  in.code = code_of_an(now());
  ASSERT_TRUE(admit(in, "in"));
  world_.db->transact_now([](store::Session& s) {  // the server stopped between the visit and the entry
    s.run({"test.forget", "DELETE FROM store_idempotency WHERE answer LIKE '%sealed%'"});
    s.run({"test.forget_entry", "DELETE FROM gates_entry"});
  });
  ASSERT_TRUE(run(world_.visits.cancel(citizen_, mine().at(0).id)));
  EXPECT_EQ(code(admit(in, "in")), "visit_gone");
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_entry"), 0);
}

TEST_P(GatesTest, ManyGatesOfOnePlaceAtOnce) {
  const std::string shift = at_work();
  constexpr std::int64_t kPeople = 24;
  std::vector<Task<Result<Admitted>>> tasks;
  for (std::int64_t i = 0; i < kPeople; ++i) {
    Admission asked = admission(shift, office_);
    if (i % 2 == 0) {
      asked.code = std::string(kIdCard);
    } else {
      const PersonId person = world_.person(citizen(3000 + i), people::Relation::kSelf);
      asked.code = world_.people.codes().make(person.value, now()).text;
    }
    tasks.push_back(gates_.admit(std::move(asked), "at-once-" + std::to_string(i)));
  }
  for (const auto& admitted : visits::testing::run_together(std::move(tasks)))
    ASSERT_TRUE(admitted) << admitted.error().code;
  EXPECT_EQ(visits(), kPeople / 2);
  EXPECT_EQ(run(gates_.desk({shift}))->gates[0].present, kPeople);
}

TEST_P(GatesTest, NothingIsRecordedElsewhereOrUnasked) {
  const std::string shift = at_work();
  Admission elsewhere = admission(shift, market_);
  elsewhere.code = std::string(kIdCard);
  EXPECT_EQ(code(admit(elsewhere)), "not_a_guard");
  Admission early = admission(shift, office_);
  early.code = std::string(kIdCard);
  early.at = now() + minutes(5);
  EXPECT_EQ(code(admit(early)), "time_in_future");
  early.at = now() - hours(2);
  EXPECT_EQ(code(admit(early)), "shift_over") << "before it began";
  world_.close(office_);
  EXPECT_EQ(code(scan(shift, kIdCard)), "place_closed");
  EXPECT_EQ(code(refuse(shift, office_, Reason::kFull)), "place_closed");
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_entry"), 0);
}

TEST_P(GatesTest, NothingIsRecordedWithoutADecision) {
  ASSERT_TRUE(name(office_));
  world_.clock.advance(hours(31 * 24));  // the decision has ended by itself
  const auto shift = begin();
  ASSERT_TRUE(shift);
  EXPECT_EQ(code(scan(shift->shift, kIdCard)), "not_in_force");
}

TEST_P(GatesTest, TheKeeperLetsInAtTheOwnDoorWithoutAShift) {
  const auto enter = [&](const Caller& who, KeeperAdmission asked, const char* key) {
    return run(gates_.admit(who, office_, std::move(asked), key));
  };
  const KeeperAdmission card{{}, now(), std::string(kIdCard), {}, 1};
  for (int repeat = 0; repeat < 2; ++repeat) {
    const auto admitted = enter(keeper_, card, "a");
    ASSERT_TRUE(admitted) << admitted.error().code;
    EXPECT_EQ(admitted->how, How::kIdCard);
    EXPECT_EQ(admitted->present, 2);
  }
  EXPECT_EQ(enter(keeper_, {{}, now(), {}, {}, 3}, "b")->present, 5);
  EXPECT_EQ(code(enter(keeper_, {{}, now(), {}, {}, 0}, "c")), "invalid");
  EXPECT_EQ(code(enter(keeper_, {{}, now() - visits::kLatest - minutes(1), {}, {}, 1}, "d")), "time_too_old");
  EXPECT_EQ(code(enter(citizen_, card, "e")), "not_found");
  EXPECT_EQ(code(enter(world_.station, card, "f")), "not_permitted") << "who oversees does not keep the door";
  world_.close(office_);
  EXPECT_EQ(code(enter(keeper_, card, "g")), "place_closed");
}

// ---- entrances ----

TEST_P(GatesTest, WhoComesByTwoGatesIsAtOnePlace) {
  const auto gates = world_.zones(office_, {"Cổng A", "Cổng B"}, true);
  const std::string shift = at_work();
  for (const ZoneId gate : gates) {
    Admission asked = admission(shift, office_);
    asked.zone = gate;
    asked.code = code_of_an(now());
    ASSERT_TRUE(admit(asked));
  }
  ASSERT_THAT(mine(), SizeIs(1)) << "one stay";
  EXPECT_FALSE(mine()[0].zone);
  EXPECT_EQ(count("SELECT CAST(count(DISTINCT zone) AS bigint) FROM gates_entry"), 2)
      << "the gate is kept with the entry";
  EXPECT_TRUE(run(gates_.desk({shift}))->gates[0].zones[0].entrance);
}

// ---- going out ----

TEST_P(GatesTest, GoingOutByTheOwnCodeEndsTheVisit) {
  const std::string shift = at_work();
  Admission family = admission(shift, office_);
  family.code = code_of_an(now());
  family.companions = 2;
  ASSERT_TRUE(admit(family));
  world_.clock.advance(minutes(30));
  EXPECT_EQ(present(shift), 3);
  const auto departed = leave(shift, code_of_an(now()));
  ASSERT_TRUE(departed) << departed.error().code;
  EXPECT_TRUE(departed->met);
  EXPECT_EQ(departed->present, 0) << "who came along has gone, too";
  ASSERT_THAT(mine(), SizeIs(1));
  EXPECT_EQ(mine()[0].out, now());
  EXPECT_FALSE(mine()[0].out_estimated);
  EXPECT_EQ(code(leave(shift, "LTP.HOMEMADE")), "person_code_forged");
  EXPECT_EQ(code(leave(shift, code_of_an(now()), now() + minutes(5))), "time_in_future");
}

TEST_P(GatesTest, GoingOutByCardPaperOrPhoneEndsTheEntry) {
  const std::string shift = at_work();
  holder_ = an_;
  ASSERT_TRUE(scan(shift, kCard));
  ASSERT_TRUE(scan(shift, kIdCard));
  ASSERT_TRUE(scan(shift, kIdCard)) << "shown again, inside";
  Admission typed = admission(shift, office_);
  typed.phone = std::string("0987654321");
  ASSERT_TRUE(admit(typed));
  ASSERT_TRUE(admit(typed)) << "husband and wife, one number";
  EXPECT_EQ(present(shift), 5);
  world_.clock.advance(minutes(20));
  EXPECT_EQ(leave(shift, kCard)->present, 4);
  EXPECT_EQ(leave(shift, kIdCard)->present, 2) << "one bearer, however often it was shown";
  Departure out = departure(shift);
  out.phone = std::string("0987 654 321");
  EXPECT_EQ(depart(out)->present, 1) << "one of the two";
  EXPECT_EQ(depart(out)->present, 0);
  EXPECT_FALSE(depart(out)->met);
  EXPECT_EQ(present(shift), 0) << "never below zero";
  EXPECT_EQ(visits(), 0);
}

TEST_P(GatesTest, PeopleOfGroupsGoFromTheOldestOn) {
  const std::string shift = at_work();
  ASSERT_TRUE(group(shift, 5));
  world_.clock.advance(minutes(10));
  ASSERT_TRUE(group(shift, 3));
  world_.clock.advance(minutes(10));
  const auto some = leave(shift, 6);
  ASSERT_TRUE(some) << some.error().code;
  EXPECT_TRUE(some->met);
  EXPECT_EQ(some->present, 2);
  EXPECT_EQ(count("SELECT CAST(sum(heads) AS bigint) FROM gates_entry"), 8) << "as many arrived as before";
  const auto rest = leave(shift, 4);
  EXPECT_FALSE(rest->met);
  EXPECT_EQ(rest->present, 0) << "never below zero";
  EXPECT_EQ(count("SELECT heads FROM gates_departure"), 2);
  world_.clock.advance(minutes(1));
  EXPECT_EQ(group(shift, 2)->present, 2) << "who comes after that is here";
  EXPECT_EQ(code(leave(shift, 0)), "invalid");
  EXPECT_EQ(code(leave(shift, kCompanionsMost + 1)), "invalid");
}

TEST_P(GatesTest, OutBeforeInIsPutTogetherWhenTheInArrives) {
  const std::string shift = at_work();
  const Instant in = now();
  world_.clock.advance(minutes(40));
  const Instant out = now();
  EXPECT_FALSE(leave(shift, code_of_an(out))->met);
  EXPECT_FALSE(leave(shift, kIdCard)->met);
  EXPECT_FALSE(leave(shift, 4)->met);
  EXPECT_EQ(present(shift), 0);
  world_.clock.advance(minutes(5));
  ASSERT_TRUE(scan_at(shift, code_of_an(in), in));
  ASSERT_TRUE(scan_at(shift, kIdCard, in));
  ASSERT_TRUE(group(shift, 3, in));
  EXPECT_EQ(present(shift), 0);
  ASSERT_THAT(mine(), SizeIs(1));
  EXPECT_EQ(mine()[0].in, in);
  EXPECT_EQ(mine()[0].out, out);
  EXPECT_FALSE(mine()[0].out_estimated);
  EXPECT_EQ(group(shift, 3, in)->present, 2) << "one of four was still to come";
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_departure"), 0);
}

TEST_P(GatesTest, AnOutHeardAfterTheSecondInEndsTheFirstStay) {
  const std::string shift = at_work();
  ASSERT_TRUE(scan(shift, code_of_an(now())));
  world_.clock.advance(minutes(30));
  const Instant out = now();
  const std::string shown = code_of_an(out);
  world_.clock.advance(minutes(30));
  const Instant back = now();
  ASSERT_TRUE(scan(shift, code_of_an(back)));
  ASSERT_THAT(mine(), SizeIs(1));
  Departure late = departure(shift, out);
  late.code = shown;
  for (int repeat = 0; repeat < 2; ++repeat) {
    ASSERT_TRUE(depart(late, "late"));
    ASSERT_THAT(mine(), SizeIs(2));
    EXPECT_EQ(mine()[1].out, out);
    EXPECT_EQ(mine()[0].in, back);
    EXPECT_EQ(present(shift), 1);
  }
  EXPECT_EQ(leave(shift, code_of_an(now() + minutes(1)), now() + minutes(1))->present, 1);
  world_.clock.advance(minutes(2));
  EXPECT_EQ(present(shift), 0);
}

TEST_P(GatesTest, GoingOutAtTheOneDoorEndsWhatBeganAtTheOtherPosterOfAMergedPlace) {
  const std::string shift = at_work();
  const PlaceId kept = office_;
  world_.clock.advance(minutes(2));
  const PlaceId other = world_.registered(keeper_, "UBND xã", "office");
  ASSERT_TRUE(name(other));
  const auto poster = [&] {
    visits::CheckIn scanned;
    scanned.place_code = *world_.registry.code_text(other, std::nullopt);
    scanned.at = now();
    ASSERT_TRUE(run(world_.visits.check_in(citizen_, std::move(scanned), std::nullopt)));
  };
  poster();
  world_.clock.advance(minutes(10));
  EXPECT_FALSE(leave(shift, code_of_an(now()))->met) << "two places still";
  places::Duplicates duplicates(*world_.db, world_.registry, visits::testing::geography(), world_.house->access,
                                world_.vault);
  const auto merge = run(duplicates.merge(world_.station, {other, kept}));
  ASSERT_TRUE(merge) << merge.error().code;
  world_.clock.advance(minutes(10));
  const auto left = leave(shift, code_of_an(now()));
  ASSERT_TRUE(left) << left.error().code;
  EXPECT_TRUE(left->met);
  ASSERT_THAT(mine(), SizeIs(1));
  EXPECT_EQ(mine()[0].out, now());
  EXPECT_FALSE(mine()[0].out_estimated);

  // Whom the guard of the other poster let in, by a paper and as a group; and the other way round.
  const std::string next = begin()->shift;
  for (const auto& [in, out] : {std::pair(other, kept), std::pair(kept, other)}) {
    office_ = in;
    ASSERT_TRUE(scan(next, kIdCard));
    ASSERT_TRUE(group(next, 4));
    world_.clock.advance(minutes(5));
    office_ = out;
    EXPECT_TRUE(leave(next, kIdCard)->met);
    EXPECT_TRUE(leave(next, 3)->met);
    EXPECT_EQ(count("SELECT CAST(sum(heads) AS bigint) FROM gates_entry WHERE departed IS NULL"), 1);
    EXPECT_TRUE(leave(next, 1)->met);
  }

  // The out is heard before the in.
  const Instant in = now();
  world_.clock.advance(minutes(5));
  const Instant out = now();
  office_ = kept;
  EXPECT_FALSE(leave(next, code_of_an(out))->met);
  office_ = other;
  ASSERT_TRUE(scan_at(next, code_of_an(in), in));
  EXPECT_EQ(mine()[0].in, in);
  EXPECT_EQ(mine()[0].out, out);
  EXPECT_FALSE(mine()[0].out_estimated);

  ASSERT_TRUE(run(duplicates.undo(world_.station, merge->id)));
  world_.clock.advance(minutes(5));
  poster();
  world_.clock.advance(minutes(5));
  office_ = kept;
  EXPECT_FALSE(leave(next, code_of_an(now()))->met) << "two places again";
}

TEST_P(GatesTest, GoingOutTwiceIsOnce) {
  const std::string shift = at_work();
  ASSERT_TRUE(group(shift, 5));
  ASSERT_TRUE(scan(shift, code_of_an(now())));
  world_.clock.advance(minutes(10));
  Departure asked = departure(shift);
  asked.heads = 2;
  const auto first = depart(asked, "out"), again = depart(asked, "out");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(json::text(*first), json::text(*again));
  EXPECT_EQ(present(shift), 4);
  Departure own = departure(shift);
  own.code = code_of_an(now());
  ASSERT_TRUE(depart(own, "own"));
  world_.clock.advance(minutes(1));
  ASSERT_TRUE(depart(own, "own"));
  EXPECT_EQ(mine()[0].out, own.at);
  own.heads = 1;
  EXPECT_EQ(code(depart(own)), "invalid") << "all go who came along";
}

TEST_P(GatesTest, TheDeskSaysWhenThePlaceIsNearlyFull) {
  const std::string shift = at_work();
  places::PlaceEdit edit;
  edit.capacity = 10;
  ASSERT_TRUE(run(world_.registry.edit(keeper_, office_, edit, run(world_.registry.find(keeper_, office_))->version)));
  EXPECT_EQ(group(shift, 8)->fill, visits::Fill::kFree);
  EXPECT_EQ(group(shift, 1)->fill, visits::Fill::kNear) << "nine of ten";
  EXPECT_EQ(run(gates_.desk({shift}))->gates[0].fill, visits::Fill::kNear);
  EXPECT_EQ(group(shift, 1)->fill, visits::Fill::kFull);
  world_.clock.advance(minutes(1));
  EXPECT_EQ(leave(shift, 1)->fill, visits::Fill::kNear);
}

// ---- what is said later ----

TEST_P(GatesTest, CompanionsBelongToTheEntry) {
  const std::string shift = at_work();
  const auto entry = scan(shift, kIdCard);
  Companions asked{shift, office_, now() + seconds(5), 2};
  const auto add = [&](const char* key) { return run(gates_.add_companions(entry->id, asked, key)); };
  world_.clock.advance(seconds(5));
  ASSERT_TRUE(add("a")) << add("a").error().code;
  EXPECT_EQ(add("a")->present, 3) << "twice is once";
  EXPECT_EQ(add("b")->present, 5);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_entry"), 1);
  asked.companions = 0;
  EXPECT_EQ(code(add("c")), "invalid");
  asked.companions = 1;
  EXPECT_EQ(code(run(gates_.add_companions(EntryId{7}, asked, "d"))), "not_found");
  world_.clock.advance(kCompanionsWithin);
  asked.at = now();
  EXPECT_EQ(code(add("e")), "too_late_for_companions");
  EXPECT_EQ(leave(shift, kIdCard)->present, 0);
}

TEST_P(GatesTest, AnAmbulanceGoesFirstAndIsDeclaredLater) {
  const std::string shift = at_work();
  AmbulanceIn passed{shift, office_, {}, now()};
  const auto in = run(gates_.ambulance(passed, "a"));
  ASSERT_TRUE(in) << in.error().code;
  EXPECT_EQ(run(gates_.ambulance(passed, "a"))->id, in->id);
  EXPECT_EQ(present(shift), 0);
  ASSERT_THAT(run(gates_.desk({shift}))->gates[0].ambulances, SizeIs(1));

  world_.clock.advance(minutes(15));
  AmbulancePeople people{shift, office_, now(), 3, std::string("74B-012.34"), std::string("0987 654 321")};
  const auto say = [&](const char* key) { return run(gates_.ambulance_people(in->id, people, key)); };
  EXPECT_EQ(say("b")->present, 3);
  EXPECT_EQ(say("b")->present, 3);
  EXPECT_EQ(code(say("c")), "ambulance_declared");
  EXPECT_THAT(run(gates_.desk({shift}))->gates[0].ambulances, IsEmpty());
  const auto list = call_list(world_.station, confirmed_case(), office_);
  ASSERT_THAT(list->items, SizeIs(1));
  EXPECT_EQ(list->items[0].how, How::kAmbulance);
  EXPECT_EQ(list->items[0].people, 3);
  EXPECT_EQ(list->items[0].phone, "+84987654321");
  EXPECT_THAT(list->items[0].papers, ElementsAre("74B-012.34"));
  people.phone = std::string("12");
  EXPECT_EQ(code(say("d")), "invalid");
  EXPECT_EQ(code(run(gates_.ambulance_people(scan(shift, kIdCard)->id, {shift, office_, now(), 1, {}, {}}, "e"))),
            "not_found");
}

// ---- turning back ----

TEST_P(GatesTest, NoColourIsShownBeforeTheCommuneHasApprovedThePlace) {
  const std::string shift = at_work();
  EXPECT_EQ(scan(shift, code_of_an(now()))->light, Light::kGreen);
  Admission before = admission(shift, office_);
  before.code = code_of_an(now());
  world_.clock.advance(minutes(1));
  world_.rename(office_, "Ủy ban phường");
  const auto admitted = scan(shift, code_of_an(now()));
  ASSERT_TRUE(admitted) << admitted.error().code;
  EXPECT_TRUE(admitted->verified) << "recorded";
  EXPECT_FALSE(admitted->light);
  EXPECT_TRUE(admit(before)->light) << "read before, told later";
}

TEST_P(GatesTest, NobodyWorksAtAnOfficialPlaceBeforeTheCommuneHasApprovedIt) {
  world_.clock.advance(minutes(2));
  const PlaceId camp = world_.registered(keeper_, "Khu cách ly số 1", "quarantineSite");
  ASSERT_TRUE(name(camp));
  const std::string shift = begin()->shift;
  Admission asked = admission(shift, camp);
  asked.companions = 2;
  ASSERT_TRUE(admit(asked));
  world_.clock.advance(minutes(1));
  world_.rename(camp, "Khu cách ly số 2");
  asked.at = now();
  EXPECT_EQ(code(admit(asked)), "place_not_approved");
  EXPECT_EQ(code(refuse(shift, camp, Reason::kFull)), "place_not_approved");
  ASSERT_TRUE(run(world_.registry.approve(world_.station, camp)));
  EXPECT_TRUE(admit(asked));
}

TEST_P(GatesTest, NoColourKeepsAnybodyFromFoodOrCare) {
  ASSERT_TRUE(name(office_));
  ASSERT_TRUE(name(market_));
  const std::string shift = begin()->shift;
  EXPECT_EQ(code(refuse(shift, market_, Reason::kColour)), "refusal_not_allowed");
  EXPECT_TRUE(refuse(shift, market_, Reason::kClosed));
  EXPECT_TRUE(refuse(shift, office_, Reason::kColour));
  EXPECT_EQ(code(refuse(shift, office_, Reason::kOther)), "invalid") << "why?";
  EXPECT_TRUE(refuse(shift, office_, Reason::kOther, "Không phải giờ tiếp dân"));
  const auto list = run(gates_.refusals(keeper_, office_, std::nullopt, 50));
  ASSERT_TRUE(list) << list.error().code;
  ASSERT_THAT(list->items, SizeIs(2));
  EXPECT_EQ(list->items[0].reason, Reason::kOther);
  EXPECT_EQ(list->items[0].note, "Không phải giờ tiếp dân");
  EXPECT_EQ(list->items[0].guard, "Ông Bảo");
  EXPECT_EQ(list->items[1].reason, Reason::kColour);
  const auto first = run(gates_.refusals(keeper_, office_, std::nullopt, 1));
  EXPECT_THAT(run(gates_.refusals(world_.station, office_, first->next, 1))->items, SizeIs(1));
  EXPECT_EQ(code(run(gates_.refusals(citizen_, office_, std::nullopt, 50))), "not_found");
  for (const char* kind : {"hospital", "clinic", "market", "supermarket", "shop", "lodging", "quarantineSite"})
    EXPECT_TRUE(essential(kind) && visits::testing::kinds().find(kind)) << kind;
  EXPECT_FALSE(essential("office"));
}

// ---- officers ----

TEST_P(GatesTest, ForANamedCaseTheStationReadsWhomToCall) {
  const std::string shift = at_work();
  ASSERT_TRUE(scan(shift, kIdCard));
  ASSERT_TRUE(scan(shift, code_of_an(now())));
  Admission typed = admission(shift, office_);
  typed.phone = std::string("0987 654 321");
  ASSERT_TRUE(admit(typed));
  const CaseId of = confirmed_case();

  const auto list = call_list(world_.station, of, office_);
  ASSERT_TRUE(list) << list.error().code;
  ASSERT_THAT(list->items, SizeIs(2)) << "the own code is a visit, and traced";
  EXPECT_EQ(list->items[0].how, How::kPhone);
  EXPECT_EQ(list->items[0].phone, "+84987654321");
  EXPECT_EQ(list->items[1].name, "Nguyễn Thị Hạnh");
  EXPECT_EQ(list->items[1].birth, "1975-04-30");
  EXPECT_THAT(list->items[1].papers, ElementsAre("045099000123", "197123456"));
  EXPECT_THAT(call_list(world_.station, of, market_)->items, IsEmpty());

  EXPECT_EQ(code(call_list(world_.station, CaseId{7}, office_)), "not_found") << "only for a named case";
  cases::NewCase fresh;
  fresh.person = an_;
  fresh.disease = std::string("covid-19");
  const auto suspect = run(cases_.report(world_.station, std::move(fresh)));
  EXPECT_EQ(code(call_list(world_.station, suspect->id, office_)), "case_without_window");
  EXPECT_EQ(code(call_list(citizen_, of, office_)), "not_permitted");
  EXPECT_EQ(code(call_list(officer(Role::kStationOfficer, cases::kDaNang), of, office_)), "not_permitted");
  const auto logged = world_.db->read_now([&](store::Session& s) {
    std::vector<std::string> out;
    for (const auto& e : world_.house->access.list(s, {}, INT64_MAX, 100).items)
      if (e.action == "gates.unverified" && e.passed) out.push_back(std::to_string(e.persons) + " " + e.filter);
    return out;
  });
  ASSERT_THAT(logged, SizeIs(2));
  EXPECT_THAT(logged[1], HasSubstr("2 case "));
}

TEST_P(GatesTest, WhatIsKeptIsSealed) {
  const std::string shift = at_work();
  ASSERT_TRUE(scan(shift, kIdCard));
  const auto rows = world_.db->read_now([&](store::Session& s) {
    return storage::unverified(s, office_, {now() - hours(1), now() + hours(1)}, EntryId{INT64_MAX}, 10);
  });
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].claim->data.find("045099000123"), std::string::npos);
  EXPECT_EQ(rows[0].claim->data.find("Hạnh"), std::string::npos);
}

TEST_P(GatesTest, DeletesByAgeWithAProof) {
  const auto guard = *name(office_);
  const std::string shift = begin()->shift;
  ASSERT_TRUE(scan(shift, kIdCard));
  ASSERT_TRUE(refuse(shift, office_, Reason::kFull));
  ASSERT_TRUE(leave(shift, 1)) << "nobody was counted in";
  ASSERT_TRUE(run(gates_.remove_guard(keeper_, office_, guard.id)));
  const auto retain = [&] { world_.db->transact_now([&](store::Session& s) { gates_.retention().run(s); }); };
  world_.clock.advance(kKept - minutes(1));
  retain();
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_entry"), 1);
  world_.clock.advance(hours(9));
  retain();
  retain();
  const auto proofs = world_.db->read_now([](store::Session& s) { return storage::proofs(s); });
  ASSERT_THAT(proofs, SizeIs(1));
  EXPECT_EQ(proofs[0].entries, 1);
  EXPECT_EQ(proofs[0].refusals, 1);
  EXPECT_EQ(proofs[0].shifts, 1);
  EXPECT_EQ(proofs[0].guards, 1);
  EXPECT_EQ(proofs[0].departures, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, GatesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::gates
