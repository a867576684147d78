// Check-ins over HTTP by random people at random places. Prints one line of JSON.
//
//   checkins_load PORT CAST CONNECTIONS SECONDS [RATE]
//
// http_load.h says what a rate means. The first tenth of the time is not counted.

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <random>

#include "bench/checkins/cast.h"
#include "bench/http_load.h"

namespace luytre::bench {
namespace {

class CheckIns : public Script {
 public:
  CheckIns(unsigned short port, const Cast& cast) : port_(port), cast_(cast) {}

  std::optional<Request> next() override {
    const Place& place = cast_.places[random_() % cast_.places.size()];
    const Person& person = cast_.people[random_() % cast_.people.size()];
    return Request{post(port_, "/api/v1/visits", person.token, check_in(place, person), random_(), random_())};
  }

 private:
  const unsigned short port_;
  const Cast& cast_;
  std::mt19937_64 random_{std::random_device{}()};
};

void run(char** arguments, double rate) {
  const Cast cast = read_cast(arguments[2]);
  Plan plan;
  plan.port = static_cast<unsigned short>(std::atoi(arguments[1]));
  plan.connections = static_cast<std::size_t>(std::atoi(arguments[3]));
  plan.length = std::chrono::duration<double>(std::atof(arguments[4]));
  plan.warm_up = plan.length / 10;
  plan.rate = rate;
  CheckIns script(plan.port, cast);
  const Measured found = run_load(plan, script, 1);
  const auto& took = found.milliseconds[0];
  std::printf(R"({"answered":%zu,"failed":%lld,"late":%zu,"perSecond":%.1f,"p50Ms":%.3f,"p99Ms":%.3f,"mostMs":%.3f})"
              "\n",
              took.size(), static_cast<long long>(found.failed), found.late,
              static_cast<double>(took.size()) / found.seconds, quantile(took, 0.5), quantile(took, 0.99),
              quantile(took, 1));
}

}  // namespace
}  // namespace luytre::bench

int main(int count, char** arguments) {
  if (count != 5 && count != 6) {
    std::cerr << "checkins_load PORT CAST CONNECTIONS SECONDS [RATE]\n";
    return 2;
  }
  try {
    luytre::bench::run(arguments, count == 6 ? std::atof(arguments[5]) : 0);
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
}
