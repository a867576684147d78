// Search by name against a scan of everybody by the same judgement, on random worlds; and what else the box takes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <random>
#include <thread>
#include <tuple>

#include "engines/linkage/person_code.h"
#include "engines/linkage/syllable.h"
#include "modules/people/name_fit.h"
#include "modules/people/people.h"
#include "modules/people/people_fixture.h"
#include "platform/base/result_testing.h"
#include "platform/base/run.h"
#include "platform/base/text.h"
#include "platform/identity/testing.h"
#include "platform/store/testing.h"

namespace luytre::people {
namespace {

using identity::testing::officer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const UnitId kDongHa{2025319333};

NewPerson somebody(const std::string& name, std::optional<std::int64_t> year, UnitId unit = kHaiLang) {
  NewPerson out;
  out.name = name;
  out.birth_year = year;
  out.sex = Sex::kMale;
  out.unit = unit;
  return out;
}

Search called(const std::string& name, std::optional<std::int64_t> year = std::nullopt) {
  Search out;
  out.name = name;
  out.birth_year = year;
  out.reason = std::string("ca bệnh 12");
  return out;
}

class SearchTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  PersonId add(const NewPerson& person) {
    return db_->transact_now([&](store::Session& s) { return *people_.create_within(s, person); });
  }
  FoundPeople found(const Search& search, std::size_t most = 50) {
    auto out = run(people_.search(station_, search, most));
    if (!out) throw std::runtime_error("refused: " + out.error().code);
    return *out;
  }
  std::vector<std::string> names(const Search& search, std::size_t most = 50) {
    std::vector<std::string> out;
    for (const auto& one : found(search, most).items) out.push_back(one.name);
    return out;
  }
  std::size_t log_size() {
    return db_->read_now([&](store::Session& s) { return house_->access.list(s, {}, INT64_MAX, 100).items.size(); });
  }
  std::vector<std::string> terms_of(const std::string& name) {
    return db_->read_now([&](store::Session& s) {
      constexpr store::Query kTerms{"test.terms", "SELECT term FROM people_name_term WHERE name = $1 ORDER BY term"};
      return s.all<std::string>(kTerms, name);
    });
  }

