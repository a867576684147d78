#include "platform/notify/notify.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "platform/notify/deliveries.h"
#include "platform/notify/gateway_for_test.h"
#include "platform/notify/sender.h"
#include "platform/store/testing.h"

namespace luytre::notify {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kPhone = "+84912345678";

Vault fixed_vault(unsigned char fill = 7) {
  std::array<unsigned char, Vault::kKeyBytes> key{};
  key.fill(fill);
  return Vault(key);
}

struct Raw {
  std::string state;
  std::int64_t tries = 0;
  bool wiped = false;
  std::string problem;
};
BOOST_DESCRIBE_STRUCT(Raw, (), (state, tries, wiped, problem))

class NotifyTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  NotifyTest() : clock_(Instant{1'700'000'000}), database_(GetParam(), {migrations()}, clock_), vault_(fixed_vault()) {}

  static SenderSettings http_settings(const std::string& url) {
    SenderSettings out;
    out.kind = "http";
    out.url = url;
    out.body = R"({"to":"{phone}","content":"{text}","ref":"{id}"})";
    out.headers = {{"Authorization", "Bearer secret"}};
    out.timeout = std::chrono::seconds(1);
    return out;
  }

  std::unique_ptr<Notify> notify(SenderSettings settings) {
    return std::make_unique<Notify>(*database_, vault_, std::move(settings));
  }

  void queue(Notify& to, std::string text, std::optional<Instant> not_after = std::nullopt) {
    const Sms message{kPhone, std::move(text), not_after ? "code" : "warning", not_after};
    database_->transact_now([&](store::Session& s) { to.queue(s, message); });
  }

  std::vector<Raw> rows() {
    static constexpr store::Query kRows{"notify.test_rows", R"sql(
      SELECT state, tries, sealed IS NULL, coalesce(problem, '') FROM notify_message ORDER BY id)sql"};
    return database_->read_now([](store::Session& s) { return s.all<Raw>(kRows); });
  }

  std::vector<std::string> states() {
    std::vector<std::string> out;
    for (const auto& row : rows()) out.push_back(row.state);
    return out;
  }

  Figures figures(const Notify& of) {
    return database_->read_now([&](store::Session& s) { return of.figures(s); });
  }

  ManualClock clock_;
  store::testing::TestDatabase database_;
  Vault vault_;
  testing::Gateway gateway_;
};

TEST(SenderNameTest, NamesTheGatewayAndNothingSecret) {
  SenderSettings settings;
  EXPECT_EQ(sender_name(settings), "console");
  settings.kind = "http";
  settings.url = "https://user:word@sms.example.vn:8443/send?key=secret";
  EXPECT_EQ(sender_name(settings), "http sms.example.vn:8443");
}

INSTANTIATE_TEST_SUITE_P(Engines, NotifyTest, store::testing::engines(), store::testing::engine_name);

TEST_P(NotifyTest, HttpGatewayGetsPhoneTextIdAndHeaders) {
  const auto to = notify(http_settings(gateway_.url("/sms?key=1")));
  queue(*to, "mã \"042137\"\\ {phone}\nxong");
  EXPECT_EQ(to->deliver_now(), 1U);
  ASSERT_THAT(gateway_.requests(), SizeIs(1));
  const std::string request = gateway_.requests().front();
  EXPECT_THAT(request, HasSubstr("POST /sms?key=1 HTTP/1.1"));
  EXPECT_THAT(request, HasSubstr("Authorization: Bearer secret"));
  EXPECT_THAT(request, HasSubstr("Content-Type: application/json"));
  EXPECT_THAT(request, HasSubstr("Idempotency-Key: "));
  // Escaped for JSON, and a placeholder within a text is only text.
  EXPECT_THAT(request, HasSubstr(R"({"to":"+84912345678","content":"mã \"042137\"\\ {phone}\nxong","ref":")"));
}

TEST_P(NotifyTest, FormBodiesAndUrlsArePercentEncoded) {
  SenderSettings settings = http_settings(gateway_.url("/send?to={phone}"));
  settings.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  settings.body = "text={text}&ref={id}";
  const auto to = notify(settings);
  queue(*to, "a b&c=đ");
  EXPECT_EQ(to->deliver_now(), 1U);
  EXPECT_THAT(gateway_.requests().front(), HasSubstr("POST /send?to=%2B84912345678 HTTP/1.1"));
  EXPECT_THAT(gateway_.requests().front(), HasSubstr("text=a%20b%26c%3D%C4%91&ref="));
}

TEST_P(NotifyTest, PhoneAndTextAreSealedInTheOutboxAndWipedAfterDelivery) {
  static constexpr store::Query kSealed{"notify.test_sealed", "SELECT sealed FROM notify_message"};
  const auto to = notify(http_settings(gateway_.url("/")));
  queue(*to, "secret text");
  const auto sealed = database_->read_now([](store::Session& s) { return s.value<store::Bytes>(kSealed); });
  EXPECT_THAT(sealed.data, Not(HasSubstr("912345678")));
  EXPECT_THAT(sealed.data, Not(HasSubstr("secret")));
  EXPECT_EQ(to->deliver_now(), 1U);
  ASSERT_THAT(rows(), SizeIs(1));
  EXPECT_TRUE(rows().front().wiped);
}

TEST_P(NotifyTest, FailingGatewayIsTriedAgainAfterGrowingPauses) {
  const auto to = notify(http_settings(gateway_.url("/")));
  gateway_.answer({503, 500, 401});
  queue(*to, "x");
  EXPECT_EQ(to->deliver_now(), 0U);
  EXPECT_EQ(to->deliver_now(), 0U);  // not yet due
  EXPECT_THAT(gateway_.requests(), SizeIs(1));
  clock_.advance(std::chrono::seconds(2));
  EXPECT_EQ(to->deliver_now(), 0U);
  clock_.advance(std::chrono::seconds(2));
  EXPECT_EQ(to->deliver_now(), 0U);  // the second pause is longer
  EXPECT_THAT(gateway_.requests(), SizeIs(2));
  EXPECT_EQ(rows().front().problem, "http 500");
  clock_.advance(std::chrono::seconds(2));
  EXPECT_EQ(to->deliver_now(), 0U);
  clock_.advance(std::chrono::seconds(8));
  EXPECT_EQ(to->deliver_now(), 1U);
  EXPECT_THAT(states(), ElementsAre("sent"));
  EXPECT_EQ(rows().front().tries, 4);
}

TEST_P(NotifyTest, EveryTryCarriesTheSameId) {
  const auto to = notify(http_settings(gateway_.url("/")));
  gateway_.answer({503});
  queue(*to, "x");
  to->deliver_now();
  clock_.advance(std::chrono::seconds(2));
  to->deliver_now();
  ASSERT_THAT(gateway_.requests(), SizeIs(2));
  const auto id = [](const std::string& request) { return request.substr(request.find("Idempotency-Key: "), 30); };
  EXPECT_EQ(id(gateway_.requests()[0]), id(gateway_.requests()[1]));
}

TEST_P(NotifyTest, WhatTheGatewayNeverTakesFailsAtOnce) {
  const auto to = notify(http_settings(gateway_.url("/")));
  gateway_.answer({422});
  queue(*to, "x");
  EXPECT_EQ(to->deliver_now(), 0U);
  EXPECT_THAT(states(), ElementsAre("failed"));
  EXPECT_TRUE(rows().front().wiped);
  EXPECT_EQ(rows().front().problem, "http 422");
}

TEST_P(NotifyTest, AfterADayItIsGivenUp) {
  const auto to = notify(http_settings(gateway_.url("/")));
  gateway_.answer(std::deque<int>(100, 503));
  queue(*to, "x");
  for (int i = 0; i < 40; ++i) {
    to->deliver_now();
    clock_.advance(kPauseMost);
  }
  EXPECT_THAT(states(), ElementsAre("failed"));
  EXPECT_TRUE(rows().front().wiped);
}

TEST_P(NotifyTest, SilentGatewayIsGivenUpAfterTheTimeout) {
  const auto to = notify(http_settings(gateway_.url("/")));
  gateway_.answer({0});
  queue(*to, "x");
  EXPECT_EQ(to->deliver_now(), 0U);
  EXPECT_EQ(rows().front().problem, "timeout");
  EXPECT_THAT(states(), ElementsAre("queued"));
}

TEST_P(NotifyTest, ExpiredCodeIsDroppedUnsent) {
  const auto to = notify(http_settings(gateway_.url("/")));
  queue(*to, "code", clock_.now() + std::chrono::seconds(300));
  clock_.advance(std::chrono::seconds(300));
  EXPECT_EQ(to->deliver_now(), 0U);
  EXPECT_THAT(gateway_.requests(), IsEmpty());
  EXPECT_THAT(states(), ElementsAre("dropped"));
  EXPECT_TRUE(rows().front().wiped);
}

TEST_P(NotifyTest, CodesOvertakeWarnings) {
  const auto to = notify(http_settings(gateway_.url("/")));
  for (int i = 0; i < 40; ++i) queue(*to, "warning");
  clock_.advance(std::chrono::seconds(1));
  queue(*to, "code", clock_.now() + std::chrono::seconds(300));
  EXPECT_EQ(to->deliver_now(), 16U);
  EXPECT_THAT(gateway_.requests(), Contains(HasSubstr("\"code\"")));
}

TEST_P(NotifyTest, TwoNodesSendEachMessageOnce) {
  const auto one = notify(http_settings(gateway_.url("/")));
  const auto two = notify(http_settings(gateway_.url("/")));
  for (int i = 0; i < 60; ++i) queue(*one, "x");
  const auto drain = [](Notify& node) {
    for (int i = 0; i < 10; ++i) node.deliver_now();
  };
  std::thread other([&] { drain(*two); });
  drain(*one);
  other.join();
  EXPECT_THAT(gateway_.requests(), SizeIs(60));
  EXPECT_EQ(figures(*one).sent, 60);
}

TEST_P(NotifyTest, RolledBackTransactionSendsNothing) {
  const auto to = notify(http_settings(gateway_.url("/")));
  const auto result = database_->transact_now([&](store::Session& s) -> Result<Done> {
    to->queue(s, {kPhone, "x", "warning", std::nullopt});
    return kConflict;
  });
  EXPECT_FALSE(result);
  EXPECT_EQ(to->deliver_now(), 0U);
  EXPECT_THAT(gateway_.requests(), IsEmpty());
}

TEST_P(NotifyTest, SenderThreadDelivers) {
  const auto to = notify(http_settings(gateway_.url("/")));
  to->start();
  queue(*to, "x");
  for (int i = 0; i < 600 && gateway_.requests().empty(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_THAT(gateway_.requests(), SizeIs(1));
}

TEST_P(NotifyTest, FiguresCountEachState) {
  const auto to = notify(http_settings(gateway_.url("/")));
  gateway_.answer({200, 422});
  queue(*to, "a");
  to->deliver_now();
  queue(*to, "b");
  to->deliver_now();
  queue(*to, "c");
  const auto counted = figures(*to);
  EXPECT_EQ(counted.sent, 1);
  EXPECT_EQ(counted.failed, 1);
  EXPECT_EQ(counted.queued, 1);
  EXPECT_EQ(counted.oldest_queued, clock_.now());
}

TEST_P(NotifyTest, FinishedRowsGoAfterTheirTime) {
  const auto to = notify(http_settings(gateway_.url("/")));
  store::Schedule schedule(*database_);
  to->add_jobs(schedule);
  queue(*to, "a");
  to->deliver_now();
  clock_.advance(kRowsKept + std::chrono::seconds(1));
  queue(*to, "b");
  schedule.run_due();
  EXPECT_THAT(states(), ElementsAre("queued"));
}

TEST_P(NotifyTest, FileSenderWritesOneLineOnlyItsOwnerMayRead) {
  const auto file = std::filesystem::temp_directory_path() / ("luytre-notify-" + std::to_string(::getpid()) + ".jsonl");
  std::ofstream(file).close();
  std::filesystem::permissions(file, std::filesystem::perms::all);
  SenderSettings settings;
  settings.kind = "file";
  settings.file = file;
  const auto to = notify(settings);
  queue(*to, "mã 1\n2");
  EXPECT_EQ(to->deliver_now(), 1U);
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  std::filesystem::remove(file);
  EXPECT_THAT(text, HasSubstr(R"("phone":"+84912345678","text":"mã 1\n2"})"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_P(NotifyTest, NoSenderMeansNothingIsKept) {
  SenderSettings settings;
  settings.kind = "none";
  const auto to = notify(settings);
  queue(*to, "x");
  EXPECT_EQ(to->deliver_now(), 0U);
  EXPECT_THAT(states(), ElementsAre("dropped"));
  EXPECT_TRUE(rows().front().wiped);
}

TEST_P(NotifyTest, SettingsThatMakeNoSenseSayWhatToChange) {
  SenderSettings settings;
  settings.kind = "pigeon";
  EXPECT_THROW(notify(settings), std::runtime_error);
  settings.kind = "http";
  EXPECT_THROW(notify(settings), std::runtime_error);  // no URL
  settings.url = "ftp://example";
  settings.body = "{phone}{text}";
  EXPECT_THROW(notify(settings), std::runtime_error);
  settings.url = "https://example/";
  settings.body = "{phone}";
  EXPECT_THROW(notify(settings), std::runtime_error);  // no text
  settings.kind = "file";
  settings.file = "/nonexistent/folder/file";
  EXPECT_THROW(notify(settings), std::runtime_error);
}

TEST_P(NotifyTest, AnotherKeyCannotOpenTheOutbox) {
  const auto to = notify(http_settings(gateway_.url("/")));
  queue(*to, "x");
  const Vault stranger = fixed_vault(9);
  Notify other(*database_, stranger, http_settings(gateway_.url("/")));
  EXPECT_EQ(other.deliver_now(), 0U);
  EXPECT_THAT(gateway_.requests(), IsEmpty());
  EXPECT_THAT(states(), ElementsAre("failed"));
}

// ---- figures by hour ----

std::string said(const Outbound& d) {
  return d.purpose + ' ' + std::to_string(d.sent) + ' ' + std::to_string(d.failed) + ' ' + std::to_string(d.dropped) +
         ' ' + std::to_string(d.waiting) + ' ' + (d.median_seconds ? std::to_string(*d.median_seconds) : "-");
}

TEST_P(NotifyTest, FiguresSayByHourAndSenderWhatBecameOfMessages) {
  const Instant begin{1'700'000'000 / 3600 * 3600};
  clock_.set(begin);
  const auto to = notify(http_settings(gateway_.url("/sms")));
  const auto seen = [&] {
    std::vector<std::string> out;
    for (const auto& one : database_->read_now([&](store::Session& s) { return deliveries(s, begin, clock_.now()); })) {
      EXPECT_EQ(one.sender, sender_name(http_settings(gateway_.url("/sms"))));
      out.push_back(std::to_string((one.hour - begin) / std::chrono::hours(1)) + ' ' + said(one));
    }
    return out;
  };
  EXPECT_THAT(seen(), IsEmpty());
  const auto send = [&](bool code, int status) {
    queue(*to, "x", code ? std::optional(clock_.now() + std::chrono::minutes(5)) : std::nullopt);
    clock_.advance(std::chrono::seconds(9));
    gateway_.answer({status});
    to->deliver_now();
  };
  queue(*to, "waits", clock_.now() + std::chrono::minutes(5));
  clock_.advance(std::chrono::seconds(9));
  EXPECT_THAT(seen(), ElementsAre("0 code 0 0 0 1 9")) << "what waits counts with its age";
  to->deliver_now();
  send(false, 200);
  send(true, 400);
  send(true, 503);
  EXPECT_THAT(seen(), ElementsAre("0 code 1 1 0 1 9", "0 warning 1 0 0 0 9"));
  clock_.advance(std::chrono::hours(1));
  queue(*to, "late");
  to->deliver_now();
  EXPECT_THAT(seen(), ElementsAre("1 warning 1 0 0 0 0", "0 code 1 1 1 0 9", "0 warning 1 0 0 0 9"));
  const auto together =
      database_->read_now([&](store::Session& s) { return outbound_since(s, false, begin, clock_.now()); });
  EXPECT_EQ(said(together), " 2 0 0 0 0");
  const auto lately = database_->read_now(
      [&](store::Session& s) { return outbound_since(s, true, begin + std::chrono::hours(1), clock_.now()); });
  EXPECT_EQ(said(lately), " 0 0 0 0 -");
}

}  // namespace
}  // namespace luytre::notify
