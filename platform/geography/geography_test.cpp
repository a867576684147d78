#include "platform/geography/geography.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "platform/base/text.h"

namespace luytre::geography {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Date kIn2021 = make_date(2021, 11, 1);
const Date kLastOldDay = make_date(2025, 6, 30);
const Date kReform = make_date(2025, 7, 1);
const Date kIn2026 = make_date(2026, 5, 1);

const Geography& geography() {
  static const Geography all(LUYTRE_SOURCE_DIR "/data/geography");
  return all;
}

const Unit& unit(Level level, std::string_view code, Date at) {
  const Unit* found = geography().find(level, code, at);
  if (!found) throw std::runtime_error("no unit of code " + std::string(code));
  return *found;
}

UnitId commune(std::string_view code, Date at) {
  return unit(Level::kCommune, code, at).id;
}

std::size_t count(Level level, Date at) {
  std::size_t out = 0;
  for (const UnitId id : geography().covered({0})) {
    const Unit& u = *geography().find(id);
    out += u.level == level && u.valid_from <= at && (!u.valid_to || at < *u.valid_to);
  }
  return out;
}

std::vector<std::string> names(const std::vector<const Unit*>& units) {
  std::vector<std::string> out;
  for (const Unit* u : units) out.push_back(u->full_name);
  return out;
}

std::vector<std::string> targets(UnitId from) {
  std::vector<std::string> out;
  for (const Lineage& edge : geography().successors(from)) out.push_back(geography().find(edge.to)->full_name);
  return out;
}

TEST(GeographyTest, HoldsEveryUnitOfBothVersions) {
  for (const Date day : {kIn2021, kLastOldDay}) {
    EXPECT_EQ(count(Level::kProvince, day), 63u);
    EXPECT_EQ(count(Level::kDistrict, day), 705u);
    EXPECT_EQ(count(Level::kCommune, day), 10'599u);
  }
  for (const Date day : {kReform, kIn2026}) {
    EXPECT_EQ(count(Level::kProvince, day), 34u);
    EXPECT_EQ(count(Level::kDistrict, day), 0u);
    EXPECT_EQ(count(Level::kCommune, day), 3'321u);
  }
}

TEST(GeographyTest, EveryOldCommuneHasSuccessorsAndEveryNewOnePredecessors) {
  std::map<std::size_t, int> split;
  for (const UnitId id : geography().covered({0})) {
    const Unit& u = *geography().find(id);
    if (u.level != Level::kCommune) continue;
    if (u.valid_to == kReform) {
      const auto next = geography().successors(id);
      ++split[next.size()];
      double sum = 0;
      for (const Lineage& edge : next) {
        sum += edge.share;
        EXPECT_EQ(edge.whole, next.size() == 1) << u.full_name;
        EXPECT_EQ(edge.on, kReform);
      }
      EXPECT_NEAR(sum, 1, 0.01) << u.full_name << ' ' << u.code;
    }
    if (u.valid_from == kReform) {
      EXPECT_THAT(geography().predecessors(id), testing::Not(IsEmpty())) << u.full_name;
    }
  }
  EXPECT_EQ(split, (std::map<std::size_t, int>{{1, 10'102}, {2, 425}, {3, 55}, {4, 16}, {5, 1}}));
}

TEST(GeographyTest, EveryOldProvinceGoesWhollyToTheOneThatItsCommunesGoTo) {
  for (const Unit* province : geography().children(std::nullopt, kIn2021)) {
    const auto next = geography().successors(province->id);
    ASSERT_THAT(next, SizeIs(1)) << province->name;
    EXPECT_TRUE(next[0].whole);
    for (const Unit* district : geography().children(province->id, kIn2021))
      for (const Unit* old : geography().children(district->id, kIn2021))
        for (const Lineage& edge : geography().successors(old->id))
          EXPECT_EQ(geography().find(edge.to)->parent, next[0].to) << old->full_name << ' ' << old->code;
  }
}

TEST(GeographyTest, DistrictsEndWithTheReform) {
  const Unit& hai_lang = unit(Level::kDistrict, "470", kLastOldDay);
  EXPECT_EQ(hai_lang.full_name, "Huyện Hải Lăng");
  EXPECT_EQ(hai_lang.valid_to, kReform);
  EXPECT_THAT(geography().successors(hai_lang.id), IsEmpty());
  EXPECT_EQ(geography().find(Level::kDistrict, "470", kReform), nullptr);
  // Five island districts had no communes; each became a special zone.
  const Unit& con_co = unit(Level::kDistrict, "471", kLastOldDay);
  EXPECT_THAT(targets(con_co.id), ElementsAre("Đặc khu Cồn Cỏ"));
}

TEST(GeographyTest, CodesAreReusedAndIdsAreNot) {
  const Unit& kien_giang = unit(Level::kProvince, "91", kLastOldDay);
  const Unit& an_giang = unit(Level::kProvince, "91", kReform);
  EXPECT_EQ(kien_giang.name, "Kiên Giang");
  EXPECT_EQ(an_giang.name, "An Giang");
  EXPECT_NE(kien_giang.id, an_giang.id);
  EXPECT_EQ(kien_giang.id.value, 2021100091);
  EXPECT_EQ(unit(Level::kCommune, "19333", kIn2021).full_name, "Phường 1");
  EXPECT_EQ(unit(Level::kCommune, "19333", kReform).full_name, "Phường Đông Hà");
}

TEST(GeographyTest, DiacriticsAreIdentity) {
  // The pairs of one province that differ by diacritics alone (reference: resolutions of 2025).
  const std::vector<std::array<const char*, 3>> pairs{
      {"Quảng Ngãi", "Ba Tơ", "Ba Tô"},        {"Quảng Ngãi", "Sơn Hà", "Sơn Hạ"},
      {"Thái Nguyên", "Văn Lang", "Văn Lăng"}, {"Hải Phòng", "Cẩm Giang", "Cẩm Giàng"},
      {"Thanh Hóa", "Đồng Tiến", "Đông Tiến"}, {"Đồng Nai", "Lộc Thạnh", "Lộc Thành"},
      {"Hồ Chí Minh", "Thanh An", "Thạnh An"}, {"Tây Ninh", "Tân Thành", "Tân Thạnh"},
      {"Đồng Tháp", "Tân Thành", "Tân Thạnh"}, {"Đồng Tháp", "Mỹ Tho", "Mỹ Thọ"}};
  for (const auto& [province, one, other] : pairs) {
    std::multiset<std::string> found;
    for (const Unit* p : geography().children(std::nullopt, kReform)) {
      if (p->name != province) continue;
      for (const Unit* c : geography().children(p->id, kReform))
        if (c->name == one || c->name == other) found.insert(c->name);
    }
    EXPECT_EQ(found, (std::multiset<std::string>{one, other})) << province;
    EXPECT_EQ(fold(one), fold(other));
  }
}

TEST(GeographyTest, NamesAreTidyAndComplete) {
  for (const UnitId id : geography().covered({0})) {
    const Unit& u = *geography().find(id);
    EXPECT_EQ(tidy(u.full_name), u.full_name) << u.code;
    EXPECT_TRUE(u.full_name.ends_with(' ' + u.name));
    EXPECT_EQ(u.level == Level::kProvince, !u.parent);
  }
}

TEST(GeographyTest, NamesakesAreNotConfusedInTheLineage) {
  // The published mapping sends Quảng Tiến where Quảng Tiên went, and xã Phước Ninh where phường Phước Ninh went.
  EXPECT_THAT(targets(commune("19039", kIn2021)), ElementsAre("Xã Trung Thuần"));
  EXPECT_THAT(targets(commune("19069", kIn2021)), ElementsAre("Xã Nam Ba Đồn"));
  EXPECT_THAT(targets(commune("20669", kIn2021)), ElementsAre("Xã Quế Phước"));
  EXPECT_THAT(targets(commune("20242", kIn2021)), ElementsAre("Phường Hải Châu"));
  // Real splits of the acts stay.
  EXPECT_THAT(targets(commune("20296", kIn2021)), ElementsAre("Phường Liên Chiểu", "Phường Hải Vân"));
  EXPECT_THAT(targets(commune("23053", kIn2021)), ElementsAre("Xã Hòa Thắng", "Xã Hồng Thái"));
}

TEST(GeographyTest, SuccessorsOfficersCoverOldFacts) {
  const UnitId old_quang_tri{2021100045}, new_quang_tri{2025100044}, new_da_nang{2025100048};
  const UnitId old_commune = geography().children(unit(Level::kDistrict, "470", kIn2021).id, kIn2021).front()->id;
  EXPECT_TRUE(geography().covers({0}, old_commune));
  EXPECT_TRUE(geography().covers(old_quang_tri, old_commune));
  EXPECT_TRUE(geography().covers(new_quang_tri, old_commune));
  EXPECT_FALSE(geography().covers(new_da_nang, old_commune));
  EXPECT_TRUE(geography().covers(geography().successors(old_commune).front().to, old_commune));
  // Not the other way round: a grant for the old province does not grow with the new one.
  EXPECT_FALSE(geography().covers(old_quang_tri, commune("19741", kReform)));
  // A split commune is covered by each of its successors.
  for (const Lineage& edge : geography().successors(commune("20296", kIn2021)))
    EXPECT_TRUE(geography().covers(edge.to, commune("20296", kIn2021)));
  EXPECT_FALSE(geography().covers({77}, old_commune));
  EXPECT_FALSE(geography().covers(new_quang_tri, {77}));
}

TEST(GeographyTest, CoveredIsExactlyWhatCoversSays) {
  for (const UnitId area :
       {UnitId{2025100044}, UnitId{2021100045}, commune("19741", kReform), UnitId{2026100075}, UnitId{2021200470}}) {
    const auto covered = geography().covered(area);
    const std::set<UnitId> inside(covered.begin(), covered.end());
    EXPECT_EQ(inside.size(), covered.size());
    for (const UnitId id : geography().covered({0}))
      EXPECT_EQ(inside.contains(id), geography().covers(area, id)) << id.value;
  }
}

TEST(GeographyTest, AStatusChangeKeepsWhatDidNotChange) {
  const UnitId city{2026100075}, province{2025100075};
  EXPECT_EQ(geography().find(city)->full_name, "Thành phố Đồng Nai");
  EXPECT_EQ(geography().children(city, kIn2026).size(), geography().children(province, kReform).size());
  EXPECT_TRUE(geography().covers(city, commune("25270", kReform)));
  EXPECT_THAT(targets(commune("25270", kReform)), ElementsAre("Phường Lộc Ninh"));
}

TEST(GeographyTest, ResponsibleCommuneFollowsTheLineage) {
  const UnitId tien = commune("19039", kIn2021);
  EXPECT_EQ(geography().responsible_commune(tien, kIn2021), tien);
  EXPECT_EQ(geography().responsible_commune(tien, kIn2026), geography().successors(tien).front().to);
  // The larger part of Hòa Liên speaks for it.
  EXPECT_EQ(geography().find(*geography().responsible_commune(commune("20296", kIn2021), kReform))->name, "Liên Chiểu");
  // Two steps: a commune of 2021 in a ward of 2026.
  const UnitId ward{2026325270};
  ASSERT_FALSE(geography().predecessors(geography().predecessors(ward).front().from).empty());
  const UnitId origin = geography().predecessors(geography().predecessors(ward).front().from).front().from;
  EXPECT_EQ(geography().responsible_commune(origin, kIn2026), ward);
  EXPECT_EQ(geography().responsible_commune({2021200471}, kIn2026), geography().successors({2021200471}).front().to);
  EXPECT_EQ(geography().responsible_commune({2021200470}, kIn2021), std::nullopt)
      << "a district has no commune station";
  EXPECT_EQ(geography().responsible_commune({2021200470}, kIn2026), std::nullopt);
  EXPECT_EQ(geography().responsible_commune(commune("19741", kReform), kIn2021), std::nullopt) << "not yet there";
  std::size_t unclear = 0;
  for (const UnitId id : geography().covered({0})) {
    const Unit& u = *geography().find(id);
    if (u.level == Level::kCommune && u.valid_to == kReform) unclear += !geography().responsible_commune(id, kReform);
  }
  EXPECT_LT(unclear, 30u);
}

TEST(GeographyTest, SearchFoldsDiacriticsAndRanks) {
  const auto found = geography().search("hai lang", kReform, 10);
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(names(found), testing::Contains("Xã Hải Lăng"));
  EXPECT_TRUE(found[0]->name == "Hải Lăng" || found[0]->name == "Hải Lạng");
  EXPECT_EQ(geography().search("hải lăng", kReform, 10).front()->name, "Hải Lăng");
  EXPECT_EQ(geography().search("hai lang quang tri", kReform, 10).front()->name, "Hải Lăng");
  EXPECT_EQ(geography().search("ba tô", kReform, 2).front()->name, "Ba Tô");
  EXPECT_EQ(geography().search("Ba Tơ", kReform, 2).front()->name, "Ba Tơ");
  EXPECT_EQ(geography().search("huyen hai lang", kIn2021, 1).front()->full_name, "Huyện Hải Lăng");
  EXPECT_EQ(geography().search("da nang", kReform, 3).front()->full_name, "Thành phố Đà Nẵng");
  EXPECT_THAT(geography().search("  ", kReform, 10), IsEmpty());
  EXPECT_THAT(geography().search("'; DROP TABLE units; --", kReform, 10), IsEmpty());
  EXPECT_THAT(geography().search(std::string("\xff\xfe", 2), kReform, 10), IsEmpty());
  EXPECT_THAT(geography().search("xa", kReform, 5), SizeIs(5));
}

TEST(GeographyTest, ChildrenStandInVietnameseOrder) {
  const auto provinces = geography().children(std::nullopt, kReform);
  std::vector<std::string> order;
  for (const Unit* p : provinces) order.push_back(p->name);
  const auto position = [&](const char* name) { return std::find(order.begin(), order.end(), name) - order.begin(); };
  EXPECT_EQ(order.front(), "An Giang");
  EXPECT_LT(position("Cà Mau"), position("Đà Nẵng"));  // D before Đ before G, not by code point
  EXPECT_LT(position("Điện Biên"), position("Gia Lai"));
  EXPECT_LT(position("Lai Châu"), position("Lâm Đồng"));
  EXPECT_LT(position("Thái Nguyên"), position("Thanh Hóa"));  // Thái before Thanh: i before n
  const auto wards = geography().children(UnitId{2025100051}, kReform);
  std::vector<std::string> communes;
  for (const Unit* w : wards) communes.push_back(w->name);
  EXPECT_LT(std::find(communes.begin(), communes.end(), "Ba Tô"), std::find(communes.begin(), communes.end(), "Ba Tơ"));
}

TEST(GeographyTest, PathIsThatOfTheUnitsOwnTime) {
  EXPECT_EQ(geography().path_text(commune("19333", kIn2021)), "Phường 1, Thành phố Đông Hà, Tỉnh Quảng Trị");
  EXPECT_EQ(geography().path_text(commune("19333", kReform)), "Phường Đông Hà, Tỉnh Quảng Trị");
  EXPECT_EQ(geography().path_text({1}), "");
}

TEST(GeographyTest, ABrokenFileIsNamedWithItsLine) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "luytre_geography";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "versions.csv") << "version,from,to,basis\n2021,1900-01-01,2025-07-01,list\n";
  std::ofstream(folder / "units.csv")
      << "id,parent,kind,name,from,to,changed\n2021100001,,Tỉnh,Một,,,\n2021200002,2021100009,Huyện,Hai,,,\n";
  std::ofstream(folder / "lineage.csv") << "from,to,share,basis\n";
  try {
    const Geography broken(folder);
    FAIL() << "a missing parent was accepted";
  } catch (const std::runtime_error& e) {
    EXPECT_THAT(e.what(), HasSubstr("units.csv:3: parent must stand above"));
  }
  EXPECT_THROW(Geography("/nowhere"), std::runtime_error);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace luytre::geography
