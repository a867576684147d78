// Fills a data directory with a province: people, cases of an illness that is over for most of them, contacts that were
// traced from them, and what then waits on the lists of the other rooms (filled.h); and, where there are people enough,
// an outbreak as large as a graph may be, its id in the file *outbreak* beside it. Writes the sessions of four officers
// into the file *officers*, a line each: two of the province, one of a commune, one of the region around that.
//
//   cases_prepare DATA_DIR DATABASE_URL PEOPLE CASES CONTACTS
//
// The same numbers give the same province.

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <unordered_set>

#include "bench/cases/filled.h"
#include "bench/names.h"

namespace luytre::app {
namespace {

using store::values;

constexpr const char* kProvince = "44";
constexpr const char* kCommune = "19333";
constexpr std::size_t kRegion = 8;                                                          // communes
constexpr std::size_t kContactsOfEach = outbreaks::kGraphMost / outbreaks::kMostCases - 1;  // in the outbreak
constexpr auto kSpan = std::chrono::days(600);                                              // in which people fell ill

// Contacts as runs of tracing leave them; no trace is run for them.
constexpr store::Query kContact{"bench.contact", R"sql(
  INSERT INTO tracing_candidate (id, case_id, person, level, exposed_since, risk, status, class, assigned_by,
                                 assigned_at, by_decision, unit, evidence_count, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1))sql"};

constexpr store::Query kShared{"bench.shared", R"sql(
  INSERT INTO tracing_evidence (id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated,
                                risk)
  VALUES ($1, $2, 'visit', $3, 0, 0, 0, $4, $5, FALSE, $6))sql"};

using bench::Filled, bench::kSource, bench::kTogether, bench::must;

class Filler {
 public:
  Filler(const char* folder, const char* url) : folder_(folder), house_(bench::settings_for(folder, url)) {
    const Date today = local_date(house_.clock.now());
    const auto* province = house_.geography.find(geography::Level::kProvince, kProvince, today);
    const auto* commune = house_.geography.find(geography::Level::kCommune, kCommune, today);
    if (!province || !commune) throw std::runtime_error("no such unit");
    to_.province = province->id;
    to_.commune = commune->id;
    for (const auto* unit : house_.geography.children(to_.province, today)) to_.communes.push_back(unit->id);
  }

  void officers() {
    bench::switch_on(house_, command::Switch::kTracing);
    std::ofstream out(folder_ + "/officers");
    open(out, "first", Role::kProvinceOfficer, {to_.province});
    open(out, "second", Role::kProvinceOfficer, {to_.province});
    open(out, "station", Role::kStationOfficer, {to_.commune});
    std::vector<UnitId> region{to_.commune};
    for (const UnitId unit : to_.communes)
      if (region.size() < kRegion && unit != to_.commune) region.push_back(unit);
    open(out, "region", Role::kDistrictOfficer, region);
  }

  void people(int count) {
    for (int from = 0; from < count; from += kTogether) {
      std::vector<people::People::Imported> some;
      for (int i = from; i < std::min(count, from + kTogether); ++i)
        some.push_back({kSource, std::to_string(i), any_person(i)});
      const auto made = house_.db.transact_now([&](store::Session& s) { return house_.people.import_people(s, some); });
      for (std::size_t i = 0; i < made.size(); ++i) to_.people.push_back({made[i], some[i].known->unit});
    }
  }

  // Of the last people: each case infected three of the next, and was with contacts of its own, a day after its onset.
  // Before the province's cases, which so stay the newest.
  void outbreak(int besides) {
    if (to_.people.size() < static_cast<std::size_t>(besides) + outbreaks::kGraphMost) return;
    Caller officer;
    officer.account = {1};
    officer.name = kSource;
    officer.grants = {Grant{Role::kProvinceOfficer, to_.province}};
    outbreaks::NewOutbreak request;
    request.name = std::string(kSource);
    request.disease = std::string("dengue");
    request.unit = to_.province;
    const auto id = must(run(house_.outbreaks.open(officer, request, std::nullopt))).id;
    const std::vector<CaseId> ill = outbreak_cases(officer, &to_.people[to_.people.size() - outbreaks::kGraphMost]);
    for (std::size_t from = 0; from < ill.size(); from += outbreaks::kPutMost) {
      outbreaks::Chosen some;
      for (std::size_t i = from; i < std::min(ill.size(), from + outbreaks::kPutMost); ++i)
        some.cases.push_back(ill[i]);
      if (!must(run(house_.outbreaks.put(officer, id, some))).refused.empty())
        throw std::runtime_error("a case does not fit");
    }
    std::ofstream(folder_ + "/outbreak") << to_text(id) << '\n';
  }

