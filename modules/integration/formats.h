// What the lines of the files we import mean. Pure functions of text; a line that cannot be used is answered as a
// reason in plain words.
//
//   csv            the layouts of layout.h; times ISO-8601, or seconds
//   sociopatterns  `t i j [Ci Cj]`, separated by spaces or tabs: i and j were near each other during [t − 20 s, t)
//                  (www.sociopatterns.org, page of each data set)
//   haslemere      `step,i,j,metres`: in steps of 5 minutes, 192 a day (07:00–23:00), so nights are skipped
//                  (Kissler et al. 2018, Data S1 and S2); the row covers the 5 minutes before its step's time, as
//                  for all contact rows. The distance becomes the attenuation of free space at 2.44 GHz,
//                  40 dB + 20 log10(metres): all 50 m are kept, and risk tells the near from the far.
//
// Seconds are relative to a time base; 0 unless given, so that they are UNIX time.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/time.h"

namespace luytre::integration {

enum class Format { kCsv, kSociopatterns, kHaslemere };

inline constexpr std::chrono::seconds kSociopatternsStep{20};
inline constexpr std::chrono::seconds kHaslemereStep{300};
inline constexpr std::size_t kExternalMost = 200;  // bytes of an external id

using Reason = std::string;

struct ContactLine {
  std::string person;
  std::string peer;
  Instant at;
  std::optional<std::int64_t> attenuation;
};

std::variant<ContactLine, Reason> read_sociopatterns(std::string_view line, Instant base);
std::variant<ContactLine, Reason> read_haslemere(const std::vector<std::string>& fields, Instant base);

// ISO-8601 with offset, or whole seconds after `base`. Years 1900 to 9999.
std::optional<Instant> read_time(std::string_view text, Instant base);
std::optional<std::int64_t> read_integer(std::string_view text);

// Empty: usable. Ids are kept byte by byte.
Reason wrong_with_external_id(std::string_view id);

std::int64_t free_space_attenuation(double metres);

}  // namespace luytre::integration
