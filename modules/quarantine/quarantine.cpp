#include "modules/quarantine/quarantine.h"

#include <algorithm>

#include "modules/cards/reply.h"
#include "modules/people/adults.h"
#include "modules/quarantine/impl.h"
#include "modules/quarantine/site_storage.h"
#include "platform/base/conflict.h"

namespace luytre::quarantine {
namespace {

using store::Session;

constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::size_t kRetentionStep = 1000;
constexpr std::chrono::seconds kWatchEvery{10};  // a window ends for everybody at once
constexpr std::size_t kWatchStep = 500;

}  // namespace

const identity::Action kWork{"quarantine.work",
                             Purpose::kCaseManagement,
                             {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kSign{
    "quarantine.sign", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}};

Orders::Orders(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
Orders::~Orders() = default;

Task<Result<Order>> Orders::draft(const Caller& caller, NewOrder order, std::optional<store::Once> once) {
  return impl_->draft(caller, std::move(order), std::move(once));
}

Task<Result<Order>> Orders::find(const Caller& caller, OrderId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Order> {
    const auto row = impl->seen(s, caller, kWork, id);
    if (!row) return row.error();
    return impl->view(s, caller, *row, true);
  });
}

Task<Result<Order>> Orders::propose(const Caller& caller, OrderId id, NewStep step, std::int64_t version) {
  auto editing = impl_->db.transact([impl = impl_.get(), caller, id, step = std::move(step), version](Session& s) {
    return impl->propose(s, caller, id, step, version);
  });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

Task<Result<Order>> Orders::sign(const Caller& caller, OrderId id, Signature signature, std::int64_t version) {
  auto editing = impl_->db.transact([impl = impl_.get(), caller, id, signature = std::move(signature),
                                     version](Session& s) { return impl->sign(s, caller, id, signature, version); });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

Task<Result<TogetherDone>> Orders::propose_all(const Caller& caller, StepsTogether steps,
                                               std::optional<store::Once> once) {
  if (impl_->access.areas(caller, kWork).empty()) return refused<TogetherDone>(kNotPermitted);
  auto write = [impl = impl_.get(), caller, steps = std::move(steps)](Session& s) {
    return impl->propose_all(s, caller, steps);
  };
  return once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write));
}

Task<Result<TogetherDone>> Orders::sign_all(const Caller& caller, SignedTogether orders,
                                            std::optional<store::Once> once) {
  if (impl_->access.areas(caller, kSign).empty()) return refused<TogetherDone>(kNotPermitted);
  auto write = [impl = impl_.get(), caller, orders = std::move(orders)](Session& s) {
    return impl->sign_all(s, caller, orders);
  };
  return once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write));
}

Task<Result<Order>> Orders::refuse(const Caller& caller, OrderId id, Refusal refusal, std::int64_t version) {
  auto editing = impl_->db.transact([impl = impl_.get(), caller, id, refusal = std::move(refusal),
                                     version](Session& s) { return impl->refuse(s, caller, id, refusal, version); });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

Task<Result<http::Reply>> Orders::pdf(const Caller& caller, OrderId id, bool certificate) {
  auto fonts = cards::fonts_in(impl_->settings.font_folders);
  if (!fonts) return refused<http::Reply>(fonts.error());
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, certificate, fonts = *std::move(fonts)](Session& s) -> Result<http::Reply> {
        const auto row = impl->seen(s, caller, kWork, id);
        if (!row) return row.error();
        return impl->print(s, *row, certificate, fonts);
      });
}

Task<Result<http::Page<MyOrder>>> Orders::mine(const Caller& caller) {
  using Shown = http::Page<MyOrder>;
  if (caller.account.value == 0) return refused<Shown>(kUnauthenticated);
  if (!caller.full) return refused<Shown>(kSecondProofRequired);
  return impl_->db.read([impl = impl_.get(), caller](Session& s) -> Result<Shown> {
    std::vector<people::People::Wanted> wanted;
    for (const PersonId person : people::People::household_people(s, caller.account))
      wanted.push_back({caller.account, person});
    const auto members = people::People::members(s, wanted);
    Shown page;
    for (const auto& member : members) {
      const auto brief = member ? impl->people.brief(s, member->person) : std::nullopt;
      if (!brief || !people::sees_affairs(member->relation, brief->birth_year, impl->today())) continue;
      for (const storage::OrderRow& row : storage::of_person(s, member->person))
        if (row.revision > 0) page.items.push_back(impl->mine(s, row, brief->name));
    }
    std::sort(page.items.begin(), page.items.end(), [](const MyOrder& a, const MyOrder& b) { return b.id < a.id; });
    return page;
  });
}

