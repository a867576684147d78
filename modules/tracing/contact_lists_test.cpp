// Lists of contacts over cases: whatever is asked for, the pages put together are the whole list, filtered and sorted;
// they are read from an index; and a file says what the list says, marked and logged.

#include "modules/tracing/contact_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "modules/tracing/contact_lists_read.h"
#include "modules/tracing/declared.h"
#include "modules/tracing/storage.h"
#include "modules/tracing/tracing_fixture.h"
#include "platform/store/plan_testing.h"

namespace luytre::tracing {
namespace {

using cases::SortOrder;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

constexpr ContactSort kSorts[] = {ContactSort::kExposure, ContactSort::kRisk, ContactSort::kDecision};
constexpr SortOrder kOrders[] = {SortOrder::kAscending, SortOrder::kDescending};

class ContactListsTest : public TracingTest {
 protected:
  // Of three cases of two diseases, in two communes, their province and another; many of one instant and one risk.
  void fill(std::size_t many) {
    const cases::Case ill[] = {reported(someone("Lê Văn Một").id), reported(someone("Lê Văn Hai").id, "measles"),
                               reported(someone("Lê Văn Ba").id, "measles")};
    std::mt19937 dice(4711);
    const auto one_of = [&](std::size_t n) { return dice() % n; };
    const UnitId units[] = {kHaiLang, kNamHaiLang, kQuangTri, kDaNang};
    std::vector<CandidateRow> rows;
    for (std::size_t i = 0; i < many; ++i) {
      const cases::Case& of = ill[one_of(3)];
      CandidateRow row;
      row.id = world_.db->ids().make<CandidateId>();
      row.case_id = of.id;
      row.person = world_.db->ids().make<PersonId>();
      row.unit = units[one_of(4)];
      row.level = 1 + static_cast<std::int64_t>(one_of(3));
      row.exposed_since = now() - hours(10 * one_of(10));
      row.risk = 100 * static_cast<std::int64_t>(one_of(8));
      row.evidence_count = 1;
      row.status = static_cast<CandidateStatus>(one_of(4));
      if (row.status == CandidateStatus::kAssigned) row.assigned_class = one_of(3) ? Class::kF1 : Class::kF2;
      if (row.status == CandidateStatus::kDismissed) row.assigned_class = Class::kNone;
      if (row.assigned_class) row.assigned_at = now() - hours(one_of(6));
      if (row.assigned_class == Class::kF1 && one_of(4))
        followed_[row.id] = {{}, static_cast<Followed>(1 + one_of(3)), local_date(now())};
      diseases_[row.id] = of.disease;
      rows.push_back(std::move(row));
    }
    world_.db->transact_now([&](store::Session& s) { insert_candidates(s, rows); });
    rows_ = std::move(rows);
  }

  bool fits(const CandidateRow& row, const ContactFilter& f) const {
    const auto known = followed_.find(row.id);
    const Followed state = known == followed_.end() ? Followed::kNone : known->second.state;
    return (!f.status || row.status == *f.status) && (!f.class_ || row.assigned_class == f.class_) &&
           (!f.level || row.level == *f.level) && (!f.disease || diseases_.at(row.id) == *f.disease) &&
           (!f.follow_up || state == *f.follow_up) && (!f.case_ || row.case_id == *f.case_);
  }

  std::vector<CandidateId> expected(const ContactsAsked& asked) const {
    const auto key = [&](const CandidateRow& row) {
      const ContactSort sort = asked.filter.sort.value_or(ContactSort::kExposure);
      if (sort == ContactSort::kExposure) return row.exposed_since.seconds;
      if (sort == ContactSort::kRisk) return row.risk;
      return row.assigned_at.value_or(Instant{INT64_MIN}).seconds;
    };
    const std::set<UnitId> units(asked.units.begin(), asked.units.end());
    std::vector<std::pair<std::int64_t, CandidateId>> all;
    for (const CandidateRow& row : rows_)
      if ((asked.everywhere || units.contains(row.unit)) && fits(row, asked.filter)) all.emplace_back(key(row), row.id);
    std::sort(all.begin(), all.end());
    if (asked.filter.order != SortOrder::kAscending) std::reverse(all.begin(), all.end());
    std::vector<CandidateId> out;
    for (const auto& [of, id] : all) out.push_back(id);
    return out;
  }

