#include "platform/notify/notify.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "platform/base/json.h"
#include "platform/base/log.h"
#include "platform/notify/sender.h"

namespace luytre::notify {
namespace {

constexpr std::int64_t kBatch = 16;
constexpr std::chrono::milliseconds kPoll{250};
constexpr std::chrono::seconds kAfterFault{5};
constexpr std::chrono::seconds kClaimMargin{60};  // beyond the time that a batch may take
constexpr const char* kSealed = "notify.message";

struct Content {
  std::string phone;
  Note<2000> text;
};
BOOST_DESCRIBE_STRUCT(Content, (), (phone, text))

struct Due {
  std::int64_t id = 0;
  store::Bytes sealed;
  Instant queued;
  std::optional<Instant> not_after;
  std::int64_t next_try = 0;
  std::int64_t tries = 0;
};
BOOST_DESCRIBE_STRUCT(Due, (), (id, sealed, queued, not_after, next_try, tries))

struct Count {
  std::string state;
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (state, number))

struct Stored {
  std::int64_t id = 0;
  store::Bytes sealed;
  std::string purpose;
  std::optional<Instant> not_after;
};
BOOST_DESCRIBE_STRUCT(Stored, (), (id, sealed, purpose, not_after))

constexpr store::Query kQueue{"notify.queue", R"sql(
  INSERT INTO notify_message (id, purpose, sealed, queued, not_after, urgent, next_try, tries, state, finished, problem, sender)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, NULL, $10))sql"};

constexpr store::Query kDue{"notify.due", R"sql(
  SELECT id, sealed, queued, not_after, next_try, tries
  FROM notify_message
  WHERE state = 'queued' AND urgent = $1 AND next_try <= $2
  ORDER BY next_try, id
  LIMIT $3)sql"};

// Whoever moves next_try first has the message; the others find it changed.
constexpr store::Query kClaim{"notify.claim", R"sql(
  UPDATE notify_message SET next_try = $3, tries = tries + 1
  WHERE id = $1 AND next_try = $2 AND state = 'queued')sql"};

constexpr store::Query kFinish{"notify.finish", R"sql(
  UPDATE notify_message SET state = $2, sealed = NULL, finished = $3, problem = $4
  WHERE id = $1 AND state = 'queued')sql"};

constexpr store::Query kPutOff{"notify.put_off", R"sql(
  UPDATE notify_message SET next_try = $2, problem = $3
  WHERE id = $1 AND state = 'queued')sql"};

constexpr store::Query kCount{"notify.count", R"sql(
  SELECT state, CAST(count(*) AS bigint) FROM notify_message GROUP BY state)sql"};

constexpr store::Query kOldest{"notify.oldest", R"sql(
  SELECT queued FROM notify_message WHERE state = 'queued' ORDER BY queued LIMIT 1)sql"};

constexpr store::Query kClean{"notify.clean", R"sql(
  DELETE FROM notify_message WHERE state <> 'queued' AND finished < $1)sql"};

constexpr store::Query kWaiting{"notify.waiting", R"sql(
  SELECT id, sealed, purpose, not_after FROM notify_message WHERE state = 'queued' ORDER BY id)sql"};

std::chrono::seconds pause_after(std::int64_t tries) {
  const auto shift = std::clamp<std::int64_t>(tries, 1, 12);
  return std::min(kPauseMost, std::chrono::seconds(std::int64_t{1} << shift));
}

}  // namespace

struct Notify::Impl {
  Impl(store::Database& database, const Vault& vault, SenderSettings settings)
      : database(database),
        vault(vault),
        settings(std::move(settings)),
        sender(make_sender(this->settings)),
        name(sender_name(this->settings)) {}

  std::optional<Content> open(std::int64_t id, const store::Bytes& sealed) const {
    const auto plain = vault.unseal(kSealed, id_text(id), sealed.data);
    if (!plain) return std::nullopt;
    auto content = json::parse<Content>(*plain);
    if (!content) return std::nullopt;
    return std::move(*content);
  }

  // A batch is sent at once and takes at most `timeout`; until then nobody else may take a message up.
  std::chrono::seconds claim_time() const { return settings.timeout + kClaimMargin; }

  std::vector<Due> claim(Instant now) {
    auto due = database.read_now([now](store::Session& s) {
      auto found = s.all<Due>(kDue, true, now, kBatch);
      if (static_cast<std::int64_t>(found.size()) < kBatch) {
        for (auto& one : s.all<Due>(kDue, false, now, kBatch - static_cast<std::int64_t>(found.size())))
          found.push_back(std::move(one));
      }
      return found;
    });
    if (due.empty()) return due;
    const Instant until = now + claim_time();
    return database.transact_now([due, until](store::Session& s) {
      std::vector<Due> mine;
      for (const auto& message : due) {
        if (s.run(kClaim, message.id, message.next_try, until) == 1) mine.push_back(message);
      }
      return mine;
    });
  }

