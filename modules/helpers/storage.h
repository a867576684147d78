// SQL of the helpers room.

#pragma once

#include <span>

#include "modules/helpers/helpers.h"
#include "platform/geography/within.h"

namespace luytre::helpers::storage {

struct HelperRow {
  HelperId id;
  UnitId unit;
  Organisation organisation = Organisation::kYouth;
  store::Bytes name;
  store::Bytes phone;
  Instant starts;
  Instant ends;  // exclusive
  std::optional<Instant> ended;
  Instant made;
  AccountId made_by;
  Date day;
  std::int64_t day_installed = 0, day_declared = 0, installed = 0, declared = 0;
};
BOOST_DESCRIBE_STRUCT(HelperRow, (),
                      (id, unit, organisation, name, phone, starts, ends, ended, made, made_by, day, day_installed,
                       day_declared, installed, declared))

void insert(store::Session& session, const HelperRow& row);
void update(store::Session& session, const HelperRow& row);  // times and counts
std::optional<HelperRow> find(store::Session& session, HelperId id);
std::vector<HelperRow> of_phone(store::Session& session, const store::Bytes& phone);
std::vector<HelperRow> all(store::Session& session);  // newest first

struct Search {
  geography::Within of;
  std::optional<Organisation> organisation;
  bool descending = true;  // as they were named, and their ids made
};
// Those after an id in that order. Costs a short look into an index for each unit.
std::vector<HelperRow> page(store::Session& session, const Search& search, HelperId after, std::size_t most);
const store::Query& page_query(bool descending, bool everywhere);  // for tests
std::int64_t forget(store::Session& session, Instant before);

struct TallyRow {
  UnitId unit;
  Organisation organisation = Organisation::kYouth;
  std::int64_t installed = 0, declared = 0;
};
BOOST_DESCRIBE_STRUCT(TallyRow, (), (unit, organisation, installed, declared))
std::vector<TallyRow> tallies(store::Session& session, Date since);
void count(store::Session& session, const TallyRow& more, Date day);

void prove(store::Session& session, std::int64_t id, Instant ran, const std::string& rule, Instant before,
           std::int64_t deleted);

}  // namespace luytre::helpers::storage
