#include "platform/geography/geography.h"

#include <algorithm>
#include <tuple>

#include "platform/base/text.h"
#include "platform/geography/impl.h"

namespace luytre::geography {
namespace {

// Below this share of its area no successor can speak for a split commune.
constexpr double kClearShare = 0.5;

using Nodes = std::vector<Node>;

void sort_by_name(std::vector<const Node*>& nodes) {
  std::sort(nodes.begin(), nodes.end(), [](const Node* a, const Node* b) {
    return std::tie(a->order, a->unit.full_name, a->unit.id) < std::tie(b->order, b->unit.full_name, b->unit.id);
  });
}

std::vector<const Unit*> units_of(const std::vector<const Node*>& nodes) {
  std::vector<const Unit*> out;
  out.reserve(nodes.size());
  for (const Node* node : nodes) out.push_back(&node->unit);
  return out;
}

// Every node that can be reached from `start` by `step`, itself included, each once.
template <class Step>
std::vector<Index> reach(Index start, Step step) {
  std::vector<Index> found{start};
  for (std::size_t i = 0; i < found.size(); ++i) {
    step(found[i], [&](Index next) {
      if (std::find(found.begin(), found.end(), next) == found.end()) found.push_back(next);
    });
  }
  return found;
}

// The unit, what it lies in at its own time, what it became, and so on.
std::vector<Index> upwards(const Nodes& nodes, Index start) {
  return reach(start, [&](Index at, auto&& add) {
    if (nodes[at].parent != kNone) add(nodes[at].parent);
    for (const Edge& edge : nodes[at].next) add(edge.unit);
  });
}

std::vector<Lineage> lineage(const Nodes& nodes, Index self, const std::vector<Edge>& edges, bool forwards) {
  std::vector<Lineage> out;
  for (const Edge& edge : edges) {
    const Unit& from = nodes[forwards ? self : edge.unit].unit;
    const Unit& to = nodes[forwards ? edge.unit : self].unit;
    out.push_back({from.id, to.id, edge.whole, edge.share, to.valid_from});
  }
  std::sort(out.begin(), out.end(), [](const Lineage& a, const Lineage& b) {
    return std::tuple(-a.share, a.from, a.to) < std::tuple(-b.share, b.from, b.to);
  });
  return out;
}

}  // namespace

Geography::Geography(const std::filesystem::path& folder) : impl_(std::make_unique<Impl>(folder)) {}
Geography::~Geography() = default;

const Unit* Geography::find(UnitId id) const {
  const Index at = impl_->index(id);
  return at == kNone ? nullptr : &impl_->nodes[at].unit;
}

const Unit* Geography::find(Level level, std::string_view code, Date at) const {
  const auto called = impl_->by_code.find(code);
  if (called == impl_->by_code.end()) return nullptr;
  for (const Index index : called->second) {
    const Node& node = impl_->nodes[index];
    if (node.unit.level == level && node.in_force(at)) return &node.unit;
  }
  return nullptr;
}

std::vector<const Unit*> Geography::children(std::optional<UnitId> parent, Date at) const {
  std::vector<const Node*> out;
  const auto add = [&](const Node& node) {
    if (node.in_force(at)) out.push_back(&node);
  };
  if (!parent) {
    for (const Node& node : impl_->nodes)
      if (node.unit.level == Level::kProvince) add(node);
  } else if (const Index start = impl_->index(*parent); start != kNone) {
    // A parent that only changed its status keeps the children which did not change with it.
    const auto selves = reach(start, [&](Index self, auto&& more) {
      for (const Edge& edge : impl_->nodes[self].previous)
        if (edge.whole) more(edge.unit);
    });
    for (const Index self : selves)
      for (const Index child : impl_->nodes[self].children) add(impl_->nodes[child]);
  }
  sort_by_name(out);
  return units_of(out);
}

std::vector<const Unit*> Geography::ancestors(UnitId id) const {
  std::vector<const Unit*> out;
  Index at = impl_->index(id);
  if (at == kNone) return out;
  while ((at = impl_->nodes[at].parent) != kNone) out.push_back(&impl_->nodes[at].unit);
  return out;
}

std::string Geography::path_text(UnitId id) const {
  const Unit* unit = find(id);
  if (!unit) return "";
  std::string out = unit->full_name;
  for (const Unit* above : ancestors(id)) out += ", " + above->full_name;
  return out;
}

std::vector<Lineage> Geography::successors(UnitId id) const {
  const Index at = impl_->index(id);
  if (at == kNone) return {};
  return lineage(impl_->nodes, at, impl_->nodes[at].next, true);
}

std::vector<Lineage> Geography::predecessors(UnitId id) const {
  const Index at = impl_->index(id);
  if (at == kNone) return {};
  return lineage(impl_->nodes, at, impl_->nodes[at].previous, false);
}

bool Geography::covers(UnitId area, UnitId unit) const {
  if (area.value == 0) return true;
  const Index target = impl_->index(area);
  const Index start = impl_->index(unit);
  if (target == kNone || start == kNone) return false;
  const auto above = upwards(impl_->nodes, start);
  return std::find(above.begin(), above.end(), target) != above.end();
}

bool Geography::covers(std::span<const UnitId> areas, UnitId unit) const {
  return std::any_of(areas.begin(), areas.end(), [&](UnitId area) { return covers(area, unit); });
}

std::vector<UnitId> Geography::covered(UnitId area) const {
  std::vector<UnitId> out;
  const auto& nodes = impl_->nodes;
  if (area.value == 0) {
    for (const Node& node : nodes) out.push_back(node.unit.id);
    return out;
  }
  const Index start = impl_->index(area);
  if (start == kNone) return out;
  std::vector<bool> seen(nodes.size());
  std::vector<Index> queue{start};
  seen[start] = true;
  const auto add = [&](Index next) {
    if (seen[next]) return;
    seen[next] = true;
    queue.push_back(next);
  };
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const Node& node = nodes[queue[i]];
    out.push_back(node.unit.id);
    for (const Index child : node.children) add(child);
    for (const Edge& edge : node.previous) add(edge.unit);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<UnitId> Geography::responsible_commune(UnitId unit, Date at) const {
  Index self = impl_->index(unit);
  while (self != kNone) {
    const Node& node = impl_->nodes[self];
    if (node.in_force(at)) return node.unit.level == Level::kCommune ? std::optional(node.unit.id) : std::nullopt;
    if (at < node.unit.valid_from || node.next.empty()) return std::nullopt;
    const auto largest = std::max_element(node.next.begin(), node.next.end(),
                                          [](const Edge& a, const Edge& b) { return a.share < b.share; });
    self = largest->share >= kClearShare ? largest->unit : kNone;
  }
  return std::nullopt;
}

}  // namespace luytre::geography
