#include "modules/linelists/reading.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "platform/base/phone.h"

namespace luytre::linelists {
namespace {

constexpr std::size_t kIdMost = 100, kPlaceMost = 200, kRelationMost = 120;
constexpr std::size_t kNamesakes = 20;  // communes of one name that are looked at
constexpr std::int64_t kOldest = 130;

// What people write where they know nothing; folded.
constexpr std::array<std::string_view, 9> kNothing{"na",       "n a",     "null",     "none",          "unknown",
                                                   "khong ro", "chua ro", "khong co", "not classified"};

struct Word {
  std::string_view theirs;  // folded
  std::string_view ours;
};

constexpr std::array kSexes{Word{"m", "male"},     Word{"nam", "male"}, Word{"f", "female"}, Word{"nu", "female"},
                            Word{"khac", "other"}, Word{"o", "other"},  Word{"1", "male"},   Word{"2", "female"}};
constexpr std::array kClassifications{Word{"nghi ngo", "suspect"},
                                      Word{"suspected", "suspect"},
                                      Word{"ca nghi ngo", "suspect"},
                                      Word{"co the", "probable"},
                                      Word{"ca co the", "probable"},
                                      Word{"xac dinh", "confirmed"},
                                      Word{"ca xac dinh", "confirmed"},
                                      Word{"duong tinh", "confirmed"},
                                      Word{"confirmed no symptoms", "confirmed"},
                                      Word{"confirmed unknown symptoms", "confirmed"},
                                      Word{"loai tru", "discarded"},
                                      Word{"da loai tru", "discarded"},
                                      Word{"not a case discarded", "discarded"},
                                      Word{"not a case", "discarded"},
                                      Word{"no case", "discarded"}};
constexpr std::array kOutcomes{Word{"recovered", "recovered"},
                               Word{"recover", "recovered"},
                               Word{"khoi", "recovered"},
                               Word{"khoi benh", "recovered"},
                               Word{"da khoi", "recovered"},
                               Word{"died", "died"},
                               Word{"death", "died"},
                               Word{"dead", "died"},
                               Word{"deceased", "died"},
                               Word{"tu vong", "died"},
                               Word{"mat dau", "lostToFollowUp"},
                               Word{"lost to follow up", "lostToFollowUp"},
                               Word{"diedofothercause", "diedOfOtherCause"},
                               Word{"losttofollowup", "lostToFollowUp"},
                               Word{"alive", ""},
                               Word{"no outcome", ""},
                               Word{"dang dieu tri", ""}};
constexpr std::array kMethods{Word{"rt pcr", "pcr"},
                              Word{"realtime pcr", "pcr"},
                              Word{"real time pcr", "pcr"},
                              Word{"pcr rt pcr", "pcr"},
                              Word{"test nhanh", "antigen"},
                              Word{"khang nguyen", "antigen"},
                              Word{"antigen detection", "antigen"},
                              Word{"rapid test", "antigen"},
                              Word{"khang the", "antibody"},
                              Word{"elisa", "antibody"},
                              Word{"nuoi cay", "culture"},
                              Word{"giai trinh tu", "sequencing"},
                              Word{"soi", "microscopy"}};

// Go.Data names the values of its lists by their key: LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE.
constexpr std::array<std::string_view, 4> kGoData{
    "lng reference data category gender ", "lng reference data category case classification ",
    "lng reference data category outcome ", "lng reference data category lab test result "};

template <std::size_t N>
std::string in_ours(const std::string& written, const std::array<Word, N>& words) {
  std::string folded = fold(written);
  for (const std::string_view prefix : kGoData)
    if (folded.starts_with(prefix)) folded.erase(0, prefix.size());
  const auto found = std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.theirs == folded; });
  return found == words.end() ? folded : std::string(found->ours);
}

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

// The fields of one line while it is being read.
class LineReader::Cells {
 public:
  Cells(const LineReader& reader, const std::vector<std::string>& cells) : reader_(reader), cells_(cells) {}

