// Chunked: the body of a request in chunks (RFC 9112 7.1), taken apart byte by byte, however they arrive.
//
// Our own, because Beast 1.81 asserts on an empty chunked body that arrives in single bytes (parser_fuzz found it).
// Strict: sizes are 1 to 8 hexadecimal digits, lines end in CRLF, extensions and trailers are printable and dropped,
// and all that is not data stays below kOverheadMost (a client may not make us read gigabytes of extensions for a few
// bytes).

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace luytre::http {

class Chunked {
 public:
  static constexpr std::size_t kOverheadMost = 64 * 1024;

  enum class State { kReading, kDone, kMalformed, kTooLarge };

  // Takes what it can use, appends data to `out` (null: drops it) and answers how many bytes it took. `most` bounds all
  // data together.
  std::size_t feed(std::string_view bytes, std::size_t most, std::string* out);
  State state() const { return state_; }

 private:
  enum class Part { kSize, kExtension, kSizeLf, kData, kDataCr, kDataLf, kTrailerStart, kTrailer, kTrailerLf, kLastLf };

  void take(char c);
  void take_size(char c);
  void take_trailer_start(char c);
  void expect(char c, char wanted, Part next);
  void line_byte(char c, Part lf);

  State state_ = State::kReading;
  Part part_ = Part::kSize;
  unsigned digits_ = 0;
  std::uint64_t left_ = 0;  // of the present chunk
  std::uint64_t data_ = 0;  // of all chunks
  std::size_t overhead_ = 0;
};

}  // namespace luytre::http
