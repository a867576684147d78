#include "apps/luytre/metrics.h"

#include <sstream>

namespace luytre::app {
namespace {

void head(std::ostream& out, const char* name, const char* type, const char* help) {
  out << "# HELP " << name << ' ' << help << "\n# TYPE " << name << ' ' << type << '\n';
}

void one(std::ostream& out, const char* name, const char* type, const char* help, std::int64_t value) {
  head(out, name, type, help);
  out << name << ' ' << value << '\n';
}

template <class Get>
void per_follower(std::ostream& out, const std::vector<store::Followers::Figures>& all, const char* name,
                  const char* type, const char* help, Get get) {
  if (all.empty()) return;
  head(out, name, type, help);
  for (const auto& f : all) out << name << "{follower=\"" << f.name << "\"} " << get(f) << '\n';
}

void presence_metrics(std::ostream& out, const tracing::PresenceFollower::Figures& presence) {
  head(out, "luytre_presence_state", "gauge", "1: the state of the presence index.");
  for (const char* state : {"off", "loading", "ready", "givenUp", "stopped"})
    out << "luytre_presence_state{state=\"" << state << "\"} " << (presence.state == state ? 1 : 0) << '\n';
  one(out, "luytre_presence_visits", "gauge", "Visits in the segments of its days, cut at midnight.", presence.visits);
  one(out, "luytre_presence_encounters", "gauge", "Encounters, likewise.", presence.encounters);
  one(out, "luytre_presence_bytes", "gauge", "What it takes, segments mapped from disk included.", presence.bytes);
  one(out, "luytre_presence_memory_bytes", "gauge", "What it may take.", presence.memory);
  one(out, "luytre_presence_behind_seconds", "gauge", "Age of the event where it stands; 0: at the end.",
      presence.behind);
  one(out, "luytre_presence_loads_total", "counter", "Loads from the database since the start.", presence.loads);
  head(out, "luytre_traces_total", "counter", "Traces, by what answered, and why SQL did.");
  out << "luytre_traces_total{engine=\"" << tracing::kIndexEngine << "\"} " << presence.traced_by_index << '\n';
  for (const auto& [why, traces] : presence.traced_by_sql)
    out << "luytre_traces_total{engine=\"" << tracing::kEngine << "\",why=" << json::text(why) << "} " << traces
        << '\n';
}

}  // namespace

std::string store_metrics(const House& house) {
  std::ostringstream out;
  const auto db = house.db.figures();
  one(out, "luytre_store_commits_total", "counter", "Transactions that wrote.", db.commits);
  one(out, "luytre_store_jobs_total", "counter", "Closures and batches of floods in them.", db.jobs);
  one(out, "luytre_store_retries_total", "counter", "Transactions run again after a conflict.", db.retries);
  one(out, "luytre_store_waiting", "gauge", "Jobs that wait for the database now.", db.waiting);
  const auto followers = house.followers.figures();
  using Figures = store::Followers::Figures;
  per_follower(out, followers, "luytre_follower_behind_seconds", "gauge", "Age of the event where it stands.",
               [](const Figures& f) { return f.behind; });
  per_follower(out, followers, "luytre_follower_failures", "gauge", "Failures in a row on the event where it stands.",
               [](const Figures& f) { return f.failures; });
  per_follower(out, followers, "luytre_follower_handled_total", "counter", "Events since the start.",
               [](const Figures& f) { return f.handled; });
  if (!house.study) presence_metrics(out, house.presence.figures());
  return out.str();
}

}  // namespace luytre::app
