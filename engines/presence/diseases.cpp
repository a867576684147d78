#include "engines/presence/diseases.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "engines/presence/toml_fields.h"

namespace luytre::presence {

namespace {

constexpr std::int64_t kMostHours = 30 * 24;
constexpr std::int64_t kMostDays = 400;
constexpr std::size_t kLongestId = 40;

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw std::runtime_error("disease " + name + ": " + what);
}

Wording wording(Fields in) {
  Wording out{in.text("vi"), in.text("en")};
  in.end();
  return out;
}

// The part that every dated entry ends with. `last`: the entry of the same kind before it.
template <class T>
void read_period(Fields& in, T& entry, const T* last) {
  entry.from = in.date("from");
  entry.to = in.maybe_date("to");
  entry.source = in.text("source");
  if (entry.to && *entry.to <= entry.from) in.wrong("to", "must be after from");
  if (last && (!last->to || entry.from < *last->to)) in.wrong("from", "lies before the end of the entry before it");
  in.end();
}

// The last entry so far that `same` holds for.
template <class T, class Same>
const T* last_of(const std::vector<T>& entries, Same same) {
  const auto found = std::find_if(entries.rbegin(), entries.rend(), same);
  return found == entries.rend() ? nullptr : &*found;
}

template <class T>
const T* last_of(const std::vector<T>& entries) {
  return last_of(entries, [](const T&) { return true; });
}

std::string class_of(Fields& in) {
  std::string out = in.text("class");
  if (out != "F1" && out != "F2" && out != "F3" && out != "F4") in.wrong("class", "must be F1, F2, F3 or F4");
  return out;
}

template <class T, class U>
bool overlap(const T& a, const U& b) {
  return (!b.to || a.from < *b.to) && (!a.to || b.from < *a.to);
}

void read_law(Fields& in, Disease& disease) {
  for (Fields& one : in.tables("legal_group")) {
    LegalGroup entry;
    entry.group = one.text("group");
    if (entry.group != "A" && entry.group != "B" && entry.group != "C") one.wrong("group", "must be A, B or C");
    read_period(one, entry, last_of(disease.legal_groups));
    disease.legal_groups.push_back(std::move(entry));
  }
  for (Fields& one : in.tables("notification")) {
    Notification entry;
    entry.hours = one.whole("hours", 1, kMostHours);
    read_period(one, entry, last_of(disease.notification));
    disease.notification.push_back(std::move(entry));
  }
}

void read_investigation(Fields& in, Disease& disease) {
  for (Fields& one : in.tables("investigation")) {
    InvestigationForm entry;
    entry.form = one.text("form");
    read_period(one, entry, last_of(disease.investigation));
    disease.investigation.push_back(std::move(entry));
  }
}

void read_definitions(Fields& in, Disease& disease) {
  for (Fields& one : in.tables("case_definition")) {
    CaseDefinition entry;
    entry.classification = one.one_of<Defines>("classification");
    entry.text = wording(one.table("text"));
    const auto same = [&](const CaseDefinition& d) { return d.classification == entry.classification; };
    read_period(one, entry, last_of(disease.case_definitions, same));
    disease.case_definitions.push_back(std::move(entry));
  }
  for (Fields& one : in.tables("contact_class")) {
    ContactClass entry;
    const bool nobody = one.text("class") == kNobody;
    entry.contact_class = nobody ? std::string(kNobody) : class_of(one);
    entry.text = wording(one.table("text"));
    const auto same = [&](const ContactClass& c) { return c.contact_class == entry.contact_class; };
    read_period(one, entry, last_of(disease.contact_classes, same));
    const auto beside = [&](const ContactClass& c) {
      return (nobody || c.contact_class == kNobody) && overlap(c, entry);
    };
    if (last_of(disease.contact_classes, beside)) one.wrong("class", "none stands beside no other");
    disease.contact_classes.push_back(std::move(entry));
  }
}

// An id that may stand in an address of JSON, and only once.
template <class T>
std::string id_of(Fields& in, const std::vector<T>& before) {
  std::string id = in.text("id");
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (id.size() > kLongestId || !std::all_of(id.begin(), id.end(), fits))
    in.wrong("id", "must be letters, digits and hyphens, at most " + std::to_string(kLongestId));
  if (last_of(before, [&](const T& other) { return other.id == id; })) in.wrong("id", "is named twice");
  return id;
}

// Of a contact, or of a milestone.
template <class Entry>
void read_questions(Fields& in, const char* kind, std::vector<Entry>& entries, const Entry& general) {
  for (Fields& one : in.tables(kind)) {
    Entry entry;
    for (Fields& asked : one.tables("question")) {
      typename decltype(entry.questions)::value_type question;
      question.id = id_of(asked, entry.questions);
      question.text = wording(asked.table("text"));
      question.brief = wording(asked.table("brief"));
      if constexpr (requires { question.compulsory; }) question.compulsory = asked.flag("compulsory");
      asked.end();
      entry.questions.push_back(std::move(question));
    }
    read_period(one, entry, last_of(entries));
    entries.push_back(std::move(entry));
  }
  if (entries.empty()) entries.push_back(general);
}

// The general ones as far as they can matter: distance, closed rooms and masks for what goes through the air, touch for
// what passes between people. Where `transmission` says nothing, all.
template <class Entry>
Entry general_for(const Disease& disease, Entry general) {
  if (disease.transmission.empty() || disease.by_air()) return general;
  std::erase_if(general.questions,
                [&](const auto& question) { return question.id != "touched" || !disease.between_people(); });
  return general;
}

// Each with its name; beside them there is always `other`.
template <class Item>
std::vector<Item> named_items(Fields& in, const char* name, std::string_view other) {
  std::vector<Item> out;
  for (Fields& one : in.tables(name)) {
    Item item;
    item.id = id_of(one, out);
    if (item.id == other) one.wrong("id", "is offered anyway");
    item.text = {one.text("vi"), one.text("en")};
    one.end();
    out.push_back(std::move(item));
  }
  if (out.empty()) in.wrong(name, "must name at least one");
  return out;
}

void read_signs(Fields& in, Disease& disease) {
  for (Fields& one : in.tables("signs")) {
    FollowUpSigns entry;
    entry.offered = named_items<Sign>(one, "offered", kOtherSign);
    read_period(one, entry, last_of(disease.signs));
    disease.signs.push_back(std::move(entry));
  }
  if (disease.signs.empty()) disease.signs.push_back(general_signs());
}

void read_specimens(Fields& in, Disease& disease) {
  for (Fields& one : in.tables("specimens")) {
    Specimens entry;
    entry.taken = named_items<Specimen>(one, "taken", kOtherSpecimen);
    read_period(one, entry, last_of(disease.specimens));
    disease.specimens.push_back(std::move(entry));
  }
  if (disease.specimens.empty()) disease.specimens.push_back(general_specimens());
}

std::vector<Stage> stages_of(Fields& in) {
  std::vector<Stage> out;
  for (Fields& one : in.tables("stages")) {
    Stage stage;
    stage.where = one.one_of<Where>("where");
    stage.days = one.whole("days", 1, kMostDays);
    stage.test_days = one.wholes("test_days", 1, stage.days);
    one.end();
    out.push_back(std::move(stage));
  }
  if (out.empty()) in.wrong("stages", "must name at least one");
  return out;
}

void read_follow_ups(Fields& in, Disease& disease) {
  for (Fields& one : in.tables("follow_up")) {
    FollowUp entry;
    entry.contact_class = class_of(one);
    if (one.has("whom")) entry.whom = one.one_of<Whom>("whom");
    if (one.has("text")) entry.text = wording(one.table("text"));
    if (entry.whom == Whom::kImmune && !entry.text) one.wrong("text", "must say who counts as immune");
    entry.stages = stages_of(one);
    // What holds for everyone stands beside nothing else.
    const auto same = [&](const FollowUp& f) {
      const bool beside = f.whom != entry.whom && f.whom != Whom::kEveryone && entry.whom != Whom::kEveryone;
      return f.contact_class == entry.contact_class && !beside;
    };
    read_period(one, entry, last_of(disease.follow_ups, same));
    const auto nobody = [&](const ContactClass& c) { return c.contact_class == kNobody && overlap(c, entry); };
    if (last_of(disease.contact_classes, nobody)) one.wrong("class", "is followed, though nobody is a contact");
    disease.follow_ups.push_back(std::move(entry));
  }
}

void read_tests(Fields& in, Disease& disease) {
  for (Fields& one : in.tables("test")) {
    Test test;
    test.method = one.one_of<TestMethod>("method");
    test.confirms = one.flag("confirms");
    test.source = one.text("source");
    one.end();
    if (last_of(disease.tests, [&](const Test& t) { return t.method == test.method; }))
      one.wrong("method", "is named twice");
    disease.tests.push_back(std::move(test));
  }
}

void read_at_once(Fields& in, Disease& disease) {
  for (Fields& one : in.tables("at_once")) {
    AtOnce entry;
    entry.method = one.one_of<TestMethod>("method");
    if (disease.tests.empty() || !disease.confirms(entry.method)) one.wrong("method", "is no [[test]] that confirms");
    const auto same = [&](const AtOnce& other) { return other.method == entry.method; };
    read_period(one, entry, last_of(disease.at_once, same));
    disease.at_once.push_back(std::move(entry));
  }
}

void read_cases(Fields& in, Disease& disease) {
  for (Fields& one : in.tables("case")) {
    PackCase c;
    c.line = one.line();
    c.says = one.text("says");
    c.on = one.maybe_date("on");
    c.onset = one.maybe_date("onset");
    c.sample_at = one.maybe_instant("sample_at");
    c.isolated_at = one.maybe_instant("isolated_at");
    c.rule_set = one.maybe_text("rule_set");
    c.window_from = one.maybe_instant("window_from");
    c.window_to = one.maybe_instant("window_to");
    c.group = one.maybe_text("group");
    c.diagnosed_at = one.maybe_instant("diagnosed_at");
    c.notify_by = one.maybe_instant("notify_by");
    c.contact_class = one.maybe_text("class");
    if (one.has("whom")) c.whom = one.one_of<Whom>("whom");
    c.last_exposure = one.maybe_date("last_exposure");
    c.followed_until = one.maybe_date("followed_until");
    if (one.has("classes")) c.classes = one.texts("classes");
    if (one.has("asked")) c.asked = one.texts("asked");
    if (one.has("asked_of_milestone")) c.asked_of_milestone = one.texts("asked_of_milestone");
    if (one.has("signs")) c.signs = one.texts("signs");
    if (one.has("specimens")) c.specimens = one.texts("specimens");
    one.end();
    if ((c.rule_set || c.group) && !c.on) one.wrong("on", "is missing: rule_set and group are those of a day");
    const bool listed = c.classes || c.asked || c.asked_of_milestone || c.signs || c.specimens;
    if (listed && !c.on)
      one.wrong("on", "is missing: classes, asked, asked_of_milestone, signs and specimens are those of a day");
    if (c.window_from && !c.rule_set) one.wrong("rule_set", "is missing: the window is that of a rule set");
    if (c.window_to && !c.window_from) one.wrong("window_from", "is missing");
    if (c.diagnosed_at.has_value() != c.notify_by.has_value()) one.wrong("notify_by", "and diagnosed_at go together");
    if (c.followed_until.has_value() != (c.last_exposure && c.contact_class))
      one.wrong("followed_until", "needs class and last_exposure, and they need it");
    if (!c.rule_set && !c.group && !c.notify_by && !c.followed_until && !listed)
      one.wrong("says", "is all there is: it expects nothing");
    disease.cases.push_back(std::move(c));
  }
}

// What the file says itself, and the general ones stand for otherwise.
struct Own {
  bool questions = false;
  bool milestone_questions = false;
  bool signs = false;
  bool specimens = false;
};

// Each fact that can be computed from is computed once by the file's own cases.
void check_covered(const std::string& name, const Disease& d, const Own& own) {
  const auto none = [&](auto member) {
    return std::none_of(d.cases.begin(), d.cases.end(), [&](const PackCase& c) { return (c.*member).has_value(); });
  };
  if (none(&PackCase::window_from)) refuse(name, "no [[case]] expects a window_from");
  if (!d.legal_groups.empty() && none(&PackCase::group)) refuse(name, "no [[case]] expects a group");
  if (!d.notification.empty() && none(&PackCase::notify_by)) refuse(name, "no [[case]] expects a notify_by");
  if (!d.follow_ups.empty() && none(&PackCase::followed_until)) refuse(name, "no [[case]] expects a followed_until");
  if (!d.contact_classes.empty() && none(&PackCase::classes)) refuse(name, "no [[case]] expects classes");
  if (own.questions && none(&PackCase::asked)) refuse(name, "no [[case]] expects asked");
  if (own.milestone_questions && none(&PackCase::asked_of_milestone))
    refuse(name, "no [[case]] expects asked_of_milestone");
  if (own.signs && none(&PackCase::signs)) refuse(name, "no [[case]] expects signs");
  if (own.specimens && none(&PackCase::specimens)) refuse(name, "no [[case]] expects specimens");
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) refuse(path.string(), "cannot be read");
  return std::move(text).str();
}

