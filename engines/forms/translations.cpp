#include "engines/forms/translations.h"

#include <functional>
#include <set>

#include "engines/forms/reading.h"

namespace luytre::forms {
namespace {

constexpr std::string_view kTranslation = "http://hl7.org/fhir/StructureDefinition/translation";

bool is_form(const json::Object& document) {
  return document.contains("resourceType");
}

// What a form calls `id` and `version` together, and a rule set `id` alone.
std::string_view string_of(const json::Object& object, std::string_view member) {
  const auto* found = object.if_contains(member);
  return found && found->is_string() ? std::string_view(found->get_string()) : std::string_view();
}

// A text stands in `owner[member]`: of a form as a string with its translations beside it, of a rule set as an object
// by language.
using Visit = std::function<void(const std::string& name, json::Object& owner, const std::string& member)>;

json::Array* list(json::Object& object, std::string_view member) {
  auto* found = object.if_contains(member);
  return found && found->is_array() ? &found->get_array() : nullptr;
}

// `visit` may add to `owner`: what lies in it is looked up afterwards. By at(), because [] may move an object's members
// even when it finds one.
void visit_items(json::Object& parent, const Visit& visit) {
  auto* items = list(parent, "item");
  if (!items) return;
  for (json::Value& value : *items) {
    json::Object& item = value.get_object();
    const std::string link(string_of(item, "linkId"));
    visit("item:" + link, item, "text");
    if (auto* options = list(item, "answerOption"))
      for (json::Value& option : *options) {
        json::Object& coding = option.at("valueCoding").get_object();
        visit("option:" + link + ':' + std::string(string_of(coding, "code")), coding, "display");
      }
    visit_items(item, visit);
  }
}

void visit_texts(json::Value& document, const Visit& visit) {
  json::Object& top = document.get_object();
  visit("title", top, "title");
  if (is_form(top)) return visit_items(top, visit);
  visit("otherwise", top.at("otherwise").get_object(), "text");
  for (auto& step : top.at("nextSteps").get_object())
    visit("next:" + std::string(step.key()), top.at("nextSteps").get_object(), std::string(step.key()));
  for (json::Value& rule : top.at("rules").get_array())
    visit("rule:" + std::string(string_of(rule.get_object(), "code")), rule.get_object(), "text");
}

json::Object extension(const std::string& language, const std::string& text) {
  json::Array parts;
  parts.push_back(json::Object{{"url", "lang"}, {"valueCode", language}});
  parts.push_back(json::Object{{"url", "content"}, {"valueString", text}});
  return {{"url", kTranslation}, {"extension", std::move(parts)}};
}

// The text in `language`, or nothing.
std::string said(json::Object& owner, const std::string& member, const std::string& own, const std::string& language) {
  if (auto* texts = owner.at(member).if_object()) return std::string(string_of(*texts, language));
  if (language == own) return std::string(string_of(owner, member));
  auto* shadow = owner.if_contains('_' + member);
  if (!shadow || !shadow->is_object()) return {};
  auto* extensions = list(shadow->get_object(), "extension");
  if (!extensions) return {};
  for (json::Value& one : *extensions) {
    // Other extensions may look as they like.
    if (!one.is_object() || string_of(one.get_object(), "url") != kTranslation) continue;
    std::string lang, content;
    if (auto* parts = list(one.get_object(), "extension"))
      for (json::Value& part : *parts) {
        const json::Object& said = part.get_object();
        if (string_of(said, "url") == "lang") lang = string_of(said, "valueCode");
        if (string_of(said, "url") == "content")
          content = string_of(said, said.contains("valueMarkdown") ? "valueMarkdown" : "valueString");
      }
    if (lang == language) return content;
  }
  return {};
}

void add(json::Object& owner, const std::string& member, const std::string& language, const std::string& text) {
  if (auto* texts = owner.at(member).if_object()) {
    (*texts)[language] = text;
    return;
  }
  json::Value& shadow = owner['_' + member];
  if (!shadow.is_object()) shadow = json::Object{};
  json::Value& extensions = shadow.get_object()["extension"];
  if (!extensions.is_array()) extensions = json::Array{};
  extensions.get_array().push_back(extension(language, text));
}

std::string own_language(const json::Object& document) {
  return is_form(document) ? std::string(string_of(document, "language")) : std::string();
}

}  // namespace

std::size_t translate(json::Value& document, const json::Value& translation) {
  const Place in(translation, "");
  in.only({"of", "version", "language", "texts"});
  const json::Object& top = document.get_object();
  if (in.text("of") != string_of(top, "id")) in.at("of").refuse("is not " + std::string(string_of(top, "id")));
  if (is_form(top) && in.text("version") != string_of(top, "version"))
    in.at("version").refuse("is not " + std::string(string_of(top, "version")));
  const std::string language = in.text("language");
  const std::string own = own_language(top);

  std::map<std::string, std::string> wanted;
  for (const auto& [name, place] : in.at("texts").members()) {
    place.only({"vi", "en", language});
    const std::string text(string_of(translation.at("texts").at(name).get_object(), language));
    wanted[name] = text;
  }
  std::size_t taken = 0;
  std::set<std::string> known;
  visit_texts(document, [&](const std::string& name, json::Object& owner, const std::string& member) {
    known.insert(name);
    const auto found = wanted.find(name);
    if (found == wanted.end() || found->second.empty()) return;
    if (!said(owner, member, own, language).empty()) in.at("texts").at(name).refuse("is already said in " + language);
    add(owner, member, language, found->second);
    ++taken;
  });
  for (const auto& [name, text] : wanted)
    if (!known.contains(name)) in.at("texts").at(name).refuse("there is no such text");
  return taken;
}

json::Value skeleton(const json::Value& document, const std::string& language) {
  json::Value copy = document;  // visited only
  const json::Object& top = document.get_object();
  const std::string own = own_language(top);
  json::Object texts;
  visit_texts(copy, [&](const std::string& name, json::Object& owner, const std::string& member) {
    json::Object one;
    for (const std::string& each : {std::string("vi"), std::string("en"), language})
      one[each] = said(owner, member, own, each);
    texts[name] = std::move(one);
  });
  json::Object out{{"of", string_of(top, "id")}};
  if (is_form(top)) out["version"] = string_of(top, "version");
  out["language"] = language;
  out["texts"] = std::move(texts);
  return out;
}

}  // namespace luytre::forms
