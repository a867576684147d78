#include "modules/interviews/companions.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "modules/interviews/impl.h"
#include "modules/tracing/contact_lists.h"
#include "platform/base/conflict.h"
#include "platform/identity/taken_out.h"

namespace luytre::interviews {
namespace {

constexpr std::string_view kWhoSeal = "interviews.companion";
constexpr std::string_view kWhySeal = "interviews.companion_reason";

const identity::Action kTakeCompanions{
    "interviews.take_companions", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr const char* kCompanionColumns[] = {"name", "note", "case", "unit", "unitName", "metFrom", "metTo", "since"};

std::string context(CompanionId id) {
  return to_text(id);
}

// The same somebody, whatever was noted of them since.
bool same(const Companion& a, const Companion& b) {
  return a.name == b.name && a.phone == b.phone;
}

bool ended(const storage::CompanionRow& row) {
  return row.state != CompanionState::kOpen;
}

}  // namespace

struct Interviews::Impl::OpenedCompanion {
  storage::CompanionRow row;
  storage::MilestoneRow milestone;
  cases::TracedCase traced;
};

Companion Interviews::Impl::who_of(const storage::CompanionRow& row) const {
  auto who = json::parse<Companion>(vault.unsealed(kWhoSeal, context(row.id), row.who.data));
  if (!who) throw std::runtime_error("a companion cannot be read");
  return std::move(*who);
}

void Interviews::Impl::end(store::Session& session, storage::CompanionRow& row, CompanionState state,
                           const std::string& by) const {
  row.state = state;
  row.ended_at = now();
  row.ended_by = by;
  ++row.version;
  storage::update(session, row);
  session.publish({"companion.settled", row.id.value, *row.ended_at, row.version, row.unit.value});
}

void Interviews::Impl::list_companions(store::Session& session, const cases::TracedCase& traced,
                                       const storage::MilestoneRow& row, const Told& told) const {
  storage::mark_listed(session, row.id);
  std::vector<Companion> unknown;
  const bool stands = !row.struck_at && traced.classification != cases::Classification::kDiscarded;
  for (const Companion& one : told.companions)
    if (stands && !one.person) unknown.push_back(one);

  for (storage::CompanionRow& listed : storage::companions_of(session, row.id)) {
    const Companion who = who_of(listed);
    const auto is_they = [&](const Companion& one) { return same(one, who); };
    const auto named = std::find_if(unknown.begin(), unknown.end(), is_they);
    if (named == unknown.end()) {
      const bool found = stands && std::any_of(told.companions.begin(), told.companions.end(), is_they);
      const CompanionState state = found ? CompanionState::kFound : CompanionState::kGone;
      if (listed.state == CompanionState::kOpen || listed.state == CompanionState::kUnfindable)
        end(session, listed, state, row.by_name);
      continue;
    }
    const bool again = listed.state == CompanionState::kGone || listed.state == CompanionState::kFound;
    const bool noted = named->note != who.note;
    if (noted) listed.who = {vault.seal(kWhoSeal, context(listed.id), json::text(*named))};
    unknown.erase(named);
    const bool moved = listed.unit != traced.unit;
    if (!again && !noted && !moved && listed.met == row.started && listed.disease == traced.disease) continue;
    listed.unit = traced.unit;
    listed.met = row.started;
    listed.disease = traced.disease;
    if (again) {
      listed.state = CompanionState::kOpen;
      listed.ended_at.reset();
      listed.ended_by.reset();
      listed.reason.reset();
    }
    if (again || noted || moved) ++listed.version;
    storage::update(session, listed);
    if (again) session.publish({"companion.listed", listed.id.value, now(), listed.version, listed.unit.value});
  }
  for (const Companion& one : unknown) {
    storage::CompanionRow fresh;
    fresh.id = db.ids().make<CompanionId>();
    fresh.milestone = row.id;
    fresh.case_id = row.case_id;
    fresh.unit = traced.unit;
    fresh.since = now();
    fresh.met = row.started;
    fresh.disease = traced.disease;
    fresh.who = {vault.seal(kWhoSeal, context(fresh.id), json::text(one))};
    storage::insert(session, fresh);
    session.publish({"companion.listed", fresh.id.value, fresh.since, 1, fresh.unit.value});
  }
}

ListedCompanion Interviews::Impl::listed(const cases::TracedCase& traced, const storage::CompanionRow& row,
                                         const storage::MilestoneRow& milestone, bool phones) const {
  const Companion who = who_of(row);
  ListedCompanion out;
  out.id = row.id;
  out.milestone = row.milestone;
  out.case_ = row.case_id;
  out.case_number = traced.number;
  out.unit = row.unit;
  if (const auto* unit = geography.find(row.unit)) out.unit_name = unit->full_name;
  out.name = who.name;
  if (phones && who.phone) out.phone = std::string(*who.phone);
  if (who.note) out.note = std::string(*who.note);
  out.from = milestone.started;
  out.to = milestone.ended;
  out.since = row.since;
  out.state = row.state;
  out.ended_by = row.ended_by;
  if (row.reason) out.reason = vault.unsealed(kWhySeal, context(row.id), row.reason->data);
  out.version = row.version;
  return out;
}

Result<Interviews::Impl::OpenedCompanion> Interviews::Impl::opened(store::Session& session, const Caller& caller,
                                                                   const identity::Action& action,
                                                                   CompanionId id) const {
  auto row = storage::find(session, id);
  auto milestone = row ? storage::find(session, row->milestone) : std::nullopt;
  if (!milestone) return kNotFound;
  auto traced = seen(session, caller, action, row->case_id);
  if (!traced) return traced.error();
  return OpenedCompanion{std::move(*row), std::move(*milestone), std::move(*traced)};
}

Task<Result<ListedCompanion>> Interviews::Impl::find_companion(const Caller& caller, CompanionId id) {
  return db.transact([this, caller, id](store::Session& s) -> Result<ListedCompanion> {
    const auto found = opened(s, caller, kRead, id);
    if (!found) return found.error();
    return listed(found->traced, found->row, found->milestone, true);
  });
}

Task<Result<http::Page<ListedCompanion>>> Interviews::companions(const Caller& caller, CaseId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<http::Page<ListedCompanion>> {
    const auto traced = impl->seen(s, caller, kRead, id);
    if (!traced) return traced.error();
    http::Page<ListedCompanion> page;
    for (const auto& row : storage::companions_of(s, id)) {
      if (row.state != CompanionState::kOpen && row.state != CompanionState::kUnfindable) continue;
      if (const auto milestone = storage::find(s, row.milestone))
        page.items.push_back(impl->listed(*traced, row, *milestone, true));
    }
    std::stable_sort(page.items.begin(), page.items.end(),
                     [](const ListedCompanion& a, const ListedCompanion& b) { return a.from < b.from; });
    return page;
  });
}

// Those of the areas, within `unit` if given; absent: everywhere.
std::optional<std::vector<UnitId>> Interviews::Impl::own_units(const std::vector<UnitId>& areas,
                                                               std::optional<UnitId> unit) const {
  const bool everywhere = std::any_of(areas.begin(), areas.end(), [](UnitId area) { return area.value == 0; });
  if (everywhere && !unit) return std::nullopt;
  std::vector<UnitId> out;
  for (const UnitId area : unit ? std::vector<UnitId>{*unit} : areas) {
    const auto covered = geography.covered(area);
    out.insert(out.end(), covered.begin(), covered.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (!everywhere) std::erase_if(out, [&](UnitId one) { return !geography.covers(areas, one); });
  return out;
}

storage::CompanionSearch Interviews::Impl::search_of(const std::vector<UnitId>& areas,
                                                     const CompanionFilter& filter) const {
  storage::CompanionSearch out;
  out.units = own_units(areas, filter.unit);
  out.listed_by = now();
  out.disease = filter.disease;
  if (filter.from) out.from = local_midnight(*filter.from);
  if (filter.to) out.before = local_midnight(Date{filter.to->days + 1});
  out.sort = filter.sort.value_or(CompanionSort::kListed);
  out.descending = filter.order == cases::SortOrder::kDescending;
  return out;
}

std::vector<ListedCompanion> Interviews::Impl::listed(store::Session& session,
                                                      std::span<const storage::CompanionRow> rows) const {
  std::vector<CaseId> ids;
  std::vector<MilestoneId> told;
  for (const storage::CompanionRow& row : rows) {
    ids.push_back(row.case_id);
    told.push_back(row.milestone);
  }
  std::map<CaseId, cases::TracedCase> traced;
  for (auto& kase : cases::Cases::traced(session, ids)) traced.emplace(kase.id, std::move(kase));
  const auto milestones = storage::milestones(session, told);
  std::vector<ListedCompanion> out;
  for (const storage::CompanionRow& row : rows) {
    const auto kase = traced.find(row.case_id);
    const auto milestone = milestones.find(row.milestone);
    if (kase == traced.end() || milestone == milestones.end()) continue;
    out.push_back(listed(kase->second, row, milestone->second, false));
  }
  return out;
}

Task<Result<http::Page<ListedCompanion>>> Interviews::companions(const Caller& caller, CompanionFilter filter,
                                                                 std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, filter, cursor, limit](store::Session& s) -> Result<http::Page<ListedCompanion>> {
        const auto areas = impl->access.areas(caller, kRead);
        if (areas.empty()) return kNotPermitted;
        const storage::CompanionSearch search = impl->search_of(areas, filter);
        const std::string sorted =
            json::enum_text(search.sort) + '-' + json::enum_text(filter.order.value_or(cases::SortOrder::kAscending));
        const auto start = start_of(cursor, sorted, search.descending);
        if (!start) return start.error();
        auto rows = storage::open_companions(s, search, *start, limit + 1);
        http::Page<ListedCompanion> page;
        if (rows.size() > limit) {
          rows.resize(limit);
          page.next = end_of(sorted, {storage::key_of(rows.back(), search.sort).seconds, rows.back().id.value});
        }
        page.items = impl->listed(s, rows);
        impl->access.log_list(s, caller, kRead, static_cast<std::int64_t>(page.items.size()), "companions");
        return page;
      });
}

// Nobody in it has a record, so nobody's log has it: the log of lists says how many, and why.
Task<Result<http::Reply>> Interviews::take_out(const Caller& caller, UnitId unit, CompanionsOut wanted) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, unit, wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
        const auto allowed = impl->access.require(s, caller, kTakeCompanions, {PersonId{}, unit, wanted.reason});
        if (!allowed) return allowed.error();
        CompanionFilter filter;
        filter.unit = unit;
        if (wanted.disease) filter.disease = std::string(*wanted.disease);
        filter.from = wanted.from;
        filter.to = wanted.to;
        const auto search = impl->search_of(impl->access.areas(caller, kTakeCompanions), filter);
        const auto rows = storage::open_companions(s, search, outermost(false), kCompanionsOutMost + 1);
        if (rows.size() > kCompanionsOutMost)
          return Error(tracing::kListTooLong, {{"most", std::to_string(kCompanionsOutMost)}});
        tables::Sheet sheet;
        sheet.columns.assign(std::begin(kCompanionColumns), std::end(kCompanionColumns));
        for (const ListedCompanion& one : impl->listed(s, rows)) {
          const auto* of = impl->geography.find(one.unit);
          sheet.rows.push_back({one.name, tables::cell(one.note), one.case_number,
                                of ? tables::Cell(of->code) : tables::Cell(), one.unit_name, to_text(one.from),
                                to_text(one.to), to_text(one.since)});
        }
        const auto named = static_cast<std::int64_t>(sheet.rows.size());
        return identity::unit_file(
            s, impl->access, impl->geography, caller, kTakeCompanions,
            {unit, "companions", "luytre-companions-", wanted.reason, wanted.format, std::move(sheet), {}, named},
            impl->now());
      });
}