  std::vector<CandidateId> glued(ContactsAsked asked, std::size_t page) {
    asked.most = page + 1;
    return world_.db->read_now([&](store::Session& s) {
      std::vector<CandidateId> out;
      ContactsAsked next = asked;
      for (std::size_t pages = 0; pages <= rows_.size(); ++pages) {
        auto found = select_contacts(s, next, follow_ups_of(), followed_so());
        const auto& rows = found.rows;
        for (std::size_t i = 0; i < std::min(rows.size(), page); ++i) out.push_back(rows[i].id);
        if (rows.size() > page) found.on = spot_of(rows[page - 1], sort_of(asked.filter));
        if (!found.on) return out;
        const auto after = parse_spot(to_cursor(*found.on, asked.filter), asked.filter);
        EXPECT_TRUE(after) << code(after);
        if (!after) return out;
        next.after = *after;
      }
      ADD_FAILURE() << "the list has no end";
      return out;
    });
  }

  std::vector<ContactFilter> filters() const {
    std::vector<ContactFilter> out(1);
    const auto add = [&](auto change) { change(out.emplace_back()); };
    add([](ContactFilter& f) { f.status = CandidateStatus::kOpen; });
    add([](ContactFilter& f) { f.status = CandidateStatus::kWithdrawn; });
    add([](ContactFilter& f) { f.class_ = Class::kF2; });
    add([](ContactFilter& f) { f.class_ = Class::kNone; });
    add([](ContactFilter& f) { f.level = 3; });
    add([](ContactFilter& f) { f.level = 4; });
    add([](ContactFilter& f) { f.disease = "measles"; });
    add([](ContactFilter& f) { f.disease = "cholera"; });
    add([&](ContactFilter& f) { f.case_ = rows_.front().case_id; });
    add([&](ContactFilter& f) {
      f.case_ = rows_.front().case_id;
      f.status = CandidateStatus::kOpen;
    });
    add([](ContactFilter& f) { f.case_ = CaseId{7}; });
    add([](ContactFilter& f) { f.follow_up = Followed::kOpen; });
    add([](ContactFilter& f) { f.follow_up = Followed::kNone; });
    add([](ContactFilter& f) { f.follow_up = Followed::kBecameCase; });
    add([](ContactFilter& f) {
      f.status = CandidateStatus::kAssigned;
      f.class_ = Class::kF1;
      f.disease = "measles";
      f.follow_up = Followed::kOpen;
    });
    return out;
  }

  ContactLists::FollowUpsOf follow_ups_of() {
    return [this](store::Session&, std::span<const CandidateId> ids) {
      std::vector<std::optional<ContactFollowUp>> out;
      for (const CandidateId id : ids) {
        const auto known = followed_.find(id);
        out.push_back(known == followed_.end() ? std::nullopt : std::optional(known->second));
      }
      return out;
    };
  }
  ContactLists::FollowedSo followed_so() {
    return [this](store::Session&, Followed state, std::size_t most) -> std::optional<std::vector<CandidateId>> {
      std::vector<CandidateId> out;
      for (const auto& [id, one] : followed_)
        if (one.state == state) out.push_back(id);
      if (out.size() > most) return std::nullopt;
      return out;
    };
  }

  Result<http::Page<ListedContact>> list(const Caller& who, const ContactFilter& filter = {},
                                         std::optional<std::string> cursor = {}, std::size_t limit = 100) {
    return run(lists_.list(who, filter, std::move(cursor), limit));
  }

