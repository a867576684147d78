// Codes of other systems: a table of what cards and apps really show (invented people), and what must hold for all.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include "engines/linkage/any_code.h"
#include "engines/linkage/id_card.h"
#include "engines/linkage/insurance_card.h"
#include "engines/linkage/mrz.h"
#include "engines/linkage/national_qr.h"
#include "engines/linkage/person_code.h"
#include "engines/linkage/place_code.h"
#include "engines/linkage/short_code.h"
#include "platform/base/text.h"

namespace luytre::linkage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Date kToday = make_date(2026, 11, 22);

Claim claim_of(std::string_view code) {
  const AnyCode read = read_code(code, kToday);
  EXPECT_EQ(read.kind, CodeKind::kForeign) << code;
  return read.claim.value_or(Claim());
}

// ---- identity cards ----

constexpr std::string_view kIdCard =
    "045099000123|197123456|Nguyễn Thị Hạnh|30041975|Nữ|Thôn Mỹ Lộc, Hải Quế, Hải Lăng, Quảng Trị|25042021";

TEST(IdCard, SevenFields) {
  const Claim card = claim_of(kIdCard);
  EXPECT_EQ(card.kind, ClaimKind::kIdCard);
  EXPECT_EQ(card.name, "Nguyễn Thị Hạnh");
  EXPECT_FALSE(card.plain_name);
  EXPECT_EQ(card.birth, (PartialDate{1975, 4, 30}));
  EXPECT_EQ(card.birth->whole(), make_date(1975, 4, 30));
  EXPECT_EQ(card.sex, ClaimedSex::kFemale);
  EXPECT_EQ(card.address, "Thôn Mỹ Lộc, Hải Quế, Hải Lăng, Quảng Trị");
  EXPECT_EQ(card.issued, (PartialDate{2021, 4, 25}));
  EXPECT_THAT(claim_keys(card), ElementsAre("cccd:045099000123", "cmnd:197123456"));
  EXPECT_THAT(card.rest, IsEmpty());
}

TEST(IdCard, WithoutAnOldNumber) {
  const Claim card =
      claim_of("079201004567||Trần Văn Bình|09122001|Nam|12 Lê Lợi, Bến Nghé, Quận 1, TP HCM|01032022\r\n");
  EXPECT_THAT(claim_keys(card), ElementsAre("cccd:079201004567"));
  EXPECT_EQ(card.sex, ClaimedSex::kMale);
}

TEST(IdCard, KeepsTheTailOfCardsSince2024AsItStands) {
  const Claim card = claim_of(
      "045310000777||Lê Bảo An|01022010|Nam|Khu phố 2, Đông Hà, Quảng Trị|20082024||Lê Văn Cường|Hồ Thị Duyên|");
  EXPECT_THAT(claim_keys(card), ElementsAre("cccd:045310000777"));
  EXPECT_EQ(card.issued, (PartialDate{2024, 8, 20}));
  EXPECT_THAT(card.rest, ElementsAre("", "Lê Văn Cường", "Hồ Thị Duyên", ""));
}

TEST(IdCard, NamesAreComposed) {
  // "Nguyễn" with its marks written apart (NFD), and two blanks.
  const Claim card = claim_of("045099000123||Nguye\u0302\u0303n  Thi\u0323 A|30041975|Nu\u031b\u0303|x|25042021");
  EXPECT_EQ(card.name, "Nguyễn Thị A");
  EXPECT_EQ(card.sex, ClaimedSex::kFemale);
}

TEST(IdCard, AnOldNumberThatIsNoneIsKeptButFindsNobody) {
  const Claim card = claim_of("045099000123|Q.12-34|A|00001960|Nam|x|25042021");
  ASSERT_EQ(card.papers.size(), 2u);
  EXPECT_EQ(card.papers[1].text, "Q.12-34");
  EXPECT_THAT(claim_keys(card), ElementsAre("cccd:045099000123"));
  EXPECT_EQ(card.birth, (PartialDate{1960, 0, 0}));
  EXPECT_EQ(card.birth->whole(), std::nullopt);
}

TEST(IdCard, RefusesWhatIsNone) {
  for (const char* code :
       {"", "|", "||||||", "04509900012||A|30041975|Nam|x|25042021", "145099000123||A|30041975|Nam|x|25042021",
        "045099000123||A|31041975|Nam|x|25042021", "045099000123|||30041975|Nam|x|25042021",
        "045099000123||A|30041975|Nam|x", "045******123||A|30041975|Nam|x|25042021"}) {
    EXPECT_FALSE(read_id_card(code)) << code;
    EXPECT_EQ(read_code(code, kToday).kind, CodeKind::kUnknown) << code;
  }
}

