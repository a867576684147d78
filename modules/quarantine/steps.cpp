// What is proposed, and what is signed.

#include <algorithm>

#include "modules/people/merged.h"
#include "modules/quarantine/impl.h"

namespace luytre::quarantine {

Result<Order> Orders::Impl::propose(store::Session& session, const Caller& caller, OrderId id, const NewStep& step,
                                    std::int64_t version) const {
  auto row = seen(session, caller, kWork, id);
  if (!row) return row.error();
  if (row->version != version) return kVersionConflict;
  if (row->state != State::kRunning) return kOrderNotRunning;
  if (row->waiting || static_cast<std::int64_t>(storage::steps(session, id).size()) >= kStepsMost) return kStepWaits;
  if (step.reason.empty()) return wrong_field("/reason", "required");
  const bool moves_end = step.kind == StepKind::kExtend || step.kind == StepKind::kShorten;
  if (moves_end != step.last_day.has_value()) return wrong_field("/lastDay", moves_end ? "required" : "unknown");
  if ((step.kind == StepKind::kMove) != step.place.has_value())
    return wrong_field("/place", step.kind == StepKind::kMove ? "required" : "unknown");
  if (step.source && step.kind != StepKind::kExtend) return wrong_field("/source", "unknown");
  if ((step.kind == StepKind::kWindows) != step.windows.has_value())
    return wrong_field("/windows", step.windows ? "unknown" : "required");
  Detail detail;
  switch (step.kind) {
    case StepKind::kExtend: {
      if (const auto gone = basis_gone(session, *row)) return *gone;
      const Date most{std::max(row->last_day, today()).days + law.basis_on(today()).extension_days_most};
      if (*step.last_day <= row->last_day || *step.last_day < today() || most < *step.last_day)
        return wrong_field("/lastDay", "range");
      if (lasts_most(*row) < *step.last_day) {
        if (!step.source || step.source->empty()) return wrong_field("/source", "required");
        detail.source = *step.source;
      }
      break;
    }
    case StepKind::kShorten:
      if (*step.last_day >= row->last_day || *step.last_day < std::max(today(), row->first_day))
        return wrong_field("/lastDay", "range");
      break;
    case StepKind::kMove: {
      auto place = place_of(session, row->person, *step.place, "/place");
      if (!place) return place.error();
      const auto commune = commune_of(*place, row->unit);
      if (!commune) return wrong_field("/place/unit", "unknown");
      detail.place = std::move(*place);
      break;
    }
    case StepKind::kWindows: {
      if (row->kind == Kind::kObservation || row->place_kind != PlaceKind::kHome)
        return wrong_field("/kind", "unknown");
      const auto windows = read_windows(*step.windows);
      if (!windows) return wrong_field("/windows", "format");
      detail.windows = written(*windows);
      break;
    }
    case StepKind::kRelease:
      break;
    case StepKind::kOrder:
    case StepKind::kReplace:
      return wrong_field("/kind", "unknown");
  }
  detail.reason = step.reason;
  auto made = step_of(caller, id, step.kind, std::move(detail));
  made.last_day = step.last_day;
  storage::insert(session, made);
  row->waiting = step.kind;
  row->waiting_since = made.proposed_at;
  storage::update(session, *row);
  publish(session, *row, "quarantine.proposed");
  return view(session, caller, *row, true);
}

Result<Order> Orders::Impl::sign(store::Session& session, const Caller& caller, OrderId id, const Signature& signature,
                                 std::int64_t version) const {
  auto row = seen(session, caller, kSign, id);
  if (!row) return row.error();
  if (row->version != version) return kVersionConflict;
  if (!row->waiting) return kNothingToSign;
  if (signature.authority.empty()) return wrong_field("/authority", "required");
  const storage::StepRow step = waiting_of(storage::steps(session, id));
  if (step.proposed_by == caller.account) return tracing::kSecondOfficerNeeded;
  Detail detail = detail_of(step);
  detail.authority = signature.authority;
  switch (step.kind) {
    case StepKind::kOrder:
      if (const auto gone = basis_gone(session, *row)) return *gone;
      if (row->last_day < today()) return kOrderOver;
      if (const auto other = in_the_way(session, row->person, row->disease, row->kind, id))
        return Error(kOrderExists, {{"order", to_text(other->id)}, {"number", number(*other)}});
      row->state = State::kRunning;
      row->first_day = std::max(row->first_day, today());  // nobody is bound before the signature
      if (row->kind == Kind::kIsolation) replace_others(session, caller, *row, *detail.authority);
      break;
    case StepKind::kExtend:
      if (const auto gone = basis_gone(session, *row)) return *gone;
      if (row->last_day < today()) row->checks_from.reset();  // between the last day and this, nobody was asked
      [[fallthrough]];
    case StepKind::kShorten:
      if (*step.last_day < today()) return kOrderOver;
      row->last_day = *step.last_day;
      break;
    case StepKind::kMove: {
      // Who signs answers for where the person goes, too: its officers see the order from now on.
      const UnitId commune = commune_of(*detail.place, row->unit).value_or(row->unit);
      if (!geography.covers(access.areas(caller, kSign), commune)) return kNotPermitted;
      row->unit = commune;
      storage::remove_point(session, id);  // it was that of the place before
      row->place_kind = detail.place->kind;
      row->site = detail.place->site;
      break;
    }
    case StepKind::kWindows:
      row->windows = detail.windows;
      if (row->windows && row->windows->empty()) row->windows.reset();
      row->checks_from.reset();  // of windows that were not the order's yet, nothing is missed
      break;
    case StepKind::kRelease:
      row->state = State::kReleased;
      row->ended = now();
      break;
    case StepKind::kReplace:
      break;
  }
  // Who signs speaks of today's map: from now on the order is its successor's, and keeps the name it had. Nobody gives
  // it to where they answer for nothing: signed for a smaller part of what was divided, it stays on the lists of all.
  const auto now_in = successor(row->unit);
  if (now_in && geography.covers(access.areas(caller, kSign), *now_in)) {
    detail.unit = row->unit;
    row->unit = *now_in;
  }
  decide(session, caller, step, StepState::kSigned, std::move(detail));
  ++row->revision;
  row->waiting.reset();
  row->waiting_since.reset();
  row->signed_at = now();
  row->read_at.reset();
  begin_checks(session, *row);
  storage::update(session, *row);
  publish(session, *row, row->ended ? "quarantine.ended" : "quarantine.signed");
  tell(session, row->person);
  return view(session, caller, *row, true);
}

Result<Order> Orders::Impl::refuse(store::Session& session, const Caller& caller, OrderId id, const Refusal& refusal,
                                   std::int64_t version) const {
  auto row = seen(session, caller, kWork, id);
  if (!row) return row.error();
  if (row->version != version) return kVersionConflict;
  if (!row->waiting) return kNothingToSign;
  if (refusal.reason.empty()) return wrong_field("/reason", "required");
  const storage::StepRow step = waiting_of(storage::steps(session, id));
  if (step.proposed_by != caller.account) {
    const auto allowed = access.require(
        session, caller, kSign, {row->person, row->unit, identity::note(identity::LogNote::kOrder, number(*row))});
    if (!allowed) return allowed.error();
  }
  Detail detail = detail_of(step);
  detail.refusal = refusal.reason;
  decide(session, caller, step, StepState::kRefused, std::move(detail));
  row->waiting.reset();
  row->waiting_since.reset();
  if (row->state == State::kDraft) {
    row->state = State::kRefused;
    row->ended = now();
  }
  storage::update(session, *row);
  publish(session, *row, "quarantine.refused");
  return view(session, caller, *row, true);
}

Date Orders::Impl::lasts_most(const storage::OrderRow& row) const {
  const Basis* basis = law.basis(row.law);
  if (!basis) basis = &law.basis_on(row.first_day);
  return {row.first_day.days + basis->days_most + basis->extension_days_most - 1};
}

std::optional<UnitId> Orders::Impl::successor(UnitId unit) const {
  const auto now_in = geography.responsible_commune(unit, today());
  return now_in && *now_in != unit ? now_in : std::nullopt;
}

std::optional<UnitId> Orders::Impl::commune_of(const OrderPlace& place, UnitId before) const {
  if (!place.unit) return before;
  return geography.responsible_commune(*place.unit, today());
}

std::optional<storage::OrderRow> Orders::Impl::in_the_way(store::Session& session, PersonId person,
                                                          const std::string& disease, Kind kind, OrderId but) const {
  for (const PersonId record : people::known_as(session, person)) {
    for (auto& row : storage::of_person(session, record)) {
      if (row.ended || row.disease != disease || row.id == but) continue;
      const bool isolated = row.kind == Kind::kIsolation && row.state == State::kRunning;
      if (row.kind == kind || (of_contact(kind) && isolated)) return std::move(row);
    }
  }
  return std::nullopt;
}

std::optional<ErrorCode> Orders::Impl::basis_gone(store::Session& session, const storage::OrderRow& row) const {
  if (row.candidate) {
    const auto contact = tracing.contact(session, *row.candidate);
    if (!contact || !contact->stands || contact->class_ != row.assigned) return kNoBasis;
    if (!contact->confirmed_otherwise) return kNeedsInterview;
    return std::nullopt;
  }
  const auto traced = cases::Cases::traced(session, row.case_id);
  if (!traced || traced->classification == cases::Classification::kDiscarded) return kNoBasis;
  return std::nullopt;
}

void Orders::Impl::replace_others(store::Session& session, const Caller& caller, const storage::OrderRow& by,
                                  const std::string& authority) const {
  for (const PersonId record : people::known_as(session, by.person)) {
    for (auto& row : storage::of_person(session, record)) {
      if (row.ended || row.disease != by.disease || row.id == by.id) continue;
      if (row.waiting) {
        const storage::StepRow waiting = waiting_of(storage::steps(session, row.id));
        Detail detail = detail_of(waiting);
        detail.refusal = number(by);
        decide(session, caller, waiting, StepState::kRefused, std::move(detail));
      }
      if (row.state == State::kRunning) {
        Detail detail;
        detail.reason = number(by);
        detail.authority = authority;
        auto step = step_of(caller, row.id, StepKind::kReplace, std::move(detail));
        step.state = StepState::kSigned;
        step.decided_by = caller.account;
        step.decided_name = caller.name;
        step.decided_at = now();
        storage::insert(session, step);
        ++row.revision;
        row.signed_at = now();
      }
      row.state = row.state == State::kRunning ? State::kReplaced : State::kRefused;
      row.waiting.reset();
      row.waiting_since.reset();
      row.ended = now();
      begin_checks(session, row);
      storage::update(session, row);
      publish(session, row, "quarantine.ended");
    }
  }
}

void Orders::Impl::lapse(store::Session& session, std::size_t most) const {
  for (auto& row : storage::drafts_before(session, now() - kDraftLasts, most)) {
    storage::StepRow step = waiting_of(storage::steps(session, row.id));
    step.state = StepState::kRefused;
    step.decided_at = now();
    storage::update(session, step);
    row.state = State::kRefused;
    row.waiting.reset();
    row.waiting_since.reset();
    row.ended = now();
    storage::update(session, row);
    publish(session, row, "quarantine.refused");
  }
}

storage::StepRow Orders::Impl::step_of(const Caller& caller, OrderId order, StepKind kind, Detail detail) const {
  storage::StepRow out;
  out.id = db.ids().make<StepId>();
  out.order_id = order;
  out.kind = kind;
  out.proposed_by = caller.account;
  out.proposed_name = caller.name;
  out.proposed_at = now();
  out.detail = sealed(out.id, detail);
  return out;
}

void Orders::Impl::decide(store::Session& session, const Caller& caller, storage::StepRow step, StepState state,
                          Detail detail) const {
  step.state = state;
  step.decided_by = caller.account;
  step.decided_name = caller.name;
  step.decided_at = now();
  step.detail = sealed(step.id, detail);
  storage::update(session, step);
}

// The text names neither disease nor person: phones are shared, and lock screens are read by others.
void Orders::Impl::tell(store::Session& session, PersonId person) const {
  const auto contact = people.contact_of(session, person);
  if (contact && !contact->phones.empty())
    notify.queue(session, {contact->phones.front(), texts.fill("sms.order", "vi"), "warning", std::nullopt});
}

}  // namespace luytre::quarantine
