// The officers' accounts: the first one, the administrator's pages and the command line.

#include "platform/identity/officers.h"

#include <sodium.h>

#include <algorithm>
#include <set>

#include "platform/base/conflict.h"
#include "platform/base/text.h"
#include "platform/identity/officer_rows.h"

namespace luytre::identity {
namespace {

const Action kManageOfficers{"identity.officers", Purpose::kAdministration, {Role::kAdministrator}};
const Action kBegin{"identity.setup", Purpose::kAdministration, {Role::kAnyone}};

constexpr const char* kLetters = "23456789abcdefghjkmnpqrstuvwxyz0";  // 32, easy to tell apart
constexpr std::size_t kTemporaryLetters = 16;                         // 80 bits
constexpr std::size_t kSetupBytes = 18;
constexpr Rate kSetupRate{20, std::chrono::hours(1)};

// The best-known among those that are long enough for kPasswordLeast.
constexpr std::string_view kBestKnown[] = {
    "123456789012",  "1234567890123", "1234567890qwerty", "passwordpassword", "password1234",
    "password12345", "qwertyuiop123", "qwertyuiopasdfgh", "administrator",    "matkhau12345",
    "matkhau123456", "admin1234567",  "administrator1",   "luytreluytre",     "vietnam123456",
};

Caller command_line() {
  Caller out;
  out.name = "command line";
  return out;
}

Caller as_caller(store::Session& session, const OfficerRow& row) {
  Caller out;
  out.account = row.account;
  out.name = row.name;
  out.grants = officer_rows::grants(session, row.account);
  return out;
}

std::string grants_text(const std::vector<Grant>& grants) {
  std::string out;
  for (const auto& grant : grants)
    out += (out.empty() ? "" : " ") + json::enum_text(grant.role) + "@" + to_text(grant.area);
  return out;
}

// Whether all of them lie within the areas. Who gave a grant beyond the own areas, or let himself into the account of
// somebody who holds one, would come to hold it.
bool within(const geography::Geography& geography, const std::vector<UnitId>& areas, const std::vector<Grant>& grants) {
  return std::all_of(grants.begin(), grants.end(),
                     [&](const Grant& grant) { return geography.covers(areas, grant.area); });
}

// The account that the administrator acts on. Errors: those of Access::require, kNotFound, kOwnAccount, kNotPermitted.
Result<OfficerRow> administered(store::Session& session, const Access& access, const geography::Geography& geography,
                                const Caller& caller, AccountId officer) {
  if (auto allowed = access.require(session, caller, kManageOfficers, {}); !allowed) return allowed.error();
  const auto row = officer_rows::find(session, officer);
  if (!row) return kNotFound;
  if (officer == caller.account) return kOwnAccount;
  if (!within(geography, access.areas(caller, kManageOfficers), officer_rows::grants(session, officer)))
    return kNotPermitted;
  return *row;
}

Error weak() {
  return Error(kPasswordWeak, {{"least", std::to_string(kPasswordLeast)}});
}

}  // namespace

std::optional<std::string> normalise_username(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (!plain) return std::nullopt;
    out += c;
  }
  if (out.size() < 3 || out.size() > 40) return std::nullopt;
  return out;
}

std::optional<Error> weak_password(std::string_view password, std::string_view username) {
  const std::size_t length = code_points(password);
  if (length < kPasswordLeast || length > kPasswordMost) return weak();
  std::string lower(password);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const bool known = std::find(std::begin(kBestKnown), std::end(kBestKnown), lower) != std::end(kBestKnown);
  const bool named = !username.empty() && lower.find(username) != std::string::npos;
  const bool monotonous = std::set<char>(lower.begin(), lower.end()).size() < 5;
  if (known || named || monotonous) return weak();
  return std::nullopt;
}

Officers::Officers(store::Database& database, const Vault& vault, Random& random, const Clock& clock, IdMaker& ids,
                   const geography::Geography& geography, const Limits& limits, const Devices& devices,
                   Sessions& sessions, Hasher& hasher, const Access& access, OfficerSettings settings)
    : database_(database),
      vault_(vault),
      random_(random),
      clock_(clock),
      ids_(ids),
      geography_(geography),
      limits_(limits),
      devices_(devices),
      sessions_(sessions),
      hasher_(hasher),
      access_(access),
      settings_(settings) {}

