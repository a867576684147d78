#include "modules/broadcasts/broadcasts.h"

#include <limits>
#include <map>

#include "modules/broadcasts/spoken.h"
#include "modules/broadcasts/storage.h"

namespace luytre::broadcasts {
namespace {

using store::Session;

constexpr std::int64_t kLook = 200;         // rows of a list looked at in one go
constexpr std::size_t kLookedMost = 5'000;  // and for one page; the rest is asked for by its cursor

const identity::Action kSpeak{
    "broadcasts.publish",
    Purpose::kCommand,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};

const char* key_of(command::Switch purpose) {
  switch (purpose) {
    case command::Switch::kCheckIn:
      return "broadcast.checkIn";
    case command::Switch::kDeclarations:
      return "broadcast.declarations";
    case command::Switch::kTracing:
      return "broadcast.tracing";
  }
  return "";
}

std::vector<FieldError> flaws_of(const Asked& asked) {
  std::vector<FieldError> out;
  if (asked.calls.size() > kCallsMost) out.push_back({"/calls", "too_long", {}});
  for (std::size_t i = 0; i < asked.calls.size(); ++i) {
    const std::string at = "/calls/" + std::to_string(i);
    const Call& call = asked.calls[i];
    if (fold(call.who).empty()) out.push_back({at + "/who", "required", {}});
    if (fold(call.where).empty()) out.push_back({at + "/where", "required", {}});
    if (call.until && *call.until <= call.from) out.push_back({at + "/until", "too_early", {}});
  }
  return out;
}

}  // namespace

Broadcasts::Broadcasts(Parts parts) : parts_(std::move(parts)) {}

Result<Done> Broadcasts::may(const Caller& caller, UnitId unit) const {
  const auto areas = parts_.access.areas(caller, kSpeak);
  if (areas.empty()) return kNotPermitted;
  if (!parts_.geography.find(unit)) return wrong_field("/unit", "unknown");
  const bool mine = parts_.geography.covers(areas, unit);
  if (!mine) return kNotPermitted;
  return Done{};
}

// Decisions that hold in the whole unit, and places of it that may be named.
std::vector<Part> Broadcasts::facts(Session& session, UnitId unit) const {
  const Instant now = parts_.db.clock().now();
  const auto say = [&](PartKind kind, const char* key, const std::map<std::string, std::string>& words) {
    return Part{kind, parts_.texts.fill(key, "vi", words)};
  };
  std::vector<Part> out;
  for (const auto& decision : parts_.decisions.all_in_force(now)) {
    if (!command::holds_in(parts_.geography, decision.unit.value_or(UnitId{}), unit)) continue;
    std::map<std::string, std::string> words{{"from", spoken_day(local_date(decision.from))},
                                             {"until", spoken_end(decision.end())},
                                             {"disease", parts_.names.disease(decision.disease)}};
    if (decision.duty) {
      words["duty"] = parts_.names.duty(*decision.duty);
      out.push_back(say(PartKind::kDuty, "broadcast.duty", words));
    } else if (decision.form) {
      words["form"] = parts_.names.form(*decision.form);
      out.push_back(say(PartKind::kDecision, "broadcast.form", words));
    } else {
      out.push_back(say(PartKind::kDecision, key_of(decision.purpose), words));
    }
  }
  for (const auto& place : parts_.published(session, now - kPlacesBack)) {
    if (!parts_.geography.covers(unit, place.unit)) continue;
    out.push_back(say(
        PartKind::kPlace, "broadcast.place",
        {{"place", spoken_text(place.name)}, {"from", spoken_moment(place.from)}, {"until", spoken_moment(place.to)}}));
  }
  return out;
}

// Against a disease for which something is decided there.
bool Broadcasts::masks_help(UnitId unit) const {
  for (const auto& decision : parts_.decisions.all_in_force(parts_.db.clock().now()))
    if (command::holds_in(parts_.geography, decision.unit.value_or(UnitId{}), unit) &&
        parts_.names.by_air(decision.disease))
      return true;
  return false;
}

Task<Result<Draft>> Broadcasts::draft(const Caller& caller, Asked asked) const {
  const auto allowed = may(caller, asked.unit);
  if (!allowed) return refused<Draft>(allowed.error());
  if (auto flaws = flaws_of(asked); !flaws.empty()) return refused<Draft>(Error(kInvalid, std::move(flaws)));
  return parts_.db.read([this, asked = std::move(asked)](Session& s) -> Result<Draft> {
    Draft out;
    out.unit = asked.unit;
    out.unit_name = parts_.geography.find(asked.unit)->full_name;
    out.hotline = asked.hotline ? std::optional<std::string>(*asked.hotline) : storage::last_hotline(s, asked.unit);
    const auto say = [&](PartKind kind, const char* key, const std::map<std::string, std::string>& words) {
      out.parts.push_back({kind, parts_.texts.fill(key, "vi", words)});
    };
    say(PartKind::kOpening, "broadcast.opening",
        {{"unit", spoken_text(out.unit_name)}, {"day", spoken_day(local_date(parts_.db.clock().now()))}});
    for (Part& part : facts(s, asked.unit)) out.parts.push_back(std::move(part));
    for (const Call& call : asked.calls) {
      const std::string key = call.kind == CallKind::kTest ? "broadcast.test" : "broadcast.vaccination";
      const std::map<std::string, std::string> words{{"who", spoken_text(call.who)},
                                                     {"where", spoken_text(call.where)},
                                                     {"from", spoken_moment(call.from)},
                                                     {"until", call.until ? spoken_end(*call.until) : ""}};
      say(PartKind::kCall, (key + (call.until ? "" : "Open")).c_str(), words);
      if (call.kind == CallKind::kTest && masks_help(asked.unit))
        out.parts.back().text += ' ' + parts_.texts.fill("broadcast.masks", "vi");
    }
    if (out.hotline && !spoken_digits(*out.hotline).empty())
      say(PartKind::kHotline, "broadcast.hotline", {{"number", spoken_digits(*out.hotline)}});
    say(PartKind::kClosing, "broadcast.closing", {});
    return out;
  });
}

Task<Result<Broadcast>> Broadcasts::publish(const Caller& caller, NewBroadcast asked, std::optional<store::Once> once) {
  const auto allowed = may(caller, asked.unit);
  if (!allowed) return refused<Broadcast>(allowed.error());
  if (fold(asked.words).empty()) return refused<Broadcast>(wrong_field("/words", "required"));
  auto write = [this, caller, asked = std::move(asked)](Session& s) -> Result<Broadcast> {
    const auto allowed = parts_.access.require(s, caller, kSpeak, {PersonId{}, asked.unit, ""});
    if (!allowed) return allowed.error();
    storage::BroadcastRow row{parts_.db.ids().make<BroadcastId>(),
                              asked.unit,
                              asked.words,
                              asked.hotline ? std::optional<std::string>(*asked.hotline) : std::nullopt,
                              asked.edited,
                              parts_.db.clock().now(),
                              caller.account,
                              caller.name};
    storage::insert(s, row);
    s.publish({"broadcast.published", row.id.value, row.at, 1, row.unit.value});
    parts_.access.log_list(s, caller, kSpeak, 0, "broadcast " + to_text(row.id) + " in " + to_text(row.unit));
    return Broadcast{row.id, row.unit,     parts_.geography.path_text(row.unit), row.words, row.edited,
                     row.at, row.made_name};
  };
  if (once) return parts_.db.once(std::move(*once), std::move(write));
  return parts_.db.transact(std::move(write));
}

Task<Result<http::Page<Broadcast>>> Broadcasts::list(const Caller& caller, std::optional<UnitId> unit,
                                                     std::optional<std::string> cursor, std::size_t limit) const {
  using Out = http::Page<Broadcast>;
  auto areas = parts_.access.areas(caller, kSpeak);
  if (areas.empty()) return refused<Out>(kNotPermitted);
  if (unit) {
    const auto allowed = may(caller, *unit);
    if (!allowed) return refused<Out>(allowed.error());
    areas = {*unit};
  }
  const auto position =
      cursor ? parse_id(*cursor) : std::optional<std::int64_t>(std::numeric_limits<std::int64_t>::max());
  if (!position) return refused<Out>(wrong_field("?cursor", "format"));
  return parts_.db.read([this, areas, position = *position, limit](Session& s) -> Result<Out> {
    Out page;
    std::size_t looked = 0;
    for (std::int64_t before = position;;) {
      const auto rows = storage::before(s, before, kLook);
      for (const auto& row : rows) {
        before = row.id.value;
        const bool mine = parts_.geography.covers(areas, row.unit);
        if (!mine) continue;
        if (page.items.size() == limit) {
          page.next = to_text(page.items.back().id);
          return page;
        }
        page.items.push_back(
            {row.id, row.unit, parts_.geography.path_text(row.unit), row.words, row.edited, row.at, row.made_name});
      }
      if (rows.size() < static_cast<std::size_t>(kLook)) return page;
      looked += rows.size();
      if (looked < kLookedMost) continue;
      page.next = id_text(before);
      return page;
    }
  });
}

}  // namespace luytre::broadcasts
