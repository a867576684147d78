#include "engines/forms/questionnaire.h"

#include <algorithm>
#include <functional>
#include <set>

#include "engines/forms/reading.h"

namespace luytre::forms {
namespace {

constexpr std::string_view kTranslation = "http://hl7.org/fhir/StructureDefinition/translation";
constexpr std::string_view kMinValue = "http://hl7.org/fhir/StructureDefinition/minValue";
constexpr std::string_view kMaxValue = "http://hl7.org/fhir/StructureDefinition/maxValue";
constexpr std::string_view kUnit = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
constexpr std::string_view kMinQuantity =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-minQuantity";
constexpr std::string_view kMaxQuantity =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-maxQuantity";
constexpr std::string_view kRiskQuestion = "urn:luytre:extension:risk-question";
constexpr std::string_view kMeaning = "urn:luytre:extension:meaning";
constexpr std::string_view kDiary = "urn:luytre:extension:diary";
constexpr std::string_view kDatePrecision = "urn:luytre:extension:date-precision";
constexpr std::string_view kWithdrawable = "urn:luytre:extension:withdrawable";
constexpr std::string_view kDisease = "urn:luytre:extension:disease";
constexpr std::string_view kDirection = "urn:luytre:extension:direction";
constexpr std::string_view kOwnDecision = "urn:luytre:extension:own-decision";
constexpr std::size_t kDeepest = 6;

ItemType item_type(const Place& place) {
  static const std::map<std::string, ItemType> known{
      {"group", ItemType::kGroup},     {"display", ItemType::kDisplay},        {"boolean", ItemType::kBoolean},
      {"decimal", ItemType::kDecimal}, {"integer", ItemType::kInteger},        {"quantity", ItemType::kQuantity},
      {"date", ItemType::kDate},       {"string", ItemType::kString},          {"text", ItemType::kText},
      {"choice", ItemType::kChoice},   {"open-choice", ItemType::kOpenChoice}, {"attachment", ItemType::kAttachment}};
  const auto found = known.find(place.text());
  if (found == known.end()) place.refuse("this type of item is not understood");
  return found->second;
}

bool is_question(ItemType type) {
  return type != ItemType::kGroup && type != ItemType::kDisplay;
}

// `name` in the form's own language, and its translations in `_name`.
Texts texts(const Place& in, std::string_view name, const std::string& language) {
  Texts out;
  out[language] = in.text(name);
  const std::string shadow = '_' + std::string(name);
  if (!in.has(shadow)) return out;
  for (const Place& extension : in.at(shadow).each("extension")) {
    if (extension.text("url") != kTranslation) continue;
    std::string lang, content;
    for (const Place& part : extension.each("extension")) {
      if (part.text("url") == "lang") lang = part.text("valueCode");
      if (part.text("url") == "content")
        content = part.text(part.has("valueMarkdown") ? "valueMarkdown" : "valueString");
    }
    if (lang.empty() || content.empty()) extension.refuse("a translation needs lang and content");
    out[lang] = content;
  }
  return out;
}

Coding coding(const Place& in) {
  Coding out;
  if (in.has("system")) out.system = in.text("system");
  out.code = in.text("code");
  return out;
}

// A quantity in the unit of its question; another unit would need converting, which nobody does here.
Value quantity(const Place& in, const Quantity& unit) {
  in.only({"value", "unit", "system", "code"});
  if (in.text("code") != unit.code) in.refuse("is not in the question's unit, " + unit.code);
  Quantity out = unit;
  out.value = in.at("value").number();
  return out;
}

// value[x] or answer[x] that suits a question of this type.
Value typed(const Place& in, std::string_view prefix, ItemType type, const Quantity& unit) {
  const auto named = [&](std::string_view suffix) { return std::string(prefix) + std::string(suffix); };
  switch (type) {
    case ItemType::kBoolean:
      return in.at(named("Boolean")).flag();
    case ItemType::kInteger:
      return in.at(named("Integer")).whole();
    case ItemType::kDecimal:
      return in.at(named("Decimal")).number();
    case ItemType::kQuantity:
      return quantity(in.at(named("Quantity")), unit);
    case ItemType::kDate:
      return in.at(named("Date")).date();
    case ItemType::kString:
    case ItemType::kText:
      return in.text(named("String"));
    case ItemType::kChoice:
      return coding(in.at(named("Coding")));
    case ItemType::kOpenChoice:
      if (in.has(named("String"))) return in.text(named("String"));
      return coding(in.at(named("Coding")));
    case ItemType::kAttachment:
      in.refuse("a file has no value to compare");
    case ItemType::kGroup:
    case ItemType::kDisplay:
      break;
  }
  in.refuse("an item without answers has no value");
}

Quantity unit_of(const Place& extension) {
  const Place coding = extension.at("valueCoding");
  coding.only({"system", "code", "display"});
  return {0, coding.text("display"), coding.text("system"), coding.text("code")};
}

Precision precision_of(const Place& extension) {
  const std::string code = extension.text("valueCode");
  if (code == "day") return Precision::kDay;
  if (code == "month") return Precision::kMonth;
  if (code != "year") extension.refuse("a date is asked to the day, month or year");
  return Precision::kYear;
}

void read_unit(const Place& in, Item& item) {
  std::size_t units = 0;
  for (const Place& extension : in.each("extension")) {
    if (extension.text("url") != kUnit) continue;
    item.unit = unit_of(extension);
    ++units;
  }
  if (units != (item.type == ItemType::kQuantity ? 1u : 0u)) in.refuse("a quantity, and only a quantity, has one unit");
}

// Others are for others to know.
std::optional<Meaning> meaning_of(std::string_view code) {
  if (code == "destination") return Meaning::kDestination;
  if (code == "gate") return Meaning::kGate;
  if (code == "vehicle") return Meaning::kVehicle;
  if (code == "arrival-date") return Meaning::kArrivalDate;
  return std::nullopt;
}

void read_extensions(const Place& in, Item& item) {
  read_unit(in, item);
  for (const Place& extension : in.each("extension")) {
    const std::string url = extension.text("url");
    if (url == kRiskQuestion) item.risk = extension.at("valueBoolean").flag();
    if (url == kMinValue || url == kMaxValue) {
      const bool can =
          item.type == ItemType::kInteger || item.type == ItemType::kDecimal || item.type == ItemType::kDate;
      if (!can) extension.refuse("only a number or date has limits");
      (url == kMinValue ? item.min : item.max) = typed(extension, "value", item.type, item.unit);
    }
    if (url == kMinQuantity || url == kMaxQuantity) {
      if (item.type != ItemType::kQuantity) extension.refuse("only a quantity has these limits");
      (url == kMinQuantity ? item.min : item.max) = typed(extension, "value", item.type, item.unit);
    }
    if (url == kMeaning) item.meaning = meaning_of(extension.text("valueCode"));
    if (url == kDiary && extension.text("valueCode") == "symptom") {
      if (item.type != ItemType::kBoolean) extension.refuse("a symptom is a yes or no");
      item.symptom = true;
    }
    if (url == kDatePrecision) {
      if (item.type != ItemType::kDate) extension.refuse("only a date has a precision");
      item.precision = precision_of(extension);
    }
  }
}

void read_options(const Place& in, Item& item, const std::string& language) {
  const bool chooses = item.type == ItemType::kChoice || item.type == ItemType::kOpenChoice;
  if (in.has("answerValueSet")) {
    if (!chooses || in.has("answerOption")) in.refuse("a choice has answerOption or answerValueSet, nothing else does");
    item.value_set = in.text("answerValueSet");
    return;
  }
  if (in.has("answerOption") != chooses) in.refuse("a choice, and only a choice, has answerOption");
  std::set<Coding> seen;
  for (const Place& place : in.each("answerOption")) {
    place.only({"valueCoding", "initialSelected", "extension"});
    const Place value = place.at("valueCoding");
    value.only({"system", "code", "display", "_display"});
    Option option{coding(value), texts(value, "display", language)};
    if (!seen.insert(option.coding).second) value.refuse("this option is there twice");
    item.preset = item.preset || place.flag("initialSelected", false);
    item.options.push_back(std::move(option));
  }
}

class FormReader {
 public:
  explicit FormReader(std::string language) : language_(std::move(language)) {}

