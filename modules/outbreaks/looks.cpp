// What officers see of outbreaks.

#include <algorithm>
#include <compare>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "modules/outbreaks/impl.h"
#include "modules/people/names.h"
#include "platform/base/sorted_cursor.h"
#include "platform/base/text.h"

namespace luytre::outbreaks {
namespace {

// What is sorted by, and the id. A number stands by itself; a residence by its name, of which the cursor knows the
// unit.
struct MemberPlace {
  std::string text{};
  std::int64_t key = 0, id = 0;
  std::size_t at = 0;  // in the list as it is stored
  friend auto operator<=>(const MemberPlace& a, const MemberPlace& b) {
    return std::tie(a.text, a.key, a.id) <=> std::tie(b.text, b.key, b.id);
  }
};

std::string residence(const geography::Geography& geography, UnitId unit) {
  const auto* found = geography.find(unit);
  return found ? fold(found->full_name) : std::string();
}

MemberPlace place_of(const cases::OutbreakCase& one, MemberSort sort, const geography::Geography& geography) {
  switch (sort) {
    case MemberSort::kNumber:
      return {one.number};
    case MemberSort::kResidence:
      return {residence(geography, one.unit), one.unit.value, one.id.value};
    case MemberSort::kClassification:
      return {"", static_cast<std::int64_t>(one.classification), one.id.value};
    case MemberSort::kDay:
      break;
  }
  return {"", day_of(one).day.days, one.id.value};
}

std::string cursor_of(const MemberPlace& place, const std::string& sorted, MemberSort sort) {
  return sort == MemberSort::kNumber ? sorted + '.' + place.text : end_of(sorted, {place.key, place.id});
}

// Errors: invalid (?cursor: format, other_sort).
Result<MemberPlace> parse_place(std::string_view cursor, const std::string& sorted, MemberSort sort,
                                const geography::Geography& geography) {
  if (sort == MemberSort::kNumber) {
    const auto point = cursor.find('.');
    if (point == std::string_view::npos || point + 1 == cursor.size()) return wrong_field("?cursor", "format");
    if (cursor.substr(0, point) != sorted) return wrong_field("?cursor", "other_sort");
    return MemberPlace{std::string(cursor.substr(point + 1))};
  }
  const auto at = start_of(std::string(cursor), sorted, false);
  if (!at) return at.error();
  return MemberPlace{sort == MemberSort::kResidence ? residence(geography, UnitId{at->number}) : std::string(),
                     at->number, at->id};
}

}  // namespace

std::vector<cases::OutbreakCase> Outbreaks::Impl::cases_of(store::Session& session, OutbreakId id) const {
  return cases::Cases::of_outbreak(session, storage::cases(session, id));
}

std::vector<Seen> Outbreaks::Impl::seen_cases(store::Session& session, std::vector<cases::OutbreakCase> all) const {
  std::vector<PersonId> persons;
  std::vector<CaseId> sources;
  for (const cases::OutbreakCase& one : all) {
    persons.push_back(one.person);
    if (one.source) sources.push_back(*one.source);
  }
  const auto known = people::known(session, persons);
  std::map<CaseId, std::string> numbers;
  for (auto& source : cases::Cases::of_outbreak(session, sources)) numbers[source.id] = std::move(source.number);
  std::vector<Seen> out;
  for (cases::OutbreakCase& facts : all) {
    Seen& one = out.emplace_back();
    if (const auto person = known.find(facts.person); person != known.end()) {
      one.birth_year = person->second.birth_year;
      one.sex = person->second.sex;
    }
    if (const auto* unit = geography.find(facts.unit)) one.unit_name = unit->full_name;
    if (const auto source = facts.source ? numbers.find(*facts.source) : numbers.end(); source != numbers.end())
      one.source = source->second;
    one.facts = std::move(facts);
  }
  return out;
}

void Outbreaks::Impl::propose_end(const storage::OutbreakRow& row, Outbreak& out) const {
  const presence::Disease* const disease = diseases.find(row.disease);
  if (disease && disease->incubation_days) out.quiet = 2 * disease->incubation_days->most;
  if (!out.quiet || !out.last_day) return;
  out.quiet_until = Date{out.last_day->days + *out.quiet};
  out.over = row.status == Status::kOpen && today() > *out.quiet_until;
}

Outbreak Outbreaks::Impl::view(store::Session& session, const Caller& caller, const storage::OutbreakRow& row,
                               bool whole) const {
  auto all = cases_of(session, row.id);
  storage::OutbreakRow now = row;
  set_counts(now, all);
  Outbreak out = line(caller, now, storage::in_charge(session, row.id));
  if (row.source)
    if (const auto source = cases::Cases::traced(session, *row.source))
      out.source = cases::CaseLink{source->id, source->number};
  if (whole) out.picture = picture(seen_cases(session, std::move(all)));
  return out;
}

Outbreak Outbreaks::Impl::line(const Caller& caller, const storage::OutbreakRow& row,
                               std::span<const storage::ChargeRow> in_charge) const {
  Outbreak out;
  out.id = row.id;
  out.name = row.name;
  out.disease = row.disease;
  out.unit = row.unit;
  if (const auto* unit = geography.find(row.unit)) out.unit_name = unit->full_name;
  out.setting = row.setting;
  out.opened_on = row.opened_on;
  out.status = row.status;
  out.closed_on = row.closed_on;
  out.cases = row.case_count;
  if (row.last_day != 0) out.last_day = Date{row.last_day};
  propose_end(row, out);
  for (const storage::ChargeRow& one : in_charge) {
    out.in_charge.push_back({one.name, one.since});
    out.mine = out.mine || one.account == caller.account;
  }
  out.version = row.version;
  return out;
}

Result<std::vector<CaseId>> Outbreaks::cases_of(store::Session& session, const Caller& caller, OutbreakId id) const {
  const auto row = impl_->seen(session, caller, kRead, id);
  if (!row) return row.error();
  return storage::cases(session, id);
}

Task<Result<Outbreak>> Outbreaks::find(const Caller& caller, OutbreakId id) {
  return impl_->db.read([impl = impl_.get(), caller, id](store::Session& s) -> Result<Outbreak> {
    const auto row = impl->seen(s, caller, kRead, id);
    if (!row) return row.error();
    return impl->view(s, caller, *row, true);
  });
}

Task<Result<http::Page<Member>>> Outbreaks::members(const Caller& caller, OutbreakId id, MembersAsked asked,
                                                    std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact([impl = impl_.get(), caller, id, asked, cursor,
                             limit](store::Session& s) -> Result<http::Page<Member>> {
    const auto row = impl->seen(s, caller, kRead, id);
    if (!row) return row.error();
    const MemberSort sort = asked.sort.value_or(MemberSort::kDay);
    const auto order = asked.order.value_or(cases::SortOrder::kAscending);
    const bool descending = order == cases::SortOrder::kDescending;
    const std::string sorted = json::enum_text(sort) + '-' + json::enum_text(order);
    const auto before = [descending](const MemberPlace& a, const MemberPlace& b) { return descending ? b < a : a < b; };
    const auto all = impl->cases_of(s, id);
    std::vector<MemberPlace> places;
    for (const cases::OutbreakCase& one : all) {
      places.push_back(place_of(one, sort, impl->geography));
      places.back().at = places.size() - 1;
    }
    std::sort(places.begin(), places.end(), before);
    auto from = places.begin();
    if (cursor) {
      const auto after = parse_place(*cursor, sorted, sort, impl->geography);
      if (!after) return after.error();
      from = std::upper_bound(places.begin(), places.end(), *after, before);
    }
    http::Page<Member> page;
    std::vector<identity::Subject> shown;
    std::vector<std::size_t> named;
    for (; from != places.end(); ++from) {
      if (page.items.size() == limit) {
        page.next = cursor_of(*std::prev(from), sorted, sort);
        break;
      }
      const cases::OutbreakCase& one = all[from->at];
      const CaseDay at = day_of(one);
      Member& member = page.items.emplace_back();
      member.id = one.id;
      member.number = one.number;
      member.classification = one.classification;
      member.day = at.day;
      member.of = at.of;
      if (const auto* unit = impl->geography.find(one.unit)) member.unit_name = unit->full_name;
      const auto by = impl->seen_by(caller, kRead, one);
      if (!by) continue;
      shown.push_back({one.person, *by, identity::note(identity::LogNote::kOutbreak, to_text(id))});
      named.push_back(page.items.size() - 1);
    }
    if (auto allowed = impl->access.require_each(s, caller, kRead, shown); !allowed) return allowed.error();
    std::vector<PersonId> persons;
    for (const auto& one : shown) persons.push_back(one.person);
    const auto briefs = impl->people.briefs(s, persons);
    for (std::size_t i = 0; i < named.size(); ++i)
      if (const auto brief = briefs.find(persons[i]); brief != briefs.end())
        page.items[named[i]].person = brief->second;
    return page;
  });
}

Task<Result<http::Page<Change>>> Outbreaks::history(const Caller& caller, OutbreakId id) {
  return impl_->db.read([impl = impl_.get(), caller, id](store::Session& s) -> Result<http::Page<Change>> {
    const auto row = impl->seen(s, caller, kRead, id);
    if (!row) return row.error();
    http::Page<Change> page;
    for (const storage::ChangeRow& change : storage::changes(s, id, kChangesShown)) {
      Change& one = page.items.emplace_back();
      one.at = change.at;
      one.by = change.by_name;
      one.what = change.what;
      if (change.kase)
        if (const auto kase = cases::Cases::traced(s, *change.kase))
          one.case_ = cases::CaseLink{kase->id, kase->number};
      if (change.reason) one.reason = impl->unseal(change.id, change.reason->data);
    }
    return page;
  });
}

Task<Result<http::Page<OutbreakLink>>> Outbreaks::of_case(const Caller& caller, CaseId id) {
  return impl_->db.read([impl = impl_.get(), caller, id](store::Session& s) -> Result<http::Page<OutbreakLink>> {
    const auto facts = cases::Cases::of_outbreak(s, std::span(&id, 1));
    if (facts.empty() || !impl->seen_by(caller, kRead, facts.front())) return kNotFound;
    http::Page<OutbreakLink> page;
    const auto known = storage::outbreak_of(s, id);
    const auto row = known ? storage::find(s, *known) : std::nullopt;
    if (row && impl->geography.covers(impl->access.areas(caller, kRead), row->unit))
      page.items.push_back(impl->link(*row));
    return page;
  });
}

}  // namespace luytre::outbreaks
