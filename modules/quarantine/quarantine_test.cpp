#include <cctype>

#include "modules/quarantine/quarantine_fixture.h"

namespace luytre::quarantine {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// ---- on what it rests, and until when ----

TEST_P(QuarantineTest, ItsEndFollowsFromTheRuleAndIsExplained) {
  const PersonId an = contact("Nguyễn Thị An");
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  EXPECT_EQ(drafted->state, State::kDraft);
  EXPECT_EQ(drafted->person.id, an);
  EXPECT_EQ(drafted->first_day, day("2026-03-02"));
  EXPECT_EQ(drafted->last_day, day("2026-03-11"));
  EXPECT_EQ(drafted->ends->days, 10);
  EXPECT_EQ(drafted->ends->last_exposure, day("2026-03-01"));
  EXPECT_THAT(*drafted->ends->rule, HasSubstr("1909"));
  EXPECT_EQ(drafted->ends->law, "vn-101-2010");
  EXPECT_FALSE(drafted->ends->decided);
  EXPECT_EQ(drafted->place->address, Text<200>("12 Lê Lợi"));
  EXPECT_EQ(code(draft(station_, order())), "order_exists");
}

TEST_P(QuarantineTest, NobodyIsKeptWhomTheRuleLetsGoAbout) {
  contact("Nguyễn Thị An");
  EXPECT_EQ(code(draft(station_, order(Kind::kQuarantine))), "order_not_kept");
  NewOrder named = order();
  named.decided = Decided{day("2026-03-20"), std::string("Văn bản")};
  EXPECT_EQ(code(draft(station_, named)), "invalid") << "the rule tells the days";
}

TEST_P(QuarantineTest, NeverRestsOnEstimatedStaysAlone) {
  contact("Nguyễn Thị An", true);
  EXPECT_EQ(code(draft(station_, order())), "order_needs_interview");
  assign(candidate_, tracing::Answer::kUnknown);
  EXPECT_EQ(code(draft(station_, order())), "order_needs_interview");
  assign(candidate_, tracing::Answer::kNo);
  const auto drafted = draft(station_, order());
  EXPECT_TRUE(drafted) << code(drafted);
}

TEST_P(QuarantineTest, NeverRestsOnPhonesNearEachOtherAlone) {
  const PersonId an = contact_by_phones("Nguyễn Thị An");
  const auto evidence = candidate(case_, an).evidence;
  ASSERT_THAT(evidence, SizeIs(1));
  EXPECT_EQ(evidence[0].kind, tracing::EvidenceKind::kEncounter);
  EXPECT_FALSE(evidence[0].estimated);
  EXPECT_EQ(code(draft(station_, order())), "order_needs_interview");
  assign(candidate_, tracing::Answer::kNo);
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  assign(candidate_);
  EXPECT_EQ(code(sign(province_, *drafted)), "order_needs_interview") << "the answers were taken back";
  assign(candidate_, tracing::Answer::kNo);
  const auto made = sign(province_, *drafted);
  EXPECT_TRUE(made) << code(made);
}

TEST_P(QuarantineTest, AnswersTakenBackAreLookedAtAgainWhenItIsSignedAndExtended) {
  contact("Nguyễn Thị An", true);
  assign(candidate_, tracing::Answer::kNo);
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  assign(candidate_);
  EXPECT_EQ(code(sign(province_, *drafted)), "order_needs_interview");
  assign(candidate_, tracing::Answer::kNo);
  const auto made = sign(province_, *drafted);
  ASSERT_TRUE(made) << code(made);
  const auto proposed = propose(*made, step(StepKind::kExtend, "2026-03-12"));
  ASSERT_TRUE(proposed) << code(proposed);
  assign(candidate_);
  EXPECT_EQ(code(sign(province_, *proposed)), "order_needs_interview");
}

TEST_P(QuarantineTest, NeedsAnAssignedClassAndACaseThatStands) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An");
  meet(sick, an, false);
  case_ = confirmed(sick);
  candidate_ = candidate(case_, an).id;
  EXPECT_EQ(code(draft(station_, order())), "order_no_basis");
  assign(candidate_);
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  ASSERT_TRUE(run(cases_.undo(province_, case_, {{std::string("Nhầm mẫu")}}, version_of(case_))));
  followers_.drain();
  EXPECT_EQ(code(sign(province_, *drafted)), "order_no_basis");
}

