// A morning of a province, as fast as the server answers: everybody of the cast declares once, and people check in at
// random places, in random order. Prints one line of JSON.
//
//   province_load PORT CAST CONNECTIONS CHECK_INS IDS
//
// IDS is a file that is written: the id of every declaration and every visit that was answered, as the database has it,
// a line each: "declarations 123". One declaration in fifty says fever. `visits` counts the different visits that were
// answered: who scans the same place twice has one.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <unordered_set>

#include "bench/checkins/cast.h"
#include "bench/http_load.h"
#include "platform/base/id.h"

namespace luytre::bench {
namespace {

constexpr std::size_t kDeclaration = 0, kCheckIn = 1, kKinds = 2;
constexpr const char* kNames[kKinds] = {"declarations", "visits"};
constexpr int kOneInHasFever = 50;

std::string declaration(const Person& person, bool fever) {
  std::string items;
  for (const char* sign : {"fever", "cough", "breath", "throat", "aches", "contact-case"}) {
    const bool yes = fever && std::string_view(sign) == "fever";
    if (!items.empty()) items += ',';
    items.append(R"({"linkId":")").append(sign).append(R"(","answer":[{"valueBoolean":)");
    items.append(yes ? "true" : "false").append("}]}");
  }
  return R"({"form":"daily-health","version":"2020-03-10","at":")" + now_text() + R"(","person":")" + person.id_text +
         R"(","response":{"resourceType":"QuestionnaireResponse","status":"completed","item":[{"linkId":"today","item":[)" +
         items + "]}]}}";
}

class Morning : public Script {
 public:
  Morning(unsigned short port, const Cast& cast, std::size_t check_ins) : port_(port), cast_(cast) {
    for (std::size_t i = 0; i < cast.people.size(); ++i) plan_.push_back({kDeclaration, i});
    for (std::size_t i = 0; i < check_ins; ++i) plan_.push_back({kCheckIn, random_() % cast.people.size()});
    std::shuffle(plan_.begin(), plan_.end(), random_);
  }

  std::optional<Request> next() override {
    if (at_ == plan_.size()) return {};
    const auto [kind, who] = plan_[at_++];
    const Person& person = cast_.people[who];
    const bool declares = kind == kDeclaration;
    const std::string body = declares ? declaration(person, random_() % kOneInHasFever == 0)
                                      : check_in(cast_.places[random_() % cast_.places.size()], person);
    return Request{
        post(port_, declares ? "/api/v1/declarations" : "/api/v1/visits", person.token, body, random_(), random_()),
        kind};
  }

  void answered(std::size_t kind, std::string_view body) override {
    constexpr std::string_view kId = R"("id":")";
    const auto begin = body.find(kId) + kId.size();
    const auto end = body.find('"', begin);
    if (end == body.npos) throw std::runtime_error("an answer without an id");
    ids_[kind].emplace(body.substr(begin, end - begin));
  }

  std::size_t different(std::size_t kind) const { return ids_[kind].size(); }

  void write_ids(const char* path) const {
    std::ofstream file(path);
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      for (const std::string& text : ids_[kind]) {
        const auto id = parse_id(text);
        if (!id) throw std::runtime_error("an answer with something else for an id: " + text);
        file << kNames[kind] << ' ' << *id << '\n';
      }
    }
    if (!file.flush()) throw std::runtime_error(std::string("cannot write ") + path);
  }

 private:
  struct Step {
    std::size_t kind, who;
  };
  const unsigned short port_;
  const Cast& cast_;
  std::mt19937_64 random_{std::random_device{}()};
  std::vector<Step> plan_;
  std::size_t at_ = 0;
  std::unordered_set<std::string> ids_[kKinds];
};

void print_kind(const char* name, const std::vector<double>& took, std::size_t different) {
  std::printf(R"("%s":{"answered":%zu,"different":%zu,"p50Ms":%.3f,"p99Ms":%.3f,"mostMs":%.3f},)", name, took.size(),
              different, quantile(took, 0.5), quantile(took, 0.99), quantile(took, 1));
}

void run(char** arguments) {
  const Cast cast = read_cast(arguments[2]);
  Plan plan;
  plan.port = static_cast<unsigned short>(std::atoi(arguments[1]));
  plan.connections = static_cast<std::size_t>(std::atoi(arguments[3]));
  Morning script(plan.port, cast, static_cast<std::size_t>(std::atoll(arguments[4])));
  const Measured found = run_load(plan, script, kKinds);
  script.write_ids(arguments[5]);
  std::printf("{");
  print_kind(kNames[kDeclaration], found.milliseconds[kDeclaration], script.different(kDeclaration));
  print_kind(kNames[kCheckIn], found.milliseconds[kCheckIn], script.different(kCheckIn));
  std::printf(R"("failed":%lld,"seconds":%.3f})"
              "\n",
              static_cast<long long>(found.failed), found.seconds);
}

}  // namespace
}  // namespace luytre::bench

int main(int count, char** arguments) {
  if (count != 6) {
    std::cerr << "province_load PORT CAST CONNECTIONS CHECK_INS IDS\n";
    return 2;
  }
  try {
    luytre::bench::run(arguments);
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
}
