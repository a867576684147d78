// Time-based one-time passwords: RFC 6238 with HMAC-SHA-1, 30-second steps from the Unix epoch, six digits (RFC 4226
// truncation), the profile that every authenticator app speaks. One step of clock drift is allowed either way. Pure
// functions; the caller remembers the last accepted step, so that a code works once.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/time.h"

namespace luytre::identity {

inline constexpr std::int64_t kTotpStepSeconds = 30;
inline constexpr std::int64_t kTotpDrift = 1;        // steps
inline constexpr std::size_t kTotpSecretBytes = 20;  // RFC 4226 section 4, R6: 160 bits

std::string totp_code(std::string_view secret, std::int64_t step, int digits = 6);

// The step whose code this is, if it lies within the drift and after `last_step`.
std::optional<std::int64_t> totp_match(std::string_view secret, std::string_view code, Instant now,
                                       std::int64_t last_step);

std::string base32(std::string_view bytes);  // RFC 4648, no padding: how people type a secret
// otpauth://totp/… as authenticator apps read it from a QR code.
std::string totp_uri(std::string_view issuer, std::string_view account, std::string_view secret);

}  // namespace luytre::identity
