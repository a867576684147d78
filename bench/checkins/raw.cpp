// How many check-ins a second a database library writes by itself, in its best batch size. Prints one line of JSON.
//
//   checkins_raw sqlite:FILE|postgresql://… CAST SECONDS ANSWER_BYTES
//
// SECONDS is divided among the batch sizes; ANSWER_BYTES is the length of the answers that the server keeps.

#include "bench/checkins/raw.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <iostream>
#include <random>
#include <vector>

#include "bench/checkins/cast.h"

namespace luytre::bench {
namespace {

constexpr std::size_t kBatches[] = {64, 256, 1024, 4096, 16384};  // the first: as many as the load has clients

class Source {
 public:
  Source(Cast cast, std::size_t answer_bytes) : cast_(std::move(cast)), answer_(answer_bytes, 'x') {}

  void fill(std::vector<CheckInRows>& rows) {
    for (CheckInRows& r : rows) {
      r.visit = ++visit_;
      r.place = cast_.places[random_() % cast_.places.size()].id;
      r.person = cast_.people[random_() % cast_.people.size()].id;
      r.entered = std::time(nullptr);
      for (char* hash : {r.scope, r.body}) {
        const std::uint64_t words[] = {random_(), random_()};
        std::memcpy(hash, words, sizeof words);
      }
      r.answer = answer_;
    }
  }

 private:
  Cast cast_;
  std::string answer_;
  std::int64_t visit_ = std::int64_t{1} << 61;
  std::mt19937_64 random_{std::random_device{}()};
};

double measure(RawWriter& writer, Source& source, std::size_t batch, double seconds) {
  using Steady = std::chrono::steady_clock;
  std::vector<CheckInRows> rows(batch);
  double spent = 0;
  std::size_t written = 0;
  while (spent < seconds) {
    source.fill(rows);
    const auto began = Steady::now();
    writer.write(rows);
    spent += std::chrono::duration<double>(Steady::now() - began).count();
    written += batch;
  }
  return static_cast<double>(written) / spent;
}

void run(char** arguments) {
  const std::string url = arguments[1];
  const auto writer = url.starts_with("sqlite:") ? raw_sqlite(url.substr(7)) : raw_postgres(url);
  Source source(read_cast(arguments[2]), static_cast<std::size_t>(std::atoi(arguments[4])));
  const double seconds = std::atof(arguments[3]) / static_cast<double>(std::size(kBatches));
  double best = 0, first = 0;
  std::size_t best_batch = 0;
  for (const std::size_t batch : kBatches) {
    const double rate = measure(*writer, source, batch, seconds);
    std::fprintf(stderr, "batch %zu: %.0f a second\n", batch, rate);
    if (batch == kBatches[0]) first = rate;
    if (rate > best) {
      best = rate;
      best_batch = batch;
    }
  }
  std::printf(R"({"perSecond":%.1f,"batch":%zu,"inBatchesOf64":%.1f})"
              "\n",
              best, best_batch, first);
}

}  // namespace
}  // namespace luytre::bench

int main(int count, char** arguments) {
  if (count != 5) {
    std::cerr << "checkins_raw sqlite:FILE|postgresql://… CAST SECONDS ANSWER_BYTES\n";
    return 2;
  }
  try {
    luytre::bench::run(arguments);
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
}
