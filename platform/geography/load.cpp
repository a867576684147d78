// Reads data/geography. A unit's id says its version, level and code: 2021319333 is version 2021, level 3 (commune),
// code 19333.

#include <charconv>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>

#include "platform/base/text.h"
#include "platform/geography/impl.h"

namespace luytre::geography {
namespace {

constexpr std::int64_t kVersionStep = 1'000'000;
constexpr std::int64_t kLevelStep = 100'000;

// The files are ours and plain: no quotes, no commas within a field.
using Fields = std::vector<std::string_view>;

void split(std::string_view line, Fields& out) {
  out.clear();
  for (;;) {
    const auto comma = line.find(',');
    out.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return;
    line.remove_prefix(comma + 1);
  }
}

// Calls `row` for every line after the header; what it throws is given the file's name and the line's number.
void each_row(const std::filesystem::path& file, std::string_view header,
              const std::function<void(const Fields&)>& row) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream read;
  if (!in || !(read << in.rdbuf())) throw std::runtime_error("cannot read " + file.string());
  const std::string text = read.str();
  std::size_t number = 0;
  Fields fields, columns;
  split(header, columns);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++number;
    try {
      if (number == 1 && line != header) throw std::runtime_error("expected the header " + std::string(header));
      if (number == 1) continue;
      split(line, fields);
      if (fields.size() != columns.size())
        throw std::runtime_error("expected " + std::to_string(columns.size()) + " fields");
      row(fields);
    } catch (const std::exception& e) {
      throw std::runtime_error(file.string() + ":" + std::to_string(number) + ": " + e.what());
    }
  }
}

std::int64_t number(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc() || end != text.data() + text.size())
    throw std::runtime_error("not a number: " + std::string(text));
  return out;
}

double share_of(std::string_view text) {
  double out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc() || end != text.data() + text.size() || out < 0 || out > 1)
    throw std::runtime_error("not a share: " + std::string(text));
  return out;
}

std::optional<Date> date_if_any(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto date = parse_date(text);
  if (!date) throw std::runtime_error("not a date: " + std::string(text));
  return date;
}

Level level_of(std::int64_t id) {
  switch (id % kVersionStep / kLevelStep) {
    case 1:
      return Level::kProvince;
    case 2:
      return Level::kDistrict;
    case 3:
      return Level::kCommune;
    default:
      throw std::runtime_error("unknown level in id " + std::to_string(id));
  }
}

std::string code_of(std::int64_t id, Level level) {
  std::string code = std::to_string(id % kLevelStep);
  const std::size_t width = level == Level::kProvince ? 2 : level == Level::kDistrict ? 3 : 5;
  return code.size() < width ? std::string(width - code.size(), '0') + code : code;
}

}  // namespace

Geography::Impl::Impl(const std::filesystem::path& folder) {
  read_units(folder / "units.csv", read_versions(folder / "versions.csv"));
  read_lineage(folder / "lineage.csv");
  make_keys();
}

std::unordered_map<std::int64_t, Geography::Impl::Version> Geography::Impl::read_versions(
    const std::filesystem::path& file) const {
  std::unordered_map<std::int64_t, Version> out;
  each_row(file, "version,from,to,basis", [&](const Fields& f) {
    const auto from = date_if_any(f[1]);
    if (!from) throw std::runtime_error("a version needs a first day");
    out[number(f[0])] = {*from, date_if_any(f[2])};
  });
  return out;
}

void Geography::Impl::read_units(const std::filesystem::path& file,
                                 const std::unordered_map<std::int64_t, Version>& versions) {
  nodes.reserve(16'000);
  by_id.reserve(16'000);
  each_row(file, "id,parent,kind,name,from,to,changed", [&](const Fields& f) {
    Node node;
    Unit& unit = node.unit;
    unit.id = {number(f[0])};
    const auto version = versions.find(unit.id.value / kVersionStep);
    if (version == versions.end()) throw std::runtime_error("version is not in versions.csv");
    unit.level = level_of(unit.id.value);
    unit.code = code_of(unit.id.value, unit.level);
    unit.name = f[3];
    unit.full_name = std::string(f[2]) + ' ' + unit.name;
    unit.valid_from = date_if_any(f[4]).value_or(version->second.from);
    unit.valid_to = f[5].empty() ? version->second.to : date_if_any(f[5]);
    const Index self = static_cast<Index>(nodes.size());
    if (!f[1].empty()) {
      unit.parent = UnitId{number(f[1])};
      node.parent = index(*unit.parent);
      if (node.parent == kNone) throw std::runtime_error("parent must stand above its children");
      nodes[node.parent].children.push_back(self);
    }
    if (!by_id.emplace(unit.id.value, self).second) throw std::runtime_error("id is used twice");
    nodes.push_back(std::move(node));
  });
}

void Geography::Impl::read_lineage(const std::filesystem::path& file) {
  each_row(file, "from,to,share,basis", [&](const Fields& f) {
    const Index from = index({number(f[0])});
    const Index to = index({number(f[1])});
    if (from == kNone || to == kNone) throw std::runtime_error("unit is not in units.csv");
    if (nodes[from].unit.valid_to != nodes[to].unit.valid_from)
      throw std::runtime_error("a successor begins when its predecessor ends");
    const double share = share_of(f[2]);
    nodes[from].next.push_back({to, share == 1, share});
    nodes[to].previous.push_back({from, share == 1, share});
  });
}

void Geography::Impl::make_keys() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Collator> order(icu::Collator::createInstance(icu::Locale("vi"), status));
  accents.reset(icu::Collator::createInstance(icu::Locale("vi"), status));
  if (U_FAILURE(status))
    throw std::runtime_error("ICU has no Vietnamese collation: install its data (Debian: libicu72)");
  accents->setStrength(icu::Collator::SECONDARY);
  std::vector<std::uint8_t> bytes(256);
  for (Index self = 0; self < nodes.size(); ++self) {
    Node& node = nodes[self];
    by_code[node.unit.code].push_back(self);
    node.name_key = fold(node.unit.name);
    node.full_key = fold(node.unit.full_name);
    const auto name = icu::UnicodeString::fromUTF8(node.unit.name);
    const auto size = order->getSortKey(name, bytes.data(), static_cast<std::int32_t>(bytes.size()));
    if (size > static_cast<std::int32_t>(bytes.size()))
      throw std::runtime_error("a unit's name is too long to sort: " + node.unit.name);
    node.order.assign(bytes.begin(), bytes.begin() + size);
  }
}

}  // namespace luytre::geography
