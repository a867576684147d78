#include "modules/tracing/presence_follower.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

#include "engines/presence/index/index.h"
#include "engines/presence/index/reach.h"
#include "engines/presence/index/trace.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/index_folder.h"
#include "modules/tracing/index_load.h"
#include "modules/tracing/index_sql.h"
#include "modules/tracing/presence_feed.h"
#include "platform/base/log.h"
#include "platform/store/tail.h"

namespace luytre::tracing {

namespace {

namespace fs = std::filesystem;
using presence::PresenceIndex;
using std::chrono::milliseconds;
using std::chrono::seconds;
using SteadyClock = std::chrono::steady_clock;

constexpr seconds kPoll{1};            // other processes write too
constexpr milliseconds kGather{20};    // after a commit: others follow it
constexpr milliseconds kLookAgain{5};  // of a trace that waits for a transaction to end
constexpr seconds kLook{1};            // of who drops days and writes checkpoints
constexpr seconds kBackoffMost{300};   // after faults in a row
constexpr int kDoublings = 9;
constexpr std::int64_t kUnmergedPart = 4;  // of the memory: more is merged before the interval ends
constexpr std::int64_t kLoadingPart = 8;   // of the memory, held by a load between two sealings

enum class State { kOff, kLoading, kReady, kGivenUp, kStopped };

const char* name_of(State state) {
  switch (state) {
    case State::kOff:
      return "off";
    case State::kLoading:
      return "loading";
    case State::kReady:
      return "ready";
    case State::kGivenUp:
      return "givenUp";
    case State::kStopped:
      break;
  }
  return "stopped";
}

class Stopping : public std::runtime_error {
 public:
  Stopping() : std::runtime_error("the server stops") {}
};

class TooLarge : public std::runtime_error {
 public:
  TooLarge() : std::runtime_error("the data exceed the memory that it may take") {}
};

// What a commit on another thread touches; it outlives us when it must.
struct Waker {
  std::mutex mutex;
  std::condition_variable changed;
  bool woken = false;
  bool stopping = false;

  void wake() {
    const std::lock_guard lock(mutex);
    woken = true;
    changed.notify_all();
  }
};

// Up to where the index is fed.
struct Fed {
  store::Position position;
  std::int64_t subject = 0;  // of the event there
  friend bool operator==(const Fed&, const Fed&) = default;
};

struct Opened {
  std::shared_ptr<PresenceIndex> index;
  Fed fed;
};

std::int64_t bytes_of(const presence::IndexFigures& figures) {
  return static_cast<std::int64_t>(figures.segment_bytes + figures.live_bytes + figures.name_bytes);
}

// Segments know how many persons and places they need; of zones nobody else does. Names that no segment needs may not
// be on the disk yet.
std::string note_text(const PresenceIndex& index, const Fed& fed, std::size_t zones) {
  IndexNote note = note_of(index, fed.position, fed.subject);
  note.names = {0, 0, zones};
  return to_text(note);
}

// The scan rule looks at entries somewhat before the window.
Instant earliest_of(const presence::Question& question) {
  Instant earliest = question.horizon;
  for (const presence::Source& source : question.cases) earliest = std::min(earliest, source.window.from);
  return question.rules.scan_margin ? earliest - *question.rules.scan_margin - seconds(1) : earliest;
}

}  // namespace

struct PresenceFollower::Impl {
  Impl(store::Database& db, PlaceSettings settings, PresenceOptions options)
      : db(db), settings(std::move(settings)), options(std::move(options)) {}

  // ---- opening and loading; with `files` held ----
  void open();
  bool take_folder();
  std::optional<Opened> open_held();
  Opened open_unharmed(std::uint64_t stamp);
  Opened load();
  Opened load_in(store::Session& session, std::uint64_t stamp);
  std::uint64_t stamp_of_database();

