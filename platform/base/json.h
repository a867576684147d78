// JSON for described structs: one BOOST_DESCRIBE_STRUCT line gives reading with validation, writing and the OpenAPI
// schema.
//
// Names: member `born_on` is "bornOn" in JSON; enumerator `kStationOfficer` is "stationOfficer". Reading is strict: a
// missing member that is not std::optional, an unknown member, a wrong type, a string that is not UTF-8, holds control
// characters or is too long, each is a FieldError with its JSON pointer; all errors of a body are reported together. A
// std::optional member may be missing or null and is left out when empty. `Value` members pass any JSON through. Depth
// is limited to kDepth, plain strings to kPlainMost code points.
//
// What the system wrote itself and kept (Reader::Of::kKept) may be of an earlier version: members may be missing or
// unknown, texts and lists are taken as they stand.
//
// A scalar type becomes a JSON string by a specialisation of Format<T>: name (OpenAPI format), write, read.

#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/result.h"
#include "platform/base/text.h"
#include "platform/base/time.h"

namespace luytre::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

inline constexpr std::size_t kDepth = 32;
inline constexpr std::size_t kPlainMost = 2000;
inline constexpr std::size_t kMostItems = 10'000;  // of an array in a request

template <class T>
struct Format;  // not defined: not a scalar with a text form

template <>
struct Format<Instant> {
  static constexpr const char* name = "date-time";
  static std::string write(const Instant& t) { return to_text(t); }
  static std::optional<Instant> read(std::string_view s) { return parse_instant(s); }
};
template <>
struct Format<Date> {
  static constexpr const char* name = "date";
  static std::string write(const Date& d) { return to_text(d); }
  static std::optional<Date> read(std::string_view s) { return parse_date(s); }
};
template <class Tag>
struct Format<Id<Tag>> {
  static constexpr const char* name = "id";
  static std::string write(const Id<Tag>& id) { return to_text(id); }
  static std::optional<Id<Tag>> read(std::string_view s) {
    const auto value = parse_id(s);
    if (!value) return std::nullopt;
    return Id<Tag>{*value};
  }
};

template <class T>
concept Formatted = requires(const T& t) {
  Format<T>::write(t);
};
template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

std::string member_name(std::string_view snake);      // born_on → bornOn
std::string enumerator_name(std::string_view kname);  // kStationOfficer → stationOfficer
void write_string(std::string& out, std::string_view text);
Result<Value> parse_value(std::string_view text);  // syntax, depth, UTF-8; errors: malformed

template <DescribedEnum E>
std::string enum_text(E value) {
  std::string out;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (d.value == value) out = enumerator_name(d.name);
  });
  return out;
}

template <DescribedEnum E>
std::optional<E> parse_enum(std::string_view text) {
  std::optional<E> out;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (enumerator_name(d.name) == text) out = d.value;
  });
  return out;
}

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsMap = false;
template <class T>
inline constexpr bool kIsMap<std::map<std::string, T>> = true;
template <class T>
inline constexpr std::size_t kTextMost = 0;
template <std::size_t N>
inline constexpr std::size_t kTextMost<Text<N>> = N;
template <std::size_t N>
inline constexpr std::size_t kTextMost<Note<N>> = N;
template <class T>
inline constexpr bool kKeepsLines = false;
template <std::size_t N>
inline constexpr bool kKeepsLines<Note<N>> = true;

// Every member of T and of its described bases, with its JSON name.
template <class T, class F>
void each_member(F&& visit) {
  using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
  boost::mp11::mp_for_each<Members>([&](auto d) {
    static const std::string name = member_name(d.name);
    visit(name, d.pointer);
  });
}

// ---- writing ----

