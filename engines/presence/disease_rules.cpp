// What follows from a disease's facts, and whether it is what its file expects.

#include <algorithm>
#include <numeric>

#include "engines/presence/diseases.h"

namespace luytre::presence {

namespace {

template <class T>
bool holds_on(const T& entry, Date day) {
  return entry.from <= day && (!entry.to || day < *entry.to);
}

template <class T>
const T* find_on(const std::vector<T>& entries, Date day) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const T& e) { return holds_on(e, day); });
  return found == entries.end() ? nullptr : &*found;
}

template <class T>
std::string show(const std::optional<T>& value) {
  return value ? to_text(*value) : "none";
}

std::string show(const std::optional<std::string>& value) {
  return value.value_or("none");
}

template <class Items>
std::string ids_of(const Items& items) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : ", ") + item.id;
  return '[' + out + ']';
}

std::string listed(const std::vector<std::string>& ids) {
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : ", ") + id;
  return '[' + out + ']';
}

template <class Entries>
bool names(const Entries& entries, std::string_view id) {
  return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.id == id; });
}

template <class Entries>
bool asks(const Entries& entries, std::string_view id) {
  return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return names(entry.questions, id); });
}

// Collects what does not come out as expected.
class Expectations {
 public:
  explicit Expectations(const PackCase& c) : case_(c) {}

  template <class T>
  void same(const char* what, const std::optional<T>& expected, const std::optional<T>& actual) {
    if (expected == actual) return;
    failed.push_back("line " + std::to_string(case_.line) + ": case \"" + case_.says + "\": " + what + ": expected " +
                     show(expected) + ", but it is " + show(actual));
  }

  std::vector<std::string> failed;

 private:
  const PackCase& case_;
};

void check_window(const PackCase& c, const RuleSet& set, Expectations& expect) {
  const CaseDates dates{c.onset, c.sample_at, c.isolated_at};
  // An open window has no end to compare with, so that any moment long after will do for now.
  const Instant now = *c.window_from + std::chrono::days(100);
  const auto window = infectious_window(dates, set.window, now);
  expect.same("window_from", c.window_from, window ? std::optional(window->from) : std::nullopt);
  expect.same("window_to", c.window_to, window_end(dates, set.window));
}

std::vector<std::string> failed(const Disease& disease, const RuleSets& rule_sets, const PackCase& c) {
  Expectations expect(c);
  if (c.group) {
    const LegalGroup* group = disease.group_on(*c.on);
    expect.same("group", c.group, group ? std::optional(group->group) : std::nullopt);
  }
  if (c.rule_set) {
    const RuleSet* set = rule_sets.in_force(disease.id, *c.on);
    expect.same("rule_set", c.rule_set, set ? std::optional(set->id) : std::nullopt);
    if (set && c.window_from) check_window(c, *set, expect);
  }
  if (c.notify_by) expect.same("notify_by", c.notify_by, disease.notify_by(*c.diagnosed_at));
  if (c.followed_until) {
    const FollowUp* rule = disease.follow_up_on(*c.contact_class, c.whom, c.on.value_or(*c.last_exposure));
    std::optional<Date> until;
    if (rule) until = Date{c.last_exposure->days + rule->days()};
    expect.same("followed_until", c.followed_until, until);
  }
  if (c.classes)
    expect.same("classes", std::optional(listed(*c.classes)), std::optional(listed(disease.classes_on(*c.on))));
  if (c.asked) {
    const ContactQuestions* asked = disease.questions_on(*c.on);
    expect.same("asked", std::optional(listed(*c.asked)),
                asked ? std::optional(ids_of(asked->questions)) : std::nullopt);
  }
  if (c.asked_of_milestone) {
    const MilestoneQuestions* asked = disease.milestone_questions_on(*c.on);
    expect.same("asked_of_milestone", std::optional(listed(*c.asked_of_milestone)),
                asked ? std::optional(ids_of(asked->questions)) : std::nullopt);
  }
  if (c.signs) {
    const FollowUpSigns* signs = disease.signs_on(*c.on);
    expect.same("signs", std::optional(listed(*c.signs)), signs ? std::optional(ids_of(signs->offered)) : std::nullopt);
  }
  if (c.specimens) {
    const Specimens* specimens = disease.specimens_on(*c.on);
    expect.same("specimens", std::optional(listed(*c.specimens)),
                specimens ? std::optional(ids_of(specimens->taken)) : std::nullopt);
  }
  return std::move(expect.failed);
}

}  // namespace

