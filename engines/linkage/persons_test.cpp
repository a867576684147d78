// Record linkage: what Vietnamese names, dates and papers have in common, and what must hold for all of them.

#include "engines/linkage/persons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include "platform/base/words.h"

namespace luytre::linkage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

NameLikeness names(std::string_view one, std::string_view other) {
  return compare(read_name(one), read_name(other));
}

Record person(std::string_view name, std::optional<PartialDate> birth = PartialDate{1980, 5, 17}) {
  Record out;
  out.name = read_name(name);
  out.birth = birth;
  out.sex = ClaimedSex::kMale;
  out.unit = 19333;
  return out;
}

FieldWeight field(const RecordLikeness& likeness, PersonField of) {
  return likeness.fields.at(static_cast<std::size_t>(of));
}

// ---- syllables ----

TEST(Syllables, KeepLettersAndToneApart) {
  const auto read = read_syllables("NGUYỄN thị-Đông");
  ASSERT_THAT(read, SizeIs(3));
  EXPECT_EQ(read[0].letters, U"nguyên");
  EXPECT_EQ(read[0].tone, 3);
  EXPECT_EQ(read[0].plain, "nguyen");
  EXPECT_EQ(read[2].letters, U"đông");
  EXPECT_EQ(read[2].plain, "dong");
  EXPECT_EQ(read_syllables("Hoà"), read_syllables("Hòa")) << "where the tone stands is style";
  EXPECT_EQ(read_syllables("Hoa\xCC\x80"), read_syllables("Hoà")) << "composed or not";
  EXPECT_THAT(read_syllables("1234 5"), IsEmpty()) << "a number is no name";
}

TEST(Syllables, AreReadFromTheKeysOfInputMethods) {
  const auto reads_as = [](std::string_view keys, std::string_view name) {
    return read_keys(keys) == read_syllables(name).at(0);
  };
  EXPECT_TRUE(reads_as("nguyeenx", "Nguyễn"));
  EXPECT_TRUE(reads_as("nguye6n4", "Nguyễn"));
  EXPECT_TRUE(reads_as("ddawngj", "Đặng"));
  EXPECT_TRUE(reads_as("d9a8ng5", "Đặng"));
  EXPECT_TRUE(reads_as("phuowng", "Phương"));
  EXPECT_TRUE(reads_as("phuwowng", "Phương"));
  EXPECT_TRUE(reads_as("hoaf", "Hoà"));
  for (const char* word : {"nguyen", "sang", "xuan", "trang", "oanh", "thuy"}) EXPECT_FALSE(read_keys(word)) << word;
}

// ---- names ----

TEST(Names, DiacriticsAreIdentity) {
  const auto same = names("Lê Thị Hoà", "lê thị hòa"), other = names("Lê Thị Hoà", "Lê Thị Hoá");
  EXPECT_EQ(same.agreement, Agreement::kSame);
  EXPECT_EQ(same.points, same.most);
  EXPECT_EQ(other.agreement, Agreement::kSimilar);
  EXPECT_THAT(other.reasons, ElementsAre(Reason::kDiacritics));
  EXPECT_LT(other.points, names("Lê Thị Hoà", "Le Thi Hoa").points) << "typed without any is less of a difference";
  EXPECT_THAT(names("Lê Thị Hoa", "Lê Thị Hoà").reasons, ElementsAre(Reason::kDiacritics))
      << "Hoa of a marked name is Hoa";
}

