#include "platform/identity/limits.h"

#include <algorithm>

namespace luytre::identity {
namespace {

// Milliseconds, because a refill interval may be a fraction of a second.
constexpr std::int64_t kUnits = 1000;

struct TryRow {
  std::int64_t tries = 0;
  Instant locked_until;
  Instant forget_at;
};
BOOST_DESCRIBE_STRUCT(TryRow, (), (tries, locked_until, forget_at))

constexpr store::Query kFullAt{"identity.rate", R"sql(
  SELECT full_at FROM identity_rate WHERE kind = $1 AND subject = $2)sql"};

constexpr store::Query kSetFullAt{"identity.set_rate", R"sql(
  INSERT INTO identity_rate (kind, subject, full_at) VALUES ($1, $2, $3)
  ON CONFLICT (kind, subject) DO UPDATE SET full_at = excluded.full_at)sql"};

constexpr store::Query kTry{"identity.try", R"sql(
  SELECT tries, locked_until, forget_at FROM identity_try WHERE kind = $1 AND subject = $2)sql"};

constexpr store::Query kSetTry{"identity.set_try", R"sql(
  INSERT INTO identity_try (kind, subject, tries, locked_until, last_try, forget_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (kind, subject) DO UPDATE
  SET tries = excluded.tries, locked_until = excluded.locked_until, last_try = excluded.last_try, forget_at = excluded.forget_at)sql"};

constexpr store::Query kForgetTry{"identity.forget_try", R"sql(
  DELETE FROM identity_try WHERE kind = $1 AND subject = $2)sql"};

constexpr store::Query kCleanRates{"identity.clean_rates", R"sql(
  DELETE FROM identity_rate WHERE full_at < $1)sql"};

constexpr store::Query kCleanTries{"identity.clean_tries", R"sql(
  DELETE FROM identity_try WHERE forget_at < $1 AND locked_until < $1)sql"};

std::chrono::seconds pause_for(std::int64_t tries, const Pauses& pauses) {
  if (tries < pauses.free) return std::chrono::seconds(0);
  const auto doublings = std::min<std::int64_t>(tries - pauses.free, 30);
  return std::min(pauses.most, pauses.first * (std::int64_t{1} << doublings));
}

}  // namespace

// The row holds the moment at which the whole allowance is there again; each take moves it on by one refill interval.
std::optional<std::int64_t> Limits::take(store::Session& session, std::string_view kind, const store::Bytes& subject,
                                         Rate rate) const {
  const std::int64_t now = clock_.now().seconds * kUnits;
  const std::int64_t whole = rate.per.count() * kUnits;
  const std::int64_t each = std::max<std::int64_t>(1, whole / rate.count);
  const std::int64_t full_at = std::max(now, session.one<std::int64_t>(kFullAt, kind, subject).value_or(now)) + each;
  const std::int64_t beyond = full_at - now - whole;
  if (beyond > 0) return (beyond + kUnits - 1) / kUnits;
  session.run(kSetFullAt, kind, subject, full_at);
  return std::nullopt;
}

std::optional<std::int64_t> Limits::begin_try(store::Session& session, std::string_view kind,
                                              const store::Bytes& subject, const Pauses& pauses) const {
  const Instant now = clock_.now();
  const auto row = session.one<TryRow>(kTry, kind, subject);
  if (row && now < row->locked_until) return (row->locked_until - now).count();
  const std::int64_t tries = (row && now < row->forget_at ? row->tries : 0) + 1;
  const Instant locked_until = now + pause_for(tries, pauses);
  session.run(kSetTry, kind, subject, tries, locked_until, now, std::max(now, locked_until) + pauses.forgotten_after);
  return std::nullopt;
}

void Limits::succeeded(store::Session& session, std::string_view kind, const store::Bytes& subject) const {
  session.run(kForgetTry, kind, subject);
}

void Limits::clean(store::Session& session) const {
  const Instant now = clock_.now();
  session.run(kCleanRates, now.seconds * kUnits);
  session.run(kCleanTries, now);
}

}  // namespace luytre::identity
