// Reads TOML strictly: a member that is missing, of the wrong type, or that nobody asked for is refused with the file's
// name, its line, the member and what is wrong. For data files of this engine.

#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/json.h"
#include "platform/base/time.h"

namespace luytre::presence {

// Throws runtime_error "FILE: line N: …"; `file` as the message is to call it.
[[noreturn]] void refuse_line(const std::string& file, std::int64_t line, const std::string& what);

toml::table parse_toml(const std::string& file, std::string_view text);

class Fields {
 public:
  Fields(std::string file, std::string inside, const toml::table& table)
      : file_(std::move(file)), inside_(std::move(inside)), table_(&table) {}

  std::string text(const char* key);  // not empty
  bool flag(const char* key);
  std::int64_t whole(const char* key, std::int64_t least, std::int64_t most);
  std::vector<std::int64_t> wholes(const char* key, std::int64_t least, std::int64_t most);
  std::vector<std::string> texts(const char* key);
  Date date(const char* key);
  std::optional<Date> maybe_date(const char* key);
  std::optional<Instant> maybe_instant(const char* key);  // a date-time with its offset
  std::optional<std::string> maybe_text(const char* key);
  Fields table(const char* key);
  std::vector<Fields> tables(const char* key);  // absent: none
  bool has(const char* key) const { return table_->contains(key); }

  // One of the enumerators, by the name that JSON has for it.
  template <class E>
  E one_of(const char* key) {
    const std::string given = text(key);
    const auto value = json::parse_enum<E>(given);
    if (!value) wrong(key, "\"" + given + "\" is none of the values allowed");
    return *value;
  }

  void end() const;  // refuses what nobody asked for
  std::int64_t line() const { return static_cast<std::int64_t>(table_->source().begin.line); }
  const std::string& file() const { return file_; }
  [[noreturn]] void wrong(const char* key, const std::string& what) const;

 private:
  const toml::node* seek(const char* key);
  const toml::node& at(const char* key);

  std::string file_;
  std::string inside_;  // "follow_up: "; empty: the file itself
  const toml::table* table_;
  std::set<std::string> asked_;
};

}  // namespace luytre::presence
