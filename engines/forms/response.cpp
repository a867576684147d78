#include "engines/forms/response.h"

#include <algorithm>
#include <cmath>

#include "platform/base/text.h"

namespace luytre::forms {
namespace {

// One item of the response, matched with the form's; a group may have several instances.
struct Instance {
  const Item* item = nullptr;
  std::string pointer;
  std::vector<Value> answers;
  std::vector<Instance> items;
  bool broken = false;  // has an error of its own: it is not missing as well

  bool empty() const {
    return answers.empty() && std::all_of(items.begin(), items.end(), [](const Instance& i) { return i.empty(); });
  }
};

// The answers that an enableWhen can see: those of one instance of a repeating group, and of what surrounds it.
struct Scope {
  std::map<std::string_view, const Instance*> questions;
  const Scope* outer = nullptr;

  Scope(const std::vector<Instance>& instances, const Scope* around) : outer(around) { add(instances); }

  std::span<const Value> answers(std::string_view link_id) const {
    for (const Scope* scope = this; scope; scope = scope->outer) {
      const auto found = scope->questions.find(link_id);
      if (found != scope->questions.end()) return found->second->answers;
    }
    return {};
  }

 private:
  void add(const std::vector<Instance>& instances) {
    for (const Instance& instance : instances) {
      if (instance.item->type != ItemType::kGroup) {
        questions.emplace(instance.item->link_id, &instance);
      } else if (!instance.item->repeats) {
        add(instance.items);
      }
    }
  }
};

// A member's name as a step of a JSON pointer. Quoting a name of hostile length back is no help to anybody.
std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key.substr(0, 64)) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return is_utf8(out) ? out : "";
}

bool enabled(const Item& item, const Scope& scope) {
  if (item.enable_when.empty()) return true;
  const auto holds = [&](const EnableWhen& when) {
    return satisfies(scope.answers(when.question), when.op, when.wanted);
  };
  if (item.enable_any) return std::any_of(item.enable_when.begin(), item.enable_when.end(), holds);
  return std::all_of(item.enable_when.begin(), item.enable_when.end(), holds);
}

class ResponseReader {
 public:
  // Null: of what was taken before, where every well-formed code of a value set is good, and so is every file.
  ResponseReader(const ValueSets* value_sets, const Files* files) : value_sets_(value_sets), files_(files) {}

  std::vector<FieldError> errors;

  // Of a code of a value set.
  const std::string* display(const Value& value) const {
    const auto* coding = std::get_if<Coding>(&value);
    const auto found = coding ? displays_.find(*coding) : displays_.end();
    return found == displays_.end() ? nullptr : &found->second;
  }

  void wrong(std::string pointer, std::string code, std::map<std::string, std::string> params = {}) {
    if (errors.size() < kMostErrors) errors.push_back({std::move(pointer), std::move(code), std::move(params)});
  }

  const json::Object* object(const json::Value& in, const std::string& pointer) {
    if (in.is_object()) return &in.get_object();
    wrong(pointer, "type", {{"expected", "object"}});
    return nullptr;
  }

  const json::Array* list(const json::Value& in, const std::string& pointer) {
    if (!in.is_array()) {
      wrong(pointer, "type", {{"expected", "array"}});
      return nullptr;
    }
    if (in.get_array().size() > kMostItems) {
      wrong(pointer, "too_long", {{"expected", std::to_string(kMostItems)}});
      return nullptr;
    }
    return &in.get_array();
  }

  // Errors for members that are not in `known`, which is all of FHIR that we read.
  void only(const json::Object& in, std::initializer_list<std::string_view> known, const std::string& pointer) {
    for (const auto& member : in) {
      const std::string_view key = member.key();
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      wrong(pointer + '/' + escaped(key), "unknown");
    }
  }

