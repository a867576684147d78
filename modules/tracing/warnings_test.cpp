// Whom a release warns and in which words, who must release it, corrections, and what becomes of the unread.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/published.h"
#include "modules/tracing/release_lists.h"
#include "modules/tracing/storage.h"
#include "modules/tracing/tracing_fixture.h"
#include "modules/visits/told.h"
#include "platform/store/plan_testing.h"

namespace luytre::tracing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class WarningsTest : public TracingTest {
 protected:
  // The ill person and so many others were at the place together.
  CaseId case_among(int others, const cases::Confirmation& request = positive()) {
    stay(ill_.id, market_, 0, 120);
    others_ = crowd(market_, others);
    return confirmed(ill_.id, request).id;
  }
  static cases::Confirmation antigen() {
    cases::Confirmation out = positive();
    out.method = cases::Method::kAntigen;
    return out;
  }
  Result<Preview> preview(CaseId id) { return run(tracing_.preview(province_, id)); }
  Result<Release> release(CaseId id) { return run(tracing_.release(province_, id)); }
  std::string why(CaseId id) { return preview(id)->items.at(0).why; }

  // Nothing that the person gets names the place.
  void expect_no_place(const Someone& who, const std::string& place_name) {
    const auto got = warnings(who);
    ASSERT_THAT(got, SizeIs(1));
    EXPECT_EQ(got[0].kind, WarningKind::kStation);
    EXPECT_FALSE(got[0].place_name);
    EXPECT_FALSE(got[0].from);
    EXPECT_FALSE(got[0].to);
    EXPECT_EQ(got[0].advice.code, "station");
    EXPECT_THAT(json::text(got[0]), Not(HasSubstr(place_name)));
    for (const auto& message : messages(who.phone)) EXPECT_THAT(message.text, Not(HasSubstr(place_name)));
  }

  const Someone ill_ = someone("Lê Văn Bệnh");
  const PlaceId market_ = place("Chợ Diên Sanh");
  std::vector<Someone> others_;
};

TEST_P(WarningsTest, ThePreviewSaysWhereHowManyAndInWhichWords) {
  const PlaceId shop = place("Cửa hàng Sen", "shop");
  stay(ill_.id, shop, 200, 60);
  const Someone customer = someone("Võ Thị Mua", visits::testing::kHaiLang, false);
  stay(customer.id, shop, 210, 60);
  const Someone friend_ = someone("Hồ Văn Bạn");
  meet(ill_.id, friend_.id, 300, 30);
  const CaseId kase = case_among(9);

  const auto plan = preview(kase);
  ASSERT_TRUE(plan) << code(plan);
  EXPECT_EQ(plan->people, 11);
  EXPECT_EQ(plan->without_phone, 1);
  EXPECT_FALSE(plan->needs_second_officer);
  ASSERT_THAT(plan->items, SizeIs(3));
  const auto item = [&](const std::optional<std::string>& name) {
    return *std::find_if(plan->items.begin(), plan->items.end(), [&](const auto& i) { return i.place_name == name; });
  };
  const PreviewItem at_market = item("Chợ Diên Sanh");
  EXPECT_EQ(at_market.mode, Mode::kPublic);
  EXPECT_EQ(at_market.why, "public");
  EXPECT_EQ(at_market.present, 10) << "with the case";
  EXPECT_EQ(at_market.people, 9);
  EXPECT_EQ(at_market.from, minute(0));
  EXPECT_EQ(at_market.to, minute(60));
  EXPECT_EQ(item("Cửa hàng Sen").mode, Mode::kStationOnly);
  EXPECT_EQ(item("Cửa hàng Sen").why, "fewPresent");
  EXPECT_EQ(item("Cửa hàng Sen").present, 2);
  EXPECT_EQ(item(std::nullopt).why, "noPlace");
  EXPECT_THAT(warnings(others_[0]), IsEmpty()) << "a preview sends nothing";
  EXPECT_EQ(code(run(tracing_.preview(far_, kase))), "not_permitted");
  EXPECT_EQ(code(run(tracing_.preview(station_, kase))), "not_permitted") << "stations do not warn";
}

