// Ties: links between people that no check-in and no device records. Who shares a household with a case, or with a
// contact, is tied to them for as long as those may pass the disease on, until one of the two has left it. A household
// is what an account's keeper told, often long after people moved together; since when it was told shortens no tie.
//
// So is whoever a carrier listed for the same departure, within so many rows if the rule says so, from departure for as
// long as a vehicle trip usually lasts, which is an estimate. A line of a list is a claim: somebody of ours is taken to
// be meant only by a paper that was proven, or by a proven phone with name and year of birth.
//
// And so is whoever was declared a contact (declared.h), either way round, for what was stated of it.
//
// A trace with ties is the trace of engines/presence/presence.h, in which a tie is one more kind of link: it needs no
// shortest time, because nobody measures it. Where the cases have ties, presence is asked level by level, which is the
// same definition and no more to read; else it is asked whole, and anew beyond the level at which a tie makes somebody
// a contact, or one since earlier. So both ways to trace answer alike, and a trace without ties costs what it did.
// Private to this module.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "engines/presence/presence.h"
#include "engines/presence/rulesets.h"
#include "modules/tracing/tracing.h"

namespace luytre::tracing {

struct Tie {
  PersonId person;
  PersonId with;  // of the level below
  EvidenceKind kind = EvidenceKind::kHousehold;
  Interval when;
  std::int64_t risk = 0;
  PlaceId place{};  // of a vehicle's list
  std::string seat{}, seat_of_other{};
  bool estimated = false;
  DeclaredId declared{};  // of a declared contact
  friend auto operator<=>(const Tie&, const Tie&) = default;
};

struct Tied {
  presence::Traced traced;  // counts, risk and `since` of its contacts know the ties; their evidence does not
  std::vector<Tie> ties;    // of those contacts with the level below
};

// Whether air and masks weigh in the risk of its exposures (presence/risk.h); of one that is not known, or of which
// nobody says how it goes, they do.
bool by_air(const cases::Cases& cases, std::string_view disease);

// One way to trace, by the index or by SQL.
using Asking =
    std::function<std::variant<presence::Traced, WhySql>(const presence::Question&, const presence::TraceLimits&)>;
// With each of these people of one level, 0 the cases, while they may pass it on; sorted, each once. Nothing: the time
// did not suffice, and the level beyond is left out as one that presence had no time for.
using TiesOf = std::function<std::optional<std::vector<Tie>>(std::span<const presence::Source>, int level,
                                                             const presence::TraceLimits&)>;

// About people by whom their records count as (counted.h). `ties_of` may be empty: there are none.
std::variant<Tied, WhySql> trace_tied(const presence::Question& question, const presence::TraceLimits& limits,
                                      const Asking& ask, const TiesOf& ties_of);

// What was declared for cases of this disease, at every level; and what the rule set asks for: households at every
// level, passenger lists of the cases. Nothing: the time was over before the lists were compared.
std::optional<std::vector<Tie>> ties_of(store::Session& session, const Parts& parts, const presence::RuleSet& rules,
                                        const std::string& disease, std::span<const presence::Source> sources,
                                        int level, const presence::TraceLimits& limits);

// With whom this person was listed for a departure (listed.cpp). Nothing: the time was over before all were compared.
std::optional<std::vector<Tie>> listed_with(store::Session& session, const Parts& parts,
                                            const presence::VehicleRule& rule, const presence::Source& source,
                                            bool by_air, const presence::TraceLimits& limits);

// What was declared (declared_ties.cpp): of these people, for whichever case of the disease that is not discarded, and
// by whichever contact; and of one case, alone.
std::vector<Tie> declared_ties(store::Session& session, const std::string& disease,
                               std::span<const presence::Source> sources);
std::vector<Tie> declared_ties(store::Session& session, CaseId id, const presence::Source& source);
// Whom contacts of this case met, as they told, whenever it was and of no risk yet; and one of them as far as it lies
// within the time of a source, one of the two.
std::vector<Tie> named_ties(store::Session& session, CaseId id);
std::optional<Tie> clipped(const Tie& told, const presence::Source& source);

bool of_household(const store::Event& event);
// Everybody who is, or was, in a household with any record of this person.
std::vector<PersonId> housemates(store::Session& session, PersonId record);

}  // namespace luytre::tracing
