// Limits: how often something may be done, counted in the database so that several nodes agree. Two kinds:
//
// - a rate: at most `count` at once, refilled evenly over `per` (generic cell rate algorithm, ITU-T I.371: one row per
// subject);
// - tries: `free` of them, then each further one costs a pause that doubles up to `most`; success forgets them, and so
// does time. A try is
//   counted *before* its secret is looked at, so a thousand tries at once do not slip through; pauses end by
//   themselves, always.
//
// Subjects are keyed hashes (Vault::blind), never phones, names or addresses. In the caller's transaction; thread-safe.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/time.h"
#include "platform/identity/errors.h"
#include "platform/store/session.h"

namespace luytre::identity {

struct Rate {
  std::int64_t count = 1;
  std::chrono::seconds per{60};
};

struct Pauses {
  std::int64_t free = 5;
  std::chrono::seconds first{60};
  std::chrono::seconds most{3600};
  std::chrono::seconds forgotten_after{86400};
};

class Limits {
 public:
  explicit Limits(const Clock& clock) : clock_(clock) {}

  // Takes one. Absent: taken. Else the seconds until one is there, and nothing is taken.
  std::optional<std::int64_t> take(store::Session& session, std::string_view kind, const store::Bytes& subject,
                                   Rate rate) const;

  // Counts a try. Absent: go ahead. Else the seconds until the next is allowed, and nothing is counted.
  std::optional<std::int64_t> begin_try(store::Session& session, std::string_view kind, const store::Bytes& subject,
                                        const Pauses& pauses) const;
  void succeeded(store::Session& session, std::string_view kind, const store::Bytes& subject) const;

  // Deletes what no longer limits anybody. A recurring job.
  void clean(store::Session& session) const;

 private:
  const Clock& clock_;
};

// The answer to whom begin_try() lets wait.
inline Error locked(std::int64_t seconds) {
  return Error(kLocked, {{"seconds", std::to_string(seconds)}});
}

}  // namespace luytre::identity
