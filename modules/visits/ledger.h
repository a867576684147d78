// Ledger: the visits that one batch reads and changes. It fetches each person's timeline once, lets the requests be
// applied one after the other in memory, and writes the outcome in two bulk statements and one list of events. So
// several requests of one person in the same batch see each other, and a batch costs the same few statements whether it
// holds one request or five hundred.

#pragma once

#include <unordered_map>
#include <vector>

#include "modules/visits/storage.h"
#include "modules/visits/timeline.h"

namespace luytre::visits {

class Ledger {
 public:
  Ledger(store::Session& session, Instant now) : session_(session), now_(now) {}

  // First say what will be asked about, then fetch() once.
  void want(PersonId person, Instant at);
  void fetch();

  // A new visit, or the open one at this spot. `row` holds everything but the end and the overlap flag; with `out` it
  // is a real check-out and never joins an open visit.
  struct Entry {
    storage::VisitRow row;
    bool joined = false;
  };
  Entry check_in(storage::VisitRow row, std::optional<Instant> out = {});
  storage::VisitRow check_out(PersonId person, VisitId visit, Instant out);
  void cancel(PersonId person, VisitId visit);
  std::optional<storage::VisitRow> find(PersonId person, VisitId visit) const;
  // What began last at one of the places before `at`, within kReach.
  std::optional<storage::VisitRow> last_at(PersonId person, std::span<const PlaceId> places, Instant at) const;

  // `began`: the type of the event of new visits.
  void write(const char* began = "visit.began");

 private:
  struct Held {
    storage::VisitRow row;
    bool fresh = false;
    bool changed = false;
    bool ended = false;  // by a check-out in this batch
  };
  struct Person {
    Instant from, to;  // of the times asked about
    Timeline timeline;
    std::vector<Held> held;

    Held& get(VisitId visit);
  };

  void take_over(Person& person);  // ends that the timeline has moved, into the rows

  store::Session& session_;
  const Instant now_;
  std::unordered_map<std::int64_t, Person> people_;
  std::vector<Person*> order_;  // as wanted: batches write in a stable order
  std::vector<storage::VisitRow> cancelled_;
};

}  // namespace luytre::visits