  // ---- feeding; step with `feeding` held ----
  enum class Step { kMore, kHeldBack, kThere, kNoIndex };
  Step step(std::int64_t below);
  void feed_all();
  void let_go(State next, WhySql why);  // of the index

  // ---- keeping ----
  void keep(bool checkpoint);
  bool outlived(const PresenceIndex& index, std::size_t persons);  // then it is let go, to be loaded
  void write_checkpoint(PresenceIndex& index, const Fed& up_to);
  void give_up(WhySql why, const std::string& reason);

  // ask(view), once everything is fed that the asking transaction sees: what lies below its horizon (tail.h).
  template <class Ask, class Said = std::invoke_result_t<Ask, const presence::View&>>
  std::variant<Said, WhySql> answer(std::int64_t below, const presence::Question& question, Ask&& ask);
  std::optional<WhySql> catch_up(std::int64_t below, std::unique_lock<std::timed_mutex>& lock);
  std::optional<WhySql> why_not() const;

  void run_feeding();
  void run_keeping();
  bool wait(seconds most, bool for_commits);  // false: stopping
  void check_stopping() const;

  presence::Day first_day() const { return presence::day_of(db.clock().now() - options.kept) + 1; }
  Instant since() const { return presence::begin_of(first_day()); }
  Opened opened() const {
    const std::lock_guard lock(mutex);
    return current;
  }
  bool is_anew() const {
    const std::lock_guard lock(mutex);
    return anew;
  }

  store::Database& db;
  const PlaceSettings settings;
  const PresenceOptions options;
  std::shared_ptr<Waker> waker = std::make_shared<Waker>();

  std::mutex files;  // before `feeding`: opening, loading, dropping days, checkpoints
  std::unique_ptr<FolderLock> folder_lock;
  bool told_of_lock = false;
  presence::Day dropped_before = 0;
  Fed checkpointed;
  SteadyClock::time_point checkpoint_at{};

  std::timed_mutex feeding;  // before `mutex`: one portion after the other

  mutable std::mutex mutex;  // what follows; held shortly
  Opened current;            // no index: to be opened or loaded, or given up
  State state = State::kLoading;
  WhySql why = WhySql::kLoading;  // SQL traces, while not ready
  bool anew = false;              // let go while following: the folder's files would be let go at the same event
  bool there = false;             // the last step came to the end of the feed
  Instant fed_at;                 // of the last event fed
  std::int64_t loads = 0;
  std::int64_t by_index = 0;
  std::map<WhySql, std::int64_t> by_sql;

