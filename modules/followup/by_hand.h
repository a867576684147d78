// Follow-up by an officer's word, where no rule says how long.
//
// A contact with a class of which the disease's file has no rule for that day is not forgotten: it waits, for every
// officer of its unit and above, on the list of what nobody has (GET /waiting), a level higher each
// staff::kComesUpAfter, until an officer says for how many days from the last exposure it is followed, or that nobody
// follows, and why. Who is followed so is followed as any other, and the reason says that it was an officer. It waits
// no longer when the person has an open follow-up of the disease by another contact, is a confirmed case themselves, or
// when class or case went. What was said stays with the class it was said of, and can be said anew. Note and source are
// sealed. Deleted kKept after it was said, or with its follow-up; a contact that waits is never deleted.

#pragma once

#include "modules/followup/followup.h"

namespace luytre::followup {

inline constexpr std::int64_t kByHandMost = 400;  // days, as in the files of diseases

struct NewByHand {
  std::optional<std::int64_t> days;  // 1 to kByHandMost, and not over yet; absent: nobody follows
  Note<300> note;                    // why
  std::optional<Note<300>> source;   // which text says so, or who decided; with days it is required
};
BOOST_DESCRIBE_STRUCT(NewByHand, (), (days, note, source))

struct Unruled {
  tracing::CandidateId candidate;
  people::PersonBrief person;
  CaseId case_;
  std::string case_number;
  std::string disease;
  tracing::Class class_ = tracing::Class::kF1;
  UnitId unit;  // that is to follow
  std::string unit_name;
  Instant since;  // when the class was given
  std::optional<Date> last_exposure;
  std::optional<ByHand> said;           // absent: nobody has
  bool ill = false;                     // a case of the person's own was confirmed since
  std::optional<FollowUpId> follow_up;  // open, of the person for this disease, whatever its reason
  bool yours = false;                   // the caller may say
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Unruled, (),
                      (candidate, person, case_, case_number, disease, class_, unit, unit_name, since, last_exposure,
                       said, ill, follow_up, yours, version))

}  // namespace luytre::followup
