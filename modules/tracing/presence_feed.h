// What the event feed says of visits, encounters and places, a portion at a time, and its way into a presence index.
// Private to this module.
//
// A portion is read in one transaction: the events, and the rows that they speak of as they are by then. So what is fed
// may be newer than its event, never older, and is right when the events after it are fed, too.

#pragma once

#include <map>
#include <vector>

#include "modules/tracing/index_sql.h"
#include "modules/tracing/trace.h"

namespace luytre::presence {
class PresenceIndex;  // index/index.h
}

namespace luytre::tracing {

struct Portion {
  const char* lost = nullptr;  // why the index is to be loaded anew
  bool ended = false;          // it came to the end of the feed
  bool held_back = false;      // and there are events that are asked for and not shown yet (platform/store/tail.h)
  store::Position to;          // the last event, or where it began
  std::int64_t subject = 0;
  Instant at;  // of the last event
  std::size_t events = 0;

  std::vector<presence::Visit> began;
  std::map<PersonId, std::vector<presence::Visit>> changed;  // all visits of the person
  std::vector<presence::Encounter> encounters;
  std::vector<StoredPlace> places;
};

struct PortionAsked {
  store::Position from;
  std::int64_t subject = 0;  // of the event there
  Instant since;             // visits that ended before do not matter
  std::int64_t below = 0;    // whose events are asked for; 0: those that are shown
};
Portion read_portion(const store::Database& db, store::Session& session, const PortionAsked& asked);

// Throws NoIndex (index_load.h).
void feed(const Portion& portion, const PlaceSettings& settings, presence::PresenceIndex& index);

}  // namespace luytre::tracing
