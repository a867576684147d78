#include "modules/people/duplicates.h"
#include "modules/people/officers.h"

namespace luytre::people {
namespace {

using http::Call;

}  // namespace

void routes(http::Router& router, Duplicates& duplicates) {
  router.post("/people/{id}/duplicates/look")
      .summary("Records of my area that may be the same person, with the reasons field by field; in the access log")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, identity::kReasonRequired})
      .handle([&duplicates](Call& call, Look look) {
        return duplicates.of_person(call.caller(), call.id<PersonId>(), std::move(look.reason));
      });
  router.post("/person-duplicates")
      .summary("The same for somebody who is being written down; nothing is kept of what is asked")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({identity::kReasonRequired})
      .handle([&duplicates](Call& call, PersonDraft draft) {
        return duplicates.of_draft(call.caller(), std::move(draft));
      });
  router.post("/person-duplicates/tell-apart")
      .summary("The two are not the same person; they are not proposed again")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kSamePerson, kPersonMerged, identity::kReasonRequired})
      .handle(
          [&duplicates](Call& call, PersonPair pair) { return duplicates.tell_apart(call.caller(), std::move(pair)); });
  router.post("/person-merges")
      .summary("One record counts as the other from now on, until it is undone; households and accounts stay")
      .permit(kOfficers, Purpose::kCaseManagement)
      .status(201)
      .errors({kSamePerson, kPersonsUnlike, kPersonMerged, kPersonHasMerged, identity::kReasonRequired})
      .handle([&duplicates](Call& call, NewPersonMerge merge) {
        return duplicates.merge(call.caller(), std::move(merge));
      });
  router.post("/person-merges/{id}/undo")
      .summary("Undo a merge: the two records count for themselves again")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kPersonMergeUndone, identity::kReasonRequired})
      .handle([&duplicates](Call& call, MergeUndoing undoing) {
        return duplicates.undo(call.caller(), call.id<PersonMergeId>(), undoing.reason);
      });
  router.post("/people/{id}/merges/look")
      .summary("What was merged into a record, or the record into what, undone merges among them; in the access log")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, identity::kReasonRequired})
      .handle([&duplicates](Call& call, Look look) {
        return duplicates.of_record(call.caller(), call.id<PersonId>(), std::move(look.reason));
      });
}

}  // namespace luytre::people
