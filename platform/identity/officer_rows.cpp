#include "platform/identity/officer_rows.h"

namespace luytre::identity::officer_rows {
namespace {

constexpr store::Query kFindOfficer{"identity.officer_find", R"sql(
  SELECT account, username, name, password_hash, password_temporary, totp_sealed, totp_pending, totp_step, disabled, created, version
  FROM identity_officer
  WHERE account = $1)sql"};

constexpr store::Query kByName{"identity.officer_by_name", R"sql(
  SELECT account, username, name, password_hash, password_temporary, totp_sealed, totp_pending, totp_step, disabled, created, version
  FROM identity_officer
  WHERE username = $1)sql"};

constexpr store::Query kAllOfficers{"identity.officer_all", R"sql(
  SELECT account, username, name, password_hash, password_temporary, totp_sealed, totp_pending, totp_step, disabled, created, version
  FROM identity_officer
  ORDER BY username)sql"};

constexpr store::Query kAny{"identity.officer_any", R"sql(
  SELECT account FROM identity_officer ORDER BY account LIMIT 1)sql"};

constexpr store::Query kAccount{"identity.officer_account", R"sql(
  INSERT INTO identity_account (id, kind, phone_sealed, phone_index, pin_hash, created) VALUES ($1, 'officer', NULL, NULL, NULL, $2))sql"};

constexpr store::Query kInsertOfficer{"identity.officer_insert", R"sql(
  INSERT INTO identity_officer
    (account, username, name, password_hash, password_temporary, totp_sealed, totp_pending, totp_step, disabled, created, version)
  VALUES ($1, $2, $3, $4, $5, NULL, NULL, 0, NULL, $6, 1))sql"};

constexpr store::Query kSetPassword{"identity.officer_set_password", R"sql(
  UPDATE identity_officer SET password_hash = $2, password_temporary = $3, version = version + 1 WHERE account = $1)sql"};

constexpr store::Query kSetPending{"identity.officer_set_pending", R"sql(
  UPDATE identity_officer SET totp_pending = $2 WHERE account = $1)sql"};

constexpr store::Query kSetTotp{"identity.officer_set_totp", R"sql(
  UPDATE identity_officer SET totp_sealed = $2, totp_pending = NULL, totp_step = $3, version = version + 1 WHERE account = $1)sql"};

constexpr store::Query kDropTotp{"identity.officer_drop_totp", R"sql(
  UPDATE identity_officer SET totp_sealed = NULL, totp_pending = NULL, version = version + 1 WHERE account = $1)sql"};

constexpr store::Query kUseStep{"identity.officer_use_step", R"sql(
  UPDATE identity_officer SET totp_step = $2 WHERE account = $1 AND totp_step < $2)sql"};

constexpr store::Query kSetDisabled{"identity.officer_set_disabled", R"sql(
  UPDATE identity_officer SET disabled = $2, version = version + 1 WHERE account = $1)sql"};

constexpr store::Query kGrantsOfOfficer{"identity.officer_grants", R"sql(
  SELECT role, area FROM identity_grant WHERE account = $1 ORDER BY role, area)sql"};

constexpr store::Query kAreas{"identity.officer_areas", R"sql(
  SELECT DISTINCT account, area FROM identity_grant ORDER BY account, area)sql"};

constexpr store::Query kClearGrants{"identity.officer_clear_grants", R"sql(
  DELETE FROM identity_grant WHERE account = $1)sql"};

constexpr store::Query kGrant{"identity.officer_grant", R"sql(
  INSERT INTO identity_grant (account, role, area) VALUES ($1, $2, $3) ON CONFLICT (account, role, area) DO NOTHING)sql"};

constexpr store::Query kNewVersion{"identity.officer_new_version", R"sql(
  UPDATE identity_officer SET version = version + 1 WHERE account = $1)sql"};

constexpr store::Query kOtherAdministrator{"identity.officer_other_administrator", R"sql(
  SELECT o.account
  FROM identity_officer o JOIN identity_grant g ON g.account = o.account
  WHERE g.role = 'administrator' AND o.disabled IS NULL AND o.account <> $1
  ORDER BY o.account
  LIMIT 1)sql"};

constexpr store::Query kLastSeen{"identity.officer_last_seen", R"sql(
  SELECT last_seen FROM identity_session WHERE account = $1 ORDER BY last_seen DESC LIMIT 1)sql"};

}  // namespace

std::optional<OfficerRow> find(store::Session& session, AccountId id) {
  return session.one<OfficerRow>(kFindOfficer, id);
}
std::optional<OfficerRow> find(store::Session& session, const std::string& username) {
  return session.one<OfficerRow>(kByName, username);
}
std::vector<OfficerRow> all(store::Session& session) {
  return session.all<OfficerRow>(kAllOfficers);
}
bool any(store::Session& session) {
  return session.one<AccountId>(kAny).has_value();
}

bool insert(store::Session& session, const OfficerRow& row) {
  if (find(session, row.username)) return false;
  session.run(kAccount, row.account, row.created);
  session.run(kInsertOfficer, row.account, row.username, row.name, row.password_hash, row.password_temporary,
              row.created);
  return true;
}

void set_password(store::Session& session, AccountId id, const std::string& hash, bool temporary) {
  session.run(kSetPassword, id, hash, temporary);
}

void set_pending_totp(store::Session& session, AccountId id, const store::Bytes& sealed) {
  session.run(kSetPending, id, sealed);
}

void set_totp(store::Session& session, AccountId id, const store::Bytes& sealed, std::int64_t step) {
  session.run(kSetTotp, id, sealed, step);
}

void drop_totp(store::Session& session, AccountId id) {
  session.run(kDropTotp, id);
}

bool use_totp_step(store::Session& session, AccountId id, std::int64_t step) {
  return session.run(kUseStep, id, step) == 1;
}

void set_disabled(store::Session& session, AccountId id, std::optional<Instant> when) {
  session.run(kSetDisabled, id, when);
}

std::vector<Grant> grants(store::Session& session, AccountId id) {
  return session.all<Grant>(kGrantsOfOfficer, id);
}

std::vector<AccountArea> areas(store::Session& session) {
  return session.all<AccountArea>(kAreas);
}

void set_grants(store::Session& session, AccountId id, const std::vector<Grant>& grants) {
  session.run(kClearGrants, id);
  for (const auto& grant : grants) session.run(kGrant, id, grant.role, grant.area);
  session.run(kNewVersion, id);
}

bool other_administrator(store::Session& session, AccountId than) {
  return session.one<AccountId>(kOtherAdministrator, than).has_value();
}

std::optional<Instant> last_seen(store::Session& session, AccountId id) {
  return session.one<Instant>(kLastSeen, id);
}

}  // namespace luytre::identity::officer_rows
