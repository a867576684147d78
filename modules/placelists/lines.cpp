#include "modules/placelists/lines.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "platform/base/phone.h"
#include "platform/base/text.h"
#include "platform/geography/geography.h"

namespace luytre::placelists {
namespace {

constexpr std::size_t kZoneMost = 60;
constexpr std::size_t kNamesakes = 20;  // communes of one name that are looked at

// "Xã Hải Lăng", "Hải Lăng" and "hai lang" are one name.
bool is_called(const geography::Unit& unit, const std::string& folded) {
  return fold(unit.full_name) == folded || fold(unit.name) == folded;
}

class LineReader {
 public:
  LineReader(tables::Row& row, const Reading& reading) : row_(row), reading_(reading) {}

  Line read() {
    Line out;
    out.result.line = row_.line();
    out.place.external = row_.text("id", kIdMost);
    out.place.name = row_.text("name", places::kNameMost);
    out.place.kind = kind();
    out.place.unit = commune();
    out.place.zones = zones();
    if (auto address = row_.words("address"); !address.empty()) out.place.address = std::move(address);
    if (out.place.address && code_points(*out.place.address) > places::kAddressMost) row_.wrong("address", "too_long");
    out.place.phone = phone();
    out.place.capacity = capacity();
    if (!out.place.external.empty()) out.result.id = out.place.external;
    return out;
  }

 private:
  std::optional<std::string> phone() {
    const std::string written = row_.words("phone");
    if (written.empty()) return std::nullopt;
    auto out = normalise_phone(written);
    if (!out) row_.wrong("phone", "format");
    return out;
  }

  std::optional<std::int64_t> capacity() {
    const std::string written = row_.words("capacity");
    if (written.empty()) return std::nullopt;
    std::int64_t out = 0;
    const auto [end, failed] = std::from_chars(written.data(), written.data() + written.size(), out);
    if (failed != std::errc() || end != written.data() + written.size()) {
      row_.wrong("capacity", "format");
    } else if (out < 1 || out > places::kCapacityMost) {
      row_.wrong("capacity", "range");
    }
    return out;
  }

  std::string kind() {
    const std::string written = row_.text("kind", places::kNameMost);
    if (written.empty()) return {};
    if (reading_.kinds.find(written)) return written;
    for (const auto& kind : reading_.kinds.all())
      if (fold(kind.title.vi) == fold(written)) return kind.kind;
    row_.wrong("kind", "unknown");
    return {};
  }

  UnitId commune() {
    const std::string written = row_.words("commune");
    if (written.empty()) {
      const auto own = reading_.geography.responsible_commune(reading_.area, reading_.today);
      if (!own && row_.flawless()) row_.wrong("commune", "required");
      return own.value_or(UnitId{});
    }
    if (const auto* unit = reading_.geography.find(geography::Level::kCommune, written, reading_.today))
      return within(unit->id);
    std::vector<UnitId> found;
    for (const auto* unit : reading_.geography.search(written, reading_.today, kNamesakes)) {
      if (unit->level == geography::Level::kCommune && is_called(*unit, fold(written)) &&
          reading_.geography.covers(reading_.area, unit->id))
        found.push_back(unit->id);
    }
    if (found.size() == 1) return found.front();
    row_.wrong("commune", found.empty() ? "unknown" : "ambiguous");
    return {};
  }

  UnitId within(UnitId unit) {
    if (!reading_.geography.covers(reading_.area, unit)) row_.wrong("commune", "not_permitted");
    return unit;
  }

  std::vector<std::string> zones() {
    std::string written = row_.words("zones");
    std::vector<std::string> out;
    for (std::size_t at = 0; at < written.size();) {
      const std::size_t end = std::min(written.find(';', at), written.size());
      std::string name = tidy(std::string_view(written).substr(at, end - at)).value_or("");
      at = end + 1;
      if (name.empty() || std::find(out.begin(), out.end(), name) != out.end()) continue;
      if (code_points(name) > kZoneMost || out.size() == places::kZonesMost) {
        row_.wrong("zones", "too_long");
        return {};
      }
      out.push_back(std::move(name));
    }
    return out;
  }

  tables::Row& row_;
  const Reading& reading_;
};

}  // namespace

Result<std::vector<Line>> read_lines(const std::string& list, const Reading& reading) {
  std::vector<Line> out;
  std::set<std::string, std::less<>> ids;
  const auto each = [&](tables::Row& row) {
    Line line = LineReader(row, reading).read();
    if (row.flawless() && !ids.insert(line.place.external).second) row.wrong("id", "repeated");
    if (!row.flawless()) line.result.state = LineState::kRefused;
    line.result.errors = row.take_flaws();
    out.push_back(std::move(line));
  };
  const auto done = tables::read_list(list, {{"id", "name", "kind"}, {}}, kLinesMost, each);
  if (!done) return done.error();
  return out;
}

}  // namespace luytre::placelists
