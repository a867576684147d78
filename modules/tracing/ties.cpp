#include "modules/tracing/ties.h"

#include <algorithm>
#include <map>
#include <set>

#include "engines/presence/risk.h"
#include "modules/people/merged.h"
#include "modules/tracing/counted.h"

namespace luytre::tracing {
namespace {

// Closed rooms with few people: presence::Setting, 1 to 3.
constexpr presence::Setting kAtHome{3, 2};

constexpr store::Query kShared{"tracing.shared_home", R"sql(
  SELECT other.person AS person, own.joined AS own_joined, own.parted AS own_parted, other.joined AS joined,
         other.parted AS parted, FALSE AS stated
  FROM people_pub_household own
  JOIN people_pub_household other ON other.account = own.account AND other.person <> own.person
  WHERE own.person = $1
  UNION ALL
  SELECT other.person AS person, own.joined AS own_joined, own.parted AS own_parted, other.joined AS joined,
         other.parted AS parted, TRUE AS stated
  FROM people_pub_housemate own
  JOIN people_pub_housemate other ON other.household = own.household AND other.person <> own.person
  WHERE own.person = $1)sql"};

struct Shared {
  PersonId person;
  Instant own_joined;
  std::optional<Instant> own_parted;
  Instant joined;
  std::optional<Instant> parted;
  bool stated = false;  // an officer said since when
};
BOOST_DESCRIBE_STRUCT(Shared, (), (person, own_joined, own_parted, joined, parted, stated))

// When somebody joined an account's household was only when it was told: it says no more than that the other had not
// left before. What an officer wrote down is when they moved in.
Interval within(const Shared& shared, Interval window) {
  Interval out = window;
  if (shared.stated) out.from = std::max({out.from, shared.own_joined, shared.joined});
  if (shared.own_parted) out.to = std::min(out.to, *shared.own_parted);
  if (shared.parted) out.to = std::min(out.to, *shared.parted);
  const bool never = (shared.own_parted && *shared.own_parted <= shared.joined) ||
                     (shared.parted && *shared.parted <= shared.own_joined);
  return never ? Interval{window.from, window.from} : out;
}

std::int64_t risk_at_home(Interval when, bool by_air) {
  presence::Exposure exposure;
  exposure.duration = when.to - when.from;
  exposure.setting = kAtHome;
  exposure.by_air = by_air;
  return presence::risk(exposure);
}

// With all records of each person; `whose` says of which person.
struct Records {
  std::vector<PersonId> all;
  std::vector<std::size_t> whose;
};

Records records_of(store::Session& session, std::span<const presence::Source> sources) {
  std::vector<PersonId> persons;
  persons.reserve(sources.size());
  for (const presence::Source& source : sources) persons.push_back(source.person);
  Records out;
  const auto known = people::known_as(session, persons);
  for (std::size_t i = 0; i < known.size(); ++i) {
    out.all.insert(out.all.end(), known[i].begin(), known[i].end());
    out.whose.insert(out.whose.end(), known[i].size(), i);
  }
  return out;
}

std::vector<std::vector<Shared>> shared_with(store::Session& session, std::span<const PersonId> records) {
  if (records.empty()) return {};
  std::vector<store::Row> asked;
  asked.reserve(records.size());
  for (const PersonId record : records) asked.push_back({record.value});
  return session.each<Shared>(kShared, asked);
}

// ---- levels ----

using Contacts = std::map<PersonId, presence::Contact>;

// Whether somebody is a contact, or is exposed since earlier, only by a tie.
bool add(Contacts& contacts, const Tie& tie, int level) {
  const auto [at, fresh] = contacts.try_emplace(tie.person);
  presence::Contact& contact = at->second;
  const bool earlier = fresh || tie.when.from < contact.exposed_since;
  if (fresh) {
    contact.person = tie.person;
    contact.level = level;
  }
  if (earlier) contact.exposed_since = tie.when.from;
  contact.risk = std::max(contact.risk, tie.risk);
  ++contact.evidence_count;
  return earlier;
}

Contacts at_level(const std::vector<presence::Contact>& contacts, int level, const std::set<PersonId>& known) {
  Contacts out;
  for (const presence::Contact& contact : contacts) {
    if (contact.level != level || known.contains(contact.person)) continue;
    out.emplace(contact.person, contact);
  }
  return out;
}

// Of a level with these people: who was exposed by them, as a question of its own.
presence::Question beyond(const presence::Question& question, const std::vector<presence::Source>& frontier) {
  presence::Question out = question;
  out.cases = frontier;
  out.rules.depth = 1;
  return out;
}

bool cut_short(presence::Stopped how) {
  return how == presence::Stopped::kCount || how == presence::Stopped::kTime;
}

std::vector<Tie> household_ties(store::Session& session, std::span<const presence::Source> sources, bool by_air) {
  const Records records = records_of(session, sources);
  const auto shared = shared_with(session, records.all);
  std::vector<PersonId> others;
  for (const auto& theirs : shared)
    for (const Shared& one : theirs) others.push_back(one.person);
  const auto as = counted(session, others);

  std::vector<Tie> out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < shared.size(); ++i) {
    const presence::Source& source = sources[records.whose[i]];
    for (const Shared& one : shared[i]) {
      const PersonId person = as[next++];
      const Interval when = within(one, source.window);
      if (person == source.person || when.to <= when.from) continue;
      out.push_back({person, source.person, EvidenceKind::kHousehold, when, risk_at_home(when, by_air)});
    }
  }
  return out;
}

}  // namespace

