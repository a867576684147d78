// Client: what the doorkeeper knows about who is knocking, beyond the request itself. Plain data; made by routes.cpp
// from the call.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace luytre::identity {

struct Client {
  std::string address;                // network address
  std::optional<std::string> device;  // the luytre_device cookie
  std::string label;                  // "Chrome, Android": for the list of sessions
  std::string language = "vi";        // of messages: vi or en
};

// A coarse description of a browser; nothing that singles one out.
std::string device_label(std::string_view user_agent);

// "en" when the header prefers English to Vietnamese, else "vi".
std::string message_language(std::string_view accept_language);

// What limits count per: an IPv4 address, or the /64 network of an IPv6 address (one household or host has a whole
// /64).
std::string address_key(std::string_view address);

}  // namespace luytre::identity
