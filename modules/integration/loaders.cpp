// Visits, people and places.

#include <sodium.h>

#include <set>

#include "modules/integration/csv_loader.h"
#include "modules/integration/loader.h"
#include "platform/base/text.h"

namespace luytre::integration {

namespace {

constexpr const char* kKindUnknown = "other";  // of places that a file only names
constexpr std::size_t kZoneMost = 60;          // as places::NewZone

// ---- visits ----

// The places of files with their zones, as PersonNames.
class PlaceNames {
 public:
  explicit PlaceNames(Parts& parts) : parts_(parts) {}

  struct Wanted {
    std::string place;
    std::string zone;  // empty: none
    friend auto operator<=>(const Wanted&, const Wanted&) = default;
  };
  struct Found {
    PlaceId place;
    std::optional<ZoneId> zone;
  };

  void learn(std::span<const Wanted> wanted);
  std::optional<Found> find(const Wanted& wanted) const {
    const auto found = known_.find(wanted);
    if (found == known_.end()) return std::nullopt;
    return found->second;
  }

 private:
  Parts& parts_;
  std::map<Wanted, Found> known_;
};

void PlaceNames::learn(std::span<const Wanted> wanted) {
  std::map<std::string, std::set<std::string>> zones;
  for (const Wanted& w : wanted) {
    if (known_.contains(w)) continue;
    auto& of_place = zones[w.place];
    if (!w.zone.empty()) of_place.insert(w.zone);
  }
  std::vector<std::string> externals;
  std::vector<places::Places::Imported> asked;
  for (const auto& [place, names] : zones) {
    externals.push_back(place);
    asked.push_back({kSource, place, place, kKindUnknown, UnitId{}, {names.begin(), names.end()}});
  }
  if (asked.empty()) return;
  const bool study = parts_.study;
  const auto found = parts_.db.transact_now([&](store::Session& s) {
    if (!study) {
      // A zone may be new, a place may not.
      const auto registered = places::Places::imported(s, kSource, externals);
      std::vector<places::Places::Imported> known;
      for (std::size_t i = 0; i < asked.size(); ++i) {
        if (registered[i]) known.push_back(asked[i]);
      }
      asked = std::move(known);
    }
    return parts_.places.import_places(s, asked);
  });
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!found[i]) throw std::logic_error("the place kind of imported places is missing in data/place-kinds.json");
    known_[{asked[i].external, ""}] = {found[i]->id, std::nullopt};
    for (std::size_t z = 0; z < asked[i].zones.size(); ++z) {
      const ZoneId zone = found[i]->zones[z];
      known_[{asked[i].external, asked[i].zones[z]}] = {found[i]->id,
                                                        zone.value != 0 ? std::optional(zone) : std::nullopt};
    }
  }
}

class VisitLoader final : public CsvLoader {
 public:
  explicit VisitLoader(const Job& job) : CsvLoader(job, visit_columns()), persons_(job.parts), places_(job.parts) {}

 private:
  struct Line {
    std::int64_t line;
    std::string text;
    std::string person;
    PlaceNames::Wanted at;
    Instant in;
    std::optional<Instant> out;
  };

  Reason read(const tables::Record& record) override;
  void write() override;
  static std::string external_id(const Line& line);
  bool allowed(PlaceId place, Instant in) const;

  PersonNames persons_;
  PlaceNames places_;
  std::vector<Line> lines_;
};

Reason VisitLoader::read(const tables::Record& record) {
  Line line{record.line, record.text, get(record, "person"), {get(record, "place"), get(record, "zone")}, {}, {}};
  for (const std::string* id : {&line.person, &line.at.place}) {
    if (Reason wrong = wrong_with_external_id(*id); !wrong.empty()) return wrong;
  }
  // As the zones of a places file are.
  const auto zone = tidy(line.at.zone);
  if (!zone || code_points(*zone) > kZoneMost) return "the zone is too long or not text";
  line.at.zone = *zone;
  const auto in = read_time(get(record, "in"), job_.order.time_base);
  if (!in) return "in is not a time: ISO-8601 with offset, or seconds";
  line.in = *in;
  if (const std::string out = get(record, "out"); !out.empty()) {
    line.out = read_time(out, job_.order.time_base);
    if (!line.out) return "out is not a time: ISO-8601 with offset, or seconds";
    if (*line.out <= line.in) return "out is not after in";
  }
  lines_.push_back(std::move(line));
  return {};
}

