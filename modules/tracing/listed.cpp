// Passenger lists: whom a carrier listed for a departure together with a case.

#include <algorithm>
#include <cctype>
#include <charconv>

#include "engines/linkage/paper.h"
#include "engines/presence/risk.h"
#include "modules/passengers/passengers.h"
#include "modules/people/merged.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/ties.h"
#include "platform/base/text.h"

namespace luytre::tracing {
namespace {

constexpr std::chrono::hours kLongestTrip{24};  // a departure so long before the window may reach into it
constexpr std::size_t kSharing = 20;            // records looked at that share a number

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

bool share_paper(const std::vector<std::string>& papers, const std::string& written) {
  const auto keys = linkage::paper_keys(written);
  return std::any_of(papers.begin(), papers.end(), [&](const std::string& paper) {
    const auto own = linkage::paper_keys(paper);
    return std::find_first_of(own.begin(), own.end(), keys.begin(), keys.end()) != own.end();
  });
}

bool meant(const passengers::Known& ours, const passengers::Passenger& line) {
  if (line.paper && share_paper(ours.papers, *line.paper)) return true;
  const bool phone = line.phone && std::find(ours.phones.begin(), ours.phones.end(), *line.phone) != ours.phones.end();
  return phone && fold(ours.name) == fold(line.name) && ours.birth_year == line.birth_year;
}

// Absent: nobody of ours, or it may be several.
std::optional<PersonId> whom(store::Session& session, const people::People& people, const passengers::Passenger& line) {
  std::vector<PersonId> found;
  const auto look = [&](const people::Search& search) {
    const auto records = people.matching(session, search, kSharing);
    if (!records) return;
    for (const PersonId record : *records) {
      const auto ours = known(session, people, record);
      if (ours && meant(*ours, line)) found.push_back(record);
    }
  };
  people::Search by_paper, by_phone;
  by_paper.paper = line.paper;
  by_phone.phone = line.phone;
  by_phone.birth_year = line.birth_year;  // a phone says nothing without it, and a household may be large
  if (line.paper) look(by_paper);
  if (line.phone) look(by_phone);
  const auto one = people::the_one(session, found);
  return one ? std::optional(counted(session, *one)) : std::nullopt;
}

}  // namespace

std::vector<Tie> listed_with(store::Session& session, const Parts& parts, const presence::VehicleRule& rule,
                             const presence::Source& source) {
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
      for (const auto& line : parts.passengers->boarded(session, seat.place, seat.departure)) {
        if (line.passenger.seat == seat.seat || !near(rule, seat.seat, line.passenger.seat)) continue;
        const auto person = whom(session, parts.people, line.passenger);
        if (!person || *person == source.person) continue;
        out.push_back({*person, source.person, EvidenceKind::kVehicle, when, presence::risk(exposure), seat.place,
                       line.passenger.seat, seat.seat});
      }
    }
  }
  return out;
}

}  // namespace luytre::tracing