TEST_P(QuarantineTest, AnOrderWhoseBasisWentKeepsRunningAndSaysSo) {
  contact("Nguyễn Thị An");
  const Order made = running(order());
  EXPECT_FALSE(made.basis_gone);
  ASSERT_TRUE(run(cases_.undo(province_, case_, {{std::string("Nhầm mẫu")}}, version_of(case_))));
  followers_.drain();
  const auto now_seen = run(room_.find(station_, made.id));
  ASSERT_TRUE(now_seen) << code(now_seen);
  EXPECT_TRUE(now_seen->basis_gone);
  EXPECT_EQ(now_seen->state, State::kRunning) << "officers sign the end";
  EXPECT_EQ(code(propose(*now_seen, step(StepKind::kExtend, "2026-03-12"))), "order_no_basis");
}

TEST_P(QuarantineTest, WhatIsWrongIsSaidWithItsField) {
  contact("Nguyễn Thị An");
  const auto field = [&](NewOrder wish) {
    const auto done = draft(station_, std::move(wish));
    return done                          ? std::string("none")
           : done.error().fields.empty() ? done.error().code
                                         : done.error().fields[0].pointer;
  };
  NewOrder wish = order();
  wish.candidate.reset();
  EXPECT_EQ(field(wish), "/candidate");
  wish = order();
  wish.case_ = case_;
  EXPECT_EQ(field(wish), "/case");
  wish = order();
  wish.first_day = day("2026-03-01");
  EXPECT_EQ(field(wish), "/firstDay");
  wish = order();
  wish.place.kind = PlaceKind::kHotel;
  EXPECT_EQ(field(wish), "/place/name");
  wish = order();
  wish.reason.clear();
  EXPECT_EQ(field(wish), "/reason");
  wish = isolation(case_);
  wish.decided.reset();
  EXPECT_EQ(field(wish), "/decided");
  EXPECT_EQ(field(isolation(case_, "2026-03-23")), "/decided/lastDay") << "22 days";
  EXPECT_EQ(field(isolation(case_, "2026-03-22")), "none") << "21 days";
}

TEST_P(QuarantineTest, SentTwiceItIsOneDraft) {
  contact("Nguyễn Thị An");
  const auto send = [&] {
    return run(room_.draft(station_, order(), store::make_once(9201, "POST /orders", "a1", "body")));
  };
  const auto first = send(), again = send();
  ASSERT_TRUE(first && again) << code(again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_order"), 1);
}

// ---- two officers ----

TEST_P(QuarantineTest, ItBindsOnceAnotherOfficerSigned) {
  const PersonId an = contact("Nguyễn Thị An");
  const auto drafted = draft(centre_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  EXPECT_THAT(mine(an), IsEmpty()) << "a draft is nobody's";
  EXPECT_EQ(code(run(room_.my_pdf(callers_.at(an), drafted->id, false))), "not_found");
  EXPECT_EQ(code(sign(station_, *drafted)), "not_permitted");
  EXPECT_EQ(code(sign(centre_, *drafted)), "second_officer_needed");
  EXPECT_FALSE(list(centre_, View::kWaiting).front().may_sign);
  EXPECT_TRUE(list(centre_, View::kWaiting).front().mine);
  EXPECT_TRUE(list(province_, View::kWaiting).front().may_sign);
  const auto made = sign(province_, *drafted);
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->state, State::kRunning);
  EXPECT_THAT(list(province_, View::kWaiting), IsEmpty());
  EXPECT_EQ(code(sign(province_, *made)), "order_nothing_to_sign");
  EXPECT_THAT(events(), ElementsAre("quarantine.proposed", "quarantine.signed"));

  const auto own = mine(an);
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own[0].last_day, day("2026-03-11"));
  EXPECT_EQ(own[0].authority, "Trưởng Ban chỉ đạo xã Hải Lăng");
  EXPECT_EQ(own[0].complaint.until, day("2026-05-31")) << "ninety days from the signature";
  EXPECT_TRUE(own[0].unread);
  ASSERT_TRUE(run(room_.read(callers_.at(an), own[0].id)));
  EXPECT_FALSE(mine(an)[0].unread);
  const PersonId other = person("Lê Văn Khác");
  EXPECT_THAT(mine(other), IsEmpty());
  EXPECT_EQ(code(run(room_.read(callers_.at(other), own[0].id))), "not_found");
}

