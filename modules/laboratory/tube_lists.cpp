#include "modules/laboratory/tube_lists.h"

#include <iterator>
#include <limits>
#include <map>
#include <utility>

#include "modules/laboratory/impl.h"
#include "platform/identity/taken_out.h"
#include "platform/tables/sheet.h"
#include "platform/tables/xlsx.h"

namespace luytre::laboratory {

using store::Session;

namespace storage {
namespace {

struct Sql {
  std::string name, text;
  store::Query query{};
};

Sql sql_of(TubeSort sort, bool descending) {
  const std::string key = sort == TubeSort::kSampled ? "t.sampled" : "t.by_result";
  const std::string turn = descending ? " DESC" : "";
  Sql out;
  out.name = "laboratory.tubes_by_" + json::enum_text(sort) + (descending ? "_down" : "_up");
  out.text =
      "SELECT t.id, t.code, t.session, t.unit, t.disease, t.specimen, t.sampled, t.persons, t.batch, t.laboratory,\n"
      "         t.sent, t.received, t.resulted\n  FROM laboratory_tube t\n  WHERE t.laboratory = $1\n    AND (" +
      key + ", t.id) " + (descending ? "<" : ">") +
      " ($2, $3)\n"
      "    AND (CAST($4 AS text) IS NULL OR t.disease = $4)\n"
      "    AND (CAST($5 AS text) IS NULL\n"
      "         OR ($5 = 'onTheWay' AND t.received IS NULL)\n"
      "         OR ($5 = 'waiting' AND t.received IS NOT NULL AND t.resulted IS NULL)\n"
      "         OR ($5 = 'done' AND t.resulted IS NOT NULL))\n"
      "    AND (CAST($6 AS text) IS NULL\n"
      "         OR EXISTS (SELECT 1 FROM laboratory_result r\n"
      "                    WHERE r.tube = t.id AND r.replaced IS NULL AND r.method = $6))\n"
      "    AND t.sampled >= $7\n"
      "    AND t.sampled < $8\n"
      "  ORDER BY " +
      key + turn + ", t.id" + turn + "\n  LIMIT $9";
  return out;
}

}  // namespace

const store::Query& tubes_query(TubeSort sort, bool descending) {
  static const std::map<std::pair<TubeSort, bool>, Sql> all = [] {
    std::map<std::pair<TubeSort, bool>, Sql> out;
    for (const TubeSort by : {TubeSort::kSampled, TubeSort::kResult})
      for (const bool down : {false, true}) {
        Sql& sql = out.emplace(std::pair(by, down), sql_of(by, down)).first->second;
        sql.query = {sql.name.c_str(), sql.text.c_str()};
      }
    return out;
  }();
  return all.at(std::pair(sort, descending)).query;
}

}  // namespace storage

namespace {

using tables::Cell;

const identity::Action kTakeOut{
    "laboratory.take_out", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr const char* kColumns[] = {"tube",  "disease", "specimen", "persons", "sampledAt", "receivedAt",
                                    "state", "method",  "result",   "ct",      "lineage",   "resultAt"};

bool descending(const TubeFilter& filter) {
  return filter.order.value_or(cases::SortOrder::kDescending) == cases::SortOrder::kDescending;
}

std::string sorted_by(const TubeFilter& filter) {
  return json::enum_text(filter.sort.value_or(TubeSort::kSampled)) + '-' +
         json::enum_text(filter.order.value_or(cases::SortOrder::kDescending));
}

std::string to_cursor(const storage::TubeRow& row, const TubeFilter& filter) {
  const bool by_result = filter.sort == TubeSort::kResult;
  const std::int64_t key = by_result ? (row.resulted ? row.resulted->seconds : 0) : row.sampled.seconds;
  return end_of(sorted_by(filter), {key, row.id.value});
}

std::vector<storage::TubeRow> page(Session& session, LaboratoryId laboratory, const TubeFilter& filter, Cursor start,
                                   std::size_t most) {
  using Limits = std::numeric_limits<std::int64_t>;
  const std::int64_t from = filter.from ? local_midnight(*filter.from).seconds : Limits::min();
  const std::int64_t before = filter.to ? local_midnight(Date{filter.to->days + 1}).seconds : Limits::max();
  return session.all<storage::TubeRow>(
      storage::tubes_query(filter.sort.value_or(TubeSort::kSampled), descending(filter)), laboratory, start.number,
      start.id, filter.disease, filter.state, filter.method, from, before, most);
}

TubeState state_of(const storage::TubeRow& row) {
  if (row.resulted) return TubeState::kDone;
  return row.received ? TubeState::kWaiting : TubeState::kOnTheWay;
}

}  // namespace

Task<Result<http::Page<LaboratoryTube>>> Laboratory::tubes_of(const Caller& caller, LaboratoryId id, TubeFilter filter,
                                                              std::optional<std::string> cursor,
                                                              std::size_t limit) const {
  using Out = http::Page<LaboratoryTube>;
  return impl_->db.read([impl = impl_.get(), caller, id, filter, cursor, limit](Session& s) -> Result<Out> {
    const auto laboratory = impl->worked(s, caller, id);
    if (!laboratory) return laboratory.error();
    const auto start = start_of(cursor, sorted_by(filter), descending(filter));
    if (!start) return start.error();
    auto rows = page(s, id, filter, *start, limit + 1);
    Out out;
    if (rows.size() > limit) {
      rows.resize(limit);
      out.next = to_cursor(rows.back(), filter);
    }
    const auto results = storage::results(s, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) out.items.push_back(impl->lab_view(rows[i], results[i]));
    return out;
  });
}

Task<Result<http::Reply>> Laboratory::take_out(const Caller& caller, LaboratoryId id, TubesOut wanted) const {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, wanted = std::move(wanted)](Session& s) -> Result<http::Reply> {
        const auto laboratory = storage::laboratory(s, id);
        const auto allowed = impl->access.require(
            s, caller, kTakeOut, {PersonId{}, laboratory ? laboratory->unit : UnitId{}, wanted.reason});
        if (!allowed) return allowed.error();
        if (!laboratory) return kNotFound;
        TubeFilter filter;
        if (wanted.disease) filter.disease = std::string(*wanted.disease);
        filter.state = wanted.state;
        filter.method = wanted.method;
        filter.from = wanted.from;
        filter.to = wanted.to;
        const auto rows = page(s, id, filter, outermost(true), kTubesOutMost + 1);
        if (rows.size() > kTubesOutMost) return Error(kListTooLong, {{"most", std::to_string(kTubesOutMost)}});
        tables::Sheet sheet;
        sheet.columns.assign(std::begin(kColumns), std::end(kColumns));
        const auto results = storage::results(s, rows);
        for (std::size_t i = 0; i < rows.size(); ++i) {
          const storage::TubeRow& row = rows[i];
          const std::vector<Cell> tube{row.code,
                                       row.disease,
                                       row.specimen,
                                       row.persons,
                                       to_text(row.sampled),
                                       row.received ? Cell(to_text(*row.received)) : Cell(),
                                       json::enum_text(state_of(row))};
          bool any = false;
          for (const storage::ResultRow& result : results[i]) {
            if (result.replaced) continue;
            any = true;
            auto line = tube;
            line.push_back(json::enum_text(result.method));
            line.push_back(json::enum_text(result.outcome));
            line.push_back(result.ct ? Cell(json::text(*result.ct)) : Cell());
            line.push_back(tables::cell(result.lineage));
            line.push_back(to_text(result.at));
            sheet.rows.push_back(std::move(line));
          }
          if (any) continue;
          auto line = tube;
          line.resize(sheet.columns.size());
          sheet.rows.push_back(std::move(line));
        }
        sheet.mark = "Lũy Tre: " + laboratory->name + ", " + std::to_string(rows.size()) + ", " + caller.name + ", " +
                     to_text(caller.account) + ", " + to_text(impl->now());
        impl->access.log_list(
            s, caller, kTakeOut, 0,
            std::to_string(rows.size()) + " tubes, laboratory " + to_text(id) + ": " + std::string(wanted.reason));
        tables::Written written = tables::write(sheet, tables::format_of(wanted.format));
        return identity::saved(std::move(written.type), std::move(written.bytes),
                               "luytre-tubes-" + to_text(id) + written.ending);
      });
}

}  // namespace luytre::laboratory
