// The two ways to back up and restore, one per engine. Private to the store.

#pragma once

#include <cstdint>
#include <string>

#include "platform/base/time.h"

namespace luytre::store {

void backup_sqlite(const std::string& path, const std::string& file);
void restore_sqlite(const std::string& path, const std::string& file, Instant now);
void backup_postgres(const std::string& url, const std::string& file);
void restore_postgres(const std::string& url, const std::string& file, Instant now);

class EngineConnection;

// Marks a restored database: a new epoch of the feed, above `replaced` (the epoch of the database that was there, 0:
// none) and above that of any other restore, and no leases. In the transaction that is open.
void begin_epoch(EngineConnection& connection, std::int64_t replaced, Instant now);
std::int64_t epoch_of(EngineConnection& connection);  // 0: not a database of ours

// Makes what was written or renamed in this file durable: the file and its folder.
void make_durable(const std::string& file);

}  // namespace luytre::store
