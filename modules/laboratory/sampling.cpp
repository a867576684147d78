// Sampling sessions: which person went into which tube.

#include <algorithm>
#include <map>
#include <unordered_set>

#include "engines/linkage/person_code.h"
#include "modules/laboratory/impl.h"
#include "modules/people/merged.h"
#include "modules/people/shown.h"

namespace luytre::laboratory {
namespace {

using store::Session;

// What a repeated call is answered from: names, and where it was, are read anew.
struct Opened {
  SessionId session;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (session))

struct Made {
  TubeId tube;
  SampleId sample;
};
BOOST_DESCRIBE_STRUCT(Made, (), (tube, sample))

Task<Result<SamplingSession>> opened(const Laboratory* laboratory, Caller caller, Task<Result<Opened>> writing) {
  const auto made = co_await std::move(writing);
  if (!made) co_return made.error();
  auto reading = laboratory->find(caller, made->session);
  co_return co_await std::move(reading);
}

// A repeated call may come when there is a result, or others in the pool: that is a look like any other.
Task<Result<TubeSeen>> shown(const Laboratory::Impl* impl, Caller caller, Task<Result<Made>> writing) {
  const auto made = co_await std::move(writing);
  if (!made) co_return made.error();
  auto reading = impl->db.transact([impl, caller, now = *made](Session& s) -> Result<TubeSeen> {
    const auto tube = storage::tube(s, now.tube);
    const auto row = impl->session_of(s, caller, tube ? tube->session : SessionId{});
    if (!row) return row.error();
    auto samples = storage::samples(s, tube->id);
    const auto results = storage::results(s, tube->id);
    std::vector<PersonId> looked_at;
    for (const auto& sample : samples)
      if (sample.id != now.sample || !results.empty()) looked_at.push_back(sample.person);
    const auto logged =
        impl->log_look(s, caller, row->unit, identity::note(identity::LogNote::kSampling, to_text(row->id)), looked_at);
    if (!logged) return logged.error();
    std::stable_partition(samples.begin(), samples.end(), [&](const auto& one) { return one.id != now.sample; });
    return impl->view(s, {*tube}, samples, results).front();
  });
  co_return co_await std::move(reading);
}

}  // namespace

Laboratory::Laboratory(Needs needs) : impl_(new Impl(std::move(needs))) {}

Laboratory::~Laboratory() = default;

std::optional<std::string> barcode(std::string_view written) {
  const auto tidied = tidy(written);
  if (!tidied || tidied->size() < kCodeLeast || tidied->size() > kCodeMost) return std::nullopt;
  std::string out;
  for (const char c : *tidied) {
    const bool small = c >= 'a' && c <= 'z';
    const bool plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/' || c == '_';
    if (!small && !plain) return std::nullopt;
    out += small ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (linkage::PersonCodes::looks_ours(out)) return std::nullopt;  // scanned in the wrong order
  return out;
}

Result<std::vector<UnitId>> Laboratory::Impl::units(const Caller& caller, const identity::Action& action) const {
  if (const auto error = not_in(caller)) return *error;
  const auto areas = access.areas(caller, action);
  if (areas.empty()) return kNotPermitted;
  std::unordered_set<UnitId> out;
  for (const UnitId area : areas)
    for (const UnitId unit : geography.covered(area)) out.insert(unit);
  return std::vector<UnitId>(out.begin(), out.end());
}

Result<storage::SessionRow> Laboratory::Impl::session_of(Session& session, const Caller& caller, SessionId id) const {
  auto row = storage::session(session, id);
  const auto allowed = access.require(session, caller, kSample, {PersonId{}, row ? row->unit : UnitId{}, ""});
  if (!allowed) return allowed.error();
  if (!row) return kNotFound;
  return std::move(*row);
}

Result<Done> Laboratory::Impl::log_look(Session& session, const Caller& caller, UnitId unit, std::string_view why,
                                        std::span<const PersonId> persons) const {
  std::vector<identity::Access::Shown> shown;
  for (const PersonId person : persons) shown.push_back({person, unit});
  return log_look(session, caller, why, shown);
}

Result<Done> Laboratory::Impl::log_look(Session& session, const Caller& caller, std::string_view why,
                                        std::span<const identity::Access::Shown> shown) const {
  std::map<PersonId, UnitId> units;
  std::vector<PersonId> persons;
  for (const auto& one : shown)
    if (units.emplace(one.person, one.unit).second) persons.push_back(one.person);
  std::vector<identity::Subject> subjects;
  for (const PersonId person : storage::show(session, caller.account, today(), persons))
    subjects.push_back({person, units.at(person), std::string(why)});
  return access.require_each(session, caller, kRead, subjects);
}

SamplingSession Laboratory::Impl::view(Session& session, const storage::SessionRow& row) const {
  return view(session, std::span(&row, 1)).front();
}

std::vector<SamplingSession> Laboratory::Impl::view(Session& session, std::span<const storage::SessionRow> rows) const {
  std::vector<SamplingSession> all;
  const auto counts = storage::counts(session, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const storage::SessionRow& row = rows[i];
    SamplingSession& out = all.emplace_back();
    out.id = row.id;
    out.unit = row.unit;
    out.unit_name = geography.path_text(row.unit);
    if (row.place) {
      const auto spot = places.spot(*row.place);
      if (spot) out.place = places::PlaceName{*row.place, spot->place_name, spot->kind->kind};
    }
    if (row.site) out.site = unseal(kSiteSeal, row.id.value, *row.site);
    out.disease = row.disease;
    out.specimen = row.specimen;
    out.pool_most = row.pool_most;
    out.opened_at = row.opened;
    out.opener = row.opener;
    out.closed_at = row.closed;
    out.tubes = counts[i].tubes;
    out.persons = counts[i].persons;
    out.unsent = counts[i].unsent;
    out.waiting = counts[i].waiting;
  }
  return all;
}

std::vector<TubeSeen> Laboratory::Impl::view(Session& session, const std::vector<storage::TubeRow>& tubes,
                                             const std::vector<storage::SampleRow>& samples,
                                             const std::vector<storage::ResultRow>& results) const {
  std::vector<PersonId> persons;
  for (const auto& sample : samples) persons.push_back(sample.person);
  const auto briefs = people.briefs(session, persons);
  std::map<LaboratoryId, std::string> laboratories;
  std::map<TubeId, TubeSeen*> places;
  std::vector<TubeSeen> out(tubes.size());
  for (std::size_t i = 0; i < tubes.size(); ++i) {
    const auto& row = tubes[i];
    TubeSeen& one = out[i];
    places[row.id] = &one;
    one.id = row.id;
    one.code = row.code;
    one.sent_at = row.sent;
    one.received_at = row.received;
    if (!row.laboratory) continue;
    const auto [known, added] = laboratories.try_emplace(*row.laboratory);
    const auto laboratory = added ? storage::laboratory(session, *row.laboratory) : std::nullopt;
    if (laboratory) known->second = laboratory->name;
    one.laboratory = known->second;
  }
  for (const auto& sample : samples) {
    const auto brief = briefs.find(sample.person);
    places.at(sample.tube)
        ->samples.push_back(
            {sample.id, brief == briefs.end() ? people::PersonBrief{} : brief->second, sample.at, sample.sampler});
  }
  for (const auto& result : results) places.at(result.tube)->results.push_back(view(result));
  return out;
}

Task<Result<SamplingSession>> Laboratory::open(const Caller& caller, NewSession asked,
                                               std::optional<store::Once> once) {
  if (const auto error = not_in(caller)) return refused<SamplingSession>(*error);
  if (asked.place.has_value() == asked.unit.has_value())
    return refused<SamplingSession>(wrong_field("/unit", "required"));
  const std::int64_t pool = asked.pool_most.value_or(kPoolUsual);
  if (pool < 1 || pool > kPoolMost) return refused<SamplingSession>(wrong_field("/poolMost", "range"));
  const presence::Disease* const disease = impl_->cases.diseases().find(asked.disease);
  if (!disease) return refused<SamplingSession>(cases::kDiseaseUnknown);
  auto write = [impl = impl_.get(), caller, asked = std::move(asked), pool, disease](Session& s) -> Result<Opened> {
    storage::SessionRow row;
    if (asked.place) {
      impl->places.refresh(s);
      const auto spot = impl->places.spot(*asked.place);
      if (spot) row.unit = spot->unit;
    } else if (impl->geography.find(*asked.unit)) {
      row.unit = *asked.unit;
    }
    const auto allowed = impl->access.require(s, caller, kSample, {PersonId{}, row.unit, ""});
    if (!allowed) return allowed.error();
    if (row.unit.value == 0) return wrong_field(asked.place ? "/place" : "/unit", "unknown");
    if (!disease->knows_specimen(asked.specimen)) return wrong_field("/specimen", "unknown");
    row.id = impl->db.ids().make<SessionId>();
    row.place = asked.place;
    if (asked.site && !asked.site->empty()) row.site = impl->seal(kSiteSeal, row.id.value, *asked.site);
    row.disease = asked.disease;
    row.specimen = asked.specimen;
    row.pool_most = pool;
    row.opened = impl->now();
    row.opened_by = caller.account;
    row.opener = caller.name;
    storage::insert(s, row);
    s.publish({"sampling.changed", row.id.value, row.opened, 1, row.unit.value});
    return Opened{row.id};
  };
  return opened(this, caller,
                once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<SamplingSession>> Laboratory::find(const Caller& caller, SessionId id) const {
  return impl_->db.read([impl = impl_.get(), caller, id](Session& s) -> Result<SamplingSession> {
    const auto row = impl->session_of(s, caller, id);
    if (!row) return row.error();
    impl->places.refresh(s);
    return impl->view(s, *row);
  });
}

Task<Result<SamplingSession>> Laboratory::close(const Caller& caller, SessionId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<SamplingSession> {
    const auto row = impl->session_of(s, caller, id);
    if (!row) return row.error();
    storage::close(s, id, impl->now());
    s.publish({"sampling.changed", id.value, impl->now(), 1, row->unit.value});
    impl->places.refresh(s);
    return impl->view(s, *storage::session(s, id));
  });
}

// A session of pools names a thousand people: they are read beside the writers, who wait for the log alone.
Task<Result<http::Page<TubeSeen>>> Laboratory::Impl::tubes(Caller caller, SessionId id) const {
  auto reading = db.read([this, caller, id](Session& s) -> Result<TubesRead> {
    const auto row = session_of(s, caller, id);
    if (!row) return row.error();
    const auto samples = storage::samples(s, id);
    TubesRead out;
    out.unit = row->unit;
    for (const auto& sample : samples) out.persons.push_back(sample.person);
    out.page.items = view(s, storage::tubes(s, id), samples, storage::results(s, id));
    return out;
  });
  Result<TubesRead> read = co_await std::move(reading);
  if (!read) co_return read.error();
  auto logging = db.transact([this, caller, id, unit = read->unit, persons = std::move(read->persons)](Session& s) {
    return log_look(s, caller, unit, identity::note(identity::LogNote::kSampling, to_text(id)), persons);
  });
  const Result<Done> logged = co_await std::move(logging);
  if (!logged) co_return logged.error();
  co_return std::move(read->page);
}

Task<Result<http::Page<TubeSeen>>> Laboratory::tubes(const Caller& caller, SessionId id) const {
  return impl_->tubes(caller, id);
}

Result<PersonId> Laboratory::Impl::sampled(Session& session, const Caller& caller, const storage::SessionRow& row,
                                           const NewSample& asked, Instant at) const {
  const std::string why = identity::note(identity::LogNote::kSampling, to_text(row.id));
  PersonId person;
  if (asked.code) {
    const auto shown = people::shown(people, *asked.code, at);
    if (!shown) return shown.error();
    person = *shown;
    if (!people.unit_of(session, person)) return people::kPersonCodeForged;
  } else {
    // Whoever stands there shows a code; who is only looked up must be of the officer's area.
    person = *asked.person;
    const auto home = people.unit_of(session, person);
    const auto known = access.require(session, caller, kSample, {person, home.value_or(UnitId{}), why});
    if (!known) return known.error();
    if (!home) return wrong_field("/person", "unknown");
    return person;
  }
  const auto allowed = access.require(session, caller, kSample, {person, row.unit, why});
  if (!allowed) return allowed.error();
  return person;
}

Result<storage::TubeRow> Laboratory::Impl::tube_for(Session& session, const storage::SessionRow& row,
                                                    const std::string& code, PersonId person, Instant at) const {
  auto tube = storage::tube(session, code);
  if (tube) {
    if (tube->session != row.id) return kTubeTaken;
    for (const auto& sample : storage::samples(session, tube->id))
      if (sample.person == person) return std::move(*tube);
    if (tube->sent || tube->resulted || row.pool_most == 1) return kTubeTaken;
    if (tube->persons >= row.pool_most) return Error(kPoolFull, {{"most", std::to_string(row.pool_most)}});
    return std::move(*tube);
  }
  if (storage::counts(session, std::span(&row, 1)).front().tubes >= static_cast<std::int64_t>(kTubesMost))
    return Error(kSessionFull, {{"most", std::to_string(kTubesMost)}});
  tube.emplace();
  tube->id = db.ids().make<TubeId>();
  tube->code = code;
  tube->session = row.id;
  tube->unit = row.unit;
  tube->disease = row.disease;
  tube->specimen = row.specimen;
  tube->sampled = at;
  storage::insert(session, *tube);
  return std::move(*tube);
}

void Laboratory::Impl::done(Session& session, const std::string& disease, const storage::SampleRow& sample) const {
  for (const PersonId person : people::known_as(session, sample.person))
    for (auto& task : storage::tasks(session, person, disease)) {
      if (task.state != storage::TaskState::kOpen) continue;
      // What reached us late may be older than the pool, and says nothing of it.
      const auto pool = storage::tube(session, task.tube);
      if (pool && sample.at < pool->sampled) continue;
      task.state = storage::TaskState::kDone;
      task.sample = sample.id;
      storage::update(session, task);
    }
}

Task<Result<TubeSeen>> Laboratory::sample(const Caller& caller, SessionId id, NewSample asked,
                                          std::optional<store::Once> once) {
  const auto code = barcode(asked.tube);
  if (!code) return refused<TubeSeen>(wrong_field("/tube", "format"));
  if (asked.code.has_value() == asked.person.has_value()) return refused<TubeSeen>(wrong_field("/code", "required"));
  const Instant now = impl_->now(), at = asked.at.value_or(now);
  if (at > now + kAhead || at < now - kScannedWithin) return refused<TubeSeen>(wrong_field("/at", "range"));
  auto write = [impl = impl_.get(), caller, id, code = *code, asked = std::move(asked),
                at = std::min(at, now)](Session& s) -> Result<Made> {
    const auto row = impl->session_of(s, caller, id);
    if (!row) return row.error();
    if (at > row->closed.value_or(row->opened + kSessionLasts)) return kSessionClosed;
    const auto person = impl->sampled(s, caller, *row, asked, at);
    if (!person) return person.error();
    auto tube = impl->tube_for(s, *row, code, *person, at);
    if (!tube) return tube.error();
    const auto there = storage::samples(s, tube->id);
    const auto same =
        std::find_if(there.begin(), there.end(), [&](const auto& sample) { return sample.person == *person; });
    if (same != there.end()) return Made{tube->id, same->id};
    storage::SampleRow sample;
    sample.id = impl->db.ids().make<SampleId>();
    sample.tube = tube->id;
    sample.session = id;
    sample.person = *person;
    sample.at = at;
    sample.sampled_by = caller.account;
    sample.sampler = caller.name;
    storage::insert(s, sample);
    ++tube->persons;
    tube->sampled = std::min(tube->sampled, at);
    storage::update(s, *tube);
    if (row->pool_most == 1) impl->done(s, row->disease, sample);
    s.publish({"sampling.changed", id.value, impl->now(), 1, row->unit.value});
    s.publish({"sample.changed", person->value, impl->now(), 1, row->unit.value});
    return Made{tube->id, sample.id};
  };
  return shown(impl_.get(), caller,
               once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<Done>> Laboratory::remove(const Caller& caller, SampleId id, Removal removal) {
  return impl_->db.transact([impl = impl_.get(), caller, id, removal = std::move(removal)](Session& s) -> Result<Done> {
    const auto sample = storage::sample(s, id);
    const auto gone = sample ? std::nullopt : storage::withdrawn(s, id);
    const auto row = impl->session_of(s, caller, sample ? sample->session : gone.value_or(SessionId{}));
    if (!row) return row.error();
    if (!sample) return Done{};  // sent again
    const auto allowed = impl->access.require(
        s, caller, kSample, {sample->person, row->unit, identity::note(identity::LogNote::kTakenBack)});
    if (!allowed) return allowed.error();
    auto tube = storage::tube(s, sample->tube);
    const bool why = removal.reason && !fold(*removal.reason).empty();
    if (tube->sent && !why) return kSampleSent;
    for (const PersonId person : people::known_as(s, sample->person))
      for (auto& task : storage::tasks(s, person, row->disease)) {
        if (task.sample != id) continue;
        task.state = storage::TaskState::kOpen;
        task.sample.reset();
        storage::update(s, task);
      }
    storage::remove(s, id);
    const auto left = storage::samples(s, tube->id);
    if (tube->sent) {
      storage::remove(s, tube->id, sample->person);
      storage::insert(
          s, storage::WithdrawnRow{id, tube->id, row->id, sample->person, sample->at, sample->sampled_by, impl->now(),
                                   caller.account, impl->seal(kWithdrawnSeal, id.value, *removal.reason)});
      for (const auto& result : storage::results(s, tube->id))
        if (!result.replaced) s.publish({"laboratory.result", result.id.value, impl->now(), 1, row->unit.value});
    } else if (left.empty()) {
      storage::remove(s, tube->id);
    } else {
      tube->persons = static_cast<std::int64_t>(left.size());
      tube->sampled =
          std::min_element(left.begin(), left.end(), [](const auto& a, const auto& b) { return a.at < b.at; })->at;
      storage::update(s, *tube);
    }
    s.publish({"sampling.changed", row->id.value, impl->now(), 1, row->unit.value});
    s.publish({"sample.changed", sample->person.value, impl->now(), 1, row->unit.value});
    return Done{};
  });
}

}  // namespace luytre::laboratory
