#include "modules/declarations/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "engines/forms/translations.h"

namespace luytre::declarations {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(CatalogueTest, ShippedFormsAreWholeAndNothingIsPreset) {
  const Catalogue catalogue(LUYTRE_SOURCE_DIR "/data");
  EXPECT_THAT(catalogue.ids(), ElementsAre("daily-cholera", "daily-dengue", "daily-diphtheria", "daily-hand-foot-mouth",
                                           "daily-health", "daily-influenza-a-h5n1", "daily-measles", "daily-rash",
                                           "domestic-movement", "entry", "general", "home-isolation", "place-entry"));
  const std::function<void(const forms::Item&)> check = [&](const forms::Item& item) {
    EXPECT_TRUE(item.text.contains("vi") && item.text.contains("en")) << item.link_id;
    EXPECT_FALSE(item.preset) << item.link_id;
    for (const auto& option : item.options) EXPECT_TRUE(option.display.contains("en")) << option.coding.code;
    for (const auto& inside : item.items) check(inside);
  };
  for (const DatedForm& dated : catalogue.all()) {
    EXPECT_TRUE(dated.form.title.contains("vi") && dated.form.title.contains("en"));
    for (const auto& item : dated.form.items) check(item);
    for (const auto& rules : dated.rule_sets)
      for (const auto& question : rules.questions) EXPECT_TRUE(dated.form.find(question)->risk) << question;
  }
  EXPECT_EQ(catalogue.in_force("place-entry", make_date(2021, 5, 28)), nullptr);
  EXPECT_NE(catalogue.in_force("place-entry", make_date(2021, 5, 29)), nullptr);
  EXPECT_THAT(catalogue.in_force(make_date(2020, 3, 9)), IsEmpty());
  EXPECT_THAT(catalogue.in_force(make_date(2021, 5, 1)), SizeIs(4));
  for (const char* dormant : {"daily-health", "entry", "general", "home-isolation"})
    EXPECT_TRUE(catalogue.in_force(dormant, make_date(2026, 11, 20))->form.own_decision) << dormant;
  EXPECT_THROW(Catalogue("/nowhere"), std::runtime_error);
}

TEST(CatalogueTest, OfTwoVersionsOfOneDayTheLaterIsAsked) {
  const Catalogue catalogue(LUYTRE_SOURCE_DIR "/data");
  const auto* now = catalogue.in_force("entry", make_date(2026, 11, 22));
  ASSERT_TRUE(now);
  EXPECT_EQ(now->form.version, "2026-11-22.3");
  const auto* picture = now->form.find("test-picture");
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->type, forms::ItemType::kAttachment);
  const auto* gate = now->form.meaning(forms::Meaning::kGate);
  ASSERT_TRUE(gate);
  EXPECT_EQ(gate->type, forms::ItemType::kOpenChoice) << "from the list, or in words";
  EXPECT_EQ(gate->value_set, "urn:luytre:value-set:points-of-entry");
  const auto* before = catalogue.find("entry", "2026-11-22");
  ASSERT_TRUE(before) << "answers to it stay readable, and what waits on devices is taken";
  EXPECT_TRUE(before->in_force(make_date(2026, 11, 22)));
  EXPECT_EQ(before->form.meaning(forms::Meaning::kGate)->type, forms::ItemType::kString);
  EXPECT_EQ(before->rules(make_date(2026, 11, 22)).id, now->rules(make_date(2026, 11, 22)).id);
}

TEST(CatalogueTest, TheNewestEntryFormTakesCountriesByTheirCodes) {
  const Catalogue catalogue(LUYTRE_SOURCE_DIR "/data");
  const auto* now = catalogue.in_force("entry", make_date(2026, 11, 23));
  ASSERT_TRUE(now);
  EXPECT_EQ(now->form.version, "2026-11-23");
  for (const char* country : {"departure-country", "stop-country"}) {
    const auto* item = now->form.find(country);
    ASSERT_TRUE(item) << country;
    EXPECT_EQ(item->type, forms::ItemType::kOpenChoice) << country << ": where none fits, in words";
    EXPECT_EQ(item->value_set, kCountrySet) << country;
    const auto* before = catalogue.find("entry", "2026-11-22.3")->form.find(country);
    EXPECT_EQ(before->type, forms::ItemType::kString) << country << ": what was answered stays readable";
  }
  EXPECT_EQ(now->rules(make_date(2026, 11, 23)).id, "entry-rules-2026-11-22");
}

