#include "apps/luytre/demo_story.h"

#include "modules/tracing/declared.h"
#include "platform/base/run.h"

namespace luytre::app {
namespace {

class Storyteller {
 public:
  Storyteller(House& house, const Story& story, const std::map<std::string, PersonId>& people,
              const std::function<UnitId(const std::string&)>& unit)
      : house_(house), story_(story), people_(people), unit_(unit), now_(house.clock.now()) {}

  void tell() {
    for (const auto& one : story_.cases) tell(one);
    tell_outbreak();
    tell_laboratory();
    tell_site();
    for (const auto& one : story_.orders) tell(one);
    for (const auto& one : story_.searches) tell(one);
  }

 private:
  Caller as(const std::string& username) const { return must(house_.identity.officers.caller_now(username), username); }
  Instant hours_ago(std::int64_t hours) const { return now_ - std::chrono::hours(hours); }
  Date days_ago(std::int64_t days) const { return Date{local_date(now_).days - days}; }

  void tell(const StoryCase& told) {
    cases::NewCase suspect;
    suspect.person = people_.at(told.person);
    suspect.disease = told.disease;
    suspect.onset = days_ago(told.onset_days_ago);
    auto kase = must(run(house_.cases.report(as(told.reporter), suspect)), "a case");
    cases::Confirmation confirmation;
    confirmation.onset = suspect.onset;
    confirmation.sample_at = hours_ago(told.sample_hours_ago);
    confirmation.result_at = hours_ago(told.result_hours_ago);
    confirmation.isolated_at = confirmation.result_at;
    kase = must(run(house_.cases.confirm(as(told.confirmer), kase.id, confirmation, kase.version)), "a confirmed case");
    if (told.source) {
      cases::Source source;
      source.number = cases_.at(*told.source).number;
      kase = must(run(house_.cases.record_source(as(told.confirmer), kase.id, source, kase.version)), "a source");
    }
    cases_[told.person] = {kase.id, kase.number};
    for (const auto& contact : told.contacts) tell(kase.id, told.reporter, contact);
  }

  void tell(CaseId kase, const std::string& username, const StoryContact& told) {
    const Caller officer = as(username);
    tracing::NewContact contact;
    contact.person = people_.at(told.person);
    contact.day = days_ago(told.days_ago);
    contact.how = tracing::HowTold::kInterview;
    contact.where = told.where;
    contact.relation = told.relation;
    const auto declared = must(run(house_.tracing.declare(officer, kase, contact, std::nullopt)), "a contact");
    if (!told.class_) return;
    if (!declared.candidate) throw std::runtime_error("a contact of the demonstration is outside of the window");
    const auto candidate = must(run(house_.tracing.candidate(officer, *declared.candidate)), "a contact");
    tracing::Assignment assignment;
    assignment.class_ = *told.class_;
    assignment.answers = {{"distanceUnder1m", tracing::Answer::kYes},
                          {"closedRoom", tracing::Answer::kUnknown},
                          {"masks", tracing::Answer::kNo},
                          {"touched", tracing::Answer::kUnknown}};
    must(run(house_.tracing.assign(officer, candidate.id, assignment, candidate.version)), "a contact's class");
  }

  void tell_outbreak() {
    const auto& told = story_.outbreak;
    const Caller officer = as(told.opener);
    outbreaks::NewOutbreak request;
    request.name = told.name;
    request.disease = told.disease;
    request.unit = unit_(told.unit);
    request.setting = told.setting;
    request.opened_on = days_ago(told.opened_days_ago);
    const auto outbreak = must(run(house_.outbreaks.open(officer, request, std::nullopt)), "an outbreak");
    outbreaks::Chosen chosen;
    for (const auto& [person, kase] : cases_) chosen.cases.push_back(kase.id);
    const auto put = must(run(house_.outbreaks.put(officer, outbreak.id, chosen)), "an outbreak's cases");
    if (!put.refused.empty()) throw std::runtime_error("a case of the demonstration does not fit its outbreak");
  }

