#include "modules/people/candidates.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "modules/people/merge_storage.h"
#include "modules/people/merged.h"
#include "modules/people/name_storage.h"
#include "modules/people/name_terms.h"
#include "modules/people/near_numbers.h"
#include "platform/base/phone.h"
#include "platform/base/words.h"

namespace luytre::people {
namespace {

using linkage::Record;
using storage::PersonRow;
using store::Session;

constexpr std::size_t kWithWordMost = 2000;     // of the birth year
constexpr std::size_t kWithWordNearMost = 500;  // of the year before or after
constexpr std::size_t kOfDayMost = 500;
constexpr std::size_t kNearMost = 100;  // of whom what is sealed is read
constexpr std::size_t kWordsMost = 3;
constexpr double kCommon = 0.02;  // of people: not a word to look up

PartialDate partial(Date date) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(date.days))};
  return {static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())};
}

std::optional<PartialDate> birth_of(std::optional<Date> date, std::int64_t year) {
  if (date) return partial(*date);
  if (year == 0) return std::nullopt;
  return PartialDate{static_cast<int>(year), 0, 0};
}

std::optional<linkage::ClaimedSex> sex_of(std::optional<Sex> sex) {
  if (sex == Sex::kMale) return linkage::ClaimedSex::kMale;
  if (sex == Sex::kFemale) return linkage::ClaimedSex::kFemale;
  return std::nullopt;
}

bool common(const std::string& word) {
  const auto is = [&](const linkage::Share& share) { return share.plain == word && share.of_people >= kCommon; };
  return std::any_of(linkage::kFamilyNames.begin(), linkage::kFamilyNames.end(), is) ||
         std::any_of(linkage::kMiddleNames.begin(), linkage::kMiddleNames.end(), is);
}

// The given name, wherever it stands: the last word, then the uncommon others.
std::vector<std::string> leading_words(const linkage::Name& name) {
  std::vector<std::string> out;
  const auto add = [&](const linkage::Syllable& syllable, bool any) {
    const auto keys = linkage::read_keys(syllable.plain);
    const std::string word = keys ? keys->plain : syllable.plain;
    if (out.size() < kWordsMost && (any || !common(word)) && std::find(out.begin(), out.end(), word) == out.end())
      out.push_back(word);
  };
  if (name.syllables.empty()) return out;
  add(name.syllables.back(), true);
  for (const auto& syllable : name.syllables) add(syllable, false);
  return out;
}

// What can be said of a record without opening anything, but for the name.
Record open_record(const PersonRow& row, UnitId unit) {
  Record out;
  out.birth = birth_of(row.birth_date, row.birth_year);
  out.sex = sex_of(row.sex);
  out.unit = unit.value;
  return out;
}

// Of the year: what has all but one part of this day in common.
storage::DaysOfYear days_like(const PartialDate& birth) {
  const PartialDate month{birth.year, birth.month, 0};
  storage::DaysOfYear out{month.first(), month.last(), {}};
  out.others.fill(out.from);
  for (unsigned other = 1; other <= out.others.size(); ++other) {
    const std::chrono::year_month_day day{std::chrono::year(birth.year), std::chrono::month(other),
                                          std::chrono::day(birth.day)};
    if (day.ok()) out.others[other - 1] = *PartialDate{birth.year, other, birth.day}.whole();
  }
  return out;
}

class Gathering {
 public:
  Gathering(const Candidates& in, Session& session) : in_(in), session_(session) {}

