#include "platform/store/follower.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "platform/base/log.h"
#include "platform/store/feed.h"
#include "platform/store/lease.h"

namespace luytre::store {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kReadMost = 1024;        // events read at once
constexpr std::size_t kHandleMost = 64;        // events handled in one transaction
constexpr std::int64_t kPersistEvents = 8192;  // a position that passed so many foreign events is stored all the same
constexpr seconds kPersistAtLeast{3600};       // tells retention that this follower lives
constexpr std::int64_t kLeaseSeconds = 20;
constexpr seconds kLeaseRenew{5};
constexpr seconds kTurn{1};  // of one follower, then leases are looked at and the others go on
constexpr seconds kPoll{1};  // other processes publish too
constexpr milliseconds kSoon{
    20};  // after a wake-up: PostgreSQL may show the event only when an older transaction has ended
constexpr int kSoonTimes = 25;
constexpr seconds kBackoffMost{300};

constexpr Query kRead{"store.position_read", "SELECT epoch, xid, seq FROM store_position WHERE name = $1"};
constexpr Query kBegin{"store.position_begin", R"(INSERT INTO store_position (name, epoch, xid, seq, touched)
VALUES ($1, 0, 0, 0, $2)
ON CONFLICT (name) DO NOTHING)"};
constexpr Query kMove{"store.position_move", R"(UPDATE store_position
SET epoch = $5, xid = $6, seq = $7, touched = $8
WHERE name = $1 AND epoch = $2 AND xid = $3 AND seq = $4)"};

// Another process stands elsewhere than we thought.
class Moved : public std::runtime_error {
 public:
  Moved() : std::runtime_error("the position was moved by another process") {}
};

using Events = std::shared_ptr<const std::vector<Event>>;

struct Follower {
  Following following;
  bool loaded = false;
  Position stored;  // in the database
  Position at;      // ahead of `stored` by events that are not for this one
  std::int64_t passed = 0;
  std::size_t most = kHandleMost;
  std::int64_t failures = 0;
  std::int64_t handled = 0;
  Instant stands_at;  // of the event where it stands; 0: at the end
  SteadyClock::time_point stored_at{};
  SteadyClock::time_point retry_at{};
  SteadyClock::time_point lease_until{};

  bool wants(const Event& e) const {
    return following.types.empty() ||
           std::find(following.types.begin(), following.types.end(), e.type) != following.types.end();
  }
};

// What a commit on another thread touches; it outlives us when it must.
struct Waker {
  std::mutex mutex;
  std::condition_variable changed;
  bool woken = false;
  bool stopping = false;
};

}  // namespace

struct Followers::Impl {
  Impl(Database& database, const std::filesystem::path& folder) : database(database), holder(folder) {}

  void loop();
  bool round(bool throws);
  bool advance(Follower& follower, const Events& events);
  void load(Follower& follower);
  void store(Follower& follower, Position to, const std::vector<Event>& batch);
  void failed(Follower& follower, const std::string& why);
  bool holds_lease(Follower& follower);
  void release_leases();
  Events read(Position from);

  Database& database;
  const Holder holder;
  std::vector<Follower> followers;
  std::map<Position, Events> read_now;  // this round: followers mostly stand at the same position
  std::shared_ptr<Waker> waker = std::make_shared<Waker>();
  mutable std::mutex figures_mutex;
  std::vector<Followers::Figures> figures;
  std::thread thread;
};

Events Followers::Impl::read(Position from) {
  auto& known = read_now[from];
  if (!known) {
    known = std::make_shared<const std::vector<Event>>(
        database.read_now([from](Session& s) { return events_for_follower(s, from, kReadMost); }));
  }
  return known;
}

void Followers::Impl::load(Follower& f) {
  const std::string name = f.following.name;
  const std::int64_t now = database.clock().now().seconds;
  f.stored = database.transact_now([name, now](Session& s) {
    s.run(kBegin, name, now);
    return s.one<Position>(kRead, name).value();
  });
  f.at = f.stored;
  f.passed = 0;
  f.loaded = true;
  f.stored_at = SteadyClock::now();
}

// Handles `batch` and stores the position behind it, in one transaction.
void Followers::Impl::store(Follower& f, Position to, const std::vector<Event>& batch) {
  const Position from = f.stored;
  if (f.following.before && !batch.empty()) f.following.before(batch);
  const std::int64_t now = database.clock().now().seconds;
  database.transact_now([&](Session& s) {
    if (s.run(kMove, f.following.name, from.epoch, from.xid, from.seq, to.epoch, to.xid, to.seq, now) != 1)
      throw Moved();
    for (const Event& e : batch) f.following.handle(s, e);
  });
  f.stored = f.at = to;
  f.passed = 0;
  f.stored_at = SteadyClock::now();
  f.handled += static_cast<std::int64_t>(batch.size());
  if (!f.following.after) return;
  for (const Event& e : batch) f.following.after(e);
}

