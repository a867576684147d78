#include "modules/tracing/contact_lists_read.h"

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <utility>

#include "platform/base/cursor.h"
#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::tracing {
namespace {

using cases::SortOrder;
using store::Session;

struct Shape {
  ContactSort sort;
  SortOrder order;
  bool everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

const char* key_of(ContactSort sort) {
  switch (sort) {
    case ContactSort::kExposure:
      return "exposed_since";
    case ContactSort::kRisk:
      return "risk";
    case ContactSort::kDecision:
      break;
  }
  return "by_decision";
}

void add(store::Queries<Shape>& all, const Shape& shape) {
  const std::string key = key_of(shape.sort);
  const bool up = shape.order == SortOrder::kAscending;
  const std::string turn = up ? "" : " DESC";
  std::string name = "tracing.contacts_" + json::enum_text(shape.sort) + (up ? "_up" : "_down") +
                     (shape.everywhere ? "" : "_of_unit") +
                     (shape.first > 0 ? "_first_" + std::to_string(shape.first) : "");
  std::string sql =
      "SELECT " + key + ", id\n  FROM tracing_candidate\n  WHERE " + (shape.everywhere ? "" : "unit = $8 AND ") + "(" +
      key + ", id) " + (up ? ">" : "<") +
      " ($1, $2)\n"
      // As one condition, of which the planners know nothing: it neither says which index to read, nor lets
      // PostgreSQL think that hardly anything fits and all of a unit may as well be read and sorted.
      "    AND CASE WHEN ($3 IS NULL OR status = $3)\n"
      "      AND ($4 IS NULL OR class = $4)\n"
      "      AND ($5 IS NULL OR level = $5)\n"
      "      AND ($6 IS NULL OR (SELECT c.disease FROM cases_pub_case c WHERE c.id = tracing_candidate.case_id)"
      " = $6)\n"
      "      AND ($7 IS NULL OR case_id = $7) THEN TRUE ELSE FALSE END\n  ORDER BY " +
      key + turn + ", id" + turn + "\n  LIMIT " +
      (shape.first > 0    ? std::to_string(shape.first)
       : shape.everywhere ? "$8"
                          : "$9");
  all.add(shape, std::move(name), std::move(sql));
}

const store::Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const ContactSort sort : {ContactSort::kExposure, ContactSort::kRisk, ContactSort::kDecision})
      for (const SortOrder order : {SortOrder::kAscending, SortOrder::kDescending})
        for (const bool everywhere : {true, false})
          for (const std::size_t first : store::kLooks) add(out, {sort, order, everywhere, first});
    return out;
  }();
  return all.of(shape);
}

constexpr const char* kRowsOf =
    "SELECT t.id, t.case_id, t.person, t.unit, t.level, t.exposed_since, t.risk, t.status, t.class, t.assigned_at, "
    "c.disease\n  FROM tracing_candidate t\n  JOIN cases_pub_case c ON c.id = t.case_id\n  WHERE ";

constexpr const char* kOfDisease =
    "classification IN ('suspect', 'probable', 'confirmed', 'discarded') AND disease = $1";  // as the cases' index

// What few contacts may have.
const store::Ways& ways() {
  static const store::Ways all = [] {
    store::Ways out;
    const auto add = [&](const char* of, const std::string& ones, const std::string& where, int parameters) {
      out.add(of, parameters, std::string("tracing.count_contacts_") + of, ones,
              std::string("tracing.contacts_by_") + of, kRowsOf + where);
    };
    const std::string one = "SELECT 1 AS one FROM tracing_candidate WHERE ";
    add("status", one + "status = $1", "t.status = $1", 1);
    add("status_and_class", one + "status = $1 AND class = $2", "t.status = $1 AND t.class = $2", 2);
    const std::string of_class = "status IN ('open', 'assigned', 'dismissed', 'withdrawn') AND class = $1";
    add("class", one + of_class, "t." + of_class, 1);
    add("level", one + "level = $1", "t.level = $1", 1);
    add("case", one + "case_id = $1", "t.case_id = $1", 1);
    // A case without contacts counts as one: where there are many cases, their contacts are not all looked for.
    add("disease",
        std::string("SELECT 1 AS one FROM (SELECT id FROM cases_pub_case WHERE ") + kOfDisease +
            " LIMIT $2) AS c LEFT JOIN tracing_candidate t ON t.case_id = c.id",
        std::string("t.case_id IN (SELECT id FROM cases_pub_case WHERE ") + kOfDisease + ")", 1);
    return out;
  }();
  return all;
}

