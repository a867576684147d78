// What officers, the person and whoever holds a paper see.

#include <algorithm>

#include "engines/linkage/order_code.h"
#include "engines/linkage/person_code.h"
#include "modules/cards/reply.h"
#include "modules/people/adults.h"
#include "modules/people/merged.h"
#include "modules/quarantine/impl.h"

namespace luytre::quarantine {
namespace {

// What stands of an order by its signatures; of a draft what was proposed.
struct Stands {
  OrderPlace place;
  std::optional<std::string> decided;
  std::optional<StepKind> moved;  // the end
  std::optional<Date> moved_on;
  std::string signed_by, authority;
  std::optional<Instant> signed_at;
};

bool ends_it(StepKind kind) {
  return kind == StepKind::kRelease || kind == StepKind::kReplace;
}

Stands stands(const Orders::Impl& impl, const std::vector<storage::StepRow>& steps, bool before_end = false) {
  Stands out;
  for (const storage::StepRow& step : steps) {
    if (before_end && ends_it(step.kind)) continue;
    if (step.kind != StepKind::kOrder && step.state != StepState::kSigned) continue;
    Detail detail = impl.detail_of(step);
    if (detail.place) out.place = std::move(*detail.place);
    if (detail.source) out.decided = detail.source;
    if (step.state != StepState::kSigned) continue;
    if (step.kind == StepKind::kExtend || step.kind == StepKind::kShorten) {
      out.moved = step.kind;
      out.moved_on = local_date(*step.decided_at);
      out.decided = detail.source;
    }
    out.signed_by = step.decided_name.value_or("");
    out.authority = detail.authority.value_or("");
    out.signed_at = step.decided_at;
  }
  return out;
}

Ends ends_of(const Orders::Impl& impl, const storage::OrderRow& row, const Stands& now_stands) {
  Ends out;
  out.law = row.law;
  if (const auto* basis = impl.law.basis(row.law)) {
    out.law_text = basis->text;
    out.days_most = basis->days_most;
  }
  out.rule = row.rule;
  out.days = row.days;
  out.last_exposure = row.last_exposure;
  out.cut = row.cut;
  out.decided = now_stands.decided;
  out.moved = now_stands.moved;
  out.moved_on = now_stands.moved_on;
  return out;
}

std::string written(const OrderPlace& place) {
  std::string out = place.kind == PlaceKind::kHome   ? "tại nhà"
                    : place.kind == PlaceKind::kSite ? "khu tập trung"
                                                     : "khách sạn";
  for (const auto& part : {place.name, place.address})
    if (part) out += ", " + *part;
  if (place.payer)
    out += *place.payer == Payer::kPerson     ? ", người thực hiện trả chi phí"
           : *place.payer == Payer::kEmployer ? ", nơi làm việc trả chi phí"
                                              : ", Nhà nước trả chi phí";
  if (place.daily_price) out += ", " + vietnamese_number(*place.daily_price) + " đồng một ngày";
  return out;
}

// The windows set for the order, else the rule set's of that day; nothing: none are due.
std::optional<std::string> hours_of(const Orders::Impl& impl, const storage::OrderRow& row,
                                    const std::optional<std::string>& set, Date day) {
  std::vector<forms::Window> windows;
  if (set && !set->empty())
    windows = windows_of(*set);
  else if (const auto* dated = impl.check_form(row, day))
    windows = dated->rules(day, row.disease).rhythm->windows;
  std::string out;
  for (const CheckWindow& one : shown(windows)) {
    if (!out.empty()) out += ", ";
    out += one.from;
    out += '-';
    out += one.until;
  }
  if (out.empty()) return std::nullopt;
  return out;
}

// What the decision signed last changed of the one before; nothing: it is the first.
std::optional<Changed> changed(const Orders::Impl& impl, const storage::OrderRow& row,
                               const std::vector<storage::StepRow>& steps) {
  std::optional<Changed> out;
  std::string authority;
  Date signed_on;
  std::optional<Date> last_day;
  std::optional<OrderPlace> place;
  std::optional<std::string> windows;
  for (const storage::StepRow& step : steps) {
    if (step.state != StepState::kSigned || ends_it(step.kind)) continue;
    const Detail detail = impl.detail_of(step);
    if (step.kind != StepKind::kOrder) {
      out.emplace();
      out->change = json::enum_text(step.kind);
      out->authority = authority;
      out->signed_on = signed_on;
      if (step.kind == StepKind::kExtend || step.kind == StepKind::kShorten) out->last_day = last_day;
      if (step.kind == StepKind::kMove && place) out->place = written(*place);
      if (step.kind == StepKind::kWindows) {
        const Date day = local_date(*step.decided_at);
        out->windows = hours_of(impl, row, detail.windows, day);
        out->windows_before = hours_of(impl, row, windows, day);
      }
    }
    authority = detail.authority.value_or("");
    signed_on = local_date(*step.decided_at);
    if (step.last_day) last_day = step.last_day;
    if (detail.place) place = detail.place;
    if (detail.windows) windows = detail.windows;
  }
  return out;
}

// In which unit the order was when the last decision before its end was signed: the end may be of after a reform.
UnitId unit_before_end(const Orders::Impl& impl, const storage::OrderRow& row,
                       const std::vector<storage::StepRow>& steps) {
  for (const storage::StepRow& step : steps)
    if (ends_it(step.kind) && step.state == StepState::kSigned) return impl.detail_of(step).unit.value_or(row.unit);
  return row.unit;
}

}  // namespace

Result<storage::OrderRow> Orders::Impl::seen(store::Session& session, const Caller& caller,
                                             const identity::Action& action, OrderId id) const {
  auto row = storage::find(session, id);
  // Also of one that lies elsewhere: nobody learns what there is.
  if (!row || !geography.covers(access.areas(caller, kWork), row->unit)) return kNotFound;
  const auto allowed = access.require(
      session, caller, action, {row->person, row->unit, identity::note(identity::LogNote::kOrder, number(*row))});
  if (!allowed) return allowed.error();
  return std::move(*row);
}

Result<std::vector<OfPerson>> Orders::of_person(store::Session& session, const Caller& caller, PersonId person,
                                                const std::string& reason) const {
  const auto areas = impl_->access.areas(caller, kWork);
  std::vector<OfPerson> out;
  for (const PersonId record : people::known_as(session, person)) {
    for (const auto& row : storage::of_person(session, record)) {
      if (!impl_->geography.covers(areas, row.unit)) continue;
      const auto allowed = impl_->access.require(session, caller, kWork, {row.person, row.unit, reason});
      if (!allowed) return allowed.error();
      out.push_back({row.id, impl_->number(row), row.disease, row.kind, row.state, row.first_day, row.last_day});
    }
  }
  return out;
}

Order Orders::Impl::view(store::Session& session, const Caller& caller, const storage::OrderRow& row,
                         bool whole) const {
  Order out;
  out.id = row.id;
  out.number = number(row);
  out.person = people.brief(session, row.person).value_or(people::PersonBrief{});
  out.person.id = row.person;
  out.kind = row.kind;
  out.state = row.state;
  out.disease = row.disease;
  out.unit = row.unit;
  if (const auto* unit = geography.find(row.unit)) out.unit_name = unit->full_name;
  if (const auto now_in = successor(row.unit)) out.unit_today = geography.path_text(*now_in);
  out.case_.id = row.case_id;
  if (const auto traced = cases::Cases::traced(session, row.case_id)) out.case_.number = traced->number;
  out.class_ = row.assigned;
  out.first_day = row.first_day;
  out.last_day = row.last_day;
  out.place_kind = row.place_kind;
  out.waiting = row.waiting;
  out.waiting_since = row.waiting_since;
  out.overdue = row.state == State::kRunning && row.last_day < today();
  out.signed_at = row.signed_at;
  out.ended = row.ended;
  out.version = row.version;
  if (!whole && !row.waiting) return out;
  const auto steps = storage::steps(session, row.id);
  if (row.waiting) {
    const storage::StepRow waiting = storage::waiting_of(steps);
    out.mine = waiting.proposed_by == caller.account;
    if (waiting.last_day != row.last_day) out.waiting_last_day = waiting.last_day;
  }
  out.may_sign = row.waiting && !out.mine && geography.covers(access.areas(caller, kSign), row.unit);
  if (!whole) return out;
  const Stands now_stands = stands(*this, steps);
  out.place = now_stands.place;
  out.ends = ends_of(*this, row, now_stands);
  out.basis_gone = row.state == State::kRunning && basis_gone(session, row);
  out.checks = checks_of(session, row);
  out.steps.emplace();
  std::optional<UnitId> then;  // before a reform, unless the person was moved since
  for (const storage::StepRow& step : steps) {
    Detail detail = detail_of(step);
    if (step.kind == StepKind::kMove && step.state == StepState::kSigned) then.reset();
    if (!then) then = detail.unit;
    std::optional<std::vector<CheckWindow>> windows;
    if (detail.windows) windows = shown(windows_of(*detail.windows));
    out.steps->push_back({step.kind, step.state, step.proposed_name, step.proposed_at, std::move(detail.reason),
                          step.last_day, std::move(detail.place), std::move(windows), step.decided_name,
                          step.decided_at, std::move(detail.authority), std::move(detail.refusal)});
  }
  if (const auto* unit = then ? geography.find(*then) : nullptr) {
    out.unit_name = unit->full_name;
    out.unit_today = geography.path_text(successor(row.unit).value_or(row.unit));
  }
  return out;
}

std::vector<OrderPlace> Orders::Impl::places_now(store::Session& session, std::span<const OrderId> orders) const {
  std::vector<OrderPlace> out;
  for (const auto& steps : storage::steps(session, orders)) out.push_back(stands(*this, steps).place);
  return out;
}

MyOrder Orders::Impl::mine(store::Session& session, const storage::OrderRow& row, std::string name,
                           bool before_end) const {
  const Stands now_stands = stands(*this, storage::steps(session, row.id), before_end);
  MyOrder out;
  out.id = row.id;
  out.number = number(row);
  out.person = row.person;
  out.person_name = std::move(name);
  out.kind = row.kind;
  out.state = row.state;
  out.disease = {row.disease, row.disease};
  if (const auto* disease = cases.diseases().find(row.disease)) out.disease = disease->name;
  out.first_day = row.first_day;
  out.last_day = row.last_day;
  out.place = now_stands.place;
  out.ends = ends_of(*this, row, now_stands);
  out.signed_at = now_stands.signed_at.value_or(row.created);
  const ComplaintRule& complaint = law.complaint_on(local_date(out.signed_at));
  out.complaint = {complaint.text, {local_date(out.signed_at).days + complaint.days}, complaint.source};
  out.signed_by = now_stands.signed_by;
  out.authority = now_stands.authority;
  out.ended = row.ended;
  out.unread = !row.read_at;
  out.checks = my_checks(session, row);
  out.needs = my_needs(session, row);
  return out;
}

Result<storage::OrderRow> Orders::Impl::own(store::Session& session, const Caller& caller, OrderId id) const {
  if (caller.account.value == 0) return kUnauthenticated;
  if (!caller.full) return kSecondProofRequired;
  auto row = storage::find(session, id);
  if (!row || row->revision == 0) return kNotFound;  // a draft is nobody's
  const people::People::Wanted wanted{caller.account, row->person};
  const auto member = people::People::members(session, std::span(&wanted, 1)).front();
  const auto brief = people.brief(session, row->person);
  if (!member || !brief || !people::sees_affairs(member->relation, brief->birth_year, today())) return kNotFound;
  return std::move(*row);
}

Result<http::Reply> Orders::Impl::print(store::Session& session, const storage::OrderRow& row, bool certificate,
                                        const pdf::Fonts& fonts) const {
  if (row.revision == 0 || (certificate && row.state != State::kReleased)) return kOrderNotRunning;
  const auto brief = people.brief(session, row.person);
  // Who signed the end stands on the certificate, not on the order.
  const MyOrder order = mine(session, row, brief ? brief->name : "", !certificate);
  Paper paper;
  paper.certificate = certificate;
  paper.kind = row.kind;
  const linkage::OrderToken token{static_cast<std::uint64_t>(row.serial), static_cast<std::uint8_t>(row.revision)};
  paper.code = linkage::order_url(people.codes().keys(), settings.public_url, token);
  paper.number = order.number;
  paper.authority = order.authority;
  paper.signed_by = order.signed_by;
  paper.signed_at = order.signed_at;
  paper.person = order.person_name;
  paper.born = brief && brief->birth_year > 0 ? std::to_string(brief->birth_year) : "không rõ";
  if (brief) {
    paper.home = brief->unit_path;
    if (const auto now_in = successor(brief->unit)) paper.home += " (nay là " + geography.path_text(*now_in) + ')';
  }
  paper.disease = order.disease.vi;
  paper.place = written(order.place);
  paper.first_day = row.first_day;
  paper.last_day = row.last_day;
  if (row.ended) paper.ended = local_date(*row.ended);
  paper.law = order.ends.law_text.vi;
  if (order.ends.moved) {
    paper.why = std::string(order.ends.moved == StepKind::kExtend ? "gia hạn" : "rút ngắn") +
                " theo quyết định ký ngày " + vietnamese_day(*order.ends.moved_on);
    if (order.ends.decided) paper.why += ", căn cứ " + *order.ends.decided;
  } else if (order.ends.rule && row.days && row.last_exposure) {
    paper.why = std::to_string(*row.days) + " ngày kể từ lần tiếp xúc cuối " + vietnamese_day(*row.last_exposure) +
                ", theo " + *order.ends.rule;
    if (row.cut) paper.why += "; một quyết định không quá " + std::to_string(order.ends.days_most) + " ngày";
  } else {
    paper.why = "theo " + order.ends.decided.value_or("");
  }
  paper.complaint = order.complaint.text.vi;
  paper.complain_until = order.complaint.until;
  paper.verify_at = settings.public_url + "/verify";
  UnitId unit = row.unit;
  if (!certificate) {
    const auto steps = storage::steps(session, row.id);
    paper.changed = changed(*this, row, steps);
    unit = unit_before_end(*this, row, steps);
  }
  const Date signed_on = local_date(paper.signed_at);
  const PaperWords& words = law.papers().on(signed_on, [&](const std::string& province) {
    const auto* in = geography.find(geography::Level::kProvince, province, signed_on);
    return in && geography.covers(in->id, unit);
  });
  return cards::pdf_reply(paper_pdf(paper, words, fonts), "luytre-" + order.number + ".pdf");
}

Result<Verified> Orders::Impl::verify(store::Session& session, const std::string& code) const {
  const auto read = linkage::read_order(people.codes().keys(), code);
  const auto* token = std::get_if<linkage::OrderToken>(&read);
  if (!token)
    return std::get<linkage::CodeFault>(read) == linkage::CodeFault::kExpired ? kOrderCodeUnknown : kOrderCodeForged;
  const auto row = storage::by_serial(session, static_cast<std::int64_t>(token->serial));
  if (!row || row->revision == 0) return kOrderCodeUnknown;
  Verified out;
  out.number = number(*row);
  if (row->state == State::kReleased) {
    out.standing = Standing::kReleased;
  } else if (row->state != State::kRunning || static_cast<std::uint8_t>(row->revision) != token->revision) {
    out.standing = Standing::kReplaced;
  } else {
    out.first_day = row->first_day;
    out.last_day = row->last_day;
  }
  return out;
}

Detail Orders::Impl::detail_of(const storage::StepRow& step) const {
  auto out = json::parse<Detail>(vault.unsealed(kDetailSeal, std::to_string(step.id.value), step.detail.data));
  if (!out) throw std::runtime_error("a step of an order cannot be read");
  return std::move(*out);
}

store::Bytes Orders::Impl::sealed(StepId id, const Detail& detail) const {
  return store::Bytes{vault.seal(kDetailSeal, std::to_string(id.value), json::text(detail))};
}

std::string Orders::Impl::number(const storage::OrderRow& row) const {
  return linkage::shown_order_serial(static_cast<std::uint64_t>(row.serial));
}

void Orders::Impl::publish(store::Session& session, const storage::OrderRow& row, const char* type) const {
  session.publish({type, row.id.value, now(), row.version, row.unit.value});
}

}  // namespace luytre::quarantine