  // Whose numbers nobody has but whom we leave out anyway may be mistyped.
  void by_paper(const Record& sought, const std::set<PersonId>& leave_out, bool near) {
    std::vector<std::string> nobodys;
    for (const auto& key : sought.papers) {
      const auto owners = storage::with_paper(session_, store::Bytes{in_.vault.blind("people.paper", key)});
      same_paper.insert(owners.begin(), owners.end());
      take(owners);
      if (near && nobody(owners, leave_out)) nobodys.push_back(key.substr(key.find(':') + 1));
    }
    take(with_near_papers(session_, in_.vault, nobodys));
  }
  void by_phone(const Record& sought, const std::set<PersonId>& leave_out, bool near) {
    std::vector<std::string> nobodys;
    for (const auto& e164 : sought.phones) {
      auto owners = storage::with_phone(session_, store::Bytes{in_.vault.blind("people.phone", e164)});
      for (const AccountId account : in_.accounts.with_phone(session_, std::string_view(e164))) {
        const auto household = People::household_people(session_, account);
        owners.insert(owners.end(), household.begin(), household.end());
      }
      take(owners);
      if (near && nobody(owners, leave_out)) nobodys.push_back(e164);
    }
    take(with_near_phones(session_, in_.vault, in_.accounts, nobodys));
  }
  // Only who was born when it could still be, if all else that is sought were the same: `needed` of linkage.
  void by_birth(const PartialDate& birth, std::int64_t needed) {
    if (birth.day == 0) return;
    std::vector<Date> days{*birth.whole()};
    if (!linkage::year_only(birth)) {
      if (const auto other = linkage::swapped(birth); other && needed <= linkage::kDaySwapped)
        days.push_back(*other->whole());
      if (needed <= linkage::kDayOffByOne)
        for (const PartialDate& day : linkage::days_off_by_one(birth))
          if (!linkage::year_only(day)) days.push_back(*day.whole());  // else by_words finds them
    }
    for (auto& found : storage::born_on(session_, days, kOfDayMost)) take(std::move(found), kOfDayMost);
  }
  void by_words(const Record& sought, std::int64_t needed) {
    using storage::Born;
    const PartialDate& birth = *sought.birth;
    const bool only_year = linkage::year_only(birth);
    const bool day = !only_year && birth.day != 0;
    std::vector<storage::WordInYear> wanted;
    const auto words = leading_words(sought.name);
    const auto add = [&](int year, std::size_t most, Born born) {
      for (const auto& word : words)
        wanted.push_back({word, year, most, born, born == Born::kOnDays ? days_like(birth) : storage::DaysOfYear{}});
    };
    if (day && needed > linkage::kDayOfYear) {
      if (needed <= linkage::kYearSame) add(birth.year, kWithWordMost, Born::kYearAlone);
      if (needed <= linkage::kDayOnePart) add(birth.year, kWithWordMost, Born::kOnDays);
    } else if (needed <= (day || only_year ? linkage::kYearSame : linkage::kMonthSame)) {
      add(birth.year, kWithWordMost, Born::kThatYear);
    }
    if (needed <= linkage::kYearOffByOne) {
      const bool any = only_year || needed <= linkage::kBirthDiffers;
      for (const int year : {birth.year - 1, birth.year + 1})
        add(year, kWithWordNearMost, any ? Born::kThatYear : Born::kYearAlone);
    }
    if (needed <= 0) add(0, kWithWordNearMost, Born::kThatYear);
    auto found = storage::with_words(session_, wanted);
    for (std::size_t i = 0; i < found.size(); ++i) take(std::move(found[i]), wanted[i].most);
  }

  // Of whom no birth is told: whoever bears the name, as far as its two rarest words go.
  void by_name(const linkage::Name& name) {
    std::set<std::string> words;
    for (const auto& syllable : name.syllables) words.insert(syllable.plain);
    if (words.empty()) return;
    const auto names = storage::names_with(session_, best_term({words.begin(), words.end()}), kWithWordNearMost);
    complete = complete && names.size() < kWithWordNearMost;
    std::size_t seen = 0;
    for (auto one = names.begin(); one != names.end() && seen < kWithWordMost; ++one) {
      auto bearers = storage::bearers(session_, *one, {}, kWithWordNearMost);
      seen += bearers.size();
      take(std::move(bearers), kWithWordNearMost);
    }
    complete = complete && seen < kWithWordMost;
  }

  std::map<PersonId, PersonRow> rows;
  std::set<PersonId> same_paper;
  bool complete = true;

 private:
  static bool nobody(const std::vector<PersonId>& owners, const std::set<PersonId>& leave_out) {
    return std::all_of(owners.begin(), owners.end(), [&](PersonId id) { return leave_out.contains(id); });
  }
  void take(std::vector<PersonRow> found, std::size_t most) {
    complete = complete && found.size() < most;
    for (PersonRow& row : found) rows.try_emplace(row.id, std::move(row));
  }
  void take(const std::vector<PersonId>& ids) {
    for (auto& row : storage::find(session_, ids))
      if (row) rows.try_emplace(row->id, std::move(*row));
  }

  const Candidates& in_;
  Session& session_;
};

}  // namespace

