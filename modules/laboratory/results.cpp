// Results: by form and by list, corrected with a reason, kept apart while nobody knows the tube.

#include <algorithm>

#include "modules/laboratory/impl.h"
#include "modules/laboratory/lines.h"

namespace luytre::laboratory {
namespace {

using store::Session;

// A result that is sent again: what was typed to the minute may have been moved by as much when it was written down.
bool same(const Found& found, const storage::ResultRow& row) {
  const bool near = row.at <= found.at + kAhead && found.at <= row.at + kAhead;
  const bool when = found.whole_day ? local_date(row.at) == local_date(found.at) : near;
  return when && found.outcome == row.outcome && found.ct == row.ct && found.lineage == row.lineage;
}

std::optional<std::string> said(const std::optional<Text<kLineageMost>>& lineage) {
  return lineage ? std::optional<std::string>(*lineage) : std::nullopt;
}

// The same said later, and what was found named more closely: a sequence takes its time.
bool names_it(const Found& found, Instant at, const storage::ResultRow& row) {
  const bool as_before = found.outcome == row.outcome && (!found.ct || found.ct == row.ct);
  return found.lineage && !row.lineage && as_before && at >= row.at;
}

// The test has to be repeated: what comes later stands instead.
bool repeatable(Outcome outcome) {
  return outcome == Outcome::kInconclusive || outcome == Outcome::kInvalid;
}

}  // namespace

std::optional<Error> ct_fault(Method method, const std::optional<double>& ct) {
  if (!ct) return std::nullopt;
  const bool fits = method == Method::kPcr && *ct > 0 && *ct <= kCtMost;
  return fits ? std::nullopt : std::optional(wrong_field("/ct", "range"));
}

std::optional<Error> lineage_fault(const Found& found) {
  if (!found.lineage) return std::nullopt;
  const bool tells =
      found.method == Method::kPcr || found.method == Method::kCulture || found.method == Method::kSequencing;
  // Out of a message; a database takes no NUL.
  const bool words = std::none_of(found.lineage->begin(), found.lineage->end(),
                                  [](char c) { return static_cast<unsigned char>(c) < ' '; });
  const bool fits = tells && words && found.outcome == Outcome::kPositive && !fold(*found.lineage).empty();
  return fits ? std::nullopt : std::optional(wrong_field("/lineage", "choice"));
}

TestResult Laboratory::Impl::view(const storage::ResultRow& row) const {
  TestResult out{row.id,       row.method,   row.outcome,  row.ct,   row.at,     row.recorded,
                 row.recorder, std::nullopt, row.replaced, row.kase, row.lineage};
  if (row.reason) out.reason = unseal(kReasonSeal, row.id.value, *row.reason);
  return out;
}

bool Laboratory::Impl::offered(const storage::TubeRow& tube, Method method, Outcome outcome) const {
  if (outcome != Outcome::kPositive || tube.persons != 1) return false;
  if (method == Method::kAntigen || method == Method::kAntibody) return false;
  const auto* disease = cases.diseases().find(tube.disease);
  return disease && disease->confirms(method);
}

Result<Recorded> Laboratory::Impl::take(Session& session, storage::TubeRow tube, const Found& found,
                                        const Recorder& who, const std::optional<std::string>& reason) const {
  const Instant now = this->now();
  Instant at = found.at;
  // Of a day, or a minute, alone: as early in it as it can have been.
  const bool that_day = found.whole_day && local_date(at) == local_date(tube.sampled);
  const bool that_minute = at < tube.sampled && tube.sampled < at + std::chrono::minutes(1);
  if (that_day || that_minute) at = tube.sampled;
  if (at > now + kAhead) return wrong_field("/at", "time_in_future");
  if (at < tube.sampled) return wrong_field("/at", "before_sample");
  at = std::min(at, now);
  const auto before = storage::results(session, tube.id);
  const auto standing = std::find_if(before.begin(), before.end(), [&](const storage::ResultRow& row) {
    return row.method == found.method && !row.replaced;
  });
  const bool named = standing != before.end() && names_it(found, at, *standing);
  if (standing != before.end()) {
    if (same(found, *standing)) return Recorded::kSame;
    // A list that is sent again repeats what has been replaced since, too.
    const bool old = std::any_of(before.begin(), before.end(), [&](const storage::ResultRow& row) {
      return row.method == found.method && row.replaced && same(found, row);
    });
    if (!reason && old) return Recorded::kSame;
    // Of two of the same day the list says the later one later.
    const bool later = at > standing->at || (found.whole_day && at == standing->at);
    if (!reason && !named && !(repeatable(standing->outcome) && later)) return kResultStands;
  }
  storage::ResultRow row;
  row.id = db.ids().make<ResultId>();
  row.tube = tube.id;
  row.unit = tube.unit;
  row.laboratory = who.laboratory;
  row.method = found.method;
  row.outcome = found.outcome;
  row.ct = named && !found.ct ? standing->ct : found.ct;
  row.lineage = found.lineage;
  row.at = at;
  row.recorded = now;
  row.recorded_by = who.account;
  row.recorder = who.name;
  if (reason) row.reason = seal(kReasonSeal, row.id.value, *reason);
  row.report = who.report;
  row.offered = offered(tube, found.method, found.outcome);
  // Still positive, with another Ct, or positive again: the case has been made, unless it was undone.
  for (const auto& one : before) {
    if (!row.offered || one.method != row.method || !one.kase) continue;
    const auto made = cases::Cases::traced(session, *one.kase);
    if (made && made->classification == cases::Classification::kConfirmed) row.kase = made->id;
  }
  if (standing != before.end()) storage::replace(session, standing->id, row.id);
  storage::insert(session, row);
  if (!tube.received) tube.received = now;
  if (!tube.resulted) tube.resulted = now;
  storage::update(session, tube);
  resample(session, tube);
  session.publish({"laboratory.result", row.id.value, now, 1, tube.unit.value});
  return Recorded::kTaken;
}

void Laboratory::Impl::resample(Session& session, const storage::TubeRow& tube) const {
  if (tube.persons == 1) return;
  bool positive = false;
  for (const auto& row : storage::results(session, tube.id))
    positive = positive || (!row.replaced && row.outcome == Outcome::kPositive);
  auto tasks = storage::tasks(session, tube.id);
  for (auto& task : tasks) {
    const auto from = positive ? storage::TaskState::kWithdrawn : storage::TaskState::kOpen;
    if (task.state != from) continue;
    task.state = positive ? storage::TaskState::kOpen : storage::TaskState::kWithdrawn;
    storage::update(session, task);
  }
  if (!positive || !tasks.empty()) return;
  for (const auto& sample : storage::samples(session, tube.id))
    storage::insert(session, {db.ids().make<TaskId>(), tube.unit, tube.id, sample.person, tube.disease, now(),
                              storage::TaskState::kOpen, std::nullopt});
}

Task<Result<LaboratoryTube>> Laboratory::enter(const Caller& caller, LaboratoryId id, NewResult asked) {
  const auto code = barcode(asked.tube);
  if (!code) return refused<LaboratoryTube>(wrong_field("/tube", "format"));
  if (const auto fault = ct_fault(asked.method, asked.ct)) return refused<LaboratoryTube>(*fault);
  const Found found{asked.method, asked.outcome, asked.ct, asked.at, false, said(asked.lineage)};
  if (const auto fault = lineage_fault(found)) return refused<LaboratoryTube>(*fault);
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, code = *code, found](Session& s) -> Result<LaboratoryTube> {
        const auto row = impl->worked(s, caller, id);
        if (!row) return row.error();
        const auto tube = impl->tube_of(s, id, code);
        if (!tube) return tube.error();
        const auto taken = impl->take(s, *tube, found, {id, caller.account, caller.name}, std::nullopt);
        if (!taken) return taken.error();
        return impl->lab_view(s, *storage::tube(s, tube->id));
      });
}

