// What the sources of people share.

#pragma once

#include "engines/linkage/person_code.h"
#include "modules/people/people.h"
#include "modules/people/storage.h"
#include "platform/base/words.h"

namespace luytre::people {

// What is kept of an answer for a repeat: the record is read anew.
struct Made {
  PersonId id;
};
BOOST_DESCRIBE_STRUCT(Made, (), (id))

struct People::Impl {
  store::Database& db;
  const geography::Geography& geography;
  const identity::Access& access;
  const identity::Accounts& accounts;
  const Vault& vault;
  const Clock& clock;
  linkage::PersonCodes codes;
  People::CardHolder card_holder = {};

  // ---- fields.cpp: what people write, checked and brought into form ----
  std::vector<FieldError> check(const NewPerson& person) const;
  std::vector<FieldError> check(const PersonEdit& edit, const storage::PersonRow& old) const;
  storage::PersonRow row_of(PersonId id, const NewPerson& person) const;
  void apply(const PersonEdit& edit, storage::PersonRow& row) const;

  // ---- records.cpp: within a transaction ----
  PersonId add(store::Session& session, const NewPerson& person, AccountId by) const;
  // `proven`: an officer wrote it down.
  void add_paper(store::Session& session, PersonId person, const Paper& paper, bool proven) const;
  void add_phone(store::Session& session, PersonId person, std::string_view e164, bool proven) const;
  // Corrections: the number that was on the record, or nothing.
  std::optional<std::string> remove_paper(store::Session& session, PersonId person, std::string_view written) const;
  Person view(store::Session& session, const storage::PersonRow& row, std::optional<Relation> relation,
              std::optional<AccountId> household) const;
  PersonBrief brief(store::Session& session, const storage::PersonRow& row) const;
  // In the rows' order, in three statements at most, however many.
  std::vector<PersonBrief> briefs(store::Session& session, std::span<const storage::PersonRow> rows) const;
  std::vector<std::string> phones(store::Session& session, PersonId person, std::optional<AccountId> household) const;
  // The household's last, unless it is one of their own.
  std::vector<std::string> opened(std::span<const storage::SealedRow> own, std::optional<std::string> shared) const;
  std::vector<std::optional<std::string>> first_phones(store::Session& session,
                                                       std::span<const PersonId> persons) const;
  std::optional<std::string> address(const storage::PersonRow& row) const;
  store::Bytes paper_blind(std::string_view key) const { return {vault.blind("people.paper", key)}; }
  store::Bytes phone_blind(std::string_view e164) const { return {vault.blind("people.phone", e164)}; }
};

}  // namespace luytre::people
