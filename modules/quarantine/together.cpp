// Many steps at once: each judged as if it were alone.

#include "modules/quarantine/impl.h"

namespace luytre::quarantine {
namespace {

TogetherLine line_of(OrderId order, const Result<Order>& done) {
  TogetherLine out;
  out.order = order;
  if (done)
    out.version = done->version;
  else
    out.refused = done.error().code;
  return out;
}

bool fits(std::size_t lines) {
  return lines > 0 && lines <= kTogetherMost;
}

}  // namespace

Result<TogetherDone> Orders::Impl::propose_all(store::Session& session, const Caller& caller,
                                               const StepsTogether& asked) const {
  if (!fits(asked.items.size())) return wrong_field("/items", "range");
  TogetherDone out;
  for (const StepLine& one : asked.items)
    out.items.push_back(line_of(one.order, propose(session, caller, one.order, one.step, one.version)));
  return out;
}

Result<TogetherDone> Orders::Impl::sign_all(store::Session& session, const Caller& caller,
                                            const SignedTogether& asked) const {
  if (!fits(asked.items.size())) return wrong_field("/items", "range");
  if (asked.authority.empty()) return wrong_field("/authority", "required");
  TogetherDone out;
  for (const SignLine& one : asked.items)
    out.items.push_back(line_of(one.order, sign(session, caller, one.order, {asked.authority}, one.version)));
  return out;
}

}  // namespace luytre::quarantine
