// What a server asks of keys that a case uploads, as rules of plain values (google/exposure-notifications-server,
// docs/getting-started/tek_validation and internal/publish/model; verification_protocol.md for the proof).
//
// A whole upload is refused when it cannot be one device's honest keys; of a good one, single bad keys are dropped and
// named. Each accepted key says from when it may be published: while it could still be sent by somebody who has read
// it, two hours of drift after its end, it is held back; and times are cut to whole hours, so that they tell nobody
// when a person tapped. A report type comes from the certificate of the officer who manages the case, never from the
// phone. Pure.

#pragma once

#include <chrono>

#include "engines/proximity/export.h"

namespace luytre::proximity {

struct UploadRules {
  std::size_t most_keys = 30;         // 14 days, today, and as many again after
  std::size_t most_of_one_start = 3;  // a key given away before its end is followed by another of the same day
  std::chrono::seconds oldest = std::chrono::hours(15 * 24);
  std::chrono::seconds drift = std::chrono::hours(2);
  std::chrono::seconds window = std::chrono::hours(1);  // times are cut to these
};

// As a phone sends it, nothing checked yet.
struct UploadedKey {
  std::string key;
  std::int64_t start = 0, period = kRollingPeriod;
  std::int64_t transmission_risk = 0;
  std::optional<std::int64_t> onset_days;
};

enum class UploadFault {
  kNoKeys,
  kTooManyKeys,
  kOverlap,       // keys of different starts share an interval: no device makes such
  kTooManyOfDay,  // more than most_of_one_start
  kReportType,    // not one to begin with: a test, a clinical diagnosis
};

enum class KeyFault {
  kLength,   // not 16 bytes
  kPeriod,   // outside 1 … 144
  kTooOld,   // ended before all that is still of use
  kFuture,   // has not begun
  kRisk,     // outside 0 … 8
  kOnset,    // outside −14 … 14
  kRepeated  // the same bytes as one before
};

struct AcceptedKey {
  DiagnosisKey key;
  Instant publish;  // not before
};

struct DroppedKey {
  std::size_t number = 0;  // in the upload
  KeyFault why;
};

struct Upload {
  std::vector<AcceptedKey> keys;    // by start, then period
  std::vector<DroppedKey> dropped;  // by number
};

std::variant<Upload, UploadFault> check_upload(std::span<const UploadedKey> keys, ReportType type, Instant now,
                                               const UploadRules& rules = {});

// What a later upload may do to a key that was published: a clinical diagnosis becomes confirmed by a test, or
// revoked, once. It takes the proof of the first upload, its keys, kept by the phone sealed by the server.
enum class Revision { kNone, kRevise, kForbidden };  // kNone: nothing changes
Revision revision_of(const DiagnosisKey& published, bool revised_before, ReportType to,
                     std::span<const TemporaryKey> proof);

// The proof's plain text: 24 bytes a key (key, start and period as u32, big endian). To be sealed by the caller.
std::string revision_proof(std::span<const TemporaryKey> keys);
std::optional<std::vector<TemporaryKey>> read_revision_proof(std::string_view bytes);

// HMAC-SHA256 by which a certificate names the keys that it is for: of "base64.start.period[.risk]", sorted, joined by
// commas; without risks only if none is told. `secret`: at least 16 bytes, drawn by the phone. Throws invalid_argument.
std::string keys_mac(std::string_view secret, std::span<const DiagnosisKey> keys, bool with_risk);  // 32 bytes

// A device that has nothing to upload sends chaff at random, and what is sent and answered is padded, so that neither
// size nor time tells who is a case. How many bytes to add:
inline constexpr std::size_t kRequestStep = 4096, kLeastAnswerPadding = 1024, kMostAnswerPadding = 2048;
constexpr std::size_t request_padding(std::size_t size) {  // to the next multiple
  return (kRequestStep - size % kRequestStep) % kRequestStep;
}
std::size_t draw_answer_padding(Random& random);

}  // namespace luytre::proximity
