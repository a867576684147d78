// Group commit on SQLite: everything that queued during the last commit becomes one transaction, each job in a
// savepoint of its own.
//
// SQLite rolls the whole transaction back by itself when a statement finds the disk full or broken, and a deferred
// foreign key of one job fails the commit of all. In both cases nothing of the group is there, for certain, so its jobs
// run again one by one, and only the guilty one gets the fault. A commit that fails otherwise is a fault for all: what
// they answered may rest on each other's rows.

#include "platform/store/impl.h"

namespace luytre::store {
namespace {

struct Outcome {
  std::exception_ptr fault;
  bool published = false;
};

// One job inside the open transaction. After it the transaction holds its rows, or none of them.
Outcome run_job(Database::Impl& database, EngineConnection& connection, Work& work) {
  Outcome outcome;
  try {
    connection.mark();
    Session session(connection);
    if (!work.look_up || !work.look_up(session)) {
      work.job(session);
      if (connection.broken && !work.wants_roll_back()) {
        throw SqlError(*connection.broken, "a statement of the transaction had failed, and its closure did not say so");
      }
    }
    if (work.wants_roll_back()) {
      connection.back_to_mark();
    } else {
      outcome.published = !connection.outbox.empty();
      database.write_outbox(connection);
      connection.release_mark();
    }
  } catch (...) {
    outcome.fault = std::current_exception();
    outcome.published = false;
    try {
      if (connection.in_transaction()) connection.back_to_mark();
    } catch (const SqlError&) {
      connection.rollback();  // seen by the caller: no transaction any more
    }
  }
  return outcome;
}

void run_alone(Database::Impl& database, EngineConnection& connection, Work& work) {
  Outcome outcome;
  try {
    connection.begin(Access::kWrite);
    outcome = run_job(database, connection, work);
    if (connection.in_transaction()) connection.commit();
  } catch (...) {
    connection.rollback();
    if (!outcome.fault) outcome.fault = std::current_exception();
  }
  connection.rollback();
  if (!outcome.fault) database.committed(outcome.published);
  work.done(outcome.fault);
}

void run_one_by_one(Database::Impl& database, EngineConnection& connection, std::vector<Work>& group) {
  connection.rollback();
  for (Work& work : group) run_alone(database, connection, work);
}

// A fault for each of its own: the waiters are on different threads.
void fail_all(std::vector<Work>& group, const SqlError& e) {
  for (Work& work : group) work.done(std::make_exception_ptr(Unavailable(e.what())));
}

void run_group(Database::Impl& database, EngineConnection& connection, std::vector<Work>& group) {
  std::vector<Outcome> outcomes;
  outcomes.reserve(group.size());
  try {
    database.lease.check(connection);
    connection.begin(Access::kWrite);
  } catch (const SqlError& e) {
    connection.rollback();
    return fail_all(group, e);
  }
  for (Work& work : group) {
    outcomes.push_back(run_job(database, connection, work));
    if (!connection.in_transaction()) return run_one_by_one(database, connection, group);
  }
  try {
    connection.commit();
  } catch (const SqlError& e) {
    if (e.fault != Fault::kUnavailable) return run_one_by_one(database, connection, group);
    return fail_all(group, e);
  }
  bool published = false;
  for (const Outcome& outcome : outcomes) published = published || outcome.published;
  database.jobs += static_cast<std::int64_t>(group.size());
  database.committed(published);
  for (std::size_t i = 0; i < group.size(); ++i) group[i].done(outcomes[i].fault);
}

}  // namespace

void run_group_commits(Database::Impl& database, std::unique_ptr<EngineConnection> connection) {
  std::vector<Work> group;
  while (database.writes.pop_all(group)) {
    run_group(database, *connection, group);
    group.clear();  // closures may own what must not outlive the wait
  }
  database.lease.give_back(*connection);
}

}  // namespace luytre::store
