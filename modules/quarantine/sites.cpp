#include "modules/quarantine/sites.h"

#include <algorithm>
#include <set>

#include "engines/linkage/order_code.h"
#include "modules/people/merged.h"
#include "modules/quarantine/site_impl.h"

namespace luytre::quarantine {

using store::Session;

const identity::Action kLodge{"quarantine.lodge",
                              Purpose::kCaseManagement,
                              {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

Result<Opened> Sites::Impl::opened(Session& session, const Caller& caller, SiteId id) const {
  auto row = storage::site(session, id);
  if (!row) return kNotFound;
  Opened out;
  static_cast<storage::SiteRow&>(out) = std::move(*row);
  if (geography.covers(access.areas(caller, kLodge), out.unit)) return out;
  out.kept = keeps(session, *this, caller, out);
  if (!out.kept) return kNotFound;
  return out;
}

std::vector<SiteBrief> Sites::Impl::briefs(Session& session, std::span<const storage::SiteRow> rows) const {
  const auto counts = storage::counts(session, rows, tomorrow(), this_morning());
  std::vector<SiteBrief> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const storage::SiteRow& row = rows[i];
    SiteBrief& one = out.emplace_back();
    one.id = row.id;
    one.kind = row.kind;
    one.owner = row.owner;
    one.name = row.name;
    one.address = row.address;
    one.unit = row.unit;
    if (const auto* unit = geography.find(row.unit)) one.unit_name = unit->full_name;
    one.beds = counts[i].beds;
    one.taken = counts[i].taken;
    one.leaving = counts[i].leaving;
    one.uncalled = counts[i].uncalled;
  }
  return out;
}

Result<std::vector<Occupant>> Sites::Impl::occupants(Session& session, const Caller& caller, const Opened& site,
                                                     std::span<const storage::StayRow> stays) const {
  std::vector<OrderId> ids;
  for (const storage::StayRow& stay : stays) ids.push_back(stay.order_id);
  const auto orders = storage::find_each(session, ids);
  std::vector<PersonId> persons;
  for (const storage::OrderRow& order : orders) persons.push_back(order.person);
  const auto allowed = look(session, caller, site, persons);
  if (!allowed) return allowed.error();
  const auto briefs = people.briefs(session, persons);
  const auto rolls = storage::last_rolls(session, stays);
  // Who keeps the site learns neither that somebody of the room is ill, nor what is proposed because of it.
  const auto begun_anew = site.kept ? std::set<StayId>() : restarts(session, stays);
  std::vector<Occupant> all;
  for (std::size_t i = 0; i < stays.size(); ++i) {
    const storage::StayRow& stay = stays[i];
    const storage::OrderRow& order = orders[i];
    const auto binds = site.kept ? in_force(session, order) : order;
    Occupant& out = all.emplace_back();
    out.stay = stay.id;
    out.order = order.id;
    out.number = linkage::shown_order_serial(static_cast<std::uint64_t>(order.serial));
    out.order_state = binds.state;
    if (const auto brief = briefs.find(order.person); brief != briefs.end()) out.person = brief->second;
    out.person.id = order.person;
    out.bed = stay.bed;
    out.entered = stay.entered;
    out.entered_by = stay.entered_by;
    out.left = stay.left;
    out.left_by = stay.left_by;
    out.last_day = binds.last_day;
    out.leaving = binds.state == State::kRunning && binds.last_day == tomorrow();
    if (site.kept) {
      leave_bare(out.person);
    } else {
      out.version = order.version;
      out.waiting = order.waiting;
      if (begun_anew.contains(stay.id)) {
        out.restart = stay.restart;
        out.restart_until = anew(order, local_date(*stay.restart));
      }
    }
    out.roll = rolls[i];
    out.uncalled = !stay.left && stay.entered < this_morning() && (!out.roll || out.roll->at < this_morning());
  }
  return all;
}

std::set<StayId> Sites::Impl::restarts(Session& session, std::span<const storage::StayRow> stays) const {
  std::vector<const storage::StayRow*> asked;
  std::vector<OrderId> orders;
  for (const storage::StayRow& stay : stays) {
    if (!stay.restart) continue;
    asked.push_back(&stay);
    orders.push_back(stay.order_id);
  }
  const auto steps = storage::steps(session, orders);
  std::set<StayId> out;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const bool extended = std::any_of(steps[i].begin(), steps[i].end(), [&](const storage::StepRow& step) {
      return step.kind == StepKind::kExtend && step.state == StepState::kSigned &&
             *step.decided_at >= *asked[i]->restart;
    });
    if (!extended) out.insert(asked[i]->id);
  }
  return out;
}

// Nothing: the days of the order were named by an officer, or end later already.
std::optional<Date> Sites::Impl::anew(const storage::OrderRow& order, Date exposed) const {
  if (!order.days) return std::nullopt;
  const Date today = local_date(now());
  const Date most{std::max(order.last_day, today).days + law.basis_on(today).extension_days_most};
  const Date until = std::min(Date{exposed.days + *order.days}, most);
  if (until <= order.last_day || until < today) return std::nullopt;
  return until;
}

Result<Site> Sites::Impl::view(Session& session, const Caller& caller, const Opened& row) const {
  Site out;
  out.kept = row.kept;
  static_cast<SiteBrief&>(out) = brief(session, row);
  for (const storage::RoomRow& room : storage::rooms(session, row.id))
    out.rooms.push_back({room.id, room.name, room.beds, {}});
  const auto call = storage::last_call(session, row.id);
  if (call) out.roll_call = shown(session, *call);
  std::set<StayId> called;
  if (call && !call->closed)
    for (const storage::AnswerRow& one : storage::answers(session, call->id)) called.insert(one.stay);
  auto stays = storage::open_stays(session, row.id);
  const std::size_t lying = stays.size();
  for (auto& stay : storage::left_stays(session, row.id, kLeftShown)) stays.push_back(std::move(stay));
  auto all = occupants(session, caller, row, stays);
  if (!all) return all.error();
  for (std::size_t i = 0; i < lying; ++i) {
    Occupant& one = (*all)[i];
    one.waits_for_call = call && !call->closed && !called.contains(one.stay);
    const auto room =
        std::find_if(out.rooms.begin(), out.rooms.end(), [&](const Room& r) { return r.id == stays[i].room; });
    room->people.push_back(std::move(one));
  }
  out.gone.assign(std::make_move_iterator(all->begin() + static_cast<std::ptrdiff_t>(lying)),
                  std::make_move_iterator(all->end()));
  return out;
}

Result<Site> Sites::Impl::lodge(Session& session, const Caller& caller, SiteId id, const Lodging& lodging) const {
  const auto site = opened(session, caller, id);
  if (!site) return site.error();
  const auto done = lodge_one(session, caller, *site, lodging);
  if (!done) return done.error();
  return view(session, caller, *site);
}

bool Sites::Impl::in_hand(Session& session, const Caller& caller, const Opened& site, const storage::OrderRow& order,
                          const Lodging& lodging) const {
  if (!site.kept) return geography.covers(access.areas(caller, kWork), order.unit);
  const auto lies = storage::open_stay(session, order.id);
  if (lies && lies->site == site.id) return true;
  if (!lodging.code) return false;
  const auto shown = order_by(session, caller, site, *lodging.code);
  return shown && shown->id == order.id;
}

Result<Done> Sites::Impl::lodge_one(Session& session, const Caller& caller, const Opened& site, const Lodging& lodging,
                                    bool newcomer) const {
  const auto order = storage::find(session, lodging.order);
  if (!order || !in_hand(session, caller, site, *order, lodging)) return wrong_field("/order", "unknown");
  const auto allowed = look(session, caller, site, order->person);
  if (!allowed) return allowed.error();
  if (order->state != State::kRunning) return kOrderNotRunning;
  if (const auto refusal = elsewhere(site, *order)) return *refusal;
  const auto rooms = storage::rooms(session, site.id);
  const auto room =
      std::find_if(rooms.begin(), rooms.end(), [&](const storage::RoomRow& r) { return r.id == lodging.room; });
  if (room == rooms.end()) return wrong_field("/room", "unknown");
  if (lodging.bed < 1 || lodging.bed > room->beds) return wrong_field("/bed", "range");
  const auto here = storage::open_stays(session, site.id);
  const auto lying = std::find_if(here.begin(), here.end(), [&](const storage::StayRow& stay) {
    return stay.room == lodging.room && stay.bed == lodging.bed;
  });
  if (lying != here.end() && lying->order_id == order->id) return Done{};  // sent twice
  // Nobody lies in two beds: also not under another order, or another record.
  const auto before = stays_of(session, order->person);
  if (lying != here.end() &&
      std::none_of(before.begin(), before.end(), [&](const storage::StayRow& one) { return one.id == lying->id; }))
    return kBedTaken;
  const bool here_already =
      std::any_of(before.begin(), before.end(), [&](const storage::StayRow& one) { return one.site == site.id; });
  if (newcomer && std::any_of(before.begin(), before.end(), [&](const storage::StayRow& one) {
        return one.site == site.id && one.order_id == order->id;
      }))
    return kLiesHere;
  if (!here_already) found_present(session, order->id, now());  // who comes in was found
  for (const storage::StayRow& one : before) {
    storage::leave(session, one.id, now(), caller.name);
    if (one.site != site.id) changed(session, *storage::site(session, one.site));
  }
  storage::StayRow stay;
  stay.id = db.ids().make<StayId>();
  stay.order_id = order->id;
  stay.site = site.id;
  stay.room = lodging.room;
  stay.bed = lodging.bed;
  stay.entered = now();
  stay.entered_by = caller.name;
  storage::insert(session, stay);
  needs_follow(session, *this, *order);
  for (const storage::StayRow& one : before)
    if (one.order_id != order->id) needs_follow(session, *this, *storage::find(session, one.order_id));
  changed(session, site);
  return Done{};
}

// Others who lay in a room with the case while it may have been infectious, wherever they lie now, under orders for the
// same disease. Who falls ill is often taken away before the result is there.
void Sites::Impl::mark_room(Session& session, CaseId id, Instant at) const {
  const auto traced = cases::Cases::traced(session, id);
  if (!traced || traced->classification != cases::Classification::kConfirmed) return;
  const auto records = people::known_as(session, traced->person);
  std::vector<SiteId> marked;
  for (const storage::StayRow& ill : stays_of(session, traced->person, true)) {
    // Times are whole seconds: whoever came in this one may have been there.
    const Interval shared{std::max(ill.entered, traced->window_from.value_or(ill.entered)),
                          ill.left.value_or(at + std::chrono::seconds(1))};
    if (shared.to <= shared.from) continue;
    for (const storage::StayRow& other : storage::stays_in(session, ill.room, shared)) {
      const auto beside = storage::find(session, other.order_id);
      if (beside->disease != traced->disease || beside->kind == Kind::kIsolation) continue;
      if (std::find(records.begin(), records.end(), beside->person) != records.end()) continue;
      const auto lying = storage::open_stay(session, beside->id);
      if (!lying || (lying->restart && at <= *lying->restart)) continue;  // has left; the feed was read again
      storage::restart(session, lying->id, at);
      if (std::find(marked.begin(), marked.end(), lying->site) == marked.end()) marked.push_back(lying->site);
    }
  }
  for (const SiteId site : marked) changed(session, *storage::site(session, site));
}

bool Sites::Impl::is_ill(Session& session, const storage::OrderRow& order) const {
  const auto found = cases::Cases::open_of(session, order.person, order.disease);
  return found && found->classification == cases::Classification::kConfirmed;
}

std::vector<storage::StayRow> Sites::Impl::stays_of(Session& session, PersonId person, bool ended) const {
  std::vector<storage::StayRow> out;
  for (const PersonId record : people::known_as(session, person))
    for (const storage::OrderRow& order : storage::of_person(session, record))
      for (storage::StayRow& stay : storage::stays_of(session, order.id))
        if (ended || !stay.left) out.push_back(std::move(stay));
  return out;
}

Result<http::Page<Awaited>> Sites::Impl::awaited(Session& session, const Caller& caller, SiteId id) const {
  const auto site = opened(session, caller, id);
  if (!site) return site.error();
  const auto rows =
      storage::without_bed(session, referrals::reach(geography, caller, std::nullopt), site->kind, id, kAwaitedMost);
  std::vector<identity::Subject> shown;
  std::vector<PersonId> persons;
  for (const storage::OrderRow& row : rows) {
    shown.push_back({row.person, row.unit, identity::note(identity::LogNote::kWaitsForSite, site->name)});
    persons.push_back(row.person);
  }
  const auto allowed = access.require_each(session, caller, kLodge, shown);
  if (!allowed) return allowed.error();
  const auto briefs = people.briefs(session, persons);
  http::Page<Awaited> page;
  for (const storage::OrderRow& row : rows) {
    Awaited& one = page.items.emplace_back();
    one.order = row.id;
    one.number = linkage::shown_order_serial(static_cast<std::uint64_t>(row.serial));
    if (const auto brief = briefs.find(row.person); brief != briefs.end()) one.person = brief->second;
    one.person.id = row.person;
    one.first_day = row.first_day;
  }
  return page;
}

Sites::Sites(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
Sites::~Sites() = default;

Task<Result<http::Page<SiteBrief>>> Sites::list(const Caller& caller, std::optional<std::string> cursor,
                                                std::size_t limit) {
  return impl_->db.read([impl = impl_.get(), caller, cursor = std::move(cursor), limit](Session& s) {
    return impl->list(s, caller, cursor, limit);
  });
}

Task<Result<SiteBrief>> Sites::add(const Caller& caller, NewSite asked, std::optional<store::Once> once) {
  auto write = [impl = impl_.get(), caller, asked = std::move(asked)](Session& s) -> Result<SiteBrief> {
    if (!impl->geography.covers(impl->access.areas(caller, kLodge), asked.unit)) return kNotPermitted;
    if (asked.kind == PlaceKind::kHome) return wrong_field("/kind", "unknown");
    if (asked.name.empty()) return wrong_field("/name", "required");
    if (asked.address.empty()) return wrong_field("/address", "required");
    const storage::SiteRow row{
        impl->db.ids().make<SiteId>(), asked.kind, asked.owner, asked.name, asked.address, asked.unit, impl->now()};
    storage::insert(s, row);
    impl->changed(s, row);
    return impl->brief(s, row);
  };
  return once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write));
}

