#include "platform/identity/taken_out.h"

namespace luytre::identity {

Result<http::Reply> unit_file(store::Session& session, const Access& access, const geography::Geography& geography,
                              const Caller& caller, const Action& action, UnitFile file, Instant at) {
  if (auto looked = access.require_each(session, caller, action, file.people); !looked) return looked.error();
  const std::size_t rows = file.sheet.rows.size();
  const std::string of = file.what + ", unit " + to_text(file.unit);
  if (file.people.empty()) {
    access.log_list(session, caller, action, file.unrecorded, std::to_string(rows) + ' ' + of + ": " + file.reason);
  } else {
    access.log_list(session, caller, action, static_cast<std::int64_t>(rows), of);
  }
  file.sheet.mark = unit_mark(geography, file.unit, rows, caller, at);
  tables::Written written = tables::write(file.sheet, tables::format_of(file.format));
  return saved(std::move(written.type), std::move(written.bytes), file.name + to_text(file.unit) + written.ending);
}

}  // namespace luytre::identity