  Line read() {
    if (cells_.empty()) {
      out_.flaws.push_back({"", "format"});
      return std::move(out_);
    }
    for (const auto& [field, place] : reader_.places_)
      if (place.column && cells_[*place.column].find(kUnreadable) != std::string::npos) wrong(field, "encoding");
    out_.external = text(Field::kId);
    out_.source_number = text(Field::kSource);
    if (contacts()) {
      contact();
    } else {
      const std::string number = text(Field::kNumber);
      if (!number.empty()) out_.given.number = number;
      if (out_.external.empty()) out_.external = number;
      dates();
      case_itself();
    }
    if (out_.external.empty()) wrong(Field::kId, "required");
    if (code_points(out_.external) > kIdMost) wrong(Field::kId, "too_long");
    person();
    return std::move(out_);
  }

 private:
  bool contacts() const { return reader_.reading_.about == About::kContacts; }
  void wrong(Field field, const char* code) { out_.flaws.push_back({json::enum_text(field), code}); }

  std::string text(Field field) const {
    const auto found = reader_.places_.find(field);
    if (found == reader_.places_.end()) return {};
    const auto& [use, column] = found->second;
    if (!column) return use->fixed.value_or("");
    const std::string& cell = cells_[*column];
    const std::string folded = fold(cell);
    for (const ValueWord& word : use->values)
      if (fold(word.theirs) == folded) return word.ours ? std::string(*word.ours) : std::string();
    // A name may well be "Na".
    const bool named =
        field == Field::kName || field == Field::kLastName || field == Field::kMiddleName || field == Field::kFirstName;
    const bool nothing = cell.find_first_not_of("-.?/* ") == std::string::npos ||
                         (!named && std::find(kNothing.begin(), kNothing.end(), folded) != kNothing.end());
    if (nothing) return {};
    return use->fixed ? std::string(*use->fixed) + cell : cell;
  }
  DayOrder order(Field field) const {
    const auto found = reader_.places_.find(field);
    return found == reader_.places_.end() ? DayOrder::kDayFirst
                                          : found->second.use->order.value_or(DayOrder::kDayFirst);
  }
  std::optional<Date> day(Field field) {
    const std::string written = text(field);
    if (written.empty()) return std::nullopt;
    const auto out = read_day(written, order(field), reader_.reading_.today);
    if (!out) wrong(field, "format");
    return out;
  }
  std::optional<Instant> moment(Field field) {
    const std::string written = text(field);
    if (written.empty()) return std::nullopt;
    const auto out = read_moment(written, order(field), reader_.reading_.today);
    if (!out) wrong(field, "format");
    return out;
  }
  template <class T, std::size_t N>
  std::optional<T> choice(Field field, const std::array<Word, N>& words) {
    const std::string written = text(field);
    if (written.empty()) return std::nullopt;
    const std::string ours = in_ours(written, words);
    if (ours.empty()) return std::nullopt;
    auto out = json::parse_enum<T>(ours);
    if (!out) wrong(field, "unknown");
    return out;
  }

  // A bound that is a day alone takes the day in.
  std::optional<Instant> end_moment(Field field) {
    auto out = moment(field);
    if (out && text(field).find(':') == std::string::npos) *out = *out + std::chrono::hours(24);
    return out;
  }

  void contact() {
    auto& contact = out_.contact;
    contact.how = tracing::HowTold::kList;
    if (out_.source_number.empty()) wrong(Field::kSource, "required");
    contact.from = moment(Field::kContactFrom);
    contact.to = end_moment(Field::kContactTo);
    if (contact.from.has_value() != contact.to.has_value() && flawless(Field::kContactFrom) &&
        flawless(Field::kContactTo))
      wrong(contact.from ? Field::kContactTo : Field::kContactFrom, "required");
    if (!contact.from) contact.day = day(Field::kContactDay);
    if (!contact.from && !contact.to && !contact.day && flawless(Field::kContactDay) && flawless(Field::kContactFrom))
      wrong(Field::kContactDay, "required");
    if (const std::string place = text(Field::kContactPlace); !place.empty()) {
      contact.where = place;
      if (code_points(place) > kPlaceMost) wrong(Field::kContactPlace, "too_long");
    }
    if (const std::string relation = text(Field::kRelation); !relation.empty()) {
      contact.relation = relation;
      if (code_points(relation) > kRelationMost) wrong(Field::kRelation, "too_long");
    }
  }

