// PostgreSQL: opening a connection, and saying clearly why it cannot be opened.

#include "platform/store/database.h"
#include "platform/store/postgres_connection.h"
#include "platform/store/postgres_url.h"

namespace luytre::store {
namespace {

constexpr int kOldestServer = 150000;

constexpr const char* kSettings =
    // A process that hangs inside a transaction must not hold back the event feed for ever.
    "SET idle_in_transaction_session_timeout = '120s';"
    // Data are in memory or on an SSD; narrow index scans also keep predicate locks, and so false conflicts, few.
    "SET random_page_cost = 1.1;"
    // Plans are made once, often while a table is young and looks as if reading all of it were cheap. It is not for
    // long, and a transaction that has read a whole table conflicts with everybody who writes to it.
    "SET plan_cache_mode = force_generic_plan;"
    "SET enable_seqscan = off;"
    "SET enable_hashjoin = off;"
    "SET enable_mergejoin = off;"
    "SET jit = off;"
    "SET client_min_messages = warning";

// Where it is, for texts: never the password.
std::string place_of(const PostgresParts& parts) {
  const auto part = [&](const char* keyword, const char* otherwise) {
    const auto found = parts.find(keyword);
    return found == parts.end() ? std::string(otherwise) : found->second;
  };
  return part("host", "the local socket") + ":" + part("port", "5432") + ", database \"" +
         part("dbname", "of that user") + "\"";
}

std::string why_not(PGconn* connection, const PostgresParts& parts) {
  std::string why = PQerrorMessage(connection);
  if (const auto password = parts.find("password"); password != parts.end() && !password->second.empty()) {
    for (std::size_t at = 0; (at = why.find(password->second, at)) != std::string::npos;)
      why.replace(at, password->second.size(), "***");
  }
  while (!why.empty() && why.back() == '\n') why.pop_back();
  return why;
}

}  // namespace

std::unique_ptr<EngineConnection> open_postgres(const std::string& url) {
  const auto parts = parse_postgres_url(url);
  if (!parts)
    throw StartError("the database URL is not one that PostgreSQL understands: postgresql://USER@HOST:PORT/DATABASE");
  const char* keywords[] = {"connect_timeout", "keepalives_idle",           "dbname",
                            "client_encoding", "fallback_application_name", nullptr};
  const char* values[] = {"10", "30", url.c_str(), "UTF8", "luytre", nullptr};
  PGconn* raw = PQconnectdbParams(keywords, values, 1);
  auto connection = std::make_unique<PostgresConnection>(raw);
  if (!connection->lives()) {
    throw Unavailable("cannot reach PostgreSQL at " + place_of(*parts) + ": " + why_not(raw, *parts) +
                      ". Is it running, and are host, port, user, password and database in the URL right?");
  }
  if (PQserverVersion(raw) < kOldestServer) {
    throw StartError("PostgreSQL 15 or newer is needed; the one at " + place_of(*parts) + " is " +
                     std::to_string(PQserverVersion(raw) / 10000));
  }
  const char* encoding = PQparameterStatus(raw, "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
    throw StartError("the PostgreSQL database at " + place_of(*parts) + " must be made with ENCODING 'UTF8'");
  }
  PQsetNoticeProcessor(
      raw, [](void*, const char*) {}, nullptr);  // notices may repeat values
  connection->script(kSettings);
  return connection;
}

}  // namespace luytre::store
