// The SQL of investigations.

#pragma once

#include "modules/cases/investigation.h"

namespace luytre::cases {

struct InvestigationRow {
  std::int64_t version = 0;
  std::string form, form_version;
  bool complete = false;
  store::Bytes answers;  // sealed: the normal form, as JSON text
  Instant told_at, at;
  std::string by_name;
};
BOOST_DESCRIBE_STRUCT(InvestigationRow, (), (version, form, form_version, complete, answers, told_at, at, by_name))

std::optional<InvestigationRow> select_investigation(store::Session& session, CaseId id);  // the newest
std::vector<InvestigationRow> select_investigations(store::Session& session, CaseId id);   // newest first
void insert_investigation(store::Session& session, CaseId id, AccountId account, const InvestigationRow& row);

}  // namespace luytre::cases