std::string Officers::draw_password() const {
  std::string out;
  for (std::size_t i = 0; i < kTemporaryLetters; ++i) {
    if (i > 0 && i % 4 == 0) out += '-';
    out += kLetters[random_.below(32)];
  }
  return out;
}

Officer Officers::view(store::Session& session, const OfficerRow& row) const {
  Officer out;
  out.id = row.account;
  out.username = row.username;
  out.name = row.name;
  for (const auto& grant : officer_rows::grants(session, row.account)) {
    out.grants.push_back(
        {grant.role, grant.area, grant.area.value == 0 ? std::string() : geography_.path_text(grant.area)});
  }
  out.disabled = row.disabled.has_value();
  out.totp_enrolled = row.totp_sealed.has_value();
  out.must_change_password = row.password_temporary;
  out.created_at = row.created;
  out.last_seen_at = officer_rows::last_seen(session, row.account);
  out.version = row.version;
  return out;
}

std::optional<Error> Officers::wrong_grants(const std::vector<Grant>& grants) const {
  if (grants.empty()) return Error(kGrantForm);
  for (const auto& grant : grants) {
    const bool officers =
        grant.role != Role::kAnyone && grant.role != Role::kCitizen && grant.role != Role::kIntegrator;
    if (!officers || (grant.area.value != 0 && geography_.find(grant.area) == nullptr)) return Error(kGrantForm);
  }
  return std::nullopt;
}

Result<OfficerRow> Officers::insert(store::Session& session, const NewOfficer& request,
                                    const std::string& password_hash, bool temporary) const {
  const auto username = normalise_username(request.username);
  if (!username || request.name.empty()) return kUsernameForm;
  if (auto wrong = wrong_grants(request.grants)) return *wrong;
  OfficerRow row;
  row.account = ids_.make<AccountId>();
  row.username = *username;
  row.name = request.name;
  row.password_hash = password_hash;
  row.password_temporary = temporary;
  row.created = clock_.now();
  if (!officer_rows::insert(session, row)) return kUsernameTaken;
  officer_rows::set_grants(session, row.account, request.grants);
  return officer_rows::find(session, row.account).value();
}

// ---- the first officer ----

Task<Result<SetupState>> Officers::setup_state() const {
  return database_.read([](store::Session& s) -> Result<SetupState> { return SetupState{!officer_rows::any(s)}; });
}

std::optional<std::string> Officers::setup_token() {
  if (database_.read_now([](store::Session& s) { return officer_rows::any(s); })) return std::nullopt;
  const std::lock_guard lock(setup_mutex_);
  if (setup_token_.empty()) setup_token_ = base64url(random_.bytes(kSetupBytes));
  return setup_token_;
}

bool Officers::setup_token_right(std::string_view token) const {
  const std::lock_guard lock(setup_mutex_);
  return !setup_token_.empty() && token.size() == setup_token_.size() &&
         sodium_memcmp(token.data(), setup_token_.data(), token.size()) == 0;
}

Task<Result<Entered>> Officers::set_up(SetUp request, Client client) {
  return set_up_steps(std::move(request), std::move(client));
}

Task<Result<Entered>> Officers::set_up_steps(SetUp request, Client client) {
  const store::Bytes address{vault_.blind("identity.address", address_key(client.address))};
  auto begin = [this, address, token = std::string(request.token)](store::Session& s) -> Settled<Done> {
    if (officer_rows::any(s)) return {kSetupDone};
    if (const auto wait = limits_.take(s, "setup", address, kSetupRate))
      return {Error(kTooMany, {{"seconds", std::to_string(*wait)}})};
    if (!setup_token_right(token)) return {kSetupTokenWrong};
    return {Done{}};
  };
  const Result<Done> begun = co_await settle(database_.transact(std::move(begin)));
  if (!begun) co_return begun.error();
  const std::string password = tidy(request.password).value_or(std::string());
  if (auto wrong = weak_password(password, normalise_username(request.username).value_or(std::string())))
    co_return *wrong;
  const auto hashed = co_await hasher_.hash(password, settings_.password);
  if (!hashed) co_return hashed.error();
  auto finish = [this, request, client, hash = *hashed](store::Session& s) -> Result<Entered> {
    if (officer_rows::any(s)) return kSetupDone;
    NewOfficer first;
    first.username = request.username;
    first.name = request.name;
    first.grants = {Grant{Role::kAdministrator, {}}};
    const auto row = insert(s, first, hash, false);
    if (!row) return row.error();
    access_.log_account(s, as_caller(s, *row), kBegin, row->account, note(LogNote::kFirstAdministrator));
    NewSession fresh;
    fresh.account = row->account;
    fresh.kind = AccountKind::kOfficer;
    fresh.full = complete(*row);
    fresh.label = client.label;
    fresh.proof = Proof::kPassword;
    std::optional<std::string> device_token;
    if (fresh.full) {
      auto known = devices_.make_known(s, row->account, client);
      fresh.device = known.device;
      device_token = std::move(known.token);
    }
    const auto opened = sessions_.open(s, fresh);
    return Entered{sessions_.view(s, sessions_.find(s, opened.id).value()), opened.token, device_token};
  };
  co_return co_await database_.transact(std::move(finish));
}

