#include "modules/cases/impl.h"

namespace luytre::cases {

namespace {

// "COV-260821-7K2FQ9": the disease, the local day, and six characters of base32.
std::string case_number(std::string_view disease, Date day, std::int64_t serial) {
  std::string out;
  for (const char c : disease.substr(0, 3)) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  const std::string date = to_text(day);
  out += '-' + date.substr(2, 2) + date.substr(5, 2) + date.substr(8, 2) + '-';
  for (const char c : id_text(serial).substr(7)) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

}  // namespace

// The id's milliseconds repeat only after twelve days. Who finds that number taken goes on in strides of its own, wide
// ones: thousands of cases that come within a second, or while the clock stands, do not look at each other's numbers in
// turn. An odd stride passes every number before it comes back.
std::string free_number(store::Session& session, std::string_view disease, Date day, CaseId id) {
  constexpr int kBelowMilliseconds = 22;                  // id.h: process number and counter
  constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15U;  // 2^64 over the golden ratio: Knuth 6.4, Fibonacci hashing
  constexpr int kStrideBits = 29;                         // of the 30 of a number
  const auto spread = static_cast<std::uint64_t>(id.value) * kGolden >> (64 - kStrideBits);
  const auto stride = static_cast<std::int64_t>(spread * 2 + 1);
  for (std::int64_t serial = id.value >> kBelowMilliseconds;; serial += stride) {
    std::string number = case_number(disease, day, serial);
    if (!Cases::by_number(session, number)) return number;
  }
}

}  // namespace luytre::cases
