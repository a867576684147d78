// Result<T>: a value, or an Error that the caller can cause and can understand.
//
// Faults (a broken disk, a bug) are exceptions; they are caught once, in http. An Error carries a stable `code` that is
// part of the API contract; its texts for people are in data/i18n/{vi,en}.json under "errors.<code>". Nothing in an
// Error identifies a person.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace luytre {

// One wrong field of a request. `pointer` is an RFC 6901 JSON pointer into the body, or "?name" for a query parameter.
struct FieldError {
  std::string pointer;
  std::string code;  // required, unknown, type, too_long, too_short, range, format, encoding, …
  std::map<std::string, std::string> params;
};

// What can go wrong, named once: `inline constexpr ErrorCode kPlaceCodeForged{"place_code_forged", 422};`
struct ErrorCode {
  const char* code;
  int status;  // HTTP status
};

struct Error {
  std::string code;
  int status = 422;
  std::vector<FieldError> fields;
  std::map<std::string, std::string> params;  // to be filled into the text, e.g. {"seconds", "30"}
  std::string current;                        // on a conflict: the current version as JSON text, else empty

  Error(const ErrorCode& what) : code(what.code), status(what.status) {}  // NOLINT: implicit by intent
  Error(const ErrorCode& what, std::map<std::string, std::string> with)
      : code(what.code), status(what.status), params(std::move(with)) {}
  // A template, so that a braced list always means params.
  template <class Fields>
  requires std::is_same_v<Fields, std::vector<FieldError>> Error(const ErrorCode& what, Fields wrong)
      : code(what.code), status(what.status), fields(std::move(wrong)) {}
};

// Errors that any route may answer.
inline constexpr ErrorCode kInvalid{"invalid", 422};  // with `fields`
inline constexpr ErrorCode kMalformed{"malformed", 400};
inline constexpr ErrorCode kUnauthenticated{"unauthenticated", 401};
inline constexpr ErrorCode kNotPermitted{"not_permitted", 403};
inline constexpr ErrorCode kSecondProofRequired{"second_proof_required", 403};
inline constexpr ErrorCode kNotFound{"not_found", 404};
inline constexpr ErrorCode kConflict{"conflict", 409};
inline constexpr ErrorCode kVersionConflict{"version_conflict",
                                            412};  // If-Match did not match; `current` holds the newer version
inline constexpr ErrorCode kVersionRequired{"version_required", 428};
inline constexpr ErrorCode kTooMany{"too_many_requests", 429};  // params: seconds
inline constexpr ErrorCode kIdempotencyKeyRequired{"idempotency_key_required", 400};
inline constexpr ErrorCode kIdempotencyKeyReused{"idempotency_key_reused", 422};
inline constexpr ErrorCode kNotInForce{"not_in_force", 403};  // no dated decision switches this on here and now

// One wrong field, and nothing else to say.
inline Error wrong_field(std::string pointer, std::string code) {
  return Error(kInvalid, std::vector<FieldError>{{std::move(pointer), std::move(code), {}}});
}

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}           // NOLINT: implicit by intent
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}       // NOLINT
  Result(const ErrorCode& code) : state_(std::in_place_index<1>, Error(code)) {}  // NOLINT

  explicit operator bool() const { return state_.index() == 0; }
  bool ok() const { return state_.index() == 0; }

  T& operator*() { return std::get<0>(state_); }
  const T& operator*() const { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  Error& error() { return std::get<1>(state_); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

struct Done {};  // the value of a Result that has nothing to say

template <class T>
inline constexpr bool kIsResult = false;
template <class T>
inline constexpr bool kIsResult<Result<T>> = true;

}  // namespace luytre
