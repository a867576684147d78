#include "platform/base/json.h"

#include <boost/core/demangle.hpp>

namespace luytre::json {
namespace {

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string capitalised(std::string_view word) {
  std::string out;
  bool next_upper = true;
  for (const char c : word) {
    if (c == '_') {
      next_upper = true;
    } else {
      out += next_upper ? upper(c) : c;
      next_upper = false;
    }
  }
  return out;
}

}  // namespace

std::string member_name(std::string_view snake) {
  std::string out = capitalised(snake);
  if (!out.empty()) out[0] = lower(out[0]);
  return out;
}

std::string enumerator_name(std::string_view kname) {
  std::string out(kname.size() > 1 && kname[0] == 'k' ? kname.substr(1) : kname);
  // A name that is all capitals ("kF1", "kPCR") keeps its case beyond the first letter only when the second letter is
  // lower case.
  if (out.size() == 1 || (out.size() > 1 && out[1] >= 'a' && out[1] <= 'z')) out[0] = lower(out[0]);
  return out;
}

void write_string(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, start, i - start);
    start = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out.append("\\u00").append(1, kDigits[c >> 4]).append(1, kDigits[c & 15]);
    }
  }
  out.append(text, start, text.size() - start);
  out += '"';
}

Result<Value> parse_value(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kDepth;
  boost::system::error_code failed;
  Value value = boost::json::parse(boost::json::string_view(text.data(), text.size()), failed, {}, options);
  if (failed) return Error(kMalformed, {{"reason", failed.message()}});
  return value;
}

void Reader::read_text(const Value& in, std::string& out, std::size_t most, bool lines) {
  if (!in.is_string()) return wrong("type", "string");
  const std::string_view given(in.get_string().data(), in.get_string().size());
  if (kept_) {
    out = given;
    return;
  }
  // Counted before the work of tidying, so that a huge text costs little.
  if (code_points(given) > most) return wrong("too_long", std::to_string(most));
  auto tidied = tidy(given, lines);
  if (!tidied) return wrong("encoding", "");
  out = std::move(*tidied);
}

void Reader::wrong(std::string code, std::string expected) {
  constexpr std::size_t kMostErrors = 50;
  if (errors.size() >= kMostErrors) return;
  FieldError error{pointer_, std::move(code), {}};
  if (!expected.empty()) error.params["expected"] = std::move(expected);
  errors.push_back(std::move(error));
}

std::size_t Reader::enter(std::string_view step) {
  const std::size_t mark = pointer_.size();
  pointer_ += '/';
  for (const char c : step) {
    if (c == '~') {
      pointer_ += "~0";
    } else if (c == '/') {
      pointer_ += "~1";
    } else {
      pointer_ += c;
    }
  }
  return mark;
}

std::string type_name(const char* mangled) {
  const std::string full = boost::core::demangle(mangled);
  std::string out;
  std::string word;
  const auto flush = [&] {
    if (word != "luytre" && word != "std" && word != "http" && word != "__cxx11") out += capitalised(word);
    word.clear();
  };
  for (const char c : full) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (letter) {
      word += c;
    } else {
      flush();
    }
  }
  flush();
  return out;
}

}  // namespace luytre::json
