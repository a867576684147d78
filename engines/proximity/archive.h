// The zip archive in which an export travels: export.bin and export.sig, nothing else (Key Export File Format; PKWARE
// APPNOTE 6.3). Writing is the same bytes for the same files: no clock, no system, no owner. Reading is for hostile
// bytes: stored or deflated members by the central directory, their sizes bounded before they are unpacked and exact
// after, their check sums right; whatever else a zip can be (encrypted, split, beyond 4 GiB) is refused. By zlib. Pure.

#pragma once

#include "engines/proximity/export.h"

namespace luytre::proximity {

inline constexpr std::size_t kMostSigBytes = 64 << 10;

struct ExportFiles {
  std::string bin, sig;

  friend bool operator==(const ExportFiles&, const ExportFiles&) = default;
};

std::string export_archive(const ExportFiles& files);  // throws length_error beyond kMostExportBytes, kMostSigBytes
// kForeign: no zip of exactly these two; kDamaged: one that does not unpack; kTooLarge.
std::variant<ExportFiles, ExportFault> read_export_archive(std::string_view bytes);

}  // namespace luytre::proximity
