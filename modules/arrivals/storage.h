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
  std::int64_t within_minutes = 0;
  std::optional<Instant> due_at;
  std::int64_t base = 0, level = 0;  // of referrals::Level
};
BOOST_DESCRIBE_STRUCT(ArrivalRow, (),
                      (id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note,
                       decided_by, acknowledged, acknowledged_by, within_minutes, due_at, base, level))

void insert(store::Session& session, const ArrivalRow& arrival);
std::optional<ArrivalRow> find(store::Session& session, ArrivalId id);
std::vector<ArrivalRow> before(store::Session& session, ArrivalId id, std::size_t most);  // newest first
bool acknowledge(store::Session& session, ArrivalId id, AccountId by, Instant now);
// Those that nobody acknowledged in time and that can go further, the longest waiting first.
std::vector<ArrivalRow> late(store::Session& session, Instant now, std::size_t most);
void lift(store::Session& session, const ArrivalRow& arrival);                      // level and deadline
std::int64_t decided(store::Session& session, PlaceId vehicle, Instant departure);  // persons
std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant decided_before);

}  // namespace luytre::arrivals::storage