std::vector<store::Way> ways_of(const ContactFilter& f) {
  std::vector<store::Way> out;
  if (f.status && f.class_) {
    out.push_back(ways().with("status_and_class", {store::to_value(*f.status), store::to_value(*f.class_)}));
  } else if (f.status) {
    out.push_back(ways().with("status", {store::to_value(*f.status)}));
  } else if (f.class_) {
    out.push_back(ways().with("class", {store::to_value(*f.class_)}));
  }
  if (f.level) out.push_back(ways().with("level", {store::to_value(*f.level)}));
  if (f.case_) out.push_back(ways().with("case", {store::to_value(*f.case_)}));
  if (f.disease) out.push_back(ways().with("disease", {store::to_value(*f.disease)}));
  return out;
}

std::vector<ContactRow> rows_of(Session& session, const std::vector<CandidateId>& ids) {
  static const std::string sql = std::string(kRowsOf) + "t.id = $1";
  static const store::Query query{"tracing.contact_row", sql.c_str()};
  std::vector<store::Row> looks;
  for (const CandidateId id : ids) looks.push_back({store::to_value(id)});
  std::vector<ContactRow> out;
  for (auto& found : session.each<ContactRow>(query, looks))
    for (ContactRow& one : found) out.push_back(std::move(one));
  return out;
}

bool fits(const ContactRow& one, const ContactFilter& f) {
  return f.status.value_or(one.status) == one.status && (!f.class_ || f.class_ == one.assigned_class) &&
         f.level.value_or(one.level) == one.level && f.disease.value_or(one.disease) == one.disease &&
         f.case_.value_or(one.case_id) == one.case_id;
}

// Of these rows those that the list holds, all of them, in its order.
std::vector<ContactRow> chosen(std::vector<ContactRow> from, const ContactsAsked& asked) {
  const ContactSort sort = sort_of(asked.filter);
  const bool up = order_of(asked.filter) == SortOrder::kAscending;
  const auto before = [&](const ContactSpot& a, const ContactSpot& b) { return up ? a < b : b < a; };
  const std::unordered_set<UnitId> units(asked.units.begin(), asked.units.end());
  std::erase_if(from, [&](const ContactRow& one) {
    return (!asked.everywhere && !units.contains(one.unit)) || !fits(one, asked.filter) ||
           (asked.after && !before(*asked.after, spot_of(one, sort)));
  });
  std::sort(from.begin(), from.end(),
            [&](const ContactRow& a, const ContactRow& b) { return before(spot_of(a, sort), spot_of(b, sort)); });
  return from;
}

// Rows of the list after that spot, read from the index of its order.
std::vector<ContactSpot> scanned(Session& session, const ContactsAsked& asked, const ContactSpot& start,
                                 std::size_t most) {
  const ContactFilter& f = asked.filter;
  const ContactSort sort = sort_of(f);
  const SortOrder order = order_of(f);
  const auto values = [&](const ContactSpot& after) {
    return store::Row{store::to_value(after.key), store::to_value(after.id), store::to_value(f.status),
                      store::to_value(f.class_),  store::to_value(f.level),  store::to_value(f.disease),
                      store::to_value(f.case_)};
  };
  if (asked.everywhere) {
    store::Row one = values(start);
    one.push_back(store::to_value(most));
    return store::all_of<ContactSpot>(session, query_of({sort, order, true, 0}), one);
  }
  const auto query = [&](std::size_t, std::size_t first) -> const store::Query& {
    return query_of({sort, order, false, first});
  };
  const auto row = [&](std::size_t unit, const ContactSpot& after) {
    store::Row look = values(after);
    look.push_back(store::to_value(asked.units[unit]));
    return look;
  };
  const auto before = [&](const ContactSpot& a, const ContactSpot& b) {
    return order == SortOrder::kAscending ? a < b : b < a;
  };
  return store::paged(session, 1, asked.units.size(), most, start, query, row, before);
}

ContactSpot beginning(const ContactsAsked& asked) {
  if (asked.after) return *asked.after;
  const bool up = order_of(asked.filter) == SortOrder::kAscending;
  return {up ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max(), {}};
}

// Which of them are followed as asked, the first `most`: their places.
std::vector<std::size_t> followed_among(Session& session, std::span<const CandidateId> ids, Followed as,
                                        const ContactLists::FollowUpsOf& follow_ups_of, std::size_t most) {
  std::vector<std::size_t> out;
  const auto known = follow_ups_of(session, ids);
  for (std::size_t i = 0; i < ids.size() && out.size() < most; ++i)
    if ((known[i] ? known[i]->state : Followed::kNone) == as) out.push_back(i);
  return out;
}

constexpr std::size_t kAtOnce = 500, kAtOnceMost = 4000;  // asked about together, more each time

