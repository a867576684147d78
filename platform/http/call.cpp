#include "platform/http/call.h"

#include <stdexcept>

namespace luytre::http {

std::string_view RequestCall::path(std::string_view name) const {
  for (const auto& [key, value] : found_.path)
    if (key == name) return value;
  throw std::logic_error("no such path parameter: " + std::string(name));
}

std::optional<std::string> RequestCall::query(std::string_view name) const {
  for (const auto& [key, value] : found_.query)
    if (key == name) return value;
  return std::nullopt;
}

std::optional<std::string> RequestCall::header(std::string_view name) const {
  const auto found = request_.field(name);
  return found ? std::optional(std::string(*found)) : std::nullopt;
}

std::optional<store::Once> RequestCall::once() const {
  if (!found_.key) return std::nullopt;
  const std::string route = std::string(method_name(found_.route->method)) + ' ' + found_.route->path;
  // The body alone does not say what is asked of /visits/{id}/check-out, or in which system's name a list is sent: the
  // parameters belong to it.
  std::string asked = request_.body;
  for (const auto& [name, value] : found_.path) asked.append(1, '\0').append(name).append(1, '=').append(value);
  for (const auto& [name, value] : found_.query) asked.append(1, '\0').append(name).append(1, '=').append(value);
  return store::make_once(caller_.account.value, route, *found_.key, asked);
}

}  // namespace luytre::http
