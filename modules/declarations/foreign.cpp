// Declarations of other systems: judged like ours, by the form of their day, and kept with where they came from.

#include "modules/declarations/impl.h"

namespace luytre::declarations {

Result<DeclarationId> Declarations::take_foreign(store::Session& session, const NewDeclaration& asked, PersonId person,
                                                 std::string origin, const forms::Unasked& unasked) const {
  auto judged = impl_->judge(asked, unasked);
  if (!judged) return judged.error();
  storage::DeclarationRow& row = judged->row;
  const auto unit = impl_->people.unit_of(session, person);
  if (!unit) return kNotFound;
  if (!impl_->on(*judged, *unit)) return kNotInForce;
  if (!judged->no_pictures()) return wrong_field("/pictures", "unknown");
  row.person = person;
  row.unit = *unit;
  Content content = impl_->unseal(row);
  content.origin = std::move(origin);
  row.content = impl_->seal(row.id, content);
  impl_->note_declarer(row, {DeclaredAs::kImport, {}, {}});
  storage::insert(session, std::span(&row, 1));
  session.publish({"declaration.submitted", row.id.value, row.at, 1, row.unit.value});
  impl_->memory.forget(person);
  return row.id;
}

bool Declarations::take_back(store::Session& session, DeclarationId declaration) const {
  const auto row = storage::find(session, declaration);
  if (!row || row->replaced_by || !impl_->unseal(*row).origin) return false;
  storage::remove(session, row->person, row->id);
  session.publish({"declaration.withdrawn", row->id.value, impl_->db.clock().now(), 2, row->unit.value});
  impl_->memory.forget(row->person);
  return true;
}

}  // namespace luytre::declarations
