#include "platform/http/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/http/codes.h"

namespace luytre::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

struct Leaf {
  Text<50> name;
  std::optional<Instant> at;
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (name, at))

constexpr ErrorCode kLeafTorn{"leaf_torn", 409};

Task<Result<Leaf>> leaf() {
  co_return Leaf{};
}
Task<Result<Done>> done() {
  co_return Done{};
}
Task<Result<Page<Leaf>>> leaves() {
  co_return Page<Leaf>{};
}
Task<Result<Reply>> pdf() {
  co_return Reply{};
}

class OpenApiTest : public ::testing::Test {
 protected:
  OpenApiTest() {
    router.get("/leaves")
        .summary("Leaves")
        .permit({Role::kCitizen, Role::kStationOfficer}, Purpose::kOwnRecord)
        .query("kind", "green|brown", "which")
        .paged()
        .handle([](Call&) -> Task<Result<Page<Leaf>>> { return leaves(); });
    router.post("/leaves")
        .permit({Role::kCitizen}, Purpose::kOwnRecord)
        .errors({kLeafTorn})
        .status(201)
        .flood()
        .handle([](Call&, Leaf) -> Task<Result<Leaf>> { return leaf(); });
    router.patch("/leaves/{id}")
        .permit({Role::kCitizen}, Purpose::kOwnRecord)
        .versioned()
        .handle([](Call&, Leaf) -> Task<Result<Leaf>> { return leaf(); });
    router.post("/leaves/{id}/check-out")
        .permit({Role::kAnyone}, Purpose::kPublic)
        .handle([](Call&) -> Task<Result<Done>> { return done(); });
    router.get("/leaves/{id}/poster.pdf")
        .permit({Role::kAnyone}, Purpose::kPublic)
        .content_type("application/pdf")
        .handle([](Call&) -> Task<Result<Reply>> { return pdf(); });
    document = boost::json::parse(router.openapi("Lũy Tre", "1.0"));
  }
  const json::Value& at(std::string_view pointer) { return document.at_pointer(pointer); }
  static std::vector<std::string> texts(const json::Value& array) {
    std::vector<std::string> out;
    for (const auto& item : array.as_array()) out.emplace_back(item.as_string());
    return out;
  }

  Router router;
  json::Value document;
};

TEST_F(OpenApiTest, EveryRouteIsAnOperationWithAStableName) {
  EXPECT_EQ(at("/openapi").as_string(), "3.1.0");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/get/operationId").as_string(), "getLeaves");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/post/operationId").as_string(), "postLeaves");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves~1{id}/patch/operationId").as_string(), "patchLeavesById");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves~1{id}~1check-out/post/operationId").as_string(), "postLeavesByIdCheckOut");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves~1{id}~1poster.pdf/get/operationId").as_string(), "getLeavesByIdPosterPdf");
  EXPECT_EQ(at("/tags/0/name").as_string(), "leaves");
  EXPECT_EQ(document.at("tags").as_array().size(), 1U);
}

TEST_F(OpenApiTest, ParametersAreThoseTheDoorChecks) {
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/get/parameters/0/schema/enum/1").as_string(), "brown");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/get/parameters/1/name").as_string(), "cursor");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/get/parameters/2/schema/maximum").to_number<int>(), 200);
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/post/parameters/0/name").as_string(), "Idempotency-Key");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves~1{id}/patch/parameters/0/in").as_string(), "path");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves~1{id}/patch/parameters/1/name").as_string(), "If-Match");
}

TEST_F(OpenApiTest, BodiesAndAnswersAreTheStructs) {
  const std::string body(
      at("/paths/~1api~1v1~1leaves/post/requestBody/content/application~1json/schema/$ref").as_string());
  ASSERT_TRUE(body.starts_with("#/components/schemas/"));
  const auto& schema = at(body.substr(1));
  EXPECT_EQ(schema.at("properties").at("name").at("maxLength").to_number<int>(), 50);
  EXPECT_EQ(schema.at("properties").at("at").at("format").as_string(), "date-time");
  EXPECT_THAT(texts(schema.at("required")), ElementsAre("name"));
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/post/responses/201/content/application~1json/schema/$ref").as_string(), body);
  EXPECT_FALSE(at("/paths/~1api~1v1~1leaves~1{id}~1check-out/post/responses/204").as_object().contains("content"));
  EXPECT_TRUE(at("/paths/~1api~1v1~1leaves~1{id}~1poster.pdf/get/responses/200/content")
                  .as_object()
                  .contains("application/pdf"));
}

TEST_F(OpenApiTest, ErrorsAreDeclaredAndThoseOfTheDoor) {
  EXPECT_THAT(texts(at("/paths/~1api~1v1~1leaves/post/x-error-codes")),
              IsSupersetOf({"leaf_torn", "invalid", "malformed", "unauthenticated", "not_permitted",
                            "second_proof_required", "cross_site", "idempotency_key_required"}));
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/post/responses/409/description").as_string(), "leaf_torn");
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/post/responses/409/content/application~1problem+json/schema/$ref").as_string(),
            "#/components/schemas/Problem");
  EXPECT_THAT(texts(at("/components/schemas/Problem/required")),
              ElementsAre("type", "title", "status", "code", "detail"));
  EXPECT_THAT(texts(at("/paths/~1api~1v1~1leaves~1{id}~1check-out/post/x-error-codes")),
              Not(::testing::Contains("unauthenticated")));
}

TEST_F(OpenApiTest, WhoMayCallIsSaid) {
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/get/security").as_array().size(), 2U);
  EXPECT_TRUE(at("/paths/~1api~1v1~1leaves~1{id}~1check-out/post/security").as_array().empty());
  EXPECT_THAT(texts(at("/paths/~1api~1v1~1leaves/get/x-roles")), ElementsAre("citizen", "stationOfficer"));
  EXPECT_EQ(at("/paths/~1api~1v1~1leaves/get/x-purpose").as_string(), "ownRecord");
}

TEST_F(OpenApiTest, EveryReferenceLeadsSomewhere) {
  const std::string text = boost::json::serialize(document);
  for (std::size_t from = text.find("\"#/"); from != std::string::npos; from = text.find("\"#/", from + 1)) {
    const auto pointer = text.substr(from + 2, text.find('"', from + 1) - from - 2);
    boost::system::error_code failed;
    EXPECT_NE(document.find_pointer(pointer, failed), nullptr) << pointer;
  }
}

TEST(OpenApiNamesTest, TwoRoutesCannotShareAnOperationId) {
  Router router;
  for (const auto* path : {"/a-b", "/a/b"})
    router.get(path).permit({Role::kAnyone}, Purpose::kPublic).handle([](Call&) -> Task<Result<Done>> {
      return done();
    });
  EXPECT_THROW((void)router.match(Method::kGet, "/"), std::logic_error);
}

}  // namespace
}  // namespace luytre::http
