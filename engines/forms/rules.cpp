#include "engines/forms/rules.h"

#include <algorithm>
#include <set>

#include "engines/forms/reading.h"

namespace luytre::forms {
namespace {

constexpr std::size_t kDeepest = 8;

Texts texts(const Place& in) {
  Texts out;
  for (const auto& [language, text] : in.members()) out[language] = text.text();
  if (!out.contains("vi") || !out.contains("en")) in.refuse("a text is needed in vi and en");
  return out;
}

Colour colour(const Place& in) {
  const auto out = json::parse_enum<Colour>(in.text());
  if (!out) in.refuse("a colour is green, yellow or red");
  return *out;
}

Value wanted_value(const Place& in, const Item& question) {
  switch (question.type) {
    case ItemType::kBoolean:
      return in.flag();
    case ItemType::kInteger:
      return in.whole();
    case ItemType::kDecimal:
      return in.number();
    case ItemType::kQuantity: {
      Quantity out = question.unit;
      out.value = in.number();
      return out;
    }
    case ItemType::kDate:
      return in.date();
    case ItemType::kString:
    case ItemType::kText:
      return in.text();
    default:
      break;
  }
  const std::string code = in.text();
  for (const Option& option : question.options)
    if (option.coding.code == code) return option.coding;
  in.refuse(question.link_id + " has no option " + code);
}

class RuleReader {
 public:
  explicit RuleReader(const Questionnaire& form) : form_(form) {}

  std::set<std::string> questions;

  Condition condition(const Place& in, std::size_t depth = 1) {
    if (depth > kDeepest) in.refuse("conditions are nested too deeply");
    Condition out;
    for (const auto& [name, kind] :
         {std::pair{"all", Condition::Kind::kAll}, std::pair{"any", Condition::Kind::kAny}}) {
      if (!in.has(name)) continue;
      in.only({name});
      out.kind = kind;
      for (const Place& part : in.each(name)) out.parts.push_back(condition(part, depth + 1));
      if (out.parts.empty()) in.refuse("an empty list decides nothing");
      return out;
    }
    if (in.has("not")) {
      in.only({"not"});
      out.kind = Condition::Kind::kNot;
      out.parts.push_back(condition(in.at("not"), depth + 1));
      return out;
    }
    return leaf(in);
  }

  Rule rule(const Place& in) {
    in.only({"code", "text", "colour", "nextStep", "when"});
    Rule out{in.text("code"), texts(in.at("text")), colour(in.at("colour")), in.text("nextStep"),
             condition(in.at("when"))};
    return out;
  }

 private:
  Condition leaf(const Place& in) {
    in.only({"question", "operator", "value"});
    Condition out;
    out.question = in.text("question");
    const Item* item = form_.find(out.question);
    if (!item || item->type == ItemType::kGroup || item->type == ItemType::kDisplay)
      in.refuse("the form has no question " + out.question);
    if (item->preset) in.refuse(out.question + " decides, so the form must not preset its answer");
    if (!item->required) in.refuse(out.question + " decides, so the form must require an answer");
    const auto op = parse_operator(in.text("operator"));
    if (!op) in.refuse("this operator is not understood");
    out.op = *op;
    out.wanted = out.op == Operator::kExists ? Value(in.at("value").flag()) : wanted_value(in.at("value"), *item);
    questions.insert(out.question);
    return out;
  }

