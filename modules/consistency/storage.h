// SQL of the consistency room. Every function runs in the caller's transaction.

#pragma once

#include "modules/consistency/consistency.h"
#include "platform/geography/within.h"

namespace luytre::consistency::storage {

struct DifferenceRow {
  DifferenceId id;
  declarations::DeclarationId declaration;
  Kind kind = Kind::kTravelled;
  PersonId person;
  UnitId unit;
  Instant declared_at, found;
  store::Bytes evidence;  // sealed
  State state = State::kAsked;
  std::optional<store::Bytes> explanation;  // sealed
  std::optional<Instant> explained;
  std::optional<Decision> decision;
  std::optional<store::Bytes> note;  // sealed
  std::optional<Instant> decided;
  std::optional<AccountId> decided_by;
  std::optional<std::string> decided_name;
  std::int64_t version = 1;
  std::optional<Instant> gone;  // by itself
  std::optional<GoneWhy> gone_why;
  std::optional<Instant> answered;  // what was referred
};
BOOST_DESCRIBE_STRUCT(DifferenceRow, (),
                      (id, declaration, kind, person, unit, declared_at, found, evidence, state, explanation, explained,
                       decision, note, decided, decided_by, decided_name, version, gone, gone_why, answered))

// A declaration that may have to be compared anew.
struct ComparedRow {
  declarations::DeclarationId declaration;
  PersonId person;
  Instant at;
  Instant matters;  // facts that begin later do not
  std::optional<store::Bytes> vehicle;
};
BOOST_DESCRIBE_STRUCT(ComparedRow, (), (declaration, person, at, matters, vehicle))

void note(store::Session& session, const ComparedRow& row);  // again: nothing
void forget(store::Session& session, declarations::DeclarationId declaration);
// Made since `after` and to which a fact that begins then may matter, newest first.
std::vector<declarations::DeclarationId> compared(store::Session& session, PersonId person, Instant fact, Instant after,
                                                  std::size_t most);
std::vector<declarations::DeclarationId> compared(store::Session& session, const store::Bytes& vehicle, Instant after,
                                                  std::size_t most);

std::optional<DifferenceRow> find(store::Session& session, DifferenceId id);
std::vector<DifferenceRow> of_declaration(store::Session& session, declarations::DeclarationId declaration);
std::vector<DifferenceRow> of_person(store::Session& session, PersonId person, std::size_t most);  // newest first
void insert(store::Session& session, const DifferenceRow& row);
void update(store::Session& session, DifferenceRow& row);  // raises the version
void remove(store::Session& session, DifferenceId id);
struct Search {
  geography::Within of;
  std::vector<State> states;
  bool descending = true;  // by when they were found, as their ids are made
};
// Those after an id in that order. Costs a short look into an index for each unit and state.
std::vector<DifferenceRow> page(store::Session& session, const Search& search, DifferenceId after, std::size_t most);
const store::Query& page_query(bool descending, bool everywhere);  // for tests
std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant found_before);

}  // namespace luytre::consistency::storage