void check_rule_sets(const std::string& name, const Disease& disease, const RuleSets& rule_sets) {
  for (const std::string& id : disease.window_rule_sets) {
    const RuleSet* set = rule_sets.find(id);
    if (!set || set->disease != disease.id)
      refuse(name, "window_rule_sets: there is no rule set " + id + " for this disease");
  }
}

}  // namespace

Disease parse_disease(const std::string& name, std::string_view text) {
  const std::string file = "disease " + name;
  const toml::table table = parse_toml(file, text);
  Fields in(file, "", table);
  Disease disease;
  disease.id = in.text("id");
  disease.name = wording(in.table("name"));
  disease.icd10 = in.text("icd10");
  disease.stigma = in.flag("stigma");
  read_law(in, disease);
  if (in.has("incubation_days")) {
    Fields days = in.table("incubation_days");
    disease.incubation_days = {days.whole("least", 0, kMostDays), days.whole("most", 0, kMostDays)};
    days.end();
    if (disease.incubation_days->most < disease.incubation_days->least) days.wrong("most", "must not be below least");
  }
  disease.transmission = in.texts("transmission");
  read_definitions(in, disease);
  const Own own{in.has("contact_questions"), in.has("milestone_questions"), in.has("signs"), in.has("specimens")};
  read_questions(in, "contact_questions", disease.contact_questions, general_for(disease, general_questions()));
  read_questions(in, "milestone_questions", disease.milestone_questions,
                 general_for(disease, general_milestone_questions()));
  read_follow_ups(in, disease);
  read_signs(in, disease);
  read_specimens(in, disease);
  read_tests(in, disease);
  read_at_once(in, disease);
  disease.forms = in.texts("forms");
  read_investigation(in, disease);
  disease.window_rule_sets = in.texts("window_rule_sets");
  if (disease.window_rule_sets.empty()) in.wrong("window_rule_sets", "must not be empty: no case could be confirmed");
  disease.sources = in.texts("sources");
  if (disease.sources.empty()) in.wrong("sources", "must not be empty");
  disease.left_out = in.texts("left_out");
  read_cases(in, disease);
  in.end();
  check_covered(name, disease, own);
  return disease;
}

Diseases::Diseases(const std::filesystem::path& folder, const RuleSets& rule_sets) {
  if (!std::filesystem::is_directory(folder)) refuse(folder.string(), "the folder is missing");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    const std::string name = entry.path().string();
    Disease disease = parse_disease(name, read_file(entry.path()));
    if (disease.id != entry.path().stem().string()) refuse(name, "id must be the file's name");
    check_rule_sets(name, disease, rule_sets);
    const auto failed = failed_cases(disease, rule_sets);
    if (!failed.empty()) refuse(name, failed.front());
    diseases_.push_back(std::move(disease));
  }
  std::sort(diseases_.begin(), diseases_.end(), [](const Disease& a, const Disease& b) { return a.id < b.id; });
}

const Disease* Diseases::find(std::string_view id) const {
  const auto found = std::find_if(diseases_.begin(), diseases_.end(), [&](const Disease& d) { return d.id == id; });
  return found == diseases_.end() ? nullptr : &*found;
}

}  // namespace luytre::presence