Task<Result<Site>> Sites::find(const Caller& caller, SiteId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Site> {
    const auto row = impl->opened(s, caller, id);
    if (!row) return row.error();
    return impl->view(s, caller, *row);
  });
}

Task<Result<http::Page<Awaited>>> Sites::awaited(const Caller& caller, SiteId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) { return impl->awaited(s, caller, id); });
}

Task<Result<Site>> Sites::add_room(const Caller& caller, SiteId id, NewRoom room) {
  return impl_->db.transact([impl = impl_.get(), caller, id, room = std::move(room)](Session& s) -> Result<Site> {
    const auto row = impl->opened(s, caller, id);
    if (!row) return row.error();
    if (room.name.empty()) return wrong_field("/name", "required");
    if (room.beds < 1 || room.beds > kBedsMost) return wrong_field("/beds", "range");
    const auto rooms = storage::rooms(s, id);
    if (rooms.size() >= kRoomsMost) return wrong_field("/name", "range");
    for (const storage::RoomRow& known : rooms)
      if (known.name == room.name) return kRoomExists;
    storage::insert(s, storage::RoomRow{impl->db.ids().make<RoomId>(), id, room.name, room.beds});
    impl->changed(s, *row);
    return impl->view(s, caller, *row);
  });
}

Task<Result<Site>> Sites::lodge(const Caller& caller, SiteId id, Lodging lodging) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, lodging](Session& s) { return impl->lodge(s, caller, id, lodging); });
}

