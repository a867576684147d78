// Requests: traces by the department of information and communications (DIC), each by a numbered written request of a
// health authority, and counts alone.
//
// The department enters the letter: number, date, authority, who signed it, purpose, and the case's number. Whether
// there is such a case it does not learn. A health officer of the case's area whose name the letter bears releases or
// refuses it, and not the account that entered it. Released, the department may run the trace for kRunsFor, as often as
// it has to; it sees how many were found on each level, never who, where or by what, and of fewer than kMinPresent only
// that they are fewer: one person more from run to run would be somebody. Releasing, refusing and running are in the
// access log of the case's person, running with the letter's number, authority and purpose; entering is in the log of
// the department's account. Rows are deleted kRequestsKept after they were entered, with a proof row. Own transactions;
// thread-safe.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/tracing/tracing.h"
#include "platform/store/follower.h"

namespace luytre::tracing {

using RequestId = Id<struct TraceRequestTag>;

inline constexpr std::chrono::hours kRunsFor{7 * 24};
inline constexpr std::chrono::hours kRequestsKept{365 * 24};
inline constexpr std::size_t kRequestsShown = 200;

enum class RequestState { kWaiting, kReleased, kRefused };
BOOST_DESCRIBE_ENUM(RequestState, kWaiting, kReleased, kRefused)

struct NewRequest {
  Text<80> number;  // of the letter
  Date date;        // of the letter
  Text<200> authority;
  Text<120> signed_by;  // the health officer, by the whole name
  Text<500> purpose;
  Text<40> case_number;
};
BOOST_DESCRIBE_STRUCT(NewRequest, (), (number, date, authority, signed_by, purpose, case_number))

struct FoundOnLevel {
  std::int64_t level = 0;              // 1: contacts of the case
  std::optional<std::int64_t> people;  // absent: some, fewer than kMinPresent
};
BOOST_DESCRIBE_STRUCT(FoundOnLevel, (), (level, people))

struct Request {
  RequestId id;
  std::string number;
  Date date;
  std::string authority, signed_by, purpose, case_number, entered_by;
  Instant entered_at;
  RequestState state = RequestState::kWaiting;
  std::optional<std::string> decided_by, why;  // why it was refused
  std::optional<Instant> decided_at;
  std::optional<Instant> runs_until;
  bool yours = false;  // to release or refuse: it bears the caller's name
  // Of the last run, once there is one.
  std::optional<RunState> run_state;
  std::optional<Instant> run_at;
  std::optional<std::vector<FoundOnLevel>> found;
};
BOOST_DESCRIBE_STRUCT(Request, (),
                      (id, number, date, authority, signed_by, purpose, case_number, entered_by, entered_at, state,
                       decided_by, why, decided_at, runs_until, yours, run_state, run_at, found))

// Answer of what changes a request.
struct RequestStanding {
  RequestId id;
  RequestState state = RequestState::kWaiting;
};
BOOST_DESCRIBE_STRUCT(RequestStanding, (), (id, state))

inline constexpr ErrorCode kRequestDecided{"request_decided", 409};
inline constexpr ErrorCode kRequestNotReleased{"request_not_released", 409};  // or longer ago than kRunsFor
inline constexpr ErrorCode kNotNamed{"not_named_in_request", 409};

class Requests {
 public:
  Requests(store::Database& db, const Tracing& tracing, const geography::Geography& geography,
           const identity::Access& access, const Vault& vault)
      : db_(db), tracing_(tracing), geography_(geography), access_(access), vault_(vault) {}

  // ---- the department ----
  Task<Result<RequestStanding>> enter(const Caller& caller, NewRequest asked, std::optional<store::Once> once);
  // Errors: not_permitted, not_found, request_not_released, case_not_confirmed.
  Task<Result<RequestStanding>> run(const Caller& caller, RequestId id, std::optional<store::Once> once);

  // ---- health officers of the case's area ----
  // Errors: not_permitted, not_found (also: no such case in the own area), request_decided, not_named_in_request.
  Task<Result<RequestStanding>> release(const Caller& caller, RequestId id);
  Task<Result<RequestStanding>> refuse(const Caller& caller, RequestId id, Refusal refusal);

  // The department sees those of its area, an officer those of cases of the own area; newest first.
  Task<Result<http::Page<Request>>> list(const Caller& caller) const;

  store::Recurring retention() const;

 private:
  struct Row;
  struct Detail;
  static std::optional<Row> find(store::Session& session, RequestId id);
  Detail detail(const Row& row) const;
  void seal(Row& row, const Detail& detail) const;
  Result<Row> decidable(store::Session& session, const Caller& caller, RequestId id) const;
  Request view(store::Session& session, const Caller& caller, const Row& row) const;
  Task<Result<RequestStanding>> decide(const Caller& caller, RequestId id, std::optional<std::string> why);

  store::Database& db_;
  const Tracing& tracing_;
  const geography::Geography& geography_;
  const identity::Access& access_;
  const Vault& vault_;
};

void routes(http::Router& router, Requests& requests);

}  // namespace luytre::tracing
