// What officers see of referrals, and what they do with them.

#include <algorithm>

#include "modules/referrals/impl.h"
#include "platform/base/conflict.h"

namespace luytre::referrals {
namespace {

std::vector<Reason> told_reasons(const declarations::Catalogue& catalogue, const std::string& rule_set,
                                 const std::vector<std::string>& codes) {
  std::vector<Reason> out;
  for (const std::string& code : codes) {
    Reason reason{code, {}};
    for (const auto& dated : catalogue.all())
      for (const auto& rules : dated.rule_sets)
        if (rules.id == rule_set)
          for (const auto& rule : rules.rules)
            if (rule.code == code) reason.text = rule.text;
    out.push_back(std::move(reason));
  }
  return out;
}

bool last_word(Outcome outcome) {
  return outcome == Outcome::kReached || outcome == Outcome::kRefused || outcome == Outcome::kNotNeeded;
}

}  // namespace

Claim Referrals::Impl::claim_of(const storage::ReferralRow& row) const {
  if (!row.claim) return {};
  auto claim = json::parse<Claim>(unseal(kClaimSeal, row.id.value, *row.claim));
  if (!claim) throw std::runtime_error("a referral's claim cannot be read");
  return std::move(*claim);
}

Referral Referrals::Impl::view(store::Session& session, const Caller& caller, const storage::ReferralRow& row) const {
  Referral out;
  out.id = row.id;
  out.source = row.source;
  out.subject = row.subject;
  if (row.claimed > 0) {
    out.claimed = claim_of(row).name;
  } else {
    out.person = people.brief(session, row.person).value_or(people::PersonBrief{});
    out.person->id = row.person;
  }
  out.colour = row.colour;
  if (const auto codes = json::parse<std::vector<std::string>>(unseal(kReasonsSeal, row.id.value, row.reasons)))
    out.reasons = told_reasons(declarations.catalogue(), row.rule_set, *codes);
  out.rule_set = row.rule_set;
  out.station = row.station;
  out.unit = row.unit;
  if (const auto* unit = geography.find(row.unit)) out.unit_name = unit->full_name;
  out.at = row.at;
  out.created = row.created;
  out.due_at = row.due_at;
  out.level = static_cast<Level>(row.level);
  out.escalated = row.level > row.base;
  const auto mine = level_of(geography, caller, row.unit);
  out.yours = mine && *mine <= row.level;
  out.state = row.state;
  out.overdue = !ended(row.state) && row.due_at <= now();
  out.attempts = row.attempts;
  out.outcome = row.outcome;
  out.version = row.version;
  return out;
}

Result<storage::ReferralRow> Referrals::Impl::seen(store::Session& session, const Caller& caller, ReferralId id) const {
  auto row = storage::find(session, id);
  // Also of one that lies elsewhere: nobody learns what there is.
  if (!row || !level_of(geography, caller, row->unit)) return kNotFound;
  const auto allowed = access.require(
      session, caller, kWork, {row->person, row->unit, identity::note(identity::LogNote::kReferral, to_text(id))});
  if (!allowed) return allowed.error();
  return std::move(*row);
}

Result<storage::ReferralRow> Referrals::Impl::workable(store::Session& session, const Caller& caller,
                                                       ReferralId id) const {
  auto row = seen(session, caller, id);
  if (!row) return row;
  if (ended(row->state)) return kReferralEnded;
  if (level_of(geography, caller, row->unit) > row->level) return kNotEscalated;
  return row;
}

Task<Result<Referral>> Referrals::find(const Caller& caller, ReferralId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Referral> {
    const auto row = impl->seen(s, caller, id);
    if (!row) return row.error();
    Referral out = impl->view(s, caller, *row);
    if (row->claimed > 0) {
      out.contact.emplace();
      if (auto phone = impl->claim_of(*row).phone) out.contact->phones.push_back(std::move(*phone));
    } else if (auto contact = impl->people.contact_of(s, row->person)) {
      out.contact = ContactData{std::move(contact->phones), std::move(contact->address)};
    }
    out.log.emplace();
    for (const auto& one : storage::steps(s, id)) {
      Step shown;
      shown.at = one.at;
      shown.kind = one.kind;
      shown.level = static_cast<Level>(one.level);
      shown.unit_name = impl->geography.path_text(one.unit);
      if (one.account) shown.by = one.by_name;
      shown.outcome = one.outcome;
      if (one.note) shown.note = impl->unseal(kNoteSeal, one.id, *one.note);
      out.log->push_back(std::move(shown));
    }
    return out;
  });
}