Task<Result<ListedCompanion>> Interviews::found(const Caller& caller, CompanionId id, FoundAs as,
                                                std::int64_t version) {
  Impl* const impl = impl_.get();
  auto finding = impl->db.transact([impl, caller, id, as, version](store::Session& s) -> Result<ListedCompanion> {
    auto found = impl->opened(s, caller, kWork, id);
    if (!found) return found.error();
    auto& [row, milestone, traced] = *found;
    if (row.version != version) return kVersionConflict;
    if (row.state != CompanionState::kOpen && row.state != CompanionState::kUnfindable) return kCompanionSettled;
    impl->places.refresh(s);
    Told told = impl->told_of(milestone.id, milestone.told);
    const Companion who = impl->who_of(row);
    const auto one = std::find_if(told.companions.begin(), told.companions.end(),
                                  [&](const Companion& other) { return !other.person && same(other, who); });
    if (one == told.companions.end()) return kCompanionSettled;
    one->person = as.person;
    const auto written = impl->rewrite(s, caller, traced, milestone, told);
    if (!written) {
      Error wrong = written.error();
      for (FieldError& field : wrong.fields) field.pointer = "/person";
      return wrong;
    }
    const auto now_row = storage::find(s, id);
    return impl->listed(traced, *now_row, milestone, true);
  });
  return with_current(std::move(finding), [impl, caller, id] { return impl->find_companion(caller, id); });
}

