#include "modules/declarations/pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "modules/declarations/fixture.h"
#include "platform/base/jpeg_testing.h"
#include "platform/base/text.h"

namespace luytre::declarations {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

using namespace testing;

constexpr const char* kSent = "urn:uuid:0b1e6c1e-6c39-4a57-9d3b-7b3ab1e3a001";

// Of the entry form, by somebody who was tested. `picture`: the attachment named, if any.
json::Value entry_response(std::optional<json::Object> picture) {
  json::Array tested{answered("tested", "valueBoolean", true), answered("test-date", "valueDate", "2026-11-21"),
                     answered("test-result", "valueCoding", json::Object{{"code", "negative"}})};
  if (picture) tested.push_back(answered("test-picture", "valueAttachment", std::move(*picture)));
  return testing::entry_response({{"valueString", "Lao Bảo"}}, std::move(tested));
}

// The attachment that the answers name; null: none.
json::Value named(const json::Value& response) {
  for (const auto& group : response.at("item").as_array())
    for (const auto& item : group.at("item").as_array())
      if (item.at("linkId").as_string() == "test-picture") return item.at("answer").at(0).at("valueAttachment");
  return nullptr;
}

PictureId id_in(const json::Value& response) {
  return *picture_of(std::string_view(named(response).at("url").as_string()));
}

std::string jpeg(int width = 64) {
  return jpeg_testing::picture(width, 48);
}

class PicturesTest : public Fixture {
 protected:
  PicturesTest() : Fixture("2026-11-23T03:00:00Z") {
    command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri, "covid-19", "entry");
  }

  NewDeclaration entry(std::optional<std::string> bytes) const {
    NewDeclaration out;
    out.form = std::string("entry");
    out.version = std::string("2026-11-23");
    out.at = now();
    std::optional<json::Object> attachment;
    if (bytes) attachment = json::Object{{"contentType", "image/jpeg"}, {"url", kSent}};
    out.response = entry_response(std::move(attachment));
    if (bytes) {
      NewPicture picture;
      picture.url = std::string(kSent);
      picture.data = base64url(*bytes);
      out.pictures = {std::move(picture)};
    }
    return out;
  }

  std::string refusal(const Caller& who, NewDeclaration what) {
    const auto out = submit(who, std::move(what));
    return out ? "" : told(out.error());
  }
  json::Value response(const Declaration& made) { return *run(declarations_->find(mother_, made.id))->response; }
  // What somebody sees of it: its bytes, or the refusal.
  std::string seen(const Caller& who, DeclarationId declaration, PictureId picture) {
    const auto out = run(declarations_->picture(who, declaration, picture));
    return out ? out->body : out.error().code;
  }

  std::int64_t kept() { return count("SELECT count(*) FROM declarations_picture"); }
};

TEST_P(PicturesTest, WhoMayReadTheAnswersMayOpenThePictureAndEachLookIsLogged) {
  const auto made = submitted(mother_, entry(jpeg()));
  const json::Value said = response(made);
  const json::Value attachment = named(said);
  ASSERT_TRUE(attachment.is_object());
  EXPECT_EQ(attachment.at("contentType").as_string(), "image/jpeg");
  EXPECT_EQ(attachment.at("size").as_int64(), static_cast<std::int64_t>(jpeg().size()));
  EXPECT_EQ(attachment.at("hash").as_string().size(), 28u) << "SHA-1 in base64";
  EXPECT_THAT(boost::json::serialize(said), Not(HasSubstr(kSent))) << "by our name, not by the sender's";
  const PictureId id = id_in(said);
  EXPECT_EQ(seen(mother_, made.id, id), jpeg());
  EXPECT_THAT(looks(), Not(Contains("declarations.picture " + to_text(an_)))) << "of the own household";
  EXPECT_EQ(seen(neighbour_, made.id, id), "not_permitted");
  EXPECT_EQ(seen(elsewhere_, made.id, id), "not_permitted");
  EXPECT_EQ(seen(Caller{}, made.id, id), run(declarations_->find(Caller{}, made.id)).error().code);
  EXPECT_THAT(looks(), Not(Contains("declarations.picture " + to_text(an_))));
  EXPECT_EQ(seen(station_, made.id, id), jpeg());
  EXPECT_THAT(looks(), Contains("declarations.picture " + to_text(an_)));
  EXPECT_EQ(seen(station_, made.id, PictureId{7}), "not_found");
  const auto other = submitted(neighbour_, entry(std::nullopt));
  EXPECT_EQ(seen(neighbour_, other.id, id), "not_found") << "through a declaration of one's own";
}

