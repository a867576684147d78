// Files of the index: read whole by mapping, written atomically, every byte under a checksum.
//
// A file is a header and numbered sections of plain little-endian arrays, each aligned to kAlignment. The header names
// the kind of file, its version, the index it belongs to (`identity`) and each section's length and checksum; the last
// bytes of the header are its own checksum. Padding is inside the checksums and nothing may follow the last section, so
// that no byte of a file can change unnoticed.
//
// A file is written under a temporary name, flushed, renamed, and its folder flushed: it is there whole or not at all.
// Mapped files must not be truncated by others while in use. Values; no shared state.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "engines/presence/index/large_memory.h"

namespace luytre::presence {

static_assert(std::endian::native == std::endian::little, "files of the index are little-endian arrays");

// The file cannot be trusted: cut off, changed, of another version or of another index. It is to be rebuilt from the
// database; what() says which file and what is wrong with it.
class Damaged : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Bytes and what keeps them in memory.
struct Bytes {
  std::span<const std::byte> span;
  std::shared_ptr<const void> owner;
};
Bytes map_file(const std::filesystem::path& path);  // throws std::system_error; Damaged when empty
template <class Array>
Bytes own(Array bytes) {
  const auto held = std::make_shared<const Array>(std::move(bytes));
  return {*held, held};
}

// GMAC (NIST SP 800-38D) with a fixed key, of OpenSSL: not against forgery, but 128 bits at memory speed.
using Checksum = std::array<std::byte, 16>;
Checksum checksum(std::span<const std::byte> bytes, std::size_t zeros = 0);  // of the bytes and so many zeros

struct FileKind {
  std::array<char, 8> magic;
  std::uint32_t version;
};

inline constexpr std::size_t kAlignment = 64;
inline constexpr std::size_t kMostSections = 16;
inline constexpr std::size_t kFileCounts = 4;

// What a kind of file notes in its header besides its sections.
struct FileNotes {
  std::uint64_t identity = 0;
  std::int64_t label = 0;  // of segments: the day
  std::array<std::uint64_t, kFileCounts> counts{};
};

void remove_file(const std::filesystem::path& path);

// Tests: called before everything that changes a file or a folder, so that a process can be killed just there.
extern void (*before_file_change)();

class FileWriter {
 public:
  FileWriter(FileKind kind, const FileNotes& notes) : kind_(kind), notes_(notes) {}

  template <class T>
  void add(std::span<const T> section) {
    sections_.push_back(std::as_bytes(section));  // to stay valid until written
  }
  using Whole = std::vector<std::byte, LargeMemory<std::byte>>;
  Whole bytes() const;
  void write(const std::filesystem::path& path) const;

 private:
  // The file in parts: take(the bytes of each in turn).
  template <class Take>
  void parts(Take&& take) const;

  FileKind kind_;
  FileNotes notes_;
  std::vector<std::span<const std::byte>> sections_;
};

// Verifies everything on construction; throws Damaged.
class FileReader {
 public:
  FileReader(Bytes bytes, FileKind kind, std::uint64_t identity, std::string name);

  const FileNotes& notes() const { return notes_; }
  std::size_t size() const { return bytes_.span.size(); }

  template <class T>
  std::span<const T> section(std::size_t number) const {
    const std::span<const std::byte> raw = raw_section(number, sizeof(T));
    return {reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)};
  }
  [[noreturn]] void damaged(const std::string& what) const;

 private:
  std::span<const std::byte> raw_section(std::size_t number, std::size_t element) const;

  Bytes bytes_;
  std::string name_;
  FileNotes notes_;
  std::vector<std::span<const std::byte>> sections_;
};

}  // namespace luytre::presence
