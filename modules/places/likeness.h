// How alike two registrations are, field by field: an order for officers' eyes, never a verdict. Pure.
//
// Names and addresses are compared by their folded words (platform/base/text.h), a word weighing the more the fewer
// places have it: "Chợ" says little, "Diên Sanh" much. A field that one of the two does not tell is left out of the
// score, which is the points had of the points there were to have, in percent.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/json.h"

namespace luytre::places {

struct Likely {
  PlaceId id;
  std::string name;
  std::string kind;
  UnitId unit;
  std::string address;  // empty: not told
  std::string phone;    // E.164; empty: not told
};

enum class LikeField { kName, kAddress, kPhone, kUnit, kKind };
BOOST_DESCRIBE_ENUM(LikeField, kName, kAddress, kPhone, kUnit, kKind)

enum class Verdict { kSame, kSimilar, kDifferent, kUnknown };
BOOST_DESCRIBE_ENUM(Verdict, kSame, kSimilar, kDifferent, kUnknown)

struct FieldLikeness {
  LikeField field = LikeField::kName;
  Verdict verdict = Verdict::kUnknown;
  std::int64_t points = 0;
  std::int64_t most = 0;
};
BOOST_DESCRIBE_STRUCT(FieldLikeness, (), (field, verdict, points, most))

struct LikePair {
  std::size_t one = 0, other = 0;  // positions in what was given, one < other
  std::int64_t score = 0;          // 0 … 100
  std::vector<FieldLikeness> fields;
};

// What the fields can give; together 100. A name weighs most, as it is what people go by; a chain's shops share it, so
// that it alone is not enough for kLikeEnough.
inline constexpr std::int64_t kNamePoints = 40, kAddressPoints = 25, kPhonePoints = 20, kUnitPoints = 10,
                              kKindPoints = 5;
inline constexpr std::int64_t kLikeEnough = 60;

// The pairs that score kLikeEnough or more, highest first, then by position. Compared are pairs that share a word which
// few have, the whole name or the phone; so the work grows with the places, not with their pairs.
std::vector<LikePair> alike(const std::vector<Likely>& places);

}  // namespace luytre::places