// ---- the national QR ----

TEST(NationalQr, AsTheAppsShowedIt) {
  const Claim qr = claim_of("******000123|NGUYEN THI HANH|1975-**-**|0|162979388586171100|2<GD4877*******<0943******");
  EXPECT_EQ(qr.kind, ClaimKind::kNationalQr);
  EXPECT_EQ(qr.name, "NGUYEN THI HANH");
  EXPECT_TRUE(qr.plain_name);
  EXPECT_EQ(qr.birth, (PartialDate{1975, 0, 0}));
  EXPECT_EQ(qr.sex, ClaimedSex::kFemale);
  EXPECT_EQ(qr.qid, "162979388586171100");
  EXPECT_FALSE(qr.by_another);
  ASSERT_EQ(qr.papers.size(), 2u);
  EXPECT_EQ(qr.papers[0].text, "******000123");
  EXPECT_EQ(qr.papers[1].text, "GD4877*******");
  EXPECT_EQ(qr.phone.value().text, "0943******");
  EXPECT_EQ(qr.phone->e164, std::nullopt);
  EXPECT_THAT(claim_keys(qr), IsEmpty());
}

TEST(NationalQr, Unmasked) {
  const Claim qr =
      claim_of("045099000123|NGUYEN THI HANH|1975-04-30|0|162979388586171100|2<GD4794501234567<0943123456<");
  EXPECT_EQ(qr.birth, (PartialDate{1975, 4, 30}));
  EXPECT_THAT(claim_keys(qr), ElementsAre("cccd:045099000123", "insurance:4501234567"));
  EXPECT_EQ(qr.phone.value().e164, "+84943123456");
}

TEST(NationalQr, DeclaredByAnother) {
  const Claim qr =
      claim_of("197123456|LE BAO AN|2010-02-**|1|163000000000000001|162979388586171100<1<<0943******<c2ln");
  EXPECT_TRUE(qr.by_another);
  EXPECT_EQ(qr.declarer_qid, "162979388586171100");
  EXPECT_EQ(qr.birth, (PartialDate{2010, 2, 0}));
  EXPECT_EQ(qr.sex, ClaimedSex::kMale);
  EXPECT_THAT(claim_keys(qr), ElementsAre("cmnd:197123456"));
  EXPECT_THAT(qr.rest, ElementsAre("c2ln"));
}

TEST(NationalQr, PassportsYearsAndMissingParts) {
  EXPECT_THAT(claim_keys(claim_of("C1234567|JOHN SMITH|1989/3/3|0|163000000000000002|")),
              ElementsAre("passport:C1234567"));
  EXPECT_EQ(claim_of("|A|1989|0|163000000000000002").birth, (PartialDate{1989, 0, 0}));
  EXPECT_THAT(claim_of("|A|1989|0|163000000000000002").papers, IsEmpty());
}

TEST(NationalQr, ManyWaysOfMasking) {
  for (const char* paper : {"******000123", "045099******", "*", "xxxxxx509012", "XXXXXX5091", "••••••000123"}) {
    const Claim qr = claim_of(std::string(paper) + "|A|1989-**-**|0|163000000000000002|");
    EXPECT_THAT(claim_keys(qr), IsEmpty()) << paper;
    EXPECT_EQ(qr.papers.at(0).text, paper);
  }
}

TEST(NationalQr, RefusesWhatIsNone) {
  for (const char* code :
       {"045099000123|A|1975-04-30|2|1|", "045099000123|A|1975-04-30|0|x|", "045099000123||1975-04-30|0|1|",
        "045099000123|A|1975-13-30|0|1|", "045099000123|A|75-04-30|0|1|", "045099000123|A|1975-04-30|0"})
    EXPECT_FALSE(read_national_qr(code)) << code;
}

// ---- insurance cards ----

std::string insurance(std::string_view number, std::string_view name, std::string_view birth) {
  return std::string(number) + "|" + hex(name) + "|" + std::string(birth) + "|2|" +
         hex("Hải Quế, Hải Lăng, Quảng Trị") +
         "|45 - 012|01/01/2021|-|15/12/2020|45030112345678|-|4|01/01/2025|1a2b3c4d5e6f-7102|$";
}

