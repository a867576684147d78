// Values that travel between C++ and SQL, the same on SQLite and PostgreSQL.
//
// Columns are of these types only: bigint (integers, ids, Instant, Date), boolean, double precision, text (NFC UTF-8,
// enumerators by their JSON name), bytea. A sum or count that PostgreSQL would answer as numeric is CAST to bigint in
// the SQL. Binding and reading are binary. std::optional<T> is a column that may be NULL; reading NULL into anything
// else is a fault.

#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/json.h"
#include "platform/base/text.h"
#include "platform/base/time.h"

namespace luytre::store {

// Bytes: a bytea column. (A std::string is a text column.)
struct Bytes {
  std::string data;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

enum class Type { kInteger, kBoolean, kReal, kText, kBytes };

// A null carries its column type, because PostgreSQL wants to know.
struct Null {
  Type type;
};

using Value = std::variant<Null, std::int64_t, bool, double, std::string, Bytes>;
using Row = std::vector<Value>;
using Rows = std::vector<Row>;

template <class T>
constexpr Type type_of() {
  if constexpr (json::kIsOptional<T>) {
    return type_of<typename T::value_type>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return Type::kBoolean;
  } else if constexpr (std::is_same_v<T, Bytes>) {
    return Type::kBytes;
  } else if constexpr (std::is_floating_point_v<T>) {
    return Type::kReal;
  } else if constexpr (json::DescribedEnum<T> || std::is_convertible_v<const T&, std::string_view>) {
    return Type::kText;
  } else {
    return Type::kInteger;
  }
}

template <class Tag>
Value to_value(Id<Tag> id) {
  return id.value;
}
inline Value to_value(Instant t) {
  return t.seconds;
}
inline Value to_value(Date d) {
  return d.days;
}
inline Value to_value(bool b) {
  return b;
}
inline Value to_value(Bytes b) {
  return b;
}
inline Value to_value(std::string_view s) {
  return std::string(s);
}
inline Value to_value(const char* s) {
  return std::string(s);
}
template <class T>
requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) Value to_value(T n) {
  return static_cast<std::int64_t>(n);
}
template <class T>
requires std::is_floating_point_v<T> Value to_value(T n) {
  return static_cast<double>(n);
}
template <json::DescribedEnum E>
Value to_value(E e) {
  return json::enum_text(e);
}
template <class T>
Value to_value(const std::optional<T>& v) {
  if (!v) return Null{type_of<T>()};
  return to_value(*v);
}

// Of the parameters of a statement.
template <class... A>
Row values(const A&... items) {
  return {to_value(items)...};
}

template <class T>
void from_value(const Value& in, T& out) {
  if constexpr (json::kIsOptional<T>) {
    if (std::holds_alternative<Null>(in)) {
      out.reset();
    } else {
      from_value(in, out.emplace());
    }
  } else if constexpr (std::is_same_v<T, bool>) {
    // SQLite has no boolean: it answers 0 and 1.
    out = std::holds_alternative<std::int64_t>(in) ? std::get<std::int64_t>(in) != 0 : std::get<bool>(in);
  } else if constexpr (std::is_same_v<T, Bytes>) {
    out = std::get<Bytes>(in);
  } else if constexpr (std::is_same_v<T, Instant>) {
    out.seconds = std::get<std::int64_t>(in);
  } else if constexpr (std::is_same_v<T, Date>) {
    out.days = std::get<std::int64_t>(in);
  } else if constexpr (json::DescribedEnum<T>) {
    const auto value = json::parse_enum<T>(std::get<std::string>(in));
    if (!value) throw std::runtime_error("stored enumerator unknown: " + std::get<std::string>(in));
    out = *value;
  } else if constexpr (std::is_integral_v<T>) {
    out = static_cast<T>(std::get<std::int64_t>(in));
  } else if constexpr (std::is_floating_point_v<T>) {
    out = std::holds_alternative<std::int64_t>(in) ? static_cast<T>(std::get<std::int64_t>(in))
                                                   : static_cast<T>(std::get<double>(in));
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    out = T(std::get<std::string>(in));
  } else {
    out = T{std::get<std::int64_t>(in)};  // Id<Tag>
  }
}

// A row into a described struct: its members, in declared order, are the columns.
template <class T>
T from_row(const Row& row) {
  T out{};
  if constexpr (json::Described<T>) {
    std::size_t column = 0;
    json::each_member<T>([&](const std::string&, auto pointer) {
      if (column >= row.size()) throw std::runtime_error("query answers fewer columns than the struct has members");
      from_value(row[column++], out.*pointer);
    });
    if (column != row.size()) throw std::runtime_error("query answers more columns than the struct has members");
  } else {
    if (row.size() != 1) throw std::runtime_error("query answers several columns for a single value");
    from_value(row[0], out);
  }
  return out;
}

}  // namespace luytre::store
