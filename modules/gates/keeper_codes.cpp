#include "modules/gates/keeper_codes.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "modules/gates/impl.h"
#include "platform/identity/codes.h"

namespace luytre::gates {
namespace {

using store::Query;
using store::Session;

const identity::Action kGive{"gates.keeper_code", Purpose::kPlaceKeeping, {}};

constexpr Query kForget{"gates.forget_code", R"sql(
  DELETE FROM gates_code
  WHERE guard = $1)sql"};

constexpr Query kInsert{"gates.insert_code", R"sql(
  INSERT INTO gates_code (guard, hash, expires, tries)
  VALUES ($1, $2, $3, 0))sql"};

constexpr Query kFind{"gates.code_of_guard", R"sql(
  SELECT hash, expires, tries
  FROM gates_code
  WHERE guard = $1)sql"};

constexpr Query kTried{"gates.code_tried", R"sql(
  UPDATE gates_code
  SET tries = tries + 1
  WHERE guard = $1)sql"};

constexpr Query kClean{"gates.clean_codes", R"sql(
  DELETE FROM gates_code
  WHERE expires < $1)sql"};

struct CodeRow {
  store::Bytes hash;
  Instant expires;
  std::int64_t tries = 0;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (hash, expires, tries))

store::Bytes hash_of(const Vault& vault, GuardId guard, std::string_view code) {
  return {vault.blind("gates.keeper_code", to_text(guard) + ' ' + std::string(code))};
}

std::string six_digits(std::uint32_t number) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%06u", number);
  return text.data();
}

}  // namespace

Result<PlaceId> use_keeper_code(Session& session, const Vault& vault, const std::vector<storage::GuardRow>& guards,
                                std::string_view code, Instant now) {
  std::vector<GuardId> live;
  for (const auto& guard : guards) {
    const auto row = session.one<CodeRow>(kFind, guard.id);
    if (!row) continue;
    const bool expired = row->expires <= now, exhausted = row->tries >= identity::kCodeTries;
    // A keyed hash of six digits and the guard: comparing hashes tells nothing of the digits.
    if (row->hash == hash_of(vault, guard.id, code)) {
      if (expired) return identity::kCodeExpired;
      if (exhausted) return identity::kCodeExhausted;
      session.run(kForget, guard.id);
      return guard.place;
    }
    if (!expired && !exhausted) live.push_back(guard.id);
  }
  for (const GuardId guard : live) session.run(kTried, guard);
  return identity::kCodeWrong;
}

void forget_keeper_code(Session& session, GuardId guard) {
  session.run(kForget, guard);
}

void clean_keeper_codes(Session& session, Instant now) {
  session.run(kClean, now - kKeeperCodeLife);
}

Task<Result<KeeperCode>> Gates::give_code(const Caller& caller, PlaceId place, GuardId guard) {
  return impl_->db.transact([impl = impl_.get(), caller, place, guard,
                             code = six_digits(impl_->random.below(1'000'000))](Session& s) -> Result<KeeperCode> {
    const auto allowed = impl->places.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    const auto spot = impl->places.spot(place);
    if (!spot || spot->keeper != caller.account) return kNotPermitted;
    const auto named = storage::of_place(s, place);
    if (std::none_of(named.begin(), named.end(), [&](const auto& each) { return each.id == guard; })) return kNotFound;
    const Instant expires = impl->clock.now() + kKeeperCodeLife;
    forget_keeper_code(s, guard);
    s.run(kInsert, guard, hash_of(impl->vault, guard, code), expires);
    impl->access.log_list(s, caller, kGive, 0, "place " + to_text(place) + ", guard " + to_text(guard));
    return KeeperCode{code, expires};
  });
}

}  // namespace luytre::gates
