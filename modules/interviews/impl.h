// What the parts of Interviews share. Private to this module.

#pragma once

#include <string_view>

#include "modules/interviews/storage.h"

namespace luytre::interviews {

extern const identity::Action kRead;
extern const identity::Action kWork;

// Answer of an idempotent call: nothing of what was told.
struct Recorded {
  MilestoneId id;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (id))

struct Interviews::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  Instant now() const { return db.clock().now(); }

  // The case, if the caller may see it to that end; the look is logged. Errors: not_found, those of Access::require.
  Result<cases::TracedCase> seen(store::Session& session, const Caller& caller, const identity::Action& action,
                                 CaseId id) const;
  struct Opened {
    storage::MilestoneRow row;
    cases::TracedCase traced;
  };
  Result<Opened> opened(store::Session& session, const Caller& caller, const identity::Action& action,
                        MilestoneId id) const;
  // The same to be written to. Errors: version_conflict, milestone_struck.
  Result<Opened> editable(store::Session& session, const Caller& caller, MilestoneId id, std::int64_t version) const;
  // Puts right how phones are written. Answers what is wrong.
  std::optional<Error> tidy(Told& told) const;
  // Answers by a client of before become answers as any other; it leaves what it does not know as it was. What neither
  // the disease asks, whatever the day, nor was answered before is wrong.
  std::optional<Error> settle_answers(Told& told, const std::string& disease, const Answers& before) const;
  // Those of `told` who have a record; that the caller wrote of them is logged, but for those known before.
  Result<Done> name_people(store::Session& session, const Caller& caller, const cases::TracedCase& traced,
                           const Told& told, const std::vector<Companion>& before) const;
  void put(storage::MilestoneRow& row, const Told& told) const;
  void keep_version(store::Session& session, const Caller& caller, const storage::MilestoneRow& row) const;
  Result<Recorded> record(store::Session& session, const Caller& caller, CaseId id, Told told) const;
  Task<Result<Milestone>> recorded(Caller caller, Task<Result<Recorded>> recording);
  Task<Result<Milestone>> find(const Caller& caller, MilestoneId id);
  Milestone view(store::Session& session, const cases::TracedCase& traced, const storage::MilestoneRow& row) const;
  void publish(store::Session& session, const cases::TracedCase& traced, const storage::MilestoneRow& row,
               const char* type) const;
  // Writes what is told now over the milestone, as its next version. `told` is tidy.
  Result<Done> rewrite(store::Session& session, const Caller& caller, const cases::TracedCase& traced,
                       storage::MilestoneRow& row, const Told& told) const;

  // ---- traced.cpp: milestones among the visits ----
  std::optional<Untraced> untraced(const cases::TracedCase& traced, const storage::MilestoneRow& row) const;
  // Writes and takes back its visits, so that they are as untraced() says. Whether anything changed.
  bool settle(store::Session& session, const cases::TracedCase& traced, const storage::MilestoneRow& row) const;
  bool take_back(store::Session& session, MilestoneId id) const;
  void settle(store::Session& session, CaseId id) const;
  // Those of its companions whom tracing finds by a visit; of the others who are declared contacts.
  void declare(store::Session& session, const cases::TracedCase& traced, const storage::MilestoneRow& row,
               const Told& told, bool by_visit) const;
  std::chrono::seconds least_shared(const cases::TracedCase& traced) const;
  bool visits_suffice(const cases::TracedCase& traced, const storage::MilestoneRow& row) const;

  // ---- companions.cpp ----
  struct OpenedCompanion;
  // Lists who has no record, and settles who has one by now, or is named no longer.
  void list_companions(store::Session& session, const cases::TracedCase& traced, const storage::MilestoneRow& row,
                       const Told& told) const;
  void end(store::Session& session, storage::CompanionRow& row, CompanionState state, const std::string& by) const;
  Result<OpenedCompanion> opened(store::Session& session, const Caller& caller, const identity::Action& action,
                                 CompanionId id) const;
  ListedCompanion listed(const cases::TracedCase& traced, const storage::CompanionRow& row,
                         const storage::MilestoneRow& milestone, bool phones) const;
  // Without phones.
  std::vector<ListedCompanion> listed(store::Session& session, std::span<const storage::CompanionRow> rows) const;
  storage::CompanionSearch search_of(const std::vector<UnitId>& areas, const CompanionFilter& filter) const;
  Task<Result<ListedCompanion>> find_companion(const Caller& caller, CompanionId id);
  std::optional<std::vector<UnitId>> own_units(const std::vector<UnitId>& areas, std::optional<UnitId> unit) const;
  Companion who_of(const storage::CompanionRow& row) const;

  std::string seal(std::string_view purpose, MilestoneId id, std::string_view text) const;
  Told told_of(MilestoneId id, const store::Bytes& sealed) const;
};

}  // namespace luytre::interviews
