// The SQL of cases, and nobody else's.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/cases/cases.h"

namespace luytre::cases {

// A row of cases_case.
struct CaseRow {
  CaseId id;
  std::string number;
  PersonId person;
  std::string disease;
  Classification classification = Classification::kSuspect;
  Status status = Status::kOpen;
  std::optional<Date> onset;
  std::optional<Instant> sample_at;
  std::optional<Instant> result_at;
  std::optional<Method> method;
  std::optional<Instant> isolated_at;
  std::optional<Instant> window_from;
  std::optional<Instant> window_to;
  std::optional<std::string> rule_set;
  UnitId unit;
  UnitId report_unit;
  std::optional<store::Bytes> note;
  AccountId created_by;
  Instant created_at;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (id, number, person, disease, classification, status, onset, sample_at, result_at, method,
                       isolated_at, window_from, window_to, rule_set, unit, report_unit, note, created_by, created_at,
                       version))

// What a change may alter and an undo puts back; kept as JSON text with the change.
struct Decided {
  Classification classification = Classification::kSuspect;
  Status status = Status::kOpen;
  std::optional<Date> onset;
  std::optional<Instant> sample_at;
  std::optional<Instant> result_at;
  std::optional<Method> method;
  std::optional<Instant> isolated_at;
  std::optional<Instant> window_from;
  std::optional<Instant> window_to;
  std::optional<std::string> rule_set;
};
BOOST_DESCRIBE_STRUCT(Decided, (),
                      (classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to,
                       rule_set))

struct ChangeRow {
  std::int64_t id = 0;
  Instant at;
  std::string by_name;
  What what = What::kReported;
  Classification before_classification = Classification::kSuspect;
  Classification after_classification = Classification::kSuspect;
  std::optional<store::Bytes> reason;
  std::string before;
  bool undone = false;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (),
                      (id, at, by_name, what, before_classification, after_classification, reason, before, undone))

std::optional<CaseRow> select_case(store::Session& session, CaseId id);
std::optional<CaseRow> select_open(store::Session& session, PersonId person, std::string_view disease);
void insert_case(store::Session& session, const CaseRow& row);
// False: somebody else changed it meanwhile.
bool update_case(store::Session& session, const CaseRow& row, std::int64_t version_before);

void insert_change(store::Session& session, CaseId id, AccountId account, const ChangeRow& row);
std::vector<ChangeRow> select_changes(store::Session& session, CaseId id);  // newest first
void mark_undone(store::Session& session, std::int64_t change);

// Newest first, ids below `before`; the units are those that the caller may see, or empty for all.
std::vector<CaseRow> select_cases(store::Session& session, const Filter& filter, const std::vector<UnitId>& units,
                                  bool everywhere, CaseId before, std::size_t most);

}  // namespace luytre::cases
