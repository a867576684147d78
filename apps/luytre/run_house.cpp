#include "apps/luytre/run_house.h"

#include <csignal>
#include <sstream>

#include "apps/luytre/metrics.h"
#include "apps/luytre/pulse.h"
#include "platform/base/log.h"
#include "platform/http/server.h"

namespace luytre::app {
namespace {

constexpr std::chrono::seconds kDrain{10};

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

http::ServerOptions server_options(House& house, const Pulse& pulse) {
  http::ServerOptions out;
  out.address = house.settings.address;
  out.port = house.settings.port;
  out.threads = house.settings.threads;
  out.hosts = house.settings.hosts;
  out.trusted_proxies = house.settings.trusted_proxies;
  out.metrics_readers = house.settings.metrics_readers;
  out.ready = [&pulse] { return pulse.beats(); };
  out.metrics = [&house] { return store_metrics(house); };
  out.texts = house.settings.assets / "data/i18n";
  const auto web = house.settings.assets / "web";
  // The longer prefix first. A server without built pages still serves the API.
  if (std::filesystem::exists(web / "console/dist/index.html")) out.sites.push_back({"/console", web / "console/dist"});
  if (std::filesystem::exists(web / "citizen/dist/index.html")) out.sites.push_back({"/", web / "citizen/dist"});
  if (out.sites.empty()) log::warn("no web pages: build them with `make web`", {{"folder", web.string()}});
  return out;
}

}  // namespace

void block_stop_signals() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void run_house(House& house, const std::function<void(std::uint16_t port)>& serving) {
  house.start();
  const Pulse pulse(house.db);
  http::Server server(server_options(house, pulse), house.router, house.identity.doorkeeper);
  const std::uint16_t port = server.start();
  log::info(
      "serving",
      {{"address", house.settings.address}, {"port", std::to_string(port)}, {"study", house.study ? "yes" : "no"}});
  serving(port);
  const sigset_t set = stop_signals();
  int signal = 0;
  sigwait(&set, &signal);
  log::info("stopping", {{"signal", std::to_string(signal)}});
  server.stop(kDrain);
  house.stop();
}

}  // namespace luytre::app
