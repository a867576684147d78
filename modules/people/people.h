// People: who we know, and which account answers for whom.
//
// A person is a human being, never keyed by phone or paper: phones are shared and re-issued, one human owns several
// papers, and two records may carry the same number. A household is the people that one account declares for ("khai
// hộ"); somebody who leaves it keeps the record, and the time of leaving stays. Birth dates have a precision: a full
// date, or only a year. Paper numbers, phones and addresses are sealed, with blind indexes for exact look-up; names are
// NFC with folded search tokens.
//
// A citizen reaches the people of the own household; officers reach people of their area, with a reason, and every such
// read is in the access log. The methods that take a Session do no check of their own and say so: they serve modules
// that have checked already. Publishes person.created, person.changed, household.joined, household.left (subject: the
// person). Thread-safe.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/linkage/paper.h"
#include "platform/base/json.h"
#include "platform/base/vault.h"
#include "platform/geography/geography.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/identity/accounts.h"
#include "platform/store/database.h"

namespace luytre::linkage {
class PersonCodes;
}

namespace luytre::people {

enum class Sex { kMale, kFemale, kOther };
BOOST_DESCRIBE_ENUM(Sex, kMale, kFemale, kOther)

enum class Relation { kSelf, kChild, kParent, kSpouse, kSibling, kOther };
BOOST_DESCRIBE_ENUM(Relation, kSelf, kChild, kParent, kSpouse, kSibling, kOther)

using PaperKind = linkage::PaperKind;

struct Paper {
  PaperKind kind = PaperKind::kCccd;
  Text<32> number;
};
BOOST_DESCRIBE_STRUCT(Paper, (), (kind, number))

inline constexpr std::size_t kNameMost = 120;
inline constexpr std::size_t kAddressMost = 200;

// What the owner of the record sees.
struct Person {
  PersonId id;
  std::string name;
  std::optional<Date> birth_date;  // absent: only the year is known
  std::int64_t birth_year = 0;     // 0: unknown
  Sex sex = Sex::kOther;
  std::string nationality;  // ISO 3166-1 alpha-2
  UnitId unit;              // the commune of residence, in force when it was written down
  std::string unit_path;
  std::optional<std::string> address;
  std::optional<std::string> phone_masked;
  std::optional<std::string> paper_masked;
  std::optional<Relation> relation;  // to the keeper of the account; absent: in no household of the reader
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (id, name, birth_date, birth_year, sex, nationality, unit, unit_path, address, phone_masked,
                       paper_masked, relation, version))

struct NewPerson {
  Text<kNameMost> name;
  std::optional<Date> birth_date;  // one of birthDate, birthYear and birthUnknown
  std::optional<std::int64_t> birth_year;
  Sex sex = Sex::kOther;
  std::optional<Text<2>> nationality;  // absent: VN
  UnitId unit;
  std::optional<Text<kAddressMost>> address;
  std::optional<Paper> paper;
  std::optional<Text<20>> phone;      // of officers' registrations; a citizen's is that of the account
  std::optional<Relation> relation;   // required for citizens
  std::optional<bool> birth_unknown;  // instead of a birth, of officers' registrations: nobody can tell it
};
BOOST_DESCRIBE_STRUCT(NewPerson, (),
                      (name, birth_date, birth_year, sex, nationality, unit, address, paper, phone, relation,
                       birth_unknown))

// Absent members stay as they are. A paper is added, never overwritten: old numbers keep finding the person.
struct PersonEdit {
  std::optional<Text<kNameMost>> name;
  std::optional<Date> birth_date;
  std::optional<std::int64_t> birth_year;
  std::optional<Sex> sex;
  std::optional<Text<2>> nationality;
  std::optional<UnitId> unit;
  std::optional<Text<kAddressMost>> address;
  std::optional<Paper> paper;
  std::optional<Relation> relation;
};
BOOST_DESCRIBE_STRUCT(PersonEdit, (), (name, birth_date, birth_year, sex, nationality, unit, address, paper, relation))

// What an officer puts right. Absent members stay as they are; a birth year alone makes the date unknown. `paper` is
// added; `wrongPaper` is a number that the record carries and this person does not have.
struct PersonCorrection {
  Text<500> reason;
  std::optional<Text<kNameMost>> name;
  std::optional<Date> birth_date;
  std::optional<std::int64_t> birth_year;
  std::optional<Sex> sex;
  std::optional<Text<2>> nationality;
  std::optional<UnitId> unit;
  std::optional<Text<kAddressMost>> address;
  std::optional<Paper> paper;
  std::optional<Text<32>> wrong_paper;
};
BOOST_DESCRIBE_STRUCT(PersonCorrection, (),
                      (reason, name, birth_date, birth_year, sex, nationality, unit, address, paper, wrong_paper))

// What a correction replaced; absent: it stayed.
struct Before {
  std::optional<std::string> name;
  std::optional<Date> birth_date;
  std::optional<std::int64_t> birth_year;
  std::optional<Sex> sex;
  std::optional<std::string> nationality, unit_path;
  std::optional<std::string> address;  // empty: there was none
  std::optional<std::string> paper;    // that was taken away; shown masked
};
BOOST_DESCRIBE_STRUCT(Before, (), (name, birth_date, birth_year, sex, nationality, unit_path, address, paper))

struct Correction {
  Instant at;
  std::string by;
  std::string reason;
  std::int64_t version = 0;  // that it made
  Before before;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (at, by, reason, version, before))

// Enough to tell people apart in a list.
struct PersonBrief {
  PersonId id;
  std::string name;
  std::int64_t birth_year = 0;
  Sex sex = Sex::kOther;
  UnitId unit;
  std::string unit_path;
  std::optional<std::string> phone_masked;
};
BOOST_DESCRIBE_STRUCT(PersonBrief, (), (id, name, birth_year, sex, unit, unit_path, phone_masked))

// How to reach somebody. Phones in E.164, the person's own first, then that of the household's account.
struct Contact {
  PersonId id;
  std::string name;
  std::vector<std::string> phones;
  std::optional<std::string> address;
  UnitId unit;
};

struct CodeView {
  std::string text;
  Instant expires_at;
  std::string svg;
};
BOOST_DESCRIBE_STRUCT(CodeView, (), (text, expires_at, svg))

// Who is looked for. All that is given has to fit; a phone, a paper and a code are exact. Where officers find nobody by
// the number of a phone or paper, they are shown whose number is a typing error apart, and that it is (FoundPeople).
struct Search {
  std::optional<Text<200>> phone, paper;  // as written
  std::optional<Text<200>> name;          // two words of it, or one and the birth; diacritics do not matter
  std::optional<std::int64_t> birth_year;
  std::optional<std::int64_t> birth_month;  // of that year; it finds those, too, of whom no more than the year is known
  std::optional<Date> birth_date;  // also alone; beside a name it finds those, too, of whom the year alone is known
  // As it was scanned: the app's, within its ten minutes; a printed card's, or its number; a paper's of another system
  // (engines/linkage/any_code.h), of which the numbers alone are looked for.
  std::optional<Text<3000>> code;
  std::optional<UnitId> unit;  // who lives in it
  // Words of where they live, folded, a slip in one forgiven, numbers as they are; alone, or beside one word of a name,
  // two of them, and best of one commune: see home_search.h for how many are looked at.
  std::optional<Text<kAddressMost>> address;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Search, (),
                      (phone, paper, name, birth_year, birth_month, birth_date, code, unit, address, reason))

struct FoundPeople {
  std::vector<PersonBrief> items;  // the nearest first
  bool complete = true;            // false: there are more; a further word, the birth or the commune tells them apart
  bool near = false;  // nobody has the number; that of these is one digit, or two neighbouring digits swapped, apart
};
BOOST_DESCRIBE_STRUCT(FoundPeople, (), (items, complete, near))

// A look at somebody's data. Why stands in the body, never in an address: those are kept in proxies' logs.
struct Look {
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Look, (), (reason))

// A member of a household, as floods need it.
struct Member {
  PersonId person;
  Relation relation = Relation::kSelf;
};
BOOST_DESCRIBE_STRUCT(Member, (), (person, relation))

inline constexpr ErrorCode kNotInHousehold{"not_in_household", 403};
inline constexpr ErrorCode kNoOwnRecord{"no_own_record", 409};  // the account has not said yet who its keeper is
inline constexpr ErrorCode kOwnRecordExists{"own_record_exists", 409};  // a second "self"
inline constexpr ErrorCode kSelfCannotLeave{"self_cannot_leave", 409};
inline constexpr ErrorCode kHouseholdFull{"household_full", 409};
inline constexpr ErrorCode kPersonCodeForged{"person_code_forged", 422};
inline constexpr ErrorCode kPersonCodeExpired{"person_code_expired", 422};
inline constexpr ErrorCode kPersonInUse{"person_in_use", 409};
inline constexpr ErrorCode kCodeForeign{"code_foreign", 422};  // a QR code of another system
inline constexpr ErrorCode kCodeMisread{"code_misread", 422};  // a check digit of a passport or card does not fit

inline constexpr std::size_t kHouseholdMost = 30;
inline constexpr std::size_t kCorrectionsShown = 50;

class People {
 public:
  People(store::Database& db, const geography::Geography& geography, const identity::Access& access,
         const identity::Accounts& accounts, const Vault& vault, const Clock& clock);
  ~People();

