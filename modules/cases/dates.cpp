#include "modules/cases/dates.h"

namespace luytre::cases {
namespace {

constexpr std::chrono::hours kAhead{1};  // how far ahead of now an isolation may be entered

std::optional<Error> check_stays(const Course& course, Date today) {
  if (course.stays.size() > kMostStays) return wrong_field("/stays", "too_long");
  const HospitalStay* last = nullptr;
  for (const HospitalStay& stay : course.stays) {
    if (stay.hospital.empty()) return wrong_field("/stays", "required");
    if (stay.admitted_on > today) return contradiction("admissionInFuture");
    if (stay.discharged_on > today) return contradiction("dischargeInFuture");
    if (stay.discharged_on && *stay.discharged_on < stay.admitted_on) return contradiction("dischargeBeforeAdmission");
    // Who is moved leaves one hospital and enters the next on one day.
    if (last && (!last->discharged_on || *last->discharged_on > stay.admitted_on)) return contradiction("staysOverlap");
    last = &stay;
  }
  return std::nullopt;
}

}  // namespace

bool is_death(Outcome outcome) {
  return outcome == Outcome::kDied || outcome == Outcome::kDiedOfOtherCause;
}

Error contradiction(std::string which) {
  return Error(kDatesContradict, {{"which", std::move(which)}});
}

std::optional<Error> check_confirmation(const CaseRow& row, const Confirmation& request, Instant now) {
  if (request.onset && local_midnight(*request.onset) > now) return contradiction("onsetInFuture");
  if (request.sample_at > now || request.result_at > now) return contradiction("resultInFuture");
  if (request.sample_at > request.result_at) return contradiction("resultBeforeSample");
  if (request.isolated_at && *request.isolated_at > now + kAhead) return contradiction("isolationInFuture");
  if (request.onset && row.outcome_on && *request.onset > *row.outcome_on) return contradiction("outcomeBeforeOnset");
  return std::nullopt;
}

std::optional<Error> check_recorded(const CaseRow& row, const RecordedDates& given, Instant now) {
  if (given.diagnosed_at > now) return contradiction("diagnosisInFuture");
  if (given.notified_at > now) return contradiction("notificationInFuture");
  if (given.published_at > now) return contradiction("publicationInFuture");
  if (given.diagnosed_at && row.onset && *given.diagnosed_at < local_midnight(*row.onset))
    return contradiction("diagnosisBeforeOnset");
  if ((given.diagnosed_at || given.notified_at) && row.notified_at && row.notified_at < row.diagnosed_at)
    return contradiction("notificationBeforeDiagnosis");
  return std::nullopt;
}

std::optional<Error> check_course(const CaseRow& row, const Course& course, Instant now) {
  const Date today = local_date(now);
  if (auto wrong = check_stays(course, today)) return wrong;
  if (course.outcome && !course.outcome_on) return wrong_field("/outcomeOn", "required");
  if (!course.outcome && course.outcome_on) return wrong_field("/outcome", "required");
  if (!course.outcome) return std::nullopt;
  if (*course.outcome_on > today) return contradiction("outcomeInFuture");
  if (row.onset && *course.outcome_on < *row.onset) return contradiction("outcomeBeforeOnset");
  if (!is_death(*course.outcome)) return std::nullopt;
  for (const HospitalStay& stay : course.stays) {
    if (stay.admitted_on > *course.outcome_on || stay.discharged_on > course.outcome_on)
      return contradiction("stayAfterDeath");
  }
  return std::nullopt;
}

Status status_of(const Decided& decided) {
  return decided.classification == Classification::kDiscarded || decided.outcome ? Status::kClosed : Status::kOpen;
}

}  // namespace luytre::cases
