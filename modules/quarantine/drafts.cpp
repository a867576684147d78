// Drafts: on what an order rests, where, and until when.

#include "engines/linkage/order_code.h"
#include "engines/linkage/short_code.h"
#include "modules/followup/immune.h"
#include "modules/people/merged.h"
#include "modules/quarantine/impl.h"
#include "modules/quarantine/site_storage.h"

namespace luytre::quarantine {
namespace {

constexpr std::size_t kSerialBytes = 5;

// By what the order comes about, and for whom.
struct Ground {
  CaseId kase;
  PersonId person;
  UnitId unit;
  std::string disease;
  std::optional<tracing::Tracing::Contact> contact;
};

}  // namespace

Task<Result<Order>> Orders::Impl::draft(Caller caller, NewOrder order, std::optional<store::Once> once) {
  auto write = [this, caller, order = std::move(order)](store::Session& s) { return draft(s, caller, order); };
  auto drafting = once ? db.once(std::move(*once), std::move(write)) : db.transact(std::move(write));
  const Result<Drafted> made = co_await std::move(drafting);
  if (!made) co_return made.error();
  // Read anew: names are not kept for a repeated call.
  auto reading = db.transact([this, caller, id = made->order](store::Session& s) -> Result<Order> {
    const auto row = seen(s, caller, kWork, id);
    if (!row) return row.error();
    return view(s, caller, *row, true);
  });
  co_return co_await std::move(reading);
}

Result<Drafted> Orders::Impl::draft(store::Session& session, const Caller& caller, const NewOrder& order) const {
  const bool contact = of_contact(order.kind);
  if (contact ? !order.candidate : !order.case_) return wrong_field(contact ? "/candidate" : "/case", "required");
  if (contact ? order.case_.has_value() : order.candidate.has_value())
    return wrong_field(contact ? "/case" : "/candidate", "unknown");
  if (order.reason.empty()) return wrong_field("/reason", "required");

  Ground ground;
  if (order.candidate) ground.contact = tracing.contact(session, *order.candidate);
  if (order.candidate && !ground.contact) return kNotFound;
  ground.kase = ground.contact ? ground.contact->case_ : *order.case_;
  const auto traced = cases::Cases::traced(session, ground.kase);
  if (!traced) return kNotFound;
  ground.disease = traced->disease;
  ground.person = ground.contact ? ground.contact->person : traced->person;
  ground.unit = ground.contact ? ground.contact->unit : traced->unit;
  ground.unit = geography.responsible_commune(ground.unit, today()).value_or(ground.unit);
  if (!geography.covers(access.areas(caller, kWork), ground.unit)) return kNotFound;
  const auto allowed =
      access.require(session, caller, kWork,
                     {ground.person, ground.unit, identity::note(identity::LogNote::kNewOrder, traced->number)});
  if (!allowed) return allowed.error();

  storage::OrderRow row;
  const auto records = people::known_as(session, ground.person);
  row.person = people::the_one(session, records).value_or(ground.person);  // whose account reads it
  row.disease = ground.disease;
  row.kind = order.kind;
  row.unit = ground.unit;
  row.case_id = ground.kase;
  row.candidate = order.candidate;
  if (ground.contact) row.assigned = ground.contact->class_;
  if (const auto gone = basis_gone(session, row)) return *gone;
  if (const auto other = in_the_way(session, row.person, row.disease, row.kind, {}))
    return Error(kOrderExists, {{"order", to_text(other->id)}, {"number", number(*other)}});

  row.first_day = order.first_day.value_or(today());
  if (row.first_day < today() || row.first_day.days > today().days + kAheadMost)
    return wrong_field("/firstDay", "range");
  auto place = place_of(session, row.person, order.place, "/place");
  if (!place) return place.error();
  row.place_kind = place->kind;
  row.site = place->site;
  const auto commune = commune_of(*place, row.unit);
  if (!commune || !geography.covers(access.areas(caller, kWork), *commune))
    return wrong_field("/place/unit", "unknown");
  row.unit = *commune;

  const Basis& basis = law.basis_on(row.first_day);
  row.law = basis.id;
  Detail detail;
  std::variant<Planned, NoPlan> planned = NoPlan::kNoRule;
  const auto* disease = cases.diseases().find(row.disease);
  if (ground.contact && ground.contact->last_exposure && disease) {
    Kept kept;
    kept.kind = row.kind;
    kept.contact_class = std::string(json::enum_text(*row.assigned));
    const bool immune = followup::is_immune(session, *ground.contact, today());
    kept.whom = immune ? presence::Whom::kImmune : presence::Whom::kOthers;
    kept.on = local_date(ground.contact->assigned_at.value_or(now()));
    kept.last_exposure = local_date(*ground.contact->last_exposure - std::chrono::seconds(1));  // half-open
    kept.place = row.place_kind;
    kept.first_day = row.first_day;
    row.last_exposure = kept.last_exposure;
    planned = plan(*disease, kept, basis);
  }
  if (const auto* by_rule = std::get_if<Planned>(&planned)) {
    if (order.decided) return wrong_field("/decided", "unknown");
    row.last_day = by_rule->last_day;
    row.rule = by_rule->rule;
    row.days = by_rule->days;
    row.cut = by_rule->cut;
  } else if (std::get<NoPlan>(planned) == NoPlan::kNotKept) {
    return kNotKept;
  } else if (std::get<NoPlan>(planned) == NoPlan::kOver) {
    return kOrderOver;
  } else {
    if (!order.decided) return wrong_field("/decided", "required");
    if (order.decided->source.empty()) return wrong_field("/decided/source", "required");
    row.last_day = order.decided->last_day;
    if (row.last_day < row.first_day || row.last_day.days > row.first_day.days + basis.days_most - 1)
      return wrong_field("/decided/lastDay", "range");
    detail.source = order.decided->source;
  }

  if (order.windows) {
    const auto windows = read_windows(*order.windows);
    if (!windows || windows->empty() || row.kind == Kind::kObservation || row.place_kind != PlaceKind::kHome)
      return wrong_field("/windows", windows ? "unknown" : "format");
    row.windows = detail.windows = written(*windows);
  }

  row.id = db.ids().make<OrderId>();
  do {
    std::uint64_t serial = 0;
    for (const char byte : random.bytes(kSerialBytes)) serial = serial << 8 | static_cast<unsigned char>(byte);
    row.serial = static_cast<std::int64_t>(serial % linkage::kShortCodes);
  } while (storage::by_serial(session, row.serial));
  row.created = now();
  row.waiting = StepKind::kOrder;
  row.waiting_since = row.created;
  storage::insert(session, row);
  detail.reason = order.reason;
  detail.place = std::move(*place);
  auto step = step_of(caller, row.id, StepKind::kOrder, std::move(detail));
  step.last_day = row.last_day;
  storage::insert(session, step);
  publish(session, row, "quarantine.proposed");
  return Drafted{row.id};
}

Result<OrderPlace> Orders::Impl::place_of(store::Session& session, PersonId person, const OrderPlace& asked,
                                          const std::string& at) const {
  OrderPlace out = asked;
  if (out.name && out.name->empty()) out.name.reset();
  if (out.address && out.address->empty()) out.address.reset();
  if (out.kind != PlaceKind::kHotel && out.payer) return wrong_field(at + "/payer", "unknown");
  if (out.kind != PlaceKind::kHotel && out.daily_price) return wrong_field(at + "/dailyPrice", "unknown");
  if (out.daily_price && (*out.daily_price < 0 || *out.daily_price > kPriceMost))
    return wrong_field(at + "/dailyPrice", "range");
  if (out.site) {
    const auto site = storage::site(session, *out.site);
    if (!site || site->kind != out.kind) return wrong_field(at + "/site", "unknown");
    if (out.name) return wrong_field(at + "/name", "unknown");
    if (out.address) return wrong_field(at + "/address", "unknown");
    out.name = site->name;
    out.address = site->address;
  }
  if (out.kind != PlaceKind::kHome) {
    if (!out.name) return wrong_field(at + "/name", "required");
    if (!out.address) return wrong_field(at + "/address", "required");
    return out;
  }
  if (out.name) return wrong_field(at + "/name", "unknown");
  if (!out.address) {
    const auto contact = people.contact_of(session, person);
    if (!contact || !contact->address || contact->address->empty()) return wrong_field(at + "/address", "required");
    out.address = Text<200>(*contact->address);
  }
  return out;
}

}  // namespace luytre::quarantine
