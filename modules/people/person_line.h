// How a person stands in a file that an officer takes out, whatever the file is of.

#pragma once

#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "modules/people/people.h"
#include "platform/tables/sheet.h"

namespace luytre::people {

// The heads of the person's cells, and what stands before and after them.
inline std::vector<std::string> person_heads(std::vector<std::string> heads, const std::vector<std::string>& after) {
  for (const char* const one : {"name", "birthDate", "birthYear", "sex", "commune", "phone"}) heads.emplace_back(one);
  heads.insert(heads.end(), after.begin(), after.end());
  return heads;
}

// A line below them; the commune by its code, as it is responsible on that day.
inline std::vector<tables::Cell> person_line(std::vector<tables::Cell> line, const NewPerson& person,
                                             std::vector<tables::Cell> after, const geography::Geography& geography,
                                             Date today) {
  using tables::Cell;
  const auto* commune = geography.find(geography.responsible_commune(person.unit, today).value_or(person.unit));
  line.emplace_back(std::string(person.name));
  line.push_back(tables::cell(person.birth_date));
  line.push_back(tables::cell(person.birth_year));
  line.emplace_back(json::enum_text(person.sex));
  line.push_back(commune ? Cell(commune->code) : Cell());
  line.push_back(person.phone ? Cell(std::string(*person.phone)) : Cell());
  line.insert(line.end(), std::make_move_iterator(after.begin()), std::make_move_iterator(after.end()));
  return line;
}

// Of somebody who has no record: what was said.
inline std::vector<tables::Cell> claimed_line(std::vector<tables::Cell> line, const std::optional<std::string>& name,
                                              const std::optional<std::string>& phone,
                                              const std::vector<tables::Cell>& after) {
  line.push_back(tables::cell(name));
  line.insert(line.end(), 4, tables::Cell());
  line.push_back(tables::cell(phone));
  line.insert(line.end(), after.begin(), after.end());
  return line;
}

}  // namespace luytre::people
