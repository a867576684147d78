#include "modules/cases/dates.h"
#include "modules/cases/impl.h"

namespace luytre::cases {

namespace {
constexpr const char* kImporter = "luytre import";  // in the history, where an officer's name stands
// Whose window began before that and has no end would be held to be infectious to this day, and whoever they met last
// week for exposed: an old list that says nothing of isolation must not do that.
constexpr std::chrono::days kOpenMost{28};
}  // namespace

ImportedCases Cases::import_cases(store::Session& session, std::span<const ImportedCase> cases) const {
  ImportedCases out;
  Caller importer;
  importer.name = kImporter;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (select_imported(session, cases[i].source, cases[i].external)) {
      ++out.known;
      continue;
    }
    const auto done = import_one(session, importer, cases[i]);
    if (done) {
      ++out.added;
    } else {
      out.rejected.push_back({i, done.error()});
    }
  }
  return out;
}

// Judges all of it before it writes: what is rejected leaves nothing behind.
Result<Done> Cases::import_one(store::Session& session, const Caller& importer, const ImportedCase& given) const {
  const Instant now = clock_.now();
  const presence::Disease* disease = diseases_.find(given.disease);
  if (!disease) return kDiseaseUnknown;
  const auto unit = people_.unit_of(session, given.person);
  if (!unit) return kNotFound;
  if (given.confirmation.has_value() != (given.classification == Classification::kConfirmed)) return kNeedsResult;
  if (given.onset && local_midnight(*given.onset) > now) return contradiction("onsetInFuture");

  Stored reported;
  CaseRow& row = reported.row;
  row.person = given.person;
  row.disease = given.disease;
  row.unit = row.report_unit = *unit;
  row.onset = given.onset;
  row.diagnosed_at = given.dates.diagnosed_at;
  if (row.diagnosed_at) row.notify_by = disease->notify_by(*row.diagnosed_at);
  row.notified_at = given.dates.notified_at;
  row.published_at = given.dates.published_at;
  if (const auto wrong = check_recorded(row, given.dates, now)) return *wrong;

  Stored classified = reported;
  if (given.confirmation) {
    if (const auto wrong = check_confirmation(row, *given.confirmation, now)) return *wrong;
    const auto window = set_window(classified, *given.confirmation);
    if (!window) return window.error();
    if (!classified.row.window_to && *classified.row.window_from < now - kOpenMost)
      return contradiction("isolationMissing");
  }
  classified.row.classification = given.classification;
  classified.row.status = status_of(classified.row);

  Stored last = classified;
  if (const auto wrong = check_course(last.row, given.course, now)) return *wrong;
  last.row.outcome = given.course.outcome;
  last.row.outcome_on = given.course.outcome_on;
  last.row.status = status_of(last.row);
  if (last.row.status == Status::kOpen) {
    if (const auto open = open_case(session, row.person, row.disease)) return case_exists(*open);
  }

  row.id = classified.row.id = last.row.id = db_.ids().make<CaseId>();
  row.version = 1;
  classified.row.version = row.version + (given.classification != Classification::kSuspect ? 1 : 0);
  last.row.version = classified.row.version + (given.course.outcome ? 1 : 0);
  last.row.number = free_number(session, given.disease, local_date(now), row.id);
  last.row.created_at = now;
  insert_case(session, last.row);
  insert_external(session, given.source, given.external, row.id);
  record(session, importer, reported, reported, What::kReported, "");
  if (given.confirmation) {
    record(session, importer, reported, classified, What::kConfirmed, "");
  } else if (given.classification != Classification::kSuspect) {
    record(session, importer, reported, classified, What::kReclassified, "");
  }
  if (given.course.outcome) record(session, importer, classified, last, What::kCourse, "");
  return Done{};
}

}  // namespace luytre::cases
