// Contacts over cases as a file, and what a list of contacts needs of each so that it can be read back.

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "modules/people/merged.h"
#include "modules/tracing/contact_lists.h"
#include "modules/tracing/contact_lists_read.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"
#include "platform/base/text.h"
#include "platform/identity/taken_out.h"
#include "platform/tables/sheet.h"

namespace luytre::tracing {
namespace {

using tables::Cell;

const identity::Action kTakeOutContacts{
    "tracing.take_out", Purpose::kTracing, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

// The heads are known to modules/linelists.
constexpr const char* kContactColumns[] = {
    "id",    "case",       "disease",     "name",       "birthDate",    "birthYear",     "sex",    "commune",
    "phone", "contactDay", "contactFrom", "contactTo",  "contactPlace", "relation",      "level",  "exposedSince",
    "risk",  "status",     "class",       "assignedAt", "followUp",     "followedUntil", "namedBy"};

struct OwnCase {
  CaseId id;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(OwnCase, (), (id, unit))

constexpr store::Query kOwnCases{"tracing.own_cases", R"sql(
SELECT id, unit
FROM cases_pub_case
WHERE person = $1 AND disease = $2 AND classification <> 'discarded'
ORDER BY id)sql"};

constexpr std::size_t kWhereMost = 200, kRelationMost = 120;  // code points, as of a declared contact

// When, where and as whom somebody met the case itself, as a list would tell it. A day, both bounds, or nothing.
struct ToldAs {
  std::optional<Date> day;
  std::optional<Instant> from, to;
  std::string where, relation;
};

// Each once, as many as there is room for.
class Words {
 public:
  explicit Words(std::size_t most) : most_(most) {}
  void add(const std::optional<std::string>& one) {
    if (!one || one->empty() || std::find(all_.begin(), all_.end(), *one) != all_.end()) return;
    const std::string longer = all_.empty() ? *one : text_ + "; " + *one;
    if (code_points(longer) > most_) return;
    all_.push_back(*one);
    text_ = longer;
  }
  const std::string& text() const { return text_; }

 private:
  std::size_t most_;
  std::vector<std::string> all_;
  std::string text_;
};

// What the rows of the file are told by; the words of a declared contact only for whoever may read the case.
class Telling {
 public:
  Telling(store::Session& session, const ContactLists::Parts& parts, const Caller& caller,
          std::span<const ContactRow> rows)
      : parts_(parts), areas_(parts.access.areas(caller, kReadContacts)) {
    std::vector<CandidateId> ids;
    for (const ContactRow& row : rows) ids.push_back(row.id);
    evidence_ = select_evidence(session, ids);
    find_namers(session, rows);
    std::vector<DeclaredId> declared;
    for (auto& of_one : evidence_) {
      std::erase_if(of_one, [](const EvidenceRow& e) { return e.with_level > 0; });
      for (const EvidenceRow& e : of_one)
        if (e.declared) declared.push_back(*e.declared);
    }
    if (!parts.vault) return;
    for (const auto& one : select_declared(session, declared))
      if (one) details_.emplace(one->id, detail_of(*parts.vault, *one));
  }

  bool sees(UnitId case_unit) const {
    return std::any_of(areas_.begin(), areas_.end(),
                       [&](UnitId area) { return parts_.geography.covers(area, case_unit); });
  }

  // Which contacts told that they met this one: as they count, each once.
  const std::vector<PersonId>& namers(std::size_t at) const { return namers_[at]; }

  ToldAs of(std::size_t at, const ContactRow& row, bool words) const {
    const auto& met = evidence_[at];
    if (row.level > 1 || row.status == CandidateStatus::kWithdrawn || met.empty()) return {};
    ToldAs out;
    const Date day = local_date(row.exposed_since);
    const bool of_a_day = std::all_of(met.begin(), met.end(), [&](const EvidenceRow& e) {
      return e.declared && e.estimated && local_date(e.started) == day;
    });
    if (of_a_day) {
      out.day = day;
    } else {
      out.to = std::max_element(met.begin(), met.end(), [](const auto& a, const auto& b) {
                 return a.ended < b.ended;
               })->ended;
      out.from = std::max(row.exposed_since, *out.to - kLongestDeclared);
    }
    Words where(kWhereMost), relation(kRelationMost);
    for (const EvidenceRow& e : met) {
      if (parts_.places && e.place.value != 0)
        if (const auto spot = parts_.places->spot(e.place)) where.add(spot->place_name);
      const auto told = e.declared && words ? details_.find(*e.declared) : details_.end();
      if (told == details_.end()) continue;
      where.add(told->second.where);
      relation.add(told->second.relation);
    }
    out.where = where.text();
    out.relation = relation.text();
    return out;
  }

 private:
  void find_namers(store::Session& session, std::span<const ContactRow> rows) {
    namers_.resize(rows.size());
    std::vector<DeclaredId> declared;
    std::vector<PersonId> with;
    std::vector<std::size_t> of;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const EvidenceRow& e : evidence_[i]) {
        if (e.with_level == 0 || !e.declared) continue;
        declared.push_back(*e.declared);
        with.push_back(e.with_person);
        of.push_back(i);
      }
    }
    const auto told = select_declared(session, declared);
    std::vector<PersonId> tellers;
    for (const auto& one : told) tellers.push_back(one && one->named_by ? one->with_person : PersonId{});
    const auto teller = counted(session, tellers), other = counted(session, with);
    for (std::size_t i = 0; i < of.size(); ++i) {
      auto& theirs = namers_[of[i]];
      if (teller[i] != other[i] || std::find(theirs.begin(), theirs.end(), teller[i]) != theirs.end()) continue;
      theirs.push_back(teller[i]);
    }
  }

  const ContactLists::Parts& parts_;
  std::vector<UnitId> areas_;
  std::vector<std::vector<PersonId>> namers_;
  std::vector<std::vector<EvidenceRow>> evidence_;  // of each row: with the case itself, by time
  std::map<DeclaredId, DeclaredDetail> details_;
};

// What the file calls each: who has become a case of the unit is called as in the file of its cases, by the number;
// else by the person's id.
std::vector<std::string> names_in_file(store::Session& session, const geography::Geography& geography, UnitId unit,
                                       std::span<const ContactRow> rows) {
  std::vector<PersonId> persons;
  for (const ContactRow& row : rows) persons.push_back(row.person);
  const auto known = people::known_as(session, persons);
  std::vector<std::string> out;
  std::vector<store::Row> looks;
  std::vector<std::size_t> of;  // which row each look is about
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out.push_back(to_text(known[i].front()));
    for (const PersonId record : known[i]) {
      looks.push_back(store::values(record, rows[i].disease));
      of.push_back(i);
    }
  }
  const auto found = session.each<OwnCase>(kOwnCases, looks);
  std::map<std::size_t, CaseId> own;  // the first of each row
  std::set<CaseId> met_cases;
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const OwnCase& one : found[i])
      if (geography.covers(unit, one.unit) && own.try_emplace(of[i], one.id).second) met_cases.insert(one.id);
  const std::vector<CaseId> each(met_cases.begin(), met_cases.end());
  std::map<CaseId, std::string> numbers;
  for (auto& one : cases::Cases::of_outbreak(session, each)) numbers[one.id] = std::move(one.number);
  for (const auto& [row, id] : own) out[row] = numbers.at(id);
  return out;
}

