#include "engines/proximity/upload.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

namespace luytre::proximity {
namespace {

constexpr std::size_t kLeastSecret = 16;
constexpr std::size_t kProofKeyBytes = 24;

Instant cut_down(Instant t, std::chrono::seconds window) {
  return {t.seconds - t.seconds % window.count()};
}
Instant cut_up(Instant t, std::chrono::seconds window) {
  return cut_down(t + window - std::chrono::seconds(1), window);
}

std::optional<KeyFault> fault_of(const UploadedKey& key, Instant now, const UploadRules& rules) {
  if (key.key.size() != sizeof(Bytes16)) return KeyFault::kLength;
  if (key.period < 1 || key.period > kRollingPeriod) return KeyFault::kPeriod;
  if (key.start > interval_at(now)) return KeyFault::kFuture;
  if (key.start < 0 || key.start + key.period <= interval_at(now - rules.oldest)) return KeyFault::kTooOld;
  if (key.transmission_risk < 0 || key.transmission_risk > kMostTransmissionRisk) return KeyFault::kRisk;
  if (key.onset_days && (*key.onset_days < -kMostOnsetDays || *key.onset_days > kMostOnsetDays))
    return KeyFault::kOnset;
  return std::nullopt;
}

AcceptedKey accepted(const UploadedKey& from, ReportType type, Instant now, const UploadRules& rules) {
  AcceptedKey out;
  std::copy(from.key.begin(), from.key.end(), out.key.key.key.begin());
  out.key.key.start = static_cast<IntervalNumber>(from.start);
  out.key.key.period = static_cast<std::uint32_t>(from.period);
  out.key.transmission_risk = static_cast<std::int32_t>(from.transmission_risk);
  out.key.report_type = type;
  if (from.onset_days) out.key.onset_days = static_cast<std::int32_t>(*from.onset_days);
  const Instant harmless = end_of(out.key.key) + rules.drift;
  out.publish = std::max(cut_down(now, rules.window), cut_up(harmless, rules.window));
  return out;
}

// Of keys by start, then period.
std::optional<UploadFault> fault_between(const std::vector<AcceptedKey>& keys, const UploadRules& rules) {
  std::size_t of_one_start = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool same = i > 0 && keys[i].key.key.start == keys[i - 1].key.key.start;
    of_one_start = same ? of_one_start + 1 : 1;
    if (of_one_start > rules.most_of_one_start) return UploadFault::kTooManyOfDay;
    if (i > 0 && !same && begin_of(keys[i].key.key.start) < end_of(keys[i - 1].key.key)) return UploadFault::kOverlap;
  }
  return std::nullopt;
}

std::string base64(const Bytes16& bytes) {
  unsigned char out[25];  // 24 and a zero
  const int size = EVP_EncodeBlock(out, bytes.data(), static_cast<int>(bytes.size()));
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
}

void append_be(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}
std::uint32_t read_be(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char byte : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

std::variant<Upload, UploadFault> check_upload(std::span<const UploadedKey> keys, ReportType type, Instant now,
                                               const UploadRules& rules) {
  if (type != ReportType::kConfirmedTest && type != ReportType::kConfirmedClinical) return UploadFault::kReportType;
  if (keys.empty()) return UploadFault::kNoKeys;
  if (keys.size() > rules.most_keys) return UploadFault::kTooManyKeys;
  Upload out;
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto fault = fault_of(keys[i], now, rules);
    if (!fault && !seen.insert(keys[i].key).second) fault = KeyFault::kRepeated;
    if (fault)
      out.dropped.push_back({i, *fault});
    else
      out.keys.push_back(accepted(keys[i], type, now, rules));
  }
  std::sort(out.keys.begin(), out.keys.end(), [](const AcceptedKey& a, const AcceptedKey& b) {
    return std::tie(a.key.key.start, a.key.key.period, a.key.key.key) <
           std::tie(b.key.key.start, b.key.key.period, b.key.key.key);
  });
  if (const auto fault = fault_between(out.keys, rules)) return *fault;
  return out;
}

Revision revision_of(const DiagnosisKey& published, bool revised_before, ReportType to,
                     std::span<const TemporaryKey> proof) {
  if (std::find(proof.begin(), proof.end(), published.key) == proof.end()) return Revision::kForbidden;
  if (published.report_type == to) return Revision::kNone;
  const bool allowed = published.report_type == ReportType::kConfirmedClinical && !revised_before &&
                       (to == ReportType::kConfirmedTest || to == ReportType::kRevoked);
  return allowed ? Revision::kRevise : Revision::kForbidden;
}

std::string revision_proof(std::span<const TemporaryKey> keys) {
  std::string out;
  for (const TemporaryKey& key : keys) {
    out.append(reinterpret_cast<const char*>(key.key.data()), key.key.size());
    append_be(out, key.start);
    append_be(out, key.period);
  }
  return out;
}

std::optional<std::vector<TemporaryKey>> read_revision_proof(std::string_view bytes) {
  if (bytes.size() % kProofKeyBytes != 0) return std::nullopt;
  std::vector<TemporaryKey> out;
  for (; !bytes.empty(); bytes.remove_prefix(kProofKeyBytes)) {
    TemporaryKey& key = out.emplace_back();
    std::copy_n(bytes.begin(), key.key.size(), key.key.begin());
    key.start = read_be(bytes.substr(key.key.size()));
    key.period = read_be(bytes.substr(key.key.size() + 4));
    if (!possible(key)) return std::nullopt;
  }
  return out;
}

std::string keys_mac(std::string_view secret, std::span<const DiagnosisKey> keys, bool with_risk) {
  if (secret.size() < kLeastSecret) throw std::invalid_argument("a secret of 128 bits at least");
  std::vector<std::string> parts;
  for (const DiagnosisKey& key : keys) {
    std::string& part = parts.emplace_back(base64(key.key.key));
    part += '.' + std::to_string(key.key.start) + '.' + std::to_string(key.key.period);
    if (with_risk) part += '.' + std::to_string(key.transmission_risk);
  }
  std::sort(parts.begin(), parts.end());
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  std::string out(32, '\0');
  unsigned size = 0;
  if (!HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
            reinterpret_cast<const unsigned char*>(text.data()), text.size(),
            reinterpret_cast<unsigned char*>(out.data()), &size))
    throw std::runtime_error("no HMAC-SHA256 in this OpenSSL");
  return out;
}

std::size_t draw_answer_padding(Random& random) {
  return kLeastAnswerPadding + random.below(kMostAnswerPadding - kLeastAnswerPadding + 1);
}

}  // namespace luytre::proximity
