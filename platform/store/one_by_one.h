// What the group commit is worth: with it switched off, every request is a durable transaction of its own. For the
// benchmark, and for looking for a fault's cause; never faster.

#pragma once

#include "platform/store/database.h"

namespace luytre::store {

void commit_one_by_one(Database& database);  // before the first request

}  // namespace luytre::store
