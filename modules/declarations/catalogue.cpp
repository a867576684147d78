#include "modules/declarations/catalogue.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace luytre::declarations {
namespace {

std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> out;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.path().extension() == ".json") out.push_back(entry.path());
  if (failed || out.empty()) throw std::runtime_error("no .json files in " + folder.string());
  std::sort(out.begin(), out.end());
  return out;
}

json::Value read_json(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw std::runtime_error("cannot read " + file.string());
  auto value = json::parse_value(text.str());
  if (!value) throw std::runtime_error(file.string() + ": is not JSON: " + value.error().params["reason"]);
  return std::move(*value);
}

template <class F>
void naming(const std::filesystem::path& file, F work) {
  try {
    work();
  } catch (const forms::FormError& e) {
    throw std::runtime_error(file.string() + ": " + e.what());
  }
}

bool covers(const forms::RuleSet& rules, Date at) {
  return rules.valid_from <= at && (!rules.valid_to || at < *rules.valid_to);
}

// The days on which something changes are enough to look at.
void check_days(const DatedForm& dated) {
  std::vector<Date> days{dated.form.valid_from};
  for (const auto& rules : dated.rule_sets) {
    days.push_back(rules.valid_from);
    if (rules.valid_to) days.push_back(*rules.valid_to);
  }
  for (const Date day : days) {
    if (!dated.in_force(day)) continue;
    const auto count =
        std::count_if(dated.rule_sets.begin(), dated.rule_sets.end(), [&](const auto& r) { return covers(r, day); });
    if (count != 1)
      throw std::runtime_error("form " + dated.form.id + ' ' + dated.form.version + " has " + std::to_string(count) +
                               " rule sets on " + to_text(day) + ", one is needed");
  }
}

}  // namespace

const forms::RuleSet& DatedForm::rules(Date at) const {
  const auto found = std::find_if(rule_sets.begin(), rule_sets.end(), [&](const auto& r) { return covers(r, at); });
  if (found == rule_sets.end())
    throw std::logic_error("asked for the rules of a day on which the form is not in force");
  return *found;
}

Catalogue::Catalogue(const std::filesystem::path& data) {
  for (const auto& file : json_files(data / "forms")) {
    naming(file, [&] {
      json::Value document = read_json(file);
      forms::Questionnaire form = forms::read_questionnaire(document);
      if (find(form.id, form.version))
        throw std::runtime_error(file.string() + ": this id and version are there already");
      forms_.push_back({std::move(form), std::move(document), {}});
    });
  }
  std::sort(forms_.begin(), forms_.end(), [](const DatedForm& a, const DatedForm& b) {
    return std::tie(a.form.id, b.form.valid_from) < std::tie(b.form.id, a.form.valid_from);
  });
  for (const auto& file : json_files(data / "declaration-rules")) {
    const json::Value document = read_json(file);
    const auto* about = document.is_object() ? document.get_object().if_contains("form") : nullptr;
    bool used = false;
    for (DatedForm& dated : forms_) {
      if (!about || !about->is_string() || dated.form.id != std::string_view(about->get_string())) continue;
      naming(file, [&] { dated.rule_sets.push_back(forms::read_rule_set(document, dated.form)); });
      used = true;
    }
    if (!used) throw std::runtime_error(file.string() + ": /form: there is no such form");
  }
  for (const DatedForm& dated : forms_) check_days(dated);
}

const DatedForm* Catalogue::find(std::string_view id, std::string_view version) const {
  for (const DatedForm& dated : forms_)
    if (dated.form.id == id && dated.form.version == version) return &dated;
  return nullptr;
}

const DatedForm* Catalogue::in_force(std::string_view id, Date at) const {
  for (const DatedForm& dated : forms_)
    if (dated.form.id == id && dated.in_force(at)) return &dated;
  return nullptr;
}

std::vector<std::string> Catalogue::ids() const {
  std::vector<std::string> out;
  for (const DatedForm& dated : forms_)
    if (out.empty() || out.back() != dated.form.id) out.push_back(dated.form.id);
  return out;
}

std::vector<const DatedForm*> Catalogue::in_force(Date at) const {
  std::vector<const DatedForm*> out;
  for (const DatedForm& dated : forms_) {
    const bool older = !out.empty() && out.back()->form.id == dated.form.id;
    if (dated.in_force(at) && !older) out.push_back(&dated);
  }
  return out;
}

}  // namespace luytre::declarations
