// A place that a unit's list brought in has no keeper. Whoever stands before its poster and holds the phone that the
// list named becomes it. The limits are those of registrations; nothing is kept between the two steps but the one-time
// code.

#include "modules/places/impl.h"

namespace luytre::places {
namespace {

using store::Session;

identity::CodeKey key_of(const Caller& caller, PlaceId place, std::string phone) {
  return {"place", std::move(phone), "claim " + to_text(caller.account) + ' ' + to_text(place)};
}

Result<Done> check_claimable(const storage::PlaceRow& row) {
  if (row.status == Status::kClosed) return kPlaceClosed;
  if (row.keeper.value != 0) return kPlaceKept;
  if (!row.phone) return kPlaceWithoutPhone;
  return Done{};
}

std::string phone_of(const Places::Impl& impl, const storage::PlaceRow& row) {
  return impl.vault.unsealed("places.phone", to_text(row.id), row.phone->data);
}

}  // namespace

Task<Result<Pending>> Places::start_claim(const Caller& caller, std::string code, std::string language) {
  if (caller.account.value == 0) return refused<Pending>(kUnauthenticated);
  if (!caller.full) return refused<Pending>(kSecondProofRequired);
  return impl_->db.transact([this, impl = impl_.get(), caller, code = std::move(code),
                             language = std::move(language)](Session& s) -> Result<Pending> {
    if (const auto wait = impl->asked_again(s, caller.account))
      return Error(kTooMany, {{"seconds", std::to_string(*wait)}});
    refresh(s, true);
    const auto scanned = spot(code);
    if (!scanned) return scanned.error();
    const auto row = storage::find(s, scanned->spot->place);
    if (!row) return kPlaceUnknown;
    if (const auto may = check_claimable(*row); !may) return may.error();
    identity::CodeRequest request;
    request.key = key_of(caller, row->id, phone_of(*impl, *row));
    request.address = caller.address;
    request.language = language;
    const auto sent = impl->one_time.issue(s, request);
    if (!sent) return sent.error();
    return Pending{to_text(row->id), sent->expires_at};
  });
}

Task<Result<Place>> Places::confirm_claim(const Caller& caller, std::string claim, std::string code) {
  if (caller.account.value == 0) return refused<Place>(kUnauthenticated);
  using Settled = identity::Settled<storage::Whole>;
  auto task = impl_->db.transact([impl = impl_.get(), caller, id = PlaceId{parse_id(claim).value_or(0)},
                                  code = std::move(code)](Session& s) -> Settled {
    auto whole = storage::whole(s, id);
    if (!whole || !whole->place.phone) return {kNotFound};
    storage::PlaceRow& row = whole->place;
    const auto good = impl->one_time.check(s, key_of(caller, id, phone_of(*impl, row)), code);
    if (!good) return {good.error()};
    // Somebody else may have been quicker.
    if (const auto may = check_claimable(row); !may) return {may.error()};
    row.keeper = caller.account;
    row.revision = impl->db.ids().next();
    const std::int64_t version = row.version++;
    storage::update(s, row, version);
    storage::set_keeping(s, row);
    s.publish({"place.changed", id.value, impl->clock.now(), row.version, row.unit.value});
    return {*whole};
  });
  return impl_->committed(identity::settle(std::move(task)));
}

}  // namespace luytre::places