  std::vector<Instance> items(const std::vector<Item>& known, const json::Object& container,
                              const std::string& pointer) {
    std::vector<Instance> out;
    const auto* given = container.if_contains("item");
    const json::Array* all = given ? list(*given, pointer + "/item") : nullptr;
    if (!all) return out;
    for (std::size_t i = 0; i < all->size(); ++i) {
      auto instance = item(known, (*all)[i], pointer + "/item/" + std::to_string(i));
      if (!instance) continue;
      const bool again =
          std::any_of(out.begin(), out.end(), [&](const Instance& o) { return o.item == instance->item; });
      if (again && !(instance->item->type == ItemType::kGroup && instance->item->repeats))
        wrong(instance->pointer, "repeated", {{"linkId", instance->item->link_id}});
      out.push_back(std::move(*instance));
    }
    std::stable_sort(out.begin(), out.end(), [](const Instance& a, const Instance& b) { return a.item < b.item; });
    return out;
  }

 private:
  std::optional<Instance> item(const std::vector<Item>& known, const json::Value& in, const std::string& pointer) {
    const json::Object* given = object(in, pointer);
    if (!given) return std::nullopt;
    const auto* link = given->if_contains("linkId");
    if (!link || !link->is_string()) {
      wrong(pointer + "/linkId", link ? "type" : "required", {{"expected", "string"}});
      return std::nullopt;
    }
    const std::string_view link_id = link->get_string();
    const auto found = std::find_if(known.begin(), known.end(), [&](const Item& i) { return i.link_id == link_id; });
    if (found == known.end()) {
      wrong(pointer + "/linkId", "unknown");
      return std::nullopt;
    }
    Instance out;
    out.item = &*found;
    out.pointer = pointer;
    if (found->type == ItemType::kGroup) {
      only(*given, {"linkId", "text", "item"}, pointer);
      out.items = items(found->items, *given, pointer);
    } else {
      only(*given, {"linkId", "text", "answer"}, pointer);
      const std::size_t before = errors.size();
      out.answers = answers(*found, *given, pointer);
      out.broken = errors.size() != before;
    }
    return out;
  }

  std::vector<Value> answers(const Item& item, const json::Object& in, const std::string& pointer) {
    std::vector<Value> out;
    const auto* given = in.if_contains("answer");
    if (!given) return out;
    if (item.type == ItemType::kDisplay) {
      wrong(pointer + "/answer", "unknown");
      return out;
    }
    const json::Array* all = list(*given, pointer + "/answer");
    if (!all) return out;
    if (all->size() > 1 && !item.repeats) wrong(pointer + "/answer", "repeated", {{"linkId", item.link_id}});
    for (std::size_t i = 0; i < all->size(); ++i) {
      const std::string place = pointer + "/answer/" + std::to_string(i);
      const json::Object* answer = object((*all)[i], place);
      if (!answer) continue;
      auto value = read_value(item, *answer, place);
      if (value && within(item, *value, place)) out.push_back(std::move(*value));
    }
    return out;
  }

  static const char* element(ItemType type) {
    switch (type) {
      case ItemType::kBoolean:
        return "valueBoolean";
      case ItemType::kInteger:
        return "valueInteger";
      case ItemType::kDecimal:
        return "valueDecimal";
      case ItemType::kQuantity:
        return "valueQuantity";
      case ItemType::kDate:
        return "valueDate";
      case ItemType::kChoice:
      case ItemType::kOpenChoice:
        return "valueCoding";
      case ItemType::kAttachment:
        return "valueAttachment";
      default:
        return "valueString";
    }
  }

  std::optional<Value> read_value(const Item& item, const json::Object& answer, const std::string& pointer) {
    const bool own_words = item.type == ItemType::kOpenChoice && answer.contains("valueString");
    const std::string name = own_words ? "valueString" : element(item.type);
    only(answer, {name}, pointer);
    const auto* in = answer.if_contains(name);
    if (!in) {
      wrong(pointer + '/' + name, "required", {{"linkId", item.link_id}});
      return std::nullopt;
    }
    const std::string place = pointer + '/' + name;
    if (own_words) return text_value(item, *in, place);
    switch (item.type) {
      case ItemType::kBoolean:
        if (in->is_bool()) return in->get_bool();
        return mistyped(place, "boolean");
      case ItemType::kInteger:
        if (in->is_int64()) return in->get_int64();
        return mistyped(place, "integer");
      case ItemType::kDecimal:
        if (in->is_number() && std::isfinite(in->to_number<double>())) return in->to_number<double>();
        return mistyped(place, "number");
      case ItemType::kQuantity:
        return quantity_value(item, *in, place);
      case ItemType::kDate:
        return date_value(item, *in, place);
      case ItemType::kChoice:
      case ItemType::kOpenChoice:
        return coding_value(item, *in, place);
      case ItemType::kAttachment:
        return attachment_value(*in, place);
      default:
        return text_value(item, *in, place);
    }
  }

