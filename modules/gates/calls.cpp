// What officers see of a gate for a named case, and what comes of asking.

#include "modules/gates/impl.h"

namespace luytre::gates {
namespace {

using store::Session;

constexpr const char* kCardVisits = "card";  // the source of visits that came of cards

const identity::Action kAsk{
    "gates.asked", Purpose::kTracing, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

// Who is not isolated yet is infectious until now, this second included.
std::optional<Interval> window_of(const cases::TracedCase& subject, Instant now) {
  if (!subject.window_from) return std::nullopt;
  return Interval{*subject.window_from, subject.window_to.value_or(now + std::chrono::seconds(1))};
}

Unverified view(const storage::EntryRow& row, StoredClaim claim) {
  return {row.id,
          row.zone,
          row.entered,
          row.how,
          row.heads,
          std::move(claim.name),
          std::move(claim.birth),
          std::move(claim.address),
          std::move(claim.papers),
          std::move(claim.phone),
          row.person};
}

}  // namespace

StoredClaim Gates::Impl::claim_of(Session& session, EntryId id, const std::optional<store::Bytes>& sealed,
                                  std::optional<PersonId> holder) const {
  if (holder) {
    StoredClaim out;
    const auto contact = people.contact_of(session, *holder);
    const auto brief = people.brief(session, *holder);
    if (!contact || !brief) return out;
    out.name = contact->name;
    out.address = contact->address;
    if (brief->birth_year != 0) out.birth = std::to_string(brief->birth_year);
    if (!contact->phones.empty()) out.phone = contact->phones.front();
    return out;
  }
  if (!sealed) return {};
  auto parsed = json::parse<StoredClaim>(vault.unsealed("gates.claim", to_text(id), sealed->data));
  if (!parsed) throw std::runtime_error("an entry's claim cannot be read");
  return std::move(*parsed);
}

Result<Gates::Impl::Calling> Gates::Impl::calling(Session& session, const Caller& caller, CaseId of,
                                                  PlaceId place) const {
  const auto spot = places.spot(place);
  const auto subject = cases::Cases::traced(session, of);
  const identity::Subject where{PersonId{}, spot ? spot->unit : UnitId{}, ""};
  if (const auto allowed = access.require(session, caller, kCallList, where); !allowed) return allowed.error();
  if (!spot || !subject) return kNotFound;
  const auto window = window_of(*subject, clock.now());
  if (!window) return kCaseWithoutWindow;
  return Calling{subject->number, *window, spot->unit};
}

Task<Result<http::Page<Unverified>>> Gates::unverified(const Caller& caller, CaseId of, PlaceId place,
                                                       std::optional<std::string> cursor, std::size_t limit) const {
  const auto before = position_of(cursor);
  if (!before) return refused<http::Page<Unverified>>(wrong_field("?cursor", "format"));
  return impl_->db.transact([impl = impl_.get(), caller, of, place, before = EntryId{*before},
                             limit](Session& s) -> Result<http::Page<Unverified>> {
    const auto calling = impl->calling(s, caller, of, place);
    if (!calling) return calling.error();
    auto rows = storage::unverified(s, place, calling->window, before, limit + 1);
    http::Page<Unverified> page;
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = to_text(rows.back().id);
    }
    std::vector<identity::Access::Shown> known;
    for (const auto& row : rows) {
      page.items.push_back(view(row, impl->claim_of(s, row.id, row.claim, row.person)));
      if (row.person) known.push_back({*row.person, calling->unit});
    }
    impl->access.log_list(s, caller, kCallList, static_cast<std::int64_t>(rows.size()),
                          "case " + calling->number + ", place " + to_text(place));
    impl->access.log_each(s, caller, kCallList, known, identity::note(identity::LogNote::kCaseFile, calling->number));
    return page;
  });
}

Task<Result<http::Page<CardEntry>>> Gates::by_card(const Caller& caller, CaseId of) const {
  return impl_->db.transact([impl = impl_.get(), caller, of](Session& s) -> Result<http::Page<CardEntry>> {
    const auto subject = cases::Cases::traced(s, of);
    if (!subject) return kNotFound;
    const identity::Subject whose{subject->person, subject->unit,
                                  identity::note(identity::LogNote::kCaseFile, subject->number)};
    if (const auto allowed = impl->access.require(s, caller, kCallList, whose); !allowed) return allowed.error();
    const auto window = window_of(*subject, impl->clock.now());
    if (!window) return kCaseWithoutWindow;
    impl->places.refresh(s);
    http::Page<CardEntry> page;
    for (const auto& row : storage::by_card(s, subject->person, *window, kCardEntriesMost)) {
      const auto spot = impl->places.spot(row.place);
      page.items.push_back(
          {row.id, row.place, spot ? spot->place_name : "", row.zone, row.entered, row.asked.has_value()});
    }
    return page;
  });
}

Task<Result<Done>> Gates::asked(const Caller& caller, CaseId of, PlaceId place, EntryId entry) {
  return impl_->db.transact([impl = impl_.get(), caller, of, place, entry](Session& s) -> Result<Done> {
    const auto subject = cases::Cases::traced(s, of);
    const auto row = storage::entry(s, place, entry);
    const auto spot = impl->places.spot(place);
    if (!subject || !row || !row->person || !spot) return kNotFound;
    // Of the case itself, who works on the case; of others, who works at the place.
    const UnitId unit = *row->person == subject->person ? subject->unit : spot->unit;
    const identity::Subject whose{*row->person, unit, identity::note(identity::LogNote::kCaseFile, subject->number)};
    if (const auto allowed = impl->access.require(s, caller, kAsk, whose); !allowed) return allowed.error();
    const auto window = window_of(*subject, impl->clock.now());
    if (!window) return kCaseWithoutWindow;
    if (row->entered >= window->to || row->until <= window->from) return kNotFound;
    if (row->asked) return Done{};
    const visits::ImportedVisit visit{kCardVisits, to_text(row->id), *row->person, place, row->zone, row->entered, {}};
    const auto made = impl->visits.import_visits(s, std::span(&visit, 1));
    if (!made.rejected.empty()) return made.rejected.front().error;
    storage::mark_asked(s, place, entry, impl->clock.now());
    return Done{};
  });
}

}  // namespace luytre::gates
