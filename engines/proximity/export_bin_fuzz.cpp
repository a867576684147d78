// Whatever is downloaded as export.bin: what is taken is read the same from what we write of it, and holds keys that
// can have been somebody's. With the header and without, so that inputs need not find it first.

#include <algorithm>

#include "engines/proximity/export.h"
#include "platform/base/fuzzing.h"

using namespace luytre::proximity;
using luytre::require;

namespace {

bool sound(const DiagnosisKey& key) {
  return possible(key.key) && key.transmission_risk >= 0 && key.transmission_risk <= kMostTransmissionRisk &&
         (!key.onset_days || (*key.onset_days >= -kMostOnsetDays && *key.onset_days <= kMostOnsetDays));
}

void read(std::string_view bytes) {
  const auto found = read_export_bin(bytes);
  const auto* keys = std::get_if<KeyExport>(&found);
  if (!keys) return;
  require(std::all_of(keys->keys.begin(), keys->keys.end(), sound));
  require(std::all_of(keys->revised.begin(), keys->revised.end(), sound));
  const auto again = read_export_bin(export_bin(*keys));
  const auto* same = std::get_if<KeyExport>(&again);
  require(same && *same == *keys);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  read(bytes);
  read(std::string(kExportHeader) + bytes);
  return 0;
}