TEST_P(WarningsTest, AWarningSaysPlaceAndTimeNeverWho) {
  const CaseId kase = case_among(9);
  const auto sent = release(kase);
  ASSERT_TRUE(sent) << code(sent);
  EXPECT_EQ(sent->state, ReleaseState::kReleased);
  EXPECT_EQ(sent->people, 9);
  const auto got = warnings(others_[0]);
  ASSERT_THAT(got, SizeIs(1));
  EXPECT_EQ(got[0].kind, WarningKind::kExposure);
  EXPECT_EQ(got[0].place_name, "Chợ Diên Sanh");
  EXPECT_EQ(got[0].from, minute(0));
  EXPECT_EQ(got[0].to, minute(60)) << "the person's own time";
  EXPECT_EQ(got[0].advice.code, "exposure");
  EXPECT_THAT(json::text(got[0]), Not(HasSubstr("Bệnh")));
  ASSERT_THAT(messages(others_[0].phone), SizeIs(1));
  for (const char* secret : {"Bệnh", "Benh", "Chợ", "Cho ", "covid", "COVID"})
    EXPECT_THAT(messages(others_[0].phone)[0].text, Not(HasSubstr(secret))) << "lock screens are read by others";
  EXPECT_THAT(warnings(ill_), IsEmpty());
  EXPECT_EQ(events("warning.sent"), 9);
  EXPECT_EQ(code(release(kase)), "nobody_to_warn");
}

TEST_P(WarningsTest, WhoeverIsWarnedIsToldTheSignsOfThatDisease) {
  ASSERT_TRUE(release(case_among(9)));
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), {}, "measles");
  const Someone other = someone("Vũ Thị Ban");
  stay(other.id, market_, 0, 120);
  ASSERT_TRUE(release(confirmed(other.id, positive(), "measles").id));
  const auto got = warnings(others_[0]);
  ASSERT_THAT(got, SizeIs(2));
  const auto& [of_measles, of_covid] = std::tie(got[0].advice.text, got[1].advice.text);
  EXPECT_THAT(of_covid.vi, HasSubstr("nếu có một trong các dấu hiệu: Sốt; Ho; Khó thở; Đau họng; Đau mỏi người."));
  EXPECT_THAT(of_covid.en, HasSubstr("if you have any of these signs: Fever; Cough;"));
  EXPECT_THAT(of_measles.vi, HasSubstr("Nổi ban ngoài da"));
  EXPECT_THAT(of_measles.vi, Not(HasSubstr("Đau họng")));
  for (const auto& one : got) EXPECT_THAT(one.advice.text.vi, Not(HasSubstr("không khỏe")));
}

TEST_P(WarningsTest, APlaceMayBeNamedInPublicWhileTheReleaseStands) {
  const auto published = [&](Instant since) {
    return world_.db->read_now([&](store::Session& s) { return published_places(s, world_.registry, since); });
  };
  const CaseId kase = case_among(9);
  EXPECT_THAT(published(minute(0)), IsEmpty()) << "nothing was released";
  ASSERT_TRUE(release(kase));
  const auto named = published(minute(0));
  ASSERT_THAT(named, SizeIs(1));
  EXPECT_EQ(named[0].name, "Chợ Diên Sanh");
  EXPECT_EQ(named[0].unit, visits::testing::kHaiLang);
  EXPECT_EQ(named[0].from, minute(0));
  EXPECT_EQ(named[0].to, minute(60));
  EXPECT_THAT(published(minute(61)), IsEmpty()) << "long ago";
  undo(kase);
  EXPECT_THAT(published(minute(0)), IsEmpty());
}

TEST_P(WarningsTest, APlaceWithFewPresentIsNotNamedInPublic) {
  ASSERT_TRUE(release(case_among(8)));
  EXPECT_TRUE(
      world_.db->read_now([&](store::Session& s) { return published_places(s, world_.registry, minute(0)).empty(); }));
}

TEST_P(WarningsTest, BelowTenPresentNoPlaceIsNamed) {
  const CaseId kase = case_among(8);
  EXPECT_EQ(why(kase), "fewPresent");
  ASSERT_TRUE(release(kase));
  for (const Someone& who : others_) expect_no_place(who, "Diên Sanh");
}