// Who named each, called as they are in the file; of cases that the reader may see.
std::vector<std::string> namers_in_file(store::Session& session, const Telling& telling,
                                        std::span<const ContactRow> rows, std::span<const std::string> names,
                                        const std::map<CaseId, UnitId>& seen) {
  std::vector<PersonId> persons;
  for (const ContactRow& row : rows) persons.push_back(row.person);
  const auto as = counted(session, persons);
  std::map<PersonId, const std::string*> name_of;
  for (std::size_t i = 0; i < rows.size(); ++i) name_of.emplace(as[i], &names[i]);
  std::vector<std::string> out(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!seen.contains(rows[i].case_id) || rows[i].status == CandidateStatus::kWithdrawn) continue;
    for (const PersonId namer : telling.namers(i)) {
      const auto found = name_of.find(namer);
      out[i].append(out[i].empty() ? "" : "; ").append(found == name_of.end() ? to_text(namer) : *found->second);
    }
  }
  return out;
}

template <class T>
Cell word_of(const std::optional<T>& value) {
  return value ? Cell(json::enum_text(*value)) : Cell();
}

Cell instant(const std::optional<Instant>& at) {
  return at ? Cell(to_text(*at)) : Cell();
}

Cell words_of(const std::string& text) {
  return text.empty() ? Cell() : Cell(text);
}

}  // namespace