  // Of the first people, each of one.
  void cases(int count) {
    Caller importer;
    importer.name = kSource;
    for (int from = 0; from < count; from += kTogether) {
      house_.db.transact_now([&](store::Session& s) {
        for (int i = from; i < std::min(count, from + kTogether); ++i) {
          const auto one = any_case(i);
          const auto id = must(house_.cases.take_listed(s, importer, one)).id;
          to_.cases.push_back({id, one.person, to_.people[static_cast<std::size_t>(i)].unit, *one.onset,
                               one.classification != cases::Classification::kDiscarded});
        }
        return true;
      });
    }
  }

  void contacts(int count) {
    const Instant now = house_.clock.now();
    for (int from = 0; from < count; from += kTogether) {
      std::vector<store::Row> rows;
      for (int i = from; i < std::min(count, from + kTogether); ++i) rows.push_back(any_contact(i, now));
      house_.db.transact_now([&](store::Session& s) { return s.insert(kContact, rows); });
    }
  }

  void rest() {
    bench::fill_follow_ups(to_);
    bench::fill_orders(to_);
    bench::fill_referrals(to_);
    bench::fill_outbreaks(to_);
    bench::fill_laboratory(to_);
  }

 private:
  std::vector<CaseId> outbreak_cases(const Caller& officer, const Filled::Known* first) {
    const Instant began = house_.clock.now() - std::chrono::days(60);
    std::vector<CaseId> out;
    house_.db.transact_now([&](store::Session& s) {
      std::vector<store::Row> contacts, evidence;
      const Filled::Known* next = first;
      out.clear();
      for (std::size_t i = 0; i < outbreaks::kMostCases; ++i) {
        const Instant ill = began + std::chrono::hours(i);
        const Filled::Known& person = *next++;
        cases::ImportedCase one;
        one.source = kSource;
        one.external = "outbreak " + std::to_string(i);
        one.person = person.id;
        one.disease = "dengue";
        one.classification = cases::Classification::kProbable;
        one.onset = local_date(ill);
        one.dates.diagnosed_at = ill + std::chrono::hours(30);
        one.dates.notified_at = ill + std::chrono::hours(50);
        if (i > 0) one.infected_by = out[(i - 1) / 3];
        out.push_back(must(house_.cases.take_listed(s, officer, one)).id);
        for (std::size_t n = 0; n < kContactsOfEach; ++n) {
          const Filled::Known& met = *next++;
          const auto id = house_.db.ids().make<tracing::CandidateId>();
          const Instant since = ill + std::chrono::hours(24), until = since + std::chrono::hours(1);
          const std::int64_t risk = 500;
          contacts.push_back(values(id, out.back(), met.id, std::int64_t{1}, since, risk,
                                    tracing::CandidateStatus::kOpen, std::optional<tracing::Class>(),
                                    std::optional<AccountId>(), std::optional<Instant>(), Instant{0}, met.unit, 1));
          evidence.push_back(values(house_.db.ids().next(), id, person.id, since, until, risk));
        }
      }
      s.insert(kContact, contacts);
      return s.insert(kShared, evidence);
    });
    return out;
  }

  int any(int least, int most) { return to_.any(least, most); }

  void open(std::ostream& out, const char* name, Role role, const std::vector<UnitId>& areas) {
    identity::NewOfficer request;
    request.username = std::string(name);
    request.name = std::string(name);
    for (const UnitId area : areas) request.grants.push_back({role, area});
    const auto made = must(house_.identity.officers.create_now(request));
    identity::NewSession session;
    session.account = made.officer.id;
    session.kind = identity::AccountKind::kOfficer;
    session.full = true;
    const auto opened =
        house_.db.transact_now([&](store::Session& s) { return house_.identity.sessions.open(s, session); });
    out << opened.token << '\n';
  }

