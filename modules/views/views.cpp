#include "modules/views/views.h"

#include <algorithm>
#include <tuple>

#include "modules/views/storage.h"
#include "platform/base/conflict.h"

namespace luytre::views {
namespace {

using storage::ViewRow;
using store::Session;

const identity::Action kUse{"views.use",
                            Purpose::kAdministration,
                            {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander,
                             Role::kAuditor, Role::kAdministrator, Role::kTracer, Role::kInformationOffice}};

constexpr const char* kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr const char* kDigits = "0123456789";

// What pages call the boxes that somebody types into, and what leads to one person.
constexpr std::string_view kOfPersons[] = {"q",       "text",   "name", "phone", "paper",    "person", "patient",
                                           "account", "number", "code", "case",  "followed", "reason"};

bool is_page(std::string_view page) {
  return page.size() > 1 && page.front() == '/' &&
         page.find_first_not_of("abcdefghijklmnopqrstuvwxyz-/") == std::string_view::npos;
}

bool is_key(std::string_view key) {
  return !key.empty() && key.size() <= 30 && key.find_first_not_of(kLetters) == std::string_view::npos &&
         std::find(std::begin(kOfPersons), std::end(kOfPersons), key) == std::end(kOfPersons);
}

// A choice, an id or a day; a row of digits is a phone or a paper.
bool is_value(std::string_view value) {
  const std::string all = std::string(kLetters) + kDigits + '-';
  return !value.empty() && value.find_first_not_of(all) == std::string_view::npos &&
         (value.size() < 8 || value.find_first_not_of(kDigits) != std::string_view::npos);
}

bool sees(const Caller& caller, const std::vector<UnitId>& areas, const ViewRow& row) {
  return row.account == caller.account || (row.unit && std::find(areas.begin(), areas.end(), *row.unit) != areas.end());
}

View view_of(const Caller& caller, const ViewRow& row, const std::vector<ViewId>& standards) {
  auto settings = json::parse<Settings>(row.settings);
  if (!settings) throw std::runtime_error("the settings of a view cannot be read");
  View out;
  out.id = row.id;
  out.page = row.page;
  out.name = row.name;
  out.settings = std::move(*settings);
  out.unit = row.unit;
  out.mine = row.account == caller.account;
  out.by = row.by_name;
  out.standard = std::find(standards.begin(), standards.end(), row.id) != standards.end();
  out.version = row.version;
  return out;
}

void write(ViewRow& row, const Caller& caller, const NewView& request) {
  row.by_name = caller.name;
  row.name = request.name;
  row.settings = json::text(request.settings);
  row.unit = request.unit;
}

}  // namespace

Result<Done> Views::check(const Caller& caller, const NewView& request) const {
  const auto areas = access_.areas(caller, kUse);
  if (areas.empty()) return kNotPermitted;
  if (!is_page(request.page)) return wrong_field("/page", "format");
  if (request.name.empty()) return wrong_field("/name", "required");
  if (request.settings.size() > kSettingsMost) return wrong_field("/settings", "too_many");
  for (const auto& [key, value] : request.settings)
    if (!is_key(key) || !is_value(value)) return wrong_field("/settings", "names_person");
  if (request.unit && std::find(areas.begin(), areas.end(), *request.unit) == areas.end())
    return wrong_field("/unit", "not_yours");
  return Done{};
}

Task<Result<http::Page<View>>> Views::list(const Caller& caller) const {
  return db_.read([this, caller](Session& s) -> Result<http::Page<View>> {
    const auto areas = access_.areas(caller, kUse);
    if (areas.empty()) return kNotPermitted;
    std::vector<ViewRow> rows = storage::of_account(s, caller.account);
    for (const UnitId area : areas)
      for (ViewRow& row : storage::of_unit(s, area, kSharedShown)) rows.push_back(std::move(row));
    const auto place = [](const ViewRow& row) { return std::tie(row.page, row.name, row.id); };
    std::sort(rows.begin(), rows.end(), [&](const ViewRow& a, const ViewRow& b) { return place(a) < place(b); });
    rows.erase(std::unique(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.id == b.id; }),
               rows.end());
    const auto standards = storage::standards(s, caller.account);
    http::Page<View> out;
    for (const ViewRow& row : rows) out.items.push_back(view_of(caller, row, standards));
    return out;
  });
}

Task<Result<View>> Views::save(const Caller& caller, NewView request, std::optional<store::Once> once) {
  auto saving = [this, caller, request = std::move(request)](Session& s) -> Result<View> {
    const auto allowed = check(caller, request);
    if (!allowed) return allowed.error();
    if (storage::of_name(s, caller.account, request.page, request.name)) return kNameTaken;
    if (storage::of_account(s, caller.account).size() >= kMost) return kTooManyViews;
    ViewRow row;
    row.id = db_.ids().make<ViewId>();
    row.account = caller.account;
    row.page = request.page;
    write(row, caller, request);
    storage::insert(s, row);
    return view_of(caller, row, {});
  };
  return once ? db_.once(std::move(*once), std::move(saving)) : db_.transact(std::move(saving));
}

Task<Result<View>> Views::change(const Caller& caller, ViewId id, NewView request, std::int64_t version) {
  return db_.transact([this, caller, id, request = std::move(request), version](Session& s) -> Result<View> {
    auto row = storage::find(s, id);
    if (!row || row->account != caller.account) return kNotFound;
    const auto allowed = check(caller, request);
    if (!allowed) return allowed.error();
    if (request.page != row->page) return wrong_field("/page", "other_page");
    const auto standards = storage::standards(s, caller.account);
    if (row->version != version) return version_conflict(view_of(caller, *row, standards));
    if (const auto other = storage::of_name(s, caller.account, row->page, request.name); other && *other != id)
      return kNameTaken;
    write(*row, caller, request);
    ++row->version;
    storage::update(s, *row);
    return view_of(caller, *row, standards);
  });
}

Task<Result<Done>> Views::remove(const Caller& caller, ViewId id) {
  return db_.transact([caller, id](Session& s) -> Result<Done> {
    const auto row = storage::find(s, id);
    if (!row || row->account != caller.account) return kNotFound;
    storage::remove(s, id);
    return Done{};
  });
}

Task<Result<Done>> Views::set_standard(const Caller& caller, Standard standard) {
  return db_.transact([this, caller, standard = std::move(standard)](Session& s) -> Result<Done> {
    const auto areas = access_.areas(caller, kUse);
    if (areas.empty()) return kNotPermitted;
    if (!is_page(standard.page)) return wrong_field("/page", "format");
    if (standard.view) {
      const auto row = storage::find(s, *standard.view);
      if (!row || !sees(caller, areas, *row)) return kNotFound;
      if (row->page != standard.page) return wrong_field("/page", "other_page");
    }
    storage::set_standard(s, caller.account, standard.page, standard.view);
    return Done{};
  });
}

}  // namespace luytre::views
