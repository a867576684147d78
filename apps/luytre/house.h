// House: every room of the server, wired together; the only place that knows them all.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "apps/luytre/settings.h"
#include "engines/presence/diseases.h"
#include "engines/presence/rulesets.h"
#include "modules/arrivals/arrivals.h"
#include "modules/attendance/attendance.h"
#include "modules/broadcasts/broadcasts.h"
#include "modules/cards/slips.h"
#include "modules/cases/cases.h"
#include "modules/cases/investigation.h"
#include "modules/checkpoints/checkpoints.h"
#include "modules/command/decisions.h"
#include "modules/community/community.h"
#include "modules/consistency/consistency.h"
#include "modules/declarations/declarations.h"
#include "modules/declarations/windows.h"
#include "modules/duties/duties.h"
#include "modules/encounters/encounters.h"
#include "modules/followup/followup.h"
#include "modules/foreign/foreign.h"
#include "modules/gates/gates.h"
#include "modules/helpers/helpers.h"
#include "modules/histories/histories.h"
#include "modules/inspections/inspections.h"
#include "modules/integration/case_bundle.h"
#include "modules/integration/feed.h"
#include "modules/interviews/interviews.h"
#include "modules/interviews/notices.h"
#include "modules/laboratory/codes.h"
#include "modules/laboratory/laboratory.h"
#include "modules/linelists/linelists.h"
#include "modules/outages/outages.h"
#include "modules/outbreaks/outbreaks.h"
#include "modules/passengers/runs.h"
#include "modules/people/duplicates.h"
#include "modules/people/households.h"
#include "modules/people/people.h"
#include "modules/placelists/placelists.h"
#include "modules/places/duplicates.h"
#include "modules/places/places.h"
#include "modules/quarantine/sites.h"
#include "modules/referrals/referrals.h"
#include "modules/searches/searches.h"
#include "modules/staff/staff.h"
#include "modules/statistics/statistics.h"
#include "modules/tracing/contact_lists.h"
#include "modules/tracing/presence_follower.h"
#include "modules/tracing/requests.h"
#include "modules/tracing/tracing.h"
#include "modules/views/views.h"
#include "modules/visits/doubtful.h"
#include "modules/visits/visits.h"
#include "platform/base/random.h"
#include "platform/base/vault.h"
#include "platform/geography/geography.h"
#include "platform/geography/outlines.h"
#include "platform/http/router.h"
#include "platform/identity/identity.h"
#include "platform/notify/notify.h"
#include "platform/notify/texts.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::app {

// Every room's migrations, in the order in which they are applied.
std::vector<std::vector<store::Migration>> all_migrations();

tracing::PresenceOptions presence_options(const Settings& settings);

struct House {
  // Opens the database (making a new one's schema), reads data/, wires the rooms. Throws with a text that says what to
  // do. `mark_study`: makes a whole, empty data directory one of study data.
  explicit House(const Settings& settings, bool mark_study = false);
  ~House();
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  void start();  // followers, schedules, the presence index, the outbox, the access log
  void stop();

  Settings settings;
  SystemClock clock;
  SystemRandom random;
  Vault vault;
  geography::Geography geography;
  const geography::Outlines outlines;
  places::Kinds kinds;
  presence::RuleSets rule_sets;
  presence::Diseases diseases;
  const quarantine::Law law;
  notify::Texts texts;
  store::Database db;
  bool study;
  notify::Notify notify;
  identity::Identity identity;
  people::People people;
  people::Duplicates person_duplicates;
  people::Households households;
  const declarations::Catalogue forms;
  const duties::Rules duty_rules;
  command::Decisions decisions;
  places::Places places;
  places::Duplicates duplicates;
  const visits::Doubtful doubtful;
  declarations::Declarations declarations;
  declarations::Windows windows;
  referrals::Referrals referrals;
  consistency::Consistency consistency;
  visits::Visits visits;
  passengers::Passengers passengers;
  passengers::Runs runs;
  arrivals::Arrivals arrivals;
  duties::Duties duties;
  encounters::Encounters encounters;
  cases::Cases cases;
  const cases::InvestigationForms investigation_forms;
  cases::Investigations investigations;
  const laboratory::Codes laboratory_codes;
  laboratory::Laboratory laboratory;
  integration::CaseBundles case_bundles;
  gates::Gates gates;
  community::Community community;
  checkpoints::Checkpoints checkpoints;
  cards::Cards cards;
  cards::Slips slips;
  attendance::Attendance attendance;
  placelists::PlaceLists place_lists;
  foreign::Foreign foreign;
  inspections::Inspections inspections;
  tracing::PresenceFollower presence;
  tracing::Tracing tracing;
  staff::Staff staff;
  tracing::Requests trace_requests;
  followup::FollowUps follow_ups;
  tracing::ContactLists contact_lists;
  outbreaks::Outbreaks outbreaks;
  linelists::LineLists line_lists;
  interviews::Interviews interviews;
  interviews::Notices notices;
  quarantine::Orders orders;
  quarantine::Sites sites;
  statistics::Statistics statistics;
  helpers::Helpers helpers;
  searches::Searches searches;
  outages::Outages outages;
  views::Views views;
  histories::Histories histories;
  broadcasts::Broadcasts broadcasts;
  integration::Feed feed;
  http::Router router;
  store::Followers followers;
  store::Schedule schedule;

 private:
  void wire();
  void declare_routes();
};

}  // namespace luytre::app
