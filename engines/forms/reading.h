// Reading of our own data files: every step knows where it is, and says so when something is wrong.

#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engines/forms/questionnaire.h"
#include "platform/base/json.h"

namespace luytre::forms {

class Place {
 public:
  Place(const json::Value& value, std::string pointer) : value_(&value), pointer_(std::move(pointer)) {}

  const std::string& pointer() const { return pointer_; }
  [[noreturn]] void refuse(const std::string& what) const { throw FormError(pointer_, what); }

  bool has(std::string_view name) const { return object().contains(name); }
  bool is_object() const { return value_->is_object(); }

  Place at(std::string_view name) const {
    const auto* found = object().if_contains(name);
    if (!found) refuse("\"" + std::string(name) + "\" is missing");
    return {*found, pointer_ + '/' + std::string(name)};
  }

  // Every element of the list `name`; none when it is absent.
  std::vector<Place> each(std::string_view name) const {
    std::vector<Place> out;
    if (!has(name)) return out;
    const Place list = at(name);
    if (!list.value_->is_array()) list.refuse("must be a list");
    std::size_t i = 0;
    for (const auto& element : list.value_->get_array())
      out.emplace_back(element, list.pointer_ + '/' + std::to_string(i++));
    return out;
  }

  // Every member of an object.
  std::vector<std::pair<std::string, Place>> members() const {
    std::vector<std::pair<std::string, Place>> out;
    for (const auto& [key, value] : object())
      out.emplace_back(std::string(key), Place(value, pointer_ + '/' + std::string(key)));
    return out;
  }

  std::string text() const {
    if (!value_->is_string() || value_->get_string().empty()) refuse("must be a text");
    return std::string(value_->get_string());
  }
  bool flag() const {
    if (!value_->is_bool()) refuse("must be true or false");
    return value_->get_bool();
  }
  std::int64_t whole() const {
    if (!value_->is_int64()) refuse("must be a whole number");
    return value_->get_int64();
  }
  double number() const {
    if (!value_->is_number()) refuse("must be a number");
    return value_->to_number<double>();
  }
  Date date() const {
    const auto date = parse_date(text());
    if (!date) refuse("must be a date like 2021-04-30");
    return *date;
  }

  std::string text(std::string_view name) const { return at(name).text(); }
  bool flag(std::string_view name, bool otherwise) const { return has(name) ? at(name).flag() : otherwise; }
  std::optional<Date> date_if_any(std::string_view name) const {
    return has(name) ? std::optional(at(name).date()) : std::nullopt;
  }

  void only(std::initializer_list<std::string_view> known) const {
    for (const auto& member : object()) {
      const std::string_view key = member.key();
      if (std::find(known.begin(), known.end(), key) == known.end())
        refuse("\"" + std::string(key) + "\" is not understood");
    }
  }

 private:
  const json::Object& object() const {
    if (!value_->is_object()) refuse("must be an object");
    return value_->get_object();
  }

  const json::Value* value_;
  std::string pointer_;
};

}  // namespace luytre::forms
