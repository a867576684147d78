// Measures the presence index beside PostgreSQL: the same visits, the same cases, in one run.
//
//   presence_postgres --url URL [--visits 20000000] [--cases 200] [--window 7] [--seed 1]
//
// The database must be empty. Every answer of the index (who, which level, since when) is compared with the answer of
// the SQL; one difference ends the program. Wall clock on both sides, after a
// first time through all cases.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/presence/measure.h"
#include "bench/presence/postgres_peer.h"
#include "bench/presence/questions.h"
#include "engines/presence/index/bulk_load.h"

namespace {

using luytre::bench::figure;
using luytre::bench::PostgresPeer;
using luytre::bench::seconds;
using luytre::bench::spread;
using luytre::bench::World;
using luytre::presence::PresenceIndex;
using luytre::presence::Question;
using luytre::presence::Reached;
using luytre::presence::View;

struct Options {
  std::string url;
  std::int64_t visits = 20'000'000;
  std::size_t cases = 200;
  std::int64_t window = 7;
  std::uint64_t seed = 1;
};

// Each side goes through all cases by itself, so that neither takes the other's memory from the caches.
void compare(const View& view, PostgresPeer& peer, std::int64_t visits, std::vector<Question> questions, int depth) {
  for (Question& q : questions) q.rules.depth = depth;
  std::vector<std::vector<Reached>> mine(questions.size());
  std::vector<double> index, sql, found;
  for (std::size_t i = 0; i < questions.size(); ++i) mine[i] = reach(view, questions[i]).persons;
  for (const Question& q : questions) index.push_back(1e6 * seconds([&] { (void)reach(view, q); }));
  for (const Question& q : questions) (void)peer.trace(q);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    std::vector<Reached> theirs;
    sql.push_back(1e6 * seconds([&] { theirs = peer.trace(questions[i]); }));
    if (mine[i] != theirs) {
      std::fprintf(stderr, "case %zu, depth %d: the index finds %zu, SQL %zu\n", i, depth, mine[i].size(),
                   theirs.size());
      std::exit(1);
    }
    found.push_back(static_cast<double>(theirs.size()));
  }
  const auto ours = spread(index), other = spread(sql);
  figure("postgres", visits,
         {{"depth", static_cast<double>(depth)},
          {"cases", static_cast<double>(index.size())},
          {"found", spread(found).median},
          {"index_p50", ours.median},
          {"index_p99", ours.worst},
          {"sql_p50", other.median},
          {"sql_p99", other.worst},
          {"ratio", other.median / ours.median}});
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    if (name == "--url") options.url = value;
    if (name == "--visits") options.visits = std::stoll(value);
    if (name == "--cases") options.cases = std::stoul(value);
    if (name == "--window") options.window = std::stoll(value);
    if (name == "--seed") options.seed = std::stoull(value);
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  const World world({options.visits, 28, options.seed});
  PresenceIndex index({{}, 1});
  PostgresPeer peer(options.url);
  const double loading = seconds([&] {
    luytre::presence::BulkLoad bulk(index);
    peer.begin_loading();
    for (std::int64_t d = 0; d < world.days(); ++d) {
      const auto day = world.day(d);
      bulk.add(day);
      bulk.seal_before(luytre::presence::day_of(world.begin() + std::chrono::days(d + 1)));
      peer.load(day);
    }
    bulk.seal();
    peer.finish_loading();
  });
  std::fprintf(stderr, "loaded in %.0f s\n", loading);
  const auto questions = random_questions(world, options.cases, options.window, 0);
  for (const int depth : {1, 3}) compare(index.view(), peer, options.visits, questions, depth);
}
