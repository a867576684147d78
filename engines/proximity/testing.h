// What this room's tests share: bytes from hex, the published vectors, and the shared data that need not be there.

#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "engines/proximity/keys.h"
#include "platform/base/text.h"

namespace luytre::proximity {

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("no " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::filesystem::path vectors() {
  return std::filesystem::path(LUYTRE_SOURCE_DIR) / "engines/proximity/vectors";
}

inline boost::json::value vectors_of(const char* name) {
  return boost::json::parse(contents(vectors() / name));
}

template <class Bytes>
Bytes from_hex(std::string_view text) {
  const std::string bytes = unhex(text).value();
  Bytes out;
  if (bytes.size() != out.size()) throw std::runtime_error("of another length");
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

inline std::string_view text_of(const boost::json::value& object, const char* key) {
  return object.at(key).as_string();
}

template <class Bytes>
std::string hex_of(const Bytes& bytes) {
  return hex(std::string(bytes.begin(), bytes.end()));
}

}  // namespace luytre::proximity
