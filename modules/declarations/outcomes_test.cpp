// What every shipped rule set makes of answers, and the digests of the files that say so. A line here changes only
// together with a new file: what was judged once is judged so for ever.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "modules/declarations/catalogue.h"

namespace luytre::declarations {
namespace {

// rule set | questions answered yes, all other booleans no | coded answers | colour | reasons | next step | who is
// told, within minutes
constexpr const char* kGolden = R"(
daily-health-rules-2020-03-10 |  |  | green | no-sign | go-on | 
daily-health-rules-2020-03-10 | fever |  | yellow | symptoms | watch-health | residence 240
daily-health-rules-2020-03-10 | breath |  | red | breath | call-station | residence 60
daily-health-rules-2020-03-10 | contact-case aches |  | red | contact-with-case symptoms | call-station | residence 60
daily-health-rules-2020-03-10 | contact-case breath cough |  | red | contact-with-case breath symptoms | call-station | residence 60
domestic-movement-rules-2021-05-29 |  |  | green | no-sign | go-on | 
domestic-movement-rules-2021-05-29 | visited |  | green | no-sign | go-on | 
domestic-movement-rules-2021-05-29 | symptoms |  | yellow | symptoms | watch-health | residence destination 240
domestic-movement-rules-2021-05-29 | contact-sick |  | yellow | contact-with-sick | watch-health | residence destination 240
domestic-movement-rules-2021-05-29 | contact-country |  | yellow | contact-from-affected-country | watch-health | residence destination 240
domestic-movement-rules-2021-05-29 | contact-case |  | red | contact-with-case | call-station | residence destination 60
domestic-movement-rules-2021-05-29 | symptoms visited |  | red | symptoms-and-exposure symptoms | call-station | residence destination 60
domestic-movement-rules-2021-05-29 | symptoms contact-sick contact-case |  | red | contact-with-case symptoms-and-exposure symptoms contact-with-sick | call-station | residence destination 60
place-entry-rules-2021-05-29 |  |  | green | no-sign | go-on | 
place-entry-rules-2021-05-29 | visited |  | green | no-sign | go-on | 
place-entry-rules-2021-05-29 | symptoms |  | yellow | symptoms | watch-health | residence destination 240
place-entry-rules-2021-05-29 | contact-sick |  | yellow | contact-with-sick | watch-health | residence destination 240
place-entry-rules-2021-05-29 | contact-country |  | yellow | contact-from-affected-country | watch-health | residence destination 240
place-entry-rules-2021-05-29 | contact-case |  | red | contact-with-case | call-station | residence destination 60
place-entry-rules-2021-05-29 | symptoms visited |  | red | symptoms-and-exposure symptoms | call-station | residence destination 60
place-entry-rules-2021-05-29 | symptoms contact-sick contact-case |  | red | contact-with-case symptoms-and-exposure symptoms contact-with-sick | call-station | residence destination 60
entry-rules-2021-03-01 |  | pregnant=no | green | no-sign | show-at-gate | 
entry-rules-2021-03-01 | animals | pregnant=no | yellow | animals | examination | residence destination 240
entry-rules-2021-03-01 | rash | pregnant=no | yellow | symptoms | examination | residence destination 240
entry-rules-2021-03-01 | rash animals | pregnant=no | red | symptoms-and-animals symptoms animals | stay-apart | residence destination 60
entry-rules-2021-03-01 | contact-case | pregnant=no | red | contact-with-case | stay-apart | residence destination 60
entry-rules-2021-03-01 | tested | test-result=positive | red | positive-test | stay-apart | residence destination 60
entry-rules-2021-03-01 | tested | test-result=unclear | yellow | unclear-test | examination | residence destination 240
entry-rules-2021-03-01 | tested | test-result=negative | green | no-sign | show-at-gate | 
entry-rules-2021-03-01 | cough has-chronic | pregnant=no | yellow | symptoms | examination | residence destination 240
entry-rules-2021-03-01 | cough | pregnant=yes | yellow | symptoms | examination | residence destination 240
entry-rules-2021-03-01 | has-chronic | pregnant=yes | green | no-sign | show-at-gate | 
entry-rules-2026-11-22 |  | pregnant=no | green | no-sign | show-at-gate | 
entry-rules-2026-11-22 | animals | pregnant=no | yellow | animals | examination | residence destination 240
entry-rules-2026-11-22 | rash | pregnant=no | yellow | symptoms | examination | residence destination 240
entry-rules-2026-11-22 | rash animals | pregnant=no | red | symptoms-and-animals symptoms animals | stay-apart | residence destination 60
entry-rules-2026-11-22 | contact-case | pregnant=no | red | contact-with-case | stay-apart | residence destination 60
entry-rules-2026-11-22 | tested | test-result=positive | red | positive-test | stay-apart | residence destination 60
entry-rules-2026-11-22 | tested | test-result=unclear | yellow | unclear-test | examination | residence destination 240
entry-rules-2026-11-22 | tested | test-result=negative | green | no-sign | show-at-gate | 
entry-rules-2026-11-22 | cough has-chronic | pregnant=no | red | symptoms-and-vulnerable symptoms | examination | residence destination 60
entry-rules-2026-11-22 | cough | pregnant=yes | red | symptoms-and-vulnerable symptoms | examination | residence destination 60
entry-rules-2026-11-22 | has-chronic | pregnant=yes | green | no-sign | show-at-gate | 
general-rules-2020-03-10 |  | pregnant=no | green | no-sign | go-on | 
general-rules-2020-03-10 | fatigue | pregnant=no | yellow | symptoms | watch-health | residence 240
general-rules-2020-03-10 | fatigue visited | pregnant=no | red | symptoms-and-exposure symptoms | call-station | residence 60
general-rules-2020-03-10 | contact-country | pregnant=no | yellow | contact-from-affected-country | watch-health | residence 240
general-rules-2020-03-10 | contact-sick | pregnant=not-applicable | yellow | contact-with-sick | watch-health | residence 240
general-rules-2020-03-10 | contact-case | pregnant=no | red | contact-with-case | call-station | residence 60
general-rules-2020-03-10 | pneumonia has-chronic | pregnant=no | red | symptoms-and-vulnerable symptoms | call-station | residence 60
general-rules-2020-03-10 | fever | pregnant=yes | red | symptoms-and-vulnerable symptoms | call-station | residence 60
general-rules-2020-03-10 | has-chronic visited | pregnant=yes | green | no-sign | go-on | 
home-isolation-rules-2021-07-12 | at-place | needs=nothing | green | no-sign | go-on | 
home-isolation-rules-2021-07-12 | at-place fever | needs=nothing | yellow | symptoms | watch-health | residence 240
home-isolation-rules-2021-07-12 | at-place breath | needs=nothing | red | breath | call-station | residence 60
home-isolation-rules-2021-07-12 |  | needs=nothing | yellow | not-at-place | watch-health | residence 240
home-isolation-rules-2021-07-12 | at-place | needs=call | yellow | needs-call | watch-health | residence 240
home-isolation-rules-2021-07-12 | at-place throat | needs=visit | red | needs-visit symptoms | call-station | residence 60
daily-measles-rules-2026-11-23 |  | course=same needs=nothing | green | no-sign | go-on | 
daily-measles-rules-2026-11-23 | fever | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-measles-rules-2026-11-23 | cough | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-measles-rules-2026-11-23 | nose | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-measles-rules-2026-11-23 | eyes | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-measles-rules-2026-11-23 | rash | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-measles-rules-2026-11-23 | breath | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-measles-rules-2026-11-23 | convulsion | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-measles-rules-2026-11-23 | drowsy | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-measles-rules-2026-11-23 | drink | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-measles-rules-2026-11-23 |  | course=worse needs=nothing | yellow | worse | watch-health | residence 240
daily-measles-rules-2026-11-23 | fever | course=worse needs=nothing | red | worse-with-symptoms symptoms worse | call-station | residence 60
daily-measles-rules-2026-11-23 |  | course=better needs=call | yellow | needs-call | watch-health | residence 240
daily-measles-rules-2026-11-23 |  | course=same needs=visit | red | needs-visit | call-station | residence 60
daily-rash-rules-2026-11-23 |  | course=same needs=nothing | green | no-sign | go-on | 
daily-rash-rules-2026-11-23 | fever | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-rash-rules-2026-11-23 | headache | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-rash-rules-2026-11-23 | aches | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-rash-rules-2026-11-23 | fatigue | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-rash-rules-2026-11-23 | nodes | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-rash-rules-2026-11-23 | blisters | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-rash-rules-2026-11-23 | breath | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-rash-rules-2026-11-23 | drowsy | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-rash-rules-2026-11-23 | drink | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-rash-rules-2026-11-23 | eye-pain | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-rash-rules-2026-11-23 |  | course=worse needs=nothing | yellow | worse | watch-health | residence 240
daily-rash-rules-2026-11-23 | fever | course=worse needs=nothing | red | worse-with-symptoms symptoms worse | call-station | residence 60
daily-rash-rules-2026-11-23 |  | course=better needs=call | yellow | needs-call | watch-health | residence 240
daily-rash-rules-2026-11-23 |  | course=same needs=visit | red | needs-visit | call-station | residence 60
daily-diphtheria-rules-2026-11-23 |  | course=same needs=nothing | green | no-sign | go-on | 
daily-diphtheria-rules-2026-11-23 | fever | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-diphtheria-rules-2026-11-23 | throat | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-diphtheria-rules-2026-11-23 | hoarse | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-diphtheria-rules-2026-11-23 | nose | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-diphtheria-rules-2026-11-23 | membrane | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-diphtheria-rules-2026-11-23 | neck | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-diphtheria-rules-2026-11-23 | breath | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-diphtheria-rules-2026-11-23 | faint | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-diphtheria-rules-2026-11-23 |  | course=worse needs=nothing | yellow | worse | watch-health | residence 240
daily-diphtheria-rules-2026-11-23 | fever | course=worse needs=nothing | red | worse-with-symptoms symptoms worse | call-station | residence 60
daily-diphtheria-rules-2026-11-23 |  | course=better needs=call | yellow | needs-call | watch-health | residence 240
daily-diphtheria-rules-2026-11-23 |  | course=same needs=visit | red | needs-visit | call-station | residence 60
daily-hand-foot-mouth-rules-2026-11-23 |  | course=same needs=nothing | green | no-sign | go-on | 
daily-hand-foot-mouth-rules-2026-11-23 | fever | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-hand-foot-mouth-rules-2026-11-23 | hand-rash | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-hand-foot-mouth-rules-2026-11-23 | mouth | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-hand-foot-mouth-rules-2026-11-23 | vomiting | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-hand-foot-mouth-rules-2026-11-23 | high-fever | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-hand-foot-mouth-rules-2026-11-23 | startle | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-hand-foot-mouth-rules-2026-11-23 | trembling | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-hand-foot-mouth-rules-2026-11-23 | drowsy | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-hand-foot-mouth-rules-2026-11-23 | convulsion | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-hand-foot-mouth-rules-2026-11-23 | breath | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-hand-foot-mouth-rules-2026-11-23 | vomits-much | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-hand-foot-mouth-rules-2026-11-23 |  | course=worse needs=nothing | yellow | worse | watch-health | residence 240
daily-hand-foot-mouth-rules-2026-11-23 | fever | course=worse needs=nothing | red | worse-with-symptoms symptoms worse | call-station | residence 60
daily-hand-foot-mouth-rules-2026-11-23 |  | course=better needs=call | yellow | needs-call | watch-health | residence 240
daily-hand-foot-mouth-rules-2026-11-23 |  | course=same needs=visit | red | needs-visit | call-station | residence 60
daily-influenza-a-h5n1-rules-2026-11-23 |  | course=same needs=nothing | green | no-sign | go-on | 
daily-influenza-a-h5n1-rules-2026-11-23 | fever | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-influenza-a-h5n1-rules-2026-11-23 | cough | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-influenza-a-h5n1-rules-2026-11-23 | throat | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-influenza-a-h5n1-rules-2026-11-23 | aches | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-influenza-a-h5n1-rules-2026-11-23 | eyes | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-influenza-a-h5n1-rules-2026-11-23 | diarrhoea | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-influenza-a-h5n1-rules-2026-11-23 | breath | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-influenza-a-h5n1-rules-2026-11-23 | drowsy | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-influenza-a-h5n1-rules-2026-11-23 |  | course=worse needs=nothing | yellow | worse | watch-health | residence 240
daily-influenza-a-h5n1-rules-2026-11-23 | fever | course=worse needs=nothing | red | worse-with-symptoms symptoms worse | call-station | residence 60
daily-influenza-a-h5n1-rules-2026-11-23 |  | course=better needs=call | yellow | needs-call | watch-health | residence 240
daily-influenza-a-h5n1-rules-2026-11-23 |  | course=same needs=visit | red | needs-visit | call-station | residence 60
daily-dengue-rules-2026-11-23 |  | course=same needs=nothing | green | no-sign | go-on | 
daily-dengue-rules-2026-11-23 | fever | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-dengue-rules-2026-11-23 | headache | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-dengue-rules-2026-11-23 | aches | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-dengue-rules-2026-11-23 | vomiting | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-dengue-rules-2026-11-23 | rash | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-dengue-rules-2026-11-23 | abdomen | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-dengue-rules-2026-11-23 | vomits-much | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-dengue-rules-2026-11-23 | mucosa | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-dengue-rules-2026-11-23 | drowsy | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-dengue-rules-2026-11-23 | cold | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-dengue-rules-2026-11-23 | breath | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-dengue-rules-2026-11-23 |  | course=worse needs=nothing | yellow | worse | watch-health | residence 240
daily-dengue-rules-2026-11-23 | fever | course=worse needs=nothing | red | worse-with-symptoms symptoms worse | call-station | residence 60
daily-dengue-rules-2026-11-23 |  | course=better needs=call | yellow | needs-call | watch-health | residence 240
daily-dengue-rules-2026-11-23 |  | course=same needs=visit | red | needs-visit | call-station | residence 60
daily-cholera-rules-2026-11-23 |  | course=same needs=nothing | green | no-sign | go-on | 
daily-cholera-rules-2026-11-23 | diarrhoea | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-cholera-rules-2026-11-23 | vomiting | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-cholera-rules-2026-11-23 | cramps | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-cholera-rules-2026-11-23 | fever | course=same needs=nothing | yellow | symptoms | watch-health | residence 240
daily-cholera-rules-2026-11-23 | watery | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-cholera-rules-2026-11-23 | dehydration | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-cholera-rules-2026-11-23 | drowsy | course=same needs=nothing | red | danger-signs | call-station | residence 60
daily-cholera-rules-2026-11-23 |  | course=worse needs=nothing | yellow | worse | watch-health | residence 240
daily-cholera-rules-2026-11-23 | diarrhoea | course=worse needs=nothing | red | worse-with-symptoms symptoms worse | call-station | residence 60
daily-cholera-rules-2026-11-23 |  | course=better needs=call | yellow | needs-call | watch-health | residence 240
daily-cholera-rules-2026-11-23 |  | course=same needs=visit | red | needs-visit | call-station | residence 60
)";

// form|version or rule set, and the digest of its file
constexpr const char* kDigests = R"(
daily-cholera|2026-11-23 f6b55a57fe98edd1adb1eacbe0f134c5
daily-dengue|2026-11-23 540801e774379dc90906628686d0d7f1
daily-diphtheria|2026-11-23 44b74341ddbd6379bf61e8e8bff2a60f
daily-hand-foot-mouth|2026-11-23 51f2de1b2b9f32584ace720825a55dfa
daily-health|2020-03-10 81a26f231512b1fff0fac9a388abc637
daily-influenza-a-h5n1|2026-11-23 5aa2650439640d83c7007779eb7889bf
daily-measles|2026-11-23 32d485fd955971b86901f9b698fef2a0
daily-rash|2026-11-23 90c3c4ba3a20ed055c1a24deeede1f5c
domestic-movement|2021-04-30 e3773b859137d47d9e8a547525755456
entry|2021-03-01 4b2cad2c1e6054a6628a0907429d3470
entry|2026-11-22.2 f594263f062ae5226b44290ab46b6b2d
entry|2026-11-22.3 77bfdbc0e3ef6bc6bbf1a4de6425f779
entry|2026-11-22 3df48db21927ed790fcb20ee48f50449
entry|2026-11-23 a1ecf7430e30f1afffbc3f6b627a0a6d
general|2020-03-10 def9e245ed500b879e65ae7a486ff4f6
home-isolation|2021-07-12 9ebe10168c1b32184bbdc7275af76742
home-isolation|2026-11-23 08d797ecc0f894d8ca9202754bbf407f
place-entry|2021-05-29 02fa67c9be3229560efaa14bcd38511b
daily-cholera-rules-2026-11-23 0cdf78bc730cc381b8b347b086afc9d1
daily-dengue-rules-2026-11-23 fb39668113ee027d80829415a42b9369
daily-diphtheria-rules-2026-11-23 815f0ee41639a8ed01b22b23952ba368
daily-hand-foot-mouth-rules-2026-11-23 2886090dce50f4ef207c76fca9fead50
daily-health-rules-2020-03-10 accdc7450ecb746fae1701b21eadc0cb
daily-influenza-a-h5n1-rules-2026-11-23 119cc3d039e7fd4741c0016b60cf7d00
daily-measles-rules-2026-11-23 e3418fbe5e62702e1408bf8abe7f9470
daily-rash-rules-2026-11-23 74b56492226803332e86d5934596b174
domestic-movement-rules-2021-05-29 0d4a837867e384c20563ccd88de7e887
entry-rules-2021-03-01 24acacab28307853ddf4a359a9a1b29a
entry-rules-2026-11-22 820fa8c146df67d77383f9f1be59050a
general-rules-2020-03-10 d2f0d924f2b4cb1916740b7251b40cd9
home-isolation-rules-2021-07-12 aee5ef238b71f92faa1766216d325a12
place-entry-rules-2021-05-29 19d9a0ecf211b062d6454faf476e108f
)";

