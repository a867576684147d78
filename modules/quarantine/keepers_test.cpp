#include "modules/quarantine/needs.h"
#include "modules/quarantine/sites_fixture.h"

namespace luytre::quarantine {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Two contacts, a site of the regiment, and accounts of it.
class KeepersTest : public SitesTest {
 protected:
  KeepersTest() : orders_(two()), site_(with_room()) {}

  static NeedFilter at_site(SiteId site) {
    NeedFilter out;
    out.site = site;
    return out;
  }
  // An account, as callers are made of it.
  Caller account(const std::string& username, UnitId area, Role role = Role::kSiteKeeper) {
    identity::NewOfficer made;
    made.username = username;
    made.name = "Trung đoàn " + username;
    made.grants = {{role, area}};
    const auto done = world_.house->officers.create_now(std::move(made));
    if (!done) throw std::runtime_error(done.error().code);
    Caller out;
    out.account = done->officer.id;
    out.name = done->officer.name;
    out.grants = {{role, area}};
    return out;
  }
  Caller keeper() {
    Caller out = account("842", kHaiLang);
    const auto done = run(sites_.name_keeper(station_, site_.id, out.account));
    if (!done) throw std::runtime_error(done.error().code);
    return out;
  }
  // What the QR code of its paper says.
  Text<300> paper_of(const Order& order) {
    const std::int64_t serial = world_.db->read_now([&](store::Session& s) {
      static constexpr store::Query kSerial{"test.serial", "SELECT serial FROM quarantine_order WHERE id = $1"};
      return s.value<std::int64_t>(kSerial, order.id);
    });
    const linkage::OrderToken token{static_cast<std::uint64_t>(serial), 1};
    return linkage::order_url(world_.people.codes().keys(), "https://luytre.example", token);
  }
  Lodging in_bed(const Order& order, std::int64_t bed, bool with_paper) {
    Lodging out{order.id, site_.rooms.front().id, bed};
    if (with_paper) out.code = paper_of(order);
    return out;
  }

