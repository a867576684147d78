#include "modules/declarations/windows.h"

#include <algorithm>

#include "modules/declarations/windows_storage.h"

namespace luytre::declarations {
namespace {

constexpr std::chrono::seconds kLookEvery{60};
constexpr std::chrono::hours kRetentionEvery{1};
constexpr std::size_t kPortion = 500;  // people of one window in one look
constexpr std::string_view kDueText = "sms.due";

// "16:00"; the end of a day is 24:00.
std::string clock_of(Instant until) {
  const Date day = local_date(until + std::chrono::seconds(-1));
  const std::int64_t minutes = (until - local_midnight(day)).count() / 60;
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / 60) + ':' + two(minutes % 60);
}

}  // namespace

struct Windows::Window {
  const DatedForm& dated;
  const forms::RuleSet& rules;
  forms::Due due;
  Instant now;

  // Who last sent it before then has stopped.
  Instant since() const { return now - std::chrono::hours(24 * rules.rhythm->days); }
};

store::Recurring Windows::watch() const {
  return {"declarations.windows", kLookEvery, [this](store::Session& s) { look(s); }};
}

store::Recurring Windows::retention() const {
  return {"declarations.windows_retention", kRetentionEvery, [this](store::Session& s) {
            if (parts_.study) return;
            const Instant now = parts_.db.clock().now();
            storage::forget_windows(s, parts_.db.ids(), now, now - kKept);
          }};
}

void Windows::look(store::Session& session) const {
  if (parts_.study) return;
  const Instant now = parts_.db.clock().now();
  const Date today = local_date(now);
  for (const DatedForm* dated : parts_.declarations.catalogue().in_force(today)) {
    for (const Date day : {Date{today.days - 1}, today}) {
      if (!dated->in_force(day)) continue;
      const forms::RuleSet& rules = dated->rules(day);
      if (!rules.rhythm) continue;
      for (const forms::Due& due : forms::due_on(*rules.rhythm, day)) {
        const Window window{*dated, rules, due, now};
        const Instant half = due.from + (due.until - due.from) / 2;
        if (half <= now && now < due.until) send_reminders(session, window);
        if (rules.rhythm->missed && due.until + rules.rhythm->missed->grace <= now) tell_missed(session, window);
      }
    }
  }
}

bool Windows::on(const Window& window, std::optional<UnitId> home, Instant at) const {
  const forms::Questionnaire& form = window.dated.form;
  return home && parts_.decisions.form_in_force(form.id, form.own_decision, *home, at, asked_of(form));
}

bool Windows::asked(store::Session& session, const Window& window, PersonId person) const {
  const auto order = parts_.declarations.ordered(session, person, window.dated.form.id, window.due.from);
  if (!order) return on(window, parts_.people.unit_of(session, person), window.now);
  return std::any_of(order->windows.begin(), order->windows.end(),
                     [&](const forms::Due& one) { return one.from == window.due.from; });
}

void Windows::send_reminders(store::Session& session, const Window& window) const {
  const std::string& form = window.dated.form.id;
  const Instant due = window.due.from;
  for (const auto& quiet : storage::to_remind(session, form, window.since(), due, kPortion)) {
    const auto account = parts_.people.account_of(session, quiet.person);
    const bool wanted = account && asked(session, window, quiet.person) && !storage::reminders_off(session, *account) &&
                        !storage::reminded(session, *account, form, due);
    const auto contact = wanted ? keeper_of(session, *account) : std::nullopt;
    const bool sent = contact && !contact->phones.empty();
    storage::insert(session, storage::ReminderRow{form, due, quiet.person, account, sent});
    if (!sent) continue;
    // Whoever else reads the phone learns nothing.
    const std::string language = message_language(session, parts_.texts, kDueText, *account);
    const std::string text = parts_.texts.fill(kDueText, language, {{"until", clock_of(window.due.until)}});
    parts_.notify.queue(session, {contact->phones.front(), text, "reminder", window.due.until});
  }
}

// Whoever declares for a household is reminded, not the member who has a phone of their own.
std::optional<people::Contact> Windows::keeper_of(store::Session& session, AccountId account) const {
  const people::People::Wanted own{account, std::nullopt};
  const auto keeper = people::People::members(session, std::span(&own, 1)).front();
  return keeper ? parts_.people.contact_of(session, keeper->person) : std::nullopt;
}

