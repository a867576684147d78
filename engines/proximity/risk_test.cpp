// The risk engines on the vectors of those who published them, and on hand. LUYTRE_SHARED_DATA names the folder of the
// vectors; where it is missing these tests are skipped, and say so.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// gtest first: rapidcheck looks for it.
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "engines/proximity/risk_config.h"
#include "platform/base/result_testing.h"

namespace luytre::proximity {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;

const fs::path kShared = LUYTRE_SHARED_DATA;
const fs::path kConfigs = fs::path(LUYTRE_SOURCE_DIR) / "data/proximity/risk";
constexpr std::int64_t kToday = 18'900;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

std::string unzipped(const fs::path& file) {
  std::string out;
  gzFile in = gzopen(file.c_str(), "rb");
  char part[1 << 16];
  for (int got = 0; in && (got = gzread(in, part, sizeof(part))) > 0;) out.append(part, static_cast<std::size_t>(got));
  if (in) gzclose(in);
  return out;
}

RiskConfig shipped(const std::string& id) {
  auto config = parse_risk_config(read(kConfigs / (id + ".json")));
  if (!config) throw std::runtime_error(id + ": " + ::testing::PrintToString(fields(config)));
  return std::move(*config);
}

ExposureWindow window(std::int64_t age, std::vector<ScanInstance> scans,
                      ReportType reported = ReportType::kConfirmedTest, Infectious infectious = Infectious::kHigh) {
  return {Instant{(kToday - age) * kDaySeconds}, reported, infectious, 0, std::move(scans)};
}

// ---- configuration ----

TEST(RiskConfig, ShippedOnesAreReadAndCalledAfterTheirFiles) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(kConfigs)) {
    if (entry.path().extension() != ".json") continue;
    EXPECT_EQ(shipped(entry.path().stem()).id, entry.path().stem().string());
    ++count;
  }
  EXPECT_EQ(count, 6);
}

TEST(RiskConfig, WhatIsWrongIsRefusedWithItsPlace) {
  const std::string good = read(kConfigs / "gaen-v2-narrow.json");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const auto place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    return fields(parse_risk_config(text.replace(place, from.size(), to)));
  };
  EXPECT_THAT(with("[55, 63, 70]", "[55, 63, 63]"), ElementsAre("/gaen2/thresholds/2 range"));
  EXPECT_THAT(with("[55, 63, 70]", "[55, 63]"), ElementsAre("/gaen2/thresholds length"));
  EXPECT_THAT(with("[1.5, 1", "[2.6, 1"), ElementsAre("/gaen2/bucketWeights/0 range"));
  EXPECT_THAT(with("\"days\": 14", "\"days\": -1"), ElementsAre("/gaen2/days range"));
  EXPECT_THAT(with("\"none\", ", ""), ElementsAre("/infectiousness/days length"));
  EXPECT_THAT(with("\"gaen2\"", "\"gaen3\""), Contains("/gaen3 unknown"));
  EXPECT_THAT(fields(parse_risk_config(R"({"id":"x","title":{"vi":"x","en":"x"},"source":"x","decided":[]})")),
              ElementsAre(" one_of"));
  EXPECT_EQ(code(parse_risk_config("{")), "malformed");
}

// ---- v1 ----

ExposureRecord record(std::int32_t minutes, std::int32_t attenuation, std::array<std::int32_t, 3> at) {
  return {Instant{}, minutes * 60, attenuation, {at[0] * 60, at[1] * 60, at[2] * 60}};
}

TEST(Gaen1, BucketsBeginAndEndAsUpstream) {
  Gaen1 config;
  config.attenuation = {0, 1, 2, 3, 4, 5, 6, 7};
  config.days = config.duration = config.transmission = std::vector<std::int64_t>(8, 1);
  config.minimum = 0;
  const auto by_attenuation = [&](std::int32_t db) { return score(config, record(5, db, {}), 0, 1); };
  EXPECT_EQ(by_attenuation(74), 0);
  EXPECT_EQ(by_attenuation(73), 1);
  EXPECT_EQ(by_attenuation(64), 1);
  EXPECT_EQ(by_attenuation(63), 2);
  EXPECT_EQ(by_attenuation(11), 6);
  EXPECT_EQ(by_attenuation(10), 7);
  std::swap(config.attenuation, config.days);
  const auto by_days = [&](std::int64_t days) { return score(config, record(5, 50, {}), days, 1); };
  EXPECT_EQ(by_days(14), 0);
  EXPECT_EQ(by_days(13), 1);
  EXPECT_EQ(by_days(2), 6);
  EXPECT_EQ(by_days(1), 7);
  std::swap(config.days, config.duration);
  const auto by_minutes = [&](std::int32_t minutes) { return score(config, record(minutes, 50, {}), 0, 1); };
  EXPECT_EQ(by_minutes(0), 0);
  EXPECT_EQ(by_minutes(1), 1);
  EXPECT_EQ(by_minutes(5), 1);
  EXPECT_EQ(by_minutes(30), 6);
  EXPECT_EQ(by_minutes(31), 7);
  std::swap(config.duration, config.transmission);
  EXPECT_EQ(score(config, record(5, 50, {}), 0, 0), 1);  // not told
  EXPECT_EQ(score(config, record(5, 50, {}), 0, 1), 0);
  EXPECT_EQ(score(config, record(5, 50, {}), 0, 8), 7);
}

