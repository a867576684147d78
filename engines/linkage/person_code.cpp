#include "engines/linkage/person_code.h"

#include <sodium.h>

#include "engines/linkage/base32.h"
#include "engines/linkage/bytes.h"

namespace luytre::linkage {
namespace {

constexpr unsigned kFormat = 2;
constexpr std::string_view kPrefix = "LTP.";
constexpr std::size_t kSlotAt = 1, kSealedAt = 5, kMessageBytes = 21;
constexpr std::size_t kBytes = kMessageBytes + kSignatureBytes;
constexpr std::int64_t kSlotSeconds = std::chrono::seconds(kPersonCodeLasts).count();

std::string masked(std::string_view value, std::string_view mask) {
  std::string out(value);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(out[i] ^ mask[i]);
  return out;
}

}  // namespace

bool PersonCodes::looks_ours(std::string_view scanned) {
  const std::string_view text = trimmed(scanned);
  if (text.size() < kPrefix.size()) return false;
  for (std::size_t i = 0; i < kPrefix.size(); ++i) {
    const char upper = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
    if (upper != kPrefix[i]) return false;
  }
  return true;
}

std::string PersonCodes::keyed(std::string_view what, std::string_view message) const {
  unsigned char full[crypto_generichash_BYTES_MIN];
  const std::string input = std::string(what) + std::string(message);
  crypto_generichash(full, sizeof full, reinterpret_cast<const unsigned char*>(input.data()), input.size(),
                     sealing_.data(), sealing_.size());
  return {reinterpret_cast<const char*>(full), 8};
}

std::string PersonCodes::sealed(std::string_view slot, std::string_view number) const {
  const std::string iv = keyed("iv", std::string(slot) + std::string(number));
  return iv + masked(number, keyed("mask", std::string(slot) + iv));
}

PersonCodes::Code PersonCodes::make(std::int64_t person, Instant now) const {
  const std::int64_t slot = now.seconds / kSlotSeconds;
  std::string slot_bytes, number;
  append_be(slot_bytes, static_cast<std::uint64_t>(slot), 4);
  append_be(number, static_cast<std::uint64_t>(person), 8);
  std::string bytes(1, static_cast<char>(kFormat << 4 | keys_.signing()));
  bytes += slot_bytes + sealed(slot_bytes, number);
  bytes += keys_.sign(keys_.signing(), bytes);
  return {std::string(kPrefix) + base32(bytes), Instant{(slot + 1) * kSlotSeconds}};
}

std::variant<std::int64_t, CodeFault> PersonCodes::read(std::string_view scanned, Instant at) const {
  const std::string_view text = trimmed(scanned);
  if (!looks_ours(text)) return CodeFault::kForeign;
  const auto bytes = parse_base32(text.substr(kPrefix.size()));
  if (!bytes || bytes->size() != kBytes) return CodeFault::kForged;
  const auto head = static_cast<unsigned char>((*bytes)[0]);
  if (head >> 4 != kFormat) return CodeFault::kForged;

  const std::string_view all(*bytes);
  const auto verdict = keys_.check(head & 15, all.substr(0, kMessageBytes), all.substr(kMessageBytes));
  if (verdict == CodeKeys::Check::kForged) return CodeFault::kForged;

  const std::string_view slot_bytes = all.substr(kSlotAt, kSealedAt - kSlotAt);
  const std::string iv(all.substr(kSealedAt, 8));
  const std::string number = masked(all.substr(kSealedAt + 8, 8), keyed("mask", std::string(slot_bytes) + iv));
  if (keyed("iv", std::string(slot_bytes) + number) != iv) return CodeFault::kForged;

  const auto slot = static_cast<std::int64_t>(read_be(slot_bytes));
  const Interval good{Instant{slot * kSlotSeconds} - kPersonCodeGrace,
                      Instant{(slot + 1) * kSlotSeconds} + kPersonCodeGrace};
  if (verdict == CodeKeys::Check::kRetired || at < good.from || at >= good.to) return CodeFault::kExpired;
  return static_cast<std::int64_t>(read_be(number));
}

}  // namespace luytre::linkage