  std::thread feeder, keeper;
};

// ---- opening and loading ----

void PresenceFollower::Impl::open() {
  const std::lock_guard lock(files);
  const bool ours = take_folder();
  if (!ours && !options.once) return;
  Opened fresh;
  try {
    auto held = ours && !is_anew() ? open_held() : std::nullopt;
    fresh = held ? std::move(*held) : load();
  } catch (const TooLarge& reason) {
    return give_up(WhySql::kMemory, reason.what());
  } catch (const NoIndex& reason) {
    return give_up(WhySql::kFault, reason.what());
  }
  dropped_before = first_day();
  checkpoint_at = SteadyClock::now() + options.checkpoint;
  const std::scoped_lock both(feeding, mutex);
  current = std::move(fresh);
  anew = false;
  there = false;
}

bool PresenceFollower::Impl::take_folder() {
  if (folder_lock) return true;
  if (options.once && files_of_index(options.folder).empty()) return false;
  fs::create_directories(options.folder);
  folder_lock = FolderLock::try_take(options.folder);
  if (!folder_lock && !options.once && !std::exchange(told_of_lock, true))
    log::warn("another process has the folder of the presence index; SQL traces",
              {{"folder", options.folder.string()}});
  return folder_lock != nullptr;
}

// Nothing: it is to be loaded.
std::optional<Opened> PresenceFollower::Impl::open_held() {
  if (files_of_index(options.folder).empty()) return std::nullopt;
  const auto anew = [](const std::string& reason) {
    log::info("the presence index is loaded anew", {{"why", reason}});
    return std::nullopt;
  };
  const auto stamp = db.read_now([](store::Session& session) { return read_stamp(session); });
  if (!stamp) return anew("it is of another database");
  try {
    return open_unharmed(static_cast<std::uint64_t>(*stamp));
  } catch (const presence::Damaged& reason) {
    return anew(reason.what());
  } catch (const std::system_error& reason) {
    return anew(reason.what());
  }
}

Opened PresenceFollower::Impl::open_unharmed(std::uint64_t stamp) {
  auto index = std::make_shared<PresenceIndex>(presence::IndexOptions{options.folder, stamp});
  const auto note = parse_note(index->position());
  if (!note || !note->is_within(note_of(*index, {}, 0), first_day())) throw presence::Damaged("files are missing");
  index->drop_before(first_day());
  const bool known = db.read_now([&](store::Session& session) {
    describe_places(session, settings, *index, false);
    const auto subject = subject_at(db, session, note->position);
    return note->subject == 0 ? !subject && db.events_after(session, note->position, 1) : subject == note->subject;
  });
  if (!known) throw presence::Damaged("the event feed does not hold where it stands");
  checkpointed = {note->position, note->subject};
  return {std::move(index), checkpointed};
}

Opened PresenceFollower::Impl::load() {
  const std::uint64_t stamp = options.once ? 0 : stamp_of_database();
  log::info("the presence index is being loaded; SQL traces meanwhile");
  const auto began = SteadyClock::now();
  Opened fresh = db.read_now([&](store::Session& session) { return load_in(session, stamp); });
  const presence::IndexFigures figures = fresh.index->figures();
  const auto took = std::chrono::duration_cast<milliseconds>(SteadyClock::now() - began);
  log::info("the presence index is loaded", {{"visits", std::to_string(figures.visits)},
                                             {"encounters", std::to_string(figures.encounters)},
                                             {"bytes", std::to_string(bytes_of(figures))},
                                             {"milliseconds", std::to_string(took.count())}});
  const std::lock_guard lock(mutex);
  ++loads;
  return fresh;
}

std::uint64_t PresenceFollower::Impl::stamp_of_database() {
  const std::int64_t drawn = draw_stamp();
  return static_cast<std::uint64_t>(db.transact_now([drawn](store::Session& session) {
    if (const auto there = read_stamp(session)) return *there;
    write_stamp(session, drawn);
    return drawn;
  }));
}

// Begins from nothing, as often as the database makes it run.
Opened PresenceFollower::Impl::load_in(store::Session& session, std::uint64_t stamp) {
  if (!options.once) erase_index(options.folder);
  auto index =
      std::make_shared<PresenceIndex>(presence::IndexOptions{options.once ? fs::path() : options.folder, stamp});
  index->drop_before(first_day());
  const std::int64_t held_most = std::clamp<std::int64_t>(options.memory / kLoadingPart / kHeldBytes, 1, kHeldMost);
  load_index(session, *index, held_most, [&](const IndexLoad&, std::int64_t unsealed) {
    check_stopping();
    if (bytes_of(index->figures()) + unsealed > options.memory) throw TooLarge();
  });
  if (bytes_of(index->figures()) > options.memory) throw TooLarge();
  describe_places(session, settings, *index, false);
  const store::Position position = db.newest(session);
  checkpointed = {position, subject_at(db, session, position).value_or(0)};
  index->checkpoint(note_text(*index, checkpointed, index->view().names().zones.size()));
  return {std::move(index), checkpointed};
}

// ---- feeding ----

PresenceFollower::Impl::Step PresenceFollower::Impl::step(std::int64_t below) {
  const Opened at = opened();
  if (!at.index) return Step::kNoIndex;
  const PortionAsked asked{at.fed.position, at.fed.subject, since(), below};
  const Portion portion = db.read_now([&](store::Session& session) { return read_portion(db, session, asked); });
  if (portion.lost) {
    log::warn("the presence index is loaded anew", {{"why", portion.lost}});
    let_go(State::kLoading, WhySql::kLoading);
    return Step::kNoIndex;
  }
  try {
    feed(portion, settings, *at.index);
  } catch (const NoIndex& reason) {
    log::error("the presence index is given up; SQL traces", {{"why", reason.what()}});
    let_go(State::kGivenUp, WhySql::kFault);
    return Step::kNoIndex;
  } catch (const std::exception& reason) {
    log::error("the presence index is loaded anew: it could not be fed", {{"why", reason.what()}});
    let_go(State::kLoading, WhySql::kFault);
    return Step::kNoIndex;
  }
  const std::lock_guard lock(mutex);
  current.fed = {portion.to, portion.subject};
  there = portion.ended && !portion.held_back;
  if (portion.events > 0) fed_at = portion.at;
  if (portion.ended && state == State::kLoading) {
    state = State::kReady;
    log::info("the presence index traces", {{"position", store::to_text(portion.to)}});
  }
  if (there) return Step::kThere;
  return portion.ended ? Step::kHeldBack : Step::kMore;
}

void PresenceFollower::Impl::feed_all() {
  for (;;) {
    check_stopping();
    const std::lock_guard lock(feeding);
    if (step(0) != Step::kMore) return;
  }
}

void PresenceFollower::Impl::let_go(State next, WhySql reason) {
  const std::lock_guard lock(mutex);
  current = {};
  state = next;
  why = reason;
  anew = next == State::kLoading;
  there = false;
}

// ---- keeping ----

void PresenceFollower::Impl::keep(bool checkpoint) {
  const std::lock_guard lock(files);
  const Opened held = opened();
  if (!held.index) {
    const std::lock_guard look(mutex);
    if (state == State::kGivenUp) erase_index(options.folder);
    return;
  }
  try {
    const presence::Day first = first_day();
    const bool drops = first > dropped_before;
    if (drops) held.index->drop_before(first);
    dropped_before = first;
    const presence::IndexFigures figures = held.index->figures();
    if (drops && outlived(*held.index, figures.persons)) return;
    if (bytes_of(figures) > options.memory) return give_up(WhySql::kMemory, TooLarge().what());
    const bool much = static_cast<std::int64_t>(figures.live_bytes) > options.memory / kUnmergedPart;
    const bool due = SteadyClock::now() >= checkpoint_at && held.fed != checkpointed;
    if (checkpoint || drops || much || due) write_checkpoint(*held.index, held.fed);
  } catch (const presence::Damaged& reason) {
    log::error("the presence index is loaded anew", {{"why", reason.what()}});
    const std::lock_guard feed(feeding);
    let_go(State::kLoading, WhySql::kFault);
  } catch (const std::system_error& reason) {
    checkpoint_at = SteadyClock::now() + options.checkpoint;
    log::error("the presence index could not be written; after a restart it feeds from where it last was",
               {{"why", reason.what()}});
  }
}

// Numbers are never taken back: whom only days knew that are gone has one until it is loaded anew.
bool PresenceFollower::Impl::outlived(const PresenceIndex& index, std::size_t persons) {
  const std::size_t outlived = index.persons_outlived();
  if (outlived <= options.outlived || outlived * 2 <= persons) return false;
  log::info("the presence index is loaded anew",
            {{"why", "of most people whom it numbers it holds nothing any more"}, {"them", std::to_string(outlived)}});
  {
    const std::lock_guard feed(feeding);
    let_go(State::kLoading, WhySql::kLoading);
  }
  erase_index(options.folder);
  return true;
}

// The note tells of segments that are there before it.
void PresenceFollower::Impl::write_checkpoint(PresenceIndex& index, const Fed& up_to) {
  const presence::View view = index.view();
  const std::size_t zones = view.names().zones.size();
  for (const presence::DayPart& part : view.days()) index.merge(part.day);
  index.checkpoint(note_text(index, up_to, zones));
  checkpointed = up_to;
  checkpoint_at = SteadyClock::now() + options.checkpoint;
}

void PresenceFollower::Impl::give_up(WhySql reason, const std::string& what) {
  log::warn("the presence index is given up until the next start; SQL traces",
            {{"why", what}, {"memory", std::to_string(options.memory)}});
  {
    const std::lock_guard feed(feeding);
    let_go(State::kGivenUp, reason);
  }
  if (!options.once) erase_index(options.folder);
}

// ---- answering ----

std::optional<WhySql> PresenceFollower::Impl::why_not() const {
  const std::lock_guard lock(mutex);
  if (state == State::kReady) return std::nullopt;
  return why;
}

// With `feeding` held on success.
std::optional<WhySql> PresenceFollower::Impl::catch_up(std::int64_t below, std::unique_lock<std::timed_mutex>& lock) {
  const auto until = SteadyClock::now() + options.patience;
  if (!lock.try_lock_until(until)) return WhySql::kBehind;
  for (;;) {
    const Step done = step(below);
    if (done == Step::kThere) return std::nullopt;
    if (done == Step::kNoIndex) return why_not().value_or(WhySql::kLoading);
    if (SteadyClock::now() >= until) return WhySql::kBehind;
    if (done == Step::kHeldBack) std::this_thread::sleep_for(kLookAgain);
  }
}

template <class Ask, class Said>
std::variant<Said, WhySql> PresenceFollower::Impl::answer(std::int64_t below, const presence::Question& question,
                                                          Ask&& ask) {
  const auto fall_back = [&](WhySql reason) {
    const std::lock_guard look(mutex);
    ++by_sql[reason];
    return reason;
  };
  if (const auto reason = why_not()) return fall_back(*reason);
  if (earliest_of(question) < since()) return fall_back(WhySql::kTooOld);
  try {
    std::unique_lock lock(feeding, std::defer_lock);
    if (const auto reason = catch_up(below, lock)) return fall_back(*reason);
    const presence::View view = opened().index->view();
    lock.unlock();
    if (earliest_of(question) < since()) return fall_back(WhySql::kTooOld);  // midnight, while it waited
    Said said = ask(view);
    const std::lock_guard look(mutex);
    ++by_index;
    return said;
  } catch (const std::exception& reason) {
    log::error("the presence index did not answer; SQL traces", {{"why", reason.what()}});
    return fall_back(WhySql::kFault);
  }
}

// ---- threads ----

void PresenceFollower::Impl::check_stopping() const {
  const std::lock_guard lock(waker->mutex);
  if (waker->stopping) throw Stopping();
}

bool PresenceFollower::Impl::wait(seconds most, bool for_commits) {
  std::unique_lock lock(waker->mutex);
  waker->changed.wait_for(lock, most, [&] { return waker->stopping || (for_commits && waker->woken); });
  if (for_commits && std::exchange(waker->woken, false) && !waker->stopping)
    waker->changed.wait_for(lock, kGather, [&] { return waker->stopping; });
  return !waker->stopping;
}

void PresenceFollower::Impl::run_feeding() {
  int failures = 0;
  do {
    try {
      bool opens = false;
      {
        const std::lock_guard lock(mutex);
        opens = !current.index && state == State::kLoading;
      }
      if (opens) open();
      feed_all();
      failures = opens && !opened().index ? std::min(failures + 1, kDoublings) : 0;
    } catch (const Stopping&) {
      return;
    } catch (const std::exception& reason) {
      failures = std::min(failures + 1, kDoublings);
      log::error("the presence index does not follow the event feed", {{"why", reason.what()}});
    }
  } while (wait(failures == 0 ? kPoll : std::min(kBackoffMost, seconds(1 << failures)), failures == 0));
}

void PresenceFollower::Impl::run_keeping() {
  while (wait(kLook, false)) {
    try {
      keep(false);
    } catch (const std::exception& reason) {
      log::error("the presence index could not be kept", {{"why", reason.what()}});
    }
  }
}

// ---- the face ----

PresenceFollower::PresenceFollower(store::Database& db, PlaceSettings settings, PresenceOptions options)
    : impl_(std::make_unique<Impl>(db, std::move(settings), std::move(options))) {
  if (!impl_->options.use) impl_->let_go(State::kOff, WhySql::kOff);
}

PresenceFollower::~PresenceFollower() {
  stop();
}

void PresenceFollower::start() {
  if (!impl_->options.use) {
    // Nobody would drop what expires.
    if (!files_of_index(impl_->options.folder).empty() && impl_->take_folder()) erase_index(impl_->options.folder);
    return;
  }
  impl_->db.on_commit([waker = impl_->waker] { waker->wake(); });
  impl_->feeder = std::thread([impl = impl_.get()] { impl->run_feeding(); });
  impl_->keeper = std::thread([impl = impl_.get()] { impl->run_keeping(); });
}

void PresenceFollower::stop() {
  {
    const std::lock_guard lock(impl_->waker->mutex);
    impl_->waker->stopping = true;
    impl_->waker->changed.notify_all();
  }
  if (impl_->feeder.joinable()) impl_->feeder.join();
  if (impl_->keeper.joinable()) impl_->keeper.join();
  if (!impl_->opened().index) return;
  if (!impl_->options.once) impl_->keep(true);
  const std::scoped_lock lock(impl_->files, impl_->feeding);
  impl_->let_go(State::kStopped, WhySql::kOff);
  impl_->folder_lock.reset();
}

void PresenceFollower::settle() {
  if (!impl_->opened().index && impl_->options.use) impl_->open();
  impl_->feed_all();
}

void PresenceFollower::keep(bool checkpoint) {
  impl_->keep(checkpoint);
}

std::variant<presence::Traced, WhySql> PresenceFollower::trace(store::Session& session,
                                                               const presence::Question& question,
                                                               const presence::TraceLimits& limits) {
  return trace(store::horizon(session), as_counted(session, question), limits);
}

std::variant<presence::Traced, WhySql> PresenceFollower::trace(std::int64_t horizon, const presence::Question& question,
                                                               const presence::TraceLimits& limits) {
  return impl_->answer(horizon, question,
                       [&](const presence::View& view) { return presence::trace(view, question, limits); });
}

std::variant<std::optional<presence::Contact>, WhySql> PresenceFollower::contact_with_evidence(
    store::Session& session, const presence::Question& question, PersonId contact,
    const presence::TraceLimits& limits) {
  presence::Question all = as_counted(session, question);
  all.rules.most_evidence = 0;
  const PersonId asked = counted(session, contact);
  return impl_->answer(store::horizon(session), all, [&](const presence::View& view) {
    return presence::ContactEvidence(view, all, presence::reach(view, all, limits)).of(asked);
  });
}

PresenceFollower::Figures PresenceFollower::figures() const {
  const Opened held = impl_->opened();
  const presence::IndexFigures of_index = held.index ? held.index->figures() : presence::IndexFigures{};
  const std::lock_guard lock(impl_->mutex);
  Figures figures;
  figures.state = name_of(impl_->state);
  figures.days = static_cast<std::int64_t>(of_index.days);
  figures.visits = static_cast<std::int64_t>(of_index.visits);
  figures.encounters = static_cast<std::int64_t>(of_index.encounters);
  figures.bytes = bytes_of(of_index);
  figures.memory = impl_->options.memory;
  if (held.index && !impl_->there && impl_->fed_at != Instant{})
    figures.behind = std::max<std::int64_t>(0, impl_->db.clock().now().seconds - impl_->fed_at.seconds);
  figures.loads = impl_->loads;
  figures.traced_by_index = impl_->by_index;
  figures.traced_by_sql = impl_->by_sql;
  return figures;
}

}  // namespace luytre::tracing
