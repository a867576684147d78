#include "modules/declarations/storage.h"

#include <algorithm>
#include <iterator>

#include "modules/declarations/pictures_storage.h"

namespace luytre::declarations::storage {
namespace {

using store::values;

constexpr store::Query kInsert{"declarations.insert", R"sql(
  INSERT INTO declarations_declaration (person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until,
                                        declared_by, content, place, corrects, declared_as, declarer, channel)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19))sql"};

constexpr store::Query kFind{"declarations.find", R"sql(
  SELECT person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until, declared_by, content, place,
         corrects, replaced_by, declared_as, declarer, channel
  FROM declarations_declaration
  WHERE id = $1)sql"};

constexpr store::Query kOfPerson{"declarations.of_person", R"sql(
  SELECT person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until, declared_by, content, place,
         corrects, replaced_by, declared_as, declarer, channel
  FROM declarations_declaration
  WHERE person = $1 AND id < $2 AND ($3 IS NULL OR form = $3) AND ($4 IS NULL OR declared_by = $4)
  ORDER BY id DESC
  LIMIT $5)sql"};

constexpr store::Query kReplace{"declarations.replace", R"sql(
  UPDATE declarations_declaration
  SET replaced_by = $3
  WHERE person = $1 AND id = $2 AND replaced_by IS NULL)sql"};

constexpr store::Query kRemove{"declarations.remove", R"sql(
  DELETE FROM declarations_declaration
  WHERE person = $1 AND id = $2)sql"};

constexpr store::Query kWithdraw{"declarations.withdraw", R"sql(
  INSERT INTO declarations_withdrawal (person, id, form, at, withdrawn, withdrawn_by)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr store::Query kWithdrawal{"declarations.withdrawal", R"sql(
  SELECT person, id, form, at, withdrawn, withdrawn_by
  FROM declarations_withdrawal
  WHERE id = $1)sql"};

constexpr store::Query kWithdrawals{"declarations.withdrawals", R"sql(
  SELECT person, id, form, at, withdrawn, withdrawn_by
  FROM declarations_withdrawal
  WHERE person = $1
  ORDER BY withdrawn DESC, id DESC
  LIMIT $2)sql"};

constexpr store::Query kForgetWithdrawals{"declarations.forget_withdrawals", R"sql(
  DELETE FROM declarations_withdrawal
  WHERE withdrawn < $1)sql"};

constexpr store::Query kLastAt{"declarations.last_at", R"sql(
  SELECT at
  FROM declarations_declaration
  WHERE person = $1 AND form = $2
  ORDER BY at DESC
  LIMIT 1)sql"};

constexpr store::Query kSent{"declarations.sent", R"sql(
  SELECT at, recorded
  FROM declarations_declaration
  WHERE person = $1 AND form = $2 AND at >= $3
  ORDER BY at, id)sql"};

constexpr store::Query kMade{"declarations.made", R"sql(
  SELECT at
  FROM declarations_declaration
  WHERE person = $1 AND form = $2 AND at >= $3 AND at < $4)sql"};

constexpr store::Query kNewest{"declarations.newest", R"sql(
  SELECT colour, valid_until
  FROM declarations_declaration
  WHERE person = $1 AND replaced_by IS NULL
  ORDER BY at DESC, id DESC
  LIMIT $2)sql"};

constexpr store::Query kNewestColour{"declarations.newest_colour", R"sql(
  SELECT colour, valid_until
  FROM declarations_declaration
  WHERE person = $1
  ORDER BY at DESC, id DESC
  LIMIT 1)sql"};

struct Validity {
  Colour colour = Colour::kGreen;
  Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(Validity, (), (colour, valid_until))

constexpr std::size_t kNewestMost = 100;  // more than three a day for as long as they are kept

struct Arrival {
  DeclarationId id;
  Instant recorded;
};
BOOST_DESCRIBE_STRUCT(Arrival, (), (id, recorded))

constexpr store::Query kOldest{"declarations.oldest", R"sql(
  SELECT id, recorded
  FROM declarations_declaration
  ORDER BY id
  LIMIT $1)sql"};

constexpr store::Query kDelete{"declarations.delete", R"sql(
  DELETE FROM declarations_declaration
  WHERE id <= $1 AND recorded < $2)sql"};

constexpr store::Query kProof{"declarations.proof", R"sql(
  INSERT INTO declarations_retention (id, ran, rule, arrived_before, deleted, pictures)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

}  // namespace

void insert(store::Session& session, std::span<const DeclarationRow> rows) {
  std::vector<store::Row> values;
  values.reserve(rows.size());
  for (const DeclarationRow& r : rows) {
    values.push_back({store::to_value(r.person), store::to_value(r.id), store::to_value(r.unit),
                      store::to_value(r.there), store::to_value(r.form), store::to_value(r.form_version),
                      store::to_value(r.colour), store::to_value(r.rule_set), store::to_value(r.inputs),
                      store::to_value(r.at), store::to_value(r.recorded), store::to_value(r.valid_until),
                      store::to_value(r.declared_by), store::to_value(r.content), store::to_value(r.place),
                      store::to_value(r.corrects), store::to_value(r.declared_as), store::to_value(r.declarer),
                      store::to_value(r.channel)});
  }
  session.insert(kInsert, values);
}

std::optional<DeclarationRow> find(store::Session& session, DeclarationId id) {
  return session.one<DeclarationRow>(kFind, id);
}

std::vector<DeclarationRow> find_each(store::Session& session, std::span<const DeclarationId> ids) {
  std::vector<store::Row> looks;
  looks.reserve(ids.size());
  for (const DeclarationId id : ids) looks.push_back(values(id));
  std::vector<DeclarationRow> out;
  out.reserve(ids.size());
  for (auto& rows : session.each<DeclarationRow>(kFind, looks))
    out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  return out;
}

std::vector<DeclarationRow> of_person(store::Session& session, const PersonSearch& search, DeclarationId before,
                                      std::size_t most) {
  return session.all<DeclarationRow>(kOfPerson, search.person, before, search.form, search.declared_by, most);
}

bool replace(store::Session& session, PersonId person, DeclarationId old, DeclarationId by) {
  return session.run(kReplace, person, old, by) == 1;
}

void remove(store::Session& session, PersonId person, DeclarationId id) {
  remove_pictures(session, person, id);
  session.run(kRemove, person, id);
}

void insert(store::Session& session, const WithdrawalRow& row) {
  session.run(kWithdraw, row.person, row.id, row.form, row.at, row.withdrawn, row.withdrawn_by);
}

std::optional<WithdrawalRow> withdrawal(store::Session& session, DeclarationId id) {
  return session.one<WithdrawalRow>(kWithdrawal, id);
}

std::vector<WithdrawalRow> withdrawals(store::Session& session, PersonId person, std::size_t most) {
  return session.all<WithdrawalRow>(kWithdrawals, person, most);
}

std::int64_t forget_withdrawals(store::Session& session, Instant before) {
  return session.run(kForgetWithdrawals, before);
}

std::optional<Instant> last_at(store::Session& session, PersonId person, const std::string& form) {
  return session.one<Instant>(kLastAt, person, form);
}

std::vector<Sent> sent(store::Session& session, PersonId person, const std::string& form, Instant from) {
  return session.all<Sent>(kSent, person, form, from);
}

namespace {

// What one statement asks of one person.
store::Row look(PersonId person, std::string_view form, Interval when) {
  return values(person, std::string(form), when.from, when.to);
}

}  // namespace

std::vector<std::vector<Instant>> made(store::Session& session, std::string_view form,
                                       std::span<const PersonId> persons, Interval when) {
  std::vector<store::Row> looks;
  looks.reserve(persons.size());
  for (const PersonId person : persons) looks.push_back(look(person, form, when));
  return session.each<Instant>(kMade, looks);
}

std::optional<NewestColour> newest_colour(store::Session& session, PersonId person) {
  return session.one<NewestColour>(kNewestColour, person);
}

std::optional<Instant> newest_valid_until(store::Session& session, PersonId person) {
  std::optional<Instant> out;
  for (const Validity& one : session.all<Validity>(kNewest, person, kNewestMost)) {
    const bool green = one.colour == Colour::kGreen;
    if (!out || green) out = std::max(out.value_or(one.valid_until), one.valid_until);
    if (!green) break;
  }
  return out;
}

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant arrived_before, std::size_t most) {
  // Ids are made in the order of arrival, so the oldest stand first.
  std::optional<DeclarationId> last;
  for (const Arrival& arrival : session.all<Arrival>(kOldest, most))
    if (arrival.recorded < arrived_before) last = arrival.id;
  if (!last) return 0;
  const std::int64_t pictures = retain_pictures(session, *last, arrived_before);
  const std::int64_t deleted = session.run(kDelete, *last, arrived_before);
  session.run(kProof, ids.next(), now, "declarations: 28 days after arrival", arrived_before, deleted, pictures);
  return deleted;
}

}  // namespace luytre::declarations::storage
