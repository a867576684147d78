#include "engines/linkage/persons.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

namespace luytre::linkage {
namespace {

using enum Agreement;

constexpr unsigned kMonths = 12;

FieldWeight field(PersonField of, Agreement agreement, Tenths points, Tenths most, std::vector<Reason> reasons = {}) {
  return {of, agreement, points, most, std::move(reasons)};
}

FieldWeight compare_names(const Name& one, const Name& other) {
  NameLikeness found = compare(one, other);
  return field(PersonField::kName, found.agreement, found.points, found.most, std::move(found.reasons));
}

// ---- birth ----

FieldWeight birth(Agreement agreement, Tenths points, Tenths most, std::vector<Reason> reasons = {}) {
  return field(PersonField::kBirth, agreement, points, most, std::move(reasons));
}

FieldWeight compare_years(int one, int other) {
  if (one == other) return birth(kSame, kYearSame, kYearSame, {Reason::kYearOnly});
  if (std::abs(one - other) == 1)
    return birth(kSimilar, kYearOffByOne, kYearSame, {Reason::kYearOnly, Reason::kOffByOne});
  return birth(kDifferent, kBirthDiffers, kYearSame, {Reason::kYearOnly});
}

FieldWeight compare_months(const PartialDate& one, const PartialDate& other) {
  if (one.year != other.year) return birth(kDifferent, kBirthDiffers, kMonthSame);
  if (one.month != other.month) return birth(kDifferent, kMonthOfYear, kMonthSame);
  return birth(kSame, kMonthSame, kMonthSame);
}

FieldWeight compare_days(const PartialDate& one, const PartialDate& other) {
  if (one == other) return birth(kSame, kDaySame, kDaySame);
  if (swapped(one) == other) return birth(kSimilar, kDaySwapped, kDaySame, {Reason::kDayAndMonthSwapped});
  const int years = std::abs(one.year - other.year);
  const int months = std::abs(static_cast<int>(one.month) - static_cast<int>(other.month));
  const int days = std::abs(static_cast<int>(one.day) - static_cast<int>(other.day));
  const int parts = (years != 0) + (months != 0) + (days != 0);
  if (parts == 1 && years + months + days == 1) return birth(kSimilar, kDayOffByOne, kDaySame, {Reason::kOffByOne});
  if (parts == 1) return birth(kSimilar, kDayOnePart, kDaySame, {Reason::kOnePart});
  return birth(kDifferent, years == 0 ? kDayOfYear : kBirthDiffers, kDaySame);
}

FieldWeight compare_births(const std::optional<PartialDate>& one, const std::optional<PartialDate>& other) {
  if (!one || !other || one->year == 0 || other->year == 0) return birth(kUnknown, 0, 0);
  if (year_only(*one) || year_only(*other)) return compare_years(one->year, other->year);
  if (one->day == 0 || other->day == 0) return compare_months(*one, *other);
  return compare_days(*one, *other);
}

// ---- papers ----

struct PaperWeight {
  std::string_view kind;
  Tenths differs;
};
constexpr std::array<PaperWeight, 4> kPapers{
    {{"cccd", kCccdDiffers}, {"cmnd", kCmndDiffers}, {"insurance", kInsuranceDiffers}, {"passport", kPassportDiffers}}};

// A number of the one of this kind with one of the other's.
FieldWeight compare_kind(const PaperWeight& kind, const Record& one, const Record& other) {
  FieldWeight out = field(PersonField::kPaper, kUnknown, 0, 0);
  const auto is_of = [&](const std::string& key) {
    return key.starts_with(kind.kind) && key.size() > kind.kind.size() && key[kind.kind.size()] == ':';
  };
  for (const auto& a : one.papers) {
    for (const auto& b : other.papers) {
      if (!is_of(a) || !is_of(b)) continue;
      if (one_slip(a, b)) return field(PersonField::kPaper, kSimilar, kPaperOneSlip, kPaperSame, {Reason::kOneSlip});
      out = field(PersonField::kPaper, kDifferent, kind.differs, kPaperSame);
    }
  }
  return out;
}

bool share_one(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  return std::find_first_of(one.begin(), one.end(), other.begin(), other.end()) != one.end();
}

// A number of another kind says nothing: most people have an old card and a new one.
FieldWeight compare_papers(const Record& one, const Record& other) {
  if (share_one(one.papers, other.papers)) return field(PersonField::kPaper, kSame, kPaperSame, kPaperSame);
  FieldWeight worst = field(PersonField::kPaper, kUnknown, 0, 0);
  for (const PaperWeight& kind : kPapers) {
    FieldWeight found = compare_kind(kind, one, other);
    if (found.agreement == kUnknown) continue;
    if (worst.agreement == kUnknown || found.points < worst.points) worst = std::move(found);
  }
  return worst;
}

// ---- the rest ----

FieldWeight compare_sexes(std::optional<ClaimedSex> one, std::optional<ClaimedSex> other) {
  if (!one || !other) return field(PersonField::kSex, kUnknown, 0, 0);
  if (*one == *other) return field(PersonField::kSex, kSame, kSexSame, kSexSame);
  return field(PersonField::kSex, kDifferent, kSexDiffers, kSexSame);
}

FieldWeight compare_phones(const Record& one, const Record& other) {
  if (one.phones.empty() || other.phones.empty()) return field(PersonField::kPhone, kUnknown, 0, 0);
  if (share_one(one.phones, other.phones)) return field(PersonField::kPhone, kSame, kPhoneSame, kPhoneSame);
  for (const auto& a : one.phones)
    for (const auto& b : other.phones)
      if (one_slip(a, b)) return field(PersonField::kPhone, kSimilar, kPhoneOneSlip, kPhoneSame, {Reason::kOneSlip});
  return field(PersonField::kPhone, kDifferent, kPhoneDiffers, kPhoneSame);
}

FieldWeight compare_units(std::int64_t one, std::int64_t other) {
  if (one == 0 || other == 0) return field(PersonField::kUnit, kUnknown, 0, 0);
  if (one == other) return field(PersonField::kUnit, kSame, kUnitSame, kUnitSame);
  return field(PersonField::kUnit, kDifferent, kUnitDiffers, kUnitSame);
}

FieldWeight compare_addresses(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  if (one.empty() || other.empty()) return field(PersonField::kAddress, kUnknown, 0, 0);
  constexpr std::size_t kSimilarOfTen = 4, kTen = 10;  // of all words of both, as among places
  std::vector<std::string> common, all;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(common));
  std::set_union(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(all));
  if (common.size() == all.size()) return field(PersonField::kAddress, kSame, kAddressSame, kAddressSame);
  if (common.size() * kTen >= all.size() * kSimilarOfTen)
    return field(PersonField::kAddress, kSimilar, kAddressSimilar, kAddressSame);
  return field(PersonField::kAddress, kDifferent, kAddressDiffers, kAddressSame);
}

std::int64_t score_of(std::int64_t points) {
  constexpr double kTenths = 10, kPercent = 100;
  return static_cast<std::int64_t>(kPercent / (1 + std::exp2(static_cast<double>(kPrior - points) / kTenths)));
}

const FieldWeight& of(const RecordLikeness& likeness, PersonField wanted) {
  return likeness.fields[static_cast<std::size_t>(wanted)];
}

bool has(const FieldWeight& weight, Reason reason) {
  return std::find(weight.reasons.begin(), weight.reasons.end(), reason) != weight.reasons.end();
}

bool same_name(const FieldWeight& name) {
  return name.agreement == kSame || (name.agreement == kSimilar && !has(name, Reason::kDiacritics) &&
                                     !has(name, Reason::kTyping) && !has(name, Reason::kMiddleDiffers));
}

bool contradicted(const RecordLikeness& likeness) {
  for (const auto field : {PersonField::kName, PersonField::kBirth, PersonField::kSex, PersonField::kPaper})
    if (of(likeness, field).agreement == kDifferent) return true;
  return false;
}

Standing standing(const RecordLikeness& likeness) {
  const bool paper = of(likeness, PersonField::kPaper).agreement == kSame;
  if (!paper && (likeness.score < kProposeScore || !speaks_for(likeness))) return Standing::kNone;
  const FieldWeight& birth = of(likeness, PersonField::kBirth);
  const bool name_and_day =
      same_name(of(likeness, PersonField::kName)) && birth.agreement == kSame && birth.points == kDaySame;
  const bool certain = likeness.score >= kAlmostCertainScore && !contradicted(likeness) && (paper || name_and_day);
  return certain ? Standing::kAlmostCertain : Standing::kProposed;
}

}  // namespace

