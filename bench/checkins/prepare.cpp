// Fills a new data directory for the benchmarks over HTTP: accounts with sessions, households, places, and the
// decisions that switch check-in and the daily declaration on. Writes the *cast* beside it, which the load and the raw
// driver read (cast.h).
//
//   checkins_prepare DATA_DIR DATABASE_URL ACCOUNTS PLACES
//
// An account has a household of kHousehold people.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "bench/house.h"

namespace luytre::app {
namespace {

constexpr int kHousehold = 5;
constexpr int kTogether = 64;
constexpr const char* kCommune = "19333";

using bench::must;

struct Household {
  Caller caller;
  std::string token;
  std::vector<PersonId> people;
};

people::NewPerson member(UnitId unit, bool self) {
  people::NewPerson out;
  out.name = std::string("Nguyễn Văn An");
  out.birth_year = 1980;
  out.unit = unit;
  out.relation = self ? people::Relation::kSelf : people::Relation::kChild;
  return out;
}

std::vector<Household> open_accounts(House& house, int from, int count) {
  return house.db.transact_now([&](store::Session& s) {
    std::vector<Household> out;
    for (int i = 0; i < count; ++i) {
      char phone[16];
      std::snprintf(phone, sizeof phone, "+8491%07d", from + i);
      Household h;
      h.caller.account = house.db.ids().make<AccountId>();
      h.caller.grants = {Grant{Role::kCitizen, {}}};
      house.identity.accounts.create(s, h.caller.account, phone);
      identity::NewSession session;
      session.account = h.caller.account;
      session.full = true;
      session.phone = house.identity.accounts.phone_index(phone);
      session.proof = identity::Proof::kNewPhone;
      h.token = house.identity.sessions.open(s, session).token;
      out.push_back(std::move(h));
    }
    return out;
  });
}

Task<void> fill(House& house, Household& household, UnitId unit) {
  for (const char* text : {"tracing", "declarations"}) {
    identity::GiveConsent agreed{std::string(text), 1};
    const auto consent = co_await house.identity.consents.give(household.caller, std::move(agreed));
    if (!consent) throw std::runtime_error("refused: " + consent.error().code);
  }
  for (int i = 0; i < kHousehold; ++i) {
    people::NewPerson person = member(unit, i == 0);
    const auto made = co_await house.people.create(household.caller, std::move(person));
    if (!made) throw std::runtime_error("refused: " + made.error().code);
    household.people.push_back(made->id);
  }
}

// All at once, so that the group commit has something to group.
void fill_together(House& house, std::vector<Household>& households, UnitId unit) {
  boost::asio::io_context io(1);
  std::exception_ptr fault;
  for (Household& household : households) {
    boost::asio::co_spawn(io.get_executor(), fill(house, household, unit), [&](std::exception_ptr e) {
      if (e) fault = e;
    });
  }
  io.run();
  if (fault) std::rethrow_exception(fault);
}

void write_places(House& house, UnitId unit, int count, std::ostream& out) {
  std::vector<places::Places::Imported> file;
  for (int i = 0; i < count; ++i) {
    const std::string name = "Nơi " + std::to_string(i);
    file.push_back({"benchmark", name, name, i % 2 == 0 ? "shop" : "office", unit, {}});
  }
  const auto made = house.db.transact_now([&](store::Session& s) { return house.places.import_places(s, file); });
  house.places.start();
  for (const auto& place : made) {
    out << "place " << must(house.places.code_text(place.value().id, {})) << ' ' << place->id.value << '\n';
  }
}

void write_people(House& house, UnitId unit, int accounts, std::ostream& out) {
  for (int from = 0; from < accounts; from += kTogether) {
    auto households = open_accounts(house, from, std::min<int>(kTogether, accounts - from));
    fill_together(house, households, unit);
    for (const auto& household : households)
      for (const PersonId person : household.people)
        out << "person " << household.token << ' ' << to_text(person) << ' ' << person.value << '\n';
  }
}

void prepare(char** arguments) {
  House house(bench::settings_for(arguments[1], arguments[2]));
  const UnitId unit = house.geography.find(geography::Level::kCommune, kCommune, local_date(house.clock.now()))->id;
  bench::switch_on(house, command::Switch::kCheckIn);
  bench::switch_on(house, command::Switch::kDeclarations, std::string("daily-health"));
  std::ofstream cast(std::string(arguments[1]) + "/cast");
  write_places(house, unit, std::atoi(arguments[4]), cast);
  write_people(house, unit, std::atoi(arguments[3]), cast);
}

}  // namespace
}  // namespace luytre::app

int main(int count, char** arguments) {
  if (count != 5) {
    std::cerr << "checkins_prepare DATA_DIR DATABASE_URL ACCOUNTS PLACES\n";
    return 2;
  }
  try {
    luytre::app::prepare(arguments);
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
}
