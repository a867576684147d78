#include "platform/http/chunked.h"

#include <algorithm>

namespace luytre::http {
namespace {

constexpr unsigned kDigitsMost = 8;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') return (c | 0x20) - 'a' + 10;
  return -1;
}

bool is_printable(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

}  // namespace

std::size_t Chunked::feed(std::string_view bytes, std::size_t most, std::string* out) {
  std::size_t at = 0;
  while (at < bytes.size() && state_ == State::kReading) {
    if (part_ != Part::kData) {
      take(bytes[at++]);
      continue;
    }
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - at));
    data_ += count;
    if (data_ > most) {
      state_ = State::kTooLarge;
      break;
    }
    if (out) out->append(bytes, at, count);
    at += count;
    left_ -= count;
    if (left_ == 0) part_ = Part::kDataCr;
  }
  return at;
}

void Chunked::take(char c) {
  if (++overhead_ > kOverheadMost) {
    state_ = State::kMalformed;
    return;
  }
  switch (part_) {
    case Part::kSize:
      return take_size(c);
    case Part::kExtension:
      return line_byte(c, Part::kSizeLf);
    case Part::kSizeLf:
      return expect(c, '\n', left_ == 0 ? Part::kTrailerStart : Part::kData);
    case Part::kDataCr:
      return expect(c, '\r', Part::kDataLf);
    case Part::kDataLf:
      digits_ = 0;
      return expect(c, '\n', Part::kSize);
    case Part::kTrailerStart:
      return take_trailer_start(c);
    case Part::kTrailer:
      return line_byte(c, Part::kTrailerLf);
    case Part::kTrailerLf:
      return expect(c, '\n', Part::kTrailerStart);
    case Part::kLastLf:
      state_ = c == '\n' ? State::kDone : State::kMalformed;
      return;
    case Part::kData:
      return;
  }
}

void Chunked::take_size(char c) {
  const int digit = hex_value(c);
  if (digit >= 0 && ++digits_ <= kDigitsMost) {
    left_ = left_ * 16 + static_cast<unsigned>(digit);
  } else if (digits_ > 0 && c == ';') {
    part_ = Part::kExtension;
  } else if (digits_ > 0) {
    expect(c, '\r', Part::kSizeLf);
  } else {
    state_ = State::kMalformed;
  }
}

// The empty line that ends the body, or the first byte of a trailer's name.
void Chunked::take_trailer_start(char c) {
  const bool name = c != ' ' && c != '\t' && c != ':' && is_printable(c);
  if (name) {
    part_ = Part::kTrailer;
  } else {
    expect(c, '\r', Part::kLastLf);
  }
}

void Chunked::expect(char c, char wanted, Part next) {
  if (c == wanted) {
    part_ = next;
  } else {
    state_ = State::kMalformed;
  }
}

// A byte of an extension or a trailer: dropped, but it must be printable.
void Chunked::line_byte(char c, Part lf) {
  if (c == '\r') {
    part_ = lf;
  } else if (!is_printable(c)) {
    state_ = State::kMalformed;
  }
}

}  // namespace luytre::http
