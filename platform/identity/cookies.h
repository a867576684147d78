// Cookies and clients: what the routes of identity share. Internal to identity.

#pragma once

#include <string>

#include "platform/http/router.h"
#include "platform/identity/identity.h"

namespace luytre::identity {

// The body {}.
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

Client client_of(const http::Call& call);

void set_session_cookie(http::Call& call, const std::string& token, std::optional<std::chrono::seconds> life);
void set_device_cookie(http::Call& call, const std::string& token);
void clear_session_cookie(http::Call& call);

// Sets the cookies of somebody who came in, and answers the session.
Task<Result<SessionView>> entered(http::Call& call, const Identity& identity, Task<Result<Entered>> entering);
// The same where the answer has no body.
Task<Result<Done>> entered_silently(http::Call& call, const Identity& identity, Task<Result<Entered>> entering);

template <class T>
Task<Result<T>> at_once(T value) {
  co_return std::move(value);
}

}  // namespace luytre::identity
