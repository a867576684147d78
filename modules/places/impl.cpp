#include "modules/places/impl.h"

#include <algorithm>
#include <set>

#include "engines/linkage/short_code.h"

namespace luytre::places {
namespace {

using store::Session;

// A transaction that was slow to commit may bring a revision older than the newest we have seen: what is this young is
// looked at again.
constexpr std::chrono::seconds kLookBack{30};
constexpr std::int64_t kStaleMilliseconds = 1000;
constexpr std::size_t kReadStep = 5000;

std::int64_t steady_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// The smallest id that a process could have made at this moment of the past (platform/base/id.h).
std::int64_t oldest_id_of(std::chrono::system_clock::time_point t) {
  constexpr std::chrono::sys_days kEpoch{std::chrono::year{2020} / 1 / 1};
  return std::chrono::duration_cast<std::chrono::milliseconds>(t - kEpoch).count() << 22;
}

linkage::PlaceCodes codes_from(const Vault& vault, const Settings& settings) {
  std::vector<linkage::CodeKey> keys;
  for (unsigned id = 1; id <= settings.code_key; ++id) {
    linkage::CodeKey key;
    key.id = id;
    key.seed = vault.derive("places.code.sign." + std::to_string(id));
    key.retired = id < settings.oldest_code_key;
    keys.push_back(key);
  }
  return linkage::PlaceCodes(keys);
}

}  // namespace

Places::Impl::Impl(store::Database& db, const geography::Geography& geography, const identity::Access& access,
                   const command::Decisions& decisions, const identity::Codes& codes, const identity::Limits& limits,
                   const Vault& vault, const Clock& clock, Random& random, const Kinds& kinds, Settings settings)
    : db(db),
      geography(geography),
      access(access),
      decisions(decisions),
      one_time(codes),
      limits(limits),
      vault(vault),
      clock(clock),
      kinds(kinds),
      settings(std::move(settings)),
      codes(codes_from(vault, this->settings)),
      registry(kinds, this->codes),
      random(random) {}

// ---- registry ----

void Places::Impl::read_changes(Session& session) {
  const std::lock_guard lock(refresh_guard);
  const std::int64_t begun = steady_milliseconds();
  std::int64_t after = std::min(registry.newest_revision(), oldest_id_of(std::chrono::system_clock::now() - kLookBack));
  for (;;) {
    auto rows = storage::changed(session, after, kReadStep);
    const bool last = rows.size() < kReadStep;
    if (!rows.empty()) after = rows.back().revision;
    std::erase_if(rows, [&](const storage::PlaceRow& row) { return registry.knows(row.id, row.revision); });
    for (const auto& whole : storage::with_parts(session, std::move(rows))) registry.put(whole);
    if (last) break;
  }
  refreshed.store(begun);
}

bool Places::Impl::stale() const {
  return steady_milliseconds() - refreshed.load() >= kStaleMilliseconds;
}

Task<Result<Place>> Places::Impl::committed(Task<Result<storage::Whole>> task) {
  const Result<storage::Whole> whole = co_await std::move(task);
  if (!whole) co_return whole.error();
  registry.put(*whole);
  co_return view(*whole);
}

// ---- rows ----

std::vector<std::string> Places::Impl::draw_codes(Session& session, std::size_t count) {
  std::set<std::string> drawn;
  std::vector<std::string> out;
  while (out.size() < count) {
    std::vector<std::string> tried;
    {
      const std::lock_guard lock(random_guard);
      while (tried.size() < count - out.size()) {
        // Below the 2^35 of the code's seven symbols: 3 and 32 bits.
        const std::uint64_t number = static_cast<std::uint64_t>(random.below(8)) << 32 | random.below(0xFFFFFFFF);
        auto code = linkage::short_code(number);
        if (drawn.insert(code).second) tried.push_back(std::move(code));
      }
    }
    const auto taken = storage::codes_taken(session, tried);
    for (std::size_t i = 0; i < tried.size(); ++i) {
      if (!taken[i]) out.push_back(std::move(tried[i]));
    }
  }
  return out;
}

void Places::Impl::put_words(Session& session, PlaceId place, std::string_view name) const {
  std::vector<storage::WordRow> rows;
  for (auto& word : words_of(name)) rows.push_back({std::move(word), place});
  storage::insert_words(session, rows);
}

Place Places::Impl::view(const storage::Whole& whole) const {
  const auto& row = whole.place;
  Place out;
  out.id = row.id;
  out.name = row.name;
  out.kind = row.kind;
  out.unit = row.unit;
  out.unit_path = geography.path_text(row.unit);
  if (row.address) out.address = vault.unseal("places.address", to_text(row.id), row.address->data);
  out.functions = split_functions(row.functions);
  const auto code_of = [&](std::int64_t zone) {
    for (const auto& code : whole.codes)
      if (code.zone.value == zone && code.issue == row.issue) return linkage::shown_short_code(code.code);
    return std::string();
  };
  for (const auto& zone : whole.zones)
    out.zones.push_back({zone.id, zone.name, code_of(zone.id.value), zone.entrance, zone.leaving});
  out.short_code = code_of(0);
  out.status = row.status;
  if (const Kind* kind = kinds.find(row.kind)) out.usual_stay_minutes = kind->usual_stay_minutes;
  out.capacity = row.capacity;
  out.version = row.version;
  return out;
}

PlaceBrief Places::Impl::brief(const storage::PlaceRow& row) const {
  return {row.id, row.name, row.kind, row.unit, geography.path_text(row.unit), row.status};
}

store::Bytes Places::Impl::seal(std::string_view purpose, std::int64_t id, std::string_view plain) const {
  return {vault.seal(purpose, id_text(id), plain)};
}

storage::PlaceRow Places::Impl::new_row(PlaceId id, Instant now) const {
  storage::PlaceRow row;
  row.id = id;
  row.registered = now;
  row.revision = db.ids().next();
  return row;
}

// ---- rights ----

Result<Done> Places::Impl::require(Session& session, const Caller& caller, const identity::Action& officers,
                                   const storage::PlaceRow& place) const {
  if (caller.account.value == 0) return kUnauthenticated;
  if (caller.account == place.keeper) {
    if (!caller.full) return kSecondProofRequired;
    return Done{};
  }
  const auto allowed = access.require(session, caller, officers, {PersonId{}, place.unit, ""});
  if (!allowed && caller.has(Role::kCitizen)) return kNotFound;
  return allowed;
}

// ---- text ----

std::string joined(const std::vector<std::string>& functions) {
  std::string out;
  for (const auto& function : functions) {
    if (!out.empty()) out += ',';
    out += function;
  }
  return out;
}

std::vector<std::string> split_functions(std::string_view stored) {
  std::vector<std::string> out;
  while (!stored.empty()) {
    const std::size_t end = std::min(stored.find(','), stored.size());
    out.emplace_back(stored.substr(0, end));
    stored.remove_prefix(std::min(end + 1, stored.size()));
  }
  return out;
}

std::vector<FieldError> check_functions(const std::vector<std::string>& functions) {
  std::vector<FieldError> wrong;
  constexpr std::size_t kLongest = 40;
  if (functions.size() > kFunctionsMost)
    wrong.push_back({"/functions", "too_long", {{"most", std::to_string(kFunctionsMost)}}});
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const auto& name = functions[i];
    const bool well_formed =
        !name.empty() && name.size() <= kLongest && std::all_of(name.begin(), name.end(), [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        });
    if (!well_formed) wrong.push_back({"/functions/" + std::to_string(i), "format", {{"expected", "camelCase word"}}});
  }
  return wrong;
}

}  // namespace luytre::places
