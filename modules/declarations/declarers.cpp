// Who declared for whom.

#include "modules/declarations/impl.h"

namespace luytre::declarations {
namespace {

constexpr std::string_view kSealed = "declarations.declarer";

}  // namespace

void Declarations::Impl::note_declarer(storage::DeclarationRow& row, const DeclaredBy& by) const {
  row.declared_as = by.kind;
  row.channel = by.channel;
  row.declarer.reset();
  if (by.name) row.declarer = store::Bytes{vault.seal(kSealed, to_text(row.id), *by.name)};
}

DeclaredBy Declarations::Impl::declarer_of(const Prepared& one, const std::optional<people::Member>& member) {
  if (one.shown || !member) return {DeclaredAs::kStation, one.caller.name, one.row.channel};
  const bool self = member->relation == people::Relation::kSelf;
  return {self ? DeclaredAs::kSelf : DeclaredAs::kHousehold, std::nullopt, std::nullopt};
}

std::vector<std::optional<DeclaredBy>> Declarations::Impl::declarers(store::Session& session,
                                                                     std::span<const storage::DeclarationRow> rows,
                                                                     bool officer) const {
  // A name of the household is that of its keeper's own record.
  std::vector<people::People::Wanted> keepers;
  for (const auto& row : rows)
    if (row.declared_as == DeclaredAs::kHousehold) keepers.push_back({row.declared_by, std::nullopt});
  const auto own = people::People::members(session, keepers);
  std::vector<PersonId> persons;
  for (const auto& one : own)
    if (one) persons.push_back(one->person);
  const auto briefs = people.briefs(session, persons);

  std::vector<std::optional<DeclaredBy>> out;
  out.reserve(rows.size());
  auto keeper = own.begin();
  for (const auto& row : rows) {
    auto& said = out.emplace_back();
    if (!row.declared_as) continue;
    said = DeclaredBy{*row.declared_as, std::nullopt, row.channel};
    if (said->kind == DeclaredAs::kHousehold) {
      const auto& of = *keeper++;
      const auto brief = of ? briefs.find(of->person) : briefs.end();
      if (brief != briefs.end()) said->name = brief->second.name;
    } else if (row.declarer && (officer || said->kind != DeclaredAs::kStation)) {
      said->name = vault.unsealed(kSealed, to_text(row.id), row.declarer->data);
    }
  }
  return out;
}

}  // namespace luytre::declarations
