#include "platform/identity/chain_check.h"

#include <fstream>
#include <sstream>

namespace luytre::identity {
namespace {

constexpr std::int64_t kPage = 1000;

struct Linked {
  std::int64_t chain = 0;
  std::int64_t seq = 0;
  std::int64_t entry = 0;
  std::string hash;
  std::optional<std::string> mac;  // of the row; absent: the row is gone
};
BOOST_DESCRIBE_STRUCT(Linked, (), (chain, seq, entry, hash, mac))

struct Marked {
  std::int64_t id = 0;
  std::optional<std::int64_t> seq;
};
BOOST_DESCRIBE_STRUCT(Marked, (), (id, seq))

constexpr store::Query kEntries{"identity.check_entries", R"sql(
  SELECT id, at, account, name, role, area, action, purpose, person, about, unit, reason, filter, persons, passed, mac
  FROM identity_access
  WHERE id > $1
  ORDER BY id
  LIMIT $2)sql"};

constexpr store::Query kSeals{"identity.check_seals", R"sql(
  SELECT a.id, l.seq
  FROM identity_access a LEFT JOIN identity_access_link l ON l.entry = a.id
  WHERE a.id > $1
  ORDER BY a.id
  LIMIT $2)sql"};

// A row that was removed while its mark waited.
constexpr store::Query kLostMark{"identity.check_lost_mark", R"sql(
  SELECT p.entry
  FROM identity_access_pending p LEFT JOIN identity_access a ON a.id = p.entry
  WHERE a.id IS NULL
  ORDER BY p.entry
  LIMIT 1)sql"};

constexpr store::Query kLinks{"identity.check_links", R"sql(
  SELECT l.chain, l.seq, l.entry, l.hash, a.mac
  FROM identity_access_link l LEFT JOIN identity_access a ON a.id = l.entry
  WHERE l.chain > $1 OR (l.chain = $1 AND l.seq > $2)
  ORDER BY l.chain, l.seq
  LIMIT $3)sql"};

constexpr store::Query kCheckpoints{"identity.check_checkpoints", R"sql(
  SELECT seq, at, heads, hash FROM identity_access_checkpoint WHERE seq > $1 ORDER BY seq LIMIT $2)sql"};

constexpr store::Query kLinkHash{"identity.check_link_hash", R"sql(
  SELECT hash FROM identity_access_link WHERE chain = $1 AND seq = $2)sql"};

constexpr store::Query kCheckpointHash{"identity.check_checkpoint_hash", R"sql(
  SELECT hash FROM identity_access_checkpoint WHERE seq = $1)sql"};

std::string link_name(std::int64_t chain, std::int64_t seq) {
  return "chain " + std::to_string(chain) + " link " + std::to_string(seq);
}

}  // namespace

std::string link_hash(const Access& access, std::int64_t chain, std::int64_t seq, std::string_view before,
                      std::int64_t entry, std::string_view mac) {
  std::ostringstream text;
  text << "link " << chain << ' ' << seq << ' ' << entry << ' ' << before << ' ' << mac;
  return hex(access.keyed_hash(text.str()));
}

std::string heads_text(const std::vector<Link>& heads) {
  std::string out;
  for (const auto& head : heads) {
    if (!out.empty()) out += ' ';
    out += std::to_string(head.chain) + ":" + std::to_string(head.seq) + ":" + head.hash;
  }
  return out;
}

std::string checkpoint_hash(const Access& access, const Checkpoint& checkpoint, std::string_view before) {
  std::ostringstream text;
  text << "checkpoint " << checkpoint.seq << ' ' << checkpoint.at.seconds << ' ' << before << ' ' << checkpoint.heads;
  return hex(access.keyed_hash(text.str()));
}

Verdict ChainCheck::run(store::Session& session) {
  trims(session);
  entries(session);
  chains(session);
  checkpoints(session);
  anchor(session);
  return verdict_;
}

void ChainCheck::found(Tampering what, std::string where) {
  if (!verdict_.intact) return;
  verdict_.intact = false;
  verdict_.found = what;
  verdict_.broken_at = std::move(where);
}

// Whatever is missing at the old end of a chain was taken by our own retention.
void ChainCheck::trims(store::Session& session) {
  trims_ = newest_trims(session);
  for (const auto& [chain, trim] : trims_)
    if (trim_mac(access_, trim) != trim.mac) found(Tampering::kChanged, "trim of " + link_name(chain, trim.seq));
}

// Every row's MAC, and that every row but the newest is in a chain.
void ChainCheck::entries(store::Session& session) {
  if (const auto lost = session.one<std::int64_t>(kLostMark)) found(Tampering::kRemoved, "entry " + id_text(*lost));
  const Instant sealed_until = clock_.now() - AccessChain::kUnsealedMost;
  std::int64_t after = 0;
  while (true) {
    const auto rows = session.all<AccessEntry>(kEntries, after, kPage);
    const auto seals = session.all<Marked>(kSeals, after, kPage);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ++verdict_.rows;
      const bool sealed = i < seals.size() && seals[i].seq.has_value();
      const std::string where = "entry " + id_text(rows[i].id);
      if (access_.mac(rows[i]) != rows[i].mac) found(sealed ? Tampering::kChanged : Tampering::kInserted, where);
      if (sealed) continue;
      ++verdict_.unsealed;
      if (rows[i].at < sealed_until) found(Tampering::kInserted, where);
    }
    if (static_cast<std::int64_t>(rows.size()) < kPage) return;
    after = rows.back().id;
  }
}