  // ---- citizens: the own household ----

  // The member named, or the caller's own record. Errors: unauthenticated, second_proof_required, no_own_record,
  // not_in_household.
  Task<Result<Person>> in_household(const Caller& caller, std::optional<PersonId> person) const;
  Task<Result<http::Page<Person>>> household(const Caller& caller) const;
  // Errors: invalid (with fields), unit_not_in_force, own_record_exists, no_own_record (the first must be "self"),
  // household_full.
  Task<Result<Person>> create(const Caller& caller, NewPerson person, std::optional<store::Once> once = {});
  Task<Result<Person>> edit(const Caller& caller, PersonId person, PersonEdit edit, std::int64_t version);
  Task<Result<Done>> leave(const Caller& caller, PersonId person);
  Task<Result<CodeView>> code(const Caller& caller, PersonId person) const;

  // ---- officers: people of their area; logged ----

  Task<Result<Person>> find(const Caller& caller, PersonId person, std::string reason);
  // A slip in one word of a name is forgiven (name_fit.h). Errors: not_permitted, reason_required, invalid; of a code
  // those of shown.h, code_misread, and those of the card's holder.
  Task<Result<FoundPeople>> search(const Caller& caller, Search search, std::size_t limit);
  // Puts a record of the area right; it stays this one person's: records are never joined. Errors: those of
  // Access::require, not_found, version_conflict (with what stands there, looked at for the same reason), invalid.
  Task<Result<Person>> correct(const Caller& caller, PersonId person, PersonCorrection correction,
                               std::int64_t version);
  // What officers put right, newest first, at most kCorrectionsShown. Errors: those of Access::require, not_found.
  Task<Result<http::Page<Correction>>> corrections(const Caller& caller, PersonId person, std::string reason) const;
  // Somebody without an account; the unit must lie in the caller's area.
  Task<Result<Person>> register_person(const Caller& caller, NewPerson person, std::optional<store::Once> once = {});
  // Phones and address, for the action of the module that asks. Errors: those of Access::require, not_found.
  Task<Result<Contact>> contact(const Caller& caller, const identity::Action& action, PersonId person,
                                std::string reason);