TEST_P(QuarantineTest, AnOrderIsFoundByItsNumberInTheOwnArea) {
  contact("Nguyễn Thị An");
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  const auto found = [&](const Caller& who, std::string number) {
    Filter filter;
    filter.view = View::kEnded;
    filter.number = std::move(number);
    const auto page = run(room_.list(who, filter, std::nullopt, 50));
    if (!page) throw std::runtime_error(page.error().code);
    std::vector<OrderId> out;
    for (const Order& one : page->items) out.push_back(one.id);
    return out;
  };
  std::string typed = drafted->number;
  for (char& c : typed) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  EXPECT_THAT(found(station_, drafted->number), ElementsAre(drafted->id)) << "whatever its state";
  EXPECT_THAT(found(province_, typed), ElementsAre(drafted->id));
  EXPECT_THAT(found(neighbour_, drafted->number), IsEmpty());
  EXPECT_THAT(found(station_, "LTQ-0000-0000"), IsEmpty());
  EXPECT_THAT(found(station_, "COV-260301-AAAAAA"), IsEmpty());
}

TEST_P(QuarantineTest, SignedLateItBeginsThen) {
  contact("Nguyễn Thị An");
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  world_.clock.advance(hours(48));
  const auto made = sign(province_, *drafted);
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->first_day, day("2026-03-04"));
  EXPECT_EQ(made->last_day, day("2026-03-11"));
}

TEST_P(QuarantineTest, ADraftIsRefusedOrTakenBackWithAReason) {
  contact("Nguyễn Thị An");
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  const auto refused = run(room_.refuse(province_, drafted->id, {std::string("Đã tiêm đủ")}, drafted->version));
  ASSERT_TRUE(refused) << code(refused);
  EXPECT_EQ(refused->state, State::kRefused);
  EXPECT_EQ(refused->steps->front().refusal, "Đã tiêm đủ");
  world_.clock.advance(hours(1));
  const auto again = draft(station_, order());
  ASSERT_TRUE(again) << code(again);
  EXPECT_TRUE(run(room_.refuse(station_, again->id, {std::string("Nhầm")}, again->version)));
  EXPECT_EQ(list(station_, View::kEnded).front().id, again->id) << "newest first";
}

TEST_P(QuarantineTest, WhoSignsAnotherVersionSeesWhatStands) {
  contact("Nguyễn Thị An");
  const Order made = running(order());
  const auto first = propose(made, step(StepKind::kShorten, "2026-03-09"));
  ASSERT_TRUE(first) << code(first);
  const auto stale = propose(made, step(StepKind::kRelease));
  ASSERT_EQ(code(stale), "version_conflict");
  EXPECT_THAT(stale.error().current, HasSubstr("\"waiting\":\"shorten\""));
  EXPECT_EQ(code(propose(*first, step(StepKind::kRelease))), "order_step_waits");
}

// ---- what becomes of it ----

TEST_P(QuarantineTest, EveryStepIsProposedSignedAndKept) {
  const PersonId an = contact("Nguyễn Thị An");
  Order made = running(order());
  EXPECT_EQ(code(propose(made, step(StepKind::kExtend, "2026-03-22"))), "invalid") << "eleven days more";
  EXPECT_EQ(code(propose(made, step(StepKind::kExtend, "2026-03-11"))), "invalid");
  EXPECT_EQ(code(propose(made, step(StepKind::kRelease, "2026-03-11"))), "invalid");
  made = stepped(made, step(StepKind::kExtend, "2026-03-21"));
  EXPECT_EQ(made.last_day, day("2026-03-21"));
  made = stepped(made, step(StepKind::kShorten, "2026-03-10"));
  EXPECT_EQ(made.last_day, day("2026-03-10"));
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kHotel, Text<200>("Khách sạn Sông Hiếu"), Text<200>("1 Bạch Đằng")};
  made = stepped(made, std::move(move));
  EXPECT_EQ(made.place->name, Text<200>("Khách sạn Sông Hiếu"));
  EXPECT_EQ(mine(an)[0].place.address, Text<200>("1 Bạch Đằng"));
  EXPECT_TRUE(mine(an)[0].unread);

  const auto proposed = propose(made, step(StepKind::kRelease));
  ASSERT_TRUE(proposed) << code(proposed);
  EXPECT_EQ(proposed->state, State::kRunning) << "nobody is released by a proposal";
  made = *sign(province_, *proposed);
  EXPECT_EQ(made.state, State::kReleased);
  EXPECT_THAT(*made.steps, SizeIs(5));
  EXPECT_EQ(code(propose(made, step(StepKind::kExtend, "2026-03-12"))), "order_not_running");
  ASSERT_THAT(mine(an), SizeIs(1)) << "it stays readable";
  EXPECT_EQ(mine(an)[0].state, State::kReleased);
}