TEST_P(WarningsTest, NoStoryMakesAPlaceCrowdedOrNamesItToWhomeverItIsOf) {
  const Someone named = someone("Phạm Thị Cùng");
  world_.db->transact_now([&](store::Session& s) {
    return visits::tell(s, *world_.db, world_.registry, {named.id, market_, minute(0), minute(60)});
  });
  const CaseId kase = case_among(8);
  EXPECT_EQ(why(kase), "fewPresent") << "nine were recorded, one was told";
  for (const Someone& more : crowd(market_, 1)) others_.push_back(more);
  EXPECT_EQ(why(kase), "public");
  ASSERT_TRUE(release(kase));
  expect_no_place(named, "Diên Sanh");
  EXPECT_EQ(warnings(others_.front()).at(0).place_name, "Chợ Diên Sanh");
}

TEST_P(WarningsTest, AtHomesNoPlaceIsNamed) {
  const PlaceId home = place("Nhà bà Năm", "home");
  stay(ill_.id, home, 0, 120);
  const auto guests = crowd(home, 12);
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_EQ(why(kase), "home");
  ASSERT_TRUE(release(kase));
  expect_no_place(guests[0], "Nhà bà Năm");
}

TEST_P(WarningsTest, OfADiseaseThatIsASecretNoPlaceIsNamed) {
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), {}, "mpox");
  stay(ill_.id, market_, 0, 120);
  const auto others = crowd(market_, 12);
  const CaseId kase = confirmed(ill_.id, positive(), "mpox").id;
  // The window of mpox begins with the first symptom, on the day of the market.
  EXPECT_EQ(why(kase), "stigma");
  ASSERT_TRUE(release(kase));
  expect_no_place(others[0], "Diên Sanh");
}

TEST_P(WarningsTest, OnlyTheFirstLevelIsWarned) {
  const PlaceId shop = place("Cửa hàng Sen", "shop");
  cases::Confirmation request = positive();
  request.rule_set = std::string("vn-covid-19-2020-08");
  stay(ill_.id, market_, 0, 60);
  const Someone first = someone("Phạm Thị Gặp"), second = someone("Ngô Văn Hai");
  stay(first.id, market_, 0, 60);
  stay(first.id, shop, 100, 60);
  stay(second.id, shop, 100, 60);
  const CaseId kase = confirmed(ill_.id, request).id;
  ASSERT_THAT(candidates(kase), SizeIs(2));
  ASSERT_TRUE(release(kase));
  EXPECT_THAT(warnings(first), SizeIs(1));
  EXPECT_THAT(warnings(second), IsEmpty());
}

TEST_P(WarningsTest, TwentyPeopleMayBeWarnedAlone) {
  const CaseId kase = case_among(20);
  EXPECT_FALSE(preview(kase)->needs_second_officer);
  EXPECT_EQ(release(kase)->state, ReleaseState::kReleased);
}

TEST_P(WarningsTest, MoreThanTwentyNeedASecondOfficer) {
  const CaseId kase = case_among(21);
  EXPECT_TRUE(preview(kase)->needs_second_officer);
  EXPECT_EQ(preview(kase)->why_second, "manyPeople");
  const auto asked = release(kase);
  EXPECT_EQ(asked->state, ReleaseState::kAwaiting);
  EXPECT_TRUE(asked->mine);
  EXPECT_EQ(release(kase)->id, asked->id) << "asking again asks the same";
  EXPECT_THAT(warnings(others_[0]), IsEmpty());
  EXPECT_THAT(messages(others_[0].phone), IsEmpty());
  EXPECT_EQ(code(run(tracing_.approve(province_, asked->id))), "second_officer_needed");
  EXPECT_EQ(code(run(tracing_.approve(far_, asked->id))), "not_permitted");
  EXPECT_EQ(code(run(tracing_.approve(second_, ReleaseId{4711}))), "not_found");
  EXPECT_THAT(warnings(others_[0]), IsEmpty());

  const auto released = run(tracing_.approve(second_, asked->id));
  ASSERT_TRUE(released) << code(released);
  EXPECT_EQ(released->state, ReleaseState::kReleased);
  EXPECT_EQ(released->people, 21);
  EXPECT_FALSE(released->mine);
  EXPECT_THAT(warnings(others_[0]), SizeIs(1));
  EXPECT_EQ(code(run(tracing_.approve(second_, asked->id))), "release_decided");
  EXPECT_EQ(events("release.requested"), 1);
  EXPECT_EQ(events("release.released"), 1);
}

