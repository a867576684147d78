#include "platform/notify/sender.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "platform/base/json.h"

namespace luytre::notify {
namespace {

class ConsoleSender final : public Sender {
 public:
  std::vector<Outcome> send(std::span<const Outgoing> messages) override {
    for (const auto& message : messages) std::printf("[SMS → %s] %s\n", message.phone.c_str(), message.text.c_str());
    std::fflush(stdout);
    return std::vector<Outcome>(messages.size(), {Delivery::kSent, ""});
  }
};

// One JSON object a line: {"id":…,"phone":…,"text":…}.
class FileSender final : public Sender {
 public:
  explicit FileSender(std::filesystem::path file) : file_(std::move(file)) {
    const int descriptor = open();
    if (descriptor < 0) {
      throw std::runtime_error("messages cannot be written to " + file_.string() + ": " + std::strerror(errno) +
                               "; give another file in [notify] file");
    }
    ::close(descriptor);
  }

  std::vector<Outcome> send(std::span<const Outgoing> messages) override {
    std::vector<Outcome> out;
    const int descriptor = open();
    for (const auto& message : messages) {
      const std::string text = line(message);
      const bool written =
          descriptor >= 0 && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
      out.push_back(written ? Outcome{Delivery::kSent, ""} : Outcome{Delivery::kLater, "file not writable"});
    }
    if (descriptor >= 0) ::close(descriptor);
    return out;
  }

 private:
  int open() const {
    const int descriptor =
        ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor >= 0) ::fchmod(descriptor, S_IRUSR | S_IWUSR);  // also when it was there before
    return descriptor;
  }

  static std::string line(const Outgoing& message) {
    std::string out = "{\"id\":";
    json::write(out, id_text(message.id));
    out += ",\"phone\":";
    json::write(out, message.phone);
    out += ",\"text\":";
    json::write(out, message.text);
    return out + "}\n";
  }

  std::filesystem::path file_;
};

}  // namespace

std::unique_ptr<Sender> make_sender(const SenderSettings& settings) {
  if (settings.kind == "console") return std::make_unique<ConsoleSender>();
  if (settings.kind == "file") return std::make_unique<FileSender>(settings.file);
  if (settings.kind == "http") return make_http_sender(settings);
  if (settings.kind == "none") return nullptr;
  throw std::runtime_error("there is no message sender \"" + settings.kind + "\": use console, file, http or none");
}

std::string sender_name(const SenderSettings& settings) {
  if (settings.kind != "http") return settings.kind;
  std::string_view host = settings.url;
  if (const auto scheme = host.find("://"); scheme != std::string_view::npos) host.remove_prefix(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
  return "http " + std::string(host);
}

}  // namespace luytre::notify
