// PostgreSQL's binary forms of our values: single parameters, arrays of a column of parameters, and results.
//
// Formats: PostgreSQL source, int8send, float8send, boolsend, textsend, byteasend, array_send. Private to the store.

#pragma once

#include <libpq-fe.h>

#include <span>
#include <string>
#include <vector>

#include "platform/store/value.h"

namespace luytre::store {

// Parameters of one call; the buffers are reused from call to call. Views into the values given: those must live until
// the call is made.
class PostgresParameters {
 public:
  void set(std::span<const Value> values);
  // One array per column. Throws std::logic_error when the rows differ in length or in a column's type.
  void set_columns(const char* name, std::span<const Row> rows);

  int count() const { return static_cast<int>(types_.size()); }
  const Oid* types() const { return types_.data(); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }
  void append_signature(std::string& key) const;  // one letter a parameter: statements are prepared for their types

 private:
  void clear(std::size_t count);
  void add_array(const char* name, std::span<const Row> rows, std::size_t column);

  std::vector<Oid> types_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<std::uint64_t> numbers_;  // in network order
  std::vector<std::string> arrays_;
  std::string letters_;
};

// A column of a result, for `name` in faults. Throws std::logic_error for a type outside value.h.
Value read_postgres(const PGresult* result, int row, int column, const char* name);

}  // namespace luytre::store
