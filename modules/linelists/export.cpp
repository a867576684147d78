// The line list of a unit's cases, as it can be read back, and the rows of a list that were wrong.

#include <algorithm>

#include "modules/linelists/impl.h"
#include "modules/linelists/sources.h"
#include "platform/identity/taken_out.h"

namespace luytre::linelists {

const identity::Action kTakeOut{
    "linelists.take_out", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

namespace {

using store::Session;
using tables::Cell;

constexpr Field kColumns[] = {Field::kNumber,    Field::kName,        Field::kBirthDate,      Field::kBirthYear,
                              Field::kSex,       Field::kNationality, Field::kCommune,        Field::kAddress,
                              Field::kPhone,     Field::kDisease,     Field::kClassification, Field::kOnset,
                              Field::kSample,    Field::kResult,      Field::kMethod,         Field::kIsolated,
                              Field::kDiagnosed, Field::kNotified,    Field::kPublished,      Field::kOutcome,
                              Field::kOutcomeOn, Field::kSource};

Cell moment(const std::optional<Instant>& at) {
  return at ? Cell(to_text(*at)) : Cell();
}

template <class T>
Cell word(const std::optional<T>& value) {
  return value ? Cell(json::enum_text(*value)) : Cell();
}

template <class T>
Cell text(const std::optional<T>& value) {
  return value ? Cell(std::string(*value)) : Cell();
}

cases::Filter filter_of(const TakingOut& asked) {
  cases::Filter out;
  out.classification = asked.classification;
  out.status = asked.status;
  out.disease = asked.disease;
  out.outcome = asked.outcome;
  out.onset_from = asked.onset_from;
  out.onset_to = asked.onset_to;
  out.reported_from = asked.reported_from;
  out.reported_to = asked.reported_to;
  if (asked.outbreak) out.outbreak = asked.outbreak->value;
  out.source_unknown = asked.source_unknown.value_or(false);
  out.awaiting = asked.awaiting.value_or(false);
  out.overdue = asked.overdue.value_or(false);
  return out;
}

}  // namespace

Task<Result<http::Reply>> LineLists::take_out(const Caller& caller, UnitId unit, TakingOut asked) {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             asked = std::move(asked)](Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeOut, {PersonId{}, unit, asked.reason});
    if (!allowed) return allowed.error();
    auto listed = impl->cases.listed(s, caller, filter_of(asked), impl->geography.covered(unit), kOutMost + 1);
    if (!listed) return listed.error();
    auto all = std::move(*listed);
    if (all.size() > kOutMost) return Error(kTooManyCases, {{"most", std::to_string(kOutMost)}});
    // Reported by one of these units of somebody who lives elsewhere: theirs to take out.
    std::erase_if(all, [&](const auto& one) { return !impl->geography.covers(unit, one.unit); });
    std::vector<identity::Subject> shown;
    for (const auto& one : all) shown.push_back({one.person, one.unit, asked.reason});
    tables::Sheet sheet;
    for (const Field field : kColumns) sheet.columns.push_back(json::enum_text(field));
    const Date today = local_date(impl->now());
    for (const cases::ListedCase* one : sources_first(all)) {
      const auto person = impl->people.written(s, one->person);
      if (!person) continue;
      const auto* commune =
          impl->geography.find(impl->geography.responsible_commune(person->unit, today).value_or(person->unit));
      const auto source = one->source ? cases::Cases::traced(s, *one->source) : std::nullopt;
      sheet.rows.push_back({one->number,
                            std::string(person->name),
                            tables::cell(person->birth_date),
                            tables::cell(person->birth_year),
                            json::enum_text(person->sex),
                            text(person->nationality),
                            commune ? Cell(commune->code) : Cell(),
                            text(person->address),
                            text(person->phone),
                            one->disease,
                            json::enum_text(one->classification),
                            tables::cell(one->onset),
                            moment(one->sample_at),
                            moment(one->result_at),
                            word(one->method),
                            moment(one->isolated_at),
                            moment(one->diagnosed_at),
                            moment(one->notified_at),
                            moment(one->published_at),
                            word(one->outcome),
                            tables::cell(one->outcome_on),
                            source ? Cell(source->number) : Cell()});
    }
    return identity::unit_file(
        s, impl->access, impl->geography, caller, kTakeOut,
        {unit, "cases", "luytre-cases-", asked.reason, asked.format, std::move(sheet), std::move(shown)}, impl->now());
  });
}

// Without a mark: what is put right here is sent again as it stands.
std::string LineLists::Impl::rejects(Session& session, const ListRow& list, const std::string& language) const {
  std::string out = tables::csv_text(texts.fill("linelists.line", language)) + ',' +
                    tables::csv_text(texts.fill("linelists.reason", language));
  for (const std::string& head : heads_of(list)) out += ',' + tables::csv_text(head);
  for (const ItemRow& row : storage::items(session, list.id, RowState::kWrong, -1, kLinesMost)) {
    std::string why;
    for (const auto& flaw : flaws_of(row)) {
      why += why.empty() ? "" : "; ";
      if (!flaw.column.empty()) why += texts.fill("linelists.field." + flaw.column, language) + ": ";
      why += texts.fill("linelists.flaw." + flaw.code, language);
    }
    out += "\r\n" + std::to_string(row.line) + ',' + tables::csv_text(why);
    for (const std::string& cell : cells_of(list.id, row)) out += ',' + tables::csv_text(cell);
  }
  return out + "\r\n";
}

Task<Result<http::Reply>> LineLists::rejects(const Caller& caller, ListId id, std::string language) {
  return impl_->db.transact([impl = impl_.get(), caller, id, language](Session& s) -> Result<http::Reply> {
    const auto list = impl->seen(s, caller, id);
    if (!list) return list.error();
    impl->access.log_list(s, caller, kImport, storage::counts(s, id).wrong, "rejects " + to_text(id));
    return identity::saved("text/csv; charset=utf-8", impl->rejects(s, *list, language),
                           "luytre-rejects-" + to_text(id) + ".csv");
  });
}

}  // namespace luytre::linelists
