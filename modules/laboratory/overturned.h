// Overturned: a confirmed case whose positive result was corrected, withdrawn, or was somebody else's, and which no
// other positive result bears out; or a suspect whom a result had reported and an officer has changed since. The case
// stays as it is until an officer undoes it (modules/cases), which takes back what it caused, or leaves it.

#pragma once

#include "modules/laboratory/laboratory.h"

namespace luytre::laboratory {

struct Overturned {
  CaseId id;
  std::string number;
  people::PersonBrief person;
  std::string disease, tube, unit_name;
  Method method = Method::kPcr;
  std::optional<Outcome> now;  // what stands; absent: positive still, but of nobody known
  Instant since;               // when it was corrected; of a sample that was taken back, when the result came
};
BOOST_DESCRIBE_STRUCT(Overturned, (), (id, number, person, disease, tube, unit_name, method, now, since))

struct OverturnedFilter {
  std::optional<std::string> disease;
  std::optional<cases::SortOrder> order;  // by since when; absent: the oldest first
};

struct OverturnedOut {
  Note<500> reason;
  std::optional<Text<40>> disease;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(OverturnedOut, (), (reason, disease, format))

}  // namespace luytre::laboratory
