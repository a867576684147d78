// What is found by itself, and goes by itself.

#include <algorithm>
#include <set>

#include "modules/consistency/impl.h"
#include "modules/visits/stays.h"

namespace luytre::consistency {
namespace {

constexpr std::chrono::hours kLookBack{(kLookBackDays + 2) * 24};  // and whoever came in before and was there still
constexpr const char* kTrip = "vehicleTrip";                       // stands where it is kept, not where it drives

}  // namespace

std::vector<Sighting> Consistency::Impl::sightings(store::Session& session, PersonId person, Instant at) const {
  std::vector<Sighting> out;
  places.refresh(session);
  const auto doubted = doubtful.of(session, std::span(&person, 1));
  const auto known = doubted.find(person);
  const auto doubts_of = [&](const visits::PastStay& stay) -> std::optional<std::vector<visits::Flag>> {
    if (known == doubted.end()) return std::nullopt;
    auto doubts = visits::Doubtful::at(known->second, stay.place, {stay.in, stay.out});
    return doubts.empty() ? std::nullopt : std::optional(std::move(doubts));
  };
  for (const auto& stay : visits::stays(session, person, at - kLookBack, at + std::chrono::seconds(1), kComparedMost)) {
    const auto spot = places.spot(stay.place);
    if (spot && spot->kind && spot->kind->kind == kTrip) continue;
    const Record record = stay.source == visits::Source::kKeeper ? Record::kGate : Record::kVisit;
    out.push_back(
        {record, stay.place, stay.unit, stay.in, stay.out, stay.out_estimated, doubts_of(stay), std::nullopt});
  }
  const Interval when{at - kLookBack, at + std::chrono::seconds(1)};
  for (const Source& source : sources)
    for (Sighting& seen : source(session, person, when)) out.push_back(std::move(seen));
  return out;
}

std::shared_ptr<const OutbreakNames> Consistency::Impl::names_of(const std::vector<Outbreak>& known) const {
  std::vector<UnitId> units;
  for (const Outbreak& one : known) units.push_back(one.unit);
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  const std::lock_guard lock(naming);
  if (!names || names->units() != units) names = std::make_shared<OutbreakNames>(std::move(units), geography);
  return names;
}

Consistency::Impl::Comparison Consistency::Impl::compared(store::Session& session, declarations::DeclarationId id,
                                                          const declarations::Notice& notice) const {
  if (!decisions.in_force(command::Switch::kTracing, notice.unit, notice.recorded)) return {};
  const auto* dated = declarations.catalogue().find(notice.form, notice.form_version);
  const auto response = dated ? declarations.response(session, id) : std::nullopt;
  const auto answers = response ? forms::read_kept(dated->form, *response) : Result<forms::Response>(kNotFound);
  if (!answers) return {};
  const auto said = statements(notice.form, answers->answers, notice.at);
  const auto journey = declared_journey(notice.form, answers->answers);
  if (said.empty() && !journey) return {};
  Comparison out;
  out.about = storage::ComparedRow{id, notice.person, notice.at, notice.at, std::nullopt};
  if (!said.empty()) {
    auto seen = sightings(session, notice.person, notice.at);
    // What somebody learned afterwards is asked about once: by the newest declaration, and by none when a newer one
    // has come.
    const auto learned = [](const Sighting& one) { return one.later.value_or(false); };
    if (std::any_of(seen.begin(), seen.end(), learned)) {
      const auto newest = declarations.newest(session, notice.person, notice.form);
      if (!newest || newest->id != id) std::erase_if(seen, learned);
    }
    const auto known = outbreaks ? outbreaks(notice.recorded) : std::vector<Outbreak>{};
    out.found = compare(said, notice.unit, std::move(seen), known, geography);
    if (auto one = compare_words(said, answers->answers, notice.unit, *names_of(known), geography))
      out.found.push_back(std::move(*one));
  }
  if (!journey) return out;
  out.about->matters = std::max(notice.at, local_midnight(Date{journey->day.days + 1}));
  if (journey->vehicle) out.about->vehicle = vehicle_key(*journey->vehicle, journey->day);
  if (auto one = compare_journey(*journey, lists ? lists(session, notice.person, *journey) : std::vector<ListedTrip>{}))
    out.found.push_back(std::move(*one));
  return out;
}

void Consistency::Impl::found(store::Session& session, declarations::DeclarationId id,
                              const declarations::Notice& notice, const Difference& difference) {
  storage::DifferenceRow row;
  row.id = db.ids().make<DifferenceId>();
  row.declaration = id;
  row.kind = difference.kind;
  row.person = notice.person;
  row.unit = geography.responsible_commune(notice.unit, local_date(notice.recorded)).value_or(notice.unit);
  row.declared_at = notice.at;
  row.found = now();
  row.evidence = seal(kEvidenceSeal, row.id, json::text(difference.evidence));
  storage::insert(session, row);
  publish(session, row, "consistency.found");
}

void Consistency::Impl::went(store::Session& session, storage::DifferenceRow& row, GoneWhy why) {
  row.state = State::kGone;
  row.gone = now();
  row.gone_why = why;
  storage::update(session, row);
  publish(session, row, "consistency.gone");
}

void Consistency::Impl::carry_over(store::Session& session, storage::DifferenceRow row, declarations::DeclarationId id,
                                   const declarations::Notice& notice, const Difference& found) {
  row.declaration = id;
  row.declared_at = notice.at;
  row.evidence = seal(kEvidenceSeal, row.id, json::text(found.evidence));
  if (row.state == State::kGone) row.state = row.explanation ? State::kExplained : State::kAsked;
  row.gone.reset();
  row.gone_why.reset();
  storage::update(session, row);
  publish(session, row, "consistency.found");
}

namespace {

// Takes it out, if it is there.
std::optional<Difference> taken(std::vector<Difference>& found, Kind kind) {
  const auto at = std::find_if(found.begin(), found.end(), [kind](const Difference& one) { return one.kind == kind; });
  if (at == found.end()) return std::nullopt;
  auto out = std::move(*at);
  found.erase(at);
  return out;
}

bool settled(const storage::DifferenceRow& row) {
  return row.state != State::kAsked && row.state != State::kExplained;
}

}  // namespace

void Consistency::Impl::submitted(store::Session& session, declarations::DeclarationId id) {
  const auto notice = declarations.notice(session, id);
  // The version that counts is compared.
  if (!notice || notice->replaced) return;
  auto [now_found, about] = compared(session, id, *notice);
  for (const auto& known : storage::of_declaration(session, id)) taken(now_found, known.kind);
  for (const auto older : notice->corrects) {
    storage::forget(session, older);
    for (auto& row : storage::of_declaration(session, older)) {
      if (const auto still = taken(now_found, row.kind)) {
        carry_over(session, std::move(row), id, *notice, *still);
      } else if (!settled(row)) {
        went(session, row, GoneWhy::kCorrected);
      }
    }
  }
  if (about) storage::note(session, *about);
  for (const Difference& one : now_found) found(session, id, *notice, one);
}

void Consistency::Impl::again(store::Session& session, declarations::DeclarationId id) {
  const auto notice = declarations.notice(session, id);
  if (!notice || notice->replaced || notice->at < now() - kAgainWithin) return;
  auto [now_found, about] = compared(session, id, *notice);
  if (!about) return;  // not to be compared any more, which says nothing of what was found
  for (auto& row : storage::of_declaration(session, id)) {
    const auto still = taken(now_found, row.kind);
    if (row.state == State::kDecided || row.state == State::kReferred) continue;
    if (!still) {
      if (!settled(row)) went(session, row, GoneWhy::kFacts);
    } else if (settled(row) || json::text(still->evidence) != unseal(kEvidenceSeal, row.id, row.evidence)) {
      carry_over(session, std::move(row), id, *notice, *still);
    }
  }
  for (const Difference& one : now_found) found(session, id, *notice, one);
}

void Consistency::Impl::answered(store::Session& session, const Answered& what) {
  auto row = storage::find(session, what.difference);
  if (!row || row->state != State::kReferred) return;
  row->state = State::kDecided;
  row->answered = what.at;
  storage::update(session, *row);
  publish(session, *row, "consistency.answered");
}

void Consistency::Impl::arrived(store::Session& session, const Arrived& what) {
  const Instant since = now() - kAgainWithin;
  std::set<declarations::DeclarationId> concerned;
  for (const Touched& one : what.facts)
    for (const auto id : storage::compared(session, one.person, one.from, since, kAgainMost)) concerned.insert(id);
  for (const TouchedList& list : what.lists)
    for (const auto& word : list.words)
      for (const auto id : storage::compared(session, vehicle_key(word, list.day), since, kAboardMost))
        concerned.insert(id);
  for (const auto id : concerned) again(session, id);
}

void Consistency::Impl::withdrawn(store::Session& session, declarations::DeclarationId id) {
  storage::forget(session, id);
  for (const auto& row : storage::of_declaration(session, id)) {
    storage::remove(session, row.id);
    publish(session, row, "consistency.gone");
  }
}

}  // namespace luytre::consistency
