// The days on which the rule has a contact sampled: planned with the reasons, done by a sample of that day or later, or
// by the word of an officer that none is needed.

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "modules/followup/impl.h"
#include "modules/followup/test_storage.h"
#include "modules/laboratory/sampled.h"
#include "modules/people/merged.h"

namespace luytre::followup {
namespace {

constexpr std::string_view kWhySeal = "followup.test_settled";

std::string seal_context(const storage::TestRow& row) {
  return std::to_string(row.period.value) + ' ' + std::to_string(row.day.days);
}

std::vector<std::int64_t> days_of(std::string_view text) {
  std::vector<std::int64_t> out;
  for (const char *at = text.data(), *end = at + text.size(); at < end;) {
    std::int64_t day = 0;
    const auto [next, error] = std::from_chars(at, end, day);
    if (error != std::errc{}) break;
    out.push_back(day);
    at = next == end ? end : next + 1;
  }
  return out;
}

bool is_done(const storage::TestRow& row) {
  return row.at.has_value();
}

TestState state_of(const storage::TestRow& row, Date today) {
  if (row.account) return TestState::kSettled;
  if (is_done(row)) return TestState::kSampled;
  return row.day > today ? TestState::kLater : row.day == today ? TestState::kDue : TestState::kMissed;
}

// One of each day: an officer's word before what is planned.
std::vector<storage::TestRow> by_day(std::vector<storage::TestRow> all) {
  std::vector<storage::TestRow> out;
  for (storage::TestRow& test : all) {
    if (out.empty() || out.back().day != test.day) {
      out.push_back(std::move(test));
    } else if (test.account && !out.back().account) {
      out.back() = std::move(test);
    }
  }
  return out;
}

}  // namespace

// Stages follow each other; their days begin with the day after the last exposure.
std::string test_days_text(const presence::FollowUp& rule) {
  std::string out;
  std::int64_t before = 0;
  for (const presence::Stage& stage : rule.stages) {
    for (const std::int64_t day : stage.test_days) out += (out.empty() ? "" : ",") + std::to_string(before + day);
    before += stage.days;
  }
  return out;
}

// What was due before anybody knew is due on the first day.
void FollowUps::Impl::plan_tests(store::Session& session, storage::PeriodRow& row) const {
  std::set<Date> wanted;
  const Date first = first_day(session, row);
  for (const storage::ReasonRow& reason : storage::reasons(session, row.id)) {
    if (!reason.counts) continue;
    for (const std::int64_t n : days_of(reason.test_days)) {
      const Date day = std::max(Date{reason.last_exposure.days + n}, first);
      if (day <= row.last_day) wanted.insert(day);
    }
  }
  std::map<Date, storage::TestRow> known;
  std::set<Date> settled;  // also beside one that this stands for
  for (storage::TestRow& test : storage::tests(session, row.id)) {
    if (test.account) settled.insert(test.day);
    if (test.period != row.id) continue;
    if (wanted.contains(test.day) || test.account) {
      known.emplace(test.day, std::move(test));
    } else {
      storage::drop(session, test);
    }
  }
  row.test_day.reset();
  if (wanted.empty()) return;
  const auto samples = laboratory::taken_of(session, row.person, row.disease);
  for (const Date day : wanted) {
    const auto there = known.find(day);
    storage::TestRow test;
    test.period = row.id;
    test.day = day;
    if (there != known.end()) test = there->second;
    if (!test.account) {
      const auto taken = std::find_if(samples.begin(), samples.end(),
                                      [day](const laboratory::Taken& one) { return day <= local_date(one.at); });
      test.at.reset();
      test.session.reset();
      if (taken != samples.end()) {
        test.at = taken->at;
        test.session = taken->session;
      }
    }
    if (there == known.end() || !(test == there->second)) storage::put(session, test);
    if (!is_done(test) && !settled.contains(day) && !row.test_day) row.test_day = day;
  }
}

void FollowUps::Impl::sampled(store::Session& session, PersonId person) const {
  for (const PersonId record : people::known_as(session, person)) {
    for (storage::PeriodRow& row : storage::of_person(session, record)) {
      if (row.state != State::kOpen && row.state != State::kDone) continue;
      plan_tests(session, row);
      write(session, row, "followup.changed");
    }
  }
}

void FollowUps::Impl::add_tests(store::Session& session, std::span<FollowUp> to) const {
  std::vector<FollowUpId> ids;
  for (const FollowUp& one : to) ids.push_back(one.id);
  auto tests = storage::tests(session, ids);
  for (std::size_t i = 0; i < to.size(); ++i) {
    std::vector<Day>& days = to[i].days;
    const bool runs = to[i].state == State::kOpen || to[i].state == State::kDone;
    for (const storage::TestRow& test : by_day(std::move(tests[i]))) {
      if (!runs && !is_done(test)) continue;
      const auto day = std::find_if(days.begin(), days.end(), [&](const Day& one) { return one.date == test.day; });
      if (day != days.end()) day->test = state_of(test, today());
    }
  }
}

std::vector<TestDay> FollowUps::Impl::test_days(store::Session& session, const storage::PeriodRow& row) const {
  std::vector<TestDay> out;
  for (const storage::TestRow& test : by_day(storage::tests(session, row.id))) {
    TestDay& one = out.emplace_back();
    one.date = test.day;
    one.state = state_of(test, today());
    one.at = test.at;
    one.by = test.by_name;
    if (test.why) one.why = vault.unsealed(kWhySeal, seal_context(test), test.why->data);
  }
  return out;
}

Result<FollowUp> FollowUps::Impl::settle_test(store::Session& session, const Caller& caller, FollowUpId id,
                                              const TestSettled& said) const {
  auto row = seen(session, caller, id);
  if (!row) return row.error();
  if (!geography.covers(access.areas(caller, kWork), row->unit)) return kNotTaken;
  if (row->state != State::kOpen && row->state != State::kDone) return kFollowUpEnded;
  if (said.reason.empty()) return wrong_field("/reason", "required");
  const auto all = by_day(storage::tests(session, row->id));
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.day == said.day; });
  if (found == all.end() || said.day > today()) return wrong_field("/day", "unknown");
  if (is_done(*found)) return kTestDone;
  storage::TestRow test = *found;
  test.at = now();
  test.account = caller.account;
  test.by_name = caller.name;
  test.why = store::Bytes{vault.seal(kWhySeal, seal_context(test), said.reason)};
  storage::put(session, test);
  plan_tests(session, *row);
  write(session, *row, "followup.changed");
  return view(session, caller, *row);
}

Task<Result<FollowUp>> FollowUps::settle_test(const Caller& caller, FollowUpId id, TestSettled said) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, said = std::move(said)](store::Session& s) -> Result<FollowUp> {
        return impl->settle_test(s, caller, id, said);
      });
}

}  // namespace luytre::followup
