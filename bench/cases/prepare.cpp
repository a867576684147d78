// Fills a data directory with a province: people, cases of an illness that is over for most of them, and contacts that
// were traced from them. Writes the sessions of three officers into the file *officers* beside it, a line each: two of
// the province, one of a commune.
//
//   cases_prepare DATA_DIR DATABASE_URL PEOPLE CASES CONTACTS
//
// The same numbers give the same province.

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>

#include "bench/house.h"
#include "bench/names.h"

namespace luytre::app {
namespace {

constexpr int kTogether = 1000;
constexpr const char* kProvince = "44";
constexpr const char* kCommune = "19333";
constexpr const char* kSource = "benchmark";
constexpr auto kSpan = std::chrono::days(600);  // in which people fell ill

// Contacts as runs of tracing leave them; no trace is run for them.
constexpr store::Query kContact{"bench.contact", R"sql(
  INSERT INTO tracing_candidate (id, case_id, person, level, exposed_since, risk, status, class, assigned_by,
                                 assigned_at, unit, evidence_count, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1))sql"};

using bench::must;

class Filler {
 public:
  Filler(const char* folder, const char* url) : folder_(folder), house_(bench::settings_for(folder, url)) {
    const Date today = local_date(house_.clock.now());
    const auto* province = house_.geography.find(geography::Level::kProvince, kProvince, today);
    const auto* commune = house_.geography.find(geography::Level::kCommune, kCommune, today);
    if (!province || !commune) throw std::runtime_error("no such unit");
    province_ = province->id;
    commune_ = commune->id;
    for (const auto* unit : house_.geography.children(province_, today)) communes_.push_back(unit->id);
  }

  void officers() {
    bench::switch_on(house_, command::Switch::kTracing);
    std::ofstream out(folder_ + "/officers");
    open(out, "first", Role::kProvinceOfficer, province_);
    open(out, "second", Role::kProvinceOfficer, province_);
    open(out, "station", Role::kStationOfficer, commune_);
  }

  void people(int count) {
    for (int from = 0; from < count; from += kTogether) {
      std::vector<people::People::Imported> some;
      for (int i = from; i < std::min(count, from + kTogether); ++i)
        some.push_back({kSource, std::to_string(i), any_person(i)});
      const auto made = house_.db.transact_now([&](store::Session& s) { return house_.people.import_people(s, some); });
      for (std::size_t i = 0; i < made.size(); ++i) people_.push_back({made[i], some[i].known->unit});
    }
  }

  // Of the first people, each of one.
  void cases(int count) {
    Caller importer;
    importer.name = kSource;
    for (int from = 0; from < count; from += kTogether) {
      house_.db.transact_now([&](store::Session& s) {
        for (int i = from; i < std::min(count, from + kTogether); ++i)
          cases_.push_back(must(house_.cases.take_listed(s, importer, any_case(i))).id);
        return true;
      });
    }
  }

  void contacts(int count) {
    const Instant now = house_.clock.now();
    for (int from = 0; from < count; from += kTogether) {
      house_.db.transact_now([&](store::Session& s) {
        for (int i = from; i < std::min(count, from + kTogether); ++i) write_contact(s, i, now);
        return true;
      });
    }
  }

 private:
  struct Known {
    PersonId id;
    UnitId unit;
  };

  int any(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

  void open(std::ostream& out, const char* name, Role role, UnitId area) {
    identity::NewOfficer request;
    request.username = std::string(name);
    request.name = std::string(name);
    request.grants.push_back({role, area});
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
    out.name = bench::any_name(random_);
    out.birth_date = make_date(any(1935, 2020), static_cast<unsigned>(any(1, 12)), static_cast<unsigned>(any(1, 28)));
    out.sex = any(0, 1) ? people::Sex::kMale : people::Sex::kFemale;
    out.unit = communes_[static_cast<std::size_t>(any(0, static_cast<int>(communes_.size()) - 1))];
    out.phone = "+8490" + std::to_string(1'000'000 + number);
    return out;
  }

  // Two in a hundred are suspects, one was discarded; of the others nine in ten have recovered.
  cases::ImportedCase any_case(int number) {
    cases::ImportedCase out;
    out.source = kSource;
    out.external = std::to_string(number);
    out.person = people_[static_cast<std::size_t>(number)].id;
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
  void write_contact(store::Session& session, int number, Instant now) {
    const auto at = static_cast<std::size_t>(number);
    const Known& person = people_[(at * 7 + at / cases_.size()) % people_.size()];
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
    session.run(kContact, house_.db.ids().make<tracing::CandidateId>(), cases_[at % cases_.size()], person.id, level,
                exposed, std::int64_t{any(1, 1000)}, status, chosen, by, when, person.unit, std::int64_t{any(1, 5)});
  }

  std::string folder_;
  House house_;
  std::mt19937 random_{20260302};
  UnitId province_, commune_;
  std::vector<UnitId> communes_;
  std::vector<Known> people_;
  std::vector<CaseId> cases_;
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
    filler.cases(std::atoi(words[4]));
    filler.contacts(std::atoi(words[5]));
    return 0;
  } catch (const std::exception& wrong) {
    std::cerr << "cases_prepare: " << wrong.what() << '\n';
    return 1;
  }
}
