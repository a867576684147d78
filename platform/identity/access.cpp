#include "platform/identity/access.h"

#include <sodium.h>

#include <algorithm>
#include <unordered_set>

#include "platform/base/log.h"
#include "platform/geography/geography.h"

namespace luytre::identity {
namespace {

constexpr const char* kMacForm = "1";  // of the bytes that the MAC is made over; a change of them gets another number
constexpr int kCounterBits = 12;       // id.h
constexpr std::int64_t kProcessMask = 0x3FF;

constexpr store::Query kInsertEntry{"identity.access_insert", R"sql(
  INSERT INTO identity_access
    (id, at, account, name, role, area, action, purpose, person, about, unit, reason, filter, persons, passed, mac)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))sql"};

constexpr store::Query kPend{"identity.access_pend", R"sql(
  INSERT INTO identity_access_pending (entry, process, at) VALUES ($1, $2, $3))sql"};

constexpr store::Query kOfPerson{"identity.access_of_person", R"sql(
  SELECT id, at, account, name, role, area, action, purpose, person, about, unit, reason, filter, persons, passed, mac
  FROM identity_access
  WHERE person = $1 AND ($2 = 0 OR account = $2) AND at >= $3 AND at < $4 AND id < $5
  ORDER BY id DESC
  LIMIT $6)sql"};

constexpr store::Query kOfAccount{"identity.access_of_account", R"sql(
  SELECT id, at, account, name, role, area, action, purpose, person, about, unit, reason, filter, persons, passed, mac
  FROM identity_access
  WHERE account = $1 AND at >= $2 AND at < $3 AND id < $4
  ORDER BY id DESC
  LIMIT $5)sql"};

constexpr store::Query kAboutAccount{"identity.access_about_account", R"sql(
  SELECT id, at, account, name, role, area, action, purpose, person, about, unit, reason, filter, persons, passed, mac
  FROM identity_access
  WHERE about = $1 AND about <> 0 AND id < $2
  ORDER BY id DESC
  LIMIT $3)sql"};

constexpr store::Query kAllEntries{"identity.access_all", R"sql(
  SELECT id, at, account, name, role, area, action, purpose, person, about, unit, reason, filter, persons, passed, mac
  FROM identity_access
  WHERE at >= $1 AND at < $2 AND id < $3
  ORDER BY id DESC
  LIMIT $4)sql"};

constexpr std::int64_t kEver = INT64_MAX;

// Each field with its length, so that no two rows give the same bytes.
void put(std::string& out, std::string_view field) {
  out += std::to_string(field.size());
  out += ':';
  out += field;
}

std::string canonical(const AccessEntry& e) {
  std::string out = kMacForm;
  for (const auto number :
       {e.id, e.at.seconds, e.account.value, e.area.value, e.person.value, e.about.value, e.unit.value, e.persons}) {
    put(out, std::to_string(number));
  }
  put(out, e.name);
  put(out, json::enum_text(e.role));
  put(out, e.action);
  put(out, json::enum_text(e.purpose));
  put(out, e.reason);
  put(out, e.filter);
  put(out, e.passed ? "passed" : "refused");
  return out;
}

store::Row values(const AccessEntry& e) {
  using store::to_value;
  return {to_value(e.id),     to_value(e.at),      to_value(e.account), to_value(e.name),
          to_value(e.role),   to_value(e.area),    to_value(e.action),  to_value(e.purpose),
          to_value(e.person), to_value(e.about),   to_value(e.unit),    to_value(e.reason),
          to_value(e.filter), to_value(e.persons), to_value(e.passed),  to_value(e.mac)};
}

store::Row mark(const AccessEntry& e) {
  return {store::to_value(e.id), store::to_value((e.id >> kCounterBits) & kProcessMask), store::to_value(e.at)};
}

// What is in the rows beyond the page's limit, which was asked for with one more.
http::Page<AccessEntry> page_of(std::vector<AccessEntry> rows, std::size_t limit) {
  http::Page<AccessEntry> page;
  const bool more = rows.size() > limit;
  if (more) rows.resize(limit);
  if (more && !rows.empty()) page.next = id_text(rows.back().id);
  page.items = std::move(rows);
  return page;
}

}  // namespace

struct Access::Pass {
  Grant by;
  bool own = false;  // as a citizen about the own household
};

struct Access::Refused {
  std::mutex mutex;
  std::vector<AccessEntry> entries;
  std::size_t dropped = 0;
};

Access::Access(const geography::Geography& geography, const Clock& clock, IdMaker& ids)
    : geography_(geography), clock_(clock), ids_(ids), refused_(std::make_shared<Refused>()) {}

