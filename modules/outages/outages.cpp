#include "modules/outages/outages.h"

#include <algorithm>
#include <mutex>

#include "modules/outages/storage.h"
#include "platform/base/text.h"

namespace luytre::outages {
namespace {

using store::Session;

constexpr Kind kKinds[] = {Kind::kCodes, Kind::kMessages};
constexpr AccountId kNobody{};  // who ends what ends by itself

const identity::Action kRead{"outages.read", Purpose::kAdministration, {Role::kAdministrator, Role::kCommander}};
const identity::Action kSet{"outages.set", Purpose::kAdministration, {Role::kAdministrator, Role::kCommander}};

Task<Result<Known>> answered(Known known) {
  co_return known;
}

void publish(Session& session, const char* type, const Outage& outage, Instant now) {
  session.publish({type, outage.id.value, now, 1, 0});
}

std::vector<FieldError> flaws_of(const NewLimit& asked) {
  std::vector<FieldError> out;
  const auto check = [&](const char* pointer, const std::optional<std::int64_t>& value, std::int64_t most) {
    if (!value) {
      out.push_back({pointer, "required", {}});
    } else if (*value < 1 || *value > most) {
      out.push_back({pointer, "range", {}});
    }
  };
  if (!asked.on) return out;
  check("/failedPercent", asked.failed_percent, 100);
  check("/delaySeconds", asked.delay_seconds, kDelayMost);
  check("/windowMinutes", asked.window_minutes, kWindowMost);
  check("/least", asked.least, kLeastMost);
  return out;
}

Hour hour_of(const notify::Outbound& d) {
  return {d.hour, d.sender, d.purpose, d.sent, d.failed, d.dropped, d.waiting, d.tries_again, d.median_seconds};
}

}  // namespace

std::int64_t failed_percent(const notify::Outbound& figures) {
  const std::int64_t lost = figures.failed + figures.dropped;
  const std::int64_t finished = lost + figures.sent;
  return finished == 0 ? 0 : (100 * lost + finished - 1) / finished;
}

bool breaks(const Limit& limit, const notify::Outbound& figures) {
  const std::int64_t all = figures.sent + figures.failed + figures.dropped + figures.waiting;
  if (all < limit.least) return false;
  return failed_percent(figures) > limit.failed_percent || figures.median_seconds.value_or(0) > limit.delay_seconds;
}

struct Outages::Impl {
  store::Database& db;
  const identity::Access& access;

  mutable std::mutex guard;
  mutable std::optional<Instant> asked{};
  mutable Known known{};
  mutable std::optional<Instant> counted{};
  mutable std::vector<Hour> hours{};

  Instant now() const { return db.clock().now(); }
  bool may(const Caller& caller, const identity::Action& action) const { return !access.areas(caller, action).empty(); }

  static Known known_of(const std::vector<Outage>& open) {
    Known out;
    for (const Outage& one : open) {
      if (one.kind != Kind::kCodes) continue;
      // Several: since the first, and until the last is known to end.
      if (!out.late) out = {true, one.began, one.until};
      out.since = std::min(*out.since, one.began);
      out.until = out.until && one.until ? std::optional(std::max(*out.until, *one.until)) : std::nullopt;
    }
    return out;
  }
  // Once it is committed, what was remembered of before is not.
  Task<Result<Outage>> settled(Task<Result<Outage>> task) const {
    auto out = co_await std::move(task);
    const std::lock_guard lock(guard);
    asked.reset();
    co_return out;
  }
  bool remembers(const std::optional<Instant>& at) const { return at && *at <= now() && now() - *at < kRemembered; }

  std::vector<Hour> counted_hours(Session& s, Instant at) const {
    std::vector<Hour> out;
    for (const auto& one : notify::deliveries(s, at - kBoardHours, at)) out.push_back(hour_of(one));
    return out;
  }

  Board board(Session& s) const {
    Board out;
    {
      const std::lock_guard lock(guard);
      if (remembers(counted)) {
        out.at = *counted;
        out.hours = hours;
      }
    }
    if (out.at == Instant{}) {
      out.at = now();
      out.hours = counted_hours(s, out.at);
      const std::lock_guard lock(guard);
      counted = out.at;
      hours = out.hours;
    }
    out.limits = storage::limits(s);
    out.open = storage::open(s);
    out.past = storage::past(s, kPastShown);
    return out;
  }

  void finish(Session& s, const Outage& outage, AccountId by) const {
    if (storage::end(s, outage.id, now(), by)) publish(s, "outage.ended", outage, now());
  }

  void watch(Session& s) const {
    const auto open = storage::open(s);
    for (const Outage& one : open)
      if (one.until && *one.until <= now()) finish(s, one, kNobody);
    const auto limits = storage::limits(s);
    for (const Kind kind : kKinds) {
      const auto limit = std::find_if(limits.begin(), limits.end(), [&](const Limit& l) { return l.kind == kind; });
      const auto running =
          std::find_if(open.begin(), open.end(), [&](const Outage& o) { return o.automatic && o.kind == kind; });
      watch(s, kind, limit == limits.end() ? nullptr : &*limit, running == open.end() ? nullptr : &*running);
    }
  }

