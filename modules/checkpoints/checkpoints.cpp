#include "modules/checkpoints/checkpoints.h"

#include "modules/checkpoints/impl.h"
#include "modules/checkpoints/plate.h"

namespace luytre::checkpoints {
namespace {

using store::Session;

constexpr std::size_t kRetentionStep = 2000;

}  // namespace

Checkpoints::Checkpoints(Needs needs) : impl_(new Impl(std::move(needs))) {}

Checkpoints::~Checkpoints() = default;

store::Bytes Checkpoints::Impl::seal(const char* purpose, std::string_view context, std::string_view plain) const {
  return {vault.seal(purpose, context, plain)};
}

std::string Checkpoints::Impl::unseal(const char* purpose, std::string_view context, const store::Bytes& sealed) const {
  return vault.unsealed(purpose, context, sealed.data);
}

std::optional<std::string> Checkpoints::Impl::plate_of(const storage::PassageRow& row) const {
  if (!row.plate) return std::nullopt;
  return plate_text(unseal(kPlateKey, to_text(row.id), *row.plate));
}

Result<gates::Duty> Checkpoints::Impl::duty(Session& session, std::string_view shift, PlaceId place, Instant at) const {
  auto found = gates.duty(session, shift, place, at);
  if (found && found->spot->kind->kind != kKind) return kNotACheckpoint;
  return found;
}

std::optional<Facts> Checkpoints::passage(Session& session, PassageId passage) {
  const auto row = storage::passage(session, passage);
  if (!row) return std::nullopt;
  Facts out;
  out.id = row->id;
  out.place = row->place;
  out.unit = row->unit;
  out.at = row->passed;
  out.direction = row->direction;
  out.vehicle = row->vehicle;
  out.decision = row->decision;
  out.towards = row->towards;
  out.heads = row->heads;
  out.recorded = row->recorded;
  out.version = row->version;
  for (const auto& occupant : storage::occupants(session, passage)) {
    if (occupant.person && occupant.how != How::kCard)
      out.people.push_back({*occupant.person, occupant.how, occupant.decision});
  }
  return out;
}

void Checkpoints::Impl::take_plate(storage::PassageRow& row, const std::optional<std::string>& normalised) const {
  if (!normalised) return;
  row.plate = seal(kPlateKey, to_text(row.id), *normalised);
  row.plate_index = store::Bytes{vault.blind(kPlateKey, *normalised)};
}

gates::StoredClaim Checkpoints::Impl::claim_of(const storage::OccupantRow& row) const {
  auto claim = json::parse<gates::StoredClaim>(unseal(kClaimKey, claim_context(row.passage, row.number), *row.claim));
  if (!claim) throw std::runtime_error("an occupant's claim cannot be read");
  return std::move(*claim);
}

std::vector<Claimant> Checkpoints::claimants(Session& session, PassageId passage) const {
  std::vector<Claimant> out;
  for (const auto& row : storage::occupants(session, passage)) {
    Claimant one{row.number, row.how, {}, {}, row.decision};
    if (row.how == How::kCard) {
      if (auto holder = impl_->people.contact_of(session, *row.person)) {
        one.name = std::move(holder->name);
        if (!holder->phones.empty()) one.phone = std::move(holder->phones.front());
      }
    } else if (row.claim) {
      auto claim = impl_->claim_of(row);
      one.name = std::move(claim.name);
      one.phone = std::move(claim.phone);
    } else {
      continue;
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<Passing> Checkpoints::passings(Session& session, PersonId person, Interval when) {
  return storage::passings(session, person, when, kMineShown);
}

std::vector<PersonId> Checkpoints::passed_in(Session& session, std::span<const UnitId> units, Interval when,
                                             PersonId after, std::size_t most) {
  return storage::passed_in(session, units, when, after, most);
}

store::Recurring Checkpoints::retention() const {
  return {"checkpoints.retention", std::chrono::minutes(5), [impl = impl_.get()](Session& s) {
            const Instant now = impl->clock.now();
            storage::Proof proof = storage::remove_older(s, now - kKept, kRetentionStep);
            if (proof.passages + proof.occupants + proof.queues + proof.handovers + proof.journeys + proof.planned == 0)
              return;
            proof.id = impl->db.ids().next();
            proof.at = now;
            proof.rule = "checkpoints: 28 days";
            storage::insert(s, proof);
          }};
}

}  // namespace luytre::checkpoints