TEST_P(QuarantineTest, AMoveToAnotherCommuneHandsTheOrderOver) {
  contact("Nguyễn Thị An");
  const Order made = running(order());
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kHome, {}, Text<200>("5 Trần Phú"), UnitId{1}};
  EXPECT_EQ(code(propose(made, move)), "invalid") << "no such unit";
  move.place->unit = kNamHaiLang;
  const auto proposed = propose(made, move);
  ASSERT_TRUE(proposed) << code(proposed);
  EXPECT_EQ(code(sign(centre_, *proposed)), "not_permitted") << "answers for the old commune alone";
  const auto moved = sign(province_, *proposed);
  ASSERT_TRUE(moved) << code(moved);
  EXPECT_EQ(moved->unit, kNamHaiLang);
  EXPECT_THAT(list(neighbour_, View::kRunning), SizeIs(1));
  EXPECT_THAT(list(station_, View::kRunning), IsEmpty());
  EXPECT_EQ(code(run(room_.find(station_, made.id))), "not_found");
  NewStep release = step(StepKind::kRelease);
  EXPECT_TRUE(run(room_.propose(neighbour_, made.id, release, moved->version)));
}

TEST_P(QuarantineTest, BeyondTheDaysOfTheLawItNamesTheTextThatAllowsIt) {
  contact("Nguyễn Thị An");
  Order made = running(order());
  made = stepped(made, step(StepKind::kExtend, "2026-03-21"));
  made = stepped(made, step(StepKind::kExtend, "2026-03-31"));
  made = stepped(made, step(StepKind::kExtend, "2026-04-01"));  // 31 days: 21, and 10 more
  EXPECT_EQ(made.last_day, day("2026-04-01"));
  EXPECT_EQ(made.ends->moved, StepKind::kExtend) << "the day is no longer the rule's";
  EXPECT_FALSE(made.ends->decided);
  NewStep more = step(StepKind::kExtend, "2026-04-02");
  const auto refused = propose(made, more);
  ASSERT_EQ(code(refused), "invalid");
  EXPECT_EQ(refused.error().fields.front().pointer, "/source");
  more.source = Text<300>("Công văn 77/SYT");
  made = stepped(made, more);
  EXPECT_EQ(made.last_day, day("2026-04-02"));
  EXPECT_EQ(made.ends->decided, "Công văn 77/SYT");
  NewStep release = step(StepKind::kRelease);
  release.source = Text<300>("Công văn 77/SYT");
  EXPECT_EQ(code(propose(made, release)), "invalid");
}

TEST_P(QuarantineTest, AListIsFilteredByDiseaseKindAndPlace) {
  contact("Nguyễn Thị An");
  const auto shown = [&](View view, auto change) {
    Filter filter;
    filter.view = view;
    change(filter);
    std::vector<int> out;
    for (const Caller& who : {station_, identity::testing::officer(Role::kProvinceOfficer)})
      out.push_back(static_cast<int>(run(room_.list(who, filter, std::nullopt, 100))->items.size()));
    return out;
  };
  const auto expect = [&](View view, const Order& one) {
    const auto fitting = [&](Filter& f) {
      f.disease = one.disease;
      f.kind = one.kind;
      f.place = one.place_kind;
    };
    EXPECT_THAT(shown(view, fitting), ElementsAre(1, 1)) << "here, and over the whole country";
    EXPECT_THAT(shown(view, [](Filter& f) { f.disease = "measles"; }), ElementsAre(0, 0));
    EXPECT_THAT(shown(view, [](Filter& f) { f.kind = Kind::kIsolation; }), ElementsAre(0, 0));
    EXPECT_THAT(shown(view, [](Filter& f) { f.place = PlaceKind::kHotel; }), ElementsAre(0, 0));
  };
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  expect(View::kWaiting, *drafted);
  const auto made = sign(province_, *drafted);
  ASSERT_TRUE(made) << code(made);
  expect(View::kRunning, *made);
  expect(View::kEnded, stepped(*made, step(StepKind::kRelease)));
}

