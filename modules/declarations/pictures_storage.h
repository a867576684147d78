// SQL of pictures.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "modules/declarations/declarations.h"
#include "platform/store/session.h"

namespace luytre::declarations::storage {

struct PictureRow {
  PersonId person;
  DeclarationId declaration;
  PictureId id;
  AccountId account;
  Instant recorded;
  store::Bytes picture;  // sealed
};
BOOST_DESCRIBE_STRUCT(PictureRow, (), (person, declaration, id, account, recorded, picture))

void insert(store::Session& session, const PictureRow& row);
std::optional<PictureRow> picture(store::Session& session, PersonId person, DeclarationId declaration, PictureId id);
std::int64_t pictures_of_person(store::Session& session, PersonId person);
std::int64_t pictures_of_account(store::Session& session, AccountId account);
void remove_pictures(store::Session& session, PersonId person, DeclarationId declaration);
// Those of declarations up to `last` that arrived before. Answers how many.
std::int64_t retain_pictures(store::Session& session, DeclarationId last, Instant arrived_before);

}  // namespace luytre::declarations::storage
