// What can go wrong in identity, by name. The texts for people are in data/i18n/identity.{vi,en}.json.

#pragma once

#include "platform/base/result.h"

namespace luytre::identity {

// One-time codes.
inline constexpr ErrorCode kCodeWrong{"code_wrong", 422};  // params: left. Also: no code was asked for on this device
inline constexpr ErrorCode kCodeExpired{"code_expired", 422};
inline constexpr ErrorCode kCodeExhausted{"code_exhausted", 422};       // five wrong tries: ask for a new one
inline constexpr ErrorCode kNoMessages{"phone_gets_no_messages", 422};  // a landline

// Second proof and PIN.
inline constexpr ErrorCode kProofWrong{"second_proof_wrong", 422};
inline constexpr ErrorCode kProofNotNeeded{"second_proof_not_needed", 409};
inline constexpr ErrorCode kProofForm{"second_proof_form",
                                      422};            // exactly one of pin, paper number with birth date, word
inline constexpr ErrorCode kPinForm{"pin_form", 422};  // six digits
inline constexpr ErrorCode kPinWeak{"pin_weak", 422};
inline constexpr ErrorCode kPinWrong{"pin_wrong", 422};

// Officers.
inline constexpr ErrorCode kSignInFailed{"sign_in_failed", 401};  // whatever was wrong
inline constexpr ErrorCode kLocked{"locked", 429};                // params: seconds
inline constexpr ErrorCode kTotpRequired{"totp_required", 401};
inline constexpr ErrorCode kTotpWrong{"totp_wrong", 422};
inline constexpr ErrorCode kTotpNotBegun{"totp_not_begun", 409};
inline constexpr ErrorCode kPasswordWeak{"password_weak", 422};  // params: least
inline constexpr ErrorCode kPasswordWrong{"password_wrong", 422};
inline constexpr ErrorCode kUsernameForm{"username_form", 422};
inline constexpr ErrorCode kUsernameTaken{"username_taken", 409};
inline constexpr ErrorCode kGrantForm{"grant_form",
                                      422};  // a role that is no officer's, an unknown unit, or none at all
inline constexpr ErrorCode kLastAdministrator{"last_administrator", 409};
inline constexpr ErrorCode kOwnAccount{"own_account", 409};  // nobody changes the own grants or disables himself
inline constexpr ErrorCode kSetupDone{"setup_done", 409};
inline constexpr ErrorCode kSetupTokenWrong{"setup_token_wrong", 403};

// Consents and access.
inline constexpr ErrorCode kConsentOutdated{"consent_outdated", 409};  // params: version
inline constexpr ErrorCode kReasonRequired{"reason_required", 422};

}  // namespace luytre::identity
