// Whatever is downloaded as an export: what is taken is within its bounds and the same from the archive that we write
// of it.

#include "engines/proximity/archive.h"
#include "platform/base/fuzzing.h"

using namespace luytre::proximity;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto found = read_export_archive({reinterpret_cast<const char*>(data), size});
  const auto* files = std::get_if<ExportFiles>(&found);
  if (!files) return 0;
  require(files->bin.size() <= kMostExportBytes && files->sig.size() <= kMostSigBytes);
  const auto again = read_export_archive(export_archive(*files));
  const auto* same = std::get_if<ExportFiles>(&again);
  require(same && *same == *files);
  return 0;
}
