#include "platform/identity/consents.h"

#include <unistd.h>

#include <fstream>

#include "platform/identity/fixture_for_test.h"

namespace luytre::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class ConsentsTest : public IdentityTest {
 protected:
  Result<Consent> give(std::int64_t account, const std::string& text, std::int64_t version = 1) {
    return run(identity().consents.give(testing::citizen(account), {text, version}));
  }
  bool given(std::int64_t account, ConsentPurpose purpose) {
    return database_->read_now(
        [&](store::Session& s) { return identity().consents.given(s, AccountId{account}, purpose); });
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, ConsentsTest, store::testing::engines(), store::testing::engine_name);

TEST_P(ConsentsTest, TextsAreThereInBothLanguagesForEachPurpose) {
  std::vector<ConsentPurpose> purposes;
  for (const auto& text : identity().consents.texts()) {
    purposes.push_back(text.purpose);
    for (const char* language : {"vi", "en"}) {
      EXPECT_FALSE(text.title.at(language).empty());
      EXPECT_GT(text.body.at(language).size(), 200U);
    }
  }
  EXPECT_THAT(purposes, UnorderedElementsAre(ConsentPurpose::kDeclarations, ConsentPurpose::kTracing,
                                             ConsentPurpose::kMessages, ConsentPurpose::kIsolationPlace));
}

TEST_P(ConsentsTest, NothingIsGivenByDefault) {
  for (const auto purpose : {ConsentPurpose::kDeclarations, ConsentPurpose::kTracing, ConsentPurpose::kMessages,
                             ConsentPurpose::kIsolationPlace})
    EXPECT_FALSE(given(1, purpose));
}

TEST_P(ConsentsTest, WhatWasDoneUnderAConsentOrIsAgreedToNowIsTaken) {
  const auto folder = std::filesystem::temp_directory_path() / ("luytre-covered-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto write = [&](int version, Date from) {
    std::ofstream(folder / ("t." + std::to_string(version) + ".json"))
        << R"({"id":"t","version":)" << version << R"(,"purpose":"tracing","usedFrom":")" << to_text(from)
        << R"(","title":{"vi":"a","en":"b"},"body":{"vi":"c","en":"d"}})";
  };
  const Date today = local_date(clock_.now()), third_day{today.days + 2};
  write(1, Date{today.days - 1});
  write(2, third_day);
  const Consents consents(*database_, clock_, database_->ids(), folder);
  const auto asked = [&](std::int64_t account, Instant at) {
    const Consents::Act act{AccountId{account}, at};
    return database_->read_now([&](store::Session& s) {
      return !consents.refusals(s, ConsentPurpose::kTracing, std::span(&act, 1)).front().has_value();
    });
  };
  const Instant before = clock_.now();
  clock_.advance(std::chrono::hours(1));
  const Instant agreed = clock_.now();
  EXPECT_FALSE(asked(1, agreed));
  const auto consent = run(consents.give(testing::citizen(1), {"t", 1}));
  ASSERT_TRUE(run(consents.give(testing::citizen(2), {"t", 1})));
  EXPECT_TRUE(asked(1, agreed));
  EXPECT_TRUE(asked(1, before)) << "agreed to now";
  EXPECT_FALSE(asked(3, agreed)) << "another account";

  clock_.advance(std::chrono::hours(1));
  const Instant withdrawn = clock_.now();
  ASSERT_TRUE(run(consents.withdraw(testing::citizen(1), consent->id)));
  EXPECT_FALSE(asked(1, withdrawn)) << "known at once, although remembered";
  EXPECT_TRUE(asked(1, agreed)) << "done under it";
  EXPECT_FALSE(asked(1, before)) << "done without it";

  clock_.advance(std::chrono::hours(72));
  EXPECT_FALSE(asked(2, clock_.now())) << "the text is another now";
  EXPECT_TRUE(asked(2, local_midnight(third_day) - std::chrono::seconds(1)));
  EXPECT_FALSE(asked(2, local_midnight(third_day)));
  ASSERT_TRUE(run(consents.give(testing::citizen(2), {"t", 2})));
  EXPECT_TRUE(asked(2, clock_.now()));
  std::filesystem::remove_all(folder);
}

TEST_P(ConsentsTest, AWithdrawalOnAnotherNodeIsKnownSoon) {
  const Consents other(*database_, clock_, database_->ids(), testing::House::quick_settings().consents);
  const auto refused = [&] {
    const Consents::Act act{AccountId{1}, clock_.now()};
    return database_->read_now([&](store::Session& s) {
      return identity().consents.refusals(s, ConsentPurpose::kTracing, std::span(&act, 1)).front().has_value();
    });
  };
  const auto consent = give(1, "tracing");
  EXPECT_FALSE(refused());
  ASSERT_TRUE(run(other.withdraw(testing::citizen(1), consent->id)));
  clock_.advance(Consents::kRemembered);
  EXPECT_TRUE(refused());
}