  std::optional<Value> mistyped(const std::string& pointer, const char* expected) {
    wrong(pointer, "type", {{"expected", expected}});
    return std::nullopt;
  }

  std::optional<Value> quantity_value(const Item& item, const json::Value& in, const std::string& pointer) {
    const json::Object* given = object(in, pointer);
    if (!given) return std::nullopt;
    only(*given, {"value", "unit", "system", "code"}, pointer);
    const auto* value = given->if_contains("value");
    if (!value || !value->is_number() || !std::isfinite(value->to_number<double>()))
      return mistyped(pointer + "/value", "number");
    const auto is = [&](const char* name, const std::string& wanted) {
      const auto* member = given->if_contains(name);
      return member && member->is_string() && std::string_view(member->get_string()) == wanted;
    };
    // Without its unit a number may mean anything: 38 and 100 are the same fever.
    if (!is("code", item.unit.code) || (given->contains("system") && !is("system", item.unit.system))) {
      wrong(pointer + "/code", "choice", {{"linkId", item.link_id}, {"expected", item.unit.code}});
      return std::nullopt;
    }
    Quantity out = item.unit;
    out.value = value->to_number<double>();
    return out;
  }

  std::optional<Value> date_value(const Item& item, const json::Value& in, const std::string& pointer) {
    if (!in.is_string()) return mistyped(pointer, "string");
    const std::string_view text = in.get_string();
    if (const auto date = parse_date(text)) return *date;
    const auto part = parse_partial_date(text);
    const bool enough =
        part && (item.precision == Precision::kYear || (item.precision == Precision::kMonth && part->month));
    if (enough) return *part;
    wrong(pointer, "format", {{"expected", "date"}});
    return std::nullopt;
  }

  std::optional<Value> text_value(const Item& item, const json::Value& in, const std::string& pointer) {
    if (!in.is_string()) return mistyped(pointer, "string");
    const std::string_view given = in.get_string();
    const std::size_t most = item.max_length ? item.max_length : kAnswerMost;
    if (code_points(given) > most) {
      wrong(pointer, "too_long", {{"expected", std::to_string(most)}});
      return std::nullopt;
    }
    auto tidied = tidy(given, item.type == ItemType::kText);
    if (!tidied || tidied->empty()) {
      wrong(pointer, tidied ? "required" : "encoding", {{"linkId", item.link_id}});
      return std::nullopt;
    }
    return std::move(*tidied);
  }

  std::optional<Value> coding_value(const Item& item, const json::Value& in, const std::string& pointer) {
    const json::Object* given = object(in, pointer);
    if (!given) return std::nullopt;
    only(*given, {"system", "code", "display"}, pointer);
    const auto text = [&](const char* name) -> std::string_view {
      const auto* member = given->if_contains(name);
      return member && member->is_string() ? std::string_view(member->get_string()) : std::string_view();
    };
    if (!item.value_set.empty()) {
      const Coding asked{std::string(text("system")), std::string(text("code"))};
      if (auto found = in_value_set(item, asked, text("display"))) return std::move(*found);
    }
    for (const Option& option : item.options) {
      const bool same_system = !given->contains("system") || text("system") == option.coding.system;
      if (same_system && text("code") == option.coding.code) return option.coding;
    }
    wrong(pointer + "/code", "choice", {{"linkId", item.link_id}});
    return std::nullopt;
  }

