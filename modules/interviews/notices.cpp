#include "modules/interviews/notices.h"

#include <algorithm>
#include <set>

#include "modules/interviews/storage.h"
#include "modules/tracing/tracing.h"

namespace luytre::interviews {
namespace {

const identity::Action kPublish{
    "interviews.publish", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}};
constexpr std::initializer_list<Role> kOfficers{Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr std::string_view kReasonSeal = "interviews.notice";

constexpr store::Query kFind{"interviews.notice", R"sql(
  SELECT id, milestone, case_id, place, started, ended, state, asked_at, asked_account, asked_by, released_at,
         released_by, withdrawn_at, withdrawn_by, withdrawn_reason, version
  FROM interviews_notice
  WHERE id = $1)sql"};

constexpr store::Query kOfCase{"interviews.notices_of_case", R"sql(
  SELECT id, milestone, case_id, place, started, ended, state, asked_at, asked_account, asked_by, released_at,
         released_by, withdrawn_at, withdrawn_by, withdrawn_reason, version
  FROM interviews_notice
  WHERE case_id = $1
  ORDER BY id DESC)sql"};

// Those whose milestone says still what was judged.
constexpr store::Query kReleased{"interviews.notices_released", R"sql(
  SELECT n.id, n.milestone, n.case_id, n.place, n.started, n.ended, n.state, n.asked_at, n.asked_account, n.asked_by,
         n.released_at, n.released_by, n.withdrawn_at, n.withdrawn_by, n.withdrawn_reason, n.version
  FROM interviews_notice n
  JOIN interviews_milestone m ON m.id = n.milestone
  WHERE n.state = 'released' AND n.ended >= $1 AND m.struck_at IS NULL AND m.place = n.place
    AND m.started = n.started AND m.ended = n.ended
  ORDER BY n.ended DESC, n.id DESC
  LIMIT $2)sql"};

constexpr store::Query kInsert{"interviews.insert_notice", R"sql(
  INSERT INTO interviews_notice (id, milestone, case_id, place, started, ended, state, asked_at, asked_account,
                                 asked_by, released_at, released_by, withdrawn_at, withdrawn_by, withdrawn_reason,
                                 version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))sql"};

constexpr store::Query kUpdate{"interviews.update_notice", R"sql(
  UPDATE interviews_notice
  SET state = $2, released_at = $3, released_by = $4, withdrawn_at = $5, withdrawn_by = $6, withdrawn_reason = $7,
      version = $8
  WHERE id = $1)sql"};

}  // namespace

struct Notices::Row {
  NoticeId id;
  MilestoneId milestone;
  CaseId case_id;
  PlaceId place;
  Instant started;
  Instant ended;
  NoticeState state = NoticeState::kAwaiting;
  Instant asked_at;
  AccountId asked_account;
  std::string asked_by;
  std::optional<Instant> released_at;
  std::optional<std::string> released_by;
  std::optional<Instant> withdrawn_at;
  std::optional<std::string> withdrawn_by;
  std::optional<store::Bytes> withdrawn_reason;
  std::int64_t version = 1;
  BOOST_DESCRIBE_CLASS(Row, (),
                       (id, milestone, case_id, place, started, ended, state, asked_at, asked_account, asked_by,
                        released_at, released_by, withdrawn_at, withdrawn_by, withdrawn_reason, version),
                       (), ())
};

struct Notices::Standing {
  Row row;
  std::string place_name;
  UnitId unit;
};

struct Notices::Seen {
  Row row;
  cases::TracedCase traced;
};

Result<cases::TracedCase> Notices::seen(store::Session& session, const Caller& caller, CaseId id) const {
  auto traced = cases::Cases::traced(session, id);
  // Nobody learns what there is elsewhere.
  if (!traced || !parts_.geography.covers(parts_.access.areas(caller, kPublish), traced->unit)) return kNotFound;
  const auto allowed = parts_.access.require(
      session, caller, kPublish,
      {traced->person, traced->unit, identity::note(identity::LogNote::kCaseFile, traced->number)});
  if (!allowed) return allowed.error();
  parts_.places.refresh(session);
  return std::move(*traced);
}

Result<Notices::Seen> Notices::editable(store::Session& session, const Caller& caller, NoticeId id,
                                        std::int64_t version) const {
  auto row = session.one<Row>(kFind, id);
  if (!row) return kNotFound;
  auto traced = seen(session, caller, row->case_id);
  if (!traced) return traced.error();
  if (row->version != version) return kVersionConflict;
  if (row->state == NoticeState::kWithdrawn) return kNoticeWithdrawn;
  return Seen{std::move(*row), std::move(*traced)};
}

bool Notices::has_stigma(const std::string& disease) const {
  const auto* const known = parts_.diseases.find(disease);
  return !known || known->stigma;
}

std::optional<NotPublic> Notices::unfit(store::Session& session, const cases::TracedCase& traced,
                                        MilestoneId milestone) const {
  const auto told = storage::find(session, milestone);
  if (!told || told->case_id != traced.id) return NotPublic::kUnknown;
  if (told->struck_at) return NotPublic::kStruck;
  if (!told->place) return NotPublic::kNoPlace;
  if (traced.classification != cases::Classification::kConfirmed) return NotPublic::kNotConfirmed;
  if (has_stigma(traced.disease)) return NotPublic::kStigma;
  const auto spot = parts_.places.spot(*told->place);
  if (!spot || !spot->kind) return NotPublic::kNoPlace;
  if (spot->kind->home) return NotPublic::kHome;
  if (told->ended < parts_.db.clock().now() - kPublicFor) return NotPublic::kTooOld;
  return std::nullopt;
}

std::optional<NotPublic> Notices::unfit(store::Session& session, const cases::TracedCase& traced,
                                        const Row& row) const {
  if (const auto why = unfit(session, traced, row.milestone)) return why;
  const auto told = storage::find(session, row.milestone);
  const bool same = told->place == row.place && told->started == row.started && told->ended == row.ended;
  return same ? std::nullopt : std::optional(NotPublic::kUnknown);
}

Task<Result<Asked>> Notices::ask(const Caller& caller, CaseId id, Chosen chosen) const {
  return parts_.db.transact([this, caller, id, chosen = std::move(chosen)](store::Session& s) -> Result<Asked> {
    const auto traced = seen(s, caller, id);
    if (!traced) return traced.error();
    if (chosen.milestones.empty() || chosen.milestones.size() > kMostMilestones)
      return wrong_field("/milestones", chosen.milestones.empty() ? "required" : "too_long");
    auto known = s.all<Row>(kOfCase, id);
    Asked out;
    for (const MilestoneId milestone : chosen.milestones) {
      auto why = unfit(s, *traced, milestone);
      const bool asked = std::any_of(known.begin(), known.end(), [&](const Row& row) {
        return row.milestone == milestone && row.state != NoticeState::kWithdrawn && !unfit(s, *traced, row);
      });
      if (!why && asked) why = NotPublic::kAskedAlready;
      const auto told = why ? std::nullopt : storage::find(s, milestone);
      if (told && tracing::people_present(s, *told->place, {told->started, told->ended}) < tracing::kMinPresent)
        why = NotPublic::kFewPresent;
      if (why) {
        out.refused.push_back({milestone, *why});
        continue;
      }
      Row row;
      row.id = parts_.db.ids().make<NoticeId>();
      row.milestone = milestone;
      row.case_id = id;
      row.place = *told->place;
      row.started = told->started;
      row.ended = told->ended;
      row.asked_at = parts_.db.clock().now();
      row.asked_account = caller.account;
      row.asked_by = caller.name;
      s.run(kInsert, row.id, row.milestone, row.case_id, row.place, row.started, row.ended, row.state, row.asked_at,
            row.asked_account, row.asked_by, row.released_at, row.released_by, row.withdrawn_at, row.withdrawn_by,
            row.withdrawn_reason, row.version);
      known.push_back(std::move(row));
      ++out.added;
    }
    return out;
  });
}

Task<Result<http::Page<Notice>>> Notices::of_case(const Caller& caller, CaseId id) const {
  return parts_.db.transact([this, caller, id](store::Session& s) -> Result<http::Page<Notice>> {
    const auto traced = seen(s, caller, id);
    if (!traced) return traced.error();
    http::Page<Notice> out;
    for (const Row& row : s.all<Row>(kOfCase, id)) {
      Notice& one = out.items.emplace_back();
      one.id = row.id;
      one.milestone = row.milestone;
      if (const auto spot = parts_.places.spot(row.place)) one.place_name = spot->place_name;
      one.from = row.started;
      one.to = row.ended;
      one.state = row.state;
      one.asked_at = row.asked_at;
      one.asked_by = row.asked_by;
      one.mine = row.asked_account == caller.account;
      one.released_at = row.released_at;
      one.released_by = row.released_by;
      if (row.withdrawn_at)
        one.withdrawn = Withdrawal{*row.withdrawn_at, *row.withdrawn_by,
                                   parts_.vault.unsealed(kReasonSeal, to_text(row.id), row.withdrawn_reason->data)};
      if (row.state != NoticeState::kWithdrawn) one.fallen = unfit(s, *traced, row);
      one.version = row.version;
    }
    return out;
  });
}

Task<Result<Done>> Notices::release(const Caller& caller, NoticeId id, std::int64_t version) const {
  return parts_.db.transact([this, caller, id, version](store::Session& s) -> Result<Done> {
    auto found = editable(s, caller, id, version);
    if (!found) return found.error();
    auto& [row, traced] = *found;
    if (row.state == NoticeState::kReleased) return kNoticeReleased;
    if (row.asked_account == caller.account) return kSecondOfficerNeeded;
    const bool few = tracing::people_present(s, row.place, {row.started, row.ended}) < tracing::kMinPresent;
    if (few || unfit(s, traced, row)) return kNotFitToPublish;
    row.state = NoticeState::kReleased;
    row.released_at = parts_.db.clock().now();
    row.released_by = caller.name;
    s.run(kUpdate, row.id, row.state, row.released_at, row.released_by, row.withdrawn_at, row.withdrawn_by,
          row.withdrawn_reason, row.version + 1);
    return Done{};
  });
}

Task<Result<Done>> Notices::withdraw(const Caller& caller, NoticeId id, Reason reason, std::int64_t version) const {
  return parts_.db.transact([this, caller, id, reason = std::move(reason), version](store::Session& s) -> Result<Done> {
    auto found = editable(s, caller, id, version);
    if (!found) return found.error();
    if (reason.reason.empty()) return wrong_field("/reason", "required");
    Row& row = found->row;
    row.state = NoticeState::kWithdrawn;
    row.withdrawn_at = parts_.db.clock().now();
    row.withdrawn_by = caller.name;
    row.withdrawn_reason = store::Bytes{parts_.vault.seal(kReasonSeal, to_text(id), reason.reason)};
    s.run(kUpdate, row.id, row.state, row.released_at, row.released_by, row.withdrawn_at, row.withdrawn_by,
          row.withdrawn_reason, row.version + 1);
    return Done{};
  });
}

std::vector<Notices::Standing> Notices::standing(store::Session& session, Instant since) const {
  parts_.places.refresh(session);
  auto rows = session.all<Row>(kReleased, since, kLookedAtMost);
  std::set<CaseId> named;
  for (const Row& row : rows) named.insert(row.case_id);
  std::set<CaseId> fit;
  const auto found = cases::Cases::of_outbreak(session, std::vector(named.begin(), named.end()));
  for (const auto& one : found)
    if (one.classification == cases::Classification::kConfirmed && !has_stigma(one.disease)) fit.insert(one.id);
  std::vector<Standing> out;
  for (Row& row : rows) {
    const auto spot = parts_.places.spot(row.place);
    if (!fit.contains(row.case_id) || !spot || !spot->kind || spot->kind->home) continue;
    out.push_back({std::move(row), spot->place_name, spot->unit});
  }
  return out;
}

Task<Result<http::Page<PublicNotice>>> Notices::shown(std::optional<UnitId> unit) const {
  return parts_.db.read([this, unit](store::Session& s) -> Result<http::Page<PublicNotice>> {
    http::Page<PublicNotice> out;
    for (const auto& [row, name, where] : standing(s, parts_.db.clock().now() - kPublicFor)) {
      if (unit && !parts_.geography.covers(*unit, where)) continue;
      if (out.items.size() == kPublicMost) break;
      out.items.push_back(
          {name, where, parts_.geography.path_text(where), row.started, row.ended, local_date(*row.released_at)});
    }
    return out;
  });
}

std::vector<tracing::PublishedPlace> Notices::published(store::Session& session, Instant since) const {
  std::vector<tracing::PublishedPlace> out;
  for (const auto& [row, name, where] : standing(session, std::max(since, parts_.db.clock().now() - kPublicFor)))
    out.push_back({row.place, name, where, row.started, row.ended});
  std::reverse(out.begin(), out.end());
  return out;
}

void routes(http::Router& router, const Notices& room) {
  router.get("/notices")
      .summary("Places and times at which somebody confirmed was, published without identity, latest first")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .query("unit", "id", "At places of this unit and those below it")
      .handle([&room](http::Call& call) { return room.shown(call.query_id<UnitId>("unit")); });
  router.get("/cases/{id}/notices")
      .summary("What of the case's milestones was asked to be published, by whom released or withdrawn, newest first")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.of_case(call.caller(), call.id<CaseId>()); });
  router.post("/cases/{id}/notices")
      .summary("Ask for milestones to be published, each judged by itself; another officer releases them")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound})
      .handle([&room](http::Call& call, Chosen chosen) {
        return room.ask(call.caller(), call.id<CaseId>(), std::move(chosen));
      });
  router.post("/notices/{id}/release")
      .summary("Publish it, asked for by another officer; judged anew")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, kSecondOfficerNeeded, kNoticeWithdrawn, kNoticeReleased, kNotFitToPublish})
      .versioned()
      .handle([&room](http::Call& call) { return room.release(call.caller(), call.id<NoticeId>(), *call.if_match()); });
  router.post("/notices/{id}/withdraw")
      .summary("Withdraw it, published or not, with a reason")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kNoticeWithdrawn})
      .versioned()
      .handle([&room](http::Call& call, Reason reason) {
        return room.withdraw(call.caller(), call.id<NoticeId>(), std::move(reason), *call.if_match());
      });
}

}  // namespace luytre::interviews