bool by_air(const cases::Cases& cases, std::string_view disease) {
  const presence::Disease* const known = cases.diseases().find(disease);
  return !known || known->transmission.empty() || known->by_air();
}

std::variant<Tied, WhySql> trace_tied(const presence::Question& question, const presence::TraceLimits& limits,
                                      const Asking& ask, const TiesOf& ties_of) {
  std::vector<presence::Source> frontier = presence::merge_sources(question.cases);
  std::vector<Tie> ties;
  if (ties_of && !frontier.empty()) {
    auto own = ties_of(frontier, 0, limits);
    if (!own) return Tied{{{}, presence::Stopped::kTime, 0}, {}};
    ties = std::move(*own);
  }
  // Somebody at home will most likely be a contact by that alone: then level by level, which costs what the whole does.
  bool apart = question.rules.depth > 1 && !ties.empty();
  presence::Traced whole;
  if (!apart) {
    auto first = ask(question, limits);
    if (const auto* why = std::get_if<WhySql>(&first)) return *why;
    whole = std::get<presence::Traced>(std::move(first));
    if (!ties_of) return Tied{std::move(whole), {}};
  }

  Tied out;
  out.traced.answer.links_found = whole.answer.links_found;
  out.traced.answer.persons_searched = whole.answer.persons_searched;
  std::set<PersonId> known;
  for (const presence::Source& source : frontier) known.insert(source.person);
  presence::Stopped stopped = apart ? presence::Stopped::kDepth : whole.stopped;
  while (out.traced.levels < question.rules.depth && !frontier.empty()) {
    const int level = out.traced.levels + 1;
    if (!apart && cut_short(whole.stopped) && level > whole.levels) break;
    Contacts next;
    if (apart) {
      if (limits.most_contacts != 0 && out.traced.answer.contacts.size() >= limits.most_contacts) {
        stopped = presence::Stopped::kCount;
        break;
      }
      auto more = ask(beyond(question, frontier), {0, limits.over});
      if (const auto* why = std::get_if<WhySql>(&more)) return *why;
      const auto& found = std::get<presence::Traced>(more);
      if (found.stopped == presence::Stopped::kTime) {
        stopped = presence::Stopped::kTime;
        break;
      }
      out.traced.answer.links_found += found.answer.links_found;
      out.traced.answer.persons_searched += found.answer.persons_searched;
      next = at_level(found.answer.contacts, 1, known);
      for (auto& [person, contact] : next) contact.level = level;
    } else {
      next = at_level(whole.answer.contacts, level, known);
    }
    bool moved = false;
    if (level > 1) {
      auto more = ties_of(frontier, level - 1, limits);
      if (!more) {
        stopped = presence::Stopped::kTime;
        break;
      }
      ties = std::move(*more);
    }
    for (const Tie& tie : ties) {
      if (known.contains(tie.person)) continue;
      moved |= add(next, tie, level);
      out.ties.push_back(tie);
      ++out.traced.answer.links_found;
    }
    if (moved && !apart) {
      apart = true;  // who exposes whom is another: beyond, the first answer does not hold
      stopped = presence::Stopped::kDepth;
    }
    frontier.clear();
    for (auto& [person, contact] : next) {
      known.insert(person);
      const Interval window = presence::exposing(question, person, contact.exposed_since);
      if (window.from < window.to) frontier.push_back({person, window});
      out.traced.answer.contacts.push_back(std::move(contact));
    }
    ++out.traced.levels;
  }
  if (apart && stopped == presence::Stopped::kDepth && frontier.empty()) stopped = presence::Stopped::kNot;
  out.traced.stopped = stopped;
  presence::sort_contacts(out.traced.answer.contacts);
  return out;
}

std::optional<std::vector<Tie>> ties_of(store::Session& session, const Parts& parts, const presence::RuleSet& rules,
                                        const std::string& disease, std::span<const presence::Source> sources,
                                        int level, const presence::TraceLimits& limits) {
  std::vector<Tie> out = declared_ties(session, disease, sources);
  if (rules.household.value_or(false)) {
    auto at_home = household_ties(session, sources, by_air(parts.cases, disease));
    std::move(at_home.begin(), at_home.end(), std::back_inserter(out));
  }
  if (rules.vehicle && level == 0) {
    for (const presence::Source& source : sources) {
      auto listed = listed_with(session, parts, *rules.vehicle, source, by_air(parts.cases, disease), limits);
      if (!listed) return std::nullopt;
      std::move(listed->begin(), listed->end(), std::back_inserter(out));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool of_household(const store::Event& event) {
  return event.type == "household.joined" || event.type == "household.left";
}

std::vector<PersonId> housemates(store::Session& session, PersonId record) {
  std::set<PersonId> out;
  const auto records = people::ever_known_as(session, record);
  for (const auto& theirs : shared_with(session, records))
    for (const Shared& one : theirs) out.insert(one.person);
  return {out.begin(), out.end()};
}

}  // namespace luytre::tracing
