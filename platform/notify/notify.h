// Notify: messages to people, through an outbox. A module queues a message inside its own transaction; a sender
// delivers it afterwards, retrying with growing pauses, and records what became of it. Phone number and text are sealed
// in the outbox and wiped when the message is finished (sent, failed or dropped); the row that stays for kRowsKept says
// only what kind, when, how often and with which outcome.
//
// Channels: SMS (senders: console — a line on the terminal, only for demonstration and development; file — JSON lines
// appended to a file of mode 0600; http — a generic SMS gateway by configuration: method, URL, headers and a body
// template; none — nothing is sent, everything dropped). In-app messages are the modules' own pages.
//
// Messages with `not_after` (codes) go first, so that ten thousand warnings do not hold up a sign-in. A gateway's 2xx
// is success; 400, 404, 410, 413 and 422 mean that it will never take this message: failed; everything else (also 401
// and 403: the operator will mend the key) is tried again after 2, 4, 8 … seconds, at most kPauseMost, for kTriedFor.
// Delivery is at least once: a message whose outcome was not recorded (a crash) is sent again; the gateway gets our id
// ("{id}", and the header Idempotency-Key) so that it can drop a repeat. Several nodes share one outbox; each message
// is claimed before it is sent. Nothing that identifies a person is logged. Thread-safe.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/base/vault.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::notify {

inline constexpr std::chrono::seconds kPauseMost{3600};
inline constexpr std::chrono::seconds kTriedFor{86400};
inline constexpr std::chrono::seconds kRowsKept{28 * kDaySeconds};

struct Sms {
  std::string phone;                 // E.164 "+84…"
  std::string text;                  // never a name, disease or place for warnings to others than the owner
  std::string purpose;               // "code", "warning": for limits and figures
  std::optional<Instant> not_after;  // a code is worthless after it expires: dropped instead
};

struct SenderSettings {
  std::string kind = "console";  // console, file, http, none
  std::filesystem::path file;
  // "{phone}" "{text}" "{id}" are filled in: in the URL percent-encoded, in the body escaped for JSON or form by
  // content type.
  std::string url, method = "POST", body;
  std::map<std::string, std::string> headers;
  std::chrono::seconds timeout{10};
};

struct Figures {
  std::int64_t queued = 0, sent = 0, failed = 0, dropped = 0;  // of the rows that are kept
  std::optional<Instant> oldest_queued;
};

class Notify {
 public:
  // Throws runtime_error that says what to change when the settings make no sense.
  Notify(store::Database& database, const Vault& vault, SenderSettings settings);
  ~Notify();  // stops the sender thread after the current message

  // Within the caller's transaction.
  void queue(store::Session& session, const Sms& message);
  void queue(store::Session& session, std::span<const Sms> messages);
  void start();               // the sender thread
  std::size_t deliver_now();  // tests and command line: one round on this thread; how many were sent
  Figures figures(store::Session& session) const;
  void add_jobs(store::Schedule& schedule);  // deletes old rows

  // What waits in the outbox, oldest first, opened: for tests only.
  std::vector<Sms> waiting(store::Session& session) const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

const std::vector<store::Migration>& migrations();

}  // namespace luytre::notify
