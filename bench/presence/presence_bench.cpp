// Measures the presence index on an invented country: tracing, loading, feeding, restarting, memory.
//
//   presence_bench [--visits 1000000,10000000] [--folder DIR] [--cases 300] [--window 7] [--seed 1]
//
// Everything with its peer in the same run. One line per figure: what, size, figure. Times of traces are CPU time of
// their thread, others wall clock, on whatever else the machine does; medians and 99th percentiles over random cases,
// each with a window of so many days.

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <tuple>

#include "bench/presence/world.h"
#include "engines/presence/index/bulk_load.h"
#include "engines/presence/index/reach.h"

namespace {

using namespace std::chrono_literals;
using luytre::Instant;
using luytre::bench::World;
using luytre::presence::PresenceIndex;
using luytre::presence::Question;
using luytre::presence::View;
using luytre::presence::Visit;

constexpr std::size_t kManyCases = 1000;  // traced at once
constexpr std::int64_t kOutbreakSeeds = 3;
constexpr std::int64_t kOutbreakPermille = 150;
constexpr std::size_t kWarmUp = 20;  // traces
constexpr std::size_t kBatch = 256;  // visits fed at once

struct Options {
  std::vector<std::int64_t> visits{1'000'000, 10'000'000, 20'000'000};
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "luytre-presence-bench";
  std::size_t cases = 300;
  std::int64_t window = 7;  // days
  std::uint64_t seed = 1;
};

template <class F>
double seconds(F&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Of this thread: what neighbours on the machine take is not ours. Costs a third of a microsecond.
double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}
template <class F>
double cpu_seconds(F&& work) {
  const double start = cpu_seconds();
  work();
  return cpu_seconds() - start;
}

struct Spread {
  double median = 0;
  double worst = 0;  // 99th percentile
};
Spread spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 2], values[values.size() * 99 / 100]};
}

void line(const char* what, std::int64_t visits, const char* format, auto... values) {
  std::printf("%-34s %11lld  ", what, static_cast<long long>(visits));
  std::printf(format, values...);
  std::printf("\n");
  std::fflush(stdout);
}

std::vector<Question> random_questions(const World& world, std::size_t count, const Options& options,
                                       std::uint64_t stream) {
  std::mt19937_64 random(options.seed * 1000 + stream);
  std::vector<Question> questions;
  for (std::size_t i = 0; i < count; ++i) {
    Question q;
    const Instant from =
        world.begin() + std::chrono::days(random() % static_cast<std::uint64_t>(world.days() - options.window));
    const Instant to = from + std::chrono::days(options.window);
    q.cases = {
        {world.person(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(world.people()))), {from, to}}};
    q.horizon = to;
    questions.push_back(q);
  }
  return questions;
}

template <class Trace>
void time_traces(const char* what, std::int64_t visits, std::vector<Question> questions, int depth, Trace&& trace) {
  std::vector<double> times, found;
  for (Question& q : questions) q.rules.depth = depth;
  for (std::size_t i = 0; i < std::min(kWarmUp, questions.size()); ++i) trace(questions[i]);
  for (const Question& q : questions) {
    std::size_t count = 0;
    times.push_back(1e6 * cpu_seconds([&] { count = trace(q); }));
    found.push_back(static_cast<double>(count));
  }
  const Spread time = spread(times), people = spread(found);
  line(what, visits, "p50 %.1f us  p99 %.1f us  found p50 %.0f p99 %.0f", time.median, time.worst, people.median,
       people.worst);
}

void measure_traces(const View& view, const World& world, std::int64_t visits, const Options& options) {
  const auto questions = random_questions(world, options.cases, options, 0);
  const auto whole = [&](const Question& q) { return trace(view, q).answer.contacts.size(); };
  const auto persons = [&](const Question& q) { return reach(view, q).persons.size(); };
  time_traces("F1, all evidence", visits, questions, 1, whole);
  time_traces("F1, persons", visits, questions, 1, persons);
  time_traces("F1-F2, all evidence", visits, questions, 2, whole);
  time_traces("F1-F3, persons", visits, questions, 3, persons);
  const std::vector<Question> few(questions.begin(),
                                  questions.begin() + static_cast<std::ptrdiff_t>(options.cases / 10));
  time_traces("F1-F3, all evidence", visits, few, 3, whole);
}

void measure_many(const View& view, const World& world, std::int64_t visits, const Options& options) {
  Question all = random_questions(world, 1, options, 1)[0];
  const auto window = all.cases[0].window;
  all.rules.depth = 2;
  all.cases.clear();
  for (const World::Infection& i : world.outbreak(kOutbreakSeeds, kOutbreakPermille)) {
    if (all.cases.size() < kManyCases) all.cases.push_back({i.person, window});
  }
  std::size_t together = 0, single = 0;
  const double at_once = cpu_seconds([&] { together = reach(view, all).persons.size(); });
  const double one_by_one = cpu_seconds([&] {
    for (const auto& source : all.cases) {
      Question q = all;
      q.cases = {source};
      single += reach(view, q).persons.size();
    }
  });
  line("outbreak, F1-F2, persons", visits, "%zu cases at once %.1f ms (%zu)  singly %.1f ms (%zu)  ratio %.1f",
       all.cases.size(), 1e3 * at_once, together, 1e3 * one_by_one, single, one_by_one / at_once);
}