std::int64_t FollowUp::days() const {
  return std::accumulate(stages.begin(), stages.end(), std::int64_t{0},
                         [](std::int64_t sum, const Stage& stage) { return sum + stage.days; });
}

const LegalGroup* Disease::group_on(Date day) const {
  return find_on(legal_groups, day);
}

std::vector<std::string> Disease::classes_on(Date day) const {
  std::vector<std::string> out;
  for (const ContactClass& entry : contact_classes)
    if (holds_on(entry, day)) out.push_back(entry.contact_class);
  return out;
}

const InvestigationForm* Disease::investigation_on(Date day) const {
  return find_on(investigation, day);
}

const ContactQuestions* Disease::questions_on(Date day) const {
  return find_on(contact_questions, day);
}

const MilestoneQuestions* Disease::milestone_questions_on(Date day) const {
  return find_on(milestone_questions, day);
}

const FollowUpSigns* Disease::signs_on(Date day) const {
  return find_on(signs, day);
}

const Specimens* Disease::specimens_on(Date day) const {
  return find_on(specimens, day);
}

bool Disease::knows_question(std::string_view id) const {
  return names(general_questions().questions, id) || asks(contact_questions, id);
}

bool Disease::knows_milestone_question(std::string_view id) const {
  return names(general_milestone_questions().questions, id) || asks(milestone_questions, id);
}

bool Disease::knows_sign(std::string_view id) const {
  return id == kOtherSign || names(general_signs().offered, id) ||
         std::any_of(signs.begin(), signs.end(), [&](const FollowUpSigns& entry) { return names(entry.offered, id); });
}

bool Disease::knows_specimen(std::string_view id) const {
  return id == kOtherSpecimen || names(general_specimens().taken, id) ||
         std::any_of(specimens.begin(), specimens.end(),
                     [&](const Specimens& entry) { return names(entry.taken, id); });
}

Wording specimen_name(const Disease* disease, std::string_view id) {
  if (id == kOtherSpecimen) return {"Mẫu khác", "Another specimen"};
  std::vector<Specimens> all = disease ? disease->specimens : std::vector<Specimens>();
  all.push_back(general_specimens());
  for (const Specimens& entry : all)
    for (const Specimen& one : entry.taken)
      if (one.id == id) return one.text;
  return {std::string(id), std::string(id)};
}

std::optional<Instant> Disease::notify_by(Instant diagnosed) const {
  const Notification* rule = find_on(notification, local_date(diagnosed));
  if (!rule) return std::nullopt;
  return diagnosed + std::chrono::hours(rule->hours);
}

const FollowUp* Disease::follow_up_on(std::string_view contact_class, Whom whom, Date day) const {
  const auto fits = [&](const FollowUp& f) {
    return f.contact_class == contact_class && holds_on(f, day) && (f.whom == whom || f.whom == Whom::kEveryone);
  };
  const auto found = std::find_if(follow_ups.begin(), follow_ups.end(), fits);
  return found == follow_ups.end() ? nullptr : &*found;
}

bool Disease::by_air() const {
  return std::any_of(transmission.begin(), transmission.end(),
                     [](const std::string& way) { return way == "aerosol" || way == "droplet"; });
}

bool Disease::between_people() const {
  return transmission.empty() || std::any_of(transmission.begin(), transmission.end(), [](const std::string& way) {
           return way != "mosquito" && way != "tick" && way != "flea" && way != "animal";
         });
}

bool Disease::confirms(TestMethod method) const {
  if (tests.empty()) return true;
  return std::any_of(tests.begin(), tests.end(), [&](const Test& t) { return t.method == method && t.confirms; });
}

bool Disease::confirms_at_once(TestMethod method, Date day) const {
  return std::any_of(at_once.begin(), at_once.end(),
                     [&](const AtOnce& one) { return one.method == method && holds_on(one, day); });
}

std::vector<std::string> failed_cases(const Disease& disease, const RuleSets& rule_sets) {
  std::vector<std::string> out;
  for (const PackCase& c : disease.cases) {
    for (std::string& one : failed(disease, rule_sets, c)) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace luytre::presence
