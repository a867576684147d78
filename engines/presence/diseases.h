// Diseases the system knows: facts with sources, one TOML file each in data/diseases (its README says how to write
// one). Read once; immutable afterwards; thread-safe. A file that is wrong, or that does not do what its own cases say,
// stops the start with its name, line, member and reason.
//
// What changes with the law is dated: an entry holds from `from` until before `to`, Vietnamese local days; those of one
// kind never overlap. What a file leaves out has no source, and `left_out` says so.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/presence/rulesets.h"

namespace luytre::presence {

struct Days {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
BOOST_DESCRIBE_STRUCT(Days, (), (least, most))

struct LegalGroup {
  std::string group;  // of the law on infectious diseases: A, B or C
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(LegalGroup, (), (group, from, to, source))

// Within how many hours of the diagnosis a case must be notified.
struct Notification {
  std::int64_t hours = 0;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(Notification, (), (hours, from, to, source))

enum class Defines { kSuspect, kProbable, kConfirmed };
BOOST_DESCRIBE_ENUM(Defines, kSuspect, kProbable, kConfirmed)

struct CaseDefinition {
  Defines classification = Defines::kSuspect;
  Wording text;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(CaseDefinition, (), (classification, text, from, to, source))

struct ContactClass {
  std::string contact_class;  // F1, F2; or kNobody
  Wording text;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(ContactClass, (), (contact_class, text, from, to, source))

// The class of who is no contact. A file that has an entry of it says that nobody is one: it stands beside no other.
inline constexpr std::string_view kNobody = "none";

struct ContactQuestion {
  std::string id;  // an answer is kept under it
  Wording text;
  Wording brief;           // where answers are compared
  bool compulsory = true;  // no class before it is answered; "not known" is an answer
};
BOOST_DESCRIBE_STRUCT(ContactQuestion, (), (id, text, brief, compulsory))

// What a contact is asked before an officer assigns the class, by the day of the exposure, as the class is.
struct ContactQuestions {
  std::vector<ContactQuestion> questions;  // none: nothing is asked
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(ContactQuestions, (), (questions, from, to, source))

struct MilestoneQuestion {
  std::string id;  // an answer is kept under it; contacts' questions have ids of their own
  Wording text;
  Wording brief;  // where answers are shown
};
BOOST_DESCRIBE_STRUCT(MilestoneQuestion, (), (id, text, brief))

// What the person of a case is asked of each milestone, by the day on which it began. Nothing of it is compulsory.
struct MilestoneQuestions {
  std::vector<MilestoneQuestion> questions;  // none: nothing is asked
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(MilestoneQuestions, (), (questions, from, to, source))

struct Sign {
  std::string id;  // an entry is kept with it
  Wording text;
};
BOOST_DESCRIBE_STRUCT(Sign, (), (id, text))

// Signs of illness that are offered for an entry of follow-up of that day; beside them always another one, in words.
struct FollowUpSigns {
  std::vector<Sign> offered;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(FollowUpSigns, (), (offered, from, to, source))

inline constexpr std::string_view kOtherSign = "other";  // in words; no pack names one so

struct Specimen {
  std::string id;  // a sampling session and its tubes are kept with it
  Wording text;
};
BOOST_DESCRIBE_STRUCT(Specimen, (), (id, text))

// What is taken from people for the tests of the disease, the usual first, by the day on which a session is opened;
// beside them always another one.
struct Specimens {
  std::vector<Specimen> taken;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(Specimens, (), (taken, from, to, source))

inline constexpr std::string_view kOtherSpecimen = "other";  // no pack names one so

// Which form a case of the disease is investigated by: the id of a dated form of data/forms/investigation.
struct InvestigationForm {
  std::string form;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(InvestigationForm, (), (form, from, to, source))

enum class Where { kConcentrated, kHome, kSelfMonitoring };
BOOST_DESCRIBE_ENUM(Where, kConcentrated, kHome, kSelfMonitoring)

// One part of a follow-up; they follow each other.
struct Stage {
  Where where = Where::kSelfMonitoring;
  std::int64_t days = 0;
  std::vector<std::int64_t> test_days;  // of this stage, the first is 1
};
BOOST_DESCRIBE_STRUCT(Stage, (), (where, days, test_days))

enum class Whom {
  kEveryone,
  kImmune,  // vaccinated or recovered, as `text` says
  kOthers,
};
BOOST_DESCRIBE_ENUM(Whom, kEveryone, kImmune, kOthers)

// How long a contact is followed from the last exposure.
struct FollowUp {
  std::string contact_class;
  Whom whom = Whom::kEveryone;
  std::optional<Wording> text;
  std::vector<Stage> stages;
  Date from;
  std::optional<Date> to;
  std::string source;

