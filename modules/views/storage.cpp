#include "modules/views/storage.h"

namespace luytre::views::storage {
namespace {

constexpr store::Query kFind{"views.find", R"sql(
  SELECT id, account, by_name, page, name, settings, unit, version
  FROM views_view
  WHERE id = $1)sql"};

constexpr store::Query kOfAccount{"views.of_account", R"sql(
  SELECT id, account, by_name, page, name, settings, unit, version
  FROM views_view
  WHERE account = $1
  ORDER BY id)sql"};

constexpr store::Query kOfUnit{"views.of_unit", R"sql(
  SELECT id, account, by_name, page, name, settings, unit, version
  FROM views_view
  WHERE unit = $1
  ORDER BY id
  LIMIT $2)sql"};

constexpr store::Query kOfName{"views.of_name", R"sql(
  SELECT id
  FROM views_view
  WHERE account = $1 AND page = $2 AND name = $3)sql"};

constexpr store::Query kInsert{"views.insert", R"sql(
  INSERT INTO views_view (id, account, by_name, page, name, settings, unit, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr store::Query kUpdate{"views.update", R"sql(
  UPDATE views_view
  SET by_name = $2, name = $3, settings = $4, unit = $5, version = $6
  WHERE id = $1)sql"};

constexpr store::Query kRemove{"views.remove", R"sql(
  DELETE FROM views_view
  WHERE id = $1)sql"};

constexpr store::Query kStandards{"views.standards", R"sql(
  SELECT view_id
  FROM views_standard
  WHERE account = $1)sql"};

constexpr store::Query kForget{"views.forget_standard", R"sql(
  DELETE FROM views_standard
  WHERE account = $1 AND page = $2)sql"};

constexpr store::Query kForgetView{"views.forget_view", R"sql(
  DELETE FROM views_standard
  WHERE view_id = $1)sql"};

constexpr store::Query kSet{"views.set_standard", R"sql(
  INSERT INTO views_standard (account, page, view_id)
  VALUES ($1, $2, $3))sql"};

}  // namespace

std::optional<ViewRow> find(store::Session& session, ViewId id) {
  return session.one<ViewRow>(kFind, id);
}

std::vector<ViewRow> of_account(store::Session& session, AccountId account) {
  return session.all<ViewRow>(kOfAccount, account);
}

std::vector<ViewRow> of_unit(store::Session& session, UnitId unit, std::size_t most) {
  return session.all<ViewRow>(kOfUnit, unit, most);
}

std::optional<ViewId> of_name(store::Session& session, AccountId account, std::string_view page,
                              std::string_view name) {
  return session.one<ViewId>(kOfName, account, page, name);
}

void insert(store::Session& session, const ViewRow& r) {
  session.run(kInsert, r.id, r.account, r.by_name, r.page, r.name, r.settings, r.unit, r.version);
}

void update(store::Session& session, const ViewRow& r) {
  session.run(kUpdate, r.id, r.by_name, r.name, r.settings, r.unit, r.version);
}

void remove(store::Session& session, ViewId id) {
  session.run(kForgetView, id);
  session.run(kRemove, id);
}

std::vector<ViewId> standards(store::Session& session, AccountId account) {
  return session.all<ViewId>(kStandards, account);
}

void set_standard(store::Session& session, AccountId account, std::string_view page, std::optional<ViewId> view) {
  session.run(kForget, account, page);
  if (view) session.run(kSet, account, page, *view);
}

}  // namespace luytre::views::storage
