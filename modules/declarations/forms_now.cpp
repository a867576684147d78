// Which forms are switched on for somebody, and what of them is due today.

#include <algorithm>
#include <array>

#include "engines/forms/options.h"
#include "modules/declarations/impl.h"

namespace luytre::declarations {
namespace {

// A declaration made within a window counts for it; one that arrived after its end, only as late, because nobody but
// the device says when it was made.
DueState state_of(const forms::Due& due, const std::vector<storage::Sent>& sent, Instant now) {
  bool late = false;
  for (const storage::Sent& one : sent) {
    if (one.at < due.from || one.at >= due.until) continue;
    if (one.recorded < due.until + kClockSkew) return DueState::kDone;
    late = true;
  }
  if (late) return DueState::kLate;
  if (now < due.from) return DueState::kLater;
  if (now < due.until) return DueState::kOpen;
  return sent.empty() || due.until <= sent.front().at ? DueState::kPast : DueState::kMissed;
}

// The windows are those of the order, which began whether or not anything was sent.
void add_ordered(store::Session& session, PersonId person, const std::vector<forms::Due>& windows, Instant now,
                 FormNow& out) {
  out.begun = true;
  const auto sent = storage::sent(session, person, out.id, now - std::chrono::hours(48));
  for (const forms::Due& due : windows) {
    const DueState state = state_of(due, sent, now);
    out.windows.push_back({due.from, due.until, state == DueState::kPast ? DueState::kMissed : state});
  }
}

void add_rhythm(store::Session& session, PersonId person, const forms::Rhythm& rhythm, Instant now, FormNow& out) {
  const auto sent = storage::sent(session, person, out.id, now - std::chrono::hours(24 * rhythm.days));
  out.begun = !sent.empty();
  for (const forms::Due& due : forms::due_on(rhythm, local_date(now)))
    out.windows.push_back({due.from, due.until, state_of(due, sent, now)});
}

}  // namespace

std::optional<Where> Declarations::Impl::where_on(const DatedForm& dated, std::optional<UnitId> home,
                                                  const Standing& here, Instant now) const {
  const forms::Questionnaire& form = dated.form;
  const auto on = [&](std::optional<UnitId> unit, std::optional<PlaceId> place) {
    return unit && decisions.form_in_force(form.id, form.own_decision, *unit, now, asked_of(form, place));
  };
  if (on(here.unit, here.place)) return Where::kPlace;
  if (on(home, {})) return Where::kHome;
  if (form.has_destination() && on(here.towards, {})) return Where::kElsewhere;
  return std::nullopt;
}

bool Declarations::Impl::on_for_journeys(const DatedForm& dated, Instant now) const {
  command::Asked asked = asked_of(dated.form);
  asked.any_place = dated.form.meaning(forms::Meaning::kGate) != nullptr;  // which gate, only the traveller knows
  return dated.form.has_destination() &&
         decisions.form_in_force_somewhere(dated.form.id, dated.form.own_decision, now, asked);
}

Task<Result<json::Value>> Declarations::document(const DatedForm* dated) const {
  if (!dated) return refused<json::Value>(kNotFound);
  return impl_->db.read([impl = impl_.get(), dated](store::Session& s) -> Result<json::Value> {
    json::Value out = dated->document;
    const auto listed = [&](std::string_view value_set) -> std::optional<std::vector<forms::Concept>> {
      if (value_set == kCountrySet) return std::nullopt;
      return impl->lists.all ? impl->lists.all(s, value_set) : std::vector<forms::Concept>{};
    };
    forms::put_options(out, listed);
    return out;
  });
}

std::vector<const DatedForm*> Declarations::asked_in(UnitId unit) const {
  const Instant now = impl_->db.clock().now();
  auto out = impl_->catalogue.in_force(local_date(now));
  std::erase_if(out, [&](const DatedForm* dated) {
    return !impl_->where_on(*dated, unit, {}, now) && !impl_->on_for_journeys(*dated, now);
  });
  return out;
}

std::optional<std::string> Declarations::asked_at(UnitId unit, PlaceId place, bool entering) const {
  const Instant now = impl_->db.clock().now();
  std::array order{kEntryForm, "domestic-movement", "general", "entry"};
  if (entering) std::rotate(order.begin(), order.end() - 1, order.end());
  for (const char* id : order) {
    const DatedForm* dated = impl_->catalogue.in_force(id, local_date(now));
    if (!dated) continue;
    const auto asked = asked_of(dated->form, place);
    if (impl_->decisions.form_in_force(id, dated->form.own_decision, unit, now, asked)) return id;
  }
  return std::nullopt;
}

Task<Result<FormsNow>> Declarations::forms_now(const Caller& caller, std::optional<PersonId> person,
                                               std::optional<PlaceId> place, std::optional<UnitId> towards) const {
  if (towards && !impl_->geography.find(*towards)) return refused<FormsNow>(wrong_field("?unit", "unknown"));
  NewDeclaration asked;
  asked.place = place;
  const auto at_place = impl_->there(asked);
  if (!at_place) return refused<FormsNow>(wrong_field("?place", "unknown"));
  return impl_->db.read([impl = impl_.get(), caller, person,
                         here = Impl::Standing{*at_place, place, towards}](store::Session& s) -> Result<FormsNow> {
    const auto member = impl->own_or_member(s, caller, person);
    if (!member) return member.error();
    const PersonId about = member->person;
    const auto home = impl->people.unit_of(s, about);
    FormsNow out;
    out.now = impl->db.clock().now();
    const Date today = local_date(out.now);
    for (const DatedForm* dated : impl->catalogue.in_force(today)) {
      auto where = impl->where_on(*dated, home, here, out.now);
      const auto ordered = impl->ordered_of(s, about, dated->form.id, out.now);
      if (!where && ordered) where = Where::kHome;
      out.elsewhere = out.elsewhere || (!where && impl->on_for_journeys(*dated, out.now));
      if (!where) continue;
      const forms::Questionnaire& form = dated->form;
      FormNow& one = out.items.emplace_back(
          FormNow{form.id, form.version, form.title, form.purpose, *where, std::nullopt, false, {}, 0});
      one.last_at = storage::last_at(s, about, form.id);
      one.repeatable_days = dated->rules(today).repeatable_days;
      if (ordered)
        add_ordered(s, about, ordered->windows, out.now, one);
      else if (const auto& rhythm = dated->rules(today).rhythm)
        add_rhythm(s, about, *rhythm, out.now, one);
    }
    return out;
  });
}

}  // namespace luytre::declarations
