// SQL of the windows in which forms with a rhythm are due. Every function runs in the caller's transaction.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/declarations/declarations.h"
#include "platform/store/session.h"

namespace luytre::declarations::storage {

// Somebody sent a form whose rhythm lasts so long after it was last sent.
void note_begun(store::Session& session, const std::string& form, PersonId person, Instant at,
                std::chrono::hours lasts);
void forget_begun(store::Session& session, const std::string& form, PersonId person);

struct Quiet {
  PersonId person;
  Instant last;
};
BOOST_DESCRIBE_STRUCT(Quiet, (), (person, last))
// Who sent the form since then, but not since the window began, was not looked at for this window, and is not a silence
// that was told already.
std::vector<Quiet> to_remind(store::Session& session, const std::string& form, Instant since, Instant due,
                             std::size_t most);
// Who sent the form before the window and not long ago, but not within it, and was not looked at for this window.
std::vector<Quiet> silent(store::Session& session, const std::string& form, Instant since, Instant due, Instant ends,
                          std::size_t most);

struct ReminderRow {
  std::string form;
  Instant due;
  PersonId person;
  std::optional<AccountId> account;
  bool sent = false;
};
void insert(store::Session& session, const ReminderRow& row);
bool reminded(store::Session& session, AccountId account, const std::string& form, Instant due);

bool reminders_off(store::Session& session, AccountId account);
void set_reminders(store::Session& session, AccountId account, bool on, Instant now);

std::optional<std::string> language(store::Session& session, AccountId account);
void set_language(store::Session& session, AccountId account, const std::string& language, Instant now);

struct MissedRow {
  MissedId id;
  std::string form;
  PersonId person;
  Instant due, ends;
  std::string rule_set;
  UnitId unit;
  Instant recorded;
  bool told = false;
};
BOOST_DESCRIBE_STRUCT(MissedRow, (), (id, form, person, due, ends, rule_set, unit, recorded, told))
void insert(store::Session& session, const MissedRow& row);
std::optional<MissedRow> missed(store::Session& session, MissedId id);
// Told ones of windows that began after `last`: somebody answers for this silence already.
bool stands(store::Session& session, const std::string& form, PersonId person, Instant last);
std::vector<MissedId> missed_around(store::Session& session, const std::string& form, PersonId person, Instant at);

// Of windows that began before, and of who has not sent such a form since; leaves a proof of what it deleted.
void forget_windows(store::Session& session, IdMaker& ids, Instant now, Instant before);

}  // namespace luytre::declarations::storage
