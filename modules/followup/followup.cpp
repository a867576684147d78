#include "modules/followup/followup.h"

#include "modules/followup/impl.h"

namespace luytre::followup {
namespace {

constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::size_t kRetentionStep = 1000;

const std::vector<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

}  // namespace

const identity::Action kWork{"followup.work", Purpose::kFollowUp, kOfficers};
const identity::Action kContacts{"followup.contacts", Purpose::kTracing, kOfficers};

FollowUps::FollowUps(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
FollowUps::~FollowUps() = default;

store::Following FollowUps::follow() {
  return {"followup.contacts",
          {"candidate.assigned", "trace.done", "case.reported", "case.confirmed", "case.changed", "case.dated",
           "case.unconfirmed", "case.discarded", "declaration.submitted", "declaration.withdrawn", "person.merged",
           "person.parted", "sample.changed"},
          [impl = impl_.get()](store::Session& s, const store::Event& event) {
            const CaseId kase{event.subject};
            const declarations::DeclarationId declaration{event.subject};
            if (event.type == "candidate.assigned") impl->weigh(s, tracing::CandidateId{event.subject});
            if (event.type == "trace.done") {
              // Contacts found again, and later exposures of those assigned.
              if (const auto traced = tracing::Tracing::case_of(s, tracing::RunId{event.subject}))
                impl->weigh_soon(s, *traced);
            }
            if (event.type == "case.unconfirmed" || event.type == "case.discarded") impl->weigh(s, kase);
            if (event.type.starts_with("case.")) impl->reported(s, kase);
            if (event.type.starts_with("person.")) impl->regroup(s, PersonId{event.subject});
            if (event.type == "sample.changed") impl->sampled(s, PersonId{event.subject});
            if (event.type == "declaration.submitted") impl->declared(s, declaration);
            if (event.type == "declaration.withdrawn") impl->taken_back(s, declaration);
          },
          {}};
}

store::Recurring FollowUps::watch() {
  return {"followup.watch", referrals::kEscalateEvery, [impl = impl_.get()](store::Session& s) { impl->watch(s); }};
}

store::Recurring FollowUps::look_again() {
  return {"followup.look_again", referrals::kEscalateEvery,
          [impl = impl_.get()](store::Session& s) { impl->look_again(s); }};
}

store::Recurring FollowUps::retention() {
  const auto run = [impl = impl_.get()](store::Session& s) {
    const Instant now = impl->now();
    storage::retain(s, impl->db.ids(), now, now - kKept, kRetentionStep);
  };
  return {"followup.retention", kRetentionEvery, run};
}

Task<Result<FollowUp>> FollowUps::record(const Caller& caller, FollowUpId id, NewEntry entry,
                                         std::optional<store::Once> once) {
  auto write = [impl = impl_.get(), caller, id, entry = std::move(entry)](store::Session& s) {
    return impl->record(s, caller, id, entry);
  };
  return impl_->recorded(
      caller, id, once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<cases::Case>> FollowUps::report(const Caller& caller, FollowUpId id, std::optional<store::Once> once) {
  return impl_->report(caller, id, std::move(once));
}

// The follow-up is read anew: names are not kept for a repeated call.
Task<Result<FollowUp>> FollowUps::Impl::recorded(Caller caller, FollowUpId id, Task<Result<Recorded>> recording) {
  const Result<Recorded> done = co_await std::move(recording);
  if (!done) co_return done.error();
  auto reading = db.transact([this, caller, id](store::Session& s) -> Result<FollowUp> {
    const auto row = seen(s, caller, id);
    if (!row) return row.error();
    return view(s, caller, *row);
  });
  co_return co_await std::move(reading);
}

Task<Result<cases::Case>> FollowUps::Impl::report(Caller caller, FollowUpId id, std::optional<store::Once> once) {
  auto looking = db.transact([this, caller, id](store::Session& s) -> Result<cases::NewCase> {
    const auto row = seen(s, caller, id);
    if (!row) return row.error();
    if (!geography.covers(access.areas(caller, kWork), row->unit)) return kNotTaken;
    cases::NewCase out;
    out.person = row->person;
    out.disease = row->disease;
    out.report_unit = row->unit;  // who was transferred lives elsewhere
    for (const storage::EntryRow& entry : storage::entries(s, row->id)) {
      if (entry.replaced || entry.finding != Finding::kSymptoms) continue;
      out.onset = std::min(out.onset.value_or(entry.day), entry.day);
    }
    if (!out.onset) return kNoSymptoms;
    return out;
  });
  Result<cases::NewCase> suspect = co_await std::move(looking);
  if (!suspect) co_return suspect.error();
  auto reporting = cases.report(caller, std::move(*suspect), std::move(once));
  co_return co_await std::move(reporting);
}

}  // namespace luytre::followup