  void watch(Session& s, Kind kind, const Limit* limit, const Outage* running) const {
    if (!limit) {
      if (running) finish(s, *running, kNobody);
      return;
    }
    const std::chrono::minutes window(limit->window_minutes);
    const auto figures = notify::outbound_since(s, kind == Kind::kCodes, now() - window, now());
    if (breaks(*limit, figures)) {
      Outage outage = running ? *running : Outage{db.ids().make<OutageId>(), kind, true, now()};
      outage.failed_percent = failed_percent(figures);
      outage.delay_seconds = figures.median_seconds;
      if (running) {
        storage::see(s, outage, now());
      } else {
        storage::insert(s, outage, kNobody);
        publish(s, "outage.began", outage, now());
      }
    } else if (running && storage::last_seen(s, running->id).value_or(Instant{}) <= now() - window) {
      finish(s, *running, kNobody);
    }
  }
};

Outages::Outages(store::Database& db, const identity::Access& access) : impl_(new Impl{db, access}) {}

Outages::~Outages() = default;

Task<Result<Known>> Outages::codes() const {
  {
    const std::lock_guard lock(impl_->guard);
    if (impl_->remembers(impl_->asked)) return answered(impl_->known);
  }
  return impl_->db.read([impl = impl_.get()](Session& s) -> Result<Known> {
    const Known out = Impl::known_of(storage::open(s));
    const std::lock_guard lock(impl->guard);
    impl->asked = impl->now();
    impl->known = out;
    return out;
  });
}

Task<Result<Board>> Outages::board(const Caller& caller) const {
  if (!impl_->may(caller, kRead)) return refused<Board>(kNotPermitted);
  return impl_->db.read([impl = impl_.get()](Session& s) -> Result<Board> { return impl->board(s); });
}

Task<Result<Board>> Outages::set_limit(const Caller& caller, NewLimit asked) {
  if (!impl_->may(caller, kSet)) return refused<Board>(kNotPermitted);
  if (auto flaws = flaws_of(asked); !flaws.empty()) return refused<Board>(Error(kInvalid, std::move(flaws)));
  return impl_->db.transact([impl = impl_.get(), caller, asked](Session& s) -> Result<Board> {
    const std::string kind(json::enum_text(asked.kind));
    if (asked.on) {
      storage::set_limit(s,
                         {asked.kind, *asked.failed_percent, *asked.delay_seconds, *asked.window_minutes, *asked.least},
                         impl->now(), caller.account);
      impl->access.log_list(s, caller, kSet, 0,
                            kind + ": above " + std::to_string(*asked.failed_percent) + " % failed or " +
                                std::to_string(*asked.delay_seconds) + " s, of at least " +
                                std::to_string(*asked.least) + " in " + std::to_string(*asked.window_minutes) + " min");
    } else {
      storage::remove_limit(s, asked.kind);
      impl->access.log_list(s, caller, kSet, 0, kind + ": no alarm");
    }
    return impl->board(s);
  });
}

Task<Result<Outage>> Outages::declare(const Caller& caller, NewOutage asked, std::optional<store::Once> once) {
  if (!impl_->may(caller, kSet)) return refused<Outage>(kNotPermitted);
  const Instant now = impl_->now();
  std::vector<FieldError> flaws;
  if (asked.until <= now) flaws.push_back({"/until", "too_early", {}});
  if (asked.until > now + kLongest) flaws.push_back({"/until", "too_late", {}});
  if (fold(asked.reason).empty()) flaws.push_back({"/reason", "required", {}});
  if (!flaws.empty()) return refused<Outage>(Error(kInvalid, std::move(flaws)));
  auto write = [impl = impl_.get(), caller, asked = std::move(asked)](Session& s) -> Result<Outage> {
    Outage out{impl->db.ids().make<OutageId>(), asked.kind, false, impl->now(), asked.until, asked.reason};
    storage::insert(s, out, caller.account);
    publish(s, "outage.began", out, impl->now());
    impl->access.log_list(s, caller, kSet, 0, "outage " + to_text(out.id) + " declared");
    return out;
  };
  if (once) return impl_->settled(impl_->db.once(std::move(*once), std::move(write)));
  return impl_->settled(impl_->db.transact(std::move(write)));
}

Task<Result<Outage>> Outages::end(const Caller& caller, OutageId id) {
  if (!impl_->may(caller, kSet)) return refused<Outage>(kNotPermitted);
  return impl_->settled(impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Outage> {
    auto outage = storage::find(s, id);
    if (!outage) return kNotFound;
    if (outage->ended) return kOutageEnded;
    impl->finish(s, *outage, caller.account);
    impl->access.log_list(s, caller, kSet, 0, "outage " + to_text(id) + " ended");
    outage->ended = impl->now();
    return std::move(*outage);
  }));
}

store::Recurring Outages::watch() {
  return {"outages.watch", kWatchEvery, [impl = impl_.get()](Session& s) { impl->watch(s); }};
}

}  // namespace luytre::outages
