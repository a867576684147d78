// The SQL of views, and nobody else's.

#pragma once

#include "modules/views/views.h"
#include "platform/store/session.h"

namespace luytre::views::storage {

struct ViewRow {
  ViewId id;
  AccountId account;
  std::string by_name;
  std::string page;
  std::string name;
  std::string settings;  // Settings, as JSON text
  std::optional<UnitId> unit;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ViewRow, (), (id, account, by_name, page, name, settings, unit, version))

std::optional<ViewRow> find(store::Session& session, ViewId id);
std::vector<ViewRow> of_account(store::Session& session, AccountId account);
std::vector<ViewRow> of_unit(store::Session& session, UnitId unit, std::size_t most);  // oldest first
std::optional<ViewId> of_name(store::Session& session, AccountId account, std::string_view page, std::string_view name);
void insert(store::Session& session, const ViewRow& row);
void update(store::Session& session, const ViewRow& row);
void remove(store::Session& session, ViewId id);  // also as what a page opens with

std::vector<ViewId> standards(store::Session& session, AccountId account);
void set_standard(store::Session& session, AccountId account, std::string_view page, std::optional<ViewId> view);

}  // namespace luytre::views::storage
