// AccessLog: the access log as people read it. Citizens see who looked at the people of their household and what was
// done to their account — the officer's role and place, not the name; auditors see everything, and their looking is
// logged too. Own transactions; thread-safe.

#pragma once

#include <optional>
#include <string>

#include "platform/identity/access_chain.h"

namespace luytre::identity {

using EntryId = Id<struct AccessEntryTag>;

struct AccessItem {
  EntryId id;
  Instant at;
  Role role = Role::kAnyone;
  std::string unit_name;  // where the officer works; empty: the whole country
  std::string action;
  Purpose purpose = Purpose::kPublic;
  std::optional<LogNote> note;  // of the program, where nobody was asked why
  std::string reason;           // as typed by an officer; empty: none
  std::optional<PersonId> person;
  bool passed = false;
};
BOOST_DESCRIBE_STRUCT(AccessItem, (), (id, at, role, unit_name, action, purpose, note, reason, person, passed))

struct AuditItem : AccessItem {
  AccountId account;  // who
  std::string name;
  std::string record;              // that the note is about, for auditors only; empty: none
  std::optional<AccountId> about;  // an account that was changed or released
  std::int64_t persons = 1;
  std::string filter;
};
BOOST_DESCRIBE_STRUCT(AuditItem, (AccessItem), (account, name, record, about, persons, filter))

class AccessLog {
 public:
  AccessLog(store::Database& database, const geography::Geography& geography, const Access& access,
            const AccessChain& chain)
      : database_(database), geography_(geography), access_(access), chain_(chain) {}

  // Newest first. `before`: id of the last row seen. Errors: kNotPermitted (a person of another household).
  Task<Result<http::Page<AccessItem>>> mine(Caller caller, std::optional<PersonId> person,
                                            std::optional<std::int64_t> before, std::size_t limit) const;
  Task<Result<http::Page<AuditItem>>> all(Caller caller, Access::Filter filter, std::optional<std::int64_t> before,
                                          std::size_t limit) const;
  Task<Result<Verdict>> verify(Caller caller) const;

 private:
  AccessItem item(const AccessEntry& entry) const;
  Task<Result<Verdict>> verify_steps(Caller caller) const;

  store::Database& database_;
  const geography::Geography& geography_;
  const Access& access_;
  const AccessChain& chain_;
};

}  // namespace luytre::identity
