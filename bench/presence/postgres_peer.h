// The same visits in PostgreSQL, traced by one SQL statement (trace_sql.h).

#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "bench/presence/world.h"
#include "engines/presence/index/reach.h"

namespace luytre::bench {

class PostgresPeer {
 public:
  explicit PostgresPeer(const std::string& url);
  ~PostgresPeer();

  // Day by day, each in order of entry, as visits would come; then indexes, statistics and a warm cache.
  void begin_loading();
  void load(std::vector<presence::Visit> day);
  void finish_loading();

  // By level, exposed_since, person; of one case.
  std::vector<presence::Reached> trace(const presence::Question& question);

 private:
  struct Connection;
  std::unique_ptr<Connection> db_;
  std::int64_t longest_ = 0;  // visit, seconds
};

}  // namespace luytre::bench
