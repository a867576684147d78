#include "modules/people/name_search.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <tuple>

#include "modules/people/merge_storage.h"
#include "modules/people/name_storage.h"
#include "modules/people/name_terms.h"

namespace luytre::people {
namespace {

using storage::PersonRow;
using store::Session;

constexpr std::size_t kFewUnits = 40;  // an area that is asked unit by unit
constexpr std::size_t kAtOnce = 64;    // bearers of one name
constexpr std::size_t kFirstNames = 4, kNamesAtOnce = 64;

void cut(Hits& hits, std::size_t most) {
  if (hits.rows.size() <= most) return;
  hits.rows.resize(most);
  hits.complete = false;
}

// ---- of one year ----

struct RankedPerson {
  NameFit fit;
  PersonRow row;
};
bool nearer(const RankedPerson& a, const RankedPerson& b) {
  return std::tuple(a.fit.slips, -a.fit.points, std::string_view(a.row.name), a.row.unit, a.row.birth_year, a.row.id) <
         std::tuple(b.fit.slips, -b.fit.points, std::string_view(b.row.name), b.row.unit, b.row.birth_year, b.row.id);
}

class OfYear {
 public:
  OfYear(Session& session, const AskedName& asked, const Search& search, const Areas& areas, bool tolerant)
      : session_(session), asked_(asked), search_(search), areas_(areas), tolerant_(tolerant) {}

  Hits answer(std::size_t most) {
    const auto rarest = rarest_first(asked_.words);
    Hits out;
    out.complete = look(rarest.front());
    const auto exact =
        std::count_if(found_.begin(), found_.end(), [](const auto& one) { return one.second.fit.slips == 0; });
    if (tolerant_ && static_cast<std::size_t>(exact) <= most) {
      if (rarest.size() > 1) look(rarest[1]);
      if (!asked_.meant.empty()) look(rarest_first(asked_.meant).front());
    }
    std::vector<RankedPerson> all;
    for (auto& [id, one] : found_) all.push_back(std::move(one));
    std::sort(all.begin(), all.end(), nearer);
    for (RankedPerson& one : all) out.rows.push_back(std::move(one.row));
    cut(out, most);
    return out;
  }

 private:
  // Whether all who bear the word were looked at.
  bool look(const std::string& word) {
    const std::int64_t year = search_.birth_date ? year_of(*search_.birth_date) : *search_.birth_year;
    const storage::WordInYear wanted{word, year, kOfYearMost, {}, {}};
    auto rows = std::move(storage::with_words(session_, std::span(&wanted, 1)).front());
    const bool all = rows.size() < kOfYearMost;
    for (PersonRow& row : rows) {
      if (!areas_.contain(row.unit) || !born_as(row, search_)) continue;
      const auto [known, fresh] = fits_.try_emplace(row.name);
      if (fresh) known->second = fit(asked_, row.name, tolerant_);
      if (known->second) found_.try_emplace(row.id, RankedPerson{*known->second, std::move(row)});
    }
    return all;
  }

  Session& session_;
  const AskedName& asked_;
  const Search& search_;
  const Areas& areas_;
  const bool tolerant_;
  std::map<std::string, std::optional<NameFit>> fits_;
  std::map<PersonId, RankedPerson> found_;
};

// ---- of any age ----

struct RankedName {
  NameFit fit;
  std::string name;
};

class OfAnyAge {
 public:
  OfAnyAge(Session& session, const AskedName& asked, const Areas& areas, std::size_t most, bool tolerant)
      : session_(session), asked_(asked), areas_(areas), most_(most), tolerant_(tolerant) {}

  Hits answer() {
    const bool all = names_with(best_term(asked_.words), 0);
    out_.complete = all;
    read();
    if (tolerant_ && !full()) {
      const bool nobody = out_.rows.empty();
      for (const std::string& term : terms_beside_a_slip())
        if (!names_with(term, 1) && nobody) out_.complete = false;
      read();
    }
    cut(out_, most_);
    return std::move(out_);
  }

 private:
  bool full() const { return stopped_ || out_.rows.size() > most_; }

  std::set<std::string> terms_beside_a_slip() const {
    std::set<std::string> out;
    for (std::size_t i = 0; asked_.words.size() > 1 && i < asked_.words.size(); ++i) {
      auto others = asked_.words;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      out.insert(best_term(others));
    }
    if (!asked_.meant.empty()) out.insert(best_term(asked_.meant));
    return out;
  }

  // Takes the names that are just so many slips apart; answers whether all under the term were looked at.
  bool names_with(const std::string& term, int slips_apart) {
    const auto names = storage::names_with(session_, term, kNamesMost);
    for (const std::string& name : names) {
      if (slips(asked_, name, tolerant_) != slips_apart || !taken_.insert(name).second) continue;
      names_.push_back({*fit(asked_, name, tolerant_), name});
    }
    return names.size() < kNamesMost;
  }

