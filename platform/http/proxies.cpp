#include "platform/http/proxies.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "platform/http/url.h"
#include "platform/store/database.h"

namespace luytre::http {
namespace {

namespace ip = boost::asio::ip;

constexpr unsigned kMappedBits = 96;  // ::ffff:0:0/96

// 16 bytes, IPv4 mapped; empty for what is no address.
std::string address_bytes(std::string_view text) {
  boost::system::error_code failed;
  const auto address = ip::make_address(std::string(text), failed);
  if (failed) return {};
  const auto bytes =
      address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes() : address.to_v6().to_bytes();
  return {bytes.begin(), bytes.end()};
}

bool same_prefix(const std::string& a, const std::string& b, unsigned bits) {
  if (a.compare(0, bits / 8, b, 0, bits / 8) != 0) return false;
  if (bits % 8 == 0) return true;
  const unsigned mask = 0xffU << (8 - bits % 8);
  return (static_cast<unsigned char>(a[bits / 8]) & mask) == (static_cast<unsigned char>(b[bits / 8]) & mask);
}

}  // namespace

Networks::Networks(const std::vector<std::string>& texts) {
  for (const auto& text : texts) {
    const auto slash = text.find('/');
    Network network{address_bytes(std::string_view(text).substr(0, slash)), 128};
    const bool mapped = text.find(':') == std::string::npos;
    if (slash != std::string::npos) {
      const auto [end, failed] = std::from_chars(text.data() + slash + 1, text.data() + text.size(), network.bits);
      if (failed != std::errc{} || end != text.data() + text.size() || network.bits > (mapped ? 32U : 128U))
        network.bytes.clear();
      if (mapped) network.bits += kMappedBits;
    }
    if (network.bytes.empty())
      throw store::StartError("not an address or network: " + text + "; write it as 10.0.0.1, 10.0.0.0/8 or fd00::/8");
    networks_.push_back(std::move(network));
  }
}

bool Networks::hold(std::string_view address) const {
  const std::string bytes = address_bytes(address);
  if (bytes.empty()) return false;
  return std::any_of(networks_.begin(), networks_.end(),
                     [&](const Network& n) { return same_prefix(n.bytes, bytes, n.bits); });
}

std::string plain_address(std::string_view text) {
  boost::system::error_code failed;
  auto address = ip::make_address(std::string(text), failed);
  if (failed) return {};
  if (address.is_v6() && address.to_v6().is_v4_mapped()) address = ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address.to_string();
}

Client client_of(const Request& request, std::string_view peer, const Networks& trusted) {
  Client out{plain_address(peer), false};
  if (!trusted.hold(out.address)) return out;
  out.secure = iequals(trim(request.field("X-Forwarded-Proto").value_or("")), "https");
  std::string list;
  for (const auto& f : request.fields) {
    if (!iequals(f.name, "X-Forwarded-For")) continue;
    if (!list.empty()) list += ',';
    list += f.value;
  }
  // From the right: each trusted hop vouches for the one before it, and no further.
  for (std::string_view rest = list; !rest.empty();) {
    const auto comma = rest.rfind(',');
    const auto hop = plain_address(trim(rest.substr(comma == std::string_view::npos ? 0 : comma + 1)));
    if (hop.empty()) break;
    out.address = hop;
    if (comma == std::string_view::npos || !trusted.hold(hop)) break;
    rest = rest.substr(0, comma);
  }
  return out;
}

}  // namespace luytre::http
