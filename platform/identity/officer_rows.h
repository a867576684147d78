// The rows of officers and their SQL, shared by officers.cpp and officer_sign_in.cpp. Internal to identity.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/identity/caller.h"
#include "platform/store/session.h"

namespace luytre::identity {

struct OfficerRow {
  AccountId account;
  std::string username;
  std::string name;
  std::string password_hash;
  bool password_temporary = false;
  std::optional<store::Bytes> totp_sealed;
  std::optional<store::Bytes> totp_pending;
  std::int64_t totp_step = 0;
  std::optional<Instant> disabled;
  Instant created;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(OfficerRow, (),
                      (account, username, name, password_hash, password_temporary, totp_sealed, totp_pending, totp_step,
                       disabled, created, version))

struct AccountArea {
  AccountId account;
  UnitId area;
};
BOOST_DESCRIBE_STRUCT(AccountArea, (), (account, area))

namespace officer_rows {

std::optional<OfficerRow> find(store::Session& session, AccountId id);
std::optional<OfficerRow> find(store::Session& session, const std::string& username);
std::vector<OfficerRow> all(store::Session& session);  // by user name
bool any(store::Session& session);
bool insert(store::Session& session, const OfficerRow& row);  // false: the user name is taken
void set_password(store::Session& session, AccountId id, const std::string& hash, bool temporary);
void set_pending_totp(store::Session& session, AccountId id, const store::Bytes& sealed);
void set_totp(store::Session& session, AccountId id, const store::Bytes& sealed, std::int64_t step);
void drop_totp(store::Session& session, AccountId id);
bool use_totp_step(store::Session& session, AccountId id, std::int64_t step);  // false: used already
void set_disabled(store::Session& session, AccountId id, std::optional<Instant> when);
std::vector<Grant> grants(store::Session& session, AccountId id);
std::vector<AccountArea> areas(store::Session& session);  // of every grant of everybody
void set_grants(store::Session& session, AccountId id, const std::vector<Grant>& grants);
bool other_administrator(store::Session& session, AccountId than);  // one who may sign in
std::optional<Instant> last_seen(store::Session& session, AccountId id);

}  // namespace officer_rows
}  // namespace luytre::identity
