// Whatever is downloaded as export.sig: what is taken is read the same from what we write of it, and never verifies.

#include "engines/proximity/signature.h"
#include "platform/base/fuzzing.h"

using namespace luytre::proximity;
using luytre::require;

namespace {

// The published key of an example; of what is fuzzed here it has signed nothing.
constexpr std::string_view kPublic =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEml59itec9qzwVojreLXdPNRsUWzf\n"
    "YHc1cKvIIi6/H56AJS/kZEYQnfDpxrgyGhdAm+pNN2GAJ3XdnQZ1Sk4amg==\n"
    "-----END PUBLIC KEY-----\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const TrustedSet kTrusted{{"some_id", "1", kPublic}};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  require(std::holds_alternative<ExportFault>(verified_export("nothing", bytes, std::span(&kTrusted, 1))));
  const auto found = read_export_sig(bytes);
  const auto* signatures = std::get_if<std::vector<ExportSignature>>(&found);
  if (!signatures) return 0;
  require(signatures->size() <= kMostSignatures);
  const auto again = read_export_sig(export_sig(*signatures));
  const auto* same = std::get_if<std::vector<ExportSignature>>(&again);
  require(same && *same == *signatures);
  return 0;
}
