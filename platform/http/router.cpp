#include "platform/http/router.h"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "platform/http/url.h"

namespace luytre::http {
namespace {

constexpr std::string_view kApi = "/api/v1";
constexpr std::size_t kMethods = 5;

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::string_view parameter_name(std::string_view segment) {
  return segment.substr(1, segment.size() - 2);
}

// "check-out" → CheckOut, "poster.pdf" → PosterPdf
std::string words(std::string_view segment) {
  std::string out;
  bool capital = true;
  for (const char c : segment) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter) {
      capital = true;
      continue;
    }
    out += capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    capital = false;
  }
  return out;
}

}  // namespace

// One segment of the paths: where each next segment leads, and which routes end here.
struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
  std::unique_ptr<Node> parameter;
  std::array<const RouteInfo*, kMethods> routes{};

  bool ends_here() const {
    return std::any_of(routes.begin(), routes.end(), [](const RouteInfo* r) { return r != nullptr; });
  }

  // The node that the rest of the path leads to; literal segments first, then the parameter. `values` are those passed
  // on the way.
  const Node* walk(const std::vector<std::string>& segments, std::size_t at, std::vector<std::size_t>& values) const {
    if (at == segments.size()) return ends_here() ? this : nullptr;
    if (const auto next = literal.find(segments[at]); next != literal.end()) {
      if (const Node* found = next->second->walk(segments, at + 1, values)) return found;
    }
    if (!parameter || segments[at].empty()) return nullptr;
    values.push_back(at);
    if (const Node* found = parameter->walk(segments, at + 1, values)) return found;
    values.pop_back();
    return nullptr;
  }
};

std::string_view method_name(Method method) {
  constexpr std::array<std::string_view, kMethods> kNames{"GET", "POST", "PUT", "PATCH", "DELETE"};
  return kNames[static_cast<std::size_t>(method)];
}

std::vector<std::string_view> path_segments(std::string_view path) {
  std::vector<std::string_view> out;
  if (path.starts_with('/')) path.remove_prefix(1);
  for (;;) {
    const auto slash = path.find('/');
    out.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    path.remove_prefix(slash + 1);
  }
}

std::string operation_id(const RouteInfo& route) {
  std::string out;
  for (const char c : method_name(route.method)) out += static_cast<char>(c - 'A' + 'a');
  for (const auto segment :
       path_segments(route.in_api() ? std::string_view(route.path).substr(kApi.size()) : route.path)) {
    out += is_parameter(segment) ? "By" + words(parameter_name(segment)) : words(segment);
  }
  return out;
}

RouteBuilder& RouteBuilder::summary(std::string text) {
  info_.summary = std::move(text);
  return *this;
}

RouteBuilder& RouteBuilder::permit(std::initializer_list<Role> roles, Purpose purpose) {
  info_.roles = roles;
  info_.purpose = purpose;
  return *this;
}

RouteBuilder& RouteBuilder::errors(std::initializer_list<ErrorCode> codes) {
  info_.errors.insert(info_.errors.end(), codes.begin(), codes.end());
  return *this;
}

RouteBuilder& RouteBuilder::query(std::string name, std::string schema, std::string help, bool required) {
  info_.query.push_back({std::move(name), std::move(schema), std::move(help), required});
  return *this;
}

RouteBuilder& RouteBuilder::paged() {
  info_.paged = true;
  query("cursor", "string", "`next` of the page before");
  return query("limit", "integer",
               "how many, 1 to " + std::to_string(kPageMost) + "; " + std::to_string(kPageUsual) + " if absent");
}

RouteBuilder& RouteBuilder::flood() {
  info_.idempotent = true;
  return *this;
}

RouteBuilder& RouteBuilder::versioned() {
  info_.versioned = true;
  return *this;
}

RouteBuilder& RouteBuilder::limited() {
  info_.limited_session = true;
  return *this;
}

RouteBuilder& RouteBuilder::outside_api() {
  if (info_.in_api()) {
    info_.path.erase(0, kApi.size());
    info_.tag = std::string(path_segments(info_.path).front());
  }
  return *this;
}

RouteBuilder& RouteBuilder::status(int code) {
  info_.status = code;
  return *this;
}

RouteBuilder& RouteBuilder::body_limit(std::size_t bytes) {
  info_.body_limit = bytes;
  return *this;
}

// One type, or several with commas between; likewise content_type.
RouteBuilder& RouteBuilder::accepts(std::string type) {
  info_.accepts = std::move(type);
  return *this;
}

RouteBuilder& RouteBuilder::content_type(std::string type) {
  info_.content_type = std::move(type);
  return *this;
}

Router::Router() = default;
Router::~Router() = default;

RouteBuilder Router::add(Method method, std::string path) {
  if (root_) throw std::logic_error("route declared after the router was sealed: " + path);
  auto info = std::make_unique<RouteInfo>();
  info->method = method;
  info->tag = std::string(path_segments(path).front());
  info->path = std::string(kApi) + path;
  info->number = routes_.size();
  routes_.push_back(std::move(info));
  return RouteBuilder(*routes_.back());
}

void Router::seal() const {
  auto root = std::make_unique<Node>();
  std::set<std::string> operations;
  for (const auto& route : routes_) {
    const std::string name = std::string(method_name(route->method)) + ' ' + route->path;
    if (route->roles.empty()) throw std::logic_error("route without .permit(): " + name);
    if (!route->handler) throw std::logic_error("route without .handle(): " + name);
    if (!operations.insert(operation_id(*route)).second)
      throw std::logic_error("two routes have the operation id of: " + name);
    Node* node = root.get();
    for (const auto segment : path_segments(route->path)) {
      auto& next = is_parameter(segment) ? node->parameter : node->literal[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    }
    auto& slot = node->routes[static_cast<std::size_t>(route->method)];
    if (slot) throw std::logic_error("route declared twice: " + name);
    slot = route.get();
  }
  root_ = std::move(root);
}

Router::Match Router::match(Method method, std::string_view path) const {
  std::call_once(sealed_, [this] { seal(); });
  Match out;
  if (!path.starts_with('/')) return out;
  std::vector<std::string> segments;
  for (const auto encoded : path_segments(path)) {
    auto segment = percent_decode(encoded);
    if (!segment) return out;
    segments.push_back(std::move(*segment));
  }
  std::vector<std::size_t> values;
  const Node* node = root_->walk(segments, 0, values);
  if (!node) return out;
  for (std::size_t m = 0; m < kMethods; ++m)
    if (node->routes[m]) out.allowed.push_back(static_cast<Method>(m));
  out.route = node->routes[static_cast<std::size_t>(method)];
  if (!out.route) return out;
  const auto pattern = path_segments(out.route->path);
  for (const auto at : values) out.path.emplace_back(parameter_name(pattern[at]), std::move(segments[at]));
  return out;
}

}  // namespace luytre::http
