#include "engines/proximity/risk_config.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "platform/base/json.h"

namespace luytre::proximity {

namespace {

constexpr double kMostWeight = 2.5;  // DailySummariesConfig
constexpr std::int64_t kMostScore = 8;
constexpr std::size_t kScores = 8;
constexpr std::int64_t kMostDays = 60;
constexpr double kMostNumber = 1e6;

// Collects what is wrong.
class Check {
 public:
  explicit Check(std::string inside) : inside_(std::move(inside)) {}

  void that(bool holds, const std::string& member, const char* code = "range") {
    if (!holds) wrong.push_back({inside_ + "/" + member, code, {}});
  }
  void number(double value, double least, double most, const std::string& member) {
    that(value >= least && value <= most, member);
  }
  template <class T>
  void numbers(const std::vector<T>& values, std::size_t count, double least, double most, const std::string& member) {
    if (values.size() != count) return that(false, member, "length");
    for (std::size_t i = 0; i < count; ++i)
      number(static_cast<double>(values[i]), least, most, member + "/" + std::to_string(i));
  }
  void range(const CwaRange& range, const std::string& member) {
    that(range.min <= range.max && std::abs(range.min) <= kMostNumber && std::abs(range.max) <= kMostNumber, member);
  }

  std::vector<FieldError> wrong;

