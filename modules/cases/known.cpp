#include "modules/cases/known.h"

#include <algorithm>
#include <stdexcept>

namespace luytre::cases {
namespace {

constexpr std::int64_t kDaysAtOnce = 28;
constexpr std::size_t kChangesAtOnce = 200;

// 25,200 seconds: Vietnamese time, as luytre::local_date has it. The sign takes a column out of the choice of an index.
constexpr store::Query kByOnset{"cases.known_by_onset", R"sql(
  SELECT unit, disease, classification, onset, (COALESCE(diagnosed_at, created_at) + 25200) / 86400 AS reported, count(*)
  FROM cases_case c
  WHERE by_onset >= $2 AND by_onset <= $3 AND +created_at <= $1 AND ($4 IS NULL OR disease = $4)
    AND NOT EXISTS (SELECT 1 FROM cases_change h WHERE h.case_id = c.id AND h.at > $1)
  GROUP BY 1, 2, 3, 4, 5)sql"};

constexpr store::Query kByReport{"cases.known_by_report", R"sql(
  SELECT unit, disease, classification, onset, (COALESCE(diagnosed_at, created_at) + 25200) / 86400 AS reported, count(*)
  FROM cases_case c
  WHERE COALESCE(diagnosed_at, created_at) >= $2 AND COALESCE(diagnosed_at, created_at) < $3 AND +created_at <= $1
    AND ($4 IS NULL OR disease = $4) AND ($5 = 0 OR onset IS NULL)
    AND NOT EXISTS (SELECT 1 FROM cases_change h WHERE h.case_id = c.id AND h.at > $1)
  GROUP BY 1, 2, 3, 4, 5)sql"};

// The first change of each case since then.
constexpr store::Query kChanged{"cases.known_changed", R"sql(
  SELECT h.at, h.id, c.unit, c.disease, c.created_at, h.before
  FROM cases_change h
  JOIN cases_case c ON c.id = h.case_id
  WHERE (h.at, h.id) > ($2, $3) AND +c.created_at <= $1 AND ($4 IS NULL OR c.disease = $4)
    AND NOT EXISTS (SELECT 1 FROM cases_change sooner
                    WHERE sooner.case_id = h.case_id AND sooner.id < h.id AND sooner.at > $1)
  ORDER BY h.at, h.id
  LIMIT $5)sql"};

struct ChangedRow {
  Instant at;
  std::int64_t id = 0;
  UnitId unit;
  std::string disease;
  Instant created_at;
  std::string before;  // Decided, as JSON text
};
BOOST_DESCRIBE_STRUCT(ChangedRow, (), (at, id, unit, disease, created_at, before))

}  // namespace

void known_at(store::Session& session, const KnownQuestion& asked, const std::function<void(const KnownCount&)>& take) {
  const std::int64_t without_onset = asked.by_onset ? 1 : 0;
  for (Date from = asked.from; from <= asked.to; from.days += kDaysAtOnce) {
    const Date to{std::min(asked.to.days, from.days + kDaysAtOnce - 1)};
    if (asked.by_onset)
      for (const KnownCount& one : session.all<KnownCount>(kByOnset, asked.at, from, to, asked.disease)) take(one);
    const Instant since = local_midnight(from), until = local_midnight(Date{to.days + 1});
    const auto reported = session.all<KnownCount>(kByReport, asked.at, since, until, asked.disease, without_onset);
    for (const KnownCount& one : reported) take(one);
  }

  Instant at = asked.at;
  std::int64_t id = INT64_MAX;
  for (;;) {
    auto changed = session.all<ChangedRow>(kChanged, asked.at, at, id, asked.disease, kChangesAtOnce);
    for (ChangedRow& row : changed) {
      const auto decided = json::parse<Decided>(row.before);
      if (!decided) throw std::runtime_error("a stored change of a case cannot be read");
      const Date reported = local_date(decided->diagnosed_at.value_or(row.created_at));
      const Date day = asked.by_onset ? decided->onset.value_or(reported) : reported;
      at = row.at;
      id = row.id;
      if (day < asked.from || asked.to < day) continue;
      take({row.unit, std::move(row.disease), decided->classification, decided->onset, reported, 1});
    }
    if (changed.size() < kChangesAtOnce) return;
  }
}

}  // namespace luytre::cases
