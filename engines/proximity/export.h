// Published keys: the files export.bin and export.sig of an Exposure Notification key export, byte for byte as the
// reference server writes them, and read from hostile bytes (Apple and Google, "Exposure Key Export File Format and
// Verification"; google/exposure-notifications-server, internal/pb/export/export.proto).
//
//   export.bin   "EK Export v1    ", then a TemporaryExposureKeyExport
//   export.sig   a TEKSignatureList; each signature is of the whole of export.bin (signature.h)
//
// Of a key, the number of intervals is left out where it is 144, days since onset are zigzag. Reading is strict about
// what matching stands on: a key that is not 16 bytes, or is not possible (keys.h), makes the whole file none of ours.
// Days since onset outside −14 … 14 and unknown report types are as if not told. Unknown fields are passed over. Pure.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engines/proximity/keys.h"

namespace luytre::proximity {

inline constexpr std::string_view kExportHeader = "EK Export v1    ";
inline constexpr std::size_t kMostSignatures = 10;  // phones look at no more
inline constexpr std::int32_t kMostBatches = 1'000'000;
inline constexpr std::int32_t kMostOnsetDays = 14;
inline constexpr std::int32_t kMostTransmissionRisk = 8;
inline constexpr std::size_t kMostExportBytes = 64 << 20;  // some two million keys

enum class ReportType : std::uint8_t {
  kUnknown,
  kConfirmedTest,
  kConfirmedClinical,
  kSelfReport,
  kRecursive,
  kRevoked
};

struct DiagnosisKey {
  TemporaryKey key;
  std::int32_t transmission_risk = 0;  // 0 … 8; 0: not told
  ReportType report_type = ReportType::kUnknown;
  std::optional<std::int32_t> onset_days;  // from the onset of symptoms to the key's day, −14 … 14

  friend bool operator==(const DiagnosisKey&, const DiagnosisKey&) = default;
};

inline constexpr std::string_view kEcdsaSha256 = "1.2.840.10045.4.3.2";

// Which key signs. Version and id are of [A-Za-z0-9_]; id is usually the mobile country code.
struct SignatureInfo {
  std::string key_version;
  std::string key_id;
  std::string algorithm = std::string(kEcdsaSha256);

  friend auto operator<=>(const SignatureInfo&, const SignatureInfo&) = default;
};

struct KeyExport {
  Instant from, to;  // of arrival at the server
  std::string region;
  std::int32_t batch = 1, batches = 1;
  std::vector<SignatureInfo> signatures;  // the newest signing key first
  std::vector<DiagnosisKey> keys;         // released for the first time
  std::vector<DiagnosisKey> revised;      // of another report type than before

  friend bool operator==(const KeyExport&, const KeyExport&) = default;
};

struct ExportSignature {
  SignatureInfo info;
  std::int32_t batch = 1, batches = 1;
  std::string der;  // X9.62

  friend bool operator==(const ExportSignature&, const ExportSignature&) = default;
};

enum class ExportFault {
  kForeign,     // another header
  kDamaged,     // not the message that it should be
  kKey,         // a key that cannot have been anybody's
  kTooLarge,    // more than kMostExportBytes, or than kMostSignatures
  kBatch,       // batch outside 1 … batches ≤ kMostBatches
  kSignatures,  // not as many as announced
  kUntrusted,   // no set of trusted keys has signed these bytes
};

// In the order given; whoever publishes sorts (publish.h).
std::string export_bin(const KeyExport& keys);
std::variant<KeyExport, ExportFault> read_export_bin(std::string_view bytes);

std::string export_sig(const std::vector<ExportSignature>& signatures);
std::variant<std::vector<ExportSignature>, ExportFault> read_export_sig(std::string_view bytes);

// One key's field of export.bin, which server vectors also want for what is no key. kRevised: in revised_keys.
enum class ExportList { kNew = 7, kRevised = 8 };
struct WireKey {
  std::string_view data;  // of at most 64 bytes, else length_error
  std::int32_t transmission_risk = 0, start = 0, period = 0;
  std::optional<std::int32_t> report_type, onset_days;
};
void append_key(std::string& out, ExportList list, const WireKey& key);
// The header and the fields before the keys.
std::string export_beginning(const KeyExport& keys);

}  // namespace luytre::proximity
