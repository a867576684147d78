// Exchange: one request on its way through a connection: what was read, where it leads, who asks, and the answer.

#pragma once

#include <atomic>

#include "platform/http/call.h"
#include "platform/http/parser.h"
#include "platform/http/socket.h"

namespace luytre::http {

// Bytes that count against what all connections may hold together, until the exchange ends.
class Held {
 public:
  Held() = default;
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() {
    if (all_) *all_ -= bytes_;
  }
  // Once; false: that would be more than `most`.
  bool take(std::atomic<std::size_t>& all, std::size_t bytes, std::size_t most) {
    all_ = &all;
    bytes_ = bytes;
    return all.fetch_add(bytes) + bytes <= most;
  }

 private:
  std::atomic<std::size_t>* all_ = nullptr;
  std::size_t bytes_ = 0;
};

struct Exchange {
  Request request;
  Parser parser{request};
  Found found;
  Client client;
  Caller caller;
  RequestCall call{request, found, caller, client};
  Steady::time_point started = Steady::now();
  Steady::time_point deadline;  // for head and body
  Held held;
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
