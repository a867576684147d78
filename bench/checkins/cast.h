// The cast of the benchmarks over HTTP, as checkins_prepare wrote it: who may check in where.
//
// Lines "place CODE ID" and "person SESSION_TOKEN ID_TEXT ID".

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace luytre::bench {

struct Place {
  std::string code;  // as its poster says
  std::int64_t id;
};

struct Person {
  std::string token;    // of the session of the household's account
  std::string id_text;  // as the API spells it
  std::int64_t id;
};

struct Cast {
  std::vector<Place> places;
  std::vector<Person> people;
};

// The body of a check-in now.
std::string check_in(const Place& place, const Person& person);

Cast read_cast(const std::string& file);  // throws runtime_error

}  // namespace luytre::bench
