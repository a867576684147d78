// The columns of our CSV files, found by their names in the first line, in any order; a file whose first line is not
// such a header has the columns in the order given here, the optional ones at the end left out.
//
//   visits      person, place, zone?, in, out?      zone and out may be empty: not named; to be estimated
//   encounters  person, peer, start, end, attenuation?
//   people      person, name?, birthDate?, birthYear?, sex?, nationality?, unit?, address?, phone?
//   places      place, name?, kind?, unit?, zones?  zones separated by "|"
//   cases       case, person, disease, classification, onset?, sample?, result?, method?, isolated?, diagnosed?,
//               notified?, published?, outcome?, outcomeOn?
//               onset and outcomeOn are days, the others times; a confirmed case needs sample, result and method

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace luytre::integration {

struct Column {
  std::string_view name;
  bool required = true;
};

std::span<const Column> visit_columns();
std::span<const Column> encounter_columns();
std::span<const Column> person_columns();
std::span<const Column> place_columns();
std::span<const Column> case_columns();

class Layout {
 public:
  // `first` is the first record. Throws runtime_error when it is a header that lacks a required column or repeats one.
  Layout(std::span<const Column> columns, const std::vector<std::string>& first);
  bool has_header() const { return has_header_; }
  // Empty: the fields fit. Else the reason.
  std::string wrong_with(const std::vector<std::string>& fields) const;
  // Trimmed of spaces; empty when the column is missing.
  std::string_view get(const std::vector<std::string>& fields, std::string_view column) const;

 private:
  std::span<const Column> columns_;
  std::vector<std::optional<std::size_t>> position_;  // of each column
  std::size_t width_ = 0;                             // fields of a full line
  std::size_t least_ = 0;                             // fields that a line must have
  bool has_header_ = false;
};

}  // namespace luytre::integration
