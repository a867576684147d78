// Group commit on SQLite: everything that queued during the last commit becomes one transaction, each job in a
// savepoint of its own.
//
// SQLite rolls the whole transaction back by itself when a statement finds the disk full or broken, and a deferred
// foreign key of one job fails the commit of all. In both cases nothing of the group is there, for certain, so its jobs
// run again one by one, and only the guilty one gets the fault. A commit that fails otherwise is a fault for all: what
// they answered may rest on each other's rows.

#include <limits>

#include "platform/store/impl.h"
#include "platform/store/one_by_one.h"

namespace luytre::store {
namespace {

struct Outcome {
  std::exception_ptr fault;
  bool published = false;
};

// The job inside the open transaction, and its events. True: there were any. Throws what it threw.
bool perform(Database::Impl& database, SavepointConnection& connection, Work& work) {
  Session session(connection);
  if (!work.look_up || !work.look_up(session)) {
    work.job(session);
    if (connection.broken && !work.wants_roll_back()) {
      throw SqlError(*connection.broken, "a statement of the transaction had failed, and its closure did not say so");
    }
  }
  if (work.wants_roll_back()) return false;
  const bool published = !connection.outbox.empty();
  database.write_outbox(connection);
  return published;
}

// One job of several. After it the transaction holds its rows, or none of them.
Outcome run_job(Database::Impl& database, SavepointConnection& connection, Work& work) {
  Outcome outcome;
  try {
    connection.mark();
    outcome.published = perform(database, connection, work);
    if (work.wants_roll_back()) {
      connection.back_to_mark();
    } else {
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

// What a committed group waits with for the disk.
struct Answers {
  std::vector<Work> group;
  std::vector<Outcome> outcomes;
};

void tell_committed(const Answers& answers) {
  for (std::size_t i = 0; i < answers.group.size(); ++i) {
    if (!answers.outcomes[i].fault && answers.group[i].committed) answers.group[i].committed();
  }
}

void answer(Database::Impl& database, Answers& answers) {
  bool published = false;
  for (const Outcome& outcome : answers.outcomes) published = published || outcome.published;
  database.jobs += static_cast<std::int64_t>(answers.group.size());
  database.committed(published);
  for (std::size_t i = 0; i < answers.group.size(); ++i) answers.group[i].done(answers.outcomes[i].fault);
}

// A fault for each of its own: the waiters are on different threads.
void fail_all(std::vector<Work>& group, const char* why) {
  for (Work& work : group) work.done(std::make_exception_ptr(Unavailable(why)));
}

void answer_after_sync(Database::Impl& database, std::int64_t ticket, Answers answers) {
  tell_committed(answers);
  auto kept = std::make_shared<Answers>(std::move(answers));
  database.durability->after_sync(ticket, [&database, kept](bool durable) {
    if (durable) return answer(database, *kept);
    for (Work& work : kept->group) work.done(std::make_exception_ptr(CommitUnknown(kDiskLost)));
  });
}

// A job with a transaction of its own, and so without a savepoint, which would copy every page before its change.
void run_alone(Database::Impl& database, SavepointConnection& connection, Work& work) {
  std::exception_ptr fault;
  try {
    database.lease.check(connection);
    connection.begin(Access::kWrite);
    const std::int64_t ticket = database.group_commit ? database.durability->ticket() : 0;
    const bool published = perform(database, connection, work);
    if (!work.wants_roll_back()) {
      connection.commit();
      Answers answers;
      answers.group.push_back(std::move(work));
      answers.outcomes.push_back({nullptr, published});
      if (database.group_commit) return answer_after_sync(database, ticket, std::move(answers));
      tell_committed(answers);
      return answer(database, answers);
    }
  } catch (const SqlError& e) {
    const bool passing = e.fault == Fault::kUnavailable;
    fault = passing ? std::make_exception_ptr(Unavailable(e.what())) : std::current_exception();
  } catch (...) {
    fault = std::current_exception();
  }
  connection.rollback();
  work.done(fault);
}

void run_one_by_one(Database::Impl& database, SavepointConnection& connection, std::vector<Work>& group) {
  connection.rollback();
  for (Work& work : group) run_alone(database, connection, work);
}

void run_group(Database::Impl& database, SavepointConnection& connection, std::vector<Work>& group) {
  std::vector<Outcome> outcomes;
  outcomes.reserve(group.size());
  std::int64_t ticket = 0;
  try {
    database.lease.check(connection);
    connection.begin(Access::kWrite);
    ticket = database.durability->ticket();
  } catch (const std::exception& e) {
    connection.rollback();
    return fail_all(group, e.what());
  }
  for (Work& work : group) {
    outcomes.push_back(run_job(database, connection, work));
    if (!connection.in_transaction()) return run_one_by_one(database, connection, group);
  }
  try {
    connection.commit();
  } catch (const SqlError& e) {
    if (e.fault != Fault::kUnavailable) return run_one_by_one(database, connection, group);
    return fail_all(group, e.what());
  }
  answer_after_sync(database, ticket, {std::move(group), std::move(outcomes)});
}

}  // namespace

void commit_one_by_one(Database& database) {
  database.impl().group_commit = false;
}

void run_group_commits(Database::Impl& database, std::unique_ptr<SavepointConnection> connection) {
  const auto most = [&] { return database.group_commit ? std::numeric_limits<std::size_t>::max() : 1; };
  std::vector<Work> group;
  bool waits_for_disk = true;
  while (database.writes.pop_some(group, most())) {
    if (waits_for_disk && database.group_commit) {
      connection->commit_without_sync();
      waits_for_disk = false;
    }
    if (group.size() == 1) {
      run_alone(database, *connection, group.front());
    } else {
      run_group(database, *connection, group);
    }
    group.clear();  // closures may own what must not outlive the wait
  }
  database.lease.give_back(*connection);
  database.durability->drain();  // closing folds the log into the database and deletes it
}

}  // namespace luytre::store
