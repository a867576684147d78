#include "modules/cases/cases_fixture.h"
#include "modules/people/duplicates.h"
#include "platform/base/run.h"

namespace luytre::cases {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PatientTest : public CasesTest {
 protected:
  PersonId called(const std::string& name, std::int64_t year, UnitId unit) {
    people::NewPerson person;
    person.name = name;
    person.birth_year = year;
    person.unit = unit;
    return world_.db->transact_now([&](store::Session& s) { return *world_.people.create_within(s, person); });
  }
  Result<FoundCases> search(const Caller& caller, const std::string& name,
                            const std::string& reason = "Người nhà gọi") {
    people::Search patient;
    patient.name = name;
    patient.reason = reason;
    return run(cases_.of_patient(caller, std::move(patient), 50));
  }
  std::vector<std::string> names(const Caller& caller, const std::string& name) {
    std::vector<std::string> out;
    const auto found = search(caller, name);
    for (const CaseBrief& one : found->items) out.push_back(one.person.name);
    return out;
  }
};

TEST_P(PatientTest, ACaseIsFoundByItsPatientsName) {
  const PersonId ill = called("Trần Thị Lành", 1986, visits::testing::kHaiLang);
  called("Trần Thị Lành", 1990, visits::testing::kHaiLang);  // is well
  ASSERT_TRUE(run(cases_.report(station_, of(ill))));
  EXPECT_THAT(names(station_, "tran lanh"), ElementsAre("Trần Thị Lành"));
  EXPECT_THAT(names(province_, "Trần Thị Lanhf"), ElementsAre("Trần Thị Lành")) << "with a slip";
  EXPECT_THAT(log_about(ill), Contains("cases.read Người nhà gọi"));
  EXPECT_THAT(names(far_, "tran lanh"), IsEmpty());
  EXPECT_EQ(code(search(station_, "tran lanh", " ")), "reason_required");
  EXPECT_EQ(code(search(identity::testing::citizen(1001), "tran lanh")), "not_permitted");
}

TEST_P(PatientTest, TheUnitThatReportedFindsTheCaseOfSomebodyFromElsewhere) {
  const auto communes = visits::testing::geography().children(kDaNang, local_date(world_.clock.now()));
  const PersonId guest = called("Phan Trọng Khách", 1970, communes.front()->id);
  NewCase request = of(guest);
  request.report_unit = visits::testing::kHaiLang;
  ASSERT_TRUE(run(cases_.report(station_, request)));
  EXPECT_THAT(names(station_, "phan khach"), ElementsAre("Phan Trọng Khách"));
  EXPECT_THAT(names(far_, "phan khach"), ElementsAre("Phan Trọng Khách"));
}

TEST_P(PatientTest, ANewPatientIsComparedWithWhoIsKnownUnlessTheOfficerHasLooked) {
  const people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                      world_.house->accounts, world_.vault);
  cases_.set_may_be_known([&](store::Session& s, const people::NewPerson& person, std::span<const UnitId> areas) {
    return !duplicates.alike(s, person, areas).empty();
  });
  called("Đoàn Trọng Khuê", 1961, visits::testing::kHaiLang);
  NewCase request;
  request.disease = std::string("covid-19");
  people::NewPerson& person = request.new_person.emplace();
  person.name = std::string("Doan Trong Khue");
  person.birth_year = 1961;
  person.sex = people::Sex::kOther;
  person.unit = visits::testing::kHaiLang;
  EXPECT_EQ(code(run(cases_.report(station_, request))), "person_may_be_known");
  request.none_of_these = true;
  EXPECT_TRUE(run(cases_.report(station_, request)));
  request.new_person->name = std::string("Kpă H'Mai Lan");
  request.none_of_these.reset();
  EXPECT_TRUE(run(cases_.report(station_, request))) << "nobody like that is known";
}

INSTANTIATE_TEST_SUITE_P(Engines, PatientTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases
