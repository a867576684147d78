// Few: lists that are filtered and sorted in many ways. Their queries are made from pieces, once; and of several
// filters the narrowest is looked up by, where few rows fit it. What many fit is read a page at a time (paged.h).

#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/store/session.h"

namespace luytre::store {

// Queries by what they are for. All are added before the first is asked for; they point into it.
template <class Key>
class Queries {
 public:
  Queries() = default;
  Queries(Queries&&) = default;
  Queries(const Queries&) = delete;

  void add(const Key& key, std::string name, std::string sql) {
    Made& one = made_[key];
    one.name = std::move(name);
    one.sql = std::move(sql);
    one.query = {one.name.c_str(), one.sql.c_str()};
  }
  const Query& of(const Key& key) const { return made_.at(key).query; }

 private:
  struct Made {
    std::string name, sql;
    Query query{};
  };
  std::map<Key, Made> made_;  // where what it holds stays, also when it is moved
};

// With the values at hand, so that the plan is made for what is asked and not for anything.
template <class T>
std::vector<T> all_of(Session& session, const Query& query, const Row& values) {
  std::vector<T> out;
  for (const Row& row : session.connection().all(query, values)) out.push_back(from_row<T>(row));
  return out;
}

// A filter, and the values of its parameters. The count has one parameter more: where to stop counting.
struct Way {
  Row values;
  Query count, all;
};

// Filters that few rows may fit.
class Ways {
 public:
  // `ones`: a SELECT that answers a row for each that fits; `all`: what is to be known of them. Of so many parameters.
  void add(std::string_view filter, int parameters, std::string count_name, const std::string& ones,
           std::string all_name, std::string all) {
    counts_.add(filter, std::move(count_name),
                "SELECT count(*)\n  FROM (" + ones + " LIMIT $" + std::to_string(parameters + 1) + ") AS few");
    all_.add(filter, std::move(all_name), std::move(all));
  }
  Way with(std::string_view filter, Row values) const {
    return {std::move(values), counts_.of(filter), all_.of(filter)};
  }

 private:
  Queries<std::string_view> counts_, all_;
};

// All that the narrowest filter fits; absent if each fits more than `most`.
template <class T>
std::optional<std::vector<T>> few_of(Session& session, const std::vector<Way>& ways, std::int64_t most) {
  const Way* best = nullptr;
  std::int64_t fewest = most + 1;
  for (const Way& way : ways) {
    Row values = way.values;
    values.push_back(to_value(fewest));
    const auto count = all_of<std::int64_t>(session, way.count, values).front();
    if (count < fewest) best = &way;
    fewest = std::min(fewest, count);
    if (fewest == 0) return std::vector<T>{};
  }
  if (!best) return std::nullopt;
  return all_of<T>(session, best->all, best->values);
}

}  // namespace luytre::store
