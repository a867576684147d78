// What citizens see: the warnings of their household.

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <span>

#include "modules/people/adults.h"
#include "modules/tracing/impl.h"

namespace luytre::tracing {
namespace {

const char* kind_code(WarningKind kind) {
  switch (kind) {
    case WarningKind::kExposure:
      return "exposure";
    case WarningKind::kStation:
      return "station";
    case WarningKind::kCorrection:
      return "correction";
  }
  return "";
}

constexpr store::Query kHousehold{"tracing.household", R"sql(
  SELECT id
  FROM people_pub_person
  WHERE account = $1)sql"};

Advice advice(const notify::Texts& texts, std::string_view code) {
  const std::string key = std::string("advice.").append(code);
  return {std::string(code), {texts.fill(key, "vi"), texts.fill(key, "en")}};
}

// When to call, by the signs that the disease's file offers for that day. Of one with a stigma they would say which it
// is.
void add_signs(Bilingual& text, const notify::Texts& texts, const presence::Disease* disease, Date day) {
  const presence::FollowUpSigns* known = disease && !disease->stigma ? disease->signs_on(day) : nullptr;
  Bilingual signs;
  if (known)
    for (const presence::Sign& one : known->offered) {
      const char* between = signs.vi.empty() ? "" : "; ";
      signs.vi += between + one.text.vi;
      signs.en += between + one.text.en;
    }
  const char* key = known ? "advice.exposureSigns" : "advice.exposureUnwell";
  text.vi += ' ' + texts.fill(key, "vi", {{"signs", signs.vi}});
  text.en += ' ' + texts.fill(key, "en", {{"signs", signs.en}});
}

std::map<CaseId, std::string> diseases_of(store::Session& session, std::span<const WarningRow> rows) {
  std::set<CaseId> ids;
  for (const WarningRow& row : rows)
    if (row.kind == WarningKind::kExposure) ids.insert(row.case_id);
  std::map<CaseId, std::string> out;
  for (auto& one : cases::Cases::of_outbreak(session, std::vector<CaseId>(ids.begin(), ids.end())))
    out.emplace(one.id, std::move(one.disease));
  return out;
}

}  // namespace

Task<Result<http::Page<Warning>>> Tracing::my_warnings(const Caller& caller, std::optional<std::string> cursor,
                                                       std::size_t limit) {
  return impl_->db.read([impl = impl_.get(), caller, cursor, limit](store::Session& s) -> Result<http::Page<Warning>> {
    if (!caller.full) return kSecondProofRequired;
    const auto before = parse_before(cursor);
    if (!before) return before.error();
    const auto persons = s.all<PersonId>(kHousehold, caller.account);
    const auto briefs = impl->people.briefs(s, persons);
    std::vector<people::People::Wanted> wanted;
    for (const PersonId person : persons) wanted.push_back({caller.account, person});
    const auto members = people::People::members(s, wanted);
    const Date today = local_date(impl->clock.now());
    std::vector<WarningRow> rows;
    for (std::size_t i = 0; i < persons.size(); ++i) {
      const auto brief = briefs.find(persons[i]);
      if (!members[i] || brief == briefs.end()) continue;
      if (!people::sees_affairs(members[i]->relation, brief->second.birth_year, today)) continue;
      for (WarningRow& row : page_warnings(s, persons[i], WarningId{*before}, limit + 1))
        rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end(), [](const WarningRow& a, const WarningRow& b) { return a.id > b.id; });

    const auto diseases = diseases_of(s, std::span(rows).first(std::min(rows.size(), limit)));
    http::Page<Warning> page;
    for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
      const WarningRow& row = rows[i];
      Warning w;
      w.id = row.id;
      w.person = row.person;
      w.person_name = briefs.at(row.person).name;
      w.kind = row.kind;
      if (row.kind == WarningKind::kExposure) {
        w.place_name = row.place_name;
        w.from = row.started;
        w.to = row.ended;
      }
      w.advice = advice(impl->texts, kind_code(row.kind));
      if (row.kind == WarningKind::kExposure) {
        const auto of = diseases.find(row.case_id);
        const auto* disease = of == diseases.end() ? nullptr : impl->cases.diseases().find(of->second);
        add_signs(w.advice.text, impl->texts, disease, local_date(row.sent_at));
      }
      w.sent_at = row.sent_at;
      w.read_at = row.read_at;
      page.items.push_back(std::move(w));
    }
    if (rows.size() > limit) page.next = to_text(rows[limit - 1].id);
    return page;
  });
}

Task<Result<Done>> Tracing::read_warning(const Caller& caller, WarningId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Done> {
    if (!caller.full) return kSecondProofRequired;
    const auto row = select_warning(s, id);
    if (!row) return kNotFound;
    const people::People::Wanted wanted{caller.account, row->person};
    const auto member = people::People::members(s, std::span(&wanted, 1)).front();
    const auto brief = impl->people.brief(s, row->person);
    // An adult's warning stays unread until the adult reads it, or the station calls.
    if (!member || !brief || !people::sees_affairs(member->relation, brief->birth_year, local_date(impl->clock.now())))
      return kNotFound;
    mark_read(s, id, impl->clock.now());
    return Done{};
  });
}

std::vector<Tracing::Told> Tracing::told(store::Session& session, PersonId person, Instant sent_before) {
  constexpr std::size_t kMost = 200;
  std::set<CaseId> corrected;
  std::vector<Told> out;
  // Newest first: a correction comes before what it corrects.
  for (const auto& row : page_warnings(session, person, WarningId{std::numeric_limits<std::int64_t>::max()}, kMost)) {
    if (row.sent_at >= sent_before) continue;
    if (row.kind == WarningKind::kCorrection) corrected.insert(row.case_id);
    const bool names = row.kind == WarningKind::kExposure && row.place.value != 0;
    if (names && !corrected.contains(row.case_id)) out.push_back({row.place, row.started, row.ended, row.sent_at});
  }
  return out;
}

std::optional<Tracing::Telling> Tracing::telling(store::Session& session, WarningId warning) {
  const auto row = select_warning(session, warning);
  if (!row) return std::nullopt;
  if (row->kind == WarningKind::kCorrection) return Telling{row->person, Instant{}};
  if (row->kind != WarningKind::kExposure || row->place.value == 0) return std::nullopt;
  return Telling{row->person, row->started};
}

}  // namespace luytre::tracing
