#include "modules/duties/rules.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "engines/forms/reading.h"

namespace luytre::duties {
namespace {

using forms::Place;

constexpr std::int64_t kDaysMost = 28;    // declarations are kept no longer
constexpr std::int64_t kAroundMost = 14;  // days before or after a journey

forms::Texts texts(const Place& place) {
  forms::Texts out;
  for (const auto& [language, text] : place.members()) out[language] = text.text();
  for (const char* needed : {"vi", "en"})
    if (!out.contains(needed)) place.refuse(std::string("\"") + needed + "\" is missing");
  return out;
}

template <class E>
E choice(const Place& place) {
  const auto found = json::parse_enum<E>(place.text());
  if (!found) place.refuse("is none of the known words");
  return *found;
}

// "08:00" to "24:00".
std::chrono::minutes clock(const Place& place) {
  const std::string text = place.text();
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    place.refuse("must be a time like 08:00");
  const int minutes = ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
  if (text[3] > '5' || minutes > 24 * 60) place.refuse("must be a time like 08:00");
  return std::chrono::minutes(minutes);
}

void read_rhythm(const Place& in, Rule& out) {
  in.only({"kind", "windows", "days", "ahead", "within"});
  out.rhythm = choice<Rhythm>(in.at("kind"));
  if (in.has("windows") != (out.rhythm == Rhythm::kWindows)) in.refuse("has windows if its kind says so");
  if (in.has("days") != (out.rhythm == Rhythm::kDays)) in.refuse("has days if its kind says so");
  if (out.rhythm == Rhythm::kDaily) out.windows.windows = {{std::chrono::minutes(0), std::chrono::minutes(24 * 60)}};
  for (const Place& window : in.each("windows")) {
    window.only({"from", "until"});
    const forms::Window one{clock(window.at("from")), clock(window.at("until"))};
    const auto& before = out.windows.windows;
    if (one.until <= one.from || (!before.empty() && one.from < before.back().until))
      window.refuse("windows are in order, and apart from each other");
    out.windows.windows.push_back(one);
  }
  if (out.rhythm == Rhythm::kWindows && out.windows.windows.empty()) in.refuse("has no window");
  if (out.rhythm == Rhythm::kDays) {
    out.days = in.at("days").whole();
    if (out.days < 2 || out.days > kDaysMost) in.at("days").refuse("days are 2 to 28");
  }
  const bool journey = out.rhythm == Rhythm::kJourney;
  if (in.has("ahead") != journey || in.has("within") != journey) in.refuse("has ahead and within if its kind says so");
  if (!journey) return;
  out.ahead = in.at("ahead").whole();
  out.within = in.at("within").whole();
  if (out.ahead < 0 || out.ahead > kAroundMost) in.at("ahead").refuse("days are 0 to 14");
  if (out.within < 0 || out.within > kAroundMost) in.at("within").refuse("days are 0 to 14");
}

}  // namespace

bool Rule::binds(Sector sector) const {
  return std::find(sectors.begin(), sectors.end(), sector) != sectors.end();
}

std::vector<Interval> due(const Rule& rule, Date day) {
  std::vector<Interval> out;
  for (const forms::Due& one : forms::due_on(rule.windows, day)) out.push_back({one.from, one.until});
  if (rule.rhythm == Rhythm::kDays)
    out.push_back({local_midnight(Date{day.days - rule.days + 1}), local_midnight(Date{day.days + 1})});
  return out;
}

Interval due_of_journey(const Rule& rule, Date day) {
  return {local_midnight(Date{day.days - rule.ahead}), local_midnight(Date{day.days + rule.within + 1})};
}

State state_of(const Interval& due, bool made, Instant now) {
  if (made) return State::kDone;
  if (now < due.from) return State::kLater;
  return now < due.to ? State::kOpen : State::kMissed;
}

std::optional<bool> satisfied(const std::vector<Interval>& due, const std::vector<bool>& made, Instant now) {
  std::optional<bool> out;
  for (std::size_t i = 0; i < due.size(); ++i) {
    if (now < due[i].from) continue;
    out = out.value_or(true) && made[i];
  }
  return out;
}

Rule read_rule(const json::Value& file) {
  const Place in(file, "");
  in.only({"id", "title", "reason", "validFrom", "validTo", "disease", "form", "group", "rhythm", "family", "source"});
  Rule out;
  out.id = in.text("id");
  out.title = texts(in.at("title"));
  out.reason = texts(in.at("reason"));
  out.valid_from = in.at("validFrom").date();
  out.valid_to = in.date_if_any("validTo");
  if (out.valid_to && *out.valid_to <= out.valid_from) in.at("validTo").refuse("is not after validFrom");
  out.disease = in.text("disease");
  out.form = in.text("form");
  out.family = in.at("family").flag();
  out.source = in.text("source");
  const Place group = in.at("group");
  group.only({"sectors", "residents", "travellers"});
  for (const Place& sector : group.each("sectors")) out.sectors.push_back(choice<Sector>(sector));
  out.residents = group.flag("residents", false);
  if (group.has("travellers")) out.travellers = choice<Travellers>(group.at("travellers"));
  if (out.sectors.empty() && !out.residents && !out.travellers) group.refuse("is about nobody");
  read_rhythm(in.at("rhythm"), out);
  const bool travellers = out.travellers.has_value();
  if (travellers != (out.rhythm == Rhythm::kJourney) || (travellers && (out.residents || !out.sectors.empty())))
    in.refuse("travellers, and nobody else, declare by journeys");
  return out;
}

Rules::Rules(const std::filesystem::path& folder, const std::vector<std::string>& forms) {
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    if (entry.path().extension() != ".json") continue;
    const std::string name = entry.path().string();
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) throw std::runtime_error("cannot read " + name);
    const auto value = json::parse_value(text.str());
    if (!value) throw std::runtime_error(name + ": is not JSON");
    try {
      rules_.push_back(read_rule(*value));
    } catch (const forms::FormError& e) {
      throw std::runtime_error(name + ": " + e.what());
    }
    const Rule& rule = rules_.back();
    if (std::find(forms.begin(), forms.end(), rule.form) == forms.end())
      throw std::runtime_error(name + ": /form: there is no such form");
    if (entry.path().stem() != rule.id) throw std::runtime_error(name + ": /id: is not the file's name");
  }
  if (failed) throw std::runtime_error("cannot read " + folder.string());
  std::sort(rules_.begin(), rules_.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
}

const Rule* Rules::find(std::string_view id) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const Rule& rule) { return rule.id == id; });
  return found == rules_.end() ? nullptr : &*found;
}

}  // namespace luytre::duties
