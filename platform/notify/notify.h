// Notify: messages to people, through an outbox. A module queues a message inside its own transaction; a sender delivers it afterwards,
// retrying with growing pauses, and records what became of it. The phone number is sealed in the outbox and wiped after delivery.
//
// Channels: SMS (senders: console — a line on the terminal, only for demonstration and development; file — appended to a file of mode 0600;
// http — a generic SMS gateway by configuration: method, URL, headers and a body template). In-app messages are the modules' own pages.
// Thread-safe. Delivery is at least once; the gateway gets our message id so that it can drop a repeat.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/base/vault.h"
#include "platform/store/database.h"

namespace luytre::notify {

struct Sms {
  std::string phone;    // E.164 "+84…"
  std::string text;     // never a name, disease or place for warnings to others than the owner
  std::string purpose;  // "code", "warning": for limits and figures
  std::optional<Instant> not_after;  // a code is worthless after it expires: dropped instead
};

struct SenderSettings {
  std::string kind = "console";  // console, file, http, none
  std::filesystem::path file;
  std::string url, method = "POST", body;  // "{phone}" "{text}" "{id}" are filled in, escaped for JSON or form by content type
  std::map<std::string, std::string> headers;
  std::chrono::seconds timeout{10};
};

struct Figures {
  std::int64_t queued = 0, sent = 0, failed = 0, dropped = 0;
  std::optional<Instant> oldest_queued;
};

class Notify {
 public:
  Notify(store::Database& database, const Vault& vault, SenderSettings settings);
  ~Notify();  // stops the sender thread after the current message

  void queue(store::Session& session, const Sms& message);  // within the caller's transaction
  void start();                                             // the sender thread
  std::size_t deliver_now();                                // tests and command line: one round on this thread; how many were sent
  Figures figures(store::Session& session) const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

const std::vector<store::Migration>& migrations();

}  // namespace luytre::notify
