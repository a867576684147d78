#include "modules/integration/imports.h"

#include <algorithm>
#include <stdexcept>

#include "modules/integration/input.h"
#include "modules/integration/loader.h"

namespace luytre::integration {

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kReportEvery{500};
constexpr std::int64_t kLookEvery = 256;  // rows between two looks at the clock

class Meter {
 public:
  Meter(const ImportOrder& order, const InputFile& input, const ImportReport& report, const Rejects& rejects)
      : order_(order), input_(input), report_(report), rejects_(rejects) {}

  void tick() {
    if (!order_.progress || report_.rows % kLookEvery != 0 || Steady::now() - last_ < kReportEvery) return;
    last_ = Steady::now();
    tell(false);
  }
  void finish() {
    if (order_.progress) tell(true);
  }
  std::chrono::milliseconds elapsed() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begin_);
  }

 private:
  void tell(bool finished) {
    Progress p{.rows = report_.rows, .rejected = rejects_.count(), .finished = finished};
    const double seconds = std::chrono::duration<double>(Steady::now() - begin_).count();
    p.rows_per_second = seconds > 0 ? static_cast<double>(p.rows) / seconds : 0;
    const auto total = static_cast<double>(input_.bytes_total());
    p.share = finished ? 1 : total > 0 ? std::min(1.0, static_cast<double>(input_.bytes_read()) / total) : 0;
    if (p.share > 0) p.left = std::chrono::seconds(static_cast<std::int64_t>(seconds / p.share - seconds));
    order_.progress(p);
  }

  const ImportOrder& order_;
  const InputFile& input_;
  const ImportReport& report_;
  const Rejects& rejects_;
  Steady::time_point begin_ = Steady::now();
  Steady::time_point last_ = begin_;
};

// The lines of a file that is not CSV, as records of one field.
class LineReader {
 public:
  explicit LineReader(tables::ByteSource source) : window_(std::move(source)) {}
  std::optional<tables::Record> next() {
    for (;;) {
      tables::Record record;
      record.line = window_.line();
      auto line = window_.take_line(tables::kRecordMost + 1);
      if (!line) return std::nullopt;
      if (line->empty()) continue;
      record.text = std::move(*line);
      if (record.text.size() > tables::kRecordMost)
        record.bad = "longer than " + std::to_string(tables::kRecordMost) + " bytes";
      record.fields = {record.text};
      return record;
    }
  }

 private:
  tables::TextWindow window_;
};

void check(const ImportOrder& order, const Parts& parts) {
  if (const std::string wrong = wrong_with(order.what, order.format); !wrong.empty()) throw WrongOrder(wrong);
  if (order.what == What::kCases && (parts.study || !parts.cases))
    throw WrongOrder("a study has no cases: say whom to trace with luytre trace --person");
  if (parts.study) return;
  if (order.format != Format::kCsv)
    throw WrongOrder(
        "contact lists of studies can only be loaded into a study: use --study with an empty data directory");
  const auto refuse = [](const std::string& what) { throw std::runtime_error(what); };
  const auto in_force = [all = parts.decisions.all_in_force(parts.db.clock().now())](command::Switch what) {
    return std::any_of(all.begin(), all.end(), [&](const command::Decision& one) { return one.purpose == what; });
  };
  if (order.what == What::kVisits && !in_force(command::Switch::kCheckIn))
    refuse(
        "no decision in force switches check-in on, anywhere; visits of real persons cannot be imported without one");
  if (order.what == What::kEncounters && !in_force(command::Switch::kTracing))
    refuse(
        "no decision in force switches tracing on, anywhere; encounters of real persons cannot be imported without "
        "one");
}

std::unique_ptr<Loader> loader_for(const Job& job) {
  switch (job.order.what) {
    case What::kVisits:
      return load_visits(job);
    case What::kPeople:
      return load_people(job);
    case What::kPlaces:
      return load_places(job);
    case What::kCases:
      return load_cases(job);
    default:
      return job.order.format == Format::kCsv ? load_encounters(job) : load_contacts(job);
  }
}

}  // namespace

std::string wrong_with(What what, Format format) {
  if (format == Format::kCsv || what == What::kEncounters) return {};
  return "contact lists (--format sociopatterns, haslemere) hold encounters: use luytre import encounters";
}

ImportReport Imports::run(const ImportOrder& order) {
  check(order, parts_);
  InputFile input(order.file);
  const tables::ByteSource source = [&input](char* into, std::size_t size) { return input.read(into, size); };
  Rejects rejects(order.rejects);
  ImportReport report;
  Meter meter(order, input, report, rejects);
  const auto loader = loader_for({parts_, order, rejects, report});
  const auto load = [&](auto& reader) {
    while (const auto record = reader.next()) {
      ++report.rows;
      if (record->bad.empty()) {
        loader->take(*record);
      } else {
        rejects.add(record->line, record->bad, record->text);
      }
      meter.tick();
    }
  };
  // What was read before a damaged end is loaded all the same.
  std::optional<std::string> fault;
  try {
    if (order.format == Format::kSociopatterns) {
      LineReader reader(source);
      load(reader);
    } else {
      tables::CsvReader reader(source);
      load(reader);
    }
  } catch (const InputError& cut) {
    fault = cut.what();
  }
  loader->finish();
  rejects.close();
  report.rejected = rejects.count();
  report.elapsed = meter.elapsed();
  if (report.rejected != 0) report.rejects = rejects.file();
  if (fault) throw CutShort(*fault, std::move(report));
  meter.finish();
  return report;
}

void PersonNames::learn(std::vector<std::string> externals) {
  std::erase_if(externals, [&](const std::string& external) { return known_.contains(external); });
  std::sort(externals.begin(), externals.end());
  externals.erase(std::unique(externals.begin(), externals.end()), externals.end());
  if (externals.empty()) return;
  if (!parts_.study) {
    const auto found =
        parts_.db.read_now([&](store::Session& s) { return people::People::imported(s, kSource, externals); });
    for (std::size_t i = 0; i < externals.size(); ++i) {
      if (found[i]) known_.emplace(externals[i], *found[i]);
    }
    return;
  }
  std::vector<people::People::Imported> people;
  for (const std::string& external : externals) people.push_back({kSource, external, std::nullopt});
  const auto ids = parts_.db.transact_now([&](store::Session& s) { return parts_.people.import_people(s, people); });
  for (std::size_t i = 0; i < externals.size(); ++i) known_.emplace(externals[i], ids[i]);
}

std::optional<PersonId> PersonNames::find(const std::string& external) const {
  const auto found = known_.find(external);
  if (found == known_.end()) return std::nullopt;
  return found->second;
}

std::string plain_words(const Error& error) {
  std::string text;
  for (const FieldError& field : error.fields) text += (text.empty() ? "" : "; ") + field.pointer + ": " + field.code;
  if (text.empty()) text = error.code;
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace luytre::integration
