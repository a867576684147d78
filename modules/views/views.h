// Views: what officers filter and sort lists by, kept under a name.
//
// A view belongs to one page of the console and to the officer who saved it, who may share it with a unit: then every
// officer whose grant is for that very unit sees it, too. Each officer may say which view a page opens with. Settings
// are words that a page itself offers (a choice, an id, a day), never what somebody typed to find a person: searches,
// names and numbers are refused. Thread-safe. Publishes nothing.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"

namespace luytre::views {

using ViewId = Id<struct ViewTag>;

inline constexpr std::size_t kMost = 100;         // of an officer
inline constexpr std::size_t kSettingsMost = 20;  // of a view
inline constexpr std::size_t kSharedShown = 100;  // of a unit, the oldest first

using Settings = std::map<std::string, Text<40>>;  // "classification": "suspect", as in the page's address

struct NewView {
  Text<60> page;  // "/cases"
  Text<60> name;  // one of an officer's on that page
  Settings settings;
  std::optional<UnitId> unit;  // shared with it; of one of the caller's grants
};
BOOST_DESCRIBE_STRUCT(NewView, (), (page, name, settings, unit))

struct View {
  ViewId id;
  std::string page;
  std::string name;
  Settings settings;
  std::optional<UnitId> unit;
  bool mine = false;
  std::string by;
  bool standard = false;  // the page opens with it for the caller
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(View, (), (id, page, name, settings, unit, mine, by, standard, version))

struct Standard {
  Text<60> page;
  std::optional<ViewId> view;  // absent: the page opens as it is
};
BOOST_DESCRIBE_STRUCT(Standard, (), (page, view))

inline constexpr ErrorCode kNameTaken{"name_taken", 409};
inline constexpr ErrorCode kTooManyViews{"too_many_views", 409};

class Views {
 public:
  Views(store::Database& db, const identity::Access& access) : db_(db), access_(access) {}

  // Own ones and those shared with a unit of the caller, by page and name. Errors of all: not_permitted.
  Task<Result<http::Page<View>>> list(const Caller& caller) const;
  // Errors: invalid, name_taken, too_many_views.
  Task<Result<View>> save(const Caller& caller, NewView request, std::optional<store::Once> once = std::nullopt);
  // Of the caller's own; the page stays. Errors: not_found, invalid, name_taken, version_conflict.
  Task<Result<View>> change(const Caller& caller, ViewId id, NewView request, std::int64_t version);
  // Errors: not_found (also of one of somebody else).
  Task<Result<Done>> remove(const Caller& caller, ViewId id);
  // Errors: not_found (none that the caller sees), invalid (of another page).
  Task<Result<Done>> set_standard(const Caller& caller, Standard standard);

 private:
  Result<Done> check(const Caller& caller, const NewView& request) const;

  store::Database& db_;
  const identity::Access& access_;
};

void routes(http::Router& router, Views& views);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::views
