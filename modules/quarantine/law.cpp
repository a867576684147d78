#include "modules/quarantine/law.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "engines/presence/toml_fields.h"

namespace luytre::quarantine {
namespace {

constexpr std::int64_t kMostDays = 400;

Wording wording(presence::Fields in) {
  Wording out{in.text("vi"), in.text("en")};
  in.end();
  return out;
}

// The part that every dated entry ends with; they stand in their order and without gaps or overlaps.
template <class T>
void read_period(presence::Fields& in, std::vector<T>& entries, T entry) {
  entry.text = wording(in.table("text"));
  entry.from = in.date("from");
  entry.to = in.maybe_date("to");
  entry.source = in.text("source");
  if (!entries.empty() && entries.back().to != entry.from) in.wrong("from", "must be the end of the entry before it");
  in.end();
  entries.push_back(std::move(entry));
}

template <class T>
const T& on(const std::vector<T>& entries, Date day) {
  const auto later =
      std::find_if(entries.begin() + 1, entries.end(), [day](const T& entry) { return day < entry.from; });
  return *(later - 1);
}

}  // namespace

Law::Law(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  std::ostringstream text;
  text << in.rdbuf();
  const std::string name = file.filename().string();
  const auto table = presence::parse_toml(name, text.str());
  presence::Fields all(name, "", table);
  for (presence::Fields& one : all.tables("basis")) {
    Basis entry;
    entry.id = one.text("id");
    entry.days_most = one.whole("days_most", 1, kMostDays);
    entry.extension_days_most = one.whole("extension_days_most", 1, kMostDays);
    read_period(one, bases_, std::move(entry));
  }
  for (presence::Fields& one : all.tables("complaint")) {
    ComplaintRule entry;
    entry.days = one.whole("days", 1, kMostDays);
    read_period(one, complaints_, std::move(entry));
  }
  all.end();
  if (bases_.empty() || complaints_.empty())
    throw std::runtime_error(file.string() + ": needs a basis and a complaint");
  papers_.emplace(file.parent_path() / "papers");
}

const Basis& Law::basis_on(Date day) const {
  return on(bases_, day);
}

const Basis* Law::basis(std::string_view id) const {
  const auto found = std::find_if(bases_.begin(), bases_.end(), [id](const Basis& one) { return one.id == id; });
  return found == bases_.end() ? nullptr : &*found;
}

const ComplaintRule& Law::complaint_on(Date day) const {
  return on(complaints_, day);
}

std::variant<Planned, NoPlan> plan(const presence::Disease& disease, const Kept& kept, const Basis& basis) {
  const auto* rule = disease.follow_up_on(kept.contact_class, kept.whom, kept.on);
  if (!rule) return NoPlan::kNoRule;
  std::int64_t concentrated = 0, home = 0;
  for (const presence::Stage& stage : rule->stages) {
    if (stage.where == presence::Where::kConcentrated) concentrated += stage.days;
    if (stage.where == presence::Where::kHome) home += stage.days;
  }
  Planned out;
  // What the file takes from the text stands behind a colon, in English.
  out.rule = rule->source.substr(0, rule->source.find(": "));
  if (kept.kind == Kind::kObservation) {
    out.days = rule->days();
  } else {
    out.days = kept.place == PlaceKind::kHome || concentrated == 0 ? concentrated + home : concentrated;
  }
  if (out.days == 0) return NoPlan::kNotKept;
  out.last_day = {kept.last_exposure.days + out.days};
  if (out.last_day < kept.first_day) return NoPlan::kOver;
  const Date most{kept.first_day.days + basis.days_most - 1};
  out.cut = most < out.last_day;
  out.last_day = std::min(out.last_day, most);
  return out;
}

}  // namespace luytre::quarantine
