#include "modules/quarantine/print.h"

#include <cstdio>

#include "engines/linkage/qr.h"

namespace luytre::quarantine {
namespace {

using pdf::Document;
using pdf::Style;

constexpr double kLeft = 20, kRoom = pdf::kWidth - 2 * kLeft, kTop = 22;
constexpr double kLine = 1.55;  // of the size of letters
constexpr Style kHead{3.6, true}, kPlain{4}, kStrong{4, true}, kTitle{5.6, true}, kSmall{3.2};
constexpr double kSmallest = 2.4;
constexpr double kBesideQr = kOrderQrLeft + kOrderQrMillimetres + 8;

void centred(Document& document, double middle, double y, const std::string& text, Style style, double room) {
  const auto fit = document.fit(text, style, kSmallest, room);
  document.text(middle - fit.width / 2, y, fit.text, fit.style);
}

// Breaks between words; answers the baseline of the line below.
double paragraph(Document& document, double x, double y, double room, const std::string& text, Style style) {
  std::string line;
  const auto put = [&] {
    const auto fit = document.fit(line, style, kSmallest, room);
    document.text(x, y, fit.text, fit.style);
    y += style.size * kLine;
    line.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    const std::string longer = line.empty() ? word : line + ' ' + word;
    if (!line.empty() && document.width(longer, style) > room) {
      put();
      line = word;
    } else {
      line = longer;
    }
  }
  if (!line.empty()) put();
  return y;
}

double field(Document& document, double y, const std::string& label, const std::string& text) {
  return paragraph(document, kLeft, y, kRoom, label + ": " + text, kPlain) + 1;
}

}  // namespace

std::string vietnamese_day(Date day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.days))};
  char out[24];
  std::snprintf(out, sizeof out, "%02u/%02u/%d", static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()),
                static_cast<int>(date.year()));
  return out;
}

std::string vietnamese_number(std::int64_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ".");
  return out;
}

std::string paper_pdf(const Paper& paper, const PaperWords& words, const pdf::Fonts& fonts) {
  Document document(fonts);
  const double middle = pdf::kWidth / 2;
  centred(document, middle, kTop, words.nation, kHead, kRoom);
  centred(document, middle, kTop + 6, words.motto, kHead, kRoom);
  document.line(middle - 25, kTop + 8, middle + 25, kTop + 8);
  if (words.office) centred(document, middle, kTop + 13, *words.office, kSmall, kRoom);
  centred(document, middle, kTop + 19, paper.certificate ? words.certificate : words.decision, kTitle, kRoom);
  const std::string& measure = words.measures.at(json::enum_text(paper.kind));
  const bool changes = paper.changed && !paper.certificate;
  centred(document, middle, kTop + 26, changes ? words.changes.at(paper.changed->change) + ": " + measure : measure,
          kStrong, kRoom);
  centred(document, middle, kTop + 32,
          std::string(paper.certificate ? "Certificate of the end of order " : "Quarantine or isolation order ") +
              paper.number,
          kSmall, kRoom);

  double y = kTop + 44;
  y = field(document, y, words.word("number"), paper.number);
  if (changes)
    y = field(document, y, words.word("changes"),
              filled(words.word("changed"), {{"number", paper.number},
                                             {"authority", paper.changed->authority},
                                             {"day", vietnamese_day(paper.changed->signed_on)}}));
  y = field(document, y, words.word("law"), paper.law);
  y = field(document, y, words.word("person"),
            paper.person + ", " + words.word("born") + " " + paper.born + ", " + paper.home);
  y = field(document, y, words.word("disease"), paper.disease);
  std::string place = paper.place;
  if (changes && paper.changed->place)
    place += " (" + filled(words.word("place_before"), {{"place", *paper.changed->place}}) + ")";
  y = field(document, y, words.word("place"), place);
  const std::string from = "từ " + vietnamese_day(paper.first_day);
  if (paper.certificate) {
    y = field(document, y, words.word("done"), from + " đến " + vietnamese_day(paper.ended.value_or(paper.last_day)));
  } else {
    std::string days = from + " đến hết " + vietnamese_day(paper.last_day);
    if (changes && paper.changed->last_day)
      days += " (" + filled(words.word("days_before"), {{"day", vietnamese_day(*paper.changed->last_day)}}) + ")";
    y = field(document, y, words.word("days"), days);
    if (changes && paper.changed->windows) {
      std::string windows = *paper.changed->windows;
      if (const auto& before = paper.changed->windows_before)
        windows += " (" + filled(words.word("windows_before"), {{"time", *before}}) + ")";
      y = field(document, y, words.word("windows"), windows);
    }
    y = field(document, y, words.word("why"), paper.why);
    y = field(document, y, words.word("complaint"),
              paper.complaint + " " + words.word("until") + ": " + vietnamese_day(paper.complain_until) + ".");
  }

  y = std::min(y + 6, kOrderQrTop - 26);
  const double right = kLeft + kRoom * 0.72;
  centred(document, right, y, paper.authority, kStrong, kRoom * 0.5);
  centred(document, right, y + 6, filled(words.word("signed"), {{"time", to_local_text(paper.signed_at)}}), kSmall,
          kRoom * 0.5);
  centred(document, right, y + 13, paper.signed_by, kStrong, kRoom * 0.5);

  const linkage::Qr qr(paper.code, linkage::Correction::kMedium);
  document.matrix(kOrderQrLeft, kOrderQrTop, kOrderQrMillimetres, qr.size(),
                  [&](int i, int j) { return qr.dark(i, j); });
  double below = kOrderQrTop + 6;
  const double room = pdf::kWidth - kLeft - kBesideQr;
  below = paragraph(document, kBesideQr, below, room, words.word("scan") + " " + paper.verify_at, kSmall);
  paragraph(document, kBesideQr, below + 1, room,
            "Scan the code to see whether this paper is valid, replaced or ended.", kSmall);
  return document.bytes();
}

}  // namespace luytre::quarantine
