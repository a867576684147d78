// The readable page of the API, made from the same routes as the OpenAPI document. Plain HTML and CSS: nothing from
// elsewhere, no script.

#include <algorithm>
#include <map>
#include <set>

#include "platform/http/codes.h"
#include "platform/http/openapi.h"
#include "platform/http/service.h"

namespace luytre::http {
namespace {

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string code(std::string_view text) {
  return "<code>" + escape(text) + "</code>";
}

std::string last_of(std::string_view reference) {
  return std::string(reference.substr(reference.rfind('/') + 1));
}

// A schema in a few words; named ones are links.
std::string brief(const json::Value& schema) {
  if (!schema.is_object() || schema.get_object().empty()) return "anything";
  const auto& object = schema.get_object();
  if (const auto* reference = object.if_contains("$ref")) {
    const std::string name = last_of(std::string_view(reference->get_string()));
    return "<a href=\"#schema-" + name + "\">" + escape(name) + "</a>";
  }
  const auto* type = object.if_contains("type");
  const std::string kind = type && type->is_string() ? std::string(type->get_string()) : "object";
  if (kind == "array") return "list of " + brief(object.at("items"));
  if (const auto* values = object.if_contains("enum")) {
    std::string out;
    for (const auto& value : values->get_array())
      out += (out.empty() ? "" : " | ") + code(std::string_view(value.get_string()));
    return out;
  }
  if (const auto* format = object.if_contains("format"); format && kind == "string")
    return escape(std::string_view(format->get_string()));
  if (const auto* most = object.if_contains("maxLength"))
    return kind + ", at most " + boost::json::serialize(*most) + " characters";
  return kind;
}

std::string who(const RouteInfo& route) {
  if (is_public(route)) return "anyone";
  std::string out;
  for (const Role role : route.roles) out += (out.empty() ? "" : ", ") + json::enum_text(role);
  return out + " · " + json::enum_text(route.purpose) + (route.limited_session ? " · before the second proof too" : "");
}

std::string row(std::string_view name, const std::string& html) {
  return "<tr><th>" + escape(name) + "</th><td>" + html + "</td></tr>\n";
}

std::string route_section(const RouteInfo& route, json::Components& components) {
  std::string out = "<article id=\"" + operation_id(route) + "\"><h3><span class=\"method\">" +
                    std::string(method_name(route.method)) + "</span> " + code(route.path) + "</h3><p>" +
                    escape(route.summary) + "</p><table>\n";
  out += row("Who", escape(who(route)));
  for (const auto& q : route.query) {
    out += row("?" + q.name, brief(query_schema(route, q)) + (q.required ? ", required" : "") +
                                 (q.help.empty() ? "" : ": " + escape(q.help)));
  }
  if (route.idempotent)
    out += row("Idempotency-Key",
               "1 to 64 printable characters, drawn by the client; a repeated request answers the same");
  if (route.versioned) out += row("If-Match", "the version that was read, in quotes: <code>&quot;3&quot;</code>");
  if (route.body_schema) {
    out += row("Body",
               brief(route.body_schema(components)) + ", at most " + std::to_string(route.body_limit / 1024) + " KiB");
  } else if (route.takes_body()) {
    out += row("Body", escape(route.accepts) + ", at most " + std::to_string(route.body_limit / 1024) + " KiB");
  }
  const std::string answer = route.answer_schema                          ? brief(route.answer_schema(components))
                             : route.status == 204 || route.status == 202 ? "nothing"
                                                                          : escape(route.content_type);
  out += row("Answer", std::to_string(route.status) + ": " + answer);
  std::string errors;
  for (const auto& error : errors_of(route)) {
    errors += (errors.empty() ? "" : ", ") + std::to_string(error.status) + " <a href=\"#" + error.code + "\">" +
              error.code + "</a>";
  }
  if (!errors.empty()) out += row("Errors", errors);
  return out + "</table></article>\n";
}

std::string schema_section(const std::string& name, const json::Object& schema) {
  std::string out = "<article id=\"schema-" + name + "\"><h3>" + escape(name) + "</h3><table>\n";
  std::set<std::string_view> required;
  if (const auto* list = schema.if_contains("required"))
    for (const auto& item : list->get_array()) required.insert(std::string_view(item.get_string()));
  if (const auto* properties = schema.if_contains("properties")) {
    for (const auto& [member, value] : properties->get_object())
      out += row(std::string_view(member),
                 brief(value) + (required.contains(std::string_view(member)) ? "" : " (may be absent)"));
  }
  return out + "</table></article>\n";
}

std::string errors_section(const Router& router, const Texts& texts) {
  std::map<std::string, int> codes;
  for (const auto& error :
       {kBadRequest, kBadUrl, kHostInvalid, kHostUnknown, kMethodNotAllowed, kNotFound, kRequestTimeout,
        kExpectationFailed, kHeadTooLarge, kTooMany, kInternal, kUnavailable, kTooManyConnections, kHttpVersion})
    codes.emplace(error.code, error.status);
  for (const auto& route : router.routes())
    for (const auto& error : errors_of(*route)) codes.emplace(error.code, error.status);
  std::string out = "<h2 id=\"errors\">Errors</h2><table>\n";
  for (const auto& [name, status] : codes) {
    out += "<tr id=\"" + name + "\"><th>" + code(name) + "</th><td>" + std::to_string(status) + "</td><td>" +
           escape(texts.find(Language::kEn, "errors." + name)) + "<br><span lang=\"vi\">" +
           escape(texts.find(Language::kVi, "errors." + name)) + "</span></td></tr>\n";
  }
  return out + "</table>\n";
}

}  // namespace

std::string_view api_page_style() {
  return R"css(:root { color-scheme: light dark; --line: #8885; --accent: #2b6e3f; }
@media (prefers-color-scheme: dark) { :root { --accent: #7fc796; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; }
a { color: var(--accent); }
h1 { margin-bottom: 0; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid var(--accent); }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .25rem 1rem 1rem; margin: 1rem 0; overflow-x: auto; }
h3 { margin: .5rem 0; font-size: 1rem; overflow-wrap: anywhere; }
.method { color: var(--accent); font-weight: 700; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-top: 1px solid var(--line); }
th { width: 11rem; font-weight: 600; overflow-wrap: anywhere; }
nav ul { columns: 14rem; padding-left: 1.2rem; }
)css";
}

std::string api_page(const Router& router, const Texts& texts, std::string_view title, std::string_view version) {
  json::Components components;
  std::map<std::string, std::string> sections;
  for (const auto& route : router.routes()) sections[route->tag] += route_section(*route, components);
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>" +
      escape(title) + " API</title><link rel=\"stylesheet\" href=\"/api/style.css\"></head><body>\n<h1>" +
      escape(title) + " API</h1><p>Version " + escape(version) +
      ". Also as <a href=\"/api/openapi.json\">OpenAPI 3.1</a>. Bodies are JSON, times ISO-8601 UTC, ids opaque "
      "strings; lists are pages with "
      "<code>items</code> and <code>next</code>; errors are problem documents (RFC 9457). With a session cookie, "
      "methods other than GET need "
      "<code>X-Requested-With: luytre</code>.</p>\n<nav><ul>\n";
  for (const auto& [tag, html] : sections)
    out += "<li><a href=\"#tag-" + escape(tag) + "\">" + escape(tag) + "</a></li>\n";
  out += "<li><a href=\"#schemas\">Shapes</a></li><li><a href=\"#errors\">Errors</a></li></ul></nav>\n";
  for (const auto& [tag, html] : sections)
    out += "<h2 id=\"tag-" + escape(tag) + "\">" + escape(tag) + "</h2>\n" + html;
  out += "<h2 id=\"schemas\">Shapes</h2>\n";
  for (const auto& [name, schema] : components) out += schema_section(name, schema);
  return out + errors_section(router, texts) + "</body></html>\n";
}

}  // namespace luytre::http
