// The rows of declared contacts and their SQL. Every function runs in the caller's transaction.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/tracing/tracing.h"

namespace luytre::tracing {

struct DeclaredRow {
  DeclaredId id;
  CaseId case_id;
  PersonId with_person;  // of the case, or of the contact who named them
  std::string disease;
  PersonId person;
  Instant started;
  Instant ended;
  bool whole_day = false;
  HowTold how = HowTold::kOfficer;
  std::optional<std::int64_t> milestone;
  store::Bytes detail;
  Instant declared_at;
  std::string by_name;
  std::optional<Instant> withdrawn_at;
  std::int64_t version = 1;
  std::optional<CandidateId> named_by;
};
BOOST_DESCRIBE_STRUCT(DeclaredRow, (),
                      (id, case_id, with_person, disease, person, started, ended, whole_day, how, milestone, detail,
                       declared_at, by_name, withdrawn_at, version, named_by))

void insert_declared(store::Session& session, const DeclaredRow& row);
bool update_declared(store::Session& session, const DeclaredRow& row, std::int64_t version_before);
std::optional<DeclaredRow> select_declared(store::Session& session, DeclaredId id);
std::vector<std::optional<DeclaredRow>> select_declared(store::Session& session, std::span<const DeclaredId> ids);
std::vector<DeclaredRow> select_declared_of_case(store::Session& session, CaseId id);  // by time
std::vector<DeclaredRow> select_declared_of_milestone(store::Session& session, std::int64_t milestone);

// One that stands, of a case that is not discarded, or told by a contact, whatever has become of the case: who was with
// whom.
struct DeclaredLink {
  DeclaredId id;
  PersonId person, with_person;
  Instant started, ended;
  bool whole_day = false;
};
BOOST_DESCRIBE_STRUCT(DeclaredLink, (), (id, person, with_person, started, ended, whole_day))

// Those in which the record is the contact, or the case; and all that ended after `since`.
std::vector<std::vector<DeclaredLink>> select_links_about(store::Session& session, std::span<const PersonId> records,
                                                          const std::string& disease);
std::vector<DeclaredLink> select_links(store::Session& session, const std::string& disease, Instant since);

struct DeclaredStepRow {
  std::int64_t id = 0;
  DeclaredId declared;
  Instant at;
  AccountId account;
  std::string by_name;
  bool stands = true;
  std::optional<store::Bytes> reason;
};
BOOST_DESCRIBE_STRUCT(DeclaredStepRow, (), (id, declared, at, account, by_name, stands, reason))

void insert_declared_step(store::Session& session, const DeclaredStepRow& row);
std::vector<std::vector<DeclaredStepRow>> select_declared_steps(store::Session& session,
                                                                std::span<const DeclaredId> ids);  // oldest first

// What is sealed of a declared contact, bound to its row.
struct DeclaredDetail {
  std::optional<std::string> where, relation;
  friend bool operator==(const DeclaredDetail&, const DeclaredDetail&) = default;
};
BOOST_DESCRIBE_STRUCT(DeclaredDetail, (), (where, relation))

store::Bytes seal_detail(const Vault& vault, DeclaredId id, const DeclaredDetail& detail);
DeclaredDetail detail_of(const Vault& vault, const DeclaredRow& row);

}  // namespace luytre::tracing
