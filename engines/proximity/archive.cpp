#include "engines/proximity/archive.h"

#include <zlib.h>

#include <memory>
#include <stdexcept>

namespace luytre::proximity {
namespace {

constexpr std::string_view kBin = "export.bin", kSig = "export.sig";
constexpr std::uint32_t kLocalSignature = 0x04034b50, kCentralSignature = 0x02014b50, kEndSignature = 0x06054b50;
constexpr std::size_t kLocalBytes = 30, kCentralBytes = 46, kEndBytes = 22, kMostComment = 0xFFFF;
constexpr std::uint16_t kVersion = 20, kStored = 0, kDeflated = 8, kMembers = 2;
constexpr std::uint16_t kEncrypted = 1;         // of the flags
constexpr std::uint32_t kNoDate = 0x0021'0000;  // 1 January 1980, midnight: the format has nothing earlier

void append_le(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i & 0xFF);
}

// Of `bytes`, which holds it.
std::uint32_t number_at(std::string_view bytes, std::size_t at, int size) {
  std::uint32_t out = 0;
  for (int i = size; i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return out;
}

std::uint32_t check_sum(std::string_view bytes) {
  return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

Bytef* input(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

std::string deflated(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib does not start");
  const std::unique_ptr<z_stream, decltype(&deflateEnd)> ending(&stream, &deflateEnd);
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = input(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = input(out);
  stream.avail_out = static_cast<uInt>(out.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("zlib does not deflate");
  out.resize(stream.total_out);
  return out;
}

// Into exactly `size` bytes.
bool inflate_into(std::string_view packed, std::size_t size, std::string& out) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::runtime_error("zlib does not start");
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> ending(&stream, &inflateEnd);
  out.resize(size + 1);  // one more, so that there is room whatever the size, and too much is seen
  stream.next_in = input(packed);
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = input(out);
  stream.avail_out = static_cast<uInt>(out.size());
  const bool ended = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.total_out == size && stream.avail_in == 0;
  out.resize(size);
  return ended;
}

struct Entry {
  std::string_view name;
  std::uint16_t flags = 0, method = 0;
  std::uint32_t sum = 0, packed = 0, size = 0, at = 0;
};

// The fields that the local and the central record share, from the version needed to the length of what is extra.
void append_shared(std::string& out, const Entry& entry) {
  append_le(out, kVersion, 2);
  append_le(out, entry.flags, 2);
  append_le(out, entry.method, 2);
  append_le(out, kNoDate, 4);
  append_le(out, entry.sum, 4);
  append_le(out, entry.packed, 4);
  append_le(out, entry.size, 4);
  append_le(out, static_cast<std::uint32_t>(entry.name.size()), 2);
  append_le(out, 0, 2);
}

Entry append_member(std::string& out, std::string_view name, std::string_view bytes) {
  const std::string packed = deflated(bytes);
  const bool smaller = packed.size() < bytes.size();
  const std::string_view body = smaller ? std::string_view(packed) : bytes;
  const Entry entry{name,
                    0,
                    smaller ? kDeflated : kStored,
                    check_sum(bytes),
                    static_cast<std::uint32_t>(body.size()),
                    static_cast<std::uint32_t>(bytes.size()),
                    static_cast<std::uint32_t>(out.size())};
  append_le(out, kLocalSignature, 4);
  append_shared(out, entry);
  out += name;
  out += body;
  return entry;
}

// Where the end record begins; it may have a comment behind it, which must be of the length it says.
std::optional<std::size_t> find_end(std::string_view bytes) {
  if (bytes.size() < kEndBytes) return std::nullopt;
  const std::size_t last = bytes.size() - kEndBytes;
  for (std::size_t comment = 0; comment <= last && comment <= kMostComment; ++comment) {
    const std::size_t at = last - comment;
    if (number_at(bytes, at, 4) == kEndSignature && number_at(bytes, at + 20, 2) == comment) return at;
  }
  return std::nullopt;
}

// At `at` in the central directory, which it leaves behind.
std::optional<Entry> read_entry(std::string_view bytes, std::size_t& at) {
  if (at > bytes.size() || bytes.size() - at < kCentralBytes || number_at(bytes, at, 4) != kCentralSignature)
    return std::nullopt;
  const auto field = [&](std::size_t offset, int size) { return number_at(bytes, at + offset, size); };
  Entry out;
  out.flags = static_cast<std::uint16_t>(field(8, 2));
  out.method = static_cast<std::uint16_t>(field(10, 2));
  out.sum = field(16, 4);
  out.packed = field(20, 4);
  out.size = field(24, 4);
  out.at = field(42, 4);
  const std::size_t name = field(28, 2), more = std::size_t{field(30, 2)} + field(32, 2);
  if (bytes.size() - at - kCentralBytes < name + more) return std::nullopt;
  out.name = bytes.substr(at + kCentralBytes, name);
  at += kCentralBytes + name + more;
  return out;
}

std::optional<ExportFault> unpack(std::string_view bytes, const Entry& entry, std::size_t most, std::string& out) {
  if (entry.size > most) return ExportFault::kTooLarge;
  const std::size_t at = entry.at;
  if (at > bytes.size() || bytes.size() - at < kLocalBytes || number_at(bytes, at, 4) != kLocalSignature)
    return ExportFault::kDamaged;
  const std::size_t head = kLocalBytes + number_at(bytes, at + 26, 2) + number_at(bytes, at + 28, 2);
  const std::size_t left = bytes.size() - at;
  if ((entry.flags & kEncrypted) != 0 || left < head || left - head < entry.packed) return ExportFault::kDamaged;
  const std::string_view body = bytes.substr(at + head, entry.packed);
  if (entry.method == kDeflated) {
    if (!inflate_into(body, entry.size, out)) return ExportFault::kDamaged;
  } else if (entry.method == kStored && body.size() == entry.size) {
    out = body;
  } else {
    return ExportFault::kDamaged;
  }
  if (check_sum(out) != entry.sum) return ExportFault::kDamaged;
  return std::nullopt;
}

}  // namespace

std::string export_archive(const ExportFiles& files) {
  if (files.bin.size() > kMostExportBytes || files.sig.size() > kMostSigBytes)
    throw std::length_error("too much for one export");
  std::string out;
  const Entry entries[kMembers] = {append_member(out, kBin, files.bin), append_member(out, kSig, files.sig)};
  const std::size_t directory = out.size();
  for (const Entry& entry : entries) {
    append_le(out, kCentralSignature, 4);
    append_le(out, kVersion, 2);  // made by
    append_shared(out, entry);
    append_le(out, 0, 4);  // length of its comment, its disk
    append_le(out, 0, 2);  // what it is inside
    append_le(out, 0, 4);  // and outside
    append_le(out, entry.at, 4);
    out += entry.name;
  }
  const std::size_t size = out.size() - directory;
  append_le(out, kEndSignature, 4);
  append_le(out, 0, 4);  // this disk, the directory's
  append_le(out, kMembers, 2);
  append_le(out, kMembers, 2);
  append_le(out, static_cast<std::uint32_t>(size), 4);
  append_le(out, static_cast<std::uint32_t>(directory), 4);
  append_le(out, 0, 2);
  return out;
}

std::variant<ExportFiles, ExportFault> read_export_archive(std::string_view bytes) {
  if (bytes.size() > kMostExportBytes + kMostSigBytes) return ExportFault::kTooLarge;
  const auto end = find_end(bytes);
  if (!end || number_at(bytes, *end + 4, 4) != 0 || number_at(bytes, *end + 8, 2) != kMembers ||
      number_at(bytes, *end + 10, 2) != kMembers)
    return ExportFault::kForeign;
  ExportFiles out;
  bool have_bin = false, have_sig = false;
  std::size_t at = number_at(bytes, *end + 16, 4);
  for (int i = 0; i < kMembers; ++i) {
    const auto entry = read_entry(bytes.substr(0, *end), at);
    if (!entry) return ExportFault::kDamaged;
    const bool bin = entry->name == kBin;
    if (!bin && entry->name != kSig) return ExportFault::kForeign;
    (bin ? have_bin : have_sig) = true;
    if (const auto fault = unpack(bytes, *entry, bin ? kMostExportBytes : kMostSigBytes, bin ? out.bin : out.sig))
      return *fault;
  }
  if (!have_bin || !have_sig) return ExportFault::kForeign;
  return out;
}

}  // namespace luytre::proximity
