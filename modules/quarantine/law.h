// What holds for every order whatever the disease, by the local day: on which law it rests, how long it may last, and
// how one may complain of it (data/quarantine/law.toml), and how its papers are worded (papers/ beside it). And how
// long a contact is kept, by the disease's file. Read once; immutable; thread-safe.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engines/presence/diseases.h"
#include "modules/quarantine/papers.h"

namespace luytre::quarantine {

using presence::Wording;

enum class Kind { kQuarantine, kIsolation, kObservation };  // of a contact, of a case, of a contact who goes about
BOOST_DESCRIBE_ENUM(Kind, kQuarantine, kIsolation, kObservation)
enum class PlaceKind { kHome, kSite, kHotel };  // a concentrated site; a hotel that is paid for
BOOST_DESCRIBE_ENUM(PlaceKind, kHome, kSite, kHotel)

struct Basis {
  std::string id;
  Wording text;
  std::int64_t days_most = 0;            // of an order, counted from its first day
  std::int64_t extension_days_most = 0;  // of one extension
  Date from;
  std::optional<Date> to;
  std::string source;
};

struct ComplaintRule {
  Wording text;
  std::int64_t days = 0;  // from receiving what was signed
  Date from;
  std::optional<Date> to;
  std::string source;
};

class Law {
 public:
  explicit Law(const std::filesystem::path& file);  // throws runtime_error that names the line
  // Of days before the first entry: the first.
  const Basis& basis_on(Date day) const;
  const Basis* basis(std::string_view id) const;
  const ComplaintRule& complaint_on(Date day) const;
  const Papers& papers() const { return *papers_; }

 private:
  std::vector<Basis> bases_;
  std::vector<ComplaintRule> complaints_;
  std::optional<Papers> papers_;  // always, once it is read
};

// How long the rule of the disease keeps a contact there.
struct Planned {
  Date last_day;          // included
  std::int64_t days = 0;  // from the last exposure
  std::string rule;       // the text that the disease's file names as source
  bool cut = false;       // the rule asks for more than one order may last
};
enum class NoPlan {
  kNoRule,   // the file tells no days for this class then
  kNotKept,  // the rule lets contacts of this class go about
  kOver,     // the days have passed
};

struct Kept {
  Kind kind = Kind::kQuarantine;  // not kIsolation: no rule tells its days
  std::string contact_class;
  presence::Whom whom = presence::Whom::kOthers;
  Date on;  // the day of the class, whose rule it is
  Date last_exposure;
  PlaceKind place = PlaceKind::kHome;
  Date first_day;
};
// At home all days in which contacts are kept; elsewhere those in a concentrated site, where the rule asks for them.
std::variant<Planned, NoPlan> plan(const presence::Disease& disease, const Kept& kept, const Basis& basis);

}  // namespace luytre::quarantine
