// The lines of a station's list of households, each judged by itself.

#pragma once

#include "modules/community/community.h"

namespace luytre::community {

struct Line {
  LineResult result;    // refused, or taken until the database says more
  std::string address;  // empty: as before
  std::string name;
  std::int64_t birth_year = 0;
  people::Sex sex = people::Sex::kOther;
  bool head = false;
  std::optional<std::string> phone, paper;
};

// `year`: no one is born after it. Errors: those of tables::read_list.
Result<std::vector<Line>> read_lines(const std::string& list, int year);

}  // namespace luytre::community
