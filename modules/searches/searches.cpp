#include "modules/searches/searches.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <set>

#include "modules/people/person_line.h"
#include "modules/searches/storage.h"
#include "platform/base/sorted_cursor.h"
#include "platform/identity/taken_out.h"

namespace luytre::searches {
namespace {

using store::Session;

constexpr std::string_view kSealed = "searches.detail";
constexpr std::chrono::minutes kRetentionEvery{10};
constexpr std::chrono::minutes kClockSlack{5};  // of a phone's clock

const identity::Action kGive{
    "searches.give", Purpose::kTracing, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, true};
const identity::Action kTakeOut{
    "searches.take_out", Purpose::kTracing, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};
const identity::Action kFind{"searches.find", Purpose::kTracing, {Role::kTracer}};

State state_of(Outcome outcome) {
  if (outcome == Outcome::kFound) return State::kFound;
  return outcome == Outcome::kElsewhere ? State::kElsewhere : State::kNotFound;
}

// Lower case, one blank before, after and between words, so that a name is found as whole words. Diacritics stay:
// "nhiễm" is to infect and "nhiệm" a duty, "dương tính" is positive and "đường tỉnh" a road.
std::string words_of(std::string_view text) {
  auto lower = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  lower.foldCase();
  std::string out = " ";
  for (std::int32_t i = 0; i < lower.length(); i = lower.moveIndex32(i, 1)) {
    const UChar32 point = lower.char32At(i);
    if (u_isalnum(point) != 0 || u_charType(point) == U_NON_SPACING_MARK) {
      icu::UnicodeString(point).toUTF8String(out);
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return out.back() == ' ' && out.size() > 1 ? out : out + ' ';
}

bool descending(const GivenFilter& filter) {
  return filter.order.value_or(filter.sort == Sort::kDue ? Order::kAscending : Order::kDescending) ==
         Order::kDescending;
}

std::string sorted_by(const GivenFilter& filter) {
  return json::enum_text(filter.sort) + '-' +
         json::enum_text(descending(filter) ? Order::kDescending : Order::kAscending);
}

}  // namespace

// What is sealed of a search.
struct Searches::Detail {
  std::string ask, reason, given_by;
  std::optional<std::string> words, answered_by;
  BOOST_DESCRIBE_CLASS(Detail, (), (ask, reason, given_by, words, answered_by), (), ())
};

Searches::Searches(Parts parts) : parts_(std::move(parts)) {
  for (auto& words : parts_.not_for_tracers) words = words_of(words);
  std::erase(parts_.not_for_tracers, words_of(""));
}

bool Searches::names_health(std::string_view words) const {
  const std::string said = words_of(words);
  const bool bare = said == ' ' + fold(words) + ' ';  // typed without diacritics
  return std::any_of(parts_.not_for_tracers.begin(), parts_.not_for_tracers.end(), [&](const std::string& name) {
    if (said.find(name) != std::string::npos) return true;
    // One syllable without its diacritics may be any of many words.
    const bool several = name.find(' ', 1) + 1 < name.size();
    return bare && several && said.find(' ' + fold(name) + ' ') != std::string::npos;
  });
}

Searches::Detail Searches::detail(const storage::SearchRow& row) const {
  return *json::parse<Detail>(parts_.vault.unsealed(kSealed, to_text(row.id), row.detail.data));
}

void Searches::seal(storage::SearchRow& row, const Detail& detail) const {
  row.detail = {parts_.vault.seal(kSealed, to_text(row.id), json::text(detail))};
}

std::vector<FieldError> Searches::flaws(const NewSearch& asked) const {
  const Instant now = parts_.db.clock().now();
  std::vector<FieldError> out;
  const auto* unit = parts_.geography.find(asked.unit);
  if (!unit || (unit->valid_to && *unit->valid_to <= local_date(now))) out.push_back({"/unit", "unknown", {}});
  if (fold(asked.ask).empty()) out.push_back({"/ask", "required", {}});
  if (names_health(asked.ask)) out.push_back({"/ask", "names_health", {}});
  if (fold(asked.reason).empty()) out.push_back({"/reason", "required", {}});
  if (asked.due_at <= now) out.push_back({"/dueAt", "too_early", {}});
  if (asked.due_at > now + kLongest) out.push_back({"/dueAt", "too_late", {}});
  return out;
}

Search Searches::shown(const storage::SearchRow& row, Detail known) const {
  const Instant now = parts_.db.clock().now();
  Search out;
  out.id = row.id;
  out.unit = row.unit;
  out.unit_name = parts_.geography.path_text(row.unit);
  out.ask = known.ask;
  out.reason = known.reason;
  out.given_by = known.given_by;
  out.given_at = row.given;
  out.due_at = row.due;
  out.state = row.state;
  out.overdue = row.state == State::kLapsed || (row.state == State::kOpen && row.due < now);
  out.met_at = row.met;
  out.words = known.words;
  out.answered_by = known.answered_by;
  return out;
}

Errand Searches::errand(const storage::SearchRow& row, const Detail& known, const people::PersonBrief& brief,
                        const people::Contact& contact) const {
  Errand out;
  out.id = row.id;
  out.name = contact.name;
  out.birth_year = brief.birth_year;
  out.phones = contact.phones;
  out.address = contact.address;
  out.home = parts_.geography.path_text(contact.unit);
  out.ask = known.ask;
  out.due_at = row.due;
  out.state = row.state;
  out.overdue = row.state == State::kOpen && row.due < parts_.db.clock().now();
  return out;
}

Task<Result<Standing>> Searches::give(const Caller& caller, NewSearch asked, std::optional<store::Once> once) {
  if (auto wrong = flaws(asked); !wrong.empty()) return refused<Standing>(Error(kInvalid, std::move(wrong)));
  auto write = [this, caller, asked = std::move(asked)](Session& s) -> Result<Standing> {
    const auto home = parts_.people.unit_of(s, asked.person);
    const std::string reason = asked.reason;
    const auto allowed = parts_.access.require(s, caller, kGive, {asked.person, home.value_or(UnitId{}), reason});
    if (!allowed) return allowed.error();
    if (!home) return kNotFound;
    storage::SearchRow row;
    row.id = parts_.db.ids().make<SearchId>();
    row.person = asked.person;
    row.home = *home;
    row.unit = asked.unit;
    row.given = parts_.db.clock().now();
    row.given_by = caller.account;
    row.due = asked.due_at;
    Detail known;
    known.ask = asked.ask;
    known.reason = reason;
    known.given_by = caller.name;
    seal(row, known);
    storage::insert(s, row);
    return Standing{row.id, row.state};
  };
  if (once) return parts_.db.once(std::move(*once), std::move(write));
  return parts_.db.transact(std::move(write));
}

storage::PageSearch Searches::search_of(const GivenFilter& filter, geography::Within of) const {
  return {std::move(of), filter.state, parts_.db.clock().now() - kKept, filter.sort, descending(filter)};
}

Task<Result<http::Page<Search>>> Searches::given(const Caller& caller, GivenFilter filter,
                                                 std::optional<std::string> cursor, std::size_t limit) const {
  using Out = http::Page<Search>;
  const auto areas = parts_.access.areas(caller, kGive);
  if (areas.empty()) return refused<Out>(kNotPermitted);
  const auto start = start_of(cursor, sorted_by(filter), descending(filter));
  if (!start) return refused<Out>(start.error());
  const storage::Spot after{start->number, SearchId{start->id}};
  return parts_.db.transact([this, caller, areas, filter, after, limit](Session& s) -> Result<Out> {
    Out page;
    auto of = geography::within_or_above(parts_.geography, areas, filter.unit);
    if (!of) return page;
    const auto rows = storage::page(s, search_of(filter, std::move(*of)), after, limit + 1);
    std::vector<identity::Subject> looked_at;
    std::vector<PersonId> persons;
    for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
      const auto& row = rows[i];
      page.items.push_back(shown(row, detail(row)));
      looked_at.push_back({row.person, row.home, page.items.back().reason});
      persons.push_back(row.person);
    }
    if (auto allowed = parts_.access.require_each(s, caller, kGive, looked_at); !allowed) return allowed.error();
    const auto briefs = parts_.people.briefs(s, persons);
    for (std::size_t i = 0; i < persons.size(); ++i)
      if (const auto brief = briefs.find(persons[i]); brief != briefs.end()) page.items[i].person = brief->second;
    if (rows.size() > limit) {
      const storage::Spot last = storage::spot_of(rows[limit - 1], filter.sort);
      page.next = end_of(sorted_by(filter), {last.at, last.id.value});
    }
    return page;
  });
}

// What was asked, why, and what was answered is told in words, and left out.
Task<Result<http::Reply>> Searches::take_out(const Caller& caller, UnitId unit, SearchesOut wanted) const {
  return parts_.db.transact([this, caller, unit, wanted = std::move(wanted)](Session& s) -> Result<http::Reply> {
    const auto allowed = parts_.access.require(s, caller, kTakeOut, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    if (!parts_.geography.find(unit)) return kNotFound;
    GivenFilter filter;
    filter.state = wanted.state;
    const Cursor start = outermost(true);
    const auto rows = storage::page(s, search_of(filter, {parts_.geography.covered(unit), false}),
                                    {start.number, SearchId{start.id}}, identity::kListOutMost + 1);
    if (rows.size() > identity::kListOutMost) return identity::list_too_long();
    std::vector<identity::Subject> looked_at;
    std::set<PersonId> known;
    for (const auto& row : rows)
      if (known.insert(row.person).second) looked_at.push_back({row.person, row.home, wanted.reason});
    const Instant now = parts_.db.clock().now();
    tables::Sheet sheet;
    sheet.columns = people::person_heads({}, {"asked", "givenAt", "dueAt", "state", "overdue", "metAt"});
    for (const auto& row : rows) {
      const auto person = parts_.people.written(s, row.person);
      if (!person) continue;
      using tables::Cell;
      const auto* tracers = parts_.geography.find(row.unit);
      const bool overdue = row.state == State::kLapsed || (row.state == State::kOpen && row.due < now);
      sheet.rows.push_back(people::person_line(
          {}, *person,
          {tracers ? Cell(tracers->full_name) : Cell(), to_text(row.given), to_text(row.due),
           json::enum_text(row.state), std::string(overdue ? "yes" : "no"), row.met ? Cell(to_text(*row.met)) : Cell()},
          parts_.geography, local_date(now)));
    }
    return identity::unit_file(
        s, parts_.access, parts_.geography, caller, kTakeOut,
        {unit, "searches", "luytre-searches-", wanted.reason, wanted.format, std::move(sheet), std::move(looked_at)},
        now);
  });
}

Task<Result<Standing>> Searches::withdraw(const Caller& caller, SearchId id) {
  return parts_.db.transact([this, caller, id](Session& s) -> Result<Standing> {
    auto row = storage::find(s, id);
    if (!row) return kNotFound;
    const auto allowed = parts_.access.require(s, caller, kGive, {row->person, row->home, detail(*row).reason});
    if (!allowed) return allowed.error();
    if (row->state != State::kOpen) return kSearchOver;
    row->state = State::kWithdrawn;
    row->ended = parts_.db.clock().now();
    storage::update(s, *row);
    return Standing{row->id, row->state};
  });
}

bool Searches::gone(const storage::SearchRow& row) const {
  if (row.state == State::kWithdrawn || row.state == State::kLapsed) return true;
  const Instant now = parts_.db.clock().now();
  return row.state == State::kOpen ? row.due + kLapsesAfter < now : *row.ended + kShownAfter < now;
}

Task<Result<http::Page<Errand>>> Searches::errands(const Caller& caller, ErrandFilter filter,
                                                   std::optional<std::string> cursor, std::size_t limit) const {
  using Out = http::Page<Errand>;
  constexpr std::string_view kSorted = "urgent-descending";
  const auto areas = parts_.access.areas(caller, kFind);
  if (areas.empty()) return refused<Out>(kNotPermitted);
  const auto start = start_of(cursor, kSorted, true);
  if (!start) return refused<Out>(start.error());
  const storage::Spot after{start->number, SearchId{start->id}};
  return parts_.db.transact([this, caller, areas, filter, after, limit, kSorted](Session& s) -> Result<Out> {
    Out page;
    auto of = geography::within_or_above(parts_.geography, areas, filter.unit);
    if (!of) return page;
    const Instant now = parts_.db.clock().now();
    auto rows =
        storage::errands(s, {std::move(*of), filter.state, now - kLapsesAfter, now - kShownAfter}, after, limit + 1);
    if (rows.size() > limit) {
      rows.resize(limit);
      const storage::Spot last = storage::spot_of(rows.back(), Sort::kUrgent);
      page.next = end_of(kSorted, {last.at, last.id.value});
    }
    std::vector<PersonId> persons;
    for (const auto& row : rows) persons.push_back(row.person);
    const auto briefs = parts_.people.briefs(s, persons);
    const auto contacts = parts_.people.contacts_of(s, persons);
    std::vector<identity::Subject> looked_at;
    for (const auto& row : rows) {
      const auto brief = briefs.find(row.person);
      const auto contact = contacts.find(row.person);
      if (brief == briefs.end() || contact == contacts.end()) continue;
      const Detail known = detail(row);
      looked_at.push_back({row.person, row.unit, known.reason});
      page.items.push_back(errand(row, known, brief->second, contact->second));
    }
    if (auto allowed = parts_.access.require_each(s, caller, kFind, looked_at); !allowed) return allowed.error();
    return page;
  });
}

Task<Result<Standing>> Searches::answer(const Caller& caller, SearchId id, Answer said,
                                        std::optional<store::Once> once) {
  std::vector<FieldError> wrong;
  const bool wordless = !said.words || fold(*said.words).empty();
  if (said.outcome == Outcome::kElsewhere && wordless) wrong.push_back({"/words", "required", {}});
  if (said.at > parts_.db.clock().now() + kClockSlack) wrong.push_back({"/at", "too_late", {}});
  if (!wrong.empty()) return refused<Standing>(Error(kInvalid, std::move(wrong)));
  auto write = [this, caller, id, said = std::move(said)](Session& s) -> Result<Standing> {
    auto row = storage::find(s, id);
    const auto areas = parts_.access.areas(caller, kFind);
    if (!row || gone(*row) || !parts_.geography.covers(areas, row->unit)) return kNotFound;
    Detail known = detail(*row);
    const auto allowed = parts_.access.require(s, caller, kFind, {row->person, row->unit, known.reason});
    if (!allowed) return allowed.error();
    if (row->state != State::kOpen) return kSearchOver;
    if (said.at < row->given - kClockSlack) return wrong_field("/at", "too_early");
    if (said.words) known.words = *said.words;
    known.answered_by = caller.name;
    seal(*row, known);
    row->state = state_of(said.outcome);
    row->met = said.at;
    row->ended = parts_.db.clock().now();
    storage::update(s, *row);
    return Standing{row->id, row->state};
  };
  if (once) return parts_.db.once(std::move(*once), std::move(write));
  return parts_.db.transact(std::move(write));
}

store::Recurring Searches::retention() const {
  const auto run = [this](Session& s) {
    const Instant now = parts_.db.clock().now();
    storage::lapse(s, now - kLapsesAfter, now);
    const std::int64_t deleted = storage::forget(s, now - kKept);
    if (deleted > 0)
      storage::prove(s, parts_.db.ids().next(), now, "searches: 28 days after their end", now - kKept, deleted);
  };
  return {"searches.retention", kRetentionEvery, run};
}

}  // namespace luytre::searches
