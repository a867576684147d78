// The raw driver: nothing but a database library that writes the rows of check-ins, many in one durable transaction.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace luytre::bench {

// All rows that one check-in leaves: visit, event, kept answer. Columns that are the same for all are in the SQL.
struct CheckInRows {
  std::int64_t visit;
  std::int64_t place;
  std::int64_t person;
  std::int64_t entered;
  char scope[16];  // of the idempotency key: random
  char body[16];
  std::string answer;
};

class RawWriter {
 public:
  virtual ~RawWriter() = default;
  virtual void write(std::span<const CheckInRows> rows) = 0;  // one transaction; returns when it is durable
};

std::unique_ptr<RawWriter> raw_sqlite(const std::string& file);
std::unique_ptr<RawWriter> raw_postgres(const std::string& url);

}  // namespace luytre::bench
