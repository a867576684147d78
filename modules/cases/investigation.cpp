#include "modules/cases/investigation.h"

#include "modules/cases/investigation_storage.h"
#include "modules/cases/storage.h"
#include "platform/base/conflict.h"

namespace luytre::cases {
namespace {

constexpr std::string_view kAnswersSeal = "cases.investigation";
constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

// Moved to another case or version it cannot be opened.
std::string context_of(CaseId id, std::int64_t version) {
  return to_text(id) + ' ' + std::to_string(version);
}

}  // namespace

struct Investigations::Standing {
  CaseRow row;
  std::optional<InvestigationRow> newest;
  const InvestigationForm* form = nullptr;  // of what stands, else the one in force
};

Result<Investigations::Standing> Investigations::seen(store::Session& session, const Caller& caller,
                                                      const identity::Action& action, CaseId id) const {
  auto row = select_case(session, id);
  if (!row) return kNotFound;
  const auto areas = parts_.access.areas(caller, action);
  const UnitId by = parts_.geography.covers(areas, row->unit) ? row->unit : row->report_unit;
  // Nobody learns what there is elsewhere.
  if (!parts_.geography.covers(areas, by)) return kNotFound;
  const auto allowed = parts_.access.require(
      session, caller, action, {row->person, by, identity::note(identity::LogNote::kCaseFile, row->number)});
  if (!allowed) return allowed.error();
  Standing out{std::move(*row), select_investigation(session, id), nullptr};
  if (out.newest) {
    out.form = parts_.forms.find(out.newest->form, out.newest->form_version);
    if (!out.form) throw std::runtime_error("a form of investigation that was answered is not there any more");
  } else if (const auto* disease = parts_.diseases.find(out.row.disease)) {
    out.form = parts_.forms.of(*disease, local_date(parts_.db.clock().now()));
  }
  if (!out.form) return kNoForm;
  return out;
}

forms::Response Investigations::read(const InvestigationForm& form, CaseId id, std::int64_t version,
                                     const store::Bytes& answers) const {
  const auto value = json::parse_value(parts_.vault.unsealed(kAnswersSeal, context_of(id, version), answers.data));
  if (!value) throw std::runtime_error("the answers of an investigation cannot be read");
  auto out = forms::read_kept(form.form, *value);
  if (!out) throw std::runtime_error("the answers of an investigation do not fit their form");
  return std::move(*out);
}

Task<Result<Investigation>> Investigations::find(const Caller& caller, CaseId id) {
  return parts_.db.transact([this, caller, id](store::Session& s) -> Result<Investigation> {
    const auto standing = seen(s, caller, kRead, id);
    if (!standing) return standing.error();
    const InvestigationForm& form = *standing->form;
    Investigation out;
    out.form = form.form.id;
    out.form_version = form.form.version;
    out.questionnaire = form.document;
    if (!standing->newest) {
      out.response = form.empty(standing->row.disease);
      return out;
    }
    const InvestigationRow& row = *standing->newest;
    const forms::Response response = read(form, id, row.version, row.answers);
    out.response = response.normal;
    out.complete = row.complete;
    out.findings = form.findings(response.answers);
    out.onset = form.onset(response.answers);
    out.told_at = row.told_at;
    out.at = row.at;
    out.by = row.by_name;
    out.version = row.version;
    return out;
  });
}

Result<Investigations::Written> Investigations::write_within(store::Session& s, const Caller& caller, CaseId id,
                                                             const Answered& answered, std::int64_t version) const {
  const auto standing = seen(s, caller, kReport, id);
  if (!standing) return standing.error();
  const std::int64_t before = standing->newest ? standing->newest->version : 0;
  if (version != before) return kVersionConflict;
  const InvestigationForm* form = standing->form;
  if (answered.form != form->form.id) return kFormNotAsked;
  if (answered.form_version != form->form.version) {
    // Begun on a device before a newer version came into force, and nothing stands: it is an answer all the same.
    form = standing->newest ? nullptr : parts_.forms.find(answered.form, answered.form_version);
    if (!form) return kFormNotAsked;
  }
  const Instant now = parts_.db.clock().now();
  if (answered.told_at && *answered.told_at > now + kClockSkew) return wrong_field("/toldAt", "time_in_future");
  const auto response =
      forms::read_response(form->form, form->about(answered.response, standing->row.disease), "/response");
  if (!response) return response.error();
  InvestigationRow row;
  row.version = before + 1;
  row.form = form->form.id;
  row.form_version = form->form.version;
  row.complete = answered.complete;
  row.answers = {
      parts_.vault.seal(kAnswersSeal, context_of(id, row.version), boost::json::serialize(response->normal))};
  row.told_at = answered.told_at.value_or(now);
  row.at = now;
  row.by_name = caller.name;
  insert_investigation(s, id, caller.account, row);
  s.publish({"investigation.recorded", id.value, now, row.version, standing->row.unit.value});
  Written out;
  out.version = row.version;
  return out;
}

Task<Result<Investigation>> Investigations::written(Caller caller, CaseId id, Task<Result<Written>> writing) {
  const Result<Written> done = co_await std::move(writing);
  if (!done) co_return done.error();
  Task<Result<Investigation>> looking = find(caller, id);
  co_return co_await std::move(looking);
}

Task<Result<Investigation>> Investigations::write(const Caller& caller, CaseId id, Answered answered,
                                                  std::int64_t version, std::optional<store::Once> once) {
  auto work = [this, caller, id, answered = std::move(answered), version](store::Session& s) {
    return write_within(s, caller, id, answered, version);
  };
  auto writing = once ? parts_.db.once(std::move(*once), std::move(work)) : parts_.db.transact(std::move(work));
  return with_current(written(caller, id, std::move(writing)), [this, caller, id] { return find(caller, id); });
}

Task<Result<http::Page<InvestigationVersion>>> Investigations::versions(const Caller& caller, CaseId id) {
  return parts_.db.transact([this, caller, id](store::Session& s) -> Result<http::Page<InvestigationVersion>> {
    const auto standing = seen(s, caller, kRead, id);
    if (!standing) return standing.error();
    http::Page<InvestigationVersion> page;
    for (const InvestigationRow& row : select_investigations(s, id)) {
      // The form of what stands is that of every version before.
      page.items.push_back({row.version, row.at, row.by_name, row.form, row.form_version, row.complete,
                            read(*standing->form, id, row.version, row.answers).normal});
    }
    return page;
  });
}

std::vector<Finding> Investigations::findings(store::Session& session, CaseId id) const {
  const auto newest = select_investigation(session, id);
  if (!newest) return {};
  const InvestigationForm* form = parts_.forms.find(newest->form, newest->form_version);
  if (!form) throw std::runtime_error("a form of investigation that was answered is not there any more");
  return form->findings(read(*form, id, newest->version, newest->answers).answers);
}

void routes(http::Router& router, Investigations& room) {
  router.get("/cases/{id}/investigation")
      .summary("What the person of a case was asked by the disease's form, and the form; the reading is logged")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, kNoForm})
      .handle([&room](http::Call& call) { return room.find(call.caller(), call.id<CaseId>()); });
  router.post("/cases/{id}/investigation")
      .summary("Write down the answers, all of them, as far as they are known; what stood before is kept")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kFormNotAsked, kNoForm})
      .versioned()
      .handle([&room](http::Call& call, Answered answered) {
        return room.write(call.caller(), call.id<CaseId>(), std::move(answered), *call.if_match(), call.once());
      });
  router.get("/cases/{id}/investigation/versions")
      .summary("The answers each time they were written, newest first")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, kNoForm})
      .handle([&room](http::Call& call) { return room.versions(call.caller(), call.id<CaseId>()); });
}

}  // namespace luytre::cases
