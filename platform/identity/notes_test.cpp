#include "platform/identity/notes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/base/json.h"

namespace luytre::identity {
namespace {

// The text, the code that it is read as, the record and what was typed beside it.
std::string read(std::string_view reason) {
  const auto found = noted(reason);
  if (!found) return "typed";
  return json::enum_text(found->note) + '|' + found->record + '|' + found->typed;
}

TEST(Notes, RowsThatStandAreReadAsCodes) {
  EXPECT_EQ(read("list of tasks"), "listOfTasks||");
  EXPECT_EQ(read("registered on entry"), "registeredOnEntry||");
  EXPECT_EQ(read("shown at a place of entry"), "shownOnEntry||");
  EXPECT_EQ(read("follow-up 17"), "followUp|17|");
  EXPECT_EQ(read("follow-ups taken along"), "followUpsTaken||");
  EXPECT_EQ(read("new order, case COV-2026-0017"), "newOrder|COV-2026-0017|");
  EXPECT_EQ(read("declaration 1a"), "declaration|1a|");
  EXPECT_EQ(read("declaration 1a, judged again"), "judgedAgain|1a|") << "as it was noted once";
  EXPECT_EQ(read("judged again, declaration 1a"), "judgedAgain|1a|");
  EXPECT_EQ(read("made; grants: auditor@1a tracer@1b"), "accountMade|auditor@1a tracer@1b|");
  EXPECT_EQ(read("grants: auditor@1a"), "grantsChanged|auditor@1a|");
  EXPECT_EQ(read("keeps site 17"), "keepsSite|17|");
  EXPECT_EQ(read("keeps site 17 no longer"), "keptSite|17|");
  EXPECT_EQ(read("waits for site Trường Hùng Vương"), "waitsForSite|Trường Hùng Vương|");
  EXPECT_EQ(read("case COV-2026-0017: Chuỗi lây ở chợ"), "caseFile|COV-2026-0017|Chuỗi lây ở chợ");
}

TEST(Notes, WhatOfficersTypedStaysAsTyped) {
  for (const char* typed : {"", "Điều tra dịch tễ", "list of tasks of Monday", "order", "order ", "orders",
                            "order of Monday", "new case of measles", "acknowledged by phone", "Case 17"})
    EXPECT_EQ(read(typed), "typed") << typed;
}

TEST(Notes, WhatIsWrittenIsReadAgain) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<LogNote>>([](auto each) {
    const auto bare = noted(note(each.value)), with = noted(note(each.value, "17"));
    ASSERT_NE(bare.has_value(), with.has_value()) << each.name << ": either with a record or without";
    EXPECT_EQ((bare ? bare : with)->note, each.value) << each.name;
    EXPECT_EQ((bare ? bare : with)->record, bare ? "" : "17") << each.name;
  });
}

}  // namespace
}  // namespace luytre::identity
