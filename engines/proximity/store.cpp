#include "engines/proximity/store.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <tuple>

namespace luytre::proximity {

namespace {

constexpr std::array<std::uint8_t, 8> kHead{'L', 'T', 'E', 'S', 1, 0, 0, 0};
constexpr std::size_t kHeadBytes = kHead.size() + 4;
constexpr std::size_t kEncounterBytes = 30;
constexpr std::int64_t kLastInstant = 0xFFFF'FFFF;
constexpr std::uint16_t kNotKnown = 0xFFFF;
constexpr std::int64_t kSameScanSeconds = 25;
constexpr std::int64_t kHourSeconds = 3600;
constexpr std::string_view kSealedAs = "luytre.proximity.store.1";
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kStoreKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kStoreNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);

bool before(const Encounter& a, const Encounter& b) {
  return std::tie(a.at, a.identifier) < std::tie(b.at, b.identifier);
}

bool earlier(const Encounter& encounter, Instant t) {
  return encounter.at < t;
}

Instant first_kept(Instant now) {
  return {(utc_day(now) - kKeptDays) * kDaySeconds};
}

void overwrite(std::vector<Encounter>& encounters, std::size_t from) {
  sodium_memzero(encounters.data() + from, (encounters.size() - from) * sizeof(Encounter));
}

void add(Encounter& to, const Encounter& sighting) {
  if (to.count > 0xFF - sighting.count) return;
  to.strongest = std::max(to.strongest, sighting.strongest);
  to.count = static_cast<std::uint8_t>(to.count + sighting.count);
  to.sum = static_cast<std::int16_t>(to.sum + sighting.sum);
}

// Powers that can have been the sum and the strongest of so many.
bool possible(const Encounter& encounter) {
  const int count = encounter.count;
  return count > 0 && encounter.sum <= encounter.strongest * count &&
         encounter.sum >= encounter.strongest + (count - 1) * -128;
}

void put(std::vector<std::uint8_t>& out, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i) out.push_back(static_cast<std::uint8_t>(value >> 8 * i));
}

std::uint32_t get(const std::uint8_t* at, int count) {
  std::uint32_t value = 0;
  for (int i = count - 1; i >= 0; --i) value = value << 8 | at[i];
  return value;
}

Encounter read_encounter(const std::uint8_t* at) {
  Encounter encounter;
  encounter.at = {static_cast<std::int64_t>(get(at, 4))};
  const auto since = static_cast<std::uint16_t>(get(at + 4, 2));
  if (since != kNotKnown) encounter.since_scan_before = since;
  std::memcpy(encounter.identifier.data(), at + 6, encounter.identifier.size());
  std::memcpy(encounter.metadata.data(), at + 22, encounter.metadata.size());
  encounter.strongest = static_cast<std::int8_t>(at[26]);
  encounter.count = at[27];
  encounter.sum = static_cast<std::int16_t>(get(at + 28, 2));
  return encounter;
}

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not start");
}

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Heard heard(const Encounter& encounter, std::int32_t power, std::int32_t offset, std::int32_t confidence) {
  const std::int64_t count = encounter.count;
  Heard out;
  out.at = encounter.at;
  if (encounter.since_scan_before) out.scan_before = Instant{encounter.at.seconds - *encounter.since_scan_before};
  out.least = attenuation(power, encounter.strongest, offset);
  out.sum = std::clamp<std::int64_t>(count * (power - offset) - encounter.sum, 0, count * kMostAttenuation);
  out.count = static_cast<std::int32_t>(count);
  out.confidence = confidence;
  return out;
}

EncounterStore& EncounterStore::operator=(EncounterStore&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  encounters_ = std::move(other.encounters_);
  refused_ = other.refused_;
  return *this;
}

EncounterStore::Kept EncounterStore::record(Instant now, const Encounter& sighting,
                                            std::span<const std::array<std::uint8_t, 16>> own) {
  if (sighting.at.seconds < 0 || sighting.at.seconds > kLastInstant || sighting.at > now ||
      sighting.at < first_kept(now) || !possible(sighting))
    return Kept::kImpossible;
  if (std::find(own.begin(), own.end(), sighting.identifier) != own.end()) return Kept::kOwn;

  const auto begin = encounters_.begin();
  const auto same_scan =
      std::lower_bound(begin, encounters_.end(), Instant{sighting.at.seconds - kSameScanSeconds}, earlier);
  const auto place = std::lower_bound(same_scan, encounters_.end(), sighting, before);
  for (auto other = same_scan; other != encounters_.end() && other->at <= sighting.at; ++other) {
    if (other->identifier != sighting.identifier) continue;
    add(*other, sighting);
    return Kept::kAdded;
  }

  const Instant hour{sighting.at.seconds / kHourSeconds * kHourSeconds};
  if (within({hour, {hour.seconds + kHourSeconds}}).size() >= kMostPerHour) {
    ++refused_;
    return Kept::kTooMany;
  }
  Encounter fresh = sighting;
  if (fresh.since_scan_before && (*fresh.since_scan_before < 0 || *fresh.since_scan_before >= kNotKnown))
    fresh.since_scan_before.reset();
  insert(static_cast<std::size_t>(place - begin), fresh);
  return Kept::kNew;
}

