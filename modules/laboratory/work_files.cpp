// The work lists of a unit and those below it as files: of what waits, with names; of sessions, counts alone.

#include <iterator>

#include "modules/laboratory/impl.h"
#include "platform/identity/taken_out.h"

namespace luytre::laboratory {

using store::Session;
using tables::Cell;

namespace {

const identity::Action kTakePositives{
    "laboratory.take_positives", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

const identity::Action kTakeAgain{
    "laboratory.take_again", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

const identity::Action kTakeSessions{
    "laboratory.take_sessions", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr const char* kPositiveColumns[] = {"disease", "tube", "method", "ct", "sampledAt", "resultAt", "case"};

constexpr const char* kAgainColumns[] = {"disease", "tube", "unit", "unitName", "since"};

constexpr const char* kSessionColumns[] = {"where",    "unit",     "unitName", "disease", "specimen",
                                           "poolMost", "openedAt", "closedAt", "opener",  "tubes",
                                           "persons",  "unsent",   "waiting"};

}  // namespace

std::vector<Cell> Laboratory::Impl::cells(const people::PersonBrief& person) const {
  const auto* commune = geography.find(geography.responsible_commune(person.unit, today()).value_or(person.unit));
  return {person.name, person.birth_year > 0 ? Cell(person.birth_year) : Cell(), json::enum_text(person.sex),
          commune ? Cell(commune->code) : Cell()};
}

tables::Sheet Laboratory::Impl::sheet_of_people(std::span<const char* const> columns) {
  tables::Sheet out;
  out.columns.assign(std::begin(kPersonColumns), std::end(kPersonColumns));
  out.columns.insert(out.columns.end(), columns.begin(), columns.end());
  return out;
}

Task<Result<http::Reply>> Laboratory::take_out(const Caller& caller, UnitId unit, PositivesOut wanted) const {
  return impl_->db.transact(
      [impl = impl_.get(), caller, unit, wanted = std::move(wanted)](Session& s) -> Result<http::Reply> {
        const auto allowed = impl->access.require(s, caller, kTakePositives, {PersonId{}, unit, wanted.reason});
        if (!allowed) return allowed.error();
        PositiveFilter filter;
        if (wanted.disease) filter.disease = std::string(*wanted.disease);
        filter.method = wanted.method;
        filter.late = wanted.late;
        const auto open = impl->open_positives(s, impl->geography.covered(unit), filter, std::nullopt, kOutMost + 1);
        if (open.size() > kOutMost) return Error(kListTooLong, {{"most", std::to_string(kOutMost)}});
        tables::Sheet sheet = Impl::sheet_of_people(kPositiveColumns);
        std::vector<identity::Subject> shown;
        const auto named = impl->with_tubes(s, open);
        std::vector<PersonId> persons;
        for (const auto& one : named) persons.push_back(one.sample.person);
        const auto briefs = impl->people.briefs(s, persons);
        for (const auto& one : named) {
          shown.push_back({one.sample.person, one.result.unit, wanted.reason});
          const auto brief = briefs.find(one.sample.person);
          if (brief == briefs.end()) continue;
          auto& line = sheet.rows.emplace_back(impl->cells(brief->second));
          line.insert(line.end(), {one.tube.disease, one.tube.code, json::enum_text(one.result.method),
                                   one.result.ct ? Cell(json::text(*one.result.ct)) : Cell(), to_text(one.sample.at),
                                   to_text(one.result.at), one.suspect ? Cell(one.suspect->number) : Cell()});
        }
        return identity::unit_file(s, impl->access, impl->geography, caller, kTakePositives,
                                   {unit, "positive results", "luytre-positives-", wanted.reason, wanted.format,
                                    std::move(sheet), std::move(shown)},
                                   impl->now());
      });
}

Task<Result<http::Reply>> Laboratory::take_out(const Caller& caller, UnitId unit, AgainOut wanted) const {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeAgain, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    AgainFilter filter;
    if (wanted.disease) filter.disease = std::string(*wanted.disease);
    const auto rows = impl->tasks(s, impl->geography.covered(unit), filter, outermost(false), kOutMost + 1);
    if (rows.size() > kOutMost) return Error(kListTooLong, {{"most", std::to_string(kOutMost)}});
    std::vector<identity::Subject> shown;
    std::vector<PersonId> persons;
    std::vector<TubeId> ids;
    for (const storage::TaskRow& row : rows) {
      shown.push_back({row.person, row.unit, wanted.reason});
      persons.push_back(row.person);
      ids.push_back(row.tube);
    }
    const auto briefs = impl->people.briefs(s, persons);
    const auto tubes = storage::tubes(s, ids);
    tables::Sheet sheet = Impl::sheet_of_people(kAgainColumns);
    for (const storage::TaskRow& row : rows) {
      const auto brief = briefs.find(row.person);
      if (brief == briefs.end()) continue;
      const auto tube = tubes.find(row.tube);
      const auto* of = impl->geography.find(row.unit);
      auto& line = sheet.rows.emplace_back(impl->cells(brief->second));
      line.insert(line.end(), {row.disease, tube == tubes.end() ? Cell() : Cell(tube->second.code),
                               of ? Cell(of->code) : Cell(), impl->geography.path_text(row.unit), to_text(row.made)});
    }
    return identity::unit_file(s, impl->access, impl->geography, caller, kTakeAgain,
                               {unit, "people to be sampled again", "luytre-resampling-", wanted.reason, wanted.format,
                                std::move(sheet), std::move(shown)},
                               impl->now());
  });
}

Task<Result<http::Reply>> Laboratory::take_out(const Caller& caller, UnitId unit, SessionsOut wanted) const {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeSessions, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    SessionFilter filter;
    if (wanted.disease) filter.disease = std::string(*wanted.disease);
    filter.from = wanted.from;
    filter.to = wanted.to;
    const auto rows = impl->sessions(s, impl->geography.covered(unit), filter, outermost(true), kOutMost + 1);
    if (rows.size() > kOutMost) return Error(kListTooLong, {{"most", std::to_string(kOutMost)}});
    impl->places.refresh(s);
    tables::Sheet sheet;
    sheet.columns.assign(std::begin(kSessionColumns), std::end(kSessionColumns));
    for (const SamplingSession& one : impl->view(s, rows)) {
      const auto* of = impl->geography.find(one.unit);
      sheet.rows.push_back({one.place ? Cell(one.place->name) : tables::cell(one.site), of ? Cell(of->code) : Cell(),
                            one.unit_name, one.disease, one.specimen, one.pool_most, to_text(one.opened_at),
                            one.closed_at ? Cell(to_text(*one.closed_at)) : Cell(), one.opener, one.tubes, one.persons,
                            one.unsent, one.waiting});
    }
    return identity::unit_file(
        s, impl->access, impl->geography, caller, kTakeSessions,
        {unit, "sampling sessions", "luytre-sessions-", wanted.reason, wanted.format, std::move(sheet)}, impl->now());
  });
}

}  // namespace luytre::laboratory
