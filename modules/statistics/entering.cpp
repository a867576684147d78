// What officers enter: denominators, one by one or in a list.

#include "modules/statistics/impl.h"
#include "platform/base/text.h"

namespace luytre::statistics {

using store::Session;

LineState Statistics::Impl::enter_line(Session& s, AccountId by, const Line& line) const {
  const auto there = storage::denominators(s, line.unit);
  LineState out = LineState::kKnown;
  for (const auto& [measure, value] : line.values) {
    const storage::DenominatorRow row{line.unit, measure, line.as_of, value, line.source};
    const auto same = [&row](const storage::DenominatorRow& other) {
      return other.measure == row.measure && other.as_of == row.as_of && other.value == row.value &&
             other.source == row.source;
    };
    if (std::any_of(there.begin(), there.end(), same)) continue;
    storage::enter(s, row, now(), by);
    out = LineState::kTaken;
  }
  return out;
}

Task<Result<Denominator>> Statistics::enter(const Caller& caller, NewDenominator asked) {
  const auto areas = impl_->access.areas(caller, kEnter);
  const bool mine = impl_->geography.covers(areas, asked.unit);
  if (areas.empty()) return refused<Denominator>(kNotPermitted);
  std::vector<FieldError> flaws;
  if (!impl_->geography.find(asked.unit)) flaws.push_back({"/unit", "unknown", {}});
  if (asked.value < 1) flaws.push_back({"/value", "range", {}});
  if (fold(asked.source).empty()) flaws.push_back({"/source", "required", {}});
  if (asked.as_of > impl_->today()) flaws.push_back({"/asOf", "too_late", {}});
  if (!flaws.empty()) return refused<Denominator>(Error(kInvalid, std::move(flaws)));
  if (asked.organisation && asked.measure != Measure::kStaff)
    return refused<Denominator>(wrong_field("/measure", "contradiction"));
  if (!mine) return refused<Denominator>(kNotPermitted);
  return impl_->db.transact(
      [impl = impl_.get(), by = caller.account, asked = std::move(asked)](Session& s) -> Result<Denominator> {
        if (asked.organisation) {
          if (storage::unit_of(s, *asked.organisation) != asked.unit) return wrong_field("/organisation", "unknown");
          storage::enter(s, storage::StaffRow{*asked.organisation, asked.as_of, asked.value, asked.source}, impl->now(),
                         by);
          return Denominator{asked.measure, asked.value, asked.source, asked.as_of};
        }
        storage::enter(s, storage::DenominatorRow{asked.unit, asked.measure, asked.as_of, asked.value, asked.source},
                       impl->now(), by);
        return Denominator{asked.measure, asked.value, asked.source, asked.as_of};
      });
}

Task<Result<Report>> Statistics::enter_list(const Caller& caller, std::string list, std::optional<store::Once> once) {
  const auto areas = impl_->access.areas(caller, kEnter);
  if (areas.empty()) return refused<Report>(kNotPermitted);
  auto lines = read_lines(list, {impl_->geography, areas, impl_->today()});
  if (!lines) return refused<Report>(lines.error());
  auto write = [impl = impl_.get(), caller, lines = std::move(*lines)](Session& s) -> Result<Report> {
    Report out;
    for (const Line& line : lines) {
      LineResult& result = out.lines.emplace_back(line.result);
      if (result.state != LineState::kRefused) result.state = impl->enter_line(s, caller.account, line);
      std::int64_t* const counts[] = {&out.taken, &out.known, &out.refused};
      ++*counts[static_cast<std::size_t>(result.state)];
    }
    impl->access.log_list(s, caller, kEnter, 0,
                          "list: " + std::to_string(out.taken) + " taken, " + std::to_string(out.known) + " known, " +
                              std::to_string(out.refused) + " refused");
    return out;
  };
  if (once) return impl_->db.once(std::move(*once), std::move(write));
  return impl_->db.transact(std::move(write));
}

}  // namespace luytre::statistics