// All that the row says: the same row again is the same visit.
std::string VisitLoader::external_id(const Line& line) {
  std::string all;
  const auto add = [&](const std::string& part) { all += std::to_string(part.size()) + ':' + part; };
  for (const std::string* part : {&line.person, &line.at.place, &line.at.zone}) add(*part);
  add(std::to_string(line.in.seconds));
  add(line.out ? std::to_string(line.out->seconds) : "");
  unsigned char hash[16];
  crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(all.data()), all.size(), nullptr, 0);
  return hex(std::string_view(reinterpret_cast<const char*>(hash), sizeof hash));
}

// Check-in was on where the place lies.
bool VisitLoader::allowed(PlaceId place, Instant in) const {
  if (job_.parts.study) return true;
  const auto spot = job_.parts.places.spot(place);
  return spot && job_.parts.decisions.in_force(command::Switch::kCheckIn, spot->unit, in);
}

void VisitLoader::write() {
  std::vector<std::string> persons;
  std::vector<PlaceNames::Wanted> places;
  for (const Line& line : lines_) {
    persons.push_back(line.person);
    places.push_back(line.at);
  }
  persons_.learn(std::move(persons));
  places_.learn(places);
  if (!job_.parts.study)
    job_.parts.db.read_now([&](store::Session& s) {
      job_.parts.places.refresh(s, true);
      return Done{};
    });

  std::vector<visits::ImportedVisit> rows;
  std::vector<const Line*> lines;
  for (const Line& line : lines_) {
    const auto person = persons_.find(line.person);
    const auto place = places_.find(line.at);
    if (!person || !place) {
      reject(line.line, person ? "the place is unknown; import places first" : kUnknownPerson, line.text);
      continue;
    }
    if (!allowed(place->place, line.in)) {
      reject(line.line, kNoDecision, line.text);
      continue;
    }
    rows.push_back({kSource, external_id(line), *person, place->place, place->zone, line.in, line.out});
    lines.push_back(&line);
  }
  const auto imported =
      job_.parts.db.transact_now([&](store::Session& s) { return job_.parts.visits.import_visits(s, rows); });
  job_.report.added += imported.added;
  job_.report.known += imported.known + imported.merged;
  for (const auto& r : imported.rejected) reject(lines[r.index]->line, plain_words(r.error), lines[r.index]->text);
  lines_.clear();
}

// ---- people ----

class PeopleLoader final : public CsvLoader {
 public:
  explicit PeopleLoader(const Job& job) : CsvLoader(job, person_columns()) {}

 private:
  Reason read(const tables::Record& record) override;
  void write() override;
  Reason read_known(const tables::Record& record, people::NewPerson& person) const;

  std::vector<people::People::Imported> people_;
  std::vector<std::string> externals_;
};

Reason PeopleLoader::read(const tables::Record& record) {
  people::People::Imported person{kSource, get(record, "person"), std::nullopt};
  if (Reason wrong = wrong_with_external_id(person.external); !wrong.empty()) return wrong;
  // A study has no names: whatever else the file says is not taken.
  if (!job_.parts.study) {
    if (Reason wrong = read_known(record, person.known.emplace()); !wrong.empty()) return wrong;
  }
  externals_.push_back(person.external);
  people_.push_back(std::move(person));
  return {};
}

Reason PeopleLoader::read_known(const tables::Record& record, people::NewPerson& person) const {
  const auto name = tidy(get(record, "name"));
  if (!name || name->empty() || code_points(*name) > people::kNameMost)
    return "the name is missing, too long or not text";
  person.name = *name;
  if (const std::string date = get(record, "birthDate"); !date.empty()) {
    person.birth_date = parse_date(date);
    if (!person.birth_date) return "birthDate is not a date: YYYY-MM-DD";
  }
  if (const std::string year = get(record, "birthYear"); !year.empty()) {
    person.birth_year = read_integer(year);
    if (!person.birth_year) return "birthYear is not a year";
  }
  const auto sex = json::parse_enum<people::Sex>(get(record, "sex"));
  if (!sex) return "sex is not male, female or other";
  person.sex = *sex;
  const std::string unit = get(record, "unit");
  const auto* commune =
      job_.parts.geography.find(geography::Level::kCommune, unit, local_date(job_.parts.db.clock().now()));
  if (!commune) return "unit is not the code of a commune in force today";
  person.unit = commune->id;
  if (std::string text = get(record, "nationality"); !text.empty()) person.nationality = Text<2>(std::move(text));
  if (const auto address = tidy(get(record, "address")); address && !address->empty()) {
    if (code_points(*address) > people::kAddressMost) return "the address is too long";
    person.address = Text<people::kAddressMost>(*address);
  }
  if (std::string phone = get(record, "phone"); !phone.empty()) person.phone = Text<20>(std::move(phone));
  const auto wrong = job_.parts.people.check(person);
  return wrong.empty() ? Reason() : plain_words(Error(kInvalid, wrong));
}