  // ---- within another's transaction, without a check or a log entry of their own ----

  // The member named, or the own record, of a signed-in caller with full rights; refused looks are logged. Errors:
  // not_in_household, no_own_record.
  Result<Member> member(store::Session& session, const Caller& caller, std::optional<PersonId> person) const;
  static bool is_member(store::Session& session, AccountId account, PersonId person);  // identity::Access::Household
  static std::vector<PersonId> household_people(store::Session& session, AccountId account);  // …::HouseholdPeople
  // For floods: for each (account, person or nothing for the own record), the member, or nothing.
  struct Wanted {
    AccountId account;
    std::optional<PersonId> person;
  };
  static std::vector<std::optional<Member>> members(store::Session& session, std::span<const Wanted> wanted);
  // Identity's second proof: the own record of the account has this paper and this birth date (or year, if that is all
  // we know).
  bool paper_matches(store::Session& session, AccountId account, std::string_view paper_number, Date birth) const;

  // People who fit without any slip, wherever they live; whoever asks checks and logs what it then shows of them.
  // Errors: invalid; of a code those of search().
  Result<std::vector<PersonId>> matching(store::Session& session, const Search& search, std::size_t most) const;
  // The same with a slip forgiven, of those who live in the areas, the nearest first.
  struct Nearest {
    std::vector<PersonId> people;
    bool complete = true;
  };
  Result<Nearest> nearest(store::Session& session, const Search& search, const std::vector<UnitId>& areas,
                          std::size_t most) const;
  std::optional<PersonBrief> brief(store::Session& session, PersonId person) const;
  std::map<PersonId, PersonBrief> briefs(store::Session& session, std::span<const PersonId> persons) const;
  // For messages the system itself sends, and for tasks whose reader has been checked.
  std::optional<Contact> contact_of(store::Session& session, PersonId person) const;
  std::map<PersonId, Contact> contacts_of(store::Session& session, std::span<const PersonId> persons) const;
  // For floods of such messages: the first of those phones, or nothing, of each.
  std::vector<std::optional<std::string>> phones_of(store::Session& session, std::span<const PersonId> persons) const;
  // Numbers of all papers, as they are written. For what is compared with them and not shown.
  std::vector<std::string> papers_of(store::Session& session, PersonId person) const;
  // What does not rest on the word of a household's keeper: papers and phones that an officer wrote down, and the phone
  // of the household's account, which was proven by a code.
  struct Proven {
    std::vector<std::string> papers, phones;  // numbers as written; E.164
  };
  Proven proven_of(store::Session& session, PersonId person) const;
  std::optional<UnitId> unit_of(store::Session& session, PersonId person) const;
  // For floods: for each person, the unit of residence, or nothing.
  std::vector<std::optional<UnitId>> units_of(store::Session& session, std::span<const PersonId> persons) const;
  std::optional<AccountId> account_of(store::Session& session,
                                      PersonId person) const;  // whose household the person is in now
  // The record that an officer's route makes together with its own rows (a new case's patient). Checks the fields, not
  // the caller.
  Result<PersonId> create_within(store::Session& session, const NewPerson& person, AccountId by = {});