// The example of the first Corona-Warn-App's documentation: Betty met Anton, and Aisha.
TEST(Gaen1, WorkedExampleOfTheFirstCoronaWarnApp) {
  const Gaen1 config = *shipped("gaen-v1-cwa").gaen1;
  const ExposureRecord anton = record(20, 50, {20, 0, 0}), aisha = record(20, 60, {0, 20, 0});
  EXPECT_EQ(score(config, anton, 3, 8), 40);
  EXPECT_EQ(score(config, anton, 3, 2), 0);  // 10 is below 11
  const ScoredRecord met_anton{anton, 40}, met_aisha{aisha, 40}, ignored{record(60, 50, {60, 0, 0}), 0};
  EXPECT_DOUBLE_EQ(combined_minutes(config, std::vector{met_anton}), 32);
  EXPECT_DOUBLE_EQ(combined_minutes(config, std::vector{met_anton, met_aisha, ignored}), 48);
}

// ---- v2 ----

TEST(Gaen2, DaysAreSummedByReport) {
  Gaen2 config = *shipped("gaen-v2-narrow").gaen2;
  config.reports.self_report = 0.5;
  config.infectious.standard = 0.5;
  const std::vector<ExposureWindow> windows{
      window(1, {{50, 55, 300}, {50, 56, 300}, {60, 63, 120}, {60, 64, 60}, {70, 70, 60}, {71, 71, 240}}),
      window(1, {{50, 50, 300}}, ReportType::kSelfReport, Infectious::kStandard),
      window(1, {{50, 50, 300}}, ReportType::kRevoked), window(15, {{50, 50, 300}}), window(14, {{80, 80, 300}})};
  const auto days = day_summaries(config, windows, kToday);
  ASSERT_EQ(days.size(), 2u);
  EXPECT_EQ(days[0].day, kToday - 14);
  EXPECT_DOUBLE_EQ(days[0].all.sum, 0);
  const double first = 300 * 1.5 + 420 + 120 * .4, second = 300 * 1.5;
  EXPECT_DOUBLE_EQ(days[1].by_report[1].sum, first);
  EXPECT_DOUBLE_EQ(days[1].by_report[3].sum, second / 4);
  EXPECT_DOUBLE_EQ(days[1].all.sum, first + second / 4);
  EXPECT_DOUBLE_EQ(days[1].all.maximum, first);
  EXPECT_DOUBLE_EQ(days[1].all.weighted_duration, first + second);
  config.minimum_window_score = second / 4 + 1;
  EXPECT_DOUBLE_EQ(day_summaries(config, windows, kToday)[1].all.weighted_duration, first);
  config.days = 0;
  EXPECT_EQ(day_summaries(config, windows, kToday).size(), 3u);
}

RC_GTEST_PROP(Gaen2, MoreTimeOrNearerIsNeverLess, ()) {
  const Gaen2 config = *shipped("gaen-v2-wide").gaen2;
  const auto db = *rc::gen::inRange(20, 100);
  const auto seconds = *rc::gen::inRange(0, 300);
  const double here = window_score(config, window(0, {{db, db, seconds}}));
  RC_ASSERT(window_score(config, window(0, {{db, db, seconds + 60}})) >= here);
  RC_ASSERT(window_score(config, window(0, {{db, db - 1, seconds}})) >= here);
}

// ---- DP-3T ----