void PeopleLoader::write() {
  std::int64_t known = 0;
  job_.parts.db.transact_now([&](store::Session& s) {
    known = 0;
    std::set<std::string> repeated;
    const auto found = people::People::imported(s, kSource, externals_);
    for (std::size_t i = 0; i < found.size(); ++i) known += found[i] || !repeated.insert(externals_[i]).second;
    job_.parts.people.import_people(s, people_);
  });
  job_.report.known += known;
  job_.report.added += static_cast<std::int64_t>(people_.size()) - known;
  people_.clear();
  externals_.clear();
}

// ---- places ----

class PlaceLoader final : public CsvLoader {
 public:
  explicit PlaceLoader(const Job& job) : CsvLoader(job, place_columns()) {}

 private:
  Reason read(const tables::Record& record) override;
  void write() override;

  std::vector<places::Places::Imported> places_;
  std::vector<std::string> externals_;
};

Reason PlaceLoader::read(const tables::Record& record) {
  places::Places::Imported place{kSource, get(record, "place"), get(record, "name"), get(record, "kind"), UnitId{}, {}};
  if (Reason wrong = wrong_with_external_id(place.external); !wrong.empty()) return wrong;
  if (place.kind.empty()) place.kind = kKindUnknown;
  if (!job_.parts.places.kinds().find(place.kind)) return "kind is not one of data/place-kinds.json";
  const auto name = tidy(place.name.empty() ? place.external : place.name);
  if (!name || code_points(*name) > places::kNameMost) return "the name is too long or not text";
  place.name = *name;
  const std::string unit = get(record, "unit");
  if (!unit.empty() || !job_.parts.study) {
    const auto* commune =
        job_.parts.geography.find(geography::Level::kCommune, unit, local_date(job_.parts.db.clock().now()));
    if (!commune) return "unit is not the code of a commune in force today";
    place.unit = commune->id;
  }
  const std::string zones = get(record, "zones");
  for (std::size_t at = 0; at < zones.size();) {
    const std::size_t end = std::min(zones.find('|', at), zones.size());
    if (end > at) {
      const auto zone = tidy(zones.substr(at, end - at));
      if (!zone || zone->empty() || code_points(*zone) > kZoneMost) return "a zone is too long or not text";
      place.zones.push_back(*zone);
      if (place.zones.size() > places::kZonesMost) return "more zones than a place may have";
    }
    at = end + 1;
  }
  externals_.push_back(place.external);
  places_.push_back(std::move(place));
  return {};
}

void PlaceLoader::write() {
  std::int64_t known = 0;
  job_.parts.db.transact_now([&](store::Session& s) {
    known = 0;
    std::set<std::string> repeated;
    const auto found = places::Places::imported(s, kSource, externals_);
    for (std::size_t i = 0; i < found.size(); ++i) known += found[i] || !repeated.insert(externals_[i]).second;
    job_.parts.places.import_places(s, places_);
  });
  job_.report.known += known;
  job_.report.added += static_cast<std::int64_t>(places_.size()) - known;
  places_.clear();
  externals_.clear();
}

}  // namespace

std::unique_ptr<Loader> load_visits(const Job& job) {
  return std::make_unique<VisitLoader>(job);
}
std::unique_ptr<Loader> load_people(const Job& job) {
  return std::make_unique<PeopleLoader>(job);
}
std::unique_ptr<Loader> load_places(const Job& job) {
  return std::make_unique<PlaceLoader>(job);
}

}  // namespace luytre::integration
