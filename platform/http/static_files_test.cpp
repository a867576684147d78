#include "platform/http/static_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>

#include "platform/http/testing.h"

namespace luytre::http::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string gunzip(const std::string& packed) {
  z_stream z{};
  inflateInit2(&z, 15 + 16);
  std::string out(1 << 20, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  z.avail_in = static_cast<uInt>(packed.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(z.total_out);
  inflateEnd(&z);
  return out;
}

class StaticFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "luytre-static-XXXXXX";
    folder = ::mkdtemp(pattern.data());
    put("citizen/index.html", "<!doctype html><title>Lũy Tre</title>");
    put("citizen/sw.js", std::string(5000, 'j'));
    put("citizen/assets/index-BqJ3k2_A.js", std::string(5000, 'a'));
    put("citizen/assets/logo.svg", "<svg/>");
    put("citizen/ready.css", "body{}");
    put("citizen/ready.css.gz", gzip("body{} /* prepared */"));
    put("citizen/dots..name.txt", "dots");
    put("console/index.html", "<!doctype html><title>Console</title>");
    put("secret.txt", "secret");
    fs::create_symlink(folder / "secret.txt", folder / "citizen/link.txt");
    server.options.sites = {{"/", folder / "citizen"}, {"/console", folder / "console"}};
    server.start();
  }
  void TearDown() override { fs::remove_all(folder); }

  void put(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << bytes;
  }

  fs::path folder;
  TestServer server;
};

TEST_F(StaticFilesTest, ServesTheAppWithAStrictPolicy) {
  const auto page = server.get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.header("Cache-Control"), "no-cache");
  EXPECT_THAT(page.header("Content-Security-Policy"),
              AllOf(HasSubstr("default-src 'self'"), HasSubstr("frame-ancestors 'none'"), Not(HasSubstr("http")),
                    Not(HasSubstr("*")), Not(HasSubstr("unsafe-inline"))));
  EXPECT_THAT(page.header("Permissions-Policy"), HasSubstr("camera=(self)"));
  EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(server.get("/console/").header("Content-Security-Policy"), page.header("Content-Security-Policy"));
}

TEST_F(StaticFilesTest, PagesOfTheAppAnswerItsIndexAndMissingFilesDoNot) {
  EXPECT_THAT(server.get("/visits/today").body, HasSubstr("Lũy Tre"));
  EXPECT_THAT(server.get("/console/cases/1?tab=2").body, HasSubstr("Console"));
  EXPECT_THAT(server.get("/consolex").body, HasSubstr("Lũy Tre"));
  EXPECT_EQ(server.get("/assets/index-old00000.js").status, 404);
  EXPECT_EQ(server.get("/api/v1/nothing").code(), "not_found");
  EXPECT_EQ(server.get("/api/nothing").code(), "not_found");
  const auto slash = server.get("/console?a=b");
  EXPECT_EQ(slash.status, 308);
  EXPECT_EQ(slash.header("Location"), "/console/?a=b");
}

TEST_F(StaticFilesTest, HashedFilesAreKeptForever) {
  EXPECT_EQ(server.get("/assets/index-BqJ3k2_A.js").header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(server.get("/assets/logo.svg").header("Cache-Control"), "no-cache");
  EXPECT_EQ(server.get("/sw.js").header("Cache-Control"), "no-cache");
}

TEST_F(StaticFilesTest, GzipIsTakenFromBesideOrMade) {
  const std::vector<std::string> gzip_too{"Accept-Encoding: br, gzip;q=0.5"};
  const auto made = server.get("/sw.js", gzip_too);
  EXPECT_EQ(made.header("Content-Encoding"), "gzip");
  EXPECT_EQ(made.header("Vary"), "Accept-Encoding");
  EXPECT_LT(made.body.size(), 200U);
  EXPECT_EQ(gunzip(made.body), std::string(5000, 'j'));
  EXPECT_EQ(gunzip(server.get("/ready.css", gzip_too).body), "body{} /* prepared */");
  EXPECT_EQ(server.get("/ready.css").body, "body{}");
  EXPECT_EQ(server.get("/ready.css", {"Accept-Encoding: gzip;q=0"}).header("Content-Encoding"), "");
  EXPECT_EQ(server.get("/assets/logo.svg", gzip_too).header("Content-Encoding"), "");  // too small to gain
  EXPECT_EQ(server.get("/ready.css.gz").status, 404);
}

TEST_F(StaticFilesTest, UnchangedFilesAreNotSentAgain) {
  const auto first = server.get("/sw.js");
  const auto tag = first.header("ETag");
  const auto again = server.get("/sw.js", {"If-None-Match: \"other\", W/" + tag});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.header("ETag"), tag);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(server.get("/sw.js", {"If-None-Match: " + tag, "Accept-Encoding: gzip"}).status,
            200);  // another representation
  EXPECT_EQ(server.get("/sw.js", {"If-None-Match: *"}).status, 304);
}

TEST_F(StaticFilesTest, NoPathLeadsOutOfTheFolder) {
  for (const auto* path : {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt",
                           "//secret.txt", "/link.txt", "/./secret.txt", "/..\\secret.txt"}) {
    const auto answer = server.get(path);
    EXPECT_THAT(answer.body, Not(HasSubstr("secret"))) << path;
    EXPECT_TRUE(answer.status == 404 || answer.status == 400) << path << ' ' << answer.status;
  }
  EXPECT_EQ(server.get("/dots..name.txt").body, "dots");
}

TEST_F(StaticFilesTest, OnlyReadingIsAllowed) {
  const auto answer = server.call("POST", "/sw.js");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("Allow"), "GET, HEAD, OPTIONS");
  const auto head = server.call("HEAD", "/sw.js");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), "5000");
}

TEST(StaticFilesStartTest, AFolderWithoutAnAppStopsTheStart) {
  const std::vector<StaticSite> sites{{"/", "/nonexistent"}};
  EXPECT_THROW(StaticFiles{sites}, store::StartError);
}

}  // namespace
}  // namespace luytre::http::testing