// What loading is compared with: the same visits as 16-byte records, sorted both ways by std::sort.
struct Raw {
  std::uint32_t key, other, from, to;
};
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
  return seconds([&] {
    std::sort(by_person.begin(), by_person.end(), order);
    std::sort(by_place.begin(), by_place.end(), order);
  });
}

// The next day is fed while its people are traced.
void measure_feeding(PresenceIndex& index, std::int64_t visits, const World& world, const Options& options) {
  std::vector<Visit> today = world.day(world.days());
  std::sort(today.begin(), today.end(), [](const Visit& a, const Visit& b) { return a.when < b.when; });
  auto questions = random_questions(world, options.cases, options, 3);
  const Instant end = world.begin() + std::chrono::days(world.days() + 1);
  for (Question& q : questions) {
    q.cases[0].window = {end - std::chrono::days(options.window), end};
    q.horizon = end;
  }
  std::atomic<bool> done{false};
  double feeding = 0;
  std::thread feeder([&] {
    feeding = seconds([&] {
      for (std::size_t at = 0; at < today.size(); at += kBatch)
        index.add(std::span(today).subspan(at, std::min(kBatch, today.size() - at)));
    });
    done = true;
  });
  const auto time = [&](const Question& q) { return 1e6 * cpu_seconds([&] { (void)trace(index.view(), q); }); };
  std::vector<double> meanwhile, afterwards;
  while (!done) meanwhile.push_back(time(questions[meanwhile.size() % questions.size()]));
  feeder.join();
  for (const Question& q : questions) afterwards.push_back(time(q));
  const auto bytes = static_cast<double>(index.figures().live_bytes) / static_cast<double>(today.size());
  const Spread during = spread(meanwhile), after = spread(afterwards);
  line("feed today, tracing F1", visits, "%.2f M visits/s  F1 p50 %.1f us p99 %.1f us, afterwards %.1f us %.1f us",
       1e-6 * static_cast<double>(today.size()) / feeding, during.median, during.worst, after.median, after.worst);
  const double merging = seconds([&] { index.checkpoint("bench"); });
  line("today", visits, "%.0f bytes a visit; merged in %.0f ms", bytes, 1e3 * merging);
}

void measure(std::int64_t visits, const Options& options) {
  const World world({visits, 28, options.seed});
  std::filesystem::remove_all(options.folder);
  double load = 0, sort = 0;
  std::int64_t loaded = 0;
  {
    PresenceIndex index({options.folder, 1});
    for (const auto& [place, setting] : world.settings()) index.describe(place, setting);
    luytre::presence::BulkLoad loading(index);
    for (std::int64_t d = 0; d < world.days(); ++d) {
      const std::vector<Visit> day = world.day(d);
      loaded += static_cast<std::int64_t>(day.size());
      load += seconds([&] {
        loading.add(day);
        loading.seal_before(luytre::presence::day_of(world.begin() + std::chrono::days(d + 1)));
      });
      sort += sort_both_ways(day);
    }
    load += seconds([&] { loading.seal(); });
    const auto figures = index.figures();
    line("bytes a visit, on disk", visits, "%.2f (names: %.2f)",
         static_cast<double>(figures.segment_bytes) / static_cast<double>(loaded),
         static_cast<double>(figures.name_bytes) / static_cast<double>(loaded));
    line("bulk load", visits, "%lld visits in %.2f s, %.1f M/s; std::sort of raw records %.2f s",
         static_cast<long long>(loaded), load, 1e-6 * static_cast<double>(loaded) / load, sort);
    measure_traces(index.view(), world, visits, options);
  }
  std::unique_ptr<PresenceIndex> again;
  const double open = seconds([&] {
    again = std::make_unique<PresenceIndex>(luytre::presence::IndexOptions{options.folder, 1});
  });
  const auto questions = random_questions(world, 200, options, 2);
  const double first = seconds([&] {
    for (const Question& q : questions) (void)trace(again->view(), q);
  });
  line("restart", visits, "%.0f ms, and %.1f ms for the first 200 traces; loading %.0f ms", 1e3 * open, 1e3 * first,
       1e3 * load);
  measure_feeding(*again, visits, world, options);
  measure_many(again->view(), world, visits, options);
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  line("resident memory, at most so far", visits, "%.2f GB", static_cast<double>(usage.ru_maxrss) / 1e6);
  std::filesystem::remove_all(options.folder);
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    if (name == "--folder") options.folder = value;
    if (name == "--cases") options.cases = std::stoul(value);
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
