// EventStream: one connection's server-sent events (WHATWG HTML 9.2), after the head of the answer has been sent.
//
// Events are written at once as far as the socket takes them; the rest waits, at most kUnsentMost, and is sent while
// the handler sleeps or awaits something else. What the client sends is read and dropped; its end, a fault, or stop()
// end the stream: every call then answers false. Lives on the connection's io_context; only a waker may be called from
// elsewhere.

#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "platform/http/router.h"
#include "platform/http/socket.h"

namespace luytre::http {

class EventStream final : public Stream, public std::enable_shared_from_this<EventStream> {
 public:
  static constexpr std::size_t kUnsentMost = 64 * 1024;
  static constexpr std::chrono::seconds kHeartbeat{15};

  EventStream(Socket& socket, std::chrono::milliseconds deadline);  // deadline: for the last bytes of finish()
  ~EventStream() override;

  void start();         // after make_shared
  void stop();          // the server stops: the handler is told at its next call
  Task<void> finish();  // sends what is left, then lets go of the socket

  Task<bool> event(std::string id, std::string type, std::string data) override;
  Task<bool> sleep(std::chrono::milliseconds time) override;
  std::function<void()> waker() override;

 private:
  // What a waker holds: it may outlive the stream and the io_context.
  struct Bell {
    std::mutex mutex;
    EventStream* stream = nullptr;  // null: ended
  };

  void append(std::string_view text);
  void beat();
  void flush();
  void watch_client();
  void watch_room();
  void end();
  void wake();

  Socket* socket_;
  Timer timer_;
  std::chrono::milliseconds deadline_;
  std::string unsent_;
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  Steady::time_point last_sent_;
  bool moved_ = true;  // something was sent since the last heartbeat
  bool waiting_for_room_ = false;
  bool woken_ = false;
  bool over_ = false;
};

// The wire form of one event; line breaks in id and type are dropped.
std::string event_text(std::string_view id, std::string_view type, std::string_view data);

}  // namespace luytre::http
