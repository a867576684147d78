// What the parts of Sites share. Private to this module.

#pragma once

#include <set>

#include "modules/quarantine/impl.h"
#include "modules/quarantine/site_storage.h"

namespace luytre::quarantine {

extern const identity::Action kLodge;  // see who is there, lodge, call the roll

// A site that the caller may open.
struct Opened : storage::SiteRow {
  bool kept = false;  // by the caller, who answers for nothing else there
};

// Why nobody is lodged there by that order: it names a place of another kind, or another site. Only a signed move
// changes that.
inline std::optional<ErrorCode> elsewhere(const storage::SiteRow& site, const storage::OrderRow& order) {
  if (order.place_kind != site.kind) return kOrderElsewhere;
  if (order.site && *order.site != site.id) return kOrderOtherSite;
  return std::nullopt;
}

struct Sites::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  // One in the caller's area, nobody of it shown yet.
  Result<Opened> opened(store::Session& session, const Caller& caller, SiteId id) const;
  // Touching somebody there is logged, as what the caller is there.
  Result<Done> look(store::Session& session, const Caller& caller, const Opened& site, PersonId person) const {
    return look(session, caller, site, std::span(&person, 1));
  }
  Result<Done> look(store::Session& session, const Caller& caller, const Opened& site,
                    std::span<const PersonId> persons) const {
    std::vector<identity::Subject> shown;
    for (const PersonId person : persons)
      shown.push_back({person, site.unit, identity::note(identity::LogNote::kSite, site.name)});
    return access.require_each(session, caller, site.kept ? kKeep : kLodge, shown);
  }
  // An open stay at such a site; touching it is logged.
  Result<storage::StayRow> staying(store::Session& session, const Caller& caller, StayId id) const {
    auto row = storage::stay(session, id);
    if (!row) return kNotFound;
    const auto site = opened(session, caller, row->site);
    if (!site) return site.error();
    const auto order = storage::find(session, row->order_id);
    const auto allowed = look(session, caller, *site, order->person);
    if (!allowed) return allowed.error();
    if (row->left) return kHasLeft;
    return std::move(*row);
  }
  std::vector<SiteBrief> briefs(store::Session& session, std::span<const storage::SiteRow> rows) const;
  SiteBrief brief(store::Session& session, const storage::SiteRow& row) const {
    return briefs(session, std::span(&row, 1)).front();
  }
  Result<http::Page<SiteBrief>> list(store::Session& session, const Caller& caller,
                                     const std::optional<std::string>& cursor, std::size_t limit) const;
  Result<Site> view(store::Session& session, const Caller& caller, const Opened& row) const;
  // Of each; everybody is logged.
  Result<std::vector<Occupant>> occupants(store::Session& session, const Caller& caller, const Opened& site,
                                          std::span<const storage::StayRow> stays) const;
  // Of which a case of the room was confirmed, and no extension was signed since.
  std::set<StayId> restarts(store::Session& session, std::span<const storage::StayRow> stays) const;
  std::optional<Date> anew(const storage::OrderRow& order, Date exposed) const;
  Result<Site> lodge(store::Session& session, const Caller& caller, SiteId id, const Lodging& lodging) const;
  // Nobody is shown. Who is to come in newly is not moved from another bed of the site.
  Result<Done> lodge_one(store::Session& session, const Caller& caller, const Opened& site, const Lodging& lodging,
                         bool newcomer = false) const;
  // Whether the order is one that the caller may lodge there. Officers: of their area. Who keeps the site: of who lies
  // there, or whose paper they hold.
  bool in_hand(store::Session& session, const Caller& caller, const Opened& site, const storage::OrderRow& order,
               const Lodging& lodging) const;
  // A confirmed case of the order's disease, whatever they are kept for.
  bool is_ill(store::Session& session, const storage::OrderRow& order) const;
  void mark_room(store::Session& session, CaseId id, Instant at) const;
  std::vector<storage::StayRow> stays_of(store::Session& session, PersonId person, bool ended = false) const;
  Result<http::Page<Awaited>> awaited(store::Session& session, const Caller& caller, SiteId id) const;

  // ---- intake.cpp ----
  Result<http::Page<IntakeLine>> look_intake(store::Session& session, const Caller& caller, SiteId id,
                                             const IntakeCodes& codes) const;
  Result<storage::OrderRow> order_by(store::Session& session, const Caller& caller, const Opened& site,
                                     const std::string& code) const;
  Result<IntakeTaken> intake(store::Session& session, const Caller& caller, SiteId id, const Lodgings& lodgings) const;

  // ---- keepers.cpp ----
  // An order that another one replaced is to who keeps the site that other one, under its own id: that somebody fell
  // ill is not theirs to know; that somebody may go, is.
  storage::OrderRow in_force(store::Session& session, const storage::OrderRow& order) const;
  Result<Keepers> keepers(store::Session& session, const Caller& caller, SiteId id) const;
  Result<Keepers> name_keeper(store::Session& session, const Caller& caller, SiteId id, AccountId account) const;
  Result<Keepers> end_keeper(store::Session& session, const Caller& caller, SiteId id, AccountId account) const;
  Result<http::Reply> take_out(store::Session& session, const Caller& caller, SiteId id, const LogFile& file) const;

  // ---- rolls.cpp ----
  Result<Site> begin_call(store::Session& session, const Caller& caller, SiteId id) const;
  Result<RollTaken> answer(store::Session& session, const Caller& caller, RollCallId id,
                           const RollAnswers& answers) const;
  Result<Site> close_call(store::Session& session, const Caller& caller, RollCallId id) const;
  RollCall shown(store::Session& session, const storage::RollCallRow& row) const;
  void end_call(store::Session& session, const Caller& caller, storage::RollCallRow& row) const;
  void tell_absent(store::Session& session, const storage::SiteRow& site, const storage::StayRow& stay,
                   Instant at) const;
  void found_present(store::Session& session, OrderId order, Instant at) const;

  void changed(store::Session& session, const storage::SiteRow& row) const {
    session.publish({"quarantine.lodged", row.id.value, now(), 1, row.unit.value});
  }
  Instant now() const { return db.clock().now(); }
  Instant this_morning() const { return local_midnight(local_date(now())); }
  Date tomorrow() const { return {local_date(now()).days + 1}; }
};

}  // namespace luytre::quarantine
