#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <mutex>
#include <stdexcept>

#include "platform/base/json.h"
#include "platform/notify/sender.h"
#include "platform/notify/texts.h"

namespace luytre::notify {
namespace {

constexpr std::size_t kAnswerMost = 64 * 1024;  // of the gateway's answer, which is not kept
constexpr long kAtOnce = 16;                    // connections to the gateway

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Multi = std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string percent_encoded(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const unsigned char c : text) {
    if (std::isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += static_cast<char>(c);
    } else {
      out.append(1, '%').append(1, kHex[c >> 4]).append(1, kHex[c & 15]);
    }
  }
  return out;
}

std::string json_escaped(std::string_view text) {
  std::string quoted;
  json::write_string(quoted, text);
  return quoted.substr(1, quoted.size() - 2);
}

std::size_t discard(char*, std::size_t size, std::size_t count, void* total) {
  auto& sum = *static_cast<std::size_t*>(total);
  sum += size * count;
  return sum > kAnswerMost ? 0 : size * count;
}

Outcome outcome_of(CURLcode result, long status) {
  if (result == CURLE_OPERATION_TIMEDOUT) return {Delivery::kLater, "timeout"};
  if (status >= 200 && status < 300) return {Delivery::kSent, ""};  // also when the rest of its answer was lost
  if (result != CURLE_OK) return {Delivery::kLater, std::string("network: ") + curl_easy_strerror(result)};
  const bool never = status == 400 || status == 404 || status == 410 || status == 413 || status == 422;
  return {never ? Delivery::kNever : Delivery::kLater, "http " + std::to_string(status)};
}

class HttpSender final : public Sender {
 public:
  explicit HttpSender(SenderSettings settings)
      : settings_(std::move(settings)), multi_(curl_multi_init(), &curl_multi_cleanup) {
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, kAtOnce);
    for (const auto& [name, value] : settings_.headers)
      if (same_name(name, "content-type")) content_type_ = value;
  }

  std::vector<Outcome> send(std::span<const Outgoing> messages) override {
    std::vector<std::unique_ptr<Transfer>> transfers;
    for (const auto& message : messages) transfers.push_back(begin(message));
    run();
    std::vector<Outcome> out;
    for (const auto& transfer : transfers) {
      long status = 0;
      curl_easy_getinfo(transfer->easy.get(), CURLINFO_RESPONSE_CODE, &status);
      out.push_back(outcome_of(transfer->result, status));
      curl_multi_remove_handle(multi_.get(), transfer->easy.get());
    }
    return out;
  }

 private:
  struct Transfer {
    Easy easy{curl_easy_init(), &curl_easy_cleanup};
    List headers{nullptr, &curl_slist_free_all};
    std::string url, body;
    std::size_t answered = 0;
    CURLcode result = CURLE_OPERATION_TIMEDOUT;
  };

  std::unique_ptr<Transfer> begin(const Outgoing& message) {
    auto transfer = std::make_unique<Transfer>();
    transfer->url = filled(settings_.url, message, percent_encoded);
    transfer->body = filled(settings_.body, message, body_escape());
    add_header(*transfer, "Content-Type: " + content_type_);
    add_header(*transfer, "Idempotency-Key: " + id_text(message.id));
    add_header(*transfer, "Expect:");
    for (const auto& [name, value] : settings_.headers)
      if (!same_name(name, "content-type")) add_header(*transfer, name + ": " + value);
    set_options(*transfer);
    curl_multi_add_handle(multi_.get(), transfer->easy.get());
    return transfer;
  }

  void set_options(Transfer& transfer) const {
    CURL* easy = transfer.easy.get();
    curl_easy_setopt(easy, CURLOPT_URL, transfer.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);  // the number goes to nobody but the gateway
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, static_cast<long>(settings_.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &discard);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer.answered);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
    if (settings_.method == "GET") return;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(transfer.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, transfer.body.c_str());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, settings_.method.c_str());
  }

  void run() {
    int running = 0;
    do {
      if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) break;
      if (running > 0) curl_multi_poll(multi_.get(), nullptr, 0, 1000, nullptr);
    } while (running > 0);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      transfer->result = message->data.result;
    }
  }

  using Escape = std::string (*)(std::string_view);
  Escape body_escape() const {
    if (content_type_.starts_with("application/json")) return json_escaped;
    if (content_type_.starts_with("application/x-www-form-urlencoded")) return percent_encoded;
    return [](std::string_view text) { return std::string(text); };
  }

  static std::string filled(const std::string& pattern, const Outgoing& message, Escape escape) {
    return fill_template(
        pattern, {{"phone", escape(message.phone)}, {"text", escape(message.text)}, {"id", id_text(message.id)}});
  }

  static void add_header(Transfer& transfer, const std::string& line) {
    transfer.headers.reset(curl_slist_append(transfer.headers.release(), line.c_str()));
  }

  SenderSettings settings_;
  std::string content_type_ = "application/json";
  Multi multi_;
};

}  // namespace

std::unique_ptr<Sender> make_http_sender(const SenderSettings& settings) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  if (!settings.url.starts_with("https://") && !settings.url.starts_with("http://")) {
    throw std::runtime_error("the SMS gateway needs a URL that begins with https:// (or http://) in [notify] url");
  }
  const std::string filled = settings.url + settings.body;
  if (filled.find("{phone}") == std::string::npos || filled.find("{text}") == std::string::npos) {
    throw std::runtime_error(
        "the SMS gateway's url or body must hold {phone} and {text}: see [notify] in the configuration");
  }
  return std::make_unique<HttpSender>(settings);
}

}  // namespace luytre::notify
