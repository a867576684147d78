// SQL of arrivals.

#pragma once

#include <functional>

#include "modules/arrivals/arrivals.h"

namespace luytre::arrivals::storage {

struct ArrivalRow {
  ArrivalId id;
  PersonId person;
  PlaceId place;
  UnitId unit, towards;
  Instant decided;
  Outcome outcome = Outcome::kPass;
  std::optional<declarations::DeclarationId> declaration;
  std::optional<PlaceId> vehicle;
  std::optional<Instant> departure;
  std::optional<store::Bytes> note;
  AccountId decided_by;
  std::optional<Instant> acknowledged;
  std::optional<AccountId> acknowledged_by;
};
BOOST_DESCRIBE_STRUCT(ArrivalRow, (),
                      (id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note,
                       decided_by, acknowledged, acknowledged_by))

void insert(store::Session& session, const ArrivalRow& arrival);
std::optional<ArrivalRow> find(store::Session& session, ArrivalId id);
std::vector<ArrivalRow> before(store::Session& session, ArrivalId id, std::size_t most);  // newest first
bool acknowledge(store::Session& session, ArrivalId id, AccountId by, Instant now);
std::int64_t decided(store::Session& session, PlaceId vehicle, Instant departure);  // persons
std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant decided_before);

}  // namespace luytre::arrivals::storage
