// Connection: one client, one request after the other, answers in order.
//
// While idle it holds no buffer and runs no timer of its own. Each request has one absolute deadline for sending its
// head and body (408 when it passes; a body of more than 64 KiB has more time, at 4 KiB a second, and all such bodies
// together at most 128 MiB, beyond: 503); a handler's own time does not count, because a durable write must not be
// reported as failed; sending the answer has to move kSendStep bytes per deadline. What the client sent but nobody will
// read is drained, so that the answer is not lost to a reset.

#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "platform/http/input.h"
#include "platform/http/stream.h"
#include "platform/http/worker.h"

namespace luytre::http {

struct Exchange;  // one request and what becomes of it

class Connection {
 public:
  static constexpr std::size_t kSendStep = 64 * 1024;
  static constexpr std::size_t kDrainMost = 64 * 1024;     // of an unwanted body, to keep the connection
  static constexpr std::size_t kLingerMost = 1024 * 1024;  // before closing
  static constexpr std::chrono::milliseconds kLinger{2000};
  static constexpr std::chrono::milliseconds kLingerStopping{200};

  Connection(Socket socket, Worker& worker, bool turned_away);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  static Task<void> run(std::unique_ptr<Connection> self);

  // Called by the worker, on its thread. They only signal: the connection ends in its own coroutine.
  void expire(Steady::time_point now);
  void stop();  // no further request; streams end
  void cut();
  bool turned_away() const { return turned_away_; }

  std::size_t index = 0;  // in the worker's list

 private:
  enum class Phase { kIdle, kReading, kWorking, kWriting, kStreaming, kLingering };
  enum class Step { kDone, kLater, kFailed };  // of something that does not block; kLater: when the socket is ready

  Task<void> serve();
  Task<bool> wait_for_request();
  Task<bool> exchange();  // whether the connection may go on
  Task<void> handle(Exchange& x);
  Task<void> authenticate(Exchange& x);
  Task<void> read_body(Exchange& x);
  Task<void> call_handler(Exchange& x);
  Task<bool> answer(Exchange& x);
  Task<void> stream(Exchange& x);
  Task<bool> drain(Exchange& x);
  Task<void> linger();
  Task<void> turn_away();

  Step advance(Exchange& x,
               bool whole);  // parses what there is and receives more, up to the end of the head or of the whole
  Task<Step> advance_later(Exchange& x, bool whole);
  Step receive();
  Step send(std::array<std::string_view, 2>& parts);
  Task<Step> send_later(std::array<std::string_view, 2>& parts);
  Task<bool> ready(Socket::wait_type what);  // false: fault, deadline

  void enter(Phase phase, Steady::time_point deadline);
  void refuse(Exchange& x, const Error& error) const;
  void note(const Exchange& x) const;
  Steady::time_point from_now(std::chrono::milliseconds time) const { return Steady::now() + time; }

  Worker& worker_;
  Service& service_;
  Socket socket_;
  std::string peer_;
  Input input_;
  std::shared_ptr<EventStream> stream_;
  Steady::time_point deadline_ = Steady::time_point::max();
  std::size_t moved_ = 0;  // bytes sent since the deadline was last set
  Phase phase_ = Phase::kIdle;
  bool turned_away_;
  bool expired_ = false;
};

}  // namespace luytre::http