  void tell_laboratory() {
    const auto& told = story_.laboratory;
    const Caller sampler = as(told.sampler), keeper = as(told.keeper);
    laboratory::NewLaboratory founded;
    founded.unit = unit_(told.unit);
    founded.name = told.name;
    const auto laboratory = must(run(house_.laboratory.add(as(told.founder), founded)), "a laboratory");
    laboratory::NewSession opened;
    opened.unit = unit_(told.sampled_in);
    opened.site = told.site;
    opened.disease = told.disease;
    const auto* const pack = house_.diseases.find(told.disease);
    const auto* const usual = pack ? pack->specimens_on(local_date(now_)) : nullptr;
    opened.specimen = std::string(usual ? usual->taken.front().id : presence::kOtherSpecimen);
    opened.pool_most = 1;
    const auto session = must(run(house_.laboratory.open(sampler, opened)), "a sampling session");
    for (const auto& tube : told.sent) sample(sampler, session.id, tube);
    laboratory::NewBatch batch;
    batch.laboratory = laboratory.id;
    batch.count = static_cast<std::int64_t>(told.sent.size());
    must(run(house_.laboratory.send(sampler, session.id, batch)), "a box of tubes");
    for (const auto& tube : told.sent) {
      if (tube.received) {
        laboratory::Reception reception;
        reception.tube = tube.code;
        must(run(house_.laboratory.receive(keeper, laboratory.id, reception)), "a reception");
      }
      if (!tube.result) continue;
      laboratory::NewResult result;
      result.tube = tube.code;
      result.outcome = tube.result->outcome;
      result.ct = tube.result->ct;
      result.at = hours_ago(tube.result->hours_ago);
      must(run(house_.laboratory.enter(keeper, laboratory.id, result)), "a result");
    }
    for (const auto& tube : told.kept) sample(sampler, session.id, tube);
  }

  void sample(const Caller& sampler, laboratory::SessionId session, const StoryTube& tube) {
    laboratory::NewSample taken;
    taken.tube = tube.code;
    taken.person = people_.at(tube.person);
    taken.at = hours_ago(tube.hours_ago);
    must(run(house_.laboratory.sample(sampler, session, taken)), "a sample");
  }

  void tell_site() {
    const auto& told = story_.site;
    const Caller officer = as(told.by);
    quarantine::NewSite request;
    request.owner = told.owner;
    request.name = told.name;
    request.address = told.address;
    request.unit = unit_(told.unit);
    site_ = must(run(house_.sites.add(officer, request, std::nullopt)), "a site").id;
    for (const auto& room : told.rooms) {
      const auto site = must(run(house_.sites.add_room(officer, site_, room)), "a room");
      if (room_.value == 0) room_ = site.rooms.front().id;
    }
    must(run(house_.sites.name_keeper(officer, site_, as(told.keeper).account)), "a site's keeper");
  }

  void tell(const StoryOrder& told) {
    quarantine::NewOrder request;
    request.kind = quarantine::Kind::kIsolation;
    request.case_ = cases_.at(told.person).id;
    if (told.signature) {
      request.place.kind = quarantine::PlaceKind::kSite;
      request.place.name = story_.site.name;
      request.place.address = story_.site.address;
    }
    request.decided = quarantine::Decided{Date{local_date(now_).days + told.days - 1}, told.source};
    request.reason = told.reason;
    const auto drafted = must(run(house_.orders.draft(as(told.by), request, std::nullopt)), "an order");
    if (!told.signature) return;
    const Caller signatory = as(told.signature->by);
    quarantine::Signature signature;
    signature.authority = told.signature->authority;
    must(run(house_.orders.sign(signatory, drafted.id, signature, drafted.version)), "a signature");
    quarantine::Lodging lodging;
    lodging.order = drafted.id;
    lodging.room = room_;
    lodging.bed = told.signature->bed;
    must(run(house_.sites.lodge(signatory, site_, lodging)), "a bed");
  }

  void tell(const StorySearch& told) {
    searches::NewSearch search;
    search.person = people_.at(told.person);
    search.unit = unit_(told.unit);
    search.ask = told.ask;
    search.reason = told.reason;
    search.due_at = now_ + std::chrono::hours(24);
    must(run(house_.searches.give(as(told.by), search, std::nullopt)), "a search");
  }

  struct Known {
    CaseId id;
    std::string number;
  };

  House& house_;
  const Story& story_;
  const std::map<std::string, PersonId>& people_;
  const std::function<UnitId(const std::string&)>& unit_;
  const Instant now_;
  std::map<std::string, Known> cases_;  // by their person
  quarantine::SiteId site_;
  quarantine::RoomId room_;  // the first
};

}  // namespace

void tell(House& house, const Story& story, const std::map<std::string, PersonId>& people,
          const std::function<UnitId(const std::string& code)>& unit) {
  Storyteller(house, story, people, unit).tell();
}

}  // namespace luytre::app