Task<Result<ListedCompanion>> Interviews::unfindable(const Caller& caller, CompanionId id, Reason reason,
                                                     std::int64_t version) {
  Impl* const impl = impl_.get();
  auto ending = impl->db.transact(
      [impl, caller, id, reason = std::move(reason), version](store::Session& s) -> Result<ListedCompanion> {
        auto found = impl->opened(s, caller, kWork, id);
        if (!found) return found.error();
        auto& [row, milestone, traced] = *found;
        if (row.version != version) return kVersionConflict;
        if (reason.reason.empty()) return wrong_field("/reason", "required");
        if (ended(row)) return kCompanionSettled;
        row.reason = store::Bytes{impl->vault.seal(kWhySeal, context(id), reason.reason)};
        impl->end(s, row, CompanionState::kUnfindable, caller.name);
        return impl->listed(traced, row, milestone, true);
      });
  return with_current(std::move(ending), [impl, caller, id] { return impl->find_companion(caller, id); });
}

Task<Result<ListedCompanion>> Interviews::look_again(const Caller& caller, CompanionId id, std::int64_t version) {
  Impl* const impl = impl_.get();
  auto opening = impl->db.transact([impl, caller, id, version](store::Session& s) -> Result<ListedCompanion> {
    auto found = impl->opened(s, caller, kWork, id);
    if (!found) return found.error();
    auto& [row, milestone, traced] = *found;
    if (row.version != version) return kVersionConflict;
    if (row.state != CompanionState::kUnfindable) return kCompanionSettled;
    row.state = CompanionState::kOpen;
    row.ended_at.reset();
    row.ended_by.reset();
    row.reason.reset();
    ++row.version;
    storage::update(s, row);
    s.publish({"companion.listed", id.value, impl->now(), row.version, row.unit.value});
    return impl->listed(traced, row, milestone, true);
  });
  return with_current(std::move(opening), [impl, caller, id] { return impl->find_companion(caller, id); });
}

std::vector<OpenCompanion> Interviews::waiting(store::Session& session, const Caller& caller, Instant listed_by,
                                               std::size_t most) const {
  const auto areas = impl_->access.areas(caller, kRead);
  if (areas.empty()) return {};
  std::vector<OpenCompanion> out;
  std::set<CaseId> cases;
  for (const OpenCompanion& one : open_companions(session, impl_->own_units(areas, std::nullopt), listed_by, most))
    if (cases.insert(one.case_id).second) out.push_back(one);
  return out;
}

std::vector<OpenCompanion> open_companions(store::Session& session, const std::optional<std::vector<UnitId>>& units,
                                           Instant listed_by, std::size_t most) {
  std::vector<OpenCompanion> out;
  storage::CompanionSearch search;
  search.units = units;
  search.listed_by = listed_by;
  for (const auto& row : storage::open_companions(session, search, outermost(false), most))
    out.push_back({row.id, row.milestone, row.case_id, row.unit, row.since});
  return out;
}

}  // namespace luytre::interviews
