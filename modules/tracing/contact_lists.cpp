#include "modules/tracing/contact_lists.h"

#include <map>

#include "modules/tracing/contact_lists_read.h"
#include "modules/tracing/impl.h"
#include "platform/geography/within.h"
#include "platform/tables/xlsx.h"

namespace luytre::tracing {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr std::initializer_list<Role> kInCharge{Role::kDistrictOfficer, Role::kProvinceOfficer};

// Of what the caller may read, narrowed to the unit asked for. Nothing: none of it.
std::optional<ContactsAsked> asked_of(const ContactLists::Parts& parts, const Caller& caller,
                                      const ContactFilter& filter) {
  auto of = geography::within(parts.geography, parts.access.areas(caller, kReadContacts), filter.unit);
  if (!of) return std::nullopt;
  ContactsAsked out;
  out.filter = filter;
  out.units = std::move(of->units);
  out.everywhere = of->everywhere;
  return out;
}

}  // namespace

std::vector<ListedContact> ContactLists::page(store::Session& session, std::span<const ContactRow> rows) const {
  std::vector<PersonId> persons;
  std::vector<CaseId> cases;
  std::vector<CandidateId> ids;
  for (const ContactRow& row : rows) {
    persons.push_back(row.person);
    cases.push_back(row.case_id);
    ids.push_back(row.id);
  }
  const auto briefs = parts_.people.briefs(session, persons);
  const auto follow_ups = parts_.follow_ups_of(session, ids);
  std::map<CaseId, std::string> numbers;
  for (auto& one : cases::Cases::of_outbreak(session, cases)) numbers[one.id] = std::move(one.number);
  std::vector<ListedContact> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ContactRow& row = rows[i];
    ListedContact& one = out.emplace_back();
    one.id = row.id;
    one.case_ = row.case_id;
    one.case_number = numbers[row.case_id];
    one.disease = row.disease;
    if (const auto person = briefs.find(row.person); person != briefs.end()) one.person = person->second;
    one.level = row.level;
    one.exposed_since = row.exposed_since;
    one.risk = row.risk;
    one.status = row.status;
    one.class_ = row.assigned_class;
    one.assigned_at = row.assigned_at;
    one.follow_up = follow_ups[i];
  }
  return out;
}

Task<Result<http::Page<ListedContact>>> ContactLists::list(const Caller& caller, ContactFilter filter,
                                                           std::optional<std::string> cursor, std::size_t limit) {
  return parts_.db.transact(
      [this, caller, filter, cursor, limit](store::Session& s) -> Result<http::Page<ListedContact>> {
        auto asked = asked_of(parts_, caller, filter);
        if (!asked) return kNotPermitted;
        asked->most = limit + 1;
        if (cursor) {
          const auto after = parse_spot(*cursor, filter);
          if (!after) return after.error();
          asked->after = *after;
        }
        asked->looked_at = kLookedAt;
        auto found = select_contacts(s, *asked, parts_.follow_ups_of, parts_.followed_so);
        http::Page<ListedContact> out;
        if (found.rows.size() > limit) {
          found.rows.resize(limit);
          found.on = spot_of(found.rows.back(), sort_of(filter));
        }
        if (found.on) out.next = to_cursor(*found.on, filter);
        out.items = page(s, found.rows);
        std::vector<identity::Access::Shown> shown;
        for (const ContactRow& row : found.rows) shown.push_back({row.person, row.unit});
        parts_.access.log_each(s, caller, kReadContacts, shown, identity::note(identity::LogNote::kListOfContacts));
        return out;
      });
}

void routes(http::Router& router, ContactLists& lists) {
  router.get("/candidates")
      .summary(
          "Contacts over cases, of whom live in the own area, the latest exposure first unless sorted otherwise; a "
          "cursor goes on with its own sort, and a page filtered by followUp may have none and go on")
      .permit(kOfficers, Purpose::kTracing)
      .query("unit", "id", "Only who lives in this unit and those below it")
      .query("disease", "string", "Id of the disease")
      .query("status", "open|assigned|dismissed|withdrawn")
      .query("class", "F1|F2|none")
      .query("level", "1|2|3|4")
      .query("followUp", "none|open|done|released|becameCase", "none: nobody follows them up, or it ended long ago")
      .query("sort", "exposure|risk|decision", "Whom nobody has decided about: before every decision")
      .query("order", "ascending|descending", "Absent: descending")
      .errors({kInvalid, kNotPermitted})
      .paged()
      .handle([&lists](http::Call& call) {
        ContactFilter filter;
        filter.unit = call.query_id<UnitId>("unit");
        filter.disease = call.query("disease");
        filter.status = call.query_as<CandidateStatus>("status");
        filter.class_ = call.query_as<Class>("class");
        filter.level = call.query_as<std::int64_t>("level");
        filter.follow_up = call.query_as<Followed>("followUp");
        filter.sort = call.query_as<ContactSort>("sort");
        filter.order = call.query_as<cases::SortOrder>("order");
        return lists.list(call.caller(), filter, call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/contact-file")
      .summary(
          "The contacts who live in the unit, all, of one case, or filtered as their list, as a file marked with who "
          "took it out, which can be read back as a list of contacts; with a reason")
      .permit(kInCharge, Purpose::kTracing)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, kListTooLong, identity::kReasonRequired})
      .handle([&lists](http::Call& call, ContactsOut asked) {
        return lists.take_out(call.caller(), call.id<UnitId>(), std::move(asked));
      });
}

}  // namespace luytre::tracing
