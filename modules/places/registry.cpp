#include "modules/places/registry.h"

#include <algorithm>

#include "engines/linkage/short_code.h"

namespace luytre::places {

void Registry::put(const storage::Whole& whole) {
  const Kind* kind = kinds_.find(whole.place.kind);
  if (!kind) throw std::runtime_error("place kind not in data/place-kinds.json: " + whole.place.kind);

  Spot spot;
  spot.place = whole.place.id;
  spot.place_name = whole.place.name;
  spot.unit = whole.place.unit;
  spot.kind = kind;
  spot.closed_at = whole.place.closed;
  spot.keeper = whole.place.keeper;
  spot.status = whole.place.status;
  spot.approved = whole.place.approved.has_value();
  spot.approval_ended = whole.place.approval_ended;
  const auto make = [&](std::int64_t subject, const Spot& made) {
    auto entry = std::make_shared<Entry>();
    entry->spot = std::make_shared<const Spot>(made);
    entry->issue = static_cast<std::uint8_t>(whole.place.issue);
    for (const auto& code : whole.codes) {
      const std::int64_t of = code.zone.value ? code.zone.value : code.place.value;
      if (of == subject && code.issue == whole.place.issue) entry->short_code = code.code;
    }
    return EntryPtr(std::move(entry));
  };
  std::vector<std::pair<std::int64_t, EntryPtr>> made{{spot.place.value, make(spot.place.value, spot)}};
  for (const auto& zone : whole.zones) {
    Spot in_zone = spot;
    in_zone.zone = zone.id;
    in_zone.zone_name = zone.name;
    in_zone.entrance = zone.entrance;
    made.emplace_back(zone.id.value, make(zone.id.value, in_zone));
  }

  const std::unique_lock lock(guard_);
  std::int64_t& known = revisions_[whole.place.id.value];
  if (known >= whole.place.revision) return;
  known = whole.place.revision;
  newest_revision_ = std::max(newest_revision_, known);
  for (auto& [subject, entry] : made) entries_[subject] = std::move(entry);
  if (kind->kind == kPointOfEntry) points_of_entry_.insert(whole.place.id.value);
  for (const auto& code : whole.codes)
    typed_[code.code] = {code.zone.value ? code.zone.value : code.place.value, code.issue};
}

Registry::EntryPtr Registry::entry(std::int64_t subject) const {
  const std::shared_lock lock(guard_);
  const auto found = entries_.find(subject);
  return found == entries_.end() ? nullptr : found->second;
}

bool Registry::same_signature(const Entry& entry, const linkage::UnprovenPlaceToken& unproven) const {
  if (unproven.key != codes_.keys().signing() || unproven.token.issue != entry.issue) return false;
  std::call_once(entry.signed_once,
                 [&] { entry.token_signature = codes_.keys().sign(unproven.key, unproven.message); });
  return entry.token_signature == unproven.signature;
}

Result<Scanned> Registry::read_signed(const linkage::UnprovenPlaceToken& unproven) const {
  const EntryPtr found = entry(unproven.token.subject);
  if (found && same_signature(*found, unproven)) return Scanned{found->spot, CodeForm::kSigned};
  const auto proven = codes_.prove(unproven);
  if (const auto* fault = std::get_if<linkage::CodeFault>(&proven))
    return *fault == linkage::CodeFault::kExpired ? kPlaceCodeExpired : kPlaceCodeForged;
  if (!found) return kPlaceUnknown;
  // A newer issue than the one in memory was signed by another node a moment ago.
  if (unproven.token.issue < found->issue) return kPlaceCodeExpired;
  return Scanned{found->spot, CodeForm::kSigned};
}

Result<Scanned> Registry::read_typed(std::string_view text) const {
  const auto parsed = linkage::parse_short_code(text);
  if (const auto* fault = std::get_if<linkage::ShortCodeFault>(&parsed))
    return *fault == linkage::ShortCodeFault::kMistyped ? kPlaceCodeMistyped : kPlaceCodeForeign;
  const std::shared_lock lock(guard_);
  const auto code = typed_.find(std::get<std::string>(parsed));
  if (code == typed_.end()) return kPlaceUnknown;
  const auto found = entries_.find(code->second.subject);
  if (found == entries_.end()) return kPlaceUnknown;
  if (code->second.issue < found->second->issue) return kPlaceCodeExpired;
  return Scanned{found->second->spot, CodeForm::kTyped};
}

Result<Scanned> Registry::read(std::string_view code) const {
  const auto split = linkage::PlaceCodes::split(code);
  if (const auto* unproven = std::get_if<linkage::UnprovenPlaceToken>(&split)) return read_signed(*unproven);
  if (std::get<linkage::CodeFault>(split) == linkage::CodeFault::kForged) return kPlaceCodeForged;
  return read_typed(code);
}

SpotPtr Registry::find(PlaceId place, std::optional<ZoneId> zone) const {
  const EntryPtr found = entry(zone ? zone->value : place.value);
  if (!found || found->spot->place != place || found->spot->zone != zone) return nullptr;
  return found->spot;
}

std::optional<Registry::Codes> Registry::codes_of(PlaceId place, std::optional<ZoneId> zone) const {
  const std::int64_t subject = zone ? zone->value : place.value;
  const EntryPtr found = entry(subject);
  if (!found || found->spot->place != place || found->spot->zone != zone) return std::nullopt;
  return Codes{{subject, found->issue}, found->short_code};
}

std::vector<SpotPtr> Registry::points_of_entry() const {
  const std::shared_lock lock(guard_);
  std::vector<SpotPtr> out;
  for (const std::int64_t place : points_of_entry_) out.push_back(entries_.at(place)->spot);
  return out;
}

bool Registry::knows(PlaceId place, std::int64_t revision) const {
  const std::shared_lock lock(guard_);
  const auto found = revisions_.find(place.value);
  return found != revisions_.end() && found->second >= revision;
}

std::int64_t Registry::newest_revision() const {
  const std::shared_lock lock(guard_);
  return newest_revision_;
}

std::size_t Registry::size() const {
  const std::shared_lock lock(guard_);
  return revisions_.size();
}

}  // namespace luytre::places
