// Windows of orders at home: which are due, what came, what was missed, and who is told.

#include "modules/quarantine/checks.h"

#include <algorithm>

#include "modules/people/merged.h"
#include "modules/quarantine/check_storage.h"
#include "modules/quarantine/impl.h"
#include "modules/quarantine/need_storage.h"

namespace luytre::quarantine {
namespace {

constexpr std::chrono::minutes kDay{24 * 60};
// Days: how far back windows are noted, and how far a station is told of them. A server that stood still leaves no heap
// of calls.
constexpr std::int64_t kLookBack = 7, kTellBack = 1;

std::optional<std::chrono::minutes> time_of_day(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int minutes = digit(3) * 10 + digit(4);
  const std::chrono::minutes out{(digit(0) * 10 + digit(1)) * 60 + minutes};
  if (minutes > 59 || out > kDay) return std::nullopt;
  return out;
}

std::string clock_of(std::chrono::minutes at) {
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(at.count() / 60) + ':' + two(at.count() % 60);
}

}  // namespace

std::optional<std::vector<forms::Window>> read_windows(const std::vector<CheckWindow>& windows) {
  if (windows.size() > kWindowsMost) return std::nullopt;
  std::vector<forms::Window> out;
  for (const CheckWindow& one : windows) {
    const auto from = time_of_day(one.from), until = time_of_day(one.until);
    if (!from || !until || *until < *from + kWindowLeast) return std::nullopt;
    if (!out.empty() && *from < out.back().until) return std::nullopt;
    out.push_back({*from, *until});
  }
  return out;
}

std::string written(const std::vector<forms::Window>& windows) {
  std::string out;
  for (const forms::Window& one : windows)
    out += (out.empty() ? "" : " ") + clock_of(one.from) + '-' + clock_of(one.until);
  return out;
}

std::vector<forms::Window> windows_of(std::string_view written) {
  std::vector<forms::Window> out;
  constexpr std::size_t kOne = 11;  // "08:00-12:00"
  for (; written.size() >= kOne; written.remove_prefix(std::min(kOne + 1, written.size()))) {
    const auto from = time_of_day(written.substr(0, 5)), until = time_of_day(written.substr(6, 5));
    if (from && until) out.push_back({*from, *until});
  }
  return out;
}

std::vector<CheckWindow> shown(const std::vector<forms::Window>& windows) {
  std::vector<CheckWindow> out;
  for (const forms::Window& one : windows) out.push_back({clock_of(one.from), clock_of(one.until)});
  return out;
}

const declarations::DatedForm* Orders::Impl::check_form(const storage::OrderRow& row, Date day) const {
  const auto* disease = cases.diseases().find(row.disease);
  if (!disease) return nullptr;
  for (const std::string& id : disease->forms) {
    const auto* dated = declarations.catalogue().in_force(id, day);
    if (dated && dated->form.purpose == kCheckPurpose && dated->rules(day, row.disease).rhythm) return dated;
  }
  return nullptr;
}

std::vector<forms::Due> Orders::Impl::windows_on(const storage::OrderRow& row, Date day) const {
  std::vector<forms::Due> out;
  if (!row.checks_from || day < row.first_day || row.last_day < day) return out;
  const auto* dated = check_form(row, day);
  if (!dated) return out;
  forms::Rhythm rhythm = *dated->rules(day, row.disease).rhythm;
  if (row.windows) rhythm.windows = windows_of(*row.windows);
  for (const forms::Due& due : forms::due_on(rhythm, day))
    if (*row.checks_from < due.until) out.push_back(due);
  return out;
}

void Orders::Impl::begin_checks(store::Session& session, storage::OrderRow& row) const {
  const bool at_home = row.kind != Kind::kObservation && row.place_kind == PlaceKind::kHome;
  if (row.state != State::kRunning || !at_home) {
    row.next_check.reset();
    if (!at_home) row.checks_from.reset();
    for (const storage::AlertRow& one : storage::alerts(session, row.id))
      if (row.state != State::kRunning || of_home(one.kind)) withdraw(session, row, one);
    storage::remove_point(session, row.id);
    if (row.state == State::kRunning)
      needs_follow(session, *this, row);
    else if (row.ended)
      storage::settle_all(session, row.id, *row.ended);
    return;
  }
  for (const storage::AlertRow& one : storage::alerts(session, row.id))
    if (one.kind != AlertKind::kNeed) hand_over(session, *this, one, row.unit);
  needs_follow(session, *this, row);
  if (!row.checks_from) row.checks_from = std::max(now(), local_midnight(row.first_day));
  row.next_check = now();
}

void Orders::Impl::withdraw(store::Session& session, const storage::OrderRow& row,
                            const storage::AlertRow& alert) const {
  if (alert.withdrawn) return;
  storage::withdraw(session, alert.id, now());
  session.publish({"quarantine.alert", alert.id.value, now(), 2, row.unit.value});
}

void hand_over(store::Session& session, const Parts& parts, const storage::AlertRow& alert, UnitId to) {
  const Instant now = parts.db.clock().now();
  if (alert.withdrawn || alert.unit == to) return;
  if (parts.geography.responsible_commune(alert.unit, local_date(now)) == to) return;
  const auto told =
      referrals::Referrals::standing(session, referrals::Source::kOrder, referrals::SubjectId{alert.id.value});
  if (told && told->state == referrals::State::kDone) return;
  storage::hand_over(session, alert.id, to);
  session.publish({"quarantine.alert", alert.id.value, now, 2, to.value});
}

AlertId Orders::Impl::raise(store::Session& session, const storage::OrderRow& row, storage::AlertRow alert) const {
  alert.id = db.ids().make<AlertId>();
  alert.order_id = row.id;
  alert.unit = row.unit;
  alert.recorded = now();
  storage::insert(session, alert);
  session.publish({"quarantine.alert", alert.id.value, now(), 1, row.unit.value});
  return alert.id;
}

// Of a window that had begun before the signature, nothing is missed: over and empty, it is not shown.
bool Orders::Impl::counts(const storage::OrderRow& row, const std::vector<storage::CheckRow>& known,
                          const forms::Due& due) const {
  return now() < due.until || *row.checks_from <= due.from ||
         std::any_of(known.begin(), known.end(), [&](const storage::CheckRow& one) { return overlaps(one, due); });
}

// A silence is told once, and again on every further day that it lasts.
void Orders::Impl::note_missed(store::Session& session, const storage::OrderRow& row) const {
  auto known = storage::checks(session, row.id);
  std::optional<Instant> next;
  const Date from{std::max(local_date(*row.checks_from).days, today().days - kLookBack)};
  for (Date day = from; day <= row.last_day && !next; ++day.days) {
    const auto* dated = check_form(row, day);
    if (!dated) {
      if (today() < day) next = local_midnight(day);  // a form may be in force by then
      continue;
    }
    const forms::RuleSet& rules = dated->rules(day, row.disease);
    const auto& missed = rules.rhythm->missed;
    const std::chrono::minutes grace = missed ? missed->grace : std::chrono::minutes{0};
    for (const forms::Due& due : windows_on(row, day)) {
      if (now() < due.until + grace) {
        next = due.until + grace;
        break;
      }
      // Of a window that had begun before the order was signed, nothing is missed.
      const auto here = [&](const storage::CheckRow& one) { return overlaps(one, due); };
      if (due.from < *row.checks_from || std::any_of(known.begin(), known.end(), here)) continue;
      const auto after =
          std::find_if(known.begin(), known.end(), [&](const storage::CheckRow& one) { return due.from < one.due; });
      const bool silent = after != known.begin() && std::prev(after)->state == CheckState::kMissed &&
                          local_date(std::prev(after)->due) == day;
      storage::CheckRow made;
      made.id = db.ids().next();
      made.order_id = row.id;
      made.due = due.from;
      made.ends = due.until;
      made.state = CheckState::kMissed;
      if (missed && !silent && today().days - kTellBack <= day.days) {
        storage::AlertRow alert;
        alert.at = due.until;
        alert.rule_set = rules.id;
        alert.within_minutes = missed->tell.within_minutes;
        made.alert = raise(session, row, std::move(alert));
      }
      storage::insert(session, made);
      known.insert(after, made);
    }
  }
  storage::set_next_check(session, row.id, next);
}

void Orders::Impl::watch(store::Session& session, std::size_t most) const {
  for (const storage::OrderRow& row : storage::to_check(session, now(), most)) {
    if (row.state != State::kRunning)
      storage::set_next_check(session, row.id, std::nullopt);
    else if (row.checks_from)
      note_missed(session, row);
    else  // signed before there were checks
      storage::begin_checks(session, row.id, std::max(now(), local_midnight(row.first_day)));
  }
}

std::optional<declarations::OrderAsks> Orders::Impl::asked(store::Session& session, PersonId person,
                                                           std::string_view form, Instant at) const {
  const Date day = local_date(at);
  const auto* wanted = declarations.catalogue().in_force(form, day);
  if (!wanted || wanted->form.purpose != kCheckPurpose) return std::nullopt;
  for (const PersonId record : people::known_as(session, person)) {
    for (const storage::OrderRow& row : storage::of_person(session, record)) {
      const bool within = row.first_day <= day && day <= row.last_day && !(row.ended && *row.ended <= at);
      if (!row.checks_from || !within || check_form(row, day) != wanted) continue;
      auto windows = windows_on(row, day);
      const auto known = storage::checks(session, row.id);
      std::erase_if(windows, [&](const forms::Due& due) { return !counts(row, known, due); });
      return declarations::OrderAsks{row.unit, std::move(windows)};
    }
  }
  return std::nullopt;
}

std::optional<AlertId> Orders::Impl::tell_declared(store::Session& session, const storage::OrderRow& row,
                                                   const storage::CheckRow& made,
                                                   const declarations::Notice& notice) const {
  const Date day = local_date(notice.recorded);
  const UnitId home = geography.responsible_commune(notice.unit, day).value_or(notice.unit);
  const bool elsewhere = notice.tell && home != geography.responsible_commune(row.unit, day).value_or(row.unit);
  const auto before = made.alert ? storage::alert(session, *made.alert) : std::nullopt;
  const bool stands = before && before->kind == AlertKind::kSymptoms && !before->withdrawn;
  if (stands && elsewhere && before->within_minutes <= notice.tell->within_minutes) return before->id;
  if (before) withdraw(session, row, *before);
  if (!elsewhere || row.state != State::kRunning) return std::nullopt;
  storage::AlertRow alert;
  alert.kind = AlertKind::kSymptoms;
  alert.at = notice.at;
  alert.rule_set = notice.rule_set;
  alert.within_minutes = notice.tell->within_minutes;
  return raise(session, row, std::move(alert));
}

void Orders::Impl::declared(store::Session& session, declarations::DeclarationId id) const {
  const auto notice = declarations.notice(session, id);
  if (!notice || notice->replaced) return;  // the version that counts comes, too
  for (const PersonId record : people::known_as(session, notice->person)) {
    for (const storage::OrderRow& row : storage::of_person(session, record)) {
      const Date day = local_date(notice->at);
      const auto* dated = row.checks_from && !(row.ended && *row.ended <= notice->at) ? check_form(row, day) : nullptr;
      if (!dated || dated->form.id != notice->form) continue;
      const auto within = [&](Instant from, Instant until) { return from <= notice->at && notice->at < until; };
      const auto known = storage::checks(session, row.id);
      auto found = std::find_if(known.begin(), known.end(),
                                [&](const storage::CheckRow& one) { return within(one.due, one.ends); });
      storage::CheckRow made;
      if (found == known.end()) {
        const auto windows = windows_on(row, day);
        const auto due = std::find_if(windows.begin(), windows.end(),
                                      [&](const forms::Due& one) { return within(one.from, one.until); });
        if (due == windows.end()) continue;
        made.due = due->from;
        made.ends = due->until;
        found =
            std::find_if(known.begin(), known.end(), [&](const storage::CheckRow& one) { return overlaps(one, *due); });
      }
      const bool anew = found == known.end();
      if (!anew) made = *found;
      const bool timely = notice->recorded < made.ends + declarations::kClockSkew;
      if (anew || made.state != CheckState::kDone) made.state = timely ? CheckState::kDone : CheckState::kLate;
      // What was worse stays to be seen beside a later one of the same window, unless that corrects it.
      const bool worse = (made.symptoms && !notice->symptoms) || (made.colour && notice->colour < *made.colour);
      const auto former = worse && made.declaration && made.declaration != id
                              ? declarations.notice(session, *made.declaration)
                              : std::nullopt;
      if (!former || former->replaced) {
        made.symptoms = notice->symptoms;
        made.colour = notice->colour;
        made.declaration = id;
        made.alert = tell_declared(session, row, made, *notice);
      }
      if (anew) {
        made.id = db.ids().next();
        made.order_id = row.id;
        storage::insert(session, made);
      } else {
        storage::update(session, made);
      }
      publish(session, row, "quarantine.checked");
    }
  }
}

std::optional<referrals::Alert> Orders::Impl::alert(store::Session& session, AlertId id) const {
  const auto row = storage::alert(session, id);
  const auto order = row && !row->withdrawn ? storage::find(session, row->order_id) : std::nullopt;
  if (!order) return std::nullopt;
  referrals::Alert out;
  out.person = order->person;
  out.unit = row->unit;  // not the order's now: a replay must find the same
  out.reason = row->kind == AlertKind::kMissed     ? "check-missed"
               : row->kind == AlertKind::kCall     ? "check-call"
               : row->kind == AlertKind::kSymptoms ? "check-symptoms"
               : row->kind == AlertKind::kAbsent   ? "site-absent"
               : row->kind == AlertKind::kNeed     ? "order-need"
                                                   : "check-away";
  out.rule_set = row->rule_set;
  out.within = std::chrono::minutes(row->within_minutes);
  out.at = row->at;
  out.recorded = row->recorded;
  return out;
}

std::optional<Instant> Orders::Impl::call_asked(store::Session& session, OrderId order) const {
  for (const storage::AlertRow& one : storage::alerts(session, order))
    if (one.kind == AlertKind::kCall && !one.withdrawn && now() < one.at + kCallWithin) return one.at;
  return std::nullopt;
}

Result<Done> Orders::Impl::ask_call(store::Session& session, const Caller& caller, OrderId id) const {
  const auto row = own(session, caller, id);
  if (!row) return row.error();
  if (row->state != State::kRunning || !row->checks_from || !check_form(*row, today())) return kOrderNotRunning;
  if (call_asked(session, id)) return Done{};  // one call answers both
  storage::AlertRow alert;
  alert.kind = AlertKind::kCall;
  alert.at = now();
  alert.rule_set = kCallRules;
  alert.within_minutes = kCallWithin.count();
  raise(session, *row, std::move(alert));
  return Done{};
}

}  // namespace luytre::quarantine
