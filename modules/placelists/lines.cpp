#include "modules/placelists/lines.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>

#include "modules/integration/csv.h"
#include "platform/base/text.h"
#include "platform/geography/geography.h"

namespace luytre::placelists {
namespace {

constexpr std::size_t kZoneMost = 60;
constexpr std::size_t kNamesakes = 20;  // communes of one name that are looked at

integration::ByteSource source_of(const std::string& text) {
  return [&text, at = std::size_t{0}](char* into, std::size_t size) mutable {
    const std::size_t count = std::min(size, text.size() - at);
    std::memcpy(into, text.data() + at, count);
    at += count;
    return count;
  };
}

// Column name → its place in a record.
using Head = std::map<std::string, std::size_t, std::less<>>;

Result<Head> read_head(const integration::Record& record) {
  Head out;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    if (const auto name = tidy(record.fields[i])) out.emplace(*name, i);
  }
  std::vector<FieldError> missing;
  for (const char* column : {"id", "name", "kind"})
    if (!out.contains(column)) missing.push_back({std::string("/") + column, "required", {}});
  if (!missing.empty()) return Error(kInvalid, std::move(missing));
  return out;
}

// "Xã Hải Lăng", "Hải Lăng" and "hai lang" are one name.
bool is_called(const geography::Unit& unit, const std::string& folded) {
  return fold(unit.full_name) == folded || fold(unit.name) == folded;
}

class LineReader {
 public:
  LineReader(const Head& head, const integration::Record& record, const Reading& reading)
      : head_(head), record_(record), reading_(reading) {}

  Line read() {
    Line out;
    out.result.line = record_.line;
    out.place.external = text("id", kIdMost);
    out.place.name = text("name", places::kNameMost);
    out.place.kind = kind();
    out.place.unit = commune();
    out.place.zones = zones();
    if (!out.place.external.empty()) out.result.id = out.place.external;
    if (!errors_.empty()) out.result.state = LineState::kRefused;
    out.result.errors = std::move(errors_);
    return out;
  }

 private:
  void wrong(const char* column, const char* code) { errors_.push_back({column, code}); }

  // Tidied; empty when absent or not readable, which is then an error.
  std::string words(const char* column) {
    const auto found = head_.find(column);
    if (found == head_.end() || found->second >= record_.fields.size()) return {};
    auto out = tidy(record_.fields[found->second]);
    if (!out) wrong(column, "encoding");
    return out.value_or("");
  }

  std::string text(const char* column, std::size_t most) {
    const std::size_t before = errors_.size();
    std::string out = words(column);
    if (fold(out).empty() && errors_.size() == before) wrong(column, "required");
    if (code_points(out) <= most) return out;
    wrong(column, "too_long");
    return {};
  }

  std::string kind() {
    const std::string written = text("kind", places::kNameMost);
    if (written.empty()) return {};
    if (reading_.kinds.find(written)) return written;
    for (const auto& kind : reading_.kinds.all())
      if (fold(kind.title.vi) == fold(written)) return kind.kind;
    wrong("kind", "unknown");
    return {};
  }

  UnitId commune() {
    const std::string written = words("commune");
    if (written.empty()) {
      const auto own = reading_.geography.responsible_commune(reading_.area, reading_.today);
      if (!own && errors_.empty()) wrong("commune", "required");
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
    wrong("commune", found.empty() ? "unknown" : "ambiguous");
    return {};
  }

  UnitId within(UnitId unit) {
    if (!reading_.geography.covers(reading_.area, unit)) wrong("commune", "not_permitted");
    return unit;
  }

  std::vector<std::string> zones() {
    std::string written = words("zones");
    std::vector<std::string> out;
    for (std::size_t at = 0; at < written.size();) {
      const std::size_t end = std::min(written.find(';', at), written.size());
      std::string name = tidy(std::string_view(written).substr(at, end - at)).value_or("");
      at = end + 1;
      if (name.empty() || std::find(out.begin(), out.end(), name) != out.end()) continue;
      if (code_points(name) > kZoneMost || out.size() == places::kZonesMost) {
        wrong("zones", "too_long");
        return {};
      }
      out.push_back(std::move(name));
    }
    return out;
  }

  const Head& head_;
  const integration::Record& record_;
  const Reading& reading_;
  std::vector<Flaw> errors_;
};

Line unreadable(const integration::Record& record) {
  Line out;
  out.result.line = record.line;
  out.result.state = LineState::kRefused;
  out.result.errors.push_back({"", "format"});
  return out;
}

}  // namespace

Result<std::vector<Line>> read_lines(const std::string& csv, const Reading& reading) {
  integration::CsvReader reader(source_of(csv));
  const auto first = reader.next();
  if (!first || !first->bad.empty()) return wrong_field("", "required");
  const auto head = read_head(*first);
  if (!head) return head.error();
  std::vector<Line> out;
  std::set<std::string, std::less<>> ids;
  while (const auto record = reader.next()) {
    if (out.size() == kLinesMost) return Error(kTooManyLines, {{"most", std::to_string(kLinesMost)}});
    Line line = record->bad.empty() ? LineReader(*head, *record, reading).read() : unreadable(*record);
    if (line.result.state == LineState::kTaken && !ids.insert(line.place.external).second) {
      line.result.state = LineState::kRefused;
      line.result.errors.push_back({"id", "repeated"});
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace luytre::placelists
