// Who was reached and who declared: counts, and the help that was asked for.

#include <algorithm>

#include "modules/community/impl.h"

namespace luytre::community {
namespace {

using store::Session;

DayState state_after(Outcome outcome) {
  if (outcome == Outcome::kNotAtHome) return DayState::kNotAtHome;
  if (outcome == Outcome::kRefused) return DayState::kRefused;
  return DayState::kReached;
}

// Every team after this one, in the order of their numbers, until `each` has enough.
template <class Each>
void each_team(Session& session, TeamId after, Each each) {
  constexpr std::size_t kAtOnce = 500;
  for (;;) {
    const auto teams = storage::teams(session, after, kAtOnce);
    for (const auto& team : teams)
      if (!each(team)) return;
    if (teams.size() < kAtOnce) return;
    after = teams.back().id;
  }
}

}  // namespace

Doors::Doors(const std::vector<storage::FoundRow>& rows) {
  for (const auto& row : rows) {
    DayState& state = days_[{row.household, local_date(row.at).days}];
    state = std::max(state, state_after(row.outcome));
  }
}

DayState Doors::state(HouseholdId household, Date day) const {
  const auto found = days_.find({household, day.days});
  return found == days_.end() ? DayState::kNotVisited : found->second;
}

std::optional<Date> Doors::last_reached(HouseholdId household) const {
  std::optional<Date> out;
  for (auto at = days_.lower_bound({household, 0}); at != days_.end() && at->first.first == household; ++at)
    if (at->second == DayState::kReached) out = Date{at->first.second};
  return out;
}

Doors Community::Impl::doors(Session& session, TeamId team) const {
  return Doors(storage::found(session, team, {now() - kKept, whole_day(today()).to}));
}

std::vector<Coverage> Community::Impl::coverage(Session& session, const storage::TeamRow& team, Date from,
                                                Date to) const {
  const Doors doors = this->doors(session, team.id);
  const auto households = storage::households(session, team.id);
  const auto residents = this->residents(session, team.id);
  std::vector<Interval> days;
  for (Date day = from; day <= to; ++day.days) days.push_back(whole_day(day));
  const auto made = declared(session, team.form, residents, days);
  std::vector<Coverage> out;
  for (std::size_t d = 0; d < days.size(); ++d) {
    Coverage& one = out.emplace_back();
    one.day = Date{from.days + static_cast<std::int64_t>(d)};
    one.households = static_cast<std::int64_t>(households.size());
    for (const auto& row : households) {
      std::int64_t* const counts[] = {&one.not_visited, &one.not_at_home, &one.refused, &one.reached};
      ++*counts[static_cast<std::size_t>(doors.state(row.id, one.day))];
    }
    if (static_cast<std::int64_t>(residents.size()) < kCountLeast) continue;
    one.members = static_cast<std::int64_t>(residents.size());
    one.declared = std::count_if(made.begin(), made.end(), [&](const auto& each) { return each[d]; });
  }
  return out;
}

Team Community::Impl::view(Session& session, const storage::TeamRow& row) const {
  Team out;
  out.id = row.id;
  out.unit = row.unit;
  out.unit_name = geography.path_text(row.unit);
  out.name = row.name;
  out.form = row.form;
  out.basis = row.basis;
  out.until = Date{local_date(row.until).days - 1};
  out.working = working(row, now());
  out.closed = row.closed.has_value();
  out.volunteers = static_cast<std::int64_t>(storage::volunteers(session, row.id).size());
  const Doors doors = this->doors(session, row.id);
  for (const auto& household : storage::households(session, row.id))
    out.never_reached += !doors.last_reached(household.id);
  out.help = static_cast<std::int64_t>(storage::open_help(session, row.id).size());
  out.today = coverage(session, row, today(), today()).front();
  out.version = row.version;
  return out;
}

Task<Result<http::Page<Team>>> Community::teams(const Caller& caller, std::optional<UnitId> unit,
                                                std::optional<std::string> cursor) const {
  using Out = http::Page<Team>;
  const auto areas = impl_->access.areas(caller, kCount);
  if (areas.empty()) return refused<Out>(kNotPermitted);
  const auto position = cursor ? parse_id(*cursor) : std::optional<std::int64_t>(0);
  if (!position) return refused<Out>(wrong_field("?cursor", "format"));
  const auto mine = [impl = impl_.get(), areas](UnitId one) { return impl->geography.covers(areas, one); };
  if (unit && !mine(*unit)) return refused<Out>(kNotPermitted);
  return impl_->db.read([=, impl = impl_.get()](Session& s) -> Result<Out> {
    Out page;
    each_team(s, TeamId{*position}, [&](const storage::TeamRow& row) {
      if (unit ? !impl->geography.covers(*unit, row.unit) : !mine(row.unit)) return true;
      if (page.items.size() == kTeamsShown) {
        page.next = to_text(page.items.back().id);
        return false;
      }
      page.items.push_back(impl->view(s, row));
      return true;
    });
    return page;
  });
}

Task<Result<http::Page<Help>>> Community::help(const Caller& caller) const {
  using Out = http::Page<Help>;
  const auto areas = impl_->access.areas(caller, kManage);
  if (areas.empty()) return refused<Out>(kNotPermitted);
  return impl_->db.transact([impl = impl_.get(), caller, areas](Session& s) -> Result<Out> {
    Out page;
    each_team(s, TeamId{}, [&](const storage::TeamRow& team) {
      if (page.items.size() == kHelpShown) return false;
      const bool mine = impl->geography.covers(areas, team.unit);
      const auto asked = mine ? storage::open_help(s, team.id) : std::vector<storage::ReportRow>();
      if (asked.empty()) return true;
      const auto residents = impl->residents(s, team.id);
      std::vector<Resident> shown;
      for (const auto& row : asked) {
        if (page.items.size() == kHelpShown) break;
        const auto household = storage::household(s, row.household);
        if (!household) continue;
        Help& one = page.items.emplace_back();
        one.id = row.id;
        one.team = team.id;
        one.team_name = team.name;
        one.unit_name = impl->geography.path_text(team.unit);
        one.household = household->number;
        one.address = impl->unseal("community.address", household->id.value, household->address);
        for (const Resident& resident : residents) {
          if (resident.row.id != row.member) continue;
          one.who = resident.name;
          shown.push_back(resident);
        }
        if (row.note) one.note = impl->unseal("community.note", row.id.value, *row.note);
        one.volunteer = storage::volunteer_name(s, row.volunteer);
        one.at = row.at;
      }
      impl->log_look(s, viewer_of(caller), kSee, team, shown);
      return true;
    });
    std::sort(page.items.begin(), page.items.end(),
              [](const Help& a, const Help& b) { return std::pair(a.at, a.id) < std::pair(b.at, b.id); });
    return page;
  });
}

Task<Result<Done>> Community::settle(const Caller& caller, ReportId id, Settling settling) {
  if (fold(settling.note).empty()) return refused<Done>(wrong_field("/note", "required"));
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, note = std::string(settling.note)](Session& s) -> Result<Done> {
        const auto report = storage::report(s, id);
        if (!report || report->outcome != Outcome::kNeedsHelp) return kNotFound;
        const auto team = impl->kept(s, caller, report->team);
        if (!team) return team.error();
        if (!storage::settle(s, id, impl->now(), caller.account, impl->seal("community.answer", id.value, note)))
          return kHelpSettled;
        return Done{};
      });
}

store::Recurring Community::retention() const {
  constexpr std::chrono::minutes kEvery{60};
  constexpr std::size_t kStep = 2'000;
  return {"community.retention", kEvery, [impl = impl_.get()](Session& s) {
            const Instant now = impl->now(), before = now - kKept;
            const auto prove = [&](const char* rule, std::int64_t deleted) {
              if (deleted > 0) storage::prove(s, impl->db.ids().next(), now, rule, before, deleted);
            };
            prove("community: what was found at doors, 28 days", storage::remove_reports(s, before, kStep));
            prove("community: who was shown to whom, 28 days", storage::forget_shown(s, local_date(before)));
            prove("community: removed households, people and volunteers, 28 days", storage::remove_removed(s, before));
            each_team(s, TeamId{}, [&](const storage::TeamRow& team) {
              if (std::min(team.until, team.closed.value_or(team.until)) < before)
                prove("community: a team 28 days after its end", storage::remove_team(s, team.id));
              return true;
            });
          }};
}

}  // namespace luytre::community
