// The SQL of cases, and nobody else's.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/cases/cases.h"

namespace luytre::cases {

// A row of cases_case.
struct CaseRow : Decided {
  CaseId id;
  std::string number;
  PersonId person;
  std::string disease;
  UnitId unit;
  UnitId report_unit;
  std::optional<store::Bytes> note;
  std::optional<store::Bytes> stays;  // sealed: HospitalStay[], as JSON text
  AccountId created_by;
  Instant created_at;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (Decided),
                      (id, number, person, disease, unit, report_unit, note, stays, created_by, created_at, version))

struct ChangeRow {
  std::int64_t id = 0;
  Instant at;
  std::string by_name;
  What what = What::kReported;
  Classification before_classification = Classification::kSuspect;
  Classification after_classification = Classification::kSuspect;
  std::optional<store::Bytes> reason;
  std::string before;                        // Decided, as JSON text
  std::optional<store::Bytes> stays_before;  // of a change of the course
  bool undone = false;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (),
                      (id, at, by_name, what, before_classification, after_classification, reason, before, stays_before,
                       undone))

std::optional<CaseRow> select_case(store::Session& session, CaseId id);
std::vector<CaseRow> select_each(store::Session& session, std::span<const CaseId> ids);  // those that there are
std::optional<CaseRow> select_open(store::Session& session, PersonId person, std::string_view disease);
bool is_ill(store::Session& session, PersonId person);  // has a case of any disease, open or over
// Of each of them in turn, newest first, open or over.
std::vector<CaseId> select_of(store::Session& session, std::span<const PersonId> persons);
// What each of them has open, in their order.
struct OpenRow {
  CaseId id;
  std::string disease;
};
BOOST_DESCRIBE_STRUCT(OpenRow, (), (id, disease))
std::vector<std::vector<OpenRow>> select_open_of(store::Session& session, std::span<const PersonId> persons);
bool is_source(store::Session& session, CaseId id);  // of any other, also of one that was discarded since
bool is_investigated(store::Session& session, CaseId id);
void insert_case(store::Session& session, const CaseRow& row);
void delete_case(store::Session& session, CaseId id);  // with its changes and what files call it
// False: somebody else changed it meanwhile.
bool update_case(store::Session& session, const CaseRow& row, std::int64_t version_before);

std::vector<CaseLink> select_caused(store::Session& session, CaseId id, std::size_t most);  // oldest first

std::optional<CaseId> select_imported(store::Session& session, std::string_view source, std::string_view external);
void insert_external(store::Session& session, std::string_view source, std::string_view external, CaseId id);

void insert_change(store::Session& session, CaseId id, AccountId account, const ChangeRow& row);
std::vector<ChangeRow> select_changes(store::Session& session, CaseId id);  // newest first
void mark_undone(store::Session& session, std::int64_t change);

}  // namespace luytre::cases