std::vector<ContactRow> first_of(Session& session, std::vector<ContactRow> all, const ContactsAsked& asked,
                                 const ContactLists::FollowUpsOf& follow_ups_of) {
  if (!asked.filter.follow_up) {
    if (all.size() > asked.most) all.resize(asked.most);
    return all;
  }
  std::vector<CandidateId> ids;
  for (const ContactRow& one : all) ids.push_back(one.id);
  std::vector<ContactRow> out;
  for (std::size_t from = 0; from < all.size() && out.size() < asked.most; from += kAtOnce) {
    const auto some = std::span(ids).subspan(from, std::min(kAtOnce, ids.size() - from));
    for (const std::size_t i :
         followed_among(session, some, *asked.filter.follow_up, follow_ups_of, asked.most - out.size()))
      out.push_back(std::move(all[from + i]));
  }
  return out;
}

ContactsFound read_on(Session& session, const ContactsAsked& asked, const ContactLists::FollowUpsOf& follow_ups_of) {
  ContactSpot start = beginning(asked);
  if (!asked.filter.follow_up) {
    std::vector<CandidateId> ids;
    for (const ContactSpot& spot : scanned(session, asked, start, asked.most)) ids.push_back(spot.id);
    return {rows_of(session, ids), std::nullopt};
  }
  std::vector<CandidateId> found;
  std::optional<ContactSpot> on;
  const std::size_t enough = asked.looked_at.value_or(std::numeric_limits<std::size_t>::max());
  std::size_t most = std::min(std::max(kAtOnce, asked.most), enough);
  std::size_t looked_at = 0;
  while (found.size() < asked.most) {
    const std::vector<ContactSpot> spots = scanned(session, asked, start, most);
    std::vector<CandidateId> ids;
    for (const ContactSpot& spot : spots) ids.push_back(spot.id);
    for (const std::size_t i :
         followed_among(session, ids, *asked.filter.follow_up, follow_ups_of, asked.most - found.size()))
      found.push_back(ids[i]);
    if (spots.size() < most) break;
    start = spots.back();
    looked_at += spots.size();
    if (looked_at >= enough) {
      if (found.size() < asked.most) on = start;
      break;
    }
    most = std::min(2 * most, kAtOnceMost);
  }
  return {rows_of(session, found), on};
}

}  // namespace

ContactSort sort_of(const ContactFilter& filter) {
  return filter.sort.value_or(ContactSort::kExposure);
}

SortOrder order_of(const ContactFilter& filter) {
  return filter.order.value_or(SortOrder::kDescending);
}

ContactSpot spot_of(const ContactRow& row, ContactSort sort) {
  switch (sort) {
    case ContactSort::kExposure:
      return {row.exposed_since.seconds, row.id};
    case ContactSort::kRisk:
      return {row.risk, row.id};
    case ContactSort::kDecision:
      break;
  }
  return {row.assigned_at ? row.assigned_at->seconds : 0, row.id};  // as by_decision
}

std::string to_cursor(const ContactSpot& at, const ContactFilter& filter) {
  return json::enum_text(sort_of(filter)) + '-' + json::enum_text(order_of(filter)) + '.' +
         luytre::cursor_text({at.key, at.id.value});
}

Result<ContactSpot> parse_spot(std::string_view cursor, const ContactFilter& filter) {
  const auto point = cursor.find('.');
  const auto at = point == std::string_view::npos ? std::nullopt : luytre::parse_cursor(cursor.substr(point + 1));
  if (!at) return wrong_field("?cursor", "format");
  if (cursor.substr(0, point) != json::enum_text(sort_of(filter)) + '-' + json::enum_text(order_of(filter)))
    return wrong_field("?cursor", "other_sort");
  return ContactSpot{at->number, CandidateId{at->id}};
}

ContactsFound select_contacts(Session& session, const ContactsAsked& asked,
                              const ContactLists::FollowUpsOf& follow_ups_of,
                              const ContactLists::FollowedSo& followed_so) {
  const auto followed = asked.filter.follow_up;
  if (followed && *followed != Followed::kNone) {
    if (const auto ids = followed_so(session, *followed, asked.few_followed))
      return {first_of(session, chosen(rows_of(session, *ids), asked), asked, follow_ups_of), std::nullopt};
  }
  if (auto few = store::few_of<ContactRow>(session, ways_of(asked.filter), asked.few))
    return {first_of(session, chosen(std::move(*few), asked), asked, follow_ups_of), std::nullopt};
  return read_on(session, asked, follow_ups_of);
}

const store::Query& contact_query(ContactSort sort, SortOrder order, bool everywhere) {
  return query_of({sort, order, everywhere, 0});
}

}  // namespace luytre::tracing
