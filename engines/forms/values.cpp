#include "engines/forms/values.h"

#include <algorithm>
#include <charconv>

namespace luytre::forms {
namespace {

// A coding that names no system matches the code of any.
bool equal(const Value& a, const Value& b) {
  const auto* x = std::get_if<Coding>(&a);
  const auto* y = std::get_if<Coding>(&b);
  if (x && y) return x->code == y->code && (x->system == y->system || x->system.empty() || y->system.empty());
  return a == b;
}

bool ordered(const Value& a) {
  return std::holds_alternative<std::int64_t>(a) || std::holds_alternative<double>(a) ||
         std::holds_alternative<Date>(a) || std::holds_alternative<Quantity>(a);
}

bool part_satisfies(const PartialDate& answer, Operator op, Date wanted) {
  switch (op) {
    case Operator::kNotEqual:
      return wanted < answer.first() || wanted > answer.last();
    case Operator::kGreater:
      return answer.first() > wanted;
    case Operator::kLess:
      return answer.last() < wanted;
    case Operator::kAtLeast:
      return answer.first() >= wanted;
    case Operator::kAtMost:
      return answer.last() <= wanted;
    case Operator::kEqual:
    case Operator::kExists:
      break;
  }
  return false;
}

bool one_satisfies(const Value& answer, Operator op, const Value& wanted) {
  const auto* part = std::get_if<PartialDate>(&answer);
  const auto* day = std::get_if<Date>(&wanted);
  if (part && day) return part_satisfies(*part, op, *day);
  if (answer.index() != wanted.index()) return false;
  switch (op) {
    case Operator::kEqual:
      return equal(answer, wanted);
    case Operator::kNotEqual:
      return !equal(answer, wanted);
    case Operator::kGreater:
      return ordered(answer) && answer > wanted;
    case Operator::kLess:
      return ordered(answer) && answer < wanted;
    case Operator::kAtLeast:
      return ordered(answer) && answer >= wanted;
    case Operator::kAtMost:
      return ordered(answer) && answer <= wanted;
    case Operator::kExists:
      break;
  }
  return false;
}

constexpr int kFirstYear = 1900;

std::optional<unsigned> digits(std::string_view text) {
  unsigned out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

std::optional<PartialDate> parse_partial_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7) return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  if (!year || *year < kFirstYear) return std::nullopt;
  PartialDate out{static_cast<int>(*year)};
  if (text.size() == 4) return out;
  const auto month = text[4] == '-' ? digits(text.substr(5)) : std::nullopt;
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  out.month = *month;
  return out;
}

std::optional<Operator> parse_operator(std::string_view text) {
  if (text == "exists") return Operator::kExists;
  if (text == "=") return Operator::kEqual;
  if (text == "!=") return Operator::kNotEqual;
  if (text == ">") return Operator::kGreater;
  if (text == "<") return Operator::kLess;
  if (text == ">=") return Operator::kAtLeast;
  if (text == "<=") return Operator::kAtMost;
  return std::nullopt;
}

bool satisfies(std::span<const Value> answers, Operator op, const Value& wanted) {
  if (op == Operator::kExists) {
    const bool* should = std::get_if<bool>(&wanted);
    return should && *should == !answers.empty();
  }
  return std::any_of(answers.begin(), answers.end(), [&](const Value& a) { return one_satisfies(a, op, wanted); });
}

std::pair<std::string, json::Value> fhir_value(const Value& value) {
  struct Visitor {
    std::pair<std::string, json::Value> operator()(bool v) const { return {"valueBoolean", v}; }
    std::pair<std::string, json::Value> operator()(std::int64_t v) const { return {"valueInteger", v}; }
    std::pair<std::string, json::Value> operator()(double v) const { return {"valueDecimal", v}; }
    std::pair<std::string, json::Value> operator()(Date v) const { return {"valueDate", json::Value(to_text(v))}; }
    std::pair<std::string, json::Value> operator()(const std::string& v) const {
      return {"valueString", json::Value(v)};
    }
    std::pair<std::string, json::Value> operator()(const Coding& v) const {
      json::Object coding;
      if (!v.system.empty()) coding["system"] = v.system;
      coding["code"] = v.code;
      return {"valueCoding", coding};
    }
    std::pair<std::string, json::Value> operator()(const Quantity& v) const {
      return {"valueQuantity",
              json::Object{{"value", v.value}, {"unit", v.unit}, {"system", v.system}, {"code", v.code}}};
    }
    std::pair<std::string, json::Value> operator()(const PartialDate& v) const {
      return {"valueDate", json::Value(to_text(v))};
    }
    std::pair<std::string, json::Value> operator()(const Attachment& v) const {
      return {"valueAttachment",
              json::Object{{"contentType", v.content_type}, {"size", v.size}, {"hash", v.hash}, {"url", v.url}}};
    }
  };
  return std::visit(Visitor{}, value);
}

std::string text_of(const Value& value) {
  return boost::json::serialize(fhir_value(value).second);
}

}  // namespace luytre::forms
