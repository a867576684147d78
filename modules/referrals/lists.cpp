// Lists of referrals: what waits in an area, in which order, and the same as a file.

#include <set>

#include "modules/people/person_line.h"
#include "modules/referrals/impl.h"
#include "platform/base/sorted_cursor.h"
#include "platform/identity/taken_out.h"

namespace luytre::referrals {
namespace {

using tables::Cell;

const identity::Action kTakeOut{
    "referrals.take_out", Purpose::kFollowUp, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

Cursor spot_of(const storage::ReferralRow& row, Sort sort) {
  return {(sort == Sort::kDue ? row.due_at : row.created).seconds, row.id.value};
}

storage::Search search_of(const geography::Geography& geography, const Caller& caller, const Filter& filter) {
  storage::Search out;
  out.reach = reach(geography, caller, filter.unit);
  out.states = {State::kOpen, State::kAcknowledged};
  if (filter.state) out.states = {*filter.state};
  out.escalated = filter.escalated;
  out.yours = filter.yours;
  out.source = filter.source;
  out.sort = filter.sort;
  out.descending = filter.descending;
  return out;
}

}  // namespace

Task<Result<http::Page<Referral>>> Referrals::list(const Caller& caller, Filter filter,
                                                   std::optional<std::string> cursor, std::size_t limit) {
  using Shown = http::Page<Referral>;
  if (impl_->access.areas(caller, kWork).empty()) return refused<Shown>(kNotPermitted);
  const std::string sorted = json::enum_text(filter.sort) + (filter.descending ? "-descending" : "-ascending");
  const auto after = start_of(cursor, sorted, filter.descending);
  if (!after) return refused<Shown>(after.error());
  return impl_->db.transact(
      [impl = impl_.get(), caller, filter, sorted, after = *after, limit](store::Session& s) -> Result<Shown> {
        const auto rows = storage::page(s, search_of(impl->geography, caller, filter), after, limit + 1);
        Shown page;
        std::vector<identity::Subject> shown;
        for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
          shown.push_back({rows[i].person, rows[i].unit, identity::note(identity::LogNote::kListOfReferrals)});
          page.items.push_back(impl->view(s, caller, rows[i]));
        }
        if (auto allowed = impl->access.require_each(s, caller, kWork, shown); !allowed) return allowed.error();
        if (rows.size() > limit) page.next = end_of(sorted, spot_of(rows[limit - 1], filter.sort));
        return page;
      });
}

// Reasons may tell symptoms: they are left out, and of who is only claimed all but the name and the phone.
Task<Result<http::Reply>> Referrals::take_out(const Caller& caller, UnitId unit, ReferralsOut wanted) {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeOut, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    if (!impl->geography.find(unit)) return kNotFound;
    Filter filter;
    filter.unit = unit;
    filter.state = wanted.state;
    filter.escalated = wanted.escalated.value_or(false);
    filter.yours = wanted.yours.value_or(false);
    filter.source = wanted.source;
    const auto rows =
        storage::page(s, search_of(impl->geography, caller, filter), outermost(false), identity::kListOutMost + 1);
    if (rows.size() > identity::kListOutMost) return identity::list_too_long();
    std::vector<identity::Subject> shown;
    std::set<PersonId> known;
    for (const auto& row : rows)
      if (known.insert(row.person).second) shown.push_back({row.person, row.unit, std::string(wanted.reason)});
    tables::Sheet sheet;
    sheet.columns =
        people::person_heads({"source", "colour"}, {"station", "at", "dueAt", "state", "level", "attempts", "outcome"});
    const Date today = local_date(impl->now());
    for (const auto& row : rows) {
      const auto* station = impl->geography.find(row.unit);
      const std::vector<Cell> before{json::enum_text(row.source),
                                     row.colour ? Cell(json::enum_text(*row.colour)) : Cell()};
      const std::vector<Cell> after{station ? Cell(station->code) : Cell(),
                                    to_text(row.at),
                                    to_text(row.due_at),
                                    json::enum_text(row.state),
                                    json::enum_text(static_cast<Level>(row.level)),
                                    row.attempts,
                                    row.outcome ? Cell(json::enum_text(*row.outcome)) : Cell()};
      if (row.claimed > 0) {
        const Claim claim = impl->claim_of(row);
        sheet.rows.push_back(people::claimed_line(before, claim.name, claim.phone, after));
      } else if (const auto person = impl->people.written(s, row.person)) {
        sheet.rows.push_back(people::person_line(before, *person, after, impl->geography, today));
      }
    }
    return identity::unit_file(
        s, impl->access, impl->geography, caller, kTakeOut,
        {unit, "referrals", "luytre-referrals-", wanted.reason, wanted.format, std::move(sheet), std::move(shown)},
        impl->now());
  });
}

}  // namespace luytre::referrals
