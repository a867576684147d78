#include "engines/forms/values.h"

#include <algorithm>

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
         std::holds_alternative<Date>(a);
}

bool one_satisfies(const Value& answer, Operator op, const Value& wanted) {
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

}  // namespace

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
  };
  return std::visit(Visitor{}, value);
}

std::string text_of(const Value& value) {
  return boost::json::serialize(fhir_value(value).second);
}

}  // namespace luytre::forms
