// Helpers: members of the youth union, the farmers', women's and veterans' unions, who help people to install the app
// and to declare, without seeing anybody's data.
//
// An officer of the area names a helper by phone number, for a unit, from one day to another, at most kLongest. The
// helper opens a page in the own app: the steps, a QR code of the app's address, and two buttons that count. Nothing
// else opens: a helper has no access to any record, also not to those of the people helped, who use their own phones
// and type themselves. What is counted is what helpers say, at most kDayMost a day each; kept is how many by unit,
// organisation and day, which is all that statistics know.
//
// A helper's row is deleted kKept after its end, with a proof row; the counts stay. Naming, listing and ending are in
// the access log. Thread-safe. Publishes nothing.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/base/text.h"
#include "platform/base/vault.h"
#include "platform/geography/geography.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/identity/accounts.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::helpers {

using HelperId = Id<struct HelperTag>;

inline constexpr std::int64_t kLongest = 180;  // days
inline constexpr std::chrono::hours kKept{28 * 24};
inline constexpr std::int64_t kDayMost = 200;    // people helped by one helper in a day, of each kind
inline constexpr std::int64_t kFigureDays = 28;  // that figures cover

enum class Organisation { kYouth, kFarmers, kWomen, kVeterans, kOther };
BOOST_DESCRIBE_ENUM(Organisation, kYouth, kFarmers, kWomen, kVeterans, kOther)

struct NewHelper {
  UnitId unit;
  Organisation organisation = Organisation::kYouth;
  Text<120> name;
  Text<40> phone;
  Date first_day;
  Date last_day;  // the helper still helps on it
};
BOOST_DESCRIBE_STRUCT(NewHelper, (), (unit, organisation, name, phone, first_day, last_day))

struct Helper {
  HelperId id;
  UnitId unit;
  std::string unit_name;
  Organisation organisation = Organisation::kYouth;
  std::string name;
  Date first_day;
  Date last_day;
  std::optional<Instant> ended;
  std::int64_t installed = 0, declared = 0;
};
BOOST_DESCRIBE_STRUCT(Helper, (),
                      (id, unit, unit_name, organisation, name, first_day, last_day, ended, installed, declared))

enum class Order { kAscending, kDescending };
BOOST_DESCRIBE_ENUM(Order, kAscending, kDescending)

struct Filter {
  std::optional<UnitId> unit = std::nullopt;  // of the own area, or above
  std::optional<Organisation> organisation = std::nullopt;
  Order order = Order::kDescending;  // as they were named
};

// What a helper sees of being one.
struct Helping {
  HelperId id;
  std::string unit_name;
  Organisation organisation = Organisation::kYouth;
  Date last_day;
  std::int64_t installed_today = 0, declared_today = 0;
  std::int64_t installed = 0, declared = 0;
};
BOOST_DESCRIBE_STRUCT(Helping, (),
                      (id, unit_name, organisation, last_day, installed_today, declared_today, installed, declared))

struct MyHelping {
  std::vector<Helping> items;
  std::string address;             // of the app
  std::optional<std::string> svg;  // its QR code; for helpers
};
BOOST_DESCRIBE_STRUCT(MyHelping, (), (items, address, svg))

// One or the other, one at a time: a tap.
enum class Help { kInstalled, kDeclared };
BOOST_DESCRIBE_ENUM(Help, kInstalled, kDeclared)

struct Helped {
  Help help = Help::kInstalled;
};
BOOST_DESCRIBE_STRUCT(Helped, (), (help))

struct Figure {
  Organisation organisation = Organisation::kYouth;
  std::int64_t helpers = 0;  // at present
  std::int64_t installed = 0, declared = 0;
};
BOOST_DESCRIBE_STRUCT(Figure, (), (organisation, helpers, installed, declared))

struct Figures {
  Date since;
  std::vector<Figure> items;  // of organisations that helped or have helpers
};
BOOST_DESCRIBE_STRUCT(Figures, (), (since, items))

inline constexpr ErrorCode kHelpingEnded{"helping_ended", 409};
inline constexpr ErrorCode kHelpedEnough{"helped_enough", 409};  // params: most

struct Settings {
  bool study = false;
  std::string public_url = "http://127.0.0.1:8080";
};

namespace storage {
struct HelperRow;
}

class Helpers {
 public:
  Helpers(store::Database& db, const geography::Geography& geography, const identity::Access& access,
          const identity::Accounts& accounts, const Vault& vault, Settings settings = {});

  // ---- officers of the area ----
  // Named again, with the same phone, unit and organisation: put right. Errors: not_permitted, invalid.
  Task<Result<Helper>> name(const Caller& caller, NewHelper helper);
  // Those that are kept. Errors: not_permitted, invalid (?cursor: format, other_sort).
  Task<Result<http::Page<Helper>>> list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                        std::size_t limit) const;
  Task<Result<Helper>> end(const Caller& caller, HelperId helper);  // Errors: not_permitted, not_found, helping_ended
  // The last kFigureDays, of the unit and what lies below it; absent: the own area. Errors: not_permitted, invalid.
  Task<Result<Figures>> figures(const Caller& caller, std::optional<UnitId> unit) const;

  // ---- helpers ----
  Task<Result<MyHelping>> mine(const Caller& caller) const;
  // Errors: not_found (another's, over or not begun), helped_enough.
  Task<Result<Helping>> helped(const Caller& caller, HelperId helper, Helped what, std::optional<store::Once> once);

  store::Recurring retention() const;

 private:
  Helper view(const storage::HelperRow& row) const;
  std::vector<FieldError> flaws(const NewHelper& asked) const;

  store::Database& db_;
  const geography::Geography& geography_;
  const identity::Access& access_;
  const identity::Accounts& accounts_;
  const Vault& vault_;
  const Settings settings_;
};

void routes(http::Router& router, Helpers& helpers);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::helpers
