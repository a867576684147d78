// Registering a place: the keeper shows, by a one-time code, to hold the phone that people will call about the place.

#include "modules/places/impl.h"
#include "platform/base/phone.h"

namespace luytre::places {
namespace {

using store::Session;

constexpr std::chrono::hours kForgotten{24};
constexpr identity::Rate kPerAccount{10, std::chrono::hours(24)};

std::vector<FieldError> check(const Registration& asked, const Kinds& kinds, const geography::Geography& geography,
                              Date today) {
  std::vector<FieldError> wrong;
  if (fold(asked.name).empty()) wrong.push_back({"/name", asked.name.empty() ? "required" : "format", {}});
  if (!kinds.find(asked.kind)) wrong.push_back({"/kind", "unknown", {}});
  const geography::Unit* unit = geography.find(asked.unit);
  if (!unit) {
    wrong.push_back({"/unit", "unknown", {}});
  } else if (unit->level != geography::Level::kCommune) {
    wrong.push_back({"/unit", "not_a_commune", {}});
  } else if (unit->valid_from > today || (unit->valid_to && *unit->valid_to <= today)) {
    wrong.push_back({"/unit", "not_in_force", {}});
  }
  if (asked.address.empty()) wrong.push_back({"/address", "required", {}});
  if (!normalise_phone(asked.phone)) wrong.push_back({"/phone", "format", {}});
  if (asked.functions)
    for (auto& error : check_functions(*asked.functions)) wrong.push_back(std::move(error));
  return wrong;
}

}  // namespace

std::optional<std::int64_t> Places::Impl::asked_again(Session& session, AccountId account) const {
  const store::Bytes key{vault.blind("places.account", to_text(account))};
  return limits.take(session, "places.registration", key, kPerAccount);
}

Task<Result<Pending>> Places::start_registration(const Caller& caller, Registration asked, std::string language) {
  if (caller.account.value == 0) return refused<Pending>(kUnauthenticated);
  if (!caller.full) return refused<Pending>(kSecondProofRequired);
  auto wrong = check(asked, impl_->kinds, impl_->geography, local_date(impl_->clock.now()));
  if (!wrong.empty()) return refused<Pending>(Error(kInvalid, std::move(wrong)));
  return impl_->db.transact([impl = impl_.get(), caller, asked = std::move(asked),
                             language = std::move(language)](Session& s) -> Result<Pending> {
    if (const auto wait = impl->asked_again(s, caller.account))
      return Error(kTooMany, {{"seconds", std::to_string(*wait)}});

    const std::string phone = normalise_phone(asked.phone).value();
    storage::RegistrationRow row;
    row.id = impl->db.ids().next();
    row.account = caller.account;
    row.name = asked.name;
    row.kind = asked.kind;
    row.unit = asked.unit;
    row.address = impl->seal("places.address", row.id, asked.address);
    row.phone = impl->seal("places.phone", row.id, phone);
    row.functions = joined(asked.functions.value_or(std::vector<std::string>{}));
    row.asked = impl->clock.now();
    storage::insert(s, row);

    identity::CodeRequest request;
    request.key = {"place", phone, id_text(row.id)};
    request.address = caller.address;
    request.language = language;
    const auto sent = impl->one_time.issue(s, request);
    if (!sent) return sent.error();
    return Pending{id_text(row.id), sent->expires_at};
  });
}

Task<Result<Place>> Places::confirm_registration(const Caller& caller, std::string registration, std::string code) {
  if (caller.account.value == 0) return refused<Place>(kUnauthenticated);
  using Settled = identity::Settled<storage::Whole>;
  auto task = impl_->db.transact([impl = impl_.get(), caller, id = parse_id(registration).value_or(0),
                                  code = std::move(code)](Session& s) -> Settled {
    const auto asked = storage::find_registration(s, id);
    if (!asked || asked->account != caller.account) return {kNotFound};
    const std::string address = impl->vault.unsealed("places.address", id_text(id), asked->address.data);
    const std::string phone = impl->vault.unsealed("places.phone", id_text(id), asked->phone.data);
    const auto good = impl->one_time.check(s, {"place", phone, id_text(id)}, code);
    if (!good) return {good.error()};

    const Instant now = impl->clock.now();
    storage::Whole whole;
    whole.place = impl->new_row(impl->db.ids().make<PlaceId>(), now);
    storage::PlaceRow& row = whole.place;
    row.name = asked->name;
    row.kind = asked->kind;
    row.unit = asked->unit;
    row.address = impl->seal("places.address", row.id.value, address);
    row.phone = impl->seal("places.phone", row.id.value, phone);
    row.functions = asked->functions;
    row.keeper = caller.account;
    storage::insert(s, std::span(&row, 1));
    whole.codes.push_back({impl->draw_codes(s, 1).front(), row.id, ZoneId{}, 0});
    storage::insert_codes(s, whole.codes);
    impl->put_words(s, row.id, row.name);
    storage::delete_registration(s, id);
    s.publish({"place.registered", row.id.value, now, 1, row.unit.value});
    return {whole};
  });
  return impl_->committed(identity::settle(std::move(task)));
}

store::Recurring Places::cleaning() {
  return {"places.cleaning", std::chrono::minutes(30), [impl = impl_.get()](Session& s) {
            storage::delete_registrations_before(s, impl->clock.now() - kForgotten);
          }};
}

}  // namespace luytre::places