  std::pair<Order, Order> orders_;
  Site site_;
};

TEST_P(KeepersTest, IsNamedByOfficersOfTheSitesUnitAndEndedAtOnce) {
  const Caller who = account("842", kHaiLang), far = account("841", kNamHaiLang),
               nurse = account("tram", kHaiLang, Role::kStationOfficer);
  EXPECT_EQ(code(run(sites_.find(who, site_.id))), "not_found");
  EXPECT_THAT(run(sites_.list(who, std::nullopt, 50))->items, IsEmpty());
  const auto open = run(sites_.keepers(station_, site_.id));
  ASSERT_TRUE(open) << code(open);
  EXPECT_THAT(open->keepers, IsEmpty());
  ASSERT_THAT(open->others, SizeIs(1)) << "of the role, for the unit";
  EXPECT_EQ(open->others[0].id, who.account);
  EXPECT_EQ(code(run(sites_.name_keeper(station_, site_.id, far.account))), "invalid");
  EXPECT_EQ(code(run(sites_.name_keeper(station_, site_.id, nurse.account))), "invalid");
  EXPECT_EQ(code(run(sites_.name_keeper(neighbour_, site_.id, who.account))), "not_found");
  EXPECT_EQ(code(run(sites_.name_keeper(who, site_.id, who.account))), "not_found");
  ASSERT_TRUE(run(sites_.name_keeper(station_, site_.id, who.account)));
  const auto named = run(sites_.name_keeper(station_, site_.id, who.account));
  ASSERT_TRUE(named) << "sent twice";
  ASSERT_THAT(named->keepers, SizeIs(1));
  EXPECT_EQ(named->keepers[0].name, who.name);
  EXPECT_EQ(named->keepers[0].named_by, station_.name);
  EXPECT_TRUE(named->keepers[0].may);
  EXPECT_THAT(named->others, IsEmpty());
  EXPECT_TRUE(run(sites_.find(who, site_.id)));
  EXPECT_THAT(run(sites_.list(who, std::nullopt, 50))->items, SizeIs(1));
  EXPECT_EQ(code(run(sites_.find(far, site_.id))), "not_found");
  EXPECT_EQ(code(run(sites_.keepers(who, site_.id))), "not_found") << "who else keeps it is the officers' affair";
  Caller moved = who;
  moved.grants = {{Role::kSiteKeeper, kNamHaiLang}};
  EXPECT_EQ(code(run(sites_.find(moved, site_.id))), "not_found") << "the site's unit is theirs no longer";
  const auto ended = run(sites_.end_keeper(province_, site_.id, who.account));
  ASSERT_TRUE(ended) << code(ended);
  EXPECT_THAT(ended->keepers, IsEmpty());
  EXPECT_EQ(code(run(sites_.find(who, site_.id))), "not_found");
  EXPECT_THAT(run(sites_.list(who, std::nullopt, 50))->items, IsEmpty());
  ASSERT_TRUE(run(sites_.end_keeper(province_, site_.id, who.account))) << "sent twice";
  EXPECT_EQ(count("SELECT count(*) FROM identity_access WHERE action = 'quarantine.name_keeper'"), 2);
}

TEST_P(KeepersTest, SeesWhoLiesThereAndNothingOfWhy) {
  ASSERT_TRUE(lodge(site_, orders_.first, 1));
  ASSERT_TRUE(lodge(site_, orders_.second, 2));
  const Caller who = keeper();
  const auto before = log_about(binh_).size();
  world_.clock.advance(hours(1));
  confirmed(an_);
  followers_.drain();
  ASSERT_TRUE(of(site_, binh_).restart);
  const auto seen_by = run(sites_.find(who, site_.id));
  ASSERT_TRUE(seen_by) << code(seen_by);
  EXPECT_TRUE(seen_by->kept);
  ASSERT_THAT(seen_by->rooms.front().people, SizeIs(2));
  const Occupant& one = seen_by->rooms.front().people[1];
  EXPECT_EQ(one.person.name, "Lê Văn Bình");
  EXPECT_EQ(one.person.birth_year, 1980);
  EXPECT_EQ(one.last_day, orders_.second.last_day);
  EXPECT_TRUE(one.person.unit_path.empty());
  EXPECT_FALSE(one.person.phone_masked);
  EXPECT_FALSE(one.restart) << "it tells that somebody of the room is ill";
  EXPECT_FALSE(one.restart_until);
  EXPECT_FALSE(run(sites_.find(station_, site_.id))->kept);
  const auto looks = log_about(binh_);
  EXPECT_EQ(std::count(looks.begin(), looks.end(), "quarantine.keep_site"), 1);
  EXPECT_LT(before, looks.size());
  EXPECT_EQ(code(run(room_.find(who, orders_.second.id))), "not_found");
  EXPECT_EQ(code(run(room_.list(who, {View::kRunning, {}}, std::nullopt, 100))), "not_permitted");
  EXPECT_EQ(code(run(room_.propose(who, orders_.second.id, step(StepKind::kRelease), orders_.second.version))),
            "not_found");
  EXPECT_EQ(
      code(run(sites_.add(who, NewSite{PlaceKind::kSite, Owner::kMilitary, Text<200>("X"), Text<200>("Y"), kHaiLang},
                          std::nullopt))),
      "not_permitted");
}

TEST_P(KeepersTest, IsNotToldThatSomebodyFellIll) {
  ASSERT_TRUE(lodge(site_, orders_.first, 1));
  const Caller who = keeper();
  const auto shown = [&] { return run(sites_.find(who, site_.id))->rooms.front().people.at(0); };
  ASSERT_TRUE(run(room_.propose(station_, orders_.first.id, step(StepKind::kRelease), orders_.first.version)));
  ASSERT_TRUE(of(site_, an_).waiting);
  EXPECT_FALSE(shown().waiting);
  EXPECT_EQ(shown().version, 1) << "it tells that something waits for a signature";
  const Order isolated = running(isolation(reported(an_)));
  ASSERT_EQ(of(site_, an_).order_state, State::kReplaced);
  EXPECT_EQ(shown().order_state, State::kRunning) << "only who is ill is isolated";
  EXPECT_EQ(shown().last_day, isolated.last_day);
  const auto file = run(sites_.take_out(who, site_.id, {}));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr(to_text(isolated.last_day)));
  stepped(isolated, step(StepKind::kRelease));
  EXPECT_EQ(shown().order_state, State::kReleased) << "who may go";
}

