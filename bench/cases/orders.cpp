// Orders of quarantine and isolation, sites with who lies there, and what people under an order ask for. A million
// people have a hundred thousand orders, of which ten thousand are in force, three hundred sites and two thousand needs
// that wait. No checks at home are due: their job would work beside what is measured.

#include "bench/cases/filled.h"

namespace luytre::bench {
namespace {

using quarantine::PlaceKind;
using store::values;

constexpr int kOrdersOneOf = 10, kInForceOneOf = 100, kDraftsOneOf = 500, kNeedsOneOf = 500, kSitesOneOf = 3333;
constexpr int kSitesLeast = 5;
constexpr int kRooms = 5, kBeds = 4;  // of a site, of a room
constexpr int kOrderDays = 14;

constexpr store::Query kSite{"bench.site", R"sql(
  INSERT INTO quarantine_site (id, kind, owner, name, address, unit, created)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr store::Query kRoom{"bench.room", R"sql(
  INSERT INTO quarantine_room (id, site, name, beds)
  VALUES ($1, $2, $3, $4))sql"};

constexpr store::Query kRollCall{"bench.roll_call", R"sql(
  INSERT INTO quarantine_roll_call (id, site, begun, begun_by, closed, closed_by)
  VALUES ($1, $2, $3, $4, $5, $4))sql"};

constexpr store::Query kOrder{"bench.order", R"sql(
  INSERT INTO quarantine_order (id, serial, person, disease, kind, state, unit, case_id, candidate, class, first_day,
                                last_day, place_kind, law, rule, days, last_exposure, cut, revision, waiting,
                                waiting_since, signed_at, created, ended, version, site)
  VALUES ($1, $2, $3, 'dengue', $4, $5, $6, $7, $8, $9, $10, $11, $12, 'vn-101-2010', $13, $14, $15, FALSE, $16, $17,
          $18, $19, $20, $21, 1, $22))sql"};

constexpr store::Query kOrderStep{"bench.order_step", R"sql(
  INSERT INTO quarantine_step (id, order_id, kind, state, last_day, proposed_by, proposed_name, proposed_at, decided_by,
                               decided_name, decided_at, detail)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql"};

constexpr store::Query kStay{"bench.stay", R"sql(
  INSERT INTO quarantine_stay (id, order_id, site, room, bed, entered, entered_by, left_at, left_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr store::Query kRoll{"bench.roll", R"sql(
  INSERT INTO quarantine_roll (id, stay, at, present, by_name, roll_call)
  VALUES ($1, $2, $3, TRUE, $4, $5))sql"};

constexpr store::Query kAlert{"bench.alert", R"sql(
  INSERT INTO quarantine_alert (id, order_id, unit, kind, at, recorded, rule_set, within_minutes)
  VALUES ($1, $2, $3, 'need', $4, $4, $5, 240))sql"};

constexpr store::Query kNeed{"bench.need", R"sql(
  INSERT INTO quarantine_need (id, order_id, unit, site, kind, via, words, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

struct Site {
  quarantine::SiteId id;
  PlaceKind kind;
  std::string name;
  UnitId unit;
  std::vector<quarantine::RoomId> rooms;
  std::optional<std::int64_t> called;  // the roll-call of today
  int lodged = 0;
};

struct Order {
  quarantine::OrderId id;
  PersonId person;
  UnitId unit;  // that sees to needs
  std::optional<quarantine::SiteId> lies;
};

class Orders {
 public:
  explicit Orders(Filled& to) : to_(to), now_(to.now()), today_(to.today()) {}

  // Of every other one the roll was called today.
  void sites(int count) {
    write(to_, count, {kSite, kRoom, kRollCall}, [&](int number, Lines& rows) {
      const bool hotel = number % 5 == 4;
      Site& site = sites_.emplace_back();
      site.id = ids().make<quarantine::SiteId>();
      site.kind = hotel ? PlaceKind::kHotel : PlaceKind::kSite;
      site.name = (hotel ? "Khách sạn " : "Khu cách ly ") + std::to_string(number + 1);
      site.unit = number == 0 ? to_.commune : to_.of(to_.communes);
      const auto owner = hotel ? quarantine::Owner::kHotel : quarantine::Owner::kHealth;
      rows[0].push_back(values(site.id, site.kind, owner, site.name, kSource, site.unit, now_));
      for (int i = 0; i < kRooms; ++i) {
        site.rooms.push_back(ids().make<quarantine::RoomId>());
        rows[1].push_back(values(site.rooms.back(), site.id, std::to_string(101 + i), std::int64_t{kBeds}));
      }
      if (number % 2 > 0) return;
      site.called = ids().next();
      rows[2].push_back(values(*site.called, site.id, morning(), kSource, morning() + std::chrono::minutes(30)));
    });
  }

  // In this order: those in force, drafts, those that ended.
  void orders(int count, int in_force, int drafts) {
    write(to_, count, {kOrder, kOrderStep, kStay, kRoll}, [&](int number, Lines& rows) {
      if (number < in_force)
        running(number, rows);
      else if (number < in_force + drafts)
        draft(number, rows);
      else
        ended(number, rows);
    });
  }

  void needs(int count) {
    if (running_.empty()) return;
    write(to_, count, {kAlert, kNeed}, [&](int number, Lines& rows) {
      const Order& order = running_[static_cast<std::size_t>(number) * 7 % running_.size()];
      const auto id = ids().make<quarantine::AlertId>();
      const Instant at = now_ - std::chrono::minutes(to_.any(1, 24 * 60));
      const auto kind = static_cast<quarantine::NeedKind>(number % 3);
      const auto via = order.lies ? quarantine::NeedVia::kSite : quarantine::NeedVia::kApp;
      rows[0].push_back(values(id, order.id, order.unit, at, kSource));
      rows[1].push_back(values(id, order.id, order.unit, order.lies, kind, via,
                               to_.sealed("quarantine.need", to_text(id), "gạo, nước uống"), at));
      to_.needs.push_back({id.value, order.person, order.unit, at});
    });
  }

 private:
  // Of whom it is, and on what it rests: every fifth an isolation of a case, the others quarantines of contacts.
  struct Basis {
    quarantine::Kind kind = quarantine::Kind::kQuarantine;
    PersonId person;
    UnitId unit;
    CaseId of;
    std::optional<tracing::CandidateId> candidate;
    std::optional<tracing::Class> chosen;
  };

  struct Times {
    Date first, last;
    std::optional<Instant> signed_at, ended;
    Instant created;
  };

  struct Waiting {
    quarantine::StepKind kind;
    Instant since;
  };

  IdMaker& ids() { return to_.house.db.ids(); }
  Instant morning() const { return local_midnight(today_) + std::chrono::minutes(1); }

  Basis basis(int number) const {
    const auto at = static_cast<std::size_t>(number);
    if (number % 5 == 0) {
      const Filled::Ill& ill = to_.cases[at % to_.cases.size()];
      return {quarantine::Kind::kIsolation, ill.person, ill.unit, ill.id, {}, {}};
    }
    const Filled::Contact& one = to_.contacts[at % to_.contacts.size()];
    return {quarantine::Kind::kQuarantine, one.person, one.unit, one.of, one.id, one.chosen};
  }

  // Six of ten at home.
  Site* site() {
    return to_.in_hundred(60) ? nullptr
                              : &sites_[static_cast<std::size_t>(to_.any(1, static_cast<int>(sites_.size())) - 1)];
  }

  // One in fifteen ends tomorrow, as many are past their last day. Half of those that end tomorrow wait for the
  // signature of their release, of the others one in thirty for that of another step.
  void running(int number, Lines& rows) {
    Times times;
    const int left = to_.any(-1, 13);
    times.last = Date{today_.days + left};
    times.first = Date{times.last.days - kOrderDays};
    times.signed_at = local_midnight(times.first) + std::chrono::hours(9);
    times.created = local_midnight(times.first) + std::chrono::hours(8);
    std::optional<Waiting> waiting;
    const Instant since = now_ - std::chrono::minutes(to_.any(1, 12 * 60));
    if (left == 1 && to_.in_hundred(50)) waiting = Waiting{quarantine::StepKind::kRelease, since};
    if (left > 1 && to_.any(1, 30) == 1) waiting = Waiting{quarantine::StepKind::kExtend, since};
    Site* where = site();
    const Basis of = basis(number);
    const auto id = add(number, of, quarantine::State::kRunning, times, waiting, where, rows);
    Order order{id, of.person, where ? where->unit : of.unit, {}};
    if (where && to_.in_hundred(80) && where->lodged < kRooms * kBeds) {
      const Instant entered = *times.signed_at + std::chrono::hours(2);
      const auto stay = lay(id, *where, where->lodged++, entered, {}, rows);
      if (where->called)
        rows[3].push_back(values(ids().next(), stay, morning() + std::chrono::minutes(5), kSource, *where->called));
      order.lies = where->id;
    }
    running_.push_back(order);
  }

  void draft(int number, Lines& rows) {
    const Instant since = now_ - std::chrono::minutes(to_.any(1, 12 * 60));
    const Times times{today_, Date{today_.days + kOrderDays}, {}, {}, since};
    add(number, basis(number), quarantine::State::kDraft, times, Waiting{quarantine::StepKind::kOrder, since}, site(),
        rows);
  }

  void ended(int number, Lines& rows) {
    Times times;
    times.last = Date{today_.days - to_.any(1, 170)};
    times.first = Date{times.last.days - kOrderDays};
    times.signed_at = local_midnight(times.last) + std::chrono::hours(9);
    times.created = local_midnight(times.first) + std::chrono::hours(8);
    times.ended = *times.signed_at + std::chrono::minutes(to_.any(1, 600));
    Site* where = site();
    const auto id = add(number, basis(number), quarantine::State::kReleased, times, {}, where, rows);
    if (where)
      lay(id, *where, to_.any(0, kRooms * kBeds - 1), times.created + std::chrono::hours(3), *times.ended, rows);
  }

  quarantine::StayId lay(quarantine::OrderId order, const Site& where, int bed, Instant entered,
                         std::optional<Instant> left, Lines& rows) {
    const auto id = ids().make<quarantine::StayId>();
    const auto room = where.rooms[static_cast<std::size_t>(bed / kBeds)];
    std::optional<std::string> by;
    if (left) by = kSource;
    rows[2].push_back(values(id, order, where.id, room, std::int64_t{bed % kBeds + 1}, entered, kSource, left, by));
    return id;
  }

  quarantine::OrderId add(int number, const Basis& of, quarantine::State state, const Times& times,
                          const std::optional<Waiting>& waiting, const Site* where, Lines& rows) {
    using quarantine::StepKind;
    const auto id = ids().make<quarantine::OrderId>();
    const bool contact = of.candidate.has_value();
    std::optional<std::string> rule;
    std::optional<std::int64_t> days;
    std::optional<Date> met;
    if (contact) {
      rule = kSource;
      days = kOrderDays;
      met = times.first;
    }
    std::optional<StepKind> kind;
    std::optional<Instant> since;
    if (waiting) {
      kind = waiting->kind;
      since = waiting->since;
    }
    std::optional<quarantine::SiteId> site;
    if (where) site = where->id;
    const bool bound = state != quarantine::State::kDraft;
    rows[0].push_back(values(id, std::int64_t{number} * 7919 + 1, of.person, of.kind, state,
                             where ? where->unit : of.unit, of.of, of.candidate, of.chosen, times.first, times.last,
                             where ? where->kind : PlaceKind::kHome, rule, days, met, std::int64_t{bound}, kind, since,
                             times.signed_at, times.created, times.ended, site));
    if (bound)
      step(id, StepKind::kOrder, times.last, times.created, times.created + std::chrono::hours(1), where, rows);
    if (times.ended) step(id, StepKind::kRelease, {}, *times.ended, times.ended, nullptr, rows);
    if (waiting) {
      std::optional<Date> last;
      if (waiting->kind == StepKind::kOrder) last = times.last;
      if (waiting->kind == StepKind::kExtend) last = Date{times.last.days + 7};
      step(id, waiting->kind, last, waiting->since, {}, waiting->kind == StepKind::kOrder ? where : nullptr, rows);
    }
    return id;
  }

  void step(quarantine::OrderId order, quarantine::StepKind kind, std::optional<Date> last, Instant at,
            std::optional<Instant> decided, const Site* where, Lines& rows) {
    const std::int64_t id = ids().next();
    std::optional<AccountId> by;
    std::optional<std::string> name;
    if (decided) {
      by = kSigner;
      name = kSource;
    }
    std::string detail = R"({"reason":"benchmark","authority":"benchmark")";
    if (where) {
      quarantine::OrderPlace place;
      place.kind = where->kind;
      place.name = where->name;
      place.site = where->id;
      detail += ",\"place\":" + json::text(place);
    }
    rows[1].push_back(values(
        id, order, kind, decided ? quarantine::StepState::kSigned : quarantine::StepState::kWaiting, last, kWriter,
        kSource, at, by, name, decided, to_.sealed("quarantine.detail", std::to_string(id), detail + '}')));
  }

  Filled& to_;
  const Instant now_;
  const Date today_;
  std::vector<Site> sites_;
  std::vector<Order> running_;
};

}  // namespace

void fill_orders(Filled& to) {
  const auto people = static_cast<int>(to.people.size());
  if (to.cases.empty() || to.contacts.empty()) return;
  Orders orders(to);
  orders.sites(std::max(kSitesLeast, people / kSitesOneOf));
  orders.orders(people / kOrdersOneOf, people / kInForceOneOf, people / kDraftsOneOf);
  orders.needs(people / kNeedsOneOf);
}

}  // namespace luytre::bench
