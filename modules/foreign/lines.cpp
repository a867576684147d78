#include "modules/foreign/lines.h"

#include <algorithm>
#include <set>

#include "modules/people/list_fields.h"
#include "platform/base/text.h"

namespace luytre::foreign {
namespace {

constexpr std::size_t kIdMost = 60;
constexpr std::size_t kCodeMost = 20;    // of a flight, a vehicle, a seat
constexpr std::size_t kWhereMost = 200;  // as the forms allow
constexpr std::size_t kNoteMost = 500;
constexpr std::size_t kPlaceCodeMost = 600;  // as visits::CheckIn
constexpr std::size_t kSeatMost = 10, kMeansMost = 60, kCountryMost = 80, kProvinceMost = 120, kEmailMost = 120,
                      kUnitCodeMost = 10;
constexpr const char* kSigns[] = {"fever", "cough", "breath", "throat", "vomiting", "diarrhoea", "bleeding", "rash"};

// "19/11/2021 08:30" as "2021-11-19 08:30"; anything else as it is.
std::string year_first(const std::string& text) {
  if (text.size() < 10 || text[2] != '/' || text[5] != '/') return text;
  return text.substr(6, 4) + '-' + text.substr(3, 2) + '-' + text.substr(0, 2) + text.substr(10);
}

std::optional<Instant> read_time(const std::string& written) {
  const std::string text = year_first(written);
  if (const auto with_offset = parse_instant(text)) return with_offset;
  return parse_instant(text + "+07:00");
}

// "a; b" → {a, b}
std::vector<std::string> parts_of(const std::string& written) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = std::min(written.find(';', at), written.size());
    if (auto part = tidy(std::string_view(written).substr(at, end - at)); part && !part->empty())
      out.push_back(std::move(*part));
    at = end + 1;
  }
  return out;
}

// The answers of one group of a FHIR QuestionnaireResponse.
class Group {
 public:
  explicit Group(std::string_view link) : link_(link) {}
  void add(std::string_view link, std::string_view element, json::Array values) {
    json::Array answers;
    for (auto& value : values) answers.push_back(json::Object{{element, std::move(value)}});
    items_.push_back(json::Object{{"linkId", link}, {"answer", std::move(answers)}});
  }
  void add(std::string_view link, std::string_view element, json::Value value) {
    add(link, element, json::Array{std::move(value)});
  }
  void add(json::Value inner) { items_.push_back(std::move(inner)); }  // a group
  json::Value take() { return json::Object{{"linkId", link_}, {"item", std::move(items_)}}; }

 private:
  std::string link_;
  json::Array items_;
};

class LineReader {
 public:
  LineReader(tables::Row& row, const List& list, int year) : row_(row), list_(list), year_(year) {}

  Line read() {
    Line out;
    out.result.line = row_.line();
    Told told;
    if (const std::string id = optional("id", kIdMost); !id.empty()) told.id = out.result.id = id;
    told.name = row_.text("name", people::kNameMost);
    told.birth_year = people::birth_year(row_, year_);
    told.phone = people::phone(row_);
    told.paper = people::paper(row_);
    if (!told.phone && !told.paper && row_.flawless()) row_.wrong("phone", "required");
    if (list_.kind == Kind::kVisits) {
      visit(told);
    } else {
      declaration(told);
    }
    if (row_.flawless()) out.told = std::move(told);
    return out;
  }

 private:
  std::string optional(std::string_view column, std::size_t most) {
    std::string out = row_.words(column);
    if (code_points(out) <= most) return out;
    row_.wrong(column, "too_long");
    return {};
  }
  std::optional<Instant> time(std::string_view column, bool required) {
    const std::string written = row_.words(column);
    if (written.empty()) {
      if (required && row_.flawless()) row_.wrong(column, "required");
      return std::nullopt;
    }
    auto out = read_time(written);
    if (!out) row_.wrong(column, "format");
    return out;
  }

  void place(Told& told) {
    if (auto code = optional("placeCode", kPlaceCodeMost); !code.empty()) told.place_code = std::move(code);
    if (auto place = optional("place", kIdMost); !place.empty()) told.place = std::move(place);
  }

  void visit(Told& told) {
    place(told);
    if (!told.place_code && !told.place && row_.flawless()) row_.wrong("place", "required");
    told.at = time("in", true).value_or(Instant{});
    told.out = time("out", false);
    if (told.out && *told.out <= told.at) row_.wrong("out", "out_before_in");
  }

