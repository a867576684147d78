// Parser: bytes into one Request, strictly (RFC 9112); the head by Boost.Beast's parser, the body by our own few lines.
//
// Refused beyond what Beast refuses: bare LF, folded header lines, a repeated or listed Content-Length, any
// Transfer-Encoding but exactly "chunked", a head above kHeadMost or kFieldsMost. Trailers are read and dropped. A
// refused parser stays refused: the connection must close, since nobody knows where the next request begins. The only
// file of the house that includes Beast is parser.cpp.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "platform/base/result.h"
#include "platform/http/chunked.h"
#include "platform/http/request.h"

namespace luytre::http {

inline constexpr std::size_t kHeadMost = 16 * 1024;
inline constexpr std::size_t kFieldsMost = 100;

class Parser {
 public:
  explicit Parser(Request& request) : request_(request) {}

  // Takes what it can use and answers how many bytes that were. The head is taken as a whole, so give all that has been
  // received so far. After the head nothing is taken until accept_body().
  std::size_t feed(std::string_view bytes);

  // The head passed the door: read at most `most` bytes of body. `keep` false: read and drop it.
  void accept_body(std::size_t most, bool keep = true);

  void refuse(const ErrorCode& code) { refused_ = code; }

  bool head_done() const { return head_done_; }
  bool done() const { return done_; }
  const std::optional<ErrorCode>& refused() const { return refused_; }

 private:
  std::size_t feed_head(std::string_view bytes);
  std::size_t feed_body(std::string_view bytes);
  bool scan(std::string_view bytes);  // true: the blank line was found, and scanned_ is behind it
  void parse_head(std::string_view bytes);

  Request& request_;
  Chunked chunked_;
  std::size_t most_ = 0;      // of the body
  std::size_t received_ = 0;  // of a body with Content-Length
  bool keep_ = true;
  std::size_t scanned_ = 0;
  std::size_t lines_ = 0;
  bool skipped_line_ = false;
  bool head_done_ = false;
  bool done_ = false;
  bool accepting_ = false;
  std::optional<ErrorCode> refused_;
};

}  // namespace luytre::http
