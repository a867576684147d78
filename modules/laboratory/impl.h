// What the sources of the laboratory share.

#pragma once

#include "modules/laboratory/storage.h"
#include "modules/laboratory/work_lists.h"
#include "platform/tables/sheet.h"

namespace luytre::laboratory {

inline constexpr std::size_t kCodeLeast = 3;  // characters of a barcode
inline constexpr std::size_t kBatchesShown = 50;
inline constexpr double kCtMost = 60;             // cycles; instruments end at 40 to 50
inline constexpr std::chrono::minutes kAhead{2};  // clocks of cheap phones
inline constexpr std::size_t kLaboratoriesMost = 1'000;

// Who writes a result down, and for which laboratory.
struct Recorder {
  LaboratoryId laboratory;
  AccountId account;
  std::string name;
  std::optional<store::Bytes> report = std::nullopt;  // that said it
};

// A result before it is a tube's.
struct Found {
  Method method = Method::kPcr;
  Outcome outcome = Outcome::kNegative;
  std::optional<double> ct;
  Instant at;
  bool whole_day = false;  // `at` is the beginning of the day that was said
  std::optional<std::string> lineage = std::nullopt;
};

enum class Recorded { kTaken, kSame };

struct Laboratory::Impl : Needs {
  explicit Impl(Needs needs) : Needs(std::move(needs)) {}

  Instant now() const { return db.clock().now(); }
  Date today() const { return local_date(now()); }

  // Units of the caller's areas for lists. Errors: unauthenticated, second_proof_required, not_permitted.
  Result<std::vector<UnitId>> units(const Caller& caller, const identity::Action& action) const;
  // Who has no right learns nothing of it.
  Result<storage::SessionRow> session_of(store::Session& session, const Caller& caller, SessionId id) const;
  Result<storage::LaboratoryRow> worked(store::Session& session, const Caller& caller, LaboratoryId id) const;
  // Known, and sent to the laboratory.
  static Result<storage::TubeRow> tube_of(store::Session& session, LaboratoryId laboratory, std::string_view code);
  // A row of the access log for each whom the caller has not been shown today.
  Result<Done> log_look(store::Session& session, const Caller& caller, UnitId unit, std::string_view why,
                        std::span<const PersonId> persons) const;
  Result<Done> log_look(store::Session& session, const Caller& caller, std::string_view why,
                        std::span<const identity::Access::Shown> shown) const;
  // The page with its people, in the order of `shown`, and the look at them.
  template <class T>
  Result<http::Page<T>> named(store::Session& session, const Caller& caller, std::string_view why,
                              const std::vector<identity::Access::Shown>& shown, http::Page<T> page) const {
    if (auto logged = log_look(session, caller, why, shown); !logged) return logged.error();
    std::vector<PersonId> persons;
    for (const auto& one : shown) persons.push_back(one.person);
    const auto briefs = people.briefs(session, persons);
    for (std::size_t i = 0; i < persons.size(); ++i)
      if (const auto brief = briefs.find(persons[i]); brief != briefs.end()) page.items[i].person = brief->second;
    return page;
  }

  SamplingSession view(store::Session& session, const storage::SessionRow& row) const;
  std::vector<SamplingSession> view(store::Session& session, std::span<const storage::SessionRow> rows) const;
  TestResult view(const storage::ResultRow& row) const;
  // With the samples and results of just these.
  std::vector<TubeSeen> view(store::Session& session, const std::vector<storage::TubeRow>& tubes,
                             const std::vector<storage::SampleRow>& samples,
                             const std::vector<storage::ResultRow>& results) const;
  struct TubesRead {
    UnitId unit;
    std::vector<PersonId> persons;
    http::Page<TubeSeen> page;
  };
  Task<Result<http::Page<TubeSeen>>> tubes(Caller caller, SessionId id) const;
  LaboratoryBrief view(const Caller& caller, const storage::LaboratoryRow& row) const;
  Batch view(store::Session& session, const storage::BatchRow& row) const;
  LaboratoryTube lab_view(store::Session& session, const storage::TubeRow& row) const;
  LaboratoryTube lab_view(const storage::TubeRow& row, std::span<const storage::ResultRow> results) const;
  Turnaround turnaround(store::Session& session, LaboratoryId laboratory) const;

  // Which of the two the sample is of. Errors: invalid, those of people::shown and of Access::require.
  Result<PersonId> sampled(store::Session& session, const Caller& caller, const storage::SessionRow& row,
                           const NewSample& asked, Instant at) const;
  // Into an existing tube or a new one. Errors: tube_taken, pool_full, sampling_full.
  Result<storage::TubeRow> tube_for(store::Session& session, const storage::SessionRow& row, const std::string& code,
                                    PersonId person, Instant at) const;

  // The person's open tasks, by a sample of this person alone.
  void done(store::Session& session, const std::string& disease, const storage::SampleRow& sample) const;

  // Writes the result down, with all that follows from it. `reason`: it corrects what stands. Errors: invalid (range,
  // before_sample, time_in_future), result_stands.
  Result<Recorded> take(store::Session& session, storage::TubeRow tube, const Found& found, const Recorder& who,
                        const std::optional<std::string>& reason) const;
  // After the tube's results changed.
  void resample(store::Session& session, const storage::TubeRow& tube) const;
  // Of one person and by a method that confirms; definitions tie rapid tests to symptoms or an epidemiological link,
  // which officers weigh in the case.
  bool offered(const storage::TubeRow& tube, Method method, Outcome outcome) const;