TEST(Names, SayWhatWasTypedOtherwise) {
  const auto reasons = [](std::string_view one, std::string_view other) { return names(one, other).reasons; };
  EXPECT_THAT(reasons("Nguyễn Văn Phương", "Nguyen Van Phuong"), ElementsAre(Reason::kWithoutDiacritics));
  EXPECT_THAT(reasons("Nguyễn Văn Phương", "Nguyeenx Vawn Phuwowng"), ElementsAre(Reason::kWithoutDiacritics));
  EXPECT_THAT(reasons("Nguyễn Văn Phương", "Nguyễn Văn Phuơng"), ElementsAre(Reason::kDiacritics));
  EXPECT_THAT(reasons("Nguyễn Văn Phương", "Nguyễn Văn Phưong"), ElementsAre(Reason::kDiacritics));
  EXPECT_THAT(reasons("Nguyễn Văn Phương", "Nguyễn Văn Phươngg"), ElementsAre(Reason::kTyping));
  EXPECT_THAT(reasons("Nguyễn Văn Quang", "Nguyễn Văn Quamg"), ElementsAre(Reason::kTyping));
  EXPECT_THAT(reasons("Lý Thị Mai", "Lí Thị Mai"), ElementsAre(Reason::kTyping));
  EXPECT_THAT(reasons("Nguyễn Văn An", "Nguyễn An"), ElementsAre(Reason::kMiddleLeftOut));
  EXPECT_THAT(reasons("Nguyễn Văn An", "Nguyễn Đức An"), ElementsAre(Reason::kMiddleDiffers));
  EXPECT_THAT(reasons("Nguyễn Văn An", "An Nguyễn Văn"), ElementsAre(Reason::kOrder));
  EXPECT_THAT(reasons("Trần Minh Khôi", "Khôi Minh Trần"), ElementsAre(Reason::kOrder));
  EXPECT_THAT(reasons("Nguyễn Văn An", "Lê Văn An"), ElementsAre(Reason::kFamilyDiffers));
}

TEST(Names, LeaveOutHowSomebodyIsSpokenOf) {
  EXPECT_EQ(names("Cụ Lê Văn Lão", "Lê Văn Lão").agreement, Agreement::kSame);
  EXPECT_EQ(names("Cụ Na", "Na").agreement, Agreement::kSimilar) << "who is called nothing else";
}

TEST(Names, ARareNameSaysMoreAndARelativesNothing) {
  EXPECT_GT(names("Tạ Văn An", "Tạ Văn An").points, names("Nguyễn Văn An", "Nguyễn Văn An").points);
  const auto brothers = names("Trương Quốc Bảo", "Trương Quốc Minh");
  EXPECT_EQ(brothers.agreement, Agreement::kDifferent);
  EXPECT_EQ(brothers.points, kGivenDiffers) << "the family's names do not speak for one person";
  EXPECT_EQ(names("Nguyễn Văn An", "Nguyễn Văn Anh").agreement, Agreement::kDifferent) << "short names are exact";
}

// ---- fields ----

TEST(Births, AreComparedByWhatIsKnown) {
  const auto birth = [](PartialDate one, PartialDate other) {
    return field(compare(person("Lê Văn An", one), person("Lê Văn An", other)), PersonField::kBirth);
  };
  EXPECT_EQ(birth({1980, 5, 7}, {1980, 5, 7}).points, kDaySame);
  EXPECT_THAT(birth({1980, 5, 7}, {1980, 7, 5}).reasons, ElementsAre(Reason::kDayAndMonthSwapped));
  EXPECT_THAT(birth({1980, 5, 17}, {1980, 5, 18}).reasons, ElementsAre(Reason::kOffByOne));
  EXPECT_THAT(birth({1980, 5, 17}, {1981, 5, 17}).reasons, ElementsAre(Reason::kOffByOne));
  EXPECT_THAT(birth({1980, 5, 17}, {1930, 5, 17}).reasons, ElementsAre(Reason::kOnePart));
  EXPECT_EQ(birth({1980, 5, 17}, {1981, 6, 17}).agreement, Agreement::kDifferent);
  EXPECT_EQ(birth({1980, 5, 17}, {1980, 0, 0}).points, kYearSame);
  EXPECT_EQ(birth({1980, 5, 17}, {1980, 1, 1}).points, kYearSame) << "1 January stands for an unknown day";
  EXPECT_EQ(birth({1980, 5, 17}, {1979, 0, 0}).points, kYearOffByOne);
  EXPECT_EQ(birth({1980, 5, 17}, {1980, 5, 0}).points, kMonthSame);
  EXPECT_EQ(birth({1980, 5, 17}, {0, 0, 0}).agreement, Agreement::kUnknown);
}

