// Traces by the department of information and communications: each by a released letter, and counts alone.

#include "modules/tracing/requests.h"

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class RequestsTest : public TracingTest {
 protected:
  RequestsTest() {
    signer_.name = "Bác sĩ Lê Thu Hà, CDC tỉnh";
    other_.name = "Bác sĩ Trần Minh Quân, CDC tỉnh";
  }
  NewRequest letter(const std::string& case_number) const {
    NewRequest out;
    out.number = std::string("123/SYT-NVY");
    out.date = parse_date("2026-03-01").value();
    out.authority = std::string("Sở Y tế");
    out.signed_by = std::string("Lê Thu Hà");
    out.purpose = std::string("Kiểm tra ổ dịch chợ");
    out.case_number = case_number;
    return out;
  }
  RequestId entered(const std::string& case_number) {
    return run(requests_.enter(office_, letter(case_number), std::nullopt))->id;
  }
  std::vector<Request> list(const Caller& who) { return run(requests_.list(who))->items; }
  std::string said(const Result<RequestStanding>& out) const {
    return out ? json::enum_text(out->state) : out.error().code;
  }

  Requests requests_{*world_.db, tracing_, visits::testing::geography(), world_.house->access, world_.vault};
  const Caller office_ = identity::testing::officer(Role::kInformationOffice, visits::testing::kQuangTri, 9301);
  const Caller far_office_ = identity::testing::officer(Role::kInformationOffice, kDaNang, 9302);
  Caller signer_ = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9303);
  Caller other_ = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9304);
};

TEST_P(RequestsTest, AReleasedLetterLetsTheOfficeTraceAndSeeCountsAlone) {
  const auto ill = someone("Người Bệnh"), met = someone("Người Gặp");
  const PlaceId market = place("Chợ");
  stay(ill.id, market, 0, 60);
  stay(met.id, market, 0, 60);
  const auto kase = confirmed(ill.id);
  const RequestId id = entered(kase.number);
  EXPECT_EQ(said(run(requests_.run(office_, id, std::nullopt))), "request_not_released");
  EXPECT_EQ(said(run(requests_.release(other_, id))), "not_named_in_request");
  EXPECT_EQ(said(run(requests_.release(far_, id))), "not_found");
  EXPECT_EQ(said(run(requests_.release(station_, id))), "not_found");
  ASSERT_EQ(said(run(requests_.release(signer_, id))), "released");
  EXPECT_EQ(said(run(requests_.release(signer_, id))), "request_decided");
  EXPECT_EQ(said(run(requests_.run(far_office_, id, std::nullopt))), "not_found");
  EXPECT_EQ(said(run(requests_.run(signer_, id, std::nullopt))), "not_permitted");
  ASSERT_EQ(said(run(requests_.run(office_, id, std::nullopt))), "released");
  followers_.drain();
  const auto seen = list(office_);
  ASSERT_THAT(seen, SizeIs(1));
  EXPECT_EQ(seen[0].run_state, RunState::kDone);
  ASSERT_TRUE(seen[0].found);
  ASSERT_THAT(*seen[0].found, SizeIs(1));
  EXPECT_EQ(seen[0].found->front().level, 1);
  EXPECT_FALSE(seen[0].found->front().people) << "one is fewer than are told";
  const std::string told = json::text(seen[0]);
  for (const PersonId who : {ill.id, met.id}) EXPECT_THAT(told, Not(HasSubstr(to_text(who))));
  for (const char* name : {"Người Bệnh", "Người Gặp", "Chợ\""}) EXPECT_THAT(told, Not(HasSubstr(name)));
  EXPECT_THAT(log_about(ill.id), Contains("tracing.run_request 123/SYT-NVY, Sở Y tế: Kiểm tra ổ dịch chợ"));
  EXPECT_EQ(run(tracing_.candidates(office_, kase.id, {}, std::nullopt, 10)).error().code, "not_permitted");
  EXPECT_EQ(run(tracing_.runs(office_, kase.id)).error().code, "not_permitted");
}