  people::NewPerson any_person(int number) {
    people::NewPerson out;
    out.name = bench::any_name(to_.random);
    out.birth_date = make_date(any(1935, 2020), static_cast<unsigned>(any(1, 12)), static_cast<unsigned>(any(1, 28)));
    out.sex = any(0, 1) ? people::Sex::kMale : people::Sex::kFemale;
    out.unit = to_.communes[static_cast<std::size_t>(any(0, static_cast<int>(to_.communes.size()) - 1))];
    out.phone = "+8490" + std::to_string(1'000'000 + number);
    return out;
  }

  // Two in a hundred are suspects, one was discarded; of the others nine in ten have recovered.
  cases::ImportedCase any_case(int number) {
    cases::ImportedCase out;
    out.source = kSource;
    out.external = std::to_string(number);
    out.person = to_.people[static_cast<std::size_t>(number)].id;
    out.disease = "dengue";
    const int drawn = any(1, 100);
    out.classification = drawn <= 2   ? cases::Classification::kSuspect
                         : drawn == 3 ? cases::Classification::kDiscarded
                                      : cases::Classification::kProbable;
    const Instant ill = house_.clock.now() - std::chrono::hours(24 * 20 + any(0, 24 * static_cast<int>(kSpan.count())));
    out.onset = local_date(ill);
    out.dates.diagnosed_at = ill + std::chrono::hours(30);
    if (drawn > 3) {
      out.dates.notified_at = ill + std::chrono::hours(50);
      if (drawn > 12) {
        out.course.outcome = cases::Outcome::kRecovered;
        out.course.outcome_on = local_date(ill + std::chrono::days(14));
      }
    }
    return out;
  }

  // Four of a case, of different people: half of them assigned, a tenth dismissed, the others wait for an officer.
  // Whoever is assigned twice is among those with a class once.
  store::Row any_contact(int number, Instant now) {
    const auto at = static_cast<std::size_t>(number);
    const Filled::Known& person = to_.people[(at * 7 + at / to_.cases.size()) % to_.people.size()];
    const std::int64_t level = at % 5 == 0 ? 2 : 1;
    const Instant exposed = now - std::chrono::hours(24 * 20 + any(0, 24 * static_cast<int>(kSpan.count())));
    auto status = tracing::CandidateStatus::kOpen;
    std::optional<tracing::Class> chosen;
    std::optional<AccountId> by;
    std::optional<Instant> when;
    if (const int drawn = any(1, 10); drawn <= 6) {
      const bool none = drawn == 6;
      status = none ? tracing::CandidateStatus::kDismissed : tracing::CandidateStatus::kAssigned;
      chosen = none ? tracing::Class::kNone : level == 1 ? tracing::Class::kF1 : tracing::Class::kF2;
      by = AccountId{1};
      when = exposed + std::chrono::hours(60);
    }
    const auto id = house_.db.ids().make<tracing::CandidateId>();
    const CaseId of = to_.cases[at % to_.cases.size()].id;
    if (status == tracing::CandidateStatus::kAssigned && met_.insert(person.id).second)
      to_.contacts.push_back({id, of, person.id, person.unit, *chosen});
    const int risk = any(1, 1000), found = any(1, 5);
    const Instant decided = when.value_or(Instant{0});  // where nobody has decided: before every decision
    return values(id, of, person.id, level, exposed, risk, status, chosen, by, when, decided, person.unit, found);
  }

  std::string folder_;
  House house_;
  Filled to_{house_};
  std::unordered_set<PersonId> met_;  // of to_.contacts
};

}  // namespace
}  // namespace luytre::app

int main(int count, char** words) {
  if (count != 6) {
    std::cerr << "cases_prepare DATA_DIR DATABASE_URL PEOPLE CASES CONTACTS\n";
    return 2;
  }
  try {
    luytre::app::Filler filler(words[1], words[2]);
    filler.officers();
    filler.people(std::atoi(words[3]));
    filler.outbreak(std::atoi(words[4]));
    filler.cases(std::atoi(words[4]));
    filler.contacts(std::atoi(words[5]));
    filler.rest();
    return 0;
  } catch (const std::exception& wrong) {
    std::cerr << "cases_prepare: " << wrong.what() << '\n';
    return 1;
  }
}
