// For tests of routes and of the server itself: a server on a free loopback port, and a client that sends what it is
// told, byte for byte.

#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/json.h"
#include "platform/http/server.h"

namespace luytre::http::testing {

using namespace std::chrono_literals;

struct Received {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  std::string header(std::string_view name) const;  // the first; empty if none
  json::Value json() const;                         // null if it is none
  std::string code() const;                         // of a problem document
  std::vector<std::string> field_errors() const;    // "pointer code", in order
};

// A blocking TCP connection to 127.0.0.1. Every read gives up after `patience`.
class Wire {
 public:
  explicit Wire(std::uint16_t port, std::chrono::milliseconds patience = 10s);
  ~Wire();
  Wire(Wire&& other) noexcept;
  Wire(const Wire&) = delete;

  bool send(std::string_view bytes);  // false: the server has closed
  std::optional<Received> answer(
      bool head = false);  // the next one; `head`: it has no body. Empty: closed, or no patience left
  std::string some();      // what comes next, as it comes; empty: closed, or no patience left
  bool closed();           // whether the server closes, reading and dropping until then
  void finish_sending();
  void small_buffer();  // receives slowly

 private:
  bool fill();
  int fd_;
  std::string buffer_;
  std::chrono::milliseconds patience_;
};

// Who calls, by the value of the session cookie or bearer token; anything else is nobody.
class Callers final : public Authenticator {
 public:
  std::map<std::string, Caller> known;
  Task<Caller> authenticate(std::string session_cookie, std::string bearer, std::string address) override;
};

Caller caller_of(Role role, std::int64_t account, bool full = true);

// Declare routes, then start(). Stops when destroyed.
class TestServer {
 public:
  TestServer();
  ~TestServer();

  void start();
  void stop(std::chrono::milliseconds drain = 0ms);
  std::uint16_t port() const { return port_; }
  Wire connect(std::chrono::milliseconds patience = 10s) const { return Wire(port_, patience); }

  // One request on a connection of its own. `headers` are full lines: "Cookie: luytre_session=an".
  Received call(std::string_view method, std::string_view target, const std::vector<std::string>& headers = {},
                std::string_view body = "") const;
  Received get(std::string_view target, const std::vector<std::string>& headers = {}) const {
    return call("GET", target, headers);
  }
  Received post(std::string_view target, std::string_view json, std::vector<std::string> headers = {}) const;

  Router router;
  Callers callers;
  ServerOptions options;

 private:
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
};

}  // namespace luytre::http::testing
