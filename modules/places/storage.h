// SQL of places.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/places/places.h"
#include "platform/store/session.h"

namespace luytre::places::storage {

struct PlaceRow {
  PlaceId id;
  std::string name;
  std::string kind;
  UnitId unit;
  std::optional<store::Bytes> address;
  std::optional<store::Bytes> phone;
  std::string functions;  // separated by ','
  std::optional<std::int64_t> capacity;
  AccountId keeper;  // 0: imported
  Status status = Status::kRegistered;
  std::int64_t issue = 0;
  Instant registered;
  std::optional<Instant> approved;
  std::optional<AccountId> approved_by;
  std::optional<Instant> closed;
  std::int64_t revision = 0;
  std::int64_t version = 1;
  std::optional<Instant> approval_ended;

  // The sign, the address or the opening is new: who approved has not seen it. What was done before stands.
  void end_approval(Instant at) {
    if (approved) approval_ended = at;
    approved.reset();
    approved_by.reset();
  }
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (),
                      (id, name, kind, unit, address, phone, functions, capacity, keeper, status, issue, registered,
                       approved, approved_by, closed, revision, version, approval_ended))

struct ZoneRow {
  ZoneId id;
  PlaceId place;
  std::string name;
  bool entrance = false;
  bool leaving = false;
};
BOOST_DESCRIBE_STRUCT(ZoneRow, (), (id, place, name, entrance, leaving))

struct CodeRow {
  std::string code;
  PlaceId place;
  ZoneId zone;  // 0: the place itself
  std::int64_t issue = 0;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (code, place, zone, issue))

struct RegistrationRow {
  std::int64_t id = 0;
  AccountId account;
  std::string name;
  std::string kind;
  UnitId unit;
  store::Bytes address;
  store::Bytes phone;
  std::string functions;
  Instant asked;
};
BOOST_DESCRIBE_STRUCT(RegistrationRow, (), (id, account, name, kind, unit, address, phone, functions, asked))

struct ExternalRow {
  PlaceId place;
  std::string external;
};
BOOST_DESCRIBE_STRUCT(ExternalRow, (), (place, external))

// A place as the registry copy and the views need it.
struct Whole {
  PlaceRow place;
  std::vector<ZoneRow> zones;  // as they were added
  std::vector<CodeRow> codes;  // of all issues
};

void insert(store::Session& session, std::span<const PlaceRow> rows);
bool update(store::Session& session, const PlaceRow& row, std::int64_t expected_version);
void set_keeping(store::Session& session, const PlaceRow& row);  // keeper and phone, which update() leaves alone
std::optional<PlaceRow> find(store::Session& session, PlaceId place);
std::vector<PlaceRow> find_each(store::Session& session, std::span<const PlaceId> places);  // in their order
std::optional<Whole> whole(store::Session& session, PlaceId place);
std::vector<Whole> with_parts(store::Session& session, std::vector<PlaceRow> places);
std::vector<PlaceRow> of_keeper(store::Session& session, AccountId keeper);
// For the registry copy: by revision, then id.
std::vector<PlaceRow> changed(store::Session& session, std::int64_t after_revision, std::size_t most);
// Newest first, ids below `before`.
std::vector<PlaceRow> newest(store::Session& session, PlaceId before, std::size_t most);
std::vector<PlaceRow> newest_of(store::Session& session, std::span<const UnitId> units, PlaceId before,
                                std::size_t most);
std::vector<std::size_t> count_zones(store::Session& session, std::span<const PlaceId> places);  // in order
// Registered by keepers and not approved, the oldest first, at most so many; everywhere, or in each of these units.
std::vector<PlaceRow> waiting(store::Session& session, std::size_t most);
std::vector<PlaceRow> waiting_in(store::Session& session, std::span<const UnitId> units, std::size_t most);

void insert_zones(store::Session& session, std::span<const ZoneRow> rows, Instant now);
void set_use(store::Session& session, const ZoneRow& row);  // entrance or part
void insert_codes(store::Session& session, std::span<const CodeRow> rows);
std::vector<bool> codes_taken(store::Session& session, std::span<const std::string> codes);
struct WordRow {
  std::string word;
  PlaceId place;
};
void insert_words(store::Session& session, std::span<const WordRow> rows);
void delete_words(store::Session& session, PlaceId place);

void insert(store::Session& session, const RegistrationRow& row);
std::optional<RegistrationRow> find_registration(store::Session& session, std::int64_t id);
void delete_registration(store::Session& session, std::int64_t id);
std::int64_t delete_registrations_before(store::Session& session, Instant asked);

std::vector<std::optional<PlaceId>> imported(store::Session& session, std::span<const store::Row> keys);
void insert_external(store::Session& session, std::span<const store::Row> rows);
std::vector<std::vector<ExternalRow>> external_ids(store::Session& session, std::span<const PlaceId> places);

}  // namespace luytre::places::storage