  const Questionnaire& form_;
};

std::span<const Value> answers_to(const Answers& answers, const std::string& question) {
  const auto found = answers.find(question);
  if (found == answers.end()) return {};
  return found->second;
}

// Whether the condition holds; the questions of leaves that speak for this outcome are added to `because`.
bool holds(const Condition& condition, const Answers& answers, std::set<std::string>& because) {
  switch (condition.kind) {
    case Condition::Kind::kLeaf: {
      const bool fires = satisfies(answers_to(answers, condition.question), condition.op, condition.wanted);
      if (fires) because.insert(condition.question);
      return fires;
    }
    case Condition::Kind::kNot: {
      // What speaks for "not x" is what x looked at.
      std::set<std::string> ignored;
      if (holds(condition.parts[0], answers, ignored)) return false;
      std::vector<const Condition*> open{&condition.parts[0]};
      while (!open.empty()) {
        const Condition* next = open.back();
        open.pop_back();
        if (next->kind == Condition::Kind::kLeaf) because.insert(next->question);
        for (const Condition& part : next->parts) open.push_back(&part);
      }
      return true;
    }
    case Condition::Kind::kAll:
    case Condition::Kind::kAny:
      break;
  }
  // Every part is looked at, so that the explanation is complete.
  std::set<std::string> found;
  std::size_t fired = 0;
  for (const Condition& part : condition.parts) fired += holds(part, answers, found);
  const bool out = condition.kind == Condition::Kind::kAll ? fired == condition.parts.size() : fired > 0;
  if (out) because.merge(found);
  return out;
}

std::string inputs_text(const RuleSet& rules, const Answers& answers) {
  std::string out = rules.id;
  for (const std::string& question : rules.questions) {
    out += '\n' + question + '=';
    bool first = true;
    for (const Value& value : answers_to(answers, question)) {
      if (!first) out += ',';
      first = false;
      out += text_of(value);
    }
  }
  return out;
}

constexpr std::int64_t kRhythmMost = 60;  // days
constexpr std::chrono::minutes kDay{24 * 60};

// "08:00"; "24:00" is the end of the day.
std::chrono::minutes time_of_day(const Place& in) {
  const std::string text = in.text();
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100; };
  if (text.size() != 5 || text[2] != ':') in.refuse("must be a time of day like 08:00");
  const int hours = digit(0) * 10 + digit(1);
  const int minutes = digit(3) * 10 + digit(4);
  const std::chrono::minutes out{hours * 60 + minutes};
  if (minutes > 59 || hours > 24 || out > kDay) in.refuse("must be a time of day like 08:00");
  return out;
}

constexpr std::int64_t kTellMost = 7 * 24 * 60;  // minutes

// Of an object that may say more.
Tell tell_of(const Place& in) {
  Tell out;
  for (const Place& place : in.each("stations")) {
    const auto station = json::parse_enum<Station>(place.text());
    if (!station) place.refuse("a station is that of residence or destination");
    if (std::find(out.stations.begin(), out.stations.end(), *station) != out.stations.end())
      place.refuse("is there twice");
    out.stations.push_back(*station);
  }
  if (out.stations.empty()) in.refuse("tells nobody");
  out.within_minutes = in.at("withinMinutes").whole();
  if (out.within_minutes < 1 || out.within_minutes > kTellMost) in.refuse("minutes are 1 to 10080");
  return out;
}

Tell tell(const Place& in) {
  in.only({"stations", "withinMinutes"});
  return tell_of(in);
}

constexpr std::int64_t kGraceMost = 24 * 60;  // minutes

Missed missed(const Place& in) {
  in.only({"graceMinutes", "stations", "withinMinutes"});
  const std::int64_t grace = in.at("graceMinutes").whole();
  if (grace < 0 || grace > kGraceMost) in.refuse("minutes are 0 to 1440");
  return {std::chrono::minutes(grace), tell_of(in)};
}

Rhythm rhythm(const Place& in) {
  in.only({"windows", "days", "missed"});
  Rhythm out;
  for (const Place& place : in.each("windows")) {
    place.only({"from", "until"});
    const Window window{time_of_day(place.at("from")), time_of_day(place.at("until"))};
    if (window.from >= window.until) place.refuse("ends before it begins");
    if (!out.windows.empty() && window.from < out.windows.back().until)
      place.refuse("begins before the last has ended");
    out.windows.push_back(window);
  }
  if (out.windows.empty()) in.refuse("needs a window");
  out.days = in.at("days").whole();
  if (out.days < 1 || out.days > kRhythmMost) in.refuse("days are 1 to 60");
  if (in.has("missed")) out.missed = missed(in.at("missed"));
  return out;
}

}  // namespace

std::vector<Due> due_on(const Rhythm& rhythm, Date day) {
  const Instant midnight = local_midnight(day);
  std::vector<Due> out;
  for (const Window& window : rhythm.windows) out.push_back({midnight + window.from, midnight + window.until});
  return out;
}

