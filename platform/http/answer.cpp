#include "platform/http/answer.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

#include "platform/http/url.h"

namespace luytre::http {
namespace {

constexpr std::string_view kCommon =
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n";
constexpr std::string_view kNoStore = "Cache-Control: no-store\r\n";
constexpr std::string_view kApiPolicy = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
constexpr std::string_view kTlsOnly = "Strict-Transport-Security: max-age=31536000\r\n";

bool holds(const Headers& headers, std::string_view name) {
  return std::any_of(headers.begin(), headers.end(), [&](const auto& h) { return iequals(h.first, name); });
}

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

void add_header(std::string& headers, std::string_view name, std::string_view value) {
  const bool breaks = std::any_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
  if (!is_token(name) || breaks) throw std::logic_error("header would break out of its line: " + std::string(name));
  headers.append(name).append(": ").append(value).append("\r\n");
}

Answer reply_answer(Reply reply, const RouteInfo& route, const Headers& set_by_handler, bool secure) {
  Answer out;
  out.status = reply.status == 0 ? route.status : reply.status;
  out.stream = std::move(reply.stream);
  out.body = std::move(reply.body);
  out.headers.reserve(512);
  out.headers += kCommon;
  if (secure) out.headers += kTlsOnly;
  Headers all = std::move(reply.headers);
  all.insert(all.end(), set_by_handler.begin(), set_by_handler.end());
  if (!holds(all, "Cache-Control")) out.headers += kNoStore;
  if (!holds(all, "Content-Security-Policy")) out.headers += kApiPolicy;
  if (out.stream) {
    add_header(out.headers, "Content-Type", "text/event-stream");
    add_header(out.headers, "X-Accel-Buffering", "no");  // nginx would hold events back
  } else if (!out.body.empty()) {
    add_header(out.headers, "Content-Type", reply.type);
  }
  for (const auto& [name, value] : all) add_header(out.headers, name, value);
  return out;
}

Answer problem_answer(const Error& error, Language language, const Texts& texts, const Headers& more) {
  Answer out;
  out.status = error.status;
  out.body = problem(error, language, texts);
  out.headers += kCommon;
  out.headers += kNoStore;
  out.headers += kApiPolicy;
  add_header(out.headers, "Content-Type", "application/problem+json");
  add_header(out.headers, "Content-Language", language_tag(language));
  if (error.status == 401) add_header(out.headers, "WWW-Authenticate", "Bearer");
  if (const auto seconds = error.params.find("seconds");
      seconds != error.params.end() && (error.status == 429 || error.status == 503)) {
    add_header(out.headers, "Retry-After", seconds->second);
  }
  for (const auto& [name, value] : more) add_header(out.headers, name, value);
  return out;
}

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 423:
      return "Locked";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

std::string http_date(std::int64_t unix_seconds) {
  using namespace std::chrono;
  constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const sys_seconds at{seconds(unix_seconds)};
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(at - day);
  char text[40];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT", kDays[weekday(day).c_encoding()],
                static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return text;
}

std::string format_head(const Answer& answer, bool keep_alive, std::string_view date) {
  std::string out;
  out.reserve(answer.headers.size() + 160);
  out.append("HTTP/1.1 ")
      .append(std::to_string(answer.status))
      .append(1, ' ')
      .append(reason(answer.status))
      .append("\r\n");
  out.append(answer.headers).append("Date: ").append(date).append("\r\n");
  if (!answer.stream && answer.status != 204 && answer.status != 304) {
    out.append("Content-Length: ").append(std::to_string(answer.bytes().size())).append("\r\n");
  }
  if (!keep_alive || answer.stream) out.append("Connection: close\r\n");
  return out.append("\r\n");
}

}  // namespace luytre::http
