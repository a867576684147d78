// What is recorded of a case beside its classification: diagnosis, notification and publication; hospital stays and how
// it ended; by whose case the person was infected.

#include <algorithm>

#include "modules/cases/dates.h"
#include "modules/cases/impl.h"
#include "platform/base/conflict.h"

namespace luytre::cases {

namespace {
constexpr std::string_view kStaysSeal = "cases.stays";
}

std::string Cases::seal_stays(CaseId id, const std::vector<HospitalStay>& stays) const {
  return vault_.seal(kStaysSeal, to_text(id), json::text(stays));
}

std::vector<HospitalStay> Cases::stays_of(const Stored& stored) const {
  if (!stored.row.stays) return {};
  auto stays = json::parse<std::vector<HospitalStay>>(
      vault_.unsealed(kStaysSeal, to_text(stored.row.id), stored.row.stays->data));
  if (!stays) throw std::runtime_error("the hospital stays of a case cannot be read");
  return std::move(*stays);
}

Task<Result<Case>> Cases::record_dates(const Caller& caller, CaseId id, RecordedDates request, std::int64_t version) {
  auto editing = db_.transact([this, caller, id, request, version](store::Session& s) -> Result<Case> {
    auto stored = editable(s, caller, kReport, id, version);
    if (!stored) return stored.error();
    if (!request.diagnosed_at && !request.notified_at && !request.published_at)
      return wrong_field("/notifiedAt", "required");
    const Stored before = *stored;
    CaseRow& row = stored->row;
    if (request.diagnosed_at) {
      const presence::Disease* disease = diseases_.find(row.disease);
      row.diagnosed_at = request.diagnosed_at;
      row.notify_by = disease ? disease->notify_by(*row.diagnosed_at) : std::nullopt;
    }
    if (request.notified_at) row.notified_at = request.notified_at;
    if (request.published_at) row.published_at = request.published_at;
    if (const auto wrong = check_recorded(row, request, clock_.now())) return *wrong;
    return save(s, caller, before, *stored, What::kDated, "");
  });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

Task<Result<Case>> Cases::record_course(const Caller& caller, CaseId id, Course request, std::int64_t version) {
  auto editing =
      db_.transact([this, caller, id, request = std::move(request), version](store::Session& s) -> Result<Case> {
        auto stored = editable(s, caller, kReport, id, version);
        if (!stored) return stored.error();
        Course course = request;
        const auto earlier = [](const HospitalStay& a, const HospitalStay& b) { return a.admitted_on < b.admitted_on; };
        std::stable_sort(course.stays.begin(), course.stays.end(), earlier);
        const Stored before = *stored;
        CaseRow& row = stored->row;
        if (const auto wrong = check_course(row, course, clock_.now())) return *wrong;
        if (course.outcome && is_death(*course.outcome) && !course.stays.empty() && !course.stays.back().discharged_on)
          course.stays.back().discharged_on = course.outcome_on;
        row.outcome = course.outcome;
        row.outcome_on = course.outcome_on;
        row.stays.reset();
        if (!course.stays.empty()) row.stays = store::Bytes{seal_stays(id, course.stays)};
        row.status = status_of(row);
        if (row.status == Status::kOpen && before.row.status == Status::kClosed) {
          if (const auto open = open_case(s, row.person, row.disease)) return case_exists(*open);
        }
        return save(s, caller, before, *stored, What::kCourse, "");
      });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

bool leads_to(store::Session& session, CaseId source, CaseId id) {
  // There are no circles yet, so that this comes to an end.
  for (std::optional<CaseId> at = source; at;) {
    if (*at == id) return true;
    const auto row = select_case(session, *at);
    at = row ? row->source : std::nullopt;
  }
  return false;
}

Task<Result<Case>> Cases::record_source(const Caller& caller, CaseId id, Source request, std::int64_t version) {
  auto editing =
      db_.transact([this, caller, id, request = std::move(request), version](store::Session& s) -> Result<Case> {
        auto stored = editable(s, caller, kReport, id, version);
        if (!stored) return stored.error();
        const Stored before = *stored;
        stored->row.source.reset();
        if (request.number) {
          const auto found = by_number(s, *request.number);
          if (!found) return kSourceUnknown;
          // A look at the other's case; whether there is one of that number is not for others to know.
          const auto source = open_for(s, caller, kRead, *found);
          if (!source) return source.error().code == kNotPermitted.code ? Error(kSourceUnknown) : source.error();
          if (source->row.disease != before.row.disease || source->row.classification == Classification::kDiscarded ||
              leads_to(s, *found, id))
            return kSourceUnfit;
          stored->row.source = *found;
        }
        return save(s, caller, before, *stored, What::kSourced, "");
      });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

}  // namespace luytre::cases
