#include "modules/linelists/mapping.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace luytre::linelists {
namespace {

struct Known {
  Field field;
  std::string_view heads;  // folded, parted by "|", the best first
};

// Go.Data: the columns of its analytics export and the heads of its own CSV; SORMAS: its case export and import. What a
// file has twice goes to whom it is first for.
constexpr std::array kKnown{
    Known{Field::kId,
          "id|case id|caseid|visualid|visual id|person visualid|externalid|external id|epidnumber|epid number|uuid|ma "
          "ca|ma benh nhan|ma so|stt|so thu tu"},
    Known{Field::kNumber, "number|so ca benh|so ca"},
    Known{Field::kName, "name|ho va ten|ho ten|ten benh nhan|full name|patient name|ho va ten benh nhan"},
    Known{Field::kLastName, "lastname|last name|person lastname|ho|surname"},
    Known{Field::kMiddleName, "middlename|middle name|ten dem"},
    Known{Field::kFirstName, "firstname|first name|person firstname|ten|given name"},
    Known{Field::kBirthDate,
          "birthdate|birth date|dob|date of birth|ngay sinh|ngay thang nam sinh|age dob|person birthdate"},
    Known{Field::kBirthDay, "birthdatedd|person birthdatedd|birth day"},
    Known{Field::kBirthMonth, "birthdatemm|person birthdatemm|birth month"},
    Known{Field::kBirthYear, "birthyear|birth year|birthdateyyyy|person birthdateyyyy|nam sinh|year of birth"},
    Known{Field::kAge, "age|tuoi|age years|age years at onset|approximateage|person approximateage|age in years"},
    Known{Field::kSex, "sex|gender|gioi tinh|gioi|person sex|phai"},
    Known{Field::kNationality, "nationality|quoc tich"},
    Known{Field::kCommune, "commune|xa phuong|xa|phuong|phuong xa|ma xa|xa phuong dac khu|noi cu tru xa"},
    Known{Field::kAddress, "address|dia chi|dia chi hien nay|noi o|person street|addresses addressline1"},
    Known{Field::kPhone, "phone|so dien thoai|sdt|dien thoai|telephone|phone number|person phone|phonenumber"},
    Known{Field::kPaper, "paper|cccd|so cccd|can cuoc|cmnd|cccd cmnd|so dinh danh|passportnumber"},
    Known{Field::kDisease, "disease|benh|ten benh|chan doan|chan doan benh"},
    Known{Field::kClassification, "classification|phan loai|phan loai ca|caseclassification|case classification"},
    Known{
        Field::kOnset,
        "onset|ngay khoi phat|ngay khoi benh|date of onset|dateofonset|date of symptom onset|symptoms onsetdate|onset "
        "date"},
    Known{Field::kSample, "sample|ngay lay mau|date of sample tested|date sample taken|datesampletaken|sampledatetime"},
    Known{Field::kResult,
          "result|ngay co ket qua|ngay tra ket qua|dateofresult|date of result|testdatetime|date become case"},
    Known{Field::kMethod, "method|phuong phap xet nghiem|loai xet nghiem|test type|testtype|pathogentesttype"},
    Known{Field::kIsolated, "isolated|ngay cach ly|isolation startdate|quarantinefrom|isolationdate"},
    Known{Field::kDiagnosed, "diagnosed|ngay chan doan|date of diagnosis"},
    Known{Field::kNotified,
          "notified|ngay bao cao|ngay khai bao|date of reporting|dateofreporting|reportdate|report "
          "date"},
    Known{Field::kPublished, "published|ngay cong bo"},
    Known{Field::kOutcome, "outcome|ket cuc|ket qua dieu tri|outcome id|outcomeid|tinh trang hien tai"},
    Known{Field::kOutcomeOn,
          "outcomeon|ngay ket cuc|ngay ra vien|ngay tu vong|date of outcome|dateofoutcome|outcomedate|outcome date"},
    Known{Field::kSource, "source|source visualid|nguon lay|ca nguon"},
};

// In a list of contacts "case id" is that of the case whom they met, and the person's data are as in one of cases.
constexpr std::array kOfContacts{
    Known{Field::kId,
          "id|contact id|contactid|target visualid|visualid|visual id|externalid|external id|uuid|ma|ma tiep xuc|ma "
          "f1|ma "
          "so|stt|so thu tu"},
    Known{Field::kSource,
          "source|source visualid|source case|source case id|case number|case|case id|caseid|caze|caze uuid|case "
          "uuid|caseidexternalsystem|case id external system|source uuid|ca nguon|ma ca nguon|so ca nguon|nguon lay|so "
          "ca "
          "benh|so ca|ma ca|ma ca benh"},
    Known{Field::kContactDay,
          "contactday|relationship date of last contact|date of last contact|dateoflastcontact|lastcontactdate|last "
          "contact date|contact date|contactdate|ngay tiep xuc|ngay tiep xuc cuoi|ngay tiep xuc cuoi cung"},
    Known{Field::kContactFrom, "contactfrom|tiep xuc tu|tiep xuc tu luc"},
    Known{Field::kContactTo, "contactto|tiep xuc den|tiep xuc den luc"},
    Known{Field::kContactPlace, "contactplace|noi tiep xuc|dia diem tiep xuc"},
    Known{
        Field::kRelation,
        "relation|relation detail|relationtocase|relation to case|context of exposure|quan he|moi quan he|quan he voi "
        "ca benh"},
};

constexpr std::array kOfPeople{Field::kName,      Field::kLastName, Field::kMiddleName,  Field::kFirstName,
                               Field::kBirthDate, Field::kBirthDay, Field::kBirthMonth,  Field::kBirthYear,
                               Field::kAge,       Field::kSex,      Field::kNationality, Field::kCommune,
                               Field::kAddress,   Field::kPhone,    Field::kPaper};

// Where a head stands among those known for a field; nothing: it is not.
std::optional<std::size_t> rank(std::string_view heads, std::string_view folded) {
  for (std::size_t at = 0, n = 0; at <= heads.size(); ++n) {
    const std::size_t end = std::min(heads.find('|', at), heads.size());
    if (heads.substr(at, end - at) == folded) return n;
    at = end + 1;
  }
  return std::nullopt;
}

FieldError wrong(Field field, const char* code) {
  return {"/uses/" + json::enum_text(field), code, {}};
}

}  // namespace

