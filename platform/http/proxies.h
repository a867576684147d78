// Proxies: whose word counts about where a request came from, and by TLS or not. Networks are written "10.0.0.0/8" or
// as one address.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request.h"

namespace luytre::http {

class Networks {
 public:
  Networks() = default;
  explicit Networks(const std::vector<std::string>& texts);  // throws store::StartError for one that is none
  bool hold(std::string_view address) const;                 // false for what is no address

 private:
  struct Network {
    std::string bytes;  // 16 bytes; IPv4 is mapped (::ffff:a.b.c.d)
    unsigned bits;
  };
  std::vector<Network> networks_;
};

struct Client {
  std::string address;
  bool secure = false;
};

// From a trusted peer: the last address of X-Forwarded-For that is not a trusted proxy itself, and X-Forwarded-Proto.
// Else the peer.
Client client_of(const Request& request, std::string_view peer, const Networks& trusted);

// "::ffff:10.0.0.1" → "10.0.0.1"; empty for what is no address.
std::string plain_address(std::string_view address);

}  // namespace luytre::http
