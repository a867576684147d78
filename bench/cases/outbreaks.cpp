// Outbreaks of a hundred cases each, neighbours': one of two thousand people. One in ten is the province's own, three
// in ten are open.

#include "bench/cases/filled.h"

namespace luytre::bench {
namespace {

using store::values;

constexpr std::size_t kOutbreaksOneOf = 2000, kCasesOfEach = 100;

constexpr store::Query kOutbreak{"bench.outbreak", R"sql(
  INSERT INTO outbreaks_outbreak (id, name, disease, unit, setting, opened_on, status, closed_on, version, case_count,
                                  last_day, counted)
  VALUES ($1, $2, 'dengue', $3, 'community', $4, $5, $6, 1, $7, $8, TRUE))sql"};

constexpr store::Query kMember{"bench.outbreak_member", R"sql(
  INSERT INTO outbreaks_member (case_id, outbreak)
  VALUES ($1, $2))sql"};

constexpr store::Query kCharge{"bench.outbreak_charge", R"sql(
  INSERT INTO outbreaks_charge (outbreak, account, name, since)
  VALUES ($1, $2, $3, $4))sql"};

constexpr store::Query kChange{"bench.outbreak_change", R"sql(
  INSERT INTO outbreaks_change (id, outbreak, at, account, by_name, what, case_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

}  // namespace

void fill_outbreaks(Filled& to) {
  using outbreaks::Status, outbreaks::What;
  const Instant now = to.now();
  const std::size_t count = to.people.size() / kOutbreaksOneOf;
  if (count == 0 || to.cases.empty()) return;
  std::vector<Filled::Ill> near = to.cases;
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.unit < b.unit; });
  const std::size_t step = near.size() / count;
  write(to, static_cast<int>(count), {kOutbreak, kMember, kCharge, kChange}, [&](int number, Lines& rows) {
    IdMaker& ids = to.house.db.ids();
    const auto id = ids.make<outbreaks::OutbreakId>();
    const std::size_t from = static_cast<std::size_t>(number) * step, until = from + std::min(step, kCasesOfEach);
    Date first = near[from].onset, last{0};
    const auto change = [&](What what, std::optional<CaseId> of) {
      rows[3].push_back(values(ids.next(), id, now, kWriter, kSource, what, of));
    };
    change(What::kOpened, {});
    for (std::size_t i = from; i < until; ++i) {
      rows[1].push_back(values(near[i].id, id));
      change(What::kPut, near[i].id);
      first = std::min(first, near[i].onset);
      if (near[i].counts) last = std::max(last, near[i].onset);
    }
    std::optional<Date> closed;
    if (number % 10 >= 3) closed = Date{last.days + 28};
    rows[0].push_back(
        values(id, "Ổ dịch " + std::to_string(number + 1), number % 10 == 0 ? to.province : near[from].unit, first,
               closed ? Status::kClosed : Status::kOpen, closed, static_cast<std::int64_t>(until - from), last));
    rows[2].push_back(values(id, kWriter, kSource, now));
  });
}

}  // namespace luytre::bench
