// The SQL of outbreaks, and nobody else's.

#pragma once

#include "modules/outbreaks/outbreaks.h"
#include "platform/store/session.h"

namespace luytre::outbreaks::storage {

struct OutbreakRow {
  OutbreakId id;
  std::string name;
  std::string disease;
  UnitId unit;
  std::optional<std::string> setting;
  Date opened_on;
  Status status = Status::kOpen;
  std::optional<Date> closed_on;
  std::optional<CaseId> source;
  std::int64_t version = 1;
  std::int64_t case_count = 0, last_day = 0;  // as they were counted last; no case: 0
  bool counted = true;
};
BOOST_DESCRIBE_STRUCT(OutbreakRow, (),
                      (id, name, disease, unit, setting, opened_on, status, closed_on, source, version, case_count,
                       last_day, counted))

struct ChargeRow {
  AccountId account;
  std::string name;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(ChargeRow, (), (account, name, since))

struct ChangeRow {
  std::int64_t id = 0;
  Instant at;
  std::string by_name;
  What what = What::kOpened;
  std::optional<CaseId> kase;
  std::optional<store::Bytes> reason;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (), (id, at, by_name, what, kase, reason))

std::optional<OutbreakRow> find(store::Session& session, OutbreakId id);
void insert(store::Session& session, const OutbreakRow& row);
void update(store::Session& session, OutbreakRow& row);                       // raises the version
void set_counts(store::Session& session, std::span<const OutbreakRow> rows);  // as they say
std::vector<OutbreakRow> uncounted(store::Session& session, std::size_t most);

// Where an outbreak stands in a list.
struct Spot {
  std::int64_t key = 0;
  OutbreakId id;
  friend auto operator<=>(const Spot&, const Spot&) = default;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (key, id))

struct Search {
  std::optional<Status> status;
  std::optional<std::string> disease;
  std::vector<UnitId> units;
  bool everywhere = false;
  Sort sort = Sort::kBegin;
  bool descending = true;
};
// Costs a short look into an index for each unit.
std::vector<OutbreakRow> page(store::Session& session, const Search& search, const std::optional<Spot>& after,
                              std::size_t most);
Spot spot_of(const OutbreakRow& row, Sort sort);
std::vector<OutbreakRow> find_each(store::Session& session, std::span<const Spot> of);  // in their order

// For tests: how a page is read. Parameters: key and id after which, status, disease, the unit unless everywhere, how
// many.
const store::Query& page_query(Sort sort, bool descending, bool everywhere);

std::optional<OutbreakId> outbreak_of(store::Session& session, CaseId kase);
std::vector<CaseId> cases(store::Session& session, OutbreakId id);
std::vector<std::vector<CaseId>> cases(store::Session& session, std::span<const OutbreakRow> rows);  // of each
void put(store::Session& session, OutbreakId id, CaseId kase);
void take_out(store::Session& session, CaseId kase);

std::vector<ChargeRow> in_charge(store::Session& session, OutbreakId id);  // longest first
std::vector<std::vector<ChargeRow>> in_charge(store::Session& session, std::span<const OutbreakRow> rows);  // of each
bool take_charge(store::Session& session, OutbreakId id, const ChargeRow& row);  // false: had it
bool leave_charge(store::Session& session, OutbreakId id, AccountId account);    // false: had it not

void insert(store::Session& session, OutbreakId id, AccountId account, const ChangeRow& row);
std::vector<ChangeRow> changes(store::Session& session, OutbreakId id, std::size_t most);  // newest first

}  // namespace luytre::outbreaks::storage
