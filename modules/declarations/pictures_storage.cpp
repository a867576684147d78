#include "modules/declarations/pictures_storage.h"

namespace luytre::declarations::storage {
namespace {

constexpr store::Query kInsert{"declarations.insert_picture", R"sql(
  INSERT INTO declarations_picture (person, declaration, id, account, recorded, picture)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr store::Query kFind{"declarations.find_picture", R"sql(
  SELECT person, declaration, id, account, recorded, picture
  FROM declarations_picture
  WHERE person = $1 AND declaration = $2 AND id = $3)sql"};

constexpr store::Query kOfPerson{"declarations.pictures_of_person", R"sql(
  SELECT count(*)
  FROM declarations_picture
  WHERE person = $1)sql"};

constexpr store::Query kOfAccount{"declarations.pictures_of_account", R"sql(
  SELECT count(*)
  FROM declarations_picture
  WHERE account = $1)sql"};

constexpr store::Query kRemove{"declarations.remove_pictures", R"sql(
  DELETE FROM declarations_picture
  WHERE person = $1 AND declaration = $2)sql"};

constexpr store::Query kDelete{"declarations.delete_pictures", R"sql(
  DELETE FROM declarations_picture
  WHERE declaration <= $1 AND recorded < $2)sql"};

}  // namespace

void insert(store::Session& session, const PictureRow& row) {
  session.run(kInsert, row.person, row.declaration, row.id, row.account, row.recorded, row.picture);
}

std::optional<PictureRow> picture(store::Session& session, PersonId person, DeclarationId declaration, PictureId id) {
  return session.one<PictureRow>(kFind, person, declaration, id);
}

std::int64_t pictures_of_person(store::Session& session, PersonId person) {
  return session.value<std::int64_t>(kOfPerson, person);
}

std::int64_t pictures_of_account(store::Session& session, AccountId account) {
  return session.value<std::int64_t>(kOfAccount, account);
}

void remove_pictures(store::Session& session, PersonId person, DeclarationId declaration) {
  session.run(kRemove, person, declaration);
}

std::int64_t retain_pictures(store::Session& session, DeclarationId last, Instant arrived_before) {
  return session.run(kDelete, last, arrived_before);
}

}  // namespace luytre::declarations::storage
