// What the sources of places share.

#pragma once

#include <atomic>
#include <mutex>

#include "engines/linkage/place_code.h"
#include "modules/places/places.h"
#include "modules/places/registry.h"
#include "modules/places/storage.h"
#include "platform/base/words.h"
#include "platform/identity/codes.h"
#include "platform/identity/limits.h"

namespace luytre::places {

struct Places::Impl {
  Impl(store::Database& db, const geography::Geography& geography, const identity::Access& access,
       const command::Decisions& decisions, const identity::Codes& codes, const identity::Limits& limits,
       const Vault& vault, const Clock& clock, Random& random, const Kinds& kinds, Settings settings);

  store::Database& db;
  const geography::Geography& geography;
  const identity::Access& access;
  const command::Decisions& decisions;
  const identity::Codes& one_time;
  const identity::Limits& limits;
  const Vault& vault;
  const Clock& clock;
  const Kinds& kinds;
  const Settings settings;
  const linkage::PlaceCodes codes;
  Registry registry;

  std::mutex random_guard;  // a seeded Random is not thread-safe
  Random& random;
  std::mutex refresh_guard;
  std::atomic<std::int64_t> refreshed{0};  // steady clock, milliseconds

  // ---- registry ----
  void read_changes(store::Session& session);
  bool stale() const;

  // ---- rows ----
  std::vector<std::string> draw_codes(store::Session& session, std::size_t count);
  void put_words(store::Session& session, PlaceId place, std::string_view name) const;
  Place view(const storage::Whole& whole) const;
  PlaceBrief brief(const storage::PlaceRow& row) const;
  store::Bytes seal(std::string_view purpose, std::int64_t id, std::string_view plain) const;
  storage::PlaceRow new_row(PlaceId id, Instant now) const;

  // The seconds to wait, if the account has asked for too many registrations or claims today.
  std::optional<std::int64_t> asked_again(store::Session& session, AccountId account) const;

  // ---- rights ----
  // The keeper, or an officer who holds the action for the place's unit. A place of somebody else answers not_found to
  // citizens.
  Result<Done> require(store::Session& session, const Caller& caller, const identity::Action& officers,
                       const storage::PlaceRow& place) const;

  // Puts into the registry what the transaction has committed, and answers its view.
  Task<Result<Place>> committed(Task<Result<storage::Whole>> task);
};

std::string joined(const std::vector<std::string>& functions);
std::vector<std::string> split_functions(std::string_view stored);
std::vector<FieldError> check_functions(const std::vector<std::string>& functions);

inline constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer,
                                                       Role::kProvinceOfficer};

}  // namespace luytre::places
