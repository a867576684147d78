#include "modules/passengers/lines.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <set>

#include "engines/linkage/paper.h"
#include "modules/integration/csv.h"
#include "platform/base/phone.h"
#include "platform/base/text.h"

namespace luytre::passengers {
namespace {

constexpr std::size_t kSeatMost = 20;
constexpr std::size_t kNameMost = 120;
constexpr std::size_t kPaperMost = 32;
constexpr int kFirstYear = 1900;

constexpr const char* kColumns[] = {"seat", "name", "birthYear", "phone", "paper"};

integration::ByteSource source_of(const std::string& text) {
  return [&text, at = std::size_t{0}](char* into, std::size_t size) mutable {
    const std::size_t count = std::min(size, text.size() - at);
    std::memcpy(into, text.data() + at, count);
    at += count;
    return count;
  };
}

// Column name → its place in a record.
using Head = std::map<std::string, std::size_t, std::less<>>;

Result<Head> read_head(const integration::Record& record) {
  Head out;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const auto name = tidy(record.fields[i], false);
    if (name) out.emplace(*name, i);
  }
  std::vector<FieldError> missing;
  for (const char* column : {"seat", "name", "birthYear"})
    if (!out.contains(column)) missing.push_back({std::string("/") + column, "required", {}});
  if (!out.contains("phone") && !out.contains("paper")) missing.push_back({"/phone", "required", {}});
  if (!missing.empty()) return Error(kInvalid, std::move(missing));
  return out;
}

class LineReader {
 public:
  LineReader(const Head& head, const integration::Record& record, int year) : record_(record), year_(year) {
    for (const char* column : kColumns) {
      const auto found = head.find(column);
      if (found != head.end() && found->second < record.fields.size()) fields_[column] = record.fields[found->second];
    }
  }

  Line read() {
    Line out;
    out.result.line = record_.line;
    Passenger one;
    one.seat = text("seat", kSeatMost);
    one.name = text("name", kNameMost);
    one.birth_year = birth_year();
    one.phone = phone();
    one.paper = paper();
    if (!one.phone && !one.paper && errors_.empty()) wrong("phone", "required");
    if (!one.seat.empty()) out.result.seat = one.seat;
    if (errors_.empty()) {
      out.passenger = std::move(one);
    } else {
      out.result.state = LineState::kRefused;
      out.result.errors = std::move(errors_);
    }
    return out;
  }

 private:
  void wrong(const char* column, const char* code) { errors_.push_back({column, code}); }

  // Tidied; empty when absent or not readable, which is then an error.
  std::string words(const char* column) {
    const auto found = fields_.find(column);
    if (found == fields_.end()) return {};
    auto out = is_utf8(found->second) ? tidy(found->second, false) : std::nullopt;
    if (!out) wrong(column, "encoding");
    return out.value_or("");
  }

  std::string text(const char* column, std::size_t most) {
    const std::size_t before = errors_.size();
    std::string out = words(column);
    if (out.empty() && errors_.size() == before) wrong(column, "required");
    if (code_points(out) <= most) return out;
    wrong(column, "too_long");
    return {};
  }

  std::int64_t birth_year() {
    const std::string written = text("birthYear", 4);
    if (written.empty()) return 0;
    int out = 0;
    const auto [end, failed] = std::from_chars(written.data(), written.data() + written.size(), out);
    if (failed != std::errc() || end != written.data() + written.size()) {
      wrong("birthYear", "format");
    } else if (out < kFirstYear || out > year_) {
      wrong("birthYear", "range");
    }
    return out;
  }

  std::optional<std::string> phone() {
    const std::string written = words("phone");
    if (written.empty()) return std::nullopt;
    auto out = normalise_phone(written);
    if (!out) wrong("phone", "format");
    return out;
  }

  std::optional<std::string> paper() {
    std::string written = words("paper");
    if (written.empty()) return std::nullopt;
    if (code_points(written) <= kPaperMost && !linkage::paper_keys(written).empty()) return written;
    wrong("paper", "format");
    return std::nullopt;
  }

  const integration::Record& record_;
  const int year_;
  std::map<std::string, std::string, std::less<>> fields_;
  std::vector<Flaw> errors_;
};

Line unreadable(const integration::Record& record) {
  Line out;
  out.result.line = record.line;
  out.result.state = LineState::kRefused;
  out.result.errors.push_back({"", "format"});
  return out;
}

}  // namespace

Result<std::vector<Line>> read_lines(const std::string& csv, int year) {
  integration::CsvReader reader(source_of(csv));
  const auto first = reader.next();
  if (!first || !first->bad.empty()) return wrong_field("", "required");
  const auto head = read_head(*first);
  if (!head) return head.error();
  std::vector<Line> out;
  std::set<std::string, std::less<>> seats;
  while (const auto record = reader.next()) {
    if (out.size() == kLinesMost) return Error(kTooManyLines, {{"most", std::to_string(kLinesMost)}});
    Line line = record->bad.empty() ? LineReader(*head, *record, year).read() : unreadable(*record);
    if (line.passenger && !seats.insert(line.passenger->seat).second) {
      line.passenger.reset();
      line.result.state = LineState::kRefused;
      line.result.errors.push_back({"seat", "repeated"});
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace luytre::passengers
