// A page of a list of cases looked up by what few of them have, and filtered and sorted here.

#include "modules/cases/lists_read.h"

#include <algorithm>
#include <unordered_set>

#include "platform/store/few.h"

namespace luytre::cases {
namespace {

using store::Session;

// As much of a case as lists filter and sort by.
struct Glance {
  CaseId id;
  std::string number;
  Classification classification = Classification::kSuspect;
  Status status = Status::kOpen;
  std::string disease;
  std::optional<Outcome> outcome;
  std::optional<Date> onset;
  Instant created_at;
  std::optional<Instant> notify_by;
  std::optional<Instant> notified_at;
  std::optional<CaseId> source;
  UnitId unit;
  UnitId report_unit;
};
BOOST_DESCRIBE_STRUCT(Glance, (),
                      (id, number, classification, status, disease, outcome, onset, created_at, notify_by, notified_at,
                       source, unit, report_unit))

constexpr const char* kGlanceOf =
    "SELECT id, number, classification, status, disease, outcome, onset, created_at, notify_by, notified_at, source, "
    "unit, report_unit\n  FROM cases_case\n  WHERE ";

// What few cases may have.
const store::Ways& ways() {
  static const store::Ways all = [] {
    const std::string awaits = kAwaits;
    store::Ways out;
    const auto add = [&](const char* of, const std::string& where, int parameters) {
      out.add(of, parameters, std::string("cases.count_") + of, "SELECT 1 AS one FROM cases_case WHERE " + where,
              std::string("cases.by_") + of, kGlanceOf + where);
    };
    add("classification_and_disease", "classification = $1 AND disease = $2", 2);
    add("classification", "classification = $1", 1);
    add("disease", "classification IN ('suspect', 'probable', 'confirmed', 'discarded') AND disease = $1", 1);
    add("outcome", "outcome = $1", 1);
    add("onset", "by_onset >= $1 AND by_onset <= $2", 2);
    add("report", "created_at >= $1 AND created_at < $2", 2);
    add("open", "status = 'open'", 0);  // as in the index of what is open
    add("awaiting", awaits, 0);
    add("overdue", awaits + " AND notify_by < $1", 1);
    add("id", "id = $1", 1);
    return out;
  }();
  return all;
}

std::vector<store::Way> ways_of(const Asked& asked) {
  const Filter& f = asked.filter;
  const Days days = days_of(f);
  std::vector<store::Way> out;
  if (f.classification && f.disease) {
    out.push_back(
        ways().with("classification_and_disease", {store::to_value(*f.classification), store::to_value(*f.disease)}));
  } else if (f.classification) {
    out.push_back(ways().with("classification", {store::to_value(*f.classification)}));
  } else if (f.disease) {
    out.push_back(ways().with("disease", {store::to_value(*f.disease)}));
  }
  if (f.status == Status::kOpen) out.push_back(ways().with("open", {}));
  if (f.outcome) out.push_back(ways().with("outcome", {store::to_value(*f.outcome)}));
  if (f.onset_from || f.onset_to)
    out.push_back(ways().with("onset", {store::to_value(days.onset_from), store::to_value(days.onset_to)}));
  if (f.reported_from || f.reported_to)
    out.push_back(ways().with("report", {store::to_value(days.reported_from), store::to_value(days.reported_to)}));
  // By the deadline what is asked for stands at the list's begin.
  if (sort_of(f) != Sort::kDeadline) {
    if (f.overdue)
      out.push_back(ways().with("overdue", {store::to_value(asked.now)}));
    else if (f.awaiting)
      out.push_back(ways().with("awaiting", {}));
  }
  return out;
}

bool fits(const Glance& one, const Asked& asked) {
  const Filter& f = asked.filter;
  const Days days = days_of(f);
  const std::int64_t onset = one.onset ? one.onset->days : kNoOnset;
  const bool awaits = one.classification != Classification::kDiscarded && one.notify_by && !one.notified_at;
  return f.classification.value_or(one.classification) == one.classification &&
         f.status.value_or(one.status) == one.status && f.disease.value_or(one.disease) == one.disease &&
         (!f.outcome || f.outcome == one.outcome) && onset >= days.onset_from && onset <= days.onset_to &&
         one.created_at.seconds >= days.reported_from && one.created_at.seconds < days.reported_to &&
         (!f.source_unknown || !one.source) && (!awaiting(f) || awaits) && (!f.overdue || *one.notify_by < asked.now) &&
         f.number.value_or(one.number) == one.number;
}

template <class Of>
Place place(const Of& one, Sort sort) {
  Place out;
  out.id = one.id;
  if (sort == Sort::kReport) out.number = one.created_at.seconds;
  if (sort == Sort::kOnset) out.number = one.onset ? one.onset->days : kNoOnset;
  if (sort == Sort::kDeadline) out.number = one.notify_by ? one.notify_by->seconds : kNoDeadline;
  if (sort == Sort::kNumber) out.text = one.number;
  return out;
}

std::vector<CaseId> chosen(const std::vector<Glance>& from, const Asked& asked) {
  const Sort sort = sort_of(asked.filter);
  const bool up = order_of(asked.filter) == SortOrder::kAscending;
  std::unordered_set<UnitId> units(asked.units.begin(), asked.units.end());
  std::vector<Place> out;
  for (const Glance& one : from) {
    if (!asked.everywhere && !units.contains(one.unit) && !units.contains(one.report_unit)) continue;
    if (!fits(one, asked)) continue;
    Place at = place(one, sort);
    if (asked.after && !(up ? *asked.after < at : at < *asked.after)) continue;
    out.push_back(std::move(at));
  }
  std::sort(out.begin(), out.end(), [&](const Place& a, const Place& b) { return up ? a < b : b < a; });
  if (out.size() > asked.most) out.resize(asked.most);
  std::vector<CaseId> ids;
  for (const Place& one : out) ids.push_back(one.id);
  return ids;
}

std::vector<Glance> glances(Session& session, const std::vector<CaseId>& ids) {
  std::vector<store::Row> looks;
  for (const CaseId id : ids) looks.push_back({store::to_value(id)});
  std::vector<Glance> out;
  for (auto& found : session.each<Glance>(ways().with("id", {}).all, looks))
    for (Glance& one : found) out.push_back(std::move(one));
  return out;
}

}  // namespace

bool awaiting(const Filter& filter) {
  return filter.awaiting || filter.overdue;
}

Days days_of(const Filter& f) {
  const bool onset = f.onset_from || f.onset_to;
  return {f.onset_from ? f.onset_from->days
          : onset      ? kNoOnset + 1
                       : INT64_MIN,
          f.onset_to ? f.onset_to->days : INT64_MAX,
          f.reported_from ? local_midnight(*f.reported_from).seconds : INT64_MIN,
          f.reported_to ? local_midnight(Date{f.reported_to->days + 1}).seconds : INT64_MAX};
}

Place place_of(const CaseRow& row, Sort sort) {
  return place(row, sort);
}

std::optional<std::vector<CaseId>> chosen_of_few(store::Session& session, const Asked& asked) {
  const auto few = store::few_of<Glance>(session, ways_of(asked), asked.few);
  if (!few) return std::nullopt;
  return chosen(*few, asked);
}

std::vector<CaseId> chosen_of(store::Session& session, const Asked& asked, const std::vector<CaseId>& among) {
  return chosen(glances(session, among), asked);
}

}  // namespace luytre::cases