RuleSet read_rule_set(const json::Value& file, const Questionnaire& form) {
  const Place in(file, "");
  in.only({"id", "form", "title", "disease", "validFrom", "validTo", "basis", "validHours", "nextSteps", "otherwise",
           "rules", "rhythm", "tell", "repeatableDays"});
  RuleSet out;
  out.id = in.text("id");
  out.form = in.text("form");
  if (out.form != form.id) in.refuse("is for the form " + out.form + ", not " + form.id);
  out.title = texts(in.at("title"));
  if (in.has("disease")) out.disease = in.text("disease");
  if (!form.disease.empty() && !out.disease.empty() && out.disease != form.disease)
    in.at("disease").refuse("the form is about " + form.disease);
  out.valid_from = in.at("validFrom").date();
  out.valid_to = in.date_if_any("validTo");
  out.basis = in.text("basis");
  const Place hours = in.at("validHours");
  hours.only({"green", "yellow", "red"});
  for (const Colour c : {Colour::kGreen, Colour::kYellow, Colour::kRed}) {
    const auto count = hours.at(json::enum_text(c)).whole();
    if (count < 1 || count > 24 * 366) hours.refuse("hours are 1 to 8784");
    out.valid_for[c] = std::chrono::hours(count);
  }
  for (const auto& [code, text] : in.at("nextSteps").members()) out.next_steps[code] = texts(text);

  const Place otherwise = in.at("otherwise");
  otherwise.only({"code", "text", "nextStep"});
  out.otherwise.code = otherwise.text("code");
  out.otherwise.text = texts(otherwise.at("text"));
  out.otherwise.next_step = otherwise.text("nextStep");
  RuleReader reader(form);
  std::set<std::string> codes{out.otherwise.code};
  for (const Place& place : in.each("rules")) {
    out.rules.push_back(reader.rule(place));
    if (!codes.insert(out.rules.back().code).second) place.refuse("this code is used twice");
    if (!out.next_steps.contains(out.rules.back().next_step))
      place.refuse("nextSteps has no " + out.rules.back().next_step);
  }
  if (out.rules.empty()) in.refuse("has no rule");
  if (in.has("rhythm")) out.rhythm = rhythm(in.at("rhythm"));
  if (in.has("tell")) {
    in.at("tell").only({"yellow", "red"});
    for (const auto& [name, place] : in.at("tell").members()) out.tell[*json::parse_enum<Colour>(name)] = tell(place);
  }
  out.repeatable_days = out.rhythm ? 1 : 0;
  if (in.has("repeatableDays")) {
    const Place days = in.at("repeatableDays");
    out.repeatable_days = days.whole();
    if (out.repeatable_days < 1 || out.repeatable_days > kRhythmMost) days.refuse("days are 1 to 60");
    if (form.has_destination()) days.refuse("a journey is told anew");
  }
  if (!out.next_steps.contains(out.otherwise.next_step))
    otherwise.refuse("nextSteps has no " + out.otherwise.next_step);
  out.questions.assign(reader.questions.begin(), reader.questions.end());
  return out;
}

Outcome decide(const RuleSet& rules, const Answers& answers) {
  Outcome out;
  out.rule_set = rules.id;
  out.inputs = inputs_text(rules, answers);
  const Rule* worst = nullptr;
  for (const Rule& rule : rules.rules) {
    std::set<std::string> because;
    if (!holds(rule.when, answers, because)) continue;
    out.reasons.push_back({rule.code, rule.text, rule.colour, {because.begin(), because.end()}});
    if (!worst || rule.colour > worst->colour) worst = &rule;
  }
  if (!worst) {
    worst = &rules.otherwise;
    out.reasons.push_back({worst->code, worst->text, worst->colour, {}});
  }
  std::stable_sort(out.reasons.begin(), out.reasons.end(),
                   [](const Reason& a, const Reason& b) { return a.colour > b.colour; });
  out.colour = worst->colour;
  out.next_step = worst->next_step;
  out.next_step_text = rules.next_steps.at(worst->next_step);
  out.valid_for = rules.valid_for.at(out.colour);
  if (const auto tell = rules.tell.find(out.colour); tell != rules.tell.end()) out.tell = tell->second;
  return out;
}

}  // namespace luytre::forms
