// Settings: what the configuration file and the command line say, together; the command line wins.
//
// The file is TOML; every key, its default and an example are in docs/operation.md. An unknown key is an error, because
// a misspelt one would be silently ignored otherwise.

#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "apps/luytre/commands.h"
#include "modules/tracing/trace.h"
#include "platform/notify/notify.h"

namespace luytre::app {

struct Settings {
  std::filesystem::path data;    // database, keys, access-log anchor
  std::filesystem::path assets;  // holds data/ and web/
  std::string db;                // URL
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  unsigned threads = 2;
  unsigned connections = 4;
  bool group_commit = true;
  std::string public_url;  // what posters' codes begin with
  std::vector<std::string> hosts;
  std::vector<std::string> trusted_proxies;
  std::vector<std::string> metrics_readers;
  std::string log_level = "info";
  bool totp_required = true;
  notify::SenderSettings sms;
  struct Presence {
    bool by_index = true;                         // false: SQL traces
    std::int64_t memory = std::int64_t{2} << 30;  // bytes
    std::chrono::seconds checkpoint{300};
  } presence;
  tracing::TraceCeiling tracing{.most_contacts = 1'000'000, .time = std::chrono::seconds(60)};  // of each run

  bool loopback() const;
};

// Throws runtime_error that names the file and the line, or the option, and says what to do.
Settings read_settings(const Common& common, const Serve* serve = nullptr);

}  // namespace luytre::app
