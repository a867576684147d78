// Why SQL traced, and not the presence index (presence_follower.h).

#pragma once

#include "platform/base/json.h"

namespace luytre::tracing {

enum class WhySql { kOff, kLoading, kBehind, kTooOld, kMemory, kFault };
BOOST_DESCRIBE_ENUM(WhySql, kOff, kLoading, kBehind, kTooOld, kMemory, kFault)

}  // namespace luytre::tracing