  void record(const std::vector<std::pair<Due, Outcome>>& outcomes, Instant now) {
    database.transact_now([outcomes, now](store::Session& s) {
      for (const auto& [message, outcome] : outcomes) {
        const auto problem = outcome.problem.empty() ? std::optional<std::string>() : outcome.problem;
        const Instant next = now + pause_after(message.tries + 1);
        const bool too_late = message.not_after && next >= *message.not_after;
        if (outcome.delivery == Delivery::kSent) {
          s.run(kFinish, message.id, "sent", now, problem);
        } else if (outcome.delivery == Delivery::kLater && too_late) {
          s.run(kFinish, message.id, "dropped", now, problem);
        } else if (outcome.delivery == Delivery::kNever || next > message.queued + kTriedFor) {
          s.run(kFinish, message.id, "failed", now, problem);
        } else {
          s.run(kPutOff, message.id, next, problem);
        }
      }
    });
  }

  std::size_t round() {
    const std::lock_guard lock(sending);
    const Instant now = database.clock().now();
    std::vector<Due> fresh;
    std::vector<Outgoing> messages;
    std::vector<std::pair<Due, Outcome>> outcomes;
    for (auto& message : claim(now)) {
      const auto content = open(message.id, message.sealed);
      if (!content) {
        outcomes.emplace_back(message, Outcome{Delivery::kNever, "sealed under another key"});
      } else if (message.not_after && now >= *message.not_after) {
        outcomes.emplace_back(message, Outcome{Delivery::kLater, "too late"});
      } else {
        messages.push_back({message.id, content->phone, content->text});
        fresh.push_back(std::move(message));
      }
    }
    std::size_t sent = 0;
    if (!messages.empty()) {
      const auto answers = sender->send(messages);
      for (std::size_t i = 0; i < answers.size(); ++i) {
        sent += answers[i].delivery == Delivery::kSent ? 1 : 0;
        outcomes.emplace_back(fresh[i], answers[i]);
      }
    }
    if (!outcomes.empty()) record(outcomes, database.clock().now());
    last_claimed = outcomes.size();
    return sent;
  }

  void run() {
    std::chrono::milliseconds pause = kPoll;
    while (true) {
      {
        std::unique_lock lock(mutex);
        if (wake.wait_for(lock, pause, [this] { return stopping; })) return;
      }
      try {
        round();
        pause = last_claimed == kBatch ? std::chrono::milliseconds(0) : kPoll;
      } catch (const std::exception& fault) {
        log::error("messages wait: the database does not answer", {{"what", fault.what()}});
        pause = kAfterFault;
      }
    }
  }

  store::Database& database;
  const Vault& vault;
  SenderSettings settings;
  std::unique_ptr<Sender> sender;  // null: none
  const std::string name;
  std::mutex sending;
  std::size_t last_claimed = 0;
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;
  std::thread thread;
};

Notify::Notify(store::Database& database, const Vault& vault, SenderSettings settings)
    : impl_(std::make_unique<Impl>(database, vault, std::move(settings))) {}

Notify::~Notify() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  if (impl_->thread.joinable()) impl_->thread.join();
}

void Notify::queue(store::Session& session, const Sms& message) {
  queue(session, std::span(&message, 1));
}

void Notify::queue(store::Session& session, std::span<const Sms> messages) {
  const Instant now = impl_->database.clock().now();
  const bool sends = impl_->sender != nullptr;
  std::vector<store::Row> rows;
  for (const Sms& message : messages) {
    const auto id = impl_->database.ids().next();
    std::optional<store::Bytes> sealed;
    if (sends) {
      const Content content{message.phone, message.text};
      sealed = store::Bytes{impl_->vault.seal(kSealed, id_text(id), json::text(content))};
    }
    const bool urgent = message.not_after.has_value();
    rows.push_back(store::values(id, message.purpose, sealed, now, message.not_after, urgent, now,
                                 sends ? "queued" : "dropped", sends ? std::nullopt : std::optional(now), impl_->name));
  }
  session.insert(kQueue, rows);
}

void Notify::start() {
  if (impl_->sender && !impl_->thread.joinable()) impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

std::size_t Notify::deliver_now() {
  return impl_->sender ? impl_->round() : 0;
}

Figures Notify::figures(store::Session& session) const {
  Figures out;
  for (const auto& count : session.all<Count>(kCount)) {
    if (count.state == "queued") out.queued = count.number;
    if (count.state == "sent") out.sent = count.number;
    if (count.state == "failed") out.failed = count.number;
    if (count.state == "dropped") out.dropped = count.number;
  }
  out.oldest_queued = session.one<Instant>(kOldest);
  return out;
}

void Notify::add_jobs(store::Schedule& schedule) {
  schedule.add({"notify.clean", std::chrono::hours(1), [&database = impl_->database](store::Session& s) {
                  s.run(kClean, database.clock().now() - kRowsKept);
                }});
}

std::vector<Sms> Notify::waiting(store::Session& session) const {
  std::vector<Sms> out;
  for (const auto& row : session.all<Stored>(kWaiting)) {
    auto content = impl_->open(row.id, row.sealed);
    if (content) out.push_back({content->phone, content->text, row.purpose, row.not_after});
  }
  return out;
}

}  // namespace luytre::notify
