#include "modules/foreign/sorting.h"

#include <algorithm>

#include "modules/people/merged.h"
#include "modules/placelists/placelists.h"
#include "platform/base/text.h"

namespace luytre::foreign {
namespace {

constexpr std::size_t kLookedAt = 50;  // people of one phone or paper

tables::Flaw flaw_of(const Error& error, Kind kind) {
  static constexpr std::string_view kOfTime[] = {"time_in_future", "time_too_old", "form_not_in_force", "not_in_force"};
  const std::string at = kind == Kind::kVisits ? "in" : "at";
  if (std::find(std::begin(kOfTime), std::end(kOfTime), error.code) != std::end(kOfTime)) return {at, error.code};
  if (kind == Kind::kVisits) return {"out", error.code};
  return {"answers", error.fields.empty() ? error.code : error.fields.front().code};
}

// What today's forms ask and the other system's did not.
forms::Unasked unasked(Form form) {
  if (form == Form::kEntry) return {"has-chronic", "pregnant"};
  return {};
}

// Lists write countries in words: what names one is kept by its code, where the form of the day asks so.
void code_countries(json::Value& answered, const forms::Questionnaire& form, const declarations::Countries& known) {
  auto* items = answered.get_object().if_contains("item");
  if (!items) return;
  for (json::Value& item : items->get_array()) {
    code_countries(item, form, known);
    const auto* question = form.find(std::string_view(item.at("linkId").get_string()));
    auto* answers = item.get_object().if_contains("answer");
    if (!answers || !question || question->value_set != declarations::kCountrySet) continue;
    for (json::Value& answer : answers->get_array()) {
      const auto* words = answer.get_object().if_contains("valueString");
      if (!words) continue;
      const auto found = known.named(std::string_view(words->get_string()));
      if (found) answer = json::Object{{"valueCoding", json::Object{{"code", found->coding.code}}}};
    }
  }
}

}  // namespace

std::string source_of(const storage::BatchRow& batch) {
  return "foreign:" + json::enum_text(batch.system) + ':' + to_text(batch.id);
}

const char* form_id(Form form) {
  if (form == Form::kEntry) return "entry";
  return form == Form::kMovement ? "domestic-movement" : "place-entry";
}

std::vector<store::Bytes> clues_of(const Vault& vault, std::span<const std::string> papers,
                                   std::span<const std::string> phones) {
  std::vector<store::Bytes> out;
  for (const auto& paper : papers)
    for (const auto& key : linkage::paper_keys(paper)) out.push_back({vault.blind("foreign.paper", key)});
  for (const auto& phone : phones) out.push_back({vault.blind("foreign.phone", phone)});
  const auto before = [](const store::Bytes& a, const store::Bytes& b) { return a.data < b.data; };
  std::sort(out.begin(), out.end(), before);
  const auto same = [](const store::Bytes& a, const store::Bytes& b) { return a.data == b.data; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

Sorting::Sorting(const Parts& parts, store::Session& session, const storage::BatchRow& batch, std::vector<UnitId> areas,
                 std::optional<PersonId> only, bool discreet)
    : parts_(parts),
      session_(session),
      batch_(batch),
      areas_(std::move(areas)),
      only_(only),
      discreet_(discreet),
      now_(parts.db.clock().now()) {
  parts_.places.refresh(session_, true);
}

void Sorting::run(std::vector<Entry>& entries) {
  for (Entry& entry : entries) judge(entry);
  if (batch_.kind == Kind::kVisits) return give_visits(entries);
  for (Entry& entry : entries) {
    if (!entry.person) continue;
    give(entry);
    if (discreet_) entry.flaw.reset();
  }
}

void Sorting::check(std::vector<Entry>& entries) {
  for (Entry& entry : entries) judge(entry);
}

void Sorting::judge(Entry& entry) {
  const Told& told = *entry.told;
  const bool visit = batch_.kind == Kind::kVisits;
  const auto oldest = now_ - (visit ? kKept : declarations::kLatest);
  if (told.at > now_ + visits::kClockSkew) {
    entry.flaw = tables::Flaw{visit ? "in" : "at", "time_in_future"};
  } else if (told.out.value_or(told.at) < oldest) {
    entry.flaw = tables::Flaw{visit ? "in" : "at", "time_too_old"};
  } else if (told.out && *told.out > now_ + visits::kClockSkew) {
    entry.flaw = tables::Flaw{"out", "time_in_future"};
  } else if (told.out && *told.out > told.at + visits::kLongest) {
    entry.flaw = tables::Flaw{"out", "stay_too_long"};
  } else if (visit || told.place || told.place_code) {
    entry.flaw = place(entry);
  }
  if (!entry.flaw && told.towards && !towards(told)) entry.flaw = tables::Flaw{"stayUnit", "unknown"};
  if (entry.flaw) return;
  entry.person = person(told);
  if (!visit && (!entry.person || discreet_)) entry.flaw = claimable(entry);
  if (entry.flaw) entry.person.reset();
}

std::optional<tables::Flaw> Sorting::place(Entry& entry) {
  const Told& told = *entry.told;
  const char* const column = told.place_code ? "placeCode" : "place";
  if (told.place_code) {
    const auto scanned = parts_.places.spot(*told.place_code);
    if (scanned) entry.spot = scanned->spot;
  } else {
    const auto [found, first] = places_.try_emplace(*told.place);
    if (first) {
      const std::span asked(&*told.place, 1);
      const auto look = [&](const std::optional<std::string>& system) {
        return places::Places::imported(session_, placelists::source_of(batch_.unit, system), asked).front();
      };
      auto id = look(json::enum_text(batch_.system));
      if (!id) id = look(std::nullopt);
      if (id) found->second = parts_.places.spot(*id);
    }
    entry.spot = found->second;
  }
  if (!entry.spot) return tables::Flaw{column, "unknown"};
  if (!only_ && !parts_.geography.covers(areas_, entry.spot->unit)) return tables::Flaw{column, "not_permitted"};
  const bool visit = batch_.kind == Kind::kVisits;
  if (visit && !parts_.decisions.in_force(command::Switch::kCheckIn, entry.spot->unit, told.at))
    return tables::Flaw{"in", "not_in_force"};
  return std::nullopt;
}

// By the form of its day; nothing: there was none.
std::optional<declarations::NewDeclaration> Sorting::asked(const Entry& entry) const {
  const Told& told = *entry.told;
  const auto* dated = parts_.declarations.catalogue().in_force(form_id(*told.form), local_date(told.at));
  if (!dated) return std::nullopt;
  declarations::NewDeclaration out;
  out.form = dated->form.id;
  out.version = dated->form.version;
  out.at = told.at;
  out.response = *told.response;
  code_countries(out.response, dated->form, parts_.declarations.catalogue().countries());
  if (entry.spot) out.place = entry.spot->place;
  out.unit = towards(told);
  return out;
}

// Where nobody is known yet, the sender's own unit, or the place, says whether the form is asked for.
std::optional<tables::Flaw> Sorting::claimable(const Entry& entry) const {
  const auto asked = this->asked(entry);
  if (!asked) return tables::Flaw{"at", "form_not_in_force"};
  const auto judged = parts_.declarations.assess(*asked, batch_.unit, unasked(*entry.told->form));
  return judged ? std::nullopt : std::optional(flaw_of(judged.error(), batch_.kind));
}

std::optional<UnitId> Sorting::towards(const Told& told) const {
  if (!told.towards) return std::nullopt;
  const auto* unit = parts_.geography.find(geography::Level::kCommune, *told.towards, local_date(told.at));
  return unit ? std::optional(unit->id) : std::nullopt;
}

bool Sorting::concerns_here(PersonId person, const Told& told) {
  const auto here = [&](std::optional<UnitId> unit) { return unit && parts_.geography.covers(areas_, *unit); };
  return here(parts_.people.unit_of(session_, person)) || here(towards(told));
}

bool Sorting::proven(PersonId person, const std::string& paper) {
  const auto asked = clues_of(parts_.vault, std::span(&paper, 1), {});
  const auto own = clues_of(parts_.vault, parts_.people.proven_of(session_, person).papers, {});
  return std::any_of(asked.begin(), asked.end(), [&](const store::Bytes& one) {
    return std::any_of(own.begin(), own.end(), [&](const store::Bytes& other) { return one.data == other.data; });
  });
}

std::optional<PersonId> Sorting::person(const Told& told) {
  const auto with = [&](people::Search search) {
    auto found = parts_.people.matching(session_, search, kLookedAt);
    return found ? std::move(*found) : std::vector<PersonId>{};
  };
  std::vector<PersonId> found;
  if (told.paper) {
    people::Search search;
    search.paper = told.paper;
    found = with(std::move(search));
  }
  const bool by_paper = found.size() == 1 && proven(found.front(), *told.paper);
  if (found.empty() && told.phone) {
    people::Search search;
    search.phone = told.phone;
    found = with(std::move(search));
  }
  // A paper that two records carry, or that a household only says it has, like a phone, needs the name and the year of
  // birth besides.
  if (!by_paper)
    std::erase_if(found, [&](PersonId id) {
      const auto brief = parts_.people.brief(session_, id);
      return !brief || fold(brief->name) != fold(told.name) || brief->birth_year != told.birth_year;
    });
  if (only_ && std::find(found.begin(), found.end(), *only_) == found.end()) return std::nullopt;
  const auto one = people::the_one(session_, found);
  // A visitor may live anywhere; who has declared is known only to those who answer for them.
  if (one && batch_.kind == Kind::kDeclarations && !concerns_here(*one, told)) return std::nullopt;
  return one;
}

void Sorting::give_visits(std::vector<Entry>& entries) {
  std::vector<visits::ImportedVisit> rows;
  std::vector<Entry*> given;
  for (Entry& entry : entries) {
    if (!entry.person) continue;
    const Told& told = *entry.told;
    rows.push_back({source_of(batch_), entry.key, *entry.person, entry.spot->place, entry.spot->zone, told.at, told.out,
                    json::enum_text(batch_.system)});
    given.push_back(&entry);
  }
  if (rows.empty()) return;
  const auto done = parts_.visits.import_visits(session_, rows);
  for (const auto& rejected : done.rejected) {
    Entry& entry = *given[rejected.index];
    if (!discreet_) entry.flaw = flaw_of(rejected.error, batch_.kind);
    entry.person.reset();
  }
}

void Sorting::give(Entry& entry) {
  const auto asked = this->asked(entry);
  if (!asked) {
    entry.flaw = tables::Flaw{"at", "form_not_in_force"};
    entry.person.reset();
    return;
  }
  const auto taken = parts_.declarations.take_foreign(session_, *asked, *entry.person, json::enum_text(batch_.system),
                                                      unasked(*entry.told->form));
  if (taken) {
    entry.declaration = *taken;
    return;
  }
  entry.flaw = flaw_of(taken.error(), batch_.kind);
  entry.person.reset();
}

}  // namespace luytre::foreign