  void declaration(Told& told) {
    place(told);
    told.at = time("at", true).value_or(Instant{});
    told.form = list_.form;
    json::Array groups;
    if (list_.form == Form::kEntry) {
      groups = entry();
      if (auto code = optional("stayUnit", kUnitCodeMost); !code.empty()) told.towards = std::move(code);
    } else {
      if (list_.form == Form::kMovement) groups.push_back(movement());
      groups.push_back(risk());
    }
    told.response =
        json::Object{{"resourceType", "QuestionnaireResponse"}, {"status", "completed"}, {"item", std::move(groups)}};
  }

  json::Value movement() {
    Group out("movement");
    const std::string means = choice(out, "means", "vehicle", {"airplane", "personal", "other"});
    if (means == "airplane") {
      out.add("flight", "valueString", json::Value(row_.text("flightCode", kCodeMost)));
    } else {
      said(out, "vehicle", "vehicleCode", kCodeMost);
    }
    if (means != "personal") said(out, "seat", "seat", kSeatMost);
    day(out, "departure-date", "startTime");
    must(out, "departure-place", "startPlace", kWhereMost);
    must(out, "arrival-place", "endPlace", kWhereMost);
    return out.take();
  }

  // What VHD asked (README.md); of a chronic disease or a pregnancy it did not.
  json::Array entry() {
    json::Array out;
    out.push_back(journey());
    for (auto& country : listed("countries", kNoteMost, kCountryMost, true)) {
      Group stop("stop");
      stop.add("stop-country", "valueString", json::Value(country));
      out.push_back(stop.take());
    }
    out.push_back(stay());
    Group symptoms("symptoms"), exposure("exposure");
    for (const char* sign : kSigns) yes(symptoms, sign, sign, "1", "0");
    yes(exposure, "animals", "animals", "1", "0");
    yes(exposure, "contact-case", "contactCase", "1", "0");
    out.push_back(symptoms.take());
    out.push_back(exposure.take());
    out.push_back(health());
    return out;
  }

  json::Value journey() {
    Group out("journey");
    choice(out, "subject", "subject", {"expert", "vietnamese", "student", "other"});
    must(out, "gate", "gate", kProvinceMost);
    if (choice(out, "means", "means", {"airplane", "ship", "car", "other"}) == "other")
      must(out, "means-other", "meansOther", kMeansMost);
    must(out, "vehicle", "vehicle", kCodeMost);
    must(out, "seat", "seat", kSeatMost);
    day(out, "departure-date", "departureDate");
    day(out, "arrival-date", "arrivalDate");
    must(out, "departure-country", "departureCountry", kCountryMost);
    must(out, "departure-province", "departureProvince", kProvinceMost);
    must(out, "arrival-place", "arrivalPlace", kWhereMost);
    return out.take();
  }

  json::Value stay() {
    Group out("stay");
    must(out, "stay-unit", "stayPlace", kWhereMost);
    must(out, "stay-address", "stayAddress", kWhereMost);
    must(out, "contact-address", "contactAddress", kWhereMost);
    said(out, "email", "email", kEmailMost);
    yes(out, "wants-sim", "wantsSim", "1", "0");
    if (choice(out, "quarantine", "quarantine", {"concentrated", "chosen", "other"}) != "concentrated")
      must(out, "quarantine-which", "quarantineWhich", kWhereMost);
    return out.take();
  }

  json::Value health() {
    Group out("health");
    for (auto& name : listed("vaccines", kNoteMost, kProvinceMost, false)) {
      Group vaccine("vaccine");
      vaccine.add("vaccine-name", "valueString", json::Value(name));
      out.add(vaccine.take());
    }
    const bool tested = !row_.words("testDate").empty();
    out.add("tested", "valueBoolean", json::Value(tested));
    if (!tested) return out.take();
    day(out, "test-date", "testDate");
    // The page asked to confirm that it was negative, and nothing else.
    const std::string negative = row_.text("testNegative", kCodeMost);
    if (!negative.empty() && negative != "1" && negative != "0") row_.wrong("testNegative", "format");
    out.add("test-result", "valueCoding",
            json::Object{{"code", json::Value(negative == "1" ? "negative" : "unclear")}});
    return out.take();
  }