const Catalogue& catalogue() {
  static const Catalogue all(LUYTRE_SOURCE_DIR "/data");
  return all;
}

std::vector<std::string> lines_of(const char* text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) out.push_back(line);
  return out;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= line.size();) {
    const std::size_t bar = std::min(line.find('|', from), line.size());
    std::string cell;
    for (const std::string& word : words_of(line.substr(from, bar - from))) cell += (cell.empty() ? "" : " ") + word;
    out.push_back(cell);
    from = bar + 1;
  }
  out.resize(7);
  return out;
}

forms::Answers answers_of(const forms::Questionnaire& form, const std::string& yes, const std::string& coded) {
  const auto said = words_of(yes);
  const std::set<std::string> affirmed(said.begin(), said.end());
  const auto codes = words_of(coded);
  const std::set<std::string> chosen(codes.begin(), codes.end());
  forms::Answers out;
  const std::function<void(const forms::Item&)> add = [&](const forms::Item& item) {
    if (item.type == forms::ItemType::kBoolean) out[item.link_id].emplace_back(affirmed.contains(item.link_id));
    for (const auto& option : item.options)
      if (chosen.contains(item.link_id + '=' + option.coding.code)) out[item.link_id].emplace_back(option.coding);
    for (const auto& inside : item.items) add(inside);
  };
  for (const auto& item : form.items) add(item);
  return out;
}