TEST_P(ConsentsTest, EachIsForOnePurposeAndOneAccount) {
  ASSERT_TRUE(give(1, "tracing"));
  EXPECT_TRUE(given(1, ConsentPurpose::kTracing));
  EXPECT_FALSE(given(1, ConsentPurpose::kDeclarations));
  EXPECT_FALSE(given(2, ConsentPurpose::kTracing));
}

TEST_P(ConsentsTest, WithdrawnOneStaysWithItsTimes) {
  const auto consent = give(1, "tracing");
  ASSERT_TRUE(consent);
  const Instant given_at = clock_.now();
  clock_.advance(std::chrono::hours(5));
  EXPECT_EQ(code_of(run(identity().consents.withdraw(testing::citizen(2), consent->id))), "not_found");
  ASSERT_TRUE(run(identity().consents.withdraw(testing::citizen(1), consent->id)));
  EXPECT_FALSE(given(1, ConsentPurpose::kTracing));
  const Instant withdrawn_at = clock_.now();
  clock_.advance(std::chrono::hours(5));
  EXPECT_TRUE(run(identity().consents.withdraw(testing::citizen(1), consent->id)));  // again: no change
  ASSERT_TRUE(give(1, "tracing"));
  const auto page = run(identity().consents.of(testing::citizen(1)));
  ASSERT_TRUE(page);
  ASSERT_THAT(page->items, SizeIs(2));
  EXPECT_EQ(page->items[1].given_at, given_at);
  EXPECT_EQ(page->items[1].withdrawn_at, withdrawn_at);
  EXPECT_FALSE(page->items[0].withdrawn_at);
}

TEST_P(ConsentsTest, GivingTwiceIsOnceAndEventsTell) {
  const auto first = give(1, "tracing");
  const auto again = give(1, "tracing");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  ASSERT_TRUE(run(identity().consents.withdraw(testing::citizen(1), first->id)));
  const std::string id = std::to_string(first->id.value);
  const auto events = store::testing::event_lines(*database_);
  EXPECT_THAT(events,
              ElementsAre(::testing::StartsWith("consent.given:"), ::testing::StartsWith("consent.withdrawn:")));
}

TEST_P(ConsentsTest, OnlyTheTextThatIsInUseCanBeAgreedTo) {
  EXPECT_EQ(code_of(give(1, "nothing")), "not_found");
  const auto outdated = give(1, "tracing", 2);
  ASSERT_EQ(code_of(outdated), "consent_outdated");
  EXPECT_EQ(outdated.error().params.at("version"), "1");
}

TEST_P(ConsentsTest, NewVersionTakesTheOldOnesPlaceFromItsDay) {
  const auto folder = std::filesystem::temp_directory_path() / ("luytre-consents-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto write = [&](int version, const std::string& from) {
    std::ofstream(folder / ("t." + std::to_string(version) + ".json"))
        << R"({"id":"t","version":)" << version << R"(,"purpose":"tracing","usedFrom":")" << from
        << R"(","title":{"vi":"a","en":"b"},"body":{"vi":"c\nd","en":"e"}})";
  };
  write(1, "2020-01-01");
  write(2, to_text(Date{local_date(clock_.now()).days + 1}));
  Consents consents(*database_, clock_, database_->ids(), folder);
  EXPECT_EQ(consents.texts().at(0).version, 1);
  ASSERT_TRUE(run(consents.give(testing::citizen(1), {"t", 1})));
  clock_.advance(std::chrono::hours(24));
  EXPECT_EQ(consents.texts().at(0).version, 2);
  EXPECT_TRUE(given(1, ConsentPurpose::kTracing));  // the old agreement holds until withdrawn
  EXPECT_EQ(code_of(run(consents.give(testing::citizen(1), {"t", 1}))), "consent_outdated");
  ASSERT_TRUE(run(consents.give(testing::citizen(1), {"t", 2})));
  const auto page = run(consents.of(testing::citizen(1)));
  ASSERT_THAT(page->items, SizeIs(2));
  EXPECT_TRUE(page->items[1].withdrawn_at);
  std::ofstream(folder / "broken.json") << R"({"id":"x"})";
  EXPECT_THROW(Consents(*database_, clock_, database_->ids(), folder), std::runtime_error);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace luytre::identity
