#include "platform/identity/access_retention.h"

#include <sstream>

#include "platform/base/log.h"
#include "platform/identity/chain_check.h"

namespace luytre::identity {
namespace {

constexpr std::chrono::minutes kEvery{5};
constexpr std::int64_t kStep = 1000;  // rows of each chain, in one run
constexpr const char* kRule = "access log: two years";

struct Oldest {
  std::int64_t seq = 0;
  std::int64_t entry = 0;
  std::string hash;
};
BOOST_DESCRIBE_STRUCT(Oldest, (), (seq, entry, hash))

constexpr store::Query kTrims{"identity.trims", R"sql(
  SELECT chain, seq, hash, ran, rule, older_than, deleted, mac
  FROM identity_access_trim
  ORDER BY chain, seq)sql"};

constexpr store::Query kTrim{"identity.trim", R"sql(
  SELECT chain, seq, hash, ran, rule, older_than, deleted, mac
  FROM identity_access_trim
  WHERE chain = $1
  ORDER BY seq DESC
  LIMIT 1)sql"};

constexpr store::Query kChainsToTrim{"identity.trim_chains", R"sql(
  SELECT DISTINCT chain FROM identity_access_link ORDER BY chain)sql"};

constexpr store::Query kOldest{"identity.trim_oldest", R"sql(
  SELECT seq, entry, hash FROM identity_access_link WHERE chain = $1 ORDER BY seq LIMIT $2)sql"};

constexpr store::Query kEntry{"identity.trim_entry", R"sql(
  SELECT id, at, account, name, role, area, action, purpose, person, about, unit, reason, filter, persons, passed, mac
  FROM identity_access
  WHERE id = $1)sql"};

constexpr store::Query kDeleteEntries{"identity.trim_entries", R"sql(
  DELETE FROM identity_access
  WHERE id IN (SELECT entry FROM identity_access_link WHERE chain = $1 AND seq <= $2))sql"};

constexpr store::Query kDeleteLinks{"identity.trim_links", R"sql(
  DELETE FROM identity_access_link WHERE chain = $1 AND seq <= $2)sql"};

constexpr store::Query kProof{"identity.trim_proof", R"sql(
  INSERT INTO identity_access_trim (chain, seq, hash, ran, rule, older_than, deleted, mac)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

// How far the chain's old end may go: the last link of it that is old enough and, as all before it, whole.
Trim old_end(store::Session& session, const Access& access, std::int64_t chain, Instant older_than) {
  const auto base = newest_trim(session, chain);
  Trim end;
  end.chain = chain;
  if (base) {
    if (trim_mac(access, *base) != base->mac) return end;  // verify() tells
    end.seq = base->seq;
    end.hash = base->hash;
  }
  const auto links = session.all<Oldest>(kOldest, chain, kStep);
  std::vector<store::Row> ids;
  for (const auto& link : links) ids.push_back({store::to_value(link.entry)});
  const auto entries = session.each<AccessEntry>(kEntry, ids);
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (entries[i].empty()) break;
    const AccessEntry& entry = entries[i].front();
    if (entry.at >= older_than) break;
    const bool whole = links[i].seq == end.seq + 1 && access.mac(entry) == entry.mac &&
                       link_hash(access, chain, links[i].seq, end.hash, entry.id, entry.mac) == links[i].hash;
    if (!whole) {
      log::error("the access log does not fit together; what does not is kept", {{"entry", id_text(entry.id)}});
      break;
    }
    end.seq = links[i].seq;
    end.hash = links[i].hash;
    ++end.deleted;
  }
  return end;
}

void trim(store::Session& session, const Access& access, std::int64_t chain, Instant now) {
  const Instant older_than = now - kAccessLogKept;
  Trim end = old_end(session, access, chain, older_than);
  if (end.deleted == 0) return;
  end.ran = now;
  end.rule = kRule;
  end.older_than = older_than;
  end.mac = trim_mac(access, end);
  session.run(kDeleteEntries, chain, end.seq);
  session.run(kDeleteLinks, chain, end.seq);
  session.run(kProof, end.chain, end.seq, end.hash, end.ran, end.rule, end.older_than, end.deleted, end.mac);
}

}  // namespace

std::string trim_mac(const Access& access, const Trim& trim) {
  std::ostringstream text;
  text << "trim " << trim.chain << ' ' << trim.seq << ' ' << trim.hash << ' ' << trim.ran.seconds << ' '
       << trim.older_than.seconds << ' ' << trim.deleted << ' ' << trim.rule;
  return hex(access.keyed_hash(text.str()));
}

std::map<std::int64_t, Trim> newest_trims(store::Session& session) {
  std::map<std::int64_t, Trim> out;
  for (auto& trim : session.all<Trim>(kTrims)) out[trim.chain] = std::move(trim);
  return out;
}

std::optional<Trim> newest_trim(store::Session& session, std::int64_t chain) {
  return session.one<Trim>(kTrim, chain);
}

store::Recurring access_retention(const Access& access, const Clock& clock) {
  return {"identity.access_log", kEvery, [&access, &clock](store::Session& session) {
            const Instant now = clock.now();
            for (const std::int64_t chain : session.all<std::int64_t>(kChainsToTrim)) trim(session, access, chain, now);
          }};
}

}  // namespace luytre::identity
