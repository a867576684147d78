// Measures the presence index on an invented country: tracing, loading, feeding, restarting, memory.
//
//   presence_bench [--visits 1000000,10000000] [--folder DIR] [--cases 300] [--window 7] [--wide 14] [--seed 1]
//
// Everything with its peer in the same run; one figure a line (measure.h). Medians and 99th percentiles over random
// cases, each with a window of so many days; `wide` is the window of the traces that are to find very many. Before a
// kind of trace is measured, all its cases are traced once. Answers with and without evidence are compared, of every
// case and at every size; one difference ends the program. "cpu" is time of the thread that did it, on whatever else
// the machine does; the rest is wall clock.

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <tuple>

#include "bench/presence/measure.h"
#include "bench/presence/questions.h"
#include "engines/presence/index/bulk_load.h"
#include "engines/presence/index/reach.h"

namespace {

using luytre::Instant;
using luytre::bench::cpu_seconds;
using luytre::bench::figure;
using luytre::bench::random_questions;
using luytre::bench::seconds;
using luytre::bench::Spread;
using luytre::bench::spread;
using luytre::bench::World;
using luytre::presence::Contact;
using luytre::presence::PresenceIndex;
using luytre::presence::Question;
using luytre::presence::Reach;
using luytre::presence::Reached;
using luytre::presence::View;
using luytre::presence::Visit;

constexpr std::size_t kManyCases = 1000;  // traced at once
constexpr std::size_t kWideCases = 3;     // so many with the wide window find some 30,000
constexpr std::int64_t kOutbreakSeeds = 3;
constexpr std::int64_t kOutbreakPermille = 150;
constexpr std::size_t kAfterRestart = 200;  // traces
constexpr std::size_t kBatch = 256;         // visits fed at once
constexpr std::size_t kRawBytes = 16;       // a visit: person, place, in, out
constexpr int kRounds = 5;                  // of many cases at once

struct Options {
  std::vector<std::int64_t> visits{1'000'000, 10'000'000, 20'000'000};
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "luytre-presence-bench";
  std::size_t cases = 300;
  std::int64_t window = 7;  // days
  std::int64_t wide = 14;
  std::uint64_t seed = 1;
};

double ratio(std::int64_t bytes, std::int64_t visits) {
  return static_cast<double>(bytes) / static_cast<double>(visits);
}

template <class Trace>
void time_traces(const char* what, std::int64_t visits, std::vector<Question> questions, int depth, Trace&& trace) {
  std::vector<double> times, found;
  for (Question& q : questions) q.rules.depth = depth;
  for (const Question& q : questions) trace(q);
  for (const Question& q : questions) {
    std::size_t count = 0;
    times.push_back(1e6 * cpu_seconds([&] { count = trace(q); }));
    found.push_back(static_cast<double>(count));
  }
  const Spread time = spread(times), people = spread(found);
  figure(what, visits,
         {{"p50", time.median}, {"p99", time.worst}, {"found", people.median}, {"found_p99", people.worst}});
}

// Several cases together, over a longer time: for answers of some ten thousand people.
std::vector<Question> wide_questions(const World& world, const Options& options) {
  auto questions = random_questions(world, options.cases, options.wide, 4);
  for (std::size_t more = 1; more < kWideCases; ++more) {
    const auto others = random_questions(world, options.cases, options.wide, 4 + more);
    for (std::size_t i = 0; i < questions.size(); ++i)
      questions[i].cases.push_back({others[i].cases[0].person, questions[i].cases[0].window});
  }
  return questions;
}

// Figures count only if both ways answer the same: who, at which level, since when.
void compare(const View& view, std::int64_t visits, std::vector<Question> questions, int depth) {
  for (Question& q : questions) {
    q.rules.depth = depth;
    q.rules.most_evidence = 1;
    const Reach quick = reach(view, q);
    const auto whole = trace(view, q).answer;
    const bool same =
        std::equal(quick.persons.begin(), quick.persons.end(), whole.contacts.begin(), whole.contacts.end(),
                   [](const Reached& a, const Contact& b) {
                     return a.person == b.person && a.level == b.level && a.exposed_since == b.exposed_since;
                   });
    if (same && quick.persons_searched == whole.persons_searched) continue;
    std::fprintf(stderr, "%lld visits, depth %d: without evidence it finds %zu, with it %zu\n",
                 static_cast<long long>(visits), depth, quick.persons.size(), whole.contacts.size());
    std::exit(1);
  }
  figure("same", visits, {{"depth", static_cast<double>(depth)}, {"cases", static_cast<double>(questions.size())}});
}

void measure_traces(const View& view, const World& world, std::int64_t visits, const Options& options) {
  const auto questions = random_questions(world, options.cases, options.window, 0);
  const auto whole = [&](const Question& q) { return trace(view, q).answer.contacts.size(); };
  const auto persons = [&](const Question& q) { return reach(view, q).persons.size(); };
  time_traces("F1, all evidence", visits, questions, 1, whole);
  time_traces("F1, persons", visits, questions, 1, persons);
  time_traces("F1-F2, all evidence", visits, questions, 2, whole);
  time_traces("F1-F3, persons", visits, questions, 3, persons);
  time_traces("F1-F3, all evidence", visits, questions, 3, whole);
  const auto wide = wide_questions(world, options);
  for (const int depth : {1, 2, 3}) compare(view, visits, questions, depth);
  compare(view, visits, wide, 3);
  time_traces("F1-F3, persons, wide", visits, wide, 3, persons);
  for (Question q : wide) {
    q.rules.depth = 3;
    std::size_t count = 0;
    const double took = cpu_seconds([&] { count = persons(q); });
    if (count > 0) figure("case", visits, {{"found", static_cast<double>(count)}, {"us", 1e6 * took}});
  }
}

void measure_many(const View& view, const World& world, std::int64_t visits, const Options& options) {
  Question all = random_questions(world, 1, options.window, 1)[0];
  const auto window = all.cases[0].window;
  all.rules.depth = 2;
  all.cases.clear();
  for (const World::Infection& i : world.outbreak(kOutbreakSeeds, kOutbreakPermille)) {
    if (all.cases.size() < kManyCases) all.cases.push_back({i.person, window});
  }
  std::size_t together = 0;
  std::vector<double> at_once, one_by_one;
  for (int round = 0; round < kRounds; ++round) {
    at_once.push_back(cpu_seconds([&] { together = reach(view, all).persons.size(); }));
    one_by_one.push_back(cpu_seconds([&] {
      for (const auto& source : all.cases) {
        Question q = all;
        q.cases = {source};
        (void)reach(view, q);
      }
    }));
  }
  const double once = spread(at_once).median, singly = spread(one_by_one).median;
  figure("many cases", visits,
         {{"cases", static_cast<double>(all.cases.size())},
          {"found", static_cast<double>(together)},
          {"at_once", 1e3 * once},
          {"singly", 1e3 * singly},
          {"ratio", singly / once}});
}

// What loading is compared with: the same visits as 16-byte records, sorted both ways by std::sort, a day at a time.
struct Raw {
  std::uint32_t key, other, from, to;
};
static_assert(sizeof(Raw) == kRawBytes);
double sort_both_ways(const std::vector<Visit>& visits) {
  std::vector<Raw> by_person, by_place;
  for (const Visit& v : visits) {
    const auto person = static_cast<std::uint32_t>(v.person.value >> 12),
               place = static_cast<std::uint32_t>(v.place.value);
    const auto from = static_cast<std::uint32_t>(v.when.from.seconds),
               to = static_cast<std::uint32_t>(v.when.to.seconds);
    by_person.push_back({person, place, from, to});
    by_place.push_back({place, person, from, to});
  }
  const auto order = [](const Raw& a, const Raw& b) { return std::tie(a.key, a.from) < std::tie(b.key, b.from); };
  return cpu_seconds([&] {
    std::sort(by_person.begin(), by_person.end(), order);
    std::sort(by_place.begin(), by_place.end(), order);
  });
}

// As they come.
std::vector<Visit> in_order_of_entry(std::vector<Visit> visits) {
  std::sort(visits.begin(), visits.end(), [](const Visit& a, const Visit& b) {
    return std::tie(a.when.from, a.person) < std::tie(b.when.from, b.person);
  });
  return visits;
}

// Loads the world into an empty folder; how long that took.
double measure_loading(PresenceIndex& index, const World& world, std::int64_t visits) {
  for (const auto& [place, setting] : world.settings()) index.describe(place, setting);
  luytre::presence::BulkLoad loading(index);
  double cpu = 0, wall = 0, sort = 0;
  std::int64_t loaded = 0;
  for (std::int64_t d = 0; d < world.days(); ++d) {
    const std::vector<Visit> day = in_order_of_entry(world.day(d));
    loaded += static_cast<std::int64_t>(day.size());
    wall += seconds([&] {
      cpu += cpu_seconds([&] {
        loading.add(day);
        loading.seal_before(luytre::presence::day_of(world.begin() + std::chrono::days(d + 1)));
      });
    });
    sort += sort_both_ways(day);
  }
  wall += seconds([&] { cpu += cpu_seconds([&] { loading.seal(); }); });
  const auto figures = index.figures();
  const double segments = ratio(static_cast<std::int64_t>(figures.segment_bytes), loaded);
  const double names = ratio(static_cast<std::int64_t>(figures.name_bytes), loaded);
  figure("bytes a visit", visits,
         {{"days", segments},
          {"names", names},
          {"all", segments + names},
          {"of_raw", (segments + names) / static_cast<double>(kRawBytes)}});
  figure("bulk load", visits,
         {{"visits_loaded", static_cast<double>(loaded)},
          {"cpu", cpu},
          {"wall", wall},
          {"sort_cpu", sort},
          {"ratio", sort / cpu}});
  return wall;
}

// The next day is fed while its people are traced.
void measure_feeding(PresenceIndex& index, std::int64_t visits, const World& world, const Options& options) {
  const std::vector<Visit> today = in_order_of_entry(world.day(world.days()));
  auto questions = random_questions(world, options.cases, options.window, 3);
  const Instant end = world.begin() + std::chrono::days(world.days() + 1);
  for (Question& q : questions) {
    q.cases[0].window = {end - std::chrono::days(options.window), end};
    q.horizon = end;
  }
  const auto time = [&](const Question& q) { return 1e6 * cpu_seconds([&] { (void)trace(index.view(), q); }); };
  std::vector<double> before, meanwhile;
  for (int round = 0; round < 2; ++round) {
    before.clear();
    for (const Question& q : questions) before.push_back(time(q));
  }
  std::atomic<bool> done{false};
  double wall = 0, cpu = 0;
  std::thread feeder([&] {
    wall = seconds([&] {
      cpu = cpu_seconds([&] {
        for (std::size_t at = 0; at < today.size(); at += kBatch)
          index.add(std::span(today).subspan(at, std::min(kBatch, today.size() - at)));
      });
    });
    done = true;
  });
  while (!done) meanwhile.push_back(time(questions[meanwhile.size() % questions.size()]));
  feeder.join();
  const auto fed = static_cast<double>(today.size());
  const Spread quiet = spread(before), busy = spread(meanwhile);
  const double live =
      ratio(static_cast<std::int64_t>(index.figures().live_bytes), static_cast<std::int64_t>(today.size()));
  const double merging = seconds([&] { index.checkpoint("bench"); });
  figure("feed", visits,
         {{"fed", fed},
          {"per_second", fed / wall},
          {"per_cpu_second", fed / cpu},
          {"quiet_p50", quiet.median},
          {"quiet_p99", quiet.worst},
          {"busy_p50", busy.median},
          {"busy_p99", busy.worst},
          {"ratio", busy.worst / quiet.worst},
          {"live_bytes", live},
          {"merge_ms", 1e3 * merging}});
}

void measure(std::int64_t visits, const Options& options) {
  const World world({visits, 28, options.seed});
  std::filesystem::remove_all(options.folder);
  double loading = 0;
  {
    PresenceIndex index({options.folder, 1});
    loading = measure_loading(index, world, visits);
    measure_traces(index.view(), world, visits, options);
  }
  std::unique_ptr<PresenceIndex> again;
  const auto questions = random_questions(world, kAfterRestart, options.window, 2);
  const double open = seconds([&] {
    again = std::make_unique<PresenceIndex>(luytre::presence::IndexOptions{options.folder, 1});
  });
  const double traces = seconds([&] {
    for (const Question& q : questions) (void)trace(again->view(), q);
  });
  figure("restart", visits,
         {{"open_ms", 1e3 * open},
          {"traces_ms", 1e3 * traces},
          {"loading_ms", 1e3 * loading},
          {"ratio", loading / (open + traces)}});
  measure_feeding(*again, visits, world, options);
  measure_many(again->view(), world, visits, options);
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  figure("resident", visits, {{"gb_at_most_so_far", static_cast<double>(usage.ru_maxrss) / 1e6}});
  std::filesystem::remove_all(options.folder);
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    if (name == "--folder") options.folder = value;
    if (name == "--cases") options.cases = std::stoul(value);
    if (name == "--wide") options.wide = std::stoll(value);
    if (name == "--window") options.window = std::stoll(value);
    if (name == "--seed") options.seed = std::stoull(value);
    if (name != "--visits") continue;
    options.visits.clear();
    for (std::size_t at = 0; at < value.size(); at = std::min(value.find(',', at), value.size() - 1) + 1)
      options.visits.push_back(std::stoll(value.substr(at)));
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  for (const std::int64_t visits : options.visits) measure(visits, options);
}
