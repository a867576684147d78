#include "modules/referrals/referrals.h"

#include <algorithm>

#include "modules/referrals/impl.h"

namespace luytre::referrals {
namespace {

constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::size_t kRetentionStep = 1000;

}  // namespace

const identity::Action kWork{
    "referrals.work", Purpose::kFollowUp, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

Referrals::Referrals(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
Referrals::~Referrals() = default;

void Referrals::set_passages(Passages passages) {
  impl_->passages = std::move(passages);
}

void Referrals::set_questions(Questions questions) {
  impl_->questions = std::move(questions);
}

void Referrals::set_alerts(Alerts alerts) {
  impl_->alerts = std::move(alerts);
}

std::optional<Standing> Referrals::standing(store::Session& session, Source source, SubjectId subject) {
  return standing(session, source, std::span(&subject, 1)).front();
}

std::vector<std::optional<Standing>> Referrals::standing(store::Session& session, Source source,
                                                         std::span<const SubjectId> subjects) {
  std::vector<std::optional<Standing>> out(subjects.size());
  std::vector<std::size_t> told;
  std::vector<ReferralId> ids;
  const auto found = storage::of_subjects(session, source, subjects);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto row = std::find_if(found[i].begin(), found[i].end(),
                                  [](const storage::ReferralRow& one) { return one.state != State::kWithdrawn; });
    if (row == found[i].end()) continue;
    out[i] =
        Standing{row->id, row->state, static_cast<Level>(row->level), row->level > row->base, {}, {}, row->outcome};
    told.push_back(i);
    ids.push_back(row->id);
  }
  const auto steps = storage::steps(session, ids);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const auto& step : steps[i]) {
      if (!step.account) continue;
      out[told[i]]->by = step.by_name;
      out[told[i]]->at = step.at;
    }
  }
  return out;
}

std::optional<Ending> Referrals::ending(store::Session& session, ReferralId id) {
  const auto row = storage::find(session, id);
  if (!row || !ended(row->state) || !row->ended) return std::nullopt;
  return Ending{row->source, row->subject, row->state, *row->ended};
}

std::vector<UnitId> Referrals::referred_to(store::Session& session, declarations::DeclarationId declaration) {
  std::vector<UnitId> out;
  for (const auto& row : storage::of_subject(session, Source::kDeclaration, SubjectId{declaration.value}))
    if (row.state != State::kWithdrawn) out.push_back(row.unit);
  return out;
}

store::Following Referrals::follow() {
  return {"referrals.arrivals",
          {"declaration.submitted", "declaration.withdrawn", "declaration.missed", "checkpoints.passed",
           "consistency.decided", "consistency.gone", "quarantine.alert"},
          [impl = impl_.get()](store::Session& s, const store::Event& event) {
            if (event.type == "declaration.submitted") impl->submitted(s, SubjectId{event.subject});
            if (event.type == "declaration.withdrawn") impl->withdrawn(s, SubjectId{event.subject});
            if (event.type == "declaration.missed") impl->missed(s, SubjectId{event.subject});
            if (event.type == "checkpoints.passed") impl->passed(s, SubjectId{event.subject});
            if (event.type == "quarantine.alert") impl->alerted(s, SubjectId{event.subject});
            if (event.type.starts_with("consistency.")) impl->questioned(s, SubjectId{event.subject});
          },
          {}};
}

store::Recurring Referrals::escalate() {
  return {"referrals.escalate", kEscalateEvery, [impl = impl_.get()](store::Session& s) { impl->escalate(s); }};
}

store::Recurring Referrals::retention() {
  const auto run = [impl = impl_.get()](store::Session& s) {
    const Instant now = impl->now();
    storage::retain(s, impl->db.ids(), now, now - kKept, kRetentionStep);
  };
  return {"referrals.retention", kRetentionEvery, run};
}

void Referrals::Impl::step(store::Session& session, const storage::ReferralRow& row, StepKind kind, UnitId unit,
                           const Said& said) const {
  storage::StepRow out;
  out.id = db.ids().next();
  out.referral = row.id;
  out.at = now();
  out.kind = kind;
  out.level = row.level;
  out.unit = unit;
  if (said.by) {
    out.account = said.by->account;
    out.by_name = said.by->name;
  }
  out.outcome = said.outcome;
  if (said.note) out.note = seal(kNoteSeal, out.id, *said.note);
  storage::insert(session, out);
}

void Referrals::Impl::publish(store::Session& session, const storage::ReferralRow& row, const char* type) const {
  session.publish({type, row.id.value, now(), row.version, row.unit.value});
}

store::Bytes Referrals::Impl::seal(std::string_view purpose, std::int64_t row, std::string_view text) const {
  return {vault.seal(purpose, std::to_string(row), text)};
}

std::string Referrals::Impl::unseal(std::string_view purpose, std::int64_t row, const store::Bytes& sealed) const {
  return vault.unsealed(purpose, std::to_string(row), sealed.data);
}

}  // namespace luytre::referrals
