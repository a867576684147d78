// What only whoever typed the command can put right: an option that does not hold what it takes. The message says what
// to write instead. A program ends with 2 for it, where a failure is 1.

#pragma once

#include <stdexcept>

namespace luytre {

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace luytre
