#include "modules/foreign/foreign.h"

#include <sodium.h>

#include <algorithm>
#include <set>
#include <utility>

#include "modules/foreign/lines.h"
#include "modules/foreign/sorting.h"
#include "modules/foreign/storage.h"
#include "platform/base/text.h"

namespace luytre::foreign {
namespace {

using store::Session;

constexpr std::string_view kClaim = "foreign.claim";
constexpr std::string_view kReason = "foreign.reason";
constexpr std::string_view kAnswer = "foreign.answer";
constexpr std::chrono::minutes kRetentionEvery{60};

const identity::Action kVisits{
    "foreign.visits", Purpose::kTracing, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kDeclarations{"foreign.declarations",
                                     Purpose::kDeclarationReview,
                                     {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

// Handing over is open to programs, too; all else to officers alone.
identity::Action sending(const identity::Action& action) {
  identity::Action out = action;
  out.roles.push_back(Role::kIntegrator);
  return out;
}

bool is_officer(const Caller& caller) {
  return std::any_of(kVisits.roles.begin(), kVisits.roles.end(), [&](Role role) { return caller.has(role); });
}

// To a program, whoever it is: whom we know, and what others have told of anybody, nobody learns by sending lists.
void hide_what_is_known(Report& report) {
  report.taken += std::exchange(report.claims, 0) + std::exchange(report.known, 0);
  report.earlier.reset();
  for (LineResult& line : report.lines)
    if (line.state != LineState::kRefused) line.state = LineState::kTaken;
}

// What a repeated call is answered from. Sealed: the lines have the other system's numbers of people's visits.
struct Kept {
  Text<8 * kBytesMost> sealed;  // base64url of a Report, which says several things of each line
};
BOOST_DESCRIBE_STRUCT(Kept, (), (sealed))

Kept kept(const Vault& vault, UnitId unit, const Report& report) {
  return {base64url(vault.seal(kAnswer, to_text(unit), json::text(report)))};
}

Task<Result<Report>> opened(const Vault& vault, UnitId unit, Task<Result<Kept>> sending) {
  const Result<Kept> answer = co_await std::move(sending);
  if (!answer) co_return answer.error();
  const auto sealed = parse_base64url(answer->sealed);
  auto report =
      sealed ? json::parse<Report>(vault.unsealed(kAnswer, to_text(unit), *sealed)) : Result<Report>(kInvalid);
  if (!report) throw std::runtime_error("a kept answer cannot be read");
  co_return std::move(*report);
}

const identity::Action& action_of(Kind kind) {
  return kind == Kind::kVisits ? kVisits : kDeclarations;
}

std::string context(BatchId batch, std::int64_t line) {
  return to_text(batch) + ' ' + std::to_string(line);
}

// Whose numbers a program's are: its institution's, by whichever key. Empty: an officer's, which count for everybody.
std::string sender_of(const Caller& caller) {
  if (is_officer(caller)) return "";
  return fold(caller.name) + '\n' + (caller.grants.empty() ? "" : to_text(caller.grants.front().area));
}

storage::LineKeys keys_of(const Vault& vault, const List& list, const std::string& sender, const Told& told) {
  const std::string kind = json::enum_text(list.kind) + '\n' + json::enum_text(list.system) + '\n';
  const auto key = [&](const std::string& what) { return store::Bytes{vault.blind("foreign.line", kind + what)}; };
  storage::LineKeys out;
  out.content = key("line\n" + json::text(told));
  out.everyones = told.id ? key("id\n" + *told.id) : out.content;
  out.own = told.id && !sender.empty() ? key("sender\n" + sender + '\n' + *told.id) : out.everyones;
  return out;
}

std::string hex(const store::Bytes& bytes) {
  std::string out(bytes.data.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data.data()), bytes.data.size());
  out.pop_back();
  return out;
}

Batch view(const geography::Geography& geography, const storage::BatchRow& row) {
  return {row.id,      row.kind,     row.system,    row.unit,      geography.path_text(row.unit),
          row.basis,   row.at,       row.taken,     row.known,     row.claims,
          row.refused, row.unplaced, row.undone_at, row.taken_back};
}

std::vector<store::Bytes> clues_in(const Vault& vault, const Told& told) {
  std::vector<std::string> papers, phones;
  if (told.paper) papers.push_back(*told.paper);
  if (told.phone) phones.push_back(*told.phone);
  return clues_of(vault, papers, phones);
}

// Sorts the new ones among the lines, and keeps what is needed to know them again.
class Taking {
 public:
  Taking(const Parts& parts, Session& session, const List& list, storage::BatchRow batch, std::vector<UnitId> areas,
         std::string sender)
      : parts_(parts),
        session_(session),
        list_(list),
        batch_(std::move(batch)),
        areas_(std::move(areas)),
        sender_(std::move(sender)),
        discreet_(!sender_.empty()) {}

  Report run(std::vector<Line> lines) {
    pick(lines);
    Sorting sorting(parts_, session_, batch_, areas_, std::nullopt, discreet_);
    sorting.run(entries_);
    for (std::size_t i = 0; i < entries_.size(); ++i) note(*new_[i], entries_[i], keys_[i]);
    // A program is refused a known line for what a new one would be.
    if (discreet_) sorting.check(again_);
    for (std::size_t i = 0; i < again_.size(); ++i)
      if (again_[i].flaw) refuse(*known_[i], *again_[i].flaw);
    Report out;
    out.earlier = storage::of_file(session_, batch_.kind, batch_.system, batch_.file);
    for (Line& line : lines) out.lines.push_back(std::move(line.result));
    count(out);
    if (!rows_.empty() || (discreet_ && batch_.known > 0)) {
      storage::insert(session_, batch_);
      storage::insert(session_, rows_);
      storage::insert(session_, clues_);
      out.batch = batch_.id;
    }
    return out;
  }

 private:
  void pick(std::vector<Line>& lines) {
    std::vector<storage::LineKeys> keys;
    std::vector<Line*> told;
    for (Line& line : lines) {
      if (!line.told) continue;
      keys.push_back(keys_of(parts_.vault, list_, sender_, *line.told));
      told.push_back(&line);
    }
    const auto known = storage::known(session_, keys);
    std::set<std::string, std::less<>> seen;
    for (std::size_t i = 0; i < told.size(); ++i) {
      if (known[i] || !seen.insert(keys[i].own.data).second) {
        told[i]->result.state = LineState::kKnown;
        known_.push_back(told[i]);
        again_.push_back({&*told[i]->told, {}, {}, {}, {}, {}});
        continue;
      }
      new_.push_back(told[i]);
      keys_.push_back(keys[i]);
      entries_.push_back({&*told[i]->told, hex(keys[i].own), {}, {}, {}, {}});
    }
  }

  void refuse(Line& line, const tables::Flaw& flaw) {
    line.result.state = LineState::kRefused;
    line.result.errors = {flaw};
    if (list_.kind == Kind::kVisits && flaw.code == "unknown") ++batch_.unplaced;
  }

  void note(Line& line, const Sorting::Entry& entry, const storage::LineKeys& keys) {
    if (entry.flaw) return refuse(line, *entry.flaw);
    storage::LineRow row{
        keys.own, batch_.id, line.result.line, line.told->out.value_or(line.told->at), entry.declaration, {}, {}};
    if (line.told->id) row.content = keys.content;
    if (!entry.person) {
      line.result.state = LineState::kClaim;
      row.claim = {parts_.vault.seal(kClaim, context(batch_.id, row.line), json::text(*line.told))};
      for (auto& clue : clues_in(parts_.vault, *line.told)) clues_.push_back({std::move(clue), keys.own});
    }
    rows_.push_back(std::move(row));
  }

  void count(Report& out) {
    for (const LineResult& line : out.lines) {
      std::int64_t* const counts[] = {&batch_.taken, &batch_.known, &batch_.claims, &batch_.refused};
      ++*counts[static_cast<std::size_t>(line.state)];
    }
    out.taken = batch_.taken;
    out.known = batch_.known;
    out.claims = batch_.claims;
    out.refused = batch_.refused;
    out.unplaced = batch_.unplaced;
  }

  const Parts& parts_;
  Session& session_;
  const List& list_;
  storage::BatchRow batch_;
  const std::vector<UnitId> areas_;
  const std::string sender_;
  const bool discreet_;
  std::vector<Line*> new_;
  std::vector<storage::LineKeys> keys_;
  std::vector<Sorting::Entry> entries_;
  std::vector<Line*> known_;
  std::vector<Sorting::Entry> again_;  // of these
  std::vector<storage::LineRow> rows_;
  std::vector<storage::ClueRow> clues_;
};

// The batch, if the caller may act on it. Errors: not_found, batch_undone.
Result<storage::BatchRow> open_batch(const Parts& parts, Session& session, const Caller& caller, BatchId id) {
  auto row = storage::find(session, id);
  if (!row || !parts.geography.covers(parts.access.areas(caller, action_of(row->kind)), row->unit)) return kNotFound;
  if (row->undone_at) return kBatchUndone;
  return std::move(*row);
}

// Of these claims of one batch, those that have found their person go to their rooms. Answers how many.
std::int64_t settle(const Parts& parts, Session& session, storage::BatchRow& batch, std::span<storage::LineRow> rows,
                    std::vector<UnitId> areas, std::optional<PersonId> only) {
  std::vector<Told> told;
  told.reserve(rows.size());
  for (const auto& row : rows) {
    auto read = json::parse<Told>(parts.vault.unsealed(kClaim, context(batch.id, row.line), row.claim->data));
    if (!read) throw std::runtime_error("a line of another system cannot be read");
    told.push_back(std::move(*read));
  }
  std::vector<Sorting::Entry> entries;
  for (std::size_t i = 0; i < rows.size(); ++i) entries.push_back({&told[i], hex(rows[i].key), {}, {}, {}, {}});
  Sorting(parts, session, batch, std::move(areas), only).run(entries);
  std::int64_t matched = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!entries[i].person) continue;
    rows[i].declaration = entries[i].declaration;
    storage::settle(session, rows[i]);
    ++matched;
  }
  batch.taken += matched;
  batch.claims -= matched;
  storage::update(session, batch);
  return matched;
}

}  // namespace

Task<Result<Report>> Foreign::send(const Caller& caller, List list, std::optional<store::Once> once) {
  if (!parts_.geography.find(list.unit)) return refused<Report>(wrong_field("?unit", "unknown"));
  if (fold(list.basis).empty()) return refused<Report>(wrong_field("?basis", "required"));
  if (code_points(list.basis) > kBasisMost) return refused<Report>(wrong_field("?basis", "too_long"));
  auto lines = read_lines(list, year_of(local_date(parts_.db.clock().now())));
  if (!lines) return refused<Report>(lines.error());
  const UnitId unit = list.unit;
  auto write = [this, caller, list = std::move(list), lines = std::move(*lines)](Session& s) -> Result<Kept> {
    const auto action = sending(action_of(list.kind));
    if (const auto may = parts_.access.require(s, caller, action, {PersonId{}, list.unit, ""}); !may)
      return may.error();
    const bool discreet = !is_officer(caller);
    if (discreet) {
      const store::Bytes key{parts_.vault.blind("foreign.key", to_text(caller.account))};
      if (const auto wait = parts_.limits.take(s, "foreign.lists", key, kListsOfProgram))
        return Error(kTooMany, {{"seconds", std::to_string(*wait)}});
    }
    storage::BatchRow batch;
    batch.id = parts_.db.ids().make<BatchId>();
    batch.kind = list.kind;
    batch.system = list.system;
    batch.unit = list.unit;
    batch.basis = list.basis;
    batch.file = {parts_.vault.blind("foreign.file", list.bytes)};
    batch.sent_by = caller.account;
    batch.at = parts_.db.clock().now();
    Report out = Taking(parts_, s, list, batch, parts_.access.areas(caller, action), sender_of(caller)).run(lines);
    parts_.access.log_list(s, caller, action, out.taken,
                           json::enum_text(list.system) + " in " + to_text(list.unit) + ": " +
                               std::to_string(out.taken) + " taken, " + std::to_string(out.known) + " known, " +
                               std::to_string(out.claims) + " of nobody known, " + std::to_string(out.refused) +
                               " refused");
    if (discreet) hide_what_is_known(out);
    return kept(parts_.vault, list.unit, out);
  };
  auto sending = once ? parts_.db.once(std::move(*once), std::move(write)) : parts_.db.transact(std::move(write));
  return opened(parts_.vault, unit, std::move(sending));
}

Task<Result<Matched>> Foreign::match(const Caller& caller, BatchId id, std::optional<store::Once> once) {
  auto write = [this, caller, id](Session& s) -> Result<Matched> {
    auto batch = open_batch(parts_, s, caller, id);
    if (!batch) return batch.error();
    const auto& action = action_of(batch->kind);
    auto rows = storage::of_batch(s, id);
    std::erase_if(rows, [](const storage::LineRow& row) { return !row.claim; });
    Matched out;
    out.matched = settle(parts_, s, *batch, rows, parts_.access.areas(caller, action), std::nullopt);
    out.claims = batch->claims;
    parts_.access.log_list(s, caller, action, out.matched,
                           "batch " + to_text(id) + ": " + std::to_string(out.matched) + " of " +
                               std::to_string(rows.size()) + " claims matched");
    return out;
  };
  if (once) return parts_.db.once(std::move(*once), std::move(write));
  return parts_.db.transact(std::move(write));
}

store::Following Foreign::follow() {
  return {"foreign.claims",
          {"person.created", "person.changed", "person.merged", "household.joined"},
          [this](Session& s, const store::Event& event) { look_for(s, PersonId{event.subject}); },
          {}};
}

void Foreign::look_for(Session& session, PersonId person) {
  if (!storage::any_clues(session)) return;
  const auto proven = parts_.people.proven_of(session, person);
  auto rows = storage::claims_with(session, clues_of(parts_.vault, proven.papers, proven.phones));
  for (auto first = rows.begin(); first != rows.end();) {
    const auto last = std::find_if(first, rows.end(), [&](const auto& row) { return row.batch != first->batch; });
    auto batch = storage::find(session, first->batch);
    if (batch && !batch->undone_at) settle(parts_, session, *batch, {first, last}, {batch->unit}, person);
    first = last;
  }
}

Task<Result<Batch>> Foreign::undo(const Caller& caller, BatchId id, Undo why, std::optional<store::Once> once) {
  if (fold(why.reason).empty()) return refused<Batch>(identity::kReasonRequired);
  auto write = [this, caller, id, why = std::move(why)](Session& s) -> Result<Batch> {
    auto batch = open_batch(parts_, s, caller, id);
    if (!batch) return batch.error();
    std::int64_t taken_back = 0;
    if (batch->kind == Kind::kVisits) taken_back = parts_.visits.take_back(s, source_of(*batch));
    for (const auto& row : storage::of_batch(s, id))
      if (row.declaration && parts_.declarations.take_back(s, *row.declaration)) ++taken_back;
    storage::remove(s, id);
    batch->undone_at = parts_.db.clock().now();
    batch->undone_by = caller.account;
    batch->reason = {parts_.vault.seal(kReason, to_text(id), why.reason)};
    batch->taken_back = taken_back;
    storage::update(s, *batch);
    parts_.access.log_list(s, caller, action_of(batch->kind), taken_back, "batch " + to_text(id) + " undone");
    return view(parts_.geography, *batch);
  };
  if (once) return parts_.db.once(std::move(*once), std::move(write));
  return parts_.db.transact(std::move(write));
}

Task<Result<Batches>> Foreign::batches(const Caller& caller) const {
  const auto areas = parts_.access.areas(caller, kVisits);
  if (areas.empty()) return refused<Batches>(kNotPermitted);
  return parts_.db.read([this, areas](Session& s) -> Result<Batches> {
    std::optional<std::set<UnitId>> units;  // absent: everywhere
    if (std::find(areas.begin(), areas.end(), UnitId{}) == areas.end()) {
      units.emplace();
      for (const UnitId area : areas) {
        const auto covered = parts_.geography.covered(area);
        units->insert(covered.begin(), covered.end());
      }
    }
    Batches out;
    for (const auto& row : storage::newest(s, units, kBatchesShown)) out.items.push_back(view(parts_.geography, row));
    return out;
  });
}

store::Recurring Foreign::retention() const {
  return {"foreign.retention", kRetentionEvery, [this](Session& s) {
            if (!parts_.study) storage::retain(s, parts_.db.ids(), parts_.db.clock().now());
          }};
}

}  // namespace luytre::foreign