  std::vector<Item> items(const Place& in, std::size_t depth) {
    if (depth > kDeepest) in.refuse("groups are nested too deeply");
    std::vector<Item> out;
    for (const Place& place : in.each("item")) out.push_back(item(place, depth));
    return out;
  }

  // enableWhen may name a later question, so it is read when all questions are known.
  void read_conditions(const Place& in, std::vector<Item>& items, const std::vector<std::string>& repeating) {
    const auto places = in.each("item");
    for (std::size_t i = 0; i < items.size(); ++i) {
      conditions(places[i], items[i], repeating);
      auto within = repeating;
      if (items[i].repeats) within.push_back(items[i].link_id);
      if (items[i].type == ItemType::kGroup) read_conditions(places[i], items[i].items, within);
    }
  }

  // The repeating groups around each question, outermost first.
  void index(const std::vector<Item>& items, std::vector<std::string> repeating) {
    for (const Item& item : items) {
      if (is_question(item.type)) questions_[item.link_id] = {item.type, item.unit, repeating};
      auto within = repeating;
      if (item.repeats) within.push_back(item.link_id);
      if (item.type == ItemType::kGroup) index(item.items, within);
    }
  }

 private:
  struct Question {
    ItemType type;
    Quantity unit;
    std::vector<std::string> repeating;
  };