TEST_P(KeepersTest, TakesInByTheCodeOfThePaperAlone) {
  const Caller who = keeper();
  const auto look = [&](const Text<300>& code) {
    const auto page = run(sites_.look_intake(who, site_.id, {{code}}));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items.at(0);
  };
  const IntakeLine by_number = look(Text<300>(orders_.first.number));
  EXPECT_EQ(by_number.refused, "order_code_forged") << "numbers can be tried";
  EXPECT_FALSE(by_number.person);
  const IntakeLine by_code = look(paper_of(orders_.first));
  EXPECT_FALSE(by_code.refused);
  ASSERT_TRUE(by_code.person);
  EXPECT_EQ(by_code.person->name, "Nguyễn Thị An");
  EXPECT_TRUE(by_code.person->unit_path.empty());
  EXPECT_TRUE(by_code.proposed);

  const auto take = [&](Lodging one) { return run(sites_.intake(who, site_.id, {{std::move(one)}}, std::nullopt)); };
  EXPECT_EQ(take(in_bed(orders_.first, 1, false))->items[0].refused, "invalid");
  Lodging wrong_paper = in_bed(orders_.first, 1, false);
  wrong_paper.code = paper_of(orders_.second);
  EXPECT_EQ(take(wrong_paper)->items[0].refused, "invalid");
  EXPECT_FALSE(take(in_bed(orders_.first, 1, true))->items[0].refused);
  EXPECT_EQ(of(site_, an_).entered_by, who.name);
  const auto changed = run(sites_.lodge(who, site_.id, in_bed(orders_.first, 3, false)));
  ASSERT_TRUE(changed) << "another bed of who lies there: " << code(changed);
  EXPECT_EQ(of(site_, an_).bed, 3);
  const auto gone = run(sites_.leave(who, of(site_, an_).stay));
  ASSERT_TRUE(gone) << code(gone);
  ASSERT_THAT(gone->gone, SizeIs(2)) << "of bed 1, and of the site";
  EXPECT_EQ(code(run(sites_.lodge(who, site_.id, in_bed(orders_.first, 3, false)))), "invalid") << "who has left";

  stepped(orders_.second, step(StepKind::kRelease));
  const auto before = log_about(binh_).size();
  const IntakeLine released = look(paper_of(orders_.second));
  EXPECT_EQ(released.refused, "order_not_running");
  EXPECT_FALSE(released.person) << "whom they cannot take in they do not see";
  EXPECT_THAT(log_about(binh_), SizeIs(before));
}