Result<Done> check(const Mapping& mapping, const std::vector<std::string>& columns, About about) {
  std::vector<FieldError> flaws;
  std::set<Field> told;
  for (const Use& use : mapping.uses) {
    if (use.values.size() > kValuesMost) flaws.push_back(wrong(use.field, "too_long"));
    if (!use.column && !use.fixed) continue;
    if (!told.insert(use.field).second) flaws.push_back(wrong(use.field, "repeated"));
    if (use.column && std::find(columns.begin(), columns.end(), *use.column) == columns.end())
      flaws.push_back(wrong(use.field, "unknown"));
  }
  const auto need = [&](std::initializer_list<Field> one_of) {
    if (std::none_of(one_of.begin(), one_of.end(), [&](Field field) { return told.contains(field); }))
      flaws.push_back(wrong(*one_of.begin(), "required"));
  };
  if (about == About::kContacts) {
    need({Field::kId});
    need({Field::kSource});
    need({Field::kContactDay, Field::kContactFrom});
    if (told.contains(Field::kContactFrom)) need({Field::kContactTo});
  } else {
    need({Field::kId, Field::kNumber});
    need({Field::kName, Field::kFirstName, Field::kLastName});
    need({Field::kBirthYear, Field::kBirthDate, Field::kAge});
    need({Field::kDisease});
    need({Field::kClassification});
  }
  if (!flaws.empty()) return Error(kInvalid, std::move(flaws));
  return Done{};
}

Mapping suggested(const std::vector<std::string>& columns, About about) {
  Mapping out;
  const auto suggest = [&](const Known& known) {
    std::optional<std::pair<std::size_t, std::string>> best;
    for (const std::string& column : columns) {
      const auto found = rank(known.heads, fold(column));
      if (found && (!best || *found < best->first)) best = {*found, column};
    }
    if (!best) return;
    Use& use = out.uses.emplace_back();
    use.field = known.field;
    use.column = best->second;
  };
  const bool of_people = about == About::kContacts;
  for (const Known& known : kKnown)
    if (!of_people || std::find(kOfPeople.begin(), kOfPeople.end(), known.field) != kOfPeople.end()) suggest(known);
  if (of_people)
    for (const Known& known : kOfContacts) suggest(known);
  return out;
}

}  // namespace luytre::linelists