Task<Result<http::Reply>> ContactLists::take_out(const Caller& caller, UnitId unit, ContactsOut wanted) {
  return parts_.db.transact([this, caller, unit, wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
    const auto allowed = parts_.access.require(s, caller, kTakeOutContacts, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    ContactsAsked asked;
    asked.filter.case_ = wanted.case_;
    if (wanted.disease) asked.filter.disease = std::string(*wanted.disease);
    asked.filter.status = wanted.status;
    asked.filter.class_ = wanted.class_;
    asked.filter.level = wanted.level;
    asked.filter.follow_up = wanted.follow_up;
    asked.units = parts_.geography.covered(unit);
    asked.most = kContactsOutMost + 1;
    const auto rows = select_contacts(s, asked, parts_.follow_ups_of, parts_.followed_so).rows;
    if (rows.size() > kContactsOutMost) return Error(kListTooLong, {{"most", std::to_string(kContactsOutMost)}});
    std::vector<identity::Subject> shown;
    std::set<CaseId> met_cases;
    for (const ContactRow& row : rows) {
      shown.push_back({row.person, row.unit, wanted.reason});
      met_cases.insert(row.case_id);
    }
    const auto listed = page(s, rows);
    const auto names = names_in_file(s, parts_.geography, unit, rows);
    const Telling telling(s, parts_, caller, rows);
    const std::vector<CaseId> of_cases(met_cases.begin(), met_cases.end());
    std::map<CaseId, UnitId> seen;
    for (const auto& one : cases::Cases::of_outbreak(s, of_cases))
      if (telling.sees(one.unit)) seen.emplace(one.id, one.unit);
    const auto named_by = namers_in_file(s, telling, rows, names, seen);
    std::vector<identity::Access::Shown> namers;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!named_by[i].empty())
        for (const PersonId namer : telling.namers(i)) namers.push_back({namer, seen.at(rows[i].case_id)});
    parts_.access.log_each(s, caller, kTakeOutContacts, namers, wanted.reason);
    const Date today = local_date(parts_.clock.now());
    tables::Sheet sheet;
    sheet.columns.assign(std::begin(kContactColumns), std::end(kContactColumns));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const ListedContact& one = listed[i];
      const auto person = parts_.people.written(s, rows[i].person);
      if (!person) continue;
      const auto* commune =
          parts_.geography.find(parts_.geography.responsible_commune(person->unit, today).value_or(person->unit));
      const ToldAs told = telling.of(i, rows[i], seen.contains(rows[i].case_id));
      sheet.rows.push_back({names[i],
                            one.case_number,
                            one.disease,
                            std::string(person->name),
                            tables::cell(person->birth_date),
                            tables::cell(person->birth_year),
                            json::enum_text(person->sex),
                            commune ? Cell(commune->code) : Cell(),
                            person->phone ? Cell(std::string(*person->phone)) : Cell(),
                            tables::cell(told.day),
                            instant(told.from),
                            instant(told.to),
                            words_of(told.where),
                            words_of(told.relation),
                            one.level,
                            to_text(one.exposed_since),
                            one.risk,
                            json::enum_text(one.status),
                            word_of(one.class_),
                            instant(one.assigned_at),
                            one.follow_up ? Cell(json::enum_text(one.follow_up->state)) : Cell(),
                            one.follow_up ? Cell(one.follow_up->last_day) : Cell(),
                            words_of(named_by[i])});
    }
    return identity::unit_file(
        s, parts_.access, parts_.geography, caller, kTakeOutContacts,
        {unit, "contacts", "luytre-contacts-", wanted.reason, wanted.format, std::move(sheet), std::move(shown)},
        parts_.clock.now());
  });
}

}  // namespace luytre::tracing
