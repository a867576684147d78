// A reader of comma-separated values as RFC 4180 has them: quoted fields may hold commas, line breaks and doubled
// quotes; lines end in LF or CRLF; a byte order mark is skipped; blank lines are skipped. It streams: at most
// kRecordMost bytes are held.
//
// It never gives up on a file: a record that breaks the rules is answered as bad, with the reason, and reading goes on
// with the next line, so that a stray quote costs one line and not the rest. Bytes are not interpreted further; whoever
// reads checks the encoding. Not thread-safe.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luytre::tables {

inline constexpr std::size_t kRecordMost = 64 * 1024;

struct Record {
  std::int64_t line = 0;            // on which it begins, from 1
  std::vector<std::string> fields;  // at least one, unless bad
  std::string text;  // as it stood in the file (of a record that is too long, the beginning), without the line's end
  std::string bad;   // why it could not be read; empty: it could
};

// Where bytes come from: fills at most `size`, answers how many; 0 at the end. Throws what it cannot help.
using ByteSource = std::function<std::size_t(char* into, std::size_t size)>;

// Text by pieces: a window over a source that can be looked at before it is taken.
class TextWindow {
 public:
  explicit TextWindow(ByteSource source) : source_(std::move(source)) {}
  // At least `size` bytes from here on, or all that is left.
  std::string_view look(std::size_t size);
  void take(std::size_t size);
  // The line from here, without its end; at most `most` bytes of it, but the whole line is taken. Nothing at the end.
  std::optional<std::string> take_line(std::size_t most);
  std::int64_t line() const { return line_; }  // the number of the line that begins here or is being read

 private:
  ByteSource source_;
  std::string buffer_;
  std::size_t start_ = 0;
  bool ended_ = false;
  std::int64_t line_ = 1;
};

class CsvReader {
 public:
  explicit CsvReader(ByteSource source) : window_(std::move(source)) {}
  std::optional<Record> next();  // nothing at the end

 private:
  TextWindow window_;
  bool begun_ = false;
};

// For rejects files: quoted where it must be, also where it would be taken for a byte order mark.
std::string csv_field(std::string_view text);

}  // namespace luytre::tables
