// Exchange: one request on its way through a connection: what was read, where it leads, who asks, and the answer.

#pragma once

#include "platform/http/call.h"
#include "platform/http/parser.h"
#include "platform/http/socket.h"

namespace luytre::http {

struct Exchange {
  Request request;
  Parser parser{request};
  Found found;
  Client client;
  Caller caller;
  RequestCall call{request, found, caller, client};
  Steady::time_point started = Steady::now();
  Steady::time_point deadline;  // for head and body
  Answer answer;
  bool answered = false;
  bool gone = false;     // the client left: nobody to answer
  bool closing = false;  // where the next request would begin is unknown

  void set(Answer given) {
    answer = std::move(given);
    answered = true;
  }
  Language language() const { return choose_language(request.field("Accept-Language").value_or("")); }
  bool expects_continue() const { return request.http11 && request.field("Expect").has_value(); }
};

}  // namespace luytre::http
