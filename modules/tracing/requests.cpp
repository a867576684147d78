#include "modules/tracing/requests.h"

#include "platform/base/text.h"

namespace luytre::tracing {
namespace {

using store::Query;
using store::Session;

constexpr std::string_view kSealed = "tracing.request";
constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::int64_t kOldest = 366;  // days a letter may be old

const identity::Action kEnter{"tracing.enter_request", Purpose::kTracing, {Role::kInformationOffice}};
const identity::Action kRun{"tracing.run_request", Purpose::kTracing, {Role::kInformationOffice}};
const identity::Action kDecide{
    "tracing.decide_request", Purpose::kTracing, {Role::kDistrictOfficer, Role::kProvinceOfficer}};

constexpr Query kInsert{"tracing.request_insert", R"sql(
  INSERT INTO tracing_request (id, unit, entered, entered_by, state, decided, decided_by, case_id, run, detail)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr Query kUpdate{"tracing.request_update", R"sql(
  UPDATE tracing_request
  SET state = $2, decided = $3, decided_by = $4, case_id = $5, run = $6, detail = $7
  WHERE id = $1)sql"};

constexpr Query kFind{"tracing.request_find", R"sql(
  SELECT id, unit, entered, entered_by, state, decided, decided_by, case_id, run, detail
  FROM tracing_request
  WHERE id = $1)sql"};

constexpr Query kAll{"tracing.request_all", R"sql(
  SELECT id, unit, entered, entered_by, state, decided, decided_by, case_id, run, detail
  FROM tracing_request
  ORDER BY id DESC)sql"};

constexpr Query kForget{"tracing.request_forget", R"sql(
  DELETE FROM tracing_request
  WHERE entered < $1)sql"};

constexpr Query kProve{"tracing.request_prove", R"sql(
  INSERT INTO tracing_request_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

std::optional<cases::TracedCase> case_of_number(Session& s, std::string_view number) {
  const auto id = cases::Cases::by_number(s, number);
  if (!id) return std::nullopt;
  return cases::Cases::traced(s, *id);
}

// Whether the account is of the person who stands under the letter. Its name may begin with a title, and go on with a
// desk after a comma, which names nobody.
bool bears(std::string_view account, std::string_view name) {
  const std::string own = ' ' + fold(account.substr(0, account.find_first_of(",;("))), under = ' ' + fold(name);
  const bool whole = under.find(' ', 1) != std::string::npos;  // not a given name alone
  return whole && own.size() >= under.size() && own.compare(own.size() - under.size(), under.size(), under) == 0;
}

std::vector<FieldError> flaws(const NewRequest& asked, Date today) {
  std::vector<FieldError> out;
  const std::pair<const char*, std::string_view> texts[] = {{"/number", asked.number},
                                                            {"/authority", asked.authority},
                                                            {"/signedBy", asked.signed_by},
                                                            {"/purpose", asked.purpose},
                                                            {"/caseNumber", asked.case_number}};
  for (const auto& [pointer, text] : texts)
    if (fold(text).empty()) out.push_back({pointer, "required", {}});
  if (asked.date > today) out.push_back({"/date", "too_late", {}});
  if (asked.date.days < today.days - kOldest) out.push_back({"/date", "too_early", {}});
  return out;
}

std::vector<FoundOnLevel> told(const std::vector<std::int64_t>& found) {
  std::vector<FoundOnLevel> out;
  for (const std::int64_t people : found) {
    FoundOnLevel& one = out.emplace_back();
    one.level = static_cast<std::int64_t>(out.size());
    if (people == 0 || people >= kMinPresent) one.people = people;
  }
  return out;
}

}  // namespace

struct Requests::Row {
  RequestId id;
  UnitId unit;
  Instant entered;
  AccountId entered_by;
  RequestState state = RequestState::kWaiting;
  std::optional<Instant> decided;
  std::optional<AccountId> decided_by;
  std::optional<CaseId> case_id;
  std::optional<RunId> run;
  store::Bytes detail;
  BOOST_DESCRIBE_CLASS(Row, (), (id, unit, entered, entered_by, state, decided, decided_by, case_id, run, detail), (),
                       ())
};

// What is sealed of a request.
struct Requests::Detail {
  NewRequest letter;
  std::string entered_by;
  std::optional<std::string> decided_by, why;
  BOOST_DESCRIBE_CLASS(Detail, (), (letter, entered_by, decided_by, why), (), ())
};

std::optional<Requests::Row> Requests::find(Session& s, RequestId id) {
  return s.one<Row>(kFind, id);
}

Requests::Detail Requests::detail(const Row& row) const {
  return *json::parse<Detail>(vault_.unsealed(kSealed, to_text(row.id), row.detail.data));
}

void Requests::seal(Row& row, const Detail& detail) const {
  row.detail = {vault_.seal(kSealed, to_text(row.id), json::text(detail))};
}

Task<Result<RequestStanding>> Requests::enter(const Caller& caller, NewRequest asked, std::optional<store::Once> once) {
  const auto areas = access_.areas(caller, kEnter);
  if (areas.empty()) return refused<RequestStanding>(kNotPermitted);
  if (auto wrong = flaws(asked, local_date(db_.clock().now())); !wrong.empty())
    return refused<RequestStanding>(Error(kInvalid, std::move(wrong)));
  auto write = [this, caller, unit = areas.front(), asked = std::move(asked)](Session& s) -> Result<RequestStanding> {
    Row row;
    row.id = db_.ids().make<RequestId>();
    row.unit = unit;
    row.entered = db_.clock().now();
    row.entered_by = caller.account;
    Detail known;
    known.letter = asked;
    known.entered_by = caller.name;
    seal(row, known);
    s.run(kInsert, row.id, row.unit, row.entered, row.entered_by, row.state, row.decided, row.decided_by, row.case_id,
          row.run, row.detail);
    access_.log_list(s, caller, kEnter, 0, "request " + to_text(row.id));
    return RequestStanding{row.id, row.state};
  };
  if (once) return db_.once(std::move(*once), std::move(write));
  return db_.transact(std::move(write));
}

Result<Requests::Row> Requests::decidable(Session& s, const Caller& caller, RequestId id) const {
  auto row = find(s, id);
  const Detail known = row ? detail(*row) : Detail{};
  const auto traced = row ? case_of_number(s, known.letter.case_number) : std::nullopt;
  if (!traced || !geography_.covers(access_.areas(caller, kDecide), traced->unit)) return kNotFound;
  // Who entered it releases none, whatever else the account may.
  if (!bears(caller.name, known.letter.signed_by) || row->entered_by == caller.account) return kNotNamed;
  const auto allowed = access_.require(
      s, caller, kDecide, {traced->person, traced->unit, identity::note(identity::LogNote::kCaseFile, traced->number)});
  if (!allowed) return allowed.error();
  if (row->state != RequestState::kWaiting) return kRequestDecided;
  row->case_id = traced->id;
  return std::move(*row);
}

Task<Result<RequestStanding>> Requests::decide(const Caller& caller, RequestId id, std::optional<std::string> why) {
  return db_.transact([this, caller, id, why = std::move(why)](Session& s) -> Result<RequestStanding> {
    auto found = decidable(s, caller, id);
    if (!found) return found.error();
    Row& row = *found;
    Detail known = detail(row);
    known.decided_by = caller.name;
    known.why = why;
    row.state = why ? RequestState::kRefused : RequestState::kReleased;
    row.decided = db_.clock().now();
    row.decided_by = caller.account;
    seal(row, known);
    s.run(kUpdate, row.id, row.state, row.decided, row.decided_by, row.case_id, row.run, row.detail);
    return RequestStanding{row.id, row.state};
  });
}

Task<Result<RequestStanding>> Requests::release(const Caller& caller, RequestId id) {
  return decide(caller, id, std::nullopt);
}

Task<Result<RequestStanding>> Requests::refuse(const Caller& caller, RequestId id, Refusal refusal) {
  return decide(caller, id, std::string(refusal.reason));
}

Task<Result<RequestStanding>> Requests::run(const Caller& caller, RequestId id, std::optional<store::Once> once) {
  const auto areas = access_.areas(caller, kRun);
  if (areas.empty()) return luytre::refused<RequestStanding>(kNotPermitted);
  auto write = [this, caller, areas, id](Session& s) -> Result<RequestStanding> {
    auto row = find(s, id);
    if (!row || !geography_.covers(areas, row->unit)) return kNotFound;
    const Instant now = db_.clock().now();
    if (row->state != RequestState::kReleased || now >= *row->decided + kRunsFor) return kRequestNotReleased;
    const auto traced = cases::Cases::traced(s, *row->case_id);
    if (!traced) return kRequestNotReleased;
    const NewRequest letter = detail(*row).letter;
    const std::string reason = letter.number + ", " + letter.authority + ": " + letter.purpose;
    const auto allowed = access_.require(s, caller, kRun, {traced->person, traced->unit, reason});
    if (!allowed) return allowed.error();
    const auto run = tracing_.queue(s, *traced, caller.account);
    if (!run) return run.error();
    row->run = *run;
    s.run(kUpdate, row->id, row->state, row->decided, row->decided_by, row->case_id, row->run, row->detail);
    return RequestStanding{row->id, row->state};
  };
  if (once) return db_.once(std::move(*once), std::move(write));
  return db_.transact(std::move(write));
}

Request Requests::view(Session& s, const Caller& caller, const Row& row) const {
  const Detail known = detail(row);
  Request out;
  out.id = row.id;
  out.number = known.letter.number;
  out.date = known.letter.date;
  out.authority = known.letter.authority;
  out.signed_by = known.letter.signed_by;
  out.purpose = known.letter.purpose;
  out.case_number = known.letter.case_number;
  out.entered_by = known.entered_by;
  out.entered_at = row.entered;
  out.state = row.state;
  out.decided_by = known.decided_by;
  out.why = known.why;
  out.decided_at = row.decided;
  if (row.state == RequestState::kReleased) out.runs_until = *row.decided + kRunsFor;
  const bool officer = !access_.areas(caller, kDecide).empty();
  out.yours = officer && row.state == RequestState::kWaiting && row.entered_by != caller.account &&
              bears(caller.name, known.letter.signed_by);
  if (!row.run) return out;
  if (auto run = Tracing::find_run(s, *row.run)) {
    out.run_state = run->state;
    out.run_at = run->at;
    if (run->state == RunState::kDone) out.found = told(run->found);
  }
  return out;
}

Task<Result<http::Page<Request>>> Requests::list(const Caller& caller) const {
  using Out = http::Page<Request>;
  const auto own = access_.areas(caller, kEnter);
  const auto cases = access_.areas(caller, kDecide);
  if (own.empty() && cases.empty()) return luytre::refused<Out>(kNotPermitted);
  return db_.read([this, caller, own, cases](Session& s) -> Result<Out> {
    Out page;
    for (const auto& row : s.all<Row>(kAll)) {
      if (page.items.size() == kRequestsShown) break;
      bool mine = geography_.covers(own, row.unit);
      if (!mine && !cases.empty()) {
        const auto traced = case_of_number(s, detail(row).letter.case_number);
        mine = traced && geography_.covers(cases, traced->unit);
      }
      if (mine) page.items.push_back(view(s, caller, row));
    }
    return page;
  });
}

store::Recurring Requests::retention() const {
  const auto run = [this](Session& s) {
    const Instant now = db_.clock().now();
    const std::int64_t deleted = s.run(kForget, now - kRequestsKept);
    if (deleted > 0)
      s.run(kProve, db_.ids().next(), now, "tracing: requests, a year after they were entered", now - kRequestsKept,
            deleted);
  };
  return {"tracing.request_retention", kRetentionEvery, run};
}

void routes(http::Router& router, Requests& requests) {
  router.post("/trace-requests")
      .summary(
          "Enter a health authority's numbered letter that asks for a trace; the same answer for every case number")
      .permit({Role::kInformationOffice}, Purpose::kTracing)
      .status(201)
      .errors({kInvalid, kNotPermitted})
      .handle([&requests](http::Call& call, NewRequest asked) {
        return requests.enter(call.caller(), std::move(asked), call.once());
      });
  router.get("/trace-requests")
      .summary("Letters that ask for a trace, and how many each one found: counts alone")
      .permit({Role::kInformationOffice, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kTracing)
      .errors({kNotPermitted})
      .handle([&requests](http::Call& call) { return requests.list(call.caller()); });
  router.post("/trace-requests/{id}/release")
      .summary("The health officer whom the letter names lets the trace run")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kTracing)
      .errors({kNotFound, kNotPermitted, kRequestDecided, kNotNamed})
      .handle([&requests](http::Call& call) { return requests.release(call.caller(), call.id<RequestId>()); });
  router.post("/trace-requests/{id}/refuse")
      .summary("The health officer whom the letter names refuses it")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kTracing)
      .errors({kInvalid, kNotFound, kNotPermitted, kRequestDecided, kNotNamed})
      .handle([&requests](http::Call& call, Refusal refusal) {
        return requests.refuse(call.caller(), call.id<RequestId>(), std::move(refusal));
      });
  router.post("/trace-requests/{id}/run")
      .summary("Trace, for a released letter; in the access log of the case's person")
      .permit({Role::kInformationOffice}, Purpose::kTracing)
      .errors({kNotFound, kNotPermitted, kRequestNotReleased, kCaseNotConfirmed})
      .handle([&requests](http::Call& call) { return requests.run(call.caller(), call.id<RequestId>(), call.once()); });
}

}  // namespace luytre::tracing
