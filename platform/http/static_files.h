// Static files: the web apps, read into memory at the start and served from there, so that no request can walk the file
// system.
//
// Each file has a strong ETag and, where it shrinks, a gzip form: `name.gz` beside it if that is not older, else made
// here. Files that carry a hash in their name (Vite's assets/name-XXXXXXXX.js) are immutable; all others are asked for
// again each time. Unknown paths below a site whose last segment has no dot are pages of the app and answer its
// index.html. The content security policy names no third party.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/answer.h"
#include "platform/http/request.h"
#include "platform/http/server.h"

namespace luytre::http {

struct StaticFile {
  std::string type;
  std::string etag;  // without quotes
  bool immutable = false;
  std::shared_ptr<const std::string> plain;
  std::shared_ptr<const std::string> gzip;  // null: not worth it
};

class StaticFiles {
 public:
  explicit StaticFiles(
      const std::vector<StaticSite>& sites);  // throws store::StartError for a folder without index.html

  struct Found {
    const StaticFile* file = nullptr;
    std::string redirect;  // set: the path needs a trailing slash
  };
  Found find(std::string_view path) const;  // percent-decoded

 private:
  void load(const StaticSite& site);
  const StaticFile* exact(const std::string& path) const;

  std::vector<std::string> prefixes_;  // "/" or "/console", longest first
  std::map<std::string, StaticFile, std::less<>> files_;
};

Answer static_answer(const StaticFile& file, const Request& request, bool secure);
bool accepts_gzip(std::string_view accept_encoding);
std::string gzip(std::string_view bytes);

}  // namespace luytre::http
