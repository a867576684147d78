// Hasher: argon2id (libsodium) for passwords and PINs, off the server's threads and never more than `threads` at once.
//
// One hash costs 64 MiB and a tenth of a second of a core, on purpose. A flood of sign-ins therefore waits in a short
// queue, and beyond `waiting` is refused with kTooMany, so that neither memory nor the two cores go down with it.
// Before hashing, the secret is keyed with the vault (BLAKE2b), so that a stolen database alone does not allow guessing
// six-digit PINs. Stored form: libsodium's string with algorithm, cost and salt. Thread-safe. Destroy after the
// io_contexts that await it have stopped.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/task.h"
#include "platform/base/vault.h"

namespace luytre::identity {

struct HashCost {
  unsigned long long operations = 2;
  std::size_t memory = 64 * 1024 * 1024;
};

class Hasher {
 public:
  Hasher(const Vault& vault, unsigned threads = 2, std::size_t waiting = 32);
  ~Hasher();

  Task<Result<std::string>> hash(std::string secret, HashCost cost);
  // Which of the stored hashes the secret matches; absent: none. With nothing stored it works as long as for one of
  // `cost`.
  Task<Result<std::optional<std::size_t>>> match(std::string secret, std::vector<std::string> stored, HashCost cost);

  // On this thread: command line and tests.
  std::string hash_now(std::string_view secret, HashCost cost) const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace luytre::identity
