#include "modules/integration/layout.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace luytre::integration {

namespace {

constexpr std::array kVisits{Column{"person"}, Column{"place"}, Column{"zone", false}, Column{"in"},
                             Column{"out", false}};
constexpr std::array kEncounters{Column{"person"}, Column{"peer"}, Column{"start"}, Column{"end"},
                                 Column{"attenuation", false}};
constexpr std::array kPeople{Column{"person"},           Column{"name", false},    Column{"birthDate", false},
                             Column{"birthYear", false}, Column{"sex", false},     Column{"nationality", false},
                             Column{"unit", false},      Column{"address", false}, Column{"phone", false}};
constexpr std::array kPlaces{Column{"place"}, Column{"name", false}, Column{"kind", false}, Column{"unit", false},
                             Column{"zones", false}};
constexpr std::array kCases{Column{"case"},
                            Column{"person"},
                            Column{"disease"},
                            Column{"classification"},
                            Column{"onset", false},
                            Column{"sample", false},
                            Column{"result", false},
                            Column{"method", false},
                            Column{"isolated", false},
                            Column{"diagnosed", false},
                            Column{"notified", false},
                            Column{"published", false},
                            Column{"outcome", false},
                            Column{"outcomeOn", false}};

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::span<const Column> visit_columns() {
  return kVisits;
}
std::span<const Column> encounter_columns() {
  return kEncounters;
}
std::span<const Column> person_columns() {
  return kPeople;
}
std::span<const Column> place_columns() {
  return kPlaces;
}
std::span<const Column> case_columns() {
  return kCases;
}

Layout::Layout(std::span<const Column> columns, const std::vector<std::string>& first)
    : columns_(columns), position_(columns.size()) {
  const auto index_of = [&](std::string_view name) {
    return std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; }) -
           columns.begin();
  };
  // The first column is always required and never a value that looks like its own name: that tells a header.
  has_header_ = std::any_of(first.begin(), first.end(),
                            [&](const std::string& field) { return trim(field) == columns.front().name; });
  if (!has_header_) {
    width_ = columns.size();
    for (std::size_t i = 0; i < columns.size(); ++i) position_[i] = i;
    // Optional columns may be left out only at the end.
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].required) least_ = i + 1;
    }
    return;
  }
  width_ = least_ = first.size();
  for (std::size_t i = 0; i < first.size(); ++i) {
    const auto column = static_cast<std::size_t>(index_of(trim(first[i])));
    if (column == columns.size()) continue;  // a column of somebody else's
    if (position_[column])
      throw std::runtime_error("the header names the column " + std::string(columns[column].name) + " twice");
    position_[column] = i;
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].required && !position_[i])
      throw std::runtime_error("the header lacks the column " + std::string(columns[i].name));
  }
}

std::string Layout::wrong_with(const std::vector<std::string>& fields) const {
  if (fields.size() >= least_ && fields.size() <= width_) return {};
  const std::string expected =
      least_ == width_ ? std::to_string(width_) : std::to_string(least_) + " to " + std::to_string(width_);
  return std::to_string(fields.size()) + " columns instead of " + expected;
}

std::string_view Layout::get(const std::vector<std::string>& fields, std::string_view column) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].name != column) continue;
    if (!position_[i] || *position_[i] >= fields.size()) return {};
    return trim(fields[*position_[i]]);
  }
  return {};
}

}  // namespace luytre::integration