Access::Access(const geography::Geography& geography, const Clock& clock, IdMaker& ids, const Vault& vault)
    : Access(geography, clock, ids) {
  key_ = vault.derive("identity.access");
}

Result<Done> Access::require(store::Session& session, const Caller& caller, const Action& action,
                             const Subject& subject) const {
  const auto row = check(session, caller, action, subject);
  if (!row) return row.error();
  if (*row) insert(session, **row);
  return Done{};
}

Result<Done> Access::require_each(store::Session& session, const Caller& caller, const Action& action,
                                  std::span<const Subject> subjects) const {
  std::vector<AccessEntry> rows;
  for (const Subject& subject : subjects) {
    auto row = check(session, caller, action, subject);
    if (!row) return row.error();
    if (*row) rows.push_back(std::move(**row));
  }
  insert(session, rows);
  return Done{};
}

Result<std::optional<AccessEntry>> Access::check(store::Session& session, const Caller& caller, const Action& action,
                                                 const Subject& subject) const {
  const bool open = std::find(action.roles.begin(), action.roles.end(), Role::kAnyone) != action.roles.end();
  if (caller.account.value == 0 && !open) {
    refuse(caller, action, subject);
    return kUnauthenticated;
  }
  if (!caller.full && !open) {
    refuse(caller, action, subject);
    return kSecondProofRequired;
  }
  const auto passed = pass(session, caller, action, subject);
  if (!passed) {
    refuse(caller, action, subject);
    return kNotPermitted;
  }
  if (action.needs_reason && !passed->own && subject.reason.empty()) return kReasonRequired;
  if (subject.person.value == 0 || passed->own) return std::optional<AccessEntry>();
  AccessEntry row = entry(caller, action);
  row.role = passed->by.role;
  row.area = passed->by.area;
  row.person = subject.person;
  row.unit = subject.unit;
  row.reason = subject.reason;
  row.passed = true;
  row.mac = mac(row);
  return std::optional(std::move(row));
}

std::optional<Access::Pass> Access::pass(store::Session& session, const Caller& caller, const Action& action,
                                         const Subject& subject) const {
  for (const Role role : action.roles) {
    if (role == Role::kAnyone) return Pass{{role, {}}, false};
    if (role == Role::kCitizen) {
      if (!caller.has(role)) continue;
      const bool own = subject.person.value == 0 || (household_ && household_(session, caller.account, subject.person));
      if (own) return Pass{{role, {}}, true};
      continue;
    }
    for (const auto& grant : caller.grants) {
      if (grant.role != role) continue;
      const bool anywhere = grant.area.value == 0 || (subject.unit.value == 0 && subject.person.value == 0);
      if (anywhere || (subject.unit.value != 0 && geography_.covers(grant.area, subject.unit)))
        return Pass{grant, false};
    }
  }
  return std::nullopt;
}

std::vector<UnitId> Access::areas(const Caller& caller, const Action& action) const {
  std::vector<UnitId> out;
  if (!caller.full) return out;
  for (const auto& grant : caller.grants) {
    const bool named = std::find(action.roles.begin(), action.roles.end(), grant.role) != action.roles.end();
    if (!named || grant.role == Role::kCitizen) continue;
    if (grant.area.value == 0) return {UnitId{}};
    if (std::find(out.begin(), out.end(), grant.area) == out.end()) out.push_back(grant.area);
  }
  return out;
}

AccessEntry Access::entry(const Caller& caller, const Action& action) const {
  AccessEntry out;
  out.id = ids_.next();
  out.at = clock_.now();
  out.account = caller.account;
  out.name = caller.has(Role::kCitizen) ? std::string() : caller.name;
  out.action = action.name;
  out.purpose = action.purpose;
  for (const auto& grant : caller.grants) {
    if (std::find(action.roles.begin(), action.roles.end(), grant.role) == action.roles.end()) continue;
    out.role = grant.role;
    out.area = grant.area;
    break;
  }
  if (out.role == Role::kAnyone && !caller.grants.empty()) out.role = caller.grants.front().role;
  return out;
}

void Access::refuse(const Caller& caller, const Action& action, const Subject& subject) const {
  if (subject.person.value == 0) return;
  AccessEntry row = entry(caller, action);
  row.person = subject.person;
  row.unit = subject.unit;
  row.reason = subject.reason;
  row.mac = mac(row);
  const std::lock_guard lock(refused_->mutex);
  if (refused_->entries.size() < kRefusedMost) {
    refused_->entries.push_back(std::move(row));
  } else {
    ++refused_->dropped;
  }
}

