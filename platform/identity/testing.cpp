#include "platform/identity/testing.h"

#include <algorithm>

#include "platform/base/phone.h"
#include "platform/base/run.h"

namespace luytre::identity::testing {
namespace {

constexpr std::size_t kCheapMemory = 64 * 1024;

// Up from this file to the root of the tree: data lies beside platform.
std::filesystem::path data_folder() {
  return std::filesystem::path(__FILE__).parent_path().parent_path().parent_path() / "data";
}

notify::SenderSettings keep_in_outbox() {
  notify::SenderSettings settings;
  settings.kind = "console";  // never started
  return settings;
}

}  // namespace

Caller citizen(AccountId account) {
  Caller out;
  out.account = account;
  out.grants = {Grant{Role::kCitizen, {}}};
  out.address = "127.0.0.1";
  return out;
}

Caller citizen(std::int64_t account) {
  return citizen(AccountId{account});
}

Caller officer(Role role, UnitId area, std::int64_t account) {
  Caller out;
  out.account = {account};
  out.name = "Officer " + json::enum_text(role);
  out.grants = {Grant{role, area}};
  out.address = "127.0.0.1";
  return out;
}

Caller nobody() {
  return {};
}

Caller limited(Caller caller) {
  caller.full = false;
  return caller;
}

Access::Household households(std::vector<std::pair<AccountId, PersonId>> members) {
  return [members = std::move(members)](store::Session&, AccountId account, PersonId person) {
    return std::find(members.begin(), members.end(), std::pair(account, person)) != members.end();
  };
}

Vault vault() {
  std::array<unsigned char, Vault::kKeyBytes> key{};
  key.fill(7);
  return Vault(key);
}

Settings House::quick_settings() {
  Settings out;
  out.consents = data_folder() / "consents";
  out.sign_in.pin = {1, kCheapMemory};
  out.officers.password = {1, kCheapMemory};
  out.hashing_threads = 1;
  out.sessions.cache = std::chrono::milliseconds(0);  // tests move the clock by hand; the cache lives by the machine's
  return out;
}

std::vector<std::vector<store::Migration>> House::rooms() {
  return {notify::migrations(), migrations()};
}

House::House(store::Database& database, const geography::Geography& geography, const Clock& clock, Settings settings)
    : database_(database),
      vault_(testing::vault()),
      texts_(data_folder() / "i18n"),
      notify_(database, vault_, keep_in_outbox()),
      identity_(std::make_unique<Identity>(database, vault_, random_, clock, geography, notify_, texts_,
                                           std::move(settings))) {}

House::~House() = default;

std::string House::last_code(std::string_view e164) {
  const auto waiting = database_.read_now([this](store::Session& s) { return notify_.waiting(s); });
  for (auto message = waiting.rbegin(); message != waiting.rend(); ++message) {
    if (message->phone != e164) continue;
    const auto first = message->text.find_first_of("0123456789");
    return first == std::string::npos ? std::string() : message->text.substr(first, 6);
  }
  return {};
}

Result<Entered> House::sign_in(const std::string& phone, std::optional<std::string>& device) {
  Client client;
  client.address = "127.0.0.1";
  client.device = device;
  auto asked = run(identity_->sign_in.ask_code({phone}, client));
  if (!asked) return asked.error();
  device = asked->device_token;
  client.device = device;
  auto entered =
      run(identity_->sign_in.sign_in({phone, last_code(normalise_phone(phone).value_or(std::string()))}, client));
  if (entered && entered->device_token) device = entered->device_token;
  return entered;
}

Caller House::caller(const std::string& session_token) {
  return run(identity_->sessions.authenticate(session_token, "", "127.0.0.1"));
}

}  // namespace luytre::identity::testing
