#include "bench/checkins/cast.h"

#include <fstream>
#include <stdexcept>

#include "bench/http_load.h"

namespace luytre::bench {

std::string check_in(const Place& place, const Person& person) {
  return R"({"placeCode":")" + place.code + R"(","person":")" + person.id_text + R"(","at":")" + now_text() + R"("})";
}

Cast read_cast(const std::string& file) {
  std::ifstream in(file);
  Cast out;
  std::string what;
  while (in >> what) {
    if (what == "place") {
      Place place;
      in >> place.code >> place.id;
      out.places.push_back(std::move(place));
    } else {
      Person person;
      in >> person.token >> person.id_text >> person.id;
      out.people.push_back(std::move(person));
    }
  }
  if (out.places.empty() || out.people.empty())
    throw std::runtime_error(file + ": no cast; run checkins_prepare first");
  return out;
}

}  // namespace luytre::bench
