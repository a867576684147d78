// Lists of declarations for officers: the red and yellow ones of an area, of somebody or of a place, by when they
// arrived, both ways, and the same as a file.

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <unordered_set>

#include "modules/declarations/impl.h"
#include "modules/people/person_line.h"
#include "platform/base/sorted_cursor.h"
#include "platform/geography/within.h"
#include "platform/identity/taken_out.h"
#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::declarations {
namespace storage {
namespace {

enum class Among { kAll, kUnit, kThere, kPerson, kPlace };

struct Shape {
  Among among;
  bool oldest_first;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

constexpr std::size_t kScan = 200;  // of one person or place, filtered by area here

const char* key_of(Among among) {
  if (among == Among::kUnit) return "unit";
  if (among == Among::kThere) return "there";
  return among == Among::kPerson ? "person" : "place";
}

// Parameters: two colours, id after which, declared from and before, unit, person or place unless of all, of a person
// also a place, how many.
void add(store::Queries<Shape>& all, const Shape& shape) {
  int next = 6;
  const auto parameter = [&next] { return '$' + std::to_string(next++); };
  const bool whole = shape.among == Among::kPerson || shape.among == Among::kPlace;
  std::string which;
  if (shape.among != Among::kAll) which = std::string("\n    AND ") + key_of(shape.among) + " = " + parameter();
  if (shape.among == Among::kPerson) {
    const std::string place = parameter();
    which += "\n    AND (" + place + " IS NULL OR place = " + place + ")";
  }
  const std::string name =
      std::string("declarations.list_") + (shape.among == Among::kAll ? "all" : key_of(shape.among)) +
      (shape.oldest_first ? "_up" : "_down") + (shape.first > 0 ? "_first_" + std::to_string(shape.first) : "");
  const char* const columns =
      whole ? "person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until, "
              "declared_by, content, place, corrects, replaced_by, declared_as, declarer, channel"
            : "id";
  all.add(shape, name,
          std::string("SELECT ") + columns +
              "\n  FROM declarations_declaration\n"
              "  WHERE colour <> 'green' AND colour IN ($1, $2)" +
              which + "\n    AND id " + (shape.oldest_first ? ">" : "<") +
              " $3\n"
              "    AND at >= $4 AND at < $5\n"
              "  ORDER BY id" +
              (shape.oldest_first ? "" : " DESC") + "\n  LIMIT " +
              (shape.first > 0 ? std::to_string(shape.first) : parameter()));
}

const store::Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const Among among : {Among::kAll, Among::kUnit, Among::kThere, Among::kPerson, Among::kPlace})
      for (const bool oldest_first : {false, true})
        for (const std::size_t first : store::kLooks) add(out, {among, oldest_first, first});
    return out;
  }();
  return all.of(shape);
}

struct Spot {
  DeclarationId id;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (id))

bool before(const FlaggedSearch& search, DeclarationId a, DeclarationId b) {
  return search.oldest_first ? a < b : b < a;
}

store::Row values_of(const FlaggedSearch& search, DeclarationId after) {
  return store::values(search.colour.value_or(Colour::kRed), search.colour.value_or(Colour::kYellow), after,
                       search.from, search.to);
}

// Of certain people, or at a place, whatever the area: the next kScan.
std::vector<DeclarationRow> scanned(store::Session& session, const FlaggedSearch& search, DeclarationId after) {
  std::vector<store::Row> looks;
  const auto add_look = [&](const auto& of) {
    looks.push_back(values_of(search, after));
    looks.back().push_back(store::to_value(of));
    if (search.persons) looks.back().push_back(store::to_value(search.place));
    looks.back().push_back(store::to_value(kScan));
  };
  if (!search.persons) add_look(*search.place);
  for (const PersonId person : search.persons.value_or(std::vector<PersonId>{})) add_look(person);
  const Among among = search.persons ? Among::kPerson : Among::kPlace;
  std::vector<DeclarationRow> out;
  for (auto& found : session.each<DeclarationRow>(query_of({among, search.oldest_first, 0}), looks))
    out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return before(search, a.id, b.id); });
  if (out.size() > kScan) out.resize(kScan);
  return out;
}

