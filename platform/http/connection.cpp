#include "platform/http/connection.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include "platform/base/log.h"
#include "platform/http/codes.h"
#include "platform/http/exchange.h"

namespace luytre::http {
namespace {

constexpr auto kNever = Steady::time_point::max();
constexpr std::chrono::seconds kSlow{2};
constexpr std::size_t kLarge = 64 * 1024;             // of a body: beyond it counts, and has more time
constexpr std::size_t kHeldMost = 128 * 1024 * 1024;  // of large bodies, of all connections
constexpr std::size_t kSlowest = 4 * 1024;            // bytes a second that a large body has to move
constexpr std::chrono::seconds kLongestMore{150};
constexpr auto kYield = boost::asio::use_awaitable_t<Executor>();
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::string peer_of(const Socket& socket) {
  boost::system::error_code failed;
  const auto endpoint = socket.remote_endpoint(failed);
  return failed ? std::string() : endpoint.address().to_string();
}

std::string bearer_of(const Request& request) {
  const auto authorization = request.field("Authorization").value_or("");
  constexpr std::string_view kScheme = "Bearer ";
  if (authorization.size() <= kScheme.size() || !iequals(authorization.substr(0, kScheme.size()), kScheme)) return "";
  return std::string(trim(authorization.substr(kScheme.size())));
}

Answer plain_answer(int status, const Headers& headers) {
  Answer out;
  out.status = status;
  add_header(out.headers, "X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : headers) add_header(out.headers, name, value);
  return out;
}

}  // namespace

Connection::Connection(Socket socket, Worker& worker, bool turned_away)
    : worker_(worker),
      service_(worker.service()),
      socket_(std::move(socket)),
      peer_(peer_of(socket_)),
      turned_away_(turned_away) {
  worker_.enter(*this);
}

Connection::~Connection() {
  worker_.leave(*this);
}

Task<void> Connection::run(std::unique_ptr<Connection> self) {
  std::exception_ptr fault;
  try {
    co_await self->serve();
  } catch (...) {
    fault = std::current_exception();
  }
  if (fault) self->service_.explain(fault, "", "connection");
}

void Connection::expire(Steady::time_point now) {
  if (now < deadline_) return;
  deadline_ = kNever;
  expired_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Connection::stop() {
  if (phase_ == Phase::kIdle) expire(kNever);
  if (stream_) stream_->stop();
}

void Connection::cut() {
  boost::system::error_code ignored;
  if (stream_) stream_->stop();
  socket_.close(ignored);
}

void Connection::enter(Phase phase, Steady::time_point deadline) {
  phase_ = phase;
  deadline_ = deadline;
  expired_ = false;
  moved_ = 0;
}

Task<void> Connection::serve() {
  if (turned_away_) {
    co_await turn_away();
    co_return;
  }
  for (;;) {
    if (input_.empty()) {
      input_.give_back();
      const bool asked = co_await wait_for_request();
      if (!asked) co_return;
    } else {
      co_await boost::asio::post(worker_.executor(), kYield);  // a client that sends ahead waits its turn
    }
    const bool goes_on = co_await exchange();
    if (!goes_on) break;
  }
  co_await linger();
}

Task<bool> Connection::wait_for_request() {
  if (worker_.stopping()) co_return false;
  enter(Phase::kIdle, from_now(service_.options.idle));
  co_return co_await ready(Socket::wait_read);
}

Task<bool> Connection::exchange() {
  Exchange x;
  x.deadline = x.started + service_.options.request_deadline;
  enter(Phase::kReading, x.deadline);
  Step step = advance(x, false);
  if (step == Step::kLater) step = co_await advance_later(x, false);
  if (expired_) {
    refuse(x, kRequestTimeout);
    x.closing = true;
  } else if (step == Step::kFailed) {
    co_return false;
  } else if (x.parser.refused()) {
    refuse(x, *x.parser.refused());
  } else {
    co_await handle(x);
  }
  if (x.gone) co_return false;
  co_return co_await answer(x);
}

Task<void> Connection::handle(Exchange& x) {
  x.client = client_of(x.request, peer_, service_.trusted);
  x.caller.address = x.client.address;
  const auto found = service_.door.find(x.request, x.found);
  if (!found) co_return refuse(x, found.error());
  if (x.found.options) co_return x.set(plain_answer(204, {{"Allow", x.found.allow}}));
  if (!x.found.redirect.empty()) co_return x.set(plain_answer(308, {{"Location", x.found.redirect}}));
  if (x.found.file) co_return x.set(static_answer(*x.found.file, x.request, x.client.secure));

  if (!service_.is_builtin(*x.found.route)) co_await authenticate(x);
  if (x.answered) co_return;
  const auto admitted = service_.door.admit(x.request, x.caller, x.found);
  if (!admitted) co_return refuse(x, admitted.error());
  if (x.request.has_body()) co_await read_body(x);
  if (x.answered || x.gone) co_return;
  co_await call_handler(x);
}

Task<void> Connection::authenticate(Exchange& x) {
  const auto before = Steady::now();
  enter(Phase::kWorking, kNever);
  std::exception_ptr fault;
  try {
    auto cookie = x.request.cookie(kSessionCookie).value_or("");
    auto bearer = bearer_of(x.request);
    x.caller = co_await service_.authenticator.authenticate(std::move(cookie), std::move(bearer), x.client.address);
  } catch (...) {
    fault = std::current_exception();
  }
  x.caller.address = x.client.address;
  x.deadline += Steady::now() - before;
  if (fault) refuse(x, service_.explain(fault, x.request.method, x.found.route->path));
}

Task<void> Connection::read_body(Exchange& x) {
  const std::size_t most = x.request.content_length.value_or(x.found.route->body_limit);
  if (most > kLarge) {
    const Error busy(kTooManyConnections, {{"seconds", "5"}});
    if (!x.held.take(service_.held, most, kHeldMost)) co_return refuse(x, busy);
    x.deadline += std::min(kLongestMore, std::chrono::seconds(most / kSlowest));
  }
  enter(Phase::kReading, x.deadline);
  x.parser.accept_body(x.found.route->body_limit);
  if (x.expects_continue() && input_.empty()) {
    std::array<std::string_view, 2> parts{kContinue, ""};
    Step step = send(parts);
    if (step == Step::kLater) step = co_await send_later(parts);
    x.gone = step == Step::kFailed;
    if (x.gone) co_return;
  }
  Step step = advance(x, true);
  if (step == Step::kLater) step = co_await advance_later(x, true);
  if (expired_) {
    refuse(x, kRequestTimeout);
    x.closing = true;
  } else if (step == Step::kFailed) {
    x.gone = true;
  } else if (const auto refused = x.parser.refused()) {
    Error error(*refused);
    if (refused->status == kBodyTooLarge.status) error.params["bytes"] = std::to_string(x.found.route->body_limit);
    refuse(x, error);
  }
}

Task<void> Connection::call_handler(Exchange& x) {
  enter(Phase::kWorking, kNever);
  std::exception_ptr fault;
  try {
    Result<Reply> result = co_await x.found.route->handler(x.call);
    if (result) {
      x.set(reply_answer(std::move(*result), *x.found.route, x.call.headers(), x.client.secure));
    } else {
      refuse(x, told(result.error(), *x.found.route, x.caller));
    }
  } catch (...) {
    fault = std::current_exception();
  }
  if (!fault) co_return;
  x.call.forget_headers();  // one of them may be the fault
  refuse(x, service_.explain(fault, x.request.method, x.found.route->path));
}

void Connection::refuse(Exchange& x, const Error& error) const {
  Headers headers = x.call.headers();
  if (error.status == kMethodNotAllowed.status) headers.emplace_back("Allow", x.found.allow);
  x.set(problem_answer(error, x.language(), service_.texts, headers));
}

Task<bool> Connection::answer(Exchange& x) {
  const bool unread = x.parser.head_done() && !x.parser.done() && !x.parser.refused();
  const bool drainable = !x.expects_continue() && x.request.content_length.value_or(0) <= kDrainMost;
  if (!x.parser.head_done() || x.parser.refused() || (unread && !drainable)) x.closing = true;
  const bool keep = x.request.keep_alive && !x.closing && !x.answer.stream && !worker_.stopping();

  const std::string head = format_head(x.answer, keep, worker_.date());
  std::array<std::string_view, 2> parts{head, x.found.head_only ? std::string_view() : x.answer.bytes()};
  enter(Phase::kWriting, from_now(service_.options.request_deadline));
  Step step = send(parts);
  if (step == Step::kLater) step = co_await send_later(parts);
  note(x);
  if (step == Step::kFailed) co_return false;
  if (x.answer.stream && !x.found.head_only) co_await stream(x);
  if (!keep) co_return false;
  if (unread) co_return co_await drain(x);
  co_return true;
}

Task<void> Connection::stream(Exchange& x) {
  enter(Phase::kStreaming, kNever);
  stream_ = std::make_shared<EventStream>(socket_, service_.options.request_deadline);
  stream_->start();
  if (worker_.stopping()) stream_->stop();
  ++service_.metrics.streams;
  std::exception_ptr fault;
  try {
    co_await x.answer.stream(*stream_);
  } catch (...) {
    fault = std::current_exception();
  }
  --service_.metrics.streams;
  if (fault) service_.explain(fault, x.request.method, x.found.route->path);
  co_await stream_->finish();
  stream_.reset();
}

Task<bool> Connection::drain(Exchange& x) {
  enter(Phase::kReading, x.deadline);
  x.parser.accept_body(kDrainMost, false);
  Step step = advance(x, true);
  if (step == Step::kLater) step = co_await advance_later(x, true);
  co_return step == Step::kDone&& x.parser.done();
}

// Closing a socket with unread bytes resets the connection, and the client may lose the answer.
Task<void> Connection::linger() {
  boost::system::error_code failed;
  socket_.shutdown(Socket::shutdown_send, failed);
  if (failed) co_return;
  enter(Phase::kLingering, from_now(worker_.stopping() ? kLingerStopping : kLinger));
  std::size_t dropped = input_.unread().size();
  input_.consume(dropped);
  for (Step step = receive(); step != Step::kFailed && dropped < kLingerMost; step = receive()) {
    dropped += input_.unread().size();
    input_.consume(input_.unread().size());
    if (step != Step::kLater) continue;
    input_.give_back();
    const bool readable = co_await ready(Socket::wait_read);
    if (!readable) co_return;
  }
}

Task<void> Connection::turn_away() {
  const Error error(kTooManyConnections, {{"seconds", "5"}});
  const Answer busy = problem_answer(error, Language::kVi, service_.texts, {});
  const std::string head = format_head(busy, false, worker_.date());
  std::array<std::string_view, 2> parts{head, busy.bytes()};
  if (send(parts) == Step::kDone) co_await linger();
}

Connection::Step Connection::advance(Exchange& x, bool whole) {
  for (;;) {
    input_.consume(x.parser.feed(input_.unread()));
    if (x.parser.refused() || (whole ? x.parser.done() : x.parser.head_done())) return Step::kDone;
    if (input_.full()) {
      x.parser.refuse(kBadRequest);  // a chunk header or trailer that does not end
      return Step::kDone;
    }
    const Step step = receive();
    if (step != Step::kDone) return step;
  }
}

Task<Connection::Step> Connection::advance_later(Exchange& x, bool whole) {
  for (;;) {
    const bool is_ready = co_await ready(Socket::wait_read);
    if (!is_ready) break;
    const Step step = advance(x, whole);
    if (step != Step::kLater) co_return step;
  }
  co_return Step::kFailed;
}

Connection::Step Connection::receive() {
  const auto space = input_.space();
  boost::system::error_code failed;
  const std::size_t count = socket_.read_some(boost::asio::buffer(space.data(), space.size()), failed);
  if (failed == boost::asio::error::would_block) return Step::kLater;
  if (failed) return Step::kFailed;
  input_.received(count);
  return Step::kDone;
}

Connection::Step Connection::send(std::array<std::string_view, 2>& parts) {
  while (!parts[0].empty() || !parts[1].empty()) {
    const std::array<boost::asio::const_buffer, 2> buffers{boost::asio::buffer(parts[0]),
                                                           boost::asio::buffer(parts[1])};
    boost::system::error_code failed;
    std::size_t count = socket_.write_some(buffers, failed);
    if (failed == boost::asio::error::would_block) return Step::kLater;
    if (failed) return Step::kFailed;
    moved_ += count;
    if (moved_ >= kSendStep) {
      moved_ = 0;
      deadline_ = from_now(service_.options.request_deadline);
    }
    for (auto& part : parts) {
      const auto from_part = std::min(count, part.size());
      part.remove_prefix(from_part);
      count -= from_part;
    }
  }
  return Step::kDone;
}

Task<Connection::Step> Connection::send_later(std::array<std::string_view, 2>& parts) {
  for (;;) {
    const bool is_ready = co_await ready(Socket::wait_write);
    if (!is_ready) break;
    const Step step = send(parts);
    if (step != Step::kLater) co_return step;
  }
  co_return Step::kFailed;
}

Task<bool> Connection::ready(Socket::wait_type what) {
  if (expired_) co_return false;
  const auto [failed] = co_await socket_.async_wait(what, kAwait);
  co_return !failed && !expired_;
}

void Connection::note(const Exchange& x) const {
  const auto took = Steady::now() - x.started;
  service_.metrics.record(worker_.number(), service_.slot(x.found), x.answer.status, took);
  if (!service_.options.log_requests && took < kSlow) return;
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  log::info("request", {{"method", x.found.route ? std::string(method_name(x.found.route->method)) : std::string("-")},
                        {"route", x.found.route ? x.found.route->path : std::string(x.found.file ? "static" : "none")},
                        {"status", std::to_string(x.answer.status)},
                        {"us", std::to_string(micros)}});
}

}  // namespace luytre::http
