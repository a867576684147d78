#include "platform/identity/notes.h"

#include <algorithm>

namespace luytre::identity {
namespace {

enum class Record { kNone, kWord, kRest };  // what follows the text, after a space

struct Words {
  LogNote note;
  std::string_view text;
  Record record = Record::kNone;
};

constexpr Words kTexts[] = {
    {LogNote::kCaseFile, "case", Record::kRest},
    {LogNote::kNewCase, "new case"},
    {LogNote::kListOfCases, "list of cases"},
    {LogNote::kOutbreak, "outbreak", Record::kRest},
    {LogNote::kLineList, "line list", Record::kRest},
    {LogNote::kDeclaration, "declaration", Record::kRest},
    {LogNote::kJudgedAgain, "judged again, declaration", Record::kWord},
    {LogNote::kListOfDeclarations, "list of declarations"},
    {LogNote::kListOfContacts, "list of contacts"},
    {LogNote::kListOfTasks, "list of tasks"},
    {LogNote::kFollowUp, "follow-up", Record::kWord},
    {LogNote::kListOfFollowUps, "list of follow-ups"},
    {LogNote::kFollowUpsTaken, "follow-ups taken along"},
    {LogNote::kListOfTransfers, "list of transfers"},
    {LogNote::kReferral, "referral", Record::kWord},
    {LogNote::kListOfReferrals, "list of referrals"},
    {LogNote::kDifference, "difference", Record::kWord},
    {LogNote::kListOfDifferences, "list of differences"},
    {LogNote::kOrder, "order", Record::kWord},
    {LogNote::kNewOrder, "new order, case", Record::kWord},
    {LogNote::kListOfOrders, "list of orders"},
    {LogNote::kNeed, "need, order", Record::kWord},
    {LogNote::kNeedBrought, "brought what is needed, order", Record::kWord},
    {LogNote::kListOfNeeds, "list of needs"},
    {LogNote::kSite, "site", Record::kRest},
    {LogNote::kWaitsForSite, "waits for site", Record::kRest},
    {LogNote::kListOfArrivals, "list of arrivals"},
    {LogNote::kAcknowledged, "acknowledged"},
    {LogNote::kWhatCameOfIt, "what came of it"},
    {LogNote::kRegisteredOnEntry, "registered on entry"},
    {LogNote::kDeclaredOnEntry, "declared on entry"},
    {LogNote::kDecidedOnArrival, "decided on arrival"},
    {LogNote::kShownOnEntry, "shown at a place of entry"},
    {LogNote::kRegistration, "registration"},
    {LogNote::kSampleAgain, "sample again"},
    {LogNote::kTestResult, "test result"},
    {LogNote::kSampling, "sampling", Record::kWord},
    {LogNote::kTakenBack, "taken back"},
    {LogNote::kFirstAdministrator, "first administrator"},
    {LogNote::kAccountMade, "made; grants:", Record::kRest},
    {LogNote::kGrantsChanged, "grants:", Record::kRest},
    {LogNote::kAccountDisabled, "disabled"},
    {LogNote::kAccountEnabled, "enabled"},
    {LogNote::kPasswordReset, "password reset"},
    {LogNote::kProofsReset, "password and TOTP reset"},
    {LogNote::kKeyMade, "key made:", Record::kRest},
    {LogNote::kKeyRevoked, "key revoked:", Record::kRest},
    {LogNote::kKeepsSite, "keeps site", Record::kWord},
    {LogNote::kKeptSite, "kept site", Record::kWord},
};

// What stands between the two; nothing: it does not.
std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
  if (text.size() <= begin.size() + end.size() || !text.starts_with(begin) || !text.ends_with(end)) return {};
  text.remove_prefix(begin.size());
  text.remove_suffix(end.size());
  return text;
}

}  // namespace

std::string note(LogNote note, std::string_view record) {
  const auto* found =
      std::find_if(std::begin(kTexts), std::end(kTexts), [&](const Words& t) { return t.note == note; });
  std::string out(found->text);
  if (!record.empty()) out.append(1, ' ').append(record);
  return out;
}

std::optional<Noted> noted(std::string_view reason) {
  // As they were noted once.
  if (const auto site = between(reason, "keeps site ", " no longer"); !site.empty())
    return Noted{LogNote::kKeptSite, std::string(site), {}};
  if (const auto id = between(reason, "declaration ", ", judged again"); !id.empty())
    return Noted{LogNote::kJudgedAgain, std::string(id), {}};
  for (const Words& one : kTexts) {
    if (!reason.starts_with(one.text)) continue;
    std::string_view rest = reason.substr(one.text.size());
    if (rest.empty() && one.record == Record::kNone) return Noted{one.note, {}, {}};
    if (one.record == Record::kNone || rest.size() < 2 || rest.front() != ' ') continue;
    rest.remove_prefix(1);
    // Of several words somebody typed it; but about what the rest may name others of, in doubt it is not shown.
    if (one.record == Record::kWord && rest.find(' ') != std::string_view::npos) continue;
    // "case 2026-0017: asked by phone"; no record's number has a colon.
    const auto colon = one.note == LogNote::kCaseFile ? rest.find(": ") : std::string_view::npos;
    if (colon == std::string_view::npos) return Noted{one.note, std::string(rest), {}};
    return Noted{one.note, std::string(rest.substr(0, colon)), std::string(rest.substr(colon + 2))};
  }
  return std::nullopt;
}

}  // namespace luytre::identity
