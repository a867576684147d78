#include "platform/identity/cookies.h"

namespace luytre::identity {
namespace {

constexpr std::chrono::seconds kDeviceLife{400 * kDaySeconds};  // as long as browsers keep any cookie

void set_cookie(http::Call& call, const char* name, const std::string& value,
                std::optional<std::chrono::seconds> life) {
  std::string line = std::string(name) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict";
  if (life) line += "; Max-Age=" + std::to_string(life->count());
  if (call.secure()) line += "; Secure";
  call.set_header("Set-Cookie", std::move(line));
}

void set_cookies(http::Call& call, const Identity& identity, const Entered& entered) {
  // An officer's ends with the browser, a citizen's stays on the phone.
  std::optional<std::chrono::seconds> life;
  if (entered.view.kind == AccountKind::kCitizen) life = identity.sessions.settings().citizen.absolute;
  set_session_cookie(call, entered.session_token, life);
  if (entered.device_token) set_device_cookie(call, *entered.device_token);
}

}  // namespace

Client client_of(const http::Call& call) {
  Client out;
  out.address = call.caller().address;
  out.device = call.cookie(http::kDeviceCookie);
  out.label = device_label(call.header("User-Agent").value_or(std::string()));
  out.language = message_language(call.header("Accept-Language").value_or(std::string()));
  return out;
}

void set_session_cookie(http::Call& call, const std::string& token, std::optional<std::chrono::seconds> life) {
  set_cookie(call, http::kSessionCookie, token, life);
}

void set_device_cookie(http::Call& call, const std::string& token) {
  set_cookie(call, http::kDeviceCookie, token, kDeviceLife);
}

void clear_session_cookie(http::Call& call) {
  set_cookie(call, http::kSessionCookie, "", std::chrono::seconds(0));
}

Task<Result<SessionView>> entered(http::Call& call, const Identity& identity, Task<Result<Entered>> entering) {
  Result<Entered> who = co_await std::move(entering);
  if (!who) co_return who.error();
  set_cookies(call, identity, *who);
  co_return std::move(who->view);
}

Task<Result<Done>> entered_silently(http::Call& call, const Identity& identity, Task<Result<Entered>> entering) {
  Result<Entered> who = co_await std::move(entering);
  if (!who) co_return who.error();
  set_cookies(call, identity, *who);
  co_return Done{};
}

}  // namespace luytre::identity