TEST_P(WarningsTest, AnAntigenResultAloneNeedsASecondOfficerWhoMayRefuse) {
  const CaseId kase = case_among(3, antigen());
  EXPECT_EQ(preview(kase)->why_second, "antigenOnly");
  const auto asked = release(kase);
  EXPECT_EQ(asked->state, ReleaseState::kAwaiting);
  EXPECT_THAT(fields(run(tracing_.reject(second_, asked->id, {{std::string()}}))), ElementsAre("/reason required"));
  const auto refused = run(tracing_.reject(second_, asked->id, {{std::string("Chờ PCR")}}));
  ASSERT_TRUE(refused) << code(refused);
  EXPECT_EQ(refused->state, ReleaseState::kRejected);
  EXPECT_EQ(refused->reason, "Chờ PCR");
  EXPECT_EQ(code(run(tracing_.approve(second_, asked->id))), "release_decided");
  EXPECT_THAT(warnings(others_[0]), IsEmpty());

  confirm(kase);  // by PCR now
  EXPECT_EQ(release(kase)->state, ReleaseState::kReleased);
  EXPECT_THAT(warnings(others_[0]), SizeIs(1));
}

TEST_P(WarningsTest, NothingIsReleasedOfACaseUndoneMeanwhile) {
  const CaseId kase = case_among(3, antigen());
  const ReleaseId asked = release(kase)->id;
  ASSERT_TRUE(run(cases_.undo(province_, kase, {{std::string("Nhầm mẫu")}}, version_of(kase))));
  EXPECT_EQ(code(run(tracing_.approve(second_, asked))), "case_not_confirmed") << "before tracing has followed";
  EXPECT_EQ(code(release(kase)), "case_not_confirmed");
  EXPECT_EQ(code(preview(kase)), "case_not_confirmed");
  followers_.drain();
  EXPECT_THAT(warnings(others_[0]), IsEmpty());
}

TEST_P(WarningsTest, OtherRoomsAreToldWhatThePersonWasToldAndNoMore) {
  const Someone friend_ = someone("Hồ Văn Bạn");
  meet(ill_.id, friend_.id, 300, 30);
  const CaseId kase = case_among(9);
  const auto told = [&](PersonId person, Instant before) {
    return world_.db->read_now([&](store::Session& s) { return Tracing::told(s, person, before); });
  };
  const auto tellings = [&](PersonId person) {
    store::testing::settle(*world_.db);
    return world_.db->read_now([&](store::Session& s) {
      std::vector<Instant> out;
      const auto all = world_.db->events_after(s, {}, 10000);
      for (const store::Event& event : *all) {
        if (event.type != "warning.sent") continue;
        const auto one = Tracing::telling(s, WarningId{event.subject});
        if (one && one->person == person) out.push_back(one->from);
      }
      return out;
    });
  };
  EXPECT_THAT(told(others_[0].id, now() + hours(1)), IsEmpty()) << "nothing was released";
  ASSERT_TRUE(release(kase));
  ASSERT_THAT(told(others_[0].id, now() + hours(1)), SizeIs(1));
  EXPECT_EQ(told(others_[0].id, now() + hours(1))[0].place, market_);
  EXPECT_EQ(told(others_[0].id, now() + hours(1))[0].from, minute(0));
  EXPECT_EQ(told(others_[0].id, now() + hours(1))[0].sent, now());
  EXPECT_THAT(tellings(others_[0].id), ElementsAre(minute(0))) << "the event says whom, and since when it matters";
  EXPECT_THAT(tellings(friend_.id), IsEmpty()) << "names no place";
  EXPECT_THAT(told(others_[0].id, now()), IsEmpty()) << "sent before that time";
  EXPECT_THAT(told(friend_.id, now() + hours(1)), IsEmpty()) << "without a place";
  undo(kase);
  EXPECT_THAT(told(others_[0].id, now() + hours(1)), IsEmpty()) << "corrected";
  EXPECT_THAT(tellings(others_[0].id), ElementsAre(minute(0), Instant{})) << "a correction matters to all before it";
}

