// Caller: who is asking, as the session or API key proved it. Plain data; made by identity, carried by http, checked by
// services.

#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/time.h"

namespace luytre {

enum class Role {
  kAnyone,             // nobody signed in; public routes
  kCitizen,            // a phone owner, for the people of the household
  kStationOfficer,     // commune health station: work lists, assessment of contacts
  kDistrictOfficer,    // district (since 2025 regional) health centre
  kProvinceOfficer,    // province CDC: cases, tracing, warnings
  kCommander,          // command room: decisions, figures; no persons
  kAuditor,            // reads the access log
  kAdministrator,      // officers' accounts and settings; no persons
  kIntegrator,         // a program of another institution, by key (identity/keys.h): hands over, reads nothing
  kTracer,             // police or military tracer: finds and asks people by name; nothing of anybody's health
  kInformationOffice,  // department of information and communications: traces on a numbered letter, sees counts
  kSiteKeeper,  // owner of a quarantine site, military or hotel: keeps the sites named to the account, nobody's health
};
BOOST_DESCRIBE_ENUM(Role, kAnyone, kCitizen, kStationOfficer, kDistrictOfficer, kProvinceOfficer, kCommander, kAuditor,
                    kAdministrator, kIntegrator, kTracer, kInformationOffice, kSiteKeeper)

// Why data are used. Each route and each read of a person's data names one.
enum class Purpose {
  kPublic,
  kOwnRecord,          // a citizen about the own household
  kPlaceKeeping,       // the keeper of a place
  kCaseManagement,     // reporting, confirming, classifying a case
  kTracing,            // finding and assessing contacts of a named case
  kFollowUp,           // calling and visiting contacts
  kDeclarationReview,  // looking at declarations of the own area
  kCommand,            // decisions and figures
  kAudit,
  kAdministration,
};
BOOST_DESCRIBE_ENUM(Purpose, kPublic, kOwnRecord, kPlaceKeeping, kCaseManagement, kTracing, kFollowUp,
                    kDeclarationReview, kCommand, kAudit, kAdministration)

struct Grant {
  Role role = Role::kAnyone;
  UnitId area;  // this unit and everything below it, as geography knows it; value 0: the whole country
};
BOOST_DESCRIBE_STRUCT(Grant, (), (role, area))

struct Caller {
  AccountId account;          // value 0: nobody
  std::string name;           // of the account, for the access log's reader
  std::vector<Grant> grants;  // a citizen has {kCitizen, 0}
  bool full = true;           // false: a code alone on a new device; sees no earlier record until a second proof
  std::int64_t session = 0;   // which session; 0 on the command line
  std::string address;        // network address, for limits and the log

  bool has(Role role) const {
    if (role == Role::kAnyone) return true;
    for (const auto& grant : grants)
      if (grant.role == role) return true;
    return false;
  }
};

}  // namespace luytre
