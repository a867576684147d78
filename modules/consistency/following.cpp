// What is found by itself, and goes by itself.

#include <algorithm>

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
    return visits::Doubtful::at(known->second, stay.place, {stay.in, stay.out});
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

std::vector<Difference> Consistency::Impl::differences(store::Session& session, declarations::DeclarationId id,
                                                       const declarations::Notice& notice) const {
  if (!decisions.in_force(command::Switch::kTracing, notice.unit, notice.recorded)) return {};
  const auto* dated = declarations.catalogue().find(notice.form, notice.form_version);
  const auto response = dated ? declarations.response(session, id) : std::nullopt;
  const auto answers = response ? forms::read_kept(dated->form, *response) : Result<forms::Response>(kNotFound);
  if (!answers) return {};
  const auto said = statements(notice.form, answers->answers, notice.at);
  if (said.empty()) return {};
  return compare(said, notice.unit, sightings(session, notice.person, notice.at),
                 outbreaks ? outbreaks(notice.recorded) : std::vector<Outbreak>{}, geography);
}

void Consistency::Impl::carry_over(store::Session& session, storage::DifferenceRow row, declarations::DeclarationId id,
                                   const declarations::Notice& notice, const Difference& found) {
  row.declaration = id;
  row.declared_at = notice.at;
  row.evidence = seal(kEvidenceSeal, row.id, json::text(found.evidence));
  if (row.state == State::kGone) row.state = row.explanation ? State::kExplained : State::kAsked;
  storage::update(session, row);
  publish(session, row, "consistency.found");
}

void Consistency::Impl::submitted(store::Session& session, declarations::DeclarationId id) {
  const auto notice = declarations.notice(session, id);
  // The version that counts is compared.
  if (!notice || notice->replaced) return;
  auto found = differences(session, id, *notice);
  const auto take = [&found](Kind kind) -> std::optional<Difference> {
    const auto same = [kind](const Difference& one) { return one.kind == kind; };
    const auto at = std::find_if(found.begin(), found.end(), same);
    if (at == found.end()) return std::nullopt;
    auto out = std::move(*at);
    found.erase(at);
    return out;
  };
  for (const auto& known : storage::of_declaration(session, id)) take(known.kind);
  for (const auto older : notice->corrects) {
    for (auto& row : storage::of_declaration(session, older)) {
      if (const auto still = take(row.kind)) {
        carry_over(session, std::move(row), id, *notice, *still);
      } else if (row.state != State::kDecided && row.state != State::kGone) {
        row.state = State::kGone;
        storage::update(session, row);
        publish(session, row, "consistency.gone");
      }
    }
  }
  for (const Difference& one : found) {
    storage::DifferenceRow row;
    row.id = db.ids().make<DifferenceId>();
    row.declaration = id;
    row.kind = one.kind;
    row.person = notice->person;
    row.unit = geography.responsible_commune(notice->unit, local_date(notice->recorded)).value_or(notice->unit);
    row.declared_at = notice->at;
    row.found = now();
    row.evidence = seal(kEvidenceSeal, row.id, json::text(one.evidence));
    storage::insert(session, row);
    publish(session, row, "consistency.found");
  }
}

void Consistency::Impl::withdrawn(store::Session& session, declarations::DeclarationId id) {
  for (const auto& row : storage::of_declaration(session, id)) {
    storage::remove(session, row.id);
    publish(session, row, "consistency.gone");
  }
}

}  // namespace luytre::consistency