  void dates() {
    out_.given.onset = day(Field::kOnset);
    out_.given.dates.diagnosed_at = moment(Field::kDiagnosed);
    out_.given.dates.notified_at = moment(Field::kNotified);
    out_.given.dates.published_at = moment(Field::kPublished);
    out_.given.course.outcome_on = day(Field::kOutcomeOn);
    sample_ = moment(Field::kSample);
    result_ = moment(Field::kResult);
    isolated_ = moment(Field::kIsolated);
  }

  void case_itself() {
    auto& given = out_.given;
    given.disease = disease();
    const auto classification = choice<cases::Classification>(Field::kClassification, kClassifications);
    if (classification) given.classification = *classification;
    if (!classification && flawless(Field::kClassification)) wrong(Field::kClassification, "required");
    given.course.outcome = choice<cases::Outcome>(Field::kOutcome, kOutcomes);
    if (!given.course.outcome) given.course.outcome_on.reset();  // lists have a column of it for everybody
    const auto method = choice<cases::Method>(Field::kMethod, kMethods);
    // What was tested and is not confirmed has no place for its sample here; lists have the columns for all lines.
    if (given.classification != cases::Classification::kConfirmed) return;
    if (!sample_ && flawless(Field::kSample)) wrong(Field::kSample, "required");
    if (!result_ && flawless(Field::kResult)) wrong(Field::kResult, "required");
    if (!method && flawless(Field::kMethod)) wrong(Field::kMethod, "required");
    if (sample_ && result_ && method)
      given.confirmation = cases::Confirmation{given.onset, *sample_, *result_, *method, isolated_, std::nullopt};
  }

  bool flawless(Field field) const {
    const std::string name = json::enum_text(field);
    return std::none_of(out_.flaws.begin(), out_.flaws.end(), [&](const auto& flaw) { return flaw.column == name; });
  }

  std::string disease() {
    const std::string written = text(Field::kDisease);
    if (written.empty()) {
      wrong(Field::kDisease, "required");
      return {};
    }
    const std::string folded = fold(written);
    for (const auto& disease : reader_.reading_.diseases.all())
      if (fold(disease.id) == folded || fold(disease.name.vi) == folded || fold(disease.name.en) == folded ||
          fold(disease.icd10) == folded)
        return disease.id;
    wrong(Field::kDisease, "unknown");
    return {};
  }

  void person() {
    auto& person = out_.person;
    std::string name = text(Field::kName);
    for (const Field part : {Field::kLastName, Field::kMiddleName, Field::kFirstName}) {
      const std::string word = text(part);
      if (!word.empty()) name += (name.empty() ? "" : " ") + word;
    }
    person.name = name;
    if (name.empty() && !contacts()) wrong(Field::kName, "required");  // a contact may be known by the id
    if (code_points(name) > people::kNameMost) wrong(Field::kName, "too_long");
    birth();
    person.sex = choice<people::Sex>(Field::kSex, kSexes).value_or(people::Sex::kOther);
    if (const std::string nation = text(Field::kNationality); !nation.empty()) {
      person.nationality = nation;
      if (nation.size() != 2) wrong(Field::kNationality, "format");
    }
    person.unit = commune();
    if (const std::string address = text(Field::kAddress); !address.empty()) {
      person.address = address;
      if (code_points(address) > people::kAddressMost) wrong(Field::kAddress, "too_long");
    }
    if (const std::string phone = text(Field::kPhone); !phone.empty()) {
      if (normalise_phone(phone)) person.phone = phone;
      if (!person.phone) wrong(Field::kPhone, "format");
    }
    paper();
  }

