#include <algorithm>

#include "modules/cases/dates.h"
#include "modules/cases/impl.h"

namespace luytre::cases {

namespace {
constexpr const char* kImporter = "luytre import";  // in the history, where an officer's name stands
// Whose window began before that and has no end would be held to be infectious to this day, and whoever they met last
// week for exposed: an old list that says nothing of isolation must not do that.
constexpr std::chrono::days kOpenMost{28};
constexpr std::int64_t kFollowedUsually = 14;  // days, of a disease whose file names no follow-up

// "COV-260821-7K2FQ9", as number.cpp makes them: three letters or digits, the day, and what tells them apart.
bool is_number(std::string_view text) {
  constexpr std::size_t kLength = 17, kDayEnds = 10;
  if (text.size() != kLength) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit = c >= '0' && c <= '9', letter = c >= 'A' && c <= 'Z';
    const bool dash = i == 3 || i == kDayEnds;
    if (dash ? c != '-' : i > 3 && i < kDayEnds ? !digit : !digit && !letter) return false;
  }
  return true;
}
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
    const auto done = import_one(session, importer, cases[i], true);
    if (done) {
      ++out.added;
    } else {
      out.rejected.push_back({i, done.error()});
    }
  }
  return out;
}

// The case as it is reported, classified and ended.
struct Cases::Judged {
  Stored reported, classified, last;
};

std::optional<Error> Cases::wrong_with(const ImportedCase& given, UnitId unit) const {
  const auto judged = judge(given, unit);
  return judged ? std::nullopt : std::optional(judged.error());
}

Result<Cases::Judged> Cases::judge(const ImportedCase& given, UnitId unit) const {
  const Instant now = clock_.now();
  const presence::Disease* disease = diseases_.find(given.disease);
  if (!disease) return kDiseaseUnknown;
  if (given.confirmation.has_value() != (given.classification == Classification::kConfirmed)) return kNeedsResult;
  if (given.onset && local_midnight(*given.onset) > now) return contradiction("onsetInFuture");
  if (given.number && !is_number(*given.number)) return kNumberTaken;

  Judged out;
  CaseRow& row = out.reported.row;
  row.person = given.person;
  row.disease = given.disease;
  row.unit = row.report_unit = unit;
  row.onset = given.onset;
  row.diagnosed_at = given.dates.diagnosed_at;
  if (row.diagnosed_at) row.notify_by = disease->notify_by(*row.diagnosed_at);
  row.notified_at = given.dates.notified_at;
  row.published_at = given.dates.published_at;
  row.source = given.infected_by;
  if (const auto wrong = check_recorded(row, given.dates, now)) return *wrong;

  out.classified = out.reported;
  Stored& classified = out.classified;
  if (given.confirmation) {
    if (const auto wrong = check_confirmation(row, *given.confirmation, now)) return *wrong;
    const auto window = set_window(classified, *given.confirmation);
    if (!window) return window.error();
    if (!classified.row.window_to && *classified.row.window_from < now - kOpenMost)
      return contradiction("isolationMissing");
  }
  classified.row.classification = given.classification;
  classified.row.status = status_of(classified.row);

  out.last = classified;
  if (const auto wrong = check_course(out.last.row, given.course, now)) return *wrong;
  out.last.row.outcome = given.course.outcome;
  out.last.row.outcome_on = given.course.outcome_on;
  out.last.row.status = status_of(out.last.row);
  return out;
}

// Judges all of it before it writes: what is rejected leaves nothing behind.
Result<Cases::Taken> Cases::import_one(store::Session& session, const Caller& importer, const ImportedCase& given,
                                       bool followed) const {
  const Instant now = clock_.now();
  if (!diseases_.find(given.disease)) return kDiseaseUnknown;
  const auto unit = people_.unit_of(session, given.person);
  if (!unit) return kNotFound;
  auto judged = judge(given, *unit);
  if (!judged) return judged.error();
  auto& [reported, classified, last] = *judged;
  CaseRow& row = reported.row;
  if (last.row.status == Status::kOpen) {
    if (const auto open = open_case(session, row.person, row.disease)) return case_exists(*open);
  }
  if (given.number && by_number(session, *given.number)) return kNumberTaken;
  if (given.infected_by) {
    const auto source = select_case(session, *given.infected_by);
    if (!source || source->disease != given.disease || source->classification == Classification::kDiscarded)
      return kSourceUnfit;
  }

  row.id = classified.row.id = last.row.id = db_.ids().make<CaseId>();
  row.version = 1;
  classified.row.version = row.version + (given.classification != Classification::kSuspect ? 1 : 0);
  last.row.version = classified.row.version + (given.course.outcome ? 1 : 0);
  last.row.number = given.number ? *given.number : free_number(session, given.disease, local_date(now), row.id);
  last.row.created_at = now;
  last.row.created_by = importer.account;
  if (given.note) last.row.note = store::Bytes{seal(row.id, *given.note)};
  insert_case(session, last.row);
  insert_external(session, given.source, given.external, row.id);
  const auto tell = [&](const Stored& before, const Stored& after, What what) {
    if (followed) {
      record(session, importer, before, after, what, "");
    } else {
      write_change(session, importer, before, after, what, "");
    }
  };
  tell(reported, reported, What::kReported);
  if (given.confirmation) {
    tell(reported, classified, What::kConfirmed);
  } else if (given.classification != Classification::kSuspect) {
    tell(reported, classified, What::kReclassified);
  }
  if (given.course.outcome) tell(classified, last, What::kCourse);
  if (!followed) session.publish({"case.imported", row.id.value, now, last.row.version, unit->value});
  return Taken{row.id, last.row.version};
}

Result<Cases::Taken> Cases::take_listed(store::Session& session, const Caller& by, const ImportedCase& given) const {
  return import_one(session, by, given, false);
}

std::optional<CaseId> Cases::imported(store::Session& session, std::string_view source, std::string_view external) {
  return select_imported(session, source, external);
}

std::set<CaseId> Cases::start_listed(store::Session& session, std::span<const CaseId> ids) const {
  const Instant now = clock_.now();
  std::set<CaseId> out;
  for (const CaseRow& row : select_each(session, ids)) {
    if (row.classification != Classification::kConfirmed) continue;
    const presence::Disease* disease = diseases_.find(row.disease);
    std::int64_t days = 0;
    if (disease)
      for (const auto& follow_up : disease->follow_ups) days = std::max(days, follow_up.days());
    if (days == 0) days = kFollowedUsually;
    if (row.window_to && *row.window_to + std::chrono::days(days) < now) continue;
    if (out.insert(row.id).second) session.publish({"case.confirmed", row.id.value, now, row.version, row.unit.value});
  }
  return out;
}

Result<Done> Cases::take_back(store::Session& session, CaseId id, std::int64_t version) const {
  const auto row = select_case(session, id);
  if (!row) return kNotFound;
  if (row->version != version) return kVersionConflict;
  const Counts counts = counts_(session, id);
  if (counts.level1 + counts.level2 > 0 || is_source(session, id) || is_investigated(session, id)) return kCaseInUse;
  delete_case(session, id);
  session.publish({"case.taken_back", id.value, clock_.now(), version + 1, row->unit.value});
  return Done{};
}

bool Cases::has_case(store::Session& session, PersonId person) {
  return is_ill(session, person);
}

}  // namespace luytre::cases