// ---- the administrator ----

Task<Result<http::Page<Officer>>> Officers::list(Caller caller, std::string text, std::optional<std::int64_t> after,
                                                 std::size_t limit) const {
  return database_.read([this, caller = std::move(caller), wanted = fold(text), after,
                         limit](store::Session& s) -> Result<http::Page<Officer>> {
    if (auto allowed = access_.require(s, caller, kManageOfficers, {}); !allowed) return allowed.error();
    const auto areas = access_.areas(caller, kManageOfficers);
    std::set<AccountId> beyond;
    for (const auto& [account, area] : officer_rows::areas(s))
      if (!geography_.covers(areas, area)) beyond.insert(account);
    http::Page<Officer> page;
    bool begun = !after;
    for (const auto& row : officer_rows::all(s)) {
      if (beyond.contains(row.account)) continue;
      const bool shown = begun && fold(row.username + " " + row.name).find(wanted) != std::string::npos;
      begun = begun || row.account.value == *after;
      if (!shown) continue;
      if (page.items.size() == limit) {
        page.next = to_text(page.items.back().id);
        break;
      }
      page.items.push_back(view(s, row));
    }
    return page;
  });
}

Task<Result<MadeOfficer>> Officers::create(Caller caller, NewOfficer request) const {
  return create_steps(std::move(caller), std::move(request));
}

Task<Result<MadeOfficer>> Officers::create_steps(Caller caller, NewOfficer request) const {
  const std::string password = draw_password();
  const auto hashed = co_await hasher_.hash(password, settings_.password);
  if (!hashed) co_return hashed.error();
  auto make = [this, caller, request, password, hash = *hashed](store::Session& s) -> Result<MadeOfficer> {
    if (auto allowed = access_.require(s, caller, kManageOfficers, {}); !allowed) return allowed.error();
    if (!within(geography_, access_.areas(caller, kManageOfficers), request.grants)) return kNotPermitted;
    const auto row = insert(s, request, hash, true);
    if (!row) return row.error();
    access_.log_account(s, caller, kManageOfficers, row->account,
                        note(LogNote::kAccountMade, grants_text(request.grants)));
    return MadeOfficer{view(s, *row), password};
  };
  co_return co_await database_.transact(std::move(make));
}

Task<Result<Officer>> Officers::set_grants(Caller caller, AccountId officer, SetGrants request,
                                           std::optional<std::int64_t> version) const {
  auto setting = database_.transact([this, caller = std::move(caller), officer, request = std::move(request),
                                     version](store::Session& s) -> Result<Officer> {
    const auto row = administered(s, access_, geography_, caller, officer);
    if (!row) return row.error();
    if (!within(geography_, access_.areas(caller, kManageOfficers), request.grants)) return kNotPermitted;
    if (auto wrong = wrong_grants(request.grants)) return *wrong;
    if (version && *version != row->version) return version_conflict(view(s, *row));
    officer_rows::set_grants(s, officer, request.grants);
    if (!officer_rows::other_administrator(s, AccountId{})) return kLastAdministrator;
    access_.log_account(s, caller, kManageOfficers, officer,
                        note(LogNote::kGrantsChanged, grants_text(request.grants)));
    s.publish({"officer.changed", officer.value, clock_.now()});
    return view(s, officer_rows::find(s, officer).value());
  });
  return then_forget(std::move(setting), sessions_, officer);
}

