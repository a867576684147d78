#include "modules/helpers/helpers.h"

#include <algorithm>
#include <map>

#include "engines/linkage/qr.h"
#include "modules/helpers/storage.h"
#include "platform/base/phone.h"
#include "platform/base/sorted_cursor.h"

namespace luytre::helpers {
namespace {

using store::Session;

constexpr std::string_view kSealed = "helpers.name";
constexpr const char* kPhone = "helpers.phone";
constexpr std::chrono::minutes kRetentionEvery{60};

const identity::Action kName{
    "helpers.name", Purpose::kAdministration, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kCount{
    "helpers.count",
    Purpose::kCommand,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};

bool at_work(const storage::HelperRow& row, Instant now) {
  return !row.ended && row.starts <= now && now < row.ends;
}

Helping helping(const geography::Geography& geography, const storage::HelperRow& row, Date today) {
  const bool fresh = row.day == today;
  return {row.id,
          geography.path_text(row.unit),
          row.organisation,
          Date{local_date(row.ends).days - 1},
          fresh ? row.day_installed : 0,
          fresh ? row.day_declared : 0,
          row.installed,
          row.declared};
}

}  // namespace

Helpers::Helpers(store::Database& db, const geography::Geography& geography, const identity::Access& access,
                 const identity::Accounts& accounts, const Vault& vault, Settings settings)
    : db_(db),
      geography_(geography),
      access_(access),
      accounts_(accounts),
      vault_(vault),
      settings_(std::move(settings)) {}

Helper Helpers::view(const storage::HelperRow& row) const {
  return {row.id,
          row.unit,
          geography_.path_text(row.unit),
          row.organisation,
          vault_.unsealed(kSealed, to_text(row.id), row.name.data),
          local_date(row.starts),
          Date{local_date(row.ends).days - 1},
          row.ended,
          row.installed,
          row.declared};
}

std::vector<FieldError> Helpers::flaws(const NewHelper& asked) const {
  const Date today = local_date(db_.clock().now());
  std::vector<FieldError> out;
  if (!geography_.find(asked.unit)) out.push_back({"/unit", "unknown", {}});
  if (fold(asked.name).empty()) out.push_back({"/name", "required", {}});
  const auto phone = normalise_phone(asked.phone);
  if (!phone || !can_receive_sms(*phone)) out.push_back({"/phone", "format", {}});
  if (asked.last_day < today || asked.last_day < asked.first_day) out.push_back({"/lastDay", "too_early", {}});
  if (asked.last_day.days >= std::max(asked.first_day.days, today.days) + kLongest)
    out.push_back({"/lastDay", "too_late", {}});
  return out;
}

Task<Result<Helper>> Helpers::name(const Caller& caller, NewHelper asked) {
  const auto areas = access_.areas(caller, kName);
  if (areas.empty()) return refused<Helper>(kNotPermitted);
  if (auto wrong = flaws(asked); !wrong.empty()) return refused<Helper>(Error(kInvalid, std::move(wrong)));
  if (!geography_.covers(areas, asked.unit)) return refused<Helper>(kNotPermitted);
  return db_.transact([this, caller, asked = std::move(asked)](Session& s) -> Result<Helper> {
    const store::Bytes phone{vault_.blind(kPhone, *normalise_phone(asked.phone))};
    const auto known = storage::of_phone(s, phone);
    const auto same = std::find_if(known.begin(), known.end(), [&](const storage::HelperRow& one) {
      return one.unit == asked.unit && one.organisation == asked.organisation && !one.ended;
    });
    storage::HelperRow row;
    if (same != known.end()) {
      row = *same;
    } else {
      row.id = db_.ids().make<HelperId>();
      row.unit = asked.unit;
      row.organisation = asked.organisation;
      row.phone = phone;
      row.made = db_.clock().now();
      row.made_by = caller.account;
    }
    row.name = {vault_.seal(kSealed, to_text(row.id), asked.name)};
    row.starts = local_midnight(asked.first_day);
    row.ends = local_midnight(Date{asked.last_day.days + 1});
    if (same != known.end()) {
      storage::update(s, row);
    } else {
      storage::insert(s, row);
    }
    access_.log_list(s, caller, kName, 1, "helper " + to_text(row.id) + " in " + to_text(row.unit));
    return view(row);
  });
}

Task<Result<http::Page<Helper>>> Helpers::list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                               std::size_t limit) const {
  using Out = http::Page<Helper>;
  const auto areas = access_.areas(caller, kName);
  if (areas.empty()) return refused<Out>(kNotPermitted);
  const bool descending = filter.order == Order::kDescending;
  const std::string sorted = "named-" + json::enum_text(filter.order);
  const auto start = start_of(cursor, sorted, descending);
  if (!start) return refused<Out>(start.error());
  const HelperId after{start->number};
  return db_.transact([this, caller, areas, filter, descending, sorted, after, limit](Session& s) -> Result<Out> {
    Out page;
    auto of = geography::within_or_above(geography_, areas, filter.unit);
    if (!of) return page;
    auto rows = storage::page(s, {std::move(*of), filter.organisation, descending}, after, limit + 1);
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = end_of(sorted, {rows.back().id.value, 0});
    }
    for (const auto& row : rows) page.items.push_back(view(row));
    access_.log_list(s, caller, kName, static_cast<std::int64_t>(page.items.size()), "helpers of the own area");
    return page;
  });
}

