#include "modules/integration/study_pairs.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include "engines/presence/index/index.h"
#include "engines/presence/index/queries.h"
#include "modules/integration/imports.h"
#include "modules/integration/input.h"
#include "modules/integration/layout.h"
#include "modules/integration/study_trace.h"
#include "platform/tables/csv.h"

namespace luytre::integration {

namespace {

using presence::AllPairs;

const std::vector<std::string> kAges{"0-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70+", "unknown"};
constexpr std::size_t kOldest = 7, kUnknown = 8;
constexpr const char* kAll = "all";
constexpr const char* kByEncounter = "encounter";

std::size_t age_group(std::int64_t born, int year) {
  if (born > year) return kUnknown;
  return std::min(kOldest, static_cast<std::size_t>(year - born) / 10);
}

const char* name_of(PairsBy by) {
  switch (by) {
    case PairsBy::kAge:
      return "age";
    case PairsBy::kKind:
      return "kind";
    case PairsBy::kPlace:
      break;
  }
  return "place";
}

// Of a file of people, who has one, by the id in the files. What cannot be read of it is left out.
std::vector<std::pair<std::string, std::int64_t>> read_birth_years(const std::filesystem::path& file) {
  InputFile input(file);
  tables::CsvReader reader([&](char* into, std::size_t size) { return input.read(into, size); });
  std::vector<std::pair<std::string, std::int64_t>> years;
  std::optional<Layout> layout;
  while (const auto record = reader.next()) {
    if (!record->bad.empty()) continue;
    const bool first = !layout;
    if (first) layout.emplace(person_columns(), record->fields);
    if ((first && layout->has_header()) || !layout->wrong_with(record->fields).empty()) continue;
    const auto get = [&](std::string_view column) { return layout->get(record->fields, column); };
    std::int64_t year = 0;
    if (const auto date = parse_date(get("birthDate"))) {
      year = year_of(*date);
    } else {
      const std::string_view text = get("birthYear");
      std::from_chars(text.data(), text.data() + text.size(), year);
    }
    if (year != 0) years.emplace_back(get("person"), year);
  }
  return years;
}

std::unordered_map<PersonId, std::size_t> age_groups(store::Session& session, const std::filesystem::path& file,
                                                     int year) {
  const auto years = read_birth_years(file);
  std::vector<std::string> names;
  for (const auto& [name, born] : years) names.push_back(name);
  const auto persons = people::People::imported(session, kSource, names);
  std::unordered_map<PersonId, std::size_t> out;
  for (std::size_t i = 0; i < persons.size(); ++i)
    if (persons[i]) out.emplace(*persons[i], age_group(years[i].second, year));
  return out;
}

// Kinds in order of name, and the number of each place's.
struct Kinds {
  std::vector<std::string> names;
  std::unordered_map<PlaceId, std::size_t> of_place;

  Kinds(const places::Places& places, const presence::View& view) {
    std::map<std::string, std::vector<PlaceId>> found;
    for (std::size_t i = 0; i < view.names().places.size(); ++i) {
      const PlaceId place = view.place(static_cast<presence::Number>(i));
      const auto spot = places.spot(place);
      found[spot ? spot->kind->kind : "unknown"].push_back(place);
    }
    for (const auto& [kind, of_kind] : found) {
      for (const PlaceId place : of_kind) of_place.emplace(place, names.size());
      names.push_back(kind);
    }
  }
};

// Of one block of the matrix, those that there are.
void tell(tracing::PairsReport& report, const std::string& where, const AllPairs& all,
          const std::function<AllPairs::Cell(std::size_t, std::size_t)>& cell) {
  for (std::size_t a = 0; a < all.groups; ++a) {
    for (std::size_t b = 0; b < all.groups; ++b) {
      const AllPairs::Cell found = cell(a, b);
      if (found.links == 0) continue;
      tracing::Meetings meetings{where, std::nullopt, std::nullopt, found.links, found.seconds};
      if (all.groups > 1) {
        meetings.group = kAges[a];
        meetings.other = kAges[b];
      }
      report.meetings.push_back(std::move(meetings));
    }
  }
}

void tell_meetings(tracing::PairsReport& report, const AllPairs& all, const Kinds& kinds) {
  tell(report, kAll, all, [&](std::size_t a, std::size_t b) {
    AllPairs::Cell sum;
    for (std::size_t kind = 0; kind <= all.kinds; ++kind) {
      sum.links += all.at(kind, a, b).links;
      sum.seconds += all.at(kind, a, b).seconds;
    }
    return sum;
  });
  for (std::size_t kind = 0; kind < kinds.names.size(); ++kind)
    tell(report, kinds.names[kind], all, [&](std::size_t a, std::size_t b) { return all.at(kind, a, b); });
  tell(report, kByEncounter, all, [&](std::size_t a, std::size_t b) { return all.by_encounter(a, b); });
}

void tell_places(store::Session& session, tracing::PairsReport& report, const AllPairs& all, const Kinds& kinds) {
  std::vector<PlaceId> ids;
  for (const AllPairs::Busy& busy : all.busiest) ids.push_back(busy.place);
  const auto names = places::Places::external_ids(session, ids);
  for (const AllPairs::Busy& busy : all.busiest)
    report.places.push_back(
        {names.at(busy.place), kinds.names[kinds.of_place.at(busy.place)], busy.links, busy.visits});
}

}  // namespace

Result<tracing::PairsReport> pairs_in_study(store::Database& db, const places::Places& places,
                                            const StudyPairsOptions& options, const presence::PresenceIndex& index) {
  if (!is_study(db)) return kNotAStudy;
  return db.read_now([&](store::Session& session) -> Result<tracing::PairsReport> {
    const presence::View view = index.view();
    const Kinds kinds(places, view);
    presence::AllPairsQuestion question;
    question.day = options.day.days;
    question.min_overlap = options.min_overlap;
    question.most_places = options.most_places;
    question.kinds = std::max<std::size_t>(kinds.names.size(), 1);
    question.kind_of = [&](PlaceId place) { return kinds.of_place.at(place); };
    std::unordered_map<PersonId, std::size_t> groups;
    if (options.by == PairsBy::kAge) {
      if (options.people) groups = age_groups(session, *options.people, year_of(options.day));
      question.groups = kAges.size();
      question.group_of = [&](PersonId person) {
        const auto found = groups.find(person);
        return found == groups.end() ? kUnknown : found->second;
      };
    }
    const AllPairs all = presence::all_pairs_at_once(view, question, options.threads);
    tracing::PairsReport report;
    report.day = to_text(options.day);
    report.by = name_of(options.by);
    report.min_overlap = options.min_overlap;
    if (options.by == PairsBy::kAge) report.groups = kAges;
    if (options.by == PairsBy::kPlace) {
      tell_places(session, report, all, kinds);
    } else {
      tell_meetings(report, all, kinds);
    }
    return report;
  });
}

}  // namespace luytre::integration
