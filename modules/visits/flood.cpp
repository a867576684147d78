// Check-ins and check-outs, a batch at a time.

#include <map>

#include "modules/places/merged.h"
#include "modules/visits/impl.h"
#include "modules/visits/ledger.h"
#include "platform/identity/consents.h"

namespace luytre::visits {
namespace {

using store::Session;

constexpr std::int64_t kNightEnds = 5 * 3600;  // local time of day

std::string in_days(std::chrono::hours hours) {
  return std::to_string(hours.count() / 24);
}

bool at_night(Instant t) {
  return (t - local_midnight(local_date(t))).count() < kNightEnds;
}

// Where a batch stands with one of its requests.
struct Standing {
  std::optional<Error> refused;
  PersonId person;
  std::optional<storage::VisitRow> leaving;  // of a check-out
};

// Whose visits the requests are about: the household's, the code's, or the visit's.
void find_people(Session& session, std::span<const Request> requests, std::vector<Standing>& standings) {
  std::vector<VisitId> left;
  std::vector<std::size_t> leaving;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (standings[i].refused || !requests[i].leaving) continue;
    left.push_back(*requests[i].leaving);
    leaving.push_back(i);
  }
  auto visits = storage::find(session, left);
  for (std::size_t i = 0; i < leaving.size(); ++i) {
    standings[leaving[i]].leaving = std::move(visits[i]);
    if (!standings[leaving[i]].leaving) standings[leaving[i]].refused = kNotFound;
  }

  std::vector<people::People::Wanted> wanted;
  std::vector<std::size_t> asking;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Standing& standing = standings[i];
    if (standing.refused) continue;
    if (requests[i].shown) {
      standing.person = requests[i].person.value();
      continue;
    }
    const auto person = standing.leaving ? std::optional(standing.leaving->person) : requests[i].person;
    wanted.push_back({requests[i].account, person});
    asking.push_back(i);
  }
  if (wanted.empty()) return;
  const auto members = people::People::members(session, wanted);
  for (std::size_t i = 0; i < asking.size(); ++i) {
    Standing& standing = standings[asking[i]];
    if (members[i]) {
      standing.person = members[i]->person;
    } else if (standing.leaving) {
      standing.refused = kNotFound;  // somebody else's visit
    } else {
      standing.refused = wanted[i].person ? people::kNotInHousehold : people::kNoOwnRecord;
    }
  }
}

// Who checks in by the own app agrees to be traced. Leaving only ends what has begun.
void ask_consent(Session& session, const identity::Consents& consents, std::span<const Request> requests,
                 std::vector<Standing>& standings) {
  std::vector<identity::Consents::Act> acts;
  std::vector<std::size_t> asking;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (standings[i].refused || requests[i].leaving || requests[i].shown) continue;
    acts.push_back({requests[i].account, requests[i].at});
    asking.push_back(i);
  }
  auto refusals = consents.refusals(session, identity::ConsentPurpose::kTracing, acts);
  for (std::size_t i = 0; i < asking.size(); ++i) standings[asking[i]].refused = std::move(refusals[i]);
}

std::optional<Error> refusal_to_leave(const storage::VisitRow& visit, const Request& request) {
  if (!visit.estimated && visit.departed != request.at) return Error(kCheckedOut);
  if (request.at <= visit.entered) return Error(kOutBeforeIn);
  if (request.at > visit.entered + kLongest) return Error(kStayTooLong, {{"days", in_days(kLongest)}});
  return std::nullopt;
}

}  // namespace

std::optional<Error> Visits::Impl::refusal(const Request& request) const {
  if (request.at > request.recorded + kClockSkew) return Error(kTimeInFuture);
  if (request.leaving || request.leaving_place) return std::nullopt;
  if (request.refused) return Error(*request.refused);
  if (request.at < request.recorded - kLatest) return Error(kTimeTooOld, {{"days", in_days(kLatest)}});
  // The registry may have learnt more since the request was read.
  const auto spot = places.spot(request.spot->place, request.spot->zone);
  const auto closed = spot ? spot->closed_at : request.spot->closed_at;
  if (closed && request.at >= *closed) return Error(places::kPlaceClosed);
  if (!settings.study && !decisions.in_force(command::Switch::kCheckIn, request.spot->unit, request.at))
    return Error(kNotInForce);
  return std::nullopt;
}

storage::VisitRow Visits::Impl::row_of(const Request& request, PersonId person) const {
  storage::VisitRow row;
  row.id = db.ids().make<VisitId>();
  row.place = request.spot->place;
  row.zone = request.spot->area();
  row.person = person;
  row.entered = request.at;
  row.expected = request.at + std::chrono::minutes(request.spot->kind->usual_stay_minutes);
  row.capacity = request.capacity;
  row.source = request.source;
  if (request.at + kLateAfter < request.recorded) row.flags |= storage::bit_of(Flag::kLate);
  if (!request.spot->kind->nights && at_night(request.at)) row.flags |= storage::bit_of(Flag::kOddHours);
  row.recorded = request.recorded;
  row.unit = request.spot->unit;
  return row;
}

std::vector<Result<Receipt>> Visits::Impl::batch(Session& session, std::span<const Request> requests) {
  places.refresh(session);
  std::vector<Standing> standings(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) standings[i].refused = refusal(requests[i]);
  find_people(session, requests, standings);
  if (settings.consents) ask_consent(session, *settings.consents, requests, standings);

  Ledger ledger(session, clock.now());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!standings[i].refused)
      ledger.want(standings[i].person, standings[i].leaving ? standings[i].leaving->entered : requests[i].at);
  }
  ledger.fetch();

  std::map<PlaceId, std::vector<PlaceId>> doors;
  const auto registrations = [&](PlaceId place) -> const std::vector<PlaceId>& {
    const auto [door, first] = doors.try_emplace(place);
    if (first) door->second = places::registrations(session, place);
    return door->second;
  };

  std::vector<Result<Receipt>> answers;
  answers.reserve(requests.size());
  const auto answer = [&](const storage::VisitRow& row) { answers.emplace_back(Receipt{row.id, view(row)}); };
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Standing& standing = standings[i];
    if (!standing.refused && requests[i].leaving_place) {
      standing.leaving = ledger.last_at(standing.person, registrations(*requests[i].leaving_place), requests[i].at);
      if (!standing.leaving) standing.refused = kNotHere;
    }
    if (!standing.refused && standing.leaving) {
      // As it is now: an earlier request of this batch may have changed it.
      const auto visit = ledger.find(standing.person, standing.leaving->id);
      standing.refused = visit ? refusal_to_leave(*visit, requests[i]) : std::optional(Error(kNotFound));
      if (!standing.refused && !visit->estimated) {
        answer(*visit);  // the same check-out once more
        continue;
      }
    }
    if (standing.refused) {
      answers.emplace_back(std::move(*standing.refused));
    } else if (standing.leaving) {
      answer(ledger.check_out(standing.person, standing.leaving->id, requests[i].at));
    } else {
      answer(ledger.check_in(row_of(requests[i], standing.person)).row);
    }
  }
  ledger.write();
  return answers;
}

}  // namespace luytre::visits
