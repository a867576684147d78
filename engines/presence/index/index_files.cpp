// The index on disk: opening, sealing, checkpoints.

#include <algorithm>
#include <set>

#include "engines/presence/index/index.h"

namespace luytre::presence {

namespace {

constexpr FileKind kPositionKind{{'L', 'T', 'P', 'O', 'S', 'I', 'T', 'N'}, 1};
constexpr const char* kPositionFile = "position";
constexpr const char* kSegmentPrefix = "day-";
constexpr const char* kSegmentSuffix = ".seg";
constexpr std::array<const char*, 3> kNameFiles{"persons.ids", "places.ids", "zones.ids"};
constexpr std::array<const char*, 3> kLatestNameFiles{"persons.new.ids", "places.new.ids", "zones.new.ids"};

std::array<Dictionary*, 3> dictionaries(Names& names) {
  return {&names.persons, &names.places, &names.zones};
}

}  // namespace

void PresenceIndex::gather(const View& view, const DayPart& part, std::span<const Live::Meeting> meetings,
                           SegmentBuilder& into) {
  part.live->each_person([&](Number person) {
    part.live->visits_of(person, view.when(),
                         [&](const LiveRow& row) { into.add_visit(person, row.other, row.zone, row.stay); });
  });
  if (part.sealed) {
    part.sealed->each_visit([&](Number person, const Row& row, Number zone) {
      if (!part.live->overrides(person, view.when())) into.add_visit(person, row.other, zone, row.stay);
    });
    part.sealed->each_encounter(
        [&](Number person, const Row& row) { into.add_encounter(person, row.other, row.stay); });
  }
  for (const Live::Meeting& m : meetings) into.add_encounter(m.person, m.peer, m.stay);
}

std::filesystem::path PresenceIndex::segment_path(Day day) const {
  return options_.folder / (kSegmentPrefix + std::to_string(day) + kSegmentSuffix);
}

void PresenceIndex::open() {
  std::filesystem::create_directories(options_.folder);
  const auto names = dictionaries(*names_);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto path = options_.folder / kNameFiles[i], latest = options_.folder / kLatestNameFiles[i];
    if (std::filesystem::exists(path)) names[i]->load(path, options_.identity);
    main_names_[i] = names[i]->size();
    if (std::filesystem::exists(latest)) names[i]->load(latest, options_.identity);
    saved_names_[i] = names[i]->size();
  }
  std::vector<std::filesystem::path> segments;
  for (const auto& entry : std::filesystem::directory_iterator(options_.folder)) {
    if (entry.path().extension() == ".tmp") {
      remove_file(entry.path());
    } else if (entry.path().extension() == kSegmentSuffix) {
      segments.push_back(entry.path());
    }
  }
  for (const auto& path : segments) open_segment(path);
  const auto position = options_.folder / kPositionFile;
  if (std::filesystem::exists(position)) {
    const FileReader file(map_file(position), kPositionKind, options_.identity, kPositionFile);
    const auto text = file.section<char>(0);
    position_.assign(text.begin(), text.end());
  }
  publish(now_ + 1);
}

void PresenceIndex::open_segment(const std::filesystem::path& path) {
  auto segment = Segment::open(path, options_.identity);
  if (path != segment_path(segment->day())) throw Damaged(path.filename().string() + ": holds another day");
  if (segment->persons_known() > names_->persons.size() || segment->places_known() > names_->places.size() ||
      segment->last_zone() > names_->zones.size())
    throw Damaged(path.filename().string() + ": newer than the names");
  const Day day = segment->day();
  swap_in(day, std::move(segment), std::make_shared<Live>());
}

// The latest names are written by themselves until they are many: with every day that is loaded come some new ones, and
// all of them each time would be as many bytes again as the day.
void PresenceIndex::save_names() {
  constexpr std::size_t kMany = 4;  // a quarter of the others
  const auto names = dictionaries(*names_);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t size = names[i]->size();
    if (size == saved_names_[i]) continue;
    const auto latest = options_.folder / kLatestNameFiles[i];
    if ((size - main_names_[i]) * kMany <= main_names_[i]) {
      names[i]->save(latest, options_.identity, main_names_[i]);
    } else {
      names[i]->save(options_.folder / kNameFiles[i], options_.identity, 0);
      if (std::filesystem::exists(latest)) remove_file(latest);
      main_names_[i] = size;
    }
    saved_names_[i] = size;
  }
}

std::shared_ptr<const Segment> PresenceIndex::seal(Day day, SegmentBuilder builder) {
  builder.set_known(names_->persons.size(), names_->places.size());
  if (options_.folder.empty())
    return Segment::open(own(std::move(builder).bytes()), options_.identity, segment_path(day).filename().string());
  save_names();
  std::move(builder).write(segment_path(day));
  return Segment::open(segment_path(day), options_.identity);
}

// What was written to the old one after `since`, whole persons at a time.
std::shared_ptr<Live> PresenceIndex::carry_over(const Live& old, Sequence since, Sequence now) const {
  auto fresh = std::make_shared<Live>();
  std::set<Number> changed;
  const auto& changes = old.changes();
  for (auto change = changes.rbegin(); change != changes.rend() && change->when > since; ++change)
    changed.insert(change->person);
  for (const Number person : changed) {
    fresh->override_person(person, now);
    for (const Live::Visit& v : old.visits(person, now)) fresh->add_visit(person, v, now);
  }
  const auto& meetings = old.meetings();
  for (auto m = meetings.rbegin(); m != meetings.rend() && m->when > since; ++m)
    fresh->add_encounter(m->person, m->peer, m->stay, now);
  return fresh;
}

void PresenceIndex::merge(Day day, const std::function<void()>& written) {
  const std::lock_guard merging(merging_);
  const View before = view();
  const DayPart* const old = before.day(day);
  if (!old) return;
  std::vector<Live::Meeting> meetings;
  {
    const std::lock_guard lock(writing_);
    if (old->live->empty()) return;
    const auto& all = old->live->meetings();
    std::copy_if(all.begin(), all.end(), std::back_inserter(meetings),
                 [&](const Live::Meeting& m) { return m.when <= before.when(); });
  }
  SegmentBuilder builder(day, options_.identity);
  gather(before, *old, meetings, builder);
  auto sealed = seal(day, std::move(builder));
  if (written) written();
  const std::lock_guard lock(writing_);
  const Sequence now = now_ + 1;
  swap_in(day, std::move(sealed), carry_over(*old->live, before.when(), now));
  publish(now);
}

std::string PresenceIndex::position() const {
  const std::lock_guard lock(writing_);
  return position_;
}

void PresenceIndex::checkpoint(std::string_view position) {
  const View held = view();
  for (const DayPart& part : held.days()) merge(part.day);
  if (!options_.folder.empty()) {
    FileWriter file(kPositionKind, {.identity = options_.identity});
    file.add(std::span<const char>(position));
    file.write(options_.folder / kPositionFile);
  }
  const std::lock_guard lock(writing_);
  position_ = position;
}

}  // namespace luytre::presence
