// Entries that were written on paper first.

#include "modules/gates/impl.h"

namespace luytre::gates {

using store::Session;

Result<EntryId> Gates::write_down(Session& session, const Written& written) const {
  const Instant now = impl_->clock.now();
  const auto spot = impl_->places.spot(written.place, written.zone);
  if (!spot) return kNotFound;
  if (written.entered > now + visits::kClockSkew || written.left > now + visits::kClockSkew)
    return visits::kTimeInFuture;
  if (written.entered < now - visits::kLatest) return visits::kTimeTooOld;
  if (written.left && *written.left <= written.entered) return visits::kOutBeforeIn;
  if (written.left && *written.left > written.entered + std::chrono::days(1)) return visits::kStayTooLong;
  if (spot->closed_at && written.entered >= *spot->closed_at) return places::kPlaceClosed;
  if (!impl_->decisions.in_force(command::Switch::kCheckIn, spot->unit, written.entered)) return kNotInForce;

  StoredClaim claim;
  claim.name = written.name;
  claim.phone = written.phone;
  if (written.paper) claim.papers.push_back(*written.paper);
  storage::EntryRow row;
  row.id = impl_->db.ids().make<EntryId>();
  row.place = written.place;
  row.zone = written.zone;
  row.guard = written.guard;
  row.entered = written.entered;
  row.until = written.left.value_or(written.entered + std::chrono::minutes(spot->kind->usual_stay_minutes));
  row.how = How::kSlip;
  row.heads = 1;
  row.claim = impl_->seal("gates.claim", row.id, json::text(claim));
  row.recorded = now;
  storage::insert(session, row);
  return row.id;
}

void Gates::strike(Session& session, PlaceId place, EntryId entry) {
  storage::remove(session, place, entry);
}

std::vector<CardShown> Gates::cards_shown(Session& session, PersonId person, Interval when) {
  std::vector<CardShown> out;
  for (const auto& row : storage::by_card(session, person, when, kCardEntriesMost))
    if (!row.asked) out.push_back({row.place, row.entered, row.until});
  return out;
}

std::optional<CardHolder> Gates::card_holder(Session& session, EntryId entry) {
  const auto row = storage::card(session, entry);
  if (!row || !row->person || row->asked) return std::nullopt;
  return CardHolder{*row->person, row->entered};
}

}  // namespace luytre::gates
