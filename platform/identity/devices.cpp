#include "platform/identity/devices.h"

#include <algorithm>

#include "platform/base/text.h"

namespace luytre::identity {
namespace {

constexpr std::size_t kTokenText = 43;  // of kTokenBytes in base64url

struct Since {
  AccountId account;
  std::int64_t since = 0;
};
BOOST_DESCRIBE_STRUCT(Since, (), (account, since))

constexpr store::Query kFindDevice{"identity.device_find", R"sql(
  SELECT id FROM identity_device WHERE token_hash = $1 AND last_used > $2)sql"};

constexpr store::Query kKnownTo{"identity.device_known_to", R"sql(
  SELECT account, since FROM identity_known_device WHERE device = $1 ORDER BY since DESC, account DESC)sql"};

constexpr store::Query kInsertDevice{"identity.device_insert", R"sql(
  INSERT INTO identity_device (id, token_hash, created, last_used) VALUES ($1, $2, $3, $3))sql"};

constexpr store::Query kNewToken{"identity.device_new_token", R"sql(
  UPDATE identity_device SET token_hash = $2, last_used = $3 WHERE id = $1)sql"};

constexpr store::Query kKnow{"identity.device_know", R"sql(
  INSERT INTO identity_known_device (device, account, since) VALUES ($1, $2, $3)
  ON CONFLICT (device, account) DO UPDATE SET since = excluded.since)sql"};

constexpr store::Query kDeviceUsed{"identity.device_used", R"sql(
  UPDATE identity_device SET last_used = $2 WHERE id = $1)sql"};

constexpr store::Query kForget{"identity.device_forget", R"sql(
  DELETE FROM identity_known_device WHERE device = $1 AND account = $2)sql"};

constexpr store::Query kCleanDevices{"identity.device_clean", R"sql(
  DELETE FROM identity_device WHERE last_used <= $1)sql"};

}  // namespace

std::string draw_token(Random& random) {
  return base64url(random.bytes(kTokenBytes));
}

bool is_token(std::string_view text) {
  return text.size() == kTokenText && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
         });
}

store::Bytes Devices::hash(std::string_view token) const {
  return {vault_.blind("identity.device", token)};
}

std::optional<std::int64_t> Devices::find(store::Session& session, const std::optional<std::string>& token) const {
  if (!token || !is_token(*token)) return std::nullopt;
  return session.one<std::int64_t>(kFindDevice, hash(*token), clock_.now() - kDeviceForgottenAfter);
}

std::optional<AccountId> Devices::known_to(store::Session& session, std::int64_t device,
                                           std::span<const AccountId> accounts) const {
  for (const auto& known : session.all<Since>(kKnownTo, device)) {
    if (std::find(accounts.begin(), accounts.end(), known.account) != accounts.end()) return known.account;
  }
  return std::nullopt;
}

Devices::Known Devices::make_known(store::Session& session, AccountId account, const Client& client) const {
  const Instant now = clock_.now();
  const std::string token = draw_token(random_);
  auto device = find(session, client.device);
  if (device) {
    session.run(kNewToken, *device, hash(token), now);
  } else {
    device = ids_.next();
    session.run(kInsertDevice, *device, hash(token), now);
  }
  session.run(kKnow, *device, account, now);
  return {*device, token};
}

void Devices::used(store::Session& session, std::int64_t device) const {
  session.run(kDeviceUsed, device, clock_.now());
}

void Devices::forget(store::Session& session, std::int64_t device, AccountId account) const {
  session.run(kForget, device, account);
}

void Devices::clean(store::Session& session) const {
  session.run(kCleanDevices, clock_.now() - kDeviceForgottenAfter);
}

}  // namespace luytre::identity
