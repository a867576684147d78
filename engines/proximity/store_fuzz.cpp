// Whatever comes as a store, encoded or sealed: what is taken for one is bounded, in order, and encodes to the very
// same bytes; what it then answers does not reach outside.

#include "engines/proximity/store.h"
#include "platform/base/fuzzing.h"

using namespace luytre::proximity;
using luytre::Instant;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  require(!open_store(bytes, StoreKey{}) || size > kStoreNonceBytes);
  auto store = EncounterStore::decode(bytes);
  if (!store) return 0;
  const auto again = store->encode();
  require(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
  if (store->all().empty()) return 0;
  const Encounter first = store->all().front(), last = store->all().back();
  const Heard as_heard = heard(first, -128, 127, 0);
  require(as_heard.least >= 0 && as_heard.sum >= 0 && as_heard.count > 0);
  const auto before = store->all().size();
  const auto kept = store->record(last.at, last, {});
  require(kept == EncounterStore::Kept::kAdded && store->all().size() == before);
  store->expire(last.at);
  require(!store->all().empty());
  store->forget({first.at, Instant{last.at.seconds + 1}});
  require(store->all().empty());
  return 0;
}
