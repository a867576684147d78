// Log: one line an event, key=value. Never a name, phone, paper number, address or answer of a person; ids only.

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace luytre::log {

using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

void debug(std::string_view what, Fields fields = {});
void info(std::string_view what, Fields fields = {});
void warn(std::string_view what, Fields fields = {});
void error(std::string_view what, Fields fields = {});

void set_level(std::string_view name);  // debug, info, warn, error, off

}  // namespace luytre::log
