#include "platform/identity/access_chain.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/identity/access_retention.h"
#include "platform/identity/chain_check.h"

namespace luytre::identity {
namespace {

constexpr std::int64_t kBatch = 500;

struct Pending {
  std::int64_t entry = 0;
  std::string mac;
};
BOOST_DESCRIBE_STRUCT(Pending, (), (entry, mac))

constexpr store::Query kPending{"identity.chain_pending", R"sql(
  SELECT p.entry, a.mac
  FROM identity_access_pending p JOIN identity_access a ON a.id = p.entry
  WHERE p.process = $1 OR p.at < $2
  ORDER BY p.entry
  LIMIT $3)sql"};

constexpr store::Query kHead{"identity.chain_head", R"sql(
  SELECT chain, seq, entry, hash FROM identity_access_link WHERE chain = $1 ORDER BY seq DESC LIMIT 1)sql"};

constexpr store::Query kAppend{"identity.chain_append", R"sql(
  INSERT INTO identity_access_link (chain, seq, entry, hash) VALUES ($1, $2, $3, $4))sql"};

constexpr store::Query kUnpend{"identity.chain_unpend", R"sql(
  DELETE FROM identity_access_pending WHERE entry = $1 RETURNING entry)sql"};

constexpr store::Query kChains{"identity.chain_chains", R"sql(
  SELECT DISTINCT chain FROM identity_access_link ORDER BY chain)sql"};

constexpr store::Query kLastCheckpoint{"identity.chain_last_checkpoint", R"sql(
  SELECT seq, at, heads, hash FROM identity_access_checkpoint ORDER BY seq DESC LIMIT 1)sql"};

constexpr store::Query kCheckpoint{"identity.chain_checkpoint", R"sql(
  INSERT INTO identity_access_checkpoint (seq, at, heads, hash) VALUES ($1, $2, $3, $4))sql"};

// The chain's last link. Where retention has taken all of them, it goes on from there.
Link head_of(store::Session& session, std::int64_t chain) {
  if (auto head = session.one<Link>(kHead, chain)) return std::move(*head);
  if (auto trim = newest_trim(session, chain)) return Link{chain, trim->seq, 0, std::move(trim->hash)};
  return Link{chain, 0, 0, {}};
}

}  // namespace

AccessChain::AccessChain(store::Database& database, const Access& access, const Clock& clock,
                         std::filesystem::path anchor)
    : database_(database), access_(access), clock_(clock), anchor_(std::move(anchor)) {}

AccessChain::~AccessChain() {
  stop();
}

void AccessChain::start() {
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void AccessChain::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  try {
    seal_now();
    checkpoint_now();
  } catch (const std::exception& fault) {
    log::warn("the access log's last rows stay unsealed until the next start", {{"what", fault.what()}});
  }
}

void AccessChain::run() {
  Instant checkpoint_due = clock_.now() + kCheckpointEvery;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, kSealEvery, [this] { return stopping_; })) return;
    }
    try {
      seal_now();
      if (clock_.now() < checkpoint_due) continue;
      checkpoint_now();
      checkpoint_due = clock_.now() + kCheckpointEvery;
    } catch (const std::exception& fault) {
      log::error("the access log could not be sealed; trying again", {{"what", fault.what()}});
    }
  }
}

std::size_t AccessChain::seal_now() {
  const std::lock_guard lock(sealing_);
  write_refused();
  std::size_t total = 0;
  while (true) {
    const std::size_t sealed = seal_batch();
    total += sealed;
    if (sealed < static_cast<std::size_t>(kBatch)) return total;
  }
}

void AccessChain::write_refused() {
  auto refused = std::make_shared<std::vector<AccessEntry>>(access_.take_refused());
  if (refused->empty()) return;
  database_.transact_now([refused](store::Session& s) { Access::insert(s, *refused); });
}

// The list is read in a transaction of its own: the one that writes then touches only single rows that nobody else
// writes.
std::size_t AccessChain::seal_batch() {
  const std::int64_t chain = access_.process();
  const Instant orphaned = clock_.now() - kOrphanAfter;
  const auto pending = database_.read_now(
      [chain, orphaned](store::Session& s) { return s.all<Pending>(kPending, chain, orphaned, kBatch); });
  if (pending.empty()) return 0;
  return database_.transact_now([this, chain, pending](store::Session& s) {
    Link head = head_of(s, chain);
    std::vector<store::Row> links;
    std::vector<store::Row> marks;
    for (const auto& row : pending) marks.push_back({row.entry});
    const auto taken = s.each<std::int64_t>(kUnpend, marks);
    for (std::size_t i = 0; i < pending.size(); ++i) {
      if (taken[i].empty()) continue;  // another process took the orphan
      head = Link{chain, head.seq + 1, pending[i].entry,
                  link_hash(access_, chain, head.seq + 1, head.hash, pending[i].entry, pending[i].mac)};
      links.push_back({head.chain, head.seq, head.entry, head.hash});
    }
    s.insert(kAppend, links);
    return links.size();
  });
}

bool AccessChain::checkpoint_now() {
  const std::lock_guard lock(sealing_);
  const auto made = database_.transact_now([this](store::Session& s) -> std::optional<Checkpoint> {
    const auto last = s.one<Checkpoint>(kLastCheckpoint).value_or(Checkpoint{});
    std::vector<Link> heads;
    for (const std::int64_t chain : s.all<std::int64_t>(kChains)) {
      if (auto head = s.one<Link>(kHead, chain)) heads.push_back(std::move(*head));
    }
    Checkpoint next{last.seq + 1, clock_.now(), heads_text(heads), {}};
    if (next.heads == last.heads) return std::nullopt;
    next.hash = checkpoint_hash(access_, next, last.hash);
    s.run(kCheckpoint, next.seq, next.at, next.heads, next.hash);
    return next;
  });
  if (!made) return false;
  append_anchor(made->seq, made->hash);
  log::info("access log checkpoint", {{"seq", std::to_string(made->seq)}, {"hash", made->hash}});
  return true;
}

void AccessChain::append_anchor(std::int64_t seq, const std::string& hash) const {
  if (anchor_.empty()) return;
  const int descriptor = ::open(anchor_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const std::string line = std::to_string(seq) + " " + hash + "\n";
  const bool written =
      descriptor >= 0 && ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  if (descriptor >= 0) {
    ::fsync(descriptor);
    ::close(descriptor);
  }
  if (!written) log::error("the access log's anchor cannot be written", {{"file", anchor_.string()}});
}

Task<Verdict> AccessChain::verify() const {
  return database_.read([this](store::Session& s) { return ChainCheck(access_, clock_, anchor_).run(s); });
}

}  // namespace luytre::identity
