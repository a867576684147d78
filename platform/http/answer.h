// Answer: what goes back over the wire, and its head. Every answer carries the security headers; what the API says is
// never cached unless the handler says otherwise.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/base/task.h"
#include "platform/http/problem.h"
#include "platform/http/router.h"

namespace luytre::http {

struct Answer {
  int status = 200;
  std::string headers;  // "Name: value\r\n" …, without Content-Length, Date and Connection
  std::string body;
  std::shared_ptr<const std::string> shared;  // instead of body: a static file
  std::function<Task<void>(Stream&)> stream;  // instead of both

  std::string_view bytes() const { return shared ? std::string_view(*shared) : std::string_view(body); }
};

// Throws std::logic_error for a name or value that would break out of its line.
void add_header(std::string& headers, std::string_view name, std::string_view value);

using Headers = std::vector<std::pair<std::string, std::string>>;
Answer reply_answer(Reply reply, const RouteInfo& route, const Headers& set_by_handler, bool secure);
Answer problem_answer(const Error& error, Language language, const Texts& texts, const Headers& more);

std::string_view reason(int status);
std::string http_date(std::int64_t unix_seconds);  // "Sun, 06 Nov 1994 08:49:37 GMT"
std::string format_head(const Answer& answer, bool keep_alive, std::string_view date);

}  // namespace luytre::http
