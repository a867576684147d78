// Who is on the way: what declarations say of it, and the queues made of that and of carriers' lists.

#include <algorithm>
#include <sstream>
#include <unordered_set>

#include "modules/arrivals/impl.h"
#include "platform/base/text.h"

namespace luytre::arrivals {
namespace {

using store::Session;

constexpr const char* kGate = "arrivals.gate";
constexpr const char* kGatePlace = "arrivals.gate_place";
constexpr const char* kVehicle = "arrivals.vehicle";
constexpr const char* kPaper = "arrivals.paper";
constexpr const char* kLabel = "arrivals.label";
constexpr std::int64_t kDaysAround = 3;  // from a vehicle's departure to its arrival, at most

const identity::Action kCount{"arrivals.count",
                              Purpose::kDeclarationReview,
                              {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

// What every place of entry is called, so that "Cửa khẩu quốc tế Lao Bảo" and "Lao Bảo" are the same.
const std::unordered_set<std::string_view> kGateWords{
    "cua", "khau",   "quoc", "te",   "cang",          "hang",    "khong", "san", "bay",    "ga",
    "nha", "border", "gate", "port", "international", "airport", "the",   "of",  "station"};

std::string gate_name(std::string_view words) {
  const std::string folded = fold(words);
  std::istringstream in(folded);
  std::string out;
  for (std::string word; in >> word;)
    if (!kGateWords.contains(word)) out += (out.empty() ? "" : " ") + word;
  return out.empty() ? folded : out;
}

std::string plate(std::string_view words) {
  std::string out = fold(words);
  std::erase(out, ' ');
  return out;
}

const forms::Value* first(const forms::Answers& answers, const forms::Item* item) {
  if (!item) return nullptr;
  const auto found = answers.find(item->link_id);
  return found == answers.end() || found->second.empty() ? nullptr : &found->second.front();
}

// Red, yellow, not declared or not known, green; whoever has been decided about, last.
int urgency(const Queued& one) {
  if (one.outcome) return 4;
  if (one.colour == forms::Colour::kRed) return 0;
  if (one.colour == forms::Colour::kYellow) return 1;
  return one.colour ? 3 : 2;
}

void in_order(std::vector<Queued>& queue) {
  std::stable_sort(queue.begin(), queue.end(),
                   [](const Queued& a, const Queued& b) { return urgency(a) < urgency(b); });
}

}  // namespace

store::Bytes Arrivals::Impl::gate_key(std::string_view words) const {
  return {vault.blind(kGate, gate_name(words))};
}

store::Bytes Arrivals::Impl::gate_key(PlaceId chosen) const {
  return {vault.blind(kGatePlace, to_text(chosen))};
}

std::optional<store::Bytes> Arrivals::Impl::gate_key(const forms::Questionnaire& form,
                                                     const forms::Answers& answers) const {
  if (const auto chosen = declarations::declared_gate(form, answers)) return gate_key(*chosen);
  const auto* said = first(answers, form.meaning(forms::Meaning::kGate));
  const auto* words = said ? std::get_if<std::string>(said) : nullptr;
  return words ? std::optional(gate_key(*words)) : std::nullopt;
}

store::Bytes Arrivals::Impl::vehicle_key(std::string_view words, Date day) const {
  return {vault.blind(kVehicle, plate(words) + ' ' + to_text(day))};
}

std::vector<store::Bytes> Arrivals::Impl::paper_keys(const std::vector<std::string>& numbers) const {
  std::vector<store::Bytes> out;
  for (const auto& number : numbers)
    for (const auto& key : linkage::paper_keys(number)) out.push_back({vault.blind(kPaper, key)});
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void Arrivals::Impl::expect(Session& session, declarations::DeclarationId id) const {
  const auto notice = declarations.notice(session, id);
  if (!notice || notice->form != kForm) return;
  for (const auto before : notice->corrects) storage::forget(session, before);
  if (notice->replaced) return;
  const auto* dated = declarations.catalogue().find(notice->form, notice->form_version);
  const auto given = declarations.response(session, id);
  if (!dated || !given) return;
  const auto response = forms::read_kept(dated->form, *given);
  if (!response) return;
  auto gate = gate_key(dated->form, response->answers);
  const auto* vehicle = first(response->answers, dated->form.meaning(forms::Meaning::kVehicle));
  const auto* day = first(response->answers, dated->form.meaning(forms::Meaning::kArrivalDate));
  if (!gate || !vehicle || !day || !std::holds_alternative<std::string>(*vehicle) ||
      !std::holds_alternative<Date>(*day))
    return;
  const auto& words = std::get<std::string>(*vehicle);
  storage::ExpectedRow row;
  row.declaration = id;
  row.person = notice->person;
  row.colour = notice->colour;
  row.day = std::get<Date>(*day);
  row.gate = std::move(*gate);
  row.vehicle = vehicle_key(words, row.day);
  row.label = {vault.seal(kLabel, to_text(id), words)};
  row.recorded = notice->recorded;
  storage::expect(session, row, paper_keys(people.papers_of(session, row.person)));
}

store::Following Arrivals::follow() {
  return {"arrivals.expected",
          {"declaration.submitted", "declaration.withdrawn"},
          [impl = impl_.get()](Session& s, const store::Event& event) {
            const declarations::DeclarationId id{event.subject};
            if (event.type == "declaration.submitted") impl->expect(s, id);
            if (event.type == "declaration.withdrawn") storage::forget(s, id);
          },
          {}};
}

Task<Result<std::vector<OnTheWay>>> Arrivals::on_the_way(const Caller& caller, PlaceId place) const {
  const auto areas = impl_->access.areas(caller, kCount);
  if (areas.empty()) return refused<std::vector<OnTheWay>>(kNotPermitted);
  return impl_->db.read([impl = impl_.get(), areas, place](Session& s) -> Result<std::vector<OnTheWay>> {
    const auto spot = impl->open(s, place);
    if (!spot) return spot.error();
    if (!impl->geography.covers(areas, (*spot)->unit)) return kNotPermitted;
    const Date today = local_date(impl->db.clock().now());
    std::vector<OnTheWay> out;
    for (const auto& row : storage::at_gate(s, impl->gate_keys(**spot), place, {today.days - 1},
                                            {today.days + kAheadDays}, kVehiclesMost)) {
      OnTheWay& one = out.emplace_back();
      one.vehicle = hex(row.vehicle.data);
      if (const auto first = storage::expected(s, row.first))
        one.label = impl->vault.unsealed(kLabel, to_text(row.first), first->label.data);
      one.day = row.day;
      one.declared = row.declared;
      one.red = row.red;
      one.decided = row.decided;
    }
    return out;
  });
}

Result<std::vector<passengers::Passenger>> Arrivals::Impl::listed(Session& session, const Caller& caller,
                                                                  PlaceId vehicle, Instant departure) const {
  const auto areas = access.areas(caller, kDesk);
  std::vector<passengers::Passenger> out;
  for (auto& seat : passengers.boarded(session, vehicle, departure))
    if (geography.covers(areas, seat.unit) || geography.covers(areas, seat.towards))
      out.push_back(std::move(seat.passenger));
  if (out.empty()) return kNotFound;
  return out;
}

Result<std::vector<Queued>> Arrivals::Impl::of_list(Session& session, const Caller& caller, const places::Spot& spot,
                                                    const Queue& asked) const {
  const auto list = listed(session, caller, *asked.vehicle, *asked.departure);
  if (!list) return list.error();
  const Date left = local_date(*asked.departure);
  // All keys of all seats in one question.
  std::vector<store::Bytes> keys;
  std::vector<std::size_t> ends;
  for (const auto& passenger : *list) {
    if (passenger.paper)
      for (auto& key : paper_keys({*passenger.paper})) keys.push_back(std::move(key));
    ends.push_back(keys.size());
  }
  const auto found = storage::with_papers(session, keys, {left.days - 1}, {left.days + kDaysAround});
  std::vector<PersonId> persons;
  for (const auto& rows : found)
    for (const auto& row : rows) persons.push_back(row.person);
  const auto briefs = people.briefs(session, persons);
  // Two people may have written the same number down: only who was born in that year.
  const auto declared_by = [&](std::size_t seat) -> const storage::ExpectedRow* {
    const storage::ExpectedRow* newest = nullptr;
    for (std::size_t key = seat == 0 ? 0 : ends[seat - 1]; key < ends[seat]; ++key) {
      for (const auto& row : found[key]) {
        const auto brief = briefs.find(row.person);
        if (brief == briefs.end() || brief->second.birth_year != (*list)[seat].birth_year) continue;
        if (!newest || newest->declaration < row.declaration) newest = &row;
      }
    }
    return newest;
  };
  std::vector<Queued> out;
  std::vector<identity::Subject> shown;
  for (std::size_t seat = 0; seat < list->size(); ++seat) {
    const auto& passenger = (*list)[seat];
    Queued& one = out.emplace_back();
    one.seat = passenger.seat;
    one.name = passenger.name;
    one.birth_year = passenger.birth_year;
    if (passenger.paper) one.declared = false;
    const auto* row = declared_by(seat);
    if (!row) continue;
    shown.push_back({row->person, spot.unit, asked.reason});
    one.declared = true;
    one.declaration = row->declaration;
    one.colour = row->colour;
    one.outcome = storage::outcomes(session, std::span(&row->person, 1), asked.place, *asked.departure).front();
  }
  if (auto allowed = access.require_each(session, caller, kDesk, shown); !allowed) return allowed.error();
  access.log_list(session, caller, kDesk, static_cast<std::int64_t>(out.size()),
                  "queue of trip " + to_text(*asked.vehicle) + ' ' + to_text(*asked.departure) + ": " + asked.reason);
  return out;
}

Result<std::vector<Queued>> Arrivals::Impl::of_declared(Session& session, const Caller& caller,
                                                        const places::Spot& spot, const Queue& asked) const {
  const Date today = local_date(db.clock().now());
  const auto vehicle = unhex(asked.on_the_way);
  if (!vehicle) return wrong_field("?onTheWay", "format");
  const auto rows = storage::on_vehicle(session, gate_keys(spot), {*vehicle}, {today.days - 1},
                                        {today.days + kAheadDays}, kExpectedMost);
  std::vector<PersonId> persons;
  for (const auto& row : rows) persons.push_back(row.person);
  const auto outcomes = storage::outcomes(session, persons, asked.place, local_midnight({today.days - 1}));
  const auto briefs = people.briefs(session, persons);
  std::vector<Queued> out;
  std::vector<identity::Subject> shown;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto brief = briefs.find(rows[i].person);
    if (brief == briefs.end()) continue;
    shown.push_back({rows[i].person, spot.unit, asked.reason});
    Queued& one = out.emplace_back();
    one.name = brief->second.name;
    one.birth_year = brief->second.birth_year;
    one.declared = true;
    one.declaration = rows[i].declaration;
    one.colour = rows[i].colour;
    one.outcome = outcomes[i];
  }
  if (auto allowed = access.require_each(session, caller, kDesk, shown); !allowed) return allowed.error();
  return out;
}

Task<Result<std::vector<Queued>>> Arrivals::queue(const Caller& caller, Queue asked) const {
  if (asked.reason.empty()) return refused<std::vector<Queued>>(identity::kReasonRequired);
  const bool listed = asked.vehicle && asked.departure;
  if (listed != asked.on_the_way.empty() || asked.vehicle.has_value() != asked.departure.has_value())
    return refused<std::vector<Queued>>(wrong_field("/vehicle", "required"));
  const auto areas = impl_->access.areas(caller, kDesk);
  if (areas.empty()) return refused<std::vector<Queued>>(kNotPermitted);
  return impl_->db.transact(
      [impl = impl_.get(), caller, areas, listed, asked = std::move(asked)](Session& s) -> Result<std::vector<Queued>> {
        const auto spot = impl->open(s, asked.place);
        if (!spot) return spot.error();
        if (!impl->geography.covers(areas, (*spot)->unit)) return kNotPermitted;
        auto out = listed ? impl->of_list(s, caller, **spot, asked) : impl->of_declared(s, caller, **spot, asked);
        if (out) in_order(*out);
        return out;
      });
}

}  // namespace luytre::arrivals
