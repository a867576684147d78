// Runs a program of PostgreSQL (pg_dump, pg_restore) and waits for it. Private to the store.

#pragma once

#include <string>
#include <utility>
#include <vector>

namespace luytre::store {

struct ProgramResult {
  int status = 0;      // of exit; 127: not found
  std::string errors;  // what it wrote to stderr, at most the last 2,000 bytes
};

// `environment` is added to ours: a password belongs there, arguments can be seen by every user of the machine.
ProgramResult run_program(const std::vector<std::string>& arguments,
                          const std::vector<std::pair<std::string, std::string>>& environment);

}  // namespace luytre::store
