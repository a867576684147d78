// The access log's retention: rows are kept for kAccessLogKept, long enough for people to ask and for a complaint to be
// looked into (the system logs that Decree 53/2022 asks for are 12 months), and not for ever, because the log itself
// tells who was ill.
//
// Only the old end of a chain is taken off, as far as it is older than that and still whole: a row or link that does
// not fit stays, and everything after it, for it is evidence. What goes leaves a trim: the number and hash of the last
// link that went, from which verify() goes on, how many went, when and by which rule, under a keyed MAC, so that
// whoever holds only the database cannot pass a deletion off as one of ours. A checkpoint's head that was trimmed is no
// longer looked for; checkpoints name nobody and stay.

#pragma once

#include <chrono>
#include <map>
#include <string>

#include "platform/identity/access.h"
#include "platform/store/follower.h"

namespace luytre::identity {

inline constexpr std::chrono::hours kAccessLogKept{2 * 365 * 24};

struct Trim {
  std::int64_t chain = 0;
  std::int64_t seq = 0;  // of the last link that went
  std::string hash;      // of it
  Instant ran;
  std::string rule;
  Instant older_than;
  std::int64_t deleted = 0;
  std::string mac;  // hex
};
BOOST_DESCRIBE_STRUCT(Trim, (), (chain, seq, hash, ran, rule, older_than, deleted, mac))

std::string trim_mac(const Access& access, const Trim& trim);

// The newest of each chain.
std::map<std::int64_t, Trim> newest_trims(store::Session& session);
std::optional<Trim> newest_trim(store::Session& session, std::int64_t chain);

// To be run every few minutes; deletes a bounded number of rows each time.
store::Recurring access_retention(const Access& access, const Clock& clock);

}  // namespace luytre::identity
