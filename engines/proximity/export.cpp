#include "engines/proximity/export.h"

#include <algorithm>
#include <stdexcept>

#include "engines/proximity/protobuf.h"

namespace luytre::proximity {
namespace {

using protobuf::Field;
using protobuf::Reader;
using Kind = Field::Kind;

// Field numbers of export.proto.
constexpr unsigned kFrom = 1, kTo = 2, kRegion = 3, kBatch = 4, kBatches = 5, kInfos = 6;
constexpr unsigned kKeyVersion = 3, kKeyId = 4, kAlgorithm = 5;
constexpr unsigned kKeyData = 1, kRisk = 2, kStart = 3, kPeriod = 4, kReportType = 5, kOnset = 6;
constexpr unsigned kSignature = 1, kSignatureInfo = 1, kSignatureBatch = 2, kSignatureBatches = 3, kSignatureDer = 4;

// So that a record is shorter than 128 bytes whatever its numbers are; a key has 16.
constexpr std::size_t kMostKeyData = 64;
// Of most records; saves growing while a million are appended.
constexpr std::size_t kKeyRecordBytes = 40;

std::string wire(const SignatureInfo& info) {
  std::string out;
  protobuf::append_bytes(out, kKeyVersion, info.key_version);
  protobuf::append_bytes(out, kKeyId, info.key_id);
  protobuf::append_bytes(out, kAlgorithm, info.algorithm);
  return out;
}

WireKey wire(const DiagnosisKey& key) {
  WireKey out;
  out.data = {reinterpret_cast<const char*>(key.key.key.data()), key.key.key.size()};
  out.transmission_risk = key.transmission_risk;
  out.start = static_cast<std::int32_t>(key.key.start);
  out.period = static_cast<std::int32_t>(key.key.period);
  if (key.report_type != ReportType::kUnknown) out.report_type = static_cast<std::int32_t>(key.report_type);
  out.onset_days = key.onset_days;
  return out;
}

bool read_info(std::string_view message, SignatureInfo& into) {
  into.algorithm.clear();
  Reader reader(message);
  for (Field field; reader.next(field);) {
    if (field.kind != Kind::kBytes) continue;
    if (field.number == kKeyVersion) into.key_version = field.bytes;
    if (field.number == kKeyId) into.key_id = field.bytes;
    if (field.number == kAlgorithm) into.algorithm = field.bytes;
  }
  return !reader.damaged();
}

std::optional<ExportFault> read_key(std::string_view message, DiagnosisKey& into) {
  std::string_view data;
  std::int32_t start = 0, period = kRollingPeriod;
  Reader reader(message);
  for (Field field; reader.next(field);) {
    if (field.is(kKeyData, Kind::kBytes)) data = field.bytes;
    if (field.kind != Kind::kNumber) continue;
    switch (field.number) {
      case kRisk:
        into.transmission_risk = field.as_int();
        break;
      case kStart:
        start = field.as_int();
        break;
      case kPeriod:
        period = field.as_int();
        break;
      case kReportType:
        if (const std::int32_t type = field.as_int(); type >= 0 && type <= static_cast<int>(ReportType::kRevoked))
          into.report_type = static_cast<ReportType>(type);
        break;
      case kOnset:
        into.onset_days = field.as_zigzag();
        break;
      default:
        break;
    }
  }
  if (reader.damaged()) return ExportFault::kDamaged;
  into.transmission_risk = std::clamp(into.transmission_risk, 0, kMostTransmissionRisk);
  if (into.onset_days && (*into.onset_days < -kMostOnsetDays || *into.onset_days > kMostOnsetDays))
    into.onset_days.reset();
  into.key.start = static_cast<IntervalNumber>(start);
  into.key.period = static_cast<std::uint32_t>(period);
  if (data.size() != into.key.key.size() || !possible(into.key)) return ExportFault::kKey;
  std::copy(data.begin(), data.end(), into.key.key.begin());
  return std::nullopt;
}

bool read_signature(std::string_view message, ExportSignature& into) {
  into.info.algorithm.clear();
  Reader reader(message);
  for (Field field; reader.next(field);) {
    if (field.is(kSignatureInfo, Kind::kBytes) && !read_info(field.bytes, into.info)) return false;
    if (field.is(kSignatureBatch, Kind::kNumber)) into.batch = field.as_int();
    if (field.is(kSignatureBatches, Kind::kNumber)) into.batches = field.as_int();
    if (field.is(kSignatureDer, Kind::kBytes)) into.der = field.bytes;
  }
  return !reader.damaged();
}

}  // namespace

void append_key(std::string& out, ExportList list, const WireKey& key) {
  if (key.data.size() > kMostKeyData) throw std::length_error("no key of an export");
  protobuf::append_bytes(out, static_cast<unsigned>(list), {});
  const std::size_t begin = out.size();
  protobuf::append_bytes(out, kKeyData, key.data);
  protobuf::append_int(out, kRisk, key.transmission_risk);
  if (key.start != 0) protobuf::append_int(out, kStart, key.start);
  if (key.period != kRollingPeriod) protobuf::append_int(out, kPeriod, key.period);
  if (key.report_type) protobuf::append_int(out, kReportType, *key.report_type);
  if (key.onset_days) protobuf::append_zigzag(out, kOnset, *key.onset_days);
  out[begin - 1] = static_cast<char>(out.size() - begin);  // below 128, so of one byte
}

std::string export_beginning(const KeyExport& keys) {
  std::string out(kExportHeader);
  out.reserve(1024 + kKeyRecordBytes * (keys.keys.size() + keys.revised.size()));
  protobuf::append_fixed64(out, kFrom, static_cast<std::uint64_t>(keys.from.seconds));
  protobuf::append_fixed64(out, kTo, static_cast<std::uint64_t>(keys.to.seconds));
  protobuf::append_bytes(out, kRegion, keys.region);
  protobuf::append_int(out, kBatch, keys.batch);
  protobuf::append_int(out, kBatches, keys.batches);
  for (const SignatureInfo& info : keys.signatures) protobuf::append_bytes(out, kInfos, wire(info));
  return out;
}

std::string export_bin(const KeyExport& keys) {
  std::string out = export_beginning(keys);
  for (const DiagnosisKey& key : keys.keys) append_key(out, ExportList::kNew, wire(key));
  for (const DiagnosisKey& key : keys.revised) append_key(out, ExportList::kRevised, wire(key));
  return out;
}

std::variant<KeyExport, ExportFault> read_export_bin(std::string_view bytes) {
  if (bytes.size() > kMostExportBytes) return ExportFault::kTooLarge;
  if (bytes.substr(0, kExportHeader.size()) != kExportHeader) return ExportFault::kForeign;
  KeyExport out;
  Reader reader(bytes.substr(kExportHeader.size()));
  for (Field field; reader.next(field);) {
    if (field.is(kFrom, Kind::kFixed64)) out.from.seconds = static_cast<std::int64_t>(field.value);
    if (field.is(kTo, Kind::kFixed64)) out.to.seconds = static_cast<std::int64_t>(field.value);
    if (field.is(kRegion, Kind::kBytes)) out.region = field.bytes;
    if (field.is(kBatch, Kind::kNumber)) out.batch = field.as_int();
    if (field.is(kBatches, Kind::kNumber)) out.batches = field.as_int();
    if (field.is(kInfos, Kind::kBytes)) {
      if (out.signatures.size() == kMostSignatures) return ExportFault::kTooLarge;
      if (!read_info(field.bytes, out.signatures.emplace_back())) return ExportFault::kDamaged;
    }
    const bool revised = field.number == static_cast<unsigned>(ExportList::kRevised);
    if (field.kind == Kind::kBytes && (revised || field.number == static_cast<unsigned>(ExportList::kNew))) {
      DiagnosisKey key;
      if (const auto fault = read_key(field.bytes, key)) return *fault;
      (revised ? out.revised : out.keys).push_back(key);
    }
  }
  if (reader.damaged()) return ExportFault::kDamaged;
  if (out.batches < 1 || out.batches > kMostBatches || out.batch < 1 || out.batch > out.batches)
    return ExportFault::kBatch;
  return out;
}

std::string export_sig(const std::vector<ExportSignature>& signatures) {
  std::string out;
  for (const ExportSignature& one : signatures) {
    std::string record;
    protobuf::append_bytes(record, kSignatureInfo, wire(one.info));
    protobuf::append_int(record, kSignatureBatch, one.batch);
    protobuf::append_int(record, kSignatureBatches, one.batches);
    protobuf::append_bytes(record, kSignatureDer, one.der);
    protobuf::append_bytes(out, kSignature, record);
  }
  return out;
}

std::variant<std::vector<ExportSignature>, ExportFault> read_export_sig(std::string_view bytes) {
  std::vector<ExportSignature> out;
  Reader reader(bytes);
  for (Field field; reader.next(field);) {
    if (!field.is(kSignature, Kind::kBytes)) continue;
    if (out.size() == kMostSignatures) return ExportFault::kTooLarge;
    if (!read_signature(field.bytes, out.emplace_back())) return ExportFault::kDamaged;
  }
  if (reader.damaged()) return ExportFault::kDamaged;
  return out;
}

}  // namespace luytre::proximity
