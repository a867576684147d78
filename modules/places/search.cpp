// Officers' search: places of their area, by words of the name.

#include <algorithm>
#include <limits>

#include "modules/places/impl.h"
#include "modules/places/where.h"

namespace luytre::places {
namespace {

using storage::PlaceRow;
using store::Session;

// Who decides about a gate must find it, too.
const identity::Action kSearch{
    "places.search",
    Purpose::kPlaceKeeping,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};

constexpr std::size_t kScannedMost = 20'000;
constexpr std::size_t kScanStep = 500;

// The next rows in the order of the list, before the area and the other words are looked at.
std::vector<PlaceRow> step(Session& s, const std::vector<std::string>& words, const Where& where, PlaceId before,
                           std::size_t most) {
  if (!words.empty()) return storage::with_word(s, words.front(), before, most);
  if (where.everywhere) return storage::newest(s, before, most);
  return storage::newest_of(s, where.units, before, most);
}

bool bears(const PlaceRow& row, const std::vector<std::string>& words) {
  if (words.size() < 2) return true;
  const auto own = words_of(row.name);
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return std::binary_search(own.begin(), own.end(), word); });
}

// The longest word first: the best guess at the rarest.
std::vector<std::string> search_words(std::string_view text) {
  auto words = words_of(text);
  std::stable_sort(words.begin(), words.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return words;
}

}  // namespace

Task<Result<http::Page<PlaceBrief>>> Places::search(const Caller& caller, std::string text, std::optional<UnitId> unit,
                                                    std::optional<std::string> cursor, std::size_t limit) const {
  const auto from = cursor ? parse_id(*cursor) : std::numeric_limits<std::int64_t>::max();
  if (!from) return refused<http::Page<PlaceBrief>>(wrong_field("?cursor", "format"));
  return impl_->db.read([impl = impl_.get(), caller, words = search_words(text), unit, from = PlaceId{*from},
                         limit](Session& s) -> Result<http::Page<PlaceBrief>> {
    const auto areas = impl->access.areas(caller, kSearch);
    if (areas.empty()) return caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
    const Where where = where_of(areas, unit, impl->geography);

    http::Page<PlaceBrief> page;
    PlaceId before = from;
    for (std::size_t scanned = 0; scanned < kScannedMost; scanned += kScanStep) {
      const auto rows = step(s, words, where, before, kScanStep);
      for (const PlaceRow& row : rows) {
        before = row.id;
        if (!where.contains(row.unit) || !bears(row, words)) continue;
        page.items.push_back(impl->brief(row));
        if (page.items.size() == limit) {
          page.next = to_text(before);
          return page;
        }
      }
      if (rows.size() < kScanStep) return page;
    }
    page.next = to_text(before);  // perhaps more, further on
    return page;
  });
}

}  // namespace luytre::places
