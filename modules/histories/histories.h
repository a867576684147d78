// Histories: what the rooms know of one person, in the order of time.
//
// For officers of where the person lives, with a reason. Each room is asked within one transaction and answers by its
// own rules: what the caller may not see there is not told, and what is told is in the access log as that room logs it,
// beside the look at the history itself. Nothing is kept here. Thread-safe. Publishes nothing.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "modules/people/people.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"

namespace luytre::histories {

inline constexpr std::size_t kMost = 500;  // moments of one person, the newest

// Of a case: onset, diagnosis, report, isolation, outcome.
enum class MomentKind {
  kOnset,
  kDiagnosed,
  kReported,
  kIsolated,
  kOutcome,
  kExposure,
  kFollowUp,
  kOrder,
  kSampled,
  kResult,
  kDeclared
};
BOOST_DESCRIBE_ENUM(MomentKind, kOnset, kDiagnosed, kReported, kIsolated, kOutcome, kExposure, kFollowUp, kOrder,
                    kSampled, kResult, kDeclared)

struct Moment {
  MomentKind kind = MomentKind::kReported;
  Instant at;
  std::optional<Instant> to;
  bool day = false;                             // `at` and `to` are local days
  std::optional<Id<struct MomentTag>> subject;  // to be opened: the case, follow-up, order, declaration
  std::optional<std::string> number;            // of the case or order
  std::optional<std::string> disease;
  std::optional<std::string> says;    // classification, outcome, class, kind of order, form, specimen or test method
  std::optional<std::string> state;   // of a follow-up or order; what a test found; the colour of a declaration
  std::optional<std::string> detail;  // the lineage that a test found
};
BOOST_DESCRIBE_STRUCT(Moment, (), (kind, at, to, day, subject, number, disease, says, state, detail))

class Histories {
 public:
  // What one room knows and the caller may see there; within the transaction.
  using Source =
      std::function<Result<std::vector<Moment>>(store::Session&, const Caller&, PersonId, const std::string&)>;

  Histories(store::Database& db, const people::People& people, const identity::Access& access)
      : db_(db), people_(people), access_(access) {}

  void add(Source source) { sources_.push_back(std::move(source)); }  // before serving

  // Newest first. Errors: not_found, those of Access::require.
  Task<Result<http::Page<Moment>>> of(const Caller& caller, PersonId person, std::string reason) const;

 private:
  store::Database& db_;
  const people::People& people_;
  const identity::Access& access_;
  std::vector<Source> sources_;
};

void routes(http::Router& router, const Histories& histories);

}  // namespace luytre::histories
