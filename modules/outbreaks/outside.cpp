// Cases that belong neither to the outbreak nor to the case of a graph, and whom its cases may have it from.
//
// Asked about are cases of the disease in the reader's area that were open while a case of the graph may have been
// infected or ended since then, ill no earlier than the longest incubation before that time, and not after that case;
// where very many are ill at once the latest reported. Told is of them who was met, and nothing of the others: cases
// elsewhere are not read, nor counted.

#include <algorithm>
#include <set>

#include "modules/cases/spreading.h"
#include "modules/outbreaks/impl.h"
#include "modules/people/merged.h"
#include "platform/geography/within.h"

namespace luytre::outbreaks {
namespace {

constexpr std::size_t kOutsideAsked = 20'000;

// The days alone, by which `asked` is the same for all: of each whether it can be.
bool can_have_infected(const cases::OutbreakCase& one, const Outbreaks::Impl::Infected& whom, std::int64_t longest) {
  const Date from = local_date(whom.when.from);
  if (one.onset && whom.ill < *one.onset) return false;
  if (one.outcome_on && *one.outcome_on < from) return false;
  if (one.isolated_at && *one.isolated_at <= whom.when.from) return false;
  return day_of(one).day.days >= from.days - longest;
}

}  // namespace

Outbreaks::Impl::Outside Outbreaks::Impl::outside(store::Session& session, const Caller& caller,
                                                  const std::string& disease, const presence::Days& days,
                                                  std::span<const Infected> infected, const GraphParts& parts) const {
  Outside out;
  auto of = geography::within(geography, access.areas(caller, kGraph), std::nullopt);
  if (!of || infected.empty()) return out;
  cases::SpreadingQuestion question;
  question.disease = disease;
  question.units = std::move(of->units);
  question.everywhere = of->everywhere;
  question.since = infected.front().when.from;
  question.ill_to = infected.front().ill;
  for (const Infected& one : infected) {
    question.since = std::min(question.since, one.when.from);
    question.ill_to = std::max(question.ill_to, one.ill);
  }
  question.ill_from = Date{local_date(question.since).days - days.most};
  question.most = kOutsideAsked + 1;
  auto found = cases::spreading(session, question);
  out.whole = found.size() <= kOutsideAsked;
  if (!out.whole) found.resize(kOutsideAsked);

  std::set<PersonId> here, named, nameless;
  for (const GraphCase& one : parts.cases)
    if (one.seen.facts.classification != cases::Classification::kDiscarded) here.insert(one.person);
  for (const GraphContact& one : parts.contacts) (one.own ? named : nameless).insert(one.exposure.person);
  std::vector<PersonId> persons;
  for (const cases::Spreading& one : found) persons.push_back(one.person);
  const auto kept = people::counts_as(session, persons);
  for (const cases::Spreading& one : found) {
    const auto as = kept.find(one.person);
    const PersonId who = as == kept.end() ? one.person : as->second;
    if (here.contains(who) || (nameless.contains(who) && !named.contains(who))) continue;
    out.asked.emplace(who, one.id);
  }
  return out;
}

void Outbreaks::Impl::take_outside(store::Session& session, const Caller& caller, const Outside& asked,
                                   const presence::Days& days, std::span<const Infected> infected,
                                   GraphParts& parts) const {
  std::map<CaseId, PersonId> met;
  for (const Possible& one : parts.possible)
    for (const tracing::Met& with : one.met)
      if (const auto known = asked.asked.find(with.strongest.with); known != asked.asked.end())
        met.emplace(known->second, known->first);
  if (met.empty()) return;
  std::vector<CaseId> ids;
  for (const auto& [id, person] : met) ids.push_back(id);
  std::map<PersonId, cases::OutbreakCase> facts;
  for (cases::OutbreakCase& one : cases::Cases::of_outbreak(session, ids))
    if (seen_by(caller, kGraph, one)) facts.emplace(met.at(one.id), std::move(one));

  std::set<PersonId> contacts, fits;
  for (const GraphContact& one : parts.contacts) contacts.insert(one.exposure.person);
  for (std::size_t i = 0; i < parts.possible.size(); ++i) {
    std::erase_if(parts.possible[i].met, [&](const tracing::Met& one) {
      const PersonId who = one.strongest.with;
      if (!asked.asked.contains(who)) return false;
      const auto known = facts.find(who);
      const bool can = known != facts.end() && can_have_infected(known->second, infected[i], days.most);
      if (can) fits.insert(who);
      return !can && !contacts.contains(who);
    });
  }
  for (auto& [person, one] : facts) {
    if (!fits.contains(person)) continue;
    GraphCase& kase = parts.outside.emplace_back();
    if (const auto* unit = geography.find(one.unit)) kase.seen.unit_name = unit->full_name;
    kase.seen.facts = std::move(one);
    kase.person = person;
    kase.own = true;
  }
}

Result<Outbreaks::Impl::Drawn> Outbreaks::Impl::with_outside(store::Session& session, const Caller& caller, Drawn drawn,
                                                             const std::vector<CaseId>& outside) const {
  if (outside.empty()) return drawn;
  if (outside.size() > kOutsideMost) return wrong_field("/outside", "too_long");
  std::set<CaseId> ids(outside.begin(), outside.end());
  for (const cases::OutbreakCase& one : drawn.cases) ids.erase(one.id);
  const std::vector<CaseId> asked(ids.begin(), ids.end());
  auto found = cases::Cases::of_outbreak(session, asked);
  if (found.size() != asked.size()) return kNotFound;
  for (cases::OutbreakCase& one : found) {
    if (one.disease != drawn.disease || !seen_by(caller, kTakeOut, one)) return kNotFound;
    drawn.cases.push_back(std::move(one));
  }
  return drawn;
}

}  // namespace luytre::outbreaks
