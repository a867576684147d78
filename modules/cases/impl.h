// What the parts of cases share.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "modules/cases/storage.h"

namespace luytre::cases {

struct Cases::Stored {
  CaseRow row;
};

// Of the person, under whichever record it was reported.
std::optional<CaseRow> open_case(store::Session& session, PersonId person, const std::string& disease);
// Every open case of a disease of which its patient has another open, under records that were merged (TwinCase). Read
// from the merges, which are few beside the cases.
std::vector<CaseId> open_twins(store::Session& session);
Error case_exists(const CaseRow& open);

// Whether following sources upwards from `source` leads to the case.
bool leads_to(store::Session& session, CaseId source, CaseId id);

// For people to speak of, and nobody else's.
std::string free_number(store::Session& session, std::string_view disease, Date day, CaseId id);

}  // namespace luytre::cases
