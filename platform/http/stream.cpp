#include "platform/http/stream.h"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>

namespace luytre::http {
namespace {

void line(std::string& out, std::string_view field, std::string_view value) {
  if (value.empty()) return;
  out.append(field).append(": ");
  std::copy_if(value.begin(), value.end(), std::back_inserter(out),
               [](char c) { return c != '\n' && c != '\r' && c != '\0'; });
  out += '\n';
}

Task<bool> answer(bool value) {
  co_return value;
}

}  // namespace

std::string event_text(std::string_view id, std::string_view type, std::string_view data) {
  std::string out;
  line(out, "id", id);
  line(out, "event", type);
  for (;;) {
    const auto end = data.find_first_of("\r\n");
    out.append("data: ").append(data.substr(0, end)).append(1, '\n');
    if (end == std::string_view::npos) break;
    data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  return out += '\n';
}

EventStream::EventStream(Socket& socket, std::chrono::milliseconds deadline)
    : socket_(&socket), timer_(socket.get_executor()), deadline_(deadline), last_sent_(Steady::now()) {
  bell_->stream = this;
}

EventStream::~EventStream() {
  const std::lock_guard lock(bell_->mutex);
  bell_->stream = nullptr;
}

void EventStream::start() {
  watch_client();
}

void EventStream::stop() {
  end();
}

// Ordinary functions: the handlers below are lambdas with captures, which g++ 12 must not see in a coroutine.
void EventStream::watch_client() {
  socket_->async_wait(Socket::wait_read, [self = shared_from_this()](boost::system::error_code failed) {
    if (self->over_ || !self->socket_) return;
    std::array<char, 512> dropped;
    if (!failed) self->socket_->read_some(boost::asio::buffer(dropped), failed);
    if (failed && failed != boost::asio::error::would_block) return self->end();
    self->watch_client();
  });
}

void EventStream::watch_room() {
  if (waiting_for_room_) return;
  waiting_for_room_ = true;
  socket_->async_wait(Socket::wait_write, [self = shared_from_this()](boost::system::error_code failed) {
    self->waiting_for_room_ = false;
    if (!self->socket_) return;
    if (failed) return self->end();
    self->flush();
  });
}

void EventStream::append(std::string_view text) {
  unsent_ += text;
  last_sent_ = Steady::now();
  flush();
  if (unsent_.size() > kUnsentMost) end();
}

// A client that took nothing between two heartbeats is gone, whatever TCP still hopes.
void EventStream::beat() {
  if (!unsent_.empty() && !moved_) return end();
  moved_ = false;
  append(":\n\n");
}

void EventStream::flush() {
  while (!unsent_.empty()) {
    boost::system::error_code failed;
    const std::size_t sent = socket_->write_some(boost::asio::buffer(unsent_), failed);
    if (failed == boost::asio::error::would_block) return watch_room();
    if (failed) return end();
    unsent_.erase(0, sent);
    moved_ = true;
  }
  timer_.cancel();  // finish() waits for this; sleep() sleeps on
}

void EventStream::end() {
  over_ = true;
  wake();
}

void EventStream::wake() {
  woken_ = true;
  timer_.cancel();
}

Task<bool> EventStream::event(std::string id, std::string type, std::string data) {
  if (!over_) append(event_text(id, type, data));
  return answer(!over_);
}

Task<bool> EventStream::sleep(std::chrono::milliseconds time) {
  const auto end = Steady::now() + time;
  while (!over_ && !woken_ && Steady::now() < end) {
    timer_.expires_at(std::min(end, last_sent_ + kHeartbeat));
    co_await timer_.async_wait(kAwait);
    if (!over_ && Steady::now() - last_sent_ >= kHeartbeat) beat();
  }
  woken_ = false;
  co_return !over_;
}

Task<void> EventStream::finish() {
  const auto end = Steady::now() + deadline_;
  while (!over_ && !unsent_.empty() && Steady::now() < end) {
    timer_.expires_at(end);
    co_await timer_.async_wait(kAwait);
  }
  over_ = true;
  socket_ = nullptr;
  const std::lock_guard lock(bell_->mutex);
  bell_->stream = nullptr;
}

std::function<void()> EventStream::waker() {
  return [bell = bell_] {
    const std::lock_guard lock(bell->mutex);
    const auto stream = bell->stream ? bell->stream->weak_from_this().lock() : nullptr;
    if (stream) boost::asio::post(stream->timer_.get_executor(), [stream] { stream->wake(); });
  };
}

}  // namespace luytre::http
