// Notices: milestones made public, so that whoever was there then can say so.
//
// An officer of the district or province chooses milestones of a case, another one releases them: times told from
// memory are uncertain, and what is public cannot be called back from everybody. A notice says place, bounds in time
// and advice, and nothing of anybody. Never published are homes, words without a registered place, diseases flagged
// stigma, and places where fewer than tracing::kMinPresent people were recorded meanwhile: they would point at the
// case. This is judged when a notice is asked for, and again when it is released. A notice no longer stands, without
// anybody's doing, when its milestone is struck or says another place or time, when its case is no longer confirmed,
// and kPublicFor after its end. An officer can withdraw it before, with a reason.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/interviews/interviews.h"
#include "modules/tracing/published.h"

namespace luytre::interviews {

using NoticeId = Id<struct NoticeTag>;

inline constexpr std::chrono::hours kPublicFor{21 * 24};  // this project's own: the longest quarantine of 2021
inline constexpr std::size_t kPublicMost = 200;           // in one answer
inline constexpr std::size_t kLookedAtMost = 1000;        // for it, or for the loudspeakers; latest first

enum class NoticeState { kAwaiting, kReleased, kWithdrawn };
BOOST_DESCRIBE_ENUM(NoticeState, kAwaiting, kReleased, kWithdrawn)
enum class NotPublic {
  kUnknown,
  kNoPlace,
  kHome,
  kStigma,
  kFewPresent,
  kStruck,
  kNotConfirmed,
  kTooOld,
  kAskedAlready
};
BOOST_DESCRIBE_ENUM(NotPublic, kUnknown, kNoPlace, kHome, kStigma, kFewPresent, kStruck, kNotConfirmed, kTooOld,
                    kAskedAlready)

struct Chosen {
  std::vector<MilestoneId> milestones;
};
BOOST_DESCRIBE_STRUCT(Chosen, (), (milestones))

struct NotAsked {
  MilestoneId milestone;
  NotPublic why = NotPublic::kUnknown;
};
BOOST_DESCRIBE_STRUCT(NotAsked, (), (milestone, why))

// Each judged by itself.
struct Asked {
  std::int64_t added = 0;
  std::vector<NotAsked> refused;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (added, refused))

struct Withdrawal {
  Instant at;
  std::string by;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (at, by, reason))

struct Notice {
  NoticeId id;
  MilestoneId milestone;
  std::string place_name;
  Instant from, to;
  NoticeState state = NoticeState::kAwaiting;
  Instant asked_at;
  std::string asked_by;
  bool mine = false;  // the caller asked for it, so that somebody else must release
  std::optional<Instant> released_at;
  std::optional<std::string> released_by;
  std::optional<Withdrawal> withdrawn;
  std::optional<NotPublic> fallen;  // released or awaiting, and no longer fit
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Notice, (),
                      (id, milestone, place_name, from, to, state, asked_at, asked_by, mine, released_at, released_by,
                       withdrawn, fallen, version))

// What everybody may read. Of the release the day alone: those released at one moment would be one person's.
struct PublicNotice {
  std::string place_name;
  UnitId unit;
  std::string unit_path;
  Instant from, to;
  Date released_on;
};
BOOST_DESCRIBE_STRUCT(PublicNotice, (), (place_name, unit, unit_path, from, to, released_on))

inline constexpr ErrorCode kNoticeWithdrawn{"notice_withdrawn", 409};
inline constexpr ErrorCode kNoticeReleased{"notice_released", 409};
inline constexpr ErrorCode kNotFitToPublish{"not_fit_to_publish", 409};
inline constexpr ErrorCode kSecondOfficerNeeded{"second_officer_needed", 403};

struct NoticeParts {
  store::Database& db;
  const places::Places& places;
  const presence::Diseases& diseases;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
};

class Notices {
 public:
  explicit Notices(const NoticeParts& parts) : parts_(parts) {}

  // Errors of this and what follows: not_found, those of Access::require.
  Task<Result<Asked>> ask(const Caller& caller, CaseId id, Chosen chosen) const;
  Task<Result<http::Page<Notice>>> of_case(const Caller& caller, CaseId id) const;
  // Errors: second_officer_needed, notice_withdrawn, notice_released, not_fit_to_publish, version_conflict.
  Task<Result<Done>> release(const Caller& caller, NoticeId id, std::int64_t version) const;
  // Also of one that waits. Errors: invalid (/reason), notice_withdrawn, version_conflict.
  Task<Result<Done>> withdraw(const Caller& caller, NoticeId id, Reason reason, std::int64_t version) const;
  // By their end, latest first; within `unit` if given. For everybody.
  Task<Result<http::Page<PublicNotice>>> shown(std::optional<UnitId> unit) const;
  // What loudspeakers may say; within another's transaction.
  std::vector<tracing::PublishedPlace> published(store::Session& session, Instant since) const;

 private:
  struct Row;
  struct Standing;
  struct Seen;
  Result<cases::TracedCase> seen(store::Session& session, const Caller& caller, CaseId id) const;
  Result<Seen> editable(store::Session& session, const Caller& caller, NoticeId id, std::int64_t version) const;
  std::optional<NotPublic> unfit(store::Session& session, const cases::TracedCase& traced, MilestoneId milestone) const;
  std::optional<NotPublic> unfit(store::Session& session, const cases::TracedCase& traced, const Row& row) const;
  bool has_stigma(const std::string& disease) const;
  std::vector<Standing> standing(store::Session& session, Instant since) const;

  NoticeParts parts_;
};

void routes(http::Router& router, const Notices& room);

}  // namespace luytre::interviews