TEST(Dp3t, EachRangeIsCappedAndWeighted) {
  const Dp3t config = *shipped("dp3t-2020-05").dp3t;
  const auto seconds = [&](std::vector<ScanInstance> scans) {
    return exposure_scores(config, std::vector{window(2, std::move(scans))}, kToday)[0].seconds;
  };
  EXPECT_DOUBLE_EQ(seconds({{40, 49, 300}}), 300);
  EXPECT_DOUBLE_EQ(seconds({{40, 50, 300}}), 150);
  EXPECT_DOUBLE_EQ(seconds({{40, 54, 300}, {40, 55, 300}}), 150);
  EXPECT_DOUBLE_EQ(seconds(std::vector<ScanInstance>(10, {40, 40, 300})), 1800);
  EXPECT_EQ(exposure_scores(config, std::vector{window(11, {{40, 40, 300}})}, kToday).size(), 0u);
  const auto days =
      assess(shipped("dp3t-2020-05"), std::vector{window(1, std::vector<ScanInstance>(3, {40, 40, 300}))}, kToday);
  ASSERT_TRUE(days && days->size() == 1);
  EXPECT_TRUE(days->front().tell);  // 15 min exactly
}

// ---- Corona-Warn-App ----

TEST(Cwa, TransmissionRiskIsTheUpstreamTable) {
  constexpr std::int64_t kTable[][15] = {
      {8, 8, 7, 6, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1}, {8, 8, 8, 7, 6, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1},
      {6, 8, 8, 8, 7, 6, 4, 2, 1, 1, 1, 1, 1, 1, 1}, {5, 6, 8, 8, 8, 7, 6, 4, 2, 1, 1, 1, 1, 1, 1},
      {3, 5, 6, 8, 8, 8, 7, 6, 4, 2, 1, 1, 1, 1, 1}, {2, 3, 5, 6, 8, 8, 8, 7, 6, 4, 2, 1, 1, 1, 1},
      {2, 2, 3, 5, 6, 8, 8, 8, 7, 6, 4, 2, 1, 1, 1}, {1, 2, 2, 3, 5, 6, 8, 8, 8, 7, 6, 4, 2, 1, 1},
      {1, 1, 2, 2, 3, 5, 6, 8, 8, 8, 7, 6, 4, 2, 1}, {1, 1, 1, 2, 2, 3, 5, 6, 8, 8, 8, 7, 6, 4, 2},
      {1, 1, 1, 1, 2, 2, 3, 5, 6, 8, 8, 8, 7, 6, 4}, {1, 1, 1, 1, 1, 2, 2, 3, 5, 6, 8, 8, 8, 7, 6},
      {1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 6, 8, 8, 8, 7}, {1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 6, 8, 8, 8},
      {1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 6, 8, 8}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 6, 8},
      {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 6}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 5},
      {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2},
      {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}};
  for (std::int64_t onset = 0; onset <= 21; ++onset)
    for (std::int64_t age = 0; age < 15; ++age)
      EXPECT_EQ(transmission_risk(Symptoms::kOnsetKnown, onset, age), kTable[onset][age]) << onset << ' ' << age;
  EXPECT_EQ(transmission_risk(Symptoms::kNotSaid, 0, 2), 7);
  EXPECT_EQ(transmission_risk(Symptoms::kNone, 0, 0), 4);
  EXPECT_EQ(transmission_risk(Symptoms::kNone, 0, 15), 1);
}

TEST(Cwa, FiltersDropWindows) {
  Cwa2 config = *shipped("cwa-v2").cwa2;
  const ExposureWindow nine = window(1, {{60, 60, 300}, {60, 60, 240}});
  ASSERT_TRUE(window_risk(config, nine));
  config.minutes_filters = {
      {{.min = 0, .max = 73, .max_exclusive = true}, {.min = 0, .max = 10, .max_exclusive = true}}};
  EXPECT_FALSE(window_risk(config, nine));
  EXPECT_TRUE(window_risk(config, window(1, {{60, 60, 300}, {72, 72, 300}})));
  EXPECT_FALSE(window_risk(config, window(1, {{60, 60, 300}, {73, 73, 300}})));
  config.minutes_filters.clear();
  config.level_filters = {{.min = 8, .max = 8}};
  EXPECT_FALSE(window_risk(config, nine));
  EXPECT_TRUE(window_risk(config, window(1, nine.scans, ReportType::kConfirmedTest, Infectious::kStandard)));
}

class CwaVectors : public ::testing::Test {
 protected:
  void SetUp() override {
    const fs::path file = kShared / "gaen/cwa/exposure-windows-risk-calculation.json";
    if (!fs::exists(file)) GTEST_SKIP() << "NOT TESTED: " << file << " is missing";
    vectors_ = boost::json::parse(read(file)).as_object();
  }
  boost::json::object vectors_;
};