  Item item(const Place& in, std::size_t depth) {
    in.only({"linkId", "text", "_text", "prefix", "type", "required", "repeats", "maxLength", "enableWhen",
             "enableBehavior", "answerOption", "answerValueSet", "initial", "item", "extension"});
    Item out;
    out.link_id = in.text("linkId");
    if (!links_.insert(out.link_id).second) in.refuse("linkId " + out.link_id + " is used twice");
    out.type = item_type(in.at("type"));
    out.text = texts(in, "text", language_);
    out.required = in.flag("required", false);
    out.repeats = in.flag("repeats", false);
    out.preset = in.has("initial");
    if (out.type == ItemType::kDisplay && (out.required || out.repeats)) in.refuse("a display has no answer");
    if (out.type == ItemType::kAttachment && (out.required || out.repeats || out.preset))
      in.refuse("an attachment is one file, not required and not preset");
    if (in.has("maxLength")) {
      const auto most = in.at("maxLength").whole();
      if (most < 1 || most > static_cast<std::int64_t>(kAnswerMost)) in.refuse("maxLength is 1 to 2000");
      out.max_length = static_cast<std::size_t>(most);
    }
    read_extensions(in, out);
    read_options(in, out, language_);
    if (out.type == ItemType::kGroup) {
      out.items = items(in, depth + 1);
      if (out.items.empty()) in.refuse("a group needs items");
    } else if (in.has("item")) {
      in.refuse("only groups hold items");
    }
    if (out.risk && !is_question(out.type)) in.refuse("only a question can be a risk question");
    if (out.risk && out.preset) in.refuse("a risk question must not have a preset answer");
    return out;
  }

