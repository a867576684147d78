// What became of messages, in numbers: how many were queued in an hour, by which sender, for which purpose, and what
// the gateway took, refused, or was too slow for. Nothing here identifies anybody.
//
// "Sent" is what the gateway answered; whether a phone then showed the message, the gateway does not tell us.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/store/session.h"

namespace luytre::notify {

inline constexpr const char* kCodePurpose = "code";  // Sms::purpose of one-time codes

struct Outbound {
  Instant hour;  // in which it was queued
  std::string sender;
  std::string purpose;  // "code", "warning", "reminder"
  std::int64_t sent = 0, failed = 0, dropped = 0, waiting = 0;
  std::int64_t tries_again = 0;  // tries beyond the first
  std::optional<std::int64_t>
      median_seconds;  // from queued to sent; of one that waits, until now; failed ones left out
};

// Of messages queued since then, newest hour first. Delays are exact up to two minutes, above that by the minute.
std::vector<Outbound> deliveries(store::Session& session, Instant since, Instant now);

// The same counted together, whatever the hour and sender; `code`: codes alone, else all others.
Outbound outbound_since(store::Session& session, bool code, Instant since, Instant now);

}  // namespace luytre::notify