TEST(Births, OneOffAreDaysThatThereAre) {
  EXPECT_THAT(days_off_by_one({2024, 2, 29}),
              ElementsAre(PartialDate{2024, 2, 28}, PartialDate{2024, 1, 29}, PartialDate{2024, 3, 29}));
  EXPECT_THAT(days_off_by_one({1985, 12, 31}),
              ElementsAre(PartialDate{1985, 12, 30}, PartialDate{1984, 12, 31}, PartialDate{1986, 12, 31}));
  for (const PartialDate& day : days_off_by_one({1985, 3, 9}))
    EXPECT_EQ(
        field(compare(person("Lê An", PartialDate{1985, 3, 9}), person("Lê An", day)), PersonField::kBirth).points,
        kDayOffByOne);
}

TEST(Papers, OfOtherKindsSayNothing) {
  const auto papers = [](std::vector<std::string> one, std::vector<std::string> other) {
    Record a = person("Lê Văn An"), b = a;
    a.papers = std::move(one);
    b.papers = std::move(other);
    return field(compare(a, b), PersonField::kPaper);
  };
  EXPECT_EQ(papers({"cmnd:197123456"}, {"cccd:045080000123"}).agreement, Agreement::kUnknown);
  EXPECT_EQ(papers({"cmnd:197123456", "cccd:045080000123"}, {"cmnd:197123456"}).points, kPaperSame);
  EXPECT_EQ(papers({"cccd:045080000123"}, {"cccd:045091004567"}).points, kCccdDiffers);
  EXPECT_THAT(papers({"cccd:045080000123"}, {"cccd:045080000124"}).reasons, ElementsAre(Reason::kOneSlip));
  EXPECT_THAT(papers({"cccd:045080000123"}, {"cccd:045080000132"}).reasons, ElementsAre(Reason::kOneSlip));
  EXPECT_GT(papers({"passport:C1234567"}, {"passport:B7654321"}).points, kCmndDiffers) << "it is new every ten years";
}

TEST(Phones, AWrongDigitSaysLessThanTheSameNumber) {
  const auto phones = [](std::vector<std::string> one, std::vector<std::string> other) {
    Record a = person("Lê Văn An"), b = a;
    a.phones = std::move(one);
    b.phones = std::move(other);
    return field(compare(a, b), PersonField::kPhone);
  };
  const auto slip = phones({"+84912345678"}, {"+84912345687", "+84987654321"});
  EXPECT_EQ(slip.agreement, Agreement::kSimilar);
  EXPECT_THAT(slip.reasons, ElementsAre(Reason::kOneSlip));
  EXPECT_LT(slip.points, phones({"+84912345678"}, {"+84912345679", "+84912345678"}).points);
  EXPECT_GT(slip.points, 0);
  EXPECT_EQ(phones({"+84912345678"}, {"+84912345696"}).agreement, Agreement::kDifferent);
}

// ---- decision ----

TEST(Standings, OfPairsAsOfficersWouldJudge) {
  const auto standing = [](const Record& one, const Record& other) { return compare(one, other).standing; };
  const Record an = person("Nguyễn Văn An");
  EXPECT_EQ(standing(an, person("Nguyễn Văn An")), Standing::kAlmostCertain);
  EXPECT_EQ(standing(an, person("Nguyen Van An")), Standing::kAlmostCertain);
  EXPECT_EQ(standing(an, person("Nguyễn Văn An", PartialDate{1980, 0, 0})), Standing::kProposed);
  Record elsewhere = an;
  elsewhere.unit = 20194;
  EXPECT_EQ(standing(an, elsewhere), Standing::kProposed) << "people move";
  elsewhere.birth = PartialDate{1980, 0, 0};
  EXPECT_EQ(standing(an, elsewhere), Standing::kNone) << "many are called so";
  Record woman = an;
  woman.sex = ClaimedSex::kFemale;
  EXPECT_NE(standing(an, woman), Standing::kAlmostCertain);
  EXPECT_NE(standing(person("Trương Thị Ngọc Hoa"), person("Trương Thị Ngọc Hoà")), Standing::kAlmostCertain)
      << "twins are called so";
}

