// SQL of test_days.cpp. Every function runs in the caller's transaction.

#pragma once

#include <span>

#include "modules/followup/followup.h"
#include "modules/laboratory/laboratory.h"

namespace luytre::followup::storage {

struct TestRow {
  FollowUpId period;
  Date day;
  std::optional<Instant> at;
  std::optional<laboratory::SessionId> session;
  std::optional<AccountId> account;
  std::optional<std::string> by_name;
  std::optional<store::Bytes> why;
  friend bool operator==(const TestRow&, const TestRow&) = default;
};
BOOST_DESCRIBE_STRUCT(TestRow, (), (period, day, at, session, account, by_name, why))

// By day; also the words of officers for those that the period stands for, its own before them.
std::vector<TestRow> tests(store::Session& session, FollowUpId period);
std::vector<std::vector<TestRow>> tests(store::Session& session, std::span<const FollowUpId> periods);  // of each
void put(store::Session& session, const TestRow& row);
void drop(store::Session& session, const TestRow& row);
void remove_tests(store::Session& session, FollowUpId period);

}  // namespace luytre::followup::storage