Task<Result<Done>> Orders::read(const Caller& caller, OrderId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Done> {
    const auto row = impl->own(s, caller, id);
    if (!row) return row.error();
    storage::mark_read(s, id, impl->now());
    return Done{};
  });
}

Task<Result<http::Reply>> Orders::my_pdf(const Caller& caller, OrderId id, bool certificate) {
  auto fonts = cards::fonts_in(impl_->settings.font_folders);
  if (!fonts) return refused<http::Reply>(fonts.error());
  return impl_->db.read(
      [impl = impl_.get(), caller, id, certificate, fonts = *std::move(fonts)](Session& s) -> Result<http::Reply> {
        const auto row = impl->own(s, caller, id);
        if (!row) return row.error();
        return impl->print(s, *row, certificate, fonts);
      });
}

Task<Result<Done>> Orders::ask_call(const Caller& caller, OrderId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) { return impl->ask_call(s, caller, id); });
}

Task<Result<Done>> Orders::ask_need(const Caller& caller, OrderId id, NewNeed need) {
  return impl_->db.transact([impl = impl_.get(), caller, id, need = std::move(need)](Session& s) -> Result<Done> {
    const auto row = impl->own(s, caller, id);
    if (!row) return row.error();
    return impl->ask(s, *row, need, NeedVia::kApp, std::nullopt);
  });
}

Task<Result<Done>> Orders::tell_need(const Caller& caller, OrderId id, ToldNeed need) {
  return impl_->db.transact([impl = impl_.get(), caller, id, need = std::move(need)](Session& s) {
    return impl->tell_need(s, caller, id, need);
  });
}

Task<Result<Done>> Orders::bring_need(const Caller& caller, AlertId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) { return impl->bring_need(s, caller, id); });
}

Task<Result<http::Page<Need>>> Orders::needs(const Caller& caller, NeedFilter filter, std::optional<std::string> cursor,
                                             std::size_t limit) {
  if (impl_->access.areas(caller, kWork).empty() && impl_->access.areas(caller, kKeep).empty())
    return refused<http::Page<Need>>(kNotPermitted);
  return impl_->db.transact([impl = impl_.get(), caller, filter, cursor = std::move(cursor), limit](Session& s) {
    return impl->needs(s, caller, filter, cursor, limit);
  });
}

Task<Result<http::Reply>> Orders::take_out(const Caller& caller, UnitId unit, NeedsOut wanted) {
  return impl_->db.transact([impl = impl_.get(), caller, unit, wanted = std::move(wanted)](Session& s) {
    return impl->take_out_needs(s, caller, unit, wanted);
  });
}

Task<Result<Compared>> Orders::compare(const Caller& caller, OrderId id, Position where) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, where](Session& s) { return impl->compare(s, caller, id, where); });
}

std::optional<declarations::OrderAsks> Orders::asked(Session& session, PersonId person, std::string_view form,
                                                     Instant at) const {
  return impl_->asked(session, person, form, at);
}

std::optional<referrals::Alert> Orders::alert(Session& session, AlertId id) const {
  return impl_->alert(session, id);
}

store::Following Orders::follow() {
  return {"quarantine.checks",
          {"declaration.submitted", "referral.done"},
          [impl = impl_.get()](Session& s, const store::Event& event) {
            if (event.type == "referral.done")
              impl->seen_to(s, referrals::ReferralId{event.subject});
            else
              impl->declared(s, declarations::DeclarationId{event.subject});
          },
          {}};
}

store::Recurring Orders::watch() {
  return {"quarantine.watch", kWatchEvery, [impl = impl_.get()](Session& s) {
            impl->watch(s, kWatchStep);
            impl->forget_points(s, kWatchStep);
          }};
}

Task<Result<Verified>> Orders::verify(Scanned scanned) const {
  return impl_->db.read([impl = impl_.get(), code = std::move(scanned.code)](Session& s) -> Result<Verified> {
    return impl->verify(s, code);
  });
}

store::Recurring Orders::retention() {
  return {"quarantine.retention", kRetentionEvery, [impl = impl_.get()](Session& s) {
            const Instant now = impl->now();
            impl->lapse(s, kRetentionStep);
            storage::retain(s, impl->db.ids(), now, now - kKept, kRetentionStep);
            storage::remove_calls(s, now - kKept);
          }};
}

}  // namespace luytre::quarantine
