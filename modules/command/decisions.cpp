#include "modules/command/decisions.h"

#include <algorithm>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>

#include "modules/command/storage.h"
#include "platform/base/conflict.h"
#include "platform/base/log.h"

namespace luytre::command {
namespace {

using AllDecisions = std::vector<Decision>;

const identity::Action kDecide{"decisions.decide", Purpose::kCommand, {Role::kCommander}};

// Below this share of its own area a predecessor does not speak for what it became a part of.
constexpr double kMainShare = 0.5;

// Of a disease or a form.
bool well_formed(std::string_view id) {
  if (id.empty() || id.front() == '-') return false;
  return std::all_of(id.begin(), id.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

void name_unit(const geography::Geography& geography, Decision& decision) {
  if (decision.unit) decision.unit_name = geography.path_text(*decision.unit);
}

bool switches_on(const Decision& d, std::string_view form, bool own, const Asked& asked) {
  return d.purpose == Switch::kDeclarations && (d.form ? *d.form == form : !own) &&
         (asked.disease.empty() || d.disease == asked.disease) && (!d.direction || d.direction == asked.direction) &&
         (!d.place || asked.any_place || d.place == asked.place);
}

std::optional<DecisionId> position_of(const std::optional<std::string>& cursor) {
  if (!cursor) return DecisionId{std::numeric_limits<std::int64_t>::max()};
  const auto id = parse_id(*cursor);
  if (!id) return std::nullopt;
  return DecisionId{*id};
}

}  // namespace

bool holds_in(const geography::Geography& geography, UnitId area, UnitId unit) {
  if (area.value == 0) return true;
  if (geography.covers(area, unit)) return true;
  const auto predecessors = geography.predecessors(unit);
  bool any_main = false;
  for (const auto& edge : predecessors) any_main = any_main || edge.share >= kMainShare;
  bool any = false;
  for (const auto& edge : predecessors) {
    if (any_main && edge.share < kMainShare) continue;
    if (!holds_in(geography, area, edge.from)) return false;
    any = true;
  }
  return any;
}

struct Decisions::Impl {
  store::Database& db;
  const geography::Geography& geography;
  const identity::Access& access;
  const Settings settings;
  Places places{};

  mutable std::mutex guard;
  std::shared_ptr<const AllDecisions> copy = std::make_shared<AllDecisions>();  // replaced, never changed
  std::uint64_t kept = 0;                                                       // how often keep() ran
  bool stopping = false;
  std::condition_variable stop;
  std::thread refresher;

  // Never on the thread that refreshes: places may be gone before it ends.
  void name_unit(Decision& decision) const {
    command::name_unit(geography, decision);
    const auto place = decision.place && places ? places(*decision.place) : std::nullopt;
    if (place) decision.unit_name = place->name + ", " + decision.unit_name.value_or("");
  }

  std::shared_ptr<const AllDecisions> current() const {
    const std::lock_guard lock(guard);
    return copy;
  }

  // What a commit of this process has just made or ended; or an answer repeated, which may be older than what we know.
  void keep(const Decision& decision) {
    const std::lock_guard lock(guard);
    const auto newer = [&](const Decision& d) { return d.id == decision.id && d.version > decision.version; };
    if (std::any_of(copy->begin(), copy->end(), newer)) return;
    auto next = std::make_shared<AllDecisions>(*copy);
    std::erase_if(*next, [&](const Decision& d) { return d.id == decision.id; });
    next->push_back(decision);
    copy = std::move(next);
    ++kept;
  }

  void read() {
    for (;;) {
      std::uint64_t before = 0;
      {
        const std::lock_guard lock(guard);
        before = kept;
      }
      auto fresh = std::make_shared<AllDecisions>(db.read_now([](store::Session& s) { return storage::all(s); }));
      for (Decision& decision : *fresh) command::name_unit(geography, decision);
      const std::lock_guard lock(guard);
      if (kept != before) continue;  // our reading may be older than what keep() knows
      copy = std::move(fresh);
      return;
    }
  }

  void refresh_until_stopped() {
    for (;;) {
      {
        std::unique_lock lock(guard);
        if (stop.wait_for(lock, kRefresh / 2, [this] { return stopping; })) return;
      }
      try {
        read();
      } catch (const std::exception& e) {
        log::warn("decisions not refreshed", {{"error", e.what()}});
      }
    }
  }

  // The first decision at that time that fits.
  template <class Fits>
  std::optional<DecisionId> first(Instant at, Fits fits) const {
    const auto decisions = current();
    for (const Decision& d : *decisions)
      if (at >= d.from && at < d.end() && fits(d)) return d.id;
    return std::nullopt;
  }

  bool holds(const Decision& d, UnitId unit) const { return !d.unit || holds_in(geography, *d.unit, unit); }

  // Of one place, or one direction.
  void check_narrowing(const NewDecision& asked, std::vector<FieldError>& wrong) const {
    const bool whole = !asked.form || asked.duty;
    if (asked.place) {
      const auto place = places && !whole && asked.unit ? places(*asked.place) : std::nullopt;
      if (!place || !geography.covers(*asked.unit, place->unit)) wrong.push_back({"/place", "unknown", {}});
    }
    if (asked.direction && whole) wrong.push_back({"/direction", "unknown", {}});
    const auto limit = asked.form ? settings.limits.find(std::string_view(*asked.form)) : settings.limits.end();
    if (limit == settings.limits.end()) return;
    const Asked& about = limit->second;
    if (!about.disease.empty() && about.disease != std::string_view(asked.disease))
      wrong.push_back({"/disease", "unknown", {}});
    if (about.direction && asked.direction && *about.direction != *asked.direction)
      wrong.push_back({"/direction", "unknown", {}});
  }

  Result<Decision> check(const NewDecision& asked) const {
    std::vector<FieldError> wrong;
    const Instant now = db.clock().now();
    const auto known = [](const std::vector<std::string>& ids, std::string_view id) {
      return well_formed(id) && (ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end());
    };
    if (!known(settings.diseases, asked.disease)) wrong.push_back({"/disease", "unknown", {}});
    if (asked.form && (asked.purpose != Switch::kDeclarations || !known(settings.forms, *asked.form)))
      wrong.push_back({"/form", "unknown", {}});
    if (asked.duty) {
      const auto duty = settings.duties.find(std::string_view(*asked.duty));
      const bool fits = settings.duties.empty()
                            ? well_formed(*asked.duty)
                            : duty != settings.duties.end() && asked.form && duty->second.form == *asked.form &&
                                  duty->second.disease == asked.disease;
      if (!asked.form || !fits) wrong.push_back({"/duty", "unknown", {}});
    }
    check_narrowing(asked, wrong);
    if (asked.from < now - kLatestEntry)
      wrong.push_back({"/from", "too_early", {{"days", std::to_string(kLatestEntry.count() / 24)}}});
    if (asked.until <= asked.from || asked.until <= now) wrong.push_back({"/until", "too_early", {}});
    if (asked.until > now + kLongest)
      wrong.push_back({"/until", "too_late", {{"days", std::to_string(kLongest.count() / 24)}}});
    if (asked.basis.empty()) wrong.push_back({"/basis", "required", {}});
    const geography::Unit* unit = asked.unit ? geography.find(*asked.unit) : nullptr;
    if (asked.unit && (!unit || (unit->valid_to && *unit->valid_to <= local_date(now))))
      wrong.push_back({"/unit", "unknown", {}});
    if (!wrong.empty()) return Error(kInvalid, std::move(wrong));

    Decision out;
    out.purpose = asked.purpose;
    out.disease = asked.disease;
    out.unit = asked.unit;
    if (asked.form) out.form = *asked.form;
    if (asked.duty) out.duty = *asked.duty;
    out.place = asked.place;
    out.direction = asked.direction;
    out.from = asked.from;
    out.until = asked.until;
    out.basis = asked.basis;
    out.decided_at = now;
    name_unit(out);
    return out;
  }

  // A grant for a part never decides about the whole.
  Result<Done> require_area(store::Session& s, const Caller& caller, std::optional<UnitId> unit) const {
    if (auto allowed = access.require(s, caller, kDecide, {PersonId{}, unit.value_or(UnitId{}), ""}); !allowed)
      return allowed;
    if (unit) return Done{};
    const auto areas = access.areas(caller, kDecide);
    if (std::find(areas.begin(), areas.end(), UnitId{}) == areas.end()) return kNotPermitted;
    return Done{};
  }

  Task<Result<Decision>> then_keep(Task<Result<Decision>> written) {
    Result<Decision> result = co_await std::move(written);
    if (result) keep(*result);
    co_return result;
  }
};

Decisions::Decisions(store::Database& db, const geography::Geography& geography, const identity::Access& access,
                     Settings settings)
    : impl_(new Impl{db, geography, access, std::move(settings)}) {}

Decisions::~Decisions() {
  {
    const std::lock_guard lock(impl_->guard);
    impl_->stopping = true;
  }
  impl_->stop.notify_all();
  if (impl_->refresher.joinable()) impl_->refresher.join();
}

void Decisions::start() {
  impl_->read();
  impl_->refresher = std::thread([impl = impl_.get()] { impl->refresh_until_stopped(); });
}

void Decisions::refresh() {
  impl_->read();
}

std::optional<DecisionId> Decisions::in_force(Switch what, UnitId unit, Instant at, std::string_view disease) const {
  if (impl_->settings.study) return DecisionId{};
  return impl_->first(at, [&](const Decision& d) {
    return d.purpose == what && !d.form && (disease.empty() || d.disease == disease) && impl_->holds(d, unit);
  });
}

std::optional<DecisionId> Decisions::form_in_force(std::string_view form, bool own, UnitId unit, Instant at,
                                                   const Asked& asked) const {
  if (impl_->settings.study) return DecisionId{};
  return impl_->first(
      at, [&](const Decision& d) { return switches_on(d, form, own, asked) && (d.place || impl_->holds(d, unit)); });
}

bool Decisions::form_in_force_somewhere(std::string_view form, bool own, Instant at, const Asked& asked) const {
  return impl_->settings.study ||
         impl_->first(at, [&](const Decision& d) { return switches_on(d, form, own, asked); }).has_value();
}

std::optional<std::string> Decisions::disease_of(std::string_view form, bool own, Instant at,
                                                 const Asked& asked) const {
  std::optional<std::string> out;
  const auto decisions = impl_->current();
  for (const Decision& d : *decisions) {
    if (at < d.from || d.end() <= at || !switches_on(d, form, own, asked)) continue;
    if (out && *out != d.disease) return std::nullopt;
    out = d.disease;
  }
  return out;
}

void Decisions::set_places(Places places) {
  impl_->places = std::move(places);
}

std::vector<Decision> Decisions::all_in_force(Instant at) const {
  std::vector<Decision> out;
  const auto decisions = impl_->current();
  for (const Decision& d : *decisions)
    if (d.from <= at && at < d.end()) impl_->name_unit(out.emplace_back(d));
  return out;
}

Task<Result<Decision>> Decisions::decide(const Caller& caller, NewDecision asked, std::optional<store::Once> once) {
  auto checked = impl_->check(asked);
  if (!checked) return refused<Decision>(checked.error());
  auto write = [impl = impl_.get(), caller, decision = *checked](store::Session& s) -> Result<Decision> {
    if (auto allowed = impl->require_area(s, caller, decision.unit); !allowed) return allowed.error();
    Decision made = decision;
    made.id = impl->db.ids().make<DecisionId>();
    storage::insert(s, made, caller.account);
    s.publish({"decision.made", made.id.value, made.decided_at, made.version, made.unit.value_or(UnitId{}).value});
    return made;
  };
  if (once) return impl_->then_keep(impl_->db.once(*once, std::move(write)));
  return impl_->then_keep(impl_->db.transact(std::move(write)));
}

Task<Result<Decision>> Decisions::end(const Caller& caller, DecisionId id, EarlyEnd why, std::int64_t version) {
  if (why.reason.empty()) return refused<Decision>(wrong_field("/reason", "required"));
  auto write = [impl = impl_.get(), caller, id, reason = std::string(why.reason),
                version](store::Session& s) -> Result<Decision> {
    auto found = storage::find(s, id);
    if (!found) return kNotFound;
    impl->name_unit(*found);
    if (auto allowed = impl->require_area(s, caller, found->unit); !allowed) return allowed.error();
    const Instant now = impl->db.clock().now();
    if (now >= found->end()) return kDecisionEnded;
    if (found->version != version) return version_conflict(*found);
    Decision ended = *found;
    ended.ended_at = now;
    ended.end_reason = reason;
    ++ended.version;
    if (!storage::end(s, ended, caller.account, version))
      throw std::runtime_error("decision changed within its transaction");
    s.publish({"decision.ended", id.value, now, ended.version, ended.unit.value_or(UnitId{}).value});
    return ended;
  };
  return impl_->then_keep(impl_->db.transact(std::move(write)));
}

Task<Result<http::Page<Decision>>> Decisions::list(std::optional<std::string> cursor, std::size_t limit) const {
  const auto position = position_of(cursor);
  if (!position) return refused<http::Page<Decision>>(wrong_field("?cursor", "format"));
  return impl_->db.read(
      [impl = impl_.get(), position = *position, limit](store::Session& s) -> Result<http::Page<Decision>> {
        http::Page<Decision> page;
        page.items = storage::before(s, position, limit + 1);
        if (page.items.size() > limit) {
          page.items.resize(limit);
          page.next = to_text(page.items.back().id);
        }
        for (Decision& decision : page.items) impl->name_unit(decision);
        return page;
      });
}

}  // namespace luytre::command