// By hand, so that what a growing vector leaves behind is overwritten.
void EncounterStore::insert(std::size_t at, const Encounter& encounter) {
  const auto place = static_cast<std::ptrdiff_t>(at);
  if (encounters_.size() < encounters_.capacity()) {
    encounters_.insert(encounters_.begin() + place, encounter);
    return;
  }
  std::vector<Encounter> larger;
  larger.reserve(std::max<std::size_t>(64, 2 * encounters_.size()));
  larger.assign(encounters_.begin(), encounters_.begin() + place);
  larger.push_back(encounter);
  larger.insert(larger.end(), encounters_.begin() + place, encounters_.end());
  overwrite(encounters_, 0);
  encounters_ = std::move(larger);
}

void EncounterStore::drop(std::size_t from, std::size_t to) {
  if (from >= to) return;
  std::copy(encounters_.begin() + static_cast<std::ptrdiff_t>(to), encounters_.end(),
            encounters_.begin() + static_cast<std::ptrdiff_t>(from));
  const std::size_t left = encounters_.size() - (to - from);
  overwrite(encounters_, left);
  encounters_.resize(left);
}

void EncounterStore::expire(Instant now) {
  const auto end = std::lower_bound(encounters_.begin(), encounters_.end(), first_kept(now), earlier);
  drop(0, static_cast<std::size_t>(end - encounters_.begin()));
}

void EncounterStore::forget(Interval when) {
  const auto gone = within(when);
  if (gone.empty()) return;
  const auto from = static_cast<std::size_t>(gone.data() - encounters_.data());
  drop(from, from + gone.size());
}

void EncounterStore::wipe() {
  if (!encounters_.empty()) overwrite(encounters_, 0);
  std::vector<Encounter>().swap(encounters_);
  refused_ = 0;
}

std::span<const Encounter> EncounterStore::within(Interval when) const {
  if (when.empty()) return {};
  const auto from = std::lower_bound(encounters_.begin(), encounters_.end(), when.from, earlier);
  const auto to = std::lower_bound(from, encounters_.end(), when.to, earlier);
  return {from, to};
}

std::vector<std::uint8_t> EncounterStore::encode() const {
  std::vector<std::uint8_t> out(kHead.begin(), kHead.end());
  out.reserve(kHeadBytes + encounters_.size() * kEncounterBytes);
  put(out, encounters_.size(), 4);
  for (const Encounter& encounter : encounters_) {
    put(out, static_cast<std::uint64_t>(encounter.at.seconds), 4);
    put(out, static_cast<std::uint64_t>(encounter.since_scan_before.value_or(kNotKnown)), 2);
    out.insert(out.end(), encounter.identifier.begin(), encounter.identifier.end());
    out.insert(out.end(), encounter.metadata.begin(), encounter.metadata.end());
    out.push_back(static_cast<std::uint8_t>(encounter.strongest));
    out.push_back(encounter.count);
    put(out, static_cast<std::uint16_t>(encounter.sum), 2);
  }
  return out;
}

std::optional<EncounterStore> EncounterStore::decode(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kHeadBytes || !std::equal(kHead.begin(), kHead.end(), bytes.begin())) return std::nullopt;
  const std::size_t count = get(bytes.data() + kHead.size(), 4);
  // The bytes are there, so what is reserved for them is bounded by what came.
  if ((bytes.size() - kHeadBytes) % kEncounterBytes != 0 || (bytes.size() - kHeadBytes) / kEncounterBytes != count)
    return std::nullopt;
  EncounterStore store;
  store.encounters_.reserve(count);
  std::int64_t hour = -1;
  std::size_t in_hour = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Encounter next = read_encounter(bytes.data() + kHeadBytes + i * kEncounterBytes);
    if (!possible(next) || (i > 0 && !before(store.encounters_.back(), next))) return std::nullopt;
    in_hour = next.at.seconds / kHourSeconds == hour ? in_hour + 1 : 1;
    hour = next.at.seconds / kHourSeconds;
    if (in_hour > kMostPerHour) return std::nullopt;
    store.encounters_.push_back(next);
  }
  return store;
}

std::vector<std::uint8_t> seal(const EncounterStore& store, const StoreKey& key, const StoreNonce& nonce) {
  start_sodium();
  std::vector<std::uint8_t> plain = store.encode();
  std::vector<std::uint8_t> out(nonce.begin(), nonce.end());
  out.resize(nonce.size() + plain.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce.size(), nullptr, plain.data(), plain.size(),
                                             raw(kSealedAs), kSealedAs.size(), nullptr, nonce.data(), key.data());
  sodium_memzero(plain.data(), plain.size());
  return out;
}

std::optional<EncounterStore> open_store(std::span<const std::uint8_t> sealed, const StoreKey& key) {
  start_sodium();
  if (sealed.size() < kStoreNonceBytes + kTagBytes) return std::nullopt;
  const auto box = sealed.subspan(kStoreNonceBytes);
  std::vector<std::uint8_t> plain(box.size() - kTagBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, box.data(), box.size(), raw(kSealedAs),
                                                 kSealedAs.size(), sealed.data(), key.data()) != 0)
    return std::nullopt;
  auto store = EncounterStore::decode(plain);
  sodium_memzero(plain.data(), plain.size());
  return store;
}

}  // namespace luytre::proximity
