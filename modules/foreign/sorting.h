// Sorting: one batch's lines within one transaction: where and whose each is, and to its room with it. Private to this
// room.

#pragma once

#include <map>

#include "modules/foreign/lines.h"
#include "modules/foreign/storage.h"

namespace luytre::foreign {

class Sorting {
 public:
  // `areas`: where the sender may act. `only`: lines that were sorted before are looked at for this person alone, who
  // has come since. `discreet`: whoever sends must not learn whom we know, so that what is refused of a known person's
  // line alone waits as a claim.
  Sorting(const Parts& parts, store::Session& session, const storage::BatchRow& batch, std::vector<UnitId> areas,
          std::optional<PersonId> only = {}, bool discreet = false);

  struct Entry {
    const Told* told = nullptr;
    std::string key;  // tells it from others
    std::optional<tables::Flaw> flaw;
    std::optional<PersonId> person;  // with neither: a claim
    places::SpotPtr spot;            // of a visit, or where a declaration was asked for
    std::optional<declarations::DeclarationId> declaration;
  };
  // Judges each, and gives those that have found their person to the room; what that refuses has a flaw then.
  void run(std::vector<Entry>& entries);
  // Judges each and gives nothing.
  void check(std::vector<Entry>& entries);

 private:
  void judge(Entry& entry);
  std::optional<tables::Flaw> place(Entry& entry);
  std::optional<declarations::NewDeclaration> asked(const Entry& entry) const;
  std::optional<tables::Flaw> claimable(const Entry& entry) const;
  std::optional<PersonId> person(const Told& told);
  std::optional<UnitId> towards(const Told& told) const;
  bool concerns_here(PersonId person, const Told& told);
  bool proven(PersonId person, const std::string& paper);
  void give_visits(std::vector<Entry>& entries);
  void give(Entry& entry);  // a declaration

  const Parts& parts_;
  store::Session& session_;
  const storage::BatchRow& batch_;
  const std::vector<UnitId> areas_;
  const std::optional<PersonId> only_;
  const bool discreet_;
  const Instant now_;
  std::map<std::string, places::SpotPtr, std::less<>> places_;  // by the unit's own id
};

// Keyed hashes of papers and phones: by what a claim and a person are brought together.
std::vector<store::Bytes> clues_of(const Vault& vault, std::span<const std::string> papers,
                                   std::span<const std::string> phones);
// Of visits in their room.
std::string source_of(const storage::BatchRow& batch);
const char* form_id(Form form);

}  // namespace luytre::foreign
