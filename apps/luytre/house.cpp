#include "apps/luytre/house.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "apps/luytre/form_lists.h"
#include "apps/luytre/person_history.h"
#include "apps/luytre/sightings.h"
#include "modules/followup/contacts.h"
#include "modules/integration/imports.h"
#include "modules/interviews/companions.h"
#include "modules/laboratory/tested.h"
#include "platform/base/log.h"
#include "platform/identity/access_retention.h"
#include "platform/pdf/sheet.h"
#include "platform/store/one_by_one.h"

namespace luytre::app {
namespace {

// Makes the schema of a new database; an older one is only brought forward by `luytre db migrate`, which backs it up
// first. Says whether this is a study data directory.
bool prepare(store::Database& db, bool mark_study) {
  const auto rooms = all_migrations();
  db.migrate(rooms, db.pending(rooms).empty());
  if (mark_study) integration::mark_study(db);
  return integration::is_study(db);
}

std::filesystem::path made(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  return folder;
}

identity::Settings identity_settings(const Settings& settings) {
  identity::Settings out;
  out.consents = settings.assets / "data/consents";
  out.anchor = settings.data / "access-log.anchor";
  out.sessions.totp_required = settings.totp_required;
  return out;
}

command::Settings decision_settings(bool study, const presence::Diseases& diseases,
                                    const declarations::Catalogue& catalogue, const duties::Rules& duties) {
  command::Settings out;
  out.study = study;
  out.forms = catalogue.ids();
  for (const auto& dated : catalogue.all()) out.limits.emplace(dated.form.id, declarations::asked_of(dated.form));
  for (const auto& rule : duties.all()) out.duties[rule.id] = {rule.form, rule.disease};
  for (const auto& disease : diseases.all()) out.diseases.push_back(disease.id);
  return out;
}

// Lists are asked for by forms that say where a journey leads, and by those that a rule about travellers names.
passengers::Settings passenger_settings(bool study, const declarations::Catalogue& catalogue,
                                        const duties::Rules& duties) {
  std::set<std::string> forms;
  for (const auto& dated : catalogue.all())
    if (dated.form.has_destination()) forms.insert(dated.form.id);
  for (const auto& rule : duties.all())
    if (rule.travellers) forms.insert(rule.form);
  return {study, {forms.begin(), forms.end()}};
}

// The engine knows no forms, so that what a disease's file says of them is checked here.
void check_forms(const presence::Diseases& diseases, const std::vector<std::string>& known) {
  for (const auto& disease : diseases.all()) {
    for (const std::string& form : disease.forms) {
      if (std::find(known.begin(), known.end(), form) == known.end())
        throw std::runtime_error("disease " + disease.id + ": forms: there is no form " + form);
    }
  }
}

}  // namespace

tracing::PresenceOptions presence_options(const Settings& settings) {
  tracing::PresenceOptions out;
  out.folder = settings.data / "presence";
  out.use = settings.presence.by_index;
  out.memory = settings.presence.memory;
  out.checkpoint = settings.presence.checkpoint;
  out.kept = std::min(visits::kKept, encounters::kKept);
  return out;
}

namespace {

places::Settings place_settings(const Settings& settings) {
  places::Settings out;
  out.public_url = settings.public_url;
  out.font_folders.insert(out.font_folders.begin(), pdf::kFontFolder);
  return out;
}

quarantine::Settings order_settings(const Settings& settings, const identity::Consents& consents) {
  quarantine::Settings out;
  out.consents = &consents;
  out.public_url = settings.public_url;
  return out;
}

// At a gate: what the person declared last, while it counts; yellow when something must be declared now.
Task<gates::Light> light_of(const declarations::Declarations& declarations, PersonId person, UnitId unit) {
  auto asking = declarations.colour(person);
  const std::optional<declarations::Colour> colour = co_await std::move(asking);
  if (colour == declarations::Colour::kRed) co_return gates::Light::kRed;
  if (colour == declarations::Colour::kYellow) co_return gates::Light::kYellow;
  auto looking = declarations.needed(person, unit);
  const std::optional<std::string> form = co_await std::move(looking);
  co_return form ? gates::Light::kYellow : gates::Light::kGreen;
}

// Whether a rule in force makes declaring by this form a duty of everybody who lives there.
bool binds_residents(const duties::Duties& duties, const geography::Geography& geography, const std::string& form,
                     UnitId unit) {
  for (const auto& rule : duties.rules()) {
    if (!rule.residents || rule.form != form) continue;
    for (const auto& one : rule.in_force)
      if (command::holds_in(geography, one.unit.value_or(UnitId{}), unit)) return true;
  }
  return false;
}

referrals::Passage::Decision decision_of(checkpoints::Decision decision) {
  switch (decision) {
    case checkpoints::Decision::kPass:
      return referrals::Passage::Decision::kPass;
    case checkpoints::Decision::kTest:
      return referrals::Passage::Decision::kTest;
    case checkpoints::Decision::kIsolate:
      return referrals::Passage::Decision::kIsolate;
    case checkpoints::Decision::kTurnBack:
      break;
  }
  return referrals::Passage::Decision::kTurnBack;
}

// Whom a checkpoint let pass, isolated, sent to be tested or turned back.
std::optional<referrals::Passage> passage_of(const checkpoints::Checkpoints& room, store::Session& session,
                                             referrals::SubjectId subject) {
  const checkpoints::PassageId id{subject.value};
  const auto facts = checkpoints::Checkpoints::passage(session, id);
  if (!facts) return std::nullopt;
  referrals::Passage out;
  out.at = facts->at;
  out.unit = facts->unit;
  out.towards = facts->towards;
  out.decision = decision_of(facts->decision);
  out.recorded = facts->recorded;
  for (const auto& person : facts->people) out.people.push_back({person.person, decision_of(person.decision)});
  for (auto& one : room.claimants(session, id))
    out.claims.push_back({one.number, std::move(one.name), std::move(one.phone), decision_of(one.decision)});
  return out;
}

struct Unsaid {
  std::vector<std::string> words;
};
BOOST_DESCRIBE_STRUCT(Unsaid, (), (words))

// What is not said to tracers: what diseases are called, and data/not-for-tracers.json.
std::vector<std::string> not_for_tracers(const House& house) {
  const auto file = house.settings.assets / "data/not-for-tracers.json";
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  auto read = json::parse<Unsaid>(text.str());
  if (!in || !read) throw std::runtime_error("cannot read " + file.string());
  auto out = std::move(read->words);
  for (const auto& disease : house.diseases.all()) {
    out.insert(out.end(), {disease.id, disease.name.en});
    const auto& name = disease.name.vi;
    const std::string key = fold(name);
    const bool syllable = key.find(' ') == std::string::npos && key.size() < name.size();
    if (!syllable) out.push_back(name);
    // One syllable is also an ordinary word or somebody's name ("mô tả", "bà Sởi").
    for (const char* before : {"bệnh ", "dịch ", "bị ", "mắc ", "nghi "})
      if (syllable) out.push_back(before + name);
  }
  return out;
}

// What a text to be read out calls diseases, forms and duties.
broadcasts::Names spoken_names(const House& house) {
  broadcasts::Names out;
  out.disease = [&house](const std::string& id) {
    const auto* found = house.diseases.find(id);
    return found ? found->name.vi : id;
  };
  out.form = [&house](const std::string& id) {
    const auto* found = house.forms.in_force(id, local_date(house.clock.now()));
    return found ? found->form.title.at("vi") : id;
  };
  out.duty = [&house](const std::string& id) {
    const auto* found = house.duty_rules.find(id);
    return found ? found->reason.at("vi") : id;
  };
  out.by_air = [&house](const std::string& id) {
    const auto* found = house.diseases.find(id);
    return found && found->by_air();
  };
  return out;
}

// Places that loudspeakers may name: where people were warned, and the milestones that were published.
std::vector<tracing::PublishedPlace> published(const House& house, store::Session& s, Instant since) {
  auto out = tracing::published_places(s, house.places, since);
  for (auto& one : house.notices.published(s, since)) out.push_back(std::move(one));
  return out;
}

// What nobody has yet, of all rooms.
std::vector<staff::Waiting> nobodys(const House& house, store::Session& s, const Caller& caller) {
  std::vector<staff::Waiting> out = house.tracing.waiting(s, caller);
  for (auto& one : house.follow_ups.waiting(s, caller)) out.push_back(std::move(one));
  for (auto& one : house.orders.waiting(s, caller)) out.push_back(std::move(one));
  const Instant now = house.db.clock().now();
  const auto add = [&](staff::WaitingKind kind, std::int64_t id, UnitId unit, Instant late, std::chrono::hours step) {
    if (late <= now) out.push_back(staff::waiting(house.geography, caller, kind, id, unit, late, step, now));
  };
  for (const auto& one : house.laboratory.untapped(s, caller)) {
    const Instant late = one.since + staff::kPositiveWithin;
    add(staff::WaitingKind::kPositive, one.id.value, one.unit, late, staff::kPositiveWithin);
    // What happened by itself is told at once.
    if (one.reported && late > now)
      out.push_back(staff::waiting_at(house.geography, caller, staff::WaitingKind::kPositive, one.id.value, one.unit,
                                      one.since, referrals::base_of(house.geography, one.unit)));
  }
  for (const auto& one : house.cases.past_notice(s, caller, staff::kWaitingMost))
    add(staff::WaitingKind::kNotice, one.id.value, one.unit, one.notify_by, staff::kComesUpAfter);
  for (const auto& one : house.interviews.waiting(s, caller, now - staff::kComesUpAfter, staff::kWaitingMost))
    add(staff::WaitingKind::kCompanion, one.case_id.value, one.unit, one.since + staff::kComesUpAfter,
        staff::kComesUpAfter);
  return out;
}

}  // namespace

std::vector<std::vector<store::Migration>> all_migrations() {
  return {identity::migrations(),   notify::migrations(),      people::migrations(),       command::migrations(),
          places::migrations(),     visits::migrations(),      declarations::migrations(), encounters::migrations(),
          cases::migrations(),      tracing::migrations(),     integration::migrations(),  gates::migrations(),
          passengers::migrations(), checkpoints::migrations(), referrals::migrations(),    arrivals::migrations(),
          cards::migrations(),      consistency::migrations(), duties::migrations(),       statistics::migrations(),
          outages::migrations(),    broadcasts::migrations(),  helpers::migrations(),      inspections::migrations(),
          community::migrations(),  placelists::migrations(),  foreign::migrations(),      laboratory::migrations(),
          followup::migrations(),   outbreaks::migrations(),   quarantine::migrations(),   interviews::migrations(),
          searches::migrations(),   linelists::migrations(),   views::migrations(),        staff::migrations()};
}

House::House(const Settings& given, bool mark_study)
    : settings(given),
      vault(Vault::open(made(settings.data) / "master.key", random)),
      geography(settings.assets / "data/geography"),
      outlines(settings.data / "outlines.geojson", geography),
      kinds(settings.assets / "data/place-kinds.json"),
      rule_sets(settings.assets / "data/rulesets"),
      diseases(settings.assets / "data/diseases", rule_sets),
      law(settings.assets / "data/quarantine/law.toml"),
      texts(settings.assets / "data/i18n"),
      db({settings.db, settings.connections}, clock),
      study(prepare(db, mark_study)),
      notify(db, vault, settings.sms),
      identity(db, vault, random, clock, geography, notify, texts, identity_settings(settings)),
      people(db, geography, identity.access, identity.accounts, vault, clock),
      person_duplicates(db, people, geography, identity.access, identity.accounts, vault),
      households(db, people, geography, identity.access),
      forms(settings.assets / "data"),
      duty_rules(settings.assets / "data/duties", forms.ids()),
      decisions(db, geography, identity.access, decision_settings(study, diseases, forms, duty_rules)),
      places(db, geography, identity.access, decisions, identity.codes, identity.limits, vault, clock, random, kinds,
             place_settings(settings)),
      duplicates(db, places, geography, identity.access, vault),
      doubtful(visits::read_doubt_rule(settings.assets / "data/visit-doubts.json"), geography, places),
      declarations(db, people, decisions, geography, identity.access, vault, forms, {study, &identity.consents}),
      windows({db, declarations, people, decisions, notify, texts, study}),
      referrals({db, declarations, people, geography, identity.access, vault}),
      consistency({db, declarations, decisions, people, places, doubtful, geography, identity.access, vault}),
      visits(db, people, places, decisions, clock, {study, &identity.consents, &doubtful}),
      passengers(db, places, decisions, geography, identity.access, vault,
                 passenger_settings(study, forms, duty_rules)),
      runs(db, places, decisions, geography, vault, visits, {study}),
      arrivals({db, places, people, declarations, passengers, decisions, geography, identity.access, vault}),
      duties({db,
              people,
              places,
              passengers,
              declarations,
              decisions,
              geography,
              identity.access,
              identity.accounts,
              notify,
              texts,
              vault,
              random,
              duty_rules,
              {study, settings.public_url}}),
      encounters(db, {study}),
      cases(db, people, geography, identity.access, vault, clock, diseases, rule_sets),
      investigation_forms(settings.assets / "data/forms/investigation", diseases),
      investigations({db, geography, identity.access, vault, diseases, investigation_forms}),
      laboratory_codes(laboratory::read_codes(settings.assets / "data/laboratory/codes.json")),
      laboratory({db, people, places, cases, geography, identity.access, vault, identity.limits, laboratory_codes}),
      case_bundles(db, cases, investigations, identity.access, laboratory_codes, vault),
      gates({db, places, visits, people, decisions, identity.access, identity.codes, vault, clock, random,
             [this](PersonId person, UnitId unit) { return light_of(declarations, person, unit); },
             [this](std::string card, Instant at) { return cards.holder(std::move(card), at); },
             [this](store::Session& s, const store::Bytes& phone) {
               return community::Community::names(s, phone, clock.now());
             },
             &declarations}),
      community(
          {db, people, declarations, gates, decisions, geography, identity.access, vault,
           [this](const std::string& form, UnitId unit) { return binds_residents(duties, geography, form, unit); }}),
      checkpoints({db,
                   places,
                   gates,
                   visits,
                   people,
                   decisions,
                   geography,
                   identity.access,
                   vault,
                   clock,
                   random,
                   [this](PersonId person, UnitId unit) { return light_of(declarations, person, unit); },
                   {&identity.consents},
                   [this](std::string card, Instant at) { return cards.holder(std::move(card), at); }}),
      cards(db, people, identity.access, random),
      slips(db, places, gates, checkpoints, vault),
      attendance(db, places, identity.access, doubtful),
      place_lists(db, places, geography, identity.access),
      foreign({db, visits, declarations, people, places, decisions, geography, identity.access, identity.limits, vault,
               study}),
      inspections(db, places, geography, identity.access, vault),
      presence(db, tracing::place_settings(kinds), presence_options(settings)),
      tracing({db, cases, people, places, decisions, geography, identity.access, notify, vault, clock, texts, &presence,
               &doubtful, settings.tracing, &passengers}),
      staff(db, geography, identity.access),
      trace_requests(db, tracing, geography, identity.access, vault),
      follow_ups({db, tracing, cases, declarations, people, geography, identity.access, vault}),
      contact_lists({db, people, geography, identity.access, clock, followup::follow_ups_of, followup::followed_so,
                     &places, &vault}),
      outbreaks({db, people, places, kinds, diseases, decisions, geography, identity.access, vault}),
      line_lists({db, cases, people, person_duplicates, geography, identity.access, texts, vault, &tracing}),
      interviews({db, people, places, diseases, rule_sets, decisions, geography, identity.access, vault}),
      notices({db, places, diseases, geography, identity.access, vault}),
      orders({db, tracing, cases, declarations, people, geography, identity.access, notify, texts, vault, random, law,
              order_settings(settings, identity.consents)}),
      sites({db, tracing, cases, declarations, people, geography, identity.access, notify, texts, vault, random, law,
             order_settings(settings, identity.consents)}),
      statistics(db, places, geography, identity.access, texts),
      helpers(db, geography, identity.access, identity.accounts, vault, {study, settings.public_url}),
      searches({db, people, geography, identity.access, vault, not_for_tracers(*this)}),
      outages(db, identity.access),
      views(db, identity.access),
      histories(db, people, identity.access),
      broadcasts({db, decisions, geography, identity.access, texts, spoken_names(*this),
                  [this](store::Session& s, Instant since) { return published(*this, s, since); }}),
      feed(db, geography, identity.access),
      followers(db, settings.data),
      schedule(db) {
  if (!settings.group_commit) store::commit_one_by_one(db);
  check_forms(diseases, forms.ids());
  if (outlines.unknown() > 0)
    log::warn("outlines of units that are not known", {{"count", std::to_string(outlines.unknown())}});
  wire();
  declare_routes();
  decisions.start();
  places.start();
  declarations.start();
}

House::~House() {
  stop();
}

void House::wire() {
  identity.access.set_household(people::People::is_member);
  identity.access.set_household_people(people::People::household_people);
  identity.sign_in.set_paper_check([this](store::Session& s, AccountId account, std::string paper, Date born) {
    return people.paper_matches(s, account, paper, born);
  });
  people.set_card_holder(
      [this](store::Session& s, std::string_view card, Instant at) { return cards.holder_within(s, card, at); });
  decisions.set_places([this](PlaceId place) -> std::optional<command::Decisions::Place> {
    const auto spot = places.spot(place);
    if (!spot) return std::nullopt;
    return command::Decisions::Place{spot->place_name, spot->unit};
  });
  declarations.set_place_unit([this](PlaceId place) {
    const auto spot = places.spot(place);
    return spot ? std::optional<UnitId>(spot->unit) : std::nullopt;
  });
  declarations.set_lists(form_lists(places));
  cases.set_counts(tracing::Tracing::counts);
  cases.set_lineage_of(laboratory::lineage_of);
  cases.set_cases_of([this](store::Session& s, const Caller& caller, std::int64_t outbreak) {
    return outbreaks.cases_of(s, caller, outbreaks::OutbreakId{outbreak});
  });
  const auto may_be_known = [this](store::Session& s, const people::NewPerson& person, std::span<const UnitId> areas) {
    return !person_duplicates.alike(s, person, areas).empty();
  };
  cases.set_may_be_known(may_be_known);
  tracing.set_may_be_known(may_be_known);
  line_lists.set_in_use(tracing::Tracing::knows);
  referrals.set_passages(
      [this](store::Session& s, referrals::SubjectId subject) { return passage_of(checkpoints, s, subject); });
  referrals.set_alerts([this](store::Session& s, referrals::SubjectId subject) {
    return orders.alert(s, quarantine::AlertId{subject.value});
  });
  declarations.set_ordered([this](store::Session& s, PersonId person, std::string_view form, Instant at) {
    return orders.asked(s, person, form, at);
  });
  declarations.set_handed_to(referrals::Referrals::referred_to);
  staff.set_rooms([this](store::Session& s, const Caller& caller) { return nobodys(*this, s, caller); });
  tell_sightings(*this);
  tell_travel(*this);
  tell_histories(*this);
  followers.add(tracing.follow_cases());
  followers.add(tracing.follow_staff());
  followers.add(referrals.follow());
  followers.add(follow_ups.follow());
  followers.add(follow_ups.follow_staff());
  followers.add(follow_ups.follow_unruled());
  followers.add(interviews.follow());
  followers.add(laboratory.follow());
  followers.add(outbreaks.follow());
  followers.add(orders.follow());
  followers.add(sites.follow());
  followers.add(consistency.follow());
  followers.add(arrivals.follow());
  followers.add(foreign.follow());
  schedule.add(tracing.trace_again());
  schedule.add(tracing.escalate());
  schedule.add(referrals.escalate());
  schedule.add(referrals.retention());
  schedule.add(follow_ups.watch());
  schedule.add(follow_ups.look_again());
  schedule.add(follow_ups.retention());
  schedule.add(orders.watch());
  schedule.add(orders.retention());
  schedule.add(interviews.retention());
  schedule.add(consistency.again());
  schedule.add(consistency.retention());
  schedule.add(places.cleaning());
  schedule.add(declarations.retention());
  schedule.add(windows.watch());
  schedule.add(windows.retention());
  schedule.add(visits.retention());
  schedule.add(gates.retention());
  schedule.add(community.retention());
  schedule.add(laboratory.retention());
  schedule.add(outbreaks.count_first());
  schedule.add(checkpoints.retention());
  schedule.add(passengers.retention());
  schedule.add(runs.late());
  schedule.add(runs.retention());
  schedule.add(arrivals.escalate());
  schedule.add(arrivals.retention());
  schedule.add(cards.retention());
  schedule.add(slips.retention());
  schedule.add(duties.retention());
  schedule.add(inspections.retention());
  schedule.add(encounters.retention());
  schedule.add(helpers.retention());
  schedule.add(searches.retention());
  schedule.add(trace_requests.retention());
  schedule.add(foreign.retention());
  schedule.add(place_lists.retention());
  schedule.add(line_lists.work());
  schedule.add(line_lists.retention());
  schedule.add(outages.watch());
  identity.add_jobs(schedule);
  schedule.add(identity::access_retention(identity.access, clock));
  notify.add_jobs(schedule);
}

void House::declare_routes() {
  identity::routes(router, identity);
  geography::routes(router, geography, clock);
  geography::routes(router, outlines, geography);
  command::routes(router, decisions, clock);
  people::routes(router, people);
  people::routes(router, person_duplicates);
  people::routes(router, households);
  places::routes(router, places);
  places::routes(router, duplicates);
  visits::routes(router, visits, places,
                 [this](PersonId person, UnitId unit) { return declarations.needed(person, unit); });
  declarations::routes(router, declarations, clock);
  declarations::routes(router, windows);
  referrals::routes(router, referrals);
  consistency::routes(router, consistency);
  passengers::routes(router, passengers);
  passengers::routes(router, runs);
  arrivals::routes(router, arrivals);
  duties::routes(router, duties);
  cases::routes(router, cases);
  cases::routes(router, investigations);
  laboratory::routes(router, laboratory);
  integration::routes(router, case_bundles);
  tracing::routes(router, tracing);
  tracing::routes(router, contact_lists);
  staff::routes(router, staff);
  followup::routes(router, follow_ups);
  outbreaks::routes(router, outbreaks);
  interviews::routes(router, interviews);
  interviews::routes(router, notices);
  linelists::routes(router, line_lists);
  quarantine::routes(router, orders);
  quarantine::routes(router, sites);
  gates::routes(router, gates);
  community::routes(router, community);
  checkpoints::routes(router, checkpoints);
  cards::routes(router, cards, slips);
  attendance::routes(router, attendance);
  placelists::routes(router, place_lists);
  foreign::routes(router, foreign);
  inspections::routes(router, inspections);
  statistics::routes(router, statistics);
  helpers::routes(router, helpers);
  searches::routes(router, searches);
  tracing::routes(router, trace_requests);
  outages::routes(router, outages);
  views::routes(router, views);
  histories::routes(router, histories);
  broadcasts::routes(router, broadcasts);
  integration::routes(router, feed);
}

void House::start() {
  identity.start();
  // Study data hold no person who could be messaged or followed, and are kept.
  if (study) return;
  notify.start();
  presence.start();
  followers.start();
  schedule.start();
}

void House::stop() {
  line_lists.stop();
  presence.stop();
  identity.stop();
}

}  // namespace luytre::app