  ManualClock clock_{*parse_instant("2026-03-02T01:30:00Z")};
  store::testing::TestDatabase db_{GetParam(), rooms(), clock_};
  identity::testing::House house_{*db_, geography(), clock_};
  const Vault vault_ = identity::testing::vault();
  People people_{*db_, geography(), house_->access, house_->accounts, vault_, clock_};
  const Caller station_ = officer(Role::kStationOfficer, kHaiLang);
};

TEST_P(SearchTest, ATypingErrorIsForgivenAndStandsBehindWhatIsRight) {
  add(somebody("Nguyễn Văn Hùng", 1980));
  add(somebody("Nguyễn Văn Hưng", 1981));
  add(somebody("Nguyễn Văn Chung", 1982));
  add(somebody("Nguyễn Văn Bình", 1983));
  EXPECT_THAT(names(called("Nguyễn Văn Hùng")), ElementsAre("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Nguyễn Văn Chung"));
  EXPECT_THAT(names(called("nguyen vann binh")), ElementsAre("Nguyễn Văn Bình"));
  EXPECT_THAT(names(called("Nguyeenx Vawn Hungf")), ElementsAre("Nguyễn Văn Hùng", "Nguyễn Văn Hưng"));
  EXPECT_THAT(names(called("Hùng Văn Nguyễn")), ElementsAre("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Nguyễn Văn Chung"))
      << "given name first";
  EXPECT_THAT(names(called("nguyen binnh", 1983)), ElementsAre("Nguyễn Văn Bình"));
  EXPECT_THAT(names(called("nguyen binnh", 1984)), IsEmpty());
}

TEST_P(SearchTest, WhatWasCutSaysSo) {
  for (int i = 0; i < 5; ++i) add(somebody("Nguyễn Văn Hùng", 1980 + i, i < 2 ? kDongHa : kHaiLang));
  add(somebody("Nguyễn Văn Chung", 1980));
  EXPECT_FALSE(found(called("nguyen van hung"), 2).complete);
  EXPECT_FALSE(found(called("nguyen van hung"), 3).complete) << "one with a slip is left out";
  EXPECT_TRUE(found(called("nguyen van hung"), 4).complete);
  EXPECT_EQ(found(called("nguyen van hung")).items.size(), 4) << "of the own area alone";
  Search there = called("nguyen van hung");
  there.unit = kDongHa;
  EXPECT_THAT(names(there), IsEmpty());
}

// More units than are asked one by one, and more bearers of a name than are read at once.
TEST_P(SearchTest, AWideAreaHasAllBearersOfACommonNameAndNobodyElse) {
  constexpr std::size_t kAsked = 40, kAtOnce = 64;
  const Date today = local_date(clock_.now());
  const auto own = geography().children(kQuangTri, today), others = geography().children(UnitId{2025100048}, today);
  ASSERT_GT(own.size(), kAsked);
  ASSERT_GT(others.size(), kAsked);
  std::vector<PersonId> expected;
  db_->transact_now([&](store::Session& s) {
    for (std::size_t i = 0; i < 2 * kAtOnce + 10; ++i) {
      const auto year = 1950 + static_cast<std::int64_t>(i % 50);
      // Half of them in one commune: pages of bearers end within it, too.
      const UnitId unit = i % 2 == 0 ? kHaiLang : own[i % own.size()]->id;
      expected.push_back(*people_.create_within(s, somebody("Nguyễn Văn Hùng", year, unit)));
      EXPECT_TRUE(people_.create_within(s, somebody("Nguyễn Văn Hùng", year, others[i % others.size()]->id)));
    }
  });
  const Caller province = officer(Role::kProvinceOfficer, kQuangTri, 9301);
  const auto all = run(people_.search(province, called("nguyen van hung"), 200));
  ASSERT_TRUE(all) << code(all);
  EXPECT_TRUE(all->complete);
  std::vector<PersonId> got;
  for (const auto& one : all->items) got.push_back(one.id);
  EXPECT_THAT(got, ::testing::UnorderedElementsAreArray(expected));
  const auto some = run(people_.search(province, called("nguyen van hung"), kAtOnce + 6));
  ASSERT_TRUE(some) << code(some);
  EXPECT_FALSE(some->complete);
  EXPECT_EQ(some->items.size(), kAtOnce + 6);
}

// On PostgreSQL both have begun before either writes; SQLite lets one write after the other.
TEST_P(SearchTest, ANameThatIsTakenWhileItsLastBearerLosesItIsFound) {
  const PersonId last = add(somebody("Đoàn Trọng Khuê", 1961));
  std::atomic<int> begun = 0;
  std::atomic<bool> first_taking = true, first_dropping = true;
  const auto together = [&](store::Session& s, std::atomic<bool>& first) {
    EXPECT_EQ(s.value<std::int64_t>({"test.one", "SELECT CAST(1 AS bigint)"}), 1);
    if (GetParam() != store::Engine::kPostgres || !first.exchange(false)) return;
    ++begun;
    for (int i = 0; i < 200 && begun < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  };
  std::thread taking([&] {
    db_->transact_now([&](store::Session& s) {
      together(s, first_taking);
      EXPECT_TRUE(people_.create_within(s, somebody("Đoàn Trọng Khuê", 1990)));
    });
  });
  const auto dropped = db_->transact_now([&](store::Session& s) {
    together(s, first_dropping);
    return people_.take_back(s, last);
  });
  taking.join();
  EXPECT_TRUE(dropped) << code(dropped);
  const auto left = found(called("doan trong khue"));
  ASSERT_EQ(left.items.size(), 1) << "by its terms";
  EXPECT_EQ(left.items[0].birth_year, 1990);
}

TEST_P(SearchTest, AFullBirthDateFindsAloneAndBesideAName) {
  NewPerson born = somebody("Lê Thị Hoa", std::nullopt);
  born.birth_date = make_date(1990, 4, 3);
  add(born);
  add(somebody("Lê Thị Hoa", 1990));
  add(somebody("Lê Thị Hoa", 1991));
  Search day;
  day.birth_date = make_date(1990, 4, 3);
  day.reason = std::string("ca bệnh 12");
  EXPECT_EQ(found(day).items.size(), 1);
  day.name = std::string("le hoa");
  EXPECT_EQ(found(day).items.size(), 2) << "of one the year alone is known";
  day.birth_year = 1991;
  EXPECT_EQ(code(run(people_.search(station_, day, 50))), "invalid");
}

TEST_P(SearchTest, AMonthOfBirthStandsBetweenTheYearAndTheDay) {
  const auto born = [&](std::optional<Date> date, const char* name, UnitId unit = kHaiLang) {
    NewPerson one = somebody(name, 1987, unit);
    one.birth_date = date;
    if (date) one.birth_year.reset();
    add(one);
  };
  born(make_date(1987, 3, 1), "Lê Thị Hoa Một");
  born(make_date(1987, 3, 31), "Lê Thị Hoa Hai");
  born(make_date(1987, 4, 1), "Lê Thị Hoa Ba");
  born(make_date(1987, 1, 1), "Lê Thị Hoa Bốn");
  born(std::nullopt, "Lê Thị Hoa Năm");
  born(make_date(1988, 3, 1), "Lê Thị Hoa Sáu");
  Search month = called("le hoa", 1987);
  month.birth_month = 3;
  EXPECT_THAT(names(month),
              UnorderedElementsAre("Lê Thị Hoa Một", "Lê Thị Hoa Hai", "Lê Thị Hoa Bốn", "Lê Thị Hoa Năm"))
      << "of two no more than the year is known";
  month.birth_month = 1;
  EXPECT_THAT(names(month), UnorderedElementsAre("Lê Thị Hoa Bốn", "Lê Thị Hoa Năm"));
  month.birth_month = 13;
  EXPECT_EQ(fields(run(people_.search(station_, month, 50))), std::vector<std::string>{"/birthMonth range"});
  month = called("le hoa");
  month.birth_month = 3;
  EXPECT_EQ(fields(run(people_.search(station_, month, 50))), std::vector<std::string>{"/birthYear required"});
}

TEST_P(SearchTest, ACodeThatIsShownFindsItsPerson) {
  const PersonId own = add(somebody("Lê Thị Hoa", 1990)), far = add(somebody("Lê Thị Xa", 1990, kDongHa));
  Search shown;
  shown.reason = std::string("quét mã");
  shown.code = people_.codes().make(own.value, clock_.now()).text;
  EXPECT_THAT(names(shown), ElementsAre("Lê Thị Hoa"));
  clock_.advance(std::chrono::minutes(25));
  EXPECT_EQ(code(run(people_.search(station_, shown, 50))), "person_code_expired");
  shown.code = people_.codes().make(far.value, clock_.now()).text;
  EXPECT_THAT(names(shown), IsEmpty());
}

TEST_P(SearchTest, AScannedPaperFindsWhoHasItsNumber) {
  NewPerson hanh = somebody("Nguyễn Thị Hạnh", 1975), old = somebody("Nguyễn Thị Hạnh", 1976),
            guest = somebody("Anna Eriksson", 1974), insured = somebody("Trần Văn Bảo", 1980);
  hanh.paper = Paper{linkage::PaperKind::kCccd, "045099000123"};
  old.paper = Paper{linkage::PaperKind::kCmnd, "197123456"};
  guest.paper = Paper{linkage::PaperKind::kPassport, "L898902C3"};
  insured.paper = Paper{linkage::PaperKind::kInsurance, "DN4790123456789"};
  NewPerson far = somebody("Lê Thị Xa", 1990, kDongHa);
  far.paper = Paper{linkage::PaperKind::kCccd, "045099000999"};
  const PersonId own = add(hanh);
  for (const auto& one : {old, guest, insured, far}) add(one);
  add(somebody("Nguyễn Thị Hạnh", 1975));
  const auto scanned = [](const std::string& code) {
    Search out;
    out.code = code;
    out.reason = std::string("quét giấy tờ");
    return out;
  };
  const std::string card = "045099000123||Nguyễn Thị Hạnh|30041975|Nữ|Hải Lăng, Quảng Trị|25042021";
  const auto before = log_size();
  ASSERT_EQ(found(scanned(card)).items.size(), 1);
  EXPECT_EQ(found(scanned(card)).items[0].id, own) << "the number, and not whoever has that name";
  EXPECT_EQ(log_size(), before + 2) << "a look like any other";
  EXPECT_EQ(found(scanned("045099000123|197123456|Nguyễn Thị Hạnh|30041975|Nữ|x|25042021")).items.size(), 2)
      << "also by the old number that stands on it";
  EXPECT_THAT(names(scanned("HC4790123456789|" + hex("Trần Văn Bảo") +
                            "|01/01/1980|1|-|45 - 012|01/01/2026|-|15/12/2025|45030112345678|-|4|-|x|$")),
              ElementsAre("Trần Văn Bảo"));
  EXPECT_THAT(
      names(scanned("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10")),
      ElementsAre("Anna Eriksson"));
  EXPECT_THAT(names(scanned("045099000777||Nguyễn Thị Hạnh|30041975|Nữ|x|25042021")), IsEmpty()) << "nobody's number";
  EXPECT_THAT(names(scanned("045099000999||Lê Thị Xa|01011990|Nữ|x|25042021")), IsEmpty()) << "of another area";

  const auto refused = [&](const std::string& code) {
    return luytre::code(run(people_.search(station_, scanned(code), 50)));
  };
  EXPECT_EQ(refused("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C37UTO7408122F1204159ZE184226B<<<<<10"),
            "code_misread");
  EXPECT_EQ(refused("******000123|NGUYEN THI HANH|1975-**-**|0|162979388586171100|2<GD4877*******<0943******"),
            "code_foreign")
      << "masked";
  EXPECT_EQ(refused("https://example.vn/x"), "code_foreign");
  Search unexplained = scanned(card);
  unexplained.reason = std::string(" ");
  EXPECT_EQ(luytre::code(run(people_.search(station_, unexplained, 50))), "reason_required");
  EXPECT_EQ(luytre::code(run(people_.search(identity::testing::citizen(77), scanned(card), 50))), "not_permitted");
}

TEST_P(SearchTest, AMistypedNumberFindsWhoseIsNearAndSaysSo) {
  NewPerson hanh = somebody("Nguyễn Thị Hạnh", 1975), far = somebody("Lê Thị Xa", 1990, kDongHa);
  hanh.paper = Paper{linkage::PaperKind::kCccd, "045099000123"};
  hanh.phone = std::string("0912345678");
  far.paper = Paper{linkage::PaperKind::kCccd, "045099000128"};
  far.phone = std::string("0912345670");
  add(hanh);
  add(far);
  const auto of = [](const char* paper, const char* phone) {
    Search out;
    if (*paper) out.paper = std::string(paper);
    if (*phone) out.phone = std::string(phone);
    out.reason = std::string("ca bệnh 12");
    return out;
  };
  const auto before = log_size();
  for (const auto& [paper, phone] : std::vector<std::pair<const char*, const char*>>{
           {"045099000124", ""}, {"045090900123", ""}, {"145099000123", ""}, {"", "0912345679"}, {"", "0912354678"}}) {
    const auto near = found(of(paper, phone));
    ASSERT_EQ(near.items.size(), 1) << paper << phone;
    EXPECT_EQ(near.items[0].name, "Nguyễn Thị Hạnh") << "of the own area alone";
    EXPECT_TRUE(near.near);
  }
  EXPECT_EQ(log_size(), before + 5) << "a look like any other";
  EXPECT_THAT(names(of("045099000128", "")), ElementsAre("Nguyễn Thị Hạnh"))
      << "whether somebody elsewhere has it is not told";
  EXPECT_FALSE(found(of("045099000123", "")).near);
  EXPECT_FALSE(found(of("045099000123", "0912345678")).near);
  EXPECT_THAT(names(of("045099000123", "0912345679")), ElementsAre("Nguyễn Thị Hạnh")) << "one of two";
  const auto nobody = found(of("045099000142", ""));
  EXPECT_THAT(nobody.items, IsEmpty()) << "two digits";
  EXPECT_FALSE(nobody.near);

  Search other = of("045099000124", "");
  other.name = std::string("Nguyễn Thị Hoa");
  EXPECT_THAT(names(other), IsEmpty()) << "all that is given has to fit";
  other = of("", "");
  other.code = std::string("045099000124||Nguyễn Thị Hạnh|30041975|Nữ|x|25042021");
  EXPECT_THAT(names(other), IsEmpty()) << "what a camera read was not mistyped";
  Search unexplained = of("045099000124", "");
  unexplained.reason = std::string(" ");
  EXPECT_EQ(luytre::code(run(people_.search(station_, unexplained, 50))), "reason_required");
  const auto matching =
      db_->read_now([&](store::Session& s) { return *people_.matching(s, of("045099000124", ""), 10); });
  EXPECT_THAT(matching, IsEmpty()) << "what rooms look up is exact";
}

// Whoever's number a digit or a swap makes of what was typed is shown, and nobody else.
TEST_P(SearchTest, NearNumbersAreThoseThatAScanFinds) {
  std::mt19937 random(20261124);
  const auto number = [&] {
    std::string out = "0450990001";
    for (int i = 0; i < 2; ++i) out += static_cast<char>('0' + random() % 5);
    return out;
  };
  std::vector<std::pair<std::string, PersonId>> all;
  db_->transact_now([&](store::Session& s) {
    for (int i = 0; i < 6; ++i) {
      NewPerson one = somebody("Nguyễn Văn Hùng", 1980);
      const std::string own = number();
      one.paper = Paper{linkage::PaperKind::kCccd, own};
      all.emplace_back(own, *people_.create_within(s, one));
    }
  });
  int near = 0;
  for (int i = 0; i < 60; ++i) {
    Search search;
    search.paper = number();
    search.reason = std::string("ca bệnh 12");
    std::vector<PersonId> same, slip, got;
    for (const auto& [own, id] : all) {
      if (own == std::string(*search.paper)) same.push_back(id);
      if (linkage::one_slip(own, *search.paper)) slip.push_back(id);
    }
    const auto answer = found(search);
    for (const auto& one : answer.items) got.push_back(one.id);
    EXPECT_THAT(got, ::testing::UnorderedElementsAreArray(same.empty() ? slip : same)) << std::string(*search.paper);
    EXPECT_EQ(answer.near, same.empty() && !slip.empty());
    near += answer.near;
  }
  EXPECT_GT(near, 5) << "the world is too small to show anything";
}

TEST_P(SearchTest, AHouseholdIsFoundByItsAccountsNearPhone) {
  const Caller account = identity::testing::citizen(1001);
  house_->access.set_household(&People::is_member);
  house_->access.set_household_people(&People::household_people);
  db_->transact_now([&](store::Session& s) { house_->accounts.create(s, account.account, "+84912345678"); });
  NewPerson self = somebody("Nguyễn Văn An", 1980);
  self.relation = Relation::kSelf;
  ASSERT_TRUE(run(people_.create(account, self)));
  Search search;
  search.phone = std::string("0912345687");
  search.reason = std::string("ca bệnh 12");
  EXPECT_THAT(names(search), ElementsAre("Nguyễn Văn An"));
  EXPECT_TRUE(found(search).near);
}

NewPerson at(NewPerson person, const char* address) {
  person.address = std::string(address);
  return person;
}

Search living_at(const char* address) {
  Search out;
  out.address = std::string(address);
  out.reason = std::string("ca bệnh 12");
  return out;
}

TEST_P(SearchTest, AnAddressFindsWhoLivesThere) {
  const PersonId hung = add(at(somebody("Nguyễn Văn Hùng", 1980), "Thôn Mỹ Lộc, số 12"));
  add(at(somebody("Lê Thị Hoa", 1984), "thon My Loc, so 12"));
  add(at(somebody("Nguyễn Văn Bình", 1990), "Thôn Mỹ Lộc, số 13"));
  add(at(somebody("Trần Thị Lành", 1986), "12 Lê Lợi"));
  add(at(somebody("Hồ Văn Xa", 1980, kDongHa), "Thôn Mỹ Lộc, số 12"));
  add(somebody("Nguyễn Văn Vô", 1980));
  const auto before = log_size();
  EXPECT_THAT(names(living_at("so 12 my loc")), UnorderedElementsAre("Nguyễn Văn Hùng", "Lê Thị Hoa"))
      << "folded, in any order, of the own area";
  EXPECT_EQ(log_size(), before + 2) << "a look like any other";
  EXPECT_EQ(names(living_at("thôn Mỹ Lộc")).size(), 3);
  EXPECT_THAT(names(living_at("thonn my loc 13")), ElementsAre("Nguyễn Văn Bình")) << "mistyped";
  EXPECT_THAT(names(living_at("Thoon Myx Loocj 13")), ElementsAre("Nguyễn Văn Bình")) << "keys of an input method";
  EXPECT_THAT(names(living_at("thôn Mỹ Lộc 14")), IsEmpty()) << "a number is no typing error";
  EXPECT_THAT(names(living_at("12 le loi")), ElementsAre("Trần Thị Lành"));

  Search both = living_at("Mỹ Lộc");
  both.name = std::string("nguyen van");
  EXPECT_THAT(names(both), UnorderedElementsAre("Nguyễn Văn Hùng", "Nguyễn Văn Bình"));
  both.birth_year = 1980;
  EXPECT_THAT(names(both), ElementsAre("Nguyễn Văn Hùng"));
  both.birth_year.reset();
  both.name = std::string("Hùng");
  EXPECT_THAT(names(both), ElementsAre("Nguyễn Văn Hùng")) << "one word of it is enough there";
  Search year = living_at("Mỹ Lộc");
  year.birth_year = 1984;
  EXPECT_THAT(names(year), ElementsAre("Lê Thị Hoa"));
  Search nobody = living_at("Mỹ Thuỷ");
  nobody.name = std::string("Nguyễn Văn Hùng");
  EXPECT_THAT(names(nobody), IsEmpty()) << "all that is given has to fit";

  PersonCorrection moved;
  moved.reason = std::string("chuyển nhà");
  moved.address = std::string("Thôn Diên Khánh, số 4");
  ASSERT_TRUE(run(people_.correct(station_, hung, moved, 1)));
  EXPECT_THAT(names(living_at("my loc 12")), ElementsAre("Lê Thị Hoa"));
  EXPECT_THAT(names(living_at("dien khanh 4")), ElementsAre("Nguyễn Văn Hùng"));
}

TEST_P(SearchTest, AnAddressIsAskedOfAnAreaWithAReason) {
  add(at(somebody("Nguyễn Văn Hùng", 1980), "Thôn Mỹ Lộc, số 12"));
  EXPECT_EQ(fields(run(people_.search(station_, living_at("thôn"), 50))),
            std::vector<std::string>{"/address too_short"})
      << "a list, and no search";
  EXPECT_EQ(code(run(people_.search(identity::testing::citizen(77), living_at("my loc"), 50))), "not_permitted");
  Search unexplained = living_at("my loc");
  unexplained.reason = std::string(" ");
  EXPECT_EQ(code(run(people_.search(station_, unexplained, 50))), "reason_required");
  Search there = living_at("my loc");
  there.unit = kDongHa;
  EXPECT_THAT(names(there), IsEmpty()) << "another's area";
  const Caller everywhere = officer(Role::kProvinceOfficer, UnitId{}, 9302);
  const auto wide = run(people_.search(everywhere, living_at("my loc"), 50));
  ASSERT_TRUE(wide) << code(wide);
  EXPECT_THAT(wide->items, IsEmpty());
  EXPECT_FALSE(wide->complete) << "the unit has to be chosen";
  there = living_at("my loc");
  there.unit = kHaiLang;
  const auto chosen = run(people_.search(everywhere, there, 50));
  ASSERT_TRUE(chosen) << code(chosen);
  EXPECT_EQ(chosen->items.size(), 1);
  for (int i = 0; i < 4; ++i) add(at(somebody("Nguyễn Văn Hùng", 1980), "Thôn Mỹ Lộc, số 12"));
  EXPECT_FALSE(found(living_at("my loc"), 4).complete);
  EXPECT_TRUE(found(living_at("my loc"), 5).complete);
}

// As a scan of everybody's open addresses by the same judgement; and who lives together stands together.
TEST_P(SearchTest, TheSealedAddressesFindWhomAScanFinds) {
  std::mt19937 random(20261125);
  const auto any = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  const auto address = [&] {
    return any({"Thôn", "Xóm", "Tổ"}) + ' ' + any({"Mỹ Lộc", "Diên Sanh", "Mỹ Thuỷ", "3", "4"}) + ", số " +
           std::to_string(random() % 6);
  };
  struct Known {
    PersonId id;
    std::string address;
    UnitId unit;
  };
  std::vector<Known> all;
  db_->transact_now([&](store::Session& s) {
    for (int i = 0; i < 120; ++i) {
      const UnitId unit = random() % 3 == 0 ? kNamHaiLang : kHaiLang;
      all.push_back({PersonId{}, address(), unit});
      const auto person = at(somebody("Nguyễn Văn Hùng", 1980, unit), all.back().address.c_str());
      all.back().id = *people_.create_within(s, person);
    }
  });
  for (int i = 0; i < 60; ++i) {
    std::string typed = fold(address());
    if (random() % 2 == 0) typed.insert(random() % (typed.size() + 1), 1, static_cast<char>('a' + random() % 26));
    const auto asked = read_asked_home(typed);
    if (asked.words.size() < 2) continue;
    std::vector<std::tuple<int, std::string, PersonId>> fitting;
    for (const Known& one : all) {
      if (one.unit != kHaiLang) continue;
      if (const auto apart = slips(asked, one.address, true)) fitting.emplace_back(*apart, one.address, one.id);
    }
    std::sort(fitting.begin(), fitting.end());
    std::vector<PersonId> expected, got;
    for (const auto& one : fitting) expected.push_back(std::get<PersonId>(one));
    for (const auto& one : found(living_at(typed.c_str()), 200).items) got.push_back(one.id);
    EXPECT_EQ(got, expected) << typed;
  }
}

TEST_P(SearchTest, ACardIsItsHolders) {
  const PersonId own = add(somebody("Lê Thị Hoa", 1990)), far = add(somebody("Lê Thị Xa", 1990, kDongHa));
  Search shown;
  shown.reason = std::string("quét thẻ");
  shown.code = std::string("LTC-7GK2-M0QX");
  EXPECT_EQ(code(run(people_.search(station_, shown, 50))), "code_foreign") << "no cards here";
  std::optional<PersonId> holder = own;
  std::vector<std::string> asked;
  people_.set_card_holder([&](store::Session&, std::string_view card, Instant at) -> Result<PersonId> {
    EXPECT_EQ(at, clock_.now());
    asked.emplace_back(card);
    if (!holder) return ErrorCode{"card_lost", 422};
    return *holder;
  });
  EXPECT_THAT(names(shown), ElementsAre("Lê Thị Hoa"));
  EXPECT_THAT(asked, ElementsAre("LTC-7GK2-M0QX"));
  shown.name = std::string("le xa");
  EXPECT_THAT(names(shown), IsEmpty()) << "all that is given has to fit";
  shown.name.reset();
  holder = far;
  EXPECT_THAT(names(shown), IsEmpty());
  holder.reset();
  EXPECT_EQ(code(run(people_.search(station_, shown, 50))), "card_lost");
}

TEST_P(SearchTest, ANameIsKeptAsLongAsSomebodyBearsIt) {
  const PersonId one = add(somebody("Nguyễn Văn An", 1980)), other = add(somebody("Nguyễn Văn An", 1990));
  EXPECT_THAT(terms_of("Nguyễn Văn An"),
              UnorderedElementsAre("an", "nguyen", "van", "an nguyen", "an van", "nguyen van"));
  PersonCorrection rename;
  rename.reason = std::string("viết sai");
  rename.name = std::string("Nguyễn Văn Ân");
  ASSERT_TRUE(run(people_.correct(station_, one, rename, 1)));
  EXPECT_EQ(found(called("nguyen van an")).items.size(), 2);
  ASSERT_TRUE(run(people_.correct(station_, other, rename, 1)));
  EXPECT_THAT(terms_of("Nguyễn Văn An"), IsEmpty());
  EXPECT_THAT(names(called("nguyen van an")), ElementsAre("Nguyễn Văn Ân", "Nguyễn Văn Ân"));
  const PersonId third = add(somebody("Trần Trọng Quý", 1990));
  EXPECT_TRUE(db_->transact_now([&](store::Session& s) { return people_.take_back(s, third); }));
  EXPECT_THAT(terms_of("Trần Trọng Quý"), IsEmpty());
}

// Nobody is missed and nobody is out of order: as a scan of everybody by the same judgement.
TEST_P(SearchTest, TheIndexFindsWhomAScanFinds) {
  struct Known {
    PersonId id;
    std::string name;
    std::int64_t year;
    UnitId unit;
  };
  const std::vector<std::string> family{"Nguyễn", "Trần", "Lê", "Hồ"}, middle{"Văn", "Thị", "Thanh", "", "Hữu"},
      given{"Hùng", "Hưng", "Chung", "Nhung", "Thanh", "Thành", "Thoan", "Hoà", "Lí", "Lý", "Hungf"};
  const std::vector<UnitId> units{kHaiLang, kNamHaiLang, kDongHa};
  std::mt19937 random(20261123);
  const auto any = [&](const auto& of) { return of[random() % of.size()]; };
  const auto full = [&] {
    const std::string between = any(middle);
    return any(family) + ' ' + (between.empty() ? "" : between + ' ') + any(given);
  };
  std::vector<Known> all;
  db_->transact_now([&](store::Session& s) {
    for (int i = 0; i < 400; ++i) {
      const auto person = somebody(full(), 1980 + static_cast<std::int64_t>(random() % 4), any(units));
      all.push_back({*people_.create_within(s, person), person.name, *person.birth_year, person.unit});
    }
    return Done{};
  });

  const auto scan = [&](const Search& search, const std::vector<UnitId>& areas) {
    std::vector<std::tuple<int, int, std::string, UnitId, std::int64_t, PersonId>> fitting;
    const auto asked = read_asked(*search.name);
    for (const Known& one : all) {
      if (!geography().covers(areas, one.unit) || (search.birth_year && one.year != *search.birth_year)) continue;
      if (const auto fits = fit(asked, one.name, true))
        fitting.emplace_back(fits->slips, -fits->points, one.name, one.unit, one.year, one.id);
    }
    std::sort(fitting.begin(), fitting.end());
    std::vector<PersonId> out;
    for (const auto& one : fitting) out.push_back(std::get<PersonId>(one));
    return out;
  };
  const std::vector<std::vector<UnitId>> areas{{UnitId{}}, {kQuangTri}, {kHaiLang}, {kNamHaiLang, kDongHa}};
  for (int i = 0; i < 300; ++i) {
    std::string name = random() % 3 == 0 ? any(middle) + ' ' + any(given) : full();
    if (random() % 2 == 0) {
      name = fold(name);
      name.insert(random() % (name.size() + 1), 1, static_cast<char>('a' + random() % 26));
    }
    Search search = called(name);
    if (random() % 3 == 0) search.birth_year = 1980 + static_cast<std::int64_t>(random() % 4);
    if (read_asked(name).words.size() < 2) continue;
    const auto& area = areas[random() % areas.size()];
    const std::size_t most = 1 + random() % 60;
    auto expected = scan(search, area);
    const auto nearest = db_->read_now([&](store::Session& s) { return *people_.nearest(s, search, area, most); });
    EXPECT_EQ(nearest.complete, expected.size() <= most) << name;
    if (expected.size() > most) expected.resize(most);
    EXPECT_EQ(nearest.people, expected) << name;
  }
}

class NameTermsMigrationTest : public ::testing::TestWithParam<store::Engine> {};

TEST_P(NameTermsMigrationTest, PeopleFromBeforeAreFoundByTheirNames) {
  const auto& all = migrations();
  const auto filling = std::find_if(all.begin(), all.end(), [](const store::Migration& one) {
    return one.file.find("007") != std::string_view::npos;
  });
  ASSERT_NE(filling, all.end());
  const ManualClock clock(*parse_instant("2026-03-02T01:30:00Z"));
  store::testing::TestDatabase db(GetParam(), {{all.begin(), filling}}, clock);
  constexpr store::Query kPerson{"test.old_person", R"sql(
    INSERT INTO people_person (id, name, birth_year, sex, nationality, unit, created, created_by, version)
    VALUES ($1, $2, 1980, 'male', 'VN', $3, 1, 1, 1))sql"};
  constexpr store::Query kWord{"test.old_word", R"sql(
    INSERT INTO people_word (word, birth_year, person)
    VALUES ($1, 1980, $2))sql"};
  constexpr store::Query kTerms{"test.terms", R"sql(
    SELECT term
    FROM people_name_term
    WHERE name = $1)sql"};
  db->transact_now([&](store::Session& s) {
    for (const std::int64_t id : {1, 2}) {
      s.run(kPerson, id, std::string_view("Lê Hoa"), 7);
      for (const char* word : {"hoa", "le"}) s.run(kWord, std::string_view(word), id);
    }
    s.run(kPerson, 3, std::string_view("1234"), 0);  // of a study
  });
  db->migrate({all});
  const auto terms = [&](std::string_view name) {
    return db->read_now([&](store::Session& s) { return s.all<std::string>(kTerms, name); });
  };
  EXPECT_THAT(terms("Lê Hoa"), UnorderedElementsAre("hoa", "le", "hoa le", "le hoa"));
  EXPECT_THAT(terms("1234"), IsEmpty());
}

TEST_P(NameTermsMigrationTest, WhoseDayNobodyKnewBeforeIsFoundByTheYear) {
  const auto& all = migrations();
  const auto filling = std::find_if(all.begin(), all.end(), [](const store::Migration& one) {
    return one.file.find("010") != std::string_view::npos;
  });
  ASSERT_NE(filling, all.end());
  const ManualClock clock(*parse_instant("2026-03-02T01:30:00Z"));
  store::testing::TestDatabase db(GetParam(), {{all.begin(), filling}}, clock);
  constexpr store::Query kPerson{"test.old_person", R"sql(
    INSERT INTO people_person (id, name, birth_date, birth_year, sex, nationality, unit, created, created_by, version)
    VALUES ($1, 'Hoa', $2, $3, 'male', 'VN', 7, 1, 1, 1))sql"};
  constexpr store::Query kWord{"test.old_word", R"sql(
    INSERT INTO people_word (word, birth_year, person)
    VALUES ('hoa', $1, $2))sql"};
  constexpr store::Query kYearWords{"test.year_words", R"sql(
    SELECT person
    FROM people_year_word
    ORDER BY person)sql"};
  std::int64_t id = 0;
  std::vector<std::int64_t> expected;
  db->transact_now([&](store::Session& s) {
    const auto add = [&](std::optional<Date> date, std::int64_t year, bool alone) {
      s.run(kPerson, ++id, date, year);
      s.run(kWord, year, id);
      if (alone) expected.push_back(id);
    };
    add(std::nullopt, 1980, true);
    add(std::nullopt, 0, false);
    for (int year = 1900; year <= 2030; ++year) {
      add(make_date(year, 1, 1), year, true);
      add(make_date(year, 1, 2), year, false);
      add(make_date(year, 12, 31), year, false);
    }
  });
  db->migrate({all});
  EXPECT_EQ(db->read_now([&](store::Session& s) { return s.all<std::int64_t>(kYearWords); }), expected);
}

INSTANTIATE_TEST_SUITE_P(Engines, NameTermsMigrationTest, store::testing::engines(), store::testing::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, SearchTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::people