  void paper() {
    const std::string written = text(Field::kPaper);
    if (written.empty()) return;
    for (const auto kind : {people::PaperKind::kCccd, people::PaperKind::kCmnd, people::PaperKind::kPassport}) {
      if (!linkage::read_paper(kind, written)) continue;
      people::Paper paper;
      paper.kind = kind;
      paper.number = written;
      out_.person.paper = std::move(paper);
      return;
    }
    wrong(Field::kPaper, "format");
  }

  void birth() {
    auto& person = out_.person;
    std::string written = text(Field::kBirthDate);
    const std::string day = text(Field::kBirthDay), month = text(Field::kBirthMonth), year = text(Field::kBirthYear);
    if (written.empty() && !day.empty() && !month.empty() && year.size() == 4) {
      const auto pad = [](const std::string& part) { return part.size() == 1 ? '0' + part : part; };
      written = year + '-' + pad(month) + '-' + pad(day);
    }
    if (!written.empty()) {
      if (const auto only_year = whole(written); only_year && written.size() == 4) {
        person.birth_year = only_year;
      } else {
        person.birth_date = read_day(written, order(Field::kBirthDate), reader_.reading_.today);
        if (!person.birth_date) wrong(Field::kBirthDate, "format");
      }
      return;
    }
    if (!year.empty()) {
      person.birth_year = whole(year);
      if (!person.birth_year) wrong(Field::kBirthYear, "format");
      return;
    }
    std::string age = text(Field::kAge);
    if (const auto point = age.find_first_of(".,"); point != std::string::npos) age.resize(point);
    if (age.empty()) {
      person.birth_unknown = true;
      return;
    }
    const auto years = whole(age);
    if (!years || *years < 0 || *years > kOldest) {
      wrong(Field::kAge, "format");
      return;
    }
    person.birth_year = year_of(known_day()) - *years;
  }

  // Of which day the age is told.
  Date known_day() const {
    if (out_.contact.day) return *out_.contact.day;
    if (out_.contact.from) return local_date(*out_.contact.from);
    if (out_.given.onset) return *out_.given.onset;
    for (const auto& at : {sample_, result_, out_.given.dates.diagnosed_at, out_.given.dates.notified_at})
      if (at) return local_date(*at);
    return out_.given.course.outcome_on.value_or(reader_.reading_.today);
  }

  UnitId commune() {
    const auto& [geography, diseases, area, today, about] = reader_.reading_;
    const std::string written = text(Field::kCommune);
    if (written.empty()) {
      const auto own = geography.responsible_commune(area, today);
      if (!own) wrong(Field::kCommune, "required");
      return own.value_or(UnitId{});
    }
    std::vector<UnitId> found;
    if (const auto* unit = geography.find(geography::Level::kCommune, written, today)) {
      found.push_back(unit->id);
    } else {
      const std::string folded = fold(written);
      for (const auto* unit : geography.search(written, today, kNamesakes)) {
        const bool called = fold(unit->full_name) == folded || fold(unit->name) == folded;
        if (unit->level == geography::Level::kCommune && called && geography.covers(area, unit->id))
          found.push_back(unit->id);
      }
    }
    if (found.size() != 1) {
      wrong(Field::kCommune, found.empty() ? "unknown" : "ambiguous");
      return {};
    }
    if (!geography.covers(area, found.front())) wrong(Field::kCommune, "not_permitted");
    return found.front();
  }

  const LineReader& reader_;
  const std::vector<std::string>& cells_;
  Line out_;
  std::optional<Instant> sample_, result_, isolated_;
};

LineReader::LineReader(const Mapping& mapping, const std::vector<std::string>& columns, const Reading& reading)
    : reading_(reading) {
  for (const Use& use : mapping.uses) {
    if (!use.column && !use.fixed) continue;
    Place place{&use, std::nullopt};
    if (use.column) {
      const auto found = std::find(columns.begin(), columns.end(), *use.column);
      if (found == columns.end()) continue;
      place.column = static_cast<std::size_t>(found - columns.begin());
    }
    places_.emplace(use.field, place);
  }
}

Line LineReader::read(const std::vector<std::string>& cells) const {
  return Cells(*this, cells).read();
}

}  // namespace luytre::linelists