  std::vector<CandidateRow> rows_;
  std::map<CandidateId, ContactFollowUp> followed_;
  std::map<CandidateId, std::string> diseases_;
  ContactLists lists_{{*world_.db, world_.people, visits::testing::geography(), world_.house->access, world_.clock,
                       follow_ups_of(), followed_so(), &world_.registry, &world_.vault}};
  const Caller centre_ = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9401);
};

TEST_P(ContactListsTest, PagesPutTogetherAreTheWholeListFilteredAndSorted) {
  fill(150);
  const auto here = visits::testing::geography().covered(kQuangTri);
  std::set<std::size_t> sizes;
  const auto all = filters();
  for (const ContactFilter& filter : all) {
    for (const ContactSort sort : kSorts) {
      for (const SortOrder order : kOrders) {
        for (const bool everywhere : {true, false}) {
          ContactsAsked asked;
          asked.filter = filter;
          asked.filter.sort = sort;
          asked.filter.order = order;
          asked.everywhere = everywhere;
          if (!everywhere) asked.units = here;
          const auto whole = expected(asked);
          sizes.insert(whole.size());
          const std::string what = json::enum_text(sort) + ' ' + json::enum_text(order) + ' ' +
                                   std::to_string(&filter - all.data()) + (everywhere ? " everywhere" : "");
          for (const bool few : {false, true}) {
            asked.few = few ? kFewContacts : 0;
            asked.few_followed = few ? kFewFollowed : 0;
            EXPECT_EQ(glued(asked, 20), whole) << what << (few ? ", few" : "");
          }
        }
      }
    }
  }
  EXPECT_GT(sizes.size(), 8U) << "the filters tell something apart";
  EXPECT_TRUE(sizes.contains(rows_.size()));
}

TEST_P(ContactListsTest, OnePageOfAnySizeBeginsTheList) {
  fill(120);
  ContactsAsked asked;
  asked.units = visits::testing::geography().covered(kQuangTri);
  for (const ContactSort sort : kSorts) {
    asked.filter.sort = sort;
    const auto whole = expected(asked);
    for (const std::size_t page : {1U, 2U, 7U, 8U, 9U, 200U}) EXPECT_EQ(glued(asked, page), whole) << page;
  }
}

TEST_P(ContactListsTest, APageEndsWhereEnoughWereLookedAtAndGoesOn) {
  fill(150);
  ContactsAsked asked;
  asked.everywhere = true;
  asked.few = 0;
  asked.few_followed = 0;
  for (const Followed state : {Followed::kNone, Followed::kOpen, Followed::kDone}) {
    asked.filter.follow_up = state;
    for (const std::size_t looked_at : {1U, 7U, 20U, 149U, 150U, 151U}) {
      asked.looked_at = looked_at;
      for (const std::size_t page : {1U, 20U})
        EXPECT_EQ(glued(asked, page), expected(asked)) << looked_at << ' ' << page;
    }
  }
  asked.filter.follow_up = Followed::kNone;
  asked.looked_at = 7;
  asked.most = 100;
  const auto found =
      world_.db->read_now([&](store::Session& s) { return select_contacts(s, asked, follow_ups_of(), followed_so()); });
  EXPECT_THAT(found.rows.size(), ::testing::Le(7U));
  EXPECT_TRUE(found.on);
}

// What a trace found and an officer decided, as the list tells it.
TEST_P(ContactListsTest, ALineSaysWhoOfWhichCaseAndWhatWasDecided) {
  const Someone ill = someone("Trần Văn Ca"), near = someone("Lê Thị Gần");
  const PlaceId market = place("Chợ Diên Sanh");
  stay(ill.id, market, 0, 60);
  stay(near.id, market, 0, 60);
  const cases::Case of = confirmed(ill.id);
  auto page = list(station_);
  ASSERT_TRUE(page) << code(page);
  ASSERT_THAT(page->items, SizeIs(1));
  EXPECT_EQ(page->items[0].person.id, near.id);
  EXPECT_EQ(page->items[0].person.name, "Lê Thị Gần");
  EXPECT_EQ(page->items[0].case_, of.id);
  EXPECT_EQ(page->items[0].case_number, of.number);
  EXPECT_EQ(page->items[0].disease, "covid-19");
  EXPECT_EQ(page->items[0].status, CandidateStatus::kOpen);
  EXPECT_FALSE(page->items[0].class_);
  EXPECT_FALSE(page->items[0].follow_up);

  const Candidate who = candidate(of.id, near.id);
  ASSERT_TRUE(assign(station_, who, Class::kF1));
  followed_[who.id] = {{}, Followed::kOpen, local_date(now())};
  page = list(province_);
  ASSERT_THAT(page->items, SizeIs(1));
  EXPECT_EQ(page->items[0].class_, Class::kF1);
  EXPECT_EQ(page->items[0].assigned_at, now());
  ASSERT_TRUE(page->items[0].follow_up);
  EXPECT_EQ(page->items[0].follow_up->state, Followed::kOpen);
  ContactFilter undecided;
  undecided.status = CandidateStatus::kOpen;
  EXPECT_THAT(list(province_, undecided)->items, IsEmpty());
}

TEST_P(ContactListsTest, OthersSeeNothingOfIt) {
  fill(60);
  std::set<UnitId> seen;
  for (const CandidateRow& row : rows_) seen.insert(row.unit);
  ASSERT_THAT(seen, SizeIs(4));
  const auto count = [&](const Caller& who, ContactFilter filter = {}) { return list(who, filter)->items.size(); };
  const auto of = [&](std::vector<UnitId> areas) {
    ContactsAsked asked;
    for (const UnitId area : areas)
      for (const UnitId unit : visits::testing::geography().covered(area)) asked.units.push_back(unit);
    return expected(asked).size();
  };
  EXPECT_EQ(count(province_), of({kQuangTri}));
  EXPECT_EQ(count(station_), of({kHaiLang}));
  EXPECT_LT(count(station_), count(province_));
  EXPECT_EQ(count(far_), of({kDaNang}));
  ContactFilter there;
  there.unit = kHaiLang;
  EXPECT_EQ(count(province_, there), of({kHaiLang}));
  EXPECT_EQ(code(list(far_, there)), "not_permitted");
  EXPECT_EQ(code(list(identity::testing::officer(Role::kTracer, kQuangTri, 9501))), "not_permitted");
}

TEST_P(ContactListsTest, ACursorGoesOnWithItsOwnSortAlone) {
  fill(40);
  ContactFilter by_risk;
  by_risk.sort = ContactSort::kRisk;
  const auto first = list(province_, by_risk, {}, 1);
  ASSERT_TRUE(first && first->next);
  EXPECT_TRUE(list(province_, by_risk, first->next, 1));
  EXPECT_THAT(fields(list(province_, {}, first->next, 1)), ElementsAre("?cursor other_sort"));
  by_risk.order = SortOrder::kAscending;
  EXPECT_THAT(fields(list(province_, by_risk, first->next, 1)), ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"x", "exposure-descending.", "exposure-descending.1", "exposure-descending.x.1"})
    EXPECT_THAT(fields(list(province_, {}, wrong, 1)), ElementsAre("?cursor format")) << wrong;
}

