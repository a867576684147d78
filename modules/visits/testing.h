// For tests of this and other rooms: people, places and check-in, wired as in the server, in Hải Lăng, on the morning
// of 2 March 2026.

#pragma once

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "modules/command/testing.h"
#include "modules/visits/doubtful.h"
#include "modules/visits/visits.h"
#include "platform/base/random.h"
#include "platform/base/run.h"
#include "platform/identity/testing.h"
#include "platform/store/testing.h"

namespace luytre::visits::testing {

inline const UnitId kQuangTri{2025100044}, kHaiLang{2025319702};

// One reading of data/ for all tests of a program.
const geography::Geography& geography();
const places::Kinds& kinds();

struct World {
  explicit World(store::Engine engine, std::vector<std::vector<store::Migration>> more_rooms = {},
                 Settings settings = {});

  void switch_on();  // check-in, in the whole country, since two weeks and for thirty days
  PersonId person(const Caller& caller, people::Relation relation);
  std::vector<PlaceId> places(const std::vector<std::pair<std::string, std::string>>& names_and_kinds);
  PlaceId registered(const Caller& keeper, const std::string& name, const std::string& kind);  // and approved
  void rename(PlaceId place, const std::string& name);  // so that it waits for approval
  std::vector<ZoneId> zones(PlaceId place, const std::vector<std::string>& names, bool entrances = false);
  void close(PlaceId place);
  void renew_codes(PlaceId place);

  ManualClock clock{*parse_instant("2026-03-02T01:30:00Z")};
  store::testing::TestDatabase db;
  identity::testing::House house;
  Vault vault = identity::testing::vault();
  SystemRandom random;
  command::Decisions decisions;
  people::People people;
  places::Places registry;
  const Doubtful doubtful;  // by the rule of data/
  Visits visits;
  Caller station = identity::testing::officer(Role::kStationOfficer, kHaiLang);

 private:
  places::Place edited(PlaceId place, places::PlaceEdit edit);
};

// Drives all tasks at once, so that they are in flight together; answers in order.
template <class T>
std::vector<T> run_together(std::vector<Task<T>> tasks) {
  boost::asio::io_context io(1);
  std::vector<std::optional<T>> slots(tasks.size());
  std::exception_ptr fault;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    boost::asio::co_spawn(io.get_executor(), keep_result(std::move(tasks[i]), slots[i]), [&](std::exception_ptr e) {
      if (e) fault = e;
    });
  }
  io.run();
  if (fault) std::rethrow_exception(fault);
  std::vector<T> out;
  for (auto& slot : slots) out.push_back(std::move(*slot));
  return out;
}

}  // namespace luytre::visits::testing
