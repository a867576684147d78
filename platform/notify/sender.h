// Sender: hands opened messages to the outside. One implementation for each kind of SenderSettings; not thread-safe.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/notify/notify.h"

namespace luytre::notify {

struct Outgoing {
  std::int64_t id = 0;
  std::string phone;
  std::string text;
};

enum class Delivery { kSent, kLater, kNever };

struct Outcome {
  Delivery delivery = Delivery::kLater;
  std::string problem;  // "http 503", "timeout": never the gateway's words, which may repeat the number
};

class Sender {
 public:
  virtual ~Sender() = default;
  virtual std::vector<Outcome> send(std::span<const Outgoing> messages) = 0;  // one outcome each, in order
};

std::unique_ptr<Sender> make_sender(const SenderSettings& settings);  // throws runtime_error
// For figures: the kind, and of a gateway its host, without what may be secret in an address.
std::string sender_name(const SenderSettings& settings);

std::unique_ptr<Sender> make_http_sender(const SenderSettings& settings);  // http_sender.cpp

}  // namespace luytre::notify
