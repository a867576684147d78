#include "modules/referrals/storage.h"

#include <algorithm>
#include <string>

#include "platform/store/few.h"

namespace luytre::referrals::storage {
namespace {

using store::values;

constexpr store::Query kFind{"referrals.find", R"sql(
  SELECT id, source, subject, origin, unit, station, person, colour, reasons, rule_set, at, created, within_minutes,
         due_at, base, level, state, taken_by, attempts, outcome, ended, version, claimed, claim
  FROM referrals_referral
  WHERE id = $1)sql"};

constexpr store::Query kOfSubject{"referrals.of_subject", R"sql(
  SELECT id, source, subject, origin, unit, station, person, colour, reasons, rule_set, at, created, within_minutes,
         due_at, base, level, state, taken_by, attempts, outcome, ended, version, claimed, claim
  FROM referrals_referral
  WHERE source = $1 AND subject = $2
  ORDER BY origin)sql"};

constexpr store::Query kOfSubjectAndPerson{"referrals.of_subject_and_person", R"sql(
  SELECT id, source, subject, origin, unit, station, person, colour, reasons, rule_set, at, created, within_minutes,
         due_at, base, level, state, taken_by, attempts, outcome, ended, version, claimed, claim
  FROM referrals_referral
  WHERE source = $1 AND subject = $2 AND person = $3 AND claimed = $4
  ORDER BY origin)sql"};

constexpr store::Query kInsert{"referrals.insert", R"sql(
  INSERT INTO referrals_referral (id, source, subject, origin, unit, station, person, colour, reasons, rule_set, at,
                                  created, within_minutes, due_at, base, level, state, taken_by, attempts, outcome,
                                  ended, version, claimed, claim)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
          $24))sql"};

constexpr store::Query kUpdate{"referrals.update", R"sql(
  UPDATE referrals_referral
  SET subject = $2, unit = $3, colour = $4, reasons = $5, rule_set = $6, at = $7, within_minutes = $8, due_at = $9,
      base = $10, level = $11, state = $12, taken_by = $13, attempts = $14, outcome = $15, ended = $16, version = $17
  WHERE id = $1)sql"};

constexpr store::Query kLate{"referrals.late", R"sql(
  SELECT id, source, subject, origin, unit, station, person, colour, reasons, rule_set, at, created, within_minutes,
         due_at, base, level, state, taken_by, attempts, outcome, ended, version, claimed, claim
  FROM referrals_referral
  WHERE state = 'open' AND due_at <= $1 AND level < 2
  ORDER BY due_at, id
  LIMIT $2)sql"};

constexpr store::Query kInsertStep{"referrals.insert_step", R"sql(
  INSERT INTO referrals_step (id, referral, at, kind, level, unit, account, by_name, outcome, note)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr store::Query kSteps{"referrals.steps", R"sql(
  SELECT id, referral, at, kind, level, unit, account, by_name, outcome, note
  FROM referrals_step
  WHERE referral = $1
  ORDER BY at, id)sql"};

struct PageOf {
  Sort sort;
  bool descending, everywhere;
  friend auto operator<=>(const PageOf&, const PageOf&) = default;
};

// Parameters: state, key and id after which, level at least, levels climbed at least, source, how many, the unit unless
// everywhere.
store::Queries<PageOf> page_queries() {
  store::Queries<PageOf> out;
  for (const Sort sort : {Sort::kDue, Sort::kArrival})
    for (const bool descending : {false, true})
      for (const bool everywhere : {false, true}) {
        const std::string key = sort == Sort::kDue ? "due_at" : "created";
        const std::string turn = descending ? " DESC" : "";
        out.add({sort, descending, everywhere},
                "referrals.page_by_" + key + (descending ? "_down" : "_up") + (everywhere ? "" : "_of_unit"),
                "SELECT " + key + ", id\n  FROM referrals_referral\n  WHERE state = $1\n" +
                    (everywhere ? "" : "    AND unit = $8\n") + "    AND (" + key + ", id) " +
                    (descending ? "<" : ">") +
                    " ($2, $3)\n"
                    "    AND level >= $4\n"
                    "    AND level - base >= $5\n"
                    "    AND (CAST($6 AS text) IS NULL OR source = $6)\n"
                    "  ORDER BY " +
                    key + turn + ", id" + turn + "\n  LIMIT $7");
      }
  return out;
}

constexpr store::Query kPiles{"referrals.piles", R"sql(
  SELECT state, base, level, count(*)
  FROM referrals_referral
  WHERE state IN ('open', 'acknowledged')
  GROUP BY state, base, level)sql"};

constexpr store::Query kPilesOfUnit{"referrals.piles_of_unit", R"sql(
  SELECT state, base, level, count(*)
  FROM referrals_referral
  WHERE unit = $1 AND state IN ('open', 'acknowledged')
  GROUP BY state, base, level)sql"};

constexpr store::Query kArrive{"referrals.arrive", R"sql(
  INSERT INTO referrals_arrival (source, subject, unit, day, colour)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (source, subject, unit) DO NOTHING)sql"};

constexpr store::Query kUnarrive{"referrals.unarrive", R"sql(
  DELETE FROM referrals_arrival
  WHERE source = $1 AND subject = $2)sql"};

constexpr store::Query kArrivals{"referrals.arrivals", R"sql(
  SELECT colour, count(*)
  FROM referrals_arrival
  WHERE day = $1
  GROUP BY colour)sql"};

constexpr store::Query kArrivalsOfUnit{"referrals.arrivals_of_unit", R"sql(
  SELECT colour, count(*)
  FROM referrals_arrival
  WHERE unit = $1 AND day = $2
  GROUP BY colour)sql"};

constexpr store::Query kOld{"referrals.old", R"sql(
  SELECT id
  FROM referrals_referral
  WHERE created < $1 AND (ended IS NULL OR ended < $1)
  ORDER BY created
  LIMIT $2)sql"};

constexpr store::Query kDelete{"referrals.delete", R"sql(
  DELETE FROM referrals_referral
  WHERE id = $1)sql"};

constexpr store::Query kDeleteSteps{"referrals.delete_steps", R"sql(
  DELETE FROM referrals_step
  WHERE referral = $1)sql"};

constexpr store::Query kDeleteArrivals{"referrals.delete_arrivals", R"sql(
  DELETE FROM referrals_arrival
  WHERE day < $1)sql"};

constexpr store::Query kProof{"referrals.proof", R"sql(
  INSERT INTO referrals_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

struct Counted {
  Colour colour = Colour::kGreen;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (colour, count))

}  // namespace

std::optional<ReferralRow> find(store::Session& session, ReferralId id) {
  return session.one<ReferralRow>(kFind, id);
}

std::vector<ReferralRow> of_subject(store::Session& session, Source source, SubjectId subject) {
  return session.all<ReferralRow>(kOfSubject, source, subject);
}

std::vector<std::vector<ReferralRow>> of_subjects(store::Session& session, Source source,
                                                  std::span<const SubjectId> subjects) {
  std::vector<store::Row> looks;
  for (const SubjectId subject : subjects) looks.push_back(store::values(source, subject));
  if (looks.empty()) return {};
  return session.each<ReferralRow>(kOfSubject, looks);
}

std::vector<ReferralRow> of_subject(store::Session& session, Source source, SubjectId subject, PersonId person,
                                    std::int64_t claimed) {
  return session.all<ReferralRow>(kOfSubjectAndPerson, source, subject, person, claimed);
}

void insert(store::Session& session, const ReferralRow& r) {
  session.run(kInsert, r.id, r.source, r.subject, r.origin, r.unit, r.station, r.person, r.colour, r.reasons,
              r.rule_set, r.at, r.created, r.within_minutes, r.due_at, r.base, r.level, r.state, r.taken_by, r.attempts,
              r.outcome, r.ended, r.version, r.claimed, r.claim);
}

void update(store::Session& session, ReferralRow& r) {
  ++r.version;
  session.run(kUpdate, r.id, r.subject, r.unit, r.colour, r.reasons, r.rule_set, r.at, r.within_minutes, r.due_at,
              r.base, r.level, r.state, r.taken_by, r.attempts, r.outcome, r.ended, r.version);
}

std::vector<ReferralRow> late(store::Session& session, Instant now, std::size_t most) {
  return session.all<ReferralRow>(kLate, now, most);
}

void insert(store::Session& session, const StepRow& r) {
  session.run(kInsertStep, r.id, r.referral, r.at, r.kind, r.level, r.unit, r.account, r.by_name, r.outcome, r.note);
}

std::vector<StepRow> steps(store::Session& session, ReferralId referral) {
  return session.all<StepRow>(kSteps, referral);
}

std::vector<std::vector<StepRow>> steps(store::Session& session, std::span<const ReferralId> referrals) {
  std::vector<store::Row> looks;
  for (const ReferralId referral : referrals) looks.push_back(store::values(referral));
  if (looks.empty()) return {};
  return session.each<StepRow>(kSteps, looks);
}

const store::Query& page_query(Sort sort, bool descending, bool everywhere) {
  static const auto all = page_queries();
  return all.of({sort, descending, everywhere});
}

std::vector<ReferralRow> page(store::Session& session, const Search& search, Cursor after, std::size_t most) {
  const std::int64_t climbed = search.escalated ? 1 : 0;
  // What has come up to the caller's level is theirs.
  const auto from = [&](std::int64_t level) { return search.yours ? level : 0; };
  const store::Query& query = page_query(search.sort, search.descending, search.reach.everywhere.has_value());
  std::vector<Position> found;
  for (const State state : search.states) {
    const auto look = [&](std::int64_t level) {
      return values(state, after.number, after.id, from(level), climbed, search.source, most);
    };
    std::vector<store::Row> looks;
    if (search.reach.everywhere) looks.push_back(look(*search.reach.everywhere));
    for (const auto& [unit, level] : search.reach.units) {
      if (search.reach.everywhere) break;
      looks.push_back(look(level));
      looks.back().push_back(store::to_value(unit));
    }
    if (looks.empty()) continue;
    for (const auto& some : session.each<Position>(query, looks)) found.insert(found.end(), some.begin(), some.end());
  }
  std::sort(found.begin(), found.end());
  if (search.descending) std::reverse(found.begin(), found.end());
  if (found.size() > most) found.resize(most);

  std::vector<store::Row> ids;
  for (const Position& position : found) ids.push_back(values(position.id));
  std::vector<ReferralRow> out;
  for (auto& rows : session.each<ReferralRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

std::vector<std::pair<Pile, std::int64_t>> piles(store::Session& session, const Reach& reach) {
  std::vector<std::pair<Pile, std::int64_t>> out;
  if (reach.everywhere) {
    for (const Pile& pile : session.all<Pile>(kPiles)) out.emplace_back(pile, *reach.everywhere);
    return out;
  }
  std::vector<store::Row> looks;
  std::vector<std::int64_t> levels;
  for (const auto& [unit, level] : reach.units) {
    looks.push_back(values(unit));
    levels.push_back(level);
  }
  const auto found = session.each<Pile>(kPilesOfUnit, looks);
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const Pile& pile : found[i]) out.emplace_back(pile, levels[i]);
  return out;
}

void arrive(store::Session& session, Source source, SubjectId subject, UnitId unit, Date day, Colour colour) {
  session.run(kArrive, source, subject, unit, day, colour);
}

void unarrive(store::Session& session, Source source, SubjectId subject) {
  session.run(kUnarrive, source, subject);
}

std::map<Colour, std::int64_t> arrivals(store::Session& session, const Reach& reach, Date day) {
  std::map<Colour, std::int64_t> out;
  const auto add = [&](const std::vector<Counted>& some) {
    for (const Counted& one : some) out[one.colour] += one.count;
  };
  if (reach.everywhere) {
    add(session.all<Counted>(kArrivals, day));
    return out;
  }
  std::vector<store::Row> looks;
  for (const auto& [unit, level] : reach.units) looks.push_back(values(unit, day));
  for (const auto& some : session.each<Counted>(kArrivalsOfUnit, looks)) add(some);
  return out;
}

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant before, std::size_t most) {
  const auto old = session.all<ReferralId>(kOld, before, most);
  for (const ReferralId id : old) {
    session.run(kDeleteSteps, id);
    session.run(kDelete, id);
  }
  const auto deleted = static_cast<std::int64_t>(old.size());
  if (deleted > 0)
    session.run(kProof, ids.next(), now, "referrals: 28 days after the end, or after arrival", before, deleted);
  const std::int64_t counted = session.run(kDeleteArrivals, local_date(before));
  if (counted > 0) session.run(kProof, ids.next(), now, "referrals: counts of arrivals, 28 days", before, counted);
  return deleted;
}

}  // namespace luytre::referrals::storage
