// The table of answers given, as floods use it: many keys at once. Private to the store.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/store/database.h"

namespace luytre::store {

struct KeptAnswer {
  Bytes body;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(KeptAnswer, (), (body, answer))

// In order; empty where the key is new.
std::vector<std::optional<KeptAnswer>> find_kept(Session& session, std::span<const Once* const> keys);

struct NewAnswer {
  const Once* key;
  const std::string* answer;
};
// Throws SqlError (serialization) when another process has kept one of the keys meanwhile: the transaction is then run
// again.
void keep_answers(Session& session, std::span<const NewAnswer> answers, Instant now);

}  // namespace luytre::store
