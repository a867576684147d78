// What the parts of Sites share. Private to this module.

#pragma once

#include "modules/quarantine/impl.h"
#include "modules/quarantine/site_storage.h"

namespace luytre::quarantine {

extern const identity::Action kLodge;  // see who is there, lodge, call the roll

struct Sites::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  // One in the caller's area, nobody of it shown yet.
  Result<storage::SiteRow> opened(store::Session& session, const Caller& caller, SiteId id) const {
    auto row = storage::site(session, id);
    if (!row || !geography.covers(access.areas(caller, kLodge), row->unit)) return kNotFound;
    return std::move(*row);
  }
  // An open stay at such a site; touching it is logged.
  Result<storage::StayRow> staying(store::Session& session, const Caller& caller, StayId id) const {
    auto row = storage::stay(session, id);
    if (!row) return kNotFound;
    const auto site = opened(session, caller, row->site);
    if (!site) return site.error();
    const auto order = storage::find(session, row->order_id);
    const auto allowed = access.require(session, caller, kLodge, {order->person, site->unit, "site " + site->name});
    if (!allowed) return allowed.error();
    if (row->left) return kHasLeft;
    return std::move(*row);
  }
  SiteBrief brief(store::Session& session, const storage::SiteRow& row) const;
  Result<Site> view(store::Session& session, const Caller& caller, const storage::SiteRow& row) const;
  Result<Occupant> occupant(store::Session& session, const Caller& caller, const storage::SiteRow& site,
                            const storage::StayRow& stay) const;
  // A case of the room was confirmed, and no extension was signed since.
  bool restarts(store::Session& session, const storage::StayRow& stay) const;
  std::optional<Date> anew(const storage::OrderRow& order, Date exposed) const;
  Result<Site> lodge(store::Session& session, const Caller& caller, SiteId id, const Lodging& lodging) const;
  // Nobody is shown. Who is to come in newly is not moved from another bed of the site.
  Result<Done> lodge_one(store::Session& session, const Caller& caller, const storage::SiteRow& site,
                         const Lodging& lodging, bool newcomer = false) const;
  void mark_room(store::Session& session, CaseId id, Instant at) const;
  std::vector<storage::StayRow> stays_of(store::Session& session, PersonId person, bool ended = false) const;
  Result<http::Page<Awaited>> awaited(store::Session& session, const Caller& caller, SiteId id) const;

  // ---- intake.cpp ----
  Result<http::Page<IntakeLine>> look_intake(store::Session& session, const Caller& caller, SiteId id,
                                             const IntakeCodes& codes) const;
  Result<storage::OrderRow> order_by(store::Session& session, const Caller& caller, const std::string& code) const;
  Result<IntakeTaken> intake(store::Session& session, const Caller& caller, SiteId id, const Lodgings& lodgings) const;

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
