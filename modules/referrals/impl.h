// What the parts of Referrals share. Private to this module.

#pragma once

#include "modules/referrals/storage.h"

namespace luytre::referrals {

extern const identity::Action kWork;

// What somebody said or showed, to be called.
struct Claim {
  std::optional<std::string> name, phone;
};
BOOST_DESCRIBE_STRUCT(Claim, (), (name, phone))

struct Referrals::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  Passages passages;
  Questions questions;
  Alerts alerts;

  // What a source tells.
  struct Arrival {
    Source source = Source::kDeclaration;
    SubjectId subject;
    PersonId person;
    std::int64_t claimed = 0;  // somebody without proof: `person` is 0
    Claim claim;
    Colour colour = Colour::kGreen;
    std::vector<std::string> reasons;
    std::string rule_set;
    std::int64_t within_minutes = 0;
    Instant at, recorded;
    std::vector<std::pair<UnitId, Station>> counted;  // each station that it concerns, once
    std::vector<std::pair<UnitId, Station>> told;     // those that are to act
    std::vector<SubjectId> corrects;                  // older versions, the newest first
  };

  // ---- arrivals.cpp: what comes, and what becomes of it by itself ----
  void submitted(store::Session& session, SubjectId subject);
  void withdrawn(store::Session& session, SubjectId subject);
  void missed(store::Session& session, SubjectId subject);
  void questioned(store::Session& session, SubjectId subject);
  void alerted(store::Session& session, SubjectId subject);
  // What a late arrival says was not missed.
  void made_up(store::Session& session, const declarations::Notice& notice);
  void end(store::Session& session, storage::ReferralRow& row);
  void receive(store::Session& session, const Arrival& arrival);
  void open(store::Session& session, const Arrival& arrival, UnitId unit, Station station);
  // An older version's referral: it speaks for this one now.
  void carry_over(store::Session& session, storage::ReferralRow row, const Arrival& arrival);
  void escalate(store::Session& session);
  // The commune responsible at that time, or the unit itself where there is none.
  UnitId responsible(UnitId unit, Instant at) const;

  // ---- passages.cpp: what checkpoints tell ----
  void passed(store::Session& session, SubjectId subject);

  // ---- work.cpp: what officers do ----
  Referral view(store::Session& session, const Caller& caller, const storage::ReferralRow& row) const;
  Claim claim_of(const storage::ReferralRow& row) const;
  // One in the caller's area; looking at it is logged. Errors: not_found, those of Access::require.
  Result<storage::ReferralRow> seen(store::Session& session, const Caller& caller, ReferralId id) const;
  // … that is not ended, and the caller's to do. Errors: also referral_ended, referral_not_escalated.
  Result<storage::ReferralRow> workable(store::Session& session, const Caller& caller, ReferralId id) const;
  void attempt(store::Session& session, const Caller& caller, storage::ReferralRow& row, const ReferralOutcome& said);
  void give(store::Session& session, const Caller& caller, storage::ReferralRow& row, const HandOver& to);

  struct Said {  // of a step: by whom, and with what
    const Caller* by = nullptr;
    std::optional<Outcome> outcome;
    std::optional<std::string> note;
  };
  void step(store::Session& session, const storage::ReferralRow& row, StepKind kind, UnitId unit,
            const Said& said) const;
  void publish(store::Session& session, const storage::ReferralRow& row, const char* type) const;
  Instant now() const { return db.clock().now(); }
  store::Bytes seal(std::string_view purpose, std::int64_t row, std::string_view text) const;
  std::string unseal(std::string_view purpose, std::int64_t row, const store::Bytes& sealed) const;
};

inline bool ended(State state) {
  return state == State::kDone || state == State::kWithdrawn;
}

inline constexpr std::string_view kReasonsSeal = "referrals.reasons";
inline constexpr std::string_view kNoteSeal = "referrals.note";
inline constexpr std::string_view kClaimSeal = "referrals.claim";

}  // namespace luytre::referrals
