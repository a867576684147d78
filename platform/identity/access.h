// Access: may this caller do this to this person's data, here and now? And the log of every time somebody did.
//
// A check names the action ("cases.read"), the purpose, the person concerned (if one) and the unit the data belong to. It passes when the
// caller holds one of the action's roles for an area that covers the unit (geography), or — for citizens — when the person belongs to the
// caller's household. Every passed or refused check about a person is written to the access log in the same transaction as the read or
// write; the log is a hash chain (one per process, joined at checkpoints), and citizens can read what concerns them.
//
// Services call require() inside their closure with the Session they read with. Thread-safe.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/identity/caller.h"
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
};

// What is touched. `person` 0: nobody in particular; `unit` 0: not tied to an area (then only a grant for the whole country, or a
// citizen's own household, passes — or any holder of the role when `person` is 0 too).
struct Subject {
  PersonId person;
  UnitId unit;
  std::string reason;     // free text or "case <id>": why this record was opened; required for contact histories
};

class Access {
 public:
  // `household`: answers whether the person belongs to the account; given by the people module at wiring time.
  using Household = std::function<bool(store::Session&, AccountId, PersonId)>;

  Access(const geography::Geography& geography, const Clock& clock, IdMaker& ids);
  void set_household(Household household);

  // Errors: kUnauthenticated, kSecondProofRequired, kNotPermitted. Logs either way when `subject.person` is set.
  Result<Done> require(store::Session& session, const Caller& caller, const Action& action, const Subject& subject) const;

  // The areas in which the caller holds one of the roles; for list queries. Empty: none. An area of value 0 is the whole country.
  std::vector<UnitId> areas(const Caller& caller, const Action& action) const;

  // One row for a disclosure that require() does not cover (an export, a list): how many persons, which filter.
  void log_list(store::Session& session, const Caller& caller, const Action& action, std::int64_t persons, std::string_view filter) const;

 private:
  struct Entry;
  void log(store::Session& session, const Caller& caller, const Action& action, const Subject& subject, bool passed) const;

  const geography::Geography& geography_;
  const Clock& clock_;
  IdMaker& ids_;
  Household household_;
};

const std::vector<store::Migration>& migrations();

}  // namespace luytre::identity