void Access::log_list(store::Session& session, const Caller& caller, const Action& action, std::int64_t persons,
                      std::string_view filter) const {
  AccessEntry row = entry(caller, action);
  row.persons = persons;
  row.filter = filter;
  row.passed = true;
  row.mac = mac(row);
  insert(session, row);
}

void Access::log_each(store::Session& session, const Caller& caller, const Action& action, std::span<const Shown> shown,
                      std::string_view reason) const {
  std::unordered_set<PersonId> told;
  std::vector<AccessEntry> rows;
  for (const Shown& one : shown) {
    if (one.person.value == 0 || !told.insert(one.person).second) continue;
    const auto passed = pass(session, caller, action, {one.person, one.unit, {}});
    if (passed && passed->own) continue;
    AccessEntry& row = rows.emplace_back(entry(caller, action));
    if (passed) {
      row.role = passed->by.role;
      row.area = passed->by.area;
    }
    row.person = one.person;
    row.unit = one.unit;
    row.reason = reason;
    row.passed = true;
    row.mac = mac(row);
  }
  insert(session, rows);
}

void Access::log_account(store::Session& session, const Caller& caller, const Action& action, AccountId about,
                         std::string_view reason) const {
  AccessEntry row = entry(caller, action);
  row.about = about;
  row.reason = reason;
  row.passed = true;
  row.mac = mac(row);
  insert(session, row);
}

std::string Access::keyed_hash(std::string_view bytes) const {
  std::string out(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), key_.data(), key_.size());
  return out;
}

std::string Access::mac(const AccessEntry& entry) const {
  return hex(keyed_hash(canonical(entry)));
}

std::vector<AccessEntry> Access::take_refused() const {
  std::vector<AccessEntry> out;
  std::size_t dropped = 0;
  {
    const std::lock_guard lock(refused_->mutex);
    out.swap(refused_->entries);
    std::swap(dropped, refused_->dropped);
  }
  if (dropped > 0) log::warn("refused accesses not written: too many at once", {{"count", std::to_string(dropped)}});
  return out;
}

void Access::insert(store::Session& session, const AccessEntry& entry) {
  session.connection().run(kInsertEntry, values(entry));
  session.connection().run(kPend, mark(entry));
}

void Access::insert(store::Session& session, std::span<const AccessEntry> entries) {
  std::vector<store::Row> rows, marks;
  for (const AccessEntry& entry : entries) {
    rows.push_back(values(entry));
    marks.push_back(mark(entry));
  }
  session.insert(kInsertEntry, rows);
  session.insert(kPend, marks);
}

std::int64_t Access::process() const {
  return (ids_.next() >> kCounterBits) & kProcessMask;
}

http::Page<AccessEntry> Access::list(store::Session& session, const Filter& filter, std::int64_t before,
                                     std::size_t limit) const {
  const std::int64_t from = filter.from ? filter.from->seconds : 0;
  const std::int64_t to = filter.to ? filter.to->seconds : kEver;
  const auto wanted = static_cast<std::int64_t>(limit) + 1;
  const std::int64_t account = filter.account.value_or(AccountId{}).value;
  if (filter.person)
    return page_of(session.all<AccessEntry>(kOfPerson, *filter.person, account, from, to, before, wanted), limit);
  if (account != 0) return page_of(session.all<AccessEntry>(kOfAccount, account, from, to, before, wanted), limit);
  return page_of(session.all<AccessEntry>(kAllEntries, from, to, before, wanted), limit);
}

Result<http::Page<AccessEntry>> Access::about_me(store::Session& session, const Caller& caller,
                                                 std::optional<PersonId> person, std::int64_t before,
                                                 std::size_t limit) const {
  if (caller.account.value == 0) return kUnauthenticated;
  if (!caller.full) return kSecondProofRequired;
  if (person && !(household_ && household_(session, caller.account, *person))) return kNotPermitted;
  const auto wanted = static_cast<std::int64_t>(limit) + 1;
  std::vector<PersonId> people;
  if (person) people.push_back(*person);
  if (!person && people_) people = people_(session, caller.account);
  std::vector<AccessEntry> rows;
  for (const PersonId one : people) {
    for (auto& row :
         session.all<AccessEntry>(kOfPerson, one, std::int64_t{0}, std::int64_t{0}, kEver, before, wanted)) {
      rows.push_back(std::move(row));
    }
  }
  if (!person) {
    for (auto& row : session.all<AccessEntry>(kAboutAccount, caller.account, before, wanted))
      rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const AccessEntry& a, const AccessEntry& b) { return a.id > b.id; });
  return page_of(std::move(rows), limit);
}

}  // namespace luytre::identity
