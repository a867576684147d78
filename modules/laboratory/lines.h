// The lines of a laboratory's list of results, each judged by itself. Pure.
//
// Columns: tube, method, result, date, and ct if it was measured, lineage if it was found. A date is a day or a time,
// ISO-8601 or 04/08/2021 14:30, local unless it says otherwise. Method and result as the API calls them, or as
// laboratories write them: RT-PCR, kháng nguyên, kháng thể, nuôi cấy, giải trình tự; dương tính, âm tính, nghi ngờ,
// không đạt.

#pragma once

#include "modules/laboratory/impl.h"

namespace luytre::laboratory {

struct Line {
  LineResult result;  // refused, or taken until the database says more
  std::string code;
  Found found;
};

// As the columns have them; nothing: not known.
std::optional<Method> method_in_words(std::string_view written);
std::optional<Outcome> outcome_in_words(std::string_view written);

// Errors: those of tables::read_list.
Result<std::vector<Line>> read_lines(const std::string& list);

}  // namespace luytre::laboratory