TEST(InsuranceCard, OldCards) {
  const Claim card = claim_of(insurance("GD4454501234567", "Nguyễn Thị Hạnh", "30/04/1975"));
  EXPECT_EQ(card.kind, ClaimKind::kInsuranceCard);
  EXPECT_EQ(card.name, "Nguyễn Thị Hạnh");
  EXPECT_EQ(card.birth, (PartialDate{1975, 4, 30}));
  EXPECT_EQ(card.sex, ClaimedSex::kFemale);
  EXPECT_EQ(card.address, "Hải Quế, Hải Lăng, Quảng Trị");
  EXPECT_EQ(card.valid_from, (PartialDate{2021, 1, 1}));
  EXPECT_EQ(card.expires, std::nullopt);
  EXPECT_THAT(claim_keys(card), ElementsAre("insurance:4501234567"));
  EXPECT_EQ(card.rest.front(), "45 - 012");
  EXPECT_EQ(card.rest.back(), "$");
}

TEST(InsuranceCard, NewCardsHaveThePersonsNumberAlone) {
  const Claim card = claim_of(insurance("4501234567", "Hồ Văn Côn", "1948"));
  EXPECT_EQ(card.birth, (PartialDate{1948, 0, 0}));
  EXPECT_THAT(claim_keys(card), ElementsAre("insurance:4501234567"));
}

TEST(InsuranceCard, RefusesWhatIsNone) {
  EXPECT_FALSE(read_insurance_card(insurance("GD6454501234567", "A", "1948")));  // benefit is 1 to 5
  EXPECT_FALSE(read_insurance_card(insurance("GD44545******67", "A", "1948")));
  EXPECT_FALSE(read_insurance_card(insurance("4501234567", "", "1948")));
  EXPECT_FALSE(read_insurance_card("4501234567|Hồ Văn Côn|1948|1|00|45 - 012|01/01/2021|-|$"));  // not hexadecimal
  EXPECT_FALSE(read_insurance_card("4501234567|ff|1948|1|00|45 - 012|01/01/2021|-|$"));          // not UTF-8
}

// ---- which is which ----

TEST(AnyCode, TellsOursFromOthers) {
  const std::vector<CodeKey> keys{{1, Seed{1}, false}};
  const PlaceCodes places(keys);
  const PersonCodes persons(keys, Seed{2});
  const auto kind = [](std::string_view text) { return read_code(text, kToday).kind; };
  EXPECT_EQ(kind(places.url("https://luytre.example", {7, 1})), CodeKind::kPlace);
  EXPECT_EQ(kind(shown_short_code(short_code(123456789))), CodeKind::kPlace);
  EXPECT_EQ(kind(persons.make(7, Instant{1'628'053'200}).text), CodeKind::kPerson);
  EXPECT_EQ(kind("ltp.damaged"), CodeKind::kPerson);
  EXPECT_EQ(kind("ltc.damaged"), CodeKind::kCard);
  EXPECT_EQ(kind("LTC-7GK2-M0QX"), CodeKind::kCard);
  for (const char* text : {"", "0912345678", "https://qr.tokhaiyte.vn/123", "HC1:6BF", "\xff\xfe|||||||", "hello"})
    EXPECT_EQ(kind(text), CodeKind::kUnknown) << text;
  EXPECT_EQ(kind(std::string(kIdCard) + "|" + std::string(3000, 'x')), CodeKind::kUnknown);  // larger than a QR code
}

// ---- what must hold for all ----

std::string digits(std::size_t count) {
  return *rc::gen::container<std::string>(count, rc::gen::inRange('0', static_cast<char>('9' + 1)));
}

std::string letters() {
  const std::vector<std::string> syllables{"Nguyễn", "Đặng", "Thị", "Ánh", "Ơn", "Ywăn", "Ksor", "Lý"};
  std::string out;
  for (const auto& s :
       *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(syllables)))) {
    out += (out.empty() ? "" : " ") + s;
  }
  return out;
}

PartialDate day() {
  return {*rc::gen::inRange(1900, 2026), *rc::gen::inRange(1u, 13u), *rc::gen::inRange(1u, 29u)};
}

std::string ddmmyyyy(const PartialDate& d) {
  const std::string text = to_text(*d.whole());
  return text.substr(8, 2) + text.substr(5, 2) + text.substr(0, 4);
}

RC_GTEST_PROP(IdCardAlways, ReadsWhatWasWritten, ()) {
  const std::string number = "0" + digits(11), name = letters(), address = letters();
  const std::string old = *rc::gen::element(std::string(), digits(9));
  const PartialDate birth = day(), issued = day();
  const auto tail =
      *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{"", "Hồ A", "1"}));
  std::string code =
      number + "|" + old + "|" + name + "|" + ddmmyyyy(birth) + "|Nam|" + address + "|" + ddmmyyyy(issued);
  for (const auto& field : tail) code += "|" + field;
  const auto card = read_id_card(code);
  RC_ASSERT(card.has_value());
  RC_ASSERT(card->name == name);
  RC_ASSERT(card->address == address);
  RC_ASSERT(card->birth == birth);
  RC_ASSERT(card->issued == issued);
  RC_ASSERT(card->rest == tail);
  std::vector<std::string> keys{"cccd:" + number};
  if (!old.empty()) keys.push_back("cmnd:" + old);
  RC_ASSERT(claim_keys(*card) == keys);
}