TEST_P(QuarantineTest, NobodyIsReleasedByTheClock) {
  contact("Nguyễn Thị An");
  const Order made = running(order());
  EXPECT_THAT(list(station_, View::kRunning), SizeIs(1));
  EXPECT_THAT(list(station_, View::kTomorrow), IsEmpty());
  world_.clock.advance(hours(8 * 24));
  EXPECT_THAT(list(station_, View::kTomorrow), SizeIs(1));
  EXPECT_THAT(list(station_, View::kOverdue), IsEmpty());
  world_.clock.advance(hours(2 * 24));
  EXPECT_THAT(list(station_, View::kTomorrow), IsEmpty());
  ASSERT_THAT(list(station_, View::kOverdue), SizeIs(1));
  EXPECT_TRUE(list(station_, View::kOverdue)[0].overdue);
  EXPECT_EQ(run(room_.find(station_, made.id))->state, State::kRunning);
}

TEST_P(QuarantineTest, AnIsolationEndsTheOrderOfTheContact) {
  const PersonId an = contact("Nguyễn Thị An");
  const Order observed = running(order());
  const Order isolated = running(isolation(reported(an)));
  EXPECT_EQ(isolated.ends->decided, "Hướng dẫn của Sở Y tế số 12/SYT");
  const auto before = run(room_.find(station_, observed.id));
  EXPECT_EQ(before->state, State::kReplaced);
  EXPECT_EQ(before->steps->back().reason, isolated.number);
  EXPECT_EQ(code(draft(station_, order())), "order_exists") << "who is isolated is no contact";
  EXPECT_EQ(verify(observed, 1)->standing, Standing::kReplaced);
}

TEST_P(QuarantineTest, ThePersonIsToldWithoutNames) {
  cases::NewCase request;
  request.new_person.emplace();
  request.new_person->name = std::string("Lê Thị Bệnh");
  request.new_person->birth_year = 1970;
  request.new_person->unit = kHaiLang;
  request.new_person->address = std::string("3 Hùng Vương");
  request.new_person->phone = std::string("0912000111");
  request.disease = std::string("diphtheria");
  const auto kase = run(cases_.report(station_, std::move(request)));
  ASSERT_TRUE(kase) << code(kase);
  running(isolation(kase->id));
  const auto waiting = world_.db->read_now([&](store::Session& s) { return world_.house.notify().waiting(s); });
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].phone, "+84912000111");
  EXPECT_THAT(waiting[0].text, Not(HasSubstr("diphtheria")));
}

// ---- the paper ----

TEST_P(QuarantineTest, TheCodeSaysWhetherThePaperStandsAndNothingElse) {
  contact("Nguyễn Thị An");
  Order made = running(order());
  const auto valid = verify(made, 1);
  ASSERT_TRUE(valid) << code(valid);
  EXPECT_EQ(valid->standing, Standing::kValid);
  EXPECT_EQ(valid->number, made.number);
  EXPECT_EQ(valid->last_day, day("2026-03-11"));
  EXPECT_THAT(json::text(*valid), Not(HasSubstr("Nguyễn")));
  made = stepped(made, step(StepKind::kShorten, "2026-03-09"));
  EXPECT_EQ(verify(made, 1)->standing, Standing::kReplaced);
  EXPECT_FALSE(verify(made, 1)->last_day);
  EXPECT_EQ(verify(made, 2)->last_day, day("2026-03-09"));
  made = stepped(made, step(StepKind::kRelease));
  for (const std::uint8_t revision : {1, 2, 3}) EXPECT_EQ(verify(made, revision)->standing, Standing::kReleased);
  EXPECT_EQ(code(run(room_.verify({Text<300>(made.number)}))), "order_code_forged") << "a number proves nothing";
  const linkage::CodeKeys theirs({{1, linkage::Seed{5}, false}});
  EXPECT_EQ(code(run(room_.verify({linkage::order_code(theirs, {1, 1})}))), "order_code_forged");
  const auto unknown = linkage::order_code(world_.people.codes().keys(), {1, 1});
  EXPECT_EQ(code(run(room_.verify({unknown}))), "order_code_unknown");
}

