// Which column of a file means what, and how its values are to be read. Pure data and functions of the head line.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/linelists/days.h"
#include "platform/base/json.h"
#include "platform/base/result.h"
#include "platform/base/text.h"

namespace luytre::linelists {

// What the lines of a list are.
enum class About { kCases, kContacts };
BOOST_DESCRIBE_ENUM(About, kCases, kContacts)

// What a line can say. Names come whole or in parts; a birth as a day, its three parts, a year, or an age on the day of
// the onset (else the first other date the line has); of a contact on the day of the contact. The source of a contact
// is the case whom they met: its number, or its id in the file it came with.
enum class Field {
  kId,
  kNumber,
  kName,
  kLastName,
  kMiddleName,
  kFirstName,
  kBirthDate,
  kBirthDay,
  kBirthMonth,
  kBirthYear,
  kAge,
  kSex,
  kNationality,
  kCommune,
  kAddress,
  kPhone,
  kPaper,
  kDisease,
  kClassification,
  kOnset,
  kSample,
  kResult,
  kMethod,
  kIsolated,
  kDiagnosed,
  kNotified,
  kPublished,
  kOutcome,
  kOutcomeOn,
  kSource,
  kContactDay,
  kContactFrom,
  kContactTo,
  kContactPlace,
  kRelation,
};
BOOST_DESCRIBE_ENUM(Field, kId, kNumber, kName, kLastName, kMiddleName, kFirstName, kBirthDate, kBirthDay, kBirthMonth,
                    kBirthYear, kAge, kSex, kNationality, kCommune, kAddress, kPhone, kPaper, kDisease, kClassification,
                    kOnset, kSample, kResult, kMethod, kIsolated, kDiagnosed, kNotified, kPublished, kOutcome,
                    kOutcomeOn, kSource, kContactDay, kContactFrom, kContactTo, kContactPlace, kRelation)

// "Nam" means "male". Compared folded; without `ours` the value counts as not told.
struct ValueWord {
  Text<100> theirs;
  std::optional<Text<100>> ours;
};
BOOST_DESCRIBE_STRUCT(ValueWord, (), (theirs, ours))

// A column, a fixed value, or both: then the value goes before what the column says ("Ca " and "17"), where the column
// says something.
struct Use {
  Field field = Field::kId;
  std::optional<Text<200>> column;  // by its head
  std::optional<Text<200>> fixed;
  std::optional<DayOrder> order;  // absent: the day first
  std::vector<ValueWord> values;
};
BOOST_DESCRIBE_STRUCT(Use, (), (field, column, fixed, order, values))

struct Mapping {
  std::vector<Use> uses;  // a field once
  // Whether each person is compared with those who are known. Not of a list without names: there everybody is alike.
  bool compare = true;
};
BOOST_DESCRIBE_STRUCT(Mapping, (), (uses, compare))

inline constexpr std::size_t kValuesMost = 200;

// A field twice, a column that the file lacks, or nothing for a field that every case needs: id, a name, a birth, the
// disease, the classification; every contact: id, the source case, the day or its bounds. Errors: invalid, with the
// field as pointer ("/uses/onset").
Result<Done> check(const Mapping& mapping, const std::vector<std::string>& columns, About about = About::kCases);

// By the heads that we write ourselves, those of WHO Go.Data and SORMAS, and usual Vietnamese and English ones.
Mapping suggested(const std::vector<std::string>& columns, About about = About::kCases);

}  // namespace luytre::linelists