  void conditions(const Place& in, Item& item, const std::vector<std::string>& repeating) {
    for (const Place& place : in.each("enableWhen")) {
      EnableWhen when;
      when.question = place.text("question");
      const auto op = parse_operator(place.text("operator"));
      if (!op) place.refuse("this operator is not understood");
      when.op = *op;
      const auto found = questions_.find(when.question);
      if (found == questions_.end() || when.question == item.link_id)
        place.refuse("no such other question: " + when.question);
      // Which of several instances is meant must be clear: the question stands outside, or in the same instance.
      const auto& around = found->second.repeating;
      if (around.size() > repeating.size() || !std::equal(around.begin(), around.end(), repeating.begin()))
        place.refuse(when.question + " may have several answers, seen from here");
      when.wanted = when.op == Operator::kExists ? Value(place.at("answerBoolean").flag())
                                                 : typed(place, "answer", found->second.type, found->second.unit);
      item.enable_when.push_back(std::move(when));
    }
    if (in.has("enableBehavior")) {
      const std::string behaviour = in.text("enableBehavior");
      if (behaviour != "all" && behaviour != "any") in.refuse("enableBehavior is all or any");
      item.enable_any = behaviour == "any";
    } else if (item.enable_when.size() > 1) {
      in.refuse("several enableWhen need enableBehavior");
    }
  }

  std::string language_;
  std::set<std::string> links_;
  std::map<std::string, Question> questions_;
};

const Item* find_in(const std::vector<Item>& items, std::string_view link_id) {
  for (const Item& item : items) {
    if (item.link_id == link_id) return &item;
    if (const Item* found = find_in(item.items, link_id)) return found;
  }
  return nullptr;
}

const Item* meaning_in(const std::vector<Item>& items, Meaning meaning) {
  for (const Item& item : items) {
    if (item.meaning == meaning) return &item;
    if (const Item* found = meaning_in(item.items, meaning)) return found;
  }
  return nullptr;
}

}  // namespace

bool Questionnaire::has_destination() const {
  return meaning(Meaning::kDestination) != nullptr;
}

const Item* Questionnaire::meaning(Meaning meaning) const {
  return meaning_in(items, meaning);
}

const Item* Questionnaire::find(std::string_view link_id) const {
  return find_in(items, link_id);
}

Questionnaire read_questionnaire(const json::Value& form) {
  const Place in(form, "");
  in.only({"resourceType", "id", "url", "version", "name", "title", "_title", "status", "date", "publisher",
           "description", "language", "effectivePeriod", "code", "item", "extension", "subjectType", "experimental"});
  if (in.text("resourceType") != "Questionnaire") in.refuse("is not a Questionnaire");
  if (in.text("status") != "active") in.refuse("is not active");
  const std::string language = in.text("language");

  Questionnaire out;
  out.id = in.text("id");
  out.url = in.text("url");
  out.version = in.text("version");
  out.title = texts(in, "title", language);
  const auto codes = in.each("code");
  if (codes.size() != 1) in.refuse("needs one code, its purpose");
  out.purpose = codes[0].text("code");
  const Place period = in.at("effectivePeriod");
  period.only({"start", "end"});
  out.valid_from = period.at("start").date();
  // FHIR's periods include their last day; ours exclude it.
  if (const auto last = period.date_if_any("end")) out.valid_to = Date{last->days + 1};

  for (const Place& extension : in.each("extension")) {
    if (extension.text("url") == kOwnDecision) out.own_decision = extension.at("valueBoolean").flag();
    if (extension.text("url") == kWithdrawable) out.withdrawable = extension.at("valueBoolean").flag();
    if (extension.text("url") == kDisease) out.disease = extension.text("valueCode");
    if (extension.text("url") == kDirection) {
      out.direction = extension.text("valueCode");
      if (out.direction != "arriving" && out.direction != "leaving")
        extension.refuse("a direction is arriving or leaving");
    }
  }

  FormReader reader(language);
  out.items = reader.items(in, 1);
  if (out.items.empty()) in.refuse("asks nothing");
  reader.index(out.items, {});
  reader.read_conditions(in, out.items, {});
  return out;
}

}  // namespace luytre::forms
