#include <algorithm>

#include "modules/people/impl.h"
#include "modules/people/list_fields.h"
#include "platform/base/phone.h"
#include "platform/base/text.h"

namespace luytre::people {
namespace {

constexpr std::int64_t kLongestLife = 130;

void check_name(std::string_view name, std::vector<FieldError>& wrong) {
  // A name has at least one letter in any script; folding leaves letters and digits only.
  const std::string folded = fold(name);
  const bool letters =
      std::any_of(folded.begin(), folded.end(), [](char c) { return c != ' ' && (c < '0' || c > '9'); });
  if (!letters) wrong.push_back({"/name", name.empty() ? "required" : "format", {}});
}

void check_birth(std::optional<Date> date, std::optional<std::int64_t> year, Date today,
                 std::vector<FieldError>& wrong) {
  if (date && year && year_of(*date) != *year) wrong.push_back({"/birthYear", "contradiction", {}});
  const std::int64_t born = date ? year_of(*date) : year.value_or(year_of(today));
  const bool future = date ? *date > today : born > year_of(today);
  const std::int64_t least = std::max<std::int64_t>(kFirstYear, year_of(today) - kLongestLife);
  if (future || born < least) {
    wrong.push_back({date ? "/birthDate" : "/birthYear",
                     "range",
                     {{"least", std::to_string(least)}, {"most", std::to_string(year_of(today))}}});
  }
}

void check_nationality(std::string_view code, std::vector<FieldError>& wrong) {
  const bool well_formed =
      code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!well_formed) wrong.push_back({"/nationality", "format", {{"expected", "ISO 3166-1 alpha-2"}}});
}

void check_unit(const geography::Geography& geography, UnitId id, Date today, std::vector<FieldError>& wrong) {
  const geography::Unit* unit = geography.find(id);
  if (!unit) {
    wrong.push_back({"/unit", "unknown", {}});
  } else if (unit->level != geography::Level::kCommune) {
    wrong.push_back({"/unit", "not_a_commune", {}});
  } else if (unit->valid_from > today || (unit->valid_to && *unit->valid_to <= today)) {
    wrong.push_back({"/unit", "not_in_force", {}});
  }
}

void check_paper(const Paper& paper, std::vector<FieldError>& wrong) {
  if (!linkage::read_paper(paper.kind, paper.number)) wrong.push_back({"/paper/number", "format", {}});
}

}  // namespace

std::vector<FieldError> People::Impl::check(const NewPerson& person) const {
  std::vector<FieldError> wrong;
  const Date today = local_date(clock.now());
  check_name(person.name, wrong);
  const bool unknown = person.birth_unknown.value_or(false);
  if (person.birth_date || person.birth_year) {
    check_birth(person.birth_date, person.birth_year, today, wrong);
    if (unknown) wrong.push_back({"/birthUnknown", "contradiction", {}});
  } else if (!unknown) {
    wrong.push_back({"/birthYear", "required", {}});
  }
  if (person.nationality) check_nationality(*person.nationality, wrong);
  check_unit(geography, person.unit, today, wrong);
  if (person.paper) check_paper(*person.paper, wrong);
  if (person.phone && !normalise_phone(*person.phone)) wrong.push_back({"/phone", "format", {}});
  return wrong;
}

std::vector<FieldError> People::Impl::check(const PersonEdit& edit, const storage::PersonRow& old) const {
  std::vector<FieldError> wrong;
  const Date today = local_date(clock.now());
  if (edit.name) check_name(*edit.name, wrong);
  if (edit.birth_date || edit.birth_year) check_birth(edit.birth_date, edit.birth_year, today, wrong);
  if (edit.nationality) check_nationality(*edit.nationality, wrong);
  // Somebody may correct a letter of the name without moving out of a commune that has been merged since.
  if (edit.unit && *edit.unit != old.unit) check_unit(geography, *edit.unit, today, wrong);
  if (edit.paper) check_paper(*edit.paper, wrong);
  return wrong;
}

storage::PersonRow People::Impl::row_of(PersonId id, const NewPerson& person) const {
  storage::PersonRow row;
  row.id = id;
  row.name = person.name;
  row.birth_date = person.birth_date;
  row.birth_year = person.birth_date ? year_of(*person.birth_date) : person.birth_year.value_or(0);
  row.sex = person.sex;
  row.nationality = person.nationality ? std::string(*person.nationality) : "VN";
  row.unit = person.unit;
  if (person.address && !person.address->empty())
    row.address = store::Bytes{vault.seal("people.address", to_text(id), *person.address)};
  return row;
}

void People::Impl::apply(const PersonEdit& edit, storage::PersonRow& row) const {
  if (edit.name) row.name = *edit.name;
  if (edit.birth_date) {
    row.birth_date = edit.birth_date;
    row.birth_year = year_of(*edit.birth_date);
  } else if (edit.birth_year && *edit.birth_year != row.birth_year) {
    row.birth_date.reset();
    row.birth_year = *edit.birth_year;
  }
  if (edit.sex) row.sex = *edit.sex;
  if (edit.nationality) row.nationality = *edit.nationality;
  if (edit.unit) row.unit = *edit.unit;
  if (edit.address && edit.address->empty()) row.address.reset();
  if (edit.address && !edit.address->empty())
    row.address = store::Bytes{vault.seal("people.address", to_text(row.id), *edit.address)};
}

}  // namespace luytre::people