// Those of them that lie in the area.
std::vector<DeclarationRow> looked_up(store::Session& session, std::span<const UnitId> units,
                                      const FlaggedSearch& search, std::size_t most) {
  const std::unordered_set<UnitId> visible(units.begin(), units.end());
  DeclarationId after = search.after;
  std::vector<DeclarationRow> out;
  while (out.size() < most) {
    auto rows = scanned(session, search, after);
    for (auto& row : rows) {
      after = row.id;
      const bool seen = units.empty() || visible.contains(row.unit) || (row.there && visible.contains(*row.there));
      if (seen && out.size() < most) out.push_back(std::move(row));
    }
    if (rows.size() < kScan) break;
  }
  return out;
}

}  // namespace

std::vector<DeclarationRow> flagged(store::Session& session, std::span<const UnitId> units, const FlaggedSearch& search,
                                    std::size_t most) {
  if (search.persons || search.place) return looked_up(session, units, search, most);
  std::vector<Spot> found;
  if (units.empty()) {
    found = store::one_look<Spot>(session, query_of({Among::kAll, search.oldest_first, 0}),
                                  values_of(search, search.after), most);
  } else {
    // Of who lives there, and of what was asked for there.
    const auto query = [&](std::size_t kind, std::size_t first) -> const store::Query& {
      return query_of({kind == 0 ? Among::kUnit : Among::kThere, search.oldest_first, first});
    };
    const auto row = [&](std::size_t at, const Spot& from) {
      store::Row look = values_of(search, from.id);
      look.push_back(store::to_value(units[at]));
      return look;
    };
    const auto order = [&](const Spot& a, const Spot& b) { return before(search, a.id, b.id); };
    found = store::paged(session, 2, units.size(), most, Spot{search.after}, query, row, order);
  }
  std::vector<DeclarationId> ids;
  for (const Spot& one : found) ids.push_back(one.id);
  return find_each(session, ids);
}

}  // namespace storage

namespace {

// Whose declarations are looked for; absent: anybody's.
Result<std::optional<std::vector<PersonId>>> asked_people(store::Session& session, const people::People& people,
                                                          const FlaggedFilter& filter) {
  std::optional<std::vector<PersonId>> out;
  if (filter.who) {
    auto found = people.matching(session, *filter.who, http::kPageUsual);
    if (!found) return found.error();
    out = std::move(*found);
  }
  if (filter.person) {
    const bool fits = !out || std::find(out->begin(), out->end(), *filter.person) != out->end();
    out = fits ? std::vector<PersonId>{*filter.person} : std::vector<PersonId>{};
  }
  return out;
}

const identity::Action kTakeOut{
    "declarations.take_out", Purpose::kDeclarationReview, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

storage::FlaggedSearch search_of(const FlaggedFilter& filter, DeclarationId after) {
  storage::FlaggedSearch out;
  out.colour = filter.colour;
  out.place = filter.place;
  out.from = filter.from.value_or(Instant{std::numeric_limits<std::int64_t>::min()});
  out.to = filter.to.value_or(Instant{std::numeric_limits<std::int64_t>::max()});
  out.after = after;
  out.oldest_first = filter.oldest_first;
  return out;
}

}  // namespace

Task<Result<http::Page<Flagged>>> Declarations::flagged(const Caller& caller, FlaggedFilter filter,
                                                        std::optional<std::string> cursor, std::size_t limit) const {
  // What a list stands by is the id alone: they are made in the order of arrival.
  const std::string sorted = filter.oldest_first ? "ascending" : "descending";
  const auto after = start_of(cursor, sorted, !filter.oldest_first);
  if (!after) return refused<http::Page<Flagged>>(after.error());
  if (filter.colour == Colour::kGreen) return refused<http::Page<Flagged>>(wrong_field("?colour", "choice"));
  auto area = geography::within_or_above(impl_->geography, impl_->access.areas(caller, kList), filter.unit);
  if (!area) return refused<http::Page<Flagged>>(kNotPermitted);
  const bool looking = filter.person || filter.who;
  if (looking && filter.reason.empty()) return refused<http::Page<Flagged>>(identity::kReasonRequired);
  return impl_->db.transact([impl = impl_.get(), caller, area = std::move(*area), filter = std::move(filter), looking,
                             sorted, after = DeclarationId{after->number},
                             limit](store::Session& s) -> Result<http::Page<Flagged>> {
    auto persons_asked = asked_people(s, impl->people, filter);
    if (!persons_asked) return persons_asked.error();
    storage::FlaggedSearch search = search_of(filter, after);
    search.persons = std::move(*persons_asked);
    const auto units = area.everywhere ? std::vector<UnitId>() : area.units;
    auto rows = storage::flagged(s, units, search, limit + 1);
    http::Page<Flagged> page;
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = end_of(sorted, {rows.back().id.value, rows.back().id.value});
    }
    std::vector<PersonId> persons;
    for (const auto& row : rows) persons.push_back(row.person);
    const auto briefs = impl->people.briefs(s, persons);
    auto declarers = impl->declarers(s, rows, true);
    const identity::Action& action = looking ? kSearch : kList;
    std::vector<identity::Subject> shown;
    for (const auto& row : rows)
      shown.push_back({row.person, impl->unit_for(caller, action, row),
                       looking ? filter.reason : identity::note(identity::LogNote::kListOfDeclarations)});
    if (auto allowed = impl->access.require_each(s, caller, action, shown); !allowed) return allowed.error();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& row = rows[i];
      Flagged item{row.id,
                   {},
                   row.form,
                   row.at,
                   row.colour,
                   row.unit,
                   impl->geography.path_text(row.unit),
                   row.valid_until,
                   row.replaced_by.has_value(),
                   std::move(declarers[i])};
      if (const auto brief = briefs.find(row.person); brief != briefs.end()) item.person = brief->second;
      item.person.id = row.person;
      page.items.push_back(std::move(item));
    }
    return page;
  });
}

