// What the parts of the demonstration share: its files under data/demo, and its officers.

#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "platform/base/json.h"
#include "platform/base/result.h"
#include "platform/identity/caller.h"

namespace luytre::app {

struct DemoOfficer {
  std::string username, name;
  Role role = Role::kAnyone;
  std::vector<std::string> units;  // codes; none: the whole country
};
BOOST_DESCRIBE_STRUCT(DemoOfficer, (), (username, name, role, units))

template <class T>
T read_json(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  auto value = json::parse<T>(text.str());
  if (!in || !value) {
    std::string where = !value && !value.error().fields.empty() ? value.error().fields.front().pointer : "";
    throw std::runtime_error("cannot read " + path.string() + ' ' + where);
  }
  return std::move(*value);
}

template <class T>
T must(Result<T> result, const std::string& what) {
  if (!result) {
    std::string fields;
    for (const auto& f : result.error().fields) fields += ' ' + f.pointer + ' ' + f.code;
    throw std::runtime_error("the demonstration could not make " + what + ": " + result.error().code + fields);
  }
  return std::move(*result);
}

}  // namespace luytre::app