void Windows::tell_missed(store::Session& session, const Window& window) const {
  const auto& [from, until] = window.due;
  const std::string& form = window.dated.form.id;
  for (const auto& quiet : storage::silent(session, form, window.since(), from, until, kPortion)) {
    const auto home = parts_.people.unit_of(session, quiet.person);
    storage::MissedRow row;
    row.id = parts_.db.ids().make<MissedId>();
    row.form = form;
    row.person = quiet.person;
    row.due = from;
    row.ends = until;
    row.rule_set = window.rules.id;
    row.unit = home.value_or(UnitId{});
    row.recorded = window.now;
    // Of whom an order asks it, the room of orders notes it, and has its own windows.
    row.told = !parts_.declarations.ordered(session, quiet.person, form, from) && on(window, home, from) &&
               on(window, home, until - std::chrono::seconds(1)) &&
               !storage::stands(session, form, quiet.person, quiet.last);
    storage::insert(session, row);
    if (row.told) session.publish({"declaration.missed", row.id.value, window.now, 1, row.unit.value});
  }
}

Task<Result<Reminding>> Windows::reminding(const Caller& caller) const {
  if (caller.account.value == 0) return refused<Reminding>(kUnauthenticated);
  return parts_.db.read([account = caller.account](store::Session& s) -> Result<Reminding> {
    return Reminding{!storage::reminders_off(s, account)};
  });
}

Task<Result<Reminding>> Windows::remind(const Caller& caller, Reminding wanted) const {
  if (caller.account.value == 0) return refused<Reminding>(kUnauthenticated);
  const Instant now = parts_.db.clock().now();
  return parts_.db.transact([account = caller.account, wanted, now](store::Session& s) -> Result<Reminding> {
    storage::set_reminders(s, account, wanted.on, now);
    return wanted;
  });
}

Task<Result<Reading>> Windows::read_in(const Caller& caller, Reading wanted) const {
  if (caller.account.value == 0) return refused<Reading>(kUnauthenticated);
  const auto& known = parts_.declarations.catalogue().languages();
  const bool listed =
      std::any_of(known.begin(), known.end(), [&](const Language& one) { return one.code == wanted.language; });
  if (!listed) return refused<Reading>(wrong_field("/language", "choice"));
  const Instant now = parts_.db.clock().now();
  return parts_.db.transact(
      [account = caller.account, wanted = std::move(wanted), now](store::Session& s) -> Result<Reading> {
        storage::set_language(s, account, wanted.language, now);
        return wanted;
      });
}

std::string message_language(store::Session& session, const notify::Texts& texts, std::string_view key,
                             AccountId account) {
  const auto chosen = storage::language(session, account);
  if (!chosen) return "vi";
  return texts.has(key, *chosen) ? *chosen : "en";
}

void routes(http::Router& router, Windows& windows) {
  router.get("/me/reminders")
      .summary("Whether messages come when a declaration that was begun is due again")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle([&windows](http::Call& call) { return windows.reminding(call.caller()); });
  router.put("/me/reminders")
      .summary("Want these messages, or none")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle([&windows](http::Call& call, Reminding wanted) { return windows.remind(call.caller(), wanted); });
  router.put("/me/language")
      .summary("The language in which I read the app, and want to be written to")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle(
          [&windows](http::Call& call, Reading wanted) { return windows.read_in(call.caller(), std::move(wanted)); });
}

std::optional<MissedWindow> Declarations::missed(store::Session& session, MissedId id) const {
  const auto row = storage::missed(session, id);
  if (!row || !row->told) return std::nullopt;
  const Interval window{row->due, row->ends};
  if (declared(session, row->form, std::span(&row->person, 1), std::span(&window, 1))[0][0]) return std::nullopt;
  MissedWindow out{row->person, row->unit, row->due, row->ends, row->recorded, row->rule_set, {}};
  for (const DatedForm& dated : catalogue().all())
    for (const forms::RuleSet& rules : dated.rule_sets)
      if (rules.id == row->rule_set && rules.rhythm && rules.rhythm->missed) out.tell = rules.rhythm->missed->tell;
  return out;
}

std::vector<MissedId> Declarations::missed_around(store::Session& session, const std::string& form, PersonId person,
                                                  Instant at) {
  return storage::missed_around(session, form, person, at);
}

}  // namespace luytre::declarations
