// What leaves an outbreak about single people: where its cases were, and the line list. Each look is durable before
// anything is answered.

#include <algorithm>
#include <set>
#include <tuple>

#include "modules/linelists/mapping.h"
#include "modules/linelists/sources.h"
#include "modules/outbreaks/impl.h"
#include "modules/people/names.h"
#include "modules/tracing/shared_places.h"
#include "platform/base/json.h"
#include "platform/identity/taken_out.h"

namespace luytre::outbreaks {

Interval exposure_window(const CaseDay& day, std::int64_t least, std::int64_t most) {
  const std::int64_t last = day.of == DayOf::kOnset ? least : 0;
  return {local_midnight(Date{day.day.days - most}), local_midnight(Date{day.day.days - last + 1})};
}

Result<Outbreaks::Impl::Asked> Outbreaks::Impl::asked(store::Session& session, const Caller& caller, OutbreakId id,
                                                      const Look& look) const {
  auto row = seen(session, caller, kShared, id);
  if (!row) return row.error();
  if (!in_charge(session, caller, id)) return kNotInCharge;
  if (look.reason.empty()) return identity::kReasonRequired;
  if (!decisions.in_force(command::Switch::kTracing, row->unit, now(), row->disease)) return kNotInForce;
  const presence::Disease* const disease = diseases.find(row->disease);
  if (!disease || !disease->incubation_days) return kNoIncubation;
  Asked out{std::move(*row), {}, 0};
  std::vector<identity::Subject> shown;
  std::optional<std::set<CaseId>> wanted;
  if (look.cases) wanted.emplace(look.cases->begin(), look.cases->end());
  for (cases::OutbreakCase& one : cases_of(session, id)) {
    if (wanted ? wanted->erase(one.id) == 0 : one.classification == cases::Classification::kDiscarded) continue;
    const auto by = seen_by(caller, kShared, one);
    if (!by || !decisions.in_force(command::Switch::kTracing, one.unit, now(), out.row.disease)) {
      ++out.elsewhere;
      continue;
    }
    shown.push_back({one.person, *by, look.reason});
    out.cases.push_back(std::move(one));
  }
  if (auto allowed = access.require_each(session, caller, kShared, shown); !allowed) return allowed.error();
  if (wanted && !wanted->empty()) return wrong_field("/cases", "unknown");
  if (out.cases.size() > tracing::kMostExposed) return tracing::kTooManyToCompare;
  return out;
}

Task<Result<Shared>> Outbreaks::Impl::shared(Caller caller, OutbreakId id, Look look) {
  auto asking = db.transact([this, caller, id, look = std::move(look)](store::Session& s) -> Result<Asked> {
    return asked(s, caller, id, look);
  });
  Result<Asked> known = co_await std::move(asking);
  if (!known) co_return known.error();
  Shared out;
  out.least = diseases.find(known->row.disease)->incubation_days->least;
  out.most = diseases.find(known->row.disease)->incubation_days->most;
  out.asked = static_cast<std::int64_t>(known->cases.size());
  out.elsewhere = known->elsewhere;
  std::vector<tracing::Exposed> exposed;
  for (const cases::OutbreakCase& one : known->cases)
    exposed.push_back({one.person, exposure_window(day_of(one), out.least, out.most)});
  auto looking =
      db.read([exposed = std::move(exposed)](store::Session& s) { return tracing::shared_places(s, exposed); });
  Result<tracing::SharedPlaces> found = co_await std::move(looking);
  if (!found) co_return found.error();
  out.seen = found->seen;
  out.compared = found->compared;
  for (const tracing::SharedPlace& place : found->shared) {
    const auto spot = places.spot(place.place);
    SharedPlace& one = out.places.emplace_back();
    one.place.id = place.place;
    if (spot) one.place.name = spot->place_name;
    if (spot && spot->kind) one.place.kind = spot->kind->kind;
    one.cases = place.cases;
    one.visitors = place.visitors;
    one.expected = place.expected;
    one.chance = place.chance;
    one.corrected = place.corrected;
    for (const tracing::SharedVisit& visit : place.visits) {
      const cases::OutbreakCase& of = known->cases[visit.of];
      one.visits.push_back({of.id, of.number, visit.when.from, visit.when.to, visit.estimated});
    }
  }
  co_return out;
}

Task<Result<Shared>> Outbreaks::shared(const Caller& caller, OutbreakId id, Look look) {
  return impl_->shared(caller, id, std::move(look));
}

// In the words that line lists are read by (linelists/mapping.h): read back, it says the same. The day on which a case
// was written down here is no field of theirs, and left out by a reader.
tables::Sheet Outbreaks::Impl::sheet(store::Session& session, const std::vector<cases::OutbreakCase>& all,
                                     const std::vector<bool>& named) const {
  using linelists::Field;
  tables::Sheet out;
  for (const Field field :
       {Field::kNumber, Field::kName, Field::kBirthYear, Field::kSex, Field::kCommune, Field::kDisease,
        Field::kClassification, Field::kOnset, Field::kSample, Field::kResult, Field::kMethod, Field::kIsolated,
        Field::kDiagnosed, Field::kNotified, Field::kOutcome, Field::kOutcomeOn, Field::kSource})
    out.columns.push_back(json::enum_text(field));
  out.columns.emplace_back("reported");
  const auto moment = [](const std::optional<Instant>& at) { return at ? tables::Cell(to_text(*at)) : tables::Cell(); };
  std::vector<PersonId> persons;
  for (const cases::OutbreakCase& one : all) persons.push_back(one.person);
  const auto names = people::names(session, persons);
  const auto seen = seen_cases(session, all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const cases::OutbreakCase& one = all[i];
    const auto name = names.find(one.person);
    const auto* commune = geography.find(geography.responsible_commune(one.unit, today()).value_or(one.unit));
    std::vector<tables::Cell> cells;
    // Of a case elsewhere no more than its line on the screen: nobody's look at that person is in the log.
    const auto own = [&](tables::Cell cell) { return named[i] ? std::move(cell) : tables::Cell(); };
    cells.push_back(one.number);
    cells.push_back(own(name != names.end() ? tables::Cell(name->second) : tables::Cell()));
    cells.push_back(own(seen[i].birth_year > 0 ? tables::Cell(seen[i].birth_year) : tables::Cell()));
    cells.push_back(own(json::enum_text(seen[i].sex)));
    cells.push_back(commune ? tables::Cell(commune->code) : tables::Cell());
    cells.push_back(one.disease);
    cells.push_back(json::enum_text(one.classification));
    cells.push_back(tables::cell(one.onset));
    cells.push_back(named[i] || !one.sample_at ? moment(one.sample_at) : tables::Cell(local_date(*one.sample_at)));
    cells.push_back(own(moment(one.result_at)));
    cells.push_back(own(one.method ? tables::Cell(json::enum_text(*one.method)) : tables::Cell()));
    cells.push_back(own(moment(one.isolated_at)));
    cells.push_back(own(moment(one.diagnosed_at)));
    cells.push_back(own(moment(one.notified_at)));
    cells.push_back(own(one.outcome ? tables::Cell(json::enum_text(*one.outcome)) : tables::Cell()));
    cells.push_back(own(tables::cell(one.outcome_on)));
    cells.push_back(tables::cell(seen[i].source));
    cells.push_back(tables::Cell(local_date(one.created_at)));
    out.rows.push_back(std::move(cells));
  }
  return out;
}

// Made and logged in one transaction: what is not written down does not go out.
Task<Result<http::Reply>> Outbreaks::line_list(const Caller& caller, OutbreakId id, LineListOut asked) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, asked = std::move(asked)](store::Session& s) -> Result<http::Reply> {
        const auto row = impl->seen(s, caller, kTakeOut, id);
        if (!row) return row.error();
        if (!impl->in_charge(s, caller, id)) return kNotInCharge;
        if (asked.reason.empty()) return identity::kReasonRequired;
        auto all = impl->cases_of(s, id);
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
          return std::tuple(day_of(a).day, a.number) < std::tuple(day_of(b).day, b.number);
        });
        std::vector<cases::OutbreakCase> ordered;
        for (const cases::OutbreakCase* one : linelists::sources_first(all)) ordered.push_back(*one);
        std::vector<bool> named;
        std::vector<identity::Subject> shown;
        for (const cases::OutbreakCase& one : ordered) {
          const auto by = impl->seen_by(caller, kTakeOut, one);
          named.push_back(by.has_value());
          if (by) shown.push_back({one.person, *by, asked.reason});
        }
        if (auto allowed = impl->access.require_each(s, caller, kTakeOut, shown); !allowed) return allowed.error();
        impl->access.log_list(s, caller, kTakeOut, std::count(named.begin(), named.end(), true),
                              "outbreak " + to_text(id) + " line list");
        tables::Sheet sheet = impl->sheet(s, ordered, named);
        sheet.mark = "Lũy Tre: outbreak " + to_text(id) + ", " + to_text(caller.account) + ", " + to_text(impl->now());
        tables::Written written = tables::write(sheet, tables::format_of(asked.format));
        return identity::saved(std::move(written.type), std::move(written.bytes),
                               "luytre-outbreak-" + to_text(id) + written.ending);
      });
}

}  // namespace luytre::outbreaks
