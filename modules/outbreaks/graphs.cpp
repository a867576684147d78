// The graph of an outbreak or of a case: who may see it, what it is drawn from, and taking it out. What is long is read
// between two transactions: of the first the looks at the cases are durable, of the second how many contacts were
// shown.

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "modules/outbreaks/impl.h"
#include "modules/people/merged.h"
#include "modules/people/names.h"

namespace luytre::outbreaks {
namespace {

constexpr std::size_t kSearchedMost = 200;  // cases looked for backwards
constexpr std::chrono::seconds kSearchTime{3};

bool discarded(const cases::OutbreakCase& one) {
  return one.classification == cases::Classification::kDiscarded;
}

Result<Done> level_within(std::int64_t levels) {
  if (levels < 0 || levels > kGraphLevels) return wrong_field("?level", "range");
  return Done{};
}

std::set<PersonId> met_by(const std::vector<Possible>& all) {
  std::set<PersonId> out;
  for (const Possible& one : all)
    for (const tracing::Met& met : one.met) out.insert(met.strongest.with);
  return out;
}

// When those who were met could infect.
void find_windows(store::Session& session, Instant now, GraphParts& parts) {
  const std::set<PersonId> met = met_by(parts.possible);
  std::vector<CaseId> sources;
  for (const auto* all : {&parts.cases, &parts.outside})
    for (const GraphCase& one : *all)
      if (met.contains(one.person)) sources.push_back(one.seen.facts.id);
  std::map<CaseId, Interval> windows;
  for (const cases::TracedCase& one : cases::Cases::traced(session, sources))
    if (one.window_from) windows.emplace(one.id, Interval{*one.window_from, one.window_to.value_or(now)});
  for (auto* all : {&parts.cases, &parts.outside})
    for (GraphCase& one : *all)
      if (const auto window = windows.find(one.seen.facts.id); window != windows.end()) one.infectious = window->second;
}

// Until then only: whoever waits for the graph waits for all of it.
presence::TraceLimits search_limits() {
  const auto end = std::chrono::steady_clock::now() + kSearchTime;
  presence::TraceLimits out;
  out.over = [end] { return std::chrono::steady_clock::now() >= end; };
  return out;
}

}  // namespace

Result<Outbreaks::Impl::Drawn> Outbreaks::Impl::look_at(store::Session& session, const Caller& caller,
                                                        const identity::Action& action, Drawn drawn) const {
  drawn.own.clear();
  std::vector<identity::Subject> shown;
  for (const cases::OutbreakCase& one : drawn.cases) {
    const auto by = discarded(one) ? std::nullopt : seen_by(caller, action, one);
    drawn.own.push_back(by.has_value());
    if (by) shown.push_back({one.person, *by, drawn.reason});
  }
  if (auto allowed = access.require_each(session, caller, action, shown); !allowed) return allowed.error();
  return drawn;
}

Result<Outbreaks::Impl::Drawn> Outbreaks::Impl::drawn(store::Session& session, const Caller& caller,
                                                      OutbreakId id) const {
  const auto row = seen(session, caller, kGraph, id);
  if (!row) return row.error();
  Drawn out;
  out.disease = row->disease;
  out.reason = identity::note(identity::LogNote::kOutbreak, to_text(id));
  for (cases::OutbreakCase& one : cases_of(session, id)) {
    if (!discarded(one)) out.with_contacts.push_back(one.id);
    out.cases.push_back(std::move(one));
  }
  return out;
}

Result<Outbreaks::Impl::Drawn> Outbreaks::Impl::drawn(store::Session& session, const Caller& caller, CaseId id) const {
  auto found = cases::Cases::of_outbreak(session, std::span(&id, 1));
  if (found.empty() || !seen_by(caller, kGraph, found.front())) return kNotFound;
  Drawn out;
  out.disease = found.front().disease;
  out.reason = identity::note(identity::LogNote::kCaseFile, found.front().number);
  out.with_contacts.push_back(id);
  const std::optional<CaseId> source = found.front().source;
  out.cases.push_back(std::move(found.front()));
  const auto known = storage::outbreak_of(session, id);
  const auto row = known ? storage::find(session, *known) : std::nullopt;
  bool with_source = false;
  if (row && geography.covers(access.areas(caller, kGraph), row->unit)) {
    for (cases::OutbreakCase& one : cases_of(session, *known)) {
      if (one.id != source && one.source != id) continue;
      with_source = with_source || one.id == source;
      out.cases.push_back(std::move(one));
    }
  }
  if (!source || with_source) return out;
  for (cases::OutbreakCase& one : cases::Cases::of_outbreak(session, std::span(&*source, 1)))
    if (seen_by(caller, kGraph, one)) out.cases.push_back(std::move(one));
  return out;
}

std::vector<GraphCase> Outbreaks::Impl::graph_cases(store::Session& session, const Drawn& drawn) const {
  std::vector<PersonId> persons;
  for (const cases::OutbreakCase& one : drawn.cases) persons.push_back(one.person);
  const auto kept = people::counts_as(session, persons);
  const std::vector<Seen> seen = seen_cases(session, drawn.cases);
  std::vector<GraphCase> out;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto as = kept.find(seen[i].facts.person);
    out.push_back({seen[i], as == kept.end() ? seen[i].facts.person : as->second, drawn.own[i], {}});
  }
  return out;
}

