// Cases: line lists of people who were imported or registered before.

#include "modules/integration/csv_loader.h"
#include "modules/integration/loader.h"

namespace luytre::integration {

namespace {

constexpr std::size_t kTogether = 500;  // cases in one transaction: each looks for an open one and for a free number

// What is wrong with a case, with the dates that contradict each other and the case that is there.
std::string in_words(const Error& error) {
  std::string text = plain_words(error);
  for (const char* param : {"which", "number"}) {
    if (const auto found = error.params.find(param); found != error.params.end()) text += ": " + found->second;
  }
  return text;
}

class CaseLoader final : public CsvLoader {
 public:
  explicit CaseLoader(const Job& job) : CsvLoader(job, case_columns()), persons_(job.parts) {}

 private:
  struct Line {
    std::int64_t line;
    std::string text;
    std::string person;
    cases::ImportedCase given;
  };

  Reason read(const tables::Record& record) override;
  Reason read_result(const tables::Record& record, cases::ImportedCase& given) const;
  Reason read_dates(const tables::Record& record, cases::ImportedCase& given) const;
  Reason read_outcome(const tables::Record& record, cases::ImportedCase& given) const;
  // Empty: taken, or there is none.
  Reason read_day(const tables::Record& record, std::string_view column, std::optional<Date>& into) const;
  Reason read_moment(const tables::Record& record, std::string_view column, std::optional<Instant>& into) const;
  void write() override;

  PersonNames persons_;
  std::vector<Line> lines_;
};

Reason CaseLoader::read_day(const tables::Record& record, std::string_view column, std::optional<Date>& into) const {
  const std::string text = get(record, column);
  if (text.empty()) return {};
  into = parse_date(text);
  return into ? Reason() : std::string(column) + " is not a date: YYYY-MM-DD";
}

Reason CaseLoader::read_moment(const tables::Record& record, std::string_view column,
                               std::optional<Instant>& into) const {
  const std::string text = get(record, column);
  if (text.empty()) return {};
  into = read_time(text, job_.order.time_base);
  return into ? Reason() : std::string(column) + " is not a time: ISO-8601 with offset, or seconds";
}

Reason CaseLoader::read_result(const tables::Record& record, cases::ImportedCase& given) const {
  std::optional<Instant> sample, result, isolated;
  for (Reason wrong : {read_moment(record, "sample", sample), read_moment(record, "result", result),
                       read_moment(record, "isolated", isolated)}) {
    if (!wrong.empty()) return wrong;
  }
  const std::string method = get(record, "method");
  if (given.classification != cases::Classification::kConfirmed) {
    // A negative or pending result has no place in the file; to leave it out unseen would be a loss.
    if (sample || result || isolated || !method.empty())
      return "sample, result, method and isolated are those of a confirmed case";
    return {};
  }
  const auto known = json::parse_enum<cases::Method>(method);
  if (!sample || !result || !known) return "a confirmed case needs sample, result and a method that is known";
  given.confirmation = cases::Confirmation{given.onset, *sample, *result, *known, isolated, std::nullopt};
  return {};
}

Reason CaseLoader::read_dates(const tables::Record& record, cases::ImportedCase& given) const {
  for (Reason wrong : {read_moment(record, "diagnosed", given.dates.diagnosed_at),
                       read_moment(record, "notified", given.dates.notified_at),
                       read_moment(record, "published", given.dates.published_at)}) {
    if (!wrong.empty()) return wrong;
  }
  return {};
}

Reason CaseLoader::read_outcome(const tables::Record& record, cases::ImportedCase& given) const {
  if (const std::string outcome = get(record, "outcome"); !outcome.empty()) {
    given.course.outcome = json::parse_enum<cases::Outcome>(outcome);
    if (!given.course.outcome) return "outcome is not recovered, died, diedOfOtherCause or lostToFollowUp";
  }
  return read_day(record, "outcomeOn", given.course.outcome_on);
}

Reason CaseLoader::read(const tables::Record& record) {
  Line line{record.line, record.text, get(record, "person"), {}};
  cases::ImportedCase& given = line.given;
  given.source = kSource;
  given.external = get(record, "case");
  for (const std::string* id : {&given.external, &line.person}) {
    if (Reason wrong = wrong_with_external_id(*id); !wrong.empty()) return wrong;
  }
  given.disease = get(record, "disease");
  const auto classification = json::parse_enum<cases::Classification>(get(record, "classification"));
  if (!classification) return "classification is not suspect, probable, confirmed or discarded";
  given.classification = *classification;
  if (Reason wrong = read_day(record, "onset", given.onset); !wrong.empty()) return wrong;
  if (Reason wrong = read_result(record, given); !wrong.empty()) return wrong;
  if (Reason wrong = read_dates(record, given); !wrong.empty()) return wrong;
  if (Reason wrong = read_outcome(record, given); !wrong.empty()) return wrong;
  lines_.push_back(std::move(line));
  return {};
}

void CaseLoader::write() {
  std::vector<std::string> externals;
  externals.reserve(lines_.size());
  for (const Line& line : lines_) externals.push_back(line.person);
  persons_.learn(std::move(externals));

  std::vector<cases::ImportedCase> rows;
  std::vector<const Line*> lines;
  for (Line& line : lines_) {
    const auto person = persons_.find(line.person);
    if (!person) {
      reject(line.line, kUnknownPerson, line.text);
      continue;
    }
    line.given.person = *person;
    rows.push_back(line.given);
    lines.push_back(&line);
  }
  const std::span<const cases::ImportedCase> all(rows);
  for (std::size_t at = 0; at < all.size(); at += kTogether) {
    const auto some = all.subspan(at, std::min(kTogether, all.size() - at));
    const auto imported =
        job_.parts.db.transact_now([&](store::Session& s) { return job_.parts.cases->import_cases(s, some); });
    job_.report.added += imported.added;
    job_.report.known += imported.known;
    for (const auto& r : imported.rejected)
      reject(lines[at + r.index]->line, in_words(r.error), lines[at + r.index]->text);
  }
  lines_.clear();
}

}  // namespace

std::unique_ptr<Loader> load_cases(const Job& job) {
  return std::make_unique<CaseLoader>(job);
}

}  // namespace luytre::integration
