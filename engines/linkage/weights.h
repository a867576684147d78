// What agreement and disagreement of a field say about two records being one person: Fellegi and Sunter, A Theory for
// Record Linkage, JASA 64 (1969) 1183–1210. A field's weight is log2(m / u), with m the share of true pairs, u that of
// other pairs, in which it comes out so. Weights are in tenths of a bit, so that a score is the same on every machine.
// Between agreement and disagreement of a name they are interpolated by how alike the two are (Winkler, String
// Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage, 1990).
//
// Written down 2026-11. u of family names: Lê Trung Hoa, Họ và tên người Việt Nam (2005), as others quote it; of birth
// dates and sexes: evenly spread over 70 years of life. The rest, and every m, is judgement and not yet measured: we
// know of no public set of Vietnamese records with known pairs. A province that has decided some thousand pairs can
// count them and put its own numbers here. What members of a family share (family and middle name, unit, address,
// phone) is kept low, since the fields are not independent there.

#pragma once

#include <array>
#include <cmath>
#include <string_view>

namespace luytre::linkage {

using Tenths = int;  // of a bit

inline Tenths weight(double m, double u) {
  constexpr double kTenths = 10;
  return static_cast<Tenths>(std::lround(std::log2(m / u) * kTenths));
}

// ---- names ----

struct Share {
  std::string_view plain;
  double of_people;
};

// Hoàng and Huỳnh, Vũ and Võ are counted together in the source.
inline constexpr std::array<Share, 16> kFamilyNames{{
    {"nguyen", 0.384},
    {"tran", 0.11},
    {"le", 0.095},
    {"pham", 0.071},
    {"hoang", 0.051},
    {"huynh", 0.051},
    {"phan", 0.045},
    {"vu", 0.039},
    {"vo", 0.039},
    {"dang", 0.021},
    {"bui", 0.02},
    {"do", 0.014},
    {"ho", 0.013},
    {"ngo", 0.013},
    {"duong", 0.01},
    {"ly", 0.005},
}};
inline constexpr double kOtherFamilyName = 0.005;

inline constexpr std::array<Share, 2> kMiddleNames{{{"thi", 0.25}, {"van", 0.2}}};
inline constexpr double kOtherMiddleName = 0.02;
inline constexpr double kGivenName = 0.012;

inline constexpr double kNameAgrees = 0.97;  // m
inline constexpr Tenths kFamilyDiffers = -44, kMiddleDiffers = -30, kGivenDiffers = -66;
inline constexpr Tenths kMiddleLeftOut = -5;
inline constexpr Tenths kOrderDiffers = -10;

// How far a writing that differs is from disagreement (0) to agreement (10).
inline constexpr int kKeysLikeness = 9, kTypingLikeness = 7, kDiacriticsLikeness = 6;

// ---- birth: 25,000 days, 840 months, 70 years ----

inline constexpr Tenths kDaySame = 145;     // m .92
inline constexpr Tenths kDaySwapped = 80;   // day for month: m .01
inline constexpr Tenths kDayOffByOne = 60;  // in one of its parts: m .015 over 6 such days
inline constexpr Tenths kDayOnePart = 27;   // one of its parts is another: m .03 over 113 such days
inline constexpr Tenths kDayOfYear = -5;    // only the year is the same
inline constexpr Tenths kMonthSame = 96;    // m .92
inline constexpr Tenths kMonthOfYear = -10;
inline constexpr Tenths kYearSame = 61;     // m .95
inline constexpr Tenths kYearOffByOne = 5;  // from an age, or counted by the lunar year
inline constexpr Tenths kBirthDiffers = -60;

// ---- the rest ----

inline constexpr Tenths kSexSame = 10, kSexDiffers = -56;  // m .99

inline constexpr Tenths kPaperSame = 200;
// Families register together: numbers one digit apart are neighbours' as often as slips.
inline constexpr Tenths kPaperOneSlip = 10;
// A citizen number is for life; the old card got a new number in another province, a passport gets one each time.
inline constexpr Tenths kCccdDiffers = -90, kCmndDiffers = -40, kInsuranceDiffers = -40, kPassportDiffers = -10;

inline constexpr Tenths kPhoneSame = 15, kPhoneDiffers = -5;  // shared in families, given away, changed
inline constexpr Tenths kPhoneOneSlip = 5;                    // bought together, too
inline constexpr Tenths kUnitSame = 40, kUnitDiffers = -15;
inline constexpr Tenths kAddressSame = 15, kAddressSimilar = 7, kAddressDiffers = -5;

// ---- decision ----

inline constexpr Tenths kPrior = 200;  // one other record of a million (2^20) is expected to be the same person
inline constexpr int kProposeScore = 50, kAlmostCertainScore = 99;

}  // namespace luytre::linkage