Result<Officer> Officers::disable(store::Session& session, const Caller& caller, const OfficerRow& row,
                                  bool disabled) const {
  const bool administered = officer_rows::other_administrator(session, AccountId{});
  officer_rows::set_disabled(session, row.account, disabled ? std::optional<Instant>(clock_.now()) : std::nullopt);
  if (administered && !officer_rows::other_administrator(session, AccountId{})) return kLastAdministrator;
  if (disabled) sessions_.end_all(session, row.account, 0);
  access_.log_account(session, caller, kManageOfficers, row.account,
                      note(disabled ? LogNote::kAccountDisabled : LogNote::kAccountEnabled));
  session.publish({"officer.changed", row.account.value, clock_.now()});
  return view(session, officer_rows::find(session, row.account).value());
}

Task<Result<Officer>> Officers::set_disabled(Caller caller, AccountId officer, bool disabled) const {
  auto setting =
      database_.transact([this, caller = std::move(caller), officer, disabled](store::Session& s) -> Result<Officer> {
        const auto row = administered(s, access_, geography_, caller, officer);
        if (!row) return row.error();
        return disable(s, caller, *row, disabled);
      });
  return then_forget(std::move(setting), sessions_, officer);
}

Task<Result<TemporaryPassword>> Officers::reset_password(Caller caller, AccountId officer,
                                                         ResetPassword request) const {
  return then_forget(reset_steps(std::move(caller), officer, std::move(request)), sessions_, officer);
}

Task<Result<TemporaryPassword>> Officers::reset_steps(Caller caller, AccountId officer, ResetPassword request) const {
  const std::string password = draw_password();
  const auto hashed = co_await hasher_.hash(password, settings_.password);
  if (!hashed) co_return hashed.error();
  auto reset = [this, caller, officer, password, hash = *hashed,
                totp = request.totp.value_or(false)](store::Session& s) -> Result<TemporaryPassword> {
    if (const auto row = administered(s, access_, geography_, caller, officer); !row) return row.error();
    officer_rows::set_password(s, officer, hash, true);
    if (totp) officer_rows::drop_totp(s, officer);
    sessions_.end_all(s, officer, 0);
    access_.log_account(s, caller, kManageOfficers, officer,
                        note(totp ? LogNote::kProofsReset : LogNote::kPasswordReset));
    return TemporaryPassword{password};
  };
  co_return co_await database_.transact(std::move(reset));
}

// ---- the command line ----

Result<MadeOfficer> Officers::create_now(NewOfficer request, std::optional<std::string> password) const {
  const bool temporary = !password;
  const std::string chosen = password ? tidy(*password).value_or(std::string()) : draw_password();
  if (auto wrong = weak_password(chosen, normalise_username(request.username).value_or(std::string()));
      wrong && !temporary)
    return *wrong;
  const std::string hash = hasher_.hash_now(chosen, settings_.password);
  return database_.transact_now([this, request, hash, temporary, chosen](store::Session& s) -> Result<MadeOfficer> {
    const auto row = insert(s, request, hash, temporary);
    if (!row) return row.error();
    access_.log_account(s, command_line(), kManageOfficers, row->account,
                        note(LogNote::kAccountMade, grants_text(request.grants)));
    return MadeOfficer{view(s, *row), chosen};
  });
}

Result<Officer> Officers::disable_now(std::string username) const {
  return database_.transact_now([this, username](store::Session& s) -> Result<Officer> {
    const auto row = officer_rows::find(s, normalise_username(username).value_or(username));
    if (!row) return kNotFound;
    return disable(s, command_line(), *row, true);
  });
}

std::vector<Officer> Officers::all_now() const {
  return database_.read_now([this](store::Session& s) {
    std::vector<Officer> out;
    for (const auto& row : officer_rows::all(s)) out.push_back(view(s, row));
    return out;
  });
}

Result<Caller> Officers::caller_now(std::string username) const {
  return database_.read_now([username](store::Session& s) -> Result<Caller> {
    const auto row = officer_rows::find(s, normalise_username(username).value_or(username));
    if (!row || row->disabled) return kNotFound;
    return as_caller(s, *row);
  });
}

}  // namespace luytre::identity
