#include "platform/http/static_files.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "platform/base/log.h"
#include "platform/http/url.h"

namespace luytre::http {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kFileMost = 32 * 1024 * 1024;
constexpr std::size_t kGzipLeast = 1024;  // smaller ones fit a packet as they are

// The citizen app decodes QR codes in WebAssembly; everything else comes from this host as files.
constexpr std::string_view kPolicy =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
constexpr std::string_view kPermissions = "camera=(self), microphone=(), geolocation=(self), payment=(), usb=()";

struct Kind {
  std::string_view ending;
  std::string_view type;
  bool text;
};
constexpr std::array<Kind, 19> kKinds{{
    {".html", "text/html; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".mjs", "text/javascript; charset=utf-8", true},
    {".css", "text/css; charset=utf-8", true},
    {".json", "application/json", true},
    {".map", "application/json", true},
    {".webmanifest", "application/manifest+json", true},
    {".svg", "image/svg+xml", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".xml", "application/xml", true},
    {".wasm", "application/wasm", true},
    {".png", "image/png", false},
    {".jpg", "image/jpeg", false},
    {".jpeg", "image/jpeg", false},
    {".webp", "image/webp", false},
    {".ico", "image/x-icon", false},
    {".woff2", "font/woff2", false},
    {".woff", "font/woff", false},
    {".pdf", "application/pdf", false},
}};

Kind kind_of(std::string_view name) {
  for (const auto& kind : kKinds)
    if (name.ends_with(kind.ending)) return kind;
  return {"", "application/octet-stream", false};
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw store::StartError("cannot read " + file.string());
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

// FNV-1a: tells versions apart; not a defence.
std::string fingerprint(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

// assets/index-BqJ3k2_A.js
bool has_hash(std::string_view path) {
  constexpr std::size_t kHash = 8;
  if (path.find("/assets/") == std::string_view::npos) return false;
  const auto name = path.substr(path.rfind('/') + 1);
  const auto dot = name.find('.');
  if (dot == std::string_view::npos || dot < kHash + 2 || name[dot - kHash - 1] != '-') return false;
  const auto hash = name.substr(dot - kHash, kHash);
  return std::all_of(hash.begin(), hash.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::shared_ptr<const std::string> gzip_form(const fs::path& file, const std::string& plain, bool text) {
  const fs::path beside = file.string() + ".gz";
  std::error_code failed;
  if (fs::is_regular_file(fs::symlink_status(beside, failed)) &&
      fs::last_write_time(beside) >= fs::last_write_time(file)) {
    return std::make_shared<const std::string>(read_file(beside));
  }
  if (!text || plain.size() < kGzipLeast) return nullptr;
  auto packed = gzip(plain);
  if (packed.size() >= plain.size()) return nullptr;
  return std::make_shared<const std::string>(std::move(packed));
}

// The weak comparison of RFC 9110 13.1.2: W/ is ignored.
bool names_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    const auto end = std::min(if_none_match.find(','), if_none_match.size());
    auto item = trim(if_none_match.substr(0, end));
    if_none_match.remove_prefix(std::min(end + 1, if_none_match.size()));
    if (item == "*") return true;
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item.size() == etag.size() + 2 && item.substr(1, etag.size()) == etag) return true;
  }
  return false;
}

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream z{};
  constexpr int kGzipWindow = 15 + 16;
  if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string out(deflateBound(&z, static_cast<uLong>(bytes.size())), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  const int end = deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  if (end != Z_STREAM_END) throw std::runtime_error("gzip failed");
  return out;
}

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const auto end = std::min(accept_encoding.find(','), accept_encoding.size());
    const auto item = trim(accept_encoding.substr(0, end));
    accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    const auto mark = std::min(item.find(';'), item.size());
    if (!iequals(trim(item.substr(0, mark)), "gzip")) continue;
    const auto weight = trim(item.substr(std::min(mark + 1, item.size())));
    return !weight.starts_with("q=0") || weight.find_first_not_of("0.", 2) != std::string_view::npos;
  }
  return false;
}

StaticFiles::StaticFiles(const std::vector<StaticSite>& sites) {
  for (const auto& site : sites) load(site);
  std::sort(prefixes_.begin(), prefixes_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

void StaticFiles::load(const StaticSite& site) {
  const std::string prefix = site.prefix == "/" ? "" : site.prefix;
  std::error_code failed;
  if (!fs::is_regular_file(site.folder / "index.html", failed)) {
    throw store::StartError("no web app in " + site.folder.string() +
                            ": index.html is missing; build it with: make web");
  }
  prefixes_.push_back(site.prefix);
  for (const auto& entry : fs::recursive_directory_iterator(site.folder)) {
    // A link could lead out of the folder.
    if (!fs::is_regular_file(entry.symlink_status())) continue;
    const std::string relative = entry.path().lexically_relative(site.folder).generic_string();
    if (relative.ends_with(".gz") && fs::exists(site.folder / relative.substr(0, relative.size() - 3))) continue;
    if (entry.file_size() > kFileMost) {
      log::warn("static file too large, left out", {{"file", relative}});
      continue;
    }
    const Kind kind = kind_of(relative);
    StaticFile file;
    file.type = std::string(kind.type);
    file.plain = std::make_shared<const std::string>(read_file(entry.path()));
    file.gzip = gzip_form(entry.path(), *file.plain, kind.text);
    file.etag = fingerprint(*file.plain);
    file.immutable = has_hash('/' + relative);
    files_[prefix + '/' + relative] = std::move(file);
  }
}

const StaticFile* StaticFiles::exact(const std::string& path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

StaticFiles::Found StaticFiles::find(std::string_view path) const {
  if (const auto* file = exact(std::string(path))) return {file, ""};
  for (const auto& prefix : prefixes_) {
    const std::string base = prefix == "/" ? "" : prefix;
    if (path == prefix && prefix != "/") return {nullptr, prefix + '/'};
    if (!path.starts_with(base + '/')) continue;
    if (path.ends_with('/')) {
      if (const auto* file = exact(std::string(path) + "index.html")) return {file, ""};
    }
    if (path.substr(path.rfind('/') + 1).find('.') != std::string_view::npos) return {};
    return {exact(base + "/index.html"), ""};
  }
  return {};
}

Answer static_answer(const StaticFile& file, const Request& request, bool secure) {
  Answer out;
  const bool packed = file.gzip && accepts_gzip(request.field("Accept-Encoding").value_or(""));
  const std::string etag = packed ? file.etag + "-gz" : file.etag;
  add_header(out.headers, "X-Content-Type-Options", "nosniff");
  add_header(out.headers, "Referrer-Policy", "same-origin");
  add_header(out.headers, "Cross-Origin-Resource-Policy", "same-origin");
  add_header(out.headers, "Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  add_header(out.headers, "ETag", '"' + etag + '"');
  if (file.gzip) add_header(out.headers, "Vary", "Accept-Encoding");
  if (secure) add_header(out.headers, "Strict-Transport-Security", "max-age=31536000");
  if (names_etag(request.field("If-None-Match").value_or(""), etag)) {
    out.status = 304;
    return out;
  }
  add_header(out.headers, "Content-Security-Policy", std::string(kPolicy));
  add_header(out.headers, "Permissions-Policy", kPermissions);
  add_header(out.headers, "X-Frame-Options", "DENY");
  add_header(out.headers, "Cross-Origin-Opener-Policy", "same-origin");
  add_header(out.headers, "Content-Type", file.type);
  if (packed) add_header(out.headers, "Content-Encoding", "gzip");
  out.shared = packed ? file.gzip : file.plain;
  return out;
}

}  // namespace luytre::http
