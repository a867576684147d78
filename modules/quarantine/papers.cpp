#include "modules/quarantine/papers.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "engines/presence/toml_fields.h"

namespace luytre::quarantine {
namespace {

constexpr const char* kMeasures[] = {"quarantine", "isolation", "observation"};
constexpr const char* kChanges[] = {"extend", "shorten", "move", "windows"};
constexpr const char* kWords[] = {"number",    "changes", "changed", "days_before", "place_before",  "law", "person",
                                  "born",      "disease", "place",   "done",        "days",          "why", "until",
                                  "complaint", "signed",  "scan",    "windows",     "windows_before"};

constexpr const char* kGaps[] = {"number", "authority", "day", "place", "time"};

// A slip in a gap would be seen on paper first.
void check_gaps(const presence::Fields& in, const char* key, const std::string& text) {
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    const std::string gap = text.substr(at + 1, text.find('}', at) - at - 1);
    if (std::find(std::begin(kGaps), std::end(kGaps), gap) == std::end(kGaps))
      in.wrong(key, "nothing is filled in for {" + gap + "}");
  }
}

template <std::size_t N>
std::map<std::string, std::string> words_of(presence::Fields in, const char* const (&keys)[N]) {
  std::map<std::string, std::string> out;
  for (const char* key : keys) {
    out[key] = in.text(key);
    check_gaps(in, key, out[key]);
  }
  in.end();
  return out;
}

bool in_force(const PaperWords& one, Date day) {
  return one.from <= day && (!one.to || day < *one.to);
}

}  // namespace

std::string filled(std::string text, const std::map<std::string, std::string>& with) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) return out + text.substr(at);
    out += text.substr(at, open - at);
    const auto known = with.find(text.substr(open + 1, close - open - 1));
    out += known == with.end() ? text.substr(open, close - open + 1) : known->second;
    at = close + 1;
  }
  return out;
}

Papers::Papers(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& one : std::filesystem::directory_iterator(folder))
    if (one.path().extension() == ".toml") files.push_back(one.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    const std::ifstream read(file);
    if (!read) throw std::runtime_error("cannot read " + file.string());
    std::ostringstream text;
    text << read.rdbuf();
    const std::string name = file.filename().string();
    const auto table = presence::parse_toml(name, text.str());
    presence::Fields fields(name, "", table);
    auto papers = fields.tables("paper");
    if (papers.empty()) throw std::runtime_error(name + ": has no [[paper]]");
    for (presence::Fields& in : papers) {
      PaperWords entry;
      entry.province = in.maybe_text("province");
      entry.from = in.date("from");
      entry.to = in.maybe_date("to");
      if (entry.to && *entry.to <= entry.from) in.wrong("to", "must be after from");
      entry.source = in.text("source");
      entry.nation = in.text("nation");
      entry.motto = in.text("motto");
      entry.office = in.maybe_text("office");
      entry.decision = in.text("decision");
      entry.certificate = in.text("certificate");
      entry.measures = words_of(in.table("measure"), kMeasures);
      entry.changes = words_of(in.table("change"), kChanges);
      entry.words = words_of(in.table("words"), kWords);
      in.end();
      all_.push_back(std::move(entry));
    }
    fields.end();
  }
  const auto first = [](const PaperWords& one) { return std::make_pair(!one.province.has_value(), one.from); };
  std::stable_sort(all_.begin(), all_.end(),
                   [&](const PaperWords& a, const PaperWords& b) { return first(a) < first(b); });
  if (all_.empty() || all_.back().province)
    throw std::runtime_error(folder.string() + ": needs words for all provinces");
}

const PaperWords& Papers::on(Date day, const std::function<bool(const std::string&)>& of) const {
  const PaperWords *own = nullptr, *found = nullptr;
  for (const PaperWords& one : all_) {
    if (one.province)
      own = in_force(one, day) && of(*one.province) ? &one : own;
    else if (!found || one.from <= day)
      found = &one;
  }
  return own ? *own : *found;
}

}  // namespace luytre::quarantine