std::optional<PartialDate> swapped(const PartialDate& birth) {
  if (birth.day == 0 || birth.day > kMonths || birth.day == birth.month) return std::nullopt;
  return PartialDate{birth.year, birth.day, birth.month};
}

bool year_only(const PartialDate& birth) {
  return birth.month == 0 || (birth.month == 1 && birth.day == 1);
}

std::vector<PartialDate> days_off_by_one(const PartialDate& birth) {
  std::vector<PartialDate> out;
  const auto add = [&](int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (date.ok()) out.push_back({year, month, day});
  };
  add(birth.year, birth.month, birth.day - 1);
  add(birth.year, birth.month, birth.day + 1);
  add(birth.year, birth.month - 1, birth.day);
  add(birth.year, birth.month + 1, birth.day);
  add(birth.year - 1, birth.month, birth.day);
  add(birth.year + 1, birth.month, birth.day);
  return out;
}

std::int64_t dear_most(const Record& record) {
  return (record.papers.empty() ? 0 : kPaperOneSlip) + (record.phones.empty() ? 0 : kPhoneSame) +
         (record.address.empty() ? 0 : kAddressSame);
}

std::int64_t birth_needed(const Record& record) {
  return kPrior - compare_names(record.name, record.name).points - compare_sexes(record.sex, record.sex).points -
         compare_units(record.unit, record.unit).points - dear_most(record);
}

bool speaks_for(const RecordLikeness& likeness) {
  const Agreement name = of(likeness, PersonField::kName).agreement;
  return name == kSame || name == kSimilar || of(likeness, PersonField::kPaper).agreement == kSame;
}

RecordLikeness compare(const Record& one, const Record& other) {
  RecordLikeness out;
  out.fields = {compare_names(one.name, other.name),
                compare_births(one.birth, other.birth),
                compare_sexes(one.sex, other.sex),
                compare_papers(one, other),
                compare_phones(one, other),
                compare_units(one.unit, other.unit),
                compare_addresses(one.address, other.address)};
  for (const FieldWeight& weight : out.fields) out.points += weight.points;
  out.score = score_of(out.points);
  out.standing = standing(out);
  return out;
}

}  // namespace luytre::linkage