// The last link that was trimmed; else the one before the first.
Link ChainCheck::beginning(std::int64_t chain) const {
  const auto trim = trims_.find(chain);
  return trim == trims_.end() ? Link{chain, 0, 0, {}} : Link{chain, trim->second.seq, 0, trim->second.hash};
}

// Every link follows from the one before and from the row that it seals.
void ChainCheck::chains(store::Session& session) {
  Link before;
  bool first = true;
  while (true) {
    const auto links = session.all<Linked>(kLinks, first ? -1 : before.chain, before.seq, kPage);
    for (const auto& link : links) {
      if (first || link.chain != before.chain) before = beginning(link.chain);
      first = false;
      if (link.seq != before.seq + 1) found(Tampering::kRemoved, link_name(link.chain, before.seq + 1));
      if (!link.mac) {
        found(Tampering::kRemoved, "entry " + id_text(link.entry));
      } else if (link_hash(access_, link.chain, link.seq, before.hash, link.entry, *link.mac) != link.hash) {
        found(Tampering::kChanged, link_name(link.chain, link.seq));
      }
      before = Link{link.chain, link.seq, link.entry, link.hash};
    }
    if (static_cast<std::int64_t>(links.size()) < kPage) return;
  }
}

// Checkpoints follow from one another, and every head that one names is still there.
void ChainCheck::checkpoints(store::Session& session) {
  Checkpoint before;
  while (true) {
    const auto page = session.all<Checkpoint>(kCheckpoints, before.seq, kPage);
    for (const auto& checkpoint : page) {
      const std::string where = "checkpoint " + std::to_string(checkpoint.seq);
      if (checkpoint.seq != before.seq + 1) found(Tampering::kRemoved, "checkpoint " + std::to_string(before.seq + 1));
      if (checkpoint_hash(access_, checkpoint, before.hash) != checkpoint.hash) found(Tampering::kChanged, where);
      std::istringstream heads(checkpoint.heads);
      for (std::string head; heads >> head;) {
        const auto first = head.find(':');
        const auto second = head.find(':', first + 1);
        if (second == std::string::npos) continue;  // then its hash was wrong too
        const std::int64_t chain = std::atoll(head.c_str());
        const std::int64_t seq = std::atoll(head.c_str() + first + 1);
        const Link beginning_now = beginning(chain);
        if (seq < beginning_now.seq) continue;  // trimmed
        const auto hash = seq == beginning_now.seq ? std::optional(beginning_now.hash)
                                                   : session.one<std::string>(kLinkHash, chain, seq);
        if (hash != head.substr(second + 1)) found(hash ? Tampering::kChanged : Tampering::kCut, link_name(chain, seq));
      }
      before = checkpoint;
    }
    if (static_cast<std::int64_t>(page.size()) < kPage) return;
  }
}

// What this node wrote down outside the database is still in it.
void ChainCheck::anchor(store::Session& session) {
  if (anchor_.empty()) return;
  std::ifstream lines(anchor_);
  std::int64_t seq = 0;
  for (std::string hash; lines >> seq >> hash;) {
    const auto stored = session.one<std::string>(kCheckpointHash, seq);
    if (stored != hash) found(stored ? Tampering::kChanged : Tampering::kCut, "checkpoint " + std::to_string(seq));
  }
}

}  // namespace luytre::identity