  std::optional<Coding> in_value_set(const Item& item, const Coding& asked, std::string_view said) {
    if (asked.code.empty() || asked.code.size() > kCodeMost || asked.system.size() > kCodeMost) return std::nullopt;
    std::optional<Concept> found;
    if (!value_sets_) {
      auto words = tidy(said, false);
      if (words && code_points(*words) > kAnswerMost) words.reset();
      found = Concept{asked, std::move(words).value_or("")};
    } else if (*value_sets_) {
      found = (*value_sets_)(item.value_set, asked);
    }
    if (!found) return std::nullopt;
    if (!found->display.empty()) displays_[found->coding] = std::move(found->display);
    return std::move(found->coding);
  }

  std::optional<Value> attachment_value(const json::Value& in, const std::string& pointer) {
    const json::Object* given = object(in, pointer);
    if (!given) return std::nullopt;
    only(*given, {"contentType", "size", "hash", "url"}, pointer);
    const auto text = [&](const char* name) -> std::string {
      const auto* member = given->if_contains(name);
      const bool fits = member && member->is_string() && member->get_string().size() <= kFileTextMost;
      return fits ? std::string(member->get_string()) : std::string();
    };
    const auto* size = given->if_contains("size");
    Attachment asked{text("contentType"), size && size->is_int64() ? size->get_int64() : 0, text("hash"), text("url")};
    std::optional<Attachment> found;
    if (!asked.url.empty() && is_utf8(asked.url) && is_utf8(asked.hash) && is_utf8(asked.content_type)) {
      if (!files_)
        found = std::move(asked);
      else if (*files_)
        found = (*files_)(asked);
    }
    if (found) return std::move(*found);
    wrong(pointer + "/url", "unknown");
    return std::nullopt;
  }

  bool within(const Item& item, const Value& value, const std::string& pointer) {
    // Of a date known in part, some day must lie within.
    const auto* part = std::get_if<PartialDate>(&value);
    const Value first = part ? Value(part->first()) : value;
    const Value last = part ? Value(part->last()) : value;
    if ((!item.min || last >= *item.min) && (!item.max || first <= *item.max)) return true;
    std::map<std::string, std::string> limits{{"linkId", item.link_id}};
    if (item.min) limits["min"] = text_of(*item.min);
    if (item.max) limits["max"] = text_of(*item.max);
    wrong(pointer + '/' + element(item.type), "range", std::move(limits));
    return false;
  }

  const ValueSets* value_sets_;
  const Files* files_;
  std::map<Coding, std::string> displays_;
};

// What is enabled, what is missing; and, as far as there is no error, the normal form.
class Completion {
 public:
  // `needed`: whether a required question must be answered.
  using Needed = std::function<bool(const Item&)>;
  Completion(ResponseReader& reader, Answers& answers, Needed needed)
      : reader_(reader), answers_(answers), needed_(std::move(needed)) {}

  json::Array items(const std::vector<Item>& known, const std::vector<Instance>& given, const Scope& scope,
                    const std::string& pointer) {
    json::Array out;
    for (const Item& item : known) {
      if (item.type == ItemType::kDisplay) continue;
      const auto [first, last] = std::equal_range(given.begin(), given.end(), item, ByItem{});
      if (!enabled(item, scope)) {
        for (auto it = first; it != last; ++it)
          if (!it->empty()) reader_.wrong(it->pointer, "not_enabled", {{"linkId", item.link_id}});
      } else if (item.type == ItemType::kGroup) {
        group(item, first, last, scope, pointer, out);
      } else {
        question(item, first, last, pointer, out);
      }
    }
    return out;
  }

 private:
  struct ByItem {
    bool operator()(const Instance& a, const Item& b) const { return a.item < &b; }
    bool operator()(const Item& a, const Instance& b) const { return &a < b.item; }
  };
  using Iterator = std::vector<Instance>::const_iterator;

  void missing(const Item& item, const std::string& pointer) {
    if (!needed_(item)) return;
    reader_.wrong(pointer + "/item", "required", {{"linkId", item.link_id}});
  }

