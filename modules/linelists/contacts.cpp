// What becomes of a row of a list of contacts, and its way back.

#include <algorithm>
#include <array>
#include <cstdlib>

#include "modules/linelists/impl.h"

namespace luytre::linelists {
namespace {

using store::Session;

constexpr const char* kUndoSeal = "linelists.undo";

std::int64_t year_of_birth(const people::NewPerson& person) {
  return person.birth_date ? year_of(*person.birth_date) : person.birth_year.value_or(0);
}

enum class Agrees { kYes, kPartly, kNo };

// Whether a row may be about whom its id stands for: line numbers serve as ids, too, and the next file has the same
// ones. A year that was reckoned from an age may be the next to the right one.
Agrees agree(const people::NewPerson& known, const people::NewPerson& told) {
  if (told.name.empty()) return Agrees::kYes;
  const std::int64_t one = year_of_birth(known), other = year_of_birth(told);
  const bool unknown = one == 0 || other == 0;
  const bool close = !unknown && std::abs(one - other) <= 1;
  if (fold(known.name) == fold(told.name)) return unknown || close ? Agrees::kYes : Agrees::kPartly;
  return close ? Agrees::kPartly : Agrees::kNo;
}

// As tracing names the fields of a contact, in the list's words.
std::vector<tables::Flaw> flaws_of_contact(const Error& error, const tracing::NewContact& contact) {
  if (error.code == kNotFound.code || error.code == tracing::kCaseDiscarded.code) return {{"source", "source_unfit"}};
  auto out = flaws_of_error(error);
  for (tables::Flaw& flaw : out) {
    if (flaw.column == "day") flaw.column = "contactDay";
    if (flaw.column == "from") flaw.column = "contactFrom";
    if (flaw.column == "to") flaw.column = "contactTo";
    if (flaw.column == "person") flaw = {"source", "same_person"};
    if (flaw.column.empty()) flaw.column = contact.day ? "contactDay" : "contactFrom";
  }
  return out;
}

}  // namespace

store::Bytes LineLists::Impl::seal_undo(ListId list, const UndoKept& undo) const {
  return {vault.seal(kUndoSeal, to_text(list), json::text(undo))};
}

void LineLists::Impl::take_contact(Session& session, const ListRow& list, const Line& line, ItemRow& row,
                                   const How& how) const {
  const auto end = [&](RowState state, std::vector<tables::Flaw> flaws = {}) {
    row.state = state;
    row.flaws = flaws_text(std::move(flaws));
  };
  if (!line.flaws.empty()) return end(RowState::kWrong, line.flaws);
  auto of = cases::Cases::imported(session, list.source, line.source_number);
  if (!of) of = cases::Cases::by_number(session, line.source_number);
  const auto source = of ? cases::Cases::traced(session, *of) : std::nullopt;
  if (!source || !geography.covers(list.unit, source->unit)) return end(RowState::kWrong, {{"source", "unknown"}});

  // A contact may have become a case, and have its id or number; cases may be numbered apart, and have another's.
  auto who = storage::contact(session, list.source, line.external);
  const bool of_contact = who.has_value();
  if (!who) {
    auto own = cases::Cases::imported(session, list.source, line.external);
    const bool by_id = own.has_value();
    if (!own) own = cases::Cases::by_number(session, line.external);
    const auto ill = own ? cases::Cases::traced(session, *own) : std::nullopt;
    // A number of elsewhere is one that nobody has.
    if (ill && (by_id || geography.covers(list.unit, ill->unit))) who = ill->person;
  }
  bool unsure = false;
  if (who) {
    const auto written = people.written(session, *who);
    const bool here = written && geography.covers(list.unit, written->unit);
    const Agrees agrees = here ? agree(*written, line.person) : Agrees::kNo;
    if (!here || (of_contact && agrees == Agrees::kNo)) return end(RowState::kWrong, {{"id", "another_person"}});
    unsure = agrees == Agrees::kPartly && !how.decided;
    if (agrees != Agrees::kYes) who.reset();
  }
  if (how.person) who = how.person;
  if (!who && line.person.name.empty()) return end(RowState::kWrong, {{"name", "required"}});
  if (!who)
    if (auto wrong = people.check(line.person); !wrong.empty())
      return end(RowState::kWrong, flaws_of_error(Error(kInvalid, std::move(wrong))));

  tracing::NewContact contact = line.contact;
  contact.person = who;
  row.case_ = of;
  if (const auto wrong = tracing->wrong_with(session, *of, contact)) {
    if (wrong->code != tracing::kContactDeclared.code) return end(RowState::kWrong, flaws_of_contact(*wrong, contact));
    row.person = who;
    if (how.write) storage::insert_contact(session, list.source, line.external, *who);
    return end(RowState::kKnown);
  }
  if (unsure) return end(RowState::kUndecided);
  if (!who && how.compare) {
    const std::array areas{list.unit};
    if (!duplicates.alike(session, line.person, areas).empty()) return end(RowState::kUndecided);
  }
  if (!how.write) return end(RowState::kTaken);

  row.made_person = !who;
  if (!who) {
    const auto made = people.create_within(session, line.person, list.sent_by);
    if (!made) throw std::runtime_error("a person who was judged cannot be written");
    who = *made;
  }
  contact.person = who;
  Caller by;
  by.account = list.sent_by;
  by.name = list.by_name;
  const auto declared = tracing->declare_listed(session, by, *of, contact);
  if (!declared) throw std::runtime_error("a contact who was judged cannot be declared");
  storage::insert_contact(session, list.source, line.external, *who);
  row.person = who;
  row.declared = declared->value;
  row.case_version = 1;
  end(RowState::kTaken);
}

void LineLists::Impl::take_contact_back(Session& session, const ListRow& list, ItemRow& row) const {
  const auto end = [&](RowState state, const char* flaw = nullptr) {
    row.state = state;
    row.flaws = flaws_text(flaw ? std::vector<tables::Flaw>{{"", flaw}} : std::vector<tables::Flaw>{});
  };
  if (worked_with(session, list, row)) return end(RowState::kKept, "worked_with");
  const auto kept = json::parse<UndoKept>(vault.unsealed(kUndoSeal, to_text(list.id), list.undone_for.value().data),
                                          json::Reader::Of::kKept);
  if (!kept) throw std::runtime_error("why a list is taken back cannot be read");
  Caller by;
  by.account = kept->account;
  by.name = kept->by;
  const tracing::DeclaredId declared{row.declared.value()};
  const auto done = tracing->withdraw_listed(session, by, declared, row.case_version.value(), kept->reason);
  if (!done && done.error().code != kNotFound.code) return end(RowState::kKept, "contact_changed");
  end(RowState::kUndone);
}

}  // namespace luytre::linelists
