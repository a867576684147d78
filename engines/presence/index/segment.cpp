#include "engines/presence/index/segment.h"

namespace luytre::presence {

std::shared_ptr<const Segment> Segment::open(const std::filesystem::path& path, std::uint64_t identity) {
  return open(map_file(path), identity, path.filename().string());
}

std::shared_ptr<const Segment> Segment::open(Bytes bytes, std::uint64_t identity, std::string name) {
  return std::make_shared<const Segment>(FileReader(std::move(bytes), kSegmentKind, identity, std::move(name)));
}

Segment::Segment(FileReader file)
    : file_(std::move(file)),
      places_(file_.section<KeyBlock>(kPlaceBlocks), file_.section<std::uint32_t>(kPlaceOffsets)),
      longest_(file_.section<std::uint32_t>(kPlaceLongest)),
      by_place_(file_.section<std::byte>(kPlaceRows), visits_counted(), kVisitStayBytes),
      place_zones_(file_.section<std::uint64_t>(kPlaceZoned), file_.section<std::uint32_t>(kPlaceZonesBefore),
                   file_.section<Number>(kPlaceZones)),
      by_person_(file_.section<std::byte>(kPersonRows), visits_counted(), kVisitStayBytes),
      person_zones_(file_.section<std::uint64_t>(kPersonZoned), file_.section<std::uint32_t>(kPersonZonesBefore),
                    file_.section<Number>(kPersonZones)),
      meeting_(file_.section<KeyBlock>(kMeetingBlocks), file_.section<std::uint32_t>(kMeetingOffsets)),
      encounters_(file_.section<std::byte>(kMeetingRows), encounters_counted() * 2, kEncounterStayBytes) {
  persons_ = PersonsView(file_.section<KeyBlock>(kPersonBlocks), by_person_);
  // Before anything is counted by them.
  const bool whole = by_place_.consistent() && by_person_.consistent() && encounters_.consistent();
  const bool consistent = whole && places_.consistent(by_place_.size()) && longest_.size() == places_.keys() &&
                          place_zones_.consistent(by_place_.size()) && persons_.consistent() &&
                          person_zones_.consistent(by_person_.size()) && meeting_.consistent(encounters_.size());
  if (!consistent) file_.damaged("its parts contradict each other");
}

}  // namespace luytre::presence