Task<Result<LaboratoryTube>> Laboratory::correct(const Caller& caller, ResultId id, Correction asked) {
  if (fold(asked.reason).empty()) return refused<LaboratoryTube>(wrong_field("/reason", "required"));
  return impl_->db.transact([impl = impl_.get(), caller, id, asked](Session& s) -> Result<LaboratoryTube> {
    const auto old = storage::result(s, id);
    const auto row = impl->worked(s, caller, old ? old->laboratory : LaboratoryId{});
    if (!row) return row.error();
    if (const auto fault = ct_fault(old->method, asked.ct)) return *fault;
    const Found found{old->method, asked.outcome, asked.ct, asked.at, false, said(asked.lineage)};
    if (const auto fault = lineage_fault(found)) return *fault;
    const auto tube = storage::tube(s, old->tube);
    if (old->replaced) {
      const auto by = storage::result(s, *old->replaced);
      if (!by || !same(found, *by)) return kResultStands;
      return impl->lab_view(s, *tube);  // sent again
    }
    const auto taken = impl->take(s, *tube, found, {row->id, caller.account, caller.name}, asked.reason);
    if (!taken) return taken.error();
    return impl->lab_view(s, *storage::tube(s, tube->id));
  });
}

Task<Result<Report>> Laboratory::list(const Caller& caller, LaboratoryId id, std::string bytes) {
  auto lines = read_lines(bytes);
  if (!lines) return refused<Report>(lines.error());
  return impl_->db.transact([impl = impl_.get(), caller, id, given = std::move(*lines)](Session& s) -> Result<Report> {
    const auto row = impl->worked(s, caller, id);
    if (!row) return row.error();
    const Recorder who{id, caller.account, caller.name};
    const auto state = [&](Line& line) {
      const auto tube = impl->tube_of(s, id, line.code);
      if (!tube) {
        const Found& f = line.found;
        if (f.at > impl->now() + kAhead) {
          line.result.errors.push_back({"date", "time_in_future"});
          return LineState::kRefused;
        }
        storage::insert(s, storage::UnmatchedRow{impl->db.ids().make<UnmatchedId>(),
                                                 id,
                                                 line.code,
                                                 f.method,
                                                 f.outcome,
                                                 f.ct,
                                                 f.at,
                                                 f.whole_day,
                                                 impl->now(),
                                                 caller.account,
                                                 caller.name,
                                                 {},
                                                 {},
                                                 f.lineage});
        return LineState::kUnmatched;
      }
      const auto taken = impl->take(s, *tube, line.found, who, std::nullopt);
      if (taken) return *taken == Recorded::kSame ? LineState::kSame : LineState::kTaken;
      const bool when = !taken.error().fields.empty();
      line.result.errors.push_back(
          {when ? "date" : "result", when ? taken.error().fields.front().code : taken.error().code});
      return LineState::kRefused;
    };
    auto lines = given;  // the closure may run twice
    Report out;
    for (Line& line : lines) {
      if (line.result.state != LineState::kRefused) line.result.state = state(line);
      std::int64_t* const counts[] = {&out.taken, &out.same, &out.unmatched, &out.refused};
      ++*counts[static_cast<std::size_t>(line.result.state)];
      out.lines.push_back(std::move(line.result));
    }
    s.publish({"laboratory.changed", id.value, impl->now(), 1, row->unit.value});
    return out;
  });
}

Task<Result<Done>> Laboratory::settle(const Caller& caller, UnmatchedId id, Settling asked) {
  std::optional<std::string> code;
  if (asked.tube) {
    code = barcode(*asked.tube);
    if (!code) return refused<Done>(wrong_field("/tube", "format"));
  }
  return impl_->db.transact([impl = impl_.get(), caller, id, code](Session& s) -> Result<Done> {
    const auto one = storage::unmatched(s, id);
    const auto row = impl->worked(s, caller, one ? one->laboratory : LaboratoryId{});
    if (!row) return row.error();
    if (code) {
      const auto tube = impl->tube_of(s, one->laboratory, *code);
      if (!tube) return tube.error();
      if (one->disease && *one->disease != tube->disease) return kDiseaseDiffers;
      const Found found{one->method, one->outcome, one->ct, one->at, one->whole_day, one->lineage};
      const auto taken = impl->take(s, *tube, found, {row->id, caller.account, caller.name, one->report}, std::nullopt);
      if (!taken) return taken.error();
    }
    storage::remove(s, id);
    s.publish({"laboratory.changed", id.value, impl->now(), 1, row->unit.value});
    return Done{};
  });
}

}  // namespace luytre::laboratory
