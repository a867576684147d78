// What heads and officers see: names and yes or no; counts.

#include <algorithm>

#include "modules/declarations/windows.h"
#include "modules/duties/impl.h"
#include "platform/tables/sheet.h"

namespace luytre::duties {
namespace {

using store::Session;

constexpr std::string_view kReminderText = "sms.reminder";

std::string name_of(const std::map<PersonId, people::PersonBrief>& briefs, PersonId person) {
  const auto found = briefs.find(person);
  return found == briefs.end() ? std::string() : found->second.name;
}

DayCount count(const Plan& plan, const Plan::Day& day, std::span<const storage::MemberRow> members,
               const std::vector<std::vector<bool>>& made, Instant now) {
  DayCount out{day.day, 0, 0};
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto done = plan.done(day, made[i], members[i].joined, now);
    out.members += done.has_value();
    out.declared += done.value_or(false);
  }
  return out;
}

}  // namespace

void Duties::Impl::log_look(Session& session, const Caller& caller, const identity::Action& action, const Looked& at,
                            std::span<const PersonId> persons) const {
  for (const PersonId person : persons) {
    // Access::require() knows households and areas; whose roster somebody agreed to be on, or whose vehicle it is, we
    // do.
    identity::AccessEntry row;
    row.id = db.ids().next();
    row.at = now();
    row.account = caller.account;
    row.name = caller.has(Role::kCitizen) ? std::string() : caller.name;
    row.role = caller.grants.empty() ? Role::kAnyone : caller.grants.front().role;
    row.action = action.name;
    row.purpose = action.purpose;
    row.person = person;
    row.unit = at.unit;
    row.reason = at.name;
    row.passed = true;
    row.mac = access.mac(row);
    identity::Access::insert(session, row);
  }
}

std::vector<DutyCounts> Duties::Impl::counts(Session& session, const storage::RosterRow& row) const {
  std::vector<DutyCounts> out;
  const Instant at = now();
  const Date today = local_date(at);
  const Force force = this->force(at);
  const auto members = storage::members(session, row.id);
  for (const Rule& rule : rules.all()) {
    const auto* decision = rule.binds(row.sector) ? force.of(rule, row.unit) : nullptr;
    if (!decision) continue;
    const Plan plan = this->plan(rule, row.unit, Date{today.days - kStripDays + 1}, today);
    const auto made = this->made(session, rule, plan, members);
    DutyCounts& one = out.emplace_back();
    one.rule = rule.id;
    one.title = rule.title;
    one.form = rule.form;
    one.until = decision->end();
    for (const Plan::Day& day : plan.days) one.strip.push_back(count(plan, day, members, made, at));
    one.today = one.strip.back();
  }
  return out;
}

Task<Result<http::Page<MemberSeen>>> Duties::members(const Caller& caller, RosterId id, MemberFilter filter,
                                                     std::optional<std::string> cursor, std::size_t limit) const {
  using Out = Result<http::Page<MemberSeen>>;
  const auto after = cursor ? parse_id(*cursor) : std::optional<std::int64_t>(0);
  if (!after) return refused<http::Page<MemberSeen>>(wrong_field("?cursor", "format"));
  const Rule* rule = filter.rule.empty() ? nullptr : impl_->rules.find(filter.rule);
  if (!rule && !filter.rule.empty()) return refused<http::Page<MemberSeen>>(wrong_field("?rule", "unknown"));
  const Date today = local_date(impl_->now());
  const Date day = filter.day.value_or(today);
  if (day > today || day.days <= today.days - kExportDaysMost)
    return refused<http::Page<MemberSeen>>(wrong_field("?day", "range"));
  return impl_->db.transact([=, impl = impl_.get(), wanted = filter.declared](Session& s) -> Out {
    const auto row = impl->kept(s, caller, id);
    if (!row) return row.error();
    auto members = storage::members(s, id);
    std::vector<std::optional<bool>> done(members.size());
    if (rule) {
      const Plan plan = impl->plan(*rule, row->unit, day, day);
      if (!rule->binds(row->sector) || !plan.days[0].on) return kDutyNotInForce;
      const auto made = impl->made(s, *rule, plan, members);
      for (std::size_t i = 0; i < members.size(); ++i)
        done[i] = plan.done(plan.days[0], made[i], members[i].joined, impl->now());
    }
    http::Page<MemberSeen> page;
    std::vector<PersonId> shown;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (members[i].person.value <= *after || (wanted && done[i] != wanted)) continue;
      if (page.items.size() == limit) {
        page.next = to_text(page.items.back().person);
        break;
      }
      page.items.push_back({members[i].person, "", members[i].joined, done[i]});
      shown.push_back(members[i].person);
    }
    const auto briefs = impl->people.briefs(s, shown);
    for (MemberSeen& one : page.items) one.name = name_of(briefs, one.person);
    impl->log_look(s, caller, kSeeMembers, {row->name, row->unit}, shown);
    return page;
  });
}