TEST_P(PicturesTest, ItIsSealedAndARepeatKeepsItOnce) {
  const auto first = submit(mother_, entry(jpeg()), "k1");
  const auto again = submit(mother_, entry(jpeg()), "k1");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_EQ(kept(), 1);
  const auto row =
      db_->read_now([&](store::Session& s) { return storage::picture(s, an_, first->id, id_in(response(*first))); });
  ASSERT_TRUE(row);
  EXPECT_EQ(std::string_view(row->picture.data).find("JFIF"), std::string_view::npos);
  EXPECT_EQ(submit(mother_, entry(jpeg(65)), "k1").error().code, "idempotency_key_reused");
  EXPECT_EQ(submit(mother_, entry(std::nullopt), "k1").error().code, "idempotency_key_reused") << "on either path";
  ASSERT_TRUE(submit(mother_, entry(std::nullopt), "k2"));
  EXPECT_EQ(submit(mother_, entry(jpeg()), "k2").error().code, "idempotency_key_reused") << "on either path";
  EXPECT_EQ(kept(), 1);

  for (std::int64_t i = kept(); i < kOfPersonMost; ++i) submitted(mother_, entry(jpeg()));
  EXPECT_EQ(submit(mother_, entry(jpeg()), "k3").error().code, "too_many_pictures");
  EXPECT_TRUE(submit(mother_, entry(std::nullopt), "k3")) << "a refusal takes no key";
}

TEST_P(PicturesTest, NoPictureWithoutAnAnswerAndNoAnswerWithoutAPicture) {
  auto unnamed = entry(jpeg());
  unnamed.response = entry_response(std::nullopt);
  EXPECT_EQ(refusal(mother_, unnamed), "invalid /pictures/0 unknown") << "nobody's store";
  auto missing = entry(jpeg());
  missing.pictures.reset();
  EXPECT_THAT(refusal(mother_, missing), HasSubstr("/valueAttachment/url unknown"));
  auto twice = entry(jpeg());
  twice.pictures->push_back(twice.pictures->front());
  EXPECT_EQ(refusal(mother_, twice), "invalid /pictures/1/url repeated");
  twice.pictures->push_back(twice.pictures->front());
  EXPECT_EQ(refusal(mother_, twice), "invalid /pictures too_long");
  EXPECT_EQ(refusal(mother_, entry("GIF89a")), "invalid /pictures/0/data format");
  EXPECT_EQ(refusal(mother_, entry(jpeg_testing::picture(64, 64, jpeg_testing::segment(0xE1, "Exif")))),
            "invalid /pictures/0/data format");
  EXPECT_EQ(refusal(mother_, entry(jpeg(4096))), "invalid /pictures/0/data range");
  EXPECT_EQ(refusal(mother_, entry(jpeg_testing::picture(64, 64, "", 0xC0, kPictureMost))),
            "invalid /pictures/0/data too_long");
  auto garbled = entry(jpeg());
  garbled.pictures->front().data = std::string("%%%");
  EXPECT_EQ(refusal(mother_, garbled), "invalid /pictures/0/data encoding");
  EXPECT_EQ(kept(), 0);
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), 0);
}

TEST_P(PicturesTest, ACorrectionKeepsOrReplacesIt) {
  const auto first = submitted(mother_, entry(jpeg()));
  const json::Value attachment = named(response(first));
  const PictureId id = id_in(response(first));

  auto keeping = entry(std::nullopt);
  keeping.response = entry_response(attachment.as_object());
  EXPECT_THAT(refusal(mother_, keeping), HasSubstr("/url unknown")) << "it corrects nothing";
  keeping.corrects = first.id;
  auto forged = keeping;
  json::Object other = attachment.as_object();
  other["size"] = 1;
  forged.response = entry_response(other);
  EXPECT_EQ(refusal(mother_, forged), "invalid /response unknown") << "as it was, or not at all";
  other["url"] = picture_url(PictureId{7});
  forged.response = entry_response(other);
  EXPECT_EQ(refusal(mother_, forged), "invalid /response unknown");

  const auto second = submitted(mother_, keeping);
  EXPECT_EQ(id_in(response(second)), id);
  EXPECT_EQ(seen(station_, second.id, id), jpeg());
  EXPECT_EQ(seen(station_, first.id, id), jpeg()) << "the version before is kept with its own";
  EXPECT_EQ(kept(), 2);

  auto replacing = entry(jpeg(65));
  replacing.corrects = second.id;
  const auto third = submitted(mother_, replacing);
  EXPECT_NE(id_in(response(third)), id);
  EXPECT_EQ(seen(station_, third.id, id_in(response(third))), jpeg(65));
  EXPECT_EQ(seen(station_, third.id, id), "not_found");

  auto without = entry(std::nullopt);
  without.corrects = third.id;
  EXPECT_TRUE(named(response(submitted(mother_, without))).is_null());

  const auto theirs = submitted(neighbour_, entry(std::nullopt));
  auto borrowed = keeping;
  borrowed.corrects = theirs.id;
  EXPECT_EQ(refusal(neighbour_, borrowed), "invalid /response unknown") << "of somebody else";
}