TEST(Standings, AFamilyUnderOneRoofIsNotOnePerson) {
  Record one = person("Trương Quốc Bảo"), twin = person("Trương Quốc Minh");
  for (Record* each : {&one, &twin}) {
    each->phones = {"+84912345678"};
    each->address = words_of("Thôn 3, số 12");
  }
  EXPECT_EQ(compare(one, twin).standing, Standing::kNone);
  Record stranger;
  stranger.phones = one.phones;
  stranger.unit = one.unit;
  stranger.birth = one.birth;
  const auto by_phone = compare(one, stranger);
  EXPECT_EQ(by_phone.standing, Standing::kNone);
  EXPECT_FALSE(speaks_for(by_phone)) << "a phone alone is no reason to join";
}

TEST(Standings, ThePaperIsAlwaysShown) {
  Record one = person("Nguyễn Văn An"), other = person("Hồ Thị Duyên", PartialDate{1999, 2, 3});
  one.papers = other.papers = {"cccd:045080000123"};
  const auto found = compare(one, other);
  EXPECT_LT(found.score, kProposeScore);
  EXPECT_EQ(found.standing, Standing::kProposed) << "one of the two records is wrong";
}

// ---- what holds for all ----

rc::Gen<std::string> any_name() {
  return rc::gen::map(
      rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
          "Nguyễn", "Nguyen", "Nguyeenx", "Trương", "Lê",      "Văn", "Vawn", "Thị", "Quốc", "An", "Anh", "Hoà",
          "Hoa",    "Hòa",    "Phương",   "Phuong", "Phươngg", "Bảo", "Lý",   "Lí",  "Đặng", "Ng", "Ytr"})),
      [](const std::vector<std::string>& words) {
        std::string out;
        for (std::size_t i = 0; i < words.size() && i < 5; ++i) out += (i == 0 ? "" : " ") + words[i];
        return out;
      });
}

rc::Gen<Record> any_record() {
  return rc::gen::exec([] {
    Record out;
    out.name = read_name(*any_name());
    if (*rc::gen::arbitrary<bool>()) {
      const auto month = *rc::gen::inRange(0U, 4U);
      const auto day = month == 0 ? 0U : *rc::gen::inRange(0U, 4U);
      out.birth = PartialDate{*rc::gen::inRange(1979, 1983), month, day};
    }
    if (*rc::gen::arbitrary<bool>()) out.sex = *rc::gen::element(ClaimedSex::kMale, ClaimedSex::kFemale);
    const auto some = [](std::vector<std::string> of) {
      return *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::move(of)));
    };
    out.papers = some({"cccd:045080000123", "cccd:045080000124", "cccd:079201004567", "cmnd:197123456",
                       "passport:C1234567", "insurance:0123456789"});
    out.phones = some({"+84912345678", "+84912345679", "+84987654321"});
    out.unit = *rc::gen::inRange(0, 3);
    out.address = words_of(*any_name());
    return out;
  });
}

RC_GTEST_PROP(Linkage, ComparesBothWaysAlike, ()) {
  const Record one = *any_record(), other = *any_record();
  const auto there = compare(one, other), back = compare(other, one);
  RC_ASSERT(there.points == back.points);
  RC_ASSERT(there.score == back.score);
  RC_ASSERT(there.standing == back.standing);
}

RC_GTEST_PROP(Linkage, NothingIsMoreAlikeThanARecordWithItself, ()) {
  const Record one = *any_record(), other = *any_record();
  const auto self = compare(one, one), pair = compare(one, other);
  RC_ASSERT(self.points >= pair.points);
  for (std::size_t i = 0; i < pair.fields.size(); ++i) {
    RC_ASSERT(self.fields[i].points >= pair.fields[i].points);
    RC_ASSERT(pair.fields[i].points <= pair.fields[i].most);
  }
}

