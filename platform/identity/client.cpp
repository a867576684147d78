#include "platform/identity/client.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>
#include <utility>

namespace luytre::identity {
namespace {

using Marks = std::span<const std::pair<std::string_view, std::string_view>>;

std::string_view first_mark(std::string_view text, Marks marks) {
  for (const auto& [mark, name] : marks)
    if (text.find(mark) != std::string_view::npos) return name;
  return {};
}

// Order matters: every browser claims to be some of the others.
constexpr std::pair<std::string_view, std::string_view> kBrowsers[] = {
    {"Edg", "Edge"},      {"coc_coc_browser", "Cốc Cốc"}, {"SamsungBrowser", "Samsung Internet"},
    {"OPR/", "Opera"},    {"Firefox/", "Firefox"},        {"FxiOS/", "Firefox"},
    {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"},          {"Safari/", "Safari"},
    {"curl/", "curl"},
};
constexpr std::pair<std::string_view, std::string_view> kSystems[] = {
    {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},   {"Windows", "Windows"},
    {"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
};

// The weight of a language in an Accept-Language header (RFC 9110, section 12.5.4); 0: not wanted.
double weight(std::string_view header, std::string_view language) {
  while (!header.empty()) {
    const auto comma = header.find(',');
    std::string_view part = header.substr(0, comma);
    header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
    while (part.starts_with(' ')) part.remove_prefix(1);
    const auto end = part.find_first_of(" ;-");
    if (part.substr(0, end) != language) continue;
    const auto q = part.find("q=");
    return q == std::string_view::npos ? 1.0 : std::strtod(std::string(part.substr(q + 2)).c_str(), nullptr);
  }
  return 0;
}

}  // namespace

std::string device_label(std::string_view user_agent) {
  const auto browser = first_mark(user_agent, kBrowsers);
  const auto system = first_mark(user_agent, kSystems);
  if (browser.empty()) return std::string(system);
  return system.empty() ? std::string(browser) : std::string(browser) + ", " + std::string(system);
}

std::string message_language(std::string_view accept_language) {
  return weight(accept_language, "en") > weight(accept_language, "vi") ? "en" : "vi";
}

std::string address_key(std::string_view address) {
  constexpr std::size_t kNetworkBytes = 8;  // /64
  std::array<char, sizeof(in6_addr)> bytes{};
  const std::string text(address);
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '\xff', '\xff'};  // ::ffff:a.b.c.d
  if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) return text.substr(text.rfind(':') + 1);
  return std::string(bytes.data(), kNetworkBytes);
}

}  // namespace luytre::identity
