// A station brings its households in bulk.

#include <algorithm>

#include "modules/community/impl.h"
#include "modules/community/lines.h"
#include "modules/people/merged.h"

namespace luytre::community {
namespace {

using store::Session;

// What a team has, and what the lines make of it.
class Bringing {
 public:
  Bringing(Session& session, const Community::Impl& impl, const Caller& caller, const storage::TeamRow& team)
      : session_(session), impl_(impl), caller_(caller), team_(team) {
    for (auto& row : storage::households(session, team.id)) households_.emplace(row.number, std::move(row));
    for (auto& one : impl.residents(session, team.id)) residents_[one.row.household].push_back(std::move(one));
  }

  Result<LineState> take(Line& line) {
    const std::string& number = *line.result.household;
    auto home = households_.find(number);
    if (home == households_.end()) {
      if (fold(line.address).empty()) return flaw(line, "address", "required");
      if (households_.size() >= kHouseholdsMost) return flaw(line, "household", "team_full");
      home = households_.emplace(number, made(number, line.address)).first;
    }
    const bool moved = move(home->second, line.address);
    auto& there = residents_[home->second.id];
    const auto same = std::find_if(there.begin(), there.end(), [&](const Resident& one) {
      return one.birth_year == line.birth_year && fold(one.name) == fold(line.name);
    });
    if (same != there.end()) return moved ? LineState::kChanged : LineState::kSame;
    if (there.size() >= kMembersMost) return flaw(line, "household", "team_full");
    NewMember asked;
    asked.person = known(line);
    line.result.known = asked.person.has_value();
    asked.name = line.name;
    asked.birth_year = line.birth_year;
    asked.sex = line.sex;
    const bool headed = std::any_of(there.begin(), there.end(), [](const Resident& one) { return one.row.head; });
    asked.head = line.head ? !headed : there.empty();
    auto member = impl_.member_of(session_, caller_, team_, home->second.id, asked, "");
    if (!member) return flaw(line, "name", "format");
    storage::insert(session_, *member);
    there.push_back({std::move(*member), line.name, line.birth_year});
    return LineState::kTaken;
  }

 private:
  static LineState flaw(Line& line, const char* column, const char* code) {
    line.result.errors.push_back({column, code});
    return LineState::kRefused;
  }

  storage::HouseholdRow made(const std::string& number, const std::string& address) {
    storage::HouseholdRow row;
    row.id = impl_.db.ids().make<HouseholdId>();
    row.team = team_.id;
    row.number = number;
    row.address = impl_.seal("community.address", row.id.value, address);
    row.added = impl_.now();
    storage::insert(session_, row);
    return row;
  }

  bool move(storage::HouseholdRow& row, const std::string& address) {
    if (address.empty() || impl_.unseal("community.address", row.id.value, row.address) == address) return false;
    row.address = impl_.seal("community.address", row.id.value, address);
    storage::update(session_, row);
    return true;
  }

  // Somebody of the commune who has this phone or paper, this name and this birth year; nobody if there are two people.
  std::optional<PersonId> known(const Line& line) const {
    if (!line.phone && !line.paper) return std::nullopt;
    people::Search search;
    search.phone = line.phone;
    search.paper = line.paper;
    search.name = line.name;
    search.birth_year = line.birth_year;
    const auto found = impl_.people.matching(session_, search, 10);
    if (!found) return std::nullopt;
    std::vector<PersonId> fitting;
    for (const auto& [id, brief] : impl_.people.briefs(session_, *found))
      if (fold(brief.name) == fold(line.name) && impl_.geography.covers(team_.unit, brief.unit)) fitting.push_back(id);
    return people::the_one(session_, fitting);
  }

  Session& session_;
  const Community::Impl& impl_;
  const Caller& caller_;
  const storage::TeamRow& team_;
  std::map<std::string, storage::HouseholdRow, std::less<>> households_;
  std::map<HouseholdId, std::vector<Resident>> residents_;
};

}  // namespace

Task<Result<Report>> Community::list(const Caller& caller, TeamId id, std::string csv) {
  auto lines = read_lines(csv, year_of(impl_->today()));
  if (!lines) return refused<Report>(lines.error());
  return impl_->db.transact([impl = impl_.get(), caller, id, given = std::move(*lines)](Session& s) -> Result<Report> {
    const auto team = impl->kept(s, caller, id);
    if (!team) return team.error();
    auto lines = given;  // the closure may run twice
    Bringing bringing(s, *impl, caller, *team);
    Report out;
    for (Line& line : lines) {
      if (line.result.state != LineState::kRefused) {
        const auto state = bringing.take(line);
        if (!state) return state.error();
        line.result.state = *state;
      }
      std::int64_t* const counts[] = {&out.taken, &out.changed, &out.same, &out.refused};
      ++*counts[static_cast<std::size_t>(line.result.state)];
      out.lines.push_back(std::move(line.result));
    }
    impl->access.log_list(
        s, caller, kManage, out.taken,
        "team " + to_text(id) + ": " + std::to_string(out.taken) + " new, " + std::to_string(out.refused) + " refused");
    return out;
  });
}

}  // namespace luytre::community
