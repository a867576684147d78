// Server: HTTP/1.1 over Boost.Asio and Beast's parser, one io_context per thread (SO_REUSEPORT), behind the router.
//
// It guards the door: exactly one Host header, request head ≤ 16 KiB, body ≤ the route's limit, an absolute deadline
// per request (30 s), idle keep-alive 60 s, at most `connections` (beyond: 503). Unsafe methods with a session cookie
// need `X-Requested-With: luytre` and an Origin, if sent, that names this host. Every error is an RFC 9457 problem
// document (application/problem+json): type, title, status, code, detail, errors[{pointer, code, params}]. Static files
// (gzip prepared beside them) come with ETag, a strict CSP and no third party; unknown paths below an app's prefix
// answer its index.html. /healthz, /readyz, /metrics (Prometheus), /api/openapi.json, /api/ (a readable page). Nothing
// that identifies a person is logged: method, route pattern, status, microseconds.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/task.h"
#include "platform/http/router.h"

namespace luytre::http {

// Who is asking; implemented by identity. Never throws for a bad cookie: answers an anonymous caller.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  virtual Task<Caller> authenticate(std::string session_cookie, std::string bearer, std::string address) = 0;
};

inline constexpr const char* kSessionCookie = "luytre_session";
inline constexpr const char* kDeviceCookie = "luytre_device";

struct StaticSite {
  std::string prefix;            // "/" or "/console"
  std::filesystem::path folder;  // with index.html
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free one
  unsigned threads = 2;
  std::size_t connections = 10'000;
  std::chrono::milliseconds request_deadline{
      30'000};                             // to have sent head and body; an answer must move 64 KiB in this time
  std::chrono::milliseconds idle{60'000};  // between requests on a kept connection
  std::vector<std::string> hosts;          // accepted Host values, with or without port; empty: any well-formed one
  std::vector<std::string>
      trusted_proxies;  // addresses or networks ("10.0.0.0/8") whose X-Forwarded-For and -Proto count
  std::vector<std::string> metrics_readers;  // addresses or networks that may read /metrics, beside this machine
  std::vector<StaticSite> sites;
  std::filesystem::path texts;    // data/i18n: error texts, *.vi.json and *.en.json; empty: codes only
  std::string title = "Lũy Tre";  // of the API document
  std::string version = "0.1.0";
  bool log_requests = false;             // every request; faults and slow ones are always logged
  std::function<bool()> ready;           // /readyz; called on server threads, must not block
  std::function<std::string()> metrics;  // extra lines for /metrics; likewise
};

class Server {
 public:
  Server(ServerOptions options, const Router& router, Authenticator& authenticator);
  ~Server();
  std::uint16_t start();  // binds and returns the port; throws store::StartError, saying what to do
  void stop(std::chrono::milliseconds
                drain);  // stops accepting, ends streams, lets open requests finish, then cuts; from outside
  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace luytre::http
