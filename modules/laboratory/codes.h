// What the codes in laboratories' messages mean: dated facts with sources, one file (data/laboratory/codes.json). Read
// once; immutable afterwards; thread-safe. A file that is wrong stops the start.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/laboratory/laboratory.h"

namespace luytre::laboratory {

// A code is read in results of tests from `from` until before `to`, local days.
struct MethodCode {
  std::string system, code, display;
  Method method = Method::kPcr;
  std::optional<std::string> disease;  // that the code itself speaks of
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(MethodCode, (), (system, code, display, method, disease, from, to, source))

// Of observations that say the cycle threshold of an RT-PCR.
struct CtCode {
  std::string system, code, display;
  std::optional<std::string> disease;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(CtCode, (), (system, code, display, disease, from, to, source))

// Of observations that name the lineage or variant of what was found; by sequencing.
struct LineageCode {
  std::string system, code, display;
  std::optional<std::string> disease;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(LineageCode, (), (system, code, display, disease, from, to, source))

struct OutcomeCode {
  std::string system, code, display;
  Outcome outcome = Outcome::kNegative;
  Date from;
  std::optional<Date> to;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(OutcomeCode, (), (system, code, display, outcome, from, to, source))

struct Codes {
  std::string id, about;
  std::vector<std::string> licences;
  std::vector<MethodCode> methods;
  std::vector<CtCode> cts;
  std::vector<LineageCode> lineages;
  std::vector<OutcomeCode> outcomes;

  // What the code means in a test of that day; nothing: not known then.
  const MethodCode* method(std::string_view system, std::string_view code, Date day) const;
  const CtCode* ct(std::string_view system, std::string_view code, Date day) const;
  const LineageCode* lineage(std::string_view system, std::string_view code, Date day) const;
  const OutcomeCode* outcome(std::string_view system, std::string_view code, Date day) const;

  // How it is written into what goes out; nothing: no code is known, only words.
  const MethodCode* of(Method method, std::string_view disease, Date day) const;
  const CtCode* ct_of(std::string_view disease, Date day) const;
  const LineageCode* lineage_of(std::string_view disease, Date day) const;
  const OutcomeCode* of(Outcome outcome, Date day) const;
};
BOOST_DESCRIBE_STRUCT(Codes, (), (id, about, licences, methods, cts, lineages, outcomes))

Codes read_codes(const std::filesystem::path& file);  // throws runtime_error

}  // namespace luytre::laboratory
