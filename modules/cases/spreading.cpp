#include "modules/cases/spreading.h"

#include <limits>
#include <tuple>
#include <utility>

#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::cases {
namespace {

enum class Whose { kResidents, kReported, kEverybody };

using Look = std::pair<Whose, std::size_t>;  // and how many at first

void add_look(store::Queries<Look>& all, Whose whose, std::size_t first) {
  std::string name = std::string("cases.spreading_") + (whose == Whose::kResidents  ? "of_unit"
                                                        : whose == Whose::kReported ? "of_reporter"
                                                                                    : "everywhere");
  if (first > 0) name += "_first_" + std::to_string(first);
  std::string sql =
      std::string("SELECT created_at, id, person\n  FROM cases_case\n  WHERE ") +
      (whose == Whose::kResidents  ? "unit = $9 AND "
       : whose == Whose::kReported ? "report_unit = $9 AND report_unit <> unit AND "
                                   : "") +
      "(created_at, id) < ($1, $2)\n"
      "    AND created_at >= $3\n"
      // As one condition, so that it does not choose the index (lists_read.cpp).
      "    AND CASE WHEN disease = $4 AND classification <> 'discarded'\n"
      "      AND (onset IS NULL OR (onset >= $5 AND onset <= $6))\n"
      "      AND (onset IS NOT NULL OR COALESCE(sample_at, diagnosed_at, notified_at, created_at) >= $3)\n"
      "      AND (outcome_on IS NULL OR outcome_on >= $7)\n"
      "      AND (window_to IS NULL OR window_to > $8) THEN TRUE ELSE FALSE END\n"
      "  ORDER BY created_at DESC, id DESC\n  LIMIT " +
      (first > 0                    ? std::to_string(first)
       : whose == Whose::kEverybody ? "$9"
                                    : "$10");
  all.add({whose, first}, std::move(name), std::move(sql));
}

const store::Query& look_of(Whose whose, std::size_t first) {
  static const store::Queries<Look> all = [] {
    store::Queries<Look> out;
    for (const Whose one : {Whose::kResidents, Whose::kReported, Whose::kEverybody})
      for (const std::size_t rows : store::kLooks) add_look(out, one, rows);
    return out;
  }();
  return all.of({whose, first});
}

}  // namespace

std::vector<Spreading> spreading(store::Session& session, const SpreadingQuestion& asked) {
  const Spreading start{Instant{std::numeric_limits<std::int64_t>::max()}, {}, {}};
  const auto values = [&](const Spreading& after) {
    return store::values(after.created_at, after.id, local_midnight(asked.ill_from), asked.disease, asked.ill_from,
                         asked.ill_to, local_date(asked.since), asked.since);
  };
  if (asked.everywhere) {
    store::Row one = values(start);
    one.push_back(store::to_value(asked.most));
    return store::all_of<Spreading>(session, look_of(Whose::kEverybody, 0), one);
  }
  const auto query = [](std::size_t kind, std::size_t first) -> const store::Query& {
    return look_of(kind == 0 ? Whose::kResidents : Whose::kReported, first);
  };
  const auto row = [&](std::size_t unit, const Spreading& after) {
    store::Row out = values(after);
    out.push_back(store::to_value(asked.units[unit]));
    return out;
  };
  const auto before = [](const Spreading& a, const Spreading& b) {
    return std::tie(b.created_at, b.id) < std::tie(a.created_at, a.id);
  };
  return store::paged(session, 2, asked.units.size(), asked.most, start, query, row, before);
}

}  // namespace luytre::cases
