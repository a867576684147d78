// What the parts of cases share.

#pragma once

#include <optional>
#include <string>

#include "modules/cases/storage.h"

namespace luytre::cases {

struct Cases::Stored {
  CaseRow row;
};

// Of the person, under whichever record it was reported.
std::optional<CaseRow> open_case(store::Session& session, PersonId person, const std::string& disease);
Error case_exists(const CaseRow& open);

}  // namespace luytre::cases
