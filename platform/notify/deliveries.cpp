#include "platform/notify/deliveries.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace luytre::notify {
namespace {

constexpr std::int64_t kExactSeconds = 120;

// One delay, and how many had it.
struct Group {
  Instant hour;
  std::string sender, purpose, state;
  std::int64_t delay = 0, messages = 0, tries_again = 0;
};
BOOST_DESCRIBE_STRUCT(Group, (), (hour, sender, purpose, state, delay, messages, tries_again))

// Grouped by delay, so that what is read grows with the delays there are and not with messages.
constexpr store::Query kGroups{"notify.groups", R"sql(
  SELECT hour, sender, purpose, state, CASE WHEN delay < $3 THEN delay ELSE (delay / 60) * 60 END,
    CAST(count(*) AS bigint), CAST(sum(CASE WHEN tries > 1 THEN tries - 1 ELSE 0 END) AS bigint)
  FROM (
    SELECT (queued / 3600) * 3600 AS hour, sender, purpose, state, coalesce(finished, $2) - queued AS delay, tries
    FROM notify_message
    WHERE queued >= $1) AS message
  GROUP BY 1, 2, 3, 4, 5)sql"};

class Tally {
 public:
  void add(const Group& group) {
    out_.tries_again += group.tries_again;
    if (group.state == "sent") out_.sent += group.messages;
    if (group.state == "failed") out_.failed += group.messages;
    if (group.state == "dropped") out_.dropped += group.messages;
    if (group.state == "queued") out_.waiting += group.messages;
    if (group.state == "sent" || group.state == "queued") delays_[group.delay] += group.messages;
  }
  Outbound result() const {
    Outbound out = out_;
    std::int64_t half = (out.sent + out.waiting + 1) / 2;
    for (const auto& [delay, messages] : delays_) {
      half -= messages;
      if (half > 0) continue;
      out.median_seconds = delay;
      break;
    }
    return out;
  }
  Outbound& head() { return out_; }

 private:
  Outbound out_;
  std::map<std::int64_t, std::int64_t> delays_;
};

std::vector<Group> groups(store::Session& session, Instant since, Instant now) {
  return session.all<Group>(kGroups, since, now, kExactSeconds);
}

}  // namespace

std::vector<Outbound> deliveries(store::Session& session, Instant since, Instant now) {
  using Key = std::tuple<std::int64_t, std::string, std::string>;
  std::map<Key, Tally> tallies;
  for (const auto& group : groups(session, since, now)) {
    Tally& tally = tallies[{-group.hour.seconds, group.purpose, group.sender}];
    tally.head().hour = group.hour;
    tally.head().sender = group.sender;
    tally.head().purpose = group.purpose;
    tally.add(group);
  }
  std::vector<Outbound> out;
  for (const auto& [key, tally] : tallies) out.push_back(tally.result());
  return out;
}

Outbound outbound_since(store::Session& session, bool code, Instant since, Instant now) {
  Tally tally;
  for (const auto& group : groups(session, since, now))
    if ((group.purpose == kCodePurpose) == code) tally.add(group);
  return tally.result();
}

}  // namespace luytre::notify