RC_GTEST_PROP(Linkage, NobodyIsProposedWhoseBirthSaysLessThanIsNeeded, ()) {
  const Record one = *any_record(), another = *any_record();
  Record other = one;  // as it was written down by somebody else
  other.birth = another.birth;
  other.papers.clear();
  const auto otherwise = [] { return *rc::gen::inRange(0, 4) == 0; };
  if (otherwise()) other.name = another.name;
  if (otherwise()) other.sex = another.sex;
  if (otherwise()) other.phones = another.phones;
  if (otherwise()) other.unit = another.unit;
  if (otherwise()) other.address = another.address;
  const auto pair = compare(one, other);
  RC_CLASSIFY(pair.standing != Standing::kNone);
  if (pair.standing == Standing::kNone) return;
  RC_ASSERT(field(pair, PersonField::kBirth).points >= birth_needed(one));
  RC_ASSERT(field(pair, PersonField::kBirth).points >= birth_needed(other));
}

RC_GTEST_PROP(Linkage, AFieldThatAgreesNeverLowersTheScore, ()) {
  const Record one = *any_record(), other = *any_record();
  const auto before = compare(one, other).points;
  for (int part = 0; part < 7; ++part) {
    Record nearer = other;
    if (part == 0) nearer.name = one.name;
    if (part == 1) nearer.birth = one.birth;
    if (part == 2) nearer.sex = one.sex;
    if (part == 3) nearer.papers = one.papers;
    if (part == 4) nearer.phones = one.phones;
    if (part == 5) nearer.unit = one.unit;
    if (part == 6) nearer.address = one.address;
    RC_ASSERT(compare(one, nearer).points >= before);
  }
}

RC_GTEST_PROP(Linkage, WhatIsNotToldSaysNothing, ()) {
  const Record one = *any_record();
  Record other = *any_record();
  const auto told = compare(one, other);
  other.birth.reset();
  other.phones.clear();
  other.papers.clear();
  const auto untold = compare(one, other);
  const auto points = [&](PersonField of) { return field(told, of).points; };
  RC_ASSERT(untold.points ==
            told.points - points(PersonField::kBirth) - points(PersonField::kPhone) - points(PersonField::kPaper));
  const auto nothing = compare(one, Record());
  RC_ASSERT(nothing.points == 0);
  RC_ASSERT(nothing.standing == Standing::kNone);
}

TEST(Linkage, BearsHostileNames) {
  const std::string longest(10'000, 'a');
  std::string words, marks = "a", syllables;
  for (int i = 0; i < 5'000; ++i) {
    words += "x ";
    marks += "\xCC\x81";
    syllables += "Nguyễn ";
  }
  const std::vector<std::string> hostile{longest,
                                         words,
                                         marks,
                                         syllables,
                                         "",
                                         " ",
                                         "\xFF\xFE",
                                         "Nguy\xE1\xBB",
                                         "\xED\xA0\x80",
                                         std::string("An\0An", 5),
                                         "\xE2\x80\xAE"
                                         "nA",
                                         "阮文安",
                                         "Ан",
                                         "'; DROP TABLE",
                                         "-",
                                         "1",
                                         "\xF4\x90\x80\x80",
                                         "Ω≈ç√"};
  std::vector<Record> records;
  for (const auto& name : hostile) records.push_back(person(name));
  for (const Record& one : records) {
    EXPECT_LE(one.name.syllables.size(), kSyllablesMost);
    for (const Record& other : records) {
      const auto there = compare(one, other);
      EXPECT_EQ(there.points, compare(other, one).points);
      EXPECT_LE(there.points, compare(one, one).points);
    }
  }
  EXPECT_THAT(read_name("\xFF\xFE").syllables, IsEmpty());
}

}  // namespace
}  // namespace luytre::linkage
