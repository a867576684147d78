#include "modules/quarantine/quarantine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/linkage/order_code.h"
#include "engines/linkage/person_code.h"
#include "modules/encounters/encounters.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::quarantine {
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

const Law& law() {
  static const Law all(LUYTRE_SOURCE_DIR "/data/quarantine/law.toml");
  return all;
}

Date day(const char* text) {
  return *parse_date(text);
}

// The morning of 2 March 2026 in Hải Lăng; stays are minutes of the morning before. The rule in force keeps no contact
// of COVID-19, but has an F1 observed for ten days from the last exposure (1909/BYT-DP): to 11 March.
class QuarantineTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  QuarantineTest() {
    world_.switch_on();
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, now());
    followers_.add(tracing_.follow_cases());
  }

  Instant now() const { return world_.clock.now(); }
  static Instant minute(int m) { return *parse_instant("2026-03-01T02:00:00Z") + std::chrono::minutes(m); }

  PersonId person(const std::string& name, std::int64_t born = 1980) {
    const Caller caller = identity::testing::citizen(next_account_++);
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = born;
    fields.unit = kHaiLang;
    fields.address = std::string("12 Lê Lợi");
    fields.relation = people::Relation::kSelf;
    const auto made = run(world_.people.create(caller, std::move(fields)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    callers_[made->id] = caller;
    return made->id;
  }
  // Both at a place of their own for an hour; or nobody checked out, and how long they stayed is an estimate.
  void meet(PersonId a, PersonId b, bool estimated) {
    const std::string name = "Chợ " + std::to_string(next_++);
    const std::vector<places::Places::Imported> file{{"test", name, name, "market", kHaiLang, {}}};
    const auto made =
        world_.db->transact_now([&](store::Session& s) { return world_.registry.import_places(s, file); });
    world_.registry.start();
    for (const PersonId who : {a, b}) {
      visits::ImportedVisit visit;
      visit.source = "test";
      visit.external = std::to_string(next_++);
      visit.person = who;
      visit.place = made.front()->id;
      visit.in = minute(0);
      if (!estimated) visit.out = minute(60);
      const auto done = world_.db->transact_now(
          [&](store::Session& s) { return world_.visits.import_visits(s, std::span(&visit, 1)); });
      ASSERT_EQ(done.added, 1);
    }
  }
  CaseId reported(PersonId person) {
    cases::NewCase request;
    request.person = person;
    request.disease = std::string("covid-19");
    return run(cases_.report(province_, std::move(request)))->id;
  }
  CaseId confirmed(PersonId person) {
    const CaseId id = reported(person);
    cases::Confirmation positive;
    positive.onset = parse_date("2026-03-01");
    positive.sample_at = minute(300);
    positive.result_at = minute(600);
    const auto done = run(cases_.confirm(province_, id, positive, version_of(id)));
    if (!done) throw std::runtime_error(done.error().code);
    followers_.drain();
    return id;
  }
  std::int64_t version_of(CaseId id) { return run(cases_.find(province_, id))->version; }
  tracing::Candidate candidate(CaseId id, PersonId person) {
    const auto page = run(tracing_.candidates(province_, id, {}, std::nullopt, 200));
    for (const auto& one : page->items)
      if (one.person.id == person) return one;
    throw std::runtime_error("not a candidate");
  }
  void assign(tracing::CandidateId id, std::optional<tracing::Answer> masks = {}) {
    tracing::Assignment assignment;
    assignment.class_ = tracing::Class::kF1;
    assignment.answers.masks = masks;
    const auto found = run(tracing_.candidate(station_, id));
    const auto done = run(tracing_.assign(station_, id, assignment, found->version));
    ASSERT_TRUE(done) << code(done);
    followers_.drain();
  }
  // An F1 whom an officer assessed; the case is case_, the contact candidate_.
  PersonId contact(const std::string& name, bool estimated = false) {
    const PersonId sick = person("Trần Văn Ca"), met = person(name);
    meet(sick, met, estimated);
    case_ = confirmed(sick);
    candidate_ = candidate(case_, met).id;
    assign(candidate_);
    return met;
  }

  NewOrder order(Kind kind = Kind::kObservation) const {
    NewOrder out;
    out.kind = kind;
    out.candidate = candidate_;
    out.reason = std::string("Tiếp xúc gần tại chợ");
    return out;
  }
  NewOrder isolation(CaseId id, const char* until = "2026-03-12") const {
    NewOrder out;
    out.kind = Kind::kIsolation;
    out.case_ = id;
    out.decided = Decided{day(until), std::string("Hướng dẫn của Sở Y tế số 12/SYT")};
    out.reason = std::string("Ca bệnh");
    return out;
  }
  Result<Order> draft(const Caller& who, NewOrder order) {
    return run(room_.draft(who, std::move(order), std::nullopt));
  }
  Result<Order> sign(const Caller& who, const Order& order) {
    return run(room_.sign(who, order.id, {std::string("Trưởng Ban chỉ đạo xã Hải Lăng")}, order.version));
  }
  Order running(NewOrder order) {
    const auto drafted = draft(station_, std::move(order));
    if (!drafted) throw std::runtime_error(drafted.error().code);
    const auto made = sign(province_, *drafted);
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  static NewStep step(StepKind kind, const char* last_day = nullptr) {
    NewStep out;
    out.kind = kind;
    if (last_day) out.last_day = parse_date(last_day);
    out.reason = std::string("Theo kết quả xét nghiệm");
    return out;
  }
  Result<Order> propose(const Order& order, NewStep step) {
    return run(room_.propose(station_, order.id, std::move(step), order.version));
  }
  Order stepped(const Order& order, NewStep step) {
    const auto proposed = propose(order, std::move(step));
    if (!proposed) throw std::runtime_error(proposed.error().code);
    const auto made = sign(province_, *proposed);
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  std::vector<Order> list(const Caller& who, View view) {
    const auto page = run(room_.list(who, {view, {}}, std::nullopt, 100));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  std::vector<MyOrder> mine(PersonId person) {
    const auto page = run(room_.mine(callers_.at(person)));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  // What the code on a paper of this revision says.
  Result<Verified> verify(const Order& order, std::uint8_t revision) {
    const std::int64_t serial = world_.db->read_now([&](store::Session& s) {
      static constexpr store::Query kSerial{"test.serial", "SELECT serial FROM quarantine_order WHERE id = $1"};
      return s.value<std::int64_t>(kSerial, order.id);
    });
    const linkage::OrderToken token{static_cast<std::uint64_t>(serial), revision};
    return run(room_.verify({linkage::order_url(world_.people.codes().keys(), "https://luytre.example", token)}));
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (const auto& line : store::testing::event_lines(*world_.db))
      if (line.starts_with("quarantine.")) out.push_back(line.substr(0, line.find(':')));
    return out;
  }
  std::vector<std::string> log_about(PersonId person) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = person;
      for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 100).items)
        if (entry.action.starts_with("quarantine.")) out.push_back(entry.action);
      return out;
    });
  }

  std::map<PersonId, Caller> callers_;
  std::int64_t next_account_ = 1001;
  int next_ = 1;
  CaseId case_;
  tracing::CandidateId candidate_;
  visits::testing::World world_{GetParam(),
                                {encounters::migrations(), cases::migrations(), tracing::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
                      world_.house->access, world_.vault,  world_.clock,
                      diseases(),           rule_sets()};
  tracing::Tracing tracing_{{*world_.db, cases_, world_.people, world_.registry, world_.decisions,
                             visits::testing::geography(), world_.house->access, world_.house.notify(), world_.vault,
                             world_.clock, world_.house.texts()}};
  Orders room_{{*world_.db, tracing_, cases_, world_.people, visits::testing::geography(), world_.house->access,
                world_.house.notify(), world_.house.texts(), world_.vault, world_.random, law(),
                Settings{"https://luytre.example"}}};
  store::Followers followers_{*world_.db};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9201);
  const Caller neighbour_ = identity::testing::officer(Role::kStationOfficer, kNamHaiLang, 9202);
  const Caller centre_ = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9401);
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9301);
};

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

INSTANTIATE_TEST_SUITE_P(Engines, QuarantineTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine
