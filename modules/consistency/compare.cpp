#include "modules/consistency/compare.h"

#include <algorithm>
#include <sstream>

#include "platform/base/text.h"

namespace luytre::consistency {
namespace {

bool says(const forms::Answers& answers, std::string_view question, bool wanted) {
  const auto found = answers.find(question);
  if (found == answers.end() || found->second.size() != 1) return false;
  const bool* said = std::get_if<bool>(&found->second.front());
  return said && *said == wanted;
}

template <class T>
const T* answer(const forms::Answers& answers, std::string_view question) {
  const auto found = answers.find(question);
  return found == answers.end() || found->second.size() != 1 ? nullptr : std::get_if<T>(&found->second.front());
}

constexpr std::size_t kWordLeast = 4, kWordMost = 20;  // letters and digits of a plate or flight
constexpr std::chrono::minutes kDeparting{5};          // as long as a departure says where somebody was
bool has_digit(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos;
}

bool vehicle_like(std::string_view word) {
  return word.size() >= kWordLeast && word.size() <= kWordMost && has_digit(word);
}

std::string joined(std::string_view words) {
  std::string out = fold(words);
  std::erase(out, ' ');
  return out;
}

Sighting in_list(const ListedTrip& trip) {
  Sighting out{Record::kPassengers,         trip.place, trip.unit, trip.departure,
               trip.departure + kDeparting, false,      {},        true};
  out.seat = trip.seat;
  if (!trip.seat) out.absent = true;
  return out;
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
  if (said.kind == Kind::kAway || seen.record == Record::kEntry) return true;
  return !same_province(home, seen.unit, geography);
}

}  // namespace

std::vector<Statement> statements(std::string_view form, const forms::Answers& answers, Instant at) {
  std::vector<Statement> out;
  const Instant earliest = local_midnight(Date{local_date(at).days - kLookBackDays});
  const bool asks_travel = form == "place-entry" || form == "domestic-movement" || form == "general";
  if (asks_travel && says(answers, "visited", false)) out.push_back({Kind::kTravelled, earliest, at});
  if (form == "home-isolation" && says(answers, "at-place", true))
    out.push_back({Kind::kAway, at, at + std::chrono::seconds(1)});
  const bool daily = form == "daily-health";
  if ((asks_travel || daily || form == "entry") && says(answers, "contact-case", false))
    out.push_back({Kind::kContact, daily ? at - std::chrono::hours(24) : earliest, at});
  return out;
}

std::optional<DeclaredJourney> declared_journey(std::string_view form, const forms::Answers& answers) {
  const auto* day = answer<Date>(answers, "departure-date");
  const auto* means = answer<forms::Coding>(answers, "means");
  if (form != "domestic-movement" || !day || !means) return std::nullopt;
  DeclaredJourney out{*day, means->code == "personal", {}, {}};
  const auto* vehicle = answer<std::string>(answers, means->code == "airplane" ? "flight" : "vehicle");
  if (vehicle) out.vehicle = vehicle_word(*vehicle);
  if (const auto* seat = answer<std::string>(answers, "seat")) out.seat = *seat;
  return out;
}

std::optional<std::string> vehicle_word(std::string_view written) {
  std::string out = joined(written);
  return vehicle_like(out) ? std::optional(std::move(out)) : std::nullopt;
}

std::vector<std::string> vehicle_words(std::string_view place_name) {
  const std::string folded = fold(place_name);
  std::istringstream in(folded);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(std::move(word));
  std::vector<std::string> out;
  for (std::size_t first = 0; first < words.size(); ++first) {
    std::string whole;
    for (std::size_t last = first; last < words.size() && whole.size() <= kWordMost; ++last) {
      whole += words[last];
      if (vehicle_like(whole)) out.push_back(whole);
    }
  }
  return out;
}

bool same_seat(std::string_view a, std::string_view b) {
  return joined(a) == joined(b);
}

std::optional<Difference> compare_journey(const DeclaredJourney& said, const std::vector<ListedTrip>& lists) {
  const auto count = [&](bool in_it) {
    return std::count_if(lists.begin(), lists.end(),
                         [&](const ListedTrip& one) { return one.named && one.seat.has_value() == in_it; });
  };
  const bool on_it = count(true) > 0, has_list = on_it || count(false) > 0;
  const auto differs = [&](const ListedTrip& one) {
    // Another vehicle on the same day may be a connection of the declared one.
    if (!one.named) return one.seat.has_value() && !on_it && (said.own_vehicle || has_list);
    if (!one.seat) return !on_it;
    return said.seat && !same_seat(*said.seat, *one.seat);
  };
  Difference out{Kind::kJourney, {}};
  for (const ListedTrip& one : lists)
    if (differs(one)) out.evidence.push_back(in_list(one));
  std::sort(out.evidence.begin(), out.evidence.end(), [](const Sighting& a, const Sighting& b) {
    return std::tie(a.from, a.place, a.seat) < std::tie(b.from, b.place, b.seat);
  });
  return out.evidence.empty() ? std::nullopt : std::optional(std::move(out));
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

std::optional<Difference> compare_words(const std::vector<Statement>& said, const forms::Answers& answers, UnitId home,
                                        const OutbreakNames& names, const geography::Geography& geography) {
  const auto denied = [&](Kind kind) {
    return std::find_if(said.begin(), said.end(), [kind](const Statement& one) { return one.kind == kind; });
  };
  const auto travel = denied(Kind::kTravelled), contact = denied(Kind::kContact);
  if (travel == said.end() && contact == said.end()) return std::nullopt;
  const Statement& about = travel != said.end() ? *travel : *contact;
  const auto named_in = [&](const char* question, bool where) {
    std::vector<Mention> out;
    const auto found = answers.find(question);
    if (found == answers.end()) return out;
    for (const auto& value : found->second)
      if (const auto* text = std::get_if<std::string>(&value))
        for (Mention& one : names.in(*text, where, local_date(about.to))) out.push_back(std::move(one));
    return out;
  };
  const auto openly = named_in("visited-where", true);
  const auto speaks = [&](const Mention& one, Asked asked) {
    const auto same = [&](const Mention& other) { return other.unit == one.unit; };
    if (geography.covers(one.unit, home) || std::any_of(openly.begin(), openly.end(), same)) return false;
    if (travel != said.end() && !same_province(home, one.unit, geography)) return true;
    return contact != said.end() && asked != Asked::kDeparture;
  };
  constexpr std::pair<const char*, Asked> kQuestions[] = {
      {"departure-place", Asked::kDeparture}, {"symptoms-which", Asked::kSymptoms}, {"note", Asked::kNote}};
  Difference out{Kind::kNamed, {}};
  for (const auto& [question, asked] : kQuestions) {
    for (Mention& one : named_in(question, asked == Asked::kDeparture)) {
      if (!speaks(one, asked)) continue;
      Sighting seen{Record::kWords, {}, one.unit, about.from, about.to, false, {}, {}};
      seen.words = std::move(one.quote);
      seen.asked = asked;
      out.evidence.push_back(std::move(seen));
    }
  }
  return out.evidence.empty() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace luytre::consistency
