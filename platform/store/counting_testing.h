// How often each statement is sent, for tests that more rows do not mean more statements: a session over another's
// connection. What is published through it is lost.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/store/session.h"

namespace luytre::store::testing {

class Counting : public Connection {
 public:
  explicit Counting(Session& of) : to_(of.connection()) {}
  std::map<std::string, int> sent;  // by name; many rows in one call are one

  Engine engine() const override { return to_.engine(); }
  Rows all(const Query& query, std::span<const Value> parameters) override {
    ++sent[query.name];
    return to_.all(query, parameters);
  }
  std::int64_t run(const Query& query, std::span<const Value> parameters) override {
    ++sent[query.name];
    return to_.run(query, parameters);
  }
  std::vector<Rows> each(const Query& query, std::span<const Row> parameters) override {
    ++sent[query.name];
    return to_.each(query, parameters);
  }
  std::int64_t insert(const Query& into, std::span<const Row> rows) override {
    ++sent[into.name];
    return to_.insert(into, rows);
  }
  void script(std::string_view sql) override { to_.script(sql); }

 private:
  Connection& to_;
};

}  // namespace luytre::store::testing