TEST(CatalogueTest, ACountryIsFoundByItsCodeUnderItsVietnameseName) {
  const Catalogue catalogue(LUYTRE_SOURCE_DIR "/data");
  EXPECT_EQ(catalogue.countries().size(), 249u) << "as many as ISO 3166-1 has";
  const auto korea = catalogue.countries().find({"", "KR"});
  ASSERT_TRUE(korea);
  EXPECT_EQ(korea->coding, (forms::Coding{"urn:iso:std:iso:3166", "KR"}));
  EXPECT_EQ(korea->display, "Hàn Quốc");
  EXPECT_TRUE(catalogue.countries().find({"urn:iso:std:iso:3166", "LA"}));
  EXPECT_FALSE(catalogue.countries().find({"urn:x", "LA"}));
  for (const char* wrong : {"", "kr", "KOR", "ZZ", "Hàn Quốc"})
    EXPECT_FALSE(catalogue.countries().find({"", wrong})) << wrong;
}

TEST(CatalogueTest, ElevenLanguagesAreListedAndTwoAreComplete) {
  const Catalogue catalogue(LUYTRE_SOURCE_DIR "/data");
  EXPECT_THAT(catalogue.languages(), SizeIs(11));
  std::vector<std::string> complete;
  std::set<std::string> all;
  for (const Language& language : catalogue.languages()) {
    EXPECT_FALSE(language.name.empty()) << language.code;
    EXPECT_TRUE(all.insert(language.code).second) << language.code;
    if (language.state == LanguageState::kComplete) complete.push_back(language.code);
  }
  EXPECT_THAT(complete, ElementsAre("vi", "en"));
  std::size_t texts = 0;
  for (const Document& document : catalogue.documents()) {
    const json::Value asked = forms::skeleton(document.text, "en");
    for (const auto& [name, said] : asked.at("texts").get_object()) {
      for (const std::string& language : complete)
        EXPECT_FALSE(said.at(language).get_string().empty())
            << document.id << ' ' << std::string(name) << ' ' << language;
      ++texts;
    }
  }
  EXPECT_GT(texts, 150u);
}

// A copy of data/ in which something may be changed.
class DataCopy {
 public:
  DataCopy() {
    std::string pattern = (std::filesystem::temp_directory_path() / "luytre-forms-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder = pattern;
    const std::filesystem::path data = LUYTRE_SOURCE_DIR "/data";
    for (const char* name : {"forms", "declaration-rules", "languages.json", "countries.json"})
      std::filesystem::copy(data / name, folder / name, std::filesystem::copy_options::recursive);
  }
  ~DataCopy() { std::filesystem::remove_all(folder); }
  DataCopy(const DataCopy&) = delete;
  DataCopy& operator=(const DataCopy&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << text;
  }
  std::string refusal() const {
    try {
      Catalogue catalogue(folder);
    } catch (const std::runtime_error& e) {
      return e.what();
    }
    return "";
  }
  std::filesystem::path folder;
};

TEST(CatalogueTest, AFurtherLanguageIsAFileBesideTheFormWhichStaysAsItIs) {
  const DataCopy data;
  const Catalogue before(data.folder);
  data.write("forms/translations/place-entry.2021-05-29.lo.json",
             R"({"of": "place-entry", "version": "2021-05-29", "language": "lo", "texts": {"title": {"lo": "L1"},
                 "item:symptoms": {"vi": "", "en": "", "lo": "L2"}, "item:visited": {"lo": ""}}})");
  data.write("forms/translations/domestic-movement.2021-04-30.lo.json",
             R"({"of": "domestic-movement", "version": "2021-04-30", "language": "lo",
                 "texts": {"option:means:airplane": {"lo": "L3"}}})");
  data.write("declaration-rules/translations/place-entry-rules-2021-05-29.lo.json",
             R"({"of": "place-entry-rules-2021-05-29", "language": "lo",
                 "texts": {"rule:symptoms": {"lo": "L4"}, "next:go-on": {"lo": "L5"}, "otherwise": {"lo": "L6"}}})");
  const Catalogue after(data.folder);
  const auto* entry = after.in_force("place-entry", make_date(2026, 11, 20));
  EXPECT_EQ(entry->form.title.at("lo"), "L1");
  EXPECT_EQ(entry->form.find("symptoms")->text.at("lo"), "L2");
  EXPECT_FALSE(entry->form.find("visited")->text.contains("lo")) << "not yet translated: left to the reader's English";
  EXPECT_EQ(
      after.in_force("domestic-movement", make_date(2026, 11, 20))->form.find("means")->options[0].display.at("lo"),
      "L3");
  EXPECT_EQ(entry->rule_sets[0].next_steps.at("go-on").at("lo"), "L5");
  EXPECT_EQ(entry->rule_sets[0].otherwise.text.at("lo"), "L6");
  EXPECT_THAT(boost::json::serialize(entry->document), HasSubstr(R"({"url":"content","valueString":"L2"})"))
      << "what GET /forms/{id} serves";
  ASSERT_EQ(before.documents().size(), after.documents().size());
  for (std::size_t i = 0; i < before.documents().size(); ++i)
    EXPECT_EQ(before.documents()[i].digest, after.documents()[i].digest) << after.documents()[i].id;
}

