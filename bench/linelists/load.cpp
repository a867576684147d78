// Takes one line list of cases of people nobody knows into a new data directory, as `luytre import` does, and prints
// how long it took.
//
//   linelists_load DATA_DIR DATABASE_URL ROWS linked|plain
//
// linked: each row is compared with everybody who is known by then, those of the rows before it. One row in a hundred
// is of somebody whom an earlier row named, as lists of two hospitals have it. plain, its peer: the same rows, compared
// with nobody.

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>
#include <stdexcept>

#include "bench/house.h"
#include "bench/names.h"

namespace luytre::app {
namespace {

constexpr int kAgainOneIn = 100;
constexpr const char* kProvince = "44";
constexpr const char* kCommune = "19333";

struct Patient {
  std::string name, born, sex;
};

std::string two(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string list_of(int rows) {
  std::mt19937 random(20260302);
  const auto any = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
  std::vector<Patient> patients;
  std::string out = "id,name,birthDate,sex,commune,disease,classification,onset\n";
  for (int i = 0; i < rows; ++i) {
    const bool again = !patients.empty() && any(1, kAgainOneIn) == 1;
    if (!again) {
      patients.push_back({bench::any_name(random),
                          two(any(1, 28)) + '/' + two(any(1, 12)) + '/' + std::to_string(any(1935, 2020)),
                          any(0, 1) ? "Nam" : "Nữ"});
    }
    const Patient& one =
        again ? patients[static_cast<std::size_t>(any(0, static_cast<int>(patients.size()) - 1))] : patients.back();
    out += std::to_string(i) + ',' + one.name + ',' + one.born + ',' + one.sex + ',' + kCommune + ",dengue,probable," +
           two(any(1, 28)) + '/' + two(any(1, 12)) + "/2025\n";
  }
  return out;
}

int load(const char* folder, const char* url, int rows, bool linked) {
  House house(bench::settings_for(folder, url));
  const auto* unit = house.geography.find(geography::Level::kProvince, kProvince, local_date(house.clock.now()));
  if (!unit) throw std::runtime_error("no such province");
  const std::string list = list_of(rows);
  const auto mapping = [&](const std::vector<std::string>& columns) -> Result<linelists::Mapping> {
    auto out = linelists::suggested(columns);
    out.compare = linked;
    return out;
  };
  const auto began = std::chrono::steady_clock::now();
  const auto id = house.line_lists.load(unit->id, "bench.csv", list, mapping);
  if (!id) throw std::runtime_error("refused: " + id.error().code);
  while (house.line_lists.work_once()) {
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const auto counts = house.line_lists.look(*id).counts;
  if (counts.wrong != 0 || counts.waiting != 0) throw std::runtime_error("not every row was taken or put aside");
  std::cout << "{\"seconds\":" << took.count() << ",\"taken\":" << counts.taken << ",\"undecided\":" << counts.undecided
            << "}\n";
  return 0;
}

}  // namespace
}  // namespace luytre::app

int main(int count, char** words) {
  if (count != 5) {
    std::cerr << "linelists_load DATA_DIR DATABASE_URL ROWS linked|plain\n";
    return 2;
  }
  try {
    return luytre::app::load(words[1], words[2], std::atoi(words[3]), std::string(words[4]) == "linked");
  } catch (const std::exception& wrong) {
    std::cerr << "linelists_load: " << wrong.what() << '\n';
    return 1;
  }
}
