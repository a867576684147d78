#include "apps/luytre/settings.h"

#include <toml++/toml.h>
#include <charconv>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "platform/base/time.h"
#include "platform/base/usage_error.h"

namespace luytre::app {
namespace {

[[noreturn]] void give_up(const std::string& what) {
  throw std::runtime_error(what);
}

void split_listen(const std::string& text, Settings& out) {
  const auto colon = text.rfind(':');
  std::string address = colon == std::string::npos ? "" : text.substr(0, colon);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']')
    address = address.substr(1, address.size() - 2);
  unsigned port = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data() + colon + 1, end, port);
  if (address.empty() || failed != std::errc() || stop != end || port > 65535) {
    throw UsageError("--listen takes ADDRESS:PORT, e.g. 127.0.0.1:8080 or [::1]:8080, not \"" + text + "\"");
  }
  out.address = address;
  out.port = static_cast<std::uint16_t>(port);
}

constexpr const char* kSizeWanted = "a size in quotes, like \"512 MiB\" or \"2 GiB\"";
constexpr const char* kDurationWanted = "a duration in quotes, like \"30s\" or \"5m\"";

// "512 MiB", "2GiB", or bare bytes.
std::optional<std::int64_t> parse_size(std::string_view text) {
  constexpr std::pair<std::string_view, int> kUnits[] = {{"", 0}, {"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"TiB", 40}};
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, number);
  if (failed != std::errc() || number < 0) return std::nullopt;
  std::string_view unit(stop, static_cast<std::size_t>(end - stop));
  if (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  for (const auto& [name, shift] : kUnits) {
    if (unit == name && number <= (INT64_MAX >> shift)) return number << shift;
  }
  return std::nullopt;
}

class File {
 public:
  explicit File(const std::filesystem::path& path) : path_(path) {
    try {
      table_ = toml::parse_file(path.string());
    } catch (const toml::parse_error& wrong) {
      std::ostringstream where;
      where << path.string() << ':' << wrong.source().begin.line << ": " << wrong.description();
      give_up(where.str());
    }
  }

  void text(const char* key, std::string& out) { read<std::string>(key, out, "a text in quotes"); }
  void flag(const char* key, bool& out) { read<bool>(key, out, "true or false"); }
  void number(const char* key, unsigned& out) {
    std::int64_t value = out;
    read<std::int64_t>(key, value, "a whole number");
    if (value < 1 || value > 1024) give_up(path_.string() + ": " + key + " must be from 1 to 1024");
    out = static_cast<unsigned>(value);
  }
  void count(const char* key, std::size_t& out) {
    auto value = static_cast<std::int64_t>(out);
    read<std::int64_t>(key, value, "a whole number");
    if (value < 1) give_up(path_.string() + ": " + key + " must be at least 1");
    out = static_cast<std::size_t>(value);
  }
  void texts(const char* key, std::vector<std::string>& out) {
    known_.insert(key);
    const auto node = table_.at_path(key);
    if (!node) return;
    const auto* list = node.as_array();
    if (!list) give_up(path_.string() + ": " + key + " takes a list of texts");
    out.clear();
    for (const auto& item : *list) {
      const auto value = item.value<std::string>();
      if (!value) give_up(path_.string() + ": " + key + " takes a list of texts");
      out.push_back(*value);
    }
  }
  void size(const char* key, std::int64_t& out) {
    std::string text;
    read<std::string>(key, text, kSizeWanted);
    if (text.empty()) return;
    const auto bytes = parse_size(text);
    if (!bytes) give_up(path_.string() + ": " + key + " takes " + kSizeWanted);
    out = *bytes;
  }
  void duration(const char* key, std::chrono::seconds& out) {
    std::string text;
    read<std::string>(key, text, kDurationWanted);
    if (text.empty()) return;
    const auto length = parse_duration(text);
    if (!length || length->count() < 1) give_up(path_.string() + ": " + key + " takes " + kDurationWanted);
    out = *length;
  }
  // Whether it is the first of the two words.
  void choice(const char* key, const std::string& yes, const std::string& no, bool& out) {
    std::string word = out ? yes : no;
    const std::string expected = '"' + yes + "\" or \"" + no + '"';
    read<std::string>(key, word, expected.c_str());
    if (word != yes && word != no) give_up(path_.string() + ": " + key + " takes " + expected);
    out = word == yes;
  }
  void headers(const char* key, std::map<std::string, std::string>& out) {
    known_.insert(key);
    if (const auto* table = table_.at_path(key).as_table())
      for (const auto& [name, value] : *table) out[std::string(name.str())] = value.value_or(std::string());
  }
  void refuse_unknown() const {
    each("", table_, [&](const std::string& key) {
      if (!known_.contains(key)) give_up(path_.string() + ": \"" + key + "\" is not a setting; see docs/operation.md");
    });
  }

 private:
  template <class T, class U>
  void read(const char* key, U& out, const char* expected) {
    known_.insert(key);
    const auto node = table_.at_path(key);
    if (!node) return;
    const auto value = node.value_exact<T>();
    if (!value) give_up(path_.string() + ": " + key + " takes " + expected);
    out = *value;
  }
  template <class F>
  void each(const std::string& prefix, const toml::table& table, const F& visit) const {
    for (const auto& [name, value] : table) {
      const std::string key = prefix + std::string(name.str());
      if (value.is_table() && !known_.contains(key)) {
        each(key + '.', *value.as_table(), visit);
      } else {
        visit(key);
      }
    }
  }

  std::filesystem::path path_;
  toml::table table_;
  std::set<std::string, std::less<>> known_;
};

void read_file(const std::filesystem::path& path, Settings& out, std::string& listen) {
  File file(path);
  file.text("listen", listen);
  file.text("db", out.db);
  file.text("public_url", out.public_url);
  file.text("log", out.log_level);
  file.number("threads", out.threads);
  file.number("connections", out.connections);
  file.flag("group_commit", out.group_commit);
  file.texts("hosts", out.hosts);
  file.texts("trusted_proxies", out.trusted_proxies);
  file.texts("metrics_readers", out.metrics_readers);
  file.flag("totp_required", out.totp_required);
  file.text("sms.kind", out.sms.kind);
  std::string sms_file = out.sms.file.string();
  file.text("sms.file", sms_file);
  out.sms.file = sms_file;
  file.text("sms.url", out.sms.url);
  file.text("sms.method", out.sms.method);
  file.text("sms.body", out.sms.body);
  file.headers("sms.headers", out.sms.headers);
  file.choice("presence.engine", "auto", "sql", out.presence.by_index);
  file.size("presence.memory", out.presence.memory);
  file.duration("presence.checkpoint", out.presence.checkpoint);
  file.count("tracing.most_contacts", out.tracing.most_contacts);
  file.duration("tracing.time", out.tracing.time);
  file.refuse_unknown();
}

// Beside the program in an installation (…/share/luytre), else the source folder that it was built from.
std::filesystem::path find_assets() {
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / "share/luytre/data/geography")) return folder / "share/luytre";
    if (std::filesystem::exists(folder / "data/geography")) return folder;
  }
  give_up("data/ was not found beside the program: say where it is with --assets FOLDER");
}

}  // namespace

