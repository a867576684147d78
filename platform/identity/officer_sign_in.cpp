// An officer about himself: signing in, the second factor, the password.

#include "platform/base/text.h"
#include "platform/identity/codes.h"
#include "platform/identity/officer_rows.h"
#include "platform/identity/officers.h"
#include "platform/identity/totp.h"

namespace luytre::identity {
namespace {

constexpr const char* kTotp = "identity.totp";
constexpr const char* kIssuer = "Lũy Tre";

}  // namespace

struct Officers::Attempt {
  std::optional<OfficerRow> row;       // absent: nobody of that name
  store::Bytes key;                    // of the counted try
  std::optional<std::int64_t> device;  // known to this officer
};

// With a device that the officer used before the tries are counted apart.
store::Bytes Officers::try_key(std::string_view username, std::optional<std::int64_t> device) const {
  return {
      vault_.blind("identity.officer_try", std::string(username) + '\n' + (device ? id_text(*device) : std::string()))};
}

bool Officers::complete(const OfficerRow& row) const {
  return !row.password_temporary && (row.totp_sealed || !sessions_.settings().totp_required);
}

// ---- signing in ----

Task<Result<Entered>> Officers::sign_in(OfficerSignIn request, Client client) const {
  return sign_in_steps(std::move(request), std::move(client));
}

Task<Result<Entered>> Officers::sign_in_steps(OfficerSignIn request, Client client) const {
  auto begin = [this, request, client](store::Session& s) { return begin_sign_in(s, request, client); };
  const Result<Attempt> attempt = co_await settle(database_.transact(std::move(begin)));
  if (!attempt) co_return attempt.error();
  std::vector<std::string> stored;
  if (attempt->row) stored.push_back(attempt->row->password_hash);
  const std::string password = tidy(request.password).value_or(std::string());
  const auto matched = co_await hasher_.match(password, std::move(stored), settings_.password);
  if (!matched) co_return matched.error();
  const bool right = matched->has_value();
  auto finish = [this, attempt = *attempt, right, request, client](store::Session& s) {
    return finish_sign_in(s, attempt, right, request, client);
  };
  co_return co_await settle(database_.transact(std::move(finish)));
}

Settled<Officers::Attempt> Officers::begin_sign_in(store::Session& session, const OfficerSignIn& request,
                                                   const Client& client) const {
  const store::Bytes address{vault_.blind("identity.address", address_key(client.address))};
  if (const auto wait = limits_.take(session, "officer.address", address, settings_.address)) {
    return {Error(kTooMany, {{"seconds", std::to_string(*wait)}})};
  }
  Attempt out;
  const std::string username = normalise_username(request.username).value_or(request.username);
  out.row = officer_rows::find(session, username);
  const auto device = devices_.find(session, client.device);
  if (out.row && device && devices_.known_to(session, *device, std::span(&out.row->account, 1))) out.device = device;
  out.key = try_key(username, out.device);
  if (const auto wait = limits_.begin_try(session, "officer", out.key, settings_.sign_in)) return {locked(*wait)};
  return {std::move(out)};
}

Settled<Entered> Officers::finish_sign_in(store::Session& session, const Attempt& attempt, bool password_right,
                                          const OfficerSignIn& request, const Client& client) const {
  const auto row = attempt.row ? officer_rows::find(session, attempt.row->account) : std::nullopt;
  const bool same = row && row->password_hash == attempt.row->password_hash;  // not changed meanwhile
  if (!password_right || !same || row->disabled) return {kSignInFailed};
  if (row->totp_sealed) {
    if (!request.totp || request.totp->empty()) return {kTotpRequired};
    if (!totp_right(session, *row, without_spaces(*request.totp))) return {kSignInFailed};
  }
  limits_.succeeded(session, "officer", attempt.key);
  Entered out;
  NewSession fresh;
  fresh.account = row->account;
  fresh.kind = AccountKind::kOfficer;
  fresh.full = complete(*row);
  fresh.label = client.label;
  fresh.proof = Proof::kPassword;
  fresh.device = attempt.device;
  if (attempt.device) {
    devices_.used(session, *attempt.device);
  } else if (fresh.full) {
    const auto known = devices_.make_known(session, row->account, client);
    fresh.device = known.device;
    out.device_token = known.token;
  }
  const auto opened = sessions_.open(session, fresh);
  out.session_token = opened.token;
  out.view = sessions_.view(session, sessions_.find(session, opened.id).value());
  return {std::move(out)};
}

// After a step of the first sign-in: a new token, and the session is full when nothing is missing any more.
// With it the device becomes known, as at every full sign-in.
Entered Officers::advanced(store::Session& session, const SessionRow& row, const OfficerRow& officer,
                           const Client& client) const {
  Entered out;
  if (!row.full && complete(officer)) {
    auto device = row.device;
    if (!device) {
      auto known = devices_.make_known(session, row.account, client);
      device = known.device;
      out.device_token = std::move(known.token);
    }
    out.session_token = sessions_.raise(session, row, row.account, Proof::kPassword, device);
  } else {
    out.session_token = sessions_.renew(session, row.id);
  }
  out.view = sessions_.view(session, sessions_.find(session, row.id).value());
  return out;
}

// ---- second factor ----

bool Officers::totp_right(store::Session& session, const OfficerRow& row, std::string_view code) const {
  const auto secret = vault_.unseal(kTotp, to_text(row.account), row.totp_sealed->data);
  if (!secret) return false;
  const auto step = totp_match(*secret, code, clock_.now(), row.totp_step);
  return step && officer_rows::use_totp_step(session, row.account, *step);
}

Task<Result<TotpEnrolment>> Officers::enrol_totp(Caller caller, EnrolTotp request) const {
  return settle(database_.transact([this, caller = std::move(caller), request = std::move(request)](store::Session& s) {
    return begin_totp(s, caller, request);
  }));
}

Settled<TotpEnrolment> Officers::begin_totp(store::Session& session, const Caller& caller,
                                            const EnrolTotp& request) const {
  const auto row = officer_rows::find(session, caller.account);
  if (!row) return {kUnauthenticated};
  if (row->totp_sealed) {  // whoever sits at an open session must not be able to exchange the authenticator
    const auto key = try_key(row->username, caller.session);
    if (const auto wait = limits_.begin_try(session, "totp", key, settings_.sign_in)) return {locked(*wait)};
    if (!request.current || !totp_right(session, *row, without_spaces(*request.current))) return {kTotpWrong};
    limits_.succeeded(session, "totp", key);
  }
  const std::string secret = random_.bytes(kTotpSecretBytes);
  officer_rows::set_pending_totp(session, row->account, {vault_.seal(kTotp, to_text(row->account), secret)});
  return {TotpEnrolment{base32(secret), totp_uri(kIssuer, row->username, secret)}};
}

Task<Result<Entered>> Officers::confirm_totp(Caller caller, ConfirmTotp request, Client client) const {
  const AccountId account = caller.account;
  auto confirming = database_.transact(
      [this, caller = std::move(caller), code = without_spaces(request.code),
       client = std::move(client)](store::Session& s) { return finish_totp(s, caller, code, client); });
  return then_forget(settle(std::move(confirming)), sessions_, account);
}

Settled<Entered> Officers::finish_totp(store::Session& session, const Caller& caller, const std::string& code,
                                       const Client& client) const {
  const auto row = officer_rows::find(session, caller.account);
  const auto current = sessions_.find(session, caller.session);
  if (!row || !current) return {kUnauthenticated};
  if (!row->totp_pending) return {kTotpNotBegun};
  const auto key = try_key(row->username, caller.session);
  if (const auto wait = limits_.begin_try(session, "totp", key, settings_.sign_in)) return {locked(*wait)};
  const auto secret = vault_.unseal(kTotp, to_text(row->account), row->totp_pending->data);
  const auto step = secret ? totp_match(*secret, code, clock_.now(), 0) : std::nullopt;
  if (!step) return {kTotpWrong};
  limits_.succeeded(session, "totp", key);
  officer_rows::set_totp(session, row->account, *row->totp_pending, *step);
  sessions_.end_all(session, row->account, caller.session);
  return {advanced(session, *current, officer_rows::find(session, row->account).value(), client)};
}

// ---- password ----

Task<Result<Entered>> Officers::change_password(Caller caller, ChangePassword request, Client client) const {
  const AccountId account = caller.account;
  return then_forget(password_steps(std::move(caller), std::move(request), std::move(client)), sessions_, account);
}

Task<Result<Entered>> Officers::password_steps(Caller caller, ChangePassword request, Client client) const {
  auto begin = [this, caller](store::Session& s) { return begin_password(s, caller); };
  const Result<Attempt> attempt = co_await settle(database_.transact(std::move(begin)));
  if (!attempt) co_return attempt.error();
  const std::string current = tidy(request.current).value_or(std::string());
  const std::string next = tidy(request.next).value_or(std::string());
  std::vector<std::string> stored{attempt->row->password_hash};
  const auto matched = co_await hasher_.match(current, std::move(stored), settings_.password);
  if (!matched) co_return matched.error();
  if (!*matched) co_return kPasswordWrong;
  if (auto weak = weak_password(next, attempt->row->username)) co_return *weak;
  if (next == current) co_return Error(kPasswordWeak, {{"least", std::to_string(kPasswordLeast)}});
  const auto hashed = co_await hasher_.hash(next, settings_.password);
  if (!hashed) co_return hashed.error();
  auto finish = [this, caller, attempt = *attempt, hash = *hashed, client](store::Session& s) {
    return finish_password(s, caller, attempt, hash, client);
  };
  co_return co_await database_.transact(std::move(finish));
}

Settled<Officers::Attempt> Officers::begin_password(store::Session& session, const Caller& caller) const {
  Attempt out;
  out.row = officer_rows::find(session, caller.account);
  if (!out.row) return {kUnauthenticated};
  out.key = try_key(out.row->username, caller.session);
  if (const auto wait = limits_.begin_try(session, "officer", out.key, settings_.sign_in)) return {locked(*wait)};
  return {std::move(out)};
}

Result<Entered> Officers::finish_password(store::Session& session, const Caller& caller, const Attempt& attempt,
                                          const std::string& hash, const Client& client) const {
  const auto row = officer_rows::find(session, caller.account);
  const auto current = sessions_.find(session, caller.session);
  if (!row || !current) return kUnauthenticated;
  if (row->password_hash != attempt.row->password_hash) return kPasswordWrong;
  limits_.succeeded(session, "officer", attempt.key);
  officer_rows::set_password(session, row->account, hash, false);
  sessions_.end_all(session, row->account, caller.session);
  return advanced(session, *current, officer_rows::find(session, row->account).value(), client);
}

}  // namespace luytre::identity