TEST_P(ContactListsTest, AFileSaysWhatTheListSaysMarkedAndLogged) {
  const Someone ill = someone("Trần Văn Ca"), near = someone("Lê Thị Gần"), other = someone("Phạm Văn Khác");
  const PlaceId market = place("Chợ Diên Sanh");
  for (const Someone& one : {ill, near, other}) stay(one.id, market, 0, 60);
  const cases::Case of = confirmed(ill.id);
  ASSERT_TRUE(assign(station_, candidate(of.id, near.id), Class::kF1));
  ContactsOut asked;
  asked.reason = std::string("Gửi Viện Pasteur");
  asked.class_ = Class::kF1;
  const auto file = run(lists_.take_out(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->type, HasSubstr("text/csv"));
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr(centre_.name));
  EXPECT_THAT(file->body, HasSubstr("Lê Thị Gần"));
  EXPECT_THAT(file->body, HasSubstr(of.number));
  EXPECT_THAT(file->body, Not(HasSubstr("Phạm Văn Khác")));
  EXPECT_THAT(log_about(near.id), ::testing::Contains("tracing.take_out Gửi Viện Pasteur"));
  EXPECT_THAT(log_about(other.id), Not(::testing::Contains(HasSubstr("tracing.take_out"))));
  EXPECT_THAT(log_about(other.id), Not(::testing::Contains("tracing.candidates list of contacts")));
  ASSERT_TRUE(list(province_, {}, {}, 50));
  EXPECT_THAT(log_about(other.id), ::testing::Contains("tracing.candidates list of contacts"));

  followed_[candidate(of.id, near.id).id] = {{}, Followed::kOpen, local_date(now())};
  const auto named = [&](auto change) {
    ContactsOut one;
    one.reason = std::string("Thử");
    change(one);
    const auto out = run(lists_.take_out(centre_, kHaiLang, one));
    std::string names = out ? "" : code(out);
    for (const char* name : {"Lê Thị Gần", "Phạm Văn Khác"})
      if (out && out->body.find(name) != std::string::npos) names += std::string(name) + ", ";
    return names;
  };
  EXPECT_EQ(named([](ContactsOut& one) { one.level = 1; }), "Lê Thị Gần, Phạm Văn Khác, ");
  EXPECT_EQ(named([](ContactsOut& one) { one.level = 2; }), "");
  EXPECT_EQ(named([](ContactsOut& one) { one.status = CandidateStatus::kOpen; }), "Phạm Văn Khác, ");
  EXPECT_EQ(named([](ContactsOut& one) { one.follow_up = Followed::kOpen; }), "Lê Thị Gần, ");
  EXPECT_EQ(named([](ContactsOut& one) { one.follow_up = Followed::kNone; }), "Phạm Văn Khác, ");
  EXPECT_EQ(named([](ContactsOut& one) { one.disease = std::string("measles"); }), "");
  EXPECT_EQ(named([&](ContactsOut& one) { one.case_ = of.id; }), "Lê Thị Gần, Phạm Văn Khác, ");
  const CaseId another = reported(someone("Võ Thị Ca").id).id;
  EXPECT_EQ(named([&](ContactsOut& one) { one.case_ = another; }), "");

  EXPECT_EQ(code(run(lists_.take_out(station_, kHaiLang, asked))), "not_permitted");
  EXPECT_EQ(code(run(lists_.take_out(far_, kHaiLang, asked))), "not_permitted");
  asked.reason = std::string();
  EXPECT_EQ(code(run(lists_.take_out(centre_, kHaiLang, asked))), "reason_required");
}