  // Who bears the names taken, the nearest name first.
  void read() {
    std::sort(names_.begin(), names_.end(), [](const RankedName& a, const RankedName& b) {
      return std::tuple(-a.fit.points, std::string_view(a.name)) < std::tuple(-b.fit.points, std::string_view(b.name));
    });
    const bool few = !areas_.everywhere() && areas_.units().size() <= kFewUnits;
    std::size_t step = kFirstNames;
    for (std::size_t at = 0; at < names_.size() && !full(); step = std::min(step * 2, kNamesAtOnce)) {
      const auto some = std::span(names_).subspan(at, std::min(step, names_.size() - at));
      at += some.size();
      if (few) {
        read_units(some);
      } else {
        read_all(some);
      }
    }
    names_.clear();
  }

  void read_units(std::span<const RankedName> names) {
    std::vector<storage::NameInUnit> wanted;
    for (const RankedName& one : names)
      for (const UnitId unit : areas_.units()) wanted.push_back({one.name, unit});
    for (auto& rows : storage::bearers(session_, wanted, most_ + 1))
      for (PersonRow& row : rows) out_.rows.push_back(std::move(row));
  }

  void read_all(std::span<const RankedName> names) {
    for (const RankedName& one : names) {
      storage::BearerPosition after;
      for (bool more = go_on(after); more && !full();) {
        auto rows = storage::bearers(session_, one.name, after, kAtOnce);
        more = rows.size() == kAtOnce;
        if (more) {
          after = {rows.back().unit, rows.back().birth_year, rows.back().id};
          more = go_on(after);
        }
        seen_ += rows.size();
        for (PersonRow& row : rows)
          if (areas_.contain(row.unit)) out_.rows.push_back(std::move(row));
        if (seen_ >= kBearersMost) {
          stopped_ = true;
          out_.complete = false;
        }
      }
      if (full()) return;
    }
  }

  // Over the units that the areas have not; false: none of theirs is left. Bearers are read by unit.
  bool go_on(storage::BearerPosition& after) const {
    if (areas_.everywhere()) return true;
    const auto next = std::lower_bound(areas_.units().begin(), areas_.units().end(), after.unit);
    if (next == areas_.units().end()) return false;
    if (*next != after.unit) after = {*next, -1, PersonId{}};
    return true;
  }

  Session& session_;
  const AskedName& asked_;
  const Areas& areas_;
  const std::size_t most_;
  const bool tolerant_;
  std::set<std::string> taken_;
  std::vector<RankedName> names_;
  std::size_t seen_ = 0;
  bool stopped_ = false;
  Hits out_;
};

// 1 January stands for a day that nobody knew.
bool in_month(Date born, std::int64_t month) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(born.days))};
  const auto of = static_cast<unsigned>(day.month());
  return of == month || (of == 1 && static_cast<unsigned>(day.day()) == 1);
}

}  // namespace

bool named_as(const PersonRow& row, const Search& search) {
  return !search.name || slips(read_asked(*search.name), row.name, false).has_value();
}

bool born_as(const PersonRow& row, const Search& search) {
  if (search.birth_month && row.birth_date && !in_month(*row.birth_date, *search.birth_month)) return false;
  if (search.birth_date && row.birth_date) return *row.birth_date == *search.birth_date;
  if (search.birth_date) return row.birth_year == year_of(*search.birth_date);
  return !search.birth_year || row.birth_year == *search.birth_year;
}

Hits by_name(Session& session, const Search& search, const Areas& areas, std::size_t most, bool tolerant) {
  const AskedName asked = read_asked(*search.name);
  if (asked.words.empty()) return {};
  if (search.birth_date || search.birth_year) return OfYear(session, asked, search, areas, tolerant).answer(most);
  return OfAnyAge(session, asked, areas, most, tolerant).answer();
}

Hits by_birth(Session& session, Date born, const Areas& areas, std::size_t most) {
  Hits out;
  out.rows = std::move(storage::born_on(session, std::span(&born, 1), kBornMost).front());
  out.complete = out.rows.size() < kBornMost;
  std::erase_if(out.rows, [&](const PersonRow& row) { return !areas.contain(row.unit); });
  std::sort(out.rows.begin(), out.rows.end(), [](const PersonRow& a, const PersonRow& b) {
    return std::tuple(std::string_view(a.name), a.unit, a.id) < std::tuple(std::string_view(b.name), b.unit, b.id);
  });
  cut(out, most);
  return out;
}

}  // namespace luytre::people
