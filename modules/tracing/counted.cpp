#include "modules/tracing/counted.h"

#include <algorithm>

namespace luytre::tracing {
namespace {

constexpr store::Query kCountsAs{"tracing.counts_as", R"sql(
SELECT kept
FROM people_pub_merged
WHERE person = $1)sql"};

}  // namespace

std::vector<PersonId> counted(store::Session& session, std::span<const PersonId> records) {
  std::vector<PersonId> out(records.begin(), records.end());
  if (records.empty()) return out;
  std::vector<store::Row> asked;
  asked.reserve(records.size());
  for (const PersonId record : records) asked.push_back({record.value});
  const auto kept = session.each<PersonId>(kCountsAs, asked);
  for (std::size_t i = 0; i < out.size(); ++i)
    if (!kept[i].empty()) out[i] = kept[i].front();
  return out;
}

PersonId counted(store::Session& session, PersonId record) {
  return counted(session, std::span(&record, 1)).front();
}

presence::Question as_counted(store::Session& session, presence::Question question) {
  std::vector<PersonId> records;
  for (const presence::Source& source : question.cases) records.push_back(source.person);
  for (const auto& [person, from] : question.isolated) records.push_back(person);
  const auto people = counted(session, records);
  std::size_t next = 0;
  for (presence::Source& source : question.cases) source.person = people[next++];
  std::map<PersonId, Instant> isolated;
  for (const auto& [record, from] : question.isolated) {
    const auto [known, fresh] = isolated.emplace(people[next++], from);
    if (!fresh) known->second = std::min(known->second, from);
  }
  question.isolated = std::move(isolated);
  return question;
}

}  // namespace luytre::tracing