Record Candidates::record_of(Session& session, const PersonRow& row) const {
  const Date today = local_date(db.clock().now());
  Record out = open_record(row, geography.responsible_commune(row.unit, today).value_or(row.unit));
  out.name = linkage::read_name(row.name);
  for (const PersonId id : known_as(session, row.id)) {
    for (const auto& paper : storage::papers_with_kind(session, id)) {
      const auto text = vault.unseal("people.paper", id_text(paper.id), paper.sealed.data);
      const auto number = text ? linkage::read_paper(paper.kind, *text) : std::nullopt;
      if (number) out.papers.push_back(number->key);
    }
    const auto contact = people.contact_of(session, id);
    if (!contact) continue;
    out.phones.insert(out.phones.end(), contact->phones.begin(), contact->phones.end());
    if (id == row.id && contact->address) out.address = words_of(*contact->address);
  }
  return out;
}

Record Candidates::record_of(const PersonDraft& draft) const {
  Record out;
  out.name = linkage::read_name(draft.name);
  out.birth = birth_of(draft.birth_date, draft.birth_year.value_or(0));
  out.sex = sex_of(draft.sex);
  const Date today = local_date(db.clock().now());
  if (draft.unit) out.unit = geography.responsible_commune(*draft.unit, today).value_or(*draft.unit).value;
  if (draft.address) out.address = words_of(*draft.address);
  if (draft.phone) out.phones.push_back(normalise_phone(*draft.phone).value());
  if (draft.paper) out.papers.push_back(linkage::read_paper(draft.paper->kind, draft.paper->number).value().key);
  return out;
}

Candidates::List Candidates::like(Session& session, const Record& sought, const std::set<PersonId>& leave_out,
                                  std::span<const UnitId> areas, Numbers numbers) const {
  Gathering gathered(*this, session);
  gathered.by_paper(sought, leave_out, numbers == Numbers::kNear);
  gathered.by_phone(sought, leave_out, numbers == Numbers::kNear);
  const std::int64_t needed = linkage::birth_needed(sought), dear = linkage::dear_most(sought);
  if (sought.birth) gathered.by_birth(*sought.birth, needed);
  if (sought.birth) gathered.by_words(sought, needed);
  if (!sought.birth) gathered.by_name(sought.name);

  const Date today = local_date(db.clock().now());
  // Comparing names is the dear part: it is left out where the best name could not matter. What lies outside the area
  // would only take the place of what is shown; a paper may belong to a record that counts as one of the area.
  const std::int64_t best_name = linkage::compare(sought.name, sought.name).points;
  std::vector<std::pair<std::int64_t, PersonId>> near;
  for (const auto& [id, row] : gathered.rows) {
    if (leave_out.contains(id)) continue;
    const bool paper = gathered.same_paper.contains(id);
    Record seen = open_record(row, geography.responsible_commune(row.unit, today).value_or(row.unit));
    const std::int64_t most = linkage::compare(sought, seen).points + best_name + dear;
    if (!paper && (most < linkage::kPrior || !geography.covers(areas, row.unit))) continue;
    seen.name = linkage::read_name(row.name);
    const std::int64_t points = linkage::compare(sought, seen).points;
    if (paper) near.emplace_back(-linkage::kPaperSame - points, id);
    if (!paper && points + dear >= linkage::kPrior) near.emplace_back(-points, id);
  }
  std::sort(near.begin(), near.end());
  List out;
  out.complete = gathered.complete && near.size() <= kNearMost;
  if (near.size() > kNearMost) near.resize(kNearMost);

  std::vector<PersonId> ids;
  for (const auto& each : near) ids.push_back(each.second);
  const auto kept = counts_as(session, ids);
  std::set<PersonId> once;
  for (const PersonId id : ids) {
    const auto counted = kept.find(id);
    const PersonId as = counted == kept.end() ? id : counted->second;
    if (leave_out.contains(as) || !once.insert(as).second) continue;
    const auto row = storage::find(session, as);
    if (!row || !geography.covers(areas, row->unit)) continue;
    auto likeness = linkage::compare(sought, record_of(session, *row));
    if (likeness.standing != linkage::Standing::kNone) out.found.push_back({*row, std::move(likeness)});
  }
  std::sort(out.found.begin(), out.found.end(), [](const Found& a, const Found& b) {
    return std::pair(-a.likeness.points, a.row.id) < std::pair(-b.likeness.points, b.row.id);
  });
  if (out.found.size() > kCandidatesMost) {
    out.found.resize(kCandidatesMost);
    out.complete = false;
  }
  return out;
}

}  // namespace luytre::people
