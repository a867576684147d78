#include "platform/http/parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "platform/http/codes.h"
#include "platform/http/url.h"

namespace luytre::http {
namespace {

namespace beast = boost::beast;
using BeastCode = beast::error_code;

constexpr std::size_t kReserveMost = 16 * 1024;  // a promised length is not believed beyond this

bool is_letter(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

std::string_view view(beast::string_view s) {
  return {s.data(), s.size()};
}

// Reads a whole head that lies in request.head.
class HeadParser final : public beast::http::basic_parser<true> {
 public:
  explicit HeadParser(Request& request) : request_(request) {
    eager(false);
    header_limit(kHeadMost + 1);
    body_limit(boost::none);  // the door compares Content-Length with the route's limit
  }

 private:
  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                       BeastCode&) override {
    request_.method = view(method);
    request_.target = view(target);
    request_.http11 = version == 11;
  }
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value, BeastCode&) override {
    request_.fields.push_back({view(name), view(value)});
  }
  void on_response_impl(int, beast::string_view, int, BeastCode&) override {}
  void on_header_impl(BeastCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, BeastCode&) override {}
  std::size_t on_body_impl(beast::string_view, BeastCode&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, BeastCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, BeastCode&) override { return 0; }
  void on_finish_impl(BeastCode&) override {}

  Request& request_;
};

}  // namespace

std::size_t Parser::feed(std::string_view bytes) {
  if (refused_ || done_ || bytes.empty()) return 0;
  if (!head_done_) return feed_head(bytes);
  return accepting_ ? feed_body(bytes) : 0;
}

std::size_t Parser::feed_head(std::string_view bytes) {
  // RFC 9112 2.2: one empty line before the request line is ignored; old clients end a body so.
  std::size_t skipped = 0;
  if (scanned_ == 0) {
    if (!skipped_line_ && bytes == "\r") return 0;
    if (!skipped_line_ && bytes.starts_with("\r\n")) {
      skipped_line_ = true;
      skipped = 2;
    }
    if (bytes.size() > skipped && !is_letter(bytes[skipped])) {
      refuse(kBadRequest);
      return 0;
    }
  }
  bytes.remove_prefix(skipped);
  const bool whole = scan(bytes);
  if (!refused_ && (whole ? scanned_ : bytes.size()) > kHeadMost) refuse(kHeadTooLarge);
  if (!whole || refused_) return skipped;
  parse_head(bytes.substr(0, scanned_));
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

void Parser::parse_head(std::string_view bytes) {
  request_.head.assign(bytes);
  request_.fields.reserve(lines_);
  HeadParser parser(request_);
  BeastCode failed;
  parser.put(boost::asio::buffer(request_.head), failed);
  if (failed || !parser.is_header_done())
    return refuse(failed == beast::http::error::bad_version ? kHttpVersion : kBadRequest);
  head_done_ = true;

  const auto lengths = request_.count("Content-Length");
  const auto encodings = request_.count("Transfer-Encoding");
  if (lengths + encodings > 1) return refuse(kBadRequest);
  if (encodings == 1) {
    if (!request_.http11 || !iequals(*request_.field("Transfer-Encoding"), "chunked")) return refuse(kBadRequest);
    request_.chunked = true;
  }
  if (lengths == 1) {
    if (request_.field("Content-Length")->find(',') != std::string_view::npos) return refuse(kBadRequest);
    request_.content_length = *parser.content_length();
  }
  request_.keep_alive = request_.http11 && parser.keep_alive();
  done_ = !request_.has_body();
}

void Parser::accept_body(std::size_t most, bool keep) {
  accepting_ = true;
  most_ = most;
  keep_ = keep;
  if (keep)
    request_.body.reserve(
        static_cast<std::size_t>(std::min<std::uint64_t>(request_.content_length.value_or(0), kReserveMost)));
}

std::size_t Parser::feed_body(std::string_view bytes) {
  if (request_.chunked) {
    const auto used = chunked_.feed(bytes, most_, keep_ ? &request_.body : nullptr);
    if (chunked_.state() == Chunked::State::kMalformed) refuse(kBadRequest);
    if (chunked_.state() == Chunked::State::kTooLarge) refuse(kBodyTooLarge);
    done_ = chunked_.state() == Chunked::State::kDone;
    return used;
  }
  if (*request_.content_length > most_) {
    refuse(kBodyTooLarge);
    return 0;
  }
  const auto used = std::min(bytes.size(), static_cast<std::size_t>(*request_.content_length) - received_);
  if (keep_) request_.body.append(bytes.substr(0, used));
  received_ += used;
  done_ = received_ == *request_.content_length;
  return used;
}

}  // namespace luytre::http
