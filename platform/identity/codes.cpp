#include "platform/identity/codes.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "platform/base/phone.h"
#include "platform/identity/client.h"
#include "platform/notify/deliveries.h"

namespace luytre::identity {
namespace {

constexpr std::uint32_t kCodeRange = 1'000'000;  // six digits

struct CodeRow {
  store::Bytes code_hash;
  std::int64_t tries = 0;
  bool used = false;
  Instant expires;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (code_hash, tries, used, expires))

constexpr store::Query kKeep{"identity.code_keep", R"sql(
  INSERT INTO identity_code (use_of, phone_index, holder, code_hash, tries, used, expires) VALUES ($1, $2, $3, $4, 0, $5, $6)
  ON CONFLICT (use_of, phone_index, holder) DO UPDATE
  SET code_hash = excluded.code_hash, tries = 0, used = excluded.used, expires = excluded.expires)sql"};

constexpr store::Query kFindCode{"identity.code_find", R"sql(
  SELECT code_hash, tries, used, expires FROM identity_code WHERE use_of = $1 AND phone_index = $2 AND holder = $3)sql"};

constexpr store::Query kCount{"identity.code_count", R"sql(
  UPDATE identity_code SET tries = $4, used = $5 WHERE use_of = $1 AND phone_index = $2 AND holder = $3)sql"};

constexpr store::Query kCleanCodes{"identity.code_clean", R"sql(
  DELETE FROM identity_code WHERE expires < $1)sql"};

std::string six_digits(std::uint32_t number) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%06u", number % kCodeRange);
  return text.data();
}

}  // namespace

Codes::Codes(store::Database& database, const Vault& vault, Random& random, const Clock& clock, const Limits& limits,
             notify::Notify& notify, const notify::Texts& texts, CodeLimits settings)
    : database_(database),
      vault_(vault),
      random_(random),
      clock_(clock),
      limits_(limits),
      notify_(notify),
      texts_(texts),
      settings_(settings) {}

store::Bytes Codes::hash(const CodeKey& key, std::string_view code) const {
  const std::string text = key.use + '\n' + key.phone + '\n' + key.holder + '\n' + std::string(code);
  return {vault_.blind("identity.code", text)};
}

// Cheapest first: a flood from one address is refused before it touches what others share.
std::optional<std::int64_t> Codes::limited(store::Session& session, const CodeRequest& request) const {
  const store::Bytes address{vault_.blind("identity.address", address_key(request.address))};
  if (const auto wait = limits_.take(session, "code.address", address, settings_.address)) return wait;
  const std::string whose = request.known_device ? request.key.phone + '\n' + request.key.holder : request.key.phone;
  const store::Bytes phone{vault_.blind("identity.code_phone", whose)};
  const std::pair<const char*, Rate> rates[] = {
      {"code.pause", settings_.pause}, {"code.phone", settings_.phone}, {"code.day", settings_.phone_day}};
  for (const auto& [kind, rate] : rates) {
    if (const auto wait = limits_.take(session, kind, phone, rate)) return wait;
  }
  const store::Bytes everybody{"all"};
  if (!is_vietnamese(request.key.phone)) {
    if (const auto wait = limits_.take(session, "code.foreign", everybody, settings_.foreign)) return wait;
  }
  return limits_.take(session, "code.all", everybody, settings_.all);
}

Result<CodeSent> Codes::issue(store::Session& session, const CodeRequest& request) const {
  if (!can_receive_sms(request.key.phone)) return kNoMessages;
  if (const auto wait = limited(session, request)) return Error(kTooMany, {{"seconds", std::to_string(*wait)}});
  const std::string code = six_digits(random_.below(kCodeRange));
  const Instant expires = clock_.now() + kCodeLife;
  const store::Bytes phone{vault_.blind("identity.phone", request.key.phone)};
  const store::Bytes holder{vault_.blind("identity.code_holder", request.key.holder)};
  session.run(kKeep, request.key.use, phone, holder, hash(request.key, code), false, expires);
  notify::Sms message;
  message.phone = request.key.phone;
  message.text = texts_.fill("sms.code." + request.key.use, request.language,
                             {{"code", code}, {"minutes", std::to_string(kCodeLife.count() / 60)}});
  message.purpose = notify::kCodePurpose;
  message.not_after = expires;
  notify_.queue(session, message);
  return CodeSent{expires, settings_.pause.per.count() / std::max<std::int64_t>(1, settings_.pause.count)};
}

Result<Done> Codes::check(store::Session& session, const CodeKey& key, std::string_view code) const {
  const store::Bytes phone{vault_.blind("identity.phone", key.phone)};
  const store::Bytes holder{vault_.blind("identity.code_holder", key.holder)};
  const auto row = session.one<CodeRow>(kFindCode, key.use, phone, holder);
  const auto wrong = [](std::int64_t left) { return Error(kCodeWrong, {{"left", std::to_string(left)}}); };
  if (!row || row->used) return wrong(0);
  if (row->tries >= kCodeTries) return kCodeExhausted;
  if (row->expires <= clock_.now()) return kCodeExpired;
  const std::int64_t tries = row->tries + 1;
  const auto shown = hash(key, code);
  const bool right = sodium_memcmp(shown.data.data(), row->code_hash.data.data(), shown.data.size()) == 0;
  session.run(kCount, key.use, phone, holder, tries, right);
  if (right) return Done{};
  if (tries >= kCodeTries) return kCodeExhausted;
  return wrong(kCodeTries - tries);
}

Task<Result<Done>> Codes::verify(CodeKey key, std::string code) const {
  return settle(database_.transact([this, key = std::move(key), code = std::move(code)](store::Session& s) {
    return Settled<Done>{check(s, key, code)};
  }));
}

void Codes::clean(store::Session& session) const {
  session.run(kCleanCodes, clock_.now() - kCodeLife);
}

std::string without_spaces(std::string_view typed) {
  std::string out;
  for (const char c : typed)
    if (c != ' ' && c != '-') out += c;
  return out;
}

}  // namespace luytre::identity