Task<Result<http::Page<IntakeLine>>> Sites::look_intake(const Caller& caller, SiteId id, IntakeCodes codes) {
  return impl_->db.transact([impl = impl_.get(), caller, id, codes = std::move(codes)](Session& s) {
    return impl->look_intake(s, caller, id, codes);
  });
}

Task<Result<IntakeTaken>> Sites::intake(const Caller& caller, SiteId id, Lodgings lodgings,
                                        std::optional<store::Once> once) {
  auto write = [impl = impl_.get(), caller, id, lodgings = std::move(lodgings)](Session& s) {
    return impl->intake(s, caller, id, lodgings);
  };
  return once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write));
}

Task<Result<Site>> Sites::leave(const Caller& caller, StayId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Site> {
    const auto stay = impl->staying(s, caller, id);
    if (!stay) return stay.error();
    storage::leave(s, id, impl->now(), caller.name);
    const auto order = storage::find(s, stay->order_id);
    if (order->state == State::kRunning) needs_follow(s, *impl, *order);
    const auto site = impl->opened(s, caller, stay->site);
    if (!site) return site.error();
    impl->changed(s, *site);
    return impl->view(s, caller, *site);
  });
}

Task<Result<Site>> Sites::begin_call(const Caller& caller, SiteId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) { return impl->begin_call(s, caller, id); });
}

