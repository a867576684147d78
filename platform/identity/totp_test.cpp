#include "platform/identity/totp.h"

#include <gtest/gtest.h>

namespace luytre::identity {
namespace {

constexpr std::string_view kSecret = "12345678901234567890";  // of both RFCs

TEST(Totp, Rfc6238TestVectors) {  // appendix B, the SHA-1 rows
  const std::pair<std::int64_t, const char*> vectors[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
  };
  for (const auto& [seconds, code] : vectors)
    EXPECT_EQ(totp_code(kSecret, seconds / kTotpStepSeconds, 8), code) << seconds;
}

TEST(Totp, Rfc4226TestVectors) {  // appendix D
  const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                         "254676", "287922", "162583", "399871", "520489"};
  for (int count = 0; count < 10; ++count) EXPECT_EQ(totp_code(kSecret, count), codes[count]) << count;
}

TEST(Totp, OneStepOfDriftEitherWayAndNoMore) {
  const Instant now{1111111109};
  const std::int64_t step = now.seconds / kTotpStepSeconds;
  for (std::int64_t drift = -1; drift <= 1; ++drift) {
    EXPECT_EQ(totp_match(kSecret, totp_code(kSecret, step + drift), now, 0), step + drift);
  }
  EXPECT_FALSE(totp_match(kSecret, totp_code(kSecret, step - 2), now, 0));
  EXPECT_FALSE(totp_match(kSecret, totp_code(kSecret, step + 2), now, 0));
}

TEST(Totp, AStepIsNotAcceptedTwice) {
  const Instant now{1111111109};
  const std::int64_t step = now.seconds / kTotpStepSeconds;
  EXPECT_FALSE(totp_match(kSecret, totp_code(kSecret, step), now, step));
  EXPECT_FALSE(totp_match(kSecret, totp_code(kSecret, step - 1), now, step));
  EXPECT_TRUE(totp_match(kSecret, totp_code(kSecret, step + 1), now, step));
}

TEST(Totp, WrongFormsNeverMatch) {
  for (const char* code : {"", "12345", "1234567", "abcdef"})
    EXPECT_FALSE(totp_match(kSecret, code, Instant{59}, 0)) << code;
}

TEST(Totp, Base32OfRfc4648) {
  EXPECT_EQ(base32(""), "");
  EXPECT_EQ(base32("f"), "MY");
  EXPECT_EQ(base32("fo"), "MZXQ");
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
}

TEST(Totp, UriForAuthenticatorApps) {
  EXPECT_EQ(
      totp_uri("Lũy Tre", "an.cdc", "foobar"),
      "otpauth://totp/L%C5%A9y%20Tre:an.cdc?secret=MZXW6YTBOI&issuer=L%C5%A9y%20Tre&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace luytre::identity
