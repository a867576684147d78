// Posters on demand: who may print one, and what stands on it.

#include "engines/linkage/short_code.h"
#include "modules/places/impl.h"
#include "modules/places/poster.h"

namespace luytre::places {
namespace {

using store::Session;

const identity::Action kPrint{"places.poster", Purpose::kPlaceKeeping, kOfficers};

// A place that the caller may print posters of.
Result<storage::Whole> printable(Session& s, const Places::Impl& impl, const Caller& caller, PlaceId place) {
  auto whole = storage::whole(s, place);
  if (!whole) return kNotFound;
  const auto allowed = impl.require(s, caller, kPrint, whole->place);
  if (!allowed) return allowed.error();
  if (whole->place.status == Status::kClosed) return kPlaceClosed;
  return std::move(*whole);
}

Poster poster_of(const Places::Impl& impl, const storage::Whole& whole, const storage::ZoneRow* zone) {
  const storage::PlaceRow& row = whole.place;
  Poster poster;
  poster.place_name = row.name;
  const auto address =
      row.address ? impl.vault.unseal("places.address", to_text(row.id), row.address->data) : std::nullopt;
  poster.address = (address ? *address + ", " : "") + impl.geography.path_text(row.unit);
  if (zone) poster.zone = zone->name;
  for (const auto& code : whole.codes) {
    if (code.issue == row.issue && code.zone == (zone ? zone->id : ZoneId{}))
      poster.short_code = linkage::shown_short_code(code.code);
  }
  const std::int64_t subject = zone ? zone->id.value : row.id.value;
  poster.code = impl.codes.url(impl.settings.public_url, {subject, static_cast<std::uint8_t>(row.issue)});
  return poster;
}

Result<Poster> poster_of(Session& s, const Places::Impl& impl, const Caller& caller, PlaceId place,
                         std::optional<ZoneId> zone) {
  const auto whole = printable(s, impl, caller, place);
  if (!whole) return whole.error();
  if (!zone) return poster_of(impl, *whole, nullptr);
  for (const auto& there : whole->zones)
    if (there.id == *zone) return poster_of(impl, *whole, &there);
  return kNotFound;
}

http::Reply reply(std::string type, std::string body, const std::string& file) {
  http::Reply out;
  out.type = std::move(type);
  out.body = std::move(body);
  out.headers.emplace_back("Content-Disposition", "inline; filename=\"" + file + "\"");
  return out;
}

}  // namespace

Task<Result<http::Reply>> Places::poster_pdf(const Caller& caller, PlaceId place, std::optional<ZoneId> zone) const {
  auto fonts = find_fonts(impl_->settings.font_folders);
  if (!fonts) return refused<http::Reply>(fonts.error());
  return impl_->db.read(
      [impl = impl_.get(), caller, place, zone, fonts = *std::move(fonts)](Session& s) -> Result<http::Reply> {
        const auto poster = poster_of(s, *impl, caller, place, zone);
        if (!poster) return poster.error();
        return reply("application/pdf", places::poster_pdf(*poster, fonts), "luytre-" + to_text(place) + ".pdf");
      });
}

Task<Result<http::Reply>> Places::posters_pdf(const Caller& caller, std::vector<PlaceId> places) const {
  auto fonts = find_fonts(impl_->settings.font_folders);
  if (!fonts) return refused<http::Reply>(fonts.error());
  return impl_->db.read([impl = impl_.get(), caller, places = std::move(places),
                         fonts = *std::move(fonts)](Session& s) -> Result<http::Reply> {
    std::vector<Poster> all;
    for (const PlaceId place : places) {
      const auto whole = printable(s, *impl, caller, place);
      if (!whole && (whole.error().code == kPlaceClosed.code || whole.error().code == kNotFound.code)) continue;
      if (!whole) return whole.error();
      all.push_back(poster_of(*impl, *whole, nullptr));
      for (const auto& zone : whole->zones) all.push_back(poster_of(*impl, *whole, &zone));
    }
    if (all.empty()) return places.empty() ? kNotFound : kPlaceClosed;
    return reply("application/pdf", places::posters_pdf(all, fonts), "luytre-posters.pdf");
  });
}

std::vector<std::size_t> Places::posters_of(Session& session, std::span<const PlaceId> places) {
  std::vector<std::size_t> out;
  for (const std::size_t zones : storage::count_zones(session, places)) out.push_back(1 + zones);
  return out;
}

Task<Result<http::Reply>> Places::poster_svg(const Caller& caller, PlaceId place, std::optional<ZoneId> zone) const {
  return impl_->db.read([impl = impl_.get(), caller, place, zone](Session& s) -> Result<http::Reply> {
    const auto poster = poster_of(s, *impl, caller, place, zone);
    if (!poster) return poster.error();
    return reply("image/svg+xml", places::poster_svg(*poster), "luytre-" + to_text(place) + ".svg");
  });
}

}  // namespace luytre::places
