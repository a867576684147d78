#include "modules/places/stated.h"

#include <cmath>
#include <stdexcept>

#include "modules/places/impl.h"

namespace luytre::places {
namespace {

constexpr double kParts = 10'000;  // of a degree

struct StatedRow {
  std::int64_t id = 0;
  PlaceId place;
  Instant since;
  AccountId stated_by;
  std::string hours;
  std::optional<std::int64_t> latitude, longitude;
};
BOOST_DESCRIBE_STRUCT(StatedRow, (), (id, place, since, stated_by, hours, latitude, longitude))

constexpr store::Query kInsert{"places.state", R"sql(
  INSERT INTO places_stated (id, place, since, stated_by, hours, latitude, longitude)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr store::Query kOfPlace{"places.stated", R"sql(
  SELECT id, place, since, stated_by, hours, latitude, longitude
  FROM places_stated
  WHERE place = $1
  ORDER BY since, id)sql"};

Stated read(const StatedRow& row) {
  auto hours = json::parse<std::vector<Opening>>(row.hours);
  if (!hours) throw std::runtime_error("the hours of a place are not readable");
  Stated out;
  out.hours = std::move(*hours);
  out.since = row.since;
  if (row.latitude && row.longitude)
    out.point = Point{static_cast<double>(*row.latitude) / kParts, static_cast<double>(*row.longitude) / kParts};
  return out;
}

std::vector<FieldError> check(const Statement& statement) {
  auto wrong = check(statement.hours);
  const auto within = [&](double value, double most, const char* pointer) {
    if (std::abs(value) <= most) return;
    const std::string limit = std::to_string(static_cast<int>(most));
    wrong.push_back({pointer, "range", {{"least", '-' + limit}, {"most", limit}}});
  };
  if (statement.point) {
    within(statement.point->latitude, 90, "/point/latitude");
    within(statement.point->longitude, 180, "/point/longitude");
  }
  return wrong;
}

}  // namespace

std::map<PlaceId, std::vector<Stated>> stated(store::Session& session, std::span<const PlaceId> places) {
  std::map<PlaceId, std::vector<Stated>> out;
  std::vector<store::Row> looks;
  for (const PlaceId place : places) looks.push_back({store::to_value(place)});
  if (looks.empty()) return out;
  for (const auto& rows : session.each<StatedRow>(kOfPlace, looks))
    for (const auto& row : rows) out[row.place].push_back(read(row));
  return out;
}

Task<Result<Statement>> Places::stated(const Caller& caller, PlaceId place) const {
  return impl_->db.read([this, caller, place](store::Session& s) -> Result<Statement> {
    if (auto allowed = require_keeping(s, caller, place); !allowed) return allowed.error();
    const auto all = places::stated(s, std::span(&place, 1));
    return all.empty() ? Statement{} : Statement(all.begin()->second.back());
  });
}

Task<Result<Statement>> Places::state(const Caller& caller, PlaceId place, Statement statement) {
  auto wrong = check(statement);
  if (!wrong.empty()) return refused<Statement>(Error(kInvalid, std::move(wrong)));
  return impl_->db.transact(
      [this, caller, place, statement = std::move(statement)](store::Session& s) -> Result<Statement> {
        if (auto allowed = require_editing(s, caller, place); !allowed) return allowed.error();
        StatedRow row;
        row.id = impl_->db.ids().next();
        row.place = place;
        row.since = impl_->clock.now();
        row.stated_by = caller.account;
        row.hours = json::text(statement.hours);
        if (statement.point) {
          row.latitude = std::llround(statement.point->latitude * kParts);
          row.longitude = std::llround(statement.point->longitude * kParts);
        }
        s.run(kInsert, row.id, row.place, row.since, row.stated_by, row.hours, row.latitude, row.longitude);
        return Statement(read(row));
      });
}

}  // namespace luytre::places