CwaRange range_of(const boost::json::value& value) {
  const auto& object = value.as_object();
  CwaRange range{.min = object.at("min").to_number<double>(), .max = object.at("max").to_number<double>()};
  if (const auto* exclusive = object.if_contains("maxExclusive")) range.max_exclusive = exclusive->as_bool();
  return range;
}

void expect_same(const CwaRange& a, const CwaRange& b) {
  EXPECT_EQ(a.min, b.min);
  EXPECT_EQ(a.max, b.max);
  EXPECT_EQ(a.max_exclusive.value_or(false), b.max_exclusive.value_or(false));
}

TEST_F(CwaVectors, ShippedConfigurationIsTheirs) {
  const Cwa2 config = *shipped("cwa-v2").cwa2;
  const auto& theirs = vectors_.at("defaultRiskCalculationConfiguration").as_object();
  const auto& weights = theirs.at("minutesAtAttenuationWeights").as_array();
  ASSERT_EQ(config.weights.size(), weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    expect_same(config.weights[i].attenuation, range_of(weights[i].at("attenuationRange")));
    EXPECT_EQ(config.weights[i].weight, weights[i].at("weight").to_number<double>());
  }
  const auto same_levels = [&](const char* name, const std::vector<CwaRiskRange>& ours) {
    const auto& ranges = theirs.at(name).as_array();
    ASSERT_EQ(ours.size(), ranges.size());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      expect_same(ours[i].normalized_minutes, range_of(ranges[i].at("normalizedTimeRange")));
      EXPECT_EQ(static_cast<int>(ours[i].level), ranges[i].at("riskLevel").to_number<int>());
    }
  };
  same_levels("normalizedTimePerEWToRiskLevelMapping", config.of_window);
  same_levels("normalizedTimePerDayToRiskLevelMapping", config.of_day);
  const auto& values = theirs.at("transmissionRiskValueMapping").as_array();
  ASSERT_EQ(values.size(), config.level_values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_EQ(config.level_values[i], values[i].at("transmissionRiskValue").to_number<double>());
  const auto& encoding = theirs.at("trlEncoding").as_object();
  EXPECT_EQ(encoding.at("reportTypeOffsetConfirmedTest").to_number<int>(), config.offsets.confirmed_test);
  EXPECT_EQ(encoding.at("reportTypeOffsetConfirmedClinicalDiagnosis").to_number<int>(),
            config.offsets.confirmed_clinical);
  EXPECT_EQ(encoding.at("reportTypeOffsetSelfReport").to_number<int>(), config.offsets.self_report);
  EXPECT_EQ(encoding.at("infectiousnessOffsetHigh").to_number<int>(), config.offsets.high);
  EXPECT_TRUE(theirs.at("minutesAtAttenuationFilters").as_array().empty());
  EXPECT_TRUE(theirs.at("trlFilters").as_array().empty());
}

TEST_F(CwaVectors, AllCases) {
  const Cwa2 config = *shipped("cwa-v2").cwa2;
  const auto& cases = vectors_.at("testCases").as_array();
  EXPECT_GE(cases.size(), 20u);
  for (const auto& each : cases) {
    SCOPED_TRACE(std::string(each.at("description").as_string()));
    std::vector<ExposureWindow> windows;
    for (const auto& given : each.at("exposureWindows").as_array()) {
      std::vector<ScanInstance> scans;
      for (const auto& scan : given.at("scanInstances").as_array())
        scans.push_back({scan.at("minAttenuation").to_number<int>(), scan.at("typicalAttenuation").to_number<int>(),
                         scan.at("secondsSinceLastScan").to_number<int>()});
      windows.push_back(window(given.at("ageInDays").to_number<int>(), std::move(scans),
                               static_cast<ReportType>(given.at("reportType").to_number<int>()),
                               static_cast<Infectious>(given.at("infectiousness").to_number<int>())));
      windows.back().confidence = given.at("calibrationConfidence").to_number<int>();
    }
    const CwaRisk risk = total_risk(day_risks(config, windows, kToday));
    const auto age = [](std::optional<std::int64_t> day) {
      return day ? boost::json::value(kToday - *day) : boost::json::value(nullptr);
    };
    const auto number = [&](const char* name) { return each.at(name).to_number<std::int64_t>(); };
    EXPECT_EQ(static_cast<int>(risk.level), number("expTotalRiskLevel"));
    EXPECT_EQ(age(risk.last_low_day), each.at("expAgeOfMostRecentDateWithLowRisk"));
    EXPECT_EQ(age(risk.last_high_day), each.at("expAgeOfMostRecentDateWithHighRisk"));
    EXPECT_EQ(risk.days_low, number("expNumberOfDaysWithLowRisk"));
    EXPECT_EQ(risk.days_high, number("expNumberOfDaysWithHighRisk"));
    EXPECT_EQ(risk.encounters_low, number("expTotalMinimumDistinctEncountersWithLowRisk"));
    EXPECT_EQ(risk.encounters_high, number("expTotalMinimumDistinctEncountersWithHighRisk"));
  }
}

