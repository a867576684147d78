#include "modules/consistency/compare.h"

#include <algorithm>

namespace luytre::consistency {
namespace {

bool says(const forms::Answers& answers, std::string_view question, bool wanted) {
  const auto found = answers.find(question);
  if (found == answers.end() || found->second.size() != 1) return false;
  const bool* said = std::get_if<bool>(&found->second.front());
  return said && *said == wanted;
}

UnitId province_of(UnitId unit, const geography::Geography& geography) {
  const auto* own = geography.find(unit);
  if (own && own->level == geography::Level::kProvince) return unit;
  for (const auto* above : geography.ancestors(unit))
    if (above->level == geography::Level::kProvince) return above->id;
  return unit;
}

bool same_province(UnitId a, UnitId b, const geography::Geography& geography) {
  return geography.covers(province_of(a, geography), b) || geography.covers(province_of(b, geography), a);
}

// Until when the sighting says for sure where somebody was.
Instant sure_until(const Sighting& seen) {
  return seen.estimated ? std::min(seen.to, seen.from + kSurely) : seen.to;
}

// Of somebody who does not live there.
bool in_outbreak(const Sighting& seen, UnitId home, const std::vector<Outbreak>& outbreaks,
                 const geography::Geography& geography) {
  return std::any_of(outbreaks.begin(), outbreaks.end(), [&](const Outbreak& one) {
    return geography.covers(one.unit, seen.unit) && !geography.covers(one.unit, home) && seen.from < one.to &&
           one.from < sure_until(seen);
  });
}

bool differs(const Statement& said, UnitId home, const Sighting& seen, const std::vector<Outbreak>& outbreaks,
             const geography::Geography& geography) {
  const bool within = seen.from < said.to && said.from < sure_until(seen);
  if (!within) return false;
  const bool warned = seen.record == Record::kWarning;
  if (said.kind == Kind::kContact) return warned || in_outbreak(seen, home, outbreaks, geography);
  if (warned) return false;  // tells of a visit that is there itself
  return said.kind == Kind::kAway || !same_province(home, seen.unit, geography);
}

}  // namespace

std::vector<Statement> statements(std::string_view form, const forms::Answers& answers, Instant at) {
  std::vector<Statement> out;
  const Instant earliest = local_midnight(Date{local_date(at).days - kLookBackDays});
  const bool asks_travel = form == "place-entry" || form == "domestic-movement";
  if (asks_travel && says(answers, "visited", false)) out.push_back({Kind::kTravelled, earliest, at});
  if (form == "home-isolation" && says(answers, "at-place", true))
    out.push_back({Kind::kAway, at, at + std::chrono::seconds(1)});
  const bool daily = form == "daily-health";
  if ((asks_travel || daily || form == "entry") && says(answers, "contact-case", false))
    out.push_back({Kind::kContact, daily ? at - std::chrono::hours(24) : earliest, at});
  return out;
}

std::vector<Difference> compare(const std::vector<Statement>& said, UnitId home, std::vector<Sighting> seen,
                                const std::vector<Outbreak>& outbreaks, const geography::Geography& geography) {
  std::sort(seen.begin(), seen.end(), [](const Sighting& a, const Sighting& b) {
    return std::tie(a.from, a.to, a.place) < std::tie(b.from, b.to, b.place);
  });
  std::vector<Difference> out;
  for (const Statement& one : said) {
    Difference found{one.kind, {}};
    for (const Sighting& sighting : seen)
      if (differs(one, home, sighting, outbreaks, geography)) found.evidence.push_back(sighting);
    if (!found.evidence.empty()) out.push_back(std::move(found));
  }
  return out;
}

}  // namespace luytre::consistency