TEST_P(QuarantineTest, PrintsWhatIsSignedAndCertifiesWhatEnded) {
  const PersonId an = contact("Nguyễn Thị An");
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  EXPECT_EQ(code(run(room_.pdf(station_, drafted->id, false))), "order_not_running");
  Order made = *sign(province_, *drafted);
  const auto paper = run(room_.pdf(station_, made.id, false));
  ASSERT_TRUE(paper) << code(paper);
  EXPECT_THAT(paper->body, ::testing::StartsWith("%PDF"));
  EXPECT_EQ(code(run(room_.pdf(station_, made.id, true))), "order_not_running");
  made = stepped(made, step(StepKind::kExtend, "2026-03-13"));
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kSite, Text<200>("Trung đoàn 842"), Text<200>("Đường 9")};
  made = stepped(made, std::move(move));
  EXPECT_TRUE(run(room_.pdf(station_, made.id, false)));
  stepped(made, step(StepKind::kRelease));
  EXPECT_TRUE(run(room_.pdf(station_, made.id, true)));
  EXPECT_TRUE(run(room_.my_pdf(callers_.at(an), made.id, true)));
}

// ---- who sees it, and how long ----

TEST_P(QuarantineTest, OnlyTheOwnAreaSeesItAndEveryLookIsLogged) {
  const PersonId an = contact("Nguyễn Thị An");
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  EXPECT_THAT(list(neighbour_, View::kWaiting), IsEmpty());
  EXPECT_EQ(code(run(room_.find(neighbour_, drafted->id))), "not_found");
  EXPECT_EQ(code(sign(neighbour_, *drafted)), "not_found");
  EXPECT_EQ(code(run(room_.pdf(neighbour_, drafted->id, false))), "not_found");
  EXPECT_EQ(code(draft(neighbour_, isolation(case_))), "not_found");
  EXPECT_EQ(code(run(room_.list(callers_.at(an), {}, std::nullopt, 10))), "not_permitted");
  const auto before = log_about(an).size();
  list(station_, View::kWaiting);
  ASSERT_TRUE(run(room_.find(station_, drafted->id)));
  EXPECT_THAT(log_about(an), SizeIs(before + 2));
  EXPECT_THAT(log_about(an), Each(std::string("quarantine.work")));
  ASSERT_TRUE(sign(province_, *drafted));
  EXPECT_THAT(log_about(an), Contains("quarantine.sign"));
}