TEST_P(KeepersTest, CallsTheRollAndWritesDownWhatIsNeeded) {
  ASSERT_TRUE(lodge(site_, orders_.first, 1));
  const Caller who = keeper(), other = account("841", kHaiLang);
  const auto begun = run(sites_.begin_call(who, site_.id));
  ASSERT_TRUE(begun) << code(begun);
  const RollAnswers answers{{{of(site_, an_).stay, true, {}}}};
  EXPECT_EQ(code(run(sites_.answer(other, begun->roll_call->id, answers))), "not_found");
  ASSERT_TRUE(run(sites_.answer(who, begun->roll_call->id, answers)));
  EXPECT_EQ(run(sites_.close_call(who, begun->roll_call->id))->roll_call->closed_by, who.name);

  ToldNeed need;
  need.kind = NeedKind::kFood;
  need.via = NeedVia::kSite;
  EXPECT_EQ(code(run(room_.tell_need(other, orders_.first.id, need))), "not_found");
  EXPECT_EQ(code(run(room_.tell_need(who, orders_.second.id, need))), "not_found") << "who lies elsewhere";
  ASSERT_TRUE(run(room_.tell_need(who, orders_.first.id, need)));
  need.via = NeedVia::kPhone;
  EXPECT_EQ(code(run(room_.tell_need(who, orders_.first.id, need))), "invalid");
  const auto needs = run(room_.needs(who, at_site(site_.id), {}, 50));
  ASSERT_TRUE(needs) << code(needs);
  ASSERT_THAT(needs->items, SizeIs(1));
  EXPECT_EQ(needs->items[0].bed, 1);
  EXPECT_EQ(needs->items[0].asked_by, who.name);
  EXPECT_FALSE(needs->items[0].person.phone_masked);
  EXPECT_THAT(run(room_.needs(who, {}, {}, 50))->items, IsEmpty()) << "of their site alone";
  EXPECT_THAT(run(room_.needs(other, at_site(site_.id), {}, 50))->items, IsEmpty());
  EXPECT_THAT(run(room_.needs(station_, at_site(site_.id), {}, 50))->items, SizeIs(1));
  const AlertId first = needs->items[0].id;
  EXPECT_EQ(code(run(room_.bring_need(other, first))), "not_found");
  ASSERT_TRUE(run(room_.bring_need(who, first)));
  ASSERT_TRUE(run(room_.bring_need(who, first))) << "sent twice";
  EXPECT_THAT(run(room_.needs(station_, {}, {}, 50))->items, IsEmpty());
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_alert WHERE withdrawn IS NULL"), 0);
  EXPECT_EQ(mine(an_)[0].needs.at(0).state, NeedState::kDone);

  need.via = NeedVia::kSite;
  ASSERT_TRUE(run(room_.tell_need(who, orders_.first.id, need)));
  ASSERT_TRUE(run(sites_.leave(who, of(site_, an_).stay)));
  EXPECT_THAT(run(room_.needs(who, at_site(site_.id), {}, 50))->items, IsEmpty()) << "who has left";
  EXPECT_THAT(run(room_.needs(station_, {}, {}, 50))->items, SizeIs(1));
  world_.db->transact_now([&](store::Session& s) {  // as rows from before needs followed who left
    static constexpr store::Query kBack{"test.back", "UPDATE quarantine_need SET site = $1 WHERE settled IS NULL"};
    s.run(kBack, site_.id);
  });
  const auto looks = log_about(an_).size();
  EXPECT_THAT(run(room_.needs(who, at_site(site_.id), {}, 50))->items, IsEmpty()) << "where they are now is not shown";
  EXPECT_THAT(log_about(an_), SizeIs(looks));
}

TEST_P(KeepersTest, TheLogIsTakenOutMarkedBoundedAndLogged) {
  ASSERT_TRUE(lodge(site_, orders_.first, 1));
  const Caller who = keeper(), other = account("841", kHaiLang);
  const auto before = log_about(an_).size(), of_binh = log_about(binh_).size();
  const auto file = run(sites_.take_out(who, site_.id, {}));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Trung đoàn 842"));
  EXPECT_THAT(file->body.substr(0, file->body.find('\n')), HasSubstr(to_text(who.account)));
  EXPECT_THAT(file->body, HasSubstr("Họ tên"));
  EXPECT_THAT(file->body, HasSubstr("Nguyễn Thị An"));
  EXPECT_THAT(file->body, Not(HasSubstr("covid")));
  EXPECT_THAT(file->body, Not(HasSubstr("Lê Văn Bình")));
  EXPECT_THAT(log_about(an_), SizeIs(before + 1));
  EXPECT_THAT(log_about(binh_), SizeIs(of_binh));
  EXPECT_EQ(count("SELECT count(*) FROM identity_access WHERE filter LIKE 'log of site %' AND persons = 1"), 1);
  LogFile past;
  past.from = day("2026-02-01");
  past.to = day("2026-02-28");
  EXPECT_THAT(run(sites_.take_out(who, site_.id, past))->body, Not(HasSubstr("Nguyễn Thị An")));
  LogFile long_one;
  long_one.from = day("2025-01-01");
  EXPECT_EQ(code(run(sites_.take_out(who, site_.id, long_one))), "invalid");
  EXPECT_EQ(code(run(sites_.take_out(other, site_.id, {}))), "not_found");
  EXPECT_TRUE(run(sites_.take_out(station_, site_.id, {})));
}

INSTANTIATE_TEST_SUITE_P(Engines, KeepersTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine
