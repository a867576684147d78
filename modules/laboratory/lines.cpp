#include "modules/laboratory/lines.h"

#include <charconv>
#include <map>

#include "platform/base/text.h"

namespace luytre::laboratory {
namespace {

constexpr std::size_t kDayLength = 10;

// "04/08/2021 14:30" as "2021-08-04 14:30"; anything else as it is.
std::string year_first(const std::string& text) {
  if (text.size() < kDayLength || text[2] != '/' || text[5] != '/') return text;
  return text.substr(6, 4) + '-' + text.substr(3, 2) + '-' + text.substr(0, 2) + text.substr(kDayLength);
}

void read_time(tables::Row& row, Found& found) {
  const std::string text = year_first(row.text("date", 40));
  if (text.empty()) return;
  if (text.size() == kDayLength) {
    if (const auto day = parse_date(text)) {
      found.at = local_midnight(*day);
      found.whole_day = true;
      return;
    }
  }
  auto at = parse_instant(text);
  if (!at) at = parse_instant(text + "+07:00");
  if (!at) return row.wrong("date", "format");
  found.at = *at;
}

void read_ct(tables::Row& row, Found& found) {
  std::string written = row.words("ct");
  if (written.empty()) return;
  if (const auto comma = written.find(','); comma != std::string::npos) written[comma] = '.';
  double ct = 0;
  const char* end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, ct);
  if (read.ec != std::errc() || read.ptr != end) return row.wrong("ct", "format");
  found.ct = ct;
  if (ct_fault(found.method, found.ct)) row.wrong("ct", "range");
}

// As laboratories write them, folded.
const std::map<std::string, Method, std::less<>>& methods() {
  static const std::map<std::string, Method, std::less<>> all{{"pcr", Method::kPcr},
                                                              {"rt pcr", Method::kPcr},
                                                              {"realtime rt pcr", Method::kPcr},
                                                              {"real time rt pcr", Method::kPcr},
                                                              {"antigen", Method::kAntigen},
                                                              {"khang nguyen", Method::kAntigen},
                                                              {"test nhanh", Method::kAntigen},
                                                              {"antibody", Method::kAntibody},
                                                              {"khang the", Method::kAntibody},
                                                              {"culture", Method::kCulture},
                                                              {"nuoi cay", Method::kCulture},
                                                              {"sequencing", Method::kSequencing},
                                                              {"giai trinh tu", Method::kSequencing},
                                                              {"microscopy", Method::kMicroscopy},
                                                              {"soi kinh hien vi", Method::kMicroscopy}};
  return all;
}

const std::map<std::string, Outcome, std::less<>>& outcomes() {
  static const std::map<std::string, Outcome, std::less<>> all{
      {"negative", Outcome::kNegative},           {"am tinh", Outcome::kNegative},
      {"positive", Outcome::kPositive},           {"duong tinh", Outcome::kPositive},
      {"inconclusive", Outcome::kInconclusive},   {"nghi ngo", Outcome::kInconclusive},
      {"khong xac dinh", Outcome::kInconclusive}, {"invalid", Outcome::kInvalid},
      {"khong dat", Outcome::kInvalid},           {"mau khong dat", Outcome::kInvalid}};
  return all;
}

template <class E>
std::optional<E> in_words(const std::map<std::string, E, std::less<>>& words, std::string_view written) {
  const auto known = words.find(fold(written));
  return known == words.end() ? std::nullopt : std::optional(known->second);
}

template <class E>
void read_word(tables::Row& row, const char* column, const std::map<std::string, E, std::less<>>& words, E& into) {
  if (const auto known = in_words(words, row.text(column, 60))) {
    into = *known;
  } else if (row.flawless()) {
    row.wrong(column, "format");
  }
}

Line read(tables::Row& row) {
  Line out;
  out.result.line = row.line();
  const std::string written = row.text("tube", kCodeMost);
  if (!written.empty()) {
    out.result.tube = written;
    const auto code = barcode(written);
    if (!code) row.wrong("tube", "format");
    out.code = code.value_or("");
  }
  read_word(row, "method", methods(), out.found.method);
  read_word(row, "result", outcomes(), out.found.outcome);
  read_ct(row, out.found);
  if (const std::string lineage = row.words("lineage"); !lineage.empty()) {
    out.found.lineage = lineage;
    if (code_points(lineage) > kLineageMost) {
      row.wrong("lineage", "too_long");
    } else if (row.flawless() && lineage_fault(out.found)) {
      row.wrong("lineage", "choice");
    }
  }
  read_time(row, out.found);
  return out;
}

}  // namespace

std::optional<Method> method_in_words(std::string_view written) {
  return in_words(methods(), written);
}

std::optional<Outcome> outcome_in_words(std::string_view written) {
  return in_words(outcomes(), written);
}

Result<std::vector<Line>> read_lines(const std::string& list) {
  std::vector<Line> out;
  const auto each = [&](tables::Row& row) {
    Line& line = out.emplace_back(read(row));
    if (!row.flawless()) line.result.state = LineState::kRefused;
    line.result.errors = row.take_flaws();
  };
  const auto done = tables::read_list(list, {{"tube", "method", "result", "date"}, {}}, kLinesMost, each);
  if (!done) return done.error();
  return out;
}

}  // namespace luytre::laboratory
