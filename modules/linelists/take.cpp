// What becomes of a row, and its way back.

#include <algorithm>
#include <array>
#include <boost/core/demangle.hpp>
#include <chrono>
#include <map>
#include <typeinfo>

#include "modules/linelists/impl.h"
#include "platform/base/log.h"
#include "platform/base/text.h"

namespace luytre::linelists {
namespace {

using store::Session;

// A transaction, so that nobody waits long to write: so many rows, fewer where comparing people takes long.
constexpr std::size_t kPortion = 200;
constexpr std::chrono::milliseconds kPortionFor{250};
constexpr std::chrono::seconds kWorkEvery{3}, kWorkFor{2};  // the other jobs of the schedule wait for it
constexpr std::chrono::hours kRetentionEvery{1};
constexpr std::size_t kLookedAtMost = 50;  // entries of the access log

// Looks alone leave a record as it was.
constexpr std::array<std::string_view, 6> kLooks{"cases.read",        "people.read",        "people.search",
                                                 "people.duplicates", "tracing.candidates", "outbreaks.read"};

bool is_look(const std::string& action) {
  return action.starts_with("linelists.") || std::find(kLooks.begin(), kLooks.end(), action) != kLooks.end();
}

}  // namespace

std::vector<tables::Flaw> flaws_of_error(const Error& error) {
  std::vector<tables::Flaw> out;
  for (const FieldError& field : error.fields) {
    std::string column = field.pointer.substr(field.pointer.empty() ? 0 : 1);
    if (column == "paper/number") column = "paper";
    if (column == "unit") column = "commune";
    out.push_back({std::move(column), field.code});
  }
  const auto which = error.params.find("which");
  if (out.empty()) out.push_back({"", which == error.params.end() ? error.code : which->second});
  return out;
}

std::vector<tables::Flaw> flaws_of(const ItemRow& row) {
  auto kept = json::parse<FlawsKept>(row.flaws, json::Reader::Of::kKept);
  if (!kept) throw std::runtime_error("the flaws of a line cannot be read");
  return std::move(kept->flaws);
}

std::string flaws_text(std::vector<tables::Flaw> flaws) {
  return json::text(FlawsKept{std::move(flaws)});
}

RowSeen shown(const ItemRow& row, const Line& line, About about) {
  RowSeen out;
  out.line = row.line;
  out.state = row.state;
  out.flaws = flaws_of(row);
  out.external = line.external;
  if (!line.person.name.empty()) out.person = line.person;
  out.disease = line.given.disease;
  out.classification = line.given.classification;
  out.onset = line.given.onset;
  out.case_ = row.case_;
  if (about == About::kContacts) {
    const auto& contact = line.contact;
    out.contact =
        ContactSeen{line.source_number, contact.day, contact.from, contact.to, contact.where, contact.relation};
  }
  return out;
}

void LineLists::Impl::take(Session& session, const ListRow& list, const Line& line, ItemRow& row,
                           const How& how) const {
  if (list.about == About::kContacts) return take_contact(session, list, line, row, how);
  const auto end = [&](RowState state, std::vector<tables::Flaw> flaws = {}) {
    row.state = state;
    row.flaws = flaws_text(std::move(flaws));
  };
  if (!line.flaws.empty()) return end(RowState::kWrong, line.flaws);
  if (auto wrong = people.check(line.person); !wrong.empty())
    return end(RowState::kWrong, flaws_of_error(Error(kInvalid, std::move(wrong))));

  auto known = cases::Cases::imported(session, list.source, line.external);
  if (!known && line.given.number) known = cases::Cases::by_number(session, *line.given.number);
  if (known) {
    const auto there = cases::Cases::traced(session, *known);
    const auto who = there ? people.written(session, there->person) : std::nullopt;
    const auto year = [](const people::NewPerson& person) {
      return person.birth_date ? year_of(*person.birth_date) : person.birth_year.value_or(0);
    };
    const bool same =
        who && there->disease == line.given.disease && geography.covers(list.unit, there->unit) &&
        (fold(who->name) == fold(line.person.name) || (year(*who) != 0 && year(*who) == year(line.person)));
    if (!same) return end(RowState::kWrong, {{line.given.number ? "number" : "id", "another"}});
    row.case_ = known;
    row.person = there->person;
    return end(RowState::kKnown);
  }

  cases::ImportedCase given = line.given;
  given.source = list.source;
  given.external = line.external;
  given.note = file_of(list) + ':' + std::to_string(row.line);
  if (const auto wrong = cases.wrong_with(given, line.person.unit))
    return end(RowState::kWrong, flaws_of_error(*wrong));
  std::vector<tables::Flaw> left;  // that the row is taken in spite of
  if (!line.source_number.empty()) {
    given.infected_by = cases::Cases::imported(session, list.source, line.source_number);
    if (!given.infected_by) given.infected_by = cases::Cases::by_number(session, line.source_number);
    const auto source = given.infected_by ? cases::Cases::traced(session, *given.infected_by) : std::nullopt;
    const bool fits = source && source->disease == given.disease && geography.covers(list.unit, source->unit) &&
                      source->classification != cases::Classification::kDiscarded;
    if (!fits) {
      given.infected_by.reset();
      left.push_back({"source", "unknown"});
    }
  }
  if (how.compare && !how.person) {
    const std::array areas{list.unit};
    if (!duplicates.alike(session, line.person, areas).empty()) return end(RowState::kUndecided);
  }
  if (!how.write) return end(RowState::kTaken, std::move(left));

  if (how.person) {
    given.person = *how.person;
  } else {
    const auto made = people.create_within(session, line.person, list.sent_by);
    if (!made) throw std::runtime_error("a person who was judged cannot be written");
    given.person = *made;
  }
  Caller by;
  by.account = list.sent_by;
  by.name = list.by_name;
  const auto taken = cases.take_listed(session, by, given);
  if (!taken) {
    if (!how.person && !people.take_back(session, given.person))
      throw std::runtime_error("a person who was just written cannot be taken back");
    return end(RowState::kWrong, flaws_of_error(taken.error()));
  }
  row.person = given.person;
  row.made_person = !how.person;
  row.case_ = taken->id;
  row.case_version = taken->version;
  end(RowState::kTaken, std::move(left));
}

bool LineLists::Impl::worked_with(Session& session, const ListRow& list, const ItemRow& row) const {
  identity::Access::Filter filter;
  filter.person = row.person;
  filter.from = list.at;
  const auto log = access.list(session, filter, INT64_MAX, kLookedAtMost).items;
  return log.size() == kLookedAtMost ||
         std::any_of(log.begin(), log.end(), [](const auto& e) { return e.passed && !is_look(e.action); });
}

void LineLists::Impl::take_back(Session& session, const ListRow& list, ItemRow& row) const {
  if (list.about == About::kContacts) return take_contact_back(session, list, row);
  const auto end = [&](RowState state, std::vector<tables::Flaw> flaws = {}) {
    row.state = state;
    row.flaws = flaws_text(std::move(flaws));
  };
  if (row.traced) return end(RowState::kKept, {{"", "started"}});
  if (worked_with(session, list, row)) return end(RowState::kKept, {{"", "worked_with"}});
  if (row.made_person && in_use(session, *row.person)) return end(RowState::kKept, {{"", "person_in_use"}});
  const auto done = cases.take_back(session, *row.case_, *row.case_version);
  if (!done && done.error().code != kNotFound.code)
    return end(RowState::kKept, {{"", done.error().code == kVersionConflict.code ? "changed" : done.error().code}});
  std::vector<tables::Flaw> left;
  // Another list may have said that its case is of the person whom this one made.
  if (row.made_person && (cases::Cases::has_case(session, *row.person) || !people.take_back(session, *row.person)))
    left.push_back({"name", "person_in_use"});
  row.case_.reset();
  row.case_version.reset();
  if (left.empty()) row.person.reset();
  end(RowState::kUndone, std::move(left));
}

void LineLists::Impl::portion(Session& session, ListRow& list) const {
  const bool undoing = list.state == State::kUndoing;
  auto rows = undoing ? storage::last_taken(session, list.id, kPortion)
                      : storage::items(session, list.id, RowState::kWaiting, -1, kPortion);
  if (rows.empty()) {
    list.state = undoing ? State::kUndone : State::kDone;
    ++list.version;
    storage::update(session, list);
    return;
  }
  const auto until = std::chrono::steady_clock::now() + kPortionFor;
  std::map<CaseId, tracing::DeclaredId> declared;  // one of each case
  const auto judged = [&](const ItemRow& row) {
    storage::update(session, list.id, row);
    if (row.declared) declared.insert_or_assign(row.case_.value(), tracing::DeclaredId{*row.declared});
    return std::chrono::steady_clock::now() <= until;
  };
  if (undoing) {
    for (ItemRow& row : rows) {
      take_back(session, list, row);
      if (!judged(row)) break;
    }
  } else {
    const Mapping mapping = mapping_of(list);
    const LineReader reader(mapping, heads_of(list), reading(list));
    for (ItemRow& row : rows) {
      How how;
      how.compare = mapping.compare;
      take(session, list, reader.read(cells_of(list.id, row)), row, how);
      if (!judged(row)) break;
    }
  }
  for (const auto& [of, one] : declared) tracing->tell_listed(session, one);
}

void LineLists::Impl::set_aside(ListId id) const {
  db.transact_now([&](Session& s) {
    auto list = storage::find(s, id);
    if (!list || (list->state != State::kRunning && list->state != State::kUndoing)) return;
    list->stopped = now();
    ++list->version;
    storage::update(s, *list);
  });
}

bool LineLists::work_once() {
  std::optional<ListId> at;
  std::string why;  // never the words of the exception: they may have come from a row
  try {
    return impl_->db.transact_now([&at, impl = impl_.get()](Session& s) {
      auto list = storage::at_work(s);
      if (!list) return false;
      at = list->id;
      impl->portion(s, *list);
      return true;
    });
  } catch (const store::SqlError& e) {
    if (!at || e.fault == store::Fault::kUnavailable || e.fault == store::Fault::kSerialization) throw;
    why = e.what();  // names the query and the constraint, never a value
  } catch (const std::exception& e) {
    if (!at) throw;
    why = boost::core::demangle(typeid(e).name());
  }
  log::error("a line list was stopped by a fault", {{"list", to_text(*at)}, {"why", why}});
  impl_->set_aside(*at);
  return true;
}

Task<Result<LineList>> LineLists::run_again(const Caller& caller, ListId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<LineList> {
    auto list = impl->seen(s, caller, id);
    if (!list) return list.error();
    if (!list->stopped) return kListState;
    list->stopped.reset();
    ++list->version;
    storage::update(s, *list);
    impl->access.log_list(s, caller, kImport, list->total, "run again " + to_text(id));
    return impl->view(s, *list, false);
  });
}

store::Recurring LineLists::work() {
  // A portion a transaction, so that what an officer does meanwhile waits for one only.
  const auto before = [this] {
    const auto until = std::chrono::steady_clock::now() + kWorkFor;
    while (!stopped_ && std::chrono::steady_clock::now() < until && work_once()) {
    }
  };
  return {"linelists.work", kWorkEvery, [](Session&) {}, before};
}

store::Recurring LineLists::retention() {
  return {"linelists.retention", kRetentionEvery, [impl = impl_.get()](Session& s) {
            const Instant now = impl->now();
            storage::retain(s, impl->db.ids(), now, now - kKept);
          }};
}

}  // namespace luytre::linelists