void Outbreaks::Impl::find_possible(store::Session& session, const Caller& caller, const Drawn& drawn,
                                    GraphParts& parts, Graph& counts) const {
  const presence::Disease* const disease = diseases.find(drawn.disease);
  const bool dated = disease && disease->incubation_days;
  const std::set<CaseId> asked(drawn.with_contacts.begin(), drawn.with_contacts.end());
  std::vector<tracing::Exposed> exposed;
  std::vector<Infected> infected;
  for (const GraphCase& one : parts.cases) {
    const cases::OutbreakCase& facts = one.seen.facts;
    if (facts.source || discarded(facts) || !asked.contains(facts.id)) continue;
    if (!dated || !one.own || exposed.size() >= kSearchedMost ||
        !decisions.in_force(command::Switch::kTracing, facts.unit, now(), drawn.disease)) {
      ++counts.not_searched;
      continue;
    }
    const auto& days = *disease->incubation_days;
    const CaseDay day = day_of(facts);
    infected.push_back({day.day, exposure_window(day, days.least, days.most)});
    exposed.push_back({one.person, infected.back().when});
    parts.possible.push_back({facts.id, {}});
  }
  if (exposed.empty()) return;
  std::set<PersonId> among;
  for (const GraphCase& one : parts.cases)
    if (!discarded(one.seen.facts)) among.insert(one.person);
  for (const GraphContact& one : parts.contacts) among.insert(one.exposure.person);
  const Outside beside = outside(session, caller, drawn.disease, *disease->incubation_days, infected, parts);
  counts.outside_whole = beside.whole;
  for (const auto& [person, id] : beside.asked) among.insert(person);
  auto found = tracing::met_before(session, exposed, among, tracing::place_settings(kinds), search_limits());
  counts.not_searched += static_cast<std::int64_t>(exposed.size() - found.reached);
  for (std::size_t i = 0; i < exposed.size(); ++i) parts.possible[i].met = std::move(found.of_each[i]);
  take_outside(session, caller, beside, *disease->incubation_days, infected, parts);
  find_windows(session, now(), parts);
}

Outbreaks::Impl::GraphShown Outbreaks::Impl::graph(store::Session& session, const Caller& caller, const Drawn& drawn,
                                                   std::int64_t levels) const {
  GraphParts parts;
  parts.cases = graph_cases(session, drawn);
  std::set<CaseId> own;
  for (const GraphCase& one : parts.cases)
    if (one.own) own.insert(one.seen.facts.id);
  auto found = tracing::exposures(session, drawn.with_contacts, levels, kGraphMost - parts.cases.size());
  std::vector<PersonId> named;
  GraphShown shown;
  for (tracing::Exposure& one : found.all) {
    GraphContact& contact = parts.contacts.emplace_back();
    contact.own = own.contains(one.case_);
    if (contact.own) named.push_back(one.person);
    if (contact.own) shown.named.push_back({one.person, one.unit});
    if (const auto* unit = geography.find(one.unit)) contact.unit_name = unit->full_name;
    contact.exposure = std::move(one);
  }
  const auto names = people::names(session, named);
  for (GraphContact& one : parts.contacts) {
    const auto name = one.own ? names.find(one.exposure.person) : names.end();
    if (name != names.end()) one.name = name->second;
  }
  Graph counts;
  find_possible(session, caller, drawn, parts, counts);
  const auto name_place = [&](const tracing::Meeting& meeting) {
    if (!meeting.place || parts.places.contains(*meeting.place)) return;
    if (const auto spot = places.spot(*meeting.place)) parts.places.emplace(*meeting.place, spot->place_name);
  };
  for (const GraphContact& one : parts.contacts)
    if (one.exposure.strongest) name_place(*one.exposure.strongest);
  for (const Possible& one : parts.possible)
    for (const tracing::Met& met : one.met) name_place(met.strongest);
  Graph out = outbreaks::graph(parts);
  out.levels = levels;
  out.left_out = std::move(found.left_out);
  out.not_searched = counts.not_searched;
  out.outside_whole = counts.outside_whole;
  std::set<std::string> beside;
  for (const std::int64_t node : out.outside) beside.insert(out.nodes.id[static_cast<std::size_t>(node)]);
  for (const GraphCase& one : parts.outside) {
    const cases::OutbreakCase& facts = one.seen.facts;
    if (beside.contains(to_text(facts.id)))
      shown.named.push_back({facts.person, seen_by(caller, kGraph, facts).value_or(facts.unit)});
  }
  shown.graph = std::move(out);
  return shown;
}

