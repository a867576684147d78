// Two full names of Vietnamese form: family name, middle names, given name.
//
// Each part has a weight of its own (weights.h): a rare family name says much, Nguyễn little. Names may be written
// without diacritics, with typing errors, given name first, or without their middle names; each of these leaves a
// reason behind. Somebody with another given name but the same family and middle names is a brother or sister, so those
// then speak for nothing.
//
// compare(a, b) is compare(b, a), and never above compare(a, a).

#pragma once

#include <boost/describe.hpp>
#include <string_view>
#include <vector>

#include "engines/linkage/syllable.h"
#include "engines/linkage/weights.h"

namespace luytre::linkage {

struct Name {
  std::vector<Syllable> syllables;  // empty: not told
  bool marked = false;              // some syllable has diacritics
};
Name read_name(std::string_view name);

// The words of Verdict in modules/places/likeness.h.
enum class Agreement { kSame, kSimilar, kDifferent, kUnknown };
BOOST_DESCRIBE_ENUM(Agreement, kSame, kSimilar, kDifferent, kUnknown)

// Why a field is only similar, or how exact it is.
enum class Reason {
  kWithoutDiacritics,
  kDiacritics,
  kTyping,
  kOrder,
  kMiddleLeftOut,
  kMiddleDiffers,
  kFamilyDiffers,
  kGivenDiffers,
  kYearOnly,
  kDayAndMonthSwapped,
  kOffByOne,
  kOnePart,
  kOneSlip,
};
BOOST_DESCRIBE_ENUM(Reason, kWithoutDiacritics, kDiacritics, kTyping, kOrder, kMiddleLeftOut, kMiddleDiffers,
                    kFamilyDiffers, kGivenDiffers, kYearOnly, kDayAndMonthSwapped, kOffByOne, kOnePart, kOneSlip)

struct NameLikeness {
  Agreement agreement = Agreement::kUnknown;
  Tenths points = 0;
  Tenths most = 0;  // of the two names with themselves, the lesser
  std::vector<Reason> reasons;
};
NameLikeness compare(const Name& one, const Name& other);

}  // namespace luytre::linkage