template <class T>
void write(std::string& out, const T& v) {
  if constexpr (std::is_same_v<T, bool>) {
    out += v ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    out += std::to_string(v);
  } else if constexpr (std::is_floating_point_v<T>) {
    out += boost::json::serialize(Value(static_cast<double>(v)));
  } else if constexpr (Formatted<T>) {
    write_string(out, Format<T>::write(v));
  } else if constexpr (DescribedEnum<T>) {
    write_string(out, enum_text(v));
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    write_string(out, v);
  } else if constexpr (std::is_same_v<T, Value> || std::is_same_v<T, Object> || std::is_same_v<T, Array>) {
    out += boost::json::serialize(v);
  } else if constexpr (kIsOptional<T>) {
    if (v) {
      write(out, *v);
    } else {
      out += "null";
    }
  } else if constexpr (kIsVector<T>) {
    out += '[';
    bool first = true;
    for (const auto& item : v) {
      if (!first) out += ',';
      first = false;
      write(out, item);
    }
    out += ']';
  } else if constexpr (kIsMap<T>) {
    out += '{';
    bool first = true;
    for (const auto& [key, item] : v) {
      if (!first) out += ',';
      first = false;
      write_string(out, key);
      out += ':';
      write(out, item);
    }
    out += '}';
  } else if constexpr (std::is_same_v<T, Done>) {
    out += "{}";
  } else {
    static_assert(Described<T>, "describe this type with BOOST_DESCRIBE_STRUCT or give it a Format");
    out += '{';
    bool first = true;
    each_member<T>([&](const std::string& name, auto pointer) {
      const auto& member = v.*pointer;
      if constexpr (kIsOptional<std::remove_cvref_t<decltype(member)>>) {
        if (!member) return;
      }
      if (!first) out += ',';
      first = false;
      write_string(out, name);
      out += ':';
      write(out, member);
    });
    out += '}';
  }
}

template <class T>
std::string text(const T& v) {
  std::string out;
  out.reserve(256);
  write(out, v);
  return out;
}

// ---- reading ----

class Reader {
 public:
  enum class Of { kRequest, kKept };
  explicit Reader(Of of = Of::kRequest) : kept_(of == Of::kKept) {}

  template <class T>
  void read(const Value& in, T& out) {
    if constexpr (std::is_same_v<T, bool>) {
      if (in.is_bool()) {
        out = in.get_bool();
      } else {
        wrong("type", "boolean");
      }
    } else if constexpr (std::is_integral_v<T>) {
      boost::system::error_code failed;
      const T number = in.is_number() ? in.to_number<T>(failed) : T{};
      if (!in.is_number()) {
        wrong("type", "integer");
      } else if (failed) {
        wrong("range", "integer");
      } else {
        out = number;
      }
    } else if constexpr (std::is_floating_point_v<T>) {
      if (in.is_number()) {
        out = in.to_number<T>();
      } else {
        wrong("type", "number");
      }
    } else if constexpr (Formatted<T>) {
      if (!in.is_string()) return wrong("type", "string");
      if (auto value = Format<T>::read(in.get_string())) {
        out = *value;
      } else {
        wrong("format", Format<T>::name);
      }
    } else if constexpr (DescribedEnum<T>) {
      if (!in.is_string()) return wrong("type", "string");
      if (auto value = parse_enum<T>(in.get_string())) {
        out = *value;
      } else {
        wrong("choice", choices<T>());
      }
    } else if constexpr (kTextMost<T> != 0) {
      read_text(in, out, kTextMost<T>, kKeepsLines<T>);
    } else if constexpr (std::is_same_v<T, std::string>) {
      read_text(in, out, kPlainMost, false);
    } else if constexpr (std::is_same_v<T, Value>) {
      out = in;
    } else if constexpr (std::is_same_v<T, Object>) {
      if (!in.is_object()) return wrong("type", "object");
      out = in.get_object();
    } else if constexpr (kIsOptional<T>) {
      if (in.is_null()) {
        out.reset();
      } else {
        read(in, out.emplace());
      }
    } else if constexpr (kIsVector<T>) {
      if (!in.is_array()) return wrong("type", "array");
      if (!kept_ && in.get_array().size() > kMostItems) return wrong("too_long", std::to_string(kMostItems));
      for (std::size_t i = 0; i < in.get_array().size(); ++i) {
        const auto mark = enter(std::to_string(i));
        read(in.get_array()[i], out.emplace_back());
        leave(mark);
      }
    } else if constexpr (kIsMap<T>) {
      if (!in.is_object()) return wrong("type", "object");
      for (const auto& [key, item] : in.get_object()) {
        const auto mark = enter(key);
        read(item, out[std::string(key)]);
        leave(mark);
      }
    } else {
      static_assert(Described<T>, "describe this type with BOOST_DESCRIBE_STRUCT or give it a Format");
      if (!in.is_object()) return wrong("type", "object");
      const Object& object = in.get_object();
      std::size_t known = 0;
      each_member<T>([&](const std::string& name, auto pointer) {
        auto& member = out.*pointer;
        const auto mark = enter(name);
        const auto found = object.find(name);
        if (found != object.end()) {
          ++known;
          read(found->value(), member);
        } else if constexpr (!kIsOptional<std::remove_cvref_t<decltype(member)>>) {
          if (!kept_) wrong("required", "");
        }
        leave(mark);
      });
      if (!kept_ && known != object.size()) report_unknown<T>(object);
    }
  }

