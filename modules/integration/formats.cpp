#include "modules/integration/formats.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "platform/base/text.h"

namespace luytre::integration {

namespace {

constexpr std::int64_t kFirst = -2'208'988'800;  // 1900-01-01T00:00:00Z
constexpr std::int64_t kLast = 253'402'300'800;  // 10000-01-01T00:00:00Z
constexpr std::int64_t kHaslemereStepsPerDay = 192;
constexpr double kNearestMetres = 0.5;

std::vector<std::string_view> words(std::string_view line) {
  constexpr std::string_view kBlank = " \t";
  std::vector<std::string_view> out;
  for (std::size_t at = line.find_first_not_of(kBlank); at != std::string_view::npos;
       at = line.find_first_not_of(kBlank, at)) {
    const std::size_t end = std::min(line.find_first_of(kBlank, at), line.size());
    out.push_back(line.substr(at, end - at));
    at = end;
  }
  return out;
}

std::optional<Instant> after(Instant base, std::int64_t seconds) {
  // Far outside of any year first, so that the sum cannot overflow.
  if (seconds < kFirst - kLast || seconds > kLast - kFirst) return std::nullopt;
  const Instant t{base.seconds + seconds};
  if (t.seconds < kFirst || t.seconds >= kLast) return std::nullopt;
  return t;
}

std::variant<ContactLine, Reason> checked(ContactLine line) {
  for (const std::string* id : {&line.person, &line.peer}) {
    if (Reason wrong = wrong_with_external_id(*id); !wrong.empty()) return wrong;
  }
  if (line.person == line.peer) return "nobody meets themselves";
  return line;
}

}  // namespace

std::optional<std::int64_t> read_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Instant> read_time(std::string_view text, Instant base) {
  if (const auto seconds = read_integer(text)) return after(base, *seconds);
  return parse_instant(text);
}

Reason wrong_with_external_id(std::string_view id) {
  if (id.empty()) return "an id is empty";
  if (id.size() > kExternalMost) return "an id is longer than " + std::to_string(kExternalMost) + " bytes";
  if (!is_utf8(id)) return "an id is not UTF-8";
  if (std::any_of(id.begin(), id.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return "an id holds a control character";
  return {};
}

std::int64_t free_space_attenuation(double metres) {
  return std::lround(40 + 20 * std::log10(std::max(metres, kNearestMetres)));
}

std::variant<ContactLine, Reason> read_sociopatterns(std::string_view line, Instant base) {
  const auto fields = words(line);
  if (fields.size() != 3 && fields.size() != 5)
    return "not three or five columns: time, person, person [, class, class]";
  const auto seconds = read_integer(fields[0]);
  const auto at = seconds ? after(base, *seconds) : std::nullopt;
  if (!at) return "the time is not a number of seconds";
  return checked({std::string(fields[1]), std::string(fields[2]), *at, std::nullopt});
}

std::variant<ContactLine, Reason> read_haslemere(const std::vector<std::string>& fields, Instant base) {
  if (fields.size() != 4) return "not four columns: step, person, person, metres";
  const auto step = read_integer(fields[0]);
  if (!step || *step < 1 || *step > 1'000'000) return "the step is not a number from 1";
  const auto metres = read_integer(fields[3]);
  if (!metres || *metres < 0 || *metres > 10'000) return "the distance is not a number of metres";
  const std::int64_t day = (*step - 1) / kHaslemereStepsPerDay;
  const std::int64_t slot = (*step - 1) % kHaslemereStepsPerDay;
  const auto at = after(base, day * kDaySeconds + slot * kHaslemereStep.count());
  if (!at) return "the time lies outside of the years 1900 to 9999";
  return checked({fields[1], fields[2], *at, free_space_attenuation(static_cast<double>(*metres))});
}

}  // namespace luytre::integration
