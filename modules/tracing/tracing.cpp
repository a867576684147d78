#include "modules/tracing/tracing.h"

#include <charconv>

#include "modules/tracing/impl.h"

namespace luytre::tracing {
namespace {

constexpr std::chrono::seconds kLongestAhead{10};  // the others of as many as were confirmed at once are traced within

const std::vector<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

Error wrong_cursor() {
  return wrong_field("?cursor", "format");
}

}  // namespace

const identity::Action kReadContacts{"tracing.candidates", Purpose::kTracing, kOfficers};
const identity::Action kAssign{"tracing.assign", Purpose::kTracing, kOfficers};
const identity::Action kWarn{"tracing.warn", Purpose::kTracing, {Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kWork{"tracing.tasks", Purpose::kFollowUp, kOfficers};
const identity::Action kDeclare{"tracing.declare", Purpose::kTracing, kOfficers};

Tracing::Tracing(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
Tracing::~Tracing() = default;

store::Following Tracing::follow_cases() {
  return {"tracing.cases",
          {"case.confirmed", "case.changed", "case.unconfirmed", "case.discarded", "trace.requested", "person.merged",
           "person.parted", "household.joined", "household.left", "contact.declared", "contact.withdrawn"},
          [impl = impl_.get()](store::Session& s, const store::Event& event) { impl->follow(s, event); },
          [impl = impl_.get()](const store::Event&) { impl->ahead_of_events.clear(); },
          [impl = impl_.get()](std::span<const store::Event> events) {
            impl->trace_ahead(impl->ahead_of_events, kLongestAhead, events.size(),
                              [&](store::Session& s, std::size_t n) { return impl->case_of(s, events[n]); });
          }};
}

store::Recurring Tracing::trace_again() {
  return {"tracing.again", std::chrono::minutes(1), [impl = impl_.get()](store::Session& s) { impl->trace_due(s); },
          [impl = impl_.get()] { impl->trace_due_ahead(); }};
}

store::Recurring Tracing::escalate() {
  return {"tracing.escalate", std::chrono::minutes(1), [impl = impl_.get()](store::Session& s) {
            impl->escalate(s);
            impl->call_for_transfers(s);
          }};
}

std::string Tracing::Impl::seal(std::string_view purpose, std::int64_t row, std::string_view text) const {
  return vault.seal(purpose, std::to_string(row), text);
}

std::string Tracing::Impl::unseal(std::string_view purpose, std::int64_t row, std::string_view sealed) const {
  return vault.unsealed(purpose, std::to_string(row), sealed);
}

std::string cursor_text(std::initializer_list<std::int64_t> parts) {
  std::string out;
  for (const auto part : parts) out.append(out.empty() ? "" : ".").append(std::to_string(part));
  return out;
}

Result<std::vector<std::int64_t>> parse_cursor(const std::optional<std::string>& cursor, std::size_t parts) {
  std::vector<std::int64_t> out;
  if (!cursor) return out;
  const char* at = cursor->data();
  const char* end = at + cursor->size();
  while (at < end) {
    std::int64_t number = 0;
    const auto [next, failed] = std::from_chars(at, end, number);
    if (failed != std::errc() || (next < end && *next != '.')) return wrong_cursor();
    out.push_back(number);
    at = next < end ? next + 1 : next;
  }
  if (out.size() != parts) return wrong_cursor();
  return out;
}

Result<std::int64_t> parse_before(const std::optional<std::string>& cursor) {
  if (!cursor) return INT64_MAX;
  const auto id = parse_id(*cursor);
  if (!id) return wrong_cursor();
  return *id;
}

}  // namespace luytre::tracing
