// The demonstration's story (data/demo/story.json): how two cases of one commune have come so far as to have contacts,
// an outbreak, samples at a laboratory, a quarantine site, and orders. Told through the services, in the names of the
// officers who would have done it; what follows by itself does so once the house runs.

#pragma once

#include <functional>
#include <map>

#include "apps/luytre/demo_parts.h"
#include "apps/luytre/house.h"

namespace luytre::app {

struct StoryContact {
  std::string person;
  std::int64_t days_ago = 0;
  std::string where, relation;
  std::optional<tracing::Class> class_;  // absent: nobody has asked yet
};
BOOST_DESCRIBE_STRUCT(StoryContact, (), (person, days_ago, where, relation, class_))

struct StoryCase {
  std::string person, disease, reporter, confirmer;
  std::int64_t onset_days_ago = 0;
  std::int64_t sample_hours_ago = 0, result_hours_ago = 0;  // isolated when the result came
  std::optional<std::string> source;                        // the person of a case before
  std::vector<StoryContact> contacts;
};
BOOST_DESCRIBE_STRUCT(StoryCase, (),
                      (person, disease, reporter, confirmer, onset_days_ago, sample_hours_ago, result_hours_ago, source,
                       contacts))

// Of all cases of the story.
struct StoryOutbreak {
  std::string name, disease, unit, setting, opener;
  std::int64_t opened_days_ago = 0;
};
BOOST_DESCRIBE_STRUCT(StoryOutbreak, (), (name, disease, unit, setting, opener, opened_days_ago))

struct StoryResult {
  laboratory::Outcome outcome = laboratory::Outcome::kNegative;
  std::optional<double> ct;
  std::int64_t hours_ago = 0;
};
BOOST_DESCRIBE_STRUCT(StoryResult, (), (outcome, ct, hours_ago))

struct StoryTube {
  std::string code, person;
  std::int64_t hours_ago = 0;
  bool received = false;
  std::optional<StoryResult> result;
};
BOOST_DESCRIBE_STRUCT(StoryTube, (), (code, person, hours_ago, received, result))

struct StoryLaboratory {
  std::string name, unit, founder, keeper;  // the keeper receives and tests
  std::string disease, sampled_in, site, sampler;
  std::vector<StoryTube> sent, kept;
};
BOOST_DESCRIBE_STRUCT(StoryLaboratory, (),
                      (name, unit, founder, keeper, disease, sampled_in, site, sampler, sent, kept))

struct StorySite {
  std::string name, address, unit, by, keeper;
  quarantine::Owner owner = quarantine::Owner::kHealth;
  std::vector<quarantine::NewRoom> rooms;
};
BOOST_DESCRIBE_STRUCT(StorySite, (), (name, address, unit, by, keeper, owner, rooms))

struct StorySignature {
  std::string by, authority;
  std::int64_t bed = 0;  // of the site's first room
};
BOOST_DESCRIBE_STRUCT(StorySignature, (), (by, authority, bed))

// Isolation of the person's case; at the site once it is signed, else asked for at home.
struct StoryOrder {
  std::string person, by, reason, source;
  std::int64_t days = 0;
  std::optional<StorySignature> signature;
};
BOOST_DESCRIBE_STRUCT(StoryOrder, (), (person, by, reason, source, days, signature))

struct StorySearch {
  std::string person, by, unit, ask, reason;
};
BOOST_DESCRIBE_STRUCT(StorySearch, (), (person, by, unit, ask, reason))

struct Story {
  std::string about;
  std::vector<std::string> look;  // what is there to look at, for the newcomer
  std::vector<DemoOfficer> officers;
  std::vector<StoryCase> cases;
  StoryOutbreak outbreak;
  StoryLaboratory laboratory;
  StorySite site;
  std::vector<StoryOrder> orders;
  std::vector<StorySearch> searches;
};
BOOST_DESCRIBE_STRUCT(Story, (), (about, look, officers, cases, outbreak, laboratory, site, orders, searches))

// The officers have accounts already. Throws with a text that says what could not be made.
void tell(House& house, const Story& story, const std::map<std::string, PersonId>& people,
          const std::function<UnitId(const std::string& code)>& unit);

}  // namespace luytre::app