 private:
  std::string inside_;
};

std::vector<FieldError> check(const InfectiousDays& map) {
  Check check("/infectiousness");
  check.that(map.days.size() == 2 * kMostDaysSinceOnset + 1, "days", "length");
  return check.wrong;
}

std::vector<FieldError> check(const Gaen1& config) {
  Check check("/gaen1");
  const std::pair<const char*, const std::vector<std::int64_t>&> scores[] = {{"attenuation", config.attenuation},
                                                                             {"days", config.days},
                                                                             {"duration", config.duration},
                                                                             {"transmission", config.transmission}};
  for (const auto& [name, values] : scores) check.numbers(values, kScores, 0, kMostScore, name);
  check.number(static_cast<double>(config.minimum), 0, 4096, "minimum");
  check.that(config.low >= 0 && config.low <= config.high && config.high <= kMostAttenuation, "high");
  check.numbers(config.weights, 3, 0, kMostNumber, "weights");
  check.number(config.normal, 1, 4096, "normal");
  check.number(config.trigger_minutes, 0, kMostNumber, "triggerMinutes");
  return check.wrong;
}

void check_weights(Check& check, const InfectiousWeights& weights) {
  check.number(weights.standard, 0, kMostWeight, "infectious/standard");
  check.number(weights.high, 0, kMostWeight, "infectious/high");
}

std::vector<FieldError> check(const Gaen2& config) {
  Check check("/gaen2");
  check.number(config.reports.confirmed_test, 0, kMostWeight, "reports/confirmedTest");
  check.number(config.reports.confirmed_clinical, 0, kMostWeight, "reports/confirmedClinical");
  check.number(config.reports.self_report, 0, kMostWeight, "reports/selfReport");
  check.number(config.reports.recursive, 0, kMostWeight, "reports/recursive");
  check_weights(check, config.infectious);
  check.numbers(config.thresholds, 3, 0, kMostAttenuation, "thresholds");
  for (std::size_t i = 1; i < config.thresholds.size(); ++i)
    check.that(config.thresholds[i - 1] < config.thresholds[i], "thresholds/" + std::to_string(i));
  check.numbers(config.bucket_weights, 4, 0, kMostWeight, "bucketWeights");
  check.number(static_cast<double>(config.days), 0, kMostDays, "days");
  check.number(config.minimum_window_score, 0, kMostNumber, "minimumWindowScore");
  check.number(config.trigger_seconds, 0, kMostNumber, "triggerSeconds");
  return check.wrong;
}

std::vector<FieldError> check(const Cwa2& config) {
  Check check("/cwa2");
  const auto at = [](const char* list, std::size_t i, const char* member) {
    return list + ("/" + std::to_string(i)) + member;
  };
  for (std::size_t i = 0; i < config.minutes_filters.size(); ++i) {
    check.range(config.minutes_filters[i].attenuation, at("minutesFilters", i, "/attenuation"));
    check.range(config.minutes_filters[i].drop_if_minutes, at("minutesFilters", i, "/dropIfMinutes"));
  }
  for (std::size_t i = 0; i < config.level_filters.size(); ++i)
    check.range(config.level_filters[i], at("levelFilters", i, ""));
  for (std::size_t i = 0; i < config.weights.size(); ++i) {
    check.range(config.weights[i].attenuation, at("weights", i, "/attenuation"));
    check.number(config.weights[i].weight, 0, kMostNumber, at("weights", i, "/weight"));
  }
  for (std::size_t i = 0; i < config.of_window.size(); ++i)
    check.range(config.of_window[i].normalized_minutes, at("ofWindow", i, "/normalizedMinutes"));
  for (std::size_t i = 0; i < config.of_day.size(); ++i)
    check.range(config.of_day[i].normalized_minutes, at("ofDay", i, "/normalizedMinutes"));
  const CwaLevelOffsets& offsets = config.offsets;
  for (const std::int64_t offset : {offsets.recursive, offsets.self_report, offsets.confirmed_clinical,
                                    offsets.confirmed_test, offsets.standard, offsets.high})
    check.number(static_cast<double>(offset), 0, kMostScore, "offsets");
  check.numbers(config.level_values, kScores, 0, kMostNumber, "levelValues");
  check.number(static_cast<double>(config.days), 0, kMostDays, "days");
  return check.wrong;
}

std::vector<FieldError> check(const Dp3t& config) {
  Check check("/dp3t");
  check.that(config.low >= 0 && config.low <= config.high && config.high <= kMostAttenuation, "high");
  check.numbers(config.weights, 3, 0, kMostNumber, "weights");
  check.number(static_cast<double>(config.cap_seconds), 0, kDaySeconds, "capSeconds");
  check.number(config.trigger_seconds, 0, kMostNumber, "triggerSeconds");
  check.number(static_cast<double>(config.days), 0, kMostDays, "days");
  return check.wrong;
}

std::vector<FieldError> check(const Nhs& config) {
  Check check("/nhs");
  const Smoother& smoother = config.smoother;
  check.number(smoother.step, 0, 100, "smoother/step");
  check.that(std::abs(smoother.slope) <= 1000, "smoother/slope");
  check.that(std::abs(smoother.intercept) <= 1000, "smoother/intercept");
  check.number(smoother.variance, 1e-9, 1000, "smoother/variance");
  check.number(smoother.mean, 0, 1000, "smoother/mean");
  check.number(smoother.spread, 1e-9, kMostNumber, "smoother/spread");
  check.number(smoother.alpha, 1e-3, 10, "smoother/alpha");
  check.number(smoother.beta, 0, 10, "smoother/beta");
  check.number(smoother.kappa, 0, 10, "smoother/kappa");
  check.number(smoother.nearest, 0, 1000, "smoother/nearest");
  check_weights(check, config.infectious);
  check.number(config.threshold, 0, kMostNumber, "threshold");
  return check.wrong;
}

template <class T>
void gather(std::vector<FieldError>& wrong, const std::optional<T>& part) {
  if (!part) return;
  for (FieldError& error : check(*part)) wrong.push_back(std::move(error));
}

using Days = std::vector<AssessedDay>;

Days assess(const Gaen2& config, std::span<const ExposureWindow> windows, std::int64_t today) {
  Days out;
  for (const DaySummary& summary : day_summaries(config, windows, today))
    out.push_back({summary.day, summary.all.sum, summary.all.sum >= config.trigger_seconds});
  return out;
}

Days assess(const Cwa2& config, std::span<const ExposureWindow> windows, std::int64_t today) {
  Days out;
  for (const CwaDayRisk& risk : day_risks(config, windows, today))
    out.push_back({risk.day, risk.normalized_minutes, risk.level == CwaLevel::kHigh});
  return out;
}

Days assess(const Dp3t& config, std::span<const ExposureWindow> windows, std::int64_t today) {
  Days out;
  for (const Dp3tDay& score : exposure_scores(config, windows, today))
    out.push_back({score.day, score.seconds, score.seconds >= config.trigger_seconds});
  return out;
}

Days assess(const Nhs& config, std::span<const ExposureWindow> windows, std::int64_t) {
  std::map<std::int64_t, double> days;
  for (const ExposureWindow& window : windows) {
    double& highest = days[utc_day(window.begin)];
    highest = std::max(highest, window_risk(config, window));
  }
  Days out;
  for (const auto& [day, risk] : days) out.push_back({day, risk, risk >= config.threshold});
  return out;
}

}  // namespace

Result<RiskConfig> parse_risk_config(std::string_view text) {
  auto config = json::parse<RiskConfig>(text);
  if (!config) return config;
  std::vector<FieldError> wrong;
  if (config->id.empty()) wrong.push_back({"/id", "required", {}});
  if (config->source.empty()) wrong.push_back({"/source", "required", {}});
  const int engines = config->gaen1.has_value() + config->gaen2.has_value() + config->cwa2.has_value() +
                      config->dp3t.has_value() + config->nhs.has_value();
  if (engines != 1) wrong.push_back({"", "one_of", {}});
  gather(wrong, config->infectiousness);
  gather(wrong, config->gaen1);
  gather(wrong, config->gaen2);
  gather(wrong, config->cwa2);
  gather(wrong, config->dp3t);
  gather(wrong, config->nhs);
  if (!wrong.empty()) return Error(kInvalid, std::move(wrong));
  return config;
}

std::optional<std::vector<AssessedDay>> assess(const RiskConfig& config, std::span<const ExposureWindow> windows,
                                               std::int64_t today) {
  if (config.gaen2) return assess(*config.gaen2, windows, today);
  if (config.cwa2) return assess(*config.cwa2, windows, today);
  if (config.dp3t) return assess(*config.dp3t, windows, today);
  if (config.nhs) return assess(*config.nhs, windows, today);
  return std::nullopt;
}

}  // namespace luytre::proximity
