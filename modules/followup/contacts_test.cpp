// How the lists of contacts are told of follow-ups, and that those lists, wired as in the server, filter by it.

#include "modules/followup/contacts.h"

#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tracing::CandidateId;
using tracing::Followed;

class ContactsTest : public FollowUpTest {
 protected:
  CandidateId candidate(CaseId id, PersonId person) {
    const auto page = run(tracing_.candidates(province_, id, {}, std::nullopt, 200));
    for (const auto& one : page->items)
      if (one.person.id == person) return one.id;
    throw std::runtime_error("not a candidate");
  }
  std::optional<tracing::ContactFollowUp> followed(CandidateId id) {
    return world_.db->read_now([&](store::Session& s) { return follow_ups_of(s, std::vector{id}).at(0); });
  }
  std::optional<std::vector<CandidateId>> so(Followed state, std::size_t most = 10) {
    return world_.db->read_now([&](store::Session& s) { return followed_so(s, state, most); });
  }
  std::vector<PersonId> listed(Followed state) {
    tracing::ContactFilter filter;
    filter.follow_up = state;
    const auto page = run(lists_.list(province_, filter, std::nullopt, 50));
    if (!page) throw std::runtime_error(page.error().code);
    std::vector<PersonId> out;
    for (const auto& one : page->items) out.push_back(one.person.id);
    return out;
  }

  tracing::ContactLists lists_{{*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                world_.clock, follow_ups_of, followed_so}};
};

TEST_P(ContactsTest, AContactIsFollowedAsItsNewestFollowUpStands) {
  const PersonId sick = person("Trần Văn Ca"), met = person("Lê Thị Tiếp"), other = person("Phạm Văn Khác");
  meet(sick, met, 0);
  meet(sick, other, 120);
  case_ = confirmed(sick);
  const CandidateId contact = candidate(case_, met);
  EXPECT_FALSE(followed(contact)) << "nobody has asked";
  EXPECT_THAT(listed(Followed::kNone), SizeIs(2));

  assign(case_, met);
  ASSERT_TRUE(followed(contact));
  EXPECT_EQ(followed(contact)->id, of(met).id);
  EXPECT_EQ(followed(contact)->state, Followed::kOpen);
  EXPECT_EQ(followed(contact)->last_day, day("2026-03-11"));
  EXPECT_THAT(*so(Followed::kOpen), ElementsAre(contact));
  EXPECT_FALSE(so(Followed::kOpen, 0)) << "there are more than none";
  EXPECT_THAT(listed(Followed::kOpen), ElementsAre(met));
  EXPECT_THAT(listed(Followed::kNone), ElementsAre(other));

  assign(case_, met, tracing::Class::kNone);
  EXPECT_EQ(followed(contact)->state, Followed::kReleased);
  EXPECT_THAT(*so(Followed::kOpen), IsEmpty());
  EXPECT_THAT(*so(Followed::kReleased), ElementsAre(contact));
  EXPECT_THAT(listed(Followed::kReleased), ElementsAre(met));
}

TEST_P(ContactsTest, OneThatAnotherRecordStandsForIsAsThatOne) {
  people::Duplicates duplicates{*world_.db,           world_.people,          visits::testing::geography(),
                                world_.house->access, world_.house->accounts, world_.vault};
  const PersonId one = person("Nguyễn Thị An"), other = person("Nguyễn Thị An");
  const PersonId first = person("Trần Văn Ca"), second = person("Phạm Văn Dần");
  meet(first, one, 0);
  const CaseId a = confirmed(first);
  meet(second, other, 120);
  const CaseId b = confirmed(second);
  assign(a, one);
  assign(b, other);
  ASSERT_THAT(*so(Followed::kOpen), SizeIs(2));
  const people::NewPersonMerge asked{other, one, std::string("một người")};
  ASSERT_TRUE(run(duplicates.merge(province_, asked)));
  followers_.drain();
  look_again();
  const auto kept = of(one, a).id;
  const CandidateId contact = candidate(a, one);
  EXPECT_EQ(followed(contact)->id, kept);
  const auto open = so(Followed::kOpen);
  ASSERT_TRUE(open);
  for (const CandidateId id : *open) EXPECT_EQ(followed(id)->id, kept);
  EXPECT_THAT(*open, SizeIs(2)) << "of both cases";
}

INSTANTIATE_TEST_SUITE_P(Engines, ContactsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup
