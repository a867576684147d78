// What the parts of Consistency share. Private to this module.

#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include "modules/consistency/storage.h"

namespace luytre::consistency {

struct Consistency::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  std::vector<Source> sources;
  Lists lists;
  Answers answers;
  std::map<std::string, std::vector<Arrivals>, std::less<>> arrivals;  // by event
  std::atomic<std::int64_t> looked{0};                                 // of again(): the last difference, downwards
  Outbreaks outbreaks;
  // Of the outbreaks that were asked for last: they change with decisions, not with declarations.
  mutable std::mutex naming;
  mutable std::shared_ptr<const OutbreakNames> names;

  // ---- following.cpp ----
  void submitted(store::Session& session, declarations::DeclarationId id);
  void withdrawn(store::Session& session, declarations::DeclarationId id);
  struct Comparison {
    std::vector<Difference> found;
    std::optional<storage::ComparedRow> about;  // absent: it says nothing that facts can speak about
  };
  Comparison compared(store::Session& session, declarations::DeclarationId id,
                      const declarations::Notice& notice) const;
  std::shared_ptr<const OutbreakNames> names_of(const std::vector<Outbreak>& known) const;
  // The declaration beside the facts of now; nothing doubles, what is decided stays.
  void again(store::Session& session, declarations::DeclarationId id);
  void answered(store::Session& session, const Answered& what);
  void arrived(store::Session& session, const Arrived& what);
  void found(store::Session& session, declarations::DeclarationId id, const declarations::Notice& notice,
             const Difference& difference);
  void went(store::Session& session, storage::DifferenceRow& row, GoneWhy why);
  store::Bytes vehicle_key(std::string_view word, Date day) const {
    return {vault.blind("consistency.vehicle", std::string(word) + ' ' + to_text(day))};
  }
  std::vector<Sighting> sightings(store::Session& session, PersonId person, Instant at) const;
  void carry_over(store::Session& session, storage::DifferenceRow row, declarations::DeclarationId id,
                  const declarations::Notice& notice, const Difference& found);

  // ---- consistency.cpp ----
  // Whether the caller may see visits of this person: the own record, or a child's.
  bool is_affair_of(store::Session& session, const Caller& caller, PersonId person) const;
  DifferenceView view(store::Session& session, const storage::DifferenceRow& row, bool whole) const;
  // In the officer's area; logged. Errors: not_found, those of Access::require.
  Result<storage::DifferenceRow> seen(store::Session& session, const Caller& caller, DifferenceId id) const;

  void publish(store::Session& session, const storage::DifferenceRow& row, const char* type) const {
    session.publish({type, row.id.value, now(), row.version, row.unit.value});
  }
  Instant now() const { return db.clock().now(); }
  store::Bytes seal(std::string_view what, DifferenceId id, std::string_view text) const {
    return {vault.seal(what, to_text(id), text)};
  }
  std::string unseal(std::string_view what, DifferenceId id, const store::Bytes& sealed) const;
};

inline constexpr std::string_view kEvidenceSeal = "consistency.evidence";
inline constexpr std::string_view kExplanationSeal = "consistency.explanation";
inline constexpr std::string_view kNoteSeal = "consistency.note";

}  // namespace luytre::consistency
