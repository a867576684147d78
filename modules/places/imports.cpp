// Places of files.

#include <set>
#include <string_view>
#include <unordered_map>

#include "modules/places/impl.h"

namespace luytre::places {
namespace {

using store::Session;
using store::to_value;

std::vector<store::Row> keys_of(std::span<const Places::Imported> places) {
  std::vector<store::Row> keys;
  keys.reserve(places.size());
  for (const auto& p : places) keys.push_back({to_value(p.source), to_value(p.external)});
  return keys;
}

// One import: looks at each line, collects what is new, and writes it in few bulk statements.
class Import {
 public:
  Import(Places::Impl& impl, Session& session) : impl_(impl), session_(session), now_(impl.clock.now()) {}

  std::vector<std::optional<Places::ImportedPlace>> run(std::span<const Places::Imported> places) {
    const auto known = storage::imported(session_, keys_of(places));
    std::vector<std::optional<Places::ImportedPlace>> out;
    out.reserve(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) out.push_back(take(places[i], known[i]));
    write();
    return out;
  }

 private:
  std::optional<Places::ImportedPlace> take(const Places::Imported& p, std::optional<PlaceId> known) {
    if (!known && !impl_.kinds.find(p.kind)) return std::nullopt;
    const auto [place, first] = by_key_.try_emplace(p.source + '\n' + p.external, known.value_or(PlaceId{}));
    if (first && known) {
      load(*known);
    } else if (first) {
      place->second = make(p);
    }
    Places::ImportedPlace out{place->second, {}, !fits(place->second, p.zones)};
    if (first && known && !out.full) complete(loaded_.at(known->value), p);
    for (const std::string& name : p.zones) out.zones.push_back(out.full ? there(out.id, name) : zone(out.id, name));
    return out;
  }

  bool fits(PlaceId place, const std::vector<std::string>& names) {
    const auto& there = zones_[place.value];
    std::set<std::string_view> missing;
    for (const std::string& name : names)
      if (!there.contains(name)) missing.insert(name);
    return missing.empty() || there.size() + missing.size() <= kZonesMost;
  }

  ZoneId there(PlaceId place, const std::string& name) {
    const auto& zones = zones_[place.value];
    const auto found = zones.find(name);
    return found == zones.end() ? ZoneId{} : found->second;
  }

  void load(PlaceId id) {
    auto whole = storage::whole(session_, id).value();
    for (const auto& zone : whole.zones) zones_[id.value].emplace(zone.name, zone.id);
    loaded_.emplace(id.value, std::move(whole.place));
  }

  void complete(storage::PlaceRow& row, const Places::Imported& p) {
    if (row.keeper.value != 0) return;
    const auto fill = [&](auto& field, auto value) {
      if (field || !value) return;
      field = std::move(*value);
      changed_.insert(row.id.value);
    };
    fill(row.address, sealed("places.address", row.id, p.address));
    fill(row.phone, sealed("places.phone", row.id, p.phone));
    fill(row.capacity, p.capacity);
  }

  std::optional<store::Bytes> sealed(const char* purpose, PlaceId id, const std::optional<std::string>& plain) const {
    return plain ? std::optional(impl_.seal(purpose, id.value, *plain)) : std::nullopt;
  }

  PlaceId make(const Places::Imported& p) {
    auto row = impl_.new_row(impl_.db.ids().make<PlaceId>(), now_);
    row.name = p.name.empty() ? p.external : p.name;
    row.kind = p.kind;
    row.unit = p.unit;
    row.address = sealed("places.address", row.id, p.address);
    row.phone = sealed("places.phone", row.id, p.phone);
    row.capacity = p.capacity;
    codes_.push_back({"", row.id, ZoneId{}, 0});
    for (auto& word : words_of(row.name)) words_.push_back({std::move(word), row.id});
    externals_.push_back({to_value(p.source), to_value(p.external), to_value(row.id)});
    events_.push_back({"place.registered", row.id.value, now_, 1, row.unit.value});
    made_.push_back(std::move(row));
    return made_.back().id;
  }

  ZoneId zone(PlaceId place, const std::string& name) {
    const auto [zone, missing] = zones_[place.value].try_emplace(name, ZoneId{});
    if (!missing) return zone->second;
    zone->second = impl_.db.ids().make<ZoneId>();
    const auto old = loaded_.find(place.value);
    codes_.push_back({"", place, zone->second, old == loaded_.end() ? 0 : old->second.issue});
    new_zones_.push_back({zone->second, place, name});
    if (old != loaded_.end()) changed_.insert(place.value);
    return zone->second;
  }

  void write() {
    auto drawn = impl_.draw_codes(session_, codes_.size());
    for (std::size_t i = 0; i < drawn.size(); ++i) codes_[i].code = std::move(drawn[i]);
    storage::insert(session_, made_);
    storage::insert_zones(session_, new_zones_, now_);
    storage::insert_codes(session_, codes_);
    storage::insert_words(session_, words_);
    storage::insert_external(session_, externals_);
    for (const std::int64_t id : changed_) {
      storage::PlaceRow& row = loaded_.at(id);
      row.revision = impl_.db.ids().next();
      const std::int64_t version = row.version++;
      storage::update(session_, row, version);
      storage::set_keeping(session_, row);
      events_.push_back({"place.changed", id, now_, row.version, row.unit.value});
    }
    session_.publish(events_);
  }

  Places::Impl& impl_;
  Session& session_;
  const Instant now_;

  std::unordered_map<std::string, PlaceId> by_key_;  // "source\nexternal"
  std::unordered_map<std::int64_t, std::unordered_map<std::string, ZoneId>> zones_;
  std::unordered_map<std::int64_t, storage::PlaceRow> loaded_;
  std::set<std::int64_t> changed_;

  std::vector<storage::PlaceRow> made_;
  std::vector<storage::ZoneRow> new_zones_;
  std::vector<storage::CodeRow> codes_;
  std::vector<storage::WordRow> words_;
  std::vector<store::Row> externals_;
  std::vector<store::NewEvent> events_;
};

}  // namespace

std::vector<std::optional<Places::ImportedPlace>> Places::import_places(Session& session,
                                                                        std::span<const Imported> places) {
  if (places.empty()) return {};
  return Import(*impl_, session).run(places);
}

std::vector<std::optional<PlaceId>> Places::imported(Session& session, std::string_view source,
                                                     std::span<const std::string> externals) {
  std::vector<store::Row> keys;
  keys.reserve(externals.size());
  for (const auto& external : externals) keys.push_back({to_value(source), to_value(external)});
  return storage::imported(session, keys);
}

std::map<PlaceId, std::string> Places::external_ids(Session& session, std::span<const PlaceId> places) {
  std::map<PlaceId, std::string> out;
  for (auto& rows : storage::external_ids(session, places)) {
    for (auto& row : rows) out.emplace(row.place, std::move(row.external));
  }
  return out;
}

}  // namespace luytre::places
