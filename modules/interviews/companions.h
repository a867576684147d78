// Companions without a record: people whom an interview named and nobody has found or registered. Each stands on a list
// of the case and of the case's unit, oldest first, until an officer says which record is theirs, which makes them a
// contact (interviews.h), or that they cannot be found, with a reason; that can be taken back. One whom the milestone
// no longer names, or whose milestone is struck or case discarded, is gone from it; if that is undone they are open.
//
// Who may: as for milestones. Publishes companion.listed, companion.settled (subject: the companion; unit: the case's).

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/interviews/interviews.h"

namespace luytre::interviews {

enum class CompanionState { kOpen, kFound, kUnfindable, kGone };
BOOST_DESCRIBE_ENUM(CompanionState, kOpen, kFound, kUnfindable, kGone)

enum class CompanionSort { kListed, kMet };
BOOST_DESCRIBE_ENUM(CompanionSort, kListed, kMet)

struct CompanionFilter {
  std::optional<UnitId> unit;
  std::optional<std::string> disease;     // of the case
  std::optional<Date> from, to;           // days on which they met, both included
  std::optional<CompanionSort> sort;      // absent: by when they were listed
  std::optional<cases::SortOrder> order;  // absent: the oldest first
};

inline constexpr std::size_t kCompanionsOutMost = 1000;  // lines of one file

struct CompanionsOut {
  Note<500> reason;
  std::optional<Text<40>> disease;
  std::optional<Date> from, to;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(CompanionsOut, (), (reason, disease, from, to, format))

struct ListedCompanion {
  CompanionId id;
  MilestoneId milestone;
  CaseId case_;
  std::string case_number;
  UnitId unit;  // the case's
  std::string unit_name;
  std::string name;                  // as told
  std::optional<std::string> phone;  // in the list of a case alone
  std::optional<std::string> note;
  Instant from, to;  // the bounds of the milestone
  Instant since;     // listed
  CompanionState state = CompanionState::kOpen;
  std::optional<std::string> ended_by, reason;  // of one who cannot be found
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ListedCompanion, (),
                      (id, milestone, case_, case_number, unit, unit_name, name, phone, note, from, to, since, state,
                       ended_by, reason, version))

struct FoundAs {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(FoundAs, (), (person))

inline constexpr ErrorCode kCompanionSettled{"companion_settled", 409};  // is not open; or not one to look for again

// What is open, for rooms that watch over work: ids alone, unchecked, within their transaction. Of these units (absent:
// everywhere), listed by then, oldest first.
struct OpenCompanion {
  CompanionId id;
  MilestoneId milestone;
  CaseId case_id;
  UnitId unit;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(OpenCompanion, (), (id, milestone, case_id, unit, since))
std::vector<OpenCompanion> open_companions(store::Session& session, const std::optional<std::vector<UnitId>>& units,
                                           Instant listed_by, std::size_t most);

}  // namespace luytre::interviews