TEST_P(PicturesTest, NobodyFillsTheStore) {
  for (std::int64_t i = 0; i < kOfPersonMost; ++i) submitted(mother_, entry(jpeg()));
  EXPECT_EQ(refusal(mother_, entry(jpeg())), "too_many_pictures");
  EXPECT_EQ(refusal(mother_, entry(std::nullopt)), "") << "the declaration itself is always taken";
  std::int64_t more = kOfAccountMost - kOfPersonMost;
  for (const char* child : {"Trần Văn Bé", "Trần Thị Nhí", "Trần Văn Tí"}) {
    auto of_child = entry(jpeg());
    of_child.person = born(mother_, child, people::Relation::kChild);
    for (std::int64_t i = 0; i < kOfPersonMost && more > 0; ++i, --more) submitted(mother_, of_child);
  }
  auto of_another = entry(jpeg());
  of_another.person = born(mother_, "Trần Thị Út", people::Relation::kChild);
  EXPECT_EQ(refusal(mother_, of_another), "too_many_pictures") << "of the account";
  EXPECT_EQ(kept(), kOfAccountMost);
  EXPECT_EQ(refusal(station_, of_another), "") << "an officer declares by duty";
  EXPECT_EQ(refusal(neighbour_, entry(jpeg())), "");
}

TEST_P(PicturesTest, IsDeletedWithItsDeclarationWithProof) {
  submitted(mother_, entry(jpeg()));
  clock_.advance(hours(2));
  const auto young = submitted(mother_, entry(jpeg()));
  const PictureId id = id_in(response(young));
  clock_.advance(kKept - hours(1));
  const auto job = declarations_->retention();
  db_->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(seen(mother_, young.id, id), jpeg());
  EXPECT_EQ(count("SELECT CAST(sum(pictures) AS bigint) FROM declarations_retention"), 1);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM declarations_retention"), 1);
}

TEST_P(PicturesTest, AtAPlacesDeviceItBelongsToWhomeverTheCodeNamesAndToNobodyElse) {
  const auto taken = db_->transact_now([&](store::Session& s) {
    return declarations_->take(s, entry(jpeg()), an_, {DeclaredAs::kSelf, {}, Channel::kKiosk});
  });
  ASSERT_TRUE(taken);
  EXPECT_EQ(seen(mother_, taken->id, id_in(response(*taken))), jpeg());
  const auto judged = declarations_->assess(entry(jpeg()), kHaiLang);
  ASSERT_FALSE(judged);
  EXPECT_EQ(told(judged.error()), "invalid /pictures unknown") << "of whom nobody knows nothing is kept here";
  EXPECT_TRUE(declarations_->assess(entry(std::nullopt), kHaiLang));
  EXPECT_EQ(kept(), 1);
}

// The shipped forms, but that the entry form may be taken back.
fs::path withdrawable_forms() {
  const fs::path from = LUYTRE_SOURCE_DIR "/data";
  const fs::path to = fs::temp_directory_path() / ("luytre-pictures-" + std::to_string(::getpid()));
  fs::remove_all(to);
  fs::create_directories(to);
  for (const char* part : {"forms", "declaration-rules", "languages.json", "countries.json"})
    fs::copy(from / part, to / part, fs::copy_options::recursive);
  const fs::path file = to / "forms/entry-2026-11-23.json";
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  json::Value form = boost::json::parse(text.str());
  form.as_object()["extension"].as_array().push_back(
      json::Object{{"url", "urn:luytre:extension:withdrawable"}, {"valueBoolean", true}});
  std::ofstream(file) << boost::json::serialize(form);
  return to;
}

TEST_P(PicturesTest, TakenBackInAllItsVersions) {
  const fs::path data = withdrawable_forms();
  declarations_ =
      std::make_unique<Declarations>(*db_, people_, decisions_, geography(), access_, vault_, Catalogue(data));
  fs::remove_all(data);
  const auto first = submitted(mother_, entry(jpeg()));
  auto right = entry(jpeg(65));
  right.corrects = first.id;
  const auto second = submitted(mother_, right);
  submitted(neighbour_, entry(jpeg()));
  EXPECT_EQ(kept(), 3);
  ASSERT_TRUE(run(declarations_->withdraw(mother_, second.id)));
  EXPECT_EQ(kept(), 1) << "of somebody else";
}

INSTANTIATE_TEST_SUITE_P(Engines, PicturesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::declarations
