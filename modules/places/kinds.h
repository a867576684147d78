// Place kinds: what a registered location can be, and what tracing must know of it. Read once from
// data/place-kinds.json, which says where each figure comes from; immutable afterwards, thread-safe.

#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/json.h"

namespace luytre::places {

struct Titles {
  std::string vi;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(Titles, (), (vi, en))

struct Kind {
  std::string kind;  // "market"
  Titles title;
  std::int64_t usual_stay_minutes = 0;  // until when somebody who never checks out is taken to have stayed
  std::int64_t ventilation = 2;         // 1 good (open air) … 3 poor (closed room, air conditioning)
  std::int64_t crowding = 2;            // 1 loose … 3 shoulder to shoulder
  bool home = false;                    // warnings never name it
  bool nights = false;                  // people are there at night as a rule: no "odd hours" flag
  bool official = false;                // its staff act in the name of the authorities
};
BOOST_DESCRIBE_STRUCT(Kind, (), (kind, title, usual_stay_minutes, ventilation, crowding, home, nights, official))

class Kinds {
 public:
  explicit Kinds(const std::filesystem::path& file);  // throws runtime_error naming the file and what is wrong
  const Kind* find(std::string_view kind) const;
  const std::vector<Kind>& all() const { return kinds_; }
  std::chrono::seconds longest_stay() const { return longest_; }

 private:
  std::vector<Kind> kinds_;  // in the file's order
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::chrono::seconds longest_{0};
};

}  // namespace luytre::places
