#include "modules/declarations/windows_storage.h"

namespace luytre::declarations::storage {
namespace {

constexpr store::Query kBegin{"declarations.begin", R"sql(
  INSERT INTO declarations_begun (form, person, began, last)
  VALUES ($1, $2, $3, $3)
  ON CONFLICT (form, person) DO UPDATE
  SET began = CASE WHEN declarations_begun.last < excluded.began - $4 OR excluded.began < declarations_begun.began
                   THEN excluded.began ELSE declarations_begun.began END,
      last = CASE WHEN excluded.last > declarations_begun.last THEN excluded.last ELSE declarations_begun.last END)sql"};

constexpr store::Query kForgetBegun{"declarations.forget_begun", R"sql(
  DELETE FROM declarations_begun
  WHERE form = $1 AND person = $2)sql"};

constexpr store::Query kToRemind{"declarations.to_remind", R"sql(
  SELECT b.person, b.last
  FROM declarations_begun b
  WHERE b.form = $1 AND b.last >= $2 AND b.last < $3
    AND NOT EXISTS (SELECT 1 FROM declarations_reminder r WHERE r.form = b.form AND r.due = $3 AND r.person = b.person)
    AND NOT EXISTS (SELECT 1 FROM declarations_missed m
                    WHERE m.person = b.person AND m.form = b.form AND m.told AND m.due > b.last)
  ORDER BY b.last, b.person
  LIMIT $4)sql"};

constexpr store::Query kSilent{"declarations.silent", R"sql(
  SELECT b.person, b.last
  FROM declarations_begun b
  WHERE b.form = $1 AND b.last >= $2 AND b.began < $3
    AND NOT EXISTS (SELECT 1 FROM declarations_missed m WHERE m.form = b.form AND m.due = $3 AND m.person = b.person)
    AND NOT EXISTS (SELECT 1 FROM declarations_declaration d
                    WHERE d.person = b.person AND d.form = b.form AND d.at >= $3 AND d.at < $4)
  ORDER BY b.last, b.person
  LIMIT $5)sql"};

constexpr store::Query kRemind{"declarations.remind", R"sql(
  INSERT INTO declarations_reminder (form, due, person, account, sent)
  VALUES ($1, $2, $3, $4, $5))sql"};

constexpr store::Query kReminded{"declarations.reminded", R"sql(
  SELECT count(*)
  FROM declarations_reminder
  WHERE account = $1 AND form = $2 AND due = $3 AND sent)sql"};

constexpr store::Query kOff{"declarations.reminders_off", R"sql(
  SELECT count(*)
  FROM declarations_reminder_off
  WHERE account = $1)sql"};

constexpr store::Query kTurnOff{"declarations.turn_reminders_off", R"sql(
  INSERT INTO declarations_reminder_off (account, since)
  VALUES ($1, $2)
  ON CONFLICT (account) DO NOTHING)sql"};

constexpr store::Query kTurnOn{"declarations.turn_reminders_on", R"sql(
  DELETE FROM declarations_reminder_off
  WHERE account = $1)sql"};

constexpr store::Query kLanguage{"declarations.language", R"sql(
  SELECT language
  FROM declarations_language
  WHERE account = $1)sql"};

constexpr store::Query kSetLanguage{"declarations.set_language", R"sql(
  INSERT INTO declarations_language (account, language, since)
  VALUES ($1, $2, $3)
  ON CONFLICT (account) DO UPDATE
  SET language = excluded.language, since = excluded.since)sql"};

constexpr store::Query kMiss{"declarations.miss", R"sql(
  INSERT INTO declarations_missed (id, form, person, due, ends, rule_set, unit, recorded, told)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr store::Query kMissed{"declarations.missed", R"sql(
  SELECT id, form, person, due, ends, rule_set, unit, recorded, told
  FROM declarations_missed
  WHERE id = $1)sql"};

constexpr store::Query kStands{"declarations.silence_stands", R"sql(
  SELECT count(*)
  FROM declarations_missed
  WHERE person = $1 AND form = $2 AND due > $3 AND told)sql"};

constexpr store::Query kMissedAround{"declarations.missed_around", R"sql(
  SELECT id
  FROM declarations_missed
  WHERE person = $1 AND form = $2 AND due <= $3 AND ends > $3 AND told
  ORDER BY id)sql"};

constexpr store::Query kForgetReminders{"declarations.forget_reminders", R"sql(
  DELETE FROM declarations_reminder
  WHERE due < $1)sql"};

constexpr store::Query kForgetMissed{"declarations.forget_missed", R"sql(
  DELETE FROM declarations_missed
  WHERE due < $1)sql"};

constexpr store::Query kForgetQuiet{"declarations.forget_quiet", R"sql(
  DELETE FROM declarations_begun
  WHERE last < $1)sql"};

constexpr store::Query kProof{"declarations.windows_proof", R"sql(
  INSERT INTO declarations_retention (id, ran, rule, arrived_before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void note_begun(store::Session& session, const std::string& form, PersonId person, Instant at,
                std::chrono::hours lasts) {
  session.run(kBegin, form, person, at, std::chrono::seconds(lasts).count());
}

void forget_begun(store::Session& session, const std::string& form, PersonId person) {
  session.run(kForgetBegun, form, person);
}

std::vector<Quiet> to_remind(store::Session& session, const std::string& form, Instant since, Instant due,
                             std::size_t most) {
  return session.all<Quiet>(kToRemind, form, since, due, most);
}

std::vector<Quiet> silent(store::Session& session, const std::string& form, Instant since, Instant due, Instant ends,
                          std::size_t most) {
  return session.all<Quiet>(kSilent, form, since, due, ends, most);
}

void insert(store::Session& session, const ReminderRow& row) {
  session.run(kRemind, row.form, row.due, row.person, row.account, row.sent);
}

bool reminded(store::Session& session, AccountId account, const std::string& form, Instant due) {
  return session.value<std::int64_t>(kReminded, account, form, due) > 0;
}

bool reminders_off(store::Session& session, AccountId account) {
  return session.value<std::int64_t>(kOff, account) > 0;
}

void set_reminders(store::Session& session, AccountId account, bool on, Instant now) {
  if (on) {
    session.run(kTurnOn, account);
  } else {
    session.run(kTurnOff, account, now);
  }
}

std::optional<std::string> language(store::Session& session, AccountId account) {
  return session.one<std::string>(kLanguage, account);
}

void set_language(store::Session& session, AccountId account, const std::string& language, Instant now) {
  session.run(kSetLanguage, account, language, now);
}

void insert(store::Session& session, const MissedRow& row) {
  session.run(kMiss, row.id, row.form, row.person, row.due, row.ends, row.rule_set, row.unit, row.recorded, row.told);
}

std::optional<MissedRow> missed(store::Session& session, MissedId id) {
  return session.one<MissedRow>(kMissed, id);
}

bool stands(store::Session& session, const std::string& form, PersonId person, Instant last) {
  return session.value<std::int64_t>(kStands, person, form, last) > 0;
}

std::vector<MissedId> missed_around(store::Session& session, const std::string& form, PersonId person, Instant at) {
  return session.all<MissedId>(kMissedAround, person, form, at);
}

void forget_windows(store::Session& session, IdMaker& ids, Instant now, Instant before) {
  std::int64_t deleted = 0;
  for (const store::Query& query : {kForgetReminders, kForgetMissed, kForgetQuiet})
    deleted += session.run(query, before);
  if (deleted > 0) session.run(kProof, ids.next(), now, "windows: 28 days after they began", before, deleted);
}

}  // namespace luytre::declarations::storage
