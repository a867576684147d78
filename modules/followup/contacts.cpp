#include "modules/followup/contacts.h"

#include "modules/followup/storage.h"

namespace luytre::followup {
namespace {

using tracing::CandidateId;
using tracing::Followed;

struct NewestRow {
  FollowUpId id;
  State state = State::kOpen;
  Date last_day;
  std::optional<FollowUpId> joined_to;
};
BOOST_DESCRIBE_STRUCT(NewestRow, (), (id, state, last_day, joined_to))

constexpr store::Query kNewest{"followup.newest_of_contact", R"sql(
  SELECT p.id, p.state, p.last_day, p.joined_to
  FROM followup_reason r
  JOIN followup_period p ON p.id = r.period
  WHERE r.candidate = $1
  ORDER BY r.period DESC
  LIMIT 1)sql"};

// Open ones and ended ones have indexes of their own.
struct Texts {
  std::string count_name, count, all_name, all;
};

Texts texts_of(bool open) {
  const std::string which = open ? "p.state = 'open'" : "p.ended IS NOT NULL AND p.state = $1";
  const std::string newest =
      "\n    AND NOT EXISTS (SELECT 1 FROM followup_reason later WHERE later.candidate = r.candidate AND later.period "
      "> "
      "r.period)";
  const std::string name = open ? "open" : "ended";
  return {"followup.count_" + name,
          "SELECT count(*)\n  FROM (SELECT 1 AS one FROM followup_period p WHERE " + which + " LIMIT " +
              (open ? "$1" : "$2") + ") AS few",
          "followup.contacts_" + name,
          "SELECT r.candidate\n  FROM followup_period p\n  JOIN followup_reason r ON r.period = p.id\n  WHERE " +
              which + newest +
              "\n  UNION ALL\n  SELECT r.candidate\n  FROM followup_period p\n"
              "  JOIN followup_period j ON j.joined_to = p.id\n  JOIN followup_reason r ON r.period = j.id\n  WHERE " +
              which + newest};
}

Followed followed(State state) {
  switch (state) {
    case State::kOpen:
      return Followed::kOpen;
    case State::kDone:
      return Followed::kDone;
    case State::kReleased:
      return Followed::kReleased;
    case State::kBecameCase:
      return Followed::kBecameCase;
    case State::kJoined:
      break;  // whoever stands for it is looked at
  }
  return Followed::kNone;
}

}  // namespace

std::vector<std::optional<tracing::ContactFollowUp>> follow_ups_of(store::Session& session,
                                                                   std::span<const CandidateId> contacts) {
  std::vector<store::Row> looks;
  for (const CandidateId id : contacts) looks.push_back({store::to_value(id)});
  std::vector<std::optional<tracing::ContactFollowUp>> out;
  for (const auto& found : session.each<NewestRow>(kNewest, looks)) {
    auto& one = out.emplace_back();
    if (found.empty()) continue;
    const NewestRow& row = found.front();
    one = tracing::ContactFollowUp{row.id, followed(row.state), row.last_day};
    if (!row.joined_to) continue;
    const auto stands = storage::find(session, *row.joined_to);
    if (stands) one = tracing::ContactFollowUp{stands->id, followed(stands->state), stands->last_day};
  }
  return out;
}

std::optional<std::vector<CandidateId>> followed_so(store::Session& session, Followed state, std::size_t most) {
  static const Texts kOpen = texts_of(true), kEnded = texts_of(false);
  const bool open = state == Followed::kOpen;
  const Texts& texts = open ? kOpen : kEnded;
  const store::Query count{texts.count_name.c_str(), texts.count.c_str()};
  const store::Query all{texts.all_name.c_str(), texts.all.c_str()};
  const std::string word = json::enum_text(state);  // the states have the same words
  const auto found =
      open ? session.value<std::int64_t>(count, most + 1) : session.value<std::int64_t>(count, word, most + 1);
  if (found > static_cast<std::int64_t>(most)) return std::nullopt;
  return open ? session.all<CandidateId>(all) : session.all<CandidateId>(all, word);
}

}  // namespace luytre::followup
