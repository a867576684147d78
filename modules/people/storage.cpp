#include "modules/people/storage.h"

namespace luytre::people::storage {
namespace {

using store::Bytes;
using store::Query;
using store::Row;
using store::Session;
using store::to_value;

constexpr Query kInsert{"people.insert", R"sql(
  INSERT INTO people_person (id, name, birth_date, birth_year, sex, nationality, unit, address, version, created,
                             created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql"};

constexpr Query kUpdate{"people.update", R"sql(
  UPDATE people_person
  SET name = $2, birth_date = $3, birth_year = $4, sex = $5, nationality = $6, unit = $7, address = $8, version = $9
  WHERE id = $1 AND version = $10)sql"};

constexpr Query kFind{"people.find", R"sql(
  SELECT id, name, birth_date, birth_year, sex, nationality, unit, address, version
  FROM people_person
  WHERE id = $1)sql"};

constexpr Query kHomes{"people.homes", R"sql(
  SELECT id, address
  FROM people_person
  WHERE unit = $1 AND address IS NOT NULL
  ORDER BY id
  LIMIT $2)sql"};

constexpr Query kInsertWord{"people.insert_word", R"sql(
  INSERT INTO people_word (word, birth_year, person)
  VALUES ($1, $2, $3))sql"};

constexpr Query kInsertYearWord{"people.insert_year_word", R"sql(
  INSERT INTO people_year_word (word, birth_year, person)
  VALUES ($1, $2, $3))sql"};

constexpr Query kDeleteYearWords{"people.delete_year_words", R"sql(
  DELETE FROM people_year_word
  WHERE person = $1)sql"};

constexpr Query kDeleteWords{"people.delete_words", R"sql(
  DELETE FROM people_word
  WHERE person = $1)sql"};

constexpr Query kInUse{"people.in_use", R"sql(
  SELECT person FROM people_member WHERE person = $1
  UNION ALL SELECT person FROM people_housemate WHERE person = $1
  UNION ALL SELECT person FROM people_merge WHERE person = $1
  UNION ALL SELECT kept FROM people_merge WHERE kept = $1
  UNION ALL SELECT one FROM people_distinct WHERE one = $1
  UNION ALL SELECT other FROM people_distinct WHERE other = $1
  UNION ALL SELECT person FROM people_correction WHERE person = $1
  LIMIT 1)sql"};

constexpr Query kRemovePapers{"people.remove_papers", R"sql(
  DELETE FROM people_paper
  WHERE person = $1)sql"};

constexpr Query kRemovePhones{"people.remove_phones", R"sql(
  DELETE FROM people_phone
  WHERE person = $1)sql"};

constexpr Query kRemoveExternal{"people.remove_external", R"sql(
  DELETE FROM people_external
  WHERE person = $1)sql"};

constexpr Query kRemove{"people.remove", R"sql(
  DELETE FROM people_person
  WHERE id = $1)sql"};

constexpr Query kWithWord{"people.with_word", R"sql(
  SELECT p.id, p.name, p.birth_date, p.birth_year, p.sex, p.nationality, p.unit, p.address, p.version
  FROM people_word w
  JOIN people_person p ON p.id = w.person
  WHERE w.word = $1 AND w.birth_year = $2
  ORDER BY w.person
  LIMIT $3)sql"};

constexpr Query kWithYearWord{"people.with_year_word", R"sql(
  SELECT p.id, p.name, p.birth_date, p.birth_year, p.sex, p.nationality, p.unit, p.address, p.version
  FROM people_year_word w
  JOIN people_person p ON p.id = w.person
  WHERE w.word = $1 AND w.birth_year = $2
  ORDER BY w.person
  LIMIT $3)sql"};

// The + keeps both engines from beginning with everybody who was born on those days.
constexpr Query kWithWordOnDays{"people.with_word_on_days", R"sql(
  SELECT p.id, p.name, p.birth_date, p.birth_year, p.sex, p.nationality, p.unit, p.address, p.version
  FROM people_word w
  JOIN people_person p ON p.id = w.person
  WHERE w.word = $1 AND w.birth_year = $2
    AND (+p.birth_date BETWEEN $4 AND $5
         OR +p.birth_date IN ($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17))
  ORDER BY w.person
  LIMIT $3)sql"};

constexpr std::array kBornAs{kWithWord, kWithYearWord, kWithWordOnDays};  // by Born

constexpr Query kAddPaper{"people.add_paper", R"sql(
  INSERT INTO people_paper (id, person, kind, blind, sealed, added, proven)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (person, blind) DO UPDATE
  SET proven = excluded.proven
  WHERE excluded.proven)sql"};

constexpr Query kAddPhone{"people.add_phone", R"sql(
  INSERT INTO people_phone (id, person, blind, sealed, added, proven)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (person, blind) DO UPDATE
  SET proven = excluded.proven
  WHERE excluded.proven)sql"};

constexpr Query kNewestPaper{"people.newest_paper", R"sql(
  SELECT id, sealed
  FROM people_paper
  WHERE person = $1
  ORDER BY id DESC
  LIMIT 1)sql"};

constexpr Query kPapers{"people.papers", R"sql(
  SELECT id, sealed
  FROM people_paper
  WHERE person = $1
  ORDER BY id)sql"};

constexpr Query kPhones{"people.phones", R"sql(
  SELECT id, sealed
  FROM people_phone
  WHERE person = $1
  ORDER BY id DESC)sql"};

constexpr Query kProvenPapers{"people.proven_papers", R"sql(
  SELECT id, sealed
  FROM people_paper
  WHERE person = $1 AND proven
  ORDER BY id)sql"};

constexpr Query kProvenPhones{"people.proven_phones", R"sql(
  SELECT id, sealed
  FROM people_phone
  WHERE person = $1 AND proven
  ORDER BY id DESC)sql"};

constexpr Query kRemovePaper{"people.remove_paper", R"sql(
  DELETE FROM people_paper
  WHERE id = $1)sql"};

constexpr Query kCorrect{"people.correct", R"sql(
  INSERT INTO people_correction (id, person, version, made, made_by, content)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr Query kCorrections{"people.corrections", R"sql(
  SELECT id, version, made, content
  FROM people_correction
  WHERE person = $1
  ORDER BY id DESC
  LIMIT $2)sql"};

constexpr Query kWithPaper{"people.with_paper", R"sql(
  SELECT person
  FROM people_paper
  WHERE blind = $1
  ORDER BY person DESC
  LIMIT 100)sql"};

constexpr Query kWithPhone{"people.with_phone", R"sql(
  SELECT person
  FROM people_phone
  WHERE blind = $1
  ORDER BY person DESC
  LIMIT 100)sql"};

constexpr Query kJoin{"people.join", R"sql(
  INSERT INTO people_member (account, person, relation, joined)
  VALUES ($1, $2, $3, $4))sql"};

constexpr Query kPartMember{"people.part", R"sql(
  UPDATE people_member
  SET parted = $3
  WHERE account = $1 AND person = $2 AND parted IS NULL)sql"};

constexpr Query kRelate{"people.relate", R"sql(
  UPDATE people_member
  SET relation = $3
  WHERE account = $1 AND person = $2 AND parted IS NULL)sql"};

constexpr Query kHousehold{"people.household", R"sql(
  SELECT person, relation
  FROM people_member
  WHERE account = $1 AND parted IS NULL
  ORDER BY CASE relation WHEN 'self' THEN 0 ELSE 1 END, joined, person)sql"};

// $2 = 0: the own record.
constexpr Query kMember{"people.member", R"sql(
  SELECT person, relation
  FROM people_member
  WHERE account = $1 AND person = $2 AND parted IS NULL
  UNION ALL
  SELECT person, relation
  FROM people_member
  WHERE $2 = 0 AND account = $1 AND relation = 'self' AND parted IS NULL)sql"};

constexpr Query kAccountOf{"people.account_of", R"sql(
  SELECT account
  FROM people_member
  WHERE person = $1 AND parted IS NULL)sql"};

constexpr Query kImported{"people.imported", R"sql(
  SELECT person
  FROM people_external
  WHERE source = $1 AND external = $2)sql"};

constexpr Query kInsertExternal{"people.insert_external", R"sql(
  INSERT INTO people_external (source, external, person)
  VALUES ($1, $2, $3))sql"};

constexpr Query kExternalIds{"people.external_ids", R"sql(
  SELECT person, external
  FROM people_external
  WHERE person = $1
  ORDER BY source, external
  LIMIT 1)sql"};

template <class T>
std::optional<T> first(std::vector<T> found) {
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<std::vector<PersonId>> with_blinds(Session& session, const Query& query, std::span<const Bytes> blinds) {
  if (blinds.empty()) return {};
  std::vector<Row> rows;
  for (const Bytes& blind : blinds) rows.push_back({to_value(blind)});
  return session.each<PersonId>(query, rows);
}

}  // namespace

std::vector<Row> keys_of(std::span<const PersonId> persons) {
  std::vector<Row> out;
  out.reserve(persons.size());
  for (const PersonId person : persons) out.push_back({to_value(person)});
  return out;
}

void insert(Session& session, std::span<const PersonRow> rows, Instant now, AccountId by) {
  std::vector<Row> values;
  values.reserve(rows.size());
  for (const PersonRow& r : rows) {
    values.push_back({to_value(r.id), to_value(r.name), to_value(r.birth_date), to_value(r.birth_year), to_value(r.sex),
                      to_value(r.nationality), to_value(r.unit), to_value(r.address), to_value(r.version),
                      to_value(now), to_value(by)});
  }
  session.insert(kInsert, values);
}

bool update(Session& session, const PersonRow& r, std::int64_t expected_version) {
  return session.run(kUpdate, r.id, r.name, r.birth_date, r.birth_year, r.sex, r.nationality, r.unit, r.address,
                     r.version, expected_version) == 1;
}

std::optional<PersonRow> find(Session& session, PersonId person) {
  return session.one<PersonRow>(kFind, person);
}

std::vector<std::optional<PersonRow>> find(Session& session, std::span<const PersonId> persons) {
  const std::vector<Row> keys = keys_of(persons);
  std::vector<std::optional<PersonRow>> out;
  out.reserve(persons.size());
  if (keys.empty()) return out;
  for (auto& found : session.each<PersonRow>(kFind, keys)) out.push_back(first(std::move(found)));
  return out;
}

std::vector<HomeRow> homes(Session& session, UnitId unit, std::size_t most) {
  return session.all<HomeRow>(kHomes, unit, most);
}

void insert_words(Session& session, const PersonRow& person, std::span<const std::string> words) {
  std::vector<Row> rows;
  for (const std::string& word : words)
    rows.push_back({to_value(word), to_value(person.birth_year), to_value(person.id)});
  session.insert(kInsertWord, rows);
  const bool year_alone =
      !person.birth_date || *person.birth_date == make_date(static_cast<int>(person.birth_year), 1, 1);
  if (person.birth_year > 0 && year_alone) session.insert(kInsertYearWord, rows);
}

void delete_words(Session& session, PersonId person) {
  session.run(kDeleteWords, person);
  session.run(kDeleteYearWords, person);
}

bool in_use(Session& session, PersonId person) {
  return session.one<PersonId>(kInUse, person).has_value();
}

void remove(Session& session, PersonId person) {
  delete_words(session, person);
  for (const Query* query : {&kRemovePapers, &kRemovePhones, &kRemoveExternal, &kRemove}) session.run(*query, person);
}

std::vector<std::vector<PersonRow>> with_words(Session& session, std::span<const WordInYear> wanted) {
  std::array<std::vector<store::Row>, kBornAs.size()> looks;
  for (const WordInYear& one : wanted) {
    store::Row& look = looks[static_cast<std::size_t>(one.born)].emplace_back();
    look = {to_value(one.word), to_value(one.birth_year), to_value(one.most)};
    if (one.born != Born::kOnDays) continue;
    look.insert(look.end(), {to_value(one.days.from), to_value(one.days.to)});
    for (const Date day : one.days.others) look.push_back(to_value(day));
  }
  std::array<std::vector<std::vector<PersonRow>>, kBornAs.size()> found;
  for (std::size_t i = 0; i < looks.size(); ++i)
    if (!looks[i].empty()) found[i] = session.each<PersonRow>(kBornAs[i], looks[i]);
  std::array<std::size_t, kBornAs.size()> next{};
  std::vector<std::vector<PersonRow>> out;
  for (const WordInYear& one : wanted) {
    const auto born = static_cast<std::size_t>(one.born);
    out.push_back(std::move(found[born][next[born]++]));
  }
  return out;
}

void add_paper(Session& session, std::int64_t id, PersonId person, PaperKind kind, const Bytes& blind,
               const Bytes& sealed, Instant now, bool proven) {
  session.run(kAddPaper, id, person, kind, blind, sealed, now, proven);
}

void add_phone(Session& session, std::int64_t id, PersonId person, const Bytes& blind, const Bytes& sealed, Instant now,
               bool proven) {
  session.run(kAddPhone, id, person, blind, sealed, now, proven);
}

std::optional<SealedRow> newest_paper(Session& session, PersonId person) {
  return session.one<SealedRow>(kNewestPaper, person);
}

std::vector<SealedRow> papers(Session& session, PersonId person, bool proven) {
  return session.all<SealedRow>(proven ? kProvenPapers : kPapers, person);
}

std::vector<SealedRow> phones(Session& session, PersonId person, bool proven) {
  return session.all<SealedRow>(proven ? kProvenPhones : kPhones, person);
}

std::vector<std::vector<SealedRow>> phones(Session& session, std::span<const PersonId> persons) {
  if (persons.empty()) return {};
  return session.each<SealedRow>(kPhones, keys_of(persons));
}

std::vector<PersonId> with_paper(Session& session, const Bytes& blind) {
  return session.all<PersonId>(kWithPaper, blind);
}

std::vector<PersonId> with_phone(Session& session, const Bytes& blind) {
  return session.all<PersonId>(kWithPhone, blind);
}

std::vector<std::vector<PersonId>> with_papers(Session& session, std::span<const Bytes> blinds) {
  return with_blinds(session, kWithPaper, blinds);
}

std::vector<std::vector<PersonId>> with_phones(Session& session, std::span<const Bytes> blinds) {
  return with_blinds(session, kWithPhone, blinds);
}

void remove_paper(Session& session, std::int64_t id) {
  session.run(kRemovePaper, id);
}

void insert(Session& session, const CorrectionRow& r, PersonId person, AccountId by) {
  session.run(kCorrect, r.id, person, r.version, r.made, by, r.content);
}

std::vector<CorrectionRow> corrections(Session& session, PersonId person, std::size_t most) {
  return session.all<CorrectionRow>(kCorrections, person, most);
}

void join(Session& session, AccountId account, PersonId person, Relation relation, Instant now) {
  session.run(kJoin, account, person, relation, now);
}

void part(Session& session, AccountId account, PersonId person, Instant now) {
  session.run(kPartMember, account, person, now);
}

void relate(Session& session, AccountId account, PersonId person, Relation relation) {
  session.run(kRelate, account, person, relation);
}

std::vector<Member> household(Session& session, AccountId account) {
  return session.all<Member>(kHousehold, account);
}

std::vector<std::vector<Member>> households(Session& session, std::span<const AccountId> accounts) {
  if (accounts.empty()) return {};
  std::vector<Row> rows;
  for (const AccountId account : accounts) rows.push_back({to_value(account)});
  return session.each<Member>(kHousehold, rows);
}

std::vector<std::vector<Member>> members(Session& session, std::span<const Row> wanted) {
  if (wanted.empty()) return {};
  return session.each<Member>(kMember, wanted);
}

std::optional<Member> member(Session& session, AccountId account, PersonId person) {
  return session.one<Member>(kMember, account, person);
}

std::optional<AccountId> account_of(Session& session, PersonId person) {
  return session.one<AccountId>(kAccountOf, person);
}

std::vector<std::optional<AccountId>> accounts_of(Session& session, std::span<const PersonId> persons) {
  std::vector<std::optional<AccountId>> out;
  out.reserve(persons.size());
  if (persons.empty()) return out;
  for (auto& found : session.each<AccountId>(kAccountOf, keys_of(persons))) out.push_back(first(std::move(found)));
  return out;
}

std::vector<std::optional<PersonId>> imported(Session& session, std::span<const Row> keys) {
  std::vector<std::optional<PersonId>> out;
  out.reserve(keys.size());
  if (keys.empty()) return out;
  for (auto& found : session.each<PersonId>(kImported, keys)) out.push_back(first(std::move(found)));
  return out;
}

void insert_external(Session& session, std::span<const Row> rows) {
  session.insert(kInsertExternal, rows);
}

std::vector<std::vector<ExternalRow>> external_ids(Session& session, std::span<const PersonId> persons) {
  const std::vector<Row> keys = keys_of(persons);
  if (keys.empty()) return {};
  return session.each<ExternalRow>(kExternalIds, keys);
}

}  // namespace luytre::people::storage
