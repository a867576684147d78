#include "engines/presence/index/view.h"

#include <algorithm>

namespace luytre::presence {

namespace {

constexpr std::uint8_t kGrades = 3;  // of ventilation and crowding, from 1

std::uint8_t grade(std::int64_t value) {
  return static_cast<std::uint8_t>(std::clamp<std::int64_t>(value, 1, kGrades) - 1);
}

}  // namespace

// A setting is one byte; 0 is the usual one, so that places that nobody described have it.
Setting Names::setting(Number place) const {
  if (place >= settings_size.load(std::memory_order_acquire)) return {};
  const std::uint8_t code = settings[place].load(std::memory_order_relaxed);
  if (code == 0) return {};
  return {1 + (code - 1) / kGrades, 1 + (code - 1) % kGrades};
}

void Names::set_setting(Number place, const Setting& setting) {
  const std::size_t size = std::max<std::size_t>(settings_size.load(std::memory_order_relaxed), place + std::size_t{1});
  settings.grow(size);
  settings[place].store(static_cast<std::uint8_t>(1 + grade(setting.ventilation) * kGrades + grade(setting.crowding)),
                        std::memory_order_relaxed);
  settings_size.store(size, std::memory_order_release);
}

std::span<const DayPart> View::days(Interval when) const {
  if (when.empty()) return {};
  const auto before = [](const DayPart& part, Day day) { return part.day < day; };
  const auto first = std::lower_bound(days_->begin(), days_->end(), day_of(when.from), before);
  const auto end = std::lower_bound(first, days_->end(), day_of({when.to.seconds - 1}) + 1, before);
  return {first, end};
}

const DayPart* View::day(Day day) const {
  const auto found = std::lower_bound(days_->begin(), days_->end(), day,
                                      [](const DayPart& part, Day wanted) { return part.day < wanted; });
  return found != days_->end() && found->day == day ? &*found : nullptr;
}

}  // namespace luytre::presence
