#include "modules/cases/known.h"

#include <stdexcept>

namespace luytre::cases {
namespace {

// 25,200 seconds: Vietnamese time, as luytre::local_date has it.
constexpr store::Query kUnchanged{"cases.known_unchanged", R"sql(
  SELECT unit, disease, classification, onset, (coalesce(diagnosed_at, created_at) + 25200) / 86400 AS reported, count(*)
  FROM cases_case c
  WHERE created_at <= $1 AND ($2 IS NULL OR disease = $2)
    AND NOT EXISTS (SELECT 1 FROM cases_change h WHERE h.case_id = c.id AND h.at > $1)
  GROUP BY 1, 2, 3, 4, 5)sql"};

constexpr store::Query kChanged{"cases.known_changed", R"sql(
  SELECT c.unit, c.disease, c.created_at, h.before
  FROM cases_case c
  JOIN cases_change h ON h.id = (SELECT min(later.id) FROM cases_change later WHERE later.case_id = c.id AND later.at > $1)
  WHERE c.created_at <= $1 AND ($2 IS NULL OR c.disease = $2))sql"};

struct ChangedRow {
  UnitId unit;
  std::string disease;
  Instant created_at;
  std::string before;  // Decided, as JSON text
};
BOOST_DESCRIBE_STRUCT(ChangedRow, (), (unit, disease, created_at, before))

}  // namespace

std::vector<KnownCount> known_at(store::Session& session, Instant at, const std::optional<std::string>& disease) {
  std::vector<KnownCount> out = session.all<KnownCount>(kUnchanged, at, disease);
  for (ChangedRow& row : session.all<ChangedRow>(kChanged, at, disease)) {
    const auto decided = json::parse<Decided>(row.before);
    if (!decided) throw std::runtime_error("a stored change of a case cannot be read");
    out.push_back({row.unit, std::move(row.disease), decided->classification, decided->onset,
                   local_date(decided->diagnosed_at.value_or(row.created_at)), 1});
  }
  return out;
}

}  // namespace luytre::cases
