// What the parts share that fill a province: who is there so far, and chance.

#pragma once

#include <algorithm>
#include <initializer_list>
#include <random>
#include <vector>

#include "bench/house.h"

namespace luytre::bench {

inline constexpr int kTogether = 1000;
inline constexpr const char* kSource = "benchmark";
inline constexpr AccountId kWriter{1}, kSigner{2};  // whoever wrote it down, and whoever signed it

struct Filled {
  struct Known {
    PersonId id;
    UnitId unit;
  };

  struct Ill {
    CaseId id;
    PersonId person;
    UnitId unit;
    Date onset;
    bool counts = true;  // it was not discarded
  };

  struct Contact {
    tracing::CandidateId id;
    CaseId of;
    PersonId person;
    UnitId unit;
    tracing::Class chosen;
  };

  // What somebody under an order asks for, until a station has seen to it.
  struct Need {
    std::int64_t id = 0;
    PersonId person;
    UnitId unit;
    Instant at;
  };

  app::House& house;
  std::mt19937 random{20260302};
  UnitId province, commune;
  std::vector<UnitId> communes;
  std::vector<Known> people;
  std::vector<Ill> cases;         // but those of the large outbreak
  std::vector<Contact> contacts;  // with a class, each person once
  std::vector<Need> needs;

  int any(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); }
  bool in_hundred(int so_many) { return any(1, 100) <= so_many; }
  template <class T>
  const T& of(const std::vector<T>& some) {
    return some[static_cast<std::size_t>(any(0, static_cast<int>(some.size()) - 1))];
  }
  Instant now() const { return house.clock.now(); }
  Date today() const { return local_date(now()); }
  store::Bytes sealed(std::string_view purpose, const std::string& row, const std::string& plain) const {
    return {house.vault.seal(purpose, row, plain)};
  }
};

using Lines = std::vector<std::vector<store::Row>>;  // of each table

// `line` of every number below `count` adds its rows to those of the tables, which are written in that order.
template <class Line>
void write(Filled& to, int count, std::initializer_list<store::Query> into, const Line& line) {
  for (int from = 0; from < count; from += kTogether) {
    Lines rows(into.size());
    for (int i = from; i < std::min(count, from + kTogether); ++i) line(i, rows);
    to.house.db.transact_now([&](store::Session& s) {
      std::size_t table = 0;
      for (const store::Query& query : into) s.insert(query, rows[table++]);
      return true;
    });
  }
}

// Each as many as are usual among so many people: a million have a hundred thousand orders.
void fill_follow_ups(Filled& to);
void fill_orders(Filled& to);     // sites, orders, needs; after cases and contacts
void fill_referrals(Filled& to);  // also of the needs
void fill_outbreaks(Filled& to);
void fill_laboratory(Filled& to);

}  // namespace luytre::bench