TEST_P(QuarantineTest, EverythingIsDeletedHalfAYearAfterTheEnd) {
  contact("Nguyễn Thị An");
  const Order made = running(order());
  const auto retain = [&] {
    const auto job = room_.retention();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  };
  world_.clock.advance(kKept * 2);
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_order"), 1) << "it was never released";
  stepped(*run(room_.find(station_, made.id)), step(StepKind::kRelease));
  world_.clock.advance(kKept - hours(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_order"), 1);
  world_.clock.advance(hours(2));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_order"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_step"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM quarantine_retention"), 1);
}

TEST_P(QuarantineTest, ADraftThatNobodySignsLapses) {
  contact("Nguyễn Thị An");
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  const auto lapse = [&] {
    const auto job = room_.retention();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  };
  world_.clock.advance(kDraftLasts - hours(1));
  lapse();
  EXPECT_EQ(run(room_.find(station_, drafted->id))->state, State::kDraft);
  world_.clock.advance(hours(2));
  lapse();
  const auto lapsed = run(room_.find(station_, drafted->id));
  EXPECT_EQ(lapsed->state, State::kRefused);
  EXPECT_EQ(lapsed->steps->front().state, StepState::kRefused);
  EXPECT_FALSE(lapsed->steps->front().decided_by);
}

TEST_P(QuarantineTest, OfAHotelItIsKeptWhoPaysAndHowMuch) {
  contact("Nguyễn Thị An");
  NewOrder wish = order();
  wish.place.payer = Payer::kPerson;
  EXPECT_EQ(code(draft(station_, wish)), "invalid") << "nobody pays for their own home";
  wish.place = OrderPlace{PlaceKind::kHotel, Text<200>("Khách sạn Sài Gòn"), Text<200>("1 Hùng Vương")};
  wish.place.payer = Payer::kEmployer;
  wish.place.daily_price = -1;
  EXPECT_EQ(code(draft(station_, wish)), "invalid");
  wish.place.daily_price = 500'000;
  const Order made = running(wish);
  ASSERT_TRUE(made.place);
  EXPECT_EQ(made.place->payer, Payer::kEmployer);
  EXPECT_EQ(made.place->daily_price, 500'000);
  EXPECT_TRUE(run(room_.pdf(station_, made.id, false)));
}

TEST_P(QuarantineTest, ManyAreProposedAndSignedTogetherAndEachIsJudgedAlone) {
  contact("Nguyễn Thị An");
  const Order an = running(order());
  contact("Lê Văn Bình");
  const Order binh = running(order());
  StepsTogether steps;
  steps.items = {{an.id, an.version, step(StepKind::kRelease)},
                 {binh.id, binh.version + 7, step(StepKind::kRelease)},
                 {OrderId{1}, 1, step(StepKind::kRelease)},
                 {binh.id, binh.version, step(StepKind::kShorten, "2026-03-05")}};
  const store::Once key{"0123456789abcdef", "0123456789abcdef"};
  const auto proposed = run(room_.propose_all(station_, steps, key));
  ASSERT_TRUE(proposed) << code(proposed);
  ASSERT_THAT(proposed->items, SizeIs(4));
  EXPECT_FALSE(proposed->items[0].refused);
  EXPECT_EQ(proposed->items[1].refused, "version_conflict");
  EXPECT_EQ(proposed->items[2].refused, "not_found");
  EXPECT_FALSE(proposed->items[3].refused) << "the rest stands";
  const auto again = run(room_.propose_all(station_, steps, key));
  ASSERT_TRUE(again) << code(again);
  EXPECT_FALSE(again->items[0].refused) << "sent twice";
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_step WHERE state = 'waiting'"), 2);
  const auto waiting = list(province_, View::kWaiting);
  ASSERT_THAT(waiting, SizeIs(2));
  for (const Order& one : waiting)
    EXPECT_EQ(one.waiting_last_day, one.id == binh.id ? std::optional(day("2026-03-05")) : std::nullopt)
        << "who signs many sees until when";

  SignedTogether signing;
  signing.authority = std::string("Trưởng Ban chỉ đạo xã Hải Lăng");
  signing.items = {{an.id, *proposed->items[0].version}, {OrderId{1}, 1}, {binh.id, *proposed->items[3].version}};
  EXPECT_EQ(code(run(room_.sign_all(station_, signing, std::nullopt))), "not_permitted");
  const auto made = run(room_.sign_all(province_, signing, std::nullopt));
  ASSERT_TRUE(made) << code(made);
  EXPECT_FALSE(made->items[0].refused);
  EXPECT_EQ(made->items[1].refused, "not_found");
  EXPECT_FALSE(made->items[2].refused);
  EXPECT_EQ(run(room_.find(station_, an.id))->state, State::kReleased);
  EXPECT_EQ(run(room_.find(station_, binh.id))->last_day, day("2026-03-05"));
  const auto twice = run(room_.sign_all(province_, signing, std::nullopt));
  EXPECT_EQ(twice->items[0].refused, "version_conflict") << "nothing is signed twice";
  signing.items.clear();
  EXPECT_EQ(code(run(room_.sign_all(province_, signing, std::nullopt))), "invalid");
}

TEST_P(QuarantineTest, WhoProposedManySignsNoneOfThem) {
  contact("Nguyễn Thị An");
  const Order an = running(order());
  StepsTogether steps;
  steps.items = {{an.id, an.version, step(StepKind::kRelease)}};
  const auto proposed = run(room_.propose_all(province_, steps, std::nullopt));
  ASSERT_TRUE(proposed && proposed->items[0].version);
  SignedTogether signing;
  signing.authority = std::string("Giám đốc");
  signing.items = {{an.id, *proposed->items[0].version}};
  EXPECT_EQ(run(room_.sign_all(province_, signing, std::nullopt))->items[0].refused, "second_officer_needed");
}

TEST_P(QuarantineTest, OfOnePersonTheOrdersOfTheOwnAreaAreTold) {
  const PersonId an = contact("Nguyễn Thị An");
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  const auto told = [&](const Caller& caller) {
    return world_.db->transact_now([&](store::Session& s) { return room_.of_person(s, caller, an, "Dòng thời gian"); });
  };
  const auto seen = told(station_);
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->size(), 1U);
  EXPECT_EQ(seen->front().number, drafted->number);
  EXPECT_EQ(seen->front().state, State::kDraft);
  const auto elsewhere = told(identity::testing::officer(Role::kProvinceOfficer, UnitId{2025100048}, 9109));
  ASSERT_TRUE(elsewhere);
  EXPECT_TRUE(elsewhere->empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, QuarantineTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine
