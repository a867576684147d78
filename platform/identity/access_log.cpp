#include "platform/identity/access_log.h"

#include <algorithm>

#include "platform/geography/geography.h"

namespace luytre::identity {
namespace {

const Action kRead{"access_log.read", Purpose::kAudit, {Role::kAuditor}};
const Action kVerify{"access_log.verify", Purpose::kAudit, {Role::kAuditor, Role::kAdministrator}};

constexpr std::int64_t kNewest = INT64_MAX;

std::string filter_text(const Access::Filter& filter) {
  std::string out;
  if (filter.person) out += " person=" + to_text(*filter.person);
  if (filter.account) out += " account=" + to_text(*filter.account);
  if (filter.from) out += " from=" + to_text(*filter.from);
  if (filter.to) out += " to=" + to_text(*filter.to);
  return out.empty() ? out : out.substr(1);
}

}  // namespace

AccessItem AccessLog::item(const AccessEntry& entry) const {
  AccessItem out;
  out.id = {entry.id};
  out.at = entry.at;
  out.role = entry.role;
  if (entry.area.value != 0) out.unit_name = geography_.path_text(entry.area);
  out.action = entry.action;
  out.purpose = entry.purpose;
  if (auto known = noted(entry.reason)) {
    out.note = known->note;
    out.reason = std::move(known->typed);
  } else {
    out.reason = entry.reason;
  }
  if (entry.person.value != 0) out.person = entry.person;
  out.passed = entry.passed;
  return out;
}

Task<Result<http::Page<AccessItem>>> AccessLog::mine(Caller caller, std::optional<PersonId> person,
                                                     std::optional<std::int64_t> before, std::size_t limit) const {
  return database_.read(
      [this, caller = std::move(caller), person, before, limit](store::Session& s) -> Result<http::Page<AccessItem>> {
        const auto rows = access_.about_me(s, caller, person, before.value_or(kNewest), limit);
        if (!rows) return rows.error();
        http::Page<AccessItem> page;
        for (const auto& row : rows->items) page.items.push_back(item(row));
        page.next = rows->next;
        return page;
      });
}

Task<Result<http::Page<AuditItem>>> AccessLog::all(Caller caller, Access::Filter filter,
                                                   std::optional<std::int64_t> before, std::size_t limit) const {
  return database_.transact(
      [this, caller = std::move(caller), filter, before, limit](store::Session& s) -> Result<http::Page<AuditItem>> {
        if (auto allowed = access_.require(s, caller, kRead, {}); !allowed) return allowed.error();
        const auto rows = access_.list(s, filter, before.value_or(kNewest), limit);
        http::Page<AuditItem> page;
        page.next = rows.next;
        for (const auto& row : rows.items) {
          AuditItem one;
          static_cast<AccessItem&>(one) = item(row);
          one.account = row.account;
          one.name = row.name;
          if (auto known = noted(row.reason)) one.record = std::move(known->record);
          if (row.about.value != 0) one.about = row.about;
          one.persons = row.persons;
          one.filter = row.filter;
          page.items.push_back(std::move(one));
        }
        const auto persons = std::count_if(page.items.begin(), page.items.end(),
                                           [](const AuditItem& one) { return one.person.has_value(); });
        access_.log_list(s, caller, kRead, persons, filter_text(filter));
        return page;
      });
}

Task<Result<Verdict>> AccessLog::verify(Caller caller) const {
  return verify_steps(std::move(caller));
}

Task<Result<Verdict>> AccessLog::verify_steps(Caller caller) const {
  auto check = [this, caller](store::Session& s) { return access_.require(s, caller, kVerify, {}); };
  const Result<Done> allowed = co_await database_.read(std::move(check));
  if (!allowed) co_return allowed.error();
  co_return co_await chain_.verify();
}

}  // namespace luytre::identity
