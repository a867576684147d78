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
  if (when.empty() || days_->empty()) return {};
  const std::size_t first = position(day_of(when.from)), end = position(day_of({when.to.seconds - 1}) + 1);
  return std::span(*days_).subspan(first, end - first);
}

// Of the first day that is not before the given one. Mostly no day is missing, and it is a subtraction.
std::size_t View::position(Day day) const {
  const DayParts& days = *days_;
  const Day first = days.front().day;
  if (days.back().day - first + 1 == static_cast<Day>(days.size()))
    return static_cast<std::size_t>(std::clamp<Day>(day - first, 0, static_cast<Day>(days.size())));
  const auto found = std::lower_bound(days.begin(), days.end(), day,
                                      [](const DayPart& part, Day wanted) { return part.day < wanted; });
  return static_cast<std::size_t>(found - days.begin());
}

const DayPart* View::day(Day day) const {
  if (days_->empty()) return nullptr;
  const std::size_t at = position(day);
  return at < days_->size() && (*days_)[at].day == day ? &(*days_)[at] : nullptr;
}

}  // namespace luytre::presence