Task<Result<Graph>> Outbreaks::Impl::graph(Caller caller, Task<Result<Drawn>> asking, std::int64_t levels) {
  const Result<Drawn> known = co_await std::move(asking);
  if (!known) co_return known.error();
  auto reading =
      db.read([this, caller, drawn = *known, levels](store::Session& s) { return graph(s, caller, drawn, levels); });
  GraphShown shown = co_await std::move(reading);
  Graph out = std::move(shown.graph);
  const auto contacts =
      std::count_if(out.nodes.id.begin(), out.nodes.id.end(), [](const auto& id) { return !id.empty(); }) -
      std::count(out.nodes.level.begin(), out.nodes.level.end(), 0);
  auto logging = db.transact(
      [this, caller, contacts, reason = known->reason, levels, named = std::move(shown.named)](store::Session& s) {
        access.log_each(s, caller, kGraph, named, reason);
        access.log_list(s, caller, kGraph, contacts, reason + " graph level " + std::to_string(levels));
        return Done{};
      });
  co_await std::move(logging);
  co_return out;
}

Task<Result<Graph>> Outbreaks::graph(const Caller& caller, OutbreakId id, std::int64_t levels) {
  return impl_->graph(
      caller, impl_->db.transact([impl = impl_.get(), caller, id, levels](store::Session& s) -> Result<Impl::Drawn> {
        if (const auto within = level_within(levels); !within) return within.error();
        auto drawn = impl->drawn(s, caller, id);
        return drawn ? impl->look_at(s, caller, kGraph, std::move(*drawn)) : std::move(drawn);
      }),
      levels);
}

Task<Result<Graph>> Outbreaks::graph(const Caller& caller, CaseId id, std::int64_t levels) {
  return impl_->graph(
      caller, impl_->db.transact([impl = impl_.get(), caller, id, levels](store::Session& s) -> Result<Impl::Drawn> {
        if (const auto within = level_within(levels); !within) return within.error();
        auto drawn = impl->drawn(s, caller, id);
        return drawn ? impl->look_at(s, caller, kGraph, std::move(*drawn)) : std::move(drawn);
      }),
      levels);
}

Result<GraphMark> Outbreaks::Impl::take_graph(store::Session& session, const Caller& caller, Drawn drawn,
                                              const GraphTaken& taken) const {
  if (taken.people < 0 || taken.people > static_cast<std::int64_t>(kGraphMost)) return wrong_field("/people", "range");
  const std::string reason = drawn.reason;
  auto all = with_outside(session, caller, std::move(drawn), taken.outside.value_or(std::vector<CaseId>{}));
  if (!all) return all.error();
  const auto looked = look_at(session, caller, kTakeOut, std::move(*all));
  if (!looked) return looked.error();
  access.log_list(session, caller, kTakeOut, taken.people, reason + " graph " + json::enum_text(taken.file));
  return GraphMark{"Lũy Tre: " + reason + ", " + to_text(caller.account) + ", " + to_text(now())};
}

Task<Result<GraphMark>> Outbreaks::take_graph(const Caller& caller, OutbreakId id, GraphTaken taken) {
  return impl_->db.transact([impl = impl_.get(), caller, id, taken](store::Session& s) -> Result<GraphMark> {
    auto drawn = impl->drawn(s, caller, id);
    if (!drawn) return drawn.error();
    if (!impl->in_charge(s, caller, id)) return kNotInCharge;
    return impl->take_graph(s, caller, std::move(*drawn), taken);
  });
}

Task<Result<GraphMark>> Outbreaks::take_graph(const Caller& caller, CaseId id, GraphTaken taken) {
  return impl_->db.transact([impl = impl_.get(), caller, id, taken](store::Session& s) -> Result<GraphMark> {
    auto drawn = impl->drawn(s, caller, id);
    return drawn ? impl->take_graph(s, caller, std::move(*drawn), taken) : drawn.error();
  });
}

}  // namespace luytre::outbreaks
