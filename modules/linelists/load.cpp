// Line lists from the command line.

#include "modules/linelists/impl.h"

namespace luytre::linelists {

using store::Session;

Result<ListId> LineLists::load(
    UnitId unit, const std::string& file_name, const std::string& bytes,
    const std::function<Result<Mapping>(const std::vector<std::string>& columns)>& mapping_for) {
  const auto sheet = read_sheet(bytes, kLinesMost);
  if (!sheet) return sheet.error();
  const auto mapping = mapping_for(sheet->columns);
  if (!mapping) return mapping.error();
  const auto fits = check(*mapping, sheet->columns);
  if (!fits) return fits.error();
  Caller by;
  by.name = "luytre import";
  return impl_->db.transact_now([&](Session& s) -> Result<ListId> {
    ListRow row = impl_->keep(s, by, unit, file_name, std::nullopt, About::kCases, *sheet);
    row.mapping = json::text(*mapping);
    row.state = State::kRunning;
    storage::update(s, row);
    return row.id;
  });
}

std::optional<Mapping> LineLists::saved(UnitId unit, const std::string& name) {
  return impl_->db.read_now([&](Session& s) -> std::optional<Mapping> {
    for (const auto& row : storage::mappings(s, unit)) {
      if (row.name != name) continue;
      auto mapping = json::parse<Mapping>(row.content, json::Reader::Of::kKept);
      if (mapping) return std::move(*mapping);
    }
    return std::nullopt;
  });
}

LineList LineLists::look(ListId id) {
  return impl_->db.read_now([&](Session& s) { return impl_->view(s, storage::find(s, id).value(), false); });
}

std::string LineLists::rejects_text(ListId id, const std::string& language) {
  return impl_->db.read_now([&](Session& s) { return impl_->rejects(s, storage::find(s, id).value(), language); });
}

}  // namespace luytre::linelists
