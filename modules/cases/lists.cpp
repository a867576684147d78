#include "modules/cases/lists.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "platform/geography/within.h"

namespace luytre::cases {
namespace {

// Of what the caller may read, narrowed to the unit asked for. Empty: nothing of it.
std::optional<Asked> asked_of(const identity::Access& access, const geography::Geography& geography,
                              const Caller& caller, const Filter& filter) {
  auto of = geography::within(geography, access.areas(caller, kRead), filter.unit);
  if (!of) return std::nullopt;
  Asked out;
  out.filter = filter;
  out.units = std::move(of->units);
  out.everywhere = of->everywhere;
  return out;
}

}  // namespace

Sort sort_of(const Filter& filter) {
  return filter.sort.value_or(filter.awaiting || filter.overdue ? Sort::kDeadline : Sort::kReport);
}

SortOrder order_of(const Filter& filter) {
  const Sort sort = sort_of(filter);
  return filter.order.value_or(sort == Sort::kReport || sort == Sort::kOnset ? SortOrder::kDescending
                                                                             : SortOrder::kAscending);
}

std::string to_cursor(const Place& at, const Filter& filter) {
  const Sort sort = sort_of(filter);
  return json::enum_text(sort) + '-' + json::enum_text(order_of(filter)) + '.' + to_text(at.id) + '.' +
         (sort == Sort::kNumber ? at.text : std::to_string(at.number));
}

Result<Place> parse_place(std::string_view cursor, const Filter& filter) {
  const auto wrong = [](const char* what) { return wrong_field("?cursor", what); };
  const auto first = cursor.find('.');
  const auto second = first == std::string_view::npos ? first : cursor.find('.', first + 1);
  if (second == std::string_view::npos) return wrong("format");
  const Sort sort = sort_of(filter);
  const std::string of = json::enum_text(sort) + '-' + json::enum_text(order_of(filter));
  if (cursor.substr(0, first) != of) return wrong("other_sort");
  const auto id = parse_id(cursor.substr(first + 1, second - first - 1));
  const std::string_view key = cursor.substr(second + 1);
  Place out;
  if (!id) return wrong("format");
  out.id = CaseId{*id};
  if (sort == Sort::kNumber) {
    out.text = std::string(key);
    return out;
  }
  const auto [end, failed] = std::from_chars(key.data(), key.data() + key.size(), out.number);
  if (failed != std::errc() || end != key.data() + key.size()) return wrong("format");
  return out;
}

Task<Result<http::Page<CaseBrief>>> Cases::list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                                std::size_t limit) {
  return db_.transact([this, caller, filter, cursor, limit](store::Session& s) -> Result<http::Page<CaseBrief>> {
    auto in_area = asked_of(access_, geography_, caller, filter);
    if (!in_area) return kNotPermitted;
    Asked& asked = *in_area;
    asked.now = clock_.now();
    asked.most = limit + 1;
    if (filter.outbreak) {
      if (!cases_of_) return kNotFound;
      auto among = cases_of_(s, caller, *filter.outbreak);
      if (!among) return among.error();
      asked.among = std::move(*among);
    }
    if (cursor) {
      auto after = parse_place(*cursor, filter);
      if (!after) return after.error();
      asked.after = std::move(*after);
    }
    const auto rows = select_cases(s, asked);

    http::Page<CaseBrief> page;
    std::vector<PersonId> persons;
    std::vector<identity::Access::Shown> shown;
    for (const auto& row : rows)
      if (filter.names) persons.push_back(row.person);
    const auto briefs = people_.briefs(s, persons);
    for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
      const CaseRow& r = rows[i];
      const auto person = briefs.find(r.person);
      if (filter.names) shown.push_back({r.person, r.unit});
      page.items.push_back({r.id, r.number, person == briefs.end() ? people::PersonBrief{} : person->second, r.disease,
                            r.classification, r.status, r.onset, r.result_at, r.notify_by, r.notified_at, r.outcome,
                            r.created_at, r.version});
    }
    if (rows.size() > limit) page.next = to_cursor(place_of(rows[limit - 1], sort_of(filter)), filter);
    access_.log_each(s, caller, kRead, shown, identity::note(identity::LogNote::kListOfCases));
    if (!filter.names) access_.log_list(s, caller, kRead, 0, "cases, numbers alone");
    return page;
  });
}

std::vector<Cases::PastNotice> Cases::past_notice(store::Session& session, const Caller& caller,
                                                  std::size_t most) const {
  Filter filter;
  filter.overdue = true;
  std::vector<PastNotice> out;
  auto asked = asked_of(access_, geography_, caller, filter);
  if (!asked) return out;
  asked->now = clock_.now();
  asked->most = most;
  for (const CaseRow& row : select_cases(session, *asked)) out.push_back({row.id, row.unit, *row.notify_by});
  return out;
}

Result<std::vector<ListedCase>> Cases::listed(store::Session& session, const Caller& caller, const Filter& filter,
                                              const std::vector<UnitId>& units, std::size_t most) const {
  Asked asked;
  asked.filter = filter;
  asked.filter.sort = Sort::kReport;
  asked.filter.order = SortOrder::kDescending;
  asked.units = units;
  asked.now = clock_.now();
  asked.most = most;
  if (filter.outbreak) {
    if (!cases_of_) return kNotFound;
    auto among = cases_of_(session, caller, *filter.outbreak);
    if (!among) return among.error();
    asked.among = std::move(*among);
  }
  std::vector<ListedCase> out;
  for (CaseRow& row : select_cases(session, asked)) {
    ListedCase& one = out.emplace_back();
    static_cast<Decided&>(one) = row;
    one.id = row.id;
    one.number = std::move(row.number);
    one.person = row.person;
    one.disease = std::move(row.disease);
    one.unit = row.unit;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace luytre::cases