Task<Result<Helper>> Helpers::end(const Caller& caller, HelperId id) {
  const auto areas = access_.areas(caller, kName);
  if (areas.empty()) return refused<Helper>(kNotPermitted);
  return db_.transact([this, caller, areas, id](Session& s) -> Result<Helper> {
    auto row = storage::find(s, id);
    if (!row || !geography_.covers(areas, row->unit)) return kNotFound;
    const Instant now = db_.clock().now();
    if (row->ended || row->ends <= now) return kHelpingEnded;
    row->ended = now;
    storage::update(s, *row);
    access_.log_list(s, caller, kName, 1, "helper " + to_text(id) + " ended");
    return view(*row);
  });
}

Task<Result<Figures>> Helpers::figures(const Caller& caller, std::optional<UnitId> unit) const {
  auto areas = access_.areas(caller, kCount);
  if (areas.empty()) return refused<Figures>(kNotPermitted);
  if (unit) {
    if (!geography_.find(*unit)) return refused<Figures>(wrong_field("?unit", "unknown"));
    if (!geography_.covers(areas, *unit)) return refused<Figures>(kNotPermitted);
    areas = {*unit};
  }
  return db_.read([this, areas](Session& s) -> Result<Figures> {
    const Instant now = db_.clock().now();
    Figures out;
    out.since = Date{local_date(now).days - kFigureDays + 1};
    std::map<Organisation, Figure> sums;
    const auto of = [&](Organisation organisation) -> Figure& {
      Figure& sum = sums[organisation];
      sum.organisation = organisation;
      return sum;
    };
    for (const auto& row : storage::tallies(s, out.since)) {
      if (!geography_.covers(areas, row.unit)) continue;
      of(row.organisation).installed += row.installed;
      of(row.organisation).declared += row.declared;
    }
    for (const auto& row : storage::all(s))
      if (at_work(row, now) && geography_.covers(areas, row.unit)) ++of(row.organisation).helpers;
    for (auto& [organisation, sum] : sums) out.items.push_back(sum);
    return out;
  });
}

Task<Result<MyHelping>> Helpers::mine(const Caller& caller) const {
  if (caller.account.value == 0) return refused<MyHelping>(kUnauthenticated);
  if (!caller.full) return refused<MyHelping>(kSecondProofRequired);
  return db_.read([this, account = caller.account](Session& s) -> Result<MyHelping> {
    MyHelping out;
    out.address = settings_.public_url;
    const auto phone = accounts_.phone(s, account);
    const Instant now = db_.clock().now();
    if (phone) {
      for (const auto& row : storage::of_phone(s, {vault_.blind(kPhone, *phone)}))
        if (at_work(row, now)) out.items.push_back(helping(geography_, row, local_date(now)));
    }
    if (!out.items.empty()) out.svg = linkage::Qr(out.address).svg();
    return out;
  });
}

Task<Result<Helping>> Helpers::helped(const Caller& caller, HelperId id, Helped what, std::optional<store::Once> once) {
  if (caller.account.value == 0) return refused<Helping>(kUnauthenticated);
  if (!caller.full) return refused<Helping>(kSecondProofRequired);
  auto write = [this, account = caller.account, id, what](Session& s) -> Result<Helping> {
    auto row = storage::find(s, id);
    const auto phone = accounts_.phone(s, account);
    const Instant now = db_.clock().now();
    const bool mine = row && phone && row->phone.data == vault_.blind(kPhone, *phone) && at_work(*row, now);
    if (!mine) return kNotFound;
    const Date today = local_date(now);
    if (row->day != today) row->day_installed = row->day_declared = 0;
    row->day = today;
    const bool installed = what.help == Help::kInstalled;
    if ((installed ? row->day_installed : row->day_declared) >= kDayMost)
      return Error(kHelpedEnough, {{"most", std::to_string(kDayMost)}});
    (installed ? row->day_installed : row->day_declared) += 1;
    (installed ? row->installed : row->declared) += 1;
    storage::update(s, *row);
    storage::count(s, {row->unit, row->organisation, installed ? 1 : 0, installed ? 0 : 1}, today);
    return helping(geography_, *row, today);
  };
  if (once) return db_.once(std::move(*once), std::move(write));
  return db_.transact(std::move(write));
}

store::Recurring Helpers::retention() const {
  const auto run = [this](Session& s) {
    if (settings_.study) return;
    const Instant now = db_.clock().now();
    const std::int64_t deleted = storage::forget(s, now - kKept);
    if (deleted > 0) storage::prove(s, db_.ids().next(), now, "helpers: 28 days after their end", now - kKept, deleted);
  };
  return {"helpers.retention", kRetentionEvery, run};
}

}  // namespace luytre::helpers
