// Encounters: our CSV, and the contact lists of studies, whose rows merge on the way in.

#include <set>
#include <unordered_map>

#include "engines/presence/merge.h"
#include "modules/integration/csv_loader.h"
#include "modules/integration/loader.h"

namespace luytre::integration {

namespace {

constexpr std::int64_t kLoudest = 255;        // dB
constexpr std::size_t kOpenMost = 1'000'000;  // pairs held open while merging: bounds memory

void record(const Job& job, std::vector<presence::Encounter>& encounters) {
  if (encounters.empty()) return;
  const auto recorded =
      job.parts.db.transact_now([&](store::Session& s) { return job.parts.encounters.record(s, encounters); });
  job.report.added += recorded.added;
  job.report.extended += recorded.extended;
  job.report.known += recorded.known;
  encounters.clear();
}

class EncounterLoader final : public CsvLoader {
 public:
  explicit EncounterLoader(const Job& job) : CsvLoader(job, encounter_columns()), persons_(job.parts) {}

 private:
  struct Line {
    std::int64_t line;
    std::string text;
    std::string person;
    std::string peer;
    Interval when;
    std::optional<std::int64_t> attenuation;
  };

  Reason read(const tables::Record& record) override;
  void write() override;
  void learn_units();
  bool allowed(PersonId person, PersonId peer, Instant at) const;

  PersonNames persons_;
  std::vector<Line> lines_;
  std::unordered_map<PersonId, std::optional<UnitId>> units_;
};

Reason EncounterLoader::read(const tables::Record& record) {
  Line line{record.line, record.text, get(record, "person"), get(record, "peer"), {}, {}};
  for (const std::string* id : {&line.person, &line.peer}) {
    if (Reason wrong = wrong_with_external_id(*id); !wrong.empty()) return wrong;
  }
  if (line.person == line.peer) return "nobody meets themselves";
  const auto start = read_time(get(record, "start"), job_.order.time_base);
  const auto end = read_time(get(record, "end"), job_.order.time_base);
  if (!start) return "start is not a time: ISO-8601 with offset, or seconds";
  if (!end) return "end is not a time: ISO-8601 with offset, or seconds";
  line.when = {*start, *end};
  if (line.when.empty()) return "end is not after start";
  if (const std::string text = get(record, "attenuation"); !text.empty()) {
    line.attenuation = read_integer(text);
    if (!line.attenuation || *line.attenuation < 0 || *line.attenuation > kLoudest)
      return "attenuation is not a whole number of dB from 0 to 255";
  }
  lines_.push_back(std::move(line));
  return {};
}

// Where those live who were not met before.
void EncounterLoader::learn_units() {
  if (job_.parts.study) return;
  std::set<PersonId> fresh;
  for (const Line& line : lines_) {
    for (const std::string* id : {&line.person, &line.peer})
      if (const auto person = persons_.find(*id); person && !units_.contains(*person)) fresh.insert(*person);
  }
  const std::vector<PersonId> asked(fresh.begin(), fresh.end());
  const auto units = job_.parts.db.read_now([&](store::Session& s) { return job_.parts.people.units_of(s, asked); });
  for (std::size_t i = 0; i < asked.size(); ++i) units_.emplace(asked[i], units[i]);
}

// Tracing was on where one of the two lives.
bool EncounterLoader::allowed(PersonId person, PersonId peer, Instant at) const {
  if (job_.parts.study) return true;
  const auto on = [&](PersonId who) {
    const auto unit = units_.at(who);
    return unit && job_.parts.decisions.in_force(command::Switch::kTracing, *unit, at);
  };
  return on(person) || on(peer);
}

void EncounterLoader::write() {
  std::vector<std::string> persons;
  for (const Line& line : lines_) {
    persons.push_back(line.person);
    persons.push_back(line.peer);
  }
  persons_.learn(std::move(persons));
  learn_units();
  std::vector<presence::Encounter> encounters;
  for (const Line& line : lines_) {
    const auto person = persons_.find(line.person);
    const auto peer = persons_.find(line.peer);
    if (!person || !peer) {
      reject(line.line, kUnknownPerson, line.text);
      continue;
    }
    if (!allowed(*person, *peer, line.when.from)) {
      reject(line.line, kNoDecision, line.text);
      continue;
    }
    encounters.push_back({*person, *peer, line.when, line.attenuation});
  }
  record(job_, encounters);
  lines_.clear();
}

class ContactLoader final : public Loader {
 public:
  explicit ContactLoader(const Job& job)
      : job_(job),
        persons_(job.parts),
        merger_(job.order.format == Format::kHaslemere ? kHaslemereStep : kSociopatternsStep,
                [this](const presence::Encounter& e) { merged_.push_back(e); }) {}

  void take(const tables::Record& record) override {
    auto line = job_.order.format == Format::kHaslemere ? read_haslemere(record.fields, job_.order.time_base)
                                                        : read_sociopatterns(record.text, job_.order.time_base);
    if (const Reason* wrong = std::get_if<Reason>(&line)) return job_.rejects.add(record.line, *wrong, record.text);
    lines_.push_back(std::get<ContactLine>(std::move(line)));
    if (lines_.size() == kPortion) merge();
  }

  void finish() override {
    merge();
    merger_.finish();
    write();
  }

 private:
  void merge() {
    std::vector<std::string> persons;
    for (const ContactLine& line : lines_) {
      persons.push_back(line.person);
      persons.push_back(line.peer);
    }
    persons_.learn(std::move(persons));
    for (const ContactLine& line : lines_)
      merger_.add({persons_.find(line.person).value(), persons_.find(line.peer).value(), line.at, line.attenuation});
    lines_.clear();
    if (merger_.open() > kOpenMost) merger_.finish();
    if (merged_.size() >= kPortion) write();
  }

  void write() {
    const std::span<const presence::Encounter> all(merged_);
    for (std::size_t from = 0; from < all.size(); from += kPortion) {
      const auto portion = all.subspan(from, std::min(kPortion, all.size() - from));
      std::vector<presence::Encounter> encounters(portion.begin(), portion.end());
      record(job_, encounters);
    }
    merged_.clear();
  }

  Job job_;
  PersonNames persons_;
  std::vector<presence::Encounter> merged_;
  presence::ContactMerger merger_;
  std::vector<ContactLine> lines_;
};

}  // namespace

std::unique_ptr<Loader> load_encounters(const Job& job) {
  return std::make_unique<EncounterLoader>(job);
}
std::unique_ptr<Loader> load_contacts(const Job& job) {
  return std::make_unique<ContactLoader>(job);
}

}  // namespace luytre::integration