Task<Result<Referral>> Referrals::acknowledge(const Caller& caller, ReferralId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Referral> {
    auto row = impl->workable(s, caller, id);
    if (!row) return row.error();
    if (row->state == State::kAcknowledged && row->taken_by == caller.account) return impl->view(s, caller, *row);
    row->state = State::kAcknowledged;
    row->taken_by = caller.account;
    storage::update(s, *row);
    impl->step(s, *row, StepKind::kAcknowledged, row->unit, {&caller, {}, {}});
    impl->publish(s, *row, "referral.acknowledged");
    return impl->view(s, caller, *row);
  });
}

void Referrals::Impl::attempt(store::Session& session, const Caller& caller, storage::ReferralRow& row,
                              const ReferralOutcome& said) {
  row.attempts += 1;
  row.taken_by = caller.account;
  row.outcome = said.outcome;
  const bool done = last_word(said.outcome);
  if (done) {
    row.state = State::kDone;
    row.ended = now();
  } else {
    row.state = State::kAcknowledged;
    row.due_at = now() + kAgainAfter;
  }
  storage::update(session, row);
  std::optional<std::string> note;
  if (said.note) note = *said.note;
  step(session, row, done ? StepKind::kDone : StepKind::kAttempted, row.unit, {&caller, said.outcome, note});
  publish(session, row, done ? "referral.done" : "referral.changed");
}

Task<Result<Referral>> Referrals::record(const Caller& caller, ReferralId id, ReferralOutcome said,
                                         std::int64_t version) {
  if (said.outcome == Outcome::kNotNeeded && (!said.note || said.note->empty()))
    return refused<Referral>(wrong_field("/note", "required"));
  auto recording = impl_->db.transact(
      [impl = impl_.get(), caller, id, said = std::move(said), version](store::Session& s) -> Result<Referral> {
        auto row = impl->workable(s, caller, id);
        if (!row) return row.error();
        if (row->version != version) return kVersionConflict;
        impl->attempt(s, caller, *row, said);
        return impl->view(s, caller, *row);
      });
  return with_current(std::move(recording), [this, caller, id] { return find(caller, id); });
}

void Referrals::Impl::give(store::Session& session, const Caller& caller, storage::ReferralRow& row,
                           const HandOver& to) {
  row.unit = to.unit;
  row.base = row.level = base_of(geography, to.unit);
  row.state = State::kOpen;
  row.taken_by.reset();
  row.outcome.reset();
  row.due_at = now() + std::chrono::minutes(row.within_minutes);
  storage::update(session, row);
  step(session, row, StepKind::kHandedOver, to.unit, {&caller, {}, std::string(to.reason)});
  publish(session, row, "referral.opened");
}

Task<Result<Referral>> Referrals::hand_over(const Caller& caller, ReferralId id, HandOver to, std::int64_t version) {
  if (impl_->geography.responsible_commune(to.unit, local_date(impl_->now())) != to.unit)
    return refused<Referral>(wrong_field("/unit", "choice"));
  auto giving = impl_->db.transact(
      [impl = impl_.get(), caller, id, to = std::move(to), version](store::Session& s) -> Result<Referral> {
        auto row = impl->workable(s, caller, id);
        if (!row) return row.error();
        if (row->version != version) return kVersionConflict;
        for (const auto& other : storage::of_subject(s, row->source, row->subject, row->person, row->claimed))
          if (other.unit == to.unit || other.origin == to.unit) return kHandedOverAlready;
        // Whose list it leaves is told, too.
        impl->publish(s, *row, "referral.changed");
        impl->give(s, caller, *row, to);
        return impl->view(s, caller, *row);
      });
  return with_current(std::move(giving), [this, caller, id] { return find(caller, id); });
}

Task<Result<Counts>> Referrals::counts(const Caller& caller) {
  if (impl_->access.areas(caller, kWork).empty()) return refused<Counts>(kNotPermitted);
  return impl_->db.read([impl = impl_.get(), caller](store::Session& s) -> Result<Counts> {
    const Reach all = reach(impl->geography, caller, std::nullopt);
    Counts out;
    for (const auto& [pile, mine] : storage::piles(s, all)) {
      const bool open = pile.state == State::kOpen;
      (open ? out.open : out.acknowledged) += pile.count;
      if (pile.level > pile.base) out.escalated += pile.count;
      if (open && mine <= pile.level) out.yours += pile.count;
    }
    auto today = storage::arrivals(s, all, local_date(impl->now()));
    out.green_today = today[Colour::kGreen];
    out.yellow_today = today[Colour::kYellow];
    out.red_today = today[Colour::kRed];
    return out;
  });
}

}  // namespace luytre::referrals
