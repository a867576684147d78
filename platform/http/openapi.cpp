#include "platform/http/openapi.h"

#include <algorithm>

#include "platform/http/codes.h"
#include "platform/http/server.h"
#include "platform/http/url.h"

namespace luytre::http {
namespace {

using json::Array;
using json::Object;
using json::Value;

Object string_schema() {
  return {{"type", "string"}};
}

// Of one content type, or of several with commas between.
Object content(std::string_view types, const Object& schema) {
  Object out;
  while (!types.empty()) {
    Object media;
    media["schema"] = schema;
    out[next_item(types, ',')] = std::move(media);
  }
  return out;
}

Object reference(std::string_view where) {
  Object out;
  out["$ref"] = "#/components/" + std::string(where);
  return out;
}

Object parameter(std::string_view in, std::string_view name, bool required, Object schema, std::string_view help) {
  Object out;
  out["name"] = name;
  out["in"] = in;
  if (required) out["required"] = true;
  if (!help.empty()) out["description"] = help;
  out["schema"] = std::move(schema);
  return out;
}

Array parameters(const RouteInfo& route) {
  Array out;
  for (const auto& name : parameters_of(route)) out.push_back(parameter("path", name, true, string_schema(), ""));
  for (const auto& q : route.query)
    out.push_back(parameter("query", q.name, q.required, query_schema(route, q), q.help));
  if (route.idempotent) {
    Object schema = string_schema();
    schema["minLength"] = 1;
    schema["maxLength"] = 64;
    out.push_back(parameter(
        "header", "Idempotency-Key", true, std::move(schema),
        "Drawn by the client for this request; sent again with the same key it changes nothing and answers the same."));
  }
  if (route.versioned) {
    Object schema = string_schema();
    schema["pattern"] = "^\"[0-9]+\"$";
    out.push_back(parameter("header", "If-Match", true, std::move(schema), "The version that was read, in quotes."));
  }
  return out;
}

Object success(const RouteInfo& route, json::Components& components) {
  Object out;
  out["description"] = route.status == 201 ? "Created" : route.status == 204 ? "Done" : "OK";
  if (route.answer_schema) {
    out["content"] = content("application/json", route.answer_schema(components));
  } else if (route.status != 204 && route.content_type != "application/json") {
    out["content"] = content(route.content_type, string_schema());
  } else if (route.status != 204) {
    out["content"] = content("application/json", Object());
  }
  return out;
}

Object problem_answer(std::string description) {
  Object out;
  out["description"] = std::move(description);
  out["content"] = content("application/problem+json", reference("schemas/Problem"));
  return out;
}

Object responses(const RouteInfo& route, json::Components& components) {
  Object out;
  out[std::to_string(route.status)] = success(route, components);
  const auto errors = errors_of(route);
  for (auto first = errors.begin(); first != errors.end();) {
    std::string codes;
    auto last = first;
    for (; last != errors.end() && last->status == first->status; ++last)
      codes += (codes.empty() ? "" : ", ") + std::string(last->code);
    out[std::to_string(first->status)] = problem_answer(codes);
    first = last;
  }
  out["default"] = problem_answer("any other fault: " + std::string(kInternal.code) + ", " + kUnavailable.code + ", " +
                                  kTooMany.code);
  return out;
}

Array security(const RouteInfo& route) {
  Array out;
  if (is_public(route)) {
    if (route.roles.size() > 1) out.push_back(Object());
    if (route.roles.size() == 1) return out;
  }
  for (const char* scheme : {"session", "bearer"}) {
    Object entry;
    entry[scheme] = Array();
    out.push_back(std::move(entry));
  }
  return out;
}

Object operation(const RouteInfo& route, json::Components& components) {
  Object out;
  out["operationId"] = operation_id(route);
  out["summary"] = route.summary;
  out["tags"] = Array{Value(route.tag)};
  if (auto list = parameters(route); !list.empty()) out["parameters"] = std::move(list);
  if (route.takes_body()) {
    Object body;
    body["required"] = true;
    body["content"] = content(route.accepts, route.body_schema ? route.body_schema(components) : string_schema());
    out["requestBody"] = std::move(body);
  }
  out["responses"] = responses(route, components);
  out["security"] = security(route);
  Array roles;
  for (const Role role : route.roles) roles.push_back(Value(json::enum_text(role)));
  out["x-roles"] = std::move(roles);
  out["x-purpose"] = json::enum_text(route.purpose);
  Array codes;
  for (const auto& error : errors_of(route)) codes.push_back(Value(error.code));
  out["x-error-codes"] = std::move(codes);
  return out;
}

Object object_of(std::initializer_list<std::pair<const char*, Object>> properties,
                 std::initializer_list<const char*> required) {
  Object members;
  for (const auto& [name, schema] : properties) members[name] = schema;
  Array names;
  for (const char* name : required) names.push_back(Value(name));
  Object out;
  out["type"] = "object";
  out["properties"] = std::move(members);
  out["required"] = std::move(names);
  return out;
}

Object problem_schema() {
  Object texts;
  texts["type"] = "object";
  texts["additionalProperties"] = string_schema();
  Object list;
  list["type"] = "array";
  list["items"] = object_of(
      {{"pointer", string_schema()}, {"code", string_schema()}, {"params", texts}, {"detail", string_schema()}},
      {"pointer", "code", "detail"});
  Object status;
  status["type"] = "integer";
  return object_of({{"type", string_schema()},
                    {"title", string_schema()},
                    {"status", status},
                    {"code", string_schema()},
                    {"detail", string_schema()},
                    {"errors", list},
                    {"params", texts},
                    {"current", Object()}},
                   {"type", "title", "status", "code", "detail"});
}

Object security_schemes() {
  Object session;
  session["type"] = "apiKey";
  session["in"] = "cookie";
  session["name"] = kSessionCookie;
  session["description"] = "Of a browser. Methods other than GET then need the header X-Requested-With: luytre.";
  Object bearer;
  bearer["type"] = "http";
  bearer["scheme"] = "bearer";
  bearer["description"] = "Of a device or program.";
  Object out;
  out["session"] = std::move(session);
  out["bearer"] = std::move(bearer);
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

}  // namespace

std::vector<std::string> parameters_of(const RouteInfo& route) {
  std::vector<std::string> out;
  for (const auto segment : path_segments(route.path))
    if (segment.size() > 2 && segment.front() == '{') out.emplace_back(segment.substr(1, segment.size() - 2));
  return out;
}

std::vector<ErrorCode> errors_of(const RouteInfo& route) {
  std::vector<ErrorCode> out = route.errors;
  const auto also = [&](std::initializer_list<ErrorCode> codes) { out.insert(out.end(), codes); };
  if (!is_public(route)) {
    also({kUnauthenticated, kNotPermitted});
    if (!route.limited_session) also({kSecondProofRequired});
  }
  if (route.method != Method::kGet) also({kCrossSite});
  if (route.body_schema) also({kMalformed, kInvalid});
  if (route.takes_body()) also({kBodyTooLarge, kUnsupportedMediaType, kLengthRequired});
  if (!route.query.empty()) also({kInvalid});
  if (route.idempotent) also({kIdempotencyKeyRequired, kIdempotencyKeyReused});
  if (route.versioned) also({kVersionRequired, kVersionMalformed, kVersionConflict});
  std::stable_sort(out.begin(), out.end(), [](const ErrorCode& a, const ErrorCode& b) {
    return a.status != b.status ? a.status < b.status : std::string_view(a.code) < b.code;
  });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const ErrorCode& a, const ErrorCode& b) { return std::string_view(a.code) == b.code; }),
            out.end());
  return out;
}