std::string masked_somewhere(std::string text, bool& masked) {
  for (char& c : text) {
    if (*rc::gen::weightedElement<bool>({{5, false}, {1, true}})) {
      c = '*';
      masked = true;
    }
  }
  return text;
}

RC_GTEST_PROP(NationalQrAlways, NeverTakesAMaskedNumberForAWholeOne, ()) {
  bool paper_masked = false, card_masked = false, phone_masked = false;
  const std::string paper =
      masked_somewhere(*rc::gen::element("0" + digits(11), digits(9), "C" + digits(7)), paper_masked);
  const std::string card = "DN" + masked_somewhere("4" + digits(12), card_masked);
  const std::string phone = "09" + masked_somewhere(digits(8), phone_masked);
  const auto qr = read_national_qr(paper + "|NGUYEN AN|1975-**-**|0|163000000000000002|1<" + card + "<" + phone + "<");
  RC_ASSERT(qr.has_value());
  RC_ASSERT(qr->papers.size() == 2u);
  RC_ASSERT(qr->papers[0].key.has_value() == !paper_masked);
  RC_ASSERT(qr->papers[1].key.has_value() == !card_masked);
  RC_ASSERT(qr->phone.has_value());
  RC_ASSERT(qr->phone->e164.has_value() == !phone_masked);
  RC_ASSERT(qr->phone->text == phone);
}

RC_GTEST_PROP(InsuranceCardAlways, ReadsWhatWasWritten, ()) {
  const std::string person = digits(10), name = letters();
  const std::string number =
      *rc::gen::element(person, "HS" + *rc::gen::element(std::string("4"), std::string("1")) + digits(2) + person);
  const auto card = read_insurance_card(insurance(number, name, "1948"));
  RC_ASSERT(card.has_value());
  RC_ASSERT(card->name == name);
  RC_ASSERT(claim_keys(*card) == std::vector<std::string>{"insurance:" + person});
}

// Fields of the formats in any order and number.
std::string shuffled() {
  const std::vector<std::string> pieces{"045099000123",
                                        "197123456",
                                        "4501234567",
                                        "GD4454501234567",
                                        hex("An"),
                                        "An",
                                        "30041975",
                                        "30/04/1975",
                                        "1975-04-30",
                                        "1975",
                                        "Nam",
                                        "0",
                                        "1",
                                        "163000000000000002",
                                        "-",
                                        "$",
                                        "",
                                        "C1234567",
                                        "1<GD4877*******<0943******"};
  std::string out;
  for (const auto& piece :
       *rc::gen::resize(14, rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)))) {
    out += piece + "|";
  }
  return out.empty() ? out : out.substr(0, out.size() - 1);
}

RC_GTEST_PROP(AnyCodeAlways, IsOfOneFormatAtMost, ()) {
  const std::string code = *rc::gen::element(0, 1) == 0 ? shuffled() : *rc::gen::arbitrary<std::string>();
  const int readers = (read_id_card(code) ? 1 : 0) + (read_national_qr(code) ? 1 : 0) +
                      (read_insurance_card(code) ? 1 : 0) + (read_mrz(code, kToday) ? 1 : 0);
  RC_CLASSIFY(readers == 1);
  RC_ASSERT(readers <= 1);
  RC_ASSERT((read_code(code, kToday).kind == CodeKind::kForeign) == (readers == 1));
}

}  // namespace
}  // namespace luytre::linkage