Task<Result<RollTaken>> Sites::answer(const Caller& caller, RollCallId id, RollAnswers answers) {
  return impl_->db.transact([impl = impl_.get(), caller, id, answers = std::move(answers)](Session& s) {
    return impl->answer(s, caller, id, answers);
  });
}

Task<Result<Site>> Sites::close_call(const Caller& caller, RollCallId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) { return impl->close_call(s, caller, id); });
}

Task<Result<Keepers>> Sites::keepers(const Caller& caller, SiteId id) {
  return impl_->db.read([impl = impl_.get(), caller, id](Session& s) { return impl->keepers(s, caller, id); });
}

Task<Result<Keepers>> Sites::name_keeper(const Caller& caller, SiteId id, AccountId account) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, account](Session& s) { return impl->name_keeper(s, caller, id, account); });
}

Task<Result<Keepers>> Sites::end_keeper(const Caller& caller, SiteId id, AccountId account) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, account](Session& s) { return impl->end_keeper(s, caller, id, account); });
}

Task<Result<http::Reply>> Sites::take_out(const Caller& caller, SiteId id, LogFile file) {
  return impl_->db.transact([impl = impl_.get(), caller, id, file = std::move(file)](Session& s) {
    return impl->take_out(s, caller, id, file);
  });
}

store::Following Sites::follow() {
  return {"quarantine.rooms",
          {"case.confirmed"},
          [impl = impl_.get()](Session& s, const store::Event& event) {
            impl->mark_room(s, CaseId{event.subject}, event.at);
          },
          {}};
}

}  // namespace luytre::quarantine
