// Risk engines as data: one JSON file each (data/proximity/risk), which says whose formula it is, with what numbers,
// and where these come from. Exactly one of the engines' members stands in it. Read strictly: what is missing, unknown,
// of the wrong type or out of range is refused with its JSON pointer. And `assess`, which asks whichever engine it is
// for the one thing that all of them answer: on which days was a person exposed enough to be told.
//
// Immutable after reading; pure; thread-safe.

#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/proximity/risk_cwa.h"
#include "engines/proximity/risk_dp3t.h"
#include "engines/proximity/risk_gaen1.h"
#include "engines/proximity/risk_gaen2.h"
#include "engines/proximity/risk_nhs.h"
#include "platform/base/result.h"

namespace luytre::proximity {

struct RiskTitle {
  std::string vi;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(RiskTitle, (), (vi, en))

struct RiskConfig {
  std::string id;
  RiskTitle title;
  std::string source;
  std::vector<std::string> decided;              // where the source leaves something open
  std::optional<InfectiousDays> infectiousness;  // absent: the keys' senders tell it otherwise
  std::optional<Gaen1> gaen1;
  std::optional<Gaen2> gaen2;
  std::optional<Cwa2> cwa2;
  std::optional<Dp3t> dp3t;
  std::optional<Nhs> nhs;
};
BOOST_DESCRIBE_STRUCT(RiskConfig, (), (id, title, source, decided, infectiousness, gaen1, gaen2, cwa2, dp3t, nhs))

// Errors: malformed (not JSON); invalid, with fields.
Result<RiskConfig> parse_risk_config(std::string_view text);

struct AssessedDay {
  std::int64_t day = 0;  // utc_day
  double score = 0;      // in the engine's own unit
  bool tell = false;
};

// By the windows of all keys. Days in order; those without anything that counts may be missing. Empty: v1, which knows
// no windows; its records and the transmission levels of the keys go to risk_gaen1.h.
std::optional<std::vector<AssessedDay>> assess(const RiskConfig& config, std::span<const ExposureWindow> windows,
                                               std::int64_t today);

}  // namespace luytre::proximity
