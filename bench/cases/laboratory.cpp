// Laboratories, sampling sessions of five months, their tubes and what came of them: a million people have three
// thousand sessions of a hundred tubes each. One session in ten pools ten people in a tube. One tube in thirty is
// positive; of those that are not a pool nine in ten made a case, the others wait for an officer.

#include "bench/cases/filled.h"

namespace luytre::bench {
namespace {

using store::values;

constexpr std::size_t kSessionsOf = 3, kAmong = 1000;
constexpr int kLaboratories = 10, kTubes = 100, kPool = 10;
constexpr int kSessionDays = 150;              // they are deleted after 180
constexpr int kPositive = 3, kUnsettled = 10;  // of a hundred

constexpr store::Query kLaboratory{"bench.laboratory", R"sql(
  INSERT INTO laboratory_laboratory (id, unit, name, made, made_by)
  VALUES ($1, $2, $3, $4, $5))sql"};

constexpr store::Query kSession{"bench.session", R"sql(
  INSERT INTO laboratory_session (id, unit, disease, specimen, pool_most, opened, opened_by, opener, closed)
  VALUES ($1, $2, $3, 'blood', $4, $5, $6, $7, $8))sql"};

constexpr store::Query kBatch{"bench.batch", R"sql(
  INSERT INTO laboratory_batch (id, session, unit, laboratory, sent, sent_by, sender, tubes)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr store::Query kTube{"bench.tube", R"sql(
  INSERT INTO laboratory_tube (id, code, session, unit, disease, specimen, sampled, persons, batch, laboratory, sent,
                               received, resulted, by_result)
  VALUES ($1, $2, $3, $4, $5, 'blood', $6, $7, $8, $9, $10, $11, $12, $13))sql"};

constexpr store::Query kSample{"bench.sample", R"sql(
  INSERT INTO laboratory_sample (id, tube, session, person, at, sampled_by, sampler)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr store::Query kResult{"bench.result", R"sql(
  INSERT INTO laboratory_result (id, tube, unit, laboratory, method, outcome, ct, at, recorded, recorded_by, recorder,
                                 offered, kase)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12))sql"};

constexpr store::Query kReported{"bench.reported", R"sql(
  INSERT INTO laboratory_reported (kase, tube, result, unit, version, recorded)
  VALUES ($1, $2, $3, $4, 1, $5))sql"};

constexpr store::Query kLate{"bench.late", R"sql(
  INSERT INTO laboratory_late (tube, result, unit, since)
  VALUES ($1, $2, $3, $4))sql"};

constexpr store::Query kAgain{"bench.again", R"sql(
  INSERT INTO laboratory_task (id, unit, tube, person, disease, made, state, sample)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

enum Table { kBatches, kTubesOf, kSamples, kResults, kReports, kLates, kAgains };

struct Session {
  laboratory::SessionId id;
  UnitId unit;
  std::string disease;
  bool pools = false;
  Instant opened;
};

class Tubes {
 public:
  explicit Tubes(Filled& to) : to_(to), now_(to.now()) {}

  // One of the commune, one of the province, the others of communes.
  void laboratories() {
    write(to_, kLaboratories, {kLaboratory}, [&](int number, Lines& rows) {
      laboratories_.push_back(ids().make<laboratory::LaboratoryId>());
      const UnitId unit = number == 0 ? to_.commune : number == 1 ? to_.province : to_.of(to_.communes);
      rows[0].push_back(
          values(laboratories_.back(), unit, "Phòng xét nghiệm " + std::to_string(number + 1), now_, kWriter));
    });
  }

  void sessions(int count) {
    write(to_, count, {kSession}, [&](int number, Lines& rows) {
      const Instant opened = now_ - std::chrono::minutes(to_.any(60, kSessionDays * 24 * 60));
      std::optional<Instant> closed;
      if (now_ - opened > std::chrono::hours(12)) closed = opened + std::chrono::hours(8);
      const bool pools = number % 10 == 0;
      const Session& one = sessions_.emplace_back(Session{ids().make<laboratory::SessionId>(), to_.of(to_.communes),
                                                          number % 5 == 1 ? "measles" : "dengue", pools, opened});
      rows[0].push_back(
          values(one.id, one.unit, one.disease, std::int64_t{pools ? kPool : 1}, opened, kWriter, kSource, closed));
    });
  }

  void tubes() {
    const auto count = static_cast<int>(sessions_.size()) * kTubes;
    write(to_, count, {kBatch, kTube, kSample, kResult, kReported, kLate, kAgain}, [&](int number, Lines& rows) {
      const Session& session = sessions_[static_cast<std::size_t>(number / kTubes)];
      if (number % kTubes == 0) send(session, number, rows);
      tube(session, number, rows);
    });
  }

 private:
  IdMaker& ids() { return to_.house.db.ids(); }

  // Ten hours after the session was opened.
  void send(const Session& session, int number, Lines& rows) {
    sent_ = after(session.opened, 10);
    laboratory_ = laboratories_[static_cast<std::size_t>(number / kTubes) % laboratories_.size()];
    batch_.reset();
    if (!sent_) return;
    batch_ = ids().make<laboratory::BatchId>();
    rows[kBatches].push_back(
        values(*batch_, session.id, session.unit, laboratory_, *sent_, kWriter, kSource, std::int64_t{kTubes}));
  }

  std::optional<Instant> after(Instant began, int hours) const {
    const Instant then = began + std::chrono::hours(hours);
    return then < now_ ? std::optional(then) : std::nullopt;
  }

  void tube(const Session& session, int number, Lines& rows) {
    const auto id = ids().make<laboratory::TubeId>();
    const Instant sampled = std::min(session.opened + std::chrono::minutes(number % kTubes), now_);
    const auto received = after(session.opened, 20), resulted = after(session.opened, 24 + number % 48);
    std::optional<laboratory::LaboratoryId> at;
    if (sent_) at = laboratory_;
    const int persons = session.pools ? kPool : 1;
    rows[kTubesOf].push_back(values(id, "LT" + std::to_string(100'000'000 + number), session.id, session.unit,
                                    session.disease, sampled, std::int64_t{persons}, batch_, at, sent_, received,
                                    resulted, resulted.value_or(Instant{0})));
    std::vector<PersonId> of;
    const auto first = static_cast<std::size_t>(to_.any(0, static_cast<int>(to_.people.size()) - 1));
    for (std::size_t i = 0; i < static_cast<std::size_t>(persons); ++i) {
      of.push_back(to_.people[(first + i) % to_.people.size()].id);
      rows[kSamples].push_back(values(ids().next(), id, session.id, of.back(), sampled, kWriter, kSource));
    }
    if (resulted) result(session, id, *resulted, of, rows);
  }

  void result(const Session& session, laboratory::TubeId tube, Instant at, const std::vector<PersonId>& of,
              Lines& rows) {
    const auto id = ids().make<laboratory::ResultId>();
    const bool positive = to_.in_hundred(kPositive), alone = of.size() == 1;
    const auto method = to_.in_hundred(80) ? laboratory::Method::kPcr : laboratory::Method::kAntigen;
    std::optional<double> ct;
    if (positive && method == laboratory::Method::kPcr) ct = to_.any(150, 380) / 10.0;
    std::optional<CaseId> made;
    bool offered = false;
    if (positive && alone && !to_.in_hundred(kUnsettled)) {
      made = to_.of(to_.cases).id;
    } else if (positive && alone) {
      // A quarter reported a suspect, a quarter came of an illness that is over, the others may confirm a case.
      const int drawn = to_.any(1, 4);
      offered = drawn > 2;
      if (drawn == 1 && next_ < to_.cases.size())
        rows[kReports].push_back(values(to_.cases[next_++].id, tube, id, session.unit, at));
      if (drawn == 2) rows[kLates].push_back(values(tube, id, session.unit, at));
    }
    rows[kResults].push_back(values(id, tube, session.unit, laboratory_, method,
                                    positive ? laboratory::Outcome::kPositive : laboratory::Outcome::kNegative, ct, at,
                                    kWriter, kSource, offered, made));
    if (positive && !alone) again(session, tube, at, of, rows);
  }

  // Seven in ten have been sampled anew.
  void again(const Session& session, laboratory::TubeId tube, Instant at, const std::vector<PersonId>& of,
             Lines& rows) {
    for (const PersonId person : of) {
      std::optional<std::int64_t> sample;
      if (to_.in_hundred(70)) sample = ids().next();
      rows[kAgains].push_back(
          values(ids().next(), session.unit, tube, person, session.disease, at, sample ? "done" : "open", sample));
    }
  }

  Filled& to_;
  const Instant now_;
  std::vector<laboratory::LaboratoryId> laboratories_;
  std::vector<Session> sessions_;
  // Of the session whose tubes are being written.
  laboratory::LaboratoryId laboratory_;
  std::optional<laboratory::BatchId> batch_;
  std::optional<Instant> sent_;
  std::size_t next_ = 0;  // of the cases, whom a result may have reported
};

}  // namespace

void fill_laboratory(Filled& to) {
  if (to.cases.empty()) return;
  Tubes all(to);
  all.laboratories();
  all.sessions(static_cast<int>(to.people.size() * kSessionsOf / kAmong));
  all.tubes();
}

}  // namespace luytre::bench
