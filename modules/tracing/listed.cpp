// Passenger lists: whom a carrier listed for a departure together with a case.

#include <algorithm>
#include <cctype>
#include <charconv>

#include "engines/presence/risk.h"
#include "modules/passengers/passengers.h"
#include "modules/people/meant.h"
#include "modules/people/merged.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/ties.h"

namespace luytre::tracing {
namespace {

constexpr std::chrono::hours kLongestTrip{24};  // a departure so long before the window may reach into it
constexpr std::size_t kAtOnce = 500;            // lines asked about, before the time is looked at again

// "12A" is the twelfth row. Other seats, as berths of a sleeper, tell no row.
std::optional<std::int64_t> row_of(const std::string& seat) {
  std::int64_t row = 0;
  const char* const end = seat.data() + seat.size();
  const auto [rest, failed] = std::from_chars(seat.data(), end, row);
  const bool letter = end - rest == 1 && std::isalpha(static_cast<unsigned char>(*rest)) != 0;
  return failed == std::errc() && letter ? std::optional(row) : std::nullopt;
}

// Seats that tell no row are near: nobody is lost by how a carrier numbers them.
bool near(const presence::VehicleRule& rule, const std::string& one, const std::string& other) {
  const auto a = row_of(one), b = row_of(other);
  return !rule.rows || !a || !b || std::max(*a, *b) - std::min(*a, *b) <= *rule.rows;
}

std::optional<passengers::Known> known(store::Session& session, const people::People& people, PersonId record) {
  const auto brief = people.brief(session, record);
  if (!brief) return std::nullopt;
  auto proven = people.proven_of(session, record);
  return passengers::Known{brief->name, brief->birth_year, std::move(proven.phones), std::move(proven.papers)};
}

// Whom each line means, by whom their records count as; absent: nobody of ours, or it may be several.
std::vector<std::optional<PersonId>> whom(store::Session& session, const Parts& parts,
                                          std::span<const people::Described> lines) {
  const auto found = people::meant(session, parts.vault, identity::Accounts(parts.vault, parts.clock), lines);
  std::vector<std::optional<PersonId>> out(lines.size());
  std::vector<PersonId> ones;
  std::vector<std::size_t> whose;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto one = people::the_one(session, found[i]);
    if (!one) continue;
    ones.push_back(*one);
    whose.push_back(i);
  }
  const auto as = counted(session, ones);
  for (std::size_t i = 0; i < as.size(); ++i) out[whose[i]] = as[i];
  return out;
}

}  // namespace

std::optional<std::vector<Tie>> listed_with(store::Session& session, const Parts& parts,
                                            const presence::VehicleRule& rule, const presence::Source& source,
                                            bool by_air, const presence::TraceLimits& limits) {
  std::vector<Tie> out;
  if (!parts.passengers) return out;
  const PlaceSettings settings = place_settings(parts.places);
  const Interval departs{source.window.from - kLongestTrip, source.window.to};
  for (const PersonId record : people::known_as(session, source.person)) {
    const auto own = known(session, parts.people, record);
    if (!own) continue;
    for (const passengers::Listed& seat : parts.passengers->listed(session, *own, departs)) {
      const auto spot = parts.places.spot(seat.place);
      if (!spot) continue;
      const Instant arrives = seat.departure + std::chrono::minutes(spot->kind->usual_stay_minutes);
      const Interval when{std::max(seat.departure, source.window.from), std::min(arrives, source.window.to)};
      if (when.empty()) continue;
      presence::Exposure exposure;
      exposure.duration = when.to - when.from;
      exposure.setting = settings(spot->kind->kind);
      exposure.estimated = true;
      exposure.by_air = by_air;
      if (limits.over && limits.over()) return std::nullopt;
      std::vector<people::Described> lines;
      std::vector<std::string> seats;
      for (auto& line : parts.passengers->boarded(session, seat.place, seat.departure)) {
        passengers::Passenger& one = line.passenger;
        if (one.seat == seat.seat || !near(rule, seat.seat, one.seat)) continue;
        lines.push_back({std::move(one.name), one.birth_year, std::move(one.phone), std::move(one.paper)});
        seats.push_back(std::move(one.seat));
      }
      for (std::size_t from = 0; from < lines.size(); from += kAtOnce) {
        if (limits.over && limits.over()) return std::nullopt;
        const auto some = std::span(lines).subspan(from, std::min(kAtOnce, lines.size() - from));
        const auto persons = whom(session, parts, some);
        for (std::size_t i = 0; i < persons.size(); ++i) {
          if (!persons[i] || *persons[i] == source.person) continue;
          out.push_back({*persons[i], source.person, EvidenceKind::kVehicle, when, presence::risk(exposure), seat.place,
                         seats[from + i], seat.seat});
        }
      }
    }
  }
  return out;
}

}  // namespace luytre::tracing