Task<Result<http::Reply>> Declarations::take_out(const Caller& caller, UnitId unit, DeclarationsOut wanted) const {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeOut, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    if (!impl->geography.find(unit)) return kNotFound;
    if (wanted.colour == Colour::kGreen) return wrong_field("/colour", "choice");
    FlaggedFilter filter;
    filter.colour = wanted.colour;
    filter.place = wanted.place;
    filter.from = wanted.from;
    filter.to = wanted.to;
    const DeclarationId newest{std::numeric_limits<std::int64_t>::max()};
    const auto units = impl->geography.covered(unit);
    const auto rows = storage::flagged(s, units, search_of(filter, newest), identity::kListOutMost + 1);
    if (rows.size() > identity::kListOutMost) return identity::list_too_long();
    std::vector<identity::Subject> shown;
    std::set<PersonId> known;
    for (const auto& row : rows)
      if (known.insert(row.person).second)
        shown.push_back({row.person, impl->unit_for(caller, kTakeOut, row), std::string(wanted.reason)});
    const auto declarers = impl->declarers(s, rows, false);
    const Instant now = impl->db.clock().now();
    tables::Sheet sheet;
    sheet.columns = people::person_heads({"form", "declaredAt", "result"}, {"validUntil", "corrected", "declaredBy"});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto person = impl->people.written(s, rows[i].person);
      if (!person) continue;
      using tables::Cell;
      sheet.rows.push_back(
          people::person_line({rows[i].form, to_text(rows[i].at), json::enum_text(rows[i].colour)}, *person,
                              {to_text(rows[i].valid_until), std::string(rows[i].replaced_by ? "yes" : "no"),
                               declarers[i] ? Cell(json::enum_text(declarers[i]->kind)) : Cell()},
                              impl->geography, local_date(now)));
    }
    return identity::unit_file(s, impl->access, impl->geography, caller, kTakeOut,
                               {unit, "declarations", "luytre-declarations-", wanted.reason, wanted.format,
                                std::move(sheet), std::move(shown)},
                               now);
  });
}

}  // namespace luytre::declarations