TEST_P(ContactListsTest, AFileSaysWhenAndWhereSomebodyMetTheCaseItself) {
  const cases::Case of = reported(someone("Trần Văn Ca").id);
  const PlaceId market = place("Chợ Diên Sanh"), hall = place("Chợ Mỹ Chánh");
  std::vector<CandidateRow> rows;
  std::vector<EvidenceRow> evidence;
  const auto candidate = [&](const std::string& name, std::int64_t level = 1) -> CandidateRow& {
    CandidateRow& row = rows.emplace_back();
    row.id = world_.db->ids().make<CandidateId>();
    row.case_id = of.id;
    row.person = someone(name).id;
    row.unit = kHaiLang;
    row.level = level;
    row.evidence_count = 1;
    return row;
  };
  const auto met = [&](CandidateRow& row, PlaceId where, Instant from, Instant to, std::int64_t with_level = 0) {
    EvidenceRow& one = evidence.emplace_back();
    one.id = world_.db->ids().next();
    one.candidate = row.id;
    one.with_person = of.person.id;
    one.with_level = with_level;
    one.place = where;
    one.started = from;
    one.ended = to;
    row.exposed_since = row.exposed_since.seconds == 0 ? from : std::min(row.exposed_since, from);
  };
  CandidateRow& twice = candidate("Lê Thị Hai Lần");
  met(twice, market, minute(0), minute(60));
  met(twice, hall, minute(20), minute(50));
  met(twice, market, minute(300), minute(330));
  met(twice, hall, minute(400), minute(460), 1);
  met(candidate("Phạm Văn Xa", 2), market, minute(0), minute(60), 1);
  CandidateRow& gone = candidate("Hồ Thị Rút");
  gone.status = CandidateStatus::kWithdrawn;
  met(gone, market, minute(0), minute(60));
  met(candidate("Đỗ Thị Nhà"), PlaceId{}, minute(0) - hours(40 * 24), minute(0));
  world_.db->transact_now([&](store::Session& s) {
    insert_candidates(s, rows);
    insert_evidence(s, evidence);
  });

  ContactsOut asked;
  asked.reason = std::string("Bàn giao");
  const auto file = run(lists_.take_out(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr(",contactDay,contactFrom,contactTo,contactPlace,relation,level,"));
  const auto told = [&](const std::string& name, const std::string& as) {
    const auto at = file->body.find(name);
    ASSERT_NE(at, std::string::npos) << name;
    EXPECT_THAT(file->body.substr(at, file->body.find("\r\n", at) - at), HasSubstr(as));
  };
  const auto bounds = [](Instant from, Instant to) { return ",," + to_text(from) + ',' + to_text(to) + ','; };
  told("Lê Thị Hai Lần", bounds(minute(0), minute(330)) + "Chợ Diên Sanh; Chợ Mỹ Chánh,,1,");
  told("Phạm Văn Xa", ",,,,,,2,");
  told("Hồ Thị Rút", ",,,,,,1,");
  told("Đỗ Thị Nhà", bounds(minute(0) - kLongestDeclared, minute(0)) + ",,1,");
}

TEST_P(ContactListsTest, WhatWasToldIsInTheFileOfWhoeverMayReadTheCase) {
  const cases::Case of = reported(someone("Trần Văn Ca", kNamHaiLang).id);
  const Someone near = someone("Lê Thị Gần");
  NewContact contact;
  contact.person = near.id;
  contact.from = minute(0);
  contact.to = minute(30);
  contact.where = std::string("Bến xe");
  contact.relation = std::string("bạn học");
  ASSERT_TRUE(run(tracing_.declare(province_, of.id, contact, std::nullopt)));
  followers_.drain();
  const auto file = [&](const Caller& who) {
    ContactsOut asked;
    asked.reason = std::string("Bàn giao");
    const auto out = run(lists_.take_out(who, kHaiLang, asked));
    EXPECT_TRUE(out) << code(out);
    return out ? out->body : "";
  };
  EXPECT_THAT(file(province_), HasSubstr(",Bến xe,bạn học,"));
  const std::string of_the_contact = file(centre_);
  EXPECT_THAT(of_the_contact, HasSubstr(to_text(minute(0)) + ',' + to_text(minute(30)) + ",,,"));
  EXPECT_THAT(of_the_contact, Not(HasSubstr("Bến xe")));
  EXPECT_THAT(of_the_contact, Not(HasSubstr("bạn học")));
}

TEST_P(ContactListsTest, WhoNamedAContactIsInTheFileOfWhoeverMayReadTheCase) {
  cases::Confirmation two_levels = positive();
  two_levels.rule_set = std::string("vn-covid-19-2020-08");
  const cases::Case of = confirmed(someone("Trần Văn Ca", kNamHaiLang).id, two_levels);
  const Someone near = someone("Lê Thị Gần"), told = someone("Võ Thị Kể");
  NewContact contact;
  contact.person = near.id;
  contact.from = minute(0);
  contact.to = minute(30);
  const auto met = run(tracing_.declare(province_, of.id, contact, std::nullopt));
  ASSERT_TRUE(met) << code(met);
  contact.person = told.id;
  ASSERT_TRUE(run(tracing_.name(province_, met->candidate.value(), contact, std::nullopt)));
  followers_.drain();
  const auto line = [&](const Caller& who, const std::string& name) {
    ContactsOut asked;
    asked.reason = std::string("Bàn giao");
    const auto out = run(lists_.take_out(who, kHaiLang, asked));
    EXPECT_TRUE(out) << code(out);
    const auto at = out ? out->body.find(name) : std::string::npos;
    return at == std::string::npos ? "" : out->body.substr(at, out->body.find("\r\n", at) - at);
  };
  EXPECT_THAT(line(province_, "Võ Thị Kể"), ::testing::EndsWith("," + to_text(near.id)));
  EXPECT_THAT(line(province_, "Lê Thị Gần"), ::testing::EndsWith(","));
  EXPECT_THAT(line(centre_, "Võ Thị Kể"), ::testing::EndsWith(","));
}

TEST_P(ContactListsTest, AFileIsBounded) {
  fill(10);
  std::vector<CandidateRow> many;
  for (std::size_t i = 0; i <= kContactsOutMost; ++i) {
    CandidateRow& row = many.emplace_back(rows_.front());
    row.id = world_.db->ids().make<CandidateId>();
    row.person = world_.db->ids().make<PersonId>();
    row.unit = kHaiLang;
  }
  world_.db->transact_now([&](store::Session& s) { insert_candidates(s, many); });
  ContactsOut asked;
  asked.reason = std::string("Thử");
  EXPECT_EQ(code(run(lists_.take_out(centre_, kHaiLang, asked))), "list_too_long");
}

TEST_P(ContactListsTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const ContactSort sort : kSorts) {
    for (const SortOrder order : kOrders) {
      for (const bool everywhere : {true, false}) {
        const store::Query& query = contact_query(sort, order, everywhere);
        const auto plan = store::testing::plan_of(*world_.db, query, everywhere ? 8 : 9);
        EXPECT_THAT(plan, HasSubstr(everywhere ? "tracing_candidate_all_" : "tracing_candidate_unit_")) << query.name;
        EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << query.name << ": " << plan;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, ContactListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
