#include "platform/http/parser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "platform/http/codes.h"
#include "platform/http/url.h"

namespace luytre::http {
namespace {

namespace beast = boost::beast;
using BeastCode = beast::error_code;

constexpr std::size_t kReserveMost = 16 * 1024;  // a promised length is not believed beyond this

std::string_view view(beast::string_view s) {
  return {s.data(), s.size()};
}

}  // namespace

struct Parser::Beast final : beast::http::basic_parser<true> {
  explicit Beast(Request& request) : request(request) {
    eager(false);
    header_limit(kHeadMost + 1);
    body_limit(boost::none);  // the door compares Content-Length with the route's limit
  }

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                       BeastCode&) override {
    request.method = view(method);
    request.target = view(target);
    request.http11 = version == 11;
  }
  void on_response_impl(int, beast::string_view, int, BeastCode&) override {}
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value, BeastCode&) override {
    if (!is_header_done()) request.fields.push_back({view(name), view(value)});
  }
  void on_header_impl(BeastCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, BeastCode&) override {
    if (keep && length) request.body.reserve(std::min<std::uint64_t>(*length, kReserveMost));
  }
  std::size_t on_body_impl(beast::string_view bytes, BeastCode& failed) override { return take(bytes, failed); }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, BeastCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, BeastCode& failed) override {
    return take(bytes, failed);
  }
  void on_finish_impl(BeastCode&) override {}

  std::size_t take(beast::string_view bytes, BeastCode& failed) {
    received += bytes.size();
    if (received > most) {
      failed = beast::http::error::body_limit;
      return 0;
    }
    if (keep) request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  Request& request;
  std::size_t most = 0;
  std::size_t received = 0;
  bool keep = true;
};

Parser::Parser(Request& request) : request_(request), beast_(std::make_unique<Beast>(request)) {}
Parser::~Parser() = default;

std::size_t Parser::feed(std::string_view bytes) {
  if (refused_ || done_ || bytes.empty()) return 0;
  if (!head_done_) return feed_head(bytes);
  return accepting_ ? feed_body(bytes) : 0;
}

std::size_t Parser::feed_head(std::string_view bytes) {
  // RFC 9112 2.2: an empty line before the request line is ignored; old clients end a body so.
  std::size_t skipped = 0;
  if (scanned_ == 0) {
    if (bytes == "\r") return 0;
    if (bytes.starts_with("\r\n")) skipped = 2;
    if (bytes.size() > skipped && !((bytes[skipped] | 0x20) >= 'a' && (bytes[skipped] | 0x20) <= 'z')) {
      refuse(kBadRequest);
      return 0;
    }
  }
  bytes.remove_prefix(skipped);
  if (!scan(bytes)) {
    if (!refused_ && bytes.size() > kHeadMost) refuse(kHeadTooLarge);
    return skipped;
  }
  if (scanned_ > kHeadMost) {
    refuse(kHeadTooLarge);
    return skipped;
  }
  request_.head.assign(bytes.substr(0, scanned_));
  request_.fields.reserve(lines_);
  BeastCode failed;
  beast_->put(boost::asio::buffer(request_.head), failed);
  if (failed || !beast_->is_header_done()) {
    refuse(failed == beast::http::error::bad_version ? kHttpVersion : kBadRequest);
    return skipped;
  }
  check_framing();
  head_done_ = true;
  done_ = !refused_ && beast_->is_done();
  return skipped + scanned_;
}

// Looks at each line once. A line ends in CRLF and never begins with a blank.
bool Parser::scan(std::string_view bytes) {
  while (!refused_) {
    const auto end = bytes.find('\n', scanned_);
    if (end == std::string_view::npos) return false;
    if (end == 0 || bytes[end - 1] != '\r' || bytes[scanned_] == ' ' || bytes[scanned_] == '\t') {
      refuse(kBadRequest);
      return false;
    }
    const bool blank = end == scanned_ + 1;
    scanned_ = end + 1;
    if (blank) return true;
    if (++lines_ > kFieldsMost + 1) refuse(kHeadTooLarge);
  }
  return false;
}

void Parser::check_framing() {
  const auto lengths = request_.count("Content-Length");
  const auto encodings = request_.count("Transfer-Encoding");
  if (lengths + encodings > 1) return refuse(kBadRequest);
  if (encodings == 1) {
    if (!request_.http11 || !iequals(*request_.field("Transfer-Encoding"), "chunked")) return refuse(kBadRequest);
    request_.chunked = true;
  }
  if (lengths == 1) {
    if (request_.field("Content-Length")->find(',') != std::string_view::npos) return refuse(kBadRequest);
    request_.content_length = *beast_->content_length();
  }
  request_.keep_alive = request_.http11 && beast_->keep_alive();
}

void Parser::accept_body(std::size_t most, bool keep) {
  accepting_ = true;
  beast_->most = most;
  beast_->keep = keep;
  beast_->body_limit(boost::none);
  beast_->eager(true);
}

std::size_t Parser::feed_body(std::string_view bytes) {
  BeastCode failed;
  const std::size_t used = beast_->put(boost::asio::buffer(bytes.data(), bytes.size()), failed);
  if (failed == beast::http::error::body_limit) {
    refuse(kBodyTooLarge);
  } else if (failed && failed != beast::http::error::need_more) {
    refuse(kBadRequest);
  }
  done_ = !refused_ && beast_->is_done();
  return used;
}

}  // namespace luytre::http
