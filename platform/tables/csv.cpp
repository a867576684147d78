#include "platform/tables/csv.h"

#include <algorithm>

namespace luytre::tables {

namespace {

constexpr std::size_t kChunk = 64 * 1024;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// One record at the beginning of `text`. Needs the whole record; `size` says how long it is with its line end.
struct Parsed {
  std::vector<std::string> fields;
  std::size_t size = 0;
  std::size_t content = 0;  // without the line end
  std::string bad;
};

class RecordParser {
 public:
  explicit RecordParser(std::string_view text) : text_(text) {}

  Parsed parse() {
    for (;;) {
      std::string field;
      const bool ok = at('"') ? quoted(field) : plain(field);
      if (!ok) return std::move(parsed_);
      parsed_.fields.push_back(std::move(field));
      if (at(',')) {
        ++position_;
        continue;
      }
      parsed_.content = position_;
      if (at('\r')) ++position_;
      if (at('\n')) ++position_;
      parsed_.size = position_;
      return std::move(parsed_);
    }
  }

 private:
  bool at(char c) const { return position_ < text_.size() && text_[position_] == c; }
  bool at_end() const { return position_ == text_.size() || at('\n') || text_.substr(position_, 2) == "\r\n"; }

  bool plain(std::string& field) {
    const std::size_t begin = position_;
    while (!at(',') && !at_end()) {
      if (at('"')) return fail("a quote inside a field that does not begin with one");
      ++position_;
    }
    field = text_.substr(begin, position_ - begin);
    return true;
  }

  bool quoted(std::string& field) {
    ++position_;
    for (;;) {
      const std::size_t quote = text_.find('"', position_);
      if (quote == std::string_view::npos) return fail("a quoted field that does not end");
      field += text_.substr(position_, quote - position_);
      position_ = quote + 1;
      if (!at('"')) break;
      field += '"';
      ++position_;
    }
    if (!at(',') && !at_end()) return fail("text after the closing quote of a field");
    return true;
  }

  bool fail(const char* why) {
    parsed_.bad = why;
    return false;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  Parsed parsed_;
};

}  // namespace

std::string_view TextWindow::look(std::size_t size) {
  while (!ended_ && buffer_.size() - start_ < size) {
    if (start_ > kChunk) {
      buffer_.erase(0, start_);
      start_ = 0;
    }
    const std::size_t filled = buffer_.size();
    buffer_.resize(filled + kChunk);
    const std::size_t read = source_(buffer_.data() + filled, kChunk);
    buffer_.resize(filled + read);
    ended_ = read == 0;
  }
  return std::string_view(buffer_).substr(start_);
}

void TextWindow::take(std::size_t size) {
  const std::string_view taken = std::string_view(buffer_).substr(start_, size);
  line_ += std::count(taken.begin(), taken.end(), '\n');
  start_ += taken.size();
}

std::optional<std::string> TextWindow::take_line(std::size_t most) {
  if (look(1).empty()) return std::nullopt;
  std::string line;
  for (;;) {
    const std::string_view ahead = look(1);
    if (ahead.empty()) break;
    const std::size_t end = ahead.find('\n');
    const std::string_view part = ahead.substr(0, end);
    line += part.substr(0, most - std::min(most, line.size()));
    const bool whole = end != std::string_view::npos;
    take(part.size() + (whole ? 1 : 0));
    if (whole) break;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

std::optional<Record> CsvReader::next() {
  if (!begun_ && window_.look(kByteOrderMark.size()).starts_with(kByteOrderMark)) window_.take(kByteOrderMark.size());
  begun_ = true;
  for (;;) {
    // One byte more than a record may have, so that one that is cut is seen to be.
    const std::string_view ahead = window_.look(kRecordMost + 1);
    if (ahead.empty()) return std::nullopt;
    Record record;
    record.line = window_.line();
    Parsed parsed = RecordParser(ahead.substr(0, kRecordMost + 1)).parse();
    if (parsed.bad.empty() && parsed.content <= kRecordMost) {
      record.text = ahead.substr(0, parsed.content);
      record.fields = std::move(parsed.fields);
      window_.take(parsed.size);
      if (record.text.empty()) continue;  // a blank line
      return record;
    }
    record.bad = parsed.bad.empty() ? "longer than " + std::to_string(kRecordMost) + " bytes" : std::move(parsed.bad);
    record.text = window_.take_line(kRecordMost).value_or("");
    return record;
  }
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos && !text.starts_with(kByteOrderMark))
    return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace luytre::tables
