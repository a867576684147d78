#include "modules/consistency/consistency.h"

#include <algorithm>
#include <limits>
#include <set>

#include "modules/consistency/impl.h"
#include "modules/people/adults.h"
#include "platform/base/conflict.h"
#include "platform/base/sorted_cursor.h"

namespace luytre::consistency {
namespace {

constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::chrono::minutes kAgainEvery{10};

const identity::Action kReview{"consistency.review",
                               Purpose::kDeclarationReview,
                               {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

}  // namespace

Consistency::Consistency(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
Consistency::~Consistency() = default;

void Consistency::add_source(Source source) {
  impl_->sources.push_back(std::move(source));
}

void Consistency::set_outbreaks(Outbreaks outbreaks) {
  impl_->outbreaks = std::move(outbreaks);
}

void Consistency::set_lists(Lists lists) {
  impl_->lists = std::move(lists);
}

void Consistency::set_answers(Answers answers) {
  impl_->answers = std::move(answers);
}

std::optional<Consistency::Referred> Consistency::referred(store::Session& session, DifferenceId id) {
  const auto row = storage::find(session, id);
  if (!row || row->decision != Decision::kReferred || !row->decided || row->state == State::kGone) return std::nullopt;
  return Referred{row->person, row->unit, *row->decided};
}

void Consistency::add_arrivals(std::vector<std::string> events, Arrivals arrivals) {
  for (auto& event : events) impl_->arrivals[std::move(event)].push_back(arrivals);
}

store::Following Consistency::follow() {
  std::vector<std::string> types{"declaration.submitted", "declaration.withdrawn", "referral.done"};
  for (const auto& [event, told] : impl_->arrivals) types.push_back(event);
  return {"consistency.compare",
          std::move(types),
          [impl = impl_.get()](store::Session& s, const store::Event& event) {
            const declarations::DeclarationId id{event.subject};
            if (event.type == "declaration.submitted") impl->submitted(s, id);
            if (event.type == "declaration.withdrawn") impl->withdrawn(s, id);
            if (event.type == "referral.done" && impl->answers)
              if (const auto one = impl->answers(s, event)) impl->answered(s, *one);
            const auto told = impl->arrivals.find(event.type);
            if (told == impl->arrivals.end()) return;
            for (const Arrivals& one : told->second) impl->arrived(s, one(s, event));
          },
          {}};
}

store::Recurring Consistency::again() {
  const auto run = [impl = impl_.get()](store::Session& s) {
    const std::int64_t from = impl->looked.load();
    const DifferenceId before{from == 0 ? std::numeric_limits<std::int64_t>::max() : from};
    const auto rows = storage::page(s, {{{}, true}, {State::kAsked, State::kExplained}}, before, kLookedAtOnce);
    std::set<declarations::DeclarationId> declared;
    for (const auto& row : rows) declared.insert(row.declaration);
    for (const auto id : declared) impl->again(s, id);
    impl->looked = rows.size() < kLookedAtOnce ? 0 : rows.back().id.value;
  };
  return {"consistency.again", kAgainEvery, run};
}

store::Recurring Consistency::retention() {
  const auto run = [impl = impl_.get()](store::Session& s) {
    const Instant now = impl->now();
    storage::retain(s, impl->db.ids(), now, now - kKept);
  };
  return {"consistency.retention", kRetentionEvery, run};
}

std::string Consistency::Impl::unseal(std::string_view what, DifferenceId id, const store::Bytes& sealed) const {
  return vault.unsealed(what, to_text(id), sealed.data);
}

bool Consistency::Impl::is_affair_of(store::Session& session, const Caller& caller, PersonId person) const {
  const people::People::Wanted wanted{caller.account, person};
  const auto member = people::People::members(session, std::span(&wanted, 1)).front();
  const auto brief = member ? people.brief(session, person) : std::nullopt;
  return brief && people::sees_affairs(member->relation, brief->birth_year, local_date(now()));
}

DifferenceView Consistency::Impl::view(store::Session& session, const storage::DifferenceRow& row, bool whole) const {
  DifferenceView out;
  out.id = row.id;
  out.declaration = row.declaration;
  out.kind = row.kind;
  out.of = row.person;
  out.unit = row.unit;
  if (const auto* unit = geography.find(row.unit)) out.unit_name = unit->full_name;
  out.declared_at = row.declared_at;
  out.found = row.found;
  out.state = row.state;
  out.explained = row.explained;
  out.decision = row.decision;
  out.decided_by = row.decided_name;
  out.decided = row.decided;
  out.gone = row.gone;
  out.gone_why = row.gone_why;
  out.answered = row.answered;
  out.version = row.version;
  if (!whole) return out;
  const auto evidence = json::parse<std::vector<Sighting>>(unseal(kEvidenceSeal, row.id, row.evidence));
  if (!evidence) throw std::runtime_error("evidence of a difference is not readable");
  places.refresh(session);
  out.evidence.emplace();
  for (const Sighting& seen : *evidence) {
    const auto spot = places.spot(seen.place);
    out.evidence->push_back({seen.record, spot ? spot->place_name : "", geography.path_text(seen.unit), seen.from,
                             seen.to, seen.estimated, seen.claimed.value_or(false),
                             seen.doubts.value_or(std::vector<visits::Flag>{}), seen.absent.value_or(false), seen.seat,
                             seen.later.value_or(false), seen.words, seen.asked});
  }
  if (row.explanation) out.explanation = unseal(kExplanationSeal, row.id, *row.explanation);
  return out;
}

Task<Result<std::vector<DifferenceView>>> Consistency::mine(const Caller& caller) const {
  using Shown = std::vector<DifferenceView>;
  if (caller.account.value == 0) return refused<Shown>(kUnauthenticated);
  if (!caller.full) return refused<Shown>(kSecondProofRequired);
  return impl_->db.read([impl = impl_.get(), caller](store::Session& s) -> Result<Shown> {
    Shown out;
    for (const PersonId person : people::People::household_people(s, caller.account)) {
      if (!impl->is_affair_of(s, caller, person)) continue;
      for (const auto& row : storage::of_person(s, person, kMineShown))
        if (row.state != State::kGone) out.push_back(impl->view(s, row, true));
    }
    return out;
  });
}

Task<Result<DifferenceView>> Consistency::explain(const Caller& caller, DifferenceId id, Explanation explanation) {
  if (caller.account.value == 0) return refused<DifferenceView>(kUnauthenticated);
  if (!caller.full) return refused<DifferenceView>(kSecondProofRequired);
  return impl_->db.transact([impl = impl_.get(), caller, id,
                             text = std::string(explanation.text)](store::Session& s) -> Result<DifferenceView> {
    auto row = storage::find(s, id);
    if (!row || row->state == State::kGone || !impl->is_affair_of(s, caller, row->person)) return kNotFound;
    if (row->state == State::kDecided || row->state == State::kReferred) return kDifferenceDecided;
    row->state = State::kExplained;
    row->explanation = impl->seal(kExplanationSeal, id, text);
    row->explained = impl->now();
    storage::update(s, *row);
    impl->publish(s, *row, "consistency.explained");
    return impl->view(s, *row, true);
  });
}

Task<Result<http::Page<DifferenceView>>> Consistency::list(const Caller& caller, Filter filter,
                                                           std::optional<std::string> cursor, std::size_t limit) {
  using Shown = http::Page<DifferenceView>;
  const auto areas = impl_->access.areas(caller, kReview);
  if (areas.empty()) return refused<Shown>(kNotPermitted);
  const bool descending = filter.order == Order::kDescending;
  const std::string sorted = "found-" + json::enum_text(filter.order);
  const auto start = start_of(cursor, sorted, descending);
  if (!start) return refused<Shown>(start.error());
  const DifferenceId after{start->number};
  return impl_->db.transact([impl = impl_.get(), caller, areas, filter, descending, sorted, after,
                             limit](store::Session& s) -> Result<Shown> {
    Shown page;
    auto of = geography::within_or_above(impl->geography, areas, filter.unit);
    if (!of) return page;
    storage::Search search{std::move(*of), {State::kAsked, State::kExplained}, descending};
    if (filter.state) search.states = {*filter.state};
    auto rows = storage::page(s, search, after, limit + 1);
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = end_of(sorted, {rows.back().id.value, 0});
    }
    std::vector<identity::Subject> shown;
    std::vector<PersonId> persons;
    for (const auto& row : rows) {
      shown.push_back({row.person, row.unit, identity::note(identity::LogNote::kListOfDifferences)});
      persons.push_back(row.person);
    }
    if (auto allowed = impl->access.require_each(s, caller, kReview, shown); !allowed) return allowed.error();
    const auto briefs = impl->people.briefs(s, persons);
    for (const auto& row : rows) {
      DifferenceView item = impl->view(s, row, false);
      if (const auto brief = briefs.find(row.person); brief != briefs.end()) item.person = brief->second;
      page.items.push_back(std::move(item));
    }
    return page;
  });
}

Result<storage::DifferenceRow> Consistency::Impl::seen(store::Session& session, const Caller& caller,
                                                       DifferenceId id) const {
  auto row = storage::find(session, id);
  const auto areas = access.areas(caller, kReview);
  const auto covers = [&](UnitId area) { return geography.covers(area, row->unit); };
  if (!row || std::none_of(areas.begin(), areas.end(), covers)) return kNotFound;
  const identity::Subject subject{row->person, row->unit, identity::note(identity::LogNote::kDifference, to_text(id))};
  if (auto allowed = access.require(session, caller, kReview, subject); !allowed) return allowed.error();
  return std::move(*row);
}

Task<Result<DifferenceView>> Consistency::find(const Caller& caller, DifferenceId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<DifferenceView> {
    const auto row = impl->seen(s, caller, id);
    if (!row) return row.error();
    DifferenceView out = impl->view(s, *row, true);
    out.person = impl->people.brief(s, row->person);
    if (row->note) out.note = impl->unseal(kNoteSeal, id, *row->note);
    return out;
  });
}

Task<Result<DifferenceView>> Consistency::decide(const Caller& caller, DifferenceId id, Ruling ruling,
                                                 std::int64_t version) {
  if (ruling.note.empty()) return refused<DifferenceView>(wrong_field("/note", "required"));
  auto deciding = impl_->db.transact([impl = impl_.get(), caller, id, ruling = std::move(ruling),
                                      version](store::Session& s) -> Result<DifferenceView> {
    auto row = impl->seen(s, caller, id);
    if (!row) return row.error();
    if (row->version != version) return kVersionConflict;
    if (row->state != State::kAsked && row->state != State::kExplained) return kDifferenceDecided;
    row->state = ruling.decision == Decision::kReferred ? State::kReferred : State::kDecided;
    row->decision = ruling.decision;
    row->note = impl->seal(kNoteSeal, id, ruling.note);
    row->decided = impl->now();
    row->decided_by = caller.account;
    row->decided_name = caller.name;
    storage::update(s, *row);
    impl->publish(s, *row, "consistency.decided");
    DifferenceView out = impl->view(s, *row, true);
    out.person = impl->people.brief(s, row->person);
    out.note = ruling.note;
    return out;
  });
  return with_current(std::move(deciding), [this, caller, id] { return find(caller, id); });
}

}  // namespace luytre::consistency
