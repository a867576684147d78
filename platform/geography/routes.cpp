#include "platform/geography/geography.h"
#include "platform/http/router.h"

namespace luytre::geography {
namespace {

constexpr std::size_t kMostFound = 20;

struct Units {
  std::vector<Unit> items;
};
BOOST_DESCRIBE_STRUCT(Units, (), (items))

struct FoundUnit {
  Unit unit;
  std::string path;
};
BOOST_DESCRIBE_STRUCT(FoundUnit, (), (unit, path))

struct FoundUnits {
  std::vector<FoundUnit> items;
};
BOOST_DESCRIBE_STRUCT(FoundUnits, (), (items))

struct Relative {
  Unit unit;
  bool whole;
  double share;
  Date on;
};
BOOST_DESCRIBE_STRUCT(Relative, (), (unit, whole, share, on))

struct UnitPage {
  Unit unit;
  std::string path;
  std::vector<Unit> ancestors;
  std::vector<Relative> successors;
  std::vector<Relative> predecessors;
};
BOOST_DESCRIBE_STRUCT(UnitPage, (), (unit, path, ancestors, successors, predecessors))

template <class T>
Task<Result<T>> answer_now(Result<T> result) {
  co_return result;
}

// ?at=, else today.
Result<Date> asked_day(const http::Call& call, const Clock& clock) {
  const auto text = call.query("at");
  if (!text) return local_date(clock.now());
  const auto date = parse_date(*text);
  if (!date) return Error(kInvalid, std::vector<FieldError>{{"?at", "format", {{"expected", "date"}}}});
  return *date;
}

std::vector<Unit> copies(const std::vector<const Unit*>& units) {
  std::vector<Unit> out;
  for (const Unit* unit : units) out.push_back(*unit);
  return out;
}

Result<Units> list(const Geography& geography, const http::Call& call, const Clock& clock) {
  const auto day = asked_day(call, clock);
  if (!day) return day.error();
  const auto parent = call.query_id<UnitId>("parent");
  if (parent && !geography.find(*parent)) return kNotFound;
  return Units{copies(geography.children(parent, *day))};
}

Result<FoundUnits> search(const Geography& geography, const http::Call& call, const Clock& clock) {
  const auto day = asked_day(call, clock);
  if (!day) return day.error();
  FoundUnits out;
  for (const Unit* unit : geography.search(call.query("q").value_or(""), *day, kMostFound))
    out.items.push_back({*unit, geography.path_text(unit->id)});
  return out;
}

Result<UnitPage> page(const Geography& geography, UnitId id) {
  const Unit* unit = geography.find(id);
  if (!unit) return kNotFound;
  UnitPage out{*unit, geography.path_text(id), copies(geography.ancestors(id)), {}, {}};
  for (const Lineage& edge : geography.successors(id))
    out.successors.push_back({*geography.find(edge.to), edge.whole, edge.share, edge.on});
  for (const Lineage& edge : geography.predecessors(id))
    out.predecessors.push_back({*geography.find(edge.from), edge.whole, edge.share, edge.on});
  return out;
}

}  // namespace

void routes(http::Router& router, const Geography& geography, const Clock& clock) {
  router.get("/units")
      .summary("Units below one; without a parent, the provinces")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kInvalid, kNotFound})
      .query("parent", "id", "the unit above")
      .query("at", "date", "as of this day; today if absent")
      .handle([&geography, &clock](http::Call& call) -> Task<Result<Units>> {
        return answer_now(list(geography, call, clock));
      });
  router.get("/units/search")
      .summary("Units by name, with or without diacritics")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kInvalid})
      .query("q", "string", "words of the name, and of what it lies in", true)
      .query("at", "date", "as of this day; today if absent")
      .handle([&geography, &clock](http::Call& call) -> Task<Result<FoundUnits>> {
        return answer_now(search(geography, call, clock));
      });
  router.get("/units/{id}")
      .summary("A unit, what it lies in, what it was and what it became")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kNotFound})
      .handle([&geography](http::Call& call) -> Task<Result<UnitPage>> {
        return answer_now(page(geography, call.id<UnitId>()));
      });
}

}  // namespace luytre::geography