  std::vector<FieldError> errors;

 private:
  template <class T>
  void report_unknown(const Object& object) {
    for (const auto& item : object) {
      bool known = false;
      each_member<T>([&](const std::string& name, auto) { known = known || name == std::string_view(item.key()); });
      if (known) continue;
      const auto mark = enter(item.key());
      wrong("unknown", "");
      leave(mark);
    }
  }

  template <class E>
  static std::string choices() {
    std::string out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
      if (!out.empty()) out += ", ";
      out += enumerator_name(d.name);
    });
    return out;
  }

  void read_text(const Value& in, std::string& out, std::size_t most, bool lines);
  void wrong(std::string code, std::string expected);
  std::size_t enter(std::string_view step);
  void leave(std::size_t mark) { pointer_.resize(mark); }

  std::string pointer_;
  bool kept_;
};

// Errors: malformed (not JSON), invalid (with fields).
template <class T>
Result<T> parse(std::string_view text, Reader::Of of = Reader::Of::kRequest) {
  auto value = parse_value(text);
  if (!value) return value.error();
  T out{};
  Reader reader(of);
  reader.read(*value, out);
  if (!reader.errors.empty()) return Error(kInvalid, std::move(reader.errors));
  return out;
}

// ---- OpenAPI schema ----

// Named schemas ("components/schemas"), filled by schema<T>().
using Components = std::map<std::string, Object>;
std::string type_name(const char* mangled);  // luytre::visits::CheckIn → VisitsCheckIn

template <class T>
Object schema(Components& components) {
  if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_integral_v<T>) {
    return {{"type", "integer"}, {"format", "int64"}};
  } else if constexpr (std::is_floating_point_v<T>) {
    return {{"type", "number"}};
  } else if constexpr (Formatted<T>) {
    return {{"type", "string"}, {"format", Format<T>::name}};
  } else if constexpr (DescribedEnum<T>) {
    Array values;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto d) { values.emplace_back(enumerator_name(d.name)); });
    return {{"type", "string"}, {"enum", values}};
  } else if constexpr (kTextMost<T> != 0) {
    return {{"type", "string"}, {"maxLength", kTextMost<T>}};
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return {{"type", "string"}};
  } else if constexpr (std::is_same_v<T, Value>) {
    return {};
  } else if constexpr (std::is_same_v<T, Object>) {
    return {{"type", "object"}, {"additionalProperties", true}};
  } else if constexpr (kIsOptional<T>) {
    return schema<typename T::value_type>(components);
  } else if constexpr (kIsVector<T>) {
    return {{"type", "array"}, {"items", schema<typename T::value_type>(components)}};
  } else if constexpr (kIsMap<T>) {
    return {{"type", "object"}, {"additionalProperties", schema<typename T::mapped_type>(components)}};
  } else if constexpr (std::is_same_v<T, Done>) {
    return {{"type", "object"}};
  } else {
    const std::string name = type_name(typeid(T).name());
    if (components.emplace(name, Object{}).second) {
      Object properties;
      Array required;
      each_member<T>([&](const std::string& member, auto pointer) {
        using M = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
        properties[member] = schema<M>(components);
        if constexpr (!kIsOptional<M>) required.emplace_back(member);
      });
      Object object{{"type", "object"}, {"properties", properties}};
      if (!required.empty()) object["required"] = required;
      components[name] = std::move(object);
    }
    return {{"$ref", "#/components/schemas/" + name}};
  }
}

}  // namespace luytre::json