  // One person's, and by a method that the disease's file names and that finds what is there now.
  bool suspicious(const storage::TubeRow& tube, Method method, Outcome outcome) const;
  // After a result of the tube came, or what came of the tube is nobody's: reports a suspect, or takes it back.
  void judge(store::Session& session, TubeId id) const;
  // A result that neither reports anybody nor is offered, of somebody without an open case: for an officer to weigh.
  void keep_late(store::Session& session, const storage::TubeRow& tube, const storage::SampleRow& sample,
                 const storage::ResultRow& result) const;
  // With a case of the disease there is nothing left of the person to weigh.
  void taken_up(store::Session& session, CaseId id) const;
  // Whether the disease's file and the laboratory let the result confirm by itself.
  bool affirmed(store::Session& session, const storage::TubeRow& tube, const storage::ResultRow& result) const;
  // Of somebody with an open case of these weeks whom nobody but officers suspected: where the disease's file and the
  // laboratory let it.
  void confirm_at_once(store::Session& session, const storage::TubeRow& tube, const storage::SampleRow& sample,
                       const storage::ResultRow& result) const;
  // An officer, or something that an officer did, changed a case.
  void changed(store::Session& session, const store::Event& event) const;
  // Offered, or reported a suspect whom nobody has looked at, or nobody; as the filter has them, after the spot.
  struct Open {
    storage::ResultRow result;
    std::optional<CaseId> suspect;
    bool confirmed = false;  // by itself
    bool late = false;       // reported nobody, is not offered
    Cursor at;               // in the list
  };
  // What lists say of them; without the tube, or with more samples in it than one, it is on none.
  struct Named {
    storage::ResultRow result;
    storage::TubeRow tube;
    storage::SampleRow sample;
    std::optional<cases::CaseLink> suspect;
    bool confirmed = false, late = false;
  };
  std::vector<Named> with_tubes(store::Session& session, std::span<const Open> open) const;
  std::vector<Open> open_positives(store::Session& session, std::span<const UnitId> units, const PositiveFilter& filter,
                                   std::optional<Cursor> after, std::size_t most) const;

  // Of the units, as the filter has them, after the spot (work_lists.cpp).
  std::vector<storage::SessionRow> sessions(store::Session& session, std::span<const UnitId> units,
                                            const SessionFilter& filter, Cursor after, std::size_t most) const;
  std::vector<storage::TaskRow> tasks(store::Session& session, std::span<const UnitId> units, const AgainFilter& filter,
                                      Cursor after, std::size_t most) const;
  // How somebody's line in a file begins: kPersonColumns.
  std::vector<tables::Cell> cells(const people::PersonBrief& person) const;
  static tables::Sheet sheet_of_people(std::span<const char* const> columns);  // after those

  std::vector<OwnTest> tests(store::Session& session, std::span<const PersonId> persons) const;
  Task<Result<CaseMade>> make_case(Caller caller, ResultId id) const;

  store::Bytes seal(const char* what, std::int64_t id, std::string_view plain) const {
    return {vault.seal(what, std::to_string(id), plain)};
  }
  std::string unseal(const char* what, std::int64_t id, const store::Bytes& sealed) const {
    return vault.unsealed(what, std::to_string(id), sealed.data);
  }
};

// Errors: unauthenticated, second_proof_required.
inline std::optional<Error> not_in(const Caller& caller) {
  if (caller.account.value == 0) return Error(kUnauthenticated);
  if (!caller.full) return Error(kSecondProofRequired);
  return std::nullopt;
}

// A barcode in capitals; empty: it is none.
std::optional<std::string> barcode(std::string_view written);
std::optional<Error> ct_fault(Method method, const std::optional<double>& ct);
// Of what is positive, and by a method that can tell.
std::optional<Error> lineage_fault(const Found& found);

inline const identity::Action kSample{"laboratory.sample",
                                      Purpose::kCaseManagement,
                                      {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
inline const identity::Action kRead{"laboratory.read",
                                    Purpose::kCaseManagement,
                                    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
inline const identity::Action kReadWhy{"laboratory.read",
                                       Purpose::kCaseManagement,
                                       {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                                       true};
inline const identity::Action kWork{
    "laboratory.work", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}};
// Handing results over is open to laboratories' systems, too; all else to officers alone.
inline const identity::Action kHandOver{
    "laboratory.work", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kIntegrator}};
inline const identity::Action kWeigh{
    "laboratory.weigh", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};
inline const identity::Action kRegister{"laboratory.register", Purpose::kCaseManagement, {Role::kProvinceOfficer}};

inline constexpr const char* kPersonColumns[] = {"name", "birthYear", "sex", "commune"};

inline constexpr const char* kSiteSeal = "laboratory.site";
inline constexpr const char* kReasonSeal = "laboratory.reason";
inline constexpr const char* kWithdrawnSeal = "laboratory.withdrawn";
inline constexpr const char* kWeighedSeal = "laboratory.weighed";

}  // namespace luytre::laboratory
