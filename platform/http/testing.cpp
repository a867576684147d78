#include "platform/http/testing.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/http/url.h"

namespace luytre::http::testing {

std::string Received::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (iequals(key, name)) return value;
  return "";
}

json::Value Received::json() const {
  auto value = json::parse_value(body);
  return value ? *value : json::Value();
}

std::string Received::code() const {
  const auto value = json();
  if (!value.is_object()) return "";
  const auto* code = value.get_object().if_contains("code");
  return code && code->is_string() ? std::string(code->get_string()) : "";
}

std::vector<std::string> Received::field_errors() const {
  std::vector<std::string> out;
  const auto value = json();
  const auto* errors = value.is_object() ? value.get_object().if_contains("errors") : nullptr;
  if (!errors) return out;
  for (const auto& error : errors->get_array()) {
    out.push_back(std::string(error.at("pointer").get_string()) + ' ' + std::string(error.at("code").get_string()));
  }
  return out;
}

Wire::Wire(std::uint16_t port, std::chrono::milliseconds patience)
    : fd_(::socket(AF_INET, SOCK_STREAM, 0)), patience_(patience) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ADD_FAILURE() << "cannot connect to port " << port;
  }
}

Wire::Wire(Wire&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), buffer_(std::move(other.buffer_)), patience_(other.patience_) {}

Wire::~Wire() {
  if (fd_ >= 0) ::close(fd_);
}

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Wire::fill() {
  pollfd waiting{fd_, POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(patience_.count())) <= 0) return false;
  char bytes[16 * 1024];
  const auto count = ::recv(fd_, bytes, sizeof bytes, 0);
  if (count <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::string Wire::some() {
  if (buffer_.empty()) fill();
  return std::exchange(buffer_, {});
}

std::optional<Received> Wire::answer(bool head) {
  std::size_t end;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!fill()) return std::nullopt;
  Received out;
  out.status = std::atoi(buffer_.c_str() + 9);
  std::optional<std::size_t> length;
  for (std::size_t at = buffer_.find("\r\n") + 2; at < end;) {
    const auto stop = buffer_.find("\r\n", at);
    const auto colon = buffer_.find(": ", at);
    out.headers.emplace_back(buffer_.substr(at, colon - at), buffer_.substr(colon + 2, stop - colon - 2));
    if (iequals(out.headers.back().first, "Content-Length")) length = std::stoul(out.headers.back().second);
    at = stop + 2;
  }
  buffer_.erase(0, end + 4);
  if (head || out.status < 200 || out.status == 204 || out.status == 304 || !length) return out;
  while (buffer_.size() < *length)
    if (!fill()) return std::nullopt;
  out.body = buffer_.substr(0, *length);
  buffer_.erase(0, *length);
  return out;
}

bool Wire::closed() {
  const auto end = std::chrono::steady_clock::now() + patience_;
  while (std::chrono::steady_clock::now() < end) {
    pollfd waiting{fd_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(patience_.count())) <= 0) return false;
    char bytes[4096];
    if (::recv(fd_, bytes, sizeof bytes, 0) <= 0) return true;
  }
  return false;
}

void Wire::finish_sending() {
  ::shutdown(fd_, SHUT_WR);
}

void Wire::small_buffer() {
  const int bytes = 4096;
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

Task<Caller> Callers::authenticate(std::string session_cookie, std::string bearer, std::string) {
  const auto found = known.find(bearer.empty() ? session_cookie : bearer);
  co_return found == known.end() ? Caller{} : found->second;
}

Caller caller_of(Role role, std::int64_t account, bool full) {
  Caller out;
  out.account = AccountId{account};
  out.grants.push_back({role, UnitId{}});
  out.full = full;
  return out;
}

TestServer::TestServer() {
  options.port = 0;
  options.texts = std::filesystem::path(__FILE__).parent_path() / "../../data/i18n";
}

TestServer::~TestServer() {
  stop();
}

void TestServer::start() {
  server_ = std::make_unique<Server>(options, router, callers);
  port_ = server_->start();
}

void TestServer::stop(std::chrono::milliseconds drain) {
  if (server_) server_->stop(drain);
}

Received TestServer::call(std::string_view method, std::string_view target, const std::vector<std::string>& headers,
                          std::string_view body) const {
  std::string request(method);
  request.append(1, ' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
  for (const auto& line : headers) request.append(line).append("\r\n");
  if (!body.empty() || (method != "GET" && method != "HEAD"))
    request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  request.append("\r\n").append(body);
  auto wire = connect();
  wire.send(request);
  auto answer = wire.answer(method == "HEAD");
  if (!answer) ADD_FAILURE() << "no answer to " << method << ' ' << target;
  return answer.value_or(Received{});
}

Received TestServer::post(std::string_view target, std::string_view json, std::vector<std::string> headers) const {
  headers.emplace_back("Content-Type: application/json");
  headers.emplace_back("X-Requested-With: luytre");
  return call("POST", target, headers, json);
}

}  // namespace luytre::http::testing