TEST(CatalogueTest, ATranslationOfAnotherFormIsRefused) {
  const auto refused = [](const std::string& name, const std::string& text) {
    const DataCopy data;
    data.write(name, text);
    return data.refusal();
  };
  const std::string file = "forms/translations/place-entry.2021-05-29.lo.json";
  EXPECT_THAT(refused(file, R"({"of": "place-entry", "version": "2021-05-29", "language": "lo",
                                "texts": {"item:fever": {"lo": "x"}}})"),
              HasSubstr("place-entry.2021-05-29.lo.json: /texts/item:fever: there is no such text"));
  EXPECT_THAT(refused(file, R"({"of": "place-entry", "version": "2020-01-01", "language": "lo", "texts": {}})"),
              HasSubstr("there is no such form"));
  EXPECT_THAT(refused(file, R"({"of": "place-entry", "version": "2021-05-29", "language": "xx", "texts": {}})"),
              HasSubstr("is not in languages.json"));
  EXPECT_THAT(refused(file, R"({"of": "place-entry", "version": "2021-05-29", "language": "en",
                                "texts": {"title": {"en": "x"}}})"),
              HasSubstr("/texts/title: is already said in en"));
}

TEST(CatalogueTest, ACountryIsFoundByTheNameThatListsWrite) {
  const Catalogue catalogue(LUYTRE_SOURCE_DIR "/data");
  const auto code = [&](std::string_view words) {
    const auto found = catalogue.countries().named(words);
    return found ? found->coding.code : "";
  };
  for (const char* laos : {"Lào", "lao", "Laos", "LA", "LAO"}) EXPECT_EQ(code(laos), "LA") << laos;
  EXPECT_EQ(code("HAN QUOC"), "KR");
  EXPECT_EQ(code("Mỹ"), "US");
  EXPECT_EQ(code("MY"), "MY");
  EXPECT_EQ(code("Anh"), "GB");
  for (const char* none : {"", "La", "Tàu trên biển", "ZZ"}) EXPECT_EQ(code(none), "") << none;
}

TEST(CatalogueTest, AListOfCountriesThatIsNoneIsRefused) {
  const auto refused = [](const std::string& countries) {
    const DataCopy data;
    data.write("countries.json", R"({"date": "2026-11-23", "source": "x", "countries": [)" + countries + "]}");
    return data.refusal();
  };
  const std::string laos = R"({"code": "LA", "alpha3": "LAO", "vi": "Lào", "en": "Laos"})";
  EXPECT_EQ(refused(laos), "");
  EXPECT_THAT(refused(""), HasSubstr("no countries in it"));
  EXPECT_THAT(refused(laos + ',' + laos), HasSubstr("LA is there twice"));
  EXPECT_THAT(refused(laos + R"(,{"code": "LB", "alpha3": "LAO", "vi": "x", "en": "x"})"), HasSubstr("LB is there"));
  EXPECT_THAT(refused(laos + R"(,{"code": "LB", "alpha3": "LBN", "vi": "Li-băng", "en": "lào"})"),
              HasSubstr("is the name of two"));
  EXPECT_THAT(refused(R"({"code": "la", "alpha3": "LAO", "vi": "Lào", "en": "Laos"})"), HasSubstr("is no code"));
  EXPECT_THAT(refused(R"({"code": "LA", "alpha3": "LAO", "vi": "", "en": "Laos"})"), HasSubstr("in both languages"));
}

