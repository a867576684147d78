#include "platform/store/postgres_sql.h"

#include <cctype>
#include <stdexcept>
#include <vector>

namespace luytre::store {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool same_word(std::string_view a, std::string_view upper) {
  if (a.size() != upper.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::toupper(static_cast<unsigned char>(a[i])) != upper[i]) return false;
  }
  return true;
}

// The tokens that matter: words, parameters ("$12"), literals and comments as one piece, single other characters.
std::vector<std::string_view> tokens(std::string_view sql) {
  std::vector<std::string_view> out;
  std::size_t i = 0;
  const auto until = [&](std::size_t from, std::string_view end) {
    const std::size_t at = sql.find(end, from);
    return at == std::string_view::npos ? sql.size() : at + end.size();
  };
  while (i < sql.size()) {
    std::size_t next = i + 1;
    if (sql[i] == '\'' || sql[i] == '"') {
      next = until(i + 1, sql.substr(i, 1));
    } else if (sql.substr(i, 2) == "--") {
      next = until(i, "\n");
    } else if (sql.substr(i, 2) == "/*") {
      next = until(i, "*/");
    } else if (is_word(sql[i]) || sql[i] == '$') {
      while (next < sql.size() && is_word(sql[next])) ++next;
    }
    out.push_back(sql.substr(i, next - i));
    i = next;
  }
  return out;
}

bool is_parameter(std::string_view token) {
  return token.size() > 1 && token[0] == '$';
}
bool is_blank(std::string_view token) {
  return std::isspace(static_cast<unsigned char>(token[0])) != 0 || token.starts_with("--") || token.starts_with("/*");
}

void append(std::string& out, std::string_view token) {
  if (is_parameter(token)) {
    out += "u.p";
    out += token.substr(1);
  } else {
    out += token;
  }
}

std::string arrays(std::size_t parameters) {
  std::string out;
  for (std::size_t i = 1; i <= parameters; ++i) out += (i > 1 ? ", $" : "$") + std::to_string(i);
  return out;
}

std::string columns(std::size_t parameters) {
  std::string out;
  for (std::size_t i = 1; i <= parameters; ++i) out += (i > 1 ? ", p" : "p") + std::to_string(i);
  return out;
}

}  // namespace

std::string unnest_insert(std::string_view name, std::string_view sql, std::size_t parameters) {
  const auto refuse = [&](const char* why) {
    throw std::logic_error(std::string(name) + ": insert of many rows needs " + why);
  };
  std::string head;
  std::string tuple;
  std::string tail;
  enum { kHead, kBeforeTuple, kTuple, kTail } part = kHead;
  int depth = 0;
  for (const auto token : tokens(sql)) {
    switch (part) {
      case kHead:
        depth += token == "(" ? 1 : token == ")" ? -1 : 0;
        if (depth == 0 && same_word(token, "VALUES")) {
          part = kBeforeTuple;
        } else {
          if (is_parameter(token)) refuse("its parameters in the VALUES tuple");
          head += token;
        }
        break;
      case kBeforeTuple:
        if (token == "(") {
          part = kTuple;
          depth = 1;
        } else if (!is_blank(token)) {
          refuse("INSERT INTO table (columns) VALUES (one tuple)");
        }
        break;
      case kTuple:
        depth += token == "(" ? 1 : token == ")" ? -1 : 0;
        if (depth == 0) {
          part = kTail;
        } else {
          if (same_word(token, "DEFAULT")) refuse("a value, not DEFAULT, for each column (leave the column out)");
          append(tuple, token);
        }
        break;
      case kTail:
        if (is_parameter(token)) refuse("a tail without parameters");
        if (token == ",") {
          if (tail.find_first_not_of(" \n\t") == std::string::npos) refuse("one tuple, not several");
        }
        tail += token;
        break;
    }
  }
  if (part != kTail || parameters == 0) refuse("INSERT INTO table (columns) VALUES (one tuple)");
  return head + "SELECT " + tuple + " FROM unnest(" + arrays(parameters) + ") AS u(" + columns(parameters) + ")" + tail;
}

std::optional<std::string> unnest_select(std::string_view sql, std::size_t parameters) {
  if (parameters == 0) return std::nullopt;
  std::string body;
  bool first = true;
  bool after_limit = false;
  for (const auto token : tokens(sql)) {
    if (!is_blank(token)) {
      if (first && !same_word(token, "SELECT") && !same_word(token, "WITH")) return std::nullopt;
      first = false;
      if (after_limit && is_parameter(token)) return std::nullopt;
      after_limit = same_word(token, "LIMIT") || same_word(token, "OFFSET");
    }
    append(body, token);
  }
  return "SELECT u.n, q.* FROM unnest(" + arrays(parameters) + ") WITH ORDINALITY AS u(" + columns(parameters) +
         ", n) CROSS JOIN LATERAL (\n" + body + "\n) AS q";
}

}  // namespace luytre::store