Task<Result<Reminded>> Duties::remind(const Caller& caller, RosterId id, Reminding asked) {
  const Rule* rule = impl_->rules.find(asked.rule);
  if (!rule) return refused<Reminded>(kDutyNotInForce);
  return impl_->db.transact([=, impl = impl_.get(), person = asked.person](Session& s) -> Result<Reminded> {
    const auto row = impl->kept(s, caller, id);
    if (!row) return row.error();
    const Instant now = impl->now();
    const Date today = local_date(now);
    const Plan plan = impl->plan(*rule, row->unit, today, today);
    if (!rule->binds(row->sector) || !plan.days[0].on) return kDutyNotInForce;
    const auto members = storage::members(s, id);
    const auto made = impl->made(s, *rule, plan, members);
    Reminded out;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (person && members[i].person != *person) continue;
      if (plan.done(plan.days[0], made[i], members[i].joined, now) != false) continue;
      const auto contact = impl->people.contact_of(s, members[i].person);
      if (!contact || contact->phones.empty() || !storage::remind(s, members[i].person, today)) continue;
      // Whoever else reads the phone learns nothing: neither who asks, nor what for.
      const auto account = impl->people.account_of(s, members[i].person);
      const std::string language =
          account ? declarations::message_language(s, impl->texts, kReminderText, *account) : "vi";
      impl->notify.queue(s, {contact->phones.front(), impl->texts.fill(kReminderText, language), "reminder",
                             local_midnight(Date{today.days + 1})});
      ++out.reminded;
    }
    return out;
  });
}

Task<Result<http::Reply>> Duties::taken_out(const Caller& caller, RosterId id, std::string wanted, std::int64_t days,
                                            std::string reason) const {
  const Rule* rule = impl_->rules.find(wanted);
  if (!rule) return refused<http::Reply>(wrong_field("/rule", "unknown"));
  if (days < 1 || days > kExportDaysMost) return refused<http::Reply>(wrong_field("/days", "range"));
  if (reason.empty()) return refused<http::Reply>(identity::kReasonRequired);
  return impl_->db.transact([=, impl = impl_.get()](Session& s) -> Result<http::Reply> {
    const auto row = impl->kept(s, caller, id);
    if (!row) return row.error();
    const Instant now = impl->now();
    const Date today = local_date(now);
    const Plan plan = impl->plan(*rule, row->unit, Date{today.days - days + 1}, today);
    const bool any = std::any_of(plan.days.begin(), plan.days.end(), [](const Plan::Day& day) { return day.on; });
    if (!rule->binds(row->sector) || !any) return kDutyNotInForce;
    const auto members = storage::members(s, id);
    const auto made = impl->made(s, *rule, plan, members);
    std::vector<PersonId> persons;
    for (const auto& member : members) persons.push_back(member.person);
    const auto briefs = impl->people.briefs(s, persons);
    std::string csv = tables::csv_text("Lũy Tre: " + row->name + ", " + rule->id + ", " + to_text(caller.account) +
                                       ", " + to_text(now) + ", " + reason) +
                      "\r\nname,joined";
    for (const Plan::Day& day : plan.days) csv += ',' + to_text(day.day);
    for (std::size_t i = 0; i < members.size(); ++i) {
      csv +=
          "\r\n" + tables::csv_text(name_of(briefs, members[i].person)) + ',' + to_text(local_date(members[i].joined));
      for (const Plan::Day& day : plan.days) {
        const auto done = plan.done(day, made[i], members[i].joined, now);
        csv += done ? (*done ? ",1" : ",0") : ",";
      }
    }
    impl->log_look(s, caller, kTakeOut, {row->name, row->unit}, persons);
    impl->access.log_list(s, caller, kTakeOut, static_cast<std::int64_t>(persons.size()),
                          "roster " + to_text(id) + ' ' + rule->id + ": " + reason);
    http::Reply out;
    out.type = "text/csv; charset=utf-8";
    out.body = csv + "\r\n";
    out.headers = {{"Content-Disposition", "attachment; filename=\"luytre-" + to_text(id) + ".csv\""}};
    return out;
  });
}

Task<Result<http::Page<Organisation>>> Duties::organisations(const Caller& caller, std::optional<UnitId> unit,
                                                             std::optional<std::string> cursor) const {
  using Out = http::Page<Organisation>;
  const auto areas = impl_->access.areas(caller, kCount);
  if (areas.empty()) return refused<Out>(kNotPermitted);
  const auto position = cursor ? parse_id(*cursor) : std::optional<std::int64_t>(0);
  if (!position) return refused<Out>(wrong_field("?cursor", "format"));
  const auto mine = [impl = impl_.get(), areas](UnitId one) { return impl->geography.covers(areas, one); };
  if (unit && !mine(*unit)) return refused<Out>(kNotPermitted);
  return impl_->db.read([=, impl = impl_.get()](Session& s) -> Result<Out> {
    Out page;
    RosterId after{*position};
    const Instant now = impl->now();
    const Date today = local_date(now);
    const Force force = impl->force(now);
    for (;;) {
      const auto rows = storage::all(s, after, 500);
      for (const auto& row : rows) {
        if (unit ? !impl->geography.covers(*unit, row.unit) : !mine(row.unit)) continue;
        if (page.items.size() == kOrganisationsShown) {
          page.next = to_text(page.items.back().id);
          return page;
        }
        const auto members = storage::members(s, row.id);
        Organisation& one = page.items.emplace_back();
        one = {row.id,
               row.name,
               row.sector,
               row.unit,
               impl->geography.path_text(row.unit),
               static_cast<std::int64_t>(members.size()),
               {}};
        for (const Rule& rule : impl->rules.all()) {
          if (!rule.binds(row.sector) || !force.of(rule, row.unit)) continue;
          OrganisationDuty& duty = one.duties.emplace_back(OrganisationDuty{rule.id, rule.title, std::nullopt});
          if (one.members < kCountLeast) continue;
          const Plan plan = impl->plan(rule, row.unit, today, today);
          duty.declared = count(plan, plan.days[0], members, impl->made(s, rule, plan, members), now).declared;
        }
      }
      if (rows.size() < 500) return page;
      after = rows.back().id;
    }
  });
}

}  // namespace luytre::duties