// ---- NHS ----

TEST(Nhs, AWindowIsWeighedByItsInfectiousness) {
  const Nhs config = *shipped("nhs-v2").nhs;
  const std::vector<ScanInstance> scans(6, {45, 70, 300});
  const double high = window_risk(config, window(1, scans));
  EXPECT_GT(high, config.threshold);
  EXPECT_NEAR(window_risk(config, window(1, scans, ReportType::kConfirmedTest, Infectious::kStandard)), 0.4 * high,
              1e-9);
  EXPECT_EQ(window_risk(config, window(1, scans, ReportType::kRevoked)), 0);
  EXPECT_EQ(window_risk(config, window(1, {})), 0);
}

TEST(Smoother, IsAsLongAsTheSecondsFromTheFirstReadingToTheLast) {
  const std::vector<Reading> readings{{999, 60}, {240, 60}, {180, 70}};
  EXPECT_EQ(smooth(Smoother{}, readings).size(), 421u);
  EXPECT_TRUE(smooth(Smoother{}, {}).empty());
  const std::vector<Reading> endless{{0, 60}, {1e300, 60}};
  EXPECT_EQ(smooth(Smoother{}, endless).size(), 1u);
  const std::vector<Reading> odd{{0, 60}, {std::nan(""), 60}};
  EXPECT_EQ(smooth(Smoother{}, odd).size(), 1u);
}

TEST(Smoother, MedianOfAGammaDistribution) {
  EXPECT_NEAR(median({1, 1}), 0.693147, 1e-6);  // shape 1: exponential
  EXPECT_NEAR(median({4, 0.0001}), 4, 1e-3);
  EXPECT_EQ(median({0, 1}), 0.001);
  EXPECT_EQ(median({1, 0}), 0.001);
}

RC_GTEST_PROP(Smoother, LouderIsNearerAndScoresStayInBounds, ()) {
  const auto count = *rc::gen::inRange(1, 7);
  const auto db = *rc::gen::inRange(30, 100);
  std::vector<Reading> loud, soft;
  double seconds = 0;
  for (int i = 0; i < count; ++i) {
    const double since = *rc::gen::inRange(60, 300);
    if (i > 0) seconds += since;
    loud.push_back({since, static_cast<double>(db)});
    soft.push_back({since, static_cast<double>(db) + 15});
  }
  const double nearer = proximity_score(Smoother{}, loud), farther = proximity_score(Smoother{}, soft);
  RC_ASSERT(farther <= nearer + 1e-12);
  RC_ASSERT(nearer >= 0 && nearer <= (seconds + 1) / 60 + 1e-9);
}

std::map<std::string, double> nhs_scores(const fs::path& file) {
  std::map<std::string, double> out;
  std::istringstream lines(unzipped(file));
  std::string line;
  std::getline(lines, line);
  if (line != ",risk_score,score_14,score_15,score_16,pf_15,pf_16,scenario_csv") return out;
  while (std::getline(lines, line)) {
    std::vector<std::string> cells;
    std::istringstream parts(line.substr(0, line.find('"')));
    for (std::string cell; std::getline(parts, cell, ',');) cells.push_back(cell);
    const auto name = line.find('"');
    out[line.substr(name + 1, line.rfind('"') - name - 1)] = std::stod(cells.at(4));
  }
  return out;
}