// Goes through the events, and handles what it wants of them in portions, each a transaction. True: it came further.
bool Followers::Impl::advance(Follower& f, const Events& events) {
  const auto others_wait_until = SteadyClock::now() + kTurn;
  for (auto next = events->begin(); next != events->end() && SteadyClock::now() < others_wait_until;) {
    std::vector<Event> batch;
    Position to = f.at;
    for (; next != events->end() && batch.size() < f.most; ++next) {
      if (f.wants(*next)) batch.push_back(*next);
      to = next->position();
      ++f.passed;
    }
    f.stands_at = batch.empty() ? Instant{} : batch.front().at;
    if (!batch.empty()) {
      store(f, to, batch);
      f.failures = 0;
      f.stands_at = Instant{};
      f.most = std::min(f.most * 2, kHandleMost);
    }
    f.at = to;
  }
  if (f.passed >= kPersistEvents || SteadyClock::now() - f.stored_at > kPersistAtLeast) store(f, f.at, {});
  return !events->empty();
}

void Followers::Impl::failed(Follower& f, const std::string& why) {
  if (f.most > 1) {  // so that what comes before the bad event gets through
    f.most = 1;
    return;
  }
  ++f.failures;
  const auto wait = std::min(kBackoffMost, seconds(1 << std::min<std::int64_t>(f.failures - 1, 9)));
  f.retry_at = SteadyClock::now() + wait;
  log::error(
      "follower fails, and stands still",
      {{"follower", f.following.name}, {"after", to_text(f.at)}, {"times", std::to_string(f.failures)}, {"why", why}});
}

bool Followers::Impl::holds_lease(Follower& f) {
  const auto now = SteadyClock::now();
  if (now < f.lease_until - seconds(kLeaseSeconds) + kLeaseRenew) return true;
  const std::string name = "follower." + f.following.name;
  const bool held =
      database.transact_now([&](Session& s) { return hold_lease(s, name, holder.bytes(), kLeaseSeconds); });
  if (!held) f.loaded = false;  // somebody else moves the position
  f.lease_until = held ? now + seconds(kLeaseSeconds) : SteadyClock::time_point{};
  return held;
}

void Followers::Impl::release_leases() {
  try {
    database.transact_now([&](Session& s) {
      for (const Follower& f : followers) release_lease(s, "follower." + f.following.name, holder.bytes());
    });
  } catch (const std::exception&) {  // they run out
  }
}

// One step of every follower. True: some came further. `throws`: a failure on a single event is for the caller, and no
// leases are taken.
bool Followers::Impl::round(bool throws) {
  bool further = false;
  read_now.clear();
  for (Follower& f : followers) {
    if (!throws && SteadyClock::now() < f.retry_at) continue;
    try {
      if (!throws && !holds_lease(f)) continue;
      if (!f.loaded) load(f);
      further = advance(f, read(f.at)) || further;
    } catch (const Moved&) {
      f.loaded = false;
      further = true;
    } catch (const std::exception& e) {
      if (throws && f.most == 1) throw;
      failed(f, e.what());
      further = further || f.most == 1;
    }
  }
  const std::int64_t now = database.clock().now().seconds;
  const std::lock_guard lock(figures_mutex);
  figures.clear();
  for (const Follower& f : followers) {
    const std::int64_t behind = f.stands_at == Instant{} ? 0 : std::max<std::int64_t>(0, now - f.stands_at.seconds);
    figures.push_back({f.following.name, f.failures, f.handled, behind});
  }
  return further;
}

void Followers::Impl::loop() {
  int soon = kSoonTimes;
  for (;;) {
    bool further = false;
    try {
      further = round(false);
    } catch (const std::exception& e) {
      log::error("followers cannot read the event feed", {{"why", e.what()}});
    }
    std::unique_lock lock(waker->mutex);
    if (!further && !waker->woken) {
      const auto wait = soon < kSoonTimes ? milliseconds(kSoon) : milliseconds(kPoll);
      waker->changed.wait_for(lock, wait, [&] { return waker->woken || waker->stopping; });
      ++soon;
    }
    if (waker->woken || further) soon = 0;
    waker->woken = false;
    if (waker->stopping) return;
  }
}

Followers::Followers(Database& database, const std::filesystem::path& folder)
    : impl_(std::make_unique<Impl>(database, folder)) {
  database.on_commit([waker = impl_->waker] {
    const std::lock_guard lock(waker->mutex);
    waker->woken = true;
    waker->changed.notify_all();
  });
}

Followers::~Followers() {
  if (!impl_->thread.joinable()) return;
  {
    const std::lock_guard lock(impl_->waker->mutex);
    impl_->waker->stopping = true;
    impl_->waker->changed.notify_all();
  }
  impl_->thread.join();
  impl_->release_leases();
}

void Followers::add(Following following) {
  Follower f;
  f.following = std::move(following);
  impl_->followers.push_back(std::move(f));
}

void Followers::start() {
  impl_->thread = std::thread([impl = impl_.get()] { impl->loop(); });
}

void Followers::drain() {
  do {
    all_events_seen(impl_->database);
  } while (impl_->round(true));
}

std::vector<Followers::Figures> Followers::figures() const {
  const std::lock_guard lock(impl_->figures_mutex);
  return impl_->figures;
}

}  // namespace luytre::store
