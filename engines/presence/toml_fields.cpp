#include "engines/presence/toml_fields.h"

#include <stdexcept>

namespace luytre::presence {

void refuse_line(const std::string& file, std::int64_t line, const std::string& what) {
  throw std::runtime_error(file + ": line " + std::to_string(line) + ": " + what);
}

toml::table parse_toml(const std::string& file, std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    refuse_line(file, static_cast<std::int64_t>(error.source().begin.line), std::string(error.description()));
  }
}

namespace {

constexpr const char* kType = "has the wrong type";

Date day_of(const toml::date& date) {
  return make_date(date.year, date.month, date.day);
}

Instant instant_of(const toml::date_time& at) {
  const std::int64_t of_day = at.time.hour * 3600 + at.time.minute * 60 + at.time.second;
  return {day_of(at.date).days * kDaySeconds + of_day - at.offset->minutes * 60};
}

}  // namespace

const toml::node* Fields::seek(const char* key) {
  asked_.insert(key);
  return table_->get(key);
}

const toml::node& Fields::at(const char* key) {
  const toml::node* node = seek(key);
  if (!node) refuse_line(file_, line(), inside_ + key + " is missing");
  return *node;
}

void Fields::wrong(const char* key, const std::string& what) const {
  const toml::node* node = table_->get(key);
  refuse_line(file_, node ? static_cast<std::int64_t>(node->source().begin.line) : line(), inside_ + key + ' ' + what);
}

std::string Fields::text(const char* key) {
  const auto value = at(key).value_exact<std::string>();
  if (!value) wrong(key, kType);
  if (value->empty()) wrong(key, "must not be empty");
  return *value;
}

std::optional<std::string> Fields::maybe_text(const char* key) {
  if (!seek(key)) return std::nullopt;
  return text(key);
}

bool Fields::flag(const char* key) {
  const auto value = at(key).value_exact<bool>();
  if (!value) wrong(key, kType);
  return *value;
}

std::int64_t Fields::whole(const char* key, std::int64_t least, std::int64_t most) {
  const auto value = at(key).value_exact<std::int64_t>();
  if (!value) wrong(key, kType);
  if (*value < least || *value > most)
    wrong(key, "must lie between " + std::to_string(least) + " and " + std::to_string(most));
  return *value;
}

std::vector<std::int64_t> Fields::wholes(const char* key, std::int64_t least, std::int64_t most) {
  std::vector<std::int64_t> out;
  const toml::node* node = seek(key);
  if (!node) return out;
  if (!node->is_array()) wrong(key, "must be a list");
  for (const toml::node& item : *node->as_array()) {
    const auto value = item.value_exact<std::int64_t>();
    if (!value || *value < least || *value > most)
      wrong(key, "must hold whole numbers between " + std::to_string(least) + " and " + std::to_string(most));
    out.push_back(*value);
  }
  return out;
}

std::vector<std::string> Fields::texts(const char* key) {
  const toml::node& node = at(key);
  if (!node.is_array()) wrong(key, "must be a list");
  std::vector<std::string> out;
  for (const toml::node& item : *node.as_array()) {
    const auto value = item.value_exact<std::string>();
    if (!value || value->empty()) wrong(key, "must hold text only");
    out.push_back(*value);
  }
  return out;
}

Date Fields::date(const char* key) {
  const auto value = at(key).value_exact<toml::date>();
  if (!value) wrong(key, "must be a day, as 2020-08-07, without quotes");
  return day_of(*value);
}

std::optional<Date> Fields::maybe_date(const char* key) {
  if (!seek(key)) return std::nullopt;
  return date(key);
}

std::optional<Instant> Fields::maybe_instant(const char* key) {
  const toml::node* node = seek(key);
  if (!node) return std::nullopt;
  const auto value = node->value_exact<toml::date_time>();
  if (!value || !value->offset) wrong(key, "must be an instant, as 2020-08-07T08:30:00+07:00, without quotes");
  return instant_of(*value);
}

Fields Fields::table(const char* key) {
  const toml::node& node = at(key);
  if (!node.is_table()) wrong(key, "must be a table");
  return {file_, inside_ + key + ": ", *node.as_table()};
}

std::vector<Fields> Fields::tables(const char* key) {
  std::vector<Fields> out;
  const toml::node* node = seek(key);
  if (!node) return out;
  if (!node->is_array()) wrong(key, "must be a list of tables");
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_table()) wrong(key, "must be a list of tables");
    out.emplace_back(file_, inside_ + key + ": ", *item.as_table());
  }
  return out;
}

void Fields::end() const {
  for (const auto& [key, node] : *table_) {
    if (!asked_.contains(std::string(key.str()))) wrong(std::string(key.str()).c_str(), "is unknown");
  }
}

}  // namespace luytre::presence