TEST(Smoother, ScoresOfTheNhsScenarios) {
  const fs::path folder = kShared / "gaen/nhs";
  if (!fs::exists(folder / "ScanInstances")) GTEST_SKIP() << "NOT TESTED: " << folder << " is missing";
  const auto expected = nhs_scores(folder / "pythonRiskScores.csv.gz");
  EXPECT_GE(expected.size(), 9000u);
  int count = 0;
  for (const auto& entry : fs::directory_iterator(folder / "ScanInstances")) {
    std::ifstream in(entry.path());
    std::vector<Reading> readings;
    double since = 0, attenuation = 0;
    for (char comma = 0; in >> since >> comma >> attenuation;) readings.push_back({since, attenuation});
    const double wanted = expected.at(entry.path().filename().string());
    EXPECT_NEAR(proximity_score(Smoother{}, readings), wanted, 0.02 * wanted) << entry.path();  // upstream allows 5 %
    ++count;
  }
  EXPECT_EQ(count, 6);
}

// ---- real windows ----

// Contents of the regular files of a tar archive (POSIX.1-1988 ustar).
std::vector<std::string> untarred(const std::string& tar) {
  std::vector<std::string> files;
  for (std::size_t at = 0; at + 512 <= tar.size() && tar[at] != '\0';) {
    const std::size_t size = std::stoul(tar.substr(at + 124, 12), nullptr, 8);
    if (tar[at + 156] == '0' || tar[at + 156] == '\0') files.push_back(tar.substr(at + 512, size));
    at += 512 + (size + 511) / 512 * 512;
  }
  return files;
}

// 270 pairs' windows as Android gave them (DP-3T, July 2020), through every engine of windows, held against plain sums.
TEST(RealWindows, EnginesAgreeWithPlainSums) {
  const fs::path file = kShared / "contacts/dp3t-bt-measurements/exp34-backend-checks.tar.gz";
  if (!fs::exists(file)) GTEST_SKIP() << "NOT TESTED: " << file << " is missing";
  const auto files = untarred(unzipped(file));
  ASSERT_EQ(files.size(), 271u);  // and one that explains them
  const RiskConfig gaen2 = shipped("gaen-v2-narrow"), cwa = shipped("cwa-v2"), dp3t = shipped("dp3t-2020-05");
  const Nhs nhs = *shipped("nhs-v2").nhs;
  std::size_t count = 0, smoothed = 0;
  for (const std::string& text : files) {
    if (!text.starts_with('{')) continue;
    std::vector<ExposureWindow> windows;
    const boost::json::value parsed = boost::json::parse(text);
    for (const auto& experiment : parsed.as_object())
      for (const auto& given : experiment.value().as_array()) {
        ExposureWindow next{Instant{given.at("dateMillisSinceEpoch").as_int64() / 1000},
                            static_cast<ReportType>(given.at("reportType").to_number<int>()),
                            Infectious::kHigh,
                            0,
                            {}};
        for (const auto& scan : given.at("scanInstances").as_array())
          next.scans.push_back({scan.at("minAttenuationDb").to_number<int>(),
                                scan.at("typicalAttenuationDb").to_number<int>(),
                                scan.at("secondsSinceLastScan").to_number<int>()});
        windows.push_back(std::move(next));
      }
    count += windows.size();
    if (windows.empty()) continue;
    const std::int64_t today = utc_day(windows.front().begin) + 1;
    double weighted = 0, normalized = 0, near = 0, middling = 0;
    for (const ExposureWindow& each : windows) {
      double minutes = 0, seconds = 0;
      for (const ScanInstance& scan : each.scans) {
        const double t = scan.seconds_since_last_scan;
        const int typical = scan.typical_attenuation, least = scan.min_attenuation;
        weighted += t * (typical <= 55 ? 1.5 : typical <= 63 ? 1 : typical <= 70 ? .4 : 0);
        minutes += t / 60 * (least < 63 ? .8 : least < 73 ? 1 : least < 79 ? .1 : 0);
        (typical < 50 ? near : middling) += typical < 55 ? t : 0;
        seconds += t;
      }
      normalized += 1.6 * minutes;
      if (&each != &windows.front()) continue;  // thousands of smoothings take long
      ++smoothed;
      const double risk = window_risk(nhs, each);
      EXPECT_GE(risk, 0);
      EXPECT_LE(risk, seconds + 1);
    }
    EXPECT_NEAR(assess(gaen2, windows, today)->at(0).score, weighted, 1e-6);
    EXPECT_NEAR(assess(cwa, windows, today)->at(0).score, normalized, 0.051);
    EXPECT_NEAR(assess(dp3t, windows, today)->at(0).score, std::min(near, 1800.) + .5 * std::min(middling, 1800.),
                1e-6);
  }
  EXPECT_GT(count, 271u);
  EXPECT_GT(smoothed, 200u);
  RecordProperty("windows", static_cast<int>(count));
}

}  // namespace
}  // namespace luytre::proximity