json::Object query_schema(const RouteInfo& route, const QueryParameter& q) {
  Object out;
  if (q.schema.find('|') != std::string::npos) {
    Array choices;
    for (std::string_view rest = q.schema;;) {
      const auto end = rest.find('|');
      choices.push_back(Value(rest.substr(0, end)));
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
    out["type"] = "string";
    out["enum"] = std::move(choices);
  } else if (q.schema == "integer" || q.schema == "boolean" || q.schema == "string") {
    out["type"] = q.schema;
    if (route.paged && q.name == "limit") {
      out["minimum"] = 1;
      out["maximum"] = kPageMost;
      out["default"] = kPageUsual;
    }
  } else {
    out["type"] = "string";
    out["format"] = q.schema;
  }
  return out;
}

std::string Router::openapi(std::string_view title, std::string_view version) const {
  json::Components components;
  Object paths;
  Array tags;
  for (const auto& route : routes_) {
    auto& entry = paths[route->path];
    if (!entry.is_object()) entry = Object();
    entry.get_object()[lower(method_name(route->method))] = operation(*route, components);
    const bool known =
        std::any_of(tags.begin(), tags.end(), [&](const Value& t) { return t.at("name").get_string() == route->tag; });
    if (!known) tags.push_back(Object{{"name", route->tag}});
  }
  Object schemas;
  schemas["Problem"] = problem_schema();
  for (auto& [name, schema] : components) schemas[name] = std::move(schema);
  Object parts;
  parts["schemas"] = std::move(schemas);
  parts["securitySchemes"] = security_schemes();
  Object info;
  info["title"] = title;
  info["version"] = version;
  info["description"] =
      "Times are ISO-8601 UTC, ids opaque strings. Errors are problem documents (RFC 9457) with a stable code; their "
      "texts follow Accept-Language (vi, en).";
  Object out;
  out["openapi"] = "3.1.0";
  out["info"] = std::move(info);
  out["tags"] = std::move(tags);
  out["paths"] = std::move(paths);
  out["components"] = std::move(parts);
  return boost::json::serialize(out);
}

}  // namespace luytre::http