bool Settings::loopback() const {
  return address == "::1" || address == "localhost" || address.starts_with("127.");
}

Settings read_settings(const Common& common, const Serve* serve) {
  Settings out;
  out.threads = std::max(1U, std::thread::hardware_concurrency());
  out.data = common.data;
  out.assets = common.assets ? *common.assets : find_assets();
  std::string listen = "127.0.0.1:8080";
  if (common.config) read_file(*common.config, out, listen);
  if (common.db) out.db = *common.db;
  if (out.db.empty()) out.db = "sqlite:" + (std::filesystem::absolute(common.data) / "luytre.db").string();
  if (serve && serve->listen) listen = *serve->listen;
  if (serve && serve->threads) out.threads = *serve->threads;
  split_listen(listen, out);
  if (out.public_url.empty()) {
    const bool v6 = out.address.find(':') != std::string::npos;
    out.public_url = "http://" + (v6 ? '[' + out.address + ']' : out.address) + ':' + std::to_string(out.port);
  }
  if (!out.totp_required && !out.loopback()) {
    give_up("totp_required = false is for trying things out on this machine only: remove it, or listen on 127.0.0.1");
  }
  if (out.sms.kind == "console" && !out.loopback()) out.sms.kind = "none";
  return out;
}

}  // namespace luytre::app
