// Passages that were written on paper first, by a checkpoint without a working phone.

#include "modules/checkpoints/plate.h"
#include "modules/checkpoints/sitting.h"
#include "modules/command/decisions.h"

namespace luytre::checkpoints {

using store::Session;

Result<PassageId> Checkpoints::write_down(Session& session, const WrittenPassage& written) const {
  const Impl& impl = *impl_;
  const Instant now = impl.clock.now();
  const auto spot = impl.places.spot(written.place);
  if (!spot) return kNotFound;
  if (spot->kind->kind != kKind) return kNotACheckpoint;
  if (written.at > now + visits::kClockSkew) return visits::kTimeInFuture;
  if (written.at < now - visits::kLatest) return visits::kTimeTooOld;
  if (spot->closed_at && written.at >= *spot->closed_at) return places::kPlaceClosed;
  if (!spot->approved_at(written.at)) return places::kPlaceNotApproved;
  if (!impl.decisions.in_force(command::Switch::kCheckIn, spot->unit, written.at)) return kNotInForce;
  if ((written.decision == Decision::kTurnBack) != written.why.has_value()) return wrong_field("/why", "required");
  std::optional<std::string> plate;
  if (!written.plate.empty()) {
    plate = normalise_plate(written.plate);
    if (!plate) return wrong_field("/plate", "format");
  }

  storage::PassageRow row;
  row.id = impl.db.ids().make<PassageId>();
  row.place = written.place;
  row.unit = spot->unit;
  row.guard = written.guard;
  row.guard_name = written.guard_name;
  row.passed = written.at;
  row.direction = written.direction;
  row.vehicle = plate ? Vehicle::kCar : Vehicle::kFoot;
  impl.take_plate(row, plate);
  row.decision = written.decision;
  row.why = written.why;
  row.heads = 1;
  row.awaited = written.decision == Decision::kTest;
  row.recorded = now;
  Sitting sitting;
  sitting.add({How::kSlip, std::nullopt, 1, written.claim, written.decision});
  storage::note_post(session, row.place, row.unit);
  storage::insert(session, row);
  storage::insert(session, rows_of(impl, sitting, row.id, row.passed, 1));
  session.publish({"checkpoints.passed", row.id.value, row.passed, row.version, row.unit.value});
  return row.id;
}

void Checkpoints::strike(Session& session, PassageId passage) {
  const auto row = storage::passage(session, passage);
  if (!row) return;
  storage::remove(session, passage);
  // Whoever follows finds it gone.
  session.publish({"checkpoints.passed", row->id.value, row->passed, row->version + 1, row->unit.value});
}

}  // namespace luytre::checkpoints
