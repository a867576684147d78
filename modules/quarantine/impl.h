// What the parts of Orders share. Private to this module.

#pragma once

#include "modules/quarantine/check_storage.h"
#include "modules/quarantine/print.h"

namespace luytre::quarantine {

extern const identity::Action kWork;  // draft, propose, read
extern const identity::Action kSign;
extern const identity::Action kKeep;  // what who keeps a site does there: of who lies there, and nothing of why

// Whom routes let in.
inline constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer,
                                                       Role::kProvinceOfficer};
inline constexpr std::initializer_list<Role> kWithKeepers{Role::kStationOfficer, Role::kDistrictOfficer,
                                                          Role::kProvinceOfficer, Role::kSiteKeeper};
inline constexpr std::initializer_list<Role> kSigners{Role::kDistrictOfficer, Role::kProvinceOfficer};
inline constexpr Purpose kFor = Purpose::kCaseManagement;

inline constexpr std::string_view kDetailSeal = "quarantine.detail";
inline constexpr std::chrono::minutes kPointLooked{5};  // a withdrawn consent is noticed by then

namespace storage {
struct NeedRow;
struct SiteRow;
}  // namespace storage

// Whether the site was named to the caller, who is its keeper for its unit still.
bool keeps(store::Session& session, const Parts& parts, const Caller& caller, const storage::SiteRow& site);
// What is not of the body of who keeps a site: name, birth year and sex alone are left.
void leave_bare(people::PersonBrief& person);
// What a station was told and has not ended is told to that of another unit from now on; a reform moves nobody: what a
// vanished commune was told stands on its successor's list as it is, with what was done of it.
void hand_over(store::Session& session, const Parts& parts, const storage::AlertRow& alert, UnitId to);
// Needs that are not settled are the business of the site where the person lies, else of the order's unit.
void needs_follow(store::Session& session, const Parts& parts, const storage::OrderRow& order);

// What is sealed of a step.
struct Detail {
  std::string reason;
  std::optional<OrderPlace> place;
  std::optional<std::string> source;   // of a last day that an officer named
  std::optional<std::string> windows;  // as written(); empty: the rule set's again
  std::optional<std::string> authority, refusal;
  std::optional<UnitId> unit;  // in which it was until this signature, which a reform has ended since
};
BOOST_DESCRIBE_STRUCT(Detail, (), (reason, place, source, windows, authority, refusal, unit))

inline bool of_contact(Kind kind) {
  return kind != Kind::kIsolation;
}

// Answer of an idempotent call: no names.
struct Drafted {
  OrderId order;
};
BOOST_DESCRIBE_STRUCT(Drafted, (), (order))

