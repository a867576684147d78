// Suspects whom positive results report, or confirm, by themselves: so that nobody waits for a tap, and nothing stays
// of a result that was wrong. What an officer has changed is the officer's.

#include <algorithm>

#include "modules/laboratory/impl.h"
#include "modules/laboratory/tested.h"

namespace luytre::laboratory {

using store::Session;

bool Laboratory::Impl::suspicious(const storage::TubeRow& tube, Method method, Outcome outcome) const {
  if (outcome != Outcome::kPositive || tube.persons != 1) return false;
  const auto* disease = cases.diseases().find(tube.disease);
  if (!disease) return false;
  // Antibodies tell of an infection that may be over, unless the file has them confirm one.
  const bool past = method == Method::kAntibody;
  const auto& tests = disease->tests;
  if (tests.empty()) return !past;
  return std::any_of(tests.begin(), tests.end(),
                     [&](const auto& test) { return test.method == method && (!past || test.confirms); });
}

void Laboratory::Impl::judge(Session& session, TubeId id) const {
  const auto tube = storage::tube(session, id);
  if (!tube) return;
  const auto samples = storage::samples(session, id);
  std::optional<storage::ResultRow> positive;
  bool tapped = false;
  for (const auto& row : storage::results(session, id)) {
    tapped = tapped || row.kase;
    if (row.replaced || !suspicious(*tube, row.method, row.outcome)) continue;
    if (!positive || (row.offered && !positive->offered)) positive = row;
  }
  auto reported = storage::reported(session, id);
  if (!positive || positive->offered || samples.size() != 1 || reported || tapped) storage::drop_late(session, id);
  if (positive && samples.size() == 1) {
    if (reported) {
      reported->result = positive->id;
      reported->fallen.reset();
      return storage::update(session, *reported);
    }
    if (tapped) return;
    // What was found long ago, or in a sample of long ago, is an officer's to weigh.
    const bool late = positive->recorded < now() - kReportsWithin || samples.front().at < now() - kEpisode;
    if (late) return keep_late(session, *tube, samples.front(), *positive);
    const cases::PositiveResult result{samples.front().person, tube->disease, tube->unit, positive->at,
                                       samples.front().at};
    const auto suspect = cases.report_positive(session, result);
    if (!suspect) {
      keep_late(session, *tube, samples.front(), *positive);
      return confirm_at_once(session, *tube, samples.front(), *positive);
    }
    storage::insert(session, storage::ReportedRow{suspect->id, id, positive->id, tube->unit, suspect->version, now(),
                                                  std::nullopt, std::nullopt, std::nullopt, false});
    return;
  }
  if (!reported) return;
  // Another sample of the same illness found it, too: the suspect is that one's. What was confirmed at once stays so
  // only by what would have done it itself, or what an officer has said so of.
  const auto kase = cases::Cases::traced(session, reported->id);
  if (kase && kase->classification != cases::Classification::kDiscarded) {
    for (const auto& one : tested(session, kase->person, tube->disease)) {
      const auto other = storage::result(session, one.result);
      const auto of = other && other->tube != id ? storage::tube(session, other->tube) : std::nullopt;
      if (!of || one.sampled_at < reported->recorded - kEpisode) continue;
      if (other->kase && *other->kase != reported->id) continue;
      const bool bears = reported->confirmed ? other->kase || affirmed(session, *of, *other)
                                             : suspicious(*of, other->method, other->outcome);
      if (!bears) continue;
      if (reported->confirmed) storage::set_case(session, other->id, reported->id);
      reported->tube = of->id;
      reported->result = other->id;
      reported->unit = of->unit;
      return storage::update(session, *reported);
    }
  }
  const cases::Cases::Taken done{reported->id, reported->version};
  const bool back = reported->confirmed ? cases.undo_positive(session, done) : cases.withdraw_positive(session, done);
  if (back) {
    reported->withdrawn = now();
  } else if (!reported->confirmed && kase && kase->classification != cases::Classification::kDiscarded) {
    reported->fallen = now();
  } else {
    return;
  }
  storage::update(session, *reported);
}

void Laboratory::Impl::keep_late(Session& session, const storage::TubeRow& tube, const storage::SampleRow& sample,
                                 const storage::ResultRow& result) const {
  if (result.offered || cases::Cases::open_of(session, sample.person, tube.disease)) return;
  storage::put_late(session, {result.id, tube.id, tube.unit, now(), std::nullopt, std::nullopt, std::nullopt});
}

void Laboratory::Impl::taken_up(Session& session, CaseId id) const {
  const auto kase = cases::Cases::traced(session, id);
  if (!kase) return;
  for (const auto& one : tested(session, kase->person, kase->disease)) {
    const auto result = storage::result(session, one.result);
    if (result) storage::drop_late(session, result->tube);
  }
}

bool Laboratory::Impl::affirmed(Session& session, const storage::TubeRow& tube,
                                const storage::ResultRow& result) const {
  const auto* disease = cases.diseases().find(tube.disease);
  if (!disease || !result.offered || !disease->confirms_at_once(result.method, local_date(result.at))) return false;
  const auto by = storage::laboratory(session, result.laboratory);
  return by && by->affirms && *by->affirms <= result.recorded;
}

void Laboratory::Impl::confirm_at_once(Session& session, const storage::TubeRow& tube, const storage::SampleRow& sample,
                                       const storage::ResultRow& result) const {
  if (!affirmed(session, tube, result)) return;
  const auto kase = cases::Cases::open_of(session, sample.person, tube.disease);
  if (!kase || storage::reported(session, kase->id)) return;  // of two results nobody has looked at the first
  // A suspect whom nobody closed may be one of an earlier illness: its dates would be traced.
  const CaseId ids[] = {kase->id};
  const auto known = cases::Cases::of_outbreak(session, ids);
  if (known.empty() || known.front().created_at < sample.at - kEpisode) return;
  if (kase->onset && local_midnight(*kase->onset) < sample.at - kEpisode) return;
  cases::Confirmation confirmation;
  confirmation.onset = kase->onset;
  confirmation.sample_at = sample.at;
  confirmation.result_at = result.at;
  confirmation.method = result.method;
  confirmation.isolated_at = kase->isolated_at;
  const auto confirmed = cases.confirm_positive(session, kase->id, confirmation);
  if (!confirmed) return;  // offered to officers, as others are
  storage::set_case(session, result.id, kase->id);
  storage::insert(session, storage::ReportedRow{kase->id, tube.id, result.id, tube.unit, confirmed->version, now(),
                                                std::nullopt, std::nullopt, std::nullopt, true});
}

void Laboratory::Impl::changed(Session& session, const store::Event& event) const {
  auto reported = storage::reported(session, CaseId{event.subject});
  if (!reported || reported->withdrawn || event.version <= reported->version) return;
  // All that happened to it was to be confirmed and not to be: what is left is what the result had reported.
  constexpr std::int64_t kConfirmedAndUndone = 2;
  const bool as_it_was = event.type == "case.unconfirmed" && event.version == reported->version + kConfirmedAndUndone;
  if (!reported->confirmed && reported->fallen && as_it_was &&
      cases.withdraw_positive(session, {reported->id, event.version}))
    reported->withdrawn = now();
  reported->settled = event.at;
  reported->fallen.reset();
  storage::update(session, *reported);
}

store::Following Laboratory::follow() const {
  return {"laboratory.suspects",
          {"laboratory.result", "case.reported", "case.confirmed", "case.changed", "case.dated", "case.unconfirmed",
           "case.discarded", "case.taken_back"},
          [impl = impl_.get()](Session& s, const store::Event& event) {
            if (event.type == "case.reported") return impl->taken_up(s, CaseId{event.subject});
            if (event.type != "laboratory.result") return impl->changed(s, event);
            if (const auto result = storage::result(s, ResultId{event.subject})) impl->judge(s, result->tube);
          },
          {}};
}

}  // namespace luytre::laboratory
