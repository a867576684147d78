// ChainCheck: reads the whole access log with its chains, checkpoints and anchor, and says what does not fit. The
// formulas of the hashes, which AccessChain writes by. Internal to identity; what it proves is told in access_chain.h.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/identity/access_chain.h"
#include "platform/identity/access_retention.h"

namespace luytre::identity {

struct Link {
  std::int64_t chain = 0;
  std::int64_t seq = 0;
  std::int64_t entry = 0;
  std::string hash;  // hex
};
BOOST_DESCRIBE_STRUCT(Link, (), (chain, seq, entry, hash))

struct Checkpoint {
  std::int64_t seq = 0;
  Instant at;
  std::string heads;  // "chain:seq:hash chain:seq:hash …"
  std::string hash;
};
BOOST_DESCRIBE_STRUCT(Checkpoint, (), (seq, at, heads, hash))

std::string link_hash(const Access& access, std::int64_t chain, std::int64_t seq, std::string_view before,
                      std::int64_t entry, std::string_view mac);
std::string heads_text(const std::vector<Link>& heads);
std::string checkpoint_hash(const Access& access, const Checkpoint& checkpoint, std::string_view before);

class ChainCheck {
 public:
  ChainCheck(const Access& access, const Clock& clock, const std::filesystem::path& anchor)
      : access_(access), clock_(clock), anchor_(anchor) {}
  Verdict run(store::Session& session);

 private:
  void trims(store::Session& session);
  void entries(store::Session& session);
  void chains(store::Session& session);
  void checkpoints(store::Session& session);
  void anchor(store::Session& session);
  Link beginning(std::int64_t chain) const;
  void found(Tampering what, std::string where);

  const Access& access_;
  const Clock& clock_;
  const std::filesystem::path& anchor_;
  std::map<std::int64_t, Trim> trims_;  // where each chain begins now
  Verdict verdict_;
};

}  // namespace luytre::identity
