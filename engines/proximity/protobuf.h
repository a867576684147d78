// The little of Protocol Buffers' wire format (developers.google.com/protocol-buffers/docs/encoding) that key exports
// need: fields are appended in the order of the calls, so the bytes are ours to say; read one by one from hostile
// bytes, as views. Groups, which proto3 no longer writes, are damage. Pure.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace luytre::proximity::protobuf {

inline void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}
inline void append_number(std::string& out, unsigned field, std::uint64_t value) {
  append_varint(out, field << 3);
  append_varint(out, value);
}
// int32 and enum: negative ones as 64 bits.
inline void append_int(std::string& out, unsigned field, std::int32_t value) {
  append_number(out, field, static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
}
inline void append_zigzag(std::string& out, unsigned field, std::int32_t value) {
  append_number(out, field, static_cast<std::uint32_t>(value) << 1 ^ static_cast<std::uint32_t>(value >> 31));
}
inline void append_fixed64(std::string& out, unsigned field, std::uint64_t value) {
  append_varint(out, field << 3 | 1);
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(value >> shift & 0xFF);
}
inline void append_bytes(std::string& out, unsigned field, std::string_view bytes) {
  append_varint(out, field << 3 | 2);
  append_varint(out, bytes.size());
  out += bytes;
}

struct Field {
  enum class Kind { kNumber, kFixed64, kBytes, kFixed32 };
  std::uint32_t number = 0;
  Kind kind = Kind::kNumber;
  std::uint64_t value = 0;  // of all but bytes
  std::string_view bytes;

  bool is(std::uint32_t wanted, Kind of) const { return number == wanted && kind == of; }
  // As protobuf reads them: the low 32 bits.
  std::int32_t as_int() const { return static_cast<std::int32_t>(static_cast<std::uint32_t>(value)); }
  std::int32_t as_zigzag() const {
    const auto low = static_cast<std::uint32_t>(value);
    return static_cast<std::int32_t>(low >> 1 ^ (0U - (low & 1)));
  }
};

class Reader {
 public:
  explicit Reader(std::string_view message) : left_(message) {}
  bool next(Field& into);  // false: the end, or damage
  bool damaged() const { return damaged_; }

 private:
  bool varint(std::uint64_t& into);
  bool fixed(std::size_t size, std::uint64_t& into);

  std::string_view left_;
  bool damaged_ = false;
};

}  // namespace luytre::proximity::protobuf
