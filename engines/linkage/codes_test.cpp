// Codes of places and persons: what they hold, what they forgive, and what they refuse.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>

#include "engines/linkage/base32.h"
#include "engines/linkage/card_code.h"
#include "engines/linkage/order_code.h"
#include "engines/linkage/person_code.h"
#include "engines/linkage/place_code.h"
#include "engines/linkage/qr.h"
#include "platform/base/json.h"
#include "platform/base/text.h"

namespace luytre::linkage {
namespace {

Seed seed_of(unsigned char fill) {
  Seed seed;
  seed.fill(fill);
  return seed;
}

Seed seed_of(std::string_view hex_text) {
  const std::string bytes = unhex(hex_text).value();
  Seed seed;
  std::copy(bytes.begin(), bytes.end(), seed.begin());
  return seed;
}

template <class T>
CodeFault fault_of(const std::variant<T, CodeFault>& read) {
  return std::get<CodeFault>(read);
}

constexpr PlaceToken kMarket{0x0123456789ABCDEF, 3};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// RFC 8032 section 7.1, tests 1 and 2.
TEST(CodeKeys, SignsAsRfc8032Says) {
  const CodeKeys first({{1, seed_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), false}});
  EXPECT_EQ(hex(first.public_keys().at(0).key), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(hex(first.sign(1, "")),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f059"
            "5bbe24655141438e7a100b");
  const CodeKeys second({{1, seed_of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"), false}});
  EXPECT_EQ(hex(second.sign(1, "\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4"
            "302aeeb00d291612bb0c00");
}

TEST(CodeKeys, RefusesKeyListsThatCannotSign) {
  EXPECT_THROW(CodeKeys({}), std::invalid_argument);
  EXPECT_THROW(CodeKeys({{1, seed_of(1), true}}), std::invalid_argument);
  EXPECT_THROW(CodeKeys({{1, seed_of(1), false}, {1, seed_of(2), false}}), std::invalid_argument);
  EXPECT_THROW(CodeKeys({{16, seed_of(1), false}}), std::invalid_argument);
}

TEST(Base32, EveryLengthComesBack) {
  for (std::size_t length = 0; length < 40; ++length) {
    std::string bytes;
    for (std::size_t i = 0; i < length; ++i) bytes += static_cast<char>(i * 73 + length * 29 + 200);
    EXPECT_EQ(parse_base32(base32(bytes)), bytes);
  }
  EXPECT_EQ(base32("foobar"), "CSQPYRK1E8");  // RFC 4648 vector MZXW6YTBOI in Crockford's alphabet
}

TEST(Base32, RefusesWhatNoBytesGive) {
  EXPECT_FALSE(parse_base32("1"));  // five bits are no byte
  EXPECT_FALSE(parse_base32("CSQPYRK1EU"));
  EXPECT_FALSE(parse_base32("ZZ"));  // two bits left over, not zero
  EXPECT_EQ(parse_base32("oO"), std::string(1, '\0'));
}

TEST(PlaceCode, ReadsWhatItWroteFromEveryFormACameraGives) {
  const PlaceCodes codes({{5, seed_of(7), false}});
  const std::string url = codes.url("https://luytre.example/", kMarket);
  EXPECT_TRUE(url.starts_with("https://luytre.example/p/2"));
  EXPECT_EQ(url.size(), std::string("https://luytre.example/p/").size() + 119);
  for (const std::string& form :
       {url, codes.token(kMarket), "  " + url + "\n", lower(url), url + "?utm=1#x",
        "http://127.0.0.1:8080/p/" + codes.token(kMarket), "HTTPS://X.VN/P/" + codes.token(kMarket)}) {
    const auto read = codes.read(form);
    ASSERT_TRUE(std::holds_alternative<PlaceToken>(read)) << form;
    EXPECT_EQ(std::get<PlaceToken>(read), kMarket);
  }
}

// Signed by OpenSSL with the key of RFC 8032, test 1.
TEST(PlaceCode, IsAsAnotherSignerMakesIt) {
  const PlaceCodes codes({{1, seed_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), false}});
  EXPECT_EQ(
      codes.token(kMarket),
      "241G28T5CY4TQKFFT8MY3EJ5X9MBZX8ZPHRQ0E45RMYJA83NWYRCA18A085XKNTJZBZHY67WY1SQ4HPF5SZ0WQB6MP9J6YW12SGJAGC6YEARDEWQ"
      "E8EZ828");
}

TEST(PlaceCode, EveryChangedSymbolIsForged) {
  const PlaceCodes codes({{5, seed_of(7), false}});
  const std::string good = codes.token(kMarket);
  for (std::size_t i = 1; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == '7' ? '8' : '7';
    const auto read = codes.read(bad);
    ASSERT_TRUE(std::holds_alternative<CodeFault>(read)) << i;
    EXPECT_EQ(fault_of(read), CodeFault::kForged) << i;
  }
  EXPECT_EQ(fault_of(codes.read(good.substr(0, 100))), CodeFault::kForged);
  EXPECT_EQ(fault_of(codes.read(good + "0")), CodeFault::kForged);
}

TEST(PlaceCode, AnotherServersKeyIsForgedAndARetiredOneExpired) {
  const PlaceCodes ours({{1, seed_of(1), true}, {2, seed_of(2), false}});
  const PlaceCodes before({{1, seed_of(1), false}});
  const PlaceCodes theirs({{2, seed_of(9), false}});
  const PlaceCodes unknown({{3, seed_of(2), false}});
  EXPECT_EQ(fault_of(ours.read(before.token(kMarket))), CodeFault::kExpired);
  EXPECT_EQ(fault_of(ours.read(theirs.token(kMarket))), CodeFault::kForged);
  EXPECT_EQ(fault_of(ours.read(unknown.token(kMarket))), CodeFault::kForged);
  EXPECT_EQ(ours.keys().signing(), 2u);
}

TEST(PlaceCode, OtherSystemsCodesAreForeign) {
  const PlaceCodes codes({{5, seed_of(7), false}});
  for (const char* text :
       {"", "   ", "https://qr.tokhaiyte.vn/?id=123456", "https://example.com/p/abc",
        "001099012345||Nguyễn Văn An|01011999|Nam|Hà Nội|01012021", "WIFI:S:x;T:WPA;P:y;;", "2", "HC1:6BFOXN"}) {
    EXPECT_EQ(fault_of(codes.read(text)), CodeFault::kForeign) << text;
  }
  EXPECT_EQ(fault_of(codes.read(std::string(3, '\0') + "\xff\xfe")), CodeFault::kForeign);
}

TEST(PlaceCode, FitsAQrCodeThatACheapCameraReads) {
  const PlaceCodes codes({{5, seed_of(7), false}});
  const Qr qr(codes.url("https://phongdich.quangtri.gov.vn", kMarket), Correction::kQuartile);
  EXPECT_LE(qr.size(), 57);  // 15 cm / 57 = 2.6 mm a module
}

class PersonCodeTest : public ::testing::Test {
 protected:
  PersonCodes codes_{{{1, seed_of(3), false}}, seed_of(4)};
  Instant noon_ = parse_instant("2021-08-04T05:00:00Z").value();
  static constexpr std::int64_t kAn = 4711'0815'1234;
};

TEST_F(PersonCodeTest, IsGoodForItsTenMinutesAndALittleMore) {
  const auto code = codes_.make(kAn, noon_ + std::chrono::seconds(61));
  EXPECT_EQ(code.expires, noon_ + std::chrono::minutes(10));
  for (const std::int64_t second : {-119, 0, 61, 599, 600, 719})
    EXPECT_EQ(std::get<std::int64_t>(codes_.read(code.text, noon_ + std::chrono::seconds(second))), kAn) << second;
  for (const std::int64_t second : {-121, 720, 86400})
    EXPECT_EQ(fault_of(codes_.read(code.text, noon_ + std::chrono::seconds(second))), CodeFault::kExpired) << second;
}

TEST_F(PersonCodeTest, DoesNotShowThePersonAndCannotBeFollowed) {
  const std::string first = codes_.make(kAn, noon_).text;
  const std::string again = codes_.make(kAn, noon_).text;
  const std::string later = codes_.make(kAn, noon_ + kPersonCodeLasts).text;
  EXPECT_EQ(first, again);
  const auto sealed = [](const std::string& text) { return parse_base32(text.substr(4)).value().substr(5, 16); };
  std::size_t same = 0;
  for (std::size_t i = 0; i < 16; ++i) same += sealed(first)[i] == sealed(later)[i];
  EXPECT_LE(same, 3u);  // by chance
  std::string plain;
  for (int shift = 56; shift >= 0; shift -= 8) plain += static_cast<char>(kAn >> shift & 0xFF);
  EXPECT_EQ(sealed(first).find(plain.substr(2)), std::string::npos);
}

TEST_F(PersonCodeTest, FitsAQrCodeThatACheapCameraReads) {
  const auto code = codes_.make(std::numeric_limits<std::int64_t>::max(), noon_);
  EXPECT_LE(Qr(code.text).size(), 41) << "4.5 cm on the smallest phone / 41 = 1.1 mm a module";
}

TEST_F(PersonCodeTest, EveryChangedSymbolIsForged) {
  const std::string good = codes_.make(kAn, noon_).text;
  for (std::size_t i = 4; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == '7' ? '8' : '7';
    EXPECT_EQ(fault_of(codes_.read(bad, noon_)), CodeFault::kForged) << i;
  }
  EXPECT_EQ(fault_of(codes_.read("LTP.", noon_)), CodeFault::kForged);
  EXPECT_EQ(fault_of(codes_.read("https://luytre.example/p/2", noon_)), CodeFault::kForeign);
}

TEST_F(PersonCodeTest, OfAnotherServerIsForgedAndUnderARetiredKeyExpired) {
  const PersonCodes theirs({{1, seed_of(5), false}}, seed_of(4));
  EXPECT_EQ(fault_of(codes_.read(theirs.make(kAn, noon_).text, noon_)), CodeFault::kForged);
  const PersonCodes other_sealing({{1, seed_of(3), false}}, seed_of(9));
  EXPECT_EQ(fault_of(codes_.read(other_sealing.make(kAn, noon_).text, noon_)), CodeFault::kForged);
  const PersonCodes newer({{1, seed_of(3), true}, {2, seed_of(6), false}}, seed_of(4));
  EXPECT_EQ(fault_of(newer.read(codes_.make(kAn, noon_).text, noon_)), CodeFault::kExpired);
}

class CardCodeTest : public ::testing::Test {
 protected:
  std::string card() const { return card_code(keys_, {kSerial, last_}); }
  CodeKeys keys_{{{1, seed_of(3), false}}};
  Date last_ = parse_date("2028-03-01").value();
  Instant shown_ = parse_instant("2026-03-02T01:30:00Z").value();
  static constexpr std::uint64_t kSerial = 0x7'1234'5678;
};

TEST_F(CardCodeTest, IsGoodUntilTheEndOfItsLastLocalDay) {
  const auto read = [&](const char* at) { return read_card(keys_, card(), parse_instant(at).value()); };
  for (const char* at : {"2026-03-02T01:30:00Z", "2028-03-01T16:59:59Z"}) {
    const auto good = std::get<ScannedCard>(read(at));
    EXPECT_EQ(good.serial, kSerial);
    EXPECT_FALSE(good.typed);
  }
  EXPECT_EQ(fault_of(read("2028-03-01T17:00:00Z")), CodeFault::kExpired);
  EXPECT_EQ(card().size(), 120u);
  EXPECT_LE(Qr(card(), Correction::kQuartile).size(), 45) << "3.8 cm / 45 = 0.84 mm a module";
}

TEST_F(CardCodeTest, EveryChangedSymbolIsForgedAndOtherServersCardsAreNotOurs) {
  for (std::size_t i = 4; i < card().size(); ++i) {
    std::string bad = card();
    bad[i] = bad[i] == '7' ? '8' : '7';
    EXPECT_EQ(fault_of(read_card(keys_, bad, shown_)), CodeFault::kForged) << i;
  }
  EXPECT_EQ(fault_of(read_card(keys_, "LTC.", shown_)), CodeFault::kForged);
  EXPECT_EQ(fault_of(read_card(keys_, "LTP.ABC", shown_)), CodeFault::kForeign);
  const CodeKeys theirs({{1, seed_of(5), false}});
  EXPECT_EQ(fault_of(read_card(keys_, card_code(theirs, {kSerial, last_}), shown_)), CodeFault::kForged);
  const CodeKeys newer({{1, seed_of(3), true}, {2, seed_of(6), false}});
  EXPECT_EQ(fault_of(read_card(newer, card(), shown_)), CodeFault::kExpired);
  // Signed by us, but as another kind of code.
  const PersonCodes persons({{1, seed_of(3), false}}, seed_of(4));
  EXPECT_EQ(fault_of(read_card(keys_, "LTC." + persons.make(1, shown_).text.substr(4), shown_)), CodeFault::kForged);
}

TEST_F(CardCodeTest, TheNumberBelowItMayBeTyped) {
  const std::string shown = shown_card_serial(kSerial);
  EXPECT_EQ(shown.substr(0, 4), "LTC-");
  for (std::string typed : {shown, std::string("ltc ") + shown.substr(4), "  " + shown + " "}) {
    const auto read = std::get<ScannedCard>(read_card(keys_, typed, shown_));
    EXPECT_EQ(read.serial, kSerial);
    EXPECT_TRUE(read.typed);
  }
  std::string wrong = shown;
  wrong[5] = wrong[5] == '7' ? '8' : '7';
  EXPECT_EQ(fault_of(read_card(keys_, wrong, shown_)), CodeFault::kForeign);
  EXPECT_TRUE(looks_like_card(shown));
  EXPECT_FALSE(looks_like_card(shown.substr(4))) << "without the letters it is a place's number";
}

// The web's test of how far our codes are read (web/shared/src/scan/range.test.ts) begins with these.
TEST(CodeSamples, AreWhatWeMake) {
  std::ifstream file(LUYTRE_SOURCE_DIR "/tests/samples/codes.json", std::ios::binary);
  const auto samples = json::parse_value(std::string(std::istreambuf_iterator<char>(file), {}));
  ASSERT_TRUE(samples);
  const auto expect_same = [&](const char* name, const std::string& text, Correction correction) {
    const json::Object& sample = samples->as_object().at(name).as_object();
    EXPECT_EQ(sample.at("text").as_string(), text) << name;
    const Qr qr(text, correction);
    const json::Array& rows = sample.at("rows").as_array();
    ASSERT_EQ(rows.size(), static_cast<std::size_t>(qr.size())) << name;
    for (int y = 0; y < qr.size(); ++y) {
      std::string row;
      for (int x = 0; x < qr.size(); ++x) row += qr.dark(x, y) ? '#' : '.';
      EXPECT_EQ(rows.at(static_cast<std::size_t>(y)).as_string(), row) << name << ' ' << y;
    }
  };
  const PersonCodes persons({{1, seed_of(3), false}}, seed_of(4));
  const Instant noon = parse_instant("2021-08-04T05:00:00Z").value();
  expect_same("person", persons.make(std::numeric_limits<std::int64_t>::max(), noon).text, Correction::kMedium);
  const CodeKeys cards({{1, seed_of(3), false}});
  expect_same("card", card_code(cards, {0x7'1234'5678, parse_date("2028-03-01").value()}), Correction::kQuartile);
  const PlaceCodes places({{5, seed_of(7), false}});
  expect_same("place", places.url("https://phongdich.quangtri.gov.vn", kMarket), Correction::kQuartile);
}

TEST(OrderCode, NamesTheOrderAndThePaperAndCannotBeChanged) {
  const CodeKeys keys({{1, seed_of(3), false}});
  const OrderToken token{0x7'1234'5678, 3};
  const std::string code = order_code(keys, token);
  EXPECT_EQ(std::get<OrderToken>(read_order(keys, code)), token);
  EXPECT_EQ(std::get<OrderToken>(read_order(keys, " " + order_url(keys, "https://luytre.example", token))), token);
  EXPECT_EQ(shown_order_serial(token.serial).substr(0, 4), "LTQ-");
  EXPECT_EQ(parse_order_serial(" " + shown_order_serial(token.serial)), token.serial);
  EXPECT_EQ(parse_order_serial("ltq 7gk2"), std::nullopt);
  EXPECT_EQ(parse_order_serial(code), std::nullopt);
  for (std::size_t i = 4; i < code.size(); ++i) {
    std::string bad = code;
    bad[i] = bad[i] == '7' ? '8' : '7';
    EXPECT_EQ(fault_of(read_order(keys, bad)), CodeFault::kForged) << i;
  }
  EXPECT_EQ(fault_of(read_order(keys, "LTQ.")), CodeFault::kForged);
  // A number alone is no proof of a paper.
  EXPECT_EQ(fault_of(read_order(keys, shown_order_serial(token.serial))), CodeFault::kForeign);
  EXPECT_EQ(fault_of(read_order(keys, "LTQ." + card_code(keys, {token.serial, {}}).substr(4))), CodeFault::kForged);
  const CodeKeys newer({{1, seed_of(3), true}, {2, seed_of(6), false}});
  EXPECT_EQ(fault_of(read_order(newer, code)), CodeFault::kExpired);
}

TEST(Qr, DrawsEveryDarkModuleAndNothingElse) {
  const Qr qr("LTP.ABC");
  std::set<std::pair<int, int>> drawn;
  const std::string path = qr.path(0, 0);
  for (std::size_t at = 0; at < path.size();) {
    int x = 0, y = 0, run = 0, back = 0, used = 0;
    ASSERT_EQ(std::sscanf(path.c_str() + at, "M%d %dh%dv1h-%dz%n", &x, &y, &run, &back, &used), 4);
    ASSERT_EQ(run, back);
    for (int i = 0; i < run; ++i) drawn.emplace(x + i, y);
    at += static_cast<std::size_t>(used);
  }
  for (int y = 0; y < qr.size(); ++y)
    for (int x = 0; x < qr.size(); ++x) EXPECT_EQ(drawn.contains({x, y}), qr.dark(x, y));
  EXPECT_THAT(qr.svg(150), ::testing::HasSubstr("width=\"150.00mm\""));
  EXPECT_THROW(Qr(std::string(3000, 'a')), std::length_error);
}

}  // namespace
}  // namespace luytre::linkage
