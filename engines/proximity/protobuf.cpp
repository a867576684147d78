#include "engines/proximity/protobuf.h"

namespace luytre::proximity::protobuf {
namespace {

constexpr std::uint64_t kMostFieldNumber = (1U << 29) - 1;

}  // namespace

bool Reader::varint(std::uint64_t& into) {
  into = 0;
  for (unsigned shift = 0; shift < 64 && !left_.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(left_.front());
    left_.remove_prefix(1);
    into |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool Reader::fixed(std::size_t size, std::uint64_t& into) {
  if (left_.size() < size) return false;
  into = 0;
  for (std::size_t i = size; i-- > 0;) into = into << 8 | static_cast<unsigned char>(left_[i]);
  left_.remove_prefix(size);
  return true;
}

bool Reader::next(Field& into) {
  if (damaged_ || left_.empty()) return false;
  damaged_ = true;
  std::uint64_t tag = 0;
  if (!varint(tag) || tag >> 3 == 0 || tag >> 3 > kMostFieldNumber) return false;
  into = {};
  into.number = static_cast<std::uint32_t>(tag >> 3);
  switch (tag & 7) {
    case 0:
      into.kind = Field::Kind::kNumber;
      damaged_ = !varint(into.value);
      break;
    case 1:
      into.kind = Field::Kind::kFixed64;
      damaged_ = !fixed(8, into.value);
      break;
    case 2: {
      std::uint64_t size = 0;
      if (!varint(size) || size > left_.size()) return false;
      into.kind = Field::Kind::kBytes;
      into.bytes = left_.substr(0, size);
      left_.remove_prefix(size);
      damaged_ = false;
      break;
    }
    case 5:
      into.kind = Field::Kind::kFixed32;
      damaged_ = !fixed(4, into.value);
      break;
    default:
      break;
  }
  return !damaged_;
}

}  // namespace luytre::proximity::protobuf
