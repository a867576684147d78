#include "modules/people/meant.h"

#include <algorithm>

#include "engines/linkage/paper.h"
#include "modules/people/storage.h"
#include "platform/base/text.h"
#include "platform/identity/holders.h"

namespace luytre::people {
namespace {

using store::Query;
using store::Row;
using store::Session;

constexpr Query kByPaper{"people.meant_by_paper", R"sql(
  SELECT person
  FROM people_paper
  WHERE blind = $1 AND proven
  ORDER BY person DESC
  LIMIT 100)sql"};

constexpr Query kByPhone{"people.meant_by_phone", R"sql(
  SELECT person
  FROM people_phone
  WHERE blind = $1 AND proven
  ORDER BY person DESC
  LIMIT 100)sql"};

constexpr Query kInHousehold{"people.meant_in_household", R"sql(
  SELECT person
  FROM people_member
  WHERE account = $1 AND parted IS NULL
  ORDER BY person)sql"};

// Looks and the lines that they are about.
struct Looks {
  std::vector<Row> rows;
  std::vector<std::size_t> lines;

  void add(store::Value key, std::size_t line) {
    rows.push_back({std::move(key)});
    lines.push_back(line);
  }
};

struct Found {
  std::size_t line = 0;
  PersonId person;
};

void look(Session& session, const Query& query, const Looks& looks, std::vector<Found>& out) {
  if (looks.rows.empty()) return;
  const auto found = session.each<PersonId>(query, looks.rows);
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const PersonId person : found[i]) out.push_back({looks.lines[i], person});
}

}  // namespace

std::vector<std::vector<PersonId>> meant(Session& session, const Vault& vault, const identity::Accounts& accounts,
                                         std::span<const Described> lines) {
  Looks papers, phones, households;
  std::vector<store::Bytes> indexes;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].paper)
      for (const std::string& key : linkage::paper_keys(*lines[i].paper))
        papers.add(store::to_value(store::Bytes{vault.blind("people.paper", key)}), i);
    if (!lines[i].phone) continue;
    phones.add(store::to_value(store::Bytes{vault.blind("people.phone", *lines[i].phone)}), i);
    indexes.push_back(accounts.phone_index(*lines[i].phone));
  }
  const auto holders = identity::with_phones(session, indexes);
  for (std::size_t i = 0; i < holders.size(); ++i)
    for (const AccountId account : holders[i]) households.add(store::to_value(account), phones.lines[i]);

  std::vector<Found> by_paper, by_phone;
  look(session, kByPaper, papers, by_paper);
  look(session, kByPhone, phones, by_phone);
  look(session, kInHousehold, households, by_phone);

  std::vector<std::vector<PersonId>> out(lines.size());
  for (const Found& one : by_paper) out[one.line].push_back(one.person);
  std::vector<PersonId> persons;
  persons.reserve(by_phone.size());
  for (const Found& one : by_phone) persons.push_back(one.person);
  const auto records = storage::find(session, persons);
  for (std::size_t i = 0; i < by_phone.size(); ++i) {
    const Described& line = lines[by_phone[i].line];
    if (records[i] && records[i]->birth_year == line.birth_year && fold(records[i]->name) == fold(line.name))
      out[by_phone[i].line].push_back(records[i]->id);
  }
  for (auto& theirs : out) {
    std::sort(theirs.begin(), theirs.end());
    theirs.erase(std::unique(theirs.begin(), theirs.end()), theirs.end());
  }
  return out;
}

}  // namespace luytre::people