  void group(const Item& item, Iterator first, Iterator last, const Scope& scope, const std::string& pointer,
             json::Array& out) {
    if (item.repeats) {
      std::size_t kept = 0;
      for (auto it = first; it != last; ++it) {
        if (it->empty()) continue;
        const Scope inner(it->items, &scope);
        append(item, items(item.items, it->items, inner, it->pointer), out);
        ++kept;
      }
      if (kept == 0 && item.required) missing(item, pointer);
      return;
    }
    // A group that is not there is a group whose questions are all unanswered.
    static const std::vector<Instance> kNothing;
    const bool there = first != last;
    if (item.required && (!there || first->empty())) return missing(item, pointer);
    append(item, items(item.items, there ? first->items : kNothing, scope, there ? first->pointer : pointer), out);
  }

  static void append(const Item& item, json::Array inside, json::Array& out) {
    if (inside.empty()) return;
    out.push_back(json::Object{{"linkId", item.link_id}, {"item", std::move(inside)}});
  }

  void question(const Item& item, Iterator first, Iterator last, const std::string& pointer, json::Array& out) {
    if (first == last || first->answers.empty()) {
      if (item.required && (first == last || !first->broken)) missing(item, pointer);
      return;
    }
    json::Array answers;
    auto& kept = answers_[item.link_id];
    for (const Value& value : first->answers) {
      auto [name, content] = fhir_value(value);
      if (const auto* display = reader_.display(value)) content.get_object()["display"] = *display;
      answers.push_back(json::Object{{name, std::move(content)}});
      kept.push_back(value);
    }
    out.push_back(json::Object{{"linkId", item.link_id}, {"answer", std::move(answers)}});
  }

  ResponseReader& reader_;
  Answers& answers_;
  const Needed needed_;
};

void check_head(ResponseReader& reader, const Questionnaire& form, const json::Object& in, const std::string& pointer) {
  reader.only(in, {"resourceType", "questionnaire", "status", "authored", "item", "language"}, pointer);
  const auto expect = [&](const char* name, std::initializer_list<std::string> allowed, bool required) {
    const auto* given = in.if_contains(name);
    if (!given && !required) return;
    const bool fits =
        given && given->is_string() && std::any_of(allowed.begin(), allowed.end(), [&](const std::string& text) {
          return std::string_view(given->get_string()) == text;
        });
    if (!fits) reader.wrong(pointer + '/' + name, given ? "choice" : "required", {{"expected", *allowed.begin()}});
  };
  expect("resourceType", {"QuestionnaireResponse"}, true);
  expect("status", {"completed"}, true);
  expect("questionnaire", {form.url + '|' + form.version, form.url}, false);
}

Result<Response> read(const Questionnaire& form, const json::Value& response, const std::string& pointer,
                      Completion::Needed needed, const ValueSets* value_sets, const Files* files) {
  ResponseReader reader(value_sets, files);
  Response out;
  if (const json::Object* in = reader.object(response, pointer)) {
    check_head(reader, form, *in, pointer);
    const auto instances = reader.items(form.items, *in, pointer);
    const Scope scope(instances, nullptr);
    Completion completion(reader, out.answers, std::move(needed));
    out.normal = {{"resourceType", "QuestionnaireResponse"},
                  {"questionnaire", form.url + '|' + form.version},
                  {"status", "completed"},
                  {"item", completion.items(form.items, instances, scope, pointer)}};
  }
  if (!reader.errors.empty()) return Error(kInvalid, std::move(reader.errors));
  return out;
}

}  // namespace

Result<Response> read_response(const Questionnaire& form, const json::Value& response, const std::string& pointer,
                               const Unasked& unasked, const ValueSets& value_sets, const Files& files) {
  return read(
      form, response, pointer, [&](const Item& item) { return !unasked.contains(item.link_id); }, &value_sets, &files);
}

Result<Response> read_kept(const Questionnaire& form, const json::Value& normal) {
  return read(
      form, normal, "", [](const Item&) { return false; }, nullptr, nullptr);
}

}  // namespace luytre::forms
