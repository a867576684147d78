// Access: may this caller do this to this person's data, here and now? And the log of every time somebody did.
//
// A check names the action ("cases.read"), the purpose, the person concerned (if one) and the unit the data belong to.
// It passes when the caller holds one of the action's roles for an area that covers the unit (geography), or — for
// citizens — when the person belongs to the caller's household.
//
// What is logged: every passed check about a person and everybody whom a list shows, except those of the own household
// (people need no record of reading their own), in the same transaction as the read or write, so nothing is disclosed
// whose row is not durable; and every refused check about a person. A refusal makes its transaction roll back,
// therefore refused checks are queued here and written within a second by AccessChain (at most kRefusedMost wait; more
// are dropped and their number is said in the process log). A closure that answers an Error after a passed check takes
// its row back: so never put data of a person into an Error. Checks about a person write: use Database::transact, not
// read.
//
// What the log holds: ids, role, area, action, purpose, reason. Never phones, paper numbers or answers. Rows are never
// updated. How they are chained against tampering is told in access_chain.h. Citizens read what concerns the people of
// their household, auditors all.
//
// Services call require() inside their closure with the Session they read with. Thread-safe.

#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/caller.h"
#include "platform/identity/errors.h"
#include "platform/identity/notes.h"
#include "platform/store/migration.h"
#include "platform/store/session.h"

namespace luytre::geography {
class Geography;
}

namespace luytre::identity {

// Declared once, as a constant, by the module that owns the data.
struct Action {
  const char* name;  // "cases.read"
  Purpose purpose;
  std::vector<Role> roles;
  bool needs_reason = false;  // officers must say why (contact histories): else kReasonRequired
};

// What is touched. `person` 0: nobody in particular; `unit` 0: not tied to an area (then only a grant for the whole
// country, or a citizen's own household, passes — or any holder of the role when `person` is 0 too).
struct Subject {
  PersonId person;
  UnitId unit;
  std::string reason;  // why this record was opened: as typed, or a note(); required for contact histories
};

// One row of the log, as stored and as chained.
struct AccessEntry {
  std::int64_t id = 0;  // its process number tells which process wrote it
  Instant at;
  AccountId account;          // who; 0: nobody signed in
  std::string name;           // of an officer at that time; empty for citizens
  Role role = Role::kAnyone;  // the role that let it pass; of a refused check the first that the caller holds
  UnitId area;                // of that grant
  std::string action;
  Purpose purpose = Purpose::kPublic;
  PersonId person;  // about whom; 0: nobody in particular
  AccountId about;  // about which account (a release at the station, a change of grants); 0: none
  UnitId unit;      // where the data belong
  std::string reason;
  std::string filter;        // of a list or export
  std::int64_t persons = 1;  // how many a list or export disclosed
  bool passed = false;
  std::string mac;  // hex; over all of the above, keyed: a row made without the key is found out
};
BOOST_DESCRIBE_STRUCT(AccessEntry, (),
                      (id, at, account, name, role, area, action, purpose, person, about, unit, reason, filter, persons,
                       passed, mac))

class Access {
 public:
  // Whether the person belongs to the account's household; given by the people module at wiring time. Without it no
  // citizen passes.
  using Household = std::function<bool(store::Session&, AccountId, PersonId)>;
  // Everybody in the account's household, for "who looked at my data".
  using HouseholdPeople = std::function<std::vector<PersonId>(store::Session&, AccountId)>;

  static constexpr std::size_t kRefusedMost = 10'000;

  // Without a vault the rows' keys are all zero: only for tests of rooms that do not care.
  Access(const geography::Geography& geography, const Clock& clock, IdMaker& ids);
  Access(const geography::Geography& geography, const Clock& clock, IdMaker& ids, const Vault& vault);

  // Before serving.
  void set_household(Household household) { household_ = std::move(household); }
  void set_household_people(HouseholdPeople people) { people_ = std::move(people); }

  // Errors: kUnauthenticated, kSecondProofRequired, kReasonRequired, kNotPermitted. Logs as told above when
  // `subject.person` is set.
  Result<Done> require(store::Session& session, const Caller& caller, const Action& action,
                       const Subject& subject) const;

  // As require() of each in turn, with their rows of the log in two statements: for pages and files. The first that
  // does not pass is the answer, and none is logged as passed.
  Result<Done> require_each(store::Session& session, const Caller& caller, const Action& action,
                            std::span<const Subject> subjects) const;

  // The areas in which the caller holds one of the roles; for list queries. Empty: none. An area of value 0 is the
  // whole country.
  std::vector<UnitId> areas(const Caller& caller, const Action& action) const;

  // One row for a disclosure that neither require() nor log_each() covers (of people without a record, of no people),
  // or beside them (an export): how many persons, which filter (never a name or phone).
  void log_list(store::Session& session, const Caller& caller, const Action& action, std::int64_t persons,
                std::string_view filter) const;

  // One row about each person whom a list shows, in one statement: in the log of each, so that they can see it.
  // Unchecked: whoever lists has asked for the areas; the row names the grant that covers where the data belong. Nobody
  // twice, and of citizens none of the own household.
  struct Shown {
    PersonId person;  // 0: skipped
    UnitId unit;      // as of Subject
  };
  void log_each(store::Session& session, const Caller& caller, const Action& action, std::span<const Shown> shown,
                std::string_view reason) const;

  // One row about an account rather than a person: grants changed, a release at the station.
  void log_account(store::Session& session, const Caller& caller, const Action& action, AccountId about,
                   std::string_view reason) const;

  // ---- for AccessChain ----
  std::string mac(const AccessEntry& entry) const;       // hex
  std::string keyed_hash(std::string_view bytes) const;  // 32 bytes
  std::vector<AccessEntry> take_refused() const;         // the queue, and empties it
  static void insert(store::Session& session, const AccessEntry& entry);
  static void insert(store::Session& session, std::span<const AccessEntry> entries);
  std::int64_t process() const;  // number of this process

  // ---- reading ----
  struct Filter {
    std::optional<PersonId> person;
    std::optional<AccountId> account;  // who looked
    std::optional<Instant> from;
    std::optional<Instant> to;
  };
  // Newest first; what the auditor sees. The caller of this checks the role and logs the look.
  http::Page<AccessEntry> list(store::Session& session, const Filter& filter, std::int64_t before,
                               std::size_t limit) const;
  // About the own household, or one person of it (kNotPermitted if not), and about the own account.
  Result<http::Page<AccessEntry>> about_me(store::Session& session, const Caller& caller,
                                           std::optional<PersonId> person, std::int64_t before,
                                           std::size_t limit) const;

 private:
  struct Pass;
  struct Refused;
  std::optional<Pass> pass(store::Session& session, const Caller& caller, const Action& action,
                           const Subject& subject) const;
  // The row to log, if any.
  Result<std::optional<AccessEntry>> check(store::Session& session, const Caller& caller, const Action& action,
                                           const Subject& subject) const;
  AccessEntry entry(const Caller& caller, const Action& action) const;
  void refuse(const Caller& caller, const Action& action, const Subject& subject) const;

  const geography::Geography& geography_;
  const Clock& clock_;
  IdMaker& ids_;
  std::array<unsigned char, Vault::kKeyBytes> key_{};
  Household household_;
  HouseholdPeople people_;
  std::shared_ptr<Refused> refused_;
};

const std::vector<store::Migration>& migrations();

}  // namespace luytre::identity
