// RequestCall: a Request that passed the door, as a handler sees it.

#pragma once

#include "platform/http/answer.h"
#include "platform/http/door.h"
#include "platform/http/proxies.h"

namespace luytre::http {

class RequestCall final : public Call {
 public:
  RequestCall(const Request& request, const Found& found, const Caller& caller, const Client& client)
      : request_(request), found_(found), caller_(caller), client_(client) {}

  const Caller& caller() const override { return caller_; }
  std::string_view path(std::string_view name) const override;
  std::optional<std::string> query(std::string_view name) const override;
  std::optional<std::string> header(std::string_view name) const override;
  std::optional<std::string> cookie(std::string_view name) const override { return request_.cookie(name); }
  const std::string& body() const override { return request_.body; }
  std::optional<store::Once> once() const override;
  std::optional<std::int64_t> if_match() const override { return found_.if_match; }
  void set_header(std::string name, std::string value) override {
    headers_.emplace_back(std::move(name), std::move(value));
  }
  bool secure() const override { return client_.secure; }

  const Headers& headers() const { return headers_; }  // set by the handler
  void forget_headers() { headers_.clear(); }

 private:
  const Request& request_;
  const Found& found_;
  const Caller& caller_;
  const Client& client_;
  Headers headers_;
};

}  // namespace luytre::http
