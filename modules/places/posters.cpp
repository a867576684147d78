// Posters on demand: who may print one, and what stands on it.

#include "engines/linkage/short_code.h"
#include "modules/places/impl.h"
#include "modules/places/poster.h"

namespace luytre::places {
namespace {

using store::Session;

const identity::Action kPrint{"places.poster", Purpose::kPlaceKeeping, kOfficers};

Result<Poster> poster_of(Session& s, const Places::Impl& impl, const Caller& caller, PlaceId place,
                         std::optional<ZoneId> zone) {
  const auto whole = storage::whole(s, place);
  if (!whole) return kNotFound;
  const auto allowed = impl.require(s, caller, kPrint, whole->place);
  if (!allowed) return allowed.error();
  const storage::PlaceRow& row = whole->place;
  if (row.status == Status::kClosed) return kPlaceClosed;

  Poster poster;
  poster.place_name = row.name;
  const auto address =
      row.address ? impl.vault.unseal("places.address", to_text(row.id), row.address->data) : std::nullopt;
  poster.address = (address ? *address + ", " : "") + impl.geography.path_text(row.unit);
  for (const auto& there : whole->zones) {
    if (zone && there.id == *zone) poster.zone = there.name;
  }
  if (zone && !poster.zone) return kNotFound;
  for (const auto& code : whole->codes) {
    if (code.issue == row.issue && code.zone == zone.value_or(ZoneId{}))
      poster.short_code = linkage::shown_short_code(code.code);
  }
  const std::int64_t subject = zone ? zone->value : place.value;
  poster.code = impl.codes.url(impl.settings.public_url, {subject, static_cast<std::uint8_t>(row.issue)});
  return poster;
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
      auto whole = storage::whole(s, place);
      if (!whole || whole->place.status == Status::kClosed) continue;
      auto own = poster_of(s, *impl, caller, place, std::nullopt);
      if (!own) return own.error();
      all.push_back(std::move(*own));
      for (const auto& zone : whole->zones) all.push_back(*poster_of(s, *impl, caller, place, zone.id));
    }
    if (all.empty()) return kNotFound;
    return reply("application/pdf", places::posters_pdf(all, fonts), "luytre-posters.pdf");
  });
}

Task<Result<http::Reply>> Places::poster_svg(const Caller& caller, PlaceId place, std::optional<ZoneId> zone) const {
  return impl_->db.read([impl = impl_.get(), caller, place, zone](Session& s) -> Result<http::Reply> {
    const auto poster = poster_of(s, *impl, caller, place, zone);
    if (!poster) return poster.error();
    return reply("image/svg+xml", places::poster_svg(*poster), "luytre-" + to_text(place) + ".svg");
  });
}

}  // namespace luytre::places