  std::int64_t days() const;
};
BOOST_DESCRIBE_STRUCT(FollowUp, (), (contact_class, whom, text, stages, from, to, source))

enum class TestMethod { kPcr, kAntigen, kAntibody, kCulture, kSequencing, kMicroscopy };
BOOST_DESCRIBE_ENUM(TestMethod, kPcr, kAntigen, kAntibody, kCulture, kSequencing, kMicroscopy)

struct Test {
  TestMethod method = TestMethod::kPcr;
  bool confirms = false;  // a positive result confirms a case
  std::string source;
};
BOOST_DESCRIBE_STRUCT(Test, (), (method, confirms, source))

// By this method alone a positive result is a confirmed case, whatever else is known: so that of a suspect whom
// somebody has reported it confirms the case at once.
struct AtOnce {
  TestMethod method = TestMethod::kPcr;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(AtOnce, (), (method, from, to, source))

// What the file itself says must come out of it. Each asks for at least one of windowFrom, notifyBy, followedUntil,
// ruleSet, group, classes, asked, askedOfMilestone, signs and specimens.
struct PackCase {
  std::int64_t line = 0;
  std::string says;
  std::optional<Date> on;  // the day whose law is asked for: of the result, of the class
  std::optional<Date> onset;
  std::optional<Instant> sample_at;
  std::optional<Instant> isolated_at;
  std::optional<std::string> rule_set;  // in force on that day
  std::optional<Instant> window_from;
  std::optional<Instant> window_to;  // absent: the window stays open
  std::optional<std::string> group;
  std::optional<Instant> diagnosed_at;
  std::optional<Instant> notify_by;
  std::optional<std::string> contact_class;
  Whom whom = Whom::kEveryone;
  std::optional<Date> last_exposure;
  std::optional<Date> followed_until;
  std::optional<std::vector<std::string>> classes;             // that the file tells of on that day
  std::optional<std::vector<std::string>> asked;               // ids of all questions of that day
  std::optional<std::vector<std::string>> asked_of_milestone;  // likewise
  std::optional<std::vector<std::string>> signs;
  std::optional<std::vector<std::string>> specimens;
};

struct Disease {
  std::string id;
  Wording name;
  std::string icd10;
  bool stigma = false;  // warnings name neither place nor time
  std::vector<LegalGroup> legal_groups;
  std::vector<Notification> notification;
  std::optional<Days> incubation_days;
  std::vector<std::string> transmission;
  std::vector<CaseDefinition> case_definitions;
  std::vector<ContactClass> contact_classes;
  std::vector<ContactQuestions> contact_questions;      // of a file that says nothing: the general ones
  std::vector<MilestoneQuestions> milestone_questions;  // likewise
  std::vector<FollowUp> follow_ups;
  std::vector<FollowUpSigns> signs;
  std::vector<Specimens> specimens;
  std::vector<Test> tests;
  std::vector<AtOnce> at_once;
  std::vector<std::string> forms;  // ids of declaration forms that people of this disease are asked for
  std::vector<InvestigationForm> investigation;
  std::vector<std::string> window_rule_sets;  // ids of rule sets that may be chosen
  std::vector<std::string> sources;
  std::vector<std::string> left_out;  // what has no source yet, and is therefore not here
  std::vector<PackCase> cases;

  const LegalGroup* group_on(Date day) const;
  // When a case diagnosed then must have been notified; absent: no deadline is known.
  std::optional<Instant> notify_by(Instant diagnosed) const;
  // The rule for this person on that day: of the immune or the others where the two are told apart.
  const FollowUp* follow_up_on(std::string_view contact_class, Whom whom, Date day) const;
  std::vector<std::string> classes_on(Date day) const;  // none: the file does not tell who is a contact
  const InvestigationForm* investigation_on(Date day) const;
  const ContactQuestions* questions_on(Date day) const;
  const MilestoneQuestions* milestone_questions_on(Date day) const;
  const FollowUpSigns* signs_on(Date day) const;
  const Specimens* specimens_on(Date day) const;
  // Of whatever day, or general: what was asked and offered before stays an answer.
  bool knows_question(std::string_view id) const;
  bool knows_milestone_question(std::string_view id) const;
  bool knows_sign(std::string_view id) const;      // kOtherSign, too
  bool knows_specimen(std::string_view id) const;  // kOtherSpecimen, too
  bool by_air() const;                             // by droplets, too, as `transmission` says
  bool between_people() const;  // not by mosquitoes, ticks, fleas or animals alone; also when nothing is said
  bool confirms(TestMethod method) const;  // also when the file names no tests at all
  bool confirms_at_once(TestMethod method, Date day) const;
};
BOOST_DESCRIBE_STRUCT(Disease, (),
                      (id, name, icd10, stigma, legal_groups, notification, incubation_days, transmission,
                       case_definitions, contact_classes, contact_questions, milestone_questions, follow_ups, signs,
                       specimens, tests, at_once, forms, investigation, window_rule_sets, sources, left_out))

// What was asked of a contact and of a milestone, offered for an entry and taken, whatever the disease, until packs
// could say so (specimens: 24 November 2026; the others the day before): stands for a pack that says nothing.
const ContactQuestions& general_questions();
const MilestoneQuestions& general_milestone_questions();
const FollowUpSigns& general_signs();
const Specimens& general_specimens();

// Of the pack's, whatever the day, else of the general ones; of an id that none of them names: the id. `disease` may be
// absent.
Wording specimen_name(const Disease* disease, std::string_view id);

class Diseases {
 public:
  Diseases(const std::filesystem::path& folder, const RuleSets& rule_sets);  // throws runtime_error
  const std::vector<Disease>& all() const { return diseases_; }              // by id
  const Disease* find(std::string_view id) const;

 private:
  std::vector<Disease> diseases_;
};

// Reads one file's text. Throws runtime_error; `name` is what the message calls it.
Disease parse_disease(const std::string& name, std::string_view text);

// What the file's own cases expect and does not come out: "line 40: …: expected …, but …". Empty: all is well.
std::vector<std::string> failed_cases(const Disease& disease, const RuleSets& rule_sets);

}  // namespace luytre::presence
