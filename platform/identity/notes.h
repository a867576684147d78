// Notes: why a record was opened where nobody was asked to say it, because the program knows: a list, a step of the
// work, a file. The log keeps the note's fixed text, with the number of the record that it was about ("follow-up 17");
// what an officer typed is kept as typed. Read, the text is a code again, which the apps word, and the record's number
// stands by itself: auditors see it, citizens do not. With a case's number people could find out whose data were opened
// for the same patient, with an outbreak's or a line list's who else is in it.
//
// A text is never changed, for it is what the rows of the log say: a note that is worded anew gets another line.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe/enum.hpp>

namespace luytre::identity {

enum class LogNote {
  kCaseFile,
  kNewCase,
  kListOfCases,
  kOutbreak,
  kLineList,
  kDeclaration,
  kJudgedAgain,
  kListOfDeclarations,
  kListOfContacts,
  kListOfTasks,
  kFollowUp,
  kListOfFollowUps,
  kFollowUpsTaken,
  kListOfTransfers,
  kReferral,
  kListOfReferrals,
  kDifference,
  kListOfDifferences,
  kOrder,
  kNewOrder,
  kListOfOrders,
  kNeed,
  kNeedBrought,
  kListOfNeeds,
  kSite,
  kWaitsForSite,
  kListOfArrivals,
  kAcknowledged,
  kWhatCameOfIt,
  kRegisteredOnEntry,
  kDeclaredOnEntry,
  kDecidedOnArrival,
  kShownOnEntry,
  kRegistration,
  kSampleAgain,
  kTestResult,
  kSampling,
  kTakenBack,
  kFirstAdministrator,
  kAccountMade,
  kGrantsChanged,
  kAccountDisabled,
  kAccountEnabled,
  kPasswordReset,
  kProofsReset,
  kKeyMade,
  kKeyRevoked,
  kKeepsSite,
  kKeptSite,
};
BOOST_DESCRIBE_ENUM(LogNote, kCaseFile, kNewCase, kListOfCases, kOutbreak, kLineList, kDeclaration, kJudgedAgain,
                    kListOfDeclarations, kListOfContacts, kListOfTasks, kFollowUp, kListOfFollowUps, kFollowUpsTaken,
                    kListOfTransfers, kReferral, kListOfReferrals, kDifference, kListOfDifferences, kOrder, kNewOrder,
                    kListOfOrders, kNeed, kNeedBrought, kListOfNeeds, kSite, kWaitsForSite, kListOfArrivals,
                    kAcknowledged, kWhatCameOfIt, kRegisteredOnEntry, kDeclaredOnEntry, kDecidedOnArrival,
                    kShownOnEntry, kRegistration, kSampleAgain, kTestResult, kSampling, kTakenBack, kFirstAdministrator,
                    kAccountMade, kGrantsChanged, kAccountDisabled, kAccountEnabled, kPasswordReset, kProofsReset,
                    kKeyMade, kKeyRevoked, kKeepsSite, kKeptSite)

struct Noted {
  LogNote note;
  std::string record;  // number or name; empty: none
  std::string typed;   // by an officer, beside the note
};

std::string note(LogNote note, std::string_view record = {});
// Absent: typed by an officer, or nothing.
std::optional<Noted> noted(std::string_view reason);

}  // namespace luytre::identity