std::pair<const DatedForm*, const forms::RuleSet*> found(const std::string& id) {
  for (const DatedForm& dated : catalogue().all())
    for (const forms::RuleSet& rules : dated.rule_sets)
      if (rules.id == id) return {&dated, &rules};
  return {nullptr, nullptr};
}

TEST(OutcomesTest, EveryRuleSetJudgesAsItAlwaysHas) {
  std::set<std::string> judged;
  std::map<std::string, std::set<std::string>> fired;
  for (const std::string& line : lines_of(kGolden)) {
    const auto cells = cells_of(line);
    const auto [dated, rules] = found(cells[0]);
    ASSERT_NE(rules, nullptr) << line;
    judged.insert(rules->id);
    const forms::Outcome outcome = forms::decide(*rules, answers_of(dated->form, cells[1], cells[2]));
    EXPECT_EQ(json::enum_text(outcome.colour), cells[3]) << line;
    std::string reasons, told;
    for (const auto& reason : outcome.reasons) {
      reasons += (reasons.empty() ? "" : " ") + reason.code;
      fired[rules->id].insert(reason.code);
    }
    EXPECT_EQ(reasons, cells[4]) << line;
    EXPECT_EQ(outcome.next_step, cells[5]) << line;
    if (outcome.tell) {
      for (const auto station : outcome.tell->stations) told += json::enum_text(station) + ' ';
      told += std::to_string(outcome.tell->within_minutes);
    }
    EXPECT_EQ(told, cells[6]) << line;
  }
  for (const DatedForm& dated : catalogue().all())
    for (const forms::RuleSet& rules : dated.rule_sets) {
      EXPECT_TRUE(judged.contains(rules.id)) << rules.id << " has no line";
      for (const forms::Rule& rule : rules.rules)
        EXPECT_TRUE(fired[rules.id].contains(rule.code)) << rules.id << ": no line shows " << rule.code;
    }
}

TEST(OutcomesTest, NoShippedFormOrRuleSetChanges) {
  std::vector<std::string> now;
  for (const Document& document : catalogue().documents())
    now.push_back(document.id + (document.version.empty() ? "" : '|' + document.version) + ' ' + document.digest);
  EXPECT_EQ(now, lines_of(kDigests))
      << "a file under a known id was changed: write a new version instead; a new file gets its line here";
}

}  // namespace
}  // namespace luytre::declarations
