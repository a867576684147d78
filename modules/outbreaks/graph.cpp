#include "modules/outbreaks/graph.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace luytre::outbreaks {
namespace {

struct Node {
  std::string id, label, unit;
  std::int64_t level = 0;
  Date day;
  DateOf date = DateOf::kOnset;
  Standing standing = Standing::kUnasked;
  bool own = false;
  const GraphCase* kase = nullptr;
};

DateOf date_of(DayOf of) {
  return of == DayOf::kOnset ? DateOf::kOnset : of == DayOf::kSample ? DateOf::kSample : DateOf::kReport;
}

Standing standing_of(cases::Classification of) {
  return of == cases::Classification::kConfirmed  ? Standing::kConfirmed
         : of == cases::Classification::kProbable ? Standing::kProbable
                                                  : Standing::kSuspect;
}

Standing standing_of(std::optional<tracing::Class> of) {
  return of == tracing::Class::kF1 ? Standing::kF1 : of == tracing::Class::kF2 ? Standing::kF2 : Standing::kUnasked;
}

// The place of a word in a list that grows.
class Words {
 public:
  explicit Words(std::vector<std::string>& list) : list_(list) {}
  std::int64_t at(const std::string& word) {
    if (word.empty()) return -1;
    const auto [known, fresh] = at_.try_emplace(word, static_cast<std::int64_t>(list_.size()));
    if (fresh) list_.push_back(word);
    return known->second;
  }

 private:
  std::vector<std::string>& list_;
  std::map<std::string, std::int64_t> at_;
};

// Whom a case may have it from.
struct Origin {
  CaseId of;
  PersonId from;
  Why why;
  const tracing::Met* met;
};

class Drawing {
 public:
  explicit Drawing(const GraphParts& parts) : parts_(parts), places_(out_.places) {}
  Graph draw();

 private:
  void take_cases();
  void take_case(const GraphCase& one);
  void find_origins();
  void choose_outside();
  void take_contacts();
  void find_first();
  void write_nodes();
  void write_sources();
  void write_contacts();
  void write_possible();
  // `meeting` absent: nothing is known of a shared time.
  void write_edge(std::size_t from, std::size_t to, EdgeKind kind, const tracing::Meeting* meeting,
                  std::int64_t evidence, std::optional<Why> why);
  std::int64_t mean(tracing::EvidenceKind kind);
  std::int64_t early(std::size_t from, std::size_t to) const;