  // The record as it would be written down anew, without its papers: for line lists, whose room has checked. The first
  // phone is the person's own, or else the household's.
  std::optional<NewPerson> written(store::Session& session, PersonId person) const;
  // Removes a record that an import made and nobody touched since. Errors: not_found, person_in_use (it was changed,
  // belongs or belonged to a household, was merged or told apart from somebody).
  Result<Done> take_back(store::Session& session, PersonId person) const;

  // People of a file. A (source, external) that was there before answers the same person and changes nothing; without
  // `known` the person is a bare number, as in study data: name = external, birth year and unit 0. Answers in order.
  // Errors of `known` are found before by check().
  struct Imported {
    std::string source, external;
    std::optional<NewPerson> known;
  };
  std::vector<PersonId> import_people(store::Session& session, std::span<const Imported> people);
  std::vector<FieldError> check(const NewPerson& person) const;
  static std::vector<std::optional<PersonId>> imported(store::Session& session, std::string_view source,
                                                       std::span<const std::string> externals);
  // What the source called them; people who were not imported are missing.
  static std::map<PersonId, std::string> external_ids(store::Session& session, std::span<const PersonId> persons);

  const linkage::PersonCodes& codes() const;

  // Whose printed card was shown then. Set once, before anything is asked; without it cards find nobody (code_foreign).
  using CardHolder = std::function<Result<PersonId>(store::Session&, std::string_view card, Instant at)>;
  void set_card_holder(CardHolder holder);

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, People& people);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::people
