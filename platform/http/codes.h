// What the door itself refuses, beside the codes of platform/base/result.h.

#pragma once

#include "platform/base/result.h"

namespace luytre::http {

inline constexpr ErrorCode kBadRequest{"bad_request", 400};  // not HTTP/1.1 as RFC 9112 has it; the connection closes
inline constexpr ErrorCode kBadUrl{"bad_url", 400};
inline constexpr ErrorCode kHostInvalid{"host_invalid", 400};
inline constexpr ErrorCode kVersionMalformed{"version_malformed",
                                             400};  // If-Match is weak, "*", a list or not a number
inline constexpr ErrorCode kCrossSite{"cross_site", 403};
inline constexpr ErrorCode kMethodNotAllowed{"method_not_allowed", 405};
inline constexpr ErrorCode kRequestTimeout{"request_timeout", 408};
inline constexpr ErrorCode kLengthRequired{"length_required", 411};
inline constexpr ErrorCode kBodyTooLarge{"body_too_large", 413};                  // params: bytes
inline constexpr ErrorCode kUnsupportedMediaType{"unsupported_media_type", 415};  // params: expected
inline constexpr ErrorCode kExpectationFailed{"expectation_failed", 417};
inline constexpr ErrorCode kHostUnknown{"host_unknown", 421};
inline constexpr ErrorCode kHeadTooLarge{"head_too_large", 431};
inline constexpr ErrorCode kInternal{"internal", 500};  // params: reference
inline constexpr ErrorCode kUnavailable{"unavailable", 503};
inline constexpr ErrorCode kTooManyConnections{"too_many_connections", 503};
inline constexpr ErrorCode kHttpVersion{"http_version", 505};

}  // namespace luytre::http
