#include "platform/http/metrics.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace luytre::http {
namespace {

using Count = std::atomic<std::uint64_t>;

// Only one thread writes a cell: no locked instruction is needed.
void add(Count& count, std::uint64_t n) {
  count.store(count.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
}

std::uint64_t get(const Count& count) {
  return count.load(std::memory_order_relaxed);
}

std::size_t status_index(int status) {
  const auto found = std::find(kCountedStatuses.begin(), kCountedStatuses.end() - 1, status);
  return static_cast<std::size_t>(found - kCountedStatuses.begin());
}

void head(std::ostream& out, const char* name, const char* type, const char* help) {
  out << "# HELP " << name << ' ' << help << "\n# TYPE " << name << ' ' << type << '\n';
}

void process_metrics(std::ostream& out) {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  statm >> pages >> resident;
  head(out, "process_resident_memory_bytes", "gauge", "Resident memory.");
  out << "process_resident_memory_bytes " << resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) << '\n';
  std::ifstream stat("/proc/self/stat");
  std::string line;
  std::getline(stat, line);
  // The program's name may hold blanks; fields are counted from behind it. utime and stime are the 14th and 15th of
  // all.
  std::istringstream rest(line.substr(std::min(line.rfind(')') + 1, line.size())));
  std::string field;
  for (int i = 0; i < 11; ++i) rest >> field;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  rest >> user >> system;
  head(out, "process_cpu_seconds_total", "counter", "CPU time of user and system.");
  out << "process_cpu_seconds_total " << static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK))
      << '\n';
}

}  // namespace

struct Metrics::Cell {
  std::array<Count, kCountedStatuses.size()> statuses{};
  std::array<Count, kSecondBounds.size() + 1> buckets{};
  Count nanoseconds{0};
};

Metrics::Metrics(unsigned workers, std::vector<std::string> slots) : slots_(std::move(slots)) {
  for (unsigned w = 0; w < workers; ++w) workers_.push_back(std::make_unique<Cell[]>(slots_.size()));
}

Metrics::~Metrics() = default;

void Metrics::record(unsigned worker, std::size_t slot, int status, std::chrono::nanoseconds took) {
  Cell& cell = workers_[worker][slot];
  const double seconds = static_cast<double>(took.count()) / 1e9;
  const auto bucket = std::lower_bound(kSecondBounds.begin(), kSecondBounds.end(), seconds) - kSecondBounds.begin();
  add(cell.statuses[status_index(status)], 1);
  add(cell.buckets[static_cast<std::size_t>(bucket)], 1);
  add(cell.nanoseconds, static_cast<std::uint64_t>(took.count()));
}

std::string Metrics::text() const {
  std::ostringstream out;
  head(out, "luytre_http_requests_total", "counter", "Requests answered, by route and status.");
  for (std::size_t s = 0; s < slots_.size(); ++s) {
    for (std::size_t i = 0; i < kCountedStatuses.size(); ++i) {
      std::uint64_t sum = 0;
      for (const auto& cells : workers_) sum += get(cells[s].statuses[i]);
      if (sum == 0) continue;
      out << "luytre_http_requests_total{" << slots_[s] << ",status=\""
          << (kCountedStatuses[i] ? std::to_string(kCountedStatuses[i]) : "other") << "\"} " << sum << '\n';
    }
  }
  head(out, "luytre_http_request_seconds", "histogram",
       "From the first byte of a request to the last byte of its answer.");
  for (std::size_t s = 0; s < slots_.size(); ++s) {
    std::array<std::uint64_t, kSecondBounds.size() + 1> buckets{};
    std::uint64_t nanoseconds = 0;
    for (const auto& cells : workers_) {
      for (std::size_t b = 0; b < buckets.size(); ++b) buckets[b] += get(cells[s].buckets[b]);
      nanoseconds += get(cells[s].nanoseconds);
    }
    std::uint64_t sum = 0;
    for (const auto count : buckets) sum += count;
    if (sum == 0) continue;
    std::uint64_t running = 0;
    for (std::size_t b = 0; b < kSecondBounds.size(); ++b) {
      running += buckets[b];
      out << "luytre_http_request_seconds_bucket{" << slots_[s] << ",le=\"" << kSecondBounds[b] << "\"} " << running
          << '\n';
    }
    out << "luytre_http_request_seconds_bucket{" << slots_[s] << ",le=\"+Inf\"} " << sum << '\n';
    out << "luytre_http_request_seconds_sum{" << slots_[s] << "} " << static_cast<double>(nanoseconds) / 1e9 << '\n';
    out << "luytre_http_request_seconds_count{" << slots_[s] << "} " << sum << '\n';
  }
  head(out, "luytre_http_connections", "gauge", "Open connections.");
  out << "luytre_http_connections " << connections.load() << '\n';
  head(out, "luytre_http_streams", "gauge", "Open event streams.");
  out << "luytre_http_streams " << streams.load() << '\n';
  head(out, "luytre_http_connections_refused_total", "counter", "Connections turned away because too many were open.");
  out << "luytre_http_connections_refused_total " << refused.load() << '\n';
  process_metrics(out);
  return out.str();
}

}  // namespace luytre::http
