// Two records of people: may they be one person? An order for officers' eyes, explained field by field; never a
// verdict, and nothing is ever joined by itself.
//
// After Fellegi and Sunter (weights.h): each field adds its points, for or against; a field that one of the two does
// not tell adds nothing. The score is the probability in percent that follows from the sum if one of a million other
// records is expected to be the same person. The weights are estimates, so the score orders pairs and promises nothing.
//
// A pair is proposed when it scores kProposeScore or more and the name or a paper speaks for it: a shared phone or
// house alone never does. The same paper is always proposed, since one of the two records is wrong otherwise. Almost
// certain is a score of kAlmostCertainScore where nothing contradicts, and the paper, or the name and the full birth
// date, are the same.
//
// 1 January stands for an unknown day on many papers and counts as the year alone. Plain values in and out.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/linkage/claim.h"
#include "engines/linkage/names.h"

namespace luytre::linkage {

// Absent or empty: not told.
struct Record {
  Name name;
  std::optional<PartialDate> birth;
  std::optional<ClaimedSex> sex;
  std::vector<std::string> papers;   // keys (paper.h)
  std::vector<std::string> phones;   // E.164
  std::int64_t unit = 0;             // the commune of residence; both in the units of one day
  std::vector<std::string> address;  // words_of (platform/base/words.h)
};

enum class PersonField { kName, kBirth, kSex, kPaper, kPhone, kUnit, kAddress };
BOOST_DESCRIBE_ENUM(PersonField, kName, kBirth, kSex, kPaper, kPhone, kUnit, kAddress)

struct FieldWeight {
  PersonField field = PersonField::kName;
  Agreement agreement = Agreement::kUnknown;
  std::int64_t points = 0;  // tenths of a bit; below 0: speaks against
  std::int64_t most = 0;    // of these, if the field were the same; 0: not told
  std::vector<Reason> reasons;
};
BOOST_DESCRIBE_STRUCT(FieldWeight, (), (field, agreement, points, most, reasons))

enum class Standing { kNone, kProposed, kAlmostCertain };
BOOST_DESCRIBE_ENUM(Standing, kNone, kProposed, kAlmostCertain)

struct RecordLikeness {
  std::int64_t points = 0;
  std::int64_t score = 0;  // 0 … 100
  Standing standing = Standing::kNone;
  std::vector<FieldWeight> fields;  // one each, in the order of PersonField
};

RecordLikeness compare(const Record& one, const Record& other);

// Whether a name or a paper speaks for one person; what an officer joins needs that too.
bool speaks_for(const RecordLikeness& likeness);

// The most that fields which are dear to read (papers, phones, address) can add to a record that shares no paper with
// this one: who has seen the others may leave out what stays below the proposal.
std::int64_t dear_most(const Record& record);

// How much the birth of somebody must add who is to be proposed without a paper of this record: all else is the same at
// best.
std::int64_t birth_needed(const Record& record);

// Whether the day says no more than the year: it is not told, or 1 January.
bool year_only(const PartialDate& birth);

// The days that differ by one in one of their parts.
std::vector<PartialDate> days_off_by_one(const PartialDate& birth);

// The other days under which somebody born on this day may be written down: day and month swapped.
std::optional<PartialDate> swapped(const PartialDate& birth);

}  // namespace luytre::linkage
