// A PostgreSQL URL taken apart and put together again, so that its password stays out of texts and process lists.
// Private to the store.

#pragma once

#include <map>
#include <optional>
#include <string>

namespace luytre::store {

// libpq's keywords and values: host, port, dbname, user, password …
using PostgresParts = std::map<std::string, std::string>;

// Empty: libpq cannot parse it. (Its own text about that may repeat parts of the URL, so it is not passed on.)
std::optional<PostgresParts> parse_postgres_url(const std::string& url);
std::string postgres_url(const PostgresParts& parts);

}  // namespace luytre::store
