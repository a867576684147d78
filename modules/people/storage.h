// SQL of people.

#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/people/people.h"
#include "platform/store/session.h"

namespace luytre::people::storage {

struct PersonRow {
  PersonId id;
  std::string name;
  std::optional<Date> birth_date;
  std::int64_t birth_year = 0;
  Sex sex = Sex::kOther;
  std::string nationality;
  UnitId unit;
  std::optional<store::Bytes> address;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, name, birth_date, birth_year, sex, nationality, unit, address, version))

struct HomeRow {
  PersonId id;
  store::Bytes address;  // sealed
};
BOOST_DESCRIBE_STRUCT(HomeRow, (), (id, address))

// A paper or phone.
struct SealedRow {
  std::int64_t id = 0;
  store::Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (id, sealed))

struct ExternalRow {
  PersonId person;
  std::string external;
};
BOOST_DESCRIBE_STRUCT(ExternalRow, (), (person, external))

// The parameters of a query that is asked of each of them.
std::vector<store::Row> keys_of(std::span<const PersonId> persons);

void insert(store::Session& session, std::span<const PersonRow> rows, Instant now, AccountId by);
// Answers whether the version was still the expected one; the row's own version is the new one.
bool update(store::Session& session, const PersonRow& row, std::int64_t expected_version);
std::optional<PersonRow> find(store::Session& session, PersonId person);
std::vector<std::optional<PersonRow>> find(store::Session& session, std::span<const PersonId> persons);

// Who lives in the unit and whose address is told, by id.
std::vector<HomeRow> homes(store::Session& session, UnitId unit, std::size_t most);

void insert_words(store::Session& session, const PersonRow& person, std::span<const std::string> words);
void delete_words(store::Session& session, PersonId person);
// People who bear the word and were born in the year (0: nobody knows), by id; of each wish so many. All of them, those
// of whose birth no more than the year is told (or 1 January), or who was born on the days.
enum class Born { kThatYear, kYearAlone, kOnDays };
struct DaysOfYear {
  Date from, to;
  std::array<Date, 12> others;
};
struct WordInYear {
  std::string word;
  std::int64_t birth_year = 0;
  std::size_t most = 0;
  Born born = Born::kThatYear;
  DaysOfYear days;
};
std::vector<std::vector<PersonRow>> with_words(store::Session& session, std::span<const WordInYear> wanted);

void add_paper(store::Session& session, std::int64_t id, PersonId person, PaperKind kind, const store::Bytes& blind,
               const store::Bytes& sealed, Instant now, bool proven);
void add_phone(store::Session& session, std::int64_t id, PersonId person, const store::Bytes& blind,
               const store::Bytes& sealed, Instant now, bool proven);
std::optional<SealedRow> newest_paper(store::Session& session, PersonId person);
// All, or the proven ones only.
std::vector<SealedRow> papers(store::Session& session, PersonId person, bool proven = false);
std::vector<SealedRow> phones(store::Session& session, PersonId person, bool proven = false);  // newest first
std::vector<std::vector<SealedRow>> phones(store::Session& session, std::span<const PersonId> persons);
std::vector<PersonId> with_paper(store::Session& session, const store::Bytes& blind);
std::vector<PersonId> with_phone(store::Session& session, const store::Bytes& blind);
std::vector<std::vector<PersonId>> with_papers(store::Session& session, std::span<const store::Bytes> blinds);
std::vector<std::vector<PersonId>> with_phones(store::Session& session, std::span<const store::Bytes> blinds);

void remove_paper(store::Session& session, std::int64_t id);

bool in_use(store::Session& session, PersonId person);  // a household, a merge, a pair told apart or a correction
void remove(store::Session& session, PersonId person);  // with its words, papers, phones and external ids

struct CorrectionRow {
  std::int64_t id = 0, version = 0;
  Instant made;
  store::Bytes content;  // sealed
};
BOOST_DESCRIBE_STRUCT(CorrectionRow, (), (id, version, made, content))
void insert(store::Session& session, const CorrectionRow& row, PersonId person, AccountId by);
std::vector<CorrectionRow> corrections(store::Session& session, PersonId person, std::size_t most);  // newest first

void join(store::Session& session, AccountId account, PersonId person, Relation relation, Instant now);
void part(store::Session& session, AccountId account, PersonId person, Instant now);
void relate(store::Session& session, AccountId account, PersonId person, Relation relation);
std::vector<Member> household(store::Session& session, AccountId account);  // self first, then as they joined
std::vector<std::vector<Member>> households(store::Session& session, std::span<const AccountId> accounts);
std::vector<std::vector<Member>> members(store::Session& session, std::span<const store::Row> wanted);
std::optional<Member> member(store::Session& session, AccountId account, PersonId person);
std::optional<AccountId> account_of(store::Session& session, PersonId person);
std::vector<std::optional<AccountId>> accounts_of(store::Session& session, std::span<const PersonId> persons);

std::vector<std::optional<PersonId>> imported(store::Session& session, std::span<const store::Row> keys);
void insert_external(store::Session& session, std::span<const store::Row> rows);
std::vector<std::vector<ExternalRow>> external_ids(store::Session& session, std::span<const PersonId> persons);

}  // namespace luytre::people::storage