TEST(CatalogueTest, ASkeletonFilledInIsReadAsItIs) {
  const DataCopy data;
  const Catalogue before(data.folder);
  for (const Document& document : before.documents()) {
    const bool form = !document.version.empty();
    json::Value filled = forms::skeleton(document.text, "km");
    for (auto& text : filled.at("texts").get_object()) {
      EXPECT_EQ(text.value().at("km"), json::Value(""));
      text.value().get_object()["km"] = "K " + std::string(text.key());
    }
    data.write((form ? "forms/translations/" : "declaration-rules/translations/") + document.id + document.version +
                   ".km.json",
               boost::json::serialize(filled));
  }
  EXPECT_EQ(data.refusal(), "");
  const Catalogue after(data.folder);
  for (const Document& document : after.documents()) {
    const json::Value filled = forms::skeleton(document.text, "km");
    for (const auto& text : filled.at("texts").get_object())
      EXPECT_EQ(text.value().at("km"), json::Value("K " + std::string(text.key()))) << document.id;
  }
}

TEST(CatalogueTest, ADiseaseMayHaveARuleSetOfItsOwn) {
  const DataCopy data;
  const Catalogue shipped(LUYTRE_SOURCE_DIR "/data");
  const auto write = [&](const std::string& id, const std::string& disease) {
    json::Value rules;
    for (const Document& document : shipped.documents())
      if (document.id == "place-entry-rules-2021-05-29") rules = document.text;
    rules.get_object()["id"] = id;
    rules.get_object()["disease"] = disease;
    data.write("declaration-rules/" + id + ".json", boost::json::serialize(rules));
  };
  write("place-entry-mpox", "mpox");
  const Catalogue catalogue(data.folder);
  const Date today = make_date(2026, 11, 20);
  const DatedForm* form = catalogue.in_force("place-entry", today);
  EXPECT_EQ(form->rules(today).id, "place-entry-rules-2021-05-29");
  EXPECT_EQ(form->rules(today, "mpox").id, "place-entry-mpox");
  EXPECT_EQ(form->rules(today, "covid-19").id, "place-entry-rules-2021-05-29");
  write("place-entry-mpox-2", "mpox");
  EXPECT_THAT(data.refusal(), HasSubstr("has 2 rule sets about mpox"));
}

// Answers of yes to these questions, and of no to every other boolean; coded ones as they are given.
forms::Answers answers_of(const forms::Questionnaire& form, const std::set<std::string>& yes,
                          const std::map<std::string, std::string>& coded = {}) {
  forms::Answers out;
  const std::function<void(const forms::Item&)> add = [&](const forms::Item& item) {
    if (item.type == forms::ItemType::kBoolean) out[item.link_id] = {yes.contains(item.link_id)};
    for (const auto& option : item.options)
      if (const auto found = coded.find(item.link_id); found != coded.end() && option.coding.code == found->second)
        out[item.link_id] = {option.coding};
    for (const auto& inside : item.items) add(inside);
  };
  for (const auto& item : form.items) add(item);
  return out;
}

TEST(CatalogueTest, SymptomsOfWhoIsIllAlreadyOrPregnantReachAStationWithinTheHour) {
  const Catalogue catalogue(LUYTRE_SOURCE_DIR "/data");
  const Date today = make_date(2026, 11, 22);
  for (const char* form : {"entry", "general"}) {
    const DatedForm* dated = catalogue.in_force(form, today);
    ASSERT_NE(dated, nullptr) << form;
    const auto outcome = [&](const std::set<std::string>& yes, const std::string& pregnant, Date day) {
      return forms::decide(dated->rules(day), answers_of(dated->form, yes, {{"pregnant", pregnant}}));
    };
    EXPECT_EQ(outcome({"cough"}, "no", today).colour, forms::Colour::kYellow) << form;
    EXPECT_EQ(outcome({"has-chronic"}, "yes", today).colour, forms::Colour::kGreen) << form << ": no symptom";
    for (const auto& vulnerable :
         {outcome({"cough", "has-chronic"}, "not-applicable", today), outcome({"fever"}, "yes", today)}) {
      EXPECT_EQ(vulnerable.colour, forms::Colour::kRed) << form;
      EXPECT_EQ(vulnerable.reasons.at(0).code, "symptoms-and-vulnerable") << form;
      ASSERT_TRUE(vulnerable.tell) << form;
      EXPECT_EQ(vulnerable.tell->within_minutes, 60) << form;
      EXPECT_THAT(vulnerable.tell->stations, Contains(forms::Station::kResidence)) << form;
    }
  }
  const DatedForm* entry = catalogue.in_force("entry", today);
  EXPECT_EQ(entry->rules(make_date(2026, 11, 21)).id, "entry-rules-2021-03-01") << "what was judged stays judged";
  EXPECT_EQ(entry->rules(today).id, "entry-rules-2026-11-22");
}

}  // namespace
}  // namespace luytre::declarations