TEST_P(RequestsTest, TheOfficeDoesNotLearnWhichCasesThereAre) {
  const auto kase = confirmed(someone("Người Bệnh").id);
  const auto real = run(requests_.enter(office_, letter(kase.number), std::nullopt));
  const auto none = run(requests_.enter(office_, letter("COV-260301-0000"), std::nullopt));
  ASSERT_TRUE(real && none);
  auto seen = list(office_);
  ASSERT_THAT(seen, SizeIs(2));
  EXPECT_EQ(seen[0].state, seen[1].state);
  EXPECT_EQ(said(run(requests_.run(office_, none->id, std::nullopt))), "request_not_released");
  EXPECT_EQ(said(run(requests_.run(office_, real->id, std::nullopt))), "request_not_released");
  EXPECT_THAT(list(signer_), SizeIs(1)) << "of the cases of the own area";
  EXPECT_TRUE(list(signer_)[0].yours);
  EXPECT_FALSE(list(other_)[0].yours);
  EXPECT_THAT(list(far_), IsEmpty());
  EXPECT_THAT(list(far_office_), IsEmpty());
  EXPECT_EQ(run(requests_.list(station_)).error().code, "not_permitted");
  EXPECT_EQ(said(run(requests_.enter(signer_, letter(kase.number), std::nullopt))), "not_permitted");
}

TEST_P(RequestsTest, HowManyIsToldFromTenOn) {
  const auto ill = someone("Người Bệnh");
  const PlaceId market = place("Chợ");
  stay(ill.id, market, 0, 60);
  for (std::int64_t i = 0; i < kMinPresent; ++i) stay(someone("Người Gặp").id, market, 0, 60);
  const RequestId id = entered(confirmed(ill.id).number);
  ASSERT_EQ(said(run(requests_.release(signer_, id))), "released");
  ASSERT_EQ(said(run(requests_.run(office_, id, std::nullopt))), "released");
  followers_.drain();
  const auto seen = list(office_);
  ASSERT_TRUE(seen.at(0).found);
  EXPECT_EQ(seen[0].found->at(0).people, kMinPresent);
}

TEST_P(RequestsTest, NeitherADeskNorAGivenNameNorWhoEnteredItReleases) {
  const auto kase = confirmed(someone("Người Bệnh").id);
  for (const char* name : {"CDC tỉnh", "Hà", "Bác sĩ"}) {
    auto asked = letter(kase.number);
    asked.signed_by = std::string(name);
    const auto id = run(requests_.enter(office_, asked, std::nullopt))->id;
    EXPECT_EQ(said(run(requests_.release(signer_, id))), "not_named_in_request") << name;
  }
  Caller both = signer_;
  both.grants.push_back(office_.grants.front());
  const auto own = run(requests_.enter(both, letter(kase.number), std::nullopt))->id;
  EXPECT_EQ(said(run(requests_.release(both, own))), "not_named_in_request");
}

TEST_P(RequestsTest, ALetterIsWholeAndItsTimeEnds) {
  auto bare = letter("x");
  bare.number = std::string(" ");
  bare.date = parse_date("2026-03-03").value();
  const auto refused = run(requests_.enter(office_, bare, std::nullopt));
  ASSERT_FALSE(refused);
  ASSERT_THAT(refused.error().fields, SizeIs(2));
  const auto kase = confirmed(someone("Người Bệnh").id);
  const RequestId id = entered(kase.number), no = entered(kase.number);
  ASSERT_EQ(said(run(requests_.refuse(signer_, no, {{std::string("Không phải công văn của chúng tôi")}}))), "refused");
  EXPECT_EQ(said(run(requests_.run(office_, no, std::nullopt))), "request_not_released");
  ASSERT_EQ(said(run(requests_.release(signer_, id))), "released");
  world_.clock.advance(kRunsFor);
  EXPECT_EQ(said(run(requests_.run(office_, id, std::nullopt))), "request_not_released");
  world_.clock.advance(kRequestsKept);
  world_.db->transact_now(requests_.retention().run);
  EXPECT_THAT(list(office_), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, RequestsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
