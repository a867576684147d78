// Outages: when one-time codes and other messages come late or not at all, who is told, and what citizens read while it
// lasts.
//
// The board shows what became of messages by hour, sender and purpose (platform/notify/deliveries.h): no phone numbers,
// nobody's name. An alarm needs a limit that an administrator or the command room has set, for codes and for all
// other messages apart: in the last `windowMinutes`, with at least `least` messages, more than `failedPercent` of those
// that are finished failed or came too late to be sent, or the median delay was above `delaySeconds`. Then an outage
// begins by itself, and it ends by itself once the limits have been kept for as long as the window. Somebody may also
// declare one, with a reason and an end, at most kLongest ahead, and end any early.
//
// While an outage of codes lasts the sign-in page says so. That answer is public, cheap, and says nothing but since
// when, and until when if that is known. Thread-safe. Publishes outage.began, outage.ended.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/notify/deliveries.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::outages {

using OutageId = Id<struct OutageTag>;

inline constexpr std::chrono::hours kLongest{48};     // ahead, of one that somebody declares
inline constexpr std::chrono::hours kBoardHours{24};  // on the board
inline constexpr std::chrono::seconds kWatchEvery{60};
inline constexpr std::chrono::seconds kRemembered{10};  // the public answer, and the figures of the board
inline constexpr std::int64_t kPastShown = 20;
inline constexpr std::size_t kReasonMost = 300;
inline constexpr std::int64_t kWindowMost = 240;       // minutes
inline constexpr std::int64_t kDelayMost = 24 * 3600;  // seconds
inline constexpr std::int64_t kLeastMost = 100'000;    // messages

enum class Kind { kCodes, kMessages };
BOOST_DESCRIBE_ENUM(Kind, kCodes, kMessages)

struct Limit {
  Kind kind = Kind::kCodes;
  std::int64_t failed_percent = 0;
  std::int64_t delay_seconds = 0;
  std::int64_t window_minutes = 0;
  std::int64_t least = 0;
};
BOOST_DESCRIBE_STRUCT(Limit, (), (kind, failed_percent, delay_seconds, window_minutes, least))

struct NewLimit {
  Kind kind = Kind::kCodes;
  bool on = false;  // false: nobody is alarmed any more; the numbers do not count
  std::optional<std::int64_t> failed_percent, delay_seconds, window_minutes, least;
};
BOOST_DESCRIBE_STRUCT(NewLimit, (), (kind, on, failed_percent, delay_seconds, window_minutes, least))

struct Outage {
  OutageId id;
  Kind kind = Kind::kCodes;
  bool automatic = false;
  Instant began;
  std::optional<Instant> until;                // of one that somebody declared
  Note<kReasonMost> reason;                    // likewise
  std::optional<std::int64_t> failed_percent;  // of an automatic one: what was last counted
  std::optional<std::int64_t> delay_seconds;
  std::optional<Instant> ended;
};
BOOST_DESCRIBE_STRUCT(Outage, (), (id, kind, automatic, began, until, reason, failed_percent, delay_seconds, ended))

struct NewOutage {
  Kind kind = Kind::kCodes;
  Instant until;
  Note<kReasonMost> reason;
};
BOOST_DESCRIBE_STRUCT(NewOutage, (), (kind, until, reason))

struct Hour {
  Instant hour;
  std::string sender;
  std::string purpose;
  std::int64_t sent = 0, failed = 0, dropped = 0, waiting = 0, tries_again = 0;
  std::optional<std::int64_t> median_seconds;
};
BOOST_DESCRIBE_STRUCT(Hour, (), (hour, sender, purpose, sent, failed, dropped, waiting, tries_again, median_seconds))

struct Board {
  Instant at;  // when it was counted
  std::vector<Limit> limits;
  std::vector<Outage> open;
  std::vector<Outage> past;  // newest first
  std::vector<Hour> hours;
};
BOOST_DESCRIBE_STRUCT(Board, (), (at, limits, open, past, hours))

// What anybody may know.
struct Known {
  bool late = false;
  std::optional<Instant> since;
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(Known, (), (late, since, until))

inline constexpr ErrorCode kOutageEnded{"outage_ended", 409};

// Whether the figures break the limit. Pure.
bool breaks(const Limit& limit, const notify::Outbound& figures);
std::int64_t failed_percent(const notify::Outbound& figures);  // of those that are finished, rounded up; 0: none are

class Outages {
 public:
  Outages(store::Database& db, const identity::Access& access);
  ~Outages();

  Task<Result<Known>> codes() const;  // public
  // For administrators and commanders. Errors: not_permitted.
  Task<Result<Board>> board(const Caller& caller) const;
  // Errors: not_permitted, invalid. Logged.
  Task<Result<Board>> set_limit(const Caller& caller, NewLimit limit);
  Task<Result<Outage>> declare(const Caller& caller, NewOutage outage, std::optional<store::Once> once = {});
  // An automatic one begins again when the limits are broken still. Errors: not_permitted, not_found, outage_ended.
  Task<Result<Outage>> end(const Caller& caller, OutageId outage);

  store::Recurring watch();

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Outages& outages);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::outages
