// For tests: what a Result says, in words to compare.

#pragma once

#include <string>
#include <vector>

#include "platform/base/result.h"

namespace luytre {

// The error's code; "" when there is none.
template <class T>
std::string code(const Result<T>& result) {
  return result ? "" : result.error().code;
}

// "/unit unknown", each wrong field.
template <class T>
std::vector<std::string> fields(const Result<T>& result) {
  std::vector<std::string> out;
  if (!result)
    for (const auto& field : result.error().fields) out.push_back(field.pointer + ' ' + field.code);
  return out;
}

}  // namespace luytre