struct Orders::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  // ---- drafts.cpp, steps.cpp: what is proposed, and what is signed ----
  Task<Result<Order>> draft(Caller caller, NewOrder order, std::optional<store::Once> once);
  Result<Drafted> draft(store::Session& session, const Caller& caller, const NewOrder& order) const;
  Result<Order> propose(store::Session& session, const Caller& caller, OrderId id, const NewStep& step,
                        std::int64_t version) const;
  Result<Order> sign(store::Session& session, const Caller& caller, OrderId id, const Signature& signature,
                     std::int64_t version) const;
  Result<TogetherDone> propose_all(store::Session& session, const Caller& caller, const StepsTogether& steps) const;
  Result<TogetherDone> sign_all(store::Session& session, const Caller& caller, const SignedTogether& orders) const;
  Result<Order> refuse(store::Session& session, const Caller& caller, OrderId id, const Refusal& refusal,
                       std::int64_t version) const;
  // At home the address of the record, and of a registered site its name and address, as they stand now. Errors:
  // invalid (below `at`).
  Result<OrderPlace> place_of(store::Session& session, PersonId person, const OrderPlace& asked,
                              const std::string& at) const;
  // The last day that the law lets it have: its own days, extended once.
  Date lasts_most(const storage::OrderRow& row) const;
  // Which commune answers for an order there; nothing: no such unit.
  std::optional<UnitId> commune_of(const OrderPlace& place, UnitId before) const;
  // An order that stands in the way of one of this kind.
  std::optional<storage::OrderRow> in_the_way(store::Session& session, PersonId person, const std::string& disease,
                                              Kind kind, OrderId but) const;
  // Why nothing may bind, or bind longer, any more: order_no_basis, order_needs_interview.
  std::optional<ErrorCode> basis_gone(store::Session& session, const storage::OrderRow& row) const;
  // A signed isolation ends what bound the person as a contact.
  void replace_others(store::Session& session, const Caller& caller, const storage::OrderRow& by,
                      const std::string& authority) const;
  // Drafts that nobody signed in time.
  void lapse(store::Session& session, std::size_t most) const;
  storage::StepRow step_of(const Caller& caller, OrderId order, StepKind kind, Detail detail) const;
  void decide(store::Session& session, const Caller& caller, storage::StepRow step, StepState state,
              Detail detail) const;
  void tell(store::Session& session, PersonId person) const;

  // ---- seen.cpp: what officers, the person and whoever holds a paper see ----
  // One in the caller's area; looking at it is logged. Errors: not_found, those of Access::require.
  Result<storage::OrderRow> seen(store::Session& session, const Caller& caller, const identity::Action& action,
                                 OrderId id) const;
  Order view(store::Session& session, const Caller& caller, const storage::OrderRow& row, bool whole) const;
  std::vector<OrderPlace> places_now(store::Session& session, std::span<const OrderId> orders) const;  // of each
  // As it stands; or, of one that ended, the order that was in force until then.
  MyOrder mine(store::Session& session, const storage::OrderRow& row, std::string name, bool before_end = false) const;
  // Of the caller, or of a child of the household. Errors: not_found, second_proof_required.
  Result<storage::OrderRow> own(store::Session& session, const Caller& caller, OrderId id) const;
  Result<http::Reply> print(store::Session& session, const storage::OrderRow& row, bool certificate,
                            const pdf::Fonts& fonts) const;
  Result<Verified> verify(store::Session& session, const std::string& code) const;

  // ---- lists.cpp ----
  storage::Search search_of(const Caller& caller, const Filter& filter) const;

  // ---- checks.cpp: windows at home ----
  // The form of the checks of that day, with a rhythm; null: nothing is due.
  const declarations::DatedForm* check_form(const storage::OrderRow& row, Date day) const;
  std::vector<forms::Due> windows_on(const storage::OrderRow& row, Date day) const;
  // After every signature: what is due begins, changes, or ends. The caller writes the row.
  void begin_checks(store::Session& session, storage::OrderRow& row) const;
  AlertId raise(store::Session& session, const storage::OrderRow& row, storage::AlertRow alert) const;
  void withdraw(store::Session& session, const storage::OrderRow& row, const storage::AlertRow& alert) const;
  void note_missed(store::Session& session, const storage::OrderRow& row) const;
  void watch(store::Session& session, std::size_t most) const;
  std::optional<declarations::OrderAsks> asked(store::Session& session, PersonId person, std::string_view form,
                                               Instant at) const;
  void declared(store::Session& session, declarations::DeclarationId id) const;
  // What of a window that was declared its station is told; nothing: what the declaration tells is enough.
  std::optional<AlertId> tell_declared(store::Session& session, const storage::OrderRow& row,
                                       const storage::CheckRow& made, const declarations::Notice& notice) const;
  std::optional<referrals::Alert> alert(store::Session& session, AlertId id) const;
  std::optional<Instant> call_asked(store::Session& session, OrderId order) const;
  Result<Done> ask_call(store::Session& session, const Caller& caller, OrderId id) const;
  // ---- whereabouts.cpp: by consent, whether somebody is there ----
  std::optional<PlaceMark> mark_of(store::Session& session, OrderId order) const;
  Result<Compared> compare(store::Session& session, const Caller& caller, OrderId id, const Position& where) const;
  void forget_points(store::Session& session, std::size_t most) const;

  // ---- needs.cpp ----
  Result<Done> ask(store::Session& session, const storage::OrderRow& order, const NewNeed& need, NeedVia via,
                   const std::optional<std::string>& officer) const;
  Result<Done> tell_need(store::Session& session, const Caller& caller, OrderId id, const ToldNeed& need) const;
  Result<http::Page<Need>> needs(store::Session& session, const Caller& caller, const NeedFilter& filter,
                                 const std::optional<std::string>& cursor, std::size_t limit) const;
  Result<http::Reply> take_out_needs(store::Session& session, const Caller& caller, UnitId unit,
                                     const NeedsOut& wanted) const;
  Result<Done> bring_need(store::Session& session, const Caller& caller, AlertId id) const;
  std::vector<MyNeed> my_needs(store::Session& session, const storage::OrderRow& order) const;
  void seen_to(store::Session& session, referrals::ReferralId id) const;
  std::string words_of(const storage::NeedRow& row) const;

  bool counts(const storage::OrderRow& row, const std::vector<storage::CheckRow>& known, const forms::Due& due) const;
  CheckState state_of(const std::vector<storage::CheckRow>& known, const forms::Due& due) const;
  std::optional<MyChecks> my_checks(store::Session& session, const storage::OrderRow& row) const;
  std::optional<Checks> checks_of(store::Session& session, const storage::OrderRow& row) const;

  // The commune that answers for the unit today, where that is another.
  std::optional<UnitId> successor(UnitId unit) const;
  Detail detail_of(const storage::StepRow& step) const;
  store::Bytes sealed(StepId id, const Detail& detail) const;
  std::string number(const storage::OrderRow& row) const;
  void publish(store::Session& session, const storage::OrderRow& row, const char* type) const;
  Instant now() const { return db.clock().now(); }
  Date today() const { return local_date(now()); }
};

}  // namespace luytre::quarantine