TEST_P(WarningsTest, UndoingCorrectsEverybodyWhoWasWarnedOnce) {
  const Someone without = someone("Võ Thị Mua", visits::testing::kHaiLang, false);
  stay(without.id, market_, 0, 60);
  const CaseId kase = case_among(9);
  ASSERT_TRUE(release(kase));
  undo(kase);
  for (const Someone& who : {others_[0], others_[8], without}) {
    const auto got = warnings(who);
    ASSERT_THAT(got, SizeIs(2)) << "the first stays to be seen";
    EXPECT_EQ(got[0].kind, WarningKind::kCorrection);
    EXPECT_EQ(got[0].advice.code, "correction");
    EXPECT_FALSE(got[0].place_name);
  }
  EXPECT_THAT(messages(others_[0].phone), SizeIs(2));
  world_.clock.advance(hours(3));
  escalate();
  EXPECT_THAT(tasks(station_), IsEmpty()) << "nobody calls about a warning that was taken back";

  confirm(kase);
  EXPECT_EQ(preview(kase)->people, 10) << "after a new confirmation they are warned again";
  ASSERT_TRUE(release(kase));
  EXPECT_THAT(warnings(others_[0]), SizeIs(3));
  undo(kase);
  EXPECT_THAT(warnings(others_[0]), SizeIs(4));
}

TEST_P(WarningsTest, OnlyWhoIsNewIsWarnedLater) {
  const CaseId kase = case_among(9);
  ASSERT_TRUE(release(kase));
  const Someone late = someone("Bùi Văn Muộn");
  stay(late.id, market_, 10, 60);
  trace_again(kase);
  ASSERT_TRUE(assign(station_, candidate(kase, others_[0].id), Class::kNone));
  EXPECT_EQ(preview(kase)->people, 1);
  ASSERT_TRUE(release(kase));
  EXPECT_THAT(warnings(late), SizeIs(1));
  EXPECT_THAT(warnings(others_[1]), SizeIs(1));
}

TEST_P(WarningsTest, WhoWasFoundUnexposedIsNotWarned) {
  const CaseId kase = case_among(2);
  ASSERT_TRUE(assign(station_, candidate(kase, others_[0].id), Class::kNone));
  ASSERT_TRUE(release(kase));
  EXPECT_THAT(warnings(others_[0]), IsEmpty());
  EXPECT_THAT(warnings(others_[1]), SizeIs(1));
}

TEST_P(WarningsTest, UnreadAfterTwoHoursBecomesACall) {
  const CaseId kase = case_among(3);
  ASSERT_TRUE(release(kase));
  TaskFilter calls;
  calls.kind = TaskKind::kCall;
  ASSERT_TRUE(run(tracing_.read_warning(others_[0].caller, warnings(others_[0])[0].id)));
  EXPECT_TRUE(warnings(others_[0])[0].read_at);
  ASSERT_TRUE(assign(station_, candidate(kase, others_[1].id), Class::kF1));
  world_.clock.advance(hours(2) - seconds(1));
  escalate();
  EXPECT_THAT(tasks(station_, calls), IsEmpty());
  world_.clock.advance(seconds(1));
  escalate();
  ASSERT_THAT(tasks(station_, calls), SizeIs(1)) << "one has read it, one has been spoken with";
  EXPECT_EQ(tasks(station_, calls)[0].person.id, others_[2].id);
  EXPECT_EQ(tasks(station_, calls)[0].due_at, now() + hours(4));
  escalate();
  EXPECT_THAT(tasks(station_, calls), SizeIs(1));
}