  void must(Group& out, std::string_view link, std::string_view column, std::size_t most) {
    out.add(link, "valueString", json::Value(row_.text(column, most)));
  }
  void day(Group& out, std::string_view link, std::string_view column) {
    const std::string day = year_first(row_.text(column, 30)).substr(0, 10);
    if (!day.empty() && !parse_date(day)) row_.wrong(column, "format");
    out.add(link, "valueDate", json::Value(day));
  }
  std::string choice(Group& out, std::string_view link, std::string_view column,
                     std::initializer_list<std::string_view> codes) {
    const std::string code = row_.text(column, kCodeMost);
    if (!code.empty() && std::find(codes.begin(), codes.end(), code) == codes.end()) row_.wrong(column, "unknown");
    out.add(link, "valueCoding", json::Object{{"code", json::Value(code)}});
    return code;
  }
  // By semicolons.
  std::vector<std::string> listed(std::string_view column, std::size_t most, std::size_t each, bool required) {
    auto out = parts_of(required ? row_.text(column, most) : optional(column, most));
    for (const auto& one : out)
      if (code_points(one) > each) row_.wrong(column, "too_long");
    return out;
  }

  json::Value risk() {
    Group out("risk");
    if (yes(out, "visited", "showCountryPassing", "1", "0")) {
      json::Array where;
      for (auto& one : listed("countryPassing", kNoteMost, kWhereMost, true)) where.push_back(json::Value(one));
      out.add("visited-where", "valueString", std::move(where));
    }
    if (yes(out, "symptoms", "showSignal", "1", "0"))
      out.add("symptoms-which", "valueString", json::Value(row_.text("showSignalNote", kNoteMost)));
    yes(out, "contact-case", "hasPatient", "1", "2");
    yes(out, "contact-country", "hasFromSickCountry", "1", "2");
    yes(out, "contact-sick", "hasSick", "1", "2");
    return out.take();
  }

  bool yes(Group& out, std::string_view link, std::string_view column, std::string_view yes, std::string_view no) {
    const std::string written = row_.text(column, kCodeMost);
    if (!written.empty() && written != yes && written != no) row_.wrong(column, "format");
    out.add(link, "valueBoolean", json::Value(written == yes));
    return written == yes;
  }
  void said(Group& out, std::string_view link, std::string_view column, std::size_t most) {
    if (auto text = optional(column, most); !text.empty()) out.add(link, "valueString", json::Value(text));
  }

  tables::Row& row_;
  const List& list_;
  const int year_;
};

tables::Columns columns_of(const List& list) {
  tables::Columns out{{"name", "birthYear"}, {"phone", "paper"}};
  const auto need = [&](std::initializer_list<const char*> more) {
    out.required.insert(out.required.end(), more.begin(), more.end());
  };
  if (list.kind == Kind::kVisits) {
    need({"in"});
    return out;
  }
  if (list.form == Form::kEntry) {
    need({"at", "subject", "gate", "means", "vehicle", "seat", "departureDate", "arrivalDate", "departureCountry",
          "departureProvince", "arrivalPlace", "countries", "stayPlace", "stayAddress", "contactAddress", "wantsSim",
          "quarantine", "animals", "contactCase"});
    need({"fever", "cough", "breath", "throat", "vomiting", "diarrhoea", "bleeding", "rash"});
    return out;
  }
  need({"at", "showCountryPassing", "showSignal", "hasPatient", "hasFromSickCountry", "hasSick"});
  if (list.form == Form::kMovement) need({"vehicle", "startTime", "startPlace", "endPlace"});
  return out;
}

}  // namespace

Result<std::vector<Line>> read_lines(const List& list, int year) {
  std::vector<Line> out;
  std::set<std::string, std::less<>> ids;
  const auto each = [&](tables::Row& row) {
    Line line = LineReader(row, list, year).read();
    if (line.told && line.told->id && !ids.insert(*line.told->id).second) {
      line.told.reset();
      row.wrong("id", "repeated");
    }
    if (!line.told) line.result.state = LineState::kRefused;
    line.result.errors = row.take_flaws();
    out.push_back(std::move(line));
  };
  const auto done = tables::read_list(list.bytes, columns_of(list), kLinesMost, each);
  if (!done) return done.error();
  return out;
}

}  // namespace luytre::foreign
