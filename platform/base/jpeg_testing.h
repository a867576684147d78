// For tests: pictures that hold as little as a JPEG may.

#pragma once

#include <string>
#include <string_view>

namespace luytre::jpeg_testing {

inline std::string segment(unsigned char marker, std::string_view content) {
  const std::size_t length = content.size() + 2;
  std::string out{'\xFF', static_cast<char>(marker), static_cast<char>(length >> 8), static_cast<char>(length & 0xFF)};
  return out.append(content);
}

// `more`: segments after the JFIF one; `frame`: the marker of the frame; `filling`: bytes of the scan.
inline std::string picture(int width, int height, std::string_view more = "", unsigned char frame = 0xC0,
                           std::size_t filling = 1) {
  using namespace std::string_literals;
  const auto two = [](int number) {
    return std::string{static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
  };
  std::string out = "\xFF\xD8"s + segment(0xE0, "JFIF\0\1\1\0\0\1\0\1\0\0"s);
  out += more;
  out += segment(0xDB, std::string(65, '\0'));
  out += segment(frame, "\x08"s + two(height) + two(width) + "\1\1\x11\0"s);
  out += segment(0xC4, std::string(17, '\0'));
  out += segment(0xDA, "\1\1\0\0\x3F\0"s);
  return out + "\x12\xFF\0\x34\xFF\xD0"s + std::string(filling, '\x56') + "\xFF\xD9"s;
}

}  // namespace luytre::jpeg_testing