TEST_P(WarningsTest, WhoHasNoPhoneIsVisitedAtOnce) {
  const Someone without = someone("Võ Thị Mua", visits::testing::kHaiLang, false);
  stay(ill_.id, market_, 0, 60);
  stay(without.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_EQ(preview(kase)->without_phone, 1);
  ASSERT_TRUE(release(kase));
  TaskFilter filter;
  filter.kind = TaskKind::kDoor;
  ASSERT_THAT(tasks(station_, filter), SizeIs(1));
  EXPECT_EQ(tasks(station_, filter)[0].person.id, without.id);
  filter.kind = TaskKind::kCall;
  world_.clock.advance(hours(2));
  escalate();
  EXPECT_THAT(tasks(station_, filter), IsEmpty());
}

TEST_P(WarningsTest, TheHouseholdSeesItsOwn) {
  const Someone parent = someone("Phạm Thị Mẹ");
  const PersonId child = member(parent.caller, "Phạm Văn Con", people::Relation::kChild, 2015);
  const PersonId brother = member(parent.caller, "Phạm Văn Em", people::Relation::kSibling, 1990);
  stay(ill_.id, market_, 0, 60);
  for (const PersonId who : {parent.id, child, brother}) stay(who, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  ASSERT_TRUE(release(kase));
  const auto got = warnings(parent);
  ASSERT_THAT(got, SizeIs(2)) << "the own and the child's; a grown-up's are not the keeper's to read";
  for (const auto& warning : got) EXPECT_NE(warning.person, brother);
  EXPECT_EQ(code(run(tracing_.read_warning(ill_.caller, got[0].id))), "not_found");
  const auto brothers = world_.db->read_now([&](store::Session& s) {
    return s.one<WarningId>(store::Query{"test.warning", "SELECT id FROM tracing_warning WHERE person = $1"}, brother);
  });
  ASSERT_TRUE(brothers);
  EXPECT_EQ(code(run(tracing_.read_warning(parent.caller, *brothers))), "not_found") << "nor to mark as read";
  const Caller limited = identity::testing::limited(parent.caller);
  EXPECT_EQ(code(run(tracing_.read_warning(limited, got[0].id))), "second_proof_required");
  EXPECT_EQ(code(run(tracing_.my_warnings(limited, std::nullopt, 10))), "second_proof_required");

  const auto first = run(tracing_.my_warnings(parent.caller, std::nullopt, 1));
  const auto rest = run(tracing_.my_warnings(parent.caller, first->next, 1));
  ASSERT_THAT(rest->items, SizeIs(1));
  EXPECT_NE(rest->items[0].id, first->items[0].id);
  EXPECT_FALSE(rest->next);
  EXPECT_THAT(fields(run(tracing_.my_warnings(parent.caller, std::string("x!"), 1))), ElementsAre("?cursor format"));
}

TEST_P(WarningsTest, ReleasesAreListedForTheirArea) {
  std::vector<ReleaseId> made;
  for (int i = 0; i < 3; ++i) {
    const Someone patient = someone("Lê Thị Ốm"), contact = someone("Phạm Thị Gặp");
    const PlaceId shop = place("Cửa hàng " + std::to_string(i), "shop");
    stay(patient.id, shop, 0, 60);
    stay(contact.id, shop, 0, 60);
    made.push_back(release(confirmed(patient.id, antigen()).id)->id);
  }
  ASSERT_TRUE(run(tracing_.approve(second_, made[0])));
  const auto first = run(tracing_.releases(second_, {}, std::nullopt, 2));
  ASSERT_THAT(first->items, SizeIs(2));
  EXPECT_EQ(first->items[0].id, made[2]);
  const auto rest = run(tracing_.releases(second_, {}, first->next, 2));
  ASSERT_THAT(rest->items, SizeIs(1));
  EXPECT_EQ(rest->items[0].id, made[0]);
  EXPECT_THAT(run(tracing_.releases(second_, {ReleaseState::kAwaiting}, std::nullopt, 10))->items, SizeIs(2));
  const auto ordered = [&](const ReleaseFilter& filter, std::size_t at_once) {
    std::vector<ReleaseId> out;
    std::optional<std::string> cursor;
    do {
      const auto page = run(tracing_.releases(second_, filter, cursor, at_once));
      if (!page) throw std::runtime_error(page.error().code);
      for (const Release& one : page->items) out.push_back(one.id);
      cursor = page->next;
    } while (cursor);
    return out;
  };
  ReleaseFilter filter;
  filter.order = cases::SortOrder::kAscending;
  EXPECT_EQ(ordered(filter, 1), made);
  EXPECT_EQ(ordered(filter, 10), made);
  filter.disease = "covid-19";
  EXPECT_EQ(ordered(filter, 2), made);
  filter.disease = "measles";
  EXPECT_THAT(ordered(filter, 2), IsEmpty());
  EXPECT_THAT(fields(run(tracing_.releases(second_, filter, first->next, 2))), ElementsAre("?cursor other_sort"));
  EXPECT_THAT(run(tracing_.releases(far_, {}, std::nullopt, 10))->items, IsEmpty());
  EXPECT_EQ(code(run(tracing_.releases(station_, {}, std::nullopt, 10))), "not_permitted");
  EXPECT_THAT(fields(run(tracing_.releases(second_, {}, std::string("x!"), 1))), ElementsAre("?cursor format"));
}

TEST_P(WarningsTest, ReleasesOfACaseAreFoundBehindManyOfOthers) {
  const CaseId kase = case_among(3, antigen());
  const ReleaseId refused = release(kase)->id;
  ASSERT_TRUE(run(tracing_.reject(second_, refused, {{std::string("Chờ PCR")}})));
  world_.clock.advance(hours(1));
  const ReleaseId awaiting = release(kase)->id;
  const CaseId other = reported(someone("Lê Thị Ốm").id).id;
  world_.db->transact_now([&](store::Session& s) {
    for (int i = 1; i <= 60; ++i) {
      ReleaseRow row;
      row.id = world_.db->ids().make<ReleaseId>();
      row.case_id = other;
      row.unit = i <= 59 ? visits::testing::kHaiLang : kDaNang;
      row.state = ReleaseState::kRejected;
      row.people = 1;
      row.requested_by = province_.account;
      row.requested_name = province_.name;
      row.requested_at = now() + seconds(i);
      insert_release(s, row);
    }
  });
  const auto page = [&](const Caller& officer, const ReleaseFilter& filter, std::optional<std::string> cursor = {},
                        std::size_t limit = 50) {
    return run(tracing_.releases(officer, filter, std::move(cursor), limit));
  };
  const auto ids = [](const Result<http::Page<Release>>& of) {
    std::vector<ReleaseId> out;
    for (const Release& one : of->items) out.push_back(one.id);
    return out;
  };
  const auto usual = page(second_, {});
  ASSERT_THAT(usual->items, SizeIs(50));
  for (const Release& one : usual->items) EXPECT_EQ(one.case_, other) << "a page of others comes first";

  ReleaseFilter filter;
  filter.case_ = kase;
  EXPECT_THAT(ids(page(second_, filter)), ElementsAre(awaiting, refused));
  EXPECT_FALSE(page(second_, filter)->next);
  const auto first = page(second_, filter, {}, 1);
  EXPECT_THAT(ids(first), ElementsAre(awaiting));
  ASSERT_TRUE(first->next);
  const auto rest = page(second_, filter, first->next, 1);
  EXPECT_THAT(ids(rest), ElementsAre(refused));
  EXPECT_FALSE(rest->next);
  filter.order = cases::SortOrder::kAscending;
  EXPECT_THAT(ids(page(second_, filter)), ElementsAre(refused, awaiting));
  filter.state = ReleaseState::kRejected;
  EXPECT_THAT(ids(page(second_, filter)), ElementsAre(refused));
  filter.disease = "measles";
  EXPECT_THAT(ids(page(second_, filter)), IsEmpty());

  ReleaseFilter nowhere, of_other;
  nowhere.case_ = CaseId{4711};
  of_other.case_ = other;
  EXPECT_THAT(page(second_, of_other, {}, 200)->items, SizeIs(59)) << "what was asked for elsewhere stays there";
  EXPECT_THAT(page(far_, of_other)->items, SizeIs(1));
  filter = {};
  filter.case_ = kase;
  const auto elsewhere = page(far_, filter), unknown = page(far_, nowhere);
  ASSERT_TRUE(elsewhere) << code(elsewhere);
  ASSERT_TRUE(unknown) << code(unknown);
  EXPECT_THAT(elsewhere->items, IsEmpty());
  EXPECT_EQ(json::text(*elsewhere), json::text(*unknown));
  EXPECT_EQ(code(page(station_, filter)), "not_permitted");
}

TEST_P(WarningsTest, APageOfReleasesIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const bool descending : {false, true})
    for (const ReleasesOf of : {ReleasesOf::kEverywhere, ReleasesOf::kUnit, ReleasesOf::kCase}) {
      const store::Query& page = release_page_query(descending, of);
      const auto plan = store::testing::plan_of(*world_.db, page, of == ReleasesOf::kUnit ? 6 : 5);
      if (of == ReleasesOf::kCase) {
        EXPECT_THAT(plan, HasSubstr("tracing_release_case (case_id=?")) << page.name;
        continue;  // few, and put in order then
      }
      EXPECT_THAT(plan,
                  HasSubstr(of == ReleasesOf::kUnit ? "tracing_release_asked (unit=?" : "tracing_release_asked_all"));
      EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, WarningsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
