#include "modules/cases/cases.h"

#include <tuple>

#include "modules/cases/dates.h"
#include "modules/cases/impl.h"
#include "modules/people/merged.h"
#include "platform/base/conflict.h"

namespace luytre::cases {

const identity::Action kReport{
    "cases.report", Purpose::kCaseManagement, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kRead{
    "cases.read", Purpose::kCaseManagement, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kConfirm{
    "cases.confirm", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}};

namespace {

constexpr std::string_view kNoteSeal = "cases.note";

// Whether tracing would find the same.
bool traced_alike(const Decided& a, const Decided& b) {
  const auto traced = [](const Decided& d) {
    return std::tie(d.classification, d.method, d.isolated_at, d.window_from, d.window_to, d.rule_set);
  };
  return traced(a) == traced(b);
}

const char* event_type(const Decided& before, const Decided& after, What what) {
  const bool was = before.classification == Classification::kConfirmed;
  const bool is = after.classification == Classification::kConfirmed;
  if (what == What::kReported) return "case.reported";
  if (!was && is) return "case.confirmed";
  if (was && !is) return "case.unconfirmed";
  if (what == What::kDated || what == What::kCourse || what == What::kSourced ||
      (what == What::kUndone && traced_alike(before, after)))
    return "case.dated";
  if (after.classification == Classification::kDiscarded) return "case.discarded";
  return "case.changed";
}

}  // namespace

std::optional<CaseRow> open_case(store::Session& session, PersonId person, const std::string& disease) {
  for (const PersonId record : people::known_as(session, person))
    if (auto open = select_open(session, record, disease)) return open;
  return std::nullopt;
}

std::optional<TracedCase> Cases::open_of(store::Session& session, PersonId person, const std::string& disease) {
  const auto open = open_case(session, person, disease);
  return open ? traced(session, open->id) : std::nullopt;
}

Error case_exists(const CaseRow& open) {
  return Error(kCaseExists, {{"case", to_text(open.id)}, {"number", open.number}});
}

Cases::Cases(store::Database& db, people::People& people, const geography::Geography& geography,
             const identity::Access& access, const Vault& vault, const Clock& clock, const presence::Diseases& diseases,
             const presence::RuleSets& rule_sets)
    : db_(db),
      people_(people),
      geography_(geography),
      access_(access),
      vault_(vault),
      clock_(clock),
      diseases_(diseases),
      rule_sets_(rule_sets) {}

std::string Cases::seal(CaseId id, std::string_view text) const {
  return vault_.seal(kNoteSeal, to_text(id), text);
}

std::string Cases::unseal(CaseId id, std::string_view sealed) const {
  return vault_.unsealed(kNoteSeal, to_text(id), sealed);
}

Case Cases::view(store::Session& session, const Caller& caller, const Stored& stored) const {
  const CaseRow& r = stored.row;
  Case out;
  static_cast<Decided&>(out) = r;
  out.id = r.id;
  out.number = r.number;
  if (auto person = people_.brief(session, r.person)) out.person = std::move(*person);
  out.disease = r.disease;
  out.unit = r.unit;
  out.report_unit = r.report_unit;
  if (r.note) out.note = unseal(r.id, r.note->data);
  out.stays = stays_of(stored);
  if (r.source) {
    if (const auto source = select_case(session, *r.source)) out.source_number = source->number;
  }
  out.caused = select_caused(session, r.id, kMostCaused);
  out.twins = twins_of(session, caller, stored);
  out.created_at = r.created_at;
  out.counts = counts_(session, r.id);
  out.lineage = lineage_of_(session, r.id);
  out.version = r.version;
  return out;
}

// The case, after the check that the caller may do this to it. Officers of the unit that reported it may, too.
Result<Cases::Stored> Cases::open_for(store::Session& session, const Caller& caller, const identity::Action& action,
                                      CaseId id) const {
  auto row = select_case(session, id);
  if (!row) return kNotFound;
  const bool reporter = row->report_unit != row->unit && [&] {
    for (const UnitId area : access_.areas(caller, action))
      if (!geography_.covers(area, row->unit) && geography_.covers(area, row->report_unit)) return true;
    return false;
  }();
  const identity::Subject subject{row->person, reporter ? row->report_unit : row->unit,
                                  identity::note(identity::LogNote::kCaseFile, row->number)};
  const auto allowed = access_.require(session, caller, action, subject);
  if (!allowed) return allowed.error();
  return Stored{std::move(*row)};
}

Result<Cases::Stored> Cases::editable(store::Session& session, const Caller& caller, const identity::Action& action,
                                      CaseId id, std::int64_t version) const {
  auto stored = open_for(session, caller, action, id);
  if (stored && stored->row.version != version) return kVersionConflict;
  return stored;
}

Result<Cases::Stored> Cases::report_within(store::Session& s, const Caller& caller, const NewCase& request) const {
  const presence::Disease* disease = diseases_.find(request.disease);
  if (!disease) return kDiseaseUnknown;
  if (request.person.has_value() == request.new_person.has_value()) {
    return Error(kInvalid, std::vector<FieldError>{{"/person", "required", {{"expected", "person or newPerson"}}}});
  }
  const Instant now = clock_.now();
  if (request.onset && local_midnight(*request.onset) > now) return contradiction("onsetInFuture");

  Stored stored;
  CaseRow& row = stored.row;
  if (request.new_person) {
    const auto allowed = access_.require(
        s, caller, kReport, {PersonId{}, request.new_person->unit, identity::note(identity::LogNote::kNewCase)});
    if (!allowed) return allowed.error();
    auto wrong = people_.check(*request.new_person);
    if (!wrong.empty()) return Error(kInvalid, std::move(wrong));
    const auto areas = access_.areas(caller, kReport);
    if (!request.none_of_these.value_or(false) && may_be_known_(s, *request.new_person, areas))
      return kPersonMayBeKnown;
    auto made = people_.create_within(s, *request.new_person);
    if (!made) return made.error();
    row.person = *made;
  } else {
    row.person = *request.person;
  }
  const auto unit = people_.unit_of(s, row.person);
  if (!unit) return kNotFound;
  row.unit = *unit;
  row.report_unit = request.report_unit.value_or(*unit);
  const auto allowed =
      access_.require(s, caller, kReport, {row.person, row.report_unit, identity::note(identity::LogNote::kNewCase)});
  if (!allowed) return allowed.error();
  if (const auto open = open_case(s, row.person, request.disease)) return case_exists(*open);
  row.id = db_.ids().make<CaseId>();
  row.number = free_number(s, request.disease, local_date(now), row.id);
  row.disease = request.disease;
  row.onset = request.onset;
  row.diagnosed_at = request.diagnosed_at.value_or(now);
  row.notify_by = disease->notify_by(*row.diagnosed_at);
  RecordedDates given;
  given.diagnosed_at = row.diagnosed_at;
  if (const auto wrong = check_recorded(row, given, now)) return *wrong;
  if (request.note) row.note = store::Bytes{seal(row.id, *request.note)};
  row.created_by = caller.account;
  row.created_at = now;
  row.version = 1;
  insert_case(s, row);
  const Stored before = stored;
  record(s, caller, before, stored, What::kReported, "");
  return stored;
}

Task<Result<Case>> Cases::report(const Caller& caller, NewCase request, std::optional<store::Once> once) {
  if (!once) {
    return db_.transact([this, caller, request = std::move(request)](store::Session& s) -> Result<Case> {
      const auto stored = report_within(s, caller, request);
      if (!stored) return stored.error();
      return view(s, caller, *stored);
    });
  }
  // The case is read anew: names are not kept for a repeated call.
  auto reporting =
      db_.once(std::move(*once), [this, caller, request = std::move(request)](store::Session& s) -> Result<Reported> {
        const auto stored = report_within(s, caller, request);
        if (!stored) return stored.error();
        return Reported{stored->row.id};
      });
  return reported(caller, std::move(reporting));
}

Task<Result<Case>> Cases::reported(Caller caller, Task<Result<Reported>> reporting) {
  const Result<Reported> made = co_await std::move(reporting);
  if (!made) co_return made.error();
  Task<Result<Case>> looking = find(caller, made->id);
  co_return co_await std::move(looking);
}

Task<Result<Case>> Cases::find(const Caller& caller, CaseId id) {
  // A read that is logged is a write.
  return db_.transact([this, caller, id](store::Session& s) -> Result<Case> {
    const auto stored = open_for(s, caller, kRead, id);
    if (!stored) return stored.error();
    return view(s, caller, *stored);
  });
}

Result<Done> Cases::set_window(Stored& stored, const Confirmation& request) const {
  CaseRow& row = stored.row;
  const presence::RuleSet* rules = request.rule_set ? rule_sets_.find(*request.rule_set)
                                                    : rule_sets_.in_force(row.disease, local_date(request.result_at));
  if (!rules) {
    if (request.rule_set) return kRuleSetUnknown;
    return kNoRuleSet;
  }
  if (rules->disease != row.disease) return kRuleSetUnknown;
  const presence::Disease* disease = diseases_.find(row.disease);
  if (disease && row.method != request.method && !disease->confirms(request.method)) return kMethodUnfit;
  const presence::CaseDates dates{request.onset, request.sample_at, request.isolated_at};
  const auto window = presence::infectious_window(dates, rules->window, clock_.now());
  if (!window) return contradiction("isolationBeforeWindow");
  row.onset = request.onset;
  row.sample_at = request.sample_at;
  row.result_at = request.result_at;
  row.method = request.method;
  row.isolated_at = request.isolated_at;
  row.window_from = window->from;
  row.window_to = presence::window_end(dates, rules->window);
  row.rule_set = rules->id;
  return Done{};
}

void Cases::write_change(store::Session& session, const Caller& caller, const Stored& before, const Stored& after,
                         What what, std::string_view reason) const {
  ChangeRow change;
  change.id = db_.ids().next();
  change.at = clock_.now();
  change.by_name = caller.name;
  change.what = what;
  change.before_classification = before.row.classification;
  change.after_classification = after.row.classification;
  if (!reason.empty()) change.reason = store::Bytes{seal(after.row.id, reason)};
  change.before = json::text(static_cast<const Decided&>(before.row));
  if (what == What::kCourse) change.stays_before = before.row.stays;
  insert_change(session, after.row.id, caller.account, change);
}

void Cases::record(store::Session& session, const Caller& caller, const Stored& before, const Stored& after, What what,
                   std::string_view reason) const {
  write_change(session, caller, before, after, what, reason);
  session.publish({event_type(before.row, after.row, what), after.row.id.value, clock_.now(), after.row.version,
                   after.row.unit.value});
}

Result<Case> Cases::save(store::Session& session, const Caller& caller, const Stored& before, Stored& after, What what,
                         std::string_view reason) const {
  after.row.version = before.row.version + 1;
  if (!update_case(session, after.row, before.row.version))
    throw std::runtime_error("a case changed within its own transaction");
  record(session, caller, before, after, what, reason);
  return view(session, caller, after);
}

Task<Result<Case>> Cases::confirm(const Caller& caller, CaseId id, Confirmation request, std::int64_t version) {
  auto editing =
      db_.transact([this, caller, id, request = std::move(request), version](store::Session& s) -> Result<Case> {
        auto stored = editable(s, caller, kConfirm, id, version);
        if (!stored) return stored.error();
        if (stored->row.classification == Classification::kDiscarded) return kCaseClosed;
        if (const auto wrong = check_confirmation(stored->row, request, clock_.now())) return *wrong;
        const Stored before = *stored;
        const auto window = set_window(*stored, request);
        if (!window) return window.error();
        stored->row.classification = Classification::kConfirmed;
        const bool again = before.row.classification == Classification::kConfirmed;
        return save(s, caller, before, *stored, again ? What::kCorrected : What::kConfirmed, "");
      });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

Task<Result<Case>> Cases::reclassify(const Caller& caller, CaseId id, Reclassification request, std::int64_t version) {
  auto editing =
      db_.transact([this, caller, id, request = std::move(request), version](store::Session& s) -> Result<Case> {
        auto stored = editable(s, caller, kConfirm, id, version);
        if (!stored) return stored.error();
        if (request.classification == Classification::kConfirmed) return kNeedsResult;
        if (request.reason.empty()) return wrong_field("/reason", "required");
        const Stored before = *stored;
        stored->row.classification = request.classification;
        stored->row.status = status_of(stored->row);
        if (stored->row.status == Status::kOpen && before.row.status == Status::kClosed) {
          if (const auto open = open_case(s, before.row.person, before.row.disease)) return case_exists(*open);
        }
        return save(s, caller, before, *stored, What::kReclassified, request.reason);
      });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

Task<Result<Case>> Cases::undo(const Caller& caller, CaseId id, Reason reason, std::int64_t version) {
  auto editing =
      db_.transact([this, caller, id, reason = std::move(reason), version](store::Session& s) -> Result<Case> {
        auto stored = editable(s, caller, kConfirm, id, version);
        if (!stored) return stored.error();
        if (reason.reason.empty()) return wrong_field("/reason", "required");
        for (const ChangeRow& change : select_changes(s, id)) {
          if (change.undone || change.what == What::kUndone) continue;
          if (change.what == What::kReported) break;
          const auto decided_before = json::parse<Decided>(change.before);
          if (!decided_before) throw std::runtime_error("a stored change of a case cannot be read");
          const Stored before = *stored;
          static_cast<Decided&>(stored->row) = *decided_before;
          if (change.what == What::kCourse) stored->row.stays = change.stays_before;
          if (change.what == What::kSourced && stored->row.source && leads_to(s, *stored->row.source, id))
            return kSourceUnfit;
          if (before.row.status == Status::kClosed && stored->row.status == Status::kOpen) {
            if (const auto open = open_case(s, before.row.person, before.row.disease)) return case_exists(*open);
          }
          mark_undone(s, change.id);
          return save(s, caller, before, *stored, What::kUndone, reason.reason);
        }
        return kNothingToUndo;
      });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

Task<Result<http::Page<presence::Disease>>> Cases::disease_list() const {
  http::Page<presence::Disease> page;
  page.items = diseases_.all();
  co_return page;
}

Task<Result<http::Page<presence::RuleSet>>> Cases::rule_set_list() const {
  http::Page<presence::RuleSet> page;
  page.items = rule_sets_.all();
  co_return page;
}

}  // namespace luytre::cases
