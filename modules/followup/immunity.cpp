// What an officer says of a contact who is immune, with what proves it: the rule of the immune counts from then on, in
// orders (modules/quarantine), too. Only where the rule of the day tells them from others.

#include <algorithm>

#include "modules/followup/immune.h"
#include "modules/followup/immunity_storage.h"
#include "modules/followup/impl.h"
#include "modules/people/merged.h"
#include "platform/base/conflict.h"

namespace luytre::followup {
namespace {

constexpr std::string_view kProofSeal = "followup.immunity";
constexpr std::string_view kWhySeal = "followup.immunity_why";

}  // namespace

bool is_immune(store::Session& session, const tracing::Tracing::Contact& contact, Date today) {
  if (!contact.last_exposure) return false;
  const Date exposed = local_date(*contact.last_exposure - std::chrono::seconds(1));  // half-open
  const auto over_by_it = [&](const storage::PeriodRow& row) {
    const auto all = storage::reasons(session, row.id);
    return std::any_of(all.begin(), all.end(), [&](const storage::ReasonRow& reason) {
      return reason.counts && reason.candidate == contact.candidate && reason.last_exposure == exposed;
    });
  };
  for (const PersonId record : people::known_as(session, contact.person)) {
    for (const auto& row : storage::of_person(session, record)) {
      if (row.disease != contact.disease || row.joined_to || !storage::is_immunity_said(session, row.id)) continue;
      if (row.state == State::kReleased && local_date(*row.ended) != today) continue;
      if (row.state != State::kDone || over_by_it(row)) return true;
    }
  }
  return false;
}

std::optional<presence::Wording> FollowUps::Impl::rule_of_immune(store::Session& session,
                                                                 const storage::PeriodRow& row) const {
  const auto* disease = cases.diseases().find(row.disease);
  if (!disease) return std::nullopt;
  for (const storage::ReasonRow& reason : storage::reasons(session, row.id)) {
    const auto contact = reason.counts ? tracing.contact(session, reason.candidate) : std::nullopt;
    if (!contact) continue;
    const auto* rule = disease->follow_up_on(json::enum_text(reason.assigned), presence::Whom::kImmune,
                                             local_date(contact->assigned_at.value_or(now())));
    if (rule && rule->whom == presence::Whom::kImmune) return rule->text.value_or(presence::Wording{});
  }
  return std::nullopt;
}

Result<storage::PeriodRow> FollowUps::Impl::judged(store::Session& session, const Caller& caller, FollowUpId id,
                                                   std::int64_t version) const {
  auto row = seen(session, caller, id);
  if (!row) return row.error();
  if (!geography.covers(access.areas(caller, kWork), row->unit)) return kNotTaken;
  if (row->version != version) return kVersionConflict;
  return row;
}

FollowUp FollowUps::Impl::weighed(store::Session& session, const Caller& caller, FollowUpId id, std::int64_t version) {
  for (const storage::ReasonRow& reason : storage::reasons(session, id)) weigh(session, reason.candidate);
  auto row = standing(session, id).value();
  if (row.version == version) {  // it ends as before; what was said of it is new
    storage::update(session, row);
    publish(session, row, "followup.changed");
  }
  return view(session, caller, row);
}

Result<FollowUp> FollowUps::Impl::say_immune(store::Session& session, const Caller& caller, FollowUpId id,
                                             const NewImmunity& said, std::int64_t version) {
  const auto row = judged(session, caller, id, version);
  if (!row) return row.error();
  if (row->state != State::kOpen || row->last_day < today()) return kFollowUpEnded;
  if (said.proof.empty()) return wrong_field("/proof", "required");
  if (storage::is_immunity_said(session, row->id)) return kImmunitySaid;
  if (!rule_of_immune(session, *row)) return kImmunityIdle;
  storage::ImmunityRow made;
  made.id = db.ids().next();
  made.period = row->id;
  made.kind = said.kind;
  made.proof = store::Bytes{vault.seal(kProofSeal, std::to_string(made.id), said.proof)};
  made.at = now();
  made.account = caller.account;
  made.by_name = caller.name;
  storage::insert(session, made);
  return weighed(session, caller, row->id, version);
}

Result<FollowUp> FollowUps::Impl::withdraw_immunity(store::Session& session, const Caller& caller, FollowUpId id,
                                                    const Withdrawal& said, std::int64_t version) {
  const auto row = judged(session, caller, id, version);
  if (!row) return row.error();
  // Also of one that was over by what was said wrongly: who is still to be followed is, from today on.
  if (row->state != State::kOpen && row->state != State::kDone) return kFollowUpEnded;
  if (said.reason.empty()) return wrong_field("/reason", "required");
  if (!storage::is_immunity_said(session, row->id)) return kImmunityNotSaid;
  for (storage::ImmunityRow& one : storage::immunities(session, row->id)) {
    if (one.ended) continue;
    one.ended = now();
    one.ended_account = caller.account;
    one.ended_by = caller.name;
    one.ended_why = store::Bytes{vault.seal(kWhySeal, std::to_string(one.id), said.reason)};
    storage::update(session, one);
  }
  return weighed(session, caller, row->id, version);
}

Task<Result<ImmunitySheet>> FollowUps::immunity(const Caller& caller, FollowUpId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<ImmunitySheet> {
    const auto row = impl->seen(s, caller, id);
    if (!row) return row.error();
    ImmunitySheet out;
    out.rule = impl->rule_of_immune(s, *row);
    for (const auto& one : storage::immunities(s, row->id)) {
      Immunity& said = out.said.emplace_back();
      said.kind = one.kind;
      said.proof = impl->vault.unsealed(kProofSeal, std::to_string(one.id), one.proof.data);
      said.at = one.at;
      said.by = one.by_name;
      said.ended = one.ended;
      said.ended_by = one.ended_by;
      if (one.ended_why) said.why = impl->vault.unsealed(kWhySeal, std::to_string(one.id), one.ended_why->data);
    }
    return out;
  });
}

Task<Result<FollowUp>> FollowUps::say_immune(const Caller& caller, FollowUpId id, NewImmunity said,
                                             std::int64_t version) {
  Impl* const impl = impl_.get();
  auto editing =
      impl->db.transact([impl, caller, id, said = std::move(said), version](store::Session& s) -> Result<FollowUp> {
        return impl->say_immune(s, caller, id, said, version);
      });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

Task<Result<FollowUp>> FollowUps::withdraw_immunity(const Caller& caller, FollowUpId id, Withdrawal said,
                                                    std::int64_t version) {
  Impl* const impl = impl_.get();
  auto editing =
      impl->db.transact([impl, caller, id, said = std::move(said), version](store::Session& s) -> Result<FollowUp> {
        return impl->withdraw_immunity(s, caller, id, said, version);
      });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

}  // namespace luytre::followup