  const GraphParts& parts_;
  Graph out_;
  Words places_;
  std::vector<Node> nodes_;
  std::map<PersonId, std::size_t> of_person_;
  std::map<CaseId, std::size_t> of_case_;
  std::map<PersonId, const GraphCase*> outside_;
  std::set<PersonId> contacts_;
  std::vector<Origin> origins_;
};

Why why_of(const GraphCase* source, const tracing::Meeting& meeting) {
  if (!source) return Why::kContact;
  const auto& window = source->infectious;
  return window && window->from < meeting.when.to && meeting.when.from < window->to ? Why::kInfectious : Why::kCase;
}

void Drawing::take_case(const GraphCase& one) {
  const cases::OutbreakCase& facts = one.seen.facts;
  const CaseDay at = day_of(facts);
  of_case_.emplace(facts.id, nodes_.size());
  of_person_.emplace(one.person, nodes_.size());
  nodes_.push_back({to_text(facts.id), facts.number, one.seen.unit_name, 0, at.day, date_of(at.of),
                    standing_of(facts.classification), true, &one});
}

void Drawing::take_cases() {
  for (const GraphCase& one : parts_.cases)
    if (one.seen.facts.classification != cases::Classification::kDiscarded) take_case(one);
  for (const GraphCase& one : parts_.outside)
    if (!of_person_.contains(one.person)) outside_.emplace(one.person, &one);
}

void Drawing::find_origins() {
  if (parts_.possible.empty()) return;
  for (const GraphContact& one : parts_.contacts)
    if (of_case_.contains(one.exposure.case_)) contacts_.insert(one.exposure.person);
  for (const Possible& one : parts_.possible) {
    const auto to = of_case_.find(one.of);
    if (to == of_case_.end()) continue;
    std::vector<Origin> found;
    for (const tracing::Met& met : one.met) {
      const PersonId who = met.strongest.with;
      const auto here = of_person_.find(who);
      if (here != of_person_.end() && here->second == to->second) continue;
      const auto there = outside_.find(who);
      const GraphCase* kase = there == outside_.end() ? nullptr : there->second;
      if (here != of_person_.end()) kase = nodes_[here->second].kase;
      if (kase || contacts_.contains(who)) found.push_back({one.of, who, why_of(kase, met.strongest), &met});
    }
    std::stable_sort(found.begin(), found.end(), [](const Origin& a, const Origin& b) { return a.why < b.why; });
    if (found.size() > kPossibleMost) found.resize(kPossibleMost);
    origins_.insert(origins_.end(), found.begin(), found.end());
  }
}

void Drawing::choose_outside() {
  using Rank = std::tuple<Why, std::int64_t>;  // the likeliest is the least
  std::map<PersonId, Rank> best;
  for (const Origin& one : origins_) {
    if (!outside_.contains(one.from)) continue;
    const Rank rank{one.why, -one.met->risk};
    const auto [known, fresh] = best.try_emplace(one.from, rank);
    if (!fresh) known->second = std::min(known->second, rank);
  }
  std::vector<std::pair<Rank, PersonId>> order;
  for (const auto& [person, rank] : best) order.emplace_back(rank, person);
  std::sort(order.begin(), order.end());
  const std::size_t taken = nodes_.size() + parts_.contacts.size();
  const std::size_t room = std::min(kOutsideMost, kGraphMost - std::min(kGraphMost, taken));
  if (order.size() > room) order.resize(room);
  for (const auto& [rank, person] : order) {
    out_.outside.push_back(static_cast<std::int64_t>(nodes_.size()));
    take_case(*outside_.at(person));
  }
  for (const auto& [person, kase] : outside_)
    out_.outside_left_out += of_person_.contains(person) || contacts_.contains(person) ? 0 : 1;
  // Of whom there was no room for, what is drawn is a contact, if any.
  const auto undrawn = [&](const Origin& one) { return !of_person_.contains(one.from); };
  std::erase_if(origins_, [&](const Origin& one) { return undrawn(one) && !contacts_.contains(one.from); });
  for (Origin& one : origins_)
    if (undrawn(one)) one.why = Why::kContact;
}

void Drawing::take_contacts() {
  for (const GraphContact& one : parts_.contacts) {
    const tracing::Exposure& exposure = one.exposure;
    if (!of_case_.contains(exposure.case_)) continue;
    const Date day = local_date(exposure.since);
    const auto [known, fresh] = of_person_.try_emplace(exposure.person, nodes_.size());
    if (fresh) {
      nodes_.push_back({{}, {}, {}, exposure.level, day, DateOf::kExposure, standing_of(exposure.class_), false, {}});
    }
    Node& node = nodes_[known->second];
    if (node.kase) continue;
    node.level = std::min(node.level, exposure.level);
    node.day = std::min(node.day, day);
    node.standing = std::min(node.standing, standing_of(exposure.class_));
    if (!one.own || node.own) continue;
    node.own = true;
    node.id = to_text(exposure.candidate);
    node.label = short_name(one.name);
    node.unit = one.unit_name;
  }
}

void Drawing::find_first() {
  for (const Node& node : nodes_) out_.first = std::min(out_.first.value_or(node.day), node.day);
}

void Drawing::write_nodes() {
  Words units(out_.units);
  GraphNodes& to = out_.nodes;
  for (const Node& node : nodes_) {
    to.id.push_back(node.id);
    to.label.push_back(node.label);
    to.level.push_back(node.level);
    to.day.push_back(node.day.days - out_.first->days);
    to.date.push_back(static_cast<std::int64_t>(node.date));
    to.standing.push_back(static_cast<std::int64_t>(node.standing));
    to.unit.push_back(units.at(node.unit));
    out_.unseen += node.own ? 0 : 1;
  }
}

std::int64_t Drawing::early(std::size_t from, std::size_t to) const {
  const GraphCase *first = nodes_[from].kase, *second = nodes_[to].kase;
  if (!first || !second || !first->seen.facts.onset || !second->seen.facts.onset) return 0;
  return std::max<std::int64_t>(0, first->seen.facts.onset->days - second->seen.facts.onset->days);
}

std::int64_t Drawing::mean(tracing::EvidenceKind kind) {
  const auto known = std::find(out_.means.begin(), out_.means.end(), kind);
  const std::int64_t at = known - out_.means.begin();
  if (known == out_.means.end()) out_.means.push_back(kind);
  return at;
}

void Drawing::write_edge(std::size_t from, std::size_t to, EdgeKind kind, const tracing::Meeting* meeting,
                         std::int64_t evidence, std::optional<Why> why) {
  GraphEdges& edges = out_.edges;
  edges.from.push_back(static_cast<std::int64_t>(from));
  edges.to.push_back(static_cast<std::int64_t>(to));
  edges.kind.push_back(static_cast<std::int64_t>(kind));
  edges.evidence.push_back(evidence);
  edges.why.push_back(why ? static_cast<std::int64_t>(*why) : -1);
  edges.early.push_back(kind == EdgeKind::kContact ? 0 : early(from, to));
  edges.by.push_back(meeting ? mean(meeting->kind) : -1);
  edges.estimated.push_back(meeting && meeting->estimated ? 1 : 0);
  const auto place = meeting && meeting->place ? parts_.places.find(*meeting->place) : parts_.places.end();
  edges.place.push_back(place == parts_.places.end() ? -1 : places_.at(place->second));
  edges.start.push_back(meeting ? (meeting->when.from - local_midnight(*out_.first)).count() / 60 : -1);
  edges.minutes.push_back(meeting ? (meeting->when.to - meeting->when.from).count() / 60 : 0);
}

void Drawing::write_sources() {
  for (const auto& [id, to] : of_case_) {
    const auto& source = nodes_[to].kase->seen.facts.source;
    const auto from = source ? of_case_.find(*source) : of_case_.end();
    if (from != of_case_.end()) write_edge(from->second, to, EdgeKind::kSource, nullptr, 0, {});
  }
}

void Drawing::write_contacts() {
  for (const GraphContact& one : parts_.contacts) {
    const tracing::Exposure& exposure = one.exposure;
    const auto kase = of_case_.find(exposure.case_);
    if (kase == of_case_.end()) continue;
    const std::size_t to = of_person_.at(exposure.person);
    std::size_t from = kase->second;
    const tracing::Meeting* meeting = exposure.strongest ? &*exposure.strongest : nullptr;
    if (meeting && exposure.level > 1) {
      const auto with = of_person_.find(meeting->with);
      if (with != of_person_.end()) from = with->second;
      if (with == of_person_.end()) meeting = nullptr;
    }
    if (!one.own) meeting = nullptr;
    if (from != to) write_edge(from, to, EdgeKind::kContact, meeting, exposure.evidence, {});
  }
}

void Drawing::write_possible() {
  for (const auto& [of, from, why, met] : origins_)
    write_edge(of_person_.at(from), of_case_.at(of), EdgeKind::kPossible, &met->strongest, met->evidence, why);
}

Graph Drawing::draw() {
  out_.dates = {DateOf::kOnset, DateOf::kSample, DateOf::kReport, DateOf::kExposure};
  out_.standings = {Standing::kConfirmed, Standing::kProbable, Standing::kSuspect,
                    Standing::kF1,        Standing::kF2,       Standing::kUnasked};
  out_.kinds = {EdgeKind::kSource, EdgeKind::kContact, EdgeKind::kPossible};
  out_.reasons = {Why::kInfectious, Why::kCase, Why::kContact};
  take_cases();
  find_origins();
  choose_outside();
  take_contacts();
  find_first();
  write_nodes();
  write_sources();
  write_contacts();
  write_possible();
  return std::move(out_);
}

}  // namespace

Graph graph(const GraphParts& parts) {
  return Drawing(parts).draw();
}

std::string short_name(std::string_view name) {
  std::string out;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    const std::string_view word = name.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    if (begin >= name.size()) {
      out += word;
      break;
    }
    std::size_t first = 1;  // bytes of its first character
    while (first < word.size() && (static_cast<unsigned char>(word[first]) & 0xC0u) == 0x80u) ++first;
    out += word.substr(0, first);
    out += ". ";
  }
  return out;
}

}  // namespace luytre::outbreaks
