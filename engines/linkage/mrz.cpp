#include "engines/linkage/mrz.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "engines/linkage/fields.h"

namespace luytre::linkage {
namespace {

constexpr std::size_t kTd3Line = 44, kTd1Line = 30;
constexpr std::size_t kNumberLength = 9, kCccdDigits = 12;
constexpr int kCentury = 100;

// Upper case without white space; empty: something that a zone does not have, or too much.
std::string compact(std::string_view text) {
  constexpr std::size_t kMost = 200;
  std::string out;
  if (text.size() > kMost) return out;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (upper != '<' && !(upper >= '0' && upper <= '9') && !(upper >= 'A' && upper <= 'Z')) return {};
    out += upper;
  }
  return out;
}

std::string_view without_fillers(std::string_view field) {
  const auto last = field.find_last_not_of('<');
  return last == std::string_view::npos ? std::string_view() : field.substr(0, last + 1);
}

bool fits(std::string_view field, char digit) {
  return digit == static_cast<char>('0' + mrz_check_digit(field));
}

// "ERIKSSON<<ANNA<MARIA": family name first, as in Viet Nam.
std::string name_of(std::string_view field) {
  std::string name(field);
  std::replace(name.begin(), name.end(), '<', ' ');
  return clean(name);
}

std::optional<ClaimedSex> sex_of(char c) {
  if (c == 'M') return ClaimedSex::kMale;
  if (c == 'F') return ClaimedSex::kFemale;
  return std::nullopt;
}

// yyMMdd in the century that begins with `century`.
std::optional<PartialDate> date_in(int century, std::string_view text) {
  const auto part = [&text](std::size_t at) { return text.substr(at, 2); };
  const auto number = [](std::string_view two) { return static_cast<unsigned>((two[0] - '0') * 10 + (two[1] - '0')); };
  if (!is_number(part(0))) return std::nullopt;
  unsigned month = 0, day = 0;
  if (part(2) != "<<") {
    if (!is_number(part(2)) || number(part(2)) == 0) return std::nullopt;
    month = number(part(2));
  }
  if (part(4) != "<<") {
    if (!is_number(part(4)) || number(part(4)) == 0) return std::nullopt;
    day = number(part(4));
  }
  return partial_date(century + static_cast<int>(number(part(0))), month, day);
}

std::optional<PartialDate> birth_of(std::string_view text, Date today) {
  const int century = year_of(today) / kCentury * kCentury;
  const auto this_century = date_in(century, text);
  if (this_century) {
    const PartialDate& d = *this_century;
    if (make_date(d.year, std::max(d.month, 1u), std::max(d.day, 1u)) <= today) return d;
  }
  return date_in(century - kCentury, text);
}

std::optional<PartialDate> expiry_of(std::string_view text, Date today) {
  const int now = year_of(today), century = now / kCentury * kCentury;
  std::optional<PartialDate> nearest;
  for (const int begin : {century, century - kCentury, century + kCentury}) {
    const auto date = date_in(begin, text);
    if (date && (!nearest || std::abs(date->year - now) < std::abs(nearest->year - now))) nearest = date;
  }
  return nearest;
}

void require(Claim& claim, bool holds, MrzPart part) {
  if (!holds) claim.failed.push_back(part);
}

// Keys only where every digit fits.
void take_number(Claim& claim, std::initializer_list<PaperKind> kinds, std::string_view number) {
  ClaimedPaper paper = claimed_paper(kinds, number);
  if (!claim.failed.empty()) paper.key.reset();
  claim.papers.push_back(std::move(paper));
}

Claim read_td3(std::string_view zone, Date today) {
  const auto first = zone.substr(0, kTd3Line), second = zone.substr(kTd3Line);
  const auto optional = second.substr(28, 14);
  Claim claim;
  claim.kind = ClaimKind::kPassport;
  claim.name = name_of(first.substr(5));
  claim.nationality = without_fillers(second.substr(10, 3));
  claim.birth = birth_of(second.substr(13, 6), today);
  claim.sex = sex_of(second[20]);
  claim.expires = expiry_of(second.substr(21, 6), today);
  require(claim, fits(second.substr(0, kNumberLength), second[9]), MrzPart::kNumber);
  require(claim, fits(second.substr(13, 6), second[19]), MrzPart::kBirth);
  require(claim, fits(second.substr(21, 6), second[27]), MrzPart::kExpiry);
  const bool unused = without_fillers(optional).empty() && second[42] == '<';  // part 4, section 4.2.2.2
  require(claim, unused || fits(optional, second[42]), MrzPart::kOptional);
  const std::string all =
      std::string(second.substr(0, 10)) + std::string(second.substr(13, 7)) + std::string(second.substr(21, 22));
  require(claim, fits(all, second[43]), MrzPart::kWhole);
  take_number(claim, {PaperKind::kPassport}, without_fillers(second.substr(0, kNumberLength)));
  if (const auto more = without_fillers(optional); !more.empty()) claim.rest.emplace_back(more);
  return claim;
}

// Number and check digit of a TD1's first line, and what is left of its optional data.
struct Td1Number {
  std::string number;
  bool fits = false;
  std::string_view optional;
};

Td1Number td1_number(std::string_view first) {
  const auto field = first.substr(5, kNumberLength);
  const auto optional = first.substr(15);
  const auto end = optional.find('<');
  if (first[14] != '<' || end == 0 || end == std::string_view::npos) {
    return {std::string(without_fillers(field)), fits(field, first[14]), optional};
  }
  const auto more = optional.substr(0, end - 1);
  const std::string number = std::string(field) + std::string(more);
  const char digit = optional[end - 1];
  return {number, fits(number, digit) || fits(std::string(field) + '<' + std::string(more), digit),
          optional.substr(end)};
}

Claim read_td1(std::string_view zone, Date today) {
  const auto first = zone.substr(0, kTd1Line), second = zone.substr(kTd1Line, kTd1Line);
  const Td1Number number = td1_number(first);
  Claim claim;
  claim.kind = ClaimKind::kTravelCard;
  claim.name = name_of(zone.substr(2 * kTd1Line));
  claim.nationality = without_fillers(second.substr(15, 3));
  claim.birth = birth_of(second.substr(0, 6), today);
  claim.sex = sex_of(second[7]);
  claim.expires = expiry_of(second.substr(8, 6), today);
  require(claim, number.fits, MrzPart::kNumber);
  require(claim, fits(second.substr(0, 6), second[6]), MrzPart::kBirth);
  require(claim, fits(second.substr(8, 6), second[14]), MrzPart::kExpiry);
  const std::string all = std::string(first.substr(5)) + std::string(second.substr(0, 7)) +
                          std::string(second.substr(8, 7)) + std::string(second.substr(18, 11));
  require(claim, fits(all, second[29]), MrzPart::kWhole);

  const auto cccd = number.optional.substr(0, kCccdDigits);
  if (first.substr(2, 3) == "VNM" && is_number(cccd) && cccd.ends_with(number.number)) {
    take_number(claim, {PaperKind::kCccd}, cccd);
  } else {
    take_number(claim, {PaperKind::kPassport}, number.number);
    if (const auto more = without_fillers(number.optional); !more.empty()) claim.rest.emplace_back(more);
  }
  if (const auto more = without_fillers(second.substr(18, 11)); !more.empty()) claim.rest.emplace_back(more);
  return claim;
}

}  // namespace

int mrz_check_digit(std::string_view text) {
  constexpr std::array<int, 3> kWeights{7, 3, 1};
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const int value = c == '<' ? 0 : c >= 'A' ? c - 'A' + 10 : c - '0';
    sum += value * kWeights[i % kWeights.size()];
  }
  return sum % 10;
}

std::optional<Claim> read_mrz(std::string_view text, Date today) {
  const std::string zone = compact(text);
  std::optional<Claim> claim;
  if (zone.size() == 2 * kTd3Line && zone[0] == 'P') claim = read_td3(zone, today);
  if (zone.size() == 3 * kTd1Line && std::string_view("ACI").find(zone[0]) != std::string_view::npos) {
    claim = read_td1(zone, today);
  }
  if (!claim || claim->name.empty() || claim->papers.front().text.empty()) return std::nullopt;
  claim->plain_name = true;
  return claim;
}

}  // namespace luytre::linkage
