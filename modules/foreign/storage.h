// SQL of the foreign room.

#pragma once

#include <set>
#include <span>

#include "modules/foreign/foreign.h"

namespace luytre::foreign::storage {

struct BatchRow {
  BatchId id;
  Kind kind = Kind::kVisits;
  System system = System::kTokhaiyte;
  UnitId unit;
  std::string basis;
  store::Bytes file;  // keyed hash
  AccountId sent_by;
  Instant at;
  std::int64_t taken = 0, known = 0, claims = 0, refused = 0, unplaced = 0;
  std::optional<Instant> undone_at;
  std::optional<AccountId> undone_by;
  std::optional<store::Bytes> reason;  // sealed
  std::optional<std::int64_t> taken_back;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (),
                      (id, kind, system, unit, basis, file, sent_by, at, taken, known, claims, refused, unplaced,
                       undone_at, undone_by, reason, taken_back))

void insert(store::Session& session, const BatchRow& row);
void update(store::Session& session, const BatchRow& row);  // counts, and how it was undone
std::optional<BatchRow> find(store::Session& session, BatchId id);
// The newest of that file that was not undone.
std::optional<BatchId> of_file(store::Session& session, Kind kind, System system, const store::Bytes& file);
// Sent in the name of one of these units, the newest first; absent: of any.
std::vector<BatchRow> newest(store::Session& session, const std::optional<std::set<UnitId>>& units, std::size_t most);

struct LineRow {
  store::Bytes key;
  BatchId batch;
  std::int64_t line = 0;
  Instant until;
  std::optional<declarations::DeclarationId> declaration;
  std::optional<store::Bytes> claim;    // sealed Told
  std::optional<store::Bytes> content;  // of a line with an id
};
BOOST_DESCRIBE_STRUCT(LineRow, (), (key, batch, line, until, declaration, claim, content))

// What tells a line from others, as keyed hashes; without an id all are that of what it says.
struct LineKeys {
  store::Bytes own;        // its id, of this sender
  store::Bytes everyones;  // its id, told by an officer
  store::Bytes content;    // all that it says
};

// By what a claim's person may be known, and its line.
struct ClueRow {
  store::Bytes clue, line;
};

std::vector<bool> known(store::Session& session, std::span<const LineKeys> keys);  // by any of them
void insert(store::Session& session, std::span<const LineRow> rows);
void insert(store::Session& session, std::span<const ClueRow> rows);
bool any_clues(store::Session& session);
// Claims with one of these clues, by batch and line; at most kClaimsAtOnce of each clue.
std::vector<LineRow> claims_with(store::Session& session, std::span<const store::Bytes> clues);
std::vector<LineRow> of_batch(store::Session& session, BatchId batch);  // in the order of the file
void settle(store::Session& session, const LineRow& row);               // the claim has found its person
void remove(store::Session& session, BatchId batch);                    // its lines

inline constexpr std::size_t kClaimsAtOnce = 500;

// Writes a proof for each rule that deleted something.
void retain(store::Session& session, IdMaker& ids, Instant now);

}  // namespace luytre::foreign::storage
